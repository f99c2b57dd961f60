package screen

import (
	"slices"
	"strings"
	"unicode"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
	"board.internal/samverkan/ui/widget"
)

// at is the column of a table that the cursor is in.
func (s *report) at(table int) int {
	columns, spot := s.sheet.tables[table].Columns, s.spot()
	if i := slices.Index(columns, spot.column); i >= 0 {
		return i
	}
	return max(min(spot.col, len(columns)-1), 0)
}

// under is the row under the cursor, nil on a line that is none.
func (s *report) under() *sheetRow {
	if i := s.spot().Cursor; i < len(s.sheet.rows) {
		return &s.sheet.rows[i]
	}
	return nil
}

// right moves the cursor to another column.
func (s *report) right(by int) {
	r := s.under()
	if r == nil {
		return
	}
	columns, spot := s.sheet.tables[r.table].Columns, s.spot()
	spot.col = max(min(s.at(r.table)+by, len(columns)-1), 0)
	spot.column = columns[spot.col]
}

// inWords is the selected figure in words, or what went wrong, in as many lines as there are for it.
func (s *report) inWords(l reportLayout) []string {
	role, words := theme.Text, safe.Text{}
	switch r := s.under(); {
	case s.err != nil:
		role, words = theme.Error, safe.Of(s.desk.Sentence(s.err))
	case s.read != nil && r != nil:
		words = safe.Of(s.say(r, s.at(r.table)))
	}
	var lines []string
	for _, part := range words.Wrap(max(s.width-2, 10)) {
		if len(lines) < l.words {
			lines = append(lines, s.begin().Skip(1).Put(role, part).Done())
		}
	}
	if r := s.under(); r != nil && len(lines) < l.words {
		lines = append(lines, s.legend(s.sheet.shapes[r.table]))
	}
	for len(lines) < l.words {
		lines = append(lines, "")
	}
	return lines
}

// legend says what the signs mean that stand for columns.
func (s *report) legend(shape *sheetShape) string {
	l := s.begin()
	for _, c := range s.sheet.tables[shape.tables[0]].Columns {
		sign, mode := reportSign(s.desk, c)
		if word := s.desk.Texts.ReportColumn(model.TableAgencies, c, true); shape.names == signs && sign.Width() > 0 && (mode || !strings.ContainsFunc(sign.String(), unicode.IsLetter)) {
			l.Skip(1).Put(theme.Dim, sign).Skip(1).Say(theme.Dim, word).Skip(1)
		}
	}
	return l.Done()
}

// say tells a figure in words: Syd: begun in 2025: 14 efforts, +3 against 2024.
func (s *report) say(r *sheetRow, column int) string {
	d, t := s.desk, s.desk.Texts.Screen.Report
	c := r.row.Cells[column]
	this, before := s.periods(r, column)
	words := d.Texts.Words.Unknown
	if !c.This.Known {
		words += " (" + s.why(r, column) + ")"
	} else if words = s.amount(r, column, c.This); s.counts(r, column) != string(model.ColumnEfforts) && c.This.Efforts > 0 {
		words += d.Texts.Count(t.OfOne, t.Of, c.This.Efforts)
	}
	switch then := d.Texts.PeriodShort(before); {
	case before == (model.Period{}):
	case c.This.Known && c.Before.Known:
		words += text.Fill(t.Difference, "difference", d.Texts.Difference(c), "before", then)
	case c.This.Known:
		words += text.Fill(t.NoBefore, "before", then)
	case c.Before.Known:
		words += text.Fill(t.Instead, "before", then, "figure", s.amount(r, column, c.Before))
	}
	return text.Fill(t.Cell, "row", s.rowName(r), "what", s.phrase(r, column, this), "figure", words)
}

// rowName is what a row is about: of a sum, and of a line of the trend, the region or the country.
func (s *report) rowName(r *sheetRow) string {
	t := &s.sheet.tables[r.table]
	if outcome := s.outcome(r); r.sum || t.Name == model.TableTrend && !outcome {
		return s.whole(s.desk.Texts.Report.Country)
	}
	return s.desk.Texts.ReportRow(t.Name, r.row.Code, s.desk.Catalogue())
}

