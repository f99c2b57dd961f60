package app

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/store/storetest"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
)

// empty is a screen with nothing on it.
type empty struct{}

func (empty) Open() tea.Cmd          { return nil }
func (empty) SetSize(int, int)       {}
func (empty) Update(tea.Msg) tea.Cmd { return nil }
func (empty) View() string           { return "" }
func (empty) Actions() []Bound       { return nil }
func (empty) Title() safe.Text       { return safe.Of("Empty") }

// breaking is a store that can be broken.
type breaking struct {
	store.Engine
	broken atomic.Bool
}

func (b *breaking) View(ctx context.Context, fn func(store.Reader) error) error {
	if b.broken.Load() {
		return store.ErrAway
	}
	return b.Engine.View(ctx, fn)
}

// loop runs an app as Bubble Tea does, in the time of a synctest bubble.
type loop struct {
	app  *App
	msgs chan tea.Msg
	ctx  context.Context
}

func (l *loop) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	go func() {
		msg := cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			for _, c := range batch {
				l.run(c)
			}
			return
		}
		select {
		case l.msgs <- msg:
		case <-l.ctx.Done():
		}
	}()
}

// pass lets time pass and handles all that comes in it; it returns how many messages there were.
func (l *loop) pass(d time.Duration) (n int) {
	end := time.After(d)
	for {
		select {
		case msg := <-l.msgs:
			if msg == nil {
				continue
			}
			n++
			_, cmd := l.app.Update(msg)
			l.run(cmd)
		case <-end:
			return n
		}
	}
}

func (l *loop) head() string { return ansi.Strip(strings.SplitN(l.app.View(), "\n", 2)[0]) }

func newLoop(t *testing.T, engine store.Engine, changes ...func(*Session)) *loop {
	ctx, stop := context.WithCancel(t.Context())
	s := store.Open(engine, model.DefaultCatalogue(), store.Options{})
	t.Cleanup(func() {
		stop()
		s.Close()
		time.Sleep(2 * time.Minute) // the ticks under way run out
	})
	session := &Session{Texts: text.In("en"), Theme: theme.New(theme.Options{Profile: termenv.Ascii, UTF8: true}), Store: s, Now: time.Now,
		Lexicon: text.Lexicon(model.DefaultCatalogue()), Actor: model.Actor{Officer: "anna", Role: model.NationalRole},
		Root: func(*Desk) Screen { return empty{} }, Welcome: func(*Desk) Screen { return empty{} }, Global: func(*Desk) []Bound { return nil }}
	for _, change := range changes {
		change(session)
	}
	l := &loop{app: New(ctx, session, model.DefaultCatalogue(), time.Minute), msgs: make(chan tea.Msg), ctx: ctx}
	l.app.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	l.run(l.app.Init())
	l.pass(time.Second)
	return l
}

// TestLivenessCounts: a store that goes away is told within seconds and its age goes on counting without a
// key, and when it is back the board is live again by itself.
func TestLivenessCounts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		engine := &breaking{Engine: storetest.Memory()}
		l := newLoop(t, engine)
		if !strings.Contains(l.head(), "live") {
			t.Fatal(l.head())
		}
		engine.broken.Store(true)
		l.pass(6 * time.Second)
		early := l.head()
		if !strings.Contains(early, "s old") {
			t.Fatal(early)
		}
		// Bubble Tea draws after a message: without one each second the age would stand still on the screen.
		if n := l.pass(3 * time.Second); n < 2 || l.head() == early {
			t.Fatalf("%d messages in three seconds; the age stands still: %s", n, early)
		}
		l.pass(20 * time.Second)
		if !strings.Contains(l.head(), "store away") {
			t.Fatal(l.head())
		}
		engine.broken.Store(false)
		l.pass(5 * time.Second)
		if !strings.Contains(l.head(), "live") {
			t.Fatal(l.head())
		}
	})
}

// TestStandingStill: a board nobody touches has one message a minute, its clock's.
func TestStandingStill(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLoop(t, storetest.Memory())
		l.pass(time.Minute)
		if n := l.pass(10 * time.Minute); n != 10 {
			t.Fatalf("%d messages in ten minutes", n)
		}
	})
}

// TestWorkThatPanics: what panics away from the event loop is an error for the screen that asked, and the board goes on.
func TestWorkThatPanics(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLoop(t, storetest.Memory())
		msg := l.app.desk.Load(empty{}, func(context.Context) (any, error) { panic("broken") })()
		if r, ok := msg.(routed); !ok || r.msg.(Loaded).Err == nil {
			t.Fatalf("%#v", msg)
		}
	})
}

// curtain is what hides the board in these tests.
type curtain struct{ empty }

func (*curtain) View() string { return "hidden" }

// TestLocksByItself: ten minutes after the last key, to the second, and not because the clock went on.
func TestLocksByItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLoop(t, storetest.Memory(), func(s *Session) {
			s.Lock, s.LockAfter = func(*Desk, bool) Screen { return &curtain{} }, 10*time.Minute
		})
		l.pass(9 * time.Minute)
		l.app.Update(tea.KeyMsg{Type: tea.KeyDown})
		l.pass(10*time.Minute - time.Second)
		if l.app.View() == "hidden" {
			t.Fatal("it locked although a key was touched")
		}
		l.pass(2 * time.Second)
		if l.app.View() != "hidden" {
			t.Fatal("it did not lock")
		}
		if n := l.pass(10 * time.Minute); n != 10 {
			t.Errorf("%d messages in ten minutes of a locked board", n)
		}
		l.run(l.app.show())
		l.pass(9 * time.Minute)
		if l.app.View() == "hidden" {
			t.Error("unlocking is no key")
		}
		l.pass(2 * time.Minute)
		if l.app.View() != "hidden" {
			t.Error("it locks only once")
		}
	})
}
