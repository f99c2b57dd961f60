package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/rogpeppe/go-internal/testscript"
	gossh "golang.org/x/crypto/ssh"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/store/bolt"
	"board.internal/samverkan/ui/cli"
	"board.internal/samverkan/ui/config"
	"board.internal/samverkan/ui/pin"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"samverkan": main})
}

// TestStories runs the program as people and scripts do; each story is a file that can be read by itself.
// exits N PROGRAM ... runs a program that must end with exit code N, until N PROGRAM ... runs it until it does; ${NL} is a
// line break, ${PORT} a port that is free.
func TestStories(t *testing.T) {
	stories, err := filepath.Glob("ui/cli/testdata/*.txtar")
	served, err2 := filepath.Glob("ui/ssh/testdata/program/*.txtar")
	if err := errors.Join(err, err2); err != nil || len(stories) == 0 || len(served) == 0 {
		t.Fatal("no stories", err)
	}
	stories = append(stories, served...)
	if testing.Short() { // under -race every start of the program takes long; these two have several processes
		stories = []string{"ui/cli/testdata/together.txtar", "ui/cli/testdata/undo.txtar"}
	}
	testscript.Run(t, testscript.Params{
		Files: stories,
		Setup: func(e *testscript.Env) error {
			e.Setenv("HOME", e.WorkDir)
			e.Setenv("LANG", "C.UTF-8")
			e.Setenv("NL", "\n")
			e.Setenv("PORT", freePort(t))
			e.Setenv("SAMVERKAN_AS", "duty")
			e.Setenv("SAMVERKAN_STORE", filepath.Join(e.WorkDir, "board.db"))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "lock": lock, "newer": newer, "intruder": intruder, "tamper": tamper, "haspin": hasPIN,
			"until": until, "fill": fill, "signal": send,
		},
	})
}

// exits runs a program and compares its exit code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	if err != nil || neg || want == 0 {
		ts.Fatalf("usage: exits N program [arguments], N not 0")
	}
	err = ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != want {
		ts.Fatalf("ended with %v, want exit code %d", err, want)
	}
}

// freePort is a port of loopback that nothing listens at.
func freePort(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}

// until runs a program again and again until it ends with an exit code, which it will.
func until(ts *testscript.TestScript, neg bool, args []string) {
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		err := ts.Exec(args[1], args[2:]...)
		code := 0
		if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
			code = exit.ExitCode()
		} else if err != nil {
			ts.Fatalf("%v", err)
		}
		if strconv.Itoa(code) == args[0] {
			return
		}
		if time.Now().After(deadline) {
			ts.Fatalf("it still ends with %d, not with %s", code, args[0])
		}
	}
}

// fill writes into files what ${NAME} stands for: the line of a public key NAME.pub, or a variable.
func fill(ts *testscript.TestScript, _ bool, files []string) {
	for _, file := range files {
		filled := os.Expand(ts.ReadFile(file), func(name string) string {
			if strings.HasSuffix(name, ".pub") {
				return strings.TrimSpace(ts.ReadFile(name))
			}
			return ts.Getenv(name)
		})
		ts.Check(os.WriteFile(ts.MkAbs(file), []byte(filled), 0o600))
	}
}

// send sends a signal to the program that runs in the background.
func send(ts *testscript.TestScript, _ bool, args []string) {
	signals := map[string]os.Signal{"HUP": syscall.SIGHUP, "TERM": syscall.SIGTERM, "INT": os.Interrupt}
	ts.Check(ts.BackgroundCmds()[0].Process.Signal(signals[args[0]]))
}

// lock holds a store's lock until the story ends, as a writer that is stopped would.
func lock(ts *testscript.TestScript, _ bool, args []string) {
	f, err := os.OpenFile(ts.MkAbs(args[0]), os.O_RDWR, 0)
	ts.Check(err)
	ts.Check(syscall.Flock(int(f.Fd()), syscall.LOCK_EX))
	ts.Defer(func() { f.Close() })
}

func engine(ts *testscript.TestScript, file string) *bolt.Engine {
	e, err := bolt.Open(ts.MkAbs(file), bolt.Options{})
	ts.Check(err)
	return e
}

