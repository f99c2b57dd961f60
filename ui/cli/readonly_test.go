package cli

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"board.internal/samverkan/store"
	"board.internal/samverkan/store/bolt"
	"board.internal/samverkan/ui/text"
)

// folder is every file below a folder with its content.
func folder(t *testing.T, dir string) (all string) {
	t.Helper()
	err := filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		all += fmt.Sprintf("%s %x\n", path, sha256.Sum256(b))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestReadOnlyCommands runs every command there is with each of the flags that forbid writing: not a byte of the store
// changes, nothing is left beside it, and what would write ends with 5. Under --public-room nothing says what is hidden.
func TestReadOnlyCommands(t *testing.T) {
	d := newDesk(t)
	inspect := func(path string, wait time.Duration) (store.Engine, error) {
		return bolt.Inspect(path, bolt.Options{Wait: wait})
	}
	d.Inspect = inspect
	d.must(t, "add", "--region", "syd", "--focus", "individuals", "--codename", "hemlig", "--title", "hemlig titel")
	d.must(t, "assign", "hemlig", "kfm")
	d.must(t, "note", "hemlig", "hemlig anteckning")
	d.must(t, "note", "hemlig", "hemlig och viktig", "--important")
	d.must(t, "handover", "--region", "syd", "--note", "hemlig överlämning")
	d.must(t, "meeting", "syd", "--open")
	d.must(t, "note", "hemlig", "hemlig i rådet")
	out := t.TempDir()
	list := filepath.Join(out, "list.csv")
	if err := os.WriteFile(list, []byte("codename;region;focus;status\nNY;SYD;individer;förslag\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	const ref = "SYD-2026-001"
	commands := map[string][][]string{ // the first word says whether it writes
		"list": {{"", "status:any"}, {"", "status:any", "--at", "today"}}, "codename": {{""}, {"", "3"}}, "link": {{"w", ref, ref}}, "unlink": {{"w", ref, ref}}, "show": {{"", ref}, {"", "hemlig"}, {"", ref, "--at", "today"}, {"", "hemlig", "--at", "today"}},
		"overview": {{""}, {"", "--at", "7d"}}, "load": {{""}, {"", "--answers"}}, "inbox": {{""}}, "gaps": {{""}, {"", "syd"}}, "who": {{""}}, "meeting": {{"", "syd"}, {"w", "syd", "--open"}, {"w", "syd", "--close"}, {"w", "syd", "--put-off", ref}}, "minutes": {{"", "syd"}, {"", "syd", "--format", "json"}},
		"journal": {{""}, {"", ref}, {"", ref, "--at", "today"}}, "export": {{""}, {"", "--format", "csv"}, {"", "--at", "today"}}, "verify": {{""}}, "partners": {{""}},
		"config": {{""}}, "version": {{""}}, "completion": {{"", "bash"}}, "help": {{""}}, "backup": {{"", filepath.Join(out, "copy.db")}},
		"report": {{""}, {"", "--json"}, {"", "--format", "html"}, {"", "--behind", "regions.SYD.begun"}},
		"serve":  {{"w"}, {"w", "--check"}},
		"demo":   {{"", "--efforts", "3", "--write", filepath.Join(out, "demo.db")}},
		"add":    {{"w", "--region", "syd", "--focus", "local", "--codename", "x"}}, "edit": {{"w", ref, "--title", "x"}},
		"assign": {{"w", ref, "skv"}}, "answer": {{"w", ref, "kfm", "accept"}}, "release": {{"w", ref, "kfm", "--reason", "x"}},
		"status": {{"w", ref, "preparing"}}, "note": {{"w", ref, "x"}}, "measure": {{"w", ref, "prevention", "x"}}, "hours": {{"w", ref, "kfm", "4"}}, "outcome": {{"w", ref, "weapons_seized", "3"}},
		"partner": {{"w", "syd", "kommun"}}, "undo": {{"w"}}, "pin": {{"w", "anna", "--remove"}},
		"handover": {{"", "--region", "syd"}, {"", "--region", "syd", "--format", "json"}, {"w", "--region", "syd", "--note", "x"}, {"w", "--region", "syd", "--take"}}, "redo": {{"w"}}, "import": {{"w", list}},
	}
	p := &program{Options: d.Options, out: &output{}}
	p.texts = text.In("en")
	p.tree()
	for _, c := range p.commands {
		if commands[c.Name()] == nil {
			t.Errorf("%s is not tried", c.Name())
		}
	}
	before := folder(t, d.Home)
	for _, flag := range []string{"--read-only", "--wall", "--public-room"} {
		for name, runs := range commands {
			for _, args := range runs {
				os.Remove(filepath.Join(out, "copy.db"))
				os.Remove(filepath.Join(out, "demo.db"))
				code := d.run(append([]string{flag, name}, args[1:]...)...)
				said := d.out.String() + d.err.String()
				want := ExitDone
				switch {
				case args[0] != "":
					want = ExitForbidden
				case flag == "--public-room" && name == "backup": // a copy is under no veil
					want = ExitForbidden
				case flag == "--public-room" && slices.Contains(args, "hemlig"):
					want, said = ExitNotFound, strings.ReplaceAll(said, "hemlig", "") // the word that was asked for
				}
				if code != want {
					t.Errorf("%s %s %v: exit code %d, want %d: %s", flag, name, args, code, want, d.err.String())
				}
				if flag == "--public-room" && strings.Contains(strings.ToLower(said), "hemlig") {
					t.Errorf("%s %v says %s", name, args, said)
				}
				if now := folder(t, d.Home); now != before {
					t.Fatalf("%s %s %v changed the store or left something beside it:\n%s\nwas\n%s", flag, name, args, now, before)
				}
			}
		}
	}
}

// TestReadOnlyMakesNothing: a store that is not there is not made by looking.
func TestReadOnlyMakesNothing(t *testing.T) {
	d := newDesk(t)
	d.Inspect = func(path string, wait time.Duration) (store.Engine, error) {
		return bolt.Inspect(path, bolt.Options{Wait: wait})
	}
	for _, args := range [][]string{{"list"}, {"who"}, {"note", "x", "y"}} {
		d.run(append([]string{"--read-only"}, args...)...)
		if left := folder(t, d.Home); left != "" {
			t.Errorf("%v left %s", args, left)
		}
	}
}

// TestReadOnlyDoesNotMigrate: bringing an older store up to date is a write, and what to do is said.
func TestReadOnlyDoesNotMigrate(t *testing.T) {
	d := newDesk(t)
	d.Inspect = func(path string, wait time.Duration) (store.Engine, error) {
		return bolt.Inspect(path, bolt.Options{Wait: wait})
	}
	old, err := os.ReadFile("../../store/testdata/schema-1.db")
	if err == nil {
		err = os.WriteFile(filepath.Join(d.Home, "board.db"), old, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	before := folder(t, d.Home)
	if code := d.run("--read-only", "list"); code != ExitAway || !strings.Contains(d.err.String(), "older samverkan") {
		t.Errorf("exit code %d: %s", code, d.err.String())
	}
	if now := folder(t, d.Home); now != before {
		t.Errorf("it left\n%s", now)
	}
}
