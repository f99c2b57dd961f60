package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/store/bolt"
	"board.internal/samverkan/ui/text"
)

// desk is a place to run commands in one process, as an SSH server does.
type desk struct {
	Options
	out, err bytes.Buffer
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	dir := t.TempDir()
	open := func(path string, wait time.Duration) (store.Engine, error) {
		return bolt.Open(path, bolt.Options{Wait: wait})
	}
	d := &desk{}
	d.Options = Options{
		In: strings.NewReader(""), Out: &d.out, Err: &d.err, User: "tester", Home: dir,
		Environ: []string{"LANG=C.UTF-8", "SAMVERKAN_STORE=" + filepath.Join(dir, "board.db")},
		Now:     func() time.Time { return time.Date(2026, 11, 20, 14, 3, 0, 0, time.UTC) },
		Open:    open, Inspect: open, Version: "test",
		Board: func(context.Context, Session) error { return errors.New("no board in this test") },
	}
	return d
}

func (d *desk) run(args ...string) int {
	d.out.Reset()
	d.err.Reset()
	d.Args = args
	return Run(context.Background(), d.Options)
}

func (d *desk) must(t *testing.T, args ...string) string {
	t.Helper()
	if code := d.run(args...); code != ExitDone {
		t.Fatalf("samverkan %s: exit code %d: %s", strings.Join(args, " "), code, d.err.String())
	}
	return d.out.String()
}

func TestTheBoardGetsWhatTheCommandLineSettled(t *testing.T) {
	d := newDesk(t)
	d.must(t, "add", "--region", "syd", "--focus", "local", "--codename", "lärka")
	d.Screen = true
	var got Session
	d.Board = func(ctx context.Context, s Session) error {
		got = s
		board, err := s.Store.Load(ctx)
		if err != nil || board.Find("larka") == nil {
			t.Errorf("the board does not have the effort: %v", err)
		}
		return nil
	}
	d.must(t, "--read-only", "--ascii", "--no-color", "--as", "kfm-syd", "--agency", "kfm", "--lang", "sv")
	switch {
	case !got.Actor.ReadOnly || !got.ASCII || !got.NoColor || got.Exercise:
		t.Errorf("flags are lost: %+v", got)
	case got.Actor.Officer != "kfm-syd" || got.Actor.Agency != "KFM" || got.Actor.Role != model.NationalRole:
		t.Errorf("the officer is %+v", got.Actor)
	case got.Texts.Lang != "sv" || got.Catalogue == nil || got.Lexicon == nil || got.Config == nil || got.Now == nil:
		t.Errorf("something is missing: %+v", got)
	}
	d.Environ = append(d.Environ, "NO_COLOR=1")
	d.must(t)
	if !got.NoColor || got.Actor.ReadOnly {
		t.Errorf("NO_COLOR is not obeyed, or a flag of another run is: %+v", got)
	}
}

func TestTheDemoIsThrownAway(t *testing.T) {
	d := newDesk(t)
	d.Screen = true
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	exercises := func() int {
		files, _ := filepath.Glob(folder + "/*/demo.db")
		return len(files)
	}
	for name, args := range map[string][]string{"asked for": {"demo", "--efforts", "30"}, "from the first screen": {}} {
		opened := false
		d.Board = func(ctx context.Context, s Session) error {
			if !s.Exercise {
				return fmt.Errorf("the person chose: %w", ErrDemo)
			}
			opened = exercises() == 1
			board, err := s.Store.Load(ctx)
			if err != nil || board.Open() == 0 {
				t.Errorf("%s: an exercise without efforts: %v", name, err)
			}
			if s.Catalogue.Agencies[0].Offices == nil {
				t.Errorf("%s: an exercise without local offices", name)
			}
			return nil
		}
		d.must(t, args...)
		if !opened {
			t.Fatalf("%s: the demo was not opened", name)
		}
		if left, _ := os.ReadDir(folder); len(left) > 0 {
			t.Errorf("%s: %v is left behind", name, left)
		}
	}
	if _, err := os.Stat(lookup(d.Environ, "SAMVERKAN_STORE")); !errors.Is(err, os.ErrNotExist) {
		t.Error("the demo touched the person's own store")
	}
}

