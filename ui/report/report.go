// Package report writes the report in every form that people and programs take it in: plain text, Markdown, a list for
// a spreadsheet, JSON, a workbook and a page for a browser. All forms are made of one Document, so that they say the
// same; none of them adds anything up.
package report

import (
	"cmp"
	"slices"
	"strconv"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
)

// Formats are the forms a report can be written in, the default first.
func Formats() []string { return []string{"text", "md", "csv", "json", "html", "xlsx"} }

// Source is what a document is made of.
type Source struct {
	Report *model.Report
	// Head is where the journal ended when the report was added up, Drawn the day.
	Head  store.Head
	Drawn model.Day
	// Past: the board is that of the day, looked back at.
	Past bool
	// Public masks figures of fewer than Floor efforts, and leaves out all that names one effort.
	Public bool
	Floor  int
}

// Document is a report in one language, ready to be written.
type Document struct {
	Lang, Title string
	// Area, Against and Filter say what the report is about; Filter is "" when nothing narrows it. Public says what is
	// left out for the public, "" when nothing is.
	Area, Against, Filter, Public string
	// This and Before head the figures of the period and those of the year before, Change the differences.
	This, Before, Change string
	Sections             []Section
	Trend                Trend
	// Late are what was added after the period, imported how many whole efforts among them.
	Late     []string
	imported int
	Undated  string
	Legend   []Term
	Remarks  []string
	// Drawn and Head are the last lines: when it was drawn up, and where the journal ended then. Hash is the whole one
	// of that entry, "" in an empty journal.
	Drawn, Head, Hash string

	src    Source
	tables []model.ReportTable
	trend  model.Trend
	texts  *text.Texts
	cat    *model.Catalogue
}

// Section is one table, or some of a table's columns.
type Section struct {
	Table   model.Table
	Heading string
	// First heads the names of the rows.
	First   string
	Columns []Column
	Rows    []Row
	// Sum is nil where nothing is to be added up.
	Sum *Row
}

// Column is one figure of every row; Short is its name in 8 cells.
type Column struct {
	Code        model.Column
	Name, Short string
}

// Row is one row of a section, with a cell for each column.
type Row struct {
	Code, Name string
	// Units are what the cells are in.
	Units []model.Unit
	Cells []model.Cell
}

// Trend is how figures went over the years, the oldest first.
type Trend struct {
	Heading, First string
	// Note says which days of each year, "" when it is whole years.
	Note    string
	Periods []string
	Lines   []Line
}

// Line is one figure of the trend. Name has the unit in it.
type Line struct {
	Code, Name string
	Outcome    bool
	Unit       model.Unit
	Figures    []model.Figure
}

// Term explains a figure. Short is its name where there is little room.
type Term struct{ Name, Short, Meaning string }

// parts are the sections that the agencies' table is written as: it has more columns than a page is wide.
var parts = []struct {
	name    string
	columns []model.Column
}{
	{"agencies_parts", []model.Column{model.ColumnOnSite, model.ColumnPlanning, model.ColumnIntelligence, model.ColumnRemote, model.ColumnLead}},
	{"agencies_answers", []model.Column{model.ColumnAccepted, model.ColumnDeclined, model.ColumnUnanswered, model.ColumnLeft, model.ColumnHours}},
}

// New makes the document of a report.
func New(src Source, t *text.Texts, cat *model.Catalogue) *Document {
	r, x := src.Report, &t.Report
	d := &Document{src: src, texts: t, cat: cat, tables: r.Tables(), trend: r.Trend(), Lang: t.Lang,
		This: text.PeriodYear(r.Spec.Period), Before: text.PeriodYear(r.Before()), Change: x.Change}
	if src.Public {
		d.tables, d.trend = model.MaskReport(d.tables, d.trend, r.Undated() > 0, src.Floor)
		d.Public = x.PublicWhole
		if src.Floor > 1 {
			d.Public = text.Fill(x.Public, "n", t.Number(int64(src.Floor), 0))
		}
	}
	period := t.Period(r.Spec.Period)
	d.Title = text.Fill(x.Heading, "period", period)
	d.Area = t.ReportArea(r.Spec.Region, cat)
	d.Against = text.Fill(x.Against, "period", period, "before", t.Period(r.Before()))
	if !r.Spec.Filter.Empty() {
		d.Filter = text.Fill(x.Filter, "filter", clean(r.Spec.Filter.String()))
	}
	d.sections()
	d.years()
	d.rest()
	return d
}

// clean is what somebody typed as any file can hold it: nothing that moves a cursor, turns the direction of writing or
// cannot be seen.
func clean(s string) string { return safe.Of(s).String() }

// sections makes the tables.
func (d *Document) sections() {
	for i := range d.tables {
		t := &d.tables[i]
		if t.Name == model.TableAgencies {
			for _, p := range parts {
				d.section(t, p.name, p.columns)
			}
			continue
		}
		d.section(t, string(t.Name), t.Columns)
	}
}

