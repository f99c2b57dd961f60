package screen

import (
	"slices"
	"strconv"
	"strings"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
)

// gapRow is a gap by its place among all, or with -1 a line of words that the cursor passes by.
type gapRow struct {
	gap   int
	role  theme.Role
	words string
}

// draw makes the rows anew: each kind that has gaps, or is being read, under its heading.
func (s *gaps) draw() {
	s.rows = s.rows[:0]
	if s.before {
		return
	}
	t := s.desk.Texts.Screen.Gaps
	say := func(role theme.Role, words string) { s.rows = append(s.rows, gapRow{-1, role, words}) }
	next := 0
	for _, kind := range model.GapKinds() {
		first := next
		for next < len(s.all) && s.all[next].Kind == kind {
			next++
		}
		ready, err, undated := true, error(nil), 0
		switch kind {
		case model.GapOutcome:
			ready, err, undated = s.lacking.ready, s.lacking.err, s.undated
		case model.GapAgency:
			ready, err = s.answers.ready, s.answers.err
		}
		if first == next && ready && err == nil && undated == 0 {
			continue
		}
		if s.height > roomy && len(s.rows) > 0 {
			say(theme.Text, "")
		}
		say(theme.Heading, text.Fill(t.Kind[kind.String()], "n", strconv.Itoa(s.desk.Catalogue().NoOutcome))+"  "+s.count(next-first, ready))
		if err != nil {
			say(theme.Error, s.desk.Sentence(err))
		}
		for i := first; i < next; i++ {
			s.rows = append(s.rows, gapRow{gap: i})
		}
		if undated > 0 {
			say(theme.Dim, s.desk.Texts.Count(t.UndatedOne, t.Undated, undated))
		}
	}
	s.scroll()
}

// roomy is from which height on there is a blank line before a heading.
const roomy = 10

// count is how many there are of a kind, as far as that is known.
func (s *gaps) count(n int, ready bool) string {
	if !ready && n == 0 {
		return s.desk.Texts.Screen.Gaps.Reading
	}
	return strconv.Itoa(n)
}

// scroll has the cursor in sight, with the heading above it where it is on the first line of a kind.
func (s *gaps) scroll() {
	at := max(slices.IndexFunc(s.rows, func(r gapRow) bool { return r.gap == s.list.Cursor }), 0)
	head := at
	for head > 0 && s.rows[head-1].gap < 0 && s.rows[head-1].words != "" {
		head--
	}
	size := max(s.height-1, 1)
	s.top = max(min(s.top, head), at-size+1, 0)
	s.top = max(min(s.top, len(s.rows)-size), 0)
}

// View draws the rows around the cursor, or says kindly that nothing is missing.
func (s *gaps) View() string {
	if len(s.rows) == 0 {
		return s.empty()
	}
	lines := []string{s.heading()}
	size := max(s.height-1, 1)
	for i := s.top; i < min(s.top+size, len(s.rows)); i++ {
		r := s.rows[i]
		if r.gap >= 0 {
			lines = append(lines, s.row(r.gap))
			continue
		}
		lines = append(lines, s.line.Begin(s.desk.Theme, s.width).Skip(1).Put(r.role, safe.Of(r.words).Cut(max(s.width-2, 0))).Done())
	}
	return strings.Join(lines[:min(len(lines), max(s.height, 1))], "\n")
}

