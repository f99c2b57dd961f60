package screen

import (
	"strconv"
	"strings"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/theme"
	"board.internal/samverkan/ui/widget"
)

// page gathers lines of one width.
type page struct {
	desk  *app.Desk
	width int
	lines []string
	line  widget.Line
}

func (p *page) begin() *widget.Line { return p.line.Begin(p.desk.Theme, p.width) }

func (p *page) add(l *widget.Line) { p.lines = append(p.lines, l.Done()) }

func (p *page) blank() { p.add(p.begin()) }

func (p *page) heading(name string) {
	p.blank()
	p.add(p.begin().Say(theme.Heading, name))
}

// pair is a label and what it stands for, left out when that is not known and not asked for.
func (p *page) pair(label, value string) {
	if value == "" {
		return
	}
	const labelWidth = 16
	room := max(p.width-labelWidth, 8)
	for i, part := range safe.Of(value).Wrap(room) {
		l := p.begin()
		if i == 0 {
			l.Put(theme.Dim, safe.Of(label).Cut(labelWidth-1))
		}
		p.add(l.To(labelWidth).Put(theme.Text, part))
	}
}

// text is a paragraph.
func (p *page) text(role theme.Role, words safe.Text, indent int) {
	for _, part := range words.Wrap(max(p.width-indent, 8)) {
		p.add(p.begin().Skip(indent).Put(role, part))
	}
}

// detail draws an effort in full but for notes and journal, as it stands beside the columns.
func detail(d *app.Desk, e *model.Effort, width int) []string {
	p := &page{desk: d, width: width}
	head(p, e)
	p.heading(d.Texts.Screen.Effort.Agencies)
	if len(e.Assignments) == 0 {
		p.text(theme.Dim, safe.Of(d.Keyed(d.Texts.Screen.Effort.NoAgencies)), 0)
	}
	for _, a := range e.Assignments {
		p.add(agencyLine(p, a, false))
	}
	rest(p, e, false)
	return p.lines
}

// head is what an effort is and where it stands.
func head(p *page, e *model.Effort) {
	d, t := p.desk, p.desk.Texts
	l := p.begin().Say(theme.Strong, e.Name()).Skip(2).Say(theme.Dim, string(e.ID))
	if e.Level == model.National {
		l.Skip(2).Put(theme.Text, d.Theme.Glyph.National).Skip(1).Say(theme.Text, t.Words.Level[e.Level.String()])
	}
	p.add(l)
	if e.Title != "" {
		p.text(theme.Text, safe.Of(e.Title), 0)
	}
	f := func(name model.Field) string { return t.Field(name) }
	cat := d.Catalogue()
	p.pair(f(model.FieldStatus), t.Words.Status[e.Status.String()])
	p.pair(f(model.FieldReason), e.Reason)
	p.pair(f(model.FieldOutcome), e.Outcome)
	p.pair(f(model.FieldFocus), t.Value(model.FieldFocus, string(e.Focus), cat)+", "+t.Words.Kind[e.Kind.String()])
	p.pair(f(model.FieldRegion), regionNames(d, e))
	p.pair(f(model.FieldArea), e.Area)
	p.pair(f(model.FieldCrime), e.Crime)
	p.pair(f(model.FieldCreated), t.Day(d.Catalogue().Today(e.Created), d.Today())+"  ("+t.Ago(e.Created, d.Now())+")")
	p.pair(f(model.FieldPriority), strconv.Itoa(int(e.Priority)))
	review := t.Day(e.Review, d.Today())
	if role, hint := hintOf(d, e); role == theme.Alarm {
		review = d.Theme.Glyph.Waits.String() + " " + hint
	}
	p.pair(f(model.FieldReview), review)
	if dec := e.Decision; dec != nil {
		p.pair(t.Screen.Effort.Decision, strings.Join([]string{dec.Decider, t.Day(dec.Date, d.Today()), dec.Reference}, ", "))
	}
}

// regionNames are the regions on whose boards the effort shows.
func regionNames(d *app.Desk, e *model.Effort) string {
	var names []string
	for _, r := range e.Regions() {
		names = append(names, d.Texts.Value(model.FieldRegion, string(r), d.Catalogue()))
	}
	if len(names) == 0 {
		return d.Texts.Words.Unknown
	}
	return strings.Join(names, ", ")
}

// agencyLine is one agency with state, mode, since when and why.
func agencyLine(p *page, a model.Assignment, selected bool) *widget.Line {
	d, t := p.desk, p.desk.Texts
	l := p.begin()
	role, mark := agencyMark(d, a)
	if selected {
		role = theme.Selected
		l.Put(role, d.Theme.Glyph.Cursor)
	} else if p.width >= 60 {
		l.Skip(1)
	}
	l.Put(role, mark.Fit(8))
	name := t.Part(a)
	if a.Lead {
		name = t.Screen.Effort.Lead
	}
	l.Say(theme.Text, name).Skip(1).To(min(21, p.width/2))
	if a.State <= model.Accepted {
		l.Put(theme.Text, modeGlyph(d, a.Mode)).Skip(1).Put(theme.Text, safe.Of(t.Words.Mode[a.Mode.String()]).Fit(16))
	}
	l.Say(theme.Dim, t.Ago(a.Since, d.Now())).Skip(2)
	if a.Reason != "" {
		l.Put(theme.Dim, safe.Of(a.Reason).Cut(l.Left()))
	}
	return l
}

// rest is what an effort has led to, and its partners. Only the whole of it has each line of hours and outcomes.
func rest(p *page, e *model.Effort, whole bool) {
	d, t := p.desk, p.desk.Texts
	p.heading(t.Screen.Effort.Measures)
	l := p.begin()
	balance(d, l, e)
	p.add(l)
	if e.Followup != nil {
		for _, m := range e.Measures {
			p.pair(t.Words.Measure[m.Type.String()], m.Text)
		}
		hours(p, e.Hours, whole)
		outcomes(p, e.Outcomes, whole)
	}
	links(p, e)
	if len(e.Partners) > 0 {
		p.heading(t.Screen.Effort.Partners)
		p.text(theme.Text, safe.Of("+"+strings.Join(e.Partners, ", +")), 0)
	}
}
