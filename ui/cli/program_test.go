package cli_test

import (
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"
)

// folder is where the program under test is built, once for all tests that want the real one.
var folder string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "samverkan")
	if err != nil {
		panic(err)
	}
	folder = dir
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

var build = sync.OnceValue(func() error {
	out, err := exec.Command("go", "build", "-o", folder+"/samverkan", "../..").CombinedOutput()
	if err != nil {
		return errors.New(string(out))
	}
	return nil
})

// binary is the path of the program, built.
func binary(t testing.TB) string {
	t.Helper()
	if err := build(); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(folder, "samverkan")
}

// program prepares the program on a store of its own.
func program(t *testing.T, file string, args ...string) *exec.Cmd {
	t.Helper()
	c := exec.Command(binary(t), append([]string{"--store", file, "--lang", "en"}, args...)...)
	c.Env = append(os.Environ(), "TERM=xterm-256color", "LANG=C.UTF-8", "LC_ALL=", "SAMVERKAN_CONFIG=", "XDG_CONFIG_HOME="+t.TempDir())
	return c
}

// must runs the program and returns what it printed.
func must(t *testing.T, file string, args ...string) string {
	t.Helper()
	out, err := program(t, file, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("samverkan %s: %v: %s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// seat is somebody at a board on a terminal.
type seat struct {
	t        *testing.T
	cmd      *exec.Cmd
	terminal *os.File
	mu       sync.Mutex
	// seen is what was drawn since the last see, all everything.
	seen, all strings.Builder
}

func sit(t *testing.T, file string, args ...string) *seat {
	t.Helper()
	return sitOn(t, "xterm-256color", file, args...)
}

// sitOn sits somebody down on a terminal of a kind.
func sitOn(t *testing.T, term, file string, args ...string) *seat {
	t.Helper()
	s := &seat{t: t, cmd: program(t, file, args...)}
	s.cmd.Env = append(s.cmd.Env, "TERM="+term)
	var err error
	if s.terminal, err = pty.StartWithSize(s.cmd, &pty.Winsize{Rows: 24, Cols: 80}); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		buf := make([]byte, 1<<16)
		for {
			n, err := s.terminal.Read(buf)
			s.mu.Lock()
			s.seen.Write(buf[:n])
			s.all.Write(buf[:n])
			s.mu.Unlock()
			if err != nil {
				return
			}
		}
	}()
	t.Cleanup(func() {
		s.cmd.Process.Kill()
		s.cmd.Wait()
		<-done
		s.terminal.Close()
	})
	return s
}

func (s *seat) press(keys string) { io.WriteString(s.terminal, keys) }

// see waits until something has been drawn since the last see.
func (s *seat) see(want string) {
	s.t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		s.mu.Lock()
		found := strings.Contains(s.seen.String(), want)
		if found {
			s.seen.Reset()
		}
		s.mu.Unlock()
		if found {
			return
		}
	}
	s.t.Fatalf("%q has not been drawn; since the last: %q", want, s.seen.String())
}

// TestTwoBoards: two boards and a command on one file. What one does stands on the other without a key
// pressed, both write at once and neither loses, and it is all there the next time.
func TestTwoBoards(t *testing.T) {
	file := filepath.Join(t.TempDir(), "board.db")
	first := sit(t, file)
	first.see("An empty board")
	first.press("c")
	first.see("Propose an effort")
	first.press("Lärka\r")
	first.see("LÄRKA (NORD-") // and the cursor stands on it
	second := sit(t, file, "--agency", "SKV")
	second.see("National picture")
	second.press("1")
	second.see("Region Nord")

	first.press("aks\r")
	first.see("KFM asked, SKV asked")
	second.see("SKV?")
	second.press("y")
	first.see("SKV")
	must(t, file, "note", "larka", "from the command line")
	for i := range 10 {
		n := strconv.Itoa(i)
		first.press("nfrom the first " + n + "\r")
		second.press("nfrom the second " + n + "\r")
		first.see("note “from the first " + n)
		second.see("note “from the second " + n)
	}
	first.press("q")
	second.press("q")
	for _, s := range []*seat{first, second} {
		if err := s.cmd.Wait(); err != nil {
			t.Errorf("a board ended with %v", err)
		}
	}
	journal := must(t, file, "journal", "larka")
	for text, n := range map[string]int{"from the first": 10, "from the second": 10, "from the command line": 1} {
		if got := strings.Count(journal, text); got != n {
			t.Errorf("%q stands %d times in the journal, not %d", text, got, n)
		}
	}
	if out := must(t, file, "show", "larka", "--json"); !strings.Contains(out, `"agency":"SKV","state":"accepted"`) {
		t.Error(out)
	}
	must(t, file, "verify")
}

// TestKilledAtAnyMoment: the program is killed at random moments while it writes. The store is whole each time, and what
// was acknowledged is there at the end.
func TestKilledAtAnyMoment(t *testing.T) {
	if testing.Short() {
		t.Skip("a hundred starts of the program; store/bolt kills writers under -short too")
	}
	file := filepath.Join(t.TempDir(), "board.db")
	must(t, file, "add", "--region", "SYD", "--focus", "local", "--codename", "LÄRKA")
	// About how long a command takes here and now, to kill the next somewhere in it.
	begun := time.Now()
	must(t, file, "note", "larka", "the first.")
	run := time.Since(begun)
	var kept []string
	killed := 0
	for i := 0; killed < 40 && i < 400; i++ {
		note := "number " + strconv.Itoa(i) + "."
		c := program(t, file, "note", "larka", note)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		begun := time.Now()
		gun := time.AfterFunc(rand.N(run+run/4), func() { c.Process.Kill() })
		err := c.Wait()
		gun.Stop()
		exit, _ := errors.AsType[*exec.ExitError](err)
		switch {
		case exit != nil && !exit.Exited():
			killed++
		case err != nil:
			t.Fatal(err)
		default:
			kept, run = append(kept, note), time.Since(begun)
		}
		if i%10 == 0 {
			must(t, file, "verify")
		}
	}
	journal := must(t, file, "journal", "larka")
	for _, note := range kept {
		if !strings.Contains(journal, note) {
			t.Errorf("%s was acknowledged and is not there", note)
		}
	}
	must(t, file, "verify")
	if killed < 40 || len(kept) == 0 {
		t.Errorf("killed %d times, acknowledged %d times", killed, len(kept))
	}
}
