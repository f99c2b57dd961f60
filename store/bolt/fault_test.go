package bolt

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"
	"golang.org/x/sys/unix"

	"board.internal/samverkan/store"
)

func TestNotAStore(t *testing.T) {
	dir := t.TempDir()
	whole := kept(t, filepath.Join(dir, "whole"))
	for name, c := range map[string]struct {
		make func(path string) error
		kind error
		text string
	}{
		"empty":    {func(p string) error { return os.WriteFile(p, nil, 0o600) }, store.ErrDamaged, "empty"},
		"garbage":  {func(p string) error { return os.WriteFile(p, []byte(strings.Repeat("not a store\n", 9000)), 0o600) }, store.ErrForeign, "not a store"},
		"short":    {func(p string) error { return os.WriteFile(p, []byte("hej"), 0o600) }, store.ErrForeign, "not a store"},
		"zeros":    {func(p string) error { return os.WriteFile(p, make([]byte, 65536), 0o600) }, store.ErrForeign, "not a store"},
		"folder":   {func(p string) error { return os.Mkdir(p, 0o700) }, store.ErrAway, ""},
		"link":     {func(p string) error { return os.Symlink(filepath.Join(dir, "whole"), p) }, store.ErrAway, "symbolic link"},
		"dangling": {func(p string) error { return os.Symlink(filepath.Join(dir, "nowhere"), p) }, store.ErrAway, "symbolic link"},
		"pipe":     {func(p string) error { return unix.Mkfifo(p, 0o600) }, store.ErrAway, "not an ordinary file"},
		"foreign": {func(p string) error {
			db, err := bbolt.Open(p, 0o600, nil)
			if err != nil {
				return err
			}
			err = db.Update(func(tx *bbolt.Tx) error { _, err := tx.CreateBucket([]byte("theirs")); return err })
			return errors.Join(err, db.Close())
		}, store.ErrForeign, "another program"},
		"foreign without free list": {func(p string) error {
			db, err := bbolt.Open(p, 0o600, &bbolt.Options{NoFreelistSync: true})
			if err != nil {
				return err
			}
			err = db.Update(func(tx *bbolt.Tx) error { _, err := tx.CreateBucket([]byte("theirs")); return err })
			return errors.Join(err, db.Close())
		}, store.ErrForeign, "another program"},
		"below a file": {func(p string) error { return nil }, store.ErrAway, ""},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "board.db")
			if name == "below a file" {
				path = filepath.Join(dir, "whole", "board.db")
			}
			if err := c.make(path); err != nil {
				t.Fatal(err)
			}
			before, _ := readPlain(path)
			for i, err := range use(t, path) {
				if errors.Is(c.kind, store.ErrForeign) && !errors.Is(err, store.ErrDamaged) || !errors.Is(err, c.kind) || !strings.Contains(err.Error(), c.text) {
					t.Errorf("operation %d: %v, want %v and %q", i, err, c.kind, c.text)
				}
			}
			if after, _ := readPlain(path); !slices.Equal(before, after) {
				t.Error("the file was written to")
			}
		})
	}
	if now, _ := os.ReadFile(filepath.Join(dir, "whole")); !slices.Equal(now, whole) {
		t.Error("written to through a link")
	}
	if _, err := os.Lstat(filepath.Join(dir, "nowhere")); err == nil {
		t.Error("created through a link")
	}
}

func readPlain(path string) ([]byte, error) {
	f, err := openPlain(path, os.O_RDONLY)
	if err != nil {
		return nil, err
	}
	f.Close()
	return os.ReadFile(path)
}

func TestNetworkFolderIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "board.db")
	network := "NFS"
	statfs := func(dir string) (string, error) {
		if _, err := os.Stat(dir); err != nil {
			return "", err
		}
		return network, nil
	}
	if _, err := open(path, Options{}, statfs); !errors.Is(err, store.ErrNetwork) || !strings.Contains(err.Error(), "NFS") {
		t.Fatal(err)
	}
	network = ""
	e, err := open(path, Options{}, statfs)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	put(t, e, "a", "1")
	network = "SMB" // mounted over it since
	if err := e.Update(bg, func(store.Tx) error { return nil }); !errors.Is(err, store.ErrNetwork) {
		t.Error(err)
	}
	if err := e.View(bg, func(store.Reader) error { return nil }); !errors.Is(err, store.ErrNetwork) {
		t.Error(err)
	}
	if name, err := networkOf(t.TempDir()); name != "" || err != nil {
		t.Errorf("this machine's own folder: %q, %v", name, err)
	}
}

func TestFileSizeLimit(t *testing.T) {
	c := start(t, "limit", filepath.Join(t.TempDir(), "board.db"))
	c.expect(t, "full, readable, and writable again")
}

func TestNoPermission(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("NOT TESTED: only root can become somebody else")
	}
	dir := t.TempDir()
	var paths []any
	for _, name := range []string{"locked", "unlocked", "secret"} {
		path := filepath.Join(dir, name)
		put(t, engine(t, path), "a", name)
		mode := os.FileMode(0o644)
		if name == "secret" {
			mode = 0o600
		}
		os.Chmod(path, mode)
		os.Chmod(path+".lock", 0o644)
		paths = append(paths, path)
	}
	os.Remove(filepath.Join(dir, "unlocked.lock"))
	os.Chmod(dir, 0o755)
	os.Chmod(filepath.Dir(dir), 0o755)
	c := start(t, append([]any{"poor"}, paths...)...)
	got := c.rest(t)
	secret := "read " + paths[2].(string) + ": store away: open " + paths[2].(string) + ": permission denied"
	expect := []string{`read "locked"`, "away: true permission: true", `read "unlocked"`, "away: true permission: true", secret, "away: true permission: true"}
	if !slices.Equal(got, expect) {
		t.Errorf("got  %q\nwant %q", got, expect)
	}
}

// TestForeignLock: another tool holds bbolt's own lock on the file.
func TestForeignLock(t *testing.T) {
	path := seeded(t)
	e := engine(t, path, Options{Wait: 30 * time.Millisecond})
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := e.View(bg, func(store.Reader) error { return nil }); !errors.Is(err, store.ErrBusy) {
		t.Error(err)
	}
	if err := e.Update(bg, func(store.Tx) error { return nil }); !errors.Is(err, store.ErrBusy) {
		t.Error(err)
	}
	db.Close()
	want(t, engine(t, path), "a=1")
}
