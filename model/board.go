package model

import (
	"cmp"
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
	// partners is the register of partners, aside what officers have put aside; each is replaced whole when it changes.
	partners []Partner
	aside    map[OfficerID]*asides
	// important are the newest important notes, the newest first; none is newer than rest that is not among them.
	important []EffortNote
	rest      EffortNote
	// handovers are the last one of each region.
	handovers map[RegionCode]Handover
	// meetings are the last one of each council, adjourned what councils have put off.
	meetings  map[RegionCode]Meeting
	adjourned map[EffortID]Adjourned
	// links are those of each effort that has some.
	links map[EffortID][]Link
	// filters are what officers have saved, by the fields of their entries.
	filters map[OfficerID]map[Field]string
	// overview is the last one made; every frame of the national picture asks for it.
	overview *atomic.Pointer[dayOverview]
}

// shards bounds how much With copies: the hundred thousandth effort sits in a shard of some four hundred.
const shards = 256

// shard holds its efforts by id: a map would take six times the memory.
type shard []*Effort

func (s shard) find(id EffortID) (i int, known bool) {
	return slices.BinarySearchFunc(s, id, func(e *Effort, id EffortID) int { return strings.Compare(string(e.ID), string(id)) })
}

var shardSeed = maphash.MakeSeed()

func shardOf(id EffortID) int { return int(maphash.String(shardSeed, string(id)) % shards) }

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
	folds           atomic.Pointer[[2]folds]
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

// BoardOf returns the board of all open efforts, each once, all entries of the register and the newest important notes,
// after an event.
func BoardOf(cat *Catalogue, seq uint64, at Stamp, open []*Effort, register []Entry, important ...EffortNote) *Board {
	b := NewBoard(cat)
	b.seq, b.at, b.open = seq, at, len(open)
	b.enter(register)
	b.notes(important)
	var sizes [shards]int
	where := make([]uint8, len(open))
	for i, e := range open {
		where[i] = uint8(shardOf(e.ID))
		sizes[where[i]]++
	}
	for i := range b.ids {
		b.ids[i] = make(shard, 0, sizes[i])
	}
	d := draft{Board: b, cells: map[cellKey]*edit{}}
	for i, e := range open {
		s := &b.ids[where[i]]
		*s = append(*s, e)
		d.each(e, func(x *exchange) { x.in = append(x.in, e) })
	}
	for _, s := range b.ids {
		slices.SortFunc(s, func(x, y *Effort) int { return strings.Compare(string(x.ID), string(y.ID)) })
	}
	d.finish()
	return b
}

// Catalogue returns what the board is drawn up in.
func (b *Board) Catalogue() *Catalogue { return b.cat }

// Seq is the last event the board has seen, 0 for none; At is its time.
func (b *Board) Seq() uint64 { return b.seq }

// At is the time of the last event.
func (b *Board) At() Stamp { return b.at }

// Open is how many efforts are open.
func (b *Board) Open() int { return b.open }

// Partners is the register of partners that the store keeps, in no order; those of the catalogue are not in it.
func (b *Board) Partners() []Partner { return b.partners }

// PartnersIn are the partners that can be put on efforts of these regions, by the configuration and the register, each
// once, in order of name.
func (b *Board) PartnersIn(regions ...RegionCode) (partners []Partner) {
	seen := map[EntryKey]bool{}
	for _, p := range slices.Concat(b.cat.Partners, b.partners) {
		if slices.Contains(regions, p.Region) && !seen[p.Key()] {
			seen[p.Key()] = true
			partners = append(partners, p)
		}
	}
	slices.SortFunc(partners, func(a, c Partner) int {
		return cmp.Or(strings.Compare(Fold(a.Name), Fold(c.Name)), strings.Compare(string(a.Region), string(c.Region)))
	})
	return partners
}

// Effort returns the open effort of an id, nil when there is none.
func (b *Board) Effort(id EffortID) *Effort {
	s := b.ids[shardOf(id)]
	if i, known := s.find(id); known {
		return s[i]
	}
	return nil
}

// Find returns the open effort that a person named by id or codename, in any case, with or without
// diacritics; nil when there is none. It looks through all codenames, some milliseconds of a hundred thousand:
// an index of them would cost every process more memory than it saves anybody time.
func (b *Board) Find(ref string) *Effort {
	folded := Fold(ref)
	if e := b.Effort(EffortID(strings.ToUpper(folded))); e != nil || folded == "" {
		return e
	}
	name := make([]byte, 0, 2*MaxCodename)
	for e := range b.All() {
		if name = appendFold(name[:0], e.Codename); string(name) == folded {
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
// that is gone), what was set in the register, and the important notes that came or, without a text, went, in that order.
type Step struct {
	Seq      uint64
	At       Stamp
	Efforts  map[EffortID]*Effort
	Register []Entry
	Notes    []EffortNote
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
	n.enter(step.Register)
	n.notes(step.Notes)
	return &n
}

// enter sets entries of the register on a board that nobody has seen yet.
func (b *Board) enter(entries []Entry) {
	var aside, handovers, meetings, filters, links []Entry
	own := false
	for _, e := range entries {
		p, ok := e.Partner()
		if !ok {
			switch group, _, _ := e.Field.Parts(); group { // a PIN is on no board
			case "handover":
				handovers = append(handovers, e)
			case "meeting", "adjourned":
				meetings = append(meetings, e)
			case "later":
				aside = append(aside, e)
			case "link":
				links = append(links, e)
			case "filter":
				filters = append(filters, e)
			}
			continue
		}
		if !own {
			b.partners, own = slices.Clone(b.partners), true
		}
		b.partners = slices.DeleteFunc(b.partners, func(q Partner) bool { return q.Key() == e.EntryKey })
		if e.Value != "" {
			b.partners = append(b.partners, p)
		}
	}
	if len(aside) > 0 {
		b.aside = putAside(b.aside, aside)
	}
	if len(links) > 0 {
		b.links = linked(b.links, links)
	}
	if len(filters) > 0 {
		b.filters = saved(b.filters, filters)
	}
	if len(handovers) > 0 {
		b.handovers = latest(b.handovers, handovers)
	}
	if len(meetings) > 0 {
		b.meetings, b.adjourned = met(b.meetings, meetings), putOff(b.adjourned, meetings)
	}
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
		d.put(old.ID, nil)
		d.each(old, func(x *exchange) { x.out = append(x.out, old) })
	}
	if new != nil {
		d.open++
		d.put(new.ID, new)
		d.each(new, func(x *exchange) { x.in = append(x.in, new) })
	}
}

func (d *draft) put(id EffortID, e *Effort) {
	s := &d.ids[shardOf(id)]
	if !d.copied[s] {
		d.copied[s] = true
		*s = slices.Clone(*s)
	}
	switch i, known := s.find(id); {
	case e == nil:
		*s = slices.Delete(*s, i, i+1)
	case known:
		(*s)[i] = e
	default:
		*s = slices.Insert(*s, i, e)
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
	if len(sorted) == 0 {
		return slices.Clone(in)
	}
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
