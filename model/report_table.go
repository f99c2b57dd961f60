package model

import (
	"cmp"
	"slices"
	"strings"
)

// Figure is one number of the report, in thousandths of its unit, and of how many efforts it is. An unknown one is shown
// as a dash, never as 0; a masked one not at all.
type Figure struct {
	Milli         int64
	Efforts       int
	Known, Masked bool
}

// Shown reports whether the figure is there to be read.
func (f Figure) Shown() bool { return f.Known && !f.Masked }

// Cell is a figure of the period and that of the same stretch a year before.
type Cell struct{ This, Before Figure }

// Difference is how much more it is than the year before; ok is false when either is not there to be read.
func (c Cell) Difference() (milli int64, ok bool) {
	return c.This.Milli - c.Before.Milli, c.This.Shown() && c.Before.Shown()
}

// ReportKey names one figure of a report, as regions.SYD.begun.
type ReportKey struct {
	Table  Table
	Row    string
	Column Column
}

// sumName is how the row of sums is written in a key.
const sumName = "total"

// String writes the key as ParseReportKey reads it.
func (k ReportKey) String() string {
	return string(k.Table) + "." + cmp.Or(k.Row, sumName) + "." + string(k.Column)
}

// ParseReportKey reads the name of a figure. It does not know which rows there are.
func ParseReportKey(s string) (k ReportKey, ok bool) {
	table, rest, _ := strings.Cut(s, ".")
	i := strings.LastIndex(rest, ".")
	if Table(table) == TableTrend { // a period may have points in it, and no line has
		i = strings.Index(rest, ".")
	}
	if i < 0 {
		return k, false
	}
	k = ReportKey{Table(table), rest[:i], Column(rest[i+1:])}
	if k.Row == sumName {
		k.Row = RowSum
	}
	for _, t := range reportTables {
		if t.name == k.Table && slices.Contains(t.columns, k.Column) {
			return k, true
		}
	}
	return k, k.Table == TableTrend && k.Row != RowSum || k == ReportKey{TableUndated, RowSum, ColumnEfforts}
}

// ReportTable is one table: a row for each thing there is, also where there was nothing, and the sum of them.
type ReportTable struct {
	Name    Table
	Columns []Column
	Rows    []ReportRow
	// Sum is nil where rows are not to be added up: no two measures of the yearly report are.
	Sum *ReportRow
}

// ReportRow is one row: a cell for each column. Unit is what an outcome's value is in, 0 where the measure is not known.
type ReportRow struct {
	Code  string
	Unit  Unit
	Cells []Cell
}

// UnitOf is what the figures of a column of the row are in.
func (r *ReportRow) UnitOf(t Table, c Column) Unit {
	switch {
	case c == ColumnHours:
		return UnitHours
	case t == TableOutcomes && c == ColumnValue:
		return r.Unit
	}
	return UnitCount
}

// TableOf returns the table of a name, nil when there is none.
func TableOf(tables []ReportTable, name Table) *ReportTable {
	i := slices.IndexFunc(tables, func(t ReportTable) bool { return t.Name == name })
	if i < 0 {
		return nil
	}
	return &tables[i]
}

// Has reports whether a key names a figure of the report.
func (r *Report) Has(key ReportKey) bool {
	switch key.Table {
	case TableUndated:
		return true
	case TableTrend:
		return r.trend.back(key.Column) >= 0 && (r.trend.lines[key.Row] != nil || r.cat.OutcomeMeasure(OutcomeCode(key.Row)) != nil)
	}
	for i, t := range reportTables {
		if t.name == key.Table && slices.Contains(t.columns, key.Column) {
			return key.Row == RowSum && i != atOutcomes || slices.Contains(r.rows(i), key.Row)
		}
	}
	return false
}

// Behind has the report collect the efforts behind one figure, of the period or of the year before, from now on.
func (r *Report) Behind(key ReportKey, before bool) {
	if back := r.trend.back(key.Column); key.Table == TableTrend && 0 <= back && back < len(r.tallies) {
		// The last two years of the trend are figures of the tables.
		key, before = ReportKey{TableOutcomes, key.Row, ColumnValue}, back == 1
		if slices.Contains(trendColumns, Column(key.Row)) {
			key = ReportKey{TableRegions, RowSum, Column(key.Row)}
		}
	}
	r.behind = &behind{ReportKey: key, before: before, shares: map[EffortID]int64{}}
}

// Efforts are those behind the figure that Behind named, as they are now, in the order they were taken.
func (r *Report) Efforts() []*Effort {
	if r.behind == nil {
		return nil
	}
	return r.behind.efforts
}

