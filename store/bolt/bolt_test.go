package bolt

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"board.internal/samverkan/store"
)

var bg = context.Background()

func put(t testing.TB, e *Engine, pairs ...string) {
	t.Helper()
	err := e.Update(bg, func(tx store.Tx) error {
		for i := 0; i < len(pairs); i += 2 {
			tx.Put([]byte(pairs[i]), []byte(pairs[i+1]))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// seeded makes a store that holds "a=1" and is closed again.
func seeded(t testing.TB) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "board.db")
	e := engine(t, path)
	put(t, e, "a", "1")
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// everything returns all pairs as "key=value", in order.
func everything(t testing.TB, e *Engine) (all []string) {
	t.Helper()
	err := e.View(bg, func(r store.Reader) error {
		r.Range(nil, nil, func(k, v []byte) bool { all = append(all, fmt.Sprintf("%s=%s", k, v)); return true })
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func want(t testing.TB, e *Engine, pairs ...string) {
	t.Helper()
	if got := everything(t, e); !slices.Equal(got, pairs) {
		t.Fatalf("store holds %q, want %q", got, pairs)
	}
}

func TestMissingFileReadsAsEmptyAndIsNotMade(t *testing.T) {
	root := t.TempDir()
	path := filepath.Join(root, "a", "b", "board.db")
	e := engine(t, path)
	err := e.View(bg, func(r store.Reader) error {
		none := func(k, v []byte) bool { t.Errorf("found %q", k); return true }
		r.Range(nil, nil, none)
		r.RangeBack(nil, nil, none)
		if v := r.Get([]byte("a")); v != nil {
			t.Errorf("Get = %q", v)
		}
		return fs.ErrClosed
	})
	if err != fs.ErrClosed {
		t.Fatalf("View = %v, want the function's own error", err)
	}
	if err := e.Check(bg); err != nil {
		t.Fatal(err)
	}
	if err := e.Backup(bg, filepath.Join(root, "copy")); !errors.Is(err, store.ErrAway) || !errors.Is(err, fs.ErrNotExist) || errors.Is(err, store.ErrCopy) {
		t.Fatalf("Backup = %v", err)
	}
	if left, _ := os.ReadDir(root); len(left) != 0 {
		t.Fatalf("made %v", left)
	}
	put(t, e, "a", "1")
	want(t, e, "a=1")
	for name, mode := range map[string]fs.FileMode{"a": fs.ModeDir | 0o700, "a/b": fs.ModeDir | 0o700, "a/b/board.db": 0o600, "a/b/board.db.lock": 0o600} {
		info, err := os.Stat(filepath.Join(root, name))
		if err != nil || info.Mode() != mode {
			t.Errorf("%s: %v, %v; want %v", name, info.Mode(), err, mode)
		}
	}
	if left, _ := os.ReadDir(filepath.Join(root, "a", "b")); len(left) != 2 {
		t.Fatalf("left %v", left)
	}
}

// TestTwin compares with a map: reads, ranges both ways, own writes seen, failed functions forgotten.
func TestTwin(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	e := engine(t, seeded(t)) // where no store is, a function is tried on nothing first, and these draw lots
	twin := map[string]string{"a": "1"}
	key := func() []byte {
		k := make([]byte, 1+rnd.IntN(3))
		for i := range k {
			k[i] = []byte{0, 'a', 'b', 0xff}[rnd.IntN(4)]
		}
		return k
	}
	for range 60 {
		next := maps.Clone(twin)
		fail := rnd.IntN(4) == 0
		var own error
		if fail {
			own = errors.New("own")
		}
		err := e.Update(bg, func(tx store.Tx) error {
			for range rnd.IntN(12) {
				k := key()
				if rnd.IntN(3) == 0 {
					tx.Delete(k)
					delete(next, string(k))
				} else {
					v := bytes.Repeat([]byte("v"), rnd.IntN(9))
					tx.Put(k, v)
					next[string(k)] = string(v)
					clear(v)
				}
				k = key()
				if v, ok := next[string(k)]; ok != (tx.Get(k) != nil) || v != string(tx.Get(k)) {
					t.Errorf("Get(%q) = %q in the transaction, want %q", k, tx.Get(k), v)
				}
			}
			return own
		})
		if err != own {
			t.Fatalf("Update = %v, want %v", err, own)
		}
		if !fail {
			twin = next
		}
		prefix, bound := key()[:rnd.IntN(2)], key()
		if rnd.IntN(3) == 0 {
			bound = nil
		}
		keys := slices.Sorted(maps.Keys(twin))
		var forth, back, gotForth, gotBack []string
		for _, k := range keys {
			if strings.HasPrefix(k, string(prefix)) && k >= string(bound) {
				forth = append(forth, k+"="+twin[k])
			}
			if strings.HasPrefix(k, string(prefix)) && (bound == nil || k < string(bound)) {
				back = append(back, k+"="+twin[k])
			}
		}
		slices.Reverse(back)
		limit := rnd.IntN(20)
		forth, back = forth[:min(limit+1, len(forth))], back[:min(limit+1, len(back))]
		err = e.View(bg, func(r store.Reader) error {
			r.Range(prefix, bound, func(k, v []byte) bool {
				gotForth = append(gotForth, string(k)+"="+string(v))
				return len(gotForth) <= limit
			})
			r.RangeBack(prefix, bound, func(k, v []byte) bool {
				gotBack = append(gotBack, string(k)+"="+string(v))
				return len(gotBack) <= limit
			})
			for _, k := range keys {
				if v := r.Get([]byte(k)); v == nil || string(v) != twin[k] {
					t.Errorf("Get(%q) = %q, want %q", k, v, twin[k])
				}
			}
			return nil
		})
		if err != nil || !slices.Equal(forth, gotForth) || !slices.Equal(back, gotBack) {
			t.Fatalf("prefix %q, bound %q: %v\nforth %q\nwant  %q\nback  %q\nwant  %q", prefix, bound, err, gotForth, forth, gotBack, back)
		}
	}
}

func TestRefusedKeysKeepNothing(t *testing.T) {
	e := engine(t, filepath.Join(t.TempDir(), "board.db"))
	for _, key := range [][]byte{nil, make([]byte, 40_000)} {
		err := e.Update(bg, func(tx store.Tx) error {
			tx.Put([]byte("a"), []byte("1"))
			tx.Put(key, []byte("2"))
			return nil
		})
		if err == nil {
			t.Errorf("key of %d bytes was taken", len(key))
		}
	}
	want(t, e)
}

func TestPanicInView(t *testing.T) {
	e := engine(t, filepath.Join(t.TempDir(), "board.db"))
	for range 2 { // without and with a file
		var p *Panic
		if err := e.View(bg, func(store.Reader) error { panic("oh") }); !errors.As(err, &p) || p.Value != "oh" {
			t.Fatal(err)
		}
		put(t, e, "a", "1")
	}
	err := e.View(bg, func(r store.Reader) error {
		r.Range(nil, nil, func(k, v []byte) bool { panic("inner") })
		return nil
	})
	var p *Panic
	if !errors.As(err, &p) || p.Value != "inner" {
		t.Fatal(err)
	}
}

func TestCloseEndsEverything(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	e, err := Open(filepath.Join(t.TempDir(), "board.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	put(t, e, "a", "1")
	changed := e.Changed()
	if err := errors.Join(e.Close(), e.Close()); err != nil {
		t.Fatal(err)
	}
	for range changed { // one signal may be left; then it is closed
	}
	if err := e.Update(bg, func(store.Tx) error { return nil }); !errors.Is(err, store.ErrAway) {
		t.Error(err)
	}
	if err := e.View(bg, func(store.Reader) error { return nil }); !errors.Is(err, store.ErrAway) {
		t.Error(err)
	}
}

func TestCloseDoesNotHangOnAStuckHolder(t *testing.T) {
	path := seeded(t)
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	e, err := Open(path, Options{Wait: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	l := held(t, e)
	ctx, cancel := context.WithTimeout(bg, 20*time.Millisecond)
	defer cancel()
	if err := e.Update(ctx, func(store.Tx) error { return nil }); !errors.Is(err, store.ErrBusy) {
		t.Error(err)
	}
	ctx, cancel = context.WithTimeout(bg, 20*time.Millisecond)
	defer cancel()
	if err := e.View(ctx, func(store.Reader) error { return nil }); !errors.Is(err, store.ErrBusy) {
		t.Error(err)
	}
	if err := e.Close(); err != nil { // who was told already is not waited for, least of all for an hour
		t.Errorf("Close = %v", err)
	}
	l.release() // and what is left ends
}

// TestCloseLetsFinish: what has begun is waited for, and what waits for the lock meanwhile gets it.
func TestCloseLetsFinish(t *testing.T) {
	path := seeded(t)
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	e, err := Open(path, Options{Wait: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	l := held(t, e)
	written := make(chan error)
	go func() {
		written <- e.Update(bg, func(tx store.Tx) error { tx.Put([]byte("b"), []byte("2")); return nil })
	}()
	for inside := 0; inside == 0; runtime.Gosched() {
		e.mu.Lock()
		inside = e.inside
		e.mu.Unlock()
	}
	closed := make(chan error)
	go func() { closed <- e.Close() }()
	<-e.closing
	l.release()
	first := <-written
	if err := <-closed; err != nil {
		t.Errorf("Close = %v", err)
	}
	if first != nil && !errors.Is(first, store.ErrAway) { // it may have come to the queue too late
		t.Error(first)
	}
	all := []string{"a=1"}
	if first == nil {
		all = append(all, "b=2")
	}
	again, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	want(t, again, all...)
}

// TestCloseGivesUp: what goes on for longer than the wait is left to itself, with an error.
func TestCloseGivesUp(t *testing.T) {
	defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
	e, err := Open(seeded(t), Options{Wait: 20 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	began, goOn, read := make(chan struct{}), make(chan struct{}), make(chan error)
	go func() {
		read <- e.View(bg, func(store.Reader) error { close(began); <-goOn; return nil })
	}()
	<-began
	if err := e.Close(); !errors.Is(err, store.ErrBusy) {
		t.Errorf("Close = %v", err)
	}
	close(goOn)
	if err := <-read; err != nil {
		t.Error(err)
	}
}

// TestChangedOnce: an own commit signals at once, and the watcher does not repeat it.
func TestChangedOnce(t *testing.T) {
	e := engine(t, filepath.Join(t.TempDir(), "board.db"))
	put(t, e, "a", "1")
	select {
	case <-e.Changed():
	default:
		t.Fatal("no signal when Update returned")
	}
	e.signal(markOf(e.path)) // what the watcher does
	select {
	case <-e.Changed():
		t.Error("signalled twice")
	default:
	}
	put(t, e, "b", "1")
	put(t, e, "c", "1")
	<-e.Changed()
	select {
	case <-e.Changed():
		t.Error("two signals held")
	default:
	}
}

func TestChangedFromAnotherProcessAndByRename(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "board.db")
	e := engine(t, path)
	if lines := start(t, "write", path, "k", 1, 1).rest(t); !slices.Equal(lines, []string{"k0"}) {
		t.Fatal(lines)
	}
	<-e.Changed()
	want(t, e, "k0=", "total="+string(number(1)))

	other := engine(t, filepath.Join(dir, "other.db"))
	put(t, other, "restored", "yes")
	if err := os.Rename(other.path, path); err != nil {
		t.Fatal(err)
	}
	<-e.Changed()
	want(t, e, "restored=yes")
	put(t, e, "then", "yes")
	want(t, e, "restored=yes", "then=yes")
}

// TestInspect: who only looks leaves nothing, waits for a writer all the same, and writes nothing.
func TestInspect(t *testing.T) {
	for _, locked := range []bool{false, true} {
		path := seeded(t)
		if !locked {
			os.Remove(path + ".lock")
		}
		e, err := Inspect(path, Options{Wait: 30 * time.Millisecond})
		if err != nil {
			t.Fatal(err)
		}
		want(t, e, "a=1")
		if err := e.Check(bg); err != nil {
			t.Error(err)
		}
		if err := e.Update(bg, func(store.Tx) error { t.Error("was run"); return nil }); !errors.Is(err, store.ErrAway) {
			t.Error(err)
		}
		if locked {
			l := held(t, engine(t, path))
			if err := e.View(bg, func(store.Reader) error { return nil }); !errors.Is(err, store.ErrBusy) {
				t.Errorf("beside a writer: %v", err)
			}
			l.release()
		}
		if err := e.Close(); err != nil {
			t.Error(err)
		}
		if _, err := os.Lstat(path + ".lock"); (err == nil) != locked {
			t.Errorf("lock file: %v", err)
		}
	}
}
