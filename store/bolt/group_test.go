package bolt

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"board.internal/samverkan/store"
)

// held takes the exclusive lock as another process would.
func held(t testing.TB, e *Engine) *sidecar {
	t.Helper()
	l, err := e.lock(exclusive, true)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// enqueue calls Update in goroutines, one after the other, while the writer waits for the lock, and
// returns where the answers come.
func enqueue(t testing.TB, e *Engine, fns ...func(store.Tx) error) []chan error {
	t.Helper()
	answers := make([]chan error, len(fns))
	for i, fn := range fns {
		answers[i] = make(chan error, 1)
		go func() { answers[i] <- e.Update(bg, fn) }()
		for len(e.queue) != i { // the first is with the writer
			runtime.Gosched()
		}
	}
	for len(e.queue) != len(fns)-1 {
		runtime.Gosched()
	}
	return answers
}

func TestGroupIsOneCommitAndKeepsTheGood(t *testing.T) {
	path := filepath.Join(t.TempDir(), "board.db")
	e := engine(t, path, Options{Wait: time.Minute})
	put(t, e, "0", "")
	before := txid(path)
	own := errors.New("own")
	good := func(key string) func(store.Tx) error {
		return func(tx store.Tx) error { tx.Put([]byte(key), []byte(key)); return nil }
	}
	l := held(t, e)
	answers := enqueue(t, e,
		good("1"),
		func(tx store.Tx) error { tx.Put([]byte("2"), nil); tx.Delete([]byte("1")); return own },
		func(tx store.Tx) error { tx.Put([]byte("3"), nil); panic("oh") },
		func(tx store.Tx) error {
			if tx.Get([]byte("1")) == nil || tx.Get([]byte("2")) != nil {
				t.Error("sees what it should not")
			}
			return nil
		},
		good("4"))
	l.release()
	for i, a := range answers {
		err := <-a
		var p *Panic
		switch {
		case i == 1 && err != own:
			t.Errorf("failing function: %v", err)
		case i == 2 && (!errors.As(err, &p) || p.Value != "oh" || !bytes.Contains(p.Stack, []byte("group_test.go"))):
			t.Errorf("panicking function: %v", err)
		case i != 1 && i != 2 && err != nil:
			t.Errorf("function %d: %v", i, err)
		}
	}
	want(t, e, "0=", "1=1", "4=4")
	if got := txid(path); got != before+1 {
		t.Errorf("%d commits, want 1", got-before)
	}
}

func TestMoreThanOneGroup(t *testing.T) {
	e := engine(t, filepath.Join(t.TempDir(), "board.db"), Options{Wait: time.Minute})
	l := held(t, e)
	const n = 2*maxGroup + 100
	answers := make(chan error)
	for i := range n {
		go func() {
			answers <- e.Update(bg, func(tx store.Tx) error { tx.Put(number(i), nil); return nil })
		}()
	}
	for len(e.queue) != queueSize {
		runtime.Gosched()
	}
	l.release()
	for range n {
		if err := <-answers; err != nil {
			t.Fatal(err)
		}
	}
	if got := len(everything(t, e)); got != n {
		t.Errorf("%d kept, want %d", got, n)
	}
}

func TestSomebodyElsesLockFileIsNotWrittenTo(t *testing.T) {
	path := filepath.Join(t.TempDir(), "board.db")
	if err := os.WriteFile(path+".lock", []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	e := engine(t, path)
	put(t, e, "a", "1")
	want(t, e, "a=1")
	if b, _ := os.ReadFile(path + ".lock"); string(b) != "mine" {
		t.Errorf("lock file now %q", b)
	}
}

func txid(path string) uint64 {
	m := markOf(path)
	return max(m.head[0].txid, m.head[1].txid)
}

func TestUpdateWithoutWritesDoesNotCommit(t *testing.T) {
	path := filepath.Join(t.TempDir(), "board.db")
	e := engine(t, path)
	put(t, e, "a", "1")
	before := txid(path)
	if err := e.Update(bg, func(tx store.Tx) error { tx.Get([]byte("a")); return nil }); err != nil {
		t.Fatal(err)
	}
	if txid(path) != before {
		t.Error("committed nothing")
	}
}

func TestGoexitLeavesAWriter(t *testing.T) {
	e := engine(t, seeded(t))
	if err := e.Update(bg, func(tx store.Tx) error { tx.Put([]byte("a"), nil); runtime.Goexit(); return nil }); err == nil {
		t.Fatal("no error")
	}
	want(t, e, "a=1")
	put(t, e, "b", "1")
	want(t, e, "a=1", "b=1")
}

func TestEndedContextLeavesTheQueue(t *testing.T) {
	e := engine(t, filepath.Join(t.TempDir(), "board.db"), Options{Wait: time.Minute})
	put(t, e, "a", "1")
	l := held(t, e)
	ctx, cancel := context.WithCancel(bg)
	ran := func(store.Tx) error { t.Error("was run"); return nil }
	answers := make(chan error)
	for range 3 {
		go func() { answers <- e.Update(ctx, ran) }()
	}
	go func() { answers <- e.View(ctx, func(store.Reader) error { t.Error("was run"); return nil }) }()
	for len(e.queue) != 2 || len(e.readers) != 1 {
		runtime.Gosched()
	}
	cancel()
	for range 4 {
		if err := <-answers; !errors.Is(err, store.ErrBusy) || !errors.Is(err, context.Canceled) {
			t.Errorf("%v, want busy and canceled", err)
		}
	}
	if err := e.Update(ctx, ran); !errors.Is(err, store.ErrBusy) {
		t.Errorf("ended before: %v", err)
	}
	l.release()
	put(t, e, "b", "2")
	want(t, e, "a=1", "b=2")
}

func TestReadersBehindAStuckWriterAreBounded(t *testing.T) {
	path := seeded(t)
	e := engine(t, path, Options{Wait: 20 * time.Millisecond})
	l := held(t, e)
	before := runtime.NumGoroutine()
	answers := make(chan error)
	for range 5 * maxReaders {
		go func() { answers <- e.View(bg, func(store.Reader) error { return nil }) }()
	}
	for range 5 * maxReaders {
		if err := <-answers; !errors.Is(err, store.ErrBusy) {
			t.Error(err)
		}
	}
	for runtime.NumGoroutine()-before > maxReaders { // each of the others ends
		runtime.Gosched()
	}
	l.release()
	for len(e.readers)+len(e.waiters) > 0 { // one that is left could make the lock file anew in a folder that is being removed
		runtime.Gosched()
	}
	want(t, engine(t, path), "a=1")
}

func TestNestedTransactionsEnd(t *testing.T) {
	e := engine(t, seeded(t))
	soon, cancel := context.WithTimeout(bg, 50*time.Millisecond)
	defer cancel()
	err := e.Update(bg, func(store.Tx) error {
		if err := e.View(soon, func(store.Reader) error { return nil }); !errors.Is(err, store.ErrBusy) {
			t.Errorf("read in a write: %v", err)
		}
		if err := e.Update(soon, func(store.Tx) error { return nil }); !errors.Is(err, store.ErrBusy) {
			t.Errorf("write in a write: %v", err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestRemovedLockFileIsReplaced(t *testing.T) {
	e := engine(t, filepath.Join(t.TempDir(), "board.db"), Options{Wait: time.Minute})
	put(t, e, "a", "1")
	l := held(t, e)
	answers := enqueue(t, e, func(tx store.Tx) error { tx.Put([]byte("b"), []byte("2")); return nil })
	if err := os.Remove(e.path + ".lock"); err != nil {
		t.Fatal(err)
	}
	l.release()
	if err := <-answers[0]; err != nil {
		t.Fatal(err)
	}
	want(t, e, "a=1", "b=2")
}
