package bolt

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"board.internal/samverkan/store"
)

// Who is at the board stands in the folder PATH.here, one small file for each session, which its process keeps open
// and locked. The kernel lets go of the lock however the process ends, so a file that nobody locks is of one who is
// gone, and whoever sees it removes it. A file is written beside its place, locked, and moved there: at its place it
// is never half, and never unlocked while its process lives.
//
// None of it is needed to work on the board, so nothing here is an error: a folder that cannot be made, read or
// written is one where nobody is seen. The folder is for the account whose the store is (0700, its files 0600), is made
// only where there is a store, and goes with the last who leaves.

const (
	hereSuffix = ".here"
	tempSuffix = ".new"
	// tempAge is how old a file beside its place must be to be a dead process's.
	tempAge = time.Minute
	// mostNames is how many names in the folder are looked at; what is beyond is not ours.
	mostNames = 4 * store.MaxPresent
)

var _ store.Presence = (*Engine)(nil)

// here are the seats of this process.
type here struct {
	mu     sync.Mutex
	seats  map[string]*seat
	closed bool
}

// seat is a session's file, open and locked.
type seat struct {
	file *os.File
	what []byte
}

// Announce implements store.Presence.
func (e *Engine) Announce(session string, what []byte) {
	if e.readOnly || !isSession(session) || len(what) > store.MaxAnnounced {
		return
	}
	e.here.mu.Lock()
	defer e.here.mu.Unlock()
	old := e.here.seats[session]
	if e.here.closed || old != nil && bytes.Equal(old.what, what) && inPlace(old.file, e.seatPath(session)) {
		return
	}
	f := e.occupy(session, what)
	if f == nil {
		return
	}
	if old != nil {
		old.file.Close() // after the new one has taken its place
	}
	if e.here.seats == nil {
		e.here.seats = map[string]*seat{}
	}
	e.here.seats[session] = &seat{f, bytes.Clone(what)}
}

// Withdraw implements store.Presence.
func (e *Engine) Withdraw(session string) {
	e.here.mu.Lock()
	defer e.here.mu.Unlock()
	e.withdraw(session)
}

func (e *Engine) withdraw(session string) {
	s := e.here.seats[session]
	if s == nil {
		return
	}
	delete(e.here.seats, session)
	if path := e.seatPath(session); inPlace(s.file, path) {
		os.Remove(path)
	}
	s.file.Close()
	os.Remove(e.path + hereSuffix) // does nothing while there is anything in it
}

func (h *here) close(e *Engine) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for session := range h.seats {
		e.withdraw(session)
	}
}

// Announced implements store.Presence.
func (e *Engine) Announced() map[string][]byte {
	dir := e.path + hereSuffix
	d, err := os.OpenFile(dir, os.O_RDONLY|unix.O_NOFOLLOW|unix.O_DIRECTORY, 0)
	if err != nil {
		return nil
	}
	defer d.Close()
	if info, err := d.Stat(); err != nil || !ours(info) {
		return nil
	}
	names, _ := d.Readdirnames(mostNames)
	found := map[string][]byte{}
	for _, name := range names {
		if len(found) == store.MaxPresent {
			break
		}
		if isSession(name) {
			if what, ok := e.look(filepath.Join(dir, name), 0); ok {
				found[name] = what
			}
		} else if rest, ok := strings.CutSuffix(name, tempSuffix); ok && isSession(rest) {
			e.look(filepath.Join(dir, name), tempAge)
		}
	}
	return found
}

// look reads a file that somebody holds. One that nobody holds, and that is older than age, is removed.
func (e *Engine) look(path string, age time.Duration) (what []byte, ok bool) {
	f, err := openPlain(path, os.O_RDONLY)
	if err != nil {
		return nil, false
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || !ours(info) || age > 0 && time.Since(info.ModTime()) < age {
		return nil, false
	}
	// A shared lock, so that two who look do not take each other for the one who sits there.
	switch err := flock(f, shared, false); {
	case err == nil:
		// The lock may be free because its session has just put another file in the place of this one.
		if !e.readOnly && inPlace(f, path) {
			os.Remove(path)
			os.Remove(filepath.Dir(path))
		}
		return nil, false
	case !errors.Is(err, errHeld), age > 0:
		return nil, false
	}
	what, err = io.ReadAll(io.LimitReader(f, store.MaxAnnounced+1))
	return what, err == nil && len(what) <= store.MaxAnnounced
}

// occupy puts a locked file at a session's place, nil where that cannot be.
func (e *Engine) occupy(session string, what []byte) *os.File {
	place := e.seatPath(session)
	for range 3 { // the folder may go between two steps, with somebody who leaves
		if !e.hereFolder() {
			return nil
		}
		f, err := lockedNew(place+tempSuffix, what)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil
		}
		if err = os.Rename(place+tempSuffix, place); err == nil {
			return f
		}
		os.Remove(place + tempSuffix)
		f.Close()
	}
	return nil
}

// lockedNew writes a new file and locks it.
func lockedNew(name string, what []byte) (*os.File, error) {
	os.Remove(name) // left by this session when it could not go on
	f, err := openPlain(name, os.O_RDWR|os.O_CREATE|os.O_EXCL)
	if err != nil {
		return nil, err
	}
	if err = flock(f, exclusive, false); err == nil {
		_, err = f.Write(what)
	}
	if err != nil {
		os.Remove(name)
		f.Close()
		return nil, err
	}
	return f, nil
}

// hereFolder makes the folder, and reports whether it is there and ours. It is made only beside a store of our own:
// made by another account it would keep out the one whose the store is.
func (e *Engine) hereFolder() bool {
	if info, err := os.Lstat(e.path); err != nil || !info.Mode().IsRegular() || !ours(info) {
		return false
	}
	dir := e.path + hereSuffix
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return false
	}
	info, err := os.Lstat(dir)
	return err == nil && info.IsDir() && ours(info)
}

func (e *Engine) seatPath(session string) string {
	return filepath.Join(e.path+hereSuffix, session)
}

// isSession reports whether a name is one that a session may have: hexadecimal, so that it is no path.
func isSession(name string) bool {
	return name != "" && len(name) <= 32 && strings.Trim(name, "0123456789abcdef") == ""
}

// inPlace reports whether an open file is the one at a path.
func inPlace(f *os.File, path string) bool {
	mine, err1 := f.Stat()
	there, err2 := os.Lstat(path)
	return err1 == nil && err2 == nil && os.SameFile(mine, there)
}

// ours reports whether a file belongs to the account of this process.
func ours(info fs.FileInfo) bool {
	st, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(st.Uid) == os.Geteuid()
}
