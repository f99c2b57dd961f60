package bolt

import (
	"bufio"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
)

// childSit PATH SESSION announces a session until its input ends.
func childSit(arg []string) error {
	e := childEngine(arg[0])
	e.Announce(arg[1], []byte(arg[1]))
	fmt.Println("sitting")
	bufio.NewReader(os.Stdin).ReadString('\n')
	return e.Close()
}

func seen(e *Engine) (sessions []string) {
	for s := range e.Announced() {
		sessions = append(sessions, s)
	}
	slices.Sort(sessions)
	return sessions
}

func files(t *testing.T, dir string) (names []string) {
	t.Helper()
	all, err := os.ReadDir(dir)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	for _, f := range all {
		names = append(names, f.Name())
	}
	return names
}

// TestTheDeadDoNotSit: who is killed is not seen from then on, and nothing of it stays.
func TestTheDeadDoNotSit(t *testing.T) {
	path := seeded(t)
	e := engine(t, path)
	var children []*child
	for i := range 4 {
		c := start(t, "sit", path, fmt.Sprintf("%x", i+10))
		c.expect(t, "sitting")
		children = append(children, c)
	}
	e.Announce("1", []byte("me"))
	if got := seen(e); !slices.Equal(got, []string{"1", "a", "b", "c", "d"}) {
		t.Fatal(got)
	}
	for _, c := range children[:2] {
		c.Process.Kill()
		c.rest(t)
	}
	children[2].in.Close() // and one who leaves as one should
	children[2].rest(t)
	if got := seen(e); !slices.Equal(got, []string{"1", "d"}) {
		t.Fatal(got)
	}
	if got := files(t, path+".here"); !slices.Equal(got, []string{"1", "d"}) {
		t.Errorf("left lie %q", got)
	}
	children[3].Process.Kill()
	children[3].rest(t)
	e.Withdraw("1")
	if got := seen(e); got != nil {
		t.Error(got)
	}
	if _, err := os.Lstat(path + ".here"); !os.IsNotExist(err) {
		t.Errorf("the folder stays: %v", err)
	}
}

func TestPresenceIsPrivate(t *testing.T) {
	path := seeded(t)
	e := engine(t, path)
	e.Announce("1", []byte("me"))
	for name, mode := range map[string]fs.FileMode{path + ".here": 0o700, path + ".here/1": 0o600} {
		if info, err := os.Lstat(name); err != nil || info.Mode().Perm() != mode {
			t.Errorf("%s: %v %v, want %v", name, info.Mode(), err, mode)
		}
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	if got := files(t, filepath.Dir(path)); slices.Contains(got, filepath.Base(path)+".here") {
		t.Errorf("left beside the store: %q", got)
	}
}

// TestPresenceIsACourtesy: where it cannot be, nobody is told and nothing is left.
func TestPresenceIsACourtesy(t *testing.T) {
	t.Run("no store", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "board.db")
		e := engine(t, path)
		e.Announce("1", []byte("me"))
		if got := files(t, filepath.Dir(path)); got != nil || e.Announced() != nil {
			t.Errorf("made beside a store that is not: %q", got)
		}
		put(t, e, "a", "1")
		e.Announce("1", []byte("me"))
		if got := seen(e); !slices.Equal(got, []string{"1"}) {
			t.Errorf("with a store: %q", got)
		}
	})
	t.Run("reading only", func(t *testing.T) {
		path := seeded(t)
		other := engine(t, path)
		other.Announce("2", []byte("other"))
		e, err := Inspect(path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer e.Close()
		e.Announce("1", []byte("me"))
		if got := seen(e); !slices.Equal(got, []string{"2"}) {
			t.Errorf("seen are %q", got)
		}
	})
	for name, block := range map[string]func(dir string) error{
		"a file":  func(dir string) error { return os.WriteFile(dir, []byte("mine"), 0o600) },
		"a link":  func(dir string) error { return os.Symlink(os.TempDir(), dir) },
		"no path": func(dir string) error { return os.Symlink("nowhere", dir) },
	} {
		t.Run(name, func(t *testing.T) {
			path := seeded(t)
			if err := block(path + ".here"); err != nil {
				t.Fatal(err)
			}
			before, _ := os.Lstat(path + ".here")
			e := engine(t, path)
			e.Announce("1", []byte("me"))
			e.Announced()
			e.Withdraw("1")
			after, err := os.Lstat(path + ".here")
			if err != nil || !os.SameFile(before, after) || e.Announced() != nil {
				t.Errorf("%v %v", after, err)
			}
		})
	}
}

