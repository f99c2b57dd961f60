package ssh

import (
	"context"
	"errors"
	"io"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	boards "board.internal/samverkan/ui/board"
	"board.internal/samverkan/ui/config"
	keyboard "board.internal/samverkan/ui/input"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/terminal"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
)

// fps is how many frames a second a served terminal may get: a frame is a packet over a link that may be slow.
const fps = 30

// settle is how long a size stands before a newer one is drawn: whoever drags a window's corner asks for a hundred.
const settle = time.Second / fps

// Board runs the board for a caller until it is left. Its context's cause is told to the person; the error is for the
// log, and nil when the person left. Whatever panics in a session is that session's alone: the error is a
// *terminal.PanicError then. What reads p.In ends with it.
func (h *House) Board(ctx context.Context, c Caller, p Pty) error {
	cfg := h.Config()
	environ := append(slices.Clone(c.Environ), "TERM="+p.Term)
	lang, err := cfg.Lang(config.Options{Env: func(name string) string { return valueOf(environ, name) }})
	if err != nil {
		return err
	}
	s := &sitting{House: h, caller: c, pty: p, texts: text.In(lang), config: cfg, environ: environ, look: boards.Look(environ, cfg)}
	err = s.run(ctx)
	if line := s.farewell(err); line != "" {
		letters := theme.New(s.look).Letters(safe.Of(line))
		io.WriteString(p.Out, letters.String()+"\r\n") // a client that has gone is told nothing
	}
	return err
}

// sitting is one caller at the board.
type sitting struct {
	*House
	caller  Caller
	pty     Pty
	environ []string
	config  *config.Config
	texts   *text.Texts
	look    theme.Options
	// unsaved says that something was being typed when the session ended.
	unsaved bool
}

func (s *sitting) run(ctx context.Context) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &terminal.PanicError{Value: v, Stack: debug.Stack()}
		}
	}()
	officer := s.caller.Officer
	actor, listed := s.config.Officer(officer, "ssh "+s.caller.From)
	if !listed {
		return ErrRemoved
	}
	in := keyboard.NewReader(s.pty.In)
	defer in.Close()
	ctx, stop := context.WithCancelCause(ctx)
	var sizes sync.WaitGroup
	defer sizes.Wait()
	defer stop(errDone)
	begun := s.drafts.begin(officer, s.Now())
	a, err := boards.Run(ctx, boards.Options{
		Config: s.config, Texts: s.texts, Catalogue: s.Catalogue, Lexicon: s.Lexicon, Store: s.Store, Actor: actor, Look: s.look,
		Now: s.Now, Explain: s.explain, Served: true, Begun: begun, Environ: s.environ,
	}, terminal.Options{In: in, Out: s.pty.Out, FPS: fps, Started: func(program *tea.Program) {
		sizes.Go(func() {
			defer func() { // as above: this session ends
				if v := recover(); v != nil {
					stop(&terminal.PanicError{Value: v, Stack: debug.Stack()})
				}
			}()
			s.pty.follow(ctx, program)
		})
	}})
	left := a.Unsaved(err != nil)
	s.unsaved = len(left) > 0
	s.drafts.keep(officer, begun, left, s.Now())
	return err
}

// follow tells the program the newest size whenever there is one. It may wait for the program, and nobody waits for it.
func (p Pty) follow(ctx context.Context, program *tea.Program) {
	resized := p.Resized
	for was := (tea.WindowSizeMsg{}); ; {
		var now tea.WindowSizeMsg
		if now.Width, now.Height = p.Size(); now != was {
			program.Send(now)
			was = now
			select {
			case <-time.After(settle):
			case <-ctx.Done():
			}
		}
		select {
		case _, open := <-resized:
			if !open {
				resized = nil // a closed channel would be read for ever
			}
		case <-ctx.Done():
			return
		}
	}
}

// explain is the sentence for any error.
func (s *sitting) explain(err error) string {
	if s.Explain == nil {
		return s.texts.Error(err)
	}
	return s.Explain(s.texts, err)
}

// farewell is what the person is told on leaving, "" when there is nothing to tell, or nobody.
func (s *sitting) farewell(err error) string {
	t, limits := &s.texts.SSH, s.config.Server
	var failed *terminal.PanicError
	said, after := "", t.Kept
	switch {
	case err == nil, errors.Is(err, terminal.ErrHangUp), errors.Is(err, context.Canceled):
		return ""
	case errors.As(err, &failed):
		said = t.Broken
	case errors.Is(err, ErrRemoved):
		said, after = t.Removed, ""
	case errors.Is(err, ErrChanged):
		said = t.Changed
	case errors.Is(err, ErrClosing):
		said, after = t.Stopping, t.Lost
	case errors.Is(err, ErrIdle):
		said = text.Fill(t.Idle, "minutes", strconv.Itoa(limits.IdleMinutes))
	case errors.Is(err, ErrTooLong):
		said = text.Fill(t.Hours, "hours", strconv.Itoa(limits.SessionHours))
	default:
		said, after = s.explain(err), ""
	}
	if s.unsaved && after != "" {
		said += "; " + after
	}
	return "samverkan: " + said
}

// valueOf is a variable of an environment; the last of a name counts.
func valueOf(environ []string, name string) string {
	for _, entry := range slices.Backward(environ) {
		if value, ok := strings.CutPrefix(entry, name+"="); ok {
			return value
		}
	}
	return ""
}
