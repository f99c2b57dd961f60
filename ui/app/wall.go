package app

import (
	"strconv"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
)

// Wall has a board that nobody sits at go from screen to screen by itself.
type Wall struct {
	// Every is how long a screen stands; Rest how long after a key the wall goes on.
	Every, Rest time.Duration
	// Stop returns the screens it stops at, by number, nil after the last.
	Stop func(d *Desk, n int) Screen
}

// Turner is a screen with more than fits: Turn shows the next part, and is false when there is none.
type Turner interface{ Turn() bool }

// wall is where it is.
type wall struct {
	stop int
	// generation tells the timer that counts from those that a key has overtaken.
	generation int
	paused     bool
}

type wallMsg struct{ generation int }

// wait sets the wall's timer.
func (a *App) wait(d time.Duration) tea.Cmd {
	a.wall.generation++
	msg := wallMsg{a.wall.generation}
	timer := a.desk.Timer
	if timer == nil {
		timer = a.timer
	}
	return timer(d, func(time.Time) tea.Msg { return msg })
}

// startWall begins with the first stop, where there is a wall.
func (a *App) startWall() tea.Cmd {
	if a.desk.Wall == nil {
		return nil
	}
	return a.wait(a.desk.Wall.Every)
}

// turn goes on to the next screen, or the next part of this one. What somebody left behind, a filter or an open box,
// is put away first: the next to pass by is not to see half of the country for the whole.
func (a *App) turn(msg wallMsg) tea.Cmd {
	w := a.desk.Wall
	if w == nil || msg.generation != a.wall.generation {
		return nil
	}
	next := a.wait(w.Every)
	if len(a.stack) == 0 { // the board is still being read
		return next
	}
	if a.wall.paused {
		a.land()
		a.wall.paused, a.message = false, ""
		a.wall.stop = 0
		a.desk.Filter, a.desk.Mine = model.Filter{}, false
		a.narrow()
		return tea.Batch(a.root(w.Stop(a.desk, 0)), next)
	}
	if s, ok := a.base().(Turner); ok && s.Turn() {
		return next
	}
	a.wall.stop++
	s := w.Stop(a.desk, a.wall.stop)
	if s == nil {
		a.wall.stop = 0
		a.unseen.turn()
		s = w.Stop(a.desk, 0)
	}
	return tea.Batch(a.root(s), next)
}

// pause holds the wall still after a key, and says so where the key has said nothing itself.
func (a *App) pause() tea.Cmd {
	w := a.desk.Wall
	if w == nil {
		return nil
	}
	a.wall.paused = true
	if a.message == "" {
		a.say(theme.Message, text.Fill(a.desk.Texts.Screen.Wall.Paused, "n", strconv.Itoa(int(w.Rest/time.Second))))
	}
	return a.wait(w.Rest)
}