// TestHostilePresence: what others put into the folder is passed over, and what is no session's is left alone.
func TestHostilePresence(t *testing.T) {
	path := seeded(t)
	e := engine(t, path)
	e.Announce("1", []byte("me"))
	dir := path + ".here"
	held := func(name, content string) { // as a live process of another program would
		f, err := os.OpenFile(filepath.Join(dir, name), os.O_CREATE|os.O_RDWR, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { f.Close() })
		if _, err := f.WriteString(content); err != nil || syscall.Flock(int(f.Fd()), syscall.LOCK_EX) != nil {
			t.Fatal(err)
		}
	}
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	held("a0", strings.Repeat("x", store.MaxAnnounced+1))
	held("a1", "garbage")
	held("README", "not a session")
	held("zz", "no hexadecimal")
	for name, make := range map[string]func(string) error{
		"a2": func(p string) error { return os.Symlink(secret, p) },
		"a3": func(p string) error { return os.Mkdir(p, 0o700) },
		"a4": func(p string) error { return syscall.Mkfifo(p, 0o600) },
		"a5": func(p string) error {
			return firstOf(os.WriteFile(p, []byte("other"), 0o600), os.Chown(p, 65534, 65534))
		},
		"a6":     func(p string) error { return os.Link(secret, p) },
		"a7.new": func(p string) error { return os.WriteFile(p, nil, 0o600) },
		"a8.new": func(p string) error {
			old := time.Now().Add(-time.Hour)
			return firstOf(os.WriteFile(p, nil, 0o600), os.Chtimes(p, old, old))
		},
	} {
		if err := make(filepath.Join(dir, name)); err != nil && !os.IsPermission(err) {
			t.Fatal(name, err)
		}
	}
	got := e.Announced()
	if len(got) != 2 || string(got["1"]) != "me" || string(got["a1"]) != "garbage" {
		t.Errorf("announced: %q", got)
	}
	left := files(t, dir)
	for _, name := range []string{"README", "zz", "a2", "a3", "a4", "a7.new"} {
		if !slices.Contains(left, name) {
			t.Errorf("%s has gone", name)
		}
	}
	if slices.Contains(left, "a8.new") {
		t.Error("what a dead process left beside a place stays")
	}
	if b, err := os.ReadFile(secret); err != nil || string(b) != "secret" {
		t.Error("what a link led to was touched:", err)
	}
	s := store.Open(e, model.DefaultCatalogue(), store.Options{})
	if here := s.Here(); len(here) != 0 {
		t.Errorf("here are %v", here)
	}
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// TestTheFolderGoesAndComes: a store whose folder is renamed is away, and is live again when it is back; who sits at
// it is seen again too, also when only the folder of presence was lost.
func TestTheFolderGoesAndComes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data", "board.db")
	a := store.Open(engine(t, path), model.DefaultCatalogue(), store.Options{})
	b := store.Open(engine(t, path), model.DefaultCatalogue(), store.Options{})
	_, err := a.Do(t.Context(), model.Actor{Officer: "anna", Role: model.NationalRole}, model.Propose{Fields: map[model.Field]string{
		model.FieldRegion: "SYD", model.FieldFocus: string(model.LocalAreas), model.FieldCodename: "DIMMA"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []*store.Store{a, b} {
		if _, err := s.Load(t.Context()); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { s.Close() })
	}
	a.Sit(store.Present{Officer: "anna"})
	changedA, _ := a.Watch()
	changed, _ := b.Watch()
	until := func(what string, ok func() bool) {
		t.Helper()
		for end := time.After(20 * time.Second); !ok(); {
			select {
			case <-changedA:
			case <-changed:
			case <-time.After(100 * time.Millisecond):
			case <-end:
				t.Fatal("never " + what)
			}
		}
	}
	seesAnna := func() bool { here := b.Here(); return len(here) == 1 && here[0].Officer == "anna" }
	until("seen", seesAnna)
	data := filepath.Dir(path)
	if err := os.Rename(data, data+".gone"); err != nil {
		t.Fatal(err)
	}
	until("away", func() bool { return b.State().Err != nil && len(b.Here()) == 0 })
	if err := os.Rename(data+".gone", data); err != nil {
		t.Fatal(err)
	}
	until("back", func() bool { return b.State().Err == nil && seesAnna() })
	if err := os.RemoveAll(path + ".here"); err != nil {
		t.Fatal(err)
	}
	until("seen again", seesAnna)
	until("put up again", func() bool { return len(files(t, path+".here")) == 1 })
}
