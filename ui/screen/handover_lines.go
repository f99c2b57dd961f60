package screen

import (
	"strconv"
	"strings"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
)

// shiftLine is one line of the handover screen: of a row, or between them.
type shiftLine struct {
	row    int // -1: the cursor passes it by
	role   theme.Role
	indent int
	// name stands before the words in a column of its own, right at the end.
	name, words, right string
}

// The most lines that a section has, a note to take over and an older one.
const (
	shiftRows   = 7
	noteLines   = 6
	oldNoteRows = 2
)

// draw makes the lines anew, and leaves the cursor on its row.
func (s *handover) draw() {
	s.lines = s.lines[:0]
	if !s.ready {
		return
	}
	var keys []shiftKey
	row := func(k shiftKey, l shiftLine) {
		l.row = len(keys)
		keys = append(keys, k)
		s.lines = append(s.lines, l)
	}
	t := s.desk.Texts.Screen.Handover
	s.note(row)
	if n := len(s.shift.Important); n > 0 {
		s.section(t.Important, n, action.Journal, func(i int) {
			note := &s.shift.Important[i]
			row(shiftKey{kind: rowImportant, effort: note.Effort.ID, note: note.N}, shiftLine{role: theme.Strong, name: note.Effort.Name(),
				words: strings.Repeat(s.desk.Theme.Glyph.Waits.String(), 2) + " " + strings.ReplaceAll(note.Text, "\n", " "),
				right: string(note.By) + " " + s.desk.Texts.Ago(note.At, s.desk.Now())})
		})
	}
	s.section(t.Changed, len(s.shift.Changed), action.Journal, func(i int) {
		c := &s.shift.Changed[i]
		row(shiftKey{kind: rowChanged, effort: c.Effort.ID}, s.changed(c))
	})
	if s.shift.Cut {
		s.say(theme.Warn, 2, text.Fill(t.Cut, "n", strconv.Itoa(store.ShiftEvents)))
	}
	for _, waits := range []struct {
		kind  shiftKind
		title string
		lines []model.Waiting
	}{{rowWaiting, t.Waiting, s.shift.Waiting}, {rowOverdue, t.Overdue, s.shift.Overdue}} {
		s.section(waits.title+kinds(s.desk.Texts, waits.lines), len(waits.lines), action.Inbox, func(i int) {
			w := &waits.lines[i]
			row(shiftKey{kind: waits.kind, effort: w.Effort.ID, why: w.Why, agency: w.Agency}, shiftLine{name: w.Effort.Name(),
				words: s.desk.Texts.Waiting(w, s.desk.Today()), right: s.desk.Texts.Ago(w.Since, s.desk.Now())})
		})
	}
	s.section(t.Next, len(s.shift.Next), "", func(i int) {
		n := &s.shift.Next[i]
		row(shiftKey{kind: rowNext, effort: n.Effort.ID, why: n.Why, agency: n.Agency}, shiftLine{name: n.Effort.Name(), words: s.desk.Texts.Coming(n, s.desk.Today()),
			right: s.desk.Texts.Day(n.Day, s.desk.Today())})
	})
	s.rows.set(keys)
	s.follow()
}

// kinds says how many there are of each kind: 2 requests · 1 proposal.
func kinds(t *text.Texts, lines []model.Waiting) string {
	var counts [model.WaitReference + 1]int
	for i := range lines {
		counts[lines[i].Why]++
	}
	said := ""
	for _, why := range model.Waits() {
		if n := counts[why]; n > 0 && n < len(lines) {
			said += " · " + strconv.Itoa(n) + " " + t.Screen.Inbox.Kind[why.String()]
		}
	}
	return said
}

func (s *handover) say(role theme.Role, indent int, words string) {
	s.lines = append(s.lines, shiftLine{row: -1, role: role, indent: indent, words: words})
}

// section is a heading and the first rows of a list; what it leaves out it says, and which key shows all.
func (s *handover) section(title string, n int, all action.ID, draw func(i int)) {
	t := s.desk.Texts.Screen.Handover
	if s.height > 10 {
		s.say(theme.Text, 0, "")
	}
	s.lines = append(s.lines, shiftLine{row: -1, role: theme.Heading, words: title, right: strconv.Itoa(n)})
	for i := range min(n, shiftRows) {
		draw(i)
	}
	switch left := strconv.Itoa(n - shiftRows); {
	case n == 0:
		s.say(theme.Dim, 2, t.None)
	case n <= shiftRows:
	case all == "":
		s.say(theme.Dim, 2, text.Fill(t.More, "n", left))
	default:
		s.say(theme.Dim, 2, text.Fill(t.MoreAt, "n", left, "key", s.desk.Keys().Shown(all)))
	}
}

