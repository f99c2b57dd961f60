package screen

import (
	"strconv"
	"strings"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
	"board.internal/samverkan/ui/widget"
)

// The lines around the rows of a page at most, without what was added later; from which height there is room for all of
// them; and the lines and cells of a plot.
const (
	mostAround            = 7
	tallReport            = 14
	leastPlot, mostPlot   = 6, 14
	leastBeside           = 44
	rowsWithPlot          = 5
	betweenTableAndBeside = 3
)

// reportLayout divides the screen: the lines of rows, of the selected figure in words and of a plot under the rows, and
// the cells of one beside them.
type reportLayout struct {
	rows, words, plot, beside int
	// table is how many cells the table takes.
	table int
	// years: a line below the headings says of which years the figures are. head: the journal's end stands at the foot.
	years, head bool
}

func (s *report) layout() reportLayout {
	sh := &s.sheet
	l := reportLayout{words: 1, head: s.height >= tallReport, table: s.width}
	if s.height >= 8 {
		l.words = 2
	}
	body := s.height - 2 - l.words - len(sh.notes) // the page or what it is about, and the headings
	if l.head {
		body -= 2
	}
	for _, shape := range sh.shapes {
		l.years = shape.parts > 1 && s.height >= tallReport
	}
	if l.years {
		body--
	}
	l.rows = max(body, 1)
	if s.page == reportAgencies || len(sh.shapes) == 0 {
		return l
	}
	table := 0
	for _, shape := range sh.shapes {
		table = max(table, shape.total()+shape.bar+2)
	}
	if room := s.width - table - betweenTableAndBeside; room >= leastBeside && body >= leastPlot {
		l.table, l.beside = table, room
		return l
	}
	free := body - len(sh.lines) - 1
	if s.page == reportTrend {
		free = max(free, min(body-rowsWithPlot-1, leastPlot))
	}
	if free >= leastPlot {
		l.plot = min(free, mostPlot)
		l.rows = body - l.plot - 1
	}
	return l
}

// total is how many cells the columns take, that have room.
func (shape *sheetShape) total() int {
	total := shape.label + 1
	for _, c := range shape.columns {
		total += shape.gap + c.width
	}
	return total
}

// View draws the pages, what the report is about, the rows that fit, a plot where there is room, and the selected figure
// in words.
func (s *report) View() string {
	l := s.layout()
	lines := make([]string, 0, s.height+2)
	if s.height < tallReport {
		lines = append(lines, s.shortly())
	} else {
		lines = append(lines, pageLine(s.desk, &s.line, s.width, s.pages(), int(s.page)), s.about())
	}
	if s.read != nil {
		lines = append(lines, s.body(l)...)
	}
	foot := l.words + len(s.sheet.notes)
	if l.head {
		foot++
	}
	for len(lines) < s.height-foot {
		lines = append(lines, "")
	}
	for i := range s.sheet.notes {
		lines = append(lines, s.note(i))
	}
	lines = append(lines, s.inWords(l)...)
	if l.head && s.read != nil && s.read.end.Seq > 0 {
		t := s.desk.Texts
		lines = append(lines, s.begin().Skip(1).Say(theme.Dim, t.Head(t.Screen.Journal.HeadShort, s.read.end.Seq, s.read.end.Short())).Done())
	}
	return strings.Join(lines[:min(len(lines), max(s.height, 1))], "\n")
}

func (s *report) begin() *widget.Line { return s.line.Begin(s.desk.Theme, s.width) }

// pages are what the pages are called.
func (s *report) pages() []string {
	t := s.desk.Texts.Screen.Report
	return []string{t.Efforts, t.Agencies, t.Followup, t.Trend}
}

// pageLine are the pages of a screen on one line.
func pageLine(d *app.Desk, l *widget.Line, width int, names []string, at int) string {
	l.Begin(d.Theme, width)
	for i, name := range names {
		l.Skip(1)
		if i == at {
			l.Put(theme.TabActive, safe.Of("["+name+"]"))
		} else {
			l.Put(theme.Tab, safe.Of(name))
		}
		l.Skip(1)
	}
	return l.Right(theme.Dim, safe.Join(safe.Of("tab "), d.Theme.Glyph.Arrow, safe.Blank(1))).Done()
}

// shortly says on one line which page is seen, and of what period.
func (s *report) shortly() string {
	names := s.pages()
	l := s.begin().Skip(1).Put(theme.TabActive, safe.Of("["+names[s.page]+"]")).Skip(1)
	l.Say(theme.Dim, strconv.Itoa(int(s.page)+1)+"/"+strconv.Itoa(len(names))).Skip(2)
	period, _, reading := s.over()
	return l.Put(theme.Heading, safe.Of(s.desk.Texts.PeriodShort(period)).Cut(l.Left()-reading.Width()-1)).Right(theme.Dim, reading).Done()
}

