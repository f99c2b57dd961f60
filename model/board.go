package model

import (
	"hash/maphash"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync/atomic"
)

// Board is one immutable picture of all open efforts: With returns a new one that shares everything that
// did not change, so any number of screens can hold one without a lock or a copy. Closed efforts are not
// on it; the store reads them on demand.
type Board struct {
	cat   *Catalogue
	seq   uint64
	at    Stamp
	open  int
	ids   *[shards]shard
	cells map[cellKey]*cell
	// partners is the register, replaced whole when it changes.
	partners []Partner
	// overview is the last one made; every frame of the national picture asks for it.
	overview *atomic.Pointer[dayOverview]
}

// shards bounds how much With copies: the hundred thousandth effort sits in a shard of some two hundred.
const shards = 512

type shard map[string]*Effort

var shardSeed = maphash.MakeSeed()

func shardOf(key string) int { return int(maphash.String(shardSeed, key) % shards) }

// cellKey names a cell: a region and a focus.
type cellKey struct {
	region RegionCode
	focus  FocusCode
}

// cell holds, in the order of cards, the efforts that count here and the guests that only show: national
// ones that touch the region. The rest is made when it is first asked for: the summary, the column of both,
// and what a bare word is looked for in, side by side.
type cell struct {
	efforts, guests []*Effort
	summary         atomic.Pointer[Summary]
	column          atomic.Pointer[[]*Effort]
	folds           atomic.Pointer[[2][]string]
}

func (c *cell) shown() []*Effort {
	if len(c.guests) == 0 {
		return c.efforts
	}
	if column := c.column.Load(); column != nil {
		return *column
	}
	column := spliced(c.efforts, slices.Clone(c.guests), nil)
	c.column.Store(&column)
	return column
}

// NewBoard returns an empty board.
func NewBoard(cat *Catalogue) *Board {
	return &Board{cat: cat, ids: new([shards]shard), cells: map[cellKey]*cell{}, overview: new(atomic.Pointer[dayOverview])}
}

// Catalogue returns what the board is drawn up in.
func (b *Board) Catalogue() *Catalogue { return b.cat }

// Seq is the last event the board has seen, 0 for none; At is its time.
func (b *Board) Seq() uint64 { return b.seq }

// At is the time of the last event.
func (b *Board) At() Stamp { return b.at }

// Open is how many efforts are open.
func (b *Board) Open() int { return b.open }

// Partners is the register of partners, known by configuration or added since, in no order.
func (b *Board) Partners() []Partner { return b.partners }

// Effort returns the open effort of an id, nil when there is none.
func (b *Board) Effort(id EffortID) *Effort { return b.ids[shardOf(string(id))][string(id)] }

// Find returns the open effort that a person named by id or codename, in any case, with or without
// diacritics; nil when there is none. It looks through all codenames, some milliseconds of a hundred thousand:
// an index of them would cost every process more memory than it saves anybody time.
func (b *Board) Find(ref string) *Effort {
	folded := Fold(ref)
	if e := b.Effort(EffortID(strings.ToUpper(folded))); e != nil || folded == "" {
		return e
	}
	for e := range b.All() {
		if strings.Contains(e.fold, folded) && Fold(e.Codename) == folded {
			return e
		}
	}
	return nil
}

// Column returns the open efforts that a region's board shows under a focus, in the order of cards. The
// caller must not change the slice.
func (b *Board) Column(region RegionCode, focus FocusCode) []*Effort {
	if c := b.cells[cellKey{region, focus}]; c != nil {
		return c.shown()
	}
	return nil
}

// All goes through every open effort once, cell by cell.
func (b *Board) All() iter.Seq[*Effort] {
	return func(yield func(*Effort) bool) {
		for _, c := range b.cells {
			for _, e := range c.efforts {
				if !yield(e) {
					return
				}
			}
		}
	}
}

// Step is what came to be between two boards: the last event, the efforts as they are now (nil for one
// that is gone), and the partners that were added (true) or taken away.
type Step struct {
	Seq      uint64
	At       Stamp
	Efforts  map[EffortID]*Effort
	Partners map[Partner]bool
}

// With returns the board after a change.
func (b *Board) With(step Step) *Board {
	n := *b
	n.seq, n.at = step.Seq, step.At
	if len(step.Efforts) > 0 {
		n.overview = new(atomic.Pointer[dayOverview])
		d := draft{Board: &n, cells: map[cellKey]*edit{}, copied: map[*shard]bool{}}
		d.begin()
		for id, e := range step.Efforts {
			d.replace(b.Effort(id), e)
		}
		d.finish()
	}
	if len(step.Partners) > 0 {
		n.partners = slices.Clone(b.partners)
		for p, added := range step.Partners {
			n.partners = slices.DeleteFunc(n.partners, func(q Partner) bool { return q == p })
			if added {
				n.partners = append(n.partners, p)
			}
		}
	}
	return &n
}

// draft is a board in the making: what it touches is copied once, the rest stays shared.
type draft struct {
	*Board
	cells  map[cellKey]*edit
	copied map[*shard]bool
}

// edit is one cell's coming and going, of what counts there and of guests.
type edit struct {
	efforts, guests exchange
}

// exchange is who leaves a sorted slice and who comes in.
type exchange struct {
	out, in []*Effort
}

func (d *draft) begin() {
	ids := *d.ids
	d.ids = &ids
}

