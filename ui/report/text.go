package report

import (
	"slices"
	"strings"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/safe"
)

const (
	// narrowest is the least a line is laid out for, usual what is taken where nobody says.
	narrowest, usual = 40, 80
	barCells         = 40
)

// sketch gathers the lines of plain text.
type sketch struct {
	*Document
	width int
	ascii bool
	lines []string
}

// Lines are the report as plain text in lines of so many cells, 0 for the usual 80; with ascii its bars are drawn with
// ASCII only.
func (d *Document) Lines(width int, ascii bool) []string {
	if width == 0 {
		width = usual
	}
	s := &sketch{Document: d, width: max(width, narrowest), ascii: ascii}
	s.say(0, d.Title)
	s.say(0, d.Area)
	for _, about := range []string{d.Against, d.Filter, d.Public} {
		if about != "" {
			s.say(0, about)
		}
	}
	for i := range d.Sections {
		s.section(&d.Sections[i])
	}
	s.trend()
	if len(d.Late) > 0 {
		s.heading(d.texts.Report.Late)
		s.say(2, d.texts.Report.LateAbout)
		for _, line := range d.LateShown() {
			s.say(2, line)
		}
	}
	s.heading(d.texts.Report.Legend)
	for _, t := range d.Legend {
		name := t.Name
		if t.Short != name {
			name += " (" + t.Short + ")"
		}
		s.say(2, name+": "+t.Meaning)
	}
	for _, r := range d.Remarks {
		s.say(2, r)
	}
	s.lines = append(s.lines, "")
	if d.Undated != "" {
		s.say(0, d.Undated)
	}
	s.say(0, d.Drawn)
	s.say(0, d.Head)
	if d.Hash != "" {
		s.lines = append(s.lines, d.Hash) // whole on its line, to be compared
	}
	return s.lines
}

// say adds a text in as many lines as it needs; those after the first hang.
func (s *sketch) say(indent int, line string) {
	const hang = 2
	for i, piece := range safe.Of(line).Wrap(s.width - indent - hang) {
		in := indent
		if i > 0 {
			in += hang
		}
		s.lines = append(s.lines, strings.Repeat(" ", in)+piece.String())
	}
}

func (s *sketch) heading(title string) { s.lines = append(s.lines, "", safe.Line(title)) }

// column is one column of figures on paper. near says that it belongs to the one before it.
type column struct {
	head  string
	cells []string
	near  bool
}

func (c *column) width() int {
	w := safe.Of(c.head).Width()
	for _, cell := range c.cells {
		w = max(w, safe.Of(cell).Width())
	}
	if c.near {
		return w + 1
	}
	return w + 2
}

// section writes a table. Each figure stands with its difference, and with that of the year before too where a line has
// room for all.
func (s *sketch) section(x *Section) {
	s.heading(x.Heading)
	rows := x.Rows
	if x.Sum != nil {
		rows = append(slices.Clone(rows), *x.Sum)
	}
	names := make([]string, len(rows))
	for i := range rows {
		names[i] = rows[i].Name
	}
	var groups, wide [][]column
	for i, c := range x.Columns {
		this, before, change := column{head: c.Short}, column{head: s.Before, near: true}, column{head: s.Change, near: true}
		for j := range rows {
			this.cells = append(this.cells, s.texts.Figure(rows[j].Cells[i].This))
			before.cells = append(before.cells, s.texts.Figure(rows[j].Cells[i].Before))
			change.cells = append(change.cells, s.texts.Difference(rows[j].Cells[i]))
		}
		groups, wide = append(groups, []column{this, change}), append(wide, []column{this, before, change})
	}
	if s.nameWidth(x.First, names)+total(wide) <= s.width {
		groups = wide
	}
	s.table(x.First, names, groups)
	if x.Table == model.TableMeasures {
		s.balance(x)
	}
}

func total(groups [][]column) (cells int) {
	for _, g := range groups {
		for i := range g {
			cells += g[i].width()
		}
	}
	return cells
}

// nameWidth is how many cells the names of rows take, two of them before the names.
func (s *sketch) nameWidth(first string, names []string) int {
	w := safe.Of(first).Width()
	for _, n := range names {
		w = max(w, safe.Of(n).Width())
	}
	return min(w, s.width/2-4) + 2
}

