package app

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
)

// The board as it was is an App of its own, laid over the live one: with a desk of its own, so that no screen has to
// know of it. It draws the frame and gets the keys. The live one goes on below with its feed, its lock and all that is
// open on it, and is there as it was left when one comes back.

// owned is a message that a board sends itself: of two that lie over each other each gets its own.
type owned struct{ of *App }

func (o owned) owner() *App { return o.of }

// ground is the live board, of whichever lies over it.
func (a *App) ground() *App {
	if a.below != nil {
		return a.below
	}
	return a
}

// seen is the board that is to be seen, of whichever lies below it.
func (a *App) seen() *App {
	if a.above != nil {
		return a.above
	}
	return a
}

// Live is the store of now, and Clock its time, also for a desk in the past.
func (d *Desk) Live() *store.Store { return d.app.ground().desk.Store }

// Clock is what the clock shows now, also for a desk in the past.
func (d *Desk) Clock() time.Time { return d.app.ground().desk.Now() }

// InPast reports whether it is the desk of a board as it was.
func (d *Desk) InPast() bool { return d.app.below != nil }

// LookBack lays the board of a store of then over the live one, or in the place of the one that lies there, narrowed to
// what this desk is narrowed to. open puts its screens up. The store has been loaded, and is closed with the board.
func (d *Desk) LookBack(past *store.Store, open func(*Desk) tea.Cmd) tea.Cmd {
	live, filter, mine := d.app.ground(), d.Filter, d.Mine
	live.land()
	moment, _ := past.Past()
	s := *live.desk.Session
	s.Store, s.Actor, s.Present, s.Wall = past, live.desk.Actor, false, nil
	s.Actor.Then = live.desk.Catalogue().Today(moment.At)
	s.Now = func() time.Time { return moment.At.Time() }
	ctx, end := context.WithCancel(live.ctx)
	a := newApp(ctx, &s, past.Board())
	a.below, a.end, a.loaded = live, end, true
	a.desk.Filter, a.desk.Mine = filter, mine
	a.narrow()
	a.resize(live.width, live.height)
	live.above = a
	cmd := tea.Batch(open(a.desk), a.readEnded())
	if moment.Before() {
		a.say(theme.Message, a.fill(d.Texts.Screen.Then.Nothing, moment))
	}
	return cmd
}

// Return takes the board as it was away.
func (d *Desk) Return() tea.Cmd {
	live := d.app.ground()
	live.land()
	live.say(theme.Message, d.Texts.Screen.Then.Now)
	return nil
}

// land takes the board as it was away, if one is there; what it was reading is dropped.
func (a *App) land() {
	if past := a.above; past != nil {
		a.above = nil
		past.end()
		past.desk.Store.Close() // it holds nothing but memory
	}
}

// banner is the line that stands on every screen of the past, whatever its size: what one sees is not how it is.
func (a *App) banner() string {
	moment, _ := a.desk.Store.Past()
	t := a.desk.Texts.Screen.Then
	forms := t.Banner
	if moment.Before() {
		forms = t.Before
	}
	l := a.frame.line.Begin(a.desk.Theme, a.width).Say(theme.Badge, " ").Put(theme.Badge, a.desk.Theme.Glyph.Past).Say(theme.Badge, " ")
	words := safe.Text{}
	for _, form := range forms {
		if words = safe.Of(a.fill(form, moment)); words.Width() < l.Left() {
			break
		}
	}
	return l.Put(theme.Badge, words).ToFill(theme.Badge, a.width).Done()
}

// fill names the moment, and when the journal begins.
func (a *App) fill(form string, moment store.Past) string {
	return text.Fill(a.desk.Keyed(form), "at", a.moment(moment.At), "begins", a.moment(moment.Begins))
}

// moment is a day with its year, and the time unless it is the day's last second.
func (a *App) moment(at model.Stamp) string {
	cat := a.desk.Catalogue()
	day := cat.Today(at)
	if at == 0 || at == cat.EndOf(day) {
		return a.desk.Texts.Day(day, 0)
	}
	return a.desk.Texts.Day(day, 0) + " " + at.Time().In(a.zone()).Format("15:04")
}