// whole is what a sum is about: a region's counts the national efforts that touch it too, beside the row of its own.
func (s *report) whole(country string) string {
	if s.region == "" {
		return country
	}
	return s.desk.Texts.ReportArea(s.region, s.desk.Catalogue())
}

// outcome reports whether a row is of a measure of the yearly report.
func (s *report) outcome(r *sheetRow) bool {
	switch s.sheet.tables[r.table].Name {
	case model.TableOutcomes:
		return true
	case model.TableTrend:
		return slices.ContainsFunc(s.read.trend.Lines, func(l model.TrendLine) bool { return l.Outcome && l.Code == r.row.Code })
	}
	return false
}

// periods are those of a figure and of the one it is compared with, which the first year of the trend has not.
func (s *report) periods(r *sheetRow, column int) (this, before model.Period) {
	if s.sheet.tables[r.table].Name != model.TableTrend {
		return s.read.spec.Period, s.read.before
	}
	years := s.read.trend.Periods
	if column > 0 {
		before = years[column-1]
	}
	return years[column], before
}

// phrase is what a column says of a row and a period: begun in 2025.
func (s *report) phrase(r *sheetRow, column int, p model.Period) string {
	d, t := s.desk, &s.sheet.tables[r.table]
	table, c := t.Name, t.Columns[column]
	if table == model.TableTrend {
		table, c = model.TableRegions, model.Column(r.row.Code)
		if s.outcome(r) {
			table, c = model.TableOutcomes, model.ColumnValue
		}
	}
	phrases := d.Texts.Screen.Report.Phrase
	phrase, own := phrases[string(table)+"."+string(c)]
	if !own {
		phrase = phrases[string(c)]
	}
	return text.Fill(phrase, "period", d.Texts.PeriodShort(p), "day", d.Texts.Day(p.To, 0))
}

// countsParts is what the sums of agencies and partners count: an effort in each row that it is in.
const countsParts = "parts"

// counts is what a figure counts, by its name among the amounts.
func (s *report) counts(r *sheetRow, column int) string {
	t := &s.sheet.tables[r.table]
	unit := r.row.UnitOf(t.Name, t.Columns[column])
	switch {
	case t.Name == model.TableTrend && (s.outcome(r) || r.row.Unit != model.UnitCount):
		return r.row.Unit.String()
	case unit != model.UnitCount || t.Name == model.TableOutcomes && t.Columns[column] == model.ColumnValue:
		return unit.String()
	case t.Name == model.TableMeasures && t.Columns[column] == model.ColumnValue:
		return string(model.TableMeasures)
	case t.Name == model.TableAgencies && r.sum || t.Name == model.TablePartners && r.sum:
		return countsParts
	}
	return string(model.ColumnEfforts)
}

// amount is a figure with its unit.
func (s *report) amount(r *sheetRow, column int, f model.Figure) string {
	return amountOf(s.desk.Texts, s.counts(r, column), f)
}

// amountOf is a figure with what it counts, as counts names it.
func amountOf(texts *text.Texts, unit string, f model.Figure) string {
	t := texts.Screen.Report
	forms := t.Amount
	if f.Milli == 1000 {
		forms = t.AmountOne
	}
	form, ok := forms[unit]
	if !ok { // a measure that the catalogue does not have
		form = forms[model.UnitCount.String()]
	}
	return text.Fill(form, "n", texts.Figure(f))
}

// why is why nothing is known of a figure.
func (s *report) why(r *sheetRow, column int) string {
	this, _ := s.periods(r, column)
	kind := string(model.ColumnEfforts)
	switch counts := s.counts(r, column); {
	case counts == model.UnitHours.String():
		kind = string(model.ColumnHours)
	case s.outcome(r):
		kind = string(model.TableOutcomes)
	case s.sheet.tables[r.table].Name == model.TableMeasures:
		kind = string(model.TableMeasures)
	}
	return text.Fill(s.desk.Texts.Screen.Report.Why[kind], "period", s.desk.Texts.PeriodShort(this))
}

