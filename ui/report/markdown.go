package report

import (
	"slices"
	"strings"

	"board.internal/samverkan/ui/exchange"
)

// markdown gathers the lines of Markdown.
type markdown struct{ lines []string }

// Markdown are the report's lines as Markdown. Whatever somebody typed is text in it and nothing else.
func (d *Document) Markdown() []string {
	m := &markdown{}
	m.say("# ", d.Title)
	m.gap()
	for _, about := range []string{d.Area, d.Against, d.Filter, d.Public} {
		if about != "" {
			m.say("- ", about)
		}
	}
	for i := range d.Sections {
		d.markdownSection(m, &d.Sections[i])
	}
	m.heading(d.Trend.Heading)
	if d.Trend.Note != "" {
		m.say("", d.Trend.Note)
		m.gap()
	}
	m.row(d.Trend.First, d.Trend.Periods)
	m.rule(len(d.Trend.Periods))
	for _, l := range d.Trend.Lines {
		var cells []string
		for _, f := range l.Figures {
			cells = append(cells, d.texts.Figure(f))
		}
		m.row(l.Name, cells)
	}
	if len(d.Late) > 0 {
		m.heading(d.texts.Report.Late)
		m.say("", d.texts.Report.LateAbout)
		m.gap()
		for _, line := range d.LateShown() {
			m.say("- ", line)
		}
	}
	m.heading(d.texts.Report.Legend)
	for _, t := range d.Legend {
		m.lines = append(m.lines, "- **"+exchange.Markdown(t.Name)+"**: "+exchange.Markdown(t.Meaning))
	}
	for _, r := range d.Remarks {
		m.say("- ", r)
	}
	m.gap()
	for _, end := range []string{d.Undated, d.Drawn} {
		if end != "" {
			m.say("", end)
			m.gap()
		}
	}
	m.say("", strings.TrimSpace(d.Head+" "+d.Hash))
	return m.lines
}

func (d *Document) markdownSection(m *markdown, s *Section) {
	m.heading(s.Heading)
	var heads []string
	for _, c := range s.Columns {
		heads = append(heads, c.Name, d.Before, d.Change)
	}
	m.row(s.First, heads)
	m.rule(len(heads))
	rows := s.Rows
	if s.Sum != nil {
		rows = append(slices.Clone(rows), *s.Sum)
	}
	for i := range rows {
		var cells []string
		for _, c := range rows[i].Cells {
			cells = append(cells, d.texts.Figure(c.This), d.texts.Figure(c.Before), d.texts.Difference(c))
		}
		m.row(rows[i].Name, cells)
	}
}

func (m *markdown) say(sign, line string) {
	m.lines = append(m.lines, sign+exchange.Markdown(line))
}

func (m *markdown) gap() { m.lines = append(m.lines, "") }

func (m *markdown) heading(title string) {
	m.gap()
	m.say("## ", title)
	m.gap()
}

// row adds a row of a table; what is no name is this program's own.
func (m *markdown) row(name string, figures []string) {
	m.lines = append(m.lines, "| "+exchange.Markdown(name)+" | "+strings.Join(figures, " | ")+" |")
}

// rule ends the headings of a table: names to the left, so many figures to the right.
func (m *markdown) rule(figures int) {
	m.lines = append(m.lines, "|:---|"+strings.Repeat("---:|", figures))
}