// Over SSH nothing that names a file or an identity of the server is let through.
func TestRemoteIsRefusedTheServersFiles(t *testing.T) {
	d := newDesk(t)
	d.Remote = true
	for _, args := range [][]string{
		{"list", "--store", "/tmp/x"}, {"--config", "/etc/passwd", "list"}, {"--as", "other", "list"}, {"list", "--agency", "pol"},
		{"demo", "--write", "/tmp/x"}, {"demo"}, {"report", "--out", "/tmp/x"}, {"backup", "/tmp/x"}, {"verify", "/tmp/x"}, {"import", "/etc/passwd"},
		{"--store", "/tmp/x"}, {"--store=/tmp/x", "config"},
		{"config"}, {"config", "--json"}, {"serve"}, {"serve", "--check"}, {"verify", "../board.db"}, {"import", "../list.csv"},
	} {
		if code := d.run(args...); code != ExitForbidden {
			t.Errorf("%v: exit code %d, want %d: %s", args, code, ExitForbidden, d.err.String())
		}
	}
	d.must(t, "list")
	d.In = strings.NewReader("codename,region,focus,status\nASKMOLN,SYD,individuals,proposed\n")
	if out := d.must(t, "import", "-"); !strings.Contains(out, "1") {
		t.Errorf("import from standard input said %q", out)
	}
}

// broken is an engine on which everything ends in the same error.
type broken struct {
	store.Engine
	err error
}

func (b broken) Update(context.Context, func(store.Tx) error) error   { return b.err }
func (b broken) View(context.Context, func(store.Reader) error) error { return b.err }
func (b broken) Check(context.Context) error                          { return b.err }
func (b broken) Backup(context.Context, string) error                 { return b.err }
func (b broken) Changed() <-chan struct{}                             { return nil }
func (b broken) Close() error                                         { return nil }

func TestEveryTroubleOfTheStoreIsOneSentence(t *testing.T) {
	held := errors.New("held")
	for _, c := range []struct {
		err  error
		code int
		says string
	}{
		{fmt.Errorf("write: %w", store.ErrBusy), ExitAway, "busy"},
		{fmt.Errorf("write: %w: %w", store.ErrBusy, held), ExitAway, "held by anna with samverkan (process 4711) since 14:00:00"},
		{fmt.Errorf("open: %w: nfs", store.ErrNetwork), ExitAway, "network file system"},
		{fmt.Errorf("open: %w: schema 9", store.ErrNewer), ExitAway, "newer samverkan"},
		{fmt.Errorf("write: %w: %w", store.ErrAway, syscall.ENOSPC), ExitAway, "disk is full"},
		{fmt.Errorf("write: %w: %w", store.ErrAway, syscall.EROFS), ExitAway, "only be read"},
		{fmt.Errorf("open: %w: %w", store.ErrAway, os.ErrPermission), ExitAway, "permissions"},
		{fmt.Errorf("commit: %w: input/output error", store.ErrUnknown), ExitAway, "not known whether"},
		{fmt.Errorf("read: %w: page 7", store.ErrDamaged), ExitDamaged, "backup"},
		{errors.New("something\nelse"), ExitUnexpected, "unexpected error: something"},
		{context.Canceled, ExitUnexpected, "interrupted"},
	} {
		d := newDesk(t)
		d.Open = func(string, time.Duration) (store.Engine, error) { return broken{err: c.err}, nil }
		d.Holder = func(err error) (Holder, bool) {
			return Holder{4711, "anna", "samverkan", time.Date(2026, 11, 20, 14, 0, 0, 0, time.Local)}, errors.Is(err, held)
		}
		code := d.run("list")
		said := d.err.String()
		if code != c.code || !strings.Contains(said, c.says) {
			t.Errorf("%v: exit code %d, said %q; want %d and %q", c.err, code, said, c.code, c.says)
		}
		if strings.Count(said, "\n") != 1 || !strings.HasPrefix(said, "samverkan: ") || strings.Contains(said, "{") {
			t.Errorf("%v: not one whole line: %q", c.err, said)
		}
		if d.out.Len() > 0 {
			t.Errorf("%v: something was printed: %q", c.err, d.out.String())
		}
	}
}

// A backup that has no room must not send anybody to look for room where the store lies.
func TestABackupThatFailsNamesItsFile(t *testing.T) {
	for _, c := range []struct {
		err  error
		code int
		says string
	}{
		{fmt.Errorf("%w: %w", store.ErrCopy, syscall.ENOSPC), ExitAway, "copy.db could not be written, the disk is full"},
		{fmt.Errorf("%w: %w", store.ErrCopy, os.ErrPermission), ExitForbidden, "copy.db may not be read or written"},
		{fmt.Errorf("%w: %w", store.ErrCopy, os.ErrExist), ExitRefused, "copy.db is there already"},
		{fmt.Errorf("%w: %w", store.ErrCopy, syscall.EROFS), ExitInvalid, "copy.db cannot be used: read-only file system"},
		{fmt.Errorf("%w: %w", store.ErrAway, os.ErrNotExist), ExitNotFound, "there is no board yet at"},
		{fmt.Errorf("%w: %w", store.ErrAway, os.ErrPermission), ExitAway, "the store may not be opened"},
	} {
		d := newDesk(t)
		d.Open = func(string, time.Duration) (store.Engine, error) { return broken{err: c.err}, nil }
		code := d.run("backup", filepath.Join(d.Home, "copy.db"))
		if said := d.err.String(); code != c.code || !strings.Contains(said, c.says) {
			t.Errorf("%v: exit code %d, said %q; want %d and %q", c.err, code, said, c.code, c.says)
		}
	}
}