// filled fills a note's places: on what day the period ended, and which key opens what it speaks of.
func (s *report) filled(note, key string) string {
	return text.Fill(note, "day", s.desk.Texts.Day(s.read.spec.Period.To, 0), "key", key)
}

// note is a line below the rows that opens what it speaks of.
func (s *report) note(i int) string {
	l := s.begin()
	role := row(s.desk, l, s.spot().Cursor == len(s.sheet.rows)+i)
	if role == theme.Text {
		role = theme.Fresh
	}
	return l.Say(role, s.sheet.notes[i]).Done()
}

// bars reports whether the rows of a table can be compared by bars in the column of the cursor.
func (s *report) bars(table int) bool {
	t := &s.sheet.tables[table]
	return t.Name != model.TableOutcomes || t.Columns[s.at(table)] == model.ColumnEfforts
}

// most is the largest figure of a column that is no sum.
func (s *report) most(table, column int) (most int64) {
	for _, row := range s.sheet.tables[table].Rows {
		most = max(most, row.Cells[column].This.Milli)
	}
	return most
}

// plotted is the line of the trend that the selected figure is of, nil where it is of none, and which year is selected.
func (s *report) plotted() (line *model.TrendLine, selected int) {
	r := s.under()
	if r == nil {
		return nil, 0
	}
	code, selected := r.row.Code, len(s.read.trend.Periods)-1
	switch t := &s.sheet.tables[r.table]; {
	case t.Name == model.TableTrend:
		selected = s.at(r.table)
	case s.page == reportEfforts:
		code = string(t.Columns[s.at(r.table)])
	case t.Name != model.TableOutcomes:
		return nil, 0
	}
	i := slices.IndexFunc(s.read.trend.Lines, func(l model.TrendLine) bool { return l.Code == code })
	if i < 0 {
		return nil, 0
	}
	return &s.read.trend.Lines[i], selected
}

// plotLines draw how the selected figure went over the years, with what it is above it.
func (s *report) plotLines(width, height int) []string {
	line, selected := s.plotted()
	if line == nil {
		return nil
	}
	d, t := s.desk, s.desk.Texts.Screen.Report
	cells := widget.ColumnWidth(len(line.Figures), width)
	scale := scaleFor(d.Texts, line.Figures, cells)
	title := d.Texts.ReportRow(model.TableTrend, line.Code, d.Catalogue())
	if line.Outcome && line.Unit != model.UnitCount {
		title = withUnit(d, title, line.Unit)
	}
	title += ", " + s.whole(d.Texts.Screen.Agencies.Whole)
	if words := map[int64]string{thousand: t.Thousands, million: t.Millions}[scale]; words != "" {
		title += ", " + words
	}
	var columns []widget.Column
	for i, f := range line.Figures {
		label := yearLabel(s.read.trend.Periods[i])
		if cells < len(label) {
			label = label[len(label)-2:]
		}
		columns = append(columns, widget.Column{Label: safe.Of(label), Number: safe.Of(d.Texts.Number(scaled(f.Milli, scale), 3)), Value: f.Milli, Known: f.Known})
	}
	var l widget.Line
	lines := []string{l.Begin(d.Theme, width).Skip(1).Put(theme.Heading, safe.Of(title).Cut(width-1)).Done()}
	return append(lines, widget.Columns(d.Theme, columns, selected, width, height-1)...)
}

// scaleFor is by what figures are divided so that each has room in a number of cells.
func scaleFor(t *text.Texts, figures []model.Figure, cells int) int64 {
	for _, scale := range []int64{1, thousand} {
		if !slices.ContainsFunc(figures, func(f model.Figure) bool {
			return f.Known && safe.Of(t.Number(scaled(f.Milli, scale), 3)).Width() > cells
		}) {
			return scale
		}
	}
	return million
}

const thousand, million = 1_000, 1_000_000

// scaled is a figure divided, with one decimal.
func scaled(milli, scale int64) int64 {
	if scale == 1 {
		return milli
	}
	return (milli/scale + 50) / 100 * 100
}