// table writes columns beside each other, and those that a line has no room for below, in a block of their own.
func (s *sketch) table(first string, names []string, groups [][]column) {
	name := s.nameWidth(first, names)
	fits := func(groups [][]column) (n int) {
		for n = 1; n < len(groups) && name+total(groups[:n+1]) <= s.width; n++ {
		}
		return n
	}
	blocks := 0
	for rest := groups; len(rest) > 0; rest = rest[fits(rest):] {
		blocks++
	}
	for ; len(groups) > 0; blocks-- {
		n := fits(groups)
		if even := (len(groups) + blocks - 1) / max(blocks, 1); even < n { // no column is left alone in the last block
			n = even
		}
		block := slices.Concat(groups[:n]...)
		groups = groups[n:]
		s.row(name, first, block, func(c *column) string { return c.head })
		for i := range names {
			s.row(name, names[i], block, func(c *column) string { return c.cells[i] })
		}
		if len(groups) > 0 {
			s.lines = append(s.lines, "")
		}
	}
}

func (s *sketch) row(width int, name string, block []column, cell func(*column) string) {
	var b strings.Builder
	b.WriteString("  " + safe.Of(name).Fit(width-2).String())
	for i := range block {
		b.WriteString(safe.Of(cell(&block[i])).FitRight(block[i].width()).String())
	}
	s.lines = append(s.lines, strings.TrimRight(b.String(), " "))
}

// balance draws how many measures there are of each type.
func (s *sketch) balance(x *Section) {
	top := int64(0)
	for i := range x.Rows {
		top = max(top, x.Rows[i].Cells[0].This.Milli)
	}
	if top <= 0 {
		return
	}
	full := "█"
	if s.ascii {
		full = "#"
	}
	s.lines = append(s.lines, "")
	name := 0
	for i := range x.Rows {
		name = max(name, safe.Of(x.Rows[i].Name).Width())
	}
	for i := range x.Rows {
		f := x.Rows[i].Cells[0].This
		cells := int(max(f.Milli, 0) * int64(min(barCells, s.width-name-12)) / top)
		if f.Milli > 0 {
			cells = max(cells, 1)
		}
		bar := strings.Repeat(full, cells)
		if bar != "" {
			bar += " "
		}
		s.lines = append(s.lines, "  "+safe.Of(x.Rows[i].Name).Fit(name).String()+"  "+bar+s.texts.Figure(f))
	}
}

// trend writes the figures over the years, each with a line of bars; where there is no room for all years, the last ones.
func (s *sketch) trend() {
	t := &s.Trend
	s.heading(t.Heading)
	if t.Note != "" {
		s.say(2, t.Note)
	}
	for _, outcome := range []bool{false, true} {
		lines := slices.DeleteFunc(slices.Clone(t.Lines), func(l Line) bool { return l.Outcome != outcome })
		if len(lines) == 0 {
			continue
		}
		if outcome {
			s.lines = append(s.lines, "")
		}
		var names []string
		for _, l := range lines {
			names = append(names, l.Name)
		}
		bars := column{head: "", near: false}
		for _, l := range lines {
			bars.cells = append(bars.cells, s.spark(l.Figures))
		}
		bars.head = safe.Blank(len(t.Periods)).String()
		left := s.nameWidth(t.First, names) + bars.width()
		var years []column
		for i := len(t.Periods) - 1; i >= 0; i-- {
			c := column{head: t.Periods[i]}
			for _, l := range lines {
				c.cells = append(c.cells, s.texts.Figure(l.Figures[i]))
			}
			if left += c.width(); left > s.width && len(years) > 0 {
				break
			}
			years = append(years, c)
		}
		slices.Reverse(years)
		s.table(t.First, names, [][]column{append([]column{bars}, years...)})
	}
}

// spark is a bar for each figure, in eight heights against the highest; what is not there to be read is left blank.
func (s *sketch) spark(figures []model.Figure) string {
	levels := []rune("▁▂▃▄▅▆▇█")
	if s.ascii {
		levels = []rune("_.,-=+*#")
	}
	top := int64(1)
	for _, f := range figures {
		top = max(top, f.Milli)
	}
	out := make([]rune, len(figures))
	for i, f := range figures {
		out[i] = ' '
		if f.Shown() {
			out[i] = levels[int(float64(max(f.Milli, 0))/float64(top)*float64(len(levels)-1))]
		}
	}
	return string(out)
}
