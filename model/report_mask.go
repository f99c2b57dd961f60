package model

import (
	"cmp"
	"math"
	"slices"
)

// DefaultFloor is the fewest efforts that a figure for the public may be of: with one or two, who knows the one knows
// what the figure is about.
const DefaultFloor = 3

// MaskReport returns the tables and the trend of a report as they can be given to the public: a figure of fewer efforts
// than floor, but of some, is masked, and with it as many others as it takes that none can be reckoned from what is left.
//
// The table of levels is left out: its two rows are those of the regions and of the country over again. undated says that
// some efforts have ended nobody knows when; how many is not for the public either. A floor of 1 or less masks nothing. Two
// reports of different bounds can still be subtracted from one another: no report knows the others.
func MaskReport(tables []ReportTable, t Trend, undated bool, floor int) ([]ReportTable, Trend) {
	if floor <= 1 {
		return tables, t
	}
	m := masking{floor: floor, undated: undated}
	for _, t := range tables {
		if t.Name != TableLevels {
			m.tables = append(m.tables, copied(t))
		}
	}
	m.trend.Periods = t.Periods
	for _, line := range t.Lines {
		line.Figures = slices.Clone(line.Figures)
		m.trend.Lines = append(m.trend.Lines, line)
	}
	m.name()
	m.relate()
	for x := m.given(); x != nil && m.hide(x); x = m.given() {
	}
	for _, x := range m.numbers {
		for _, f := range x.figures {
			if x.masked {
				*f = Figure{Known: f.Known, Masked: f.Known}
			}
		}
	}
	return m.tables, m.trend
}

func copied(t ReportTable) ReportTable {
	row := func(r ReportRow) ReportRow {
		r.Cells = slices.Clone(r.Cells)
		return r
	}
	n := t
	n.Rows = make([]ReportRow, len(t.Rows))
	for i := range t.Rows {
		n.Rows[i] = row(t.Rows[i])
	}
	if t.Sum != nil {
		sum := row(*t.Sum)
		n.Sum = &sum
	}
	return n
}

// masking is a report while it is masked.
type masking struct {
	floor   int
	undated bool
	tables  []ReportTable
	trend   Trend
	numbers []*number
	totals  map[total]*number
	sums    []*sumOf
}

// number is a number of the report, which may stand in several places.
type number struct {
	figures []*Figure
	efforts int
	masked  bool
	// low and high are what somebody can tell of it who knows that it is masked, and what is not.
	low, high int64
	sums      []*sumOf
}

// total names what all tables of efforts, and the trend, have in common: a column, so many years back.
type total struct {
	column Column
	back   int
}

// sumOf are numbers of which those on the one side are as many as those on the other.
type sumOf struct{ sides [2][]*number }

// sides are the figures of a cell.
var sides = []func(*Cell) *Figure{func(c *Cell) *Figure { return &c.This }, func(c *Cell) *Figure { return &c.Before }}

// place puts a figure to a number, of a total to that one wherever it stands.
func (m *masking) place(f *Figure, of *total) *number {
	var x *number
	if of != nil {
		x = m.totals[*of]
	}
	if x == nil {
		x = &number{efforts: f.Efforts, masked: f.Known && f.Efforts > 0 && f.Efforts < m.floor}
		m.numbers = append(m.numbers, x)
		if of != nil {
			m.totals[*of] = x
		}
	}
	x.figures = append(x.figures, f)
	return x
}

// ofEfforts reports whether a table breaks down efforts, so that its sums are the totals.
func ofEfforts(t *ReportTable) bool { return slices.Equal(t.Columns, effortColumns) }

// name finds the numbers of the report, and relates those of a column and its sum, and those of a row.
func (m *masking) name() {
	m.totals = map[total]*number{}
	for i := range m.tables {
		t := &m.tables[i]
		if !ofEfforts(t) {
			for c, column := range t.Columns {
				for side, of := range sides {
					var is *total
					if column == ColumnHours {
						is = &total{ColumnHours, side}
					}
					m.column(t, c, of, is)
				}
			}
			continue
		}
		numbers := map[[2]int][]*number{} // by column and side, each row's and the sum
		for c, column := range t.Columns {
			for side, of := range sides {
				numbers[[2]int{c, side}] = m.column(t, c, of, &total{column, side})
			}
		}
		for row := range t.Rows {
			at := func(column, side int) *number { return numbers[[2]int{column, side}][row] }
			m.live(at(atRunning, 1), at(atBegun, 0), at(atRunning, 0), at(atClosed, 0), at(atRejected, 0))
		}
	}
}

// column relates the numbers of a column to its sum, and returns them.
func (m *masking) column(t *ReportTable, c int, of func(*Cell) *Figure, is *total) (all []*number) {
	for i := range t.Rows {
		all = append(all, m.place(of(&t.Rows[i].Cells[c]), nil))
	}
	if t.Sum != nil {
		m.equal(all, []*number{m.place(of(&t.Sum.Cells[c]), is)})
	}
	return all
}