func TestAPanicIsOneLine(t *testing.T) {
	d := newDesk(t)
	d.Open = func(string, time.Duration) (store.Engine, error) { panic("kaboom\nstack") }
	if code := d.run("list"); code != ExitUnexpected {
		t.Errorf("exit code %d", code)
	}
	if said := d.err.String(); strings.Count(said, "\n") != 1 || !strings.Contains(said, "kaboom") || strings.Contains(said, "goroutine") {
		t.Errorf("said %q", said)
	}
}

type full struct{ left int }

func (f *full) Write(b []byte) (int, error) {
	if f.left -= len(b); f.left < 0 {
		return 0, syscall.ENOSPC
	}
	return len(b), nil
}

// A script that redirects an export to a full disk must hear of it.
func TestOutputThatCannotBeWrittenIsAnError(t *testing.T) {
	d := newDesk(t)
	d.must(t, "add", "--region", "syd", "--focus", "local")
	for _, args := range [][]string{{"list"}, {"export"}, {"export", "--format", "csv"}, {"journal"}, {"journal", "--json"}, {"version"}, {"config"},
		{"report"}, {"report", "--format", "csv"}, {"report", "--json"}, {"report", "--format", "html"}, {"report", "--format", "xlsx"}} {
		d.Out = &full{3}
		if code := d.run(args...); code != ExitUnexpected || !strings.Contains(d.err.String(), "no space left") {
			t.Errorf("%v: exit code %d, %q", args, code, d.err.String())
		}
	}
}

// version must answer where nothing else works, and quickly: it touches neither configuration nor store.
func TestVersionTouchesNothing(t *testing.T) {
	d := newDesk(t)
	d.Environ = append(d.Environ, "SAMVERKAN_CONFIG=/nowhere/at/all.toml")
	d.Open = func(string, time.Duration) (store.Engine, error) { panic("the store was opened") }
	if out := d.must(t, "version"); !strings.HasPrefix(out, "samverkan ") {
		t.Errorf("said %q", out)
	}
	if code := d.run("list"); code != ExitInvalid {
		t.Errorf("list with a configuration that is not there: exit code %d", code)
	}
}

func TestEveryCommandHasItsHelpInEveryLanguage(t *testing.T) {
	english := regexp.MustCompile(`(?i)help for |completion script for|usage:$|available commands`)
	for _, lang := range text.Languages() {
		texts := text.In(lang).CLI
		d := newDesk(t)
		front := d.must(t, "--lang", lang, "--help")
		p := &program{Options: d.Options, out: &output{w: io.Discard}, texts: text.In(lang)}
		p.tree()
		if len(p.commands) != len(texts.Commands) {
			t.Errorf("%s: %d commands, %d texts", lang, len(p.commands), len(texts.Commands))
		}
		used := map[string]bool{}
		for _, c := range p.commands {
			words := texts.Commands[c.Name()]
			if c.Short == "" || c.Long == "" || c.Example == "" || !strings.HasPrefix(words.Use, c.Name()) {
				t.Errorf("%s: %s lacks a text: %+v", lang, c.Name(), words)
			}
			if !strings.Contains(front, "\n  "+c.Name()+" ") {
				t.Errorf("%s: --help does not list %s", lang, c.Name())
			}
			page := d.must(t, "--lang", lang, c.Name(), "--help")
			if page != d.must(t, "--lang", lang, "help", c.Name()) {
				t.Errorf("%s: help %s and %s --help differ", lang, c.Name(), c.Name())
			}
			if lang != "en" && english.MatchString(page) {
				t.Errorf("%s: the parser's own words on the page of %s:\n%s", lang, c.Name(), page)
			}
			for _, flag := range slices.Concat(p.flagsOf(c), p.flagsOf(c.Root())) {
				name := strings.TrimPrefix(flag, "--")
				if p.usageOf(c, name) == "" {
					t.Errorf("%s: %s %s has no text", lang, c.Name(), flag)
				}
				used[c.Name()+"."+name], used[name] = true, true
				if !regexp.MustCompile(regexp.QuoteMeta(flag) + `\b`).MatchString(page) {
					t.Errorf("%s: the page of %s does not show %s", lang, c.Name(), flag)
				}
			}
		}
		for key := range texts.Flags {
			if !used[key] {
				t.Errorf("%s: the text of flag %s is never shown", lang, key)
			}
		}
	}
}

