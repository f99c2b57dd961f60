// Package terminal runs a model on a terminal: the one at hand, or the one of a session that is served.
//
// However the program ends, the terminal gets its state back: when the model quits, when the terminal hangs up, when
// a signal comes, and when something panics. What the terminal can show is read from the environment; it is never
// asked.
package terminal

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/term"

	"board.internal/samverkan/ui/input"
	_ "board.internal/samverkan/ui/quiet" // before Bubble Tea asks the terminal
)

var (
	// ErrNoTerminal says that there is no terminal to run on.
	ErrNoTerminal = errors.New("no terminal")
	// ErrHangUp says that the terminal, or the session, went away.
	ErrHangUp = errors.New("terminal hung up")
	// ErrStopped says that a signal asked the program to end.
	ErrStopped = errors.New("stopped by a signal")
)

// LocalFPS is how many frames a second a terminal at hand may get. Frames are drawn only when something changed, so
// this decides how long a key waits to be seen, not how much is written.
const LocalFPS = 120

// Options says which terminal, and how.
type Options struct {
	// In and Out are a served session's terminal, set both or none. In is an input.Reader there, which its owner
	// closes afterwards. Without them it is the terminal at hand: it is set to raw mode, signals are listened to and
	// the program can be suspended.
	In  io.Reader
	Out io.Writer
	// FPS is how many frames a second may be drawn; LocalFPS when it is 0.
	FPS int
	// Started, when it is set, gets the program before it runs, for who sends it messages. Sending waits until the
	// program runs, so it takes a goroutine.
	Started func(*tea.Program)
}

// Run runs model until it quits, which gives nil, or something else ends it: ErrNoTerminal, ErrHangUp, ErrStopped, a
// *PanicError, or the context's error.
func Run(ctx context.Context, model tea.Model, opts Options) error {
	local := opts.In == nil
	if local {
		in, out, err := atHand()
		if err != nil {
			return err
		}
		if in != os.Stdin {
			defer in.Close()
		}
		opts.In, opts.Out = input.NewFile(in), out
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	if local {
		defer watch(cancel)()
	}
	return run(ctx, cancel, model, opts, local)
}

func run(ctx context.Context, cancel context.CancelCauseFunc, model tea.Model, opts Options, local bool) error {
	if opts.FPS == 0 {
		opts.FPS = LocalFPS
	}
	var p *tea.Program
	g := &guard{model: model, cancel: cancel}
	filter := func(_ tea.Model, msg tea.Msg) tea.Msg {
		if _, ok := msg.(tea.QuitMsg); ok {
			g.over = true
			return msg
		}
		if _, ok := msg.(tea.SuspendMsg); !ok {
			return msg
		}
		if !local { // it would stop the server
			return nil
		}
		if err := suspend(p); err != nil {
			cancel(fmt.Errorf("%w: %w", ErrHangUp, err))
		}
		return tea.ResumeMsg{}
	}
	p = tea.NewProgram(g, tea.WithInput(opts.In), tea.WithOutput(opts.Out),
		tea.WithAltScreen(), tea.WithFPS(opts.FPS), tea.WithFilter(filter), tea.WithoutSignalHandler())
	if opts.Started != nil {
		opts.Started(p)
	}
	// Bubble Tea's own way to end with a context closes the input while it is read
	ended := make(chan struct{})
	var wait sync.WaitGroup
	wait.Go(func() {
		select {
		case <-ctx.Done():
			p.Quit()
		case <-ended:
		}
	})
	_, err := p.Run()
	close(ended)
	wait.Wait()
	switch cause := context.Cause(ctx); {
	case cause != nil:
		return cause
	case errors.Is(err, input.ErrEnded):
		return ErrHangUp
	case err != nil:
		return fmt.Errorf("run on terminal: %w", err)
	}
	return nil
}

// atHand is the terminal this process was started on. Input that is not a terminal is left to whom it is for.
func atHand() (in, out *os.File, err error) {
	if !term.IsTerminal(os.Stdout.Fd()) {
		return nil, nil, ErrNoTerminal
	}
	if term.IsTerminal(os.Stdin.Fd()) {
		return os.Stdin, os.Stdout, nil
	}
	in, err = os.Open("/dev/tty")
	if err != nil {
		return nil, nil, fmt.Errorf("%w: %w", ErrNoTerminal, err)
	}
	return in, os.Stdout, nil
}

// watch cancels with the reason when a signal asks the program to end, until stop is called. A second signal ends the
// process at once.
func watch(cancel context.CancelCauseFunc) (stop func()) {
	signals, done := make(chan os.Signal, 1), make(chan struct{})
	signal.Notify(signals, syscall.SIGHUP, syscall.SIGINT, syscall.SIGTERM)
	var wait sync.WaitGroup
	wait.Go(func() {
		select {
		case s := <-signals:
			signal.Stop(signals)
			if s == syscall.SIGHUP {
				cancel(ErrHangUp)
			} else {
				cancel(fmt.Errorf("%w: %v", ErrStopped, s))
			}
		case <-done:
		}
	})
	return func() {
		signal.Stop(signals)
		close(done)
		wait.Wait()
	}
}

// notStopped is how long a process that still runs waits before it takes itself for one that cannot be stopped.
const notStopped = 500 * time.Millisecond

// suspend gives the terminal back and stops the process, as ctrl+z does to others, until it is continued. It takes the
// place of Bubble Tea's own, which waits for ever where the process cannot be stopped: the system does not stop one
// that no shell would continue, as when it is all that an SSH session runs.
func suspend(p *tea.Program) error {
	continued := make(chan os.Signal, 1)
	signal.Notify(continued, syscall.SIGCONT)
	defer signal.Stop(continued)
	if err := p.ReleaseTerminal(); err != nil {
		return fmt.Errorf("release terminal: %w", err)
	}
	if err := syscall.Kill(0, syscall.SIGTSTP); err == nil {
		select {
		case <-continued:
		case <-time.After(notStopped):
		}
	}
	if err := p.RestoreTerminal(); err != nil {
		return fmt.Errorf("restore terminal: %w", err)
	}
	return nil
}
