package bolt

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"board.internal/samverkan/store"
)

// small mounts a small file system in memory, where that is allowed.
func small(t *testing.T, size string) string {
	t.Helper()
	dir := t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		t.Skipf("NOT TESTED: no small file system could be mounted: %v", err)
	}
	t.Cleanup(func() { unix.Unmount(dir, unix.MNT_DETACH) })
	return dir
}

func TestFullDisk(t *testing.T) {
	e := engine(t, filepath.Join(small(t, "1m"), "board.db"))
	if got := untilFull(e); got != "full, readable, and writable again" {
		t.Fatal(got)
	}
}

func TestFullDiskFromTheStart(t *testing.T) {
	dir := small(t, "64k")
	if err := os.WriteFile(filepath.Join(dir, "filler"), make([]byte, 52<<10), 0o600); err != nil {
		t.Fatal(err)
	}
	e := engine(t, filepath.Join(dir, "board.db"))
	err := e.Update(bg, func(tx store.Tx) error { tx.Put([]byte("a"), nil); return nil })
	if !errors.Is(err, store.ErrAway) || !strings.Contains(err.Error(), "disk full") {
		t.Fatal(err)
	}
	want(t, e)
	if left, _ := filepath.Glob(filepath.Join(dir, "board.db*")); len(left) > 1 {
		t.Errorf("left %v", left)
	}
}

func TestReadOnlyDisk(t *testing.T) {
	dir := small(t, "4m")
	with, without := filepath.Join(dir, "with.db"), filepath.Join(dir, "without.db")
	for _, path := range []string{with, without} {
		put(t, engine(t, path), "a", "1")
	}
	os.Remove(without + ".lock")
	if err := unix.Mount("", dir, "", unix.MS_REMOUNT|unix.MS_RDONLY, ""); err != nil {
		t.Skipf("NOT TESTED: cannot remount: %v", err)
	}
	for _, path := range []string{with, without, filepath.Join(dir, "new", "new.db")} {
		e := engine(t, path)
		there := path == with || path == without
		if there {
			want(t, e, "a=1")
		} else {
			want(t, e)
		}
		if err := e.Check(bg); err != nil {
			t.Error(err)
		}
		err := e.Update(bg, func(tx store.Tx) error {
			if there {
				t.Error("was run")
			}
			tx.Put([]byte("b"), nil)
			return nil
		})
		if !errors.Is(err, store.ErrAway) || !errors.Is(err, syscall.EROFS) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// TestFailedSync lets each of the syncs of a few commits fail in turn: the caller is told that the
// outcome is unknown, and the store goes on.
func TestFailedSync(t *testing.T) {
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("NOT TESTED: strace is not installed")
	}
	if err := exec.Command(strace, "-f", "-o", "/dev/null", "true").Run(); err != nil {
		t.Skipf("NOT TESTED: strace may not trace here: %v", err)
	}
	for nth := 1; nth <= 4; nth++ { // data and head of two commits
		path := filepath.Join(t.TempDir(), "board.db")
		put(t, engine(t, path), "a", "1")
		inject := fmt.Sprintf("inject=fdatasync:error=EIO:when=%d", nth)
		c := startVia(t, []string{strace, "-f", "-o", "/dev/null", "-e", "trace=fdatasync", "-e", inject}, "sync", path)
		var unknown, good int
		for _, line := range c.rest(t) {
			switch {
			case strings.HasSuffix(line, " true false false"):
				good++
			case strings.HasSuffix(line, " false true true"):
				unknown++
			default:
				t.Errorf("sync %d fails: %s", nth, line)
			}
		}
		// strace counts calls per thread, so a later sync may fail once more on another one.
		if unknown == 0 || unknown+good != 30 {
			t.Errorf("sync %d fails: %d unknown, %d good of 30", nth, unknown, good)
		}
		if err := engine(t, path).Check(bg); err != nil {
			t.Errorf("sync %d fails: %v", nth, err)
		}
	}
}

func TestBackupOntoAFullDisk(t *testing.T) {
	target := small(t, "64k")
	e := engine(t, filepath.Join(t.TempDir(), "board.db"))
	put(t, e, "a", strings.Repeat("x", 100_000))
	err := e.Backup(bg, filepath.Join(target, "copy"))
	if !errors.Is(err, store.ErrCopy) || !errors.Is(err, store.ErrAway) || !strings.Contains(err.Error(), "disk full") {
		t.Fatal(err)
	}
	if left, _ := os.ReadDir(target); len(left) != 0 {
		t.Errorf("left %v", left)
	}
}
