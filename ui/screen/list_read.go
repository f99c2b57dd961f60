package screen

import (
	"context"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/app"
)

// listing is one of the lists that a list is turned between: what is behind a figure, or behind that of the year before.
type listing struct {
	title string
	// label is what the key says that turns to it.
	label string
	// find reads what is listed; it is called away from the event loop.
	find func(context.Context) (found, error)
}

// found are efforts that were read, and what is to be said of them instead of the agencies on them.
type found struct {
	efforts []*model.Effort
	notes   map[model.EffortID]string
	// ordered: they stand as they were found, else as everywhere.
	ordered bool
	// side is the one that was read.
	side int
}

// newListings lists what is read, the first side that is shown first.
func newListings(d *app.Desk, listings []listing, first int) *list {
	s := newList(d, listings[first].title, nil)
	s.listings, s.side = listings, first
	s.of = func(*model.Board) []*model.Effort { return s.listed() }
	s.reading = reading{desk: d, to: s, ask: s.toRead}
	s.actions = s.bind()
	return s
}

// listed are the efforts that were read: those that are open as they are on the board now.
func (s *list) listed() []*model.Effort {
	efforts := make([]*model.Effort, len(s.found.efforts))
	for i, e := range s.found.efforts {
		if efforts[i] = e; s.desk.Whole.Effort(e.ID) != nil {
			efforts[i] = s.desk.Whole.Effort(e.ID)
		}
	}
	if !s.found.ordered {
		slices.SortFunc(efforts, (*model.Effort).Before)
	}
	return efforts
}

// toRead reads the side that is shown.
func (s *list) toRead() func(context.Context) (any, error) {
	n, find := s.side, s.listings[s.side].find
	return func(ctx context.Context) (any, error) {
		f, err := find(ctx)
		f.side = n
		return f, err
	}
}

// loaded takes what was read, unless another side has been turned to since.
func (s *list) loaded(msg app.Loaded) tea.Cmd {
	value, next := s.done(msg)
	if f, ok := value.(found); ok && f.side == s.side {
		s.found = f
		s.refresh()
	}
	return next
}

// turning is the key that turns to the next side, where there are several.
func (s *list) turning() []app.Bound {
	if len(s.listings) < 2 {
		return nil
	}
	next := func() int { return (s.side + 1) % len(s.listings) }
	turn := func(int) tea.Cmd {
		s.side = next()
		s.title, s.found = s.listings[s.side].title, found{}
		s.rows.clear()
		s.refresh()
		return s.now()
	}
	return []app.Bound{
		{ID: action.Next, Do: turn, Shows: true, Label: func() string { return s.listings[next()].label }},
		{ID: action.Previous, Do: turn},
	}
}