// newer makes a store look like one of a program to come.
func newer(ts *testscript.TestScript, _ bool, args []string) {
	e := engine(ts, args[0])
	defer e.Close()
	ts.Check(e.Update(context.Background(), func(tx store.Tx) error {
		head := slices.Clone(tx.Get([]byte("H")))
		head[0], head[1] = 0x7f, 0xff // the schema stands first
		tx.Put([]byte("H"), head)
		return nil
	}))
}

// tamper puts other letters, as many, in the place of some in a file.
func tamper(ts *testscript.TestScript, _ bool, args []string) {
	file := ts.MkAbs(args[0])
	b, err := os.ReadFile(file)
	ts.Check(err)
	if len(args[1]) != len(args[2]) || !bytes.Contains(b, []byte(args[1])) {
		ts.Fatalf("there is no %s to be %s in %s", args[1], args[2], args[0])
	}
	ts.Check(os.WriteFile(file, bytes.ReplaceAll(b, []byte(args[1]), []byte(args[2])), 0o600))
}

// intruder writes an effort as an officer whose name would clear the screen and set the terminal's title, as a
// program other than this one could.
func intruder(ts *testscript.TestScript, _ bool, args []string) {
	s := store.Open(engine(ts, args[0]), model.DefaultCatalogue(), store.Options{})
	defer s.Close()
	actor := model.Actor{Officer: "\x1b[2J\x1b]0;owned\x07\u202eeve", Terminal: "\u009b5n", Role: model.NationalRole}
	_, err := s.Do(context.Background(), actor, model.Propose{Fields: map[model.Field]string{
		model.FieldRegion: "SYD", model.FieldFocus: string(model.LocalAreas), model.FieldCodename: "OGRÄS"}})
	ts.Check(err)
}

// hasPIN gives an officer a PIN, as the board does, and tries it once in vain.
func hasPIN(ts *testscript.TestScript, _ bool, args []string) {
	officer := model.Officer{ID: model.OfficerID(args[1]), Role: model.Viewer}
	cat := model.DefaultCatalogue()
	cat.Officers = []model.Officer{officer}
	s := store.Open(engine(ts, args[0]), cat, store.Options{})
	defer s.Close()
	hash, err := pin.Hash(rand.Reader, "4711")
	ts.Check(err)
	for _, c := range []model.Command{model.SetPIN{Officer: officer.ID, Hash: hash}, model.TryPIN{Officer: officer.ID, Hash: hash}} {
		_, err := s.Do(context.Background(), officer.Actor("test"), c)
		ts.Check(err)
	}
}

// A terminal that answers nothing must not be asked anything: Bubble Tea's own start would wait five seconds for an
// answer in every command. Nothing but the output is written to it.
func TestCommandsAskTheTerminalNothing(t *testing.T) {
	c := exec.Command("samverkan", "version")
	c.Env = append(os.Environ(), "TERM=xterm-256color", "COLORTERM=", "COLORFGBG=")
	terminal, err := pty.Start(c)
	if err != nil {
		t.Fatal(err)
	}
	defer terminal.Close()
	out, _ := io.ReadAll(terminal) // ends with an error when the program has closed its side
	if err := c.Wait(); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(out), "samverkan ") || strings.ContainsRune(string(out), 0x1b) {
		t.Errorf("it wrote %q", out)
	}
}

// When the terminal goes, or a signal comes, there is nobody to be told: the board ends without a word.
func TestTheBoardEndsQuietly(t *testing.T) {
	for _, end := range []syscall.Signal{syscall.SIGHUP, syscall.SIGTERM} {
		c := exec.Command("samverkan", "--store", filepath.Join(t.TempDir(), "board.db"))
		c.Env = append(os.Environ(), "TERM=xterm-256color", "LANG=C.UTF-8", "XDG_CONFIG_HOME="+t.TempDir())
		var said strings.Builder
		c.Stderr = &said
		terminal, err := pty.StartWithSize(c, &pty.Winsize{Rows: 24, Cols: 80})
		if err != nil {
			t.Fatal(err)
		}
		defer terminal.Close()
		seen, buf := "", make([]byte, 1<<16)
		for ended := false; ; {
			n, err := terminal.Read(buf)
			if err != nil {
				break // it has closed its side
			}
			if seen += string(buf[:n]); !ended && strings.Contains(seen, "An empty board") {
				c.Process.Signal(end)
				ended = true
			}
		}
		err = c.Wait()
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.ExitCode() != 1 || said.Len() > 0 {
			t.Errorf("%v: ended with %v, said %q", end, err, said.String())
		}
	}
}

