package bolt

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"board.internal/samverkan/store"
)

func TestStoppedHolderIsNamed(t *testing.T) {
	for _, role := range []string{"write", "read"} {
		t.Run(role, func(t *testing.T) {
			path := seeded(t)
			e := engine(t, path, Options{Wait: 100 * time.Millisecond})
			c := start(t, "hold", path, role)
			c.expect(t, "holding")
			if err := c.Process.Signal(syscall.SIGSTOP); err != nil {
				t.Fatal(err)
			}
			err := e.Update(bg, func(store.Tx) error { t.Error("was run"); return nil })
			var b *Busy
			if !errors.Is(err, store.ErrBusy) || !errors.As(err, &b) || b.Holder.PID != c.Process.Pid {
				t.Fatalf("%v, want busy and process %d", err, c.Process.Pid)
			}
			if role == "write" {
				if b.Holder.Command != "child" || b.Holder.User == "" || b.Holder.Since.IsZero() {
					t.Errorf("holder %+v", b.Holder)
				}
				if err := e.View(bg, func(store.Reader) error { return nil }); !errors.Is(err, store.ErrBusy) {
					t.Errorf("read: %v", err)
				}
			} else {
				want(t, engine(t, path), "a=1")
			}
			if !strings.Contains(err.Error(), fmt.Sprintf("process %d", c.Process.Pid)) {
				t.Errorf("text %q", err)
			}
			if err := c.Process.Signal(syscall.SIGCONT); err != nil {
				t.Fatal(err)
			}
			c.in.Close()
			if lines := c.rest(t); len(lines) > 0 {
				t.Fatal(lines)
			}
			put(t, engine(t, path, Options{Wait: time.Minute}), "b", "2")
			for e.holder().PID != 0 { // who was left waiting lets go at once, and nobody is named any more
				runtime.Gosched()
			}
		})
	}
}

func TestProcessesWriteAtOnce(t *testing.T) {
	for _, n := range []int{2, 8} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "new", "board.db") // they create it together, too
			const each = 60
			var children []*child
			for i := range n {
				children = append(children, start(t, "write", path, fmt.Sprintf("p%d-", i), 2, each))
			}
			acked := map[string]bool{}
			for _, c := range children {
				for _, line := range c.rest(t) {
					acked[line] = true
				}
			}
			if len(acked) != n*each {
				t.Fatalf("%d acknowledged, want %d", len(acked), n*each)
			}
			e := engine(t, path)
			verify(t, e, acked, n*each)
		})
	}
}

// verify checks that all acknowledged keys are there, that the counter kept in the same transactions
// agrees with the number of keys, and that the file is in order.
func verify(t *testing.T, e *Engine, acked map[string]bool, atLeast int) {
	t.Helper()
	err := e.View(bg, func(r store.Reader) error {
		for k := range acked {
			if r.Get([]byte(k)) == nil {
				return fmt.Errorf("acknowledged %s is lost", k)
			}
		}
		keys := -1 // the counter itself
		r.Range(nil, nil, func(k, v []byte) bool { keys++; return true })
		if total := toNumber(r.Get([]byte("total"))); total != max(keys, 0) || total < atLeast {
			return fmt.Errorf("%d keys, counted %d, want %d at least", keys, total, atLeast)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Check(bg); err != nil {
		t.Fatal(err)
	}
}

// TestKill kills a writing process at random moments, again and again on the same file.
func TestKill(t *testing.T) {
	path := filepath.Join(t.TempDir(), "board.db")
	e := engine(t, path)
	acked := map[string]bool{}
	for i := range 60 {
		c := start(t, "write", path, fmt.Sprintf("%d-", i), 4, 0)
		first, err := c.out.ReadString('\n') // it is up
		if err != nil {
			t.Fatal(err)
		}
		acked[strings.TrimSpace(first)] = true
		time.Sleep(time.Duration(rand.IntN(30_000)) * time.Microsecond)
		c.Process.Kill()
		for _, line := range c.rest(t) {
			acked[line] = true
		}
		if i%10 == 9 {
			verify(t, e, acked, len(acked))
		}
	}
	verify(t, e, acked, len(acked))
	t.Logf("60 kills, %d acknowledged, 0 lost", len(acked))
}

// TestKillDuringCreation kills the very first transaction; whatever moment it was, the next process
// finds nothing or a whole store, and no rubbish stays.
func TestKillDuringCreation(t *testing.T) {
	root := t.TempDir()
	none, temp, whole := 0, 0, 0
	for i := range 60 {
		dir := filepath.Join(root, fmt.Sprint(i))
		path := filepath.Join(dir, "board.db")
		c := start(t, "write", path, "k", 1, 0)
		end := time.Now().Add(time.Second)
		for time.Now().Before(end) { // wait for the first trace of it, then kill within the next moments
			if _, err := os.Stat(path + ".lock"); err == nil {
				break
			}
		}
		time.Sleep(time.Duration(rand.IntN(2500)) * time.Microsecond)
		c.Process.Kill()
		acked := map[string]bool{}
		for _, line := range c.rest(t) {
			acked[line] = true
		}
		if _, err := os.Stat(path); err == nil {
			whole++
		} else if _, err := os.Stat(path + ".creating"); err == nil {
			temp++
		} else {
			none++
		}
		e := engine(t, path)
		verify(t, e, acked, len(acked))
		put(t, e, "after", "1")
		if left, _ := os.ReadDir(dir); len(left) != 2 {
			t.Fatalf("left %v", left)
		}
		if err := errors.Join(e.Check(bg), e.Close()); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("killed before anything %d, in the middle of creation %d, after %d times", none, temp, whole)
}

// TestReadersDoNotStarveAWriter: processes that read without pause leave room for one that writes.
func TestReadersDoNotStarveAWriter(t *testing.T) {
	path := filepath.Join(t.TempDir(), "board.db")
	e := engine(t, path, Options{Wait: 20 * time.Second}) // starved means for ever, not for a while
	put(t, e, "a", "1")
	var readers []*child
	for range 12 {
		c := start(t, "read", path)
		c.expect(t, "reading")
		readers = append(readers, c)
	}
	worst := time.Duration(0)
	for range 10 {
		begun := time.Now()
		put(t, e, "a", "2")
		worst = max(worst, time.Since(begun))
	}
	t.Logf("slowest of 10 writes beside 12 busy readers: %v", worst)
	for _, c := range readers {
		c.in.Close()
		if lines := c.rest(t); len(lines) > 0 {
			t.Error(lines)
		}
	}
}
