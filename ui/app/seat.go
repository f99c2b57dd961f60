package app

import (
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
)

// seat is what an officer has left open when another took the desk. It waits in memory until the officer sits down
// again.
type seat struct {
	name      string
	stack     []Screen
	filter    model.Filter
	mine      bool
	welcoming bool
	// unseen is what the officer has not seen, as of the board that stood then.
	unseen unseen
	board  *model.Board
	// mail is what was answered to the screens meanwhile.
	mail []routed
}

// Covered tells the screens that the board is hidden from here on, so that one that asks for a PIN forgets it.
type Covered struct{}

// Seated tells the screens that their officer is at the desk again.
type Seated struct{}

// Sit puts an officer at the desk. What the one before had open is kept, and what this one had open comes back; a
// board that is hidden shows again.
func (d *Desk) Sit(actor model.Actor) tea.Cmd { return d.app.ground().sit(actor) }

func (a *App) sit(actor model.Actor) tea.Cmd {
	if a.pending > 0 { // who sat is still to learn what came of it
		a.after = func() tea.Cmd { return a.sit(actor) }
		return nil
	}
	shown := a.show()
	d := a.desk
	if was := d.Actor; actor.Officer != was.Officer {
		a.land()
		a.seats[was.Officer] = seat{name: a.who(), stack: a.stack, filter: d.Filter, mine: d.Mine, welcoming: a.welcoming, unseen: a.unseen, board: d.Whole}
		a.stack, a.welcoming, a.message = nil, false, ""
	}
	d.Actor = actor
	a.inbox, a.countedOn = model.NewInbox(actor), nil
	if len(a.stack) > 0 {
		return tea.Batch(shown, a.tell(Seated{}))
	}
	back, known := a.seats[actor.Officer]
	delete(a.seats, actor.Officer)
	d.Filter, d.Mine = back.filter, back.mine
	a.unseen.change(&back, d.Whole, actor.Officer)
	a.narrow()
	if !known || len(back.stack) == 0 {
		return tea.Batch(shown, a.begin())
	}
	a.stack, a.welcoming = back.stack, back.welcoming
	a.lay()
	cmds := []tea.Cmd{shown, a.tell(Seated{}), a.tell(BoardMsg{}), a.tell(TickMsg{}), a.welcomed(), a.readEnded()}
	for _, r := range back.mail {
		cmds = append(cmds, a.route(r))
	}
	return tea.Batch(cmds...)
}

// post keeps an answer for a screen of somebody who is not at the desk.
func (a *App) post(r routed) {
	for officer, s := range a.seats {
		if slices.Contains(s.stack, r.to) {
			s.mail = append(s.mail, r)
			a.seats[officer] = s
		}
	}
}

// Cover hides the board behind one screen, which is all that is drawn, over the whole terminal, and gets every key
// but ctrl+c.
func (d *Desk) Cover(s Screen) tea.Cmd {
	a := d.app.ground()
	told := a.tell(Covered{})
	if a.above != nil {
		told = tea.Batch(told, a.above.tell(Covered{}))
	}
	a.leaving = false
	a.cover, a.queue, a.after = s, nil, nil
	a.lay()
	return tea.Batch(told, tea.ClearScreen, s.Open())
}

// Uncover shows the board again as it was left.
func (d *Desk) Uncover() tea.Cmd { return d.app.ground().show() }

func (a *App) show() tea.Cmd {
	a.touched, a.leaving = a.desk.Now(), false
	if a.cover == nil {
		return nil
	}
	a.cover, a.queue = nil, nil
	a.lay()
	return tea.Batch(tea.ClearScreen, a.tell(TickMsg{}))
}

// covered takes a key while the board is hidden.
func (a *App) covered(k tea.KeyMsg) tea.Cmd {
	switch k.String() {
	case "ctrl+c": // whoever passes by is not to throw away what others have written
		if a.leaving = a.unsaved() != ""; a.leaving {
			return nil
		}
		return tea.Quit
	case "ctrl+z":
		return nil
	}
	if a.leaving {
		a.leaving, a.message = false, ""
	}
	return a.cover.Update(k)
}

// Quiet reports whether the message line says nothing.
func (d *Desk) Quiet() bool { return d.app.message == "" }

// Leaving reports whether ctrl+c has been pressed while something was not saved. A board that is hidden is not left then.
func (d *Desk) Leaving() bool { return d.app.leaving }

// unsaved says what would be lost by leaving, "" when nothing would: of whoever sits here, or has sat here.
func (a *App) unsaved() string {
	dirty := func(s Screen) bool {
		o, ok := s.(Overlay)
		return ok && o.Dirty()
	}
	has := func(officer model.OfficerID, stack []Screen) bool {
		for draft := range a.desk.Drafts {
			if draft.Officer == officer && a.desk.Begun == nil {
				return true
			}
		}
		return slices.ContainsFunc(stack, dirty)
	}
	if has(a.desk.Actor.Officer, a.stack) {
		return a.desk.Texts.Screen.Unsaved
	}
	for officer, s := range a.seats {
		if has(officer, s.stack) {
			return text.Fill(a.desk.Texts.Screen.UnsavedOf, "officer", s.name)
		}
	}
	return ""
}

// untilLock is how long nobody may touch a key before the board hides itself; on is false when it never does.
func (a *App) untilLock() (left time.Duration, on bool) {
	d := a.desk
	if d.LockAfter <= 0 || d.Lock == nil || a.cover != nil || len(a.stack) == 0 || d.Actor.ReadOnly {
		return 0, false
	}
	return d.LockAfter - d.Now().Sub(a.touched), true
}

// LockUp hides the board at once, where one may write at all.
func (d *Desk) LockUp() tea.Cmd { return d.app.lock() }

func (a *App) lock() tea.Cmd {
	switch {
	case a.below != nil: // where who sits there is known
		return a.below.lock()
	case a.desk.Actor.ReadOnly:
		a.say(theme.Error, a.desk.Sentence(a.desk.Actor.Writes()))
		return nil
	case a.desk.Lock == nil:
		return nil
	}
	return a.desk.Cover(a.desk.Lock(a.desk, false))
}

// idle hides the board when nobody has touched a key for long enough.
func (a *App) idle() tea.Cmd {
	if left, on := a.untilLock(); !on || left > 0 {
		return nil
	}
	return a.desk.Cover(a.desk.Lock(a.desk, true))
}

// NoOne is what a write is refused with while nobody is at the desk: it says how to take it.
func (d *Desk) NoOne() string {
	return text.Fill(d.Texts.Screen.Who.NoOne, "key", d.app.keys.Shown(action.Who))
}

// Quit leaves the board; what is not saved makes it ask once. From the past it comes back to now.
func (d *Desk) Quit() tea.Cmd {
	if d.InPast() {
		return d.Return()
	}
	return d.app.quit()
}

// quit leaves; what is typed and unsaved makes it ask once.
func (a *App) quit() tea.Cmd {
	if why := a.unsaved(); why != "" && !a.leaving {
		a.leaving = true
		a.seen().say(theme.Error, why)
		return nil
	}
	return tea.Quit
}
