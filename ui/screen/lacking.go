package screen

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/ui/app"
)

// lackingTail is how many entries of the journal are followed one by one; after more all that has ended is read anew.
const lackingTail = 200

// lacking are the efforts that have ended without an outcome. They are on no board: they are read once, and then
// followed by the journal.
type lacking struct {
	efforts map[model.EffortID]*model.Effort
	// seq is up to where the journal has been followed.
	seq            uint64
	reading, ready bool
	err            error
}

// lackingRead is what a reading came to: all there are, or of those that have changed the effort, nil for one that has
// an outcome, is open or gone.
type lackingRead struct {
	efforts map[model.EffortID]*model.Effort
	all     bool
	seq     uint64
}

// follow reads on for a screen, when something has happened since.
func (l *lacking) follow(d *app.Desk, s app.Screen) tea.Cmd {
	seq := d.Whole.Seq()
	if l.reading || l.err != nil || l.ready && l.seq == seq {
		return nil
	}
	l.reading = true
	from, after, ready := d.Store, l.seq, l.ready && l.seq < seq // else another store has come in its place
	return d.Load(s, func(ctx context.Context) (any, error) {
		if ready {
			entries, err := from.Journal(ctx, store.Query{After: after, Limit: lackingTail + 1})
			if err != nil {
				return lackingRead{}, err
			}
			if len(entries) <= lackingTail {
				return lackingSince(ctx, from, entries, seq)
			}
		}
		read := lackingRead{efforts: map[model.EffortID]*model.Effort{}, all: true, seq: seq}
		err := from.Ended(ctx, 0, func(e *model.Effort) bool {
			if e.LacksOutcome() {
				read.efforts[e.ID] = e
			}
			return true
		})
		return read, err
	})
}

// lackingSince reads the efforts that entries are about.
func lackingSince(ctx context.Context, from *store.Store, entries []store.Entry, seq uint64) (read lackingRead, err error) {
	read = lackingRead{efforts: map[model.EffortID]*model.Effort{}, seq: seq}
	for i := range entries {
		id := entries[i].Effort
		read.seq = max(read.seq, entries[i].Seq)
		if _, known := read.efforts[id]; known || id == "" {
			continue
		}
		e, err := from.Effort(ctx, string(id))
		if err != nil && !model.Is(err, model.UnknownEffort) {
			return read, err
		}
		if e != nil && !e.LacksOutcome() {
			e = nil
		}
		read.efforts[id] = e
	}
	return read, nil
}

// take takes what was read.
func (l *lacking) take(read lackingRead, err error) {
	l.reading, l.err = false, err
	if err != nil {
		return
	}
	l.seq, l.ready = read.seq, true
	if read.all {
		l.efforts = read.efforts
		return
	}
	for id, e := range read.efforts {
		if delete(l.efforts, id); e != nil {
			l.efforts[id] = e
		}
	}
}
