package screen_test

import (
	"context"
	"crypto/rand"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/screen"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
)

// clock is a clock that stands still until it is told.
type clock struct{ now time.Time }

func (c *clock) Now() time.Time { return c.now }

// board is one officer's board without a terminal: keys go in, frames come out, and between them
// everything that was set going has come to rest.
type board struct {
	t     testing.TB
	app   *app.App
	store *store.Store
	desk  *app.Desk
	quit  bool
}

// officer describes who sits at the board.
type officer struct {
	actor  model.Actor
	lang   string
	look   theme.Options
	width  int
	height int
	// lockAfter is when the board locks itself, 0 never.
	lockAfter time.Duration
	// present: others see the board, and it sees them. wall, when it is set, has it go round by a clock of its own.
	present bool
	wall    *timers
	// begun is what an earlier session left; nil: nothing outlives a session. own: nobody else takes the desk.
	begun  map[app.Draft]string
	own    bool
	keys   map[string][]string // of actions, where they are others
	served bool                // over SSH, where there is no machine of one's own
}

// timers are those of a wall, which go off when the clock has come that far.
type timers struct {
	clock *clock
	due   []timer
}

type timer struct {
	at  time.Time
	msg func(time.Time) tea.Msg
}

func (w *timers) set(d time.Duration, msg func(time.Time) tea.Msg) tea.Cmd {
	w.due = append(w.due, timer{w.clock.now.Add(d), msg})
	return nil
}

// pass lets time pass on a board; what is due goes off in its order.
func (b *board) pass(w *timers, d time.Duration) {
	end := w.clock.now.Add(d)
	for {
		next := -1
		for i, x := range w.due {
			if !x.at.After(end) && (next < 0 || x.at.Before(w.due[next].at)) {
				next = i
			}
		}
		if next < 0 {
			w.clock.now = end
			return
		}
		x := w.due[next]
		w.due = slices.Delete(w.due, next, next+1)
		w.clock.now = x.at
		b.send(x.msg(x.at))
	}
}

var start = time.Date(2026, 11, 23, 14, 3, 0, 0, time.UTC)

func national() model.Actor {
	return model.Actor{Officer: "nuc", Initials: "NU", Role: model.NationalRole, Terminal: "test"}
}

func catalogue() *model.Catalogue {
	cat := model.DefaultCatalogue()
	cat.Zone = time.UTC
	return cat
}

func openStore(t testing.TB, engine store.Engine, c *clock) *store.Store {
	s := store.Open(engine, catalogue(), store.Options{Now: c.Now, Random: sameEachTime()})
	t.Cleanup(func() { s.Close() })
	return s
}

// sit opens the board for an officer on a store.
func sit(t testing.TB, s *store.Store, c *clock, who officer) *board {
	if who.width == 0 {
		who.width, who.height = 80, 24
	}
	who.look.UTF8 = !who.look.ASCII
	known, err := s.Load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	b := &board{t: t, store: s}
	keys, wrong := action.Remap(who.keys)
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	session := &app.Session{
		Keys:  keys,
		Texts: text.In(who.lang), Theme: theme.New(who.look), Store: s, Actor: who.actor,
		Lexicon: text.Lexicon(known.Catalogue()), Now: c.Now, Local: !who.served, Suggest: true,
		Timer: func(_ time.Duration, msg func(time.Time) tea.Msg) tea.Cmd {
			return func() tea.Msg { return msg(c.Now()) }
		},
		Root: screen.Root, Welcome: screen.Welcome, Lock: screen.Lock, LockAfter: who.lockAfter, Random: rand.Reader,
		Begun: who.begun, Own: who.own,
		Global: func(d *app.Desk) []app.Bound { b.desk = d; return screen.Global(d) },
	}
	if session.Present = who.present; who.wall != nil {
		session.Wall = &app.Wall{Every: 20 * time.Second, Rest: time.Minute, Stop: screen.Tour}
		session.Timer = who.wall.set
	}
	b.app = app.New(t.Context(), session, known.Catalogue(), time.Minute)
	b.send(tea.WindowSizeMsg{Width: who.width, Height: who.height})
	b.settle(b.app.Start())
	return b
}

