package model

import (
	"cmp"
	"maps"
	"slices"
)

// Loads are the agencies' parts in open efforts, agencies by regions, beside what they can carry. Every sum shows
// everything: what lies in no region of the day is in Other, and agencies that only efforts know have a row.
type Loads struct {
	// Regions are those of the day and the country's own efforts; behind them stands the sum of all.
	Regions []Region
	Rows    []LoadRow
	// Sums are the columns', the country's last.
	Sums []Tally
	// Other are the parts in regions that are not in use: they count in the country's column only.
	Other Tally
}

// LoadRow is an agency: its cells, and behind them its country.
type LoadRow struct {
	Code AgencyCode
	// Agency is nil for one that the catalogue does not have.
	Agency *Agency
	Cells  []LoadCell
	Other  Tally
}

// LoadCell is an agency's parts in a region, and how many efforts it can carry there, when that is Known.
type LoadCell struct {
	Tally
	Capacity int
	Known    bool
}

// Full reports whether the agency carries all it can, Over whether it carries more.
func (c LoadCell) Full() bool { return c.Known && c.Accepted >= c.Capacity }

// Over reports whether the load is more than the capacity.
func (c LoadCell) Over() bool { return c.Known && c.Accepted > c.Capacity }

// Country is the whole country's cell.
func (r *LoadRow) Country() *LoadCell { return &r.Cells[len(r.Cells)-1] }

// Loads adds up the agencies of a day in their order, and with them all that have a part.
func (b *Board) Loads(today Day) *Loads {
	l := &Loads{Regions: b.loadRegions(today)}
	l.Sums = make([]Tally, len(l.Regions)+1)
	parts := b.Overview(today).Total.Sum.Agencies
	for i := range b.cat.Agencies {
		if a := &b.cat.Agencies[i]; parts[a.Code] != (Tally{}) || a.Member(today) {
			l.take(b.load(a.Code, a, l.Regions, today))
		}
	}
	for _, code := range slices.Sorted(maps.Keys(parts)) {
		if b.cat.Agency(code) == nil {
			l.take(b.load(code, nil, l.Regions, today))
		}
	}
	return l
}

// Load is one agency's row, in the order of Loads.Regions.
func (b *Board) Load(a *Agency, today Day) (LoadRow, []Region) {
	regions := b.loadRegions(today)
	return b.load(a.Code, a, regions, today), regions
}

func (b *Board) loadRegions(today Day) []Region {
	return append(b.cat.CurrentRegions(today), b.cat.National)
}

func (b *Board) load(code AgencyCode, a *Agency, regions []Region, today Day) LoadRow {
	r := LoadRow{Code: code, Agency: a, Cells: make([]LoadCell, 0, len(regions)+1)}
	var all, placed Tally
	for i := range regions {
		c := LoadCell{}
		c.Tally, all = b.Tally(code, regions[i].Code, today)
		if a != nil {
			c.Capacity, c.Known = a.CapacityIn(regions[i].Code)
		}
		placed = placed.Add(c.Tally)
		r.Cells = append(r.Cells, c)
	}
	r.Other = all.less(placed)
	r.Cells = append(r.Cells, LoadCell{Tally: all})
	r.carry()
	return r
}

// less is what is left of a tally without another.
func (t Tally) less(o Tally) Tally {
	return t.Add(Tally{Asked: -o.Asked, Unanswered: -o.Unanswered, Accepted: -o.Accepted, Declined: -o.Declined})
}

// carry gives the country its capacity: that of all regions, unless there is load in one where nobody has said. What
// the country itself decides is carried by all.
func (r *LoadRow) carry() {
	if r.Agency == nil || r.Other.Accepted > 0 {
		return
	}
	c := r.Country()
	c.Capacity, c.Known = r.Agency.capacityInAll()
	for _, cell := range r.Cells[:len(r.Cells)-2] {
		c.Known = c.Known && (cell.Known || cell.Accepted == 0)
	}
	if !c.Known {
		c.Capacity = 0
	}
}

// take adds a row, and to the sums.
func (l *Loads) take(r LoadRow) {
	l.Rows = append(l.Rows, r)
	l.Other = l.Other.Add(r.Other)
	for i, c := range r.Cells {
		l.Sums[i] = l.Sums[i].Add(c.Tally)
	}
}

// ByLoad puts the rows in order of load, the highest first.
func (l *Loads) ByLoad() {
	slices.SortStableFunc(l.Rows, func(x, y LoadRow) int { return cmp.Compare(y.Country().Accepted, x.Country().Accepted) })
}
