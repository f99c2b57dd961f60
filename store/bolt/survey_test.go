package bolt

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"board.internal/samverkan/store"
)

// kept makes a store with branches, long values and a free list, and returns its bytes.
func kept(t testing.TB, path string) []byte {
	t.Helper()
	e := engine(t, path)
	for i := range 3 {
		err := e.Update(bg, func(tx store.Tx) error {
			for n := range 400 {
				tx.Put(fmt.Appendf(nil, "effort/%04d", n), make([]byte, 40+(n*7+i)%90))
			}
			tx.Put([]byte("long"), make([]byte, 9000))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// use does everything with the store at path, and returns the errors: of reading all, writing,
// checking, and copying.
func use(t testing.TB, path string) []error {
	return append(useFast(t, path), engine(t, path).Backup(bg, path+".copy"))
}

// useFast leaves out the copying, which waits for the disk.
func useFast(t testing.TB, path string) []error {
	t.Helper()
	e := engine(t, path)
	read := e.View(bg, func(r store.Reader) error {
		n := 0
		r.Range(nil, nil, func(k, v []byte) bool { n += len(k) + len(v); return true })
		r.RangeBack(nil, nil, func(k, v []byte) bool { return k[0] != 0 })
		r.Get([]byte("effort/0200"))
		return nil
	})
	check := e.Check(bg)
	write := e.Update(bg, func(tx store.Tx) error {
		tx.Get([]byte("effort/0201"))
		tx.Put([]byte("effort/0300"), make([]byte, 3000))
		tx.Delete([]byte("effort/0100"))
		return nil
	})
	if err := e.Close(); err != nil {
		t.Error(err)
	}
	return []error{read, check, write}
}

func TestTruncated(t *testing.T) {
	path := filepath.Join(t.TempDir(), "board.db")
	whole := kept(t, path)
	used := int64(0) // bytes below the high-water mark
	for _, h := range markOf(path).head {
		used = max(used, int64(h.end)*h.page)
	}
	for _, size := range []int64{1, 15, 16, 79, 80, 1024, 4095, 4096, 4097, 8191, 8192, 8193, 12288, 16384, used / 2, used - 4096, used - 1} {
		if err := os.WriteFile(path, whole[:size], 0o600); err != nil {
			t.Fatal(err)
		}
		for i, err := range use(t, path) {
			if !errors.Is(err, store.ErrDamaged) {
				t.Errorf("%d bytes, operation %d: %v", size, i, err)
			}
		}
		if now, _ := os.ReadFile(path); !slices.Equal(now, whole[:size]) {
			t.Errorf("%d bytes: written to", size)
		}
	}
}

// TestFlippedBytes breaks each page in many places, the headers and first entries most of all: whatever
// comes of it, it is an answer of a known kind, never a panic.
func TestFlippedBytes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "board.db")
	whole := kept(t, path)
	h := markOf(path).head[0]
	var found, silent int
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	flip := func(at int, with byte) {
		broken := slices.Clone(whole)
		broken[at] ^= with
		if _, err := file.WriteAt(broken, 0); err != nil { // in place: truncating first waits for the disk
			t.Fatal(err)
		}
		bad := false
		for i, err := range useFast(t, path) {
			bad = bad || err != nil
			if err != nil && !errors.Is(err, store.ErrDamaged) {
				t.Errorf("byte %d: operation %d: %v", at, i, err)
			}
		}
		if bad {
			found++
		} else {
			silent++
		}
	}
	for p := 0; p < int(h.end)*int(h.page); p += int(h.page) {
		for _, at := range []int{0, 7, 8, 9, 10, 11, 12, 15} { // id, kind, count, overflow
			flip(p+at, 0x11)
		}
		for at := headerSize; at < headerSize+2*elementSize; at += 5 { // positions, sizes, page numbers
			flip(p+at, 0x41)
		}
		flip(p+2000, 0x80)
	}
	t.Logf("%d pages, %d flips answered with an error, %d harmless (free pages, unused space, values)", h.end, found, silent)
	if found < int(h.end)*4 {
		t.Error("suspiciously few were found")
	}
}

// TestHostileStructure has what a single flipped byte rarely makes, and what bbolt itself would not
// survive: each must be found before it is followed.
func TestHostileStructure(t *testing.T) {
	path := filepath.Join(t.TempDir(), "board.db")
	whole := kept(t, path)
	h := markOf(path).head[0]
	if o := markOf(path).head[1]; o.txid > h.txid {
		h = o
	}
	at := func(id uint64) []byte { return whole[int64(id)*h.page:] }
	_, value, _ := element(parsePage(at(h.root)[:h.page]), 0)
	top := native.Uint64(value)
	if parsePage(at(top)).flags != flagBranch {
		t.Fatal("the tree has no branch")
	}
	child := native.Uint64(at(top)[headerSize+8:])
	for name, change := range map[string]func(page func(uint64) []byte){
		"branch leads to itself": func(p func(uint64) []byte) { native.PutUint64(p(top)[headerSize+8:], top) },
		"two ways to one page":   func(p func(uint64) []byte) { native.PutUint64(p(top)[headerSize+elementSize+8:], child) },
		"branch leads outside":   func(p func(uint64) []byte) { native.PutUint64(p(top)[headerSize+8:], 1<<50) },
		"branch leads to a head": func(p func(uint64) []byte) { native.PutUint64(p(top)[headerSize+8:], 1) },
		"empty branch":           func(p func(uint64) []byte) { native.PutUint16(p(top)[10:], 0) },
		"endless free list": func(p func(uint64) []byte) {
			native.PutUint16(p(h.free)[10:], 0xffff)
			native.PutUint64(p(h.free)[headerSize:], 1<<44)
		},
		"negative free list": func(p func(uint64) []byte) {
			native.PutUint16(p(h.free)[10:], 0xffff)
			native.PutUint64(p(h.free)[headerSize:], 1<<63)
		},
		"long free list":             func(p func(uint64) []byte) { native.PutUint16(p(h.free)[10:], 0xfffe) },
		"live page in the free list": func(p func(uint64) []byte) { native.PutUint64(p(h.free)[headerSize:], child) },
		"free list twice the same": func(p func(uint64) []byte) {
			copy(p(h.free)[headerSize:headerSize+8], p(h.free)[headerSize+8:headerSize+16])
		},
	} {
		t.Run(name, func(t *testing.T) {
			broken := slices.Clone(whole)
			change(func(id uint64) []byte { return broken[int64(id)*h.page:] })
			if slices.Equal(broken, whole) {
				t.Fatal("nothing was changed")
			}
			if err := os.WriteFile(path, broken, 0o600); err != nil {
				t.Fatal(err)
			}
			for i, err := range use(t, path) {
				if !errors.Is(err, store.ErrDamaged) {
					t.Errorf("operation %d: %v", i, err)
				}
			}
			if now, _ := os.ReadFile(path); !slices.Equal(now, broken) {
				t.Error("written to")
			}
			f, err := os.Open(path)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			if err := survey(f, false); !errors.Is(err, store.ErrDamaged) { // as in a large file
				t.Errorf("the branches alone: %v", err)
			}
		})
	}
}

// TestSurveyPassesWholeStores: what bbolt calls whole is never called damaged, deep trees included.
func TestSurveyPassesWholeStores(t *testing.T) {
	e := engine(t, filepath.Join(t.TempDir(), "board.db"))
	for round := range 12 {
		err := e.Update(bg, func(tx store.Tx) error {
			for n := range 200 {
				k := fmt.Appendf(nil, "%0*d", 700+(n*37)%600, (n*7919+round*104729)%3000) // few keys on a page make a deep tree
				if (n+round)%5 == 0 {
					tx.Delete(k)
				} else {
					tx.Put(k, make([]byte, (n*31+round)%5000))
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := e.Check(bg); err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		f, err := os.Open(e.path)
		if err != nil {
			t.Fatal(err)
		}
		if err := survey(f, false); err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		f.Close()
	}
}

func TestTruncatedWhileMapped(t *testing.T) {
	path := filepath.Join(t.TempDir(), "board.db")
	kept(t, path)
	for _, inside := range []bool{false, true} { // the fault is in bbolt's code, or in the function's own
		kept(t, path)
		e := engine(t, path)
		err := e.View(bg, func(r store.Reader) error {
			v := r.Get([]byte("long"))
			if err := os.Truncate(path, 8192); err != nil {
				return err
			}
			if inside {
				_ = string(v)
			} else {
				r.Range(nil, nil, func(k, v []byte) bool { return true })
			}
			return nil
		})
		if !errors.Is(err, store.ErrDamaged) {
			t.Errorf("%v, want damaged", err)
		}
		os.Remove(path)
	}
	kept(t, path)
	e := engine(t, path)
	err := e.Update(bg, func(tx store.Tx) error {
		tx.Put([]byte("effort/0100"), nil)
		return os.Truncate(path, 8192)
	})
	if !errors.Is(err, store.ErrDamaged) {
		t.Errorf("%v, want damaged", err)
	}
	if err := e.View(bg, func(store.Reader) error { return nil }); !errors.Is(err, store.ErrDamaged) {
		t.Errorf("%v, want damaged", err)
	}
}