// about says what the report is about, and that it is being read.
func (s *report) about() string {
	t := s.desk.Texts
	period, before, reading := s.over()
	room := s.width - 3 - reading.Width()
	words := fitting(room, text.Fill(t.Report.Against, "period", t.Period(period), "before", t.Period(before)),
		text.Fill(t.Report.Against, "period", t.PeriodShort(period), "before", t.PeriodShort(before)), t.PeriodShort(period))
	return s.begin().Skip(1).Put(theme.Heading, safe.Of(words).Cut(max(room, 0))).Skip(1).Right(theme.Dim, reading).Done()
}

// over is the period that is shown and the one it is compared with, and that another is being read, or else which part of
// the page is seen.
func (s *report) over() (period, before model.Period, reading safe.Text) {
	if s.busy {
		reading = safe.Of(s.desk.Texts.Screen.Journal.Reading)
	} else if s.read != nil {
		reading = s.place(s.layout().rows)
	}
	if s.read != nil {
		return s.read.spec.Period, s.read.before, reading
	}
	period = s.period.Until(s.asked.today)
	return period, period.Back(1), reading
}

// body are the headings, the rows around the cursor, and the plot under them or beside them.
func (s *report) body(l reportLayout) []string {
	rows := s.seen(l.rows)
	first := 0
	if len(rows) > 0 {
		first = rows[0].table
	}
	lines := []string{s.headings(l, first)}
	if l.years {
		lines = append(lines, s.years(l, first))
	}
	height := len(lines) + l.rows
	for _, row := range rows {
		switch {
		case row.blank:
			lines = append(lines, widget.Blank(l.table))
		case row.years:
			lines = append(lines, s.years(l, row.table))
		case row.heading:
			lines = append(lines, s.headings(l, row.table))
		default:
			lines = append(lines, s.kept(l, row.row))
		}
	}
	switch {
	case l.beside > 0:
		for len(lines) < height {
			lines = append(lines, widget.Blank(l.table))
		}
		for i, part := range s.plotLines(l.beside, min(height, mostPlot)) {
			lines[i] += widget.Blank(betweenTableAndBeside) + part
		}
	case l.plot > 0:
		lines = append(append(lines, ""), s.plotLines(s.width-1, l.plot)...)
	}
	return lines
}

// seen are the lines that are shown, size at most, with the cursor among them. What they begin with is a row, as the heading
// of its table is above them, and what they end with: no heading stands without one.
func (s *report) seen(size int) []sheetLine {
	spot, lines := s.spot(), s.sheet.lines
	win := widget.Window{Top: spot.top, Cursor: len(lines) - 1} // below the rows the cursor is on what was added later
	for i, line := range lines {
		if !line.stands() && line.row == spot.Cursor {
			win.Cursor = i
		}
	}
	win.Show(len(lines), size)
	spot.top = win.Top
	lines = lines[win.Top:]
	for len(lines) > 0 && lines[0].stands() {
		lines = lines[1:]
	}
	lines = lines[:min(len(lines), size)]
	for len(lines) > 0 && lines[len(lines)-1].stands() {
		lines = lines[:len(lines)-1]
	}
	return lines
}

// place is the row of the cursor among all, with signs for those above and below what is seen; nothing when all are seen.
func (s *report) place(size int) safe.Text {
	seen, all, g := s.seen(size), len(s.sheet.rows), s.desk.Theme.Glyph
	if len(seen) == 0 {
		return safe.Text{}
	}
	above, below := seen[0].row > 0, seen[len(seen)-1].row < all-1
	place := safe.Text{}
	if above || below {
		place = safe.Of(strconv.Itoa(min(s.spot().Cursor+1, all)) + "/" + strconv.Itoa(all))
	}
	if above {
		place = safe.Join(g.MoreAbove, place)
	}
	if below {
		place = safe.Join(place, g.MoreBelow)
	}
	return place
}

// shown are the columns that are seen: all, or those around the cursor.
func (s *report) shown(table int) (first, last int) {
	shape := s.sheet.shapes[table]
	n := len(shape.columns)
	if shape.whole {
		return 0, n
	}
	fits := func(from int) (to int) {
		room := s.width - shape.label - 1
		for to = from; to < n && room >= shape.gap+shape.columns[to].width; to++ {
			room -= shape.gap + shape.columns[to].width
		}
		return max(to, min(from+1, n))
	}
	at := s.at(table)
	first = max(min(s.spot().left, at), 0)
	for fits(first) <= at {
		first++
	}
	for first > 0 && fits(first-1) == n { // no room is left empty at the end
		first--
	}
	s.spot().left = first
	return first, fits(first)
}

