package terminal

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"
	"golang.org/x/sys/unix"

	"board.internal/samverkan/ui/input"
)

const (
	altOn, altOff = "\x1b[?1049h", "\x1b[?1049l"
	cursorOn      = "\x1b[?25h"
	pasteOff      = "\x1b[?2004l"

	hung = 30 * time.Second // a program that takes this long hangs
)

// desk is a terminal with a program on it, that answers no question.
type desk struct {
	t         testing.TB
	cmd       *exec.Cmd
	keyboard  *os.File
	line      *os.File // the program's end, kept open so that its modes can be read
	modes     *term.State
	mu        sync.Mutex
	screen    bytes.Buffer
	more      chan struct{} // something came since the last look
	readerEnd chan struct{}
}

func start(t testing.TB, role string) *desk {
	t.Helper()
	master, line, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	if err := pty.Setsize(master, &pty.Winsize{Rows: 10, Cols: 2000}); err != nil { // one line shows all keys
		t.Fatal(err)
	}
	keyboard := closable(t, master)
	d := &desk{t: t, keyboard: keyboard, line: line, more: make(chan struct{}, 1), readerEnd: make(chan struct{})}
	d.modes = d.state()
	d.cmd = exec.Command(os.Args[0])
	d.cmd.Env = append(os.Environ(), roleVariable+"="+role, "TERM=xterm-256color", "GORACE=atexit_sleep_ms=0")
	d.cmd.Stdin, d.cmd.Stdout, d.cmd.Stderr = line, line, line
	d.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := d.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go d.watch()
	t.Cleanup(func() {
		_ = syscall.Kill(-d.cmd.Process.Pid, syscall.SIGKILL) // nothing is there when all went well
		d.line.Close()
		d.keyboard.Close()
		<-d.readerEnd
	})
	return d
}

