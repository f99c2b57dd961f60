package bolt

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"board.internal/samverkan/store"
)

// TestBackupsWhileWriting: copies taken while others write open, pass the check, and are consistent.
func TestBackupsWhileWriting(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "board.db")
	c := start(t, "write", path, "k", 4, 0)
	if _, err := c.out.ReadString('\n'); err != nil { // it is up
		t.Fatal(err)
	}
	e := engine(t, path)
	last := 0
	for i := range 10 {
		file := filepath.Join(dir, fmt.Sprint("copy", i))
		if err := e.Backup(bg, file); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(file); err != nil || info.Mode() != 0o600 {
			t.Errorf("%v, %v", info.Mode(), err)
		}
		copied := engine(t, file)
		verify(t, copied, nil, last)
		put(t, copied, "more", "1") // it is a store like any other
		if err := copied.View(bg, func(r store.Reader) error { last = toNumber(r.Get([]byte("total"))); return nil }); err != nil {
			t.Fatal(err)
		}
	}
	c.Process.Kill()
	c.rest(t)
	if left, _ := filepath.Glob(filepath.Join(dir, ".*")); len(left) > 0 {
		t.Errorf("left %v", left)
	}
	if last < 2 {
		t.Errorf("only %d written meanwhile", last)
	}
}

func TestBackupRefuses(t *testing.T) {
	dir := t.TempDir()
	e := engine(t, filepath.Join(dir, "board.db"))
	put(t, e, "a", "1")
	taken := filepath.Join(dir, "taken")
	if err := os.WriteFile(taken, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(dir, "link")
	if err := os.Symlink(filepath.Join(dir, "nowhere"), link); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{taken, link, e.path} {
		if err := e.Backup(bg, file); !errors.Is(err, fs.ErrExist) || !errors.Is(err, store.ErrCopy) {
			t.Errorf("%s: %v", file, err)
		}
	}
	if b, _ := os.ReadFile(taken); string(b) != "mine" {
		t.Error("overwritten")
	}
	if err := renameNew(e.path, taken); !errors.Is(err, fs.ErrExist) {
		t.Errorf("moved over a file that came meanwhile: %v", err)
	}
	if err := linkNew(e.path, taken); !errors.Is(err, fs.ErrExist) {
		t.Errorf("moved over a file that came meanwhile: %v", err)
	}
	if err := e.Backup(bg, filepath.Join(dir, "no", "folder")); !errors.Is(err, store.ErrAway) || !errors.Is(err, store.ErrCopy) {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(bg)
	cancel()
	if err := e.Backup(ctx, filepath.Join(dir, "late")); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	want(t, e, "a=1")
	left, _ := os.ReadDir(dir)
	if len(left) != 4 {
		t.Errorf("left %v", left)
	}
}

func TestCheckFindsWhatIsOutOfOrder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "board.db")
	whole := kept(t, path)
	whole = bytes.ReplaceAll(whole, []byte("effort/0200"), []byte("xffort/0200")) // out of order: bbolt's to find
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	e := engine(t, path)
	if err := e.Check(bg); !errors.Is(err, store.ErrDamaged) {
		t.Errorf("Check = %v", err)
	}
	if err := e.Backup(bg, path+".copy"); !errors.Is(err, store.ErrDamaged) || errors.Is(err, store.ErrCopy) {
		t.Errorf("Backup = %v", err)
	}
	if _, err := os.Stat(path + ".copy"); err == nil {
		t.Error("kept a copy of a damaged store")
	}
}
