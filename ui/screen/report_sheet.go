package screen

import (
	"slices"
	"strconv"
	"strings"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/safe"
)

// reportPage is one page of the report.
type reportPage int

// The pages, in the order of tab.
const (
	reportEfforts reportPage = iota
	reportAgencies
	reportFollowup
	reportTrend
	reportPages
)

// tableLate is the line that opens what was added after the period.
const tableLate model.Table = "late"

// lastColumn is a column further right than all.
const lastColumn = 1 << 16

// reportKey is a row of the report by its table, whatever comes and goes around it.
type reportKey struct {
	table model.Table
	row   string
}

// reportSpot is where one is on a page: a row, and a column by its name, or by its place where there is none of that name.
type reportSpot struct {
	rows[reportKey]
	column model.Column
	col    int
	// top is the first line shown, left the first column where not all have room.
	top, left int
}

func (s *report) spot() *reportSpot { return &s.spots[s.page] }

// sheet is a page as it is drawn: its tables, and what stands in each cell.
type sheet struct {
	tables []model.ReportTable
	rows   []sheetRow
	shapes []*sheetShape // of each table
	// lines are what is below the heading of the first table.
	lines []sheetLine
	notes []string
	drawn reportDrawn
}

// sheetRow is one row of a table, of which long is its label where there is room.
type sheetRow struct {
	table       int
	row         *model.ReportRow
	sum         bool
	label, long safe.Text
	cells       []sheetCell
}

type sheetCell struct{ this, before, change safe.Text }

// sheetLine is a line of a page: a row, or instead of it the heading of a table, of which years is the second line, or
// nothing.
type sheetLine struct {
	table, row            int
	heading, years, blank bool
}

// stands reports whether the line is no row.
func (l sheetLine) stands() bool { return l.heading || l.blank }

// tablesOn are the tables of a page; the trend is made one, with a column for each year.
func (r *reportRead) tablesOn(page reportPage) (tables []model.ReportTable) {
	names := map[reportPage][]model.Table{
		reportEfforts:  {model.TableRegions, model.TableFocuses, model.TableKinds, model.TableLevels},
		reportAgencies: {model.TableAgencies, model.TablePartners},
		reportFollowup: {model.TableMeasures, model.TableOutcomes},
	}[page]
	for _, name := range names {
		if t := model.TableOf(r.tables, name); t != nil && len(t.Rows) > 0 {
			tables = append(tables, *t)
		}
	}
	if page != reportTrend {
		return tables
	}
	// What is counted and what came of it are apart, as crowns need more room than efforts.
	lines := r.trend.Lines
	first := max(slices.IndexFunc(lines, func(l model.TrendLine) bool { return l.Outcome }), 0)
	if first == 0 {
		return append(tables, r.trendTable(lines))
	}
	return append(tables, r.trendTable(lines[:first]), r.trendTable(lines[first:]))
}