// Every key of a sentence that the code names has a text in every language, and every text is named in the code.
func TestEverySentenceIsThereAndUsed(t *testing.T) {
	literals := literalsOf(t)
	for _, lang := range text.Languages() {
		texts := text.In(lang).CLI
		for key, forms := range texts.Count {
			if len(forms) != 2 || !literals[key] {
				t.Errorf("%s: cli.count.%s has not one form for one and one for many, or is never said", lang, key)
			}
		}
		for set, sentences := range map[string]map[string]string{"wrong": texts.Wrong, "store": texts.Store, "say": texts.Say, "head": texts.Head,
			"unknown": texts.Unknown} {
			for key, sentence := range sentences {
				if sentence == "" || !literals[key] {
					t.Errorf("%s: cli.%s.%s is empty or never said", lang, set, key)
				}
			}
		}
	}
	calls := regexp.MustCompile(`\b(usage|say|head|heading|count|unknown)\("([a-z_]+)"|wrong\{"([a-z_]+)"`)
	sv, en := text.In("sv").CLI, text.In("en").CLI
	files, _ := filepath.Glob("*.go")
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil || strings.HasSuffix(file, "_test.go") {
			continue
		}
		for _, m := range calls.FindAllStringSubmatch(string(source), -1) {
			set := func(t text.CLI) map[string]string {
				counts := map[string]string{}
				for key, forms := range t.Count {
					counts[key] = strings.Join(forms, "")
				}
				return map[string]map[string]string{"usage": t.Wrong, "": t.Wrong, "say": t.Say, "head": t.Head, "heading": t.Head,
					"count": counts, "unknown": t.Unknown}[m[1]]
			}
			key := m[2] + m[3]
			if set(sv)[key] == "" || set(en)[key] == "" {
				t.Errorf("%s: %s has no text", file, m[0])
			}
		}
	}
}

func literalsOf(t *testing.T) map[string]bool {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no source", err)
	}
	found := map[string]bool{}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			if l, ok := n.(*ast.BasicLit); ok && l.Kind == token.STRING {
				s, _ := strconv.Unquote(l.Value)
				found[s] = true
			}
			return true
		})
	}
	return found
}

// A long note is printed whole, and every piece of it harmless.
func TestALongLineIsPrintedWhole(t *testing.T) {
	p := &program{}
	long := strings.Repeat("å", 3000) + "\x1b[2J" + strings.Repeat("ö", 3000)
	got := p.plain(long)
	if strings.Count(got, "å") != 3000 || strings.Count(got, "ö") != 3000 || strings.ContainsRune(got, 0x1b) {
		t.Errorf("%d å, %d ö of 3000 each", strings.Count(got, "å"), strings.Count(got, "ö"))
	}
}

func TestProgressSaysHowFar(t *testing.T) {
	d := newDesk(t)
	p := &program{Options: d.Options, texts: text.In("en")}
	b := p.progress()
	defer b.done()
	r := b.watch(strings.NewReader(strings.Repeat("x", 100)), 100, "reading")
	if _, err := io.CopyN(io.Discard, r, 50); err != nil {
		t.Fatal(err)
	}
	if got, want := b.line(), "["+strings.Repeat("#", 15)+strings.Repeat(".", 15)+"] reading  0 s"; got != want {
		t.Errorf("half-way it says %q, want %q", got, want)
	}
	b.step("storing 10")
	if got := b.line(); strings.Count(got, "#") != 1 || !strings.Contains(got, "storing 10") {
		t.Errorf("where it is not known how far, it says %q", got)
	}
	b.done()
	if d.err.Len() > 0 {
		t.Errorf("it drew where there is no terminal: %q", d.err.String())
	}
}

func TestMoments(t *testing.T) {
	d := newDesk(t)
	p := &program{Options: d.Options, cat: model.DefaultCatalogue()}
	p.cat.Zone = time.FixedZone("here", 3600)
	for typed, want := range map[string]string{
		"":                     "",
		"7d":                   "2026-11-13T14:03:00Z",
		"12h":                  "2026-11-20T02:03:00Z",
		"2026-11-20":           "2026-11-19T23:00:00Z",
		"2026-11-20 09:30":     "2026-11-20T08:30:00Z",
		"2026-11-20T09:30:00Z": "2026-11-20T09:30:00Z",
	} {
		if got, err := p.since(typed); err != nil || got.String() != want {
			t.Errorf("since %q is %v, %v; want %s", typed, got, err, want)
		}
	}
	for _, typed := range []string{"soon", "-7d", "2026-13-01", "7", "-3h"} {
		if _, err := p.since(typed); err == nil {
			t.Errorf("since %q was taken for a moment", typed)
		}
	}
}
