package bolt

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime/debug"
	"sync/atomic"

	"board.internal/samverkan/store"
)

// maxGroup is how many functions share one commit at most, so that the first does not wait for ever.
const maxGroup = 1024

// errEnded stands for an answer that never came: a function left with runtime.Goexit.
var errEnded = errors.New("the function ended its goroutine")

// request is one caller of Update, waiting. Either the writer takes it or the caller leaves, never both.
type request struct {
	fn   func(store.Tx) error
	gone atomic.Bool // taken by the writer, or left by the caller
	done chan struct{}
	own  error // of fn
	err  error // the answer; read after done
}

// take says whether the one who calls it first may go on: to run fn, or to leave.
func (r *request) take() bool { return r.gone.CompareAndSwap(false, true) }

func (r *request) answer(err error) {
	if r.err = r.own; r.own == nil {
		r.err = err
	}
	close(r.done)
}

// Update implements store.Engine. A panic of fn is returned as a *Panic. A caller whose wait ends
// before fn was started gets store.ErrBusy and fn is not run; once it was started, Update waits for
// the answer of the disk, because nobody is helped by not knowing.
func (e *Engine) Update(parent context.Context, fn func(store.Tx) error) error {
	if !e.enter() {
		return e.fail("write", errClosed)
	}
	defer e.leave()
	ctx, cancel := context.WithTimeout(parent, e.wait)
	defer cancel()
	if ctx.Err() != nil {
		return e.busy("write", parent)
	}
	r := &request{fn: fn, done: make(chan struct{})}
	select {
	case e.queue <- r:
	case <-e.closing:
		return e.fail("write", errClosed)
	case <-ctx.Done():
		return e.busy("write", parent)
	}
	select {
	case <-r.done:
		return r.err
	case <-e.written:
		if r.take() {
			return e.fail("write", errClosed)
		}
	case <-ctx.Done():
		if r.take() {
			return e.busy("write", parent)
		}
	}
	<-r.done
	return r.err
}

// write is the writer: the one goroutine that holds the exclusive lock in this process. It may wait
// for the lock longer than any caller waits for it; the callers leave on their own.
func (e *Engine) write() {
	ended := false
	defer func() {
		if ended {
			close(e.written)
		} else { // a function called runtime.Goexit, as a failing test does; the others still need a writer
			go e.write()
		}
	}()
	for {
		select {
		case r := <-e.queue:
			e.commit(r)
			continue
		case <-e.closing:
		}
		select {
		case r := <-e.queue:
			e.commit(r)
		default:
			ended = true
			return
		}
	}
}

// group is what one commit keeps.
type group struct {
	taken []*request
	err   error
}

// commit takes the lock, and with it what waits by then, and answers all of them.
func (e *Engine) commit(first *request) {
	g := &group{err: errEnded}
	defer func() {
		if p := recover(); p != nil {
			g.err = e.fail("write", &Panic{Value: p, Stack: debug.Stack()})
		}
		if first.take() { // it came to nothing before the first was run
			g.taken = append(g.taken, first)
		}
		for _, r := range g.taken {
			r.answer(g.err)
		}
	}()
	if first.gone.Load() {
		g.err = nil
		return
	}
	g.err = e.alone(func() error { return e.run(g, first) })
}

// alone runs fn under the exclusive lock, with the store there.
func (e *Engine) alone(fn func() error) error {
	if err := e.local(); err != nil {
		return err
	}
	lock, err := e.lock(exclusive, false)
	if errors.Is(err, errHeld) {
		lock, err = e.await(exclusive, e.given, func() {})
	}
	if errors.Is(err, errGivenUp) {
		err = errClosed
	}
	if err != nil {
		return e.explain("write", err)
	}
	defer lock.release()
	lock.sign(e.me)
	if _, err := os.Lstat(e.path); errors.Is(err, fs.ErrNotExist) {
		if err := create(e.path); err != nil {
			return e.explain("create", err)
		}
	}
	return fn()
}

// run is one transaction: the first function and those that are waiting.
func (e *Engine) run(g *group, first *request) error {
	h, err := begin(e.path, access{write: true, wait: ownLock, known: e.known()})
	if err != nil {
		return e.explain("write", err)
	}
	defer h.end()
	e.know(h)
	changed := false
	for r := first; r != nil; r = e.next(g) {
		if !r.take() {
			continue
		}
		g.taken = append(g.taken, r)
		kept, err := h.apply(r)
		if err != nil {
			return e.explain("write", err)
		}
		changed = changed || kept
	}
	if !changed {
		return nil
	}
	if err := sound(h.tx.Commit); err != nil {
		return e.fail("commit", fmt.Errorf("%w: %w", store.ErrUnknown, kind(err)))
	}
	e.signal(markIn(h.file))
	return nil
}

// next returns who waits, nil when nobody does or the group is full.
func (e *Engine) next(g *group) *request {
	if len(g.taken) == maxGroup {
		return nil
	}
	select {
	case r := <-e.queue:
		return r
	default:
		return nil
	}
}

// apply runs one function and writes what it wants written into the transaction, if it did not fail.
// The error is of the file, and ends the whole group.
func (h *handle) apply(r *request) (kept bool, err error) {
	o := overlay{below: h.bucket}
	r.own = errEnded
	err = guard(func() error {
		if err := r.fn(&o); err != nil {
			return err
		}
		return o.refused
	})
	var mine own
	if r.own = nil; errors.As(err, &mine) {
		r.own = mine.error
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return len(o.writes) > 0, sound(o.flush)
}
