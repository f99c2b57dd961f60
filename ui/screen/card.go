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

// cardRows is how many lines a card takes.
const cardRows = 3

// cards draws efforts as cards and keeps what it drew: a frame is then put together from lines that are
// ready, whatever the number of efforts. The cursor changes a card's first line only, as Bubble Tea sends
// every changed line whole.
type cards struct {
	desk  *app.Desk
	lines map[cardKey][cardRows]string
	line  widget.Line
}

type cardKey struct {
	id       model.EffortID
	version  uint32
	width    int
	selected bool
	marked   bool
	unseen   bool
	// editing is who else has the effort open.
	editing string
	// age is as fine as the age on the card: it changes each hour, each minute in an effort's first hour.
	age int64
}

// maxCards bounds what is kept: a few screens of the largest terminal.
const maxCards = 2048

func newCards(d *app.Desk) *cards { return &cards{desk: d, lines: map[cardKey][cardRows]string{}} }

// draw returns the lines of a card, each exactly width cells.
func (c *cards) draw(e *model.Effort, width int, selected, marked bool) [cardRows]string {
	now, step := c.desk.Now().Unix(), int64(3600)
	if now-int64(e.Created) < step {
		step = 60
	}
	key := cardKey{e.ID, e.Version, width, selected, marked, c.desk.Unseen(e.ID), c.desk.EditedBy(e.ID), now / step}
	if lines, ok := c.lines[key]; ok {
		return lines
	}
	if len(c.lines) >= maxCards {
		clear(c.lines)
	}
	lines := [cardRows]string{c.first(e, width, selected, marked), c.second(e, width, marked), c.third(e, width, key.editing)}
	c.lines[key] = lines
	return lines
}

// first: kind, national, codename, title where there is room, status, age, and whether it waits.
func (c *cards) first(e *model.Effort, width int, selected, marked bool) string {
	d, g := c.desk, c.desk.Theme.Glyph
	// Few roles on this line: it is what a move of the cursor sends, whole, and each change of role costs.
	plain, strong := theme.Text, theme.Strong
	l := c.line.Begin(d.Theme, width)
	switch {
	case selected:
		plain, strong = theme.Selected, theme.Selected
		l.Put(plain, g.Cursor)
	case marked:
		l.Put(theme.Marked, g.Mark)
	default:
		l.Skip(1)
	}
	age := safe.Of(d.Texts.Ago(e.Created, d.Now())).FitRight(6)
	status := safe.Of(d.Texts.Words.Status[e.Status.String()])
	statusWidth := min(11, max(width-24, 4))
	waits := g.None
	if e.Waiting() {
		waits = g.Waits
	}
	end := width - statusWidth - age.Width() - 4
	l.Put(plain, safe.Of(d.Texts.Words.Short.Kind[e.Kind.String()]))
	if e.Level == model.National {
		l.Put(plain, g.National)
	} else {
		l.ToFill(plain, 3)
	}
	switch e.Priority {
	case model.PriorityHigh:
		l.Put(strong, g.MoreAbove)
	case model.PriorityLow:
		l.Put(plain, g.MoreBelow)
	default:
		l.ToFill(plain, 4)
	}
	l.Put(strong, safe.Of(e.Name()).Cut(max(end-l.Used(), 0)))
	if room := end - l.Used() - 2; room >= 12 && e.Title != "" {
		l.ToFill(plain, l.Used()+2).Put(plain, safe.Of(e.Title).Cut(room))
	}
	l.ToFill(plain, end+1).Put(plain, status.Fit(statusWidth)).Put(plain, age).ToFill(plain, width-2)
	role := theme.Alarm
	if selected {
		role = theme.Selected
	} else if !e.Waiting() {
		role = theme.Dim
	}
	l.Put(role, waits)
	if d.Unseen(e.ID) {
		l.Put(fresh(selected), g.Changed)
	}
	return l.ToFill(plain, width).Done()
}

// fresh is the role of the sign that others have changed something.
func fresh(selected bool) theme.Role {
	if selected {
		return theme.Selected
	}
	return theme.Fresh
}

// second: the agencies. The letters' case and signs carry the state: lead POL*, asked KFM?, declined fk-.
func (c *cards) second(e *model.Effort, width int, marked bool) string {
	l := c.line.Begin(c.desk.Theme, width).Skip(1)
	if marked { // here too, as the cursor hides the one above
		l.Put(theme.Marked, c.desk.Theme.Glyph.Mark)
	}
	l.To(3)
	if len(e.Assignments) == 0 {
		l.Say(theme.Dim, c.desk.Keyed(c.desk.Texts.Screen.Effort.NoAgencies)).Skip(1)
	}
	agencies(c.desk, l, e)
	return l.Done()
}