// Share is how much of the figure that Behind named an effort makes up, in thousandths of its unit.
func (r *Report) Share(id EffortID) int64 {
	if r.behind == nil {
		return 0
	}
	return r.behind.shares[id]
}

// Late is what was written down or taken back after the period and is dated in it.
func (r *Report) Late() []LateLine { return r.late }

// Undated is how many efforts an imported list gave no dates for, so that they are in no figure.
func (r *Report) Undated() int { return r.undated.efforts }

// Before is the period that the report is compared with.
func (r *Report) Before() Period { return r.tallies[0].period }

// Tables are all tables, in their order.
func (r *Report) Tables() (tables []ReportTable) {
	for i, x := range reportTables {
		t := ReportTable{Name: x.name, Columns: x.columns}
		for _, code := range r.rows(i) {
			row := ReportRow{Code: code, Cells: r.cells(i, code)}
			if x.name == TableOutcomes {
				if m := r.cat.OutcomeMeasure(OutcomeCode(code)); m != nil {
					row.Unit = m.Unit
				}
			}
			t.Rows = append(t.Rows, row)
		}
		if x.name != TableOutcomes {
			t.Sum = &ReportRow{Cells: r.cells(i, RowSum)}
		}
		tables = append(tables, t)
	}
	return tables
}

// rows are the codes of a table's rows: what there is in the period by the catalogue, what only efforts know of, and
// what fits none.
func (r *Report) rows(table int) (codes []string) {
	has := func(code string) bool {
		_, before := r.tallies[0].tables[table].at[code]
		_, this := r.tallies[1].tables[table].at[code]
		return before || this
	}
	take := func(code string, current bool) {
		if current || has(code) {
			codes = append(codes, code)
		}
	}
	p := r.Spec.Period
	valid := func(from, to Day) bool { return (from == 0 || from <= p.To) && (to == 0 || p.From <= to) }
	switch table {
	case atRegions:
		for _, x := range append(slices.Clone(r.cat.Regions), r.cat.National) {
			take(string(x.Code), valid(x.From, x.To) && (r.Spec.Region == "" || r.Spec.Region == x.Code))
		}
	case atFocuses:
		for _, x := range r.cat.Focuses {
			take(string(x.Code), valid(x.From, x.To))
		}
	case atKinds:
		codes = slices.Clone(kindNames[1:])
	case atLevels:
		codes = slices.Clone(levelNames[1:])
	case atAgencies:
		for _, x := range r.cat.Agencies {
			take(string(x.Code), valid(x.From, x.To))
		}
	case atMeasures:
		codes = slices.Clone(measureNames[1:])
	case atOutcomes:
		for _, x := range r.cat.Outcomes {
			take(string(x.Code), true)
		}
	}
	var others []string
	for _, t := range r.tallies {
		for _, row := range t.tables[table].rows {
			if !slices.Contains(codes, row.code) && !slices.Contains(others, row.code) && row.code != RowUnplaced {
				others = append(others, row.code)
			}
		}
	}
	slices.SortFunc(others, func(a, b string) int { return cmp.Or(strings.Compare(Fold(a), Fold(b)), strings.Compare(a, b)) })
	codes = append(codes, others...)
	if has(RowUnplaced) {
		codes = append(codes, RowUnplaced)
	}
	return codes
}

func (r *Report) cells(table int, code string) []Cell {
	cells := make([]Cell, len(reportTables[table].columns))
	for i := range cells {
		cells[i] = Cell{This: r.figure(1, table, code, i), Before: r.figure(0, table, code, i)}
	}
	return cells
}

// figure says what is known of a figure. How many efforts there were is known as soon as there was one to know of;
// that hours and outcomes are missing only says that nobody has written any down.
func (r *Report) figure(tally, table int, code string, column int) Figure {
	t := r.tallies[tally]
	x := &t.tables[table]
	of := func(row *tallyRow) *figure { return &row.figures[column] }
	f := &figure{}
	if i, known := x.at[code]; code == RowSum {
		f = of(&x.sum)
	} else if known {
		f = of(&x.rows[i])
	}
	known := r.first != 0 && r.first < t.until
	switch {
	case reportTables[table].columns[column] == ColumnHours, table == atOutcomes:
		known = f.efforts > 0
	case table == atMeasures:
		known = x.sum.figures[atValue].efforts > 0
	}
	if !known {
		return Figure{}
	}
	return Figure{Milli: f.milli, Efforts: f.efforts, Known: true}
}
