package bolt

import (
	"os"
	"time"
)

// pollEvery is how often the heads of the file are looked at. It takes no lock and some microseconds.
const pollEvery = 100 * time.Millisecond

// mark tells one commit from another, and one file from one put in its place. The zero value is no file.
type mark struct {
	file fileID
	head [2]head
}

func markOf(path string) mark {
	f, err := openPlain(path, os.O_RDONLY)
	if err != nil {
		return mark{}
	}
	defer f.Close()
	return markIn(f)
}

func markIn(f *os.File) mark {
	info, err := f.Stat()
	if err != nil {
		return mark{}
	}
	return mark{file: identity(info), head: heads(f)}
}

// Changed implements store.Engine. Close closes the channel.
func (e *Engine) Changed() <-chan struct{} { return e.changed }

func (e *Engine) watch() {
	defer close(e.watched)
	tick := time.NewTicker(pollEvery)
	defer tick.Stop()
	for {
		select {
		case <-e.closing:
			return
		case <-tick.C:
			e.signal(markOf(e.path))
		}
	}
}

// signal wakes whoever listens if now is news. The writer calls it under the lock, after its commit, so
// that the watcher does not tell of the same commit again.
func (e *Engine) signal(now mark) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if now == e.seen || e.silent {
		return
	}
	e.seen = now
	select {
	case e.changed <- struct{}{}:
	default: // full: one signal stands for all
	}
}