// closable is f, but one that a read in progress does not keep open.
func closable(t testing.TB, f *os.File) *os.File {
	t.Helper()
	fd, err := unix.Dup(int(f.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	unix.CloseOnExec(fd)
	if err := unix.SetNonblock(fd, true); err != nil {
		t.Fatal(err)
	}
	f.Close()
	return os.NewFile(uintptr(fd), f.Name())
}

func (d *desk) watch() {
	defer close(d.readerEnd)
	buf := make([]byte, 4096)
	for {
		n, err := d.keyboard.Read(buf)
		d.mu.Lock()
		d.screen.Write(buf[:n])
		d.mu.Unlock()
		select {
		case d.more <- struct{}{}:
		default:
		}
		if err != nil {
			return
		}
	}
}

func (d *desk) state() *term.State {
	d.t.Helper()
	state, err := term.GetState(d.line.Fd())
	if err != nil {
		d.t.Fatal(err)
	}
	return state
}

func (d *desk) output() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.screen.String()
}

// see waits until the terminal has got want after everything in after, and gives all it got.
func (d *desk) see(want string, after ...string) string {
	d.t.Helper()
	deadline := time.After(hung)
	for {
		out := d.output()
		if rest, ok := skip(out, after...); ok && strings.Contains(rest, want) {
			return out
		}
		select {
		case <-d.more:
		case <-deadline:
			d.t.Fatalf("never saw %q after %q in %q", want, after, d.output())
		}
	}
}

// skip is what is left of s after each part in turn.
func skip(s string, parts ...string) (string, bool) {
	for _, part := range parts {
		_, rest, ok := strings.Cut(s, part)
		if !ok {
			return "", false
		}
		s = rest
	}
	return s, true
}

func (d *desk) press(keys ...string) {
	d.t.Helper()
	for _, key := range keys {
		if _, err := d.keyboard.WriteString(key); err != nil {
			d.t.Fatal(err)
		}
	}
}

// end waits for the program's end and checks that the terminal is as it was.
func (d *desk) end(code int) string {
	d.t.Helper()
	d.wait(code)
	out := d.see("ended:")
	if !reflect.DeepEqual(d.state(), d.modes) {
		d.t.Errorf("the terminal's modes are not restored")
	}
	for _, restored := range []string{altOff, cursorOn, pasteOff} {
		if _, ok := skip(out, altOn, restored, "ended:"); !ok {
			d.t.Errorf("the program ended without %q: %q", restored, out)
		}
	}
	if strings.Count(out, altOn) != strings.Count(out, altOff) {
		d.t.Errorf("the other screen is left on: %q", out)
	}
	return out
}

func (d *desk) wait(code int) {
	d.t.Helper()
	ended := make(chan struct{})
	go func() {
		_ = d.cmd.Wait() // the code says it all
		close(ended)
	}()
	select {
	case <-ended:
	case <-time.After(hung):
		d.t.Fatalf("the program does not end: %q", d.output())
	}
	if got := d.cmd.ProcessState.ExitCode(); got != code {
		d.t.Errorf("exit code %d, want %d: %q", got, code, d.output())
	}
}

func TestStartAsksTheTerminalNothing(t *testing.T) {
	d := start(t, roleProgram)
	d.see("keys: ;")
	d.press("q")
	out := d.end(exitQuit)
	for _, query := range []string{"\x1b]", "\x1b[6n", "\x1b[c", "\x1b[0c", "\x1b[>", "\x1bP", "\x1b[?u", "$p"} {
		if strings.Contains(out, query) {
			t.Errorf("the terminal is asked %q, or given a title: %q", query, out)
		}
	}
}

func TestKeys(t *testing.T) {
	d := start(t, roleProgram)
	d.see("keys: ;")
	d.press("jjj")
	d.see("keys: j j j;")
	d.press("\x1b", "[", "A")
	d.see("up;")
	d.press("\xc3", "\xa5")
	d.see("up å;")
	d.press("\x1b[200~two\rlines\x1b[201~")
	d.see("[two") // lines are drawn one by one
	d.see("lines];")
	d.press("\x1b")
	d.see("esc;")
	d.press("q")
	d.end(exitQuit)
}

func TestHeldKeysAllCount(t *testing.T) {
	for _, key := range []string{"j", "\x1b[B"} {
		d := start(t, roleProgram)
		d.see("keys: ;")
		d.press(strings.Repeat(key, 200))
		name := map[string]string{"j": "j ", "\x1b[B": "down "}[key]
		d.see("keys: " + strings.TrimSuffix(strings.Repeat(name, 200), " ") + ";")
		d.press("q")
		d.end(exitQuit)
	}
}

func TestSuspendAndContinue(t *testing.T) {
	d := start(t, roleShell)
	d.see("keys: ;")
	d.press("\x1a")
	d.see("keys: ctrl+z resumed;", "keys: ;", altOff, "shell: stopped", altOn)
	d.press("j", "\x1a")
	d.see("keys: ctrl+z resumed j ctrl+z resumed;", "shell: stopped", altOff, "shell: stopped", altOn)
	d.press("q")
	d.end(exitQuit)
}

func TestSuspendWhereNothingCanContinue(t *testing.T) {
	d := start(t, roleProgram) // alone in its session, which the system never stops
	d.see("keys: ;")
	d.press("\x1a")
	d.see("keys: ctrl+z resumed;", altOff, altOn)
	d.press("j")
	d.see("resumed j;")
	d.press("q")
	d.end(exitQuit)
}

func TestSignals(t *testing.T) {
	tests := []struct {
		signal syscall.Signal
		code   int
		says   string
	}{
		{syscall.SIGHUP, exitHangUp, "ended: terminal hung up"},
		{syscall.SIGTERM, exitStopped, "ended: stopped by a signal: terminated"},
		{syscall.SIGINT, exitStopped, "ended: stopped by a signal: interrupt"},
	}
	for _, tt := range tests {
		t.Run(tt.signal.String(), func(t *testing.T) {
			d := start(t, roleProgram)
			d.see("keys: ;")
			if err := d.cmd.Process.Signal(tt.signal); err != nil {
				t.Fatal(err)
			}
			if out := d.end(tt.code); !strings.Contains(out, tt.says) {
				t.Errorf("%q does not say %q", out, tt.says)
			}
		})
	}
}

func TestHangUp(t *testing.T) {
	d := start(t, roleProgram)
	d.see("keys: ;")
	d.line.Close()
	d.keyboard.Close()
	d.wait(exitHangUp)
}

func TestPanicsBecomeASentence(t *testing.T) {
	for key, says := range map[string]string{
		"U": "ended: internal error: in update\uFFFD[2J",
		"V": "ended: internal error: in view",
		"C": "ended: internal error: in command",
		"B": "ended: internal error: in batch",
		"S": "ended: internal error: in sequence",
	} {
		t.Run(key, func(t *testing.T) {
			d := start(t, roleProgram)
			d.see("keys: ;")
			d.press(key)
			out := d.end(exitPanic)
			if !strings.Contains(out, says) {
				t.Errorf("%q does not say %q", out, says)
			}
			for _, noise := range []string{"goroutine", "panic", ".go:"} {
				if strings.Contains(out, noise) {
					t.Errorf("a stack is shown: %q", out)
				}
			}
		})
	}
}

func TestWithoutATerminal(t *testing.T) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), roleVariable+"="+roleProgram)
	out, err := cmd.Output()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || string(out) != "ended: no terminal\n" {
		t.Errorf("%v: %q", err, out)
	}
}