// The journal says at which terminal something was done, where there is one.
func TestTheJournalNamesTheTerminal(t *testing.T) {
	file := filepath.Join(t.TempDir(), "board.db")
	program := func(args ...string) *exec.Cmd {
		c := exec.Command("samverkan", append([]string{"--store", file}, args...)...)
		c.Env = append(os.Environ(), "LANG=C.UTF-8", "XDG_CONFIG_HOME="+t.TempDir())
		return c
	}
	c := program("add", "--region", "syd", "--focus", "local")
	terminal, err := pty.Start(c)
	if err != nil {
		t.Fatal(err)
	}
	defer terminal.Close()
	if out, _ := io.ReadAll(terminal); !strings.HasPrefix(string(out), "SYD-") {
		t.Fatalf("it wrote %q", out)
	}
	if err := c.Wait(); err != nil {
		t.Fatal(err)
	}
	if err := program("add", "--region", "syd", "--focus", "local").Run(); err != nil { // a job, without one
		t.Fatal(err)
	}
	out, err := program("journal", "--json").Output()
	var entries []struct{ Terminal string }
	if err := errors.Join(err, json.Unmarshal(out, &entries)); err != nil || len(entries) != 2 {
		t.Fatalf("%v: %s", err, out)
	}
	job := entries[1].Terminal
	if at, ok := strings.CutPrefix(entries[0].Terminal, job+" pts/"); job == "" || !ok && runtime.GOOS == "linux" || strings.Contains(at, "/") {
		t.Errorf("at a terminal %q, without one %q", entries[0].Terminal, job)
	}
}

// A locked board is on no screen and in no scrollback: it is drawn on the alternate screen, which is wiped, and nothing
// that is written from then on to the end, on leaving neither, has a word of it.
func TestNothingIsLeftOfALockedBoard(t *testing.T) {
	file, env := filepath.Join(t.TempDir(), "board.db"), append(os.Environ(), "TERM=xterm-256color", "LANG=C.UTF-8", "XDG_CONFIG_HOME="+t.TempDir())
	add := exec.Command("samverkan", "--store", file, "add", "--region", "syd", "--focus", "individuals", "--codename", "skrymsle")
	add.Env = env
	if out, err := add.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	c := exec.Command("samverkan", "--store", file, "--lang", "en")
	c.Env = env
	terminal, err := pty.StartWithSize(c, &pty.Winsize{Rows: 24, Cols: 80})
	if err != nil {
		t.Fatal(err)
	}
	defer terminal.Close()
	// What is to be seen before each of the keys.
	script := []struct{ seen, keys string }{{"National picture", "6"}, {"SKRYMSLE", "L"}, {"Locked by", "x"}, {"", "\r"}, {"SKRYMSLE", "L"}, {"Locked by", "\x03"}}
	seen, all, from, buf := "", "", 0, make([]byte, 1<<16)
	for {
		n, err := terminal.Read(buf)
		if err != nil {
			break // it has closed its side
		}
		seen, all = seen+string(buf[:n]), all+string(buf[:n])
		for len(script) > 0 && strings.Contains(seen, script[0].seen) {
			if script[0].keys == "L" {
				from = len(all) // what one read brings may begin with an earlier wipe
			}
			if _, err := terminal.WriteString(script[0].keys); err != nil {
				t.Fatal(err)
			}
			script, seen = script[1:], ""
		}
	}
	if err := c.Wait(); err != nil || len(script) > 0 {
		t.Fatalf("%v, with %v to come; it wrote %q", err, script, all)
	}
	_, locked, wiped := strings.Cut(all[from:], "\x1b[2J")
	if !wiped || strings.Contains(locked, "SKRYMSLE") || strings.Contains(locked, "Region Syd") || !strings.Contains(locked, "Locked by") {
		t.Errorf("from the lock on it wrote %q", locked)
	}
	if on, off := strings.Count(all, "\x1b[?1049h"), strings.Count(all, "\x1b[?1049l"); on != 1 || off != 1 ||
		strings.Index(all, "SKRYMSLE") < strings.Index(all, "\x1b[?1049h") {
		t.Errorf("the alternate screen was entered %d times and left %d times", on, off)
	}
}

