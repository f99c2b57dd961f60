package screen

import (
	"slices"
	"strconv"
	"strings"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/exchange"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
	"board.internal/samverkan/ui/widget"
)

// meetingNotes is how many notes a matter shows, the newest.
const meetingNotes = 3

// View shows the agenda around its cursor, or the part of a page that fits.
func (s *meeting) View() string {
	if s.at == onAgenda {
		return s.beside(s.agenda())
	}
	var out []string
	end := min(s.top+s.height, len(s.page))
	for i := min(s.top, end); i < end; i++ {
		l := " " + s.page[i]
		g := s.desk.Theme.Glyph
		var b strings.Builder
		switch {
		case i == s.top && s.top > 0:
			s.desk.Theme.Write(&b, theme.Key, g.MoreAbove)
		case i+1 == end && end < len(s.page):
			s.desk.Theme.Write(&b, theme.Key, g.MoreBelow)
		}
		out = append(out, l+b.String())
	}
	return strings.Join(out, "\n")
}

// besideAgenda is how wide the agenda is where the matter under its cursor stands beside it.
const besideAgenda = 96

// cells is how wide the agenda is.
func (s *meeting) cells() int {
	if s.width >= withDetail && s.effort() != nil {
		return besideAgenda
	}
	return s.width
}

// beside puts the matter under the cursor at the right of the agenda, where there is room.
func (s *meeting) beside(agenda string) string {
	wide := s.cells()
	if wide == s.width {
		return agenda
	}
	lines, rest := strings.Split(agenda, "\n"), s.width-wide-3
	right := detail(s.desk, s.effort(), rest)
	for y := range s.height {
		if y == len(lines) {
			lines = append(lines, "")
		}
		if lines[y] == "" {
			lines[y] = widget.Blank(wide)
		}
		l := s.line.Begin(s.desk.Theme, s.width).Raw(lines[y], wide).Skip(1).Put(theme.Border, s.desk.Theme.Glyph.Column).Skip(1)
		if y < len(right) {
			l.Raw(right[y], rest)
		}
		lines[y] = l.Done()
	}
	return strings.Join(lines, "\n")
}

// agenda is a line for each matter, below one about the meeting.
func (s *meeting) agenda() string {
	d, t := s.desk, s.texts()
	lines := []string{s.heading()}
	say := func(role theme.Role, words string) {
		for _, part := range safe.Of(words).Wrap(max(s.cells()-2, 8)) {
			lines = append(lines, s.line.Begin(d.Theme, s.cells()).Skip(1).Put(role, part).Done())
		}
	}
	if s.err != nil {
		say(theme.Error, d.Sentence(s.err))
	}
	m, sits := s.held()
	var foot []string
	if !sits {
		switch {
		case m != nil:
			foot = append(foot, text.Fill(d.Keyed(t.Last), "n", strconv.Itoa(m.Number), "when", when(d, m.Ended.At)))
		default:
			foot = append(foot, t.Never)
		}
	}
	if s.more > 0 {
		foot = append(foot, text.Fill(t.More, "n", strconv.Itoa(s.more)))
	}
	if len(s.matters) == 0 {
		lines = append(lines, "")
		say(theme.Text, text.Fill(t.Empty, "council", s.council()))
	}
	size := max(s.height-len(lines)-len(foot)-1, 1)
	s.rows.Show(len(s.matters), size)
	for i := s.rows.Top; i < min(s.rows.Top+size, len(s.matters)); i++ {
		lines = append(lines, s.row(i))
	}
	if len(lines)+1+len(foot) <= s.height {
		lines = append(lines, "")
	}
	for _, words := range foot {
		say(theme.Dim, words)
	}
	return strings.Join(lines[:min(len(lines), max(s.height, 1))], "\n")
}

// heading says whether the council sits, and how much of its agenda is dealt with.
func (s *meeting) heading() string {
	d, t := s.desk, s.texts()
	l := s.line.Begin(d.Theme, s.cells()).Skip(1)
	m, sits := s.held()
	if !sits {
		items := make([]model.Item, len(s.matters))
		for i := range s.matters {
			items[i] = s.matters[i].item
		}
		l.Say(theme.Heading, text.Fill(t.NoCouncil, "council", s.council()))
		if said := d.Texts.Agenda(items); said != "" {
			l.Skip(2).Say(theme.Text, said)
		}
		return l.Done()
	}
	l.Say(theme.Heading, text.Fill(t.Council, "council", s.council(), "n", strconv.Itoa(m.Number)))
	done := 0
	for i := range s.matters {
		if s.matters[i].result != model.Untouched {
			done++
		}
	}
	right := safe.Of(text.Fill(t.Opened, "n", strconv.Itoa(done), "all", strconv.Itoa(len(s.matters))))
	said := safe.Of(text.Fill(t.Sits, "when", when(d, m.Begun.At), "officer", string(m.Begun.Officer)))
	if l.Left() > said.Width()+right.Width()+4 {
		l.Skip(2).Put(theme.Dim, said)
	}
	return l.Right(theme.Text, right).Done()
}