// frames is a served terminal.
type frames struct {
	mu   sync.Mutex
	buf  bytes.Buffer
	more chan struct{}
}

func (f *frames) Write(p []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	select {
	case f.more <- struct{}{}:
	default:
	}
	return f.buf.Write(p)
}

func (f *frames) String() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.buf.String()
}

// await waits until words have been drawn.
func (f *frames) await(words string) {
	for !strings.Contains(f.String(), words) {
		<-f.more
	}
}

// TestServedSession runs on a stream, as a served session does.
func TestServedSession(t *testing.T) {
	run := func(ctx context.Context, keys, shows, then string, hangUp bool) (string, error) {
		from, keyboard := io.Pipe()
		in := input.NewReader(from)
		screen := &frames{more: make(chan struct{}, 1)}
		opts := Options{In: in, Out: screen, FPS: 30, Started: func(p *tea.Program) {
			go func() {
				p.Send(tea.WindowSizeMsg{Width: 60, Height: 10})
				_, _ = io.WriteString(keyboard, keys)
				screen.await(shows)
				_, _ = io.WriteString(keyboard, then)
				if hangUp {
					keyboard.Close()
				}
			}()
		}}
		err := Run(ctx, echo{}, opts)
		keyboard.Close()
		in.Close()
		<-in.Done()
		return screen.String(), err
	}
	t.Run("quits", func(t *testing.T) {
		screen, err := run(t.Context(), "jj\x1b[A", "keys: j j up;", "q", false)
		if _, ok := skip(screen, altOn, "keys: j j up;", "\x1b[J", altOff); !ok || err != nil {
			t.Errorf("%v: %q", err, screen)
		}
	})
	t.Run("is never suspended", func(t *testing.T) {
		screen, err := run(t.Context(), "\x1aj", "keys: ctrl+z j;", "q", false)
		if _, ok := skip(screen, "keys: ctrl+z j;", altOff); !ok || err != nil {
			t.Errorf("%v: %q", err, screen)
		}
	})
	t.Run("hangs up", func(t *testing.T) {
		if screen, err := run(t.Context(), "j", "", "", true); !errors.Is(err, ErrHangUp) || !strings.Contains(screen, altOff) {
			t.Errorf("%v: %q", err, screen)
		}
	})
	t.Run("panics", func(t *testing.T) {
		screen, err := run(t.Context(), "S", "", "", false)
		var p *PanicError
		if !errors.As(err, &p) || p.Value != "in sequence" || !bytes.Contains(p.Stack, []byte("echo.Update")) {
			t.Errorf("%v: %q", err, screen)
		}
	})
	t.Run("is ended from outside", func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(t.Context())
		idle := errors.New("idle")
		cancel(idle)
		if _, err := run(ctx, "", "", "", false); !errors.Is(err, idle) {
			t.Errorf("ended with %v", err)
		}
	})
}