const module = "board.internal/samverkan/"

// arrow says what some packages may or may not import. A package is named by its path in the module, with /... for
// all below it too. Test files are free.
type arrow struct {
	from []string
	// only, when it is not nil, are the only imports beside the standard library; never are those that are forbidden.
	only, never []string
	// but are packages that the arrow leaves alone.
	but []string
	why string
}

// The house has one way through it; these are its walls.
var arrows = []arrow{
	{from: []string{"model"}, only: []string{"golang.org/x/text/..."},
		why: "the model is what the board is: pure, without any library but Unicode's tables"},
	{from: []string{"store"}, only: []string{module + "model"},
		why: "the store knows the model and neither a driver nor a user interface"},
	{from: []string{"store/bolt"}, only: []string{module + "model", module + "store", "go.etcd.io/bbolt/...", "golang.org/x/sys/..."},
		why: "a driver knows its own library, and no other driver"},
	{from: []string{"ui/..."}, never: []string{module + "store/..."}, but: []string{module + "store"},
		why: "only main.go names a driver; everybody else speaks to store.Store"},
	{from: []string{"ui/widget", "ui/theme", "ui/text", "ui/action", "ui/safe", "ui/input", "ui/quiet"},
		never: []string{module + "store/...", module + "ui/app", module + "ui/screen", module + "ui/cli"},
		why:   "the dumb parts know neither where data lies nor who shows them"},
	{from: []string{"ui/app"}, never: []string{module + "ui/screen", module + "ui/cli"},
		why: "the app carries any screen; screens are given to it"},
	{from: []string{"ui/screen"}, only: []string{module + "ui/app", module + "ui/action", module + "ui/safe", module + "ui/text", module + "ui/theme",
		module + "ui/widget", module + "ui/exchange", module + "ui/report", module + "ui/pin", module + "store", module + "model", "github.com/charmbracelet/...", "github.com/sahilm/fuzzy"},
		why: "a screen draws what the board holds, of the app's parts; it knows no file, no terminal and nothing of what started it"},
	{from: []string{"ui/cli"}, never: []string{module + "ui/app", module + "ui/screen", "github.com/charmbracelet/bubbletea/..."},
		why: "commands run without a screen; main.go hands the board in"},
	{from: []string{"ui/cli"}, never: []string{module + "ui/ssh", "github.com/charmbracelet/wish/...", "github.com/charmbracelet/ssh/..."},
		why: "a command does not know whether its caller sits here; main.go hands the server in"},
	{from: []string{"ui/..."}, never: []string{"github.com/charmbracelet/wish/bubbletea/..."},
		why: "wish's own way to run a board spins when a window closes and lets one slow client hold up all"},
	{from: []string{"ui/board", "ui/ssh"}, never: []string{module + "ui/cli"},
		why: "a board and a server are given what the command line settles; main.go hands it in"},
	{from: []string{"ui/config", "ui/exchange", "ui/report", "ui/demo"}, never: []string{module + "ui/app", module + "ui/screen", module + "ui/cli"},
		why: "formats and settings serve the screen and the command line alike"},
	{from: []string{"ui/..."}, never: []string{"github.com/charmbracelet/lipgloss/..."}, but: []string{"ui/theme", "ui/quiet"},
		why: "only ui/theme makes styles, from the session's own renderer: the global one is the server's"},
}

func TestArrows(t *testing.T) {
	imports := importsOf(t)
	for _, a := range arrows {
		for _, from := range a.from {
			packages := matching(imports, from)
			if len(packages) == 0 {
				t.Errorf("the arrow from %s stands for nothing: there is no such package (renamed? then rename it here)", from)
			}
			for _, pkg := range packages {
				if slices.Contains(a.but, pkg) {
					continue
				}
				for file, imported := range imports[pkg] {
					for _, i := range imported {
						if !a.allows(i) {
							t.Errorf("%s imports %s: %s", file, i, a.why)
						}
					}
				}
			}
		}
		for _, to := range slices.Concat(a.only, a.never, a.but) {
			own, ok := strings.CutPrefix(to, module)
			if (ok || strings.HasPrefix(to, "ui/")) && len(matching(imports, own)) == 0 {
				t.Errorf("an arrow to %s stands for nothing: there is no such package (renamed? then rename it here)", own)
			}
		}
	}
}

