package app

import (
	"strconv"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
)

// quietFor is how long the bell is silent after it has rung: many requests at once are told once.
const quietFor = 10 * time.Second

// signals is what has been told of without a look at the screen.
type signals struct {
	title string
	// on is the board that was last listened to, for an officer, and asked the requests that it had.
	on      *model.Board
	officer model.OfficerID
	asked   map[model.WaitKey]bool
	rang    time.Time
}

// signal sets the terminal's title and rings its bell, where the session wants that and there is something to tell.
func (a *App) signal() tea.Cmd {
	if !a.loaded || a.desk.Wall != nil || !a.desk.Title && a.desk.Ring == nil {
		return nil
	}
	var cmds []tea.Cmd
	if a.desk.Title {
		if title := a.title(); title != a.signals.title {
			a.signals.title = title
			cmds = append(cmds, tea.SetWindowTitle(title))
		}
	}
	if ring := a.desk.Ring; ring != nil && a.requested() {
		cmds = append(cmds, func() tea.Msg { ring(); return nil })
	}
	return tea.Batch(cmds...)
}

// title is the program's name and how much waits for the officer. Nothing of the board stands in it, as it shows where the
// board does not, and of a board that is locked not even how much.
func (a *App) title() string {
	const name = "samverkan"
	n := a.waiting().All
	if a.cover != nil || n == 0 {
		return name
	}
	return name + " · " + a.desk.Texts.Screen.Inbox.Title + " " + strconv.Itoa(n)
}

// requested reports whether the officer's agency has been asked since the board was last listened to. What waited before
// the officer came, what was put aside and comes back, and what the officer brings back by undoing an answer is older
// than that. A locked board rings too: that somebody is wanted at the desk says nothing of what for.
func (a *App) requested() bool {
	s, d := &a.signals, a.desk
	if s.on == d.Whole && s.officer == d.Actor.Officer {
		return false
	}
	first, since := s.on == nil || s.officer != d.Actor.Officer, model.Stamp(0)
	if s.on != nil {
		since = s.on.At()
	}
	lines, _ := a.inbox.Lines(d.Whole, d.Today())
	asked, fresh := map[model.WaitKey]bool{}, false
	for i := range lines {
		if w := &lines[i]; w.Why == model.WaitRequest {
			asked[w.Key()] = true
			fresh = fresh || !s.asked[w.Key()] && w.Since >= since
		}
	}
	s.on, s.officer, s.asked = d.Whole, d.Actor.Officer, asked
	if first || !fresh || d.Now().Sub(s.rang) < quietFor {
		return false
	}
	s.rang = d.Now()
	return true
}
