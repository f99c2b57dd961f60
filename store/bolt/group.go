package bolt

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
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
	fn        func(store.Tx) error
	onNothing map[string][]byte // what fn writes on nothing, when there was no store; such a one may make it
	gone      atomic.Bool       // taken by the writer, or left by the caller
	done      chan struct{}
	own       error // of fn
	err       error // the answer; read after done
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
	switch {
	case e.readOnly:
		return e.fail("write", errOnlyRead)
	case parent.Err() != nil:
		return e.busy("write", parent)
	}
	r := &request{fn: fn, done: make(chan struct{})}
	if e.missing() {
		if err := e.rehearse(r); err != nil || r.onNothing == nil {
			return err
		}
	}
	ctx, cancel := context.WithTimeout(parent, e.wait)
	defer cancel()
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

// missing says that there is no store.
func (e *Engine) missing() bool {
	_, err := os.Lstat(e.path)
	return errors.Is(err, fs.ErrNotExist)
}

// rehearse runs a function on nothing: only what would write something may make a store. One that is refused leaves
// no trace, above all not where the store has just vanished with its folder or its disk.
func (e *Engine) rehearse(r *request) error {
	if err := e.local(); err != nil {
		return err
	}
	o := overlay{below: nothing{}}
	if err := o.run(r.fn); err != nil {
		return e.explain("write", err)
	}
	if o.holds() {
		r.onNothing = o.writes
	}
	return nil
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
	g.err = e.alone(first.onNothing != nil, func() error { return e.run(g, first) })
}

// alone runs fn under the exclusive lock. Folders are made for who found no store, and never for who found one.
func (e *Engine) alone(folders bool, fn func() error) error {
	if err := e.local(); err != nil {
		return err
	}
	if folders {
		if err := makeFolder(filepath.Dir(e.path)); err != nil {
			return e.explain("create", err)
		}
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
	return fn()
}

// run is one transaction: the first function and those that are waiting. Where no store is, one comes into being with
// all that they write in it, or none.
func (e *Engine) run(g *group, first *request) error {
	path := e.path
	if e.missing() {
		path += ".creating"
		defer os.Remove(path) // it is in its place by then, or came to nothing
		if err := create(path); err != nil {
			return e.explain("create", err)
		}
	}
	h, err := begin(path, access{write: true, wait: ownLock, known: e.known()})
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
		kept, err := h.apply(r, path != e.path && !changed)
		if err != nil {
			return e.explain("write", err)
		}
		changed = changed || kept
	}
	if !changed {
		return nil
	}
	err = sound(h.tx.Commit)
	if path != e.path {
		if err == nil {
			err = renameNew(path, e.path)
		}
		if err != nil {
			return e.explain("create", err) // nobody else has seen it
		}
		err = syncFolder(filepath.Dir(path))
	}
	if err != nil {
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
// When the store is empty, what was rehearsed on nothing is not run again. The error is of the file, and ends the
// whole group.
func (h *handle) apply(r *request, empty bool) (kept bool, err error) {
	o := overlay{below: h.bucket}
	r.own = errEnded
	if empty && r.onNothing != nil {
		o.writes = r.onNothing
	} else {
		err = o.run(r.fn)
	}
	var mine own
	if r.own = nil; errors.As(err, &mine) {
		r.own = mine.error
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return len(o.writes) > 0, sound(func() error { return o.flush(h.bucket) })
}