func (d *draft) replace(old, new *Effort) {
	if new != nil && !new.Open() {
		new = nil
	}
	if old != nil {
		d.open--
		d.put(string(old.ID), nil)
		d.each(old, func(x *exchange) { x.out = append(x.out, old) })
	}
	if new != nil {
		d.open++
		d.put(string(new.ID), new)
		d.each(new, func(x *exchange) { x.in = append(x.in, new) })
	}
}

func (d *draft) put(key string, e *Effort) {
	s := &d.ids[shardOf(key)]
	if !d.copied[s] {
		d.copied[s] = true
		c := make(shard, len(*s)+1)
		for k, v := range *s {
			c[k] = v
		}
		*s = c
	}
	if e == nil {
		delete(*s, key)
	} else {
		(*s)[key] = e
	}
}

// each calls fn for every place the effort stands in: where it counts, and where it is a guest.
func (d *draft) each(e *Effort, fn func(*exchange)) {
	at := func(region RegionCode) *edit {
		key := cellKey{region, e.Focus}
		if d.cells[key] == nil {
			d.cells[key] = &edit{}
		}
		return d.cells[key]
	}
	fn(&at(e.Region).efforts)
	if e.Level == National {
		for _, r := range e.Touches {
			if r != e.Region {
				fn(&at(r).guests)
			}
		}
	}
}

// finish makes the touched cells anew.
func (d *draft) finish() {
	cells := make(map[cellKey]*cell, len(d.Board.cells)+len(d.cells))
	maps.Copy(cells, d.Board.cells)
	for key, ed := range d.cells {
		old := cells[key]
		if old == nil {
			old = &cell{}
		}
		c := &cell{efforts: ed.efforts.apply(old.efforts), guests: ed.guests.apply(old.guests)}
		if ed.efforts.none() {
			c.summary.Store(old.summary.Load())
		}
		cells[key] = c
	}
	d.Board.cells = cells
}

func (x exchange) none() bool { return len(x.in)+len(x.out) == 0 }

func (x exchange) apply(sorted []*Effort) []*Effort {
	if x.none() {
		return sorted
	}
	return spliced(sorted, x.in, x.out)
}

// spliced returns a sorted slice without those of out and with those of in, which it sorts. It looks only at
// the neighbours of what changes: the rest is copied in stretches.
func spliced(sorted, in, out []*Effort) []*Effort {
	slices.SortFunc(in, (*Effort).Before)
	slices.SortFunc(out, (*Effort).Before)
	merged := make([]*Effort, 0, len(sorted)+len(in)-len(out))
	for len(in)+len(out) > 0 {
		var e *Effort
		leaves := len(in) == 0 || len(out) > 0 && out[0].Before(in[0]) <= 0
		if leaves {
			e, out = out[0], out[1:]
		} else {
			e, in = in[0], in[1:]
		}
		i, _ := slices.BinarySearchFunc(sorted, e, (*Effort).Before)
		merged, sorted = append(merged, sorted[:i]...), sorted[i:]
		if !leaves {
			merged = append(merged, e)
		} else if len(sorted) > 0 && sorted[0] == e {
			sorted = sorted[1:]
		}
	}
	return append(merged, sorted...)
}

// Narrow returns the board with only the efforts that keep lets through. It counts and shows those alone;
// it is for looking at, With and Find want the whole board.
func (b *Board) Narrow(keep func(*Effort) bool) *Board {
	return b.narrow(func(c *cell) *cell {
		return &cell{efforts: filtered(c.efforts, keep), guests: filtered(c.guests, keep)}
	})
}

// Search is Narrow by a filter, at every letter that is typed: a bare word is looked for in texts that stand
// side by side, and only the efforts that have it are looked at.
func (b *Board) Search(f Filter, who Asker) *Board {
	text, rest := f.split()
	keep := func(e *Effort) bool { return rest.Match(e, who) }
	if text == "" {
		return b.Narrow(keep)
	}
	if rest.Empty() {
		keep = nil
	}
	return b.narrow(func(c *cell) *cell {
		folds := c.folded()
		return &cell{efforts: found(c.efforts, folds[0], text, keep), guests: found(c.guests, folds[1], text, keep)}
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

// found returns the efforts whose text at the same index holds a word, and that keep, when there is one, lets through.
func found(efforts []*Effort, folds []string, text string, keep func(*Effort) bool) (kept []*Effort) {
	for i, s := range folds {
		if strings.Contains(s, text) && (keep == nil || keep(efforts[i])) {
			if kept == nil {
				kept = make([]*Effort, 0, len(efforts)-i)
			}
			kept = append(kept, efforts[i])
		}
	}
	return kept
}

// folded copies the texts into one string, in the order they are gone through: memory that lies in a row is
// read several times faster than as many strings strewn about.
func (c *cell) folded() *[2][]string {
	if f := c.folds.Load(); f != nil {
		return f
	}
	f := &[2][]string{sideBySide(c.efforts), sideBySide(c.guests)}
	c.folds.Store(f)
	return f
}

func sideBySide(efforts []*Effort) []string {
	size := 0
	for _, e := range efforts {
		size += len(e.fold)
	}
	var b strings.Builder
	b.Grow(size)
	for _, e := range efforts {
		b.WriteString(e.fold)
	}
	all, folds := b.String(), make([]string, len(efforts))
	for i, e := range efforts {
		folds[i], all = all[:len(e.fold)], all[len(e.fold):]
	}
	return folds
}