// trendTable makes a table of lines of the trend: a column for each period, beside which the one before stands.
func (r *reportRead) trendTable(lines []model.TrendLine) model.ReportTable {
	t := model.ReportTable{Name: model.TableTrend}
	for _, p := range r.trend.Periods {
		t.Columns = append(t.Columns, model.Column(p.String()))
	}
	for _, line := range lines {
		row := model.ReportRow{Code: line.Code, Unit: line.Unit}
		for i, f := range line.Figures {
			c := model.Cell{This: f}
			if i > 0 {
				c.Before = line.Figures[i-1]
			}
			row.Cells = append(row.Cells, c)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// arrange makes the page anew, of what was read and for the width there is; the cursor stays on its row.
func (s *report) arrange() {
	s.sheet = sheet{}
	if s.read == nil {
		return
	}
	sh := &s.sheet
	sh.tables = s.read.tablesOn(s.page)
	var keys []reportKey
	for i := range sh.tables {
		t := &sh.tables[i]
		for j := range t.Rows {
			sh.rows = append(sh.rows, sheetRow{table: i, row: &t.Rows[j]})
		}
		if t.Sum != nil {
			sh.rows = append(sh.rows, sheetRow{table: i, row: t.Sum, sum: true})
		}
	}
	for i := range sh.rows {
		r := &sh.rows[i]
		name := sh.tables[r.table].Name
		r.label, r.long = s.label(name, r.row)
		keys = append(keys, reportKey{name, r.row.Code})
	}
	s.shapes()
	sh.lay(s.height-mostAround, s.height >= tallReport)
	t, key := s.desk.Texts.Screen.Report, s.desk.Keys().Shown("open")
	note := func(table model.Table, one, many string, n int) {
		if n > 0 {
			keys = append(keys, reportKey{table: table})
			sh.notes = append(sh.notes, s.filled(s.desk.Texts.Count(one, many, n), key))
		}
	}
	note(tableLate, t.LateOne, t.Late, len(s.read.late))
	note(model.TableUndated, t.UndatedOne, t.Undated, s.read.undated)
	s.spot().set(keys)
}

// lay puts the rows under the headings of their tables, with a blank line between two where there is room for all and a plot. Columns
// that are no longer those above say anew of which years they are.
func (sh *sheet) lay(room int, tall bool) {
	roomy := len(sh.rows)+3*len(sh.tables)+leastPlot <= room
	for i, r := range sh.rows {
		if i > 0 && r.table != sh.rows[i-1].table {
			if roomy {
				sh.lines = append(sh.lines, sheetLine{table: r.table, blank: true})
			}
			sh.lines = append(sh.lines, sheetLine{table: r.table, heading: true})
			if shape := sh.shapes[r.table]; tall && shape.parts > 1 && shape != sh.shapes[r.table-1] {
				sh.lines = append(sh.lines, sheetLine{table: r.table, heading: true, years: true})
			}
		}
		sh.lines = append(sh.lines, sheetLine{table: r.table, row: i})
	}
}

// label is what a row is called, and in full.
func (s *report) label(table model.Table, row *model.ReportRow) (label, long safe.Text) {
	d := s.desk
	name := d.Texts.ReportRow(table, row.Code, d.Catalogue())
	switch {
	case row.Code == model.RowSum, row.Code == model.RowUnplaced:
	case table == model.TableAgencies:
		return safe.Of(row.Code), safe.Join(safe.Of(row.Code).Fit(5), safe.Of(name))
	case table == model.TableMeasures:
		name = d.Texts.Words.Short.Measure[row.Code] + " " + name
	case row.Unit != 0 && row.Unit != model.UnitCount && row.Unit != model.UnitHours:
		name = withUnit(d, name, row.Unit)
	}
	return safe.Of(name), safe.Of(name)
}

// withUnit is the name of a measure with what it is counted in, unless it ends in that.
func withUnit(d *app.Desk, name string, unit model.Unit) string {
	word := d.Texts.Report.Unit[unit.String()]
	if strings.HasSuffix(model.Fold(name), model.Fold(word)) {
		return name
	}
	return name + ", " + word
}

// sheetShape is how tables with the same columns are drawn: the width of a label, of each column, and of a bar.
type sheetShape struct {
	tables  []int
	columns []sheetColumn
	label   int
	sheetTry
	// whole: all columns have room. bar is 0 where a bar has none.
	whole bool
	bar   int
}

// sheetColumn is a column's heading as it is drawn, how many cells the figure, that of the year before and the change
// take, and how many all of it.
type sheetColumn struct {
	name                 safe.Text
	this, before, change int
	width                int
}

// sheetTry is a way to draw columns: 3 parts are the figure, that of the year before and the change, 2 without that of
// the year before, 1 the figure alone.
type sheetTry struct {
	parts int
	names columnNames
	long  bool
	gap   int
}

// columnNames are how long the headings are.
type columnNames int

const (
	wholeNames columnNames = iota
	shortNames
	signs
)

// sheetTries are the ways to draw columns, the roomiest first.
func sheetTries(table model.Table) []sheetTry {
	if table == model.TableTrend {
		return []sheetTry{{1, wholeNames, false, 2}, {1, wholeNames, false, 1}}
	}
	return []sheetTry{
		{3, wholeNames, true, 2}, {3, wholeNames, false, 2}, {2, wholeNames, true, 2}, {2, wholeNames, false, 2},
		{2, shortNames, false, 2}, {1, wholeNames, true, 2}, {1, wholeNames, false, 2}, {1, shortNames, false, 2},
		{1, signs, false, 2}, {1, signs, false, 1},
	}
}

// shapes fits the tables of the page into the width there is, and puts their figures into words.
func (s *report) shapes() {
	sh := &s.sheet
	for i := range sh.tables {
		if i > 0 && s.page == reportEfforts {
			sh.shapes = append(sh.shapes, sh.shapes[i-1])
			sh.shapes[i].tables = append(sh.shapes[i].tables, i)
			continue
		}
		sh.shapes = append(sh.shapes, &sheetShape{tables: []int{i}, columns: make([]sheetColumn, len(sh.tables[i].Columns))})
	}
	parts := 3 // of all tables as of the first, whose headings are the page's
	for _, shape := range slices.Compact(slices.Clone(sh.shapes)) {
		for i := range shape.columns {
			s.write(shape, i)
		}
		for _, try := range sheetTries(sh.tables[shape.tables[0]].Name) {
			if try.parts > parts {
				continue
			}
			if s.fit(shape, try); shape.whole {
				break
			}
		}
		parts = min(parts, shape.parts)
	}
}

// of reports whether a row is of a table of the shape.
func (shape *sheetShape) of(r *sheetRow) bool { return slices.Contains(shape.tables, r.table) }

// write puts one column of figures into words, with their decimals under each other where all are of one unit.
func (s *report) write(shape *sheetShape, column int) {
	var decimals, changed int
	change := func(c model.Cell) model.Figure {
		n, known := c.Difference()
		return model.Figure{Milli: n, Known: known}
	}
	for i := range s.sheet.rows {
		if r := &s.sheet.rows[i]; shape.of(r) && s.page != reportTrend {
			c := r.row.Cells[column]
			decimals, changed = max(decimals, decimalsOf(c.This), decimalsOf(c.Before)), max(changed, decimalsOf(change(c)))
		}
	}
	t, col := s.desk.Texts, &shape.columns[column]
	aligned := func(words string, f model.Figure, decimals int) safe.Text {
		pad := decimals - decimalsOf(f)
		if pad == decimals && decimals > 0 {
			pad++ // for the point
		}
		return safe.Join(safe.Of(words), safe.Blank(pad))
	}
	for i := range s.sheet.rows {
		r := &s.sheet.rows[i]
		if !shape.of(r) {
			continue
		}
		c := r.row.Cells[column]
		cell := sheetCell{aligned(t.Figure(c.This), c.This, decimals), aligned(t.Figure(c.Before), c.Before, decimals),
			aligned(t.Difference(c), change(c), changed)}
		if !c.This.Known && !c.Before.Known {
			cell.change = safe.Text{} // two dashes say it
		}
		r.cells = append(r.cells, cell)
		col.this, col.before, col.change = max(col.this, cell.this.Width()), max(col.before, cell.before.Width()), max(col.change, cell.change.Width())
	}
	year := len(yearLabel(s.read.spec.Period))
	if s.page != reportTrend {
		col.this, col.before = max(col.this, year), max(col.before, year)
		col.change = max(col.change, safe.Of(t.Report.Change).Width())
	}
}

// decimalsOf is how many decimals a figure is written with.
func decimalsOf(f model.Figure) int {
	switch n := f.Milli; {
	case !f.Known || n%1000 == 0:
		return 0
	case n%100 == 0:
		return 1
	case n%10 == 0:
		return 2
	}
	return 3
}

// yearLabel heads the figures of a period.
func yearLabel(p model.Period) string { return strconv.Itoa(p.To.Year()) }

// fit tries one way to draw the columns.
func (s *report) fit(shape *sheetShape, try sheetTry) {
	shape.sheetTry, shape.label = try, s.tableName(shape.tables[0]).Width()
	for i := range s.sheet.rows {
		if r := &s.sheet.rows[i]; shape.of(r) {
			shape.label = max(shape.label, r.name(try.long).Width())
		}
	}
	shape.label = min(shape.label, max(s.width/3, 8)) + 1 // and the cursor before it
	total := shape.label + 1
	for i := range shape.columns {
		c := &shape.columns[i]
		c.name = s.heading(shape.tables[0], i, try.names)
		c.width = c.this
		if try.parts == 3 {
			c.width += 1 + c.before
		}
		if try.parts >= 2 {
			c.width += 1 + c.change
		}
		c.width = max(c.width, c.name.Width())
		total += try.gap + c.width
	}
	shape.whole = total <= s.width
	shape.bar = 0
	if room := s.width - total - 2; room >= leastBar && s.page != reportTrend {
		shape.bar = min(room, mostBar)
	}
}

// tableName heads the rows of a table.
func (s *report) tableName(table int) safe.Text {
	name := s.sheet.tables[table].Name
	if name == model.TableTrend && table > 0 {
		name = model.TableOutcomes
	}
	return safe.Of(s.desk.Texts.Report.Row[string(name)])
}

// How many cells a bar takes at least and at most.
const leastBar, mostBar = 8, 30

func (r *sheetRow) name(long bool) safe.Text {
	if long {
		return r.long
	}
	return r.label
}

// heading is what a column is called.
func (s *report) heading(table, column int, names columnNames) safe.Text {
	t := &s.sheet.tables[table]
	c := t.Columns[column]
	if t.Name == model.TableTrend {
		return safe.Of(yearLabel(s.read.trend.Periods[column]))
	}
	if names == signs {
		if sign, _ := reportSign(s.desk, c); sign.Width() > 0 {
			return sign
		}
	}
	return safe.Of(s.desk.Texts.ReportColumn(t.Name, c, names > wholeNames))
}

// reportSign is the sign of a column, as cards have it: a mode's, or what stands for an answer, which may be a word.
func reportSign(d *app.Desk, c model.Column) (sign safe.Text, mode bool) {
	for _, m := range model.Modes() {
		if m.String() == string(c) {
			return modeGlyph(d, m), true
		}
	}
	return safe.Of(d.Texts.Screen.Report.Sign[string(c)]), false
}
