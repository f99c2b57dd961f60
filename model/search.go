package model

import (
	"strings"
	"sync/atomic"
)

// Narrow returns the board with only the efforts that keep lets through. It counts and shows those alone;
// it is for looking at, With and Find want the whole board.
func (b *Board) Narrow(keep func(*Effort) bool) *Board {
	return b.narrow(func(c *cell) *cell {
		return &cell{efforts: filtered(c.efforts, keep), guests: filtered(c.guests, keep)}
	})
}

// Search is Narrow by a filter, at every letter that is typed: bare words are looked for in texts that stand
// side by side, and only the efforts that have them are looked at.
func (b *Board) Search(f Filter, who Asker) *Board {
	keep := func(e *Effort) bool { return f.match(e, who) }
	if len(f.words) == 0 {
		return b.Narrow(keep)
	}
	if len(f.terms) == 0 {
		keep = nil
	}
	return b.narrow(func(c *cell) *cell {
		folds := c.folded()
		return &cell{efforts: folds[0].found(c.efforts, f, keep), guests: folds[1].found(c.guests, f, keep)}
	})
}

func (b *Board) narrow(cut func(*cell) *cell) *Board {
	n := *b
	n.open, n.overview = 0, new(atomic.Pointer[dayOverview])
	n.cells = make(map[cellKey]*cell, len(b.cells))
	for key, c := range b.cells {
		n.cells[key] = cut(c)
		n.open += len(n.cells[key].efforts)
	}
	return &n
}

func filtered(efforts []*Effort, keep func(*Effort) bool) (kept []*Effort) {
	for _, e := range efforts {
		if keep(e) {
			kept = append(kept, e)
		}
	}
	return kept
}

// folds are the folded texts of efforts in one string, in their order, and where each ends, a line end included that
// no word has: memory that lies in a row is gone through several times faster than as many strings strewn about.
type folds struct {
	all  string
	ends []uint32
}

// folded makes the texts when they are first asked for.
func (c *cell) folded() *[2]folds {
	if f := c.folds.Load(); f != nil {
		return f
	}
	f := &[2]folds{foldsOf(c.efforts), foldsOf(c.guests)}
	c.folds.Store(f)
	return f
}

func foldsOf(efforts []*Effort) folds {
	f := folds{ends: make([]uint32, len(efforts))}
	size := 0
	for _, e := range efforts {
		size += len(e.ID) + len(e.Codename) + len(e.Title) + len(e.Area) + len(e.Crime) + 5
	}
	all := make([]byte, 0, size)
	for i, e := range efforts {
		all = append(e.appendFolded(all), '\n')
		f.ends[i] = uint32(len(all))
	}
	f.all = string(all)
	return f
}

// found returns the efforts whose text has the words, and that keep, when there is one, lets through.
func (f folds) found(efforts []*Effort, words Filter, keep func(*Effort) bool) (kept []*Effort) {
	needle, words := words.needle()
	for i, begin := 0, 0; i < len(f.ends); i++ {
		at := strings.Index(f.all[begin:], needle)
		if at < 0 {
			break
		}
		for at += begin; int(f.ends[i]) <= at; i++ {
			begin = int(f.ends[i])
		}
		text := f.all[begin : f.ends[i]-1]
		begin = int(f.ends[i])
		if words.matchText(text) && (keep == nil || keep(efforts[i])) {
			if kept == nil {
				kept = make([]*Effort, 0, len(efforts)-i)
			}
			kept = append(kept, efforts[i])
		}
	}
	return kept
}