// headings are a table's name and what its columns are called.
func (s *report) headings(l reportLayout, table int) string {
	shape := s.sheet.shapes[table]
	line := s.line.Begin(s.desk.Theme, l.table)
	first, last := s.shown(table)
	name := s.tableName(table).String()
	if last-first < len(shape.columns) {
		name = strconv.Itoa(first+1) + "-" + strconv.Itoa(last) + "/" + strconv.Itoa(len(shape.columns))
	}
	line.Skip(1).Put(theme.Heading, safe.Of(name).Cut(shape.label-1)).To(shape.label)
	for i := first; i < last; i++ {
		c := shape.columns[i]
		line.Skip(shape.gap).Put(theme.Heading, c.name.FitRight(c.width))
	}
	if shape.bar > 0 && s.bars(table) {
		line.Skip(2).Put(theme.Heading, s.heading(table, s.at(table), wholeNames).Cut(max(line.Left()-1, 0)))
	}
	return line.Done()
}

// years says of which years the figures below are.
func (s *report) years(l reportLayout, table int) string {
	shape := s.sheet.shapes[table]
	line := s.line.Begin(s.desk.Theme, l.table).To(shape.label)
	first, last := s.shown(table)
	for i := first; i < last && shape.parts > 1; i++ {
		c := shape.columns[i]
		pad, parts := c.parts(shape.parts, sheetCell{safe.Of(yearLabel(s.read.spec.Period)), safe.Of(yearLabel(s.read.before)), safe.Of(s.desk.Texts.Report.Change)})
		line.Skip(shape.gap+pad).Put(theme.Dim, safe.Join(parts...))
	}
	return line.Done()
}

// parts are a cell's figures, each in its width, and the blanks before them.
func (c sheetColumn) parts(n int, cell sheetCell) (pad int, parts []safe.Text) {
	parts = []safe.Text{cell.this.FitRight(c.this)}
	if n == 3 {
		parts = append(parts, safe.Blank(1), cell.before.FitRight(c.before))
	}
	if n >= 2 {
		parts = append(parts, safe.Blank(1), cell.change.FitRight(c.change))
	}
	pad = c.width
	for _, part := range parts {
		pad -= part.Width()
	}
	return pad, parts
}

// reportDrawn keeps the rows that a move of the cursor up or down does not change.
type reportDrawn struct {
	of   reportDrawnOf
	rows []string
}

type reportDrawnOf struct {
	cells, left, col int
	column           model.Column
}

// kept is a row as it was drawn before, unless the cursor is on it.
func (s *report) kept(l reportLayout, i int) string {
	spot, d := s.spot(), &s.sheet.drawn
	if of := (reportDrawnOf{l.table, spot.left, spot.col, spot.column}); d.rows == nil || d.of != of {
		*d = reportDrawn{of, make([]string, len(s.sheet.rows))}
	}
	if i == spot.Cursor {
		return s.row(l, i)
	}
	if d.rows[i] == "" {
		d.rows[i] = s.row(l, i)
	}
	return d.rows[i]
}

// row is one row: what it is called, its figures, and a bar for the selected column.
func (s *report) row(l reportLayout, i int) string {
	r := &s.sheet.rows[i]
	shape := s.sheet.shapes[r.table]
	selected := i == s.spot().Cursor
	line := s.line.Begin(s.desk.Theme, l.table)
	role := theme.Text
	if selected || r.sum {
		role = theme.Strong
	}
	if selected {
		line.Put(role, s.desk.Theme.Glyph.Cursor)
	} else {
		line.Skip(1)
	}
	if s.sheet.tables[r.table].Name == model.TableAgencies && r.row.Code == string(s.desk.Actor.Agency) && !r.sum && !selected {
		role = theme.Accent
	}
	line.Put(role, r.name(shape.long).Cut(shape.label-1)).To(shape.label)
	first, last := s.shown(r.table)
	for j := first; j < last; j++ {
		s.cell(line, r, j, selected && j == s.at(r.table))
	}
	if shape.bar > 0 && !r.sum && s.bars(r.table) {
		at := s.at(r.table)
		line.Skip(2).Bar(theme.Accent, r.row.Cells[at].This.Milli, s.most(r.table, at), shape.bar)
	}
	return line.Done()
}

// cell are the figures of a row in a column; that of the year before stands back.
func (s *report) cell(line *widget.Line, r *sheetRow, column int, selected bool) {
	shape, c := s.sheet.shapes[r.table], r.row.Cells[column]
	pad, parts := shape.columns[column].parts(shape.sheetTry.parts, r.cells[column])
	if selected {
		line.Skip(shape.gap-1).Put(theme.Selected, s.desk.Theme.Glyph.Cursor).Put(theme.Selected, safe.Join(append([]safe.Text{safe.Blank(pad)}, parts...)...))
		return
	}
	role := theme.Text
	switch {
	case !c.This.Known || c.This.Milli == 0:
		role = theme.Dim
	case r.sum:
		role = theme.Strong
	}
	line.Skip(shape.gap+pad).Put(role, parts[0]).Put(theme.Dim, safe.Join(parts[1:]...))
}
