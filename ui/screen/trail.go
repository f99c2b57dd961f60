package screen

import (
	"context"
	"slices"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
)

const (
	// trailPage is how many entries of the journal are read at a time, trailMost how many are held at once.
	trailPage = 200
	trailMost = 3 * trailPage
)

// trail is the part of a journal that is in memory, the newest first, with a cursor in it. It is read on at either end
// as the cursor comes near, and let go at the other.
type trail struct {
	entries []store.Entry
	names   map[model.EffortID]string
	// cursor is the selected entry, top the first that is shown.
	cursor, top int
	// newer and older: there may be more beyond either end.
	newer, older bool
	// seen is up to where the journal has been looked through for what is newer.
	seen uint64
	// fresh is how many have come above since the cursor was on the newest.
	fresh int
}

// pageKind is which part of a journal is read.
type pageKind int

const (
	newest pageKind = iota
	oldest
	back
	forth
)

// trailRead is a page of a journal, the newest first, when it was looked for after all that stood at seq.
type trailRead struct {
	generation int
	kind       pageKind
	entries    []store.Entry
	names      map[model.EffortID]string
	seq        uint64
}

// next is what to read now of a journal that ends at seq, if anything.
func (t *trail) next(seq uint64) (kind pageKind, ok bool) {
	switch {
	case seq < t.seen: // another store has come in the place of the one that was read
		return newest, true
	case t.older && t.cursor >= len(t.entries)-trailPage/2:
		return back, true
	case t.newer:
		return forth, t.cursor < trailPage/2
	}
	return forth, seq > t.seen
}

// ask is the question for a page.
func (t *trail) ask(q store.Query, kind pageKind) store.Query {
	q.Limit = trailPage
	switch kind {
	case newest:
		q.Newest = true
	case back:
		q.Newest, q.Before = true, t.entries[len(t.entries)-1].Seq
	case forth:
		q.After = t.seen
	}
	return q
}

// read asks a store for a page, and what the efforts in it are called.
func (p *trailRead) read(ctx context.Context, s *store.Store, q store.Query) (err error) {
	if p.entries, err = s.Journal(ctx, q); err != nil {
		return err
	}
	if !q.Newest {
		slices.Reverse(p.entries)
	}
	var ids []model.EffortID
	for i := range p.entries {
		if id := p.entries[i].Effort; id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	p.names, err = s.Names(ctx, ids)
	return err
}

// take takes a page that has been read. What is under the cursor stays there, and where it is on the screen.
func (t *trail) take(p trailRead) {
	full := len(p.entries) == trailPage
	switch p.kind {
	case newest:
		*t = trail{entries: p.entries, names: p.names, older: full, seen: p.seq}
	case oldest:
		*t = trail{entries: p.entries, names: p.names, newer: full, seen: p.seq, cursor: max(len(p.entries)-1, 0)}
		if full {
			t.seen = p.entries[0].Seq
		}
	case back:
		t.entries, t.older = append(t.entries, p.entries...), full
	case forth:
		if len(t.entries) > 0 {
			t.cursor, t.top = t.cursor+len(p.entries), t.top+len(p.entries)
		}
		if !t.newer {
			t.fresh += len(p.entries)
		}
		t.entries = slices.Concat(p.entries, t.entries)
		if t.newer, t.seen = full, p.seq; full {
			t.seen = p.entries[0].Seq
		}
	}
	t.trim()
	t.called(p.names)
}

// trim lets go what is too many, at the end that the cursor is farther from.
func (t *trail) trim() {
	over := len(t.entries) - trailMost
	switch {
	case over <= 0:
	case t.cursor >= len(t.entries)/2:
		t.entries = slices.Clone(t.entries[over:])
		t.cursor, t.top = t.cursor-over, max(t.top-over, 0)
		t.newer, t.seen = true, t.entries[0].Seq
	default:
		t.entries = slices.Clone(t.entries[:trailMost])
		t.older = true
	}
}

// called adds what efforts are called, and forgets those of which nothing is held any more.
func (t *trail) called(names map[model.EffortID]string) {
	all := make(map[model.EffortID]string, len(t.names)+len(names))
	for i := range t.entries {
		id := t.entries[i].Effort
		if name, ok := names[id]; ok {
			all[id] = name
		} else if name, ok := t.names[id]; ok {
			all[id] = name
		}
	}
	t.names = all
}

// move puts the cursor on an entry, inside what is held.
func (t *trail) move(to int) {
	t.cursor = max(min(to, len(t.entries)-1), 0)
	if t.cursor == 0 && !t.newer {
		t.fresh = 0
	}
}

// selected is the entry under the cursor, nil when there is none.
func (t *trail) selected() *store.Entry {
	if t.cursor < len(t.entries) {
		return &t.entries[t.cursor]
	}
	return nil
}

// with reports whether two entries that stand beside each other are of one action.
func (t *trail) with(i, j int) bool {
	return min(i, j) >= 0 && max(i, j) < len(t.entries) && t.entries[i].Op != "" && t.entries[i].Op == t.entries[j].Op
}

// show scrolls as little as it takes to have the cursor's entry whole among size lines.
func (t *trail) show(size int, height func(i int) int) {
	t.move(t.cursor)
	t.top = max(min(t.top, len(t.entries)-1), 0)
	if t.cursor <= t.top {
		t.top = t.cursor
		return
	}
	used := 0
	for i := t.cursor; i >= t.top; i-- {
		if used += height(i); used > size {
			t.top = min(i+1, t.cursor)
			return
		}
	}
}
