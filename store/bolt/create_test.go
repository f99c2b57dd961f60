package bolt

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"board.internal/samverkan/store"
)

// TestRefusedWriteMakesNothing: where no store is, one comes into being with the first write that is kept, and what is
// refused leaves not even a folder. A store that vanished under its engine must not come back empty.
func TestRefusedWriteMakesNothing(t *testing.T) {
	no := errors.New("no")
	refused := map[string]func(store.Tx) error{
		"refused":        func(tx store.Tx) error { tx.Put([]byte("a"), []byte("1")); return no },
		"nothing to do":  func(tx store.Tx) error { tx.Get([]byte("a")); return nil },
		"only deletes":   func(tx store.Tx) error { tx.Delete([]byte("a")); return nil },
		"key too long":   func(tx store.Tx) error { tx.Put(make([]byte, 40_000), nil); return nil },
		"panics":         func(tx store.Tx) error { panic("oh") },
		"put and delete": func(tx store.Tx) error { tx.Put([]byte("a"), nil); tx.Delete([]byte("a")); return nil },
	}
	root := t.TempDir()
	left := func(t *testing.T, dir string, want ...string) {
		t.Helper()
		var names []string
		entries, err := os.ReadDir(dir)
		for _, f := range entries {
			names = append(names, f.Name())
		}
		if err != nil || !slices.Equal(names, want) {
			t.Errorf("%s holds %q, %v; want %q", dir, names, err, want)
		}
	}
	e := engine(t, filepath.Join(root, "new", "board.db"))
	for name, fn := range refused {
		err := e.Update(bg, fn)
		var p *Panic
		switch name {
		case "refused":
			if err != no {
				t.Errorf("%s: %v", name, err)
			}
		case "key too long", "panics":
			if err == nil || errors.As(err, &p) != (name == "panics") {
				t.Errorf("%s: %v", name, err)
			}
		default:
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		left(t, root)
	}
	put(t, e, "a", "1")
	if err := os.Rename(filepath.Join(root, "new"), filepath.Join(root, "away")); err != nil {
		t.Fatal(err)
	}
	for _, fn := range refused {
		e.Update(bg, fn)
		left(t, root, "away")
	}
	if err := os.Rename(filepath.Join(root, "away"), filepath.Join(root, "new")); err != nil {
		t.Fatal(err)
	}
	want(t, e, "a=1")
}

// TestVanishedWhileWaiting: a store that goes away while writers wait for its lock is begun anew by who writes without
// having looked, with all that is kept, and by nobody who is refused because of it.
func TestVanishedWhileWaiting(t *testing.T) {
	no := errors.New("no")
	for _, keep := range []string{"", "0", "3", "0369"} {
		path := seeded(t)
		e := engine(t, path, Options{Wait: time.Minute})
		var fns []func(store.Tx) error
		var pairs []string
		for i := range 10 {
			key := fmt.Sprint(i)
			if strings.Contains(keep, key) {
				pairs = append(pairs, key+"=1")
			}
			fns = append(fns, func(tx store.Tx) error {
				tx.Put([]byte(key), []byte("1"))
				if tx.Get([]byte("a")) == nil && !strings.Contains(keep, key) {
					return no
				}
				return nil
			})
		}
		l := held(t, e)
		answers := enqueue(t, e, fns...)
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		l.release()
		for i, a := range answers {
			if err := <-a; (err == nil) != strings.Contains(keep, fmt.Sprint(i)) || err != nil && err != no {
				t.Errorf("%q kept, %d: %v", keep, i, err)
			}
		}
		want(t, e, pairs...)
		if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) != (keep == "") {
			t.Errorf("%q kept: %v", keep, err)
		}
		if _, err := os.Lstat(path + ".creating"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%q kept: what was begun is left: %v", keep, err)
		}
		if err := e.Check(bg); err != nil {
			t.Error(err)
		}
	}
}

// TestManyMakeTheStore: of several that find no store at once, every one sees those before it.
func TestManyMakeTheStore(t *testing.T) {
	e := engine(t, filepath.Join(t.TempDir(), "board.db"), Options{Wait: time.Minute})
	count := func(tx store.Tx) error {
		n := 0
		fmt.Sscan(string(tx.Get([]byte("n"))), &n)
		tx.Put([]byte("n"), fmt.Append(nil, n+1))
		return nil
	}
	l := held(t, e)
	answers := enqueue(t, e, slices.Repeat([]func(store.Tx) error{count}, 10)...)
	l.release()
	for i, a := range answers {
		if err := <-a; err != nil {
			t.Errorf("%d: %v", i, err)
		}
	}
	want(t, e, "n=10")
}