// relate adds the trend: what runs at the end of a year is what ran a year before, and began, less what ended.
func (m *masking) relate() {
	for _, line := range m.trend.Lines {
		for i := range line.Figures {
			back := len(line.Figures) - 1 - i
			is := &total{Column(line.Code), back}
			if line.Outcome {
				is = nil
			}
			m.place(&line.Figures[i], is)
		}
	}
	for back := range m.trend.Periods {
		of := func(column Column, back int) *number { return m.totals[total{column, back}] }
		if before := of(ColumnRunning, back+1); before != nil {
			m.live(before, of(ColumnBegun, back), of(ColumnRunning, back), of(ColumnClosed, back), of(ColumnRejected, back))
		}
	}
}

// live relates what ran and began to what runs and ended: the rest ended nobody knows when, and nobody knows how many.
func (m *masking) live(before, begun, runs, closed, rejected *number) {
	went := []*number{runs, closed, rejected}
	if m.undated {
		rest := before.milli() + begun.milli() - runs.milli() - closed.milli() - rejected.milli()
		lost := &number{figures: []*Figure{{Milli: rest}}, masked: true}
		m.numbers, went = append(m.numbers, lost), append(went, lost)
	}
	m.equal([]*number{before, begun}, went)
}

func (x *number) milli() int64 { return x.figures[0].Milli }

// equal relates numbers, when they are related: one that was moved from row to row since is not.
func (m *masking) equal(one, other []*number) {
	s := &sumOf{[2][]*number{one, other}}
	var milli [2]int64
	for i, side := range s.sides {
		for _, x := range side {
			milli[i] += x.milli()
		}
	}
	if milli[0] != milli[1] {
		return
	}
	m.sums = append(m.sums, s)
	for _, side := range s.sides {
		for _, x := range side {
			x.sums = append(x.sums, s)
		}
	}
}

// given is a masked number of few efforts that can be told from what is not masked, nil when there is none.
func (m *masking) given() *number {
	m.reckon()
	for _, x := range m.numbers {
		if x.masked && x.efforts > 0 && x.efforts < m.floor && (x.low == x.high || m.full(x)) {
			return x
		}
	}
	return nil
}

// told reports whether a masked number can be told.
func (m *masking) told(x *number) bool {
	m.reckon()
	return x.low == x.high || m.full(x)
}

// reckon finds what can be told of every number by who knows the sums.
func (m *masking) reckon() {
	for _, x := range m.numbers {
		x.low, x.high = x.milli(), x.milli()
		if x.masked {
			x.high = math.MaxInt32 * thousandths
			if x.low = min(x.low, 0); x.efforts > 0 { // that it is not nought can mostly be told too
				x.low = min(x.milli(), thousandths)
			}
		}
	}
	for changed := true; changed; {
		changed = false
		for _, s := range m.sums {
			changed = s.narrow() || changed
		}
	}
}

// full reports whether all that is masked beside a number is of as many efforts as a masked one of few can be, or of one: who
// guesses that all of it is of few knows each.
func (m *masking) full(x *number) bool {
	for _, s := range x.sums {
		masked, efforts, few := 0, 0, true
		for _, y := range s.sides[0] {
			if y.masked && y.efforts > 0 {
				masked, efforts, few = masked+1, efforts+y.efforts, few && y.efforts < m.floor
			}
		}
		if sum := s.sides[1][0]; few && len(s.sides[1]) == 1 && sum.low == sum.high && efforts == masked*(m.floor-1) {
			return true
		}
	}
	return false
}

// narrow tells from the bounds of all numbers of a sum but one those of that one.
func (s *sumOf) narrow() (changed bool) {
	var low, high [2]int64
	for i, side := range s.sides {
		for _, x := range side {
			low[i], high[i] = low[i]+x.low, high[i]+x.high
		}
	}
	for i, side := range s.sides {
		for _, x := range side {
			least, most := low[1-i]-(high[i]-x.high), high[1-i]-(low[i]-x.low)
			if least > x.low {
				low[i], x.low, changed = low[i]+least-x.low, least, true
			}
			if most < x.high {
				high[i], x.high, changed = high[i]+most-x.high, most, true
			}
		}
	}
	return changed
}

// hide masks one more number, so that x cannot be told any longer: of those that have to do with it the smallest that is
// enough, or else the smallest, from which more will follow. It reports whether there was one left.
func (m *masking) hide(x *number) bool {
	var beside []*number
	seen := map[*number]bool{}
	take := func(y *number) {
		if !y.masked && y.figures[0].Known && !seen[y] {
			seen[y] = true
			beside = append(beside, y)
		}
	}
	for _, s := range x.sums {
		for _, y := range slices.Concat(s.sides[0], s.sides[1]) {
			take(y)
			for _, t := range y.sums {
				for _, z := range slices.Concat(t.sides[0], t.sides[1]) {
					if y.masked {
						take(z)
					}
				}
			}
		}
	}
	if len(beside) == 0 {
		for _, y := range m.numbers {
			take(y)
		}
	}
	// A number that many sums hang on, as a total does, goes last, and nought, which gives little cover, before it.
	slices.SortStableFunc(beside, func(y, z *number) int {
		return cmp.Or(len(y.figures)-len(z.figures), int(one(y.efforts == 0)-one(z.efforts == 0)), y.efforts-z.efforts)
	})
	for _, y := range beside {
		y.masked = true
		if !m.told(x) {
			return true
		}
		y.masked = false
	}
	if len(beside) > 0 {
		beside[0].masked = true
	}
	return len(beside) > 0
}