// send gives the board a message and waits until it rests.
func (b *board) send(msg tea.Msg) {
	_, cmd := b.app.Update(msg)
	b.settle(cmd)
}

// settle carries out what was set going, and what that set going, until nothing is left.
func (b *board) settle(cmd tea.Cmd) {
	queue := []tea.Cmd{cmd}
	for len(queue) > 0 {
		next := queue[0]
		queue = queue[1:]
		if next == nil {
			continue
		}
		msg := next()
		switch msg := msg.(type) {
		case nil:
			continue
		case tea.BatchMsg:
			queue = append(queue, msg...)
			continue
		case tea.QuitMsg:
			b.quit = true
			continue
		}
		if v := reflect.ValueOf(msg); v.Kind() == reflect.Slice && v.Type().Elem() == reflect.TypeFor[tea.Cmd]() {
			for i := range v.Len() {
				queue = append(queue, v.Index(i).Interface().(tea.Cmd))
			}
			continue
		}
		_, cmd := b.app.Update(msg)
		queue = append(queue, cmd, b.app.Refresh())
	}
}

// look is what a glance at the screen does when others have changed something.
func (b *board) look() { b.settle(b.app.Refresh()) }

// named are the keys that scripts write by name.
var named = map[string]tea.KeyType{
	"enter": tea.KeyEnter, "esc": tea.KeyEsc, "tab": tea.KeyTab, "shift+tab": tea.KeyShiftTab, "up": tea.KeyUp,
	"down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
	"home": tea.KeyHome, "ctrl+u": tea.KeyCtrlU, "ctrl+l": tea.KeyCtrlL, "end": tea.KeyEnd, "backspace": tea.KeyBackspace, "ctrl+c": tea.KeyCtrlC, "space": tea.KeySpace,
	"delete": tea.KeyDelete, "ctrl+s": tea.KeyCtrlS, "f1": tea.KeyF1, "f2": tea.KeyF2, "f3": tea.KeyF3, "f4": tea.KeyF4, "f5": tea.KeyF5, "f6": tea.KeyF6,
	"f7": tea.KeyF7, "f8": tea.KeyF8, "f9": tea.KeyF9, "f10": tea.KeyF10, "ctrl+f": tea.KeyCtrlF, "ctrl+g": tea.KeyCtrlG,
}

// size makes the screen another size.
func (b *board) size(width, height int) { b.send(tea.WindowSizeMsg{Width: width, Height: height}) }

// press presses keys: names by name, "text" letter by letter, single characters as they are.
func (b *board) press(keys ...string) {
	b.t.Helper()
	for _, key := range keys {
		if kind, ok := named[key]; ok {
			k := tea.KeyMsg{Type: kind}
			if kind == tea.KeySpace {
				k.Runes = []rune{' '}
			}
			b.send(k)
			continue
		}
		typed, quoted := strings.CutPrefix(key, "\"")
		typed = strings.TrimSuffix(typed, "\"")
		if !quoted && utf8.RuneCountInString(key) != 1 {
			b.t.Fatalf("no key is called %s", key)
		}
		for _, r := range typed {
			k := tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}}
			if r == ' ' {
				k.Type = tea.KeySpace
			}
			b.send(k)
		}
	}
}

// frame is the screen as plain text, without blanks at line ends.
func (b *board) frame() string {
	lines := strings.Split(ansi.Strip(b.app.View()), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " ")
	}
	return strings.Join(lines, "\n") + "\n"
}

// do gives a command past the screen, as another officer elsewhere would.
func do(t testing.TB, s *store.Store, who model.Actor, cmd model.Command) store.Result {
	t.Helper()
	r, err := s.Do(context.Background(), who, cmd)
	if err != nil {
		t.Fatalf("%T: %v", cmd, err)
	}
	return r
}

// propose makes an effort.
func propose(t testing.TB, s *store.Store, region, focus, codename string, more ...string) model.EffortID {
	fields := map[model.Field]string{model.FieldRegion: region, model.FieldFocus: focus, model.FieldCodename: codename}
	for i := 0; i+1 < len(more); i += 2 {
		fields[model.Field(more[i])] = more[i+1]
	}
	return do(t, s, national(), model.Propose{Fields: fields}).Events[0].Effort
}