// Only main.go names a driver, and nothing that ships links the test framework.
func TestOnlyMainNamesADriver(t *testing.T) {
	for pkg, files := range importsOf(t) {
		for file, imported := range files {
			if slices.Contains(imported, module+"store/bolt") && file != "main.go" {
				t.Errorf("%s (package %q) imports the driver; only main.go does", file, pkg)
			}
		}
	}
}

func TestTheProgramDoesNotLinkTesting(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	linked := strings.Fields(string(out))
	if !slices.Contains(linked, module+"model") {
		t.Fatalf("the list of what is linked is not one: %.200s", out)
	}
	for _, p := range []string{"testing", module + "store/storetest"} {
		if slices.Contains(linked, p) {
			t.Errorf("the program links %s, which is for tests", p)
		}
	}
}

func (a *arrow) allows(imported string) bool {
	within := func(list []string) bool {
		return slices.ContainsFunc(list, func(p string) bool { return matches(imported, p) })
	}
	if within(a.but) {
		return true
	}
	first, _, _ := strings.Cut(imported, "/")
	standard := !strings.Contains(first, ".")
	if a.only != nil && !standard && !within(a.only) {
		return false
	}
	return !within(a.never)
}

// matches reports whether a package is named by a pattern: itself, or with /... what is below it too.
func matches(pkg, pattern string) bool {
	parent, below := strings.CutSuffix(pattern, "/...")
	return pkg == parent || below && strings.HasPrefix(pkg, parent+"/")
}

func matching(imports map[string]map[string][]string, pattern string) (packages []string) {
	for pkg := range imports {
		if matches(pkg, pattern) {
			packages = append(packages, pkg)
		}
	}
	return packages
}