// note is since when the shift is, the handover before it, and one's own note.
func (s *handover) note(row func(shiftKey, shiftLine)) {
	x := s.desk.Texts.Screen.Handover
	since := x.SinceDay
	if s.out() {
		since = x.SignedOut
	} else if s.shift.Signed {
		since = text.Fill(x.SinceSigned, "when", when(s.desk, s.shift.Since))
	}
	s.lines = append(s.lines, shiftLine{row: -1, role: theme.Heading, words: x.Note, right: since})
	if len(s.shift.Handovers) == 0 {
		s.say(theme.Dim, 2, x.First)
	}
	for i := range s.shift.Handovers {
		h := &s.shift.Handovers[i]
		if i > 0 && (!h.Open() || !s.shift.Handovers[0].Open()) { // what lies before one that was taken is done with
			break
		}
		s.handedOver(h, row)
	}
	if why := s.may(); why != "" {
		s.say(theme.Dim, 2, why)
		return
	}
	draft := shiftLine{role: theme.Text, name: x.Draft, words: x.NoDraft}
	if d := s.desk.Drafts[draftKey(s.desk, s.region)]; d != "" {
		draft.words = d
	}
	row(shiftKey{kind: rowNote}, draft)
}

// handedOver is one handover: the last, or one before it that nobody has taken over either.
func (s *handover) handedOver(h *model.Handover, row func(shiftKey, shiftLine)) {
	x := s.desk.Texts.Screen.Handover
	fill := func(form string, at model.Stamp) string {
		return text.Fill(form, "n", strconv.Itoa(h.Number), "officer", string(h.Out.Officer), "by", string(h.In.Officer),
			"ago", s.desk.Texts.Ago(at, s.desk.Now()))
	}
	waits, most := s.desk.Theme.Glyph.Waits.String()+" ", noteLines
	switch {
	case !h.Open():
		s.say(theme.Dim, 2, fill(x.Taken, h.In.At))
		most = oldNoteRows
	case h.Out.Officer == s.desk.Actor.Officer:
		s.say(theme.Text, 2, fill(x.Given, h.Out.At))
		most = oldNoteRows
	case h == s.open() && s.may() == "":
		row(shiftKey{kind: rowTake}, shiftLine{role: theme.Alarm, words: waits + fill(x.Take, h.Out.At)})
	default:
		s.say(theme.Alarm, 2, waits+fill(x.Untaken, h.Out.At))
	}
	s.quote(h.Note, most)
}

// quote shows the first lines of a note.
func (s *handover) quote(note string, most int) {
	if note == "" {
		return
	}
	var parts []safe.Text
	for line := range strings.SplitSeq(note, "\n") {
		parts = append(parts, safe.Of(line).Wrap(max(s.width-6, 8))...)
	}
	for i, p := range parts {
		if i == most {
			s.say(theme.Dim, 4, text.Fill(s.desk.Texts.Screen.Handover.MoreLines, "n", strconv.Itoa(len(parts)-most)))
			break
		}
		s.say(theme.Strong, 4, p.String())
	}
}

// changed is an effort and what has become of it, by whom.
func (s *handover) changed(c *model.Changing) shiftLine {
	by := string(c.By)
	if c.Others > 0 {
		by = text.Fill(s.desk.Texts.Screen.Handover.Others, "officer", by, "n", strconv.Itoa(c.Others))
	}
	ago := s.desk.Texts.Ago(c.At, s.desk.Now())
	if s.width >= 60 {
		ago = safe.Of(by).Cut(16).String() + " " + ago
	}
	return shiftLine{name: c.Effort.Name(), words: s.desk.Texts.Changing(c, s.desk.Catalogue()), right: ago}
}

// follow scrolls so that the cursor's line is seen, with what stands above the first row.
func (s *handover) follow() {
	at := 0
	for i, l := range s.lines {
		if l.row == s.rows.Cursor {
			at = i
		}
	}
	if s.rows.Cursor == 0 && at < s.height {
		s.top = 0
	}
	s.top = max(min(s.top, at), at-s.height+1, 0)
	s.top = max(min(s.top, len(s.lines)-s.height), 0)
}

// show draws a line; at its edge stands whether there is more above or below.
func (s *handover) show(line *shiftLine, above, below bool) string {
	g := s.desk.Theme.Glyph
	l := s.line.Begin(s.desk.Theme, s.width)
	role, strong := line.role, theme.Strong
	if line.row >= 0 && line.row == s.rows.Cursor {
		role, strong = theme.Selected, theme.Selected
		l.Put(role, g.Cursor)
	} else {
		l.Skip(1)
	}
	right := safe.Of(line.right).Cut(max(s.width-12, 0))
	l.Skip(line.indent)
	if line.name != "" {
		width := max(min(s.width/5, 16), 10)
		l.ToFill(role, 2).Put(strong, safe.Of(line.name).Cut(width-1)).ToFill(role, width+2)
	}
	l.Put(role, safe.Of(line.words).Cut(max(s.width-l.Used()-right.Width()-3, 0)))
	if right.Width() > 0 {
		dim := theme.Dim
		if role == theme.Selected {
			dim = role
		}
		l.ToFill(role, s.width-right.Width()-2).Put(dim, right)
	}
	switch {
	case above:
		l.ToFill(role, s.width-1).Put(theme.Key, g.MoreAbove)
	case below:
		l.ToFill(role, s.width-1).Put(theme.Key, g.MoreBelow)
	}
	return l.Done()
}