// heading says how many there are, how many are marked, in which order they stand, and which part is seen.
func (s *gaps) heading() string {
	t, g := s.desk.Texts, s.desk.Theme.Glyph
	l := s.line.Begin(s.desk.Theme, s.width).Skip(1).Say(theme.Strong, t.Count(t.Screen.Gaps.One, t.Screen.Gaps.Many, len(s.all)))
	if n := len(s.list.chosen); n > 0 {
		l.Skip(2).Put(theme.Marked, g.Mark).Skip(1).Say(theme.Marked, t.Count(t.Screen.List.MarkedOne, t.Screen.List.Marked, n))
	}
	var seen safe.Text
	if size := max(s.height-1, 1); len(s.rows) > size {
		seen = safe.Of(strconv.Itoa(s.list.Cursor+1) + "/" + strconv.Itoa(len(s.all)))
		if s.top > 0 {
			seen = safe.Join(g.MoreAbove, seen)
		}
		if s.top+size < len(s.rows) {
			seen = safe.Join(seen, g.MoreBelow)
		}
	}
	if room := l.Left() - seen.Width() - 4; room > 0 {
		l.Skip(2).Put(theme.Dim, safe.Of(fitting(room, t.Screen.Gaps.Order, t.Screen.Gaps.OrderShort)).Cut(room))
	}
	return l.Right(theme.Dim, seen).Done()
}

// row is one gap: the effort, or whom or where it is about, why it is one, and for how long.
func (s *gaps) row(i int) string {
	d, gap := s.desk, &s.all[i]
	l := s.line.Begin(d.Theme, s.width)
	role, strong := row(d, l, i == s.list.Cursor), theme.Strong
	if role == theme.Selected {
		strong = role
	}
	if s.list.has(i) {
		l.Put(theme.Marked, d.Theme.Glyph.Mark)
	}
	name, region, title := s.about(gap)
	l.ToFill(role, 3).Put(strong, safe.Of(name).Cut(15)).ToFill(role, 19)
	if s.width >= 60 {
		l.Put(role, safe.Of(string(region)).Cut(6)).ToFill(role, 26)
	}
	var age safe.Text
	if days, known := gap.Days(d.Today()); known && days > 0 {
		age = safe.Of(d.Texts.Lasting(int64(days) * 24 * 60 * 60)).FitRight(6)
	}
	end := s.width - 8
	l.Put(role, safe.Of(d.Texts.Gap(gap, d.Today(), d.Catalogue())).Cut(max(end-l.Used(), 0)))
	if room := end - l.Used() - 2; room >= 12 && title != "" {
		l.ToFill(role, max(l.Used()+2, min(s.width*2/3, 84, end-12))).Put(role, safe.Of(title).Cut(max(end-l.Used(), 0)))
	}
	l.ToFill(role, end+1).Put(role, age)
	if gap.Effort != nil && d.Unseen(gap.Effort.ID) {
		l.ToFill(role, s.width-1).Put(fresh(role == theme.Selected), d.Theme.Glyph.Changed)
	}
	return l.ToFill(role, s.width).Done()
}

// about is what a gap is about: an effort with its title, a region, or an agency.
func (s *gaps) about(g *model.Gap) (name string, region model.RegionCode, title string) {
	d := s.desk
	switch {
	case g.Effort != nil:
		return g.Effort.Name(), g.Effort.Region, g.Effort.Title
	case g.Kind == model.GapAgency:
		if a := d.Catalogue().Agency(g.Agency); a != nil {
			title = a.Name.In(d.Texts.Lang)
		}
		return string(g.Agency), g.Region, title
	}
	return d.Texts.Value(model.FieldRegion, string(g.Region), d.Catalogue()), g.Region, ""
}

// empty says kindly that nothing is missing, or that nobody can tell.
func (s *gaps) empty() string {
	t := s.desk.Texts.Screen.Gaps
	words := t.Empty
	switch {
	case s.before:
		words = t.Before
	case s.desk.Board != s.desk.Whole:
		words = t.Filtered
	}
	p := &page{desk: s.desk, width: max(min(s.width-4, 76), 8)}
	if s.height > 4 {
		p.blank()
	}
	p.text(theme.Text, safe.Of(s.desk.Keyed(words)), 0)
	for i := range p.lines {
		p.lines[i] = "  " + p.lines[i]
	}
	return strings.Join(p.lines[:min(len(p.lines), max(s.height, 1))], "\n")
}
