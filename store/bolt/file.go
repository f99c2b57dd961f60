package bolt

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"go.etcd.io/bbolt"
	"golang.org/x/sys/unix"

	"board.internal/samverkan/store"
)

const (
	bucketName = "samverkan"
	ownLock    = time.Second // bbolt's own lock, which only a foreign tool can hold, waits this long
)

// handle is one transaction on the open file.
type handle struct {
	db     *bbolt.DB
	tx     *bbolt.Tx
	bucket *bbolt.Bucket
	file   *os.File
	id     fileID
	small  bool // few enough pages to look through all
	stuck  bool // bbolt panicked with its own locks held: closing it would hang
}

type access struct {
	write    bool
	freelist bool // load the free list for reading too, as a check needs it
	wait     time.Duration
	known    fileID // no need to look through the structure of this one again
}

// begin opens the file, looks through it as far as access.known demands, and begins a transaction.
// Every error leaves the file closed and unlocked.
func begin(path string, a access) (h *handle, err error) {
	h = &handle{stuck: true}
	defer func() {
		if err != nil {
			h.end()
		}
	}()
	err = sound(func() (err error) {
		h.db, err = bbolt.Open(path, 0, &bbolt.Options{
			Timeout:         max(1, min(a.wait, ownLock)),
			ReadOnly:        !a.write,
			PreLoadFreelist: a.freelist,
			NoStatistics:    true,
			OpenFile: func(name string, flag int, _ os.FileMode) (*os.File, error) {
				var err error
				if h.file, err = openPlain(name, flag&^os.O_CREATE); err != nil {
					return nil, err
				}
				if err := h.known(); err != nil {
					h.file.Close()
					return nil, err
				}
				return h.file, nil
			},
		})
		if err != nil {
			return err
		}
		if h.id != a.known {
			if err := survey(h.file, h.small); err != nil {
				h.stuck = false
				return err
			}
		}
		if h.tx, err = h.db.Begin(a.write); err != nil {
			return err
		}
		h.stuck = false
		if h.bucket = h.tx.Bucket([]byte(bucketName)); h.bucket == nil {
			return errStranger
		}
		return nil
	})
	return h, err
}

// known takes the file's identity and checks what bbolt would die of rather than answer.
func (h *handle) known() error {
	info, err := h.file.Stat()
	if err != nil {
		return err
	}
	h.id = identity(info)
	head, err := headOf(h.file)
	h.small = head.end <= smallFile
	return err
}

// end rolls back what is not committed and closes the file.
func (h *handle) end() {
	err := sound(func() error {
		if h.tx != nil {
			h.tx.Rollback() // answers "closed" after a commit
		}
		if h.db != nil && !h.stuck {
			return h.db.Close()
		}
		return nil
	})
	if h.file != nil && (h.stuck || errors.Is(err, store.ErrDamaged)) {
		h.file.Close() // frees the lock; the mapping stays until the process ends
	}
}

// openPlain opens an ordinary file and nothing else: no symbolic link, which may lead to a file that
// is not ours, and no pipe, which may hang.
func openPlain(name string, flag int) (*os.File, error) {
	f, err := os.OpenFile(name, flag|unix.O_NOFOLLOW|unix.O_NONBLOCK, 0o600)
	if errors.Is(err, unix.ELOOP) {
		return nil, fmt.Errorf("%w: %s is a symbolic link", store.ErrAway, name)
	}
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("%w: %s is not an ordinary file", store.ErrAway, name)
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// create makes an empty store at a temporary name, to be moved to its place when something is written to it. The
// caller holds the exclusive lock, so what lies there is left from a process that was killed.
func create(temp string) error {
	if err := os.Remove(temp); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	db, err := bbolt.Open(temp, 0o600, &bbolt.Options{
		Timeout:      ownLock,
		NoStatistics: true,
		OpenFile: func(name string, flag int, mode os.FileMode) (*os.File, error) {
			return os.OpenFile(name, flag|os.O_EXCL, mode)
		},
	})
	if err != nil {
		return err
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		_, err := tx.CreateBucket([]byte(bucketName))
		return err
	})
	return errors.Join(err, db.Close())
}

// place moves temp to path, where nothing may be, and makes that durable.
func place(temp, path string) error {
	if err := renameNew(temp, path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// linkNew is renameNew where the system has no such call.
func linkNew(temp, path string) error {
	if err := os.Link(temp, path); err != nil {
		return err
	}
	return os.Remove(temp)
}

func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if errors.Is(err, fs.ErrPermission) {
		return nil // a folder may be open for entering and writing but not for listing
	}
	if err != nil {
		return err
	}
	defer f.Close()
	// Some file systems cannot sync a folder and say so; they keep it in order by other means.
	if err := f.Sync(); err != nil && !errors.Is(err, unix.EINVAL) && !errors.Is(err, unix.ENOTSUP) {
		return err
	}
	return nil
}

// makeFolder makes dir and its missing parents, for this user only, and makes that durable.
func makeFolder(dir string) error {
	err := os.Mkdir(dir, 0o700)
	if errors.Is(err, fs.ErrNotExist) {
		if err := makeFolder(filepath.Dir(dir)); err != nil {
			return err
		}
		err = os.Mkdir(dir, 0o700)
	}
	if errors.Is(err, fs.ErrExist) {
		return nil // somebody was faster, or it is no folder and the next step says so
	}
	if err != nil {
		return err
	}
	return syncFolder(filepath.Dir(dir))
}

// fileID tells a file from one that was put in its place. The zero value is no file.
type fileID struct{ dev, ino uint64 }

func identity(info fs.FileInfo) fileID {
	st := info.Sys().(*syscall.Stat_t)
	return fileID{uint64(st.Dev), uint64(st.Ino)}
}

func (e *Engine) known() fileID {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.whole
}

func (e *Engine) know(h *handle) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.whole = h.id
}
