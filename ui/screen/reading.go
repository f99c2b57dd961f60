package screen

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/app"
)

// readingPause is how long a reading waits when the board has changed: what changes meanwhile is read at once with it.
const readingPause = 500 * time.Millisecond

// reading reads for a screen what is not on the board, away from the event loop and one at a time. What is asked for while it
// reads is read once more when it is done.
type reading struct {
	desk *app.Desk
	to   app.Screen
	// ask returns how to read what is wanted now. It is called on the event loop, what it returns is not.
	ask func() func(context.Context) (any, error)
	// beside is the board that was shown when it was read last.
	beside             *model.Board
	busy, again, waits bool
	err                error
}

// readAgain says that the pause after a change is over.
type readAgain struct{}

// now reads at once.
func (r *reading) now() tea.Cmd {
	if r.busy {
		r.again = true
		return nil
	}
	r.busy, r.beside, r.err = true, r.desk.Whole, nil
	return r.desk.Load(r.to, r.ask())
}

// soon reads after a pause, when the board is another than that of the last reading.
func (r *reading) soon() tea.Cmd {
	if r.waits || r.beside == r.desk.Whole {
		return nil
	}
	r.waits = true
	return r.desk.After(r.to, readingPause, readAgain{})
}

// paused reads when the board is still another than that of the last reading.
func (r *reading) paused() tea.Cmd {
	if r.waits = false; r.beside == r.desk.Whole {
		return nil
	}
	return r.now()
}

// done takes the end of a reading. value is nil when it has failed.
func (r *reading) done(msg app.Loaded) (value any, next tea.Cmd) {
	r.busy = false
	if r.again {
		r.again = false
		next = r.now()
	}
	if r.err = msg.Err; r.err != nil {
		return nil, next
	}
	return msg.Value, next
}