// agencies writes as many agencies and partners as the line holds, and how many more there are.
func agencies(d *app.Desk, l *widget.Line, e *model.Effort) {
	put := func(i int, role theme.Role, words safe.Text) bool {
		rest := len(e.Assignments) + len(e.Partners) - i
		room := l.Left()
		if rest > 1 {
			room -= 4
		}
		if words.Width()+1 > room && i > 0 {
			l.Say(theme.Dim, "+"+strconv.Itoa(rest))
			return false
		}
		l.Put(role, words).Skip(1)
		return true
	}
	for i, a := range e.Assignments {
		role, words := agencyMark(d, a)
		if !put(i, role, words) {
			return
		}
	}
	for i, p := range e.Partners {
		if !put(len(e.Assignments)+i, theme.Dim, safe.Of("+"+p)) {
			return
		}
	}
}

// agencyMark is an agency as cards write it.
func agencyMark(d *app.Desk, a model.Assignment) (theme.Role, safe.Text) {
	code := string(a.Agency)
	role := theme.Text
	switch {
	case a.Lead:
		code, role = code+"*", theme.Strong
	case a.State == model.Asked:
		code, role = code+"?", theme.Warn
	case a.State == model.Declined:
		code, role = strings.ToLower(code)+"-", theme.Dim
	case a.State == model.Released:
		code, role = "("+strings.ToLower(code)+")", theme.Dim
	}
	if a.Agency == d.Actor.Agency && a.State <= model.Accepted {
		role = theme.Accent
	}
	mark := safe.Of(code)
	if a.State <= model.Accepted && a.Mode > model.OnSite {
		mark = safe.Join(mark, modeGlyph(d, a.Mode))
	}
	return role, mark
}

// modeGlyph is the sign of a mode.
func modeGlyph(d *app.Desk, m model.Mode) safe.Text {
	g := d.Theme.Glyph
	switch m {
	case model.Planning:
		return g.Half
	case model.IntelligenceOnly:
		return g.Dotted
	case model.Remote:
		return g.Hollow
	}
	return g.Full
}

// third: the balance of measures, and the one most important hint.
func (c *cards) third(e *model.Effort, width int, editing string) string {
	d := c.desk
	l := c.line.Begin(d.Theme, width).Skip(3)
	balance(d, l, e)
	role, hint := hintOf(d, e)
	if editing != "" {
		role, hint = theme.Accent, text.Fill(d.Texts.Screen.Here.Editing, "who", editing)
	}
	l.Skip(2)
	if l.Left() > 4 {
		l.Put(role, safe.Of(hint).Cut(l.Left()))
	}
	return l.Done()
}

// balance draws the measures by type: at most three signs each, a dot for none. Administrative ones show
// only where there are any, as they are not part of the balance.
func balance(d *app.Desk, l *widget.Line, e *model.Effort) {
	n := e.Measured()
	for _, m := range model.MeasureTypes() {
		if m == model.Administrative && n[m] == 0 {
			continue
		}
		l.Say(theme.Dim, d.Texts.Words.Short.Measure[m.String()])
		if n[m] == 0 {
			l.Put(theme.Dim, d.Theme.Glyph.None)
		} else {
			l.Put(theme.Text, d.Theme.Glyph.Measure.Repeat(min(n[m], 3)))
		}
		l.Skip(1)
	}
}

// hintOf is the one thing about an effort that most needs to be seen.
func hintOf(d *app.Desk, e *model.Effort) (theme.Role, string) {
	t, today := d.Texts.Screen.Board, d.Today()
	running := e.Status == model.Active || e.Status == model.Dormant
	measured := e.Measured()
	switch {
	case e.Review != 0 && e.Review < today:
		return theme.Alarm, text.Fill(t.Overdue, "date", d.Texts.Day(e.Review, today))
	case running && e.Lead() == "":
		return theme.Warn, t.NoLead
	case d.Catalogue().Silent > 0 && int(today-e.Updated.Day()) >= d.Catalogue().Silent:
		return theme.Warn, text.Fill(t.Silent, "n", strconv.Itoa(int(today-e.Updated.Day())))
	case running && measured[model.Safety] == 0 && e.Followup != nil:
		return theme.Dim, t.NoSafety
	case running && measured[model.Prevention] == 0 && e.Followup != nil:
		return theme.Dim, t.NoPrevention
	case e.Review != 0:
		return theme.Dim, text.Fill(t.Review, "date", d.Texts.Day(e.Review, today))
	}
	return theme.Dim, ""
}
