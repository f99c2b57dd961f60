package exchange

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/ui/text"
)

// MinutesFormats are the formats of WriteMinutes: Markdown, plain text, and JSON.
func MinutesFormats() []string { return []string{"md", "text", "json"} }

// WriteMinutes writes the minutes of a council's meeting.
func WriteMinutes(w io.Writer, format string, m *store.Minutes, t *text.Texts, cat *model.Catalogue) error {
	if format == "json" {
		return Print(w, shapeMinutes(m))
	}
	lines := MinutesLines(format == "md", m, t, cat)
	if _, err := io.WriteString(w, strings.Join(lines, "\n")+"\n"); err != nil {
		return fmt.Errorf("write minutes: %w", err)
	}
	return nil
}

// MinutesLines are the minutes on paper: when the council sat, what it came to in numbers, and each matter with what
// became of it, as the journal has it. No line can move the cursor of who prints it, and in Markdown what somebody typed
// is text and nothing else.
func MinutesLines(md bool, m *store.Minutes, t *text.Texts, cat *model.Catalogue) []string {
	p := &paper{md: md, texts: t, cat: cat}
	x := &t.Screen.Meeting
	council := t.Council(m.Region, cat)
	p.add("# ", "", text.Fill(x.Minutes, "council", council, "n", strconv.Itoa(m.Number)))
	p.gap()
	form, end := x.Sitting, ""
	if !m.Open() {
		form, end = x.Held, p.when(m.Ended.At)
		if begun := p.when(m.Begun.At); strings.HasPrefix(end, begun[:len("2006-01-02 ")]) {
			end = end[len("2006-01-02 "):]
		}
	}
	p.add("", "", text.Fill(form, "from", p.when(m.Begun.At), "to", end, "opened", string(m.Begun.Officer), "closed", string(m.Ended.Officer)))
	said := x.Nothing
	if results := t.Results(&m.Minutes); results != "" {
		said = text.Fill(x.Recorded, "results", results)
	}
	if md {
		p.gap()
	}
	p.add("", "", said)
	beside := false
	for i := range m.Matters {
		matter := &m.Matters[i]
		if matter.Beside && !beside {
			beside = true
			p.gap()
			p.add("## ", "", x.Beside)
		}
		p.matter(i+1, matter)
	}
	if m.Head.Seq > 0 {
		p.gap()
		p.add("", "", t.Head(t.Screen.Journal.Head, m.Head.Seq, m.Head.Short()))
	}
	return p.lines
}

func (p *paper) gap() { p.lines = append(p.lines, "") }

// matter is one effort: its name and what it came to, what it is, and below that each thing that was written down.
func (p *paper) matter(n int, m *model.Matter) {
	t := p.texts
	p.gap()
	name := string(m.ID)
	if m.Effort != nil {
		name = p.name(m.Effort)
	}
	heading := strconv.Itoa(n) + ". " + name + ": " + t.Screen.Meeting.Result[string(m.Result())]
	if p.md {
		p.lines = append(p.lines, "## "+strconv.Itoa(n)+". "+Markdown(strings.TrimPrefix(heading, strconv.Itoa(n)+". ")))
		p.gap()
	} else {
		p.add("", "", heading)
	}
	if e := m.Effort; e != nil {
		p.add("", "   ", p.what(e))
	}
	lines := t.Matter(m, p.cat)
	if len(lines) == 0 {
		return
	}
	if p.md {
		p.gap()
	}
	for _, line := range lines {
		sign, indent := "- ", "   "
		rest := strings.TrimPrefix(line, "  ")
		if rest != line { // a text of several lines goes on
			sign, indent = "  ", "     "
		}
		for _, piece := range pieces(rest) {
			p.add(sign, indent, piece)
		}
	}
	by := string(m.By)
	if m.Others > 0 {
		by = text.Fill(t.Screen.Handover.Others, "officer", by, "n", strconv.Itoa(m.Others))
	}
	p.add("- ", "   ", text.Fill(t.Screen.Meeting.By, "officer", by, "when", p.when(m.At)))
}

// what says in a line what an effort is: its title, focus, kind and agencies.
func (p *paper) what(e *model.Effort) string {
	var parts []string
	if e.Title != "" {
		parts = append(parts, e.Title)
	}
	t := p.texts
	parts = append(parts, t.Value(model.FieldFocus, string(e.Focus), p.cat)+", "+t.Words.Kind[e.Kind.String()])
	if agencies := Agencies(e); agencies != "" {
		parts = append(parts, agencies)
	}
	return strings.Join(parts, " · ")
}

// minutesShape is the minutes as JSON.
type minutesShape struct {
	Region  model.RegionCode `json:"region"`
	Number  int              `json:"number"`
	Begun   signedShape      `json:"begun"`
	Ended   *signedShape     `json:"ended"`
	Matters []matterShape    `json:"matters"`
	Head    headShape        `json:"head"`
}

type matterShape struct {
	Effort   model.EffortID  `json:"effort"`
	Codename string          `json:"codename"`
	Title    string          `json:"title"`
	Result   model.Result    `json:"result"`
	Beside   bool            `json:"beside"`
	At       model.Stamp     `json:"at"`
	Officer  model.OfficerID `json:"officer"`
	Changes  [][3]string     `json:"changes"`
}

func shapeMinutes(m *store.Minutes) minutesShape {
	j := minutesShape{Region: m.Region, Number: m.Number, Begun: signedShape{m.Begun.Officer, m.Begun.At}, Matters: []matterShape{}, Head: headShape{m.Head.Seq, m.Head.Hash}}
	if !m.Open() {
		j.Ended = &signedShape{m.Ended.Officer, m.Ended.At}
	}
	for i := range m.Matters {
		x := &m.Matters[i]
		shape := matterShape{Effort: x.ID, Result: x.Result(), Beside: x.Beside, At: x.At, Officer: x.By, Changes: [][3]string{}}
		if x.Effort != nil {
			shape.Codename, shape.Title = x.Effort.Codename, x.Effort.Title
		}
		for _, c := range x.Event.Changes {
			shape.Changes = append(shape.Changes, [3]string{string(c.Field), c.Old, c.New})
		}
		j.Matters = append(j.Matters, shape)
	}
	return j
}
