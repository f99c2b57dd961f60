package bolt

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/sys/unix"

	"board.internal/samverkan/store"
)

const (
	shared    = unix.LOCK_SH
	exclusive = unix.LOCK_EX
	standBack = 20 * time.Millisecond
	lineSize  = 256 // bytes at the start of the lock file that name the writer, padded with spaces
)

// errHeld says that the lock is held by somebody else just now.
var errHeld = errors.New("held")

// Holder is a process that holds the store.
type Holder struct {
	PID     int
	User    string
	Command string
	Since   time.Time
}

func (h Holder) String() string {
	switch {
	case h.PID == 0:
		return "held by somebody unknown"
	case h.User == "":
		return fmt.Sprintf("held by process %d, which reads", h.PID)
	}
	return fmt.Sprintf("held by process %d (%s, %s) since %s", h.PID, h.User, h.Command, h.Since.Format(time.RFC3339))
}

// sidecar is the locked lock file. Blocking flock on a file of its own is the queue of all processes:
// the kernel wakes who waits, so nobody starves as with bbolt's own retry every 50 ms. Many readers
// without pause would still keep a writer out for ever; so one that waits raises a flag, and readers who
// see it stand back a little. Only a little: the writer may be waiting for a reader that was stopped.
type sidecar struct {
	file   *os.File
	size   int64
	signed bool
}

// lock takes the lock, waiting for as long as it takes if wait is true, else answering errHeld.
func (e *Engine) lock(how int, wait bool) (*sidecar, error) {
	for {
		f, err := e.lockFile(how)
		if err != nil {
			return nil, err
		}
		if how == shared {
			for end := time.Now().Add(standBack); flagged(f) && time.Now().Before(end); {
				time.Sleep(standBack / 20)
			}
		}
		if err = flock(f, how, false); errors.Is(err, errHeld) && wait {
			if how == exclusive {
				flag(f)
			}
			err = flock(f, how, true)
			unflag(f)
		}
		if err != nil {
			f.Close()
			return nil, err
		}
		// Somebody may have removed the lock file while we waited: then others lock another one.
		mine, err1 := f.Stat()
		there, err2 := os.Lstat(e.path + ".lock")
		if err1 == nil && err2 == nil && os.SameFile(mine, there) {
			return &sidecar{file: f, size: mine.Size()}, nil
		}
		f.Close()
	}
}

func flock(f *os.File, how int, wait bool) error {
	if !wait {
		how |= unix.LOCK_NB
	}
	for {
		switch err := unix.Flock(int(f.Fd()), how); err {
		case nil:
			return nil
		case unix.EINTR:
		case unix.EWOULDBLOCK:
			return errHeld
		default:
			return fmt.Errorf("lock: %w", err)
		}
	}
}

// lockFile opens the lock file, and creates it. A reader needs no more than to read it.
func (e *Engine) lockFile(how int) (*os.File, error) {
	name := e.path + ".lock"
	if how == shared {
		if f, err := openPlain(name, os.O_RDONLY); e.readOnly || !errors.Is(err, fs.ErrNotExist) {
			return f, err
		}
	}
	return openPlain(name, os.O_RDWR|os.O_CREATE)
}

// sign names the writer in the lock file, for those who wait in vain. It is a courtesy: on a full
// disk it fails, and that is no reason not to go on. A file with something else in it is not ours.
func (l *sidecar) sign(me Holder) {
	if l.size != 0 && l.size != lineSize {
		return
	}
	me.Since = time.Now()
	l.signed = true
	l.line(fmt.Sprintf("%d\t%s\t%s\t%s", me.PID, plain(me.User), plain(me.Command), me.Since.Format(time.RFC3339)))
}

func (l *sidecar) line(s string) {
	if len(s) >= lineSize {
		s = s[:lineSize-1]
	}
	l.file.WriteAt(fmt.Appendf(nil, "%-*s\n", lineSize-1, s), 0)
}

func (l *sidecar) release() {
	if l.signed {
		l.line("")
	}
	l.file.Close()
}

// plain keeps a name from breaking the line or the terminal of whoever prints it.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return '?'
		}
		return r
	}, s)
	return s[:min(len(s), lineSize/3)]
}

// holder tells who holds the lock now: the writer who signed the file, unless the kernel knows better.
func (e *Engine) holder() Holder {
	f, err := openPlain(e.path+".lock", os.O_RDONLY)
	if err != nil {
		return Holder{}
	}
	defer f.Close()
	buf := make([]byte, lineSize)
	n, _ := f.ReadAt(buf, 0)
	signed := parseHolder(string(buf[:n]))
	pids := locksOn(f)
	for _, pid := range pids {
		if pid == signed.PID {
			return signed
		}
	}
	if len(pids) > 0 {
		return Holder{PID: pids[0]}
	}
	if signed.PID > 0 && unix.Kill(signed.PID, 0) == unix.ESRCH {
		return Holder{} // it died, and a reader holds the lock
	}
	return signed
}

func parseHolder(s string) Holder {
	line, _, _ := strings.Cut(s, "\n")
	part := strings.Split(strings.TrimRight(line, " "), "\t")
	if len(part) != 4 {
		return Holder{}
	}
	pid, err1 := strconv.Atoi(part[0])
	since, err2 := time.Parse(time.RFC3339, part[3])
	if err1 != nil || err2 != nil || pid <= 0 {
		return Holder{}
	}
	return Holder{PID: pid, User: plain(part[1]), Command: plain(part[2]), Since: since}
}

// local refuses folders on network file systems, where neither locks nor mappings can be trusted. It
// looks at the nearest folder that exists.
func (e *Engine) local() error {
	for dir := filepath.Dir(e.path); ; dir = filepath.Dir(dir) {
		network, err := e.statfs(dir)
		if errors.Is(err, fs.ErrNotExist) && dir != filepath.Dir(dir) {
			continue
		}
		if network != "" {
			return fmt.Errorf("open %s: %w: %s", e.path, store.ErrNetwork, network)
		}
		return nil // a folder that cannot be looked at is reported by whoever opens the file
	}
}