func (d *Document) section(t *model.ReportTable, name string, columns []model.Column) {
	x := &d.texts.Report
	s := Section{Table: t.Name, Heading: x.Table[name], First: x.Row[string(t.Name)]}
	var places []int
	for i, c := range t.Columns {
		for _, wanted := range columns {
			if c == wanted {
				places = append(places, i)
				s.Columns = append(s.Columns, Column{c, d.texts.ReportColumn(t.Name, c, false), d.texts.ReportColumn(t.Name, c, true)})
			}
		}
	}
	row := func(from *model.ReportRow) Row {
		r := Row{Code: from.Code, Name: d.name(t.Name, from.Code, from.Unit)}
		for _, i := range places {
			r.Cells = append(r.Cells, from.Cells[i])
			r.Units = append(r.Units, from.UnitOf(t.Name, t.Columns[i]))
		}
		return r
	}
	for i := range t.Rows {
		s.Rows = append(s.Rows, row(&t.Rows[i]))
	}
	if t.Sum != nil {
		sum := row(t.Sum)
		s.Sum = &sum
	}
	d.Sections = append(d.Sections, s)
}

// name is what a row is called; an outcome's with its unit.
func (d *Document) name(table model.Table, code string, unit model.Unit) string {
	name := clean(d.texts.ReportRow(table, code, d.cat))
	if word := d.texts.Report.Unit[unit.String()]; word != "" {
		name += " (" + word + ")"
	}
	return name
}

// years makes the trend.
func (d *Document) years() {
	x := &d.texts.Report
	d.Trend = Trend{Heading: x.Table[string(model.TableTrend)], First: x.Row[string(model.TableTrend)]}
	for _, p := range d.trend.Periods {
		d.Trend.Periods = append(d.Trend.Periods, text.PeriodYear(p))
	}
	if p := d.src.Report.Spec.Period; p.From.Year() == p.To.Year() && p != model.YearPeriod(p.From.Year()) {
		d.Trend.Note = text.Fill(x.SameDays, "from", d.texts.Day(p.From, p.From), "to", d.texts.Day(p.To, p.To))
	}
	for _, l := range d.trend.Lines {
		unit := model.Unit(0)
		if l.Outcome {
			unit = l.Unit
		}
		d.Trend.Lines = append(d.Trend.Lines, Line{Code: l.Code, Name: d.name(model.TableTrend, l.Code, unit),
			Outcome: l.Outcome, Unit: l.Unit, Figures: l.Figures})
	}
}

// whole is 1 where a whole effort was added later.
func whole(l model.LateLine) int {
	if l.Hours == nil && l.Measure == nil && l.Outcome == nil {
		return 1
	}
	return 0
}

// lateRows is how many of what was added later are listed where people read; csv, json and xlsx have all.
const lateRows = 20

// LateShown are the first of what was added later, and how many more. Whole efforts are only counted: who begins with a
// list of years would read nothing else.
func (d *Document) LateShown() []string {
	single := d.Late[:len(d.Late)-d.imported]
	shown := slices.Clone(single[:min(len(single), lateRows)])
	if more := len(single) - len(shown); more > 0 {
		shown = append(shown, text.Fill(d.texts.Report.LateMore, "n", strconv.Itoa(more)))
	}
	if d.imported > 0 {
		shown = append(shown, d.texts.Count(d.texts.Report.LateImported[0], d.texts.Report.LateImported[1], d.imported))
	}
	return shown
}

// rest makes what stands below the tables.
func (d *Document) rest() {
	r, x := d.src.Report, &d.texts.Report
	late := slices.Clone(r.Late())
	if d.src.Public {
		late = nil // each of them names an effort
	}
	slices.SortStableFunc(late, func(a, b model.LateLine) int { return cmp.Compare(whole(a), whole(b)) })
	for i := range late {
		d.Late = append(d.Late, clean(d.texts.Late(&late[i], d.cat)))
		d.imported += whole(late[i])
	}
	if n := r.Undated(); n > 0 {
		d.Undated = d.texts.Count(x.Undated[0], x.Undated[1], n)
		if d.src.Public && d.src.Floor > 1 { // with how many, what closed could be reckoned
			d.Undated = x.UndatedMasked
		}
	}
	for _, c := range []model.Column{model.ColumnBegun, model.ColumnRunning, model.ColumnClosed, model.ColumnRejected, model.ColumnHours,
		model.ColumnOnSite, model.ColumnLead, model.ColumnAccepted, model.ColumnDeclined, model.ColumnUnanswered, model.ColumnLeft, model.ColumnEfforts} {
		name, short := x.Column[string(c)], x.Short[string(c)]
		if c == model.ColumnOnSite { // one sentence for all ways of taking part
			name, short = x.Modes, x.Modes
		}
		d.Legend = append(d.Legend, Term{name, short, x.Meanings[string(c)]})
	}
	for _, about := range []string{"national", "partners", "outcomes", "change", "unknown"} {
		d.Remarks = append(d.Remarks, x.Meanings[about])
	}
	if d.src.Public && d.src.Floor > 1 {
		d.Remarks = append(d.Remarks, x.Meanings["masked"])
	}
	drawn := x.Drawn
	if d.src.Past {
		drawn = x.Past
	}
	d.Drawn = text.Fill(drawn, "date", d.texts.Day(d.src.Drawn, 0))
	d.Head = x.Empty
	if head := d.src.Head; head.Seq > 0 {
		d.Head, d.Hash = d.texts.Head(x.Head, head.Seq, ""), head.Hash
	}
}