// row is one matter: which, what is to be decided of it or what it came to, and its title.
func (s *meeting) row(i int) string {
	d, x := s.desk, &s.matters[i]
	l := s.line.Begin(d.Theme, s.cells())
	role := row(d, l, i == s.rows.Cursor)
	name, dim := theme.Strong, theme.Dim
	if role == theme.Selected {
		name, dim = role, role
	}
	l.Put(dim, safe.Of(strconv.Itoa(i+1)).FitRight(3)).ToFill(role, 5)
	called, status, title := string(x.id), "", ""
	if e := x.effort; e != nil {
		called, status, title = e.Name(), d.Texts.Words.Status[e.Status.String()], e.Title
	}
	l.Put(name, safe.Of(called).Cut(14)).ToFill(role, 20)
	if s.cells() >= 60 {
		l.Put(role, safe.Of(status).Cut(11)).ToFill(role, 32)
	}
	const titles = 61
	room := l.Left()
	if s.cells() > titles+12 {
		room = titles - 1 - l.Used()
	}
	l.Put(role, safe.Of(s.standing(x)).Cut(room))
	if s.cells() > titles+12 {
		l.ToFill(role, titles).Put(dim, safe.Of(title).Cut(l.Left()))
	}
	return l.ToFill(role, s.cells()).Done()
}

// standing says what is to be decided of a matter, or what it has come to.
func (s *meeting) standing(x *matter) string {
	switch done := x.result != "" && x.result != model.Untouched; {
	case done && (x.item.Why == 0 || x.result == model.PutOff):
		return s.texts().Result[string(x.result)]
	case x.effort == nil:
		return s.desk.Texts.Screen.Effort.Loading
	}
	said := s.desk.Texts.Item(&x.item, s.desk.Now(), s.desk.Today())
	if x.item.Why == model.WaitReview && x.effort != nil && x.result == model.Result(x.effort.Status.String()) { // decided just now, and to be looked at
		said = s.texts().Result[string(x.result)] + ", " + said
	}
	return said
}

// draw makes the page of a matter anew, or that of the minutes.
func (s *meeting) draw() {
	p := &page{desk: s.desk, width: max(s.width-2, 20)}
	switch {
	case s.at == onAgenda:
	case s.at < len(s.matters):
		s.matter(p, &s.matters[s.at])
	case s.minutes == nil:
		p.text(theme.Dim, safe.Of(s.desk.Texts.Screen.Effort.Loading), 0)
	default:
		t := s.texts()
		p.text(theme.Heading, safe.Of(t.Summary), 0)
		p.text(theme.Dim, safe.Of(s.desk.Keyed(t.SummaryHint)), 0)
		p.blank()
		for _, line := range exchange.MinutesLines(false, s.minutes, s.desk.Texts, s.desk.Catalogue()) {
			rest := strings.TrimLeft(line, " ")
			p.text(theme.Text, safe.Of(rest), len(line)-len(rest))
		}
	}
	s.page = p.lines
	s.top = max(min(s.top, len(s.page)-s.height), 0)
}

// matter is what is needed to decide: what waits, what the effort is, what it still lacks, who takes part and with how
// much else, what has been done and said.
func (s *meeting) matter(p *page, x *matter) {
	d, t := s.desk, s.texts()
	l := p.begin().Say(theme.Heading, text.Fill(t.Of, "n", strconv.Itoa(s.at+1), "all", strconv.Itoa(len(s.matters))))
	p.add(l.Skip(2).Say(theme.Alarm, s.standing(x)))
	if _, sits := s.held(); !sits {
		p.text(theme.Dim, safe.Of(text.Fill(t.Looks, "council", s.council())), 0)
	}
	e := x.effort
	if e == nil {
		return
	}
	head(p, e)
	p.pair(t.Lacks, strings.Join(s.lacks(e), ", "))
	p.heading(d.Texts.Screen.Effort.Agencies)
	if len(e.Assignments) == 0 {
		p.text(theme.Dim, safe.Of(d.Keyed(d.Texts.Screen.Effort.NoAgencies)), 0)
	}
	for _, a := range e.Assignments {
		line := agencyLine(p, a, false)
		if agency := d.Catalogue().Agency(a.Agency); agency != nil && a.State <= model.Accepted {
			l := loadOf(d, agency, e.Region)
			said := safe.Of(strings.TrimSpace(of(d, l.here) + " " + fullness(d, l.here)))
			if line.Left() > said.Width()+1 {
				line.Right(theme.Dim, said)
			}
		}
		p.add(line)
	}
	rest(p, e, false)
	if s.notesOf != x.id || len(s.notes) == 0 {
		return
	}
	p.heading(t.Notes)
	for _, n := range slices.Backward(s.notes[max(len(s.notes)-meetingNotes, 0):]) {
		p.add(p.begin().Say(theme.Dim, when(d, n.At)+"  "+string(n.By)))
		for line := range strings.SplitSeq(n.Text, "\n") {
			p.text(theme.Text, safe.Of(line), 2)
		}
	}
}

// lacks is what an effort still needs to be joint and whole.
func (s *meeting) lacks(e *model.Effort) (all []string) {
	t := s.texts()
	if e.Lead() == "" {
		all = append(all, t.NoLead)
	}
	if len(e.Assignments) == 0 || e.Alone() != "" {
		all = append(all, t.Alone)
	}
	measured := e.Measured()
	if measured[model.Safety] == 0 {
		all = append(all, t.NoSafety)
	}
	if measured[model.Prevention] == 0 {
		all = append(all, t.NoPrevention)
	}
	return all
}