// importsOf reads what every file but tests imports: package, file, imports.
func importsOf(t *testing.T) map[string]map[string][]string {
	t.Helper()
	found := map[string]map[string][]string{}
	err := filepath.WalkDir(".", func(file string, d fs.DirEntry, err error) error {
		switch name := d.Name(); {
		case err != nil:
			return err
		case d.IsDir() && file != "." && (strings.HasPrefix(name, ".") || name == "testdata"):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		pkg := path.Dir(filepath.ToSlash(file))
		if found[pkg] == nil {
			found[pkg] = map[string][]string{}
		}
		for _, spec := range parsed.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			found[pkg][filepath.ToSlash(file)] = append(found[pkg][filepath.ToSlash(file)], imported)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// BenchmarkVersion is how long the leanest command takes from outside, process included. An empty Go program takes
// some two milliseconds on the machine this was written on.
func BenchmarkVersion(b *testing.B) {
	program := filepath.Join(b.TempDir(), "samverkan")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	for b.Loop() {
		if err := exec.Command(program, "version").Run(); err != nil {
			b.Fatal(err)
		}
	}
}

// A signal that comes while a server starts is not lost: SIGTERM ends it, and SIGHUP, at which a server reads its
// configuration again, does not. The start waits for a store that another program holds.
func TestSignalsDuringTheStart(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("that it has come to the store is seen in /proc")
	}
	for _, s := range []struct {
		signals []syscall.Signal
		serves  bool
	}{{[]syscall.Signal{syscall.SIGTERM}, false}, {[]syscall.Signal{syscall.SIGHUP, syscall.SIGTERM}, false}, {[]syscall.Signal{syscall.SIGHUP}, true}} {
		dir := t.TempDir()
		file, settings := filepath.Join(dir, "board.db"), filepath.Join(dir, "config.toml")
		toml, _ := serving(t)
		if err := os.WriteFile(settings, []byte(toml), 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command("samverkan", "--config", settings, "--store", file, "--as", "nuc", "add", "--region", "syd", "--focus", "local").CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		lock, err := os.OpenFile(file+".lock", os.O_RDWR|os.O_CREATE, 0o600) // the queue of all programs
		if err != nil {
			t.Fatal(err)
		}
		if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX); err != nil {
			t.Fatal(err)
		}
		patience, end := context.WithTimeout(t.Context(), 20*time.Second) // one that has lost its signal serves for ever
		defer end()
		c := exec.CommandContext(patience, "samverkan", "--config", settings, "--store", file, "--as", "nuc", "serve")
		c.Env = append(os.Environ(), "LANG=C.UTF-8")
		log, err := c.StderrPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		for patience.Err() == nil && !hasOpen(c.Process.Pid, file+".lock") {
			time.Sleep(time.Millisecond)
		}
		for _, signal := range s.signals {
			c.Process.Signal(signal)
		}
		lock.Close()
		said, serves := "", false
		for lines := bufio.NewScanner(log); lines.Scan(); {
			said += lines.Text() + "\n"
			if strings.Contains(lines.Text(), "msg=serving") && s.serves {
				serves = true
				c.Process.Signal(syscall.SIGTERM)
			}
		}
		if err := c.Wait(); serves != s.serves || c.ProcessState.ExitCode() < 0 {
			t.Errorf("%v: it serves: %v, ended with %v:\n%s", s.signals, serves, err, said)
		}
	}
}

// hasOpen reports whether a process has a file open.
func hasOpen(pid int, file string) bool {
	open, _ := filepath.Glob(fmt.Sprintf("/proc/%d/fd/*", pid))
	return slices.ContainsFunc(open, func(fd string) bool {
		to, _ := os.Readlink(fd)
		return to == file
	})
}

// serving is a configuration to serve with, and the key of its officer nuc.
func serving(t *testing.T) (toml string, key gossh.Signer) {
	t.Helper()
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if key, err = gossh.NewSignerFromKey(private); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("[store]\nwait_seconds = 60\n[server]\nlisten = \"127.0.0.1:0\"\n[[officers]]\nid = \"nuc\"\nrole = \"national\"\nkeys = [%q]\n",
		strings.TrimSpace(string(gossh.MarshalAuthorizedKey(key.PublicKey())))), key
}

// A panic of a command over SSH is told without what it was about, and logged: that it was, and where.
func TestAPanicOfAServedCommand(t *testing.T) {
	toml, key := serving(t)
	cfg, err := config.Parse([]byte(toml))
	if err != nil {
		t.Fatal(err)
	}
	cfg.Server.HostKey = filepath.Join(t.TempDir(), "host_key")
	engine, err := bolt.Open(filepath.Join(t.TempDir(), "board.db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s := store.Open(engine, cfg.Catalogue(), store.Options{})
	defer s.Close()
	log, said := io.Pipe()
	ctx, end := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() {
		defer said.Close()
		served <- serve(ctx, nil, cli.Serving{Config: cfg, Store: s, Catalogue: cfg.Catalogue()},
			cli.Options{Err: said, Now: func() time.Time { panic("about the effort LÄRKA") }})
	}()
	lines, logged := bufio.NewReader(log), ""
	line := func() string {
		text, _ := lines.ReadString('\n')
		logged += text
		return text
	}
	_, address, _ := strings.Cut(line(), "address=")
	address, _, _ = strings.Cut(address, " ")
	rest := make(chan struct{})
	go func() {
		defer close(rest)
		for line() != "" {
		}
	}()
	client, err := gossh.Dial("tcp", address, &gossh.ClientConfig{User: "board", Auth: []gossh.AuthMethod{gossh.PublicKeys(key)},
		HostKeyCallback: gossh.InsecureIgnoreHostKey()})
	if err != nil {
		t.Fatal(err)
	}
	session, err := client.NewSession()
	if err != nil {
		t.Fatal(err)
	}
	out, err := session.CombinedOutput("list")
	if exit := (*gossh.ExitError)(nil); !errors.As(err, &exit) || exit.ExitStatus() != 1 || !strings.Contains(string(out), "has gone wrong") || strings.Contains(string(out), "LÄRKA") {
		t.Errorf("ended with %v: %s", err, out)
	}
	client.Close()
	end()
	if err := <-served; err != nil {
		t.Error(err)
	}
	<-rest
	if !strings.Contains(logged, "level=ERROR msg=panic") || !strings.Contains(logged, "value=string at=\"samverkan.TestAPanicOfAServedCommand") || strings.Contains(logged, "LÄRKA") {
		t.Errorf("the log has\n%s", logged)
	}
}
