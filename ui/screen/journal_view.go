package screen

import (
	"strconv"
	"strings"
	"time"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
)

// From which width an entry's first line has room for all, and how many lines of changes are shown of one entry.
const (
	oneHead   = 70
	mostLines = 8
)

// block is an entry in words: its first line in parts, and what changed in lines of the screen's width.
type block struct {
	when, officer, effort, action, number safe.Text
	body                                  []safe.Text
}

// block puts an entry into words, once for each width.
func (s *journal) block(i int) *block {
	e := &s.trail.entries[i]
	if b := s.blocks[e.Seq]; b != nil {
		return b
	}
	t := s.desk.Texts
	b := &block{
		when: safe.Of(s.when(e.At)), officer: safe.Of(text.Officer(&e.Event)), effort: safe.Of(s.name(e.Effort)),
		action: safe.Of(t.EntryAction(&e.Event)), number: safe.Of("#" + strconv.FormatUint(e.Seq, 10)),
	}
	for _, line := range t.ChangeLines(&e.Event, true, s.name, s.desk.Catalogue()) {
		b.body = append(b.body, safe.Of(line).Wrap(max(s.width-bodyIndent-1, 8))...)
	}
	if most := max(min(mostLines, s.height-4), 1); len(b.body) > most {
		more := text.Fill(t.Screen.Journal.More, "n", strconv.Itoa(len(b.body)-most+1))
		b.body = append(b.body[:most-1:most-1], safe.Of(more))
	}
	s.blocks[e.Seq] = b
	return b
}

// bodyIndent is where what changed begins: after the cursor and the bracket.
const bodyIndent = 4

// heads is how many lines stand before what changed.
func (s *journal) heads() int {
	if s.width < oneHead {
		return 2
	}
	return 1
}

// name is what an effort is called, now where it is open.
func (s *journal) name(id model.EffortID) string {
	if e := s.desk.Whole.Effort(id); e != nil {
		return e.Name()
	}
	if name := s.trail.names[id]; name != "" {
		return name
	}
	return string(id)
}

func (s *journal) when(at model.Stamp) string {
	zone := s.desk.Catalogue().Zone
	if zone == nil {
		zone = time.UTC
	}
	return at.Time().In(zone).Format("2006-01-02 15:04")
}

// View draws the entries around the cursor.
func (s *journal) View() string {
	size := max(s.height-1, 1)
	s.trail.show(size, func(i int) int { return s.heads() + len(s.block(i).body) })
	lines := []string{s.heading()}
	s.shown = 0
	for i := s.trail.top; i < len(s.trail.entries) && len(lines) <= size; i++ {
		lines = append(lines, s.entry(i)...)
		if len(lines) <= size+1 {
			s.shown++
		}
	}
	t := s.desk.Texts.Screen.Journal
	switch {
	case s.err != nil:
		for _, part := range safe.Of(s.desk.Sentence(s.err)).Wrap(max(s.width-2, 8)) {
			lines = append(lines, s.line.Begin(s.desk.Theme, s.width).Skip(1).Put(theme.Error, part).Done())
		}
	case s.reading && len(lines) <= size:
		lines = append(lines, s.line.Begin(s.desk.Theme, s.width).Skip(bodyIndent).Say(theme.Dim, t.Reading).Done())
	case s.begun && len(s.trail.entries) == 0:
		words := t.Empty
		if s.filter.String() != "" {
			words = s.desk.Keyed(t.Nothing)
		}
		lines = append(lines, "", s.line.Begin(s.desk.Theme, s.width).Skip(3).Say(theme.Dim, words).Done())
	}
	return strings.Join(lines[:min(len(lines), max(s.height, 1))], "\n")
}

// heading says which entries are shown, that newer ones have come, and where in the journal the cursor is.
func (s *journal) heading() string {
	t := s.desk.Texts.Screen.Journal
	words, right := t.All, ""
	if f := s.filter.String(); f != "" {
		words = text.Fill(t.Of, "words", f)
	}
	if e := s.trail.selected(); e != nil {
		right = text.Fill(t.Where, "n", strconv.FormatUint(e.Seq, 10), "all", strconv.FormatUint(s.desk.Whole.Seq(), 10))
	}
	if s.reading {
		right = t.Reading
	}
	where := safe.Of(right)
	l := s.line.Begin(s.desk.Theme, s.width).Skip(1)
	newer := safe.Text{}
	if s.trail.fresh > 0 {
		newer = safe.Of(text.Fill(t.Newer, "n", strconv.Itoa(s.trail.fresh), "key", s.desk.Keys().Shown(action.Top)))
	}
	l.Put(theme.Heading, safe.Of(words).Cut(max(l.Left()-where.Width()-newer.Width()-5, 10))).Skip(2)
	if l.Left() > newer.Width()+where.Width()+2 {
		l.Put(theme.Fresh, newer)
	} else if newer.Width() > 0 && l.Left() > 3 {
		l.Put(theme.Fresh, s.desk.Theme.Glyph.MoreAbove).Say(theme.Fresh, strconv.Itoa(s.trail.fresh))
	}
	return l.Right(theme.Dim, where).Done()
}

// entry draws an entry: when, who, on which effort and what, and under it what changed. A bracket at the left holds the
// entries of one action together.
func (s *journal) entry(i int) (lines []string) {
	b, g := s.block(i), s.desk.Theme.Glyph
	selected := i == s.trail.cursor
	before, after := s.trail.with(i-1, i), s.trail.with(i, i+1)
	last := s.heads() + len(b.body) - 1
	begin := func(bracket safe.Text) {
		l := s.line.Begin(s.desk.Theme, s.width)
		if selected {
			l.Put(theme.Selected, g.Cursor)
		} else {
			l.Skip(1)
		}
		l.Put(theme.Border, bracket).To(3)
	}
	bracket := func(n int) safe.Text {
		switch {
		case !before && !after:
			return safe.Blank(1)
		case !before && n == 0:
			return g.TopLeft
		case !after && n == last:
			return g.BottomLeft
		}
		return g.Column
	}
	text, dim, strong := theme.Text, theme.Dim, theme.Strong
	if selected {
		text, dim, strong = theme.Selected, theme.Selected, theme.Selected
	}
	begin(bracket(0))
	l := &s.line
	l.Put(dim, b.when).ToFill(dim, l.Used()+2).Put(text, b.officer.Cut(max(l.Left()-2, 0)))
	if s.heads() == 2 {
		lines = append(lines, l.ToFill(text, s.width).Done())
		begin(bracket(1))
		l.ToFill(text, bodyIndent)
	} else {
		l.ToFill(text, l.Used()+2)
	}
	if b.effort.Width() > 0 {
		l.Put(strong, b.effort).ToFill(text, l.Used()+2)
	}
	l.Put(dim, b.action)
	if l.Left() > b.number.Width()+1 {
		l.ToFill(dim, s.width-b.number.Width()-1).Put(dim, b.number)
	}
	lines = append(lines, l.ToFill(text, s.width).Done())
	for n, part := range b.body {
		begin(bracket(s.heads() + n))
		lines = append(lines, l.To(bodyIndent).Put(theme.Text, part).Done())
	}
	return lines
}
