package app

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
	"board.internal/samverkan/ui/widget"
)

// The smallest terminal the board is drawn on, and the lines the frame takes of it.
const (
	minWidth  = 40
	minHeight = 12
	frameRows = 4 // and one more in the past
	// wideFrame is from which width on the first line says who is at the desk, and not the second.
	wideFrame = 70
)

// frame is what View keeps from one call to the next.
type frame struct {
	line    widget.Line
	out     strings.Builder
	message [1]string
}

func (a *App) resize(width, height int) {
	if width == a.width && height == a.height {
		return
	}
	a.width, a.height = width, height
	a.lay()
	if a.above != nil {
		a.above.resize(width, height)
	}
}

// room is how many lines there are for screens, the line of chips among them.
func (a *App) room() int {
	rows := a.height - frameRows
	if a.below != nil {
		rows--
	}
	return rows
}

// narrowed reports whether the board is narrowed, which a line of chips says below every screen.
func (a *App) narrowed() bool { return !a.desk.Filter.Empty() || a.desk.Mine }

// lay gives every screen its size.
func (a *App) lay() {
	a.chipped = a.narrowed()
	for _, s := range a.stack {
		rows := a.room()
		if _, over := s.(Overlay); !over && a.chipped {
			rows--
		}
		s.SetSize(a.width, max(rows, 0))
	}
	if a.cover != nil {
		a.cover.SetSize(a.width, a.height)
	}
}

// View draws the frame around the screen, and the overlays over it.
func (a *App) View() string {
	switch {
	case a.width <= 0 || a.height <= 0:
		return ""
	case a.cover != nil: // and nothing else, at any size
		return a.cover.View()
	case a.above != nil:
		return a.above.View()
	case a.width < minWidth || a.height < minHeight:
		return a.small()
	}
	b := &a.frame.out
	b.Reset()
	b.Grow(a.width * a.height * 2)
	b.WriteString(a.head())
	b.WriteByte('\n')
	b.WriteString(a.tabs())
	b.WriteByte('\n')
	if a.below != nil {
		b.WriteString(a.banner())
		b.WriteByte('\n')
	}
	a.body(b)
	b.WriteString(a.foot())
	return b.String()
}

// small is the polite line on a terminal too small to work in.
func (a *App) small() string {
	t := a.desk.Texts.Screen
	words := safe.Of(text.Fill(t.TooSmall, "width", strconv.Itoa(minWidth), "height", strconv.Itoa(minHeight)))
	lines := words.Wrap(a.width)
	var out []string
	for _, l := range lines[:min(len(lines), a.height)] {
		out = append(out, a.desk.Theme.Paint(theme.Text, l.Cut(a.width)))
	}
	return strings.Join(out, "\n")
}

// body writes the screen, filled to its height, and the message below it, each line ended.
func (a *App) body(b *strings.Builder) {
	height := a.room()
	base := a.base()
	view := ""
	if base == nil {
		view = a.frame.line.Begin(a.desk.Theme, a.width).Skip(1).Say(theme.Dim, a.desk.Texts.Screen.Loading).Done()
	} else {
		view = base.View()
	}
	message := a.messageLines()
	if !a.chipped && len(message) == 1 && (len(a.stack) == 0 || a.stack[len(a.stack)-1] == base) {
		b.WriteString(view)
		b.WriteByte('\n')
		for range height - 1 - strings.Count(view, "\n") {
			b.WriteByte('\n')
		}
		b.WriteString(message[0])
		b.WriteByte('\n')
		return
	}
	lines := strings.Split(view, "\n")
	for len(lines) < height {
		lines = append(lines, "")
	}
	if a.chipped {
		lines[height-1] = a.chips()
	}
	above := false
	for _, s := range a.stack {
		if s == base {
			above = true
		}
		if o, ok := s.(Overlay); ok && above {
			lines = a.over(lines, o)
		}
	}
	// A message of several lines grows upwards over the screen.
	lines = append(lines[:height-len(message)+1], message...)
	for _, l := range lines {
		b.WriteString(l)
		b.WriteByte('\n')
	}
}

// over lays one overlay over the lines.
func (a *App) over(lines []string, o Overlay) []string {
	view := o.View()
	if view == "" {
		return lines
	}
	box := strings.Split(view, "\n")
	box = box[:min(len(box), len(lines))]
	width := 0
	for _, l := range box {
		width = max(width, ansi.StringWidth(l))
	}
	x, y := (a.width-width)/2, (len(lines)-len(box))/2
	if o.Place() == Foot {
		x, y = 0, len(lines)-len(box)
	}
	return widget.Over(lines, box, max(x, 0), max(y, 0))
}

// head is the first line: the product, where one is; who one is, what waits for the own agency, the clock, and whether
// what is seen is live. Where room is short the product goes first, then the officer; what waits always stands there.
func (a *App) head() string {
	d, th := a.desk, a.desk.Theme
	wide := a.width >= wideFrame
	clock := safe.Of(d.Now().In(a.zone()).Format("15:04 "))
	if a.below != nil { // the banner says when it is
		clock = safe.Text{}
	}
	role, live := a.liveness()
	title := safe.Text{}
	if base := a.base(); base != nil {
		title = base.Title()
	}
	var key, label, asked, who safe.Text
	if wide {
		who = safe.Join(safe.Of(a.who()).Cut(a.width/3), safe.Blank(2))
	}
	if wide && who.Width()+title.Width()+a.badge()+30 > a.width { // where one is goes before who one is
		who = safe.Join(safe.Of(a.initials()), safe.Blank(2))
	}
	in := safe.Text{}
	if wide {
		in = a.in()
	}
	right := who.Width() + clock.Width() + live.Width() + in.Width() + 1
	counter := 0
	if !a.counterInTabs() {
		// In full where the title is whole beside it.
		for _, short := range []bool{false, true} {
			key, label, asked = a.counter(short)
			counter = key.Width() + label.Width() + asked.Width() + 2
			if wide && right+counter+title.Width()+a.badge() < a.width {
				break
			}
		}
	}
	right += counter
	l := a.frame.line.Begin(th, a.width).Skip(1)
	if wide && l.Left() > right+title.Width()+a.badge()+10 {
		l.Say(theme.Title, "SAMVERKAN").Skip(2)
	}
	if d.Exercise && wide {
		l.Say(theme.Badge, d.Texts.Screen.Exercise).Skip(2)
	}
	l.Put(theme.Strong, title.Cut(max(l.Left()-right-1, 0)))
	l.Skip(l.Left()-right).Put(theme.Accent, who)
	if counter > 0 {
		l.Put(theme.Key, key).Put(theme.Text, label).Put(theme.Alarm, asked).Skip(2)
	}
	return l.Put(theme.Text, clock).Put(role, live).Put(theme.Text, in).Done()
}

// badge is how many cells the sign of an exercise takes, with the blanks around the title.
func (a *App) badge() int {
	if !a.desk.Exercise {
		return 3
	}
	return safe.Of(a.desk.Texts.Screen.Exercise).Width() + 5
}

// liveness says whether what is seen is what is stored.
func (a *App) liveness() (theme.Role, safe.Text) {
	d, g := a.desk, a.desk.Theme.Glyph
	sign, role, words := g.Full, theme.Good, d.Texts.Screen.Live
	s := a.state()
	age := d.Now().Sub(s.Seen).Round(time.Second)
	switch {
	case a.below != nil:
		sign, role, words = g.Past, theme.Warn, d.Texts.Screen.Then.Sign
	case !a.loaded:
		sign, role, words = g.Dotted, theme.Dim, d.Texts.Screen.Reading
	case s.Err != nil && (s.Seen.IsZero() || age > awayAfter):
		sign, role, words = g.Fail, theme.Alarm, d.Texts.Screen.Away
	case s.Err != nil:
		sign, role, words = g.Dotted, theme.Warn, text.Fill(d.Texts.Screen.Stale, "n", strconv.Itoa(int(age/time.Second)))
	}
	return role, safe.Join(sign, safe.Blank(1), safe.Of(words))
}

// awayAfter is how long a store that does not answer is stale before it is away.
const awayAfter = 10 * time.Second

// initials are the officer's, or what else is short.
func (a *App) initials() string {
	return strings.TrimSpace(string(a.desk.Actor.Agency) + " " + a.desk.Actor.Initials)
}

// who is the officer in the frame: agency, role, initials.
func (a *App) who() string {
	agency, role, name := a.whoParts()
	parts := []string{agency, role, name}
	if a.desk.Actor.ReadOnly {
		parts = append(parts, a.desk.Texts.Screen.ReadOnly)
	}
	return strings.TrimSpace(strings.Join(parts, " "))
}

// whoShort is who with what tells people apart first, as the end of it may be cut.
func (a *App) whoShort() string {
	agency, role, name := a.whoParts()
	return strings.Join(strings.Fields(name+" "+agency+" "+role), " ")
}

// whoParts are the officer's agency, role and initials, or else the name.
func (a *App) whoParts() (agency, role, name string) {
	actor := a.desk.Actor
	if name = actor.Initials; name == "" {
		name = string(actor.Officer)
	}
	return string(actor.Agency), a.desk.Texts.Words.Role[actor.Role.String()], name
}

// waiting counts what waits for the officer, anew only when the board or the day has changed.
func (a *App) waiting() model.InboxCount {
	d := a.desk
	if today := d.Today(); a.countedOn != d.Whole || a.countedAt != today {
		a.countedOn, a.countedAt = d.Whole, today
		a.counted = a.inbox.Count(d.Whole, today)
	}
	return a.counted
}

// counter is what waits for the officer: i Inbox 5 !3, of which three are requests to the own agency. Short where
// there is little room.
func (a *App) counter(short bool) (key, label, asked safe.Text) {
	n, t := a.waiting(), a.desk.Texts.Screen
	key, label = safe.Of(a.keys.Shown(action.Inbox)), safe.Of(" "+t.Inbox.Title+" "+strconv.Itoa(n.All))
	if short {
		label = safe.Of(" " + strconv.Itoa(n.All))
	}
	if n.Requests > 0 {
		asked = safe.Join(safe.Blank(1), a.desk.Theme.Glyph.Waits, safe.Of(strconv.Itoa(n.Requests)))
	}
	return key, label, asked
}

// maxMessage is how many lines a message may take.
const maxMessage = 4

// messageLines are the last message in as many lines as it needs, at least one.
func (a *App) messageLines() []string {
	role, words := a.messageRole, safe.Of(a.message)
	if a.pending > 0 {
		role, words = theme.Dim, safe.Of(a.desk.Texts.Screen.Saving)
	}
	if words.Width() < a.width-1 {
		a.frame.message[0] = a.frame.line.Begin(a.desk.Theme, a.width).Skip(1).Put(role, words).Done()
		return a.frame.message[:]
	}
	var lines []string
	for _, part := range words.Wrap(a.width - 2) {
		lines = append(lines, a.frame.line.Begin(a.desk.Theme, a.width).Skip(1).Put(role, part).Done())
	}
	return lines[:min(len(lines), maxMessage)]
}

// foot is the last line: the six most useful keys for this spot. Under an overlay, which says its own, it is empty.
func (a *App) foot() string {
	l := a.frame.line.Begin(a.desk.Theme, a.width).Skip(1)
	if len(a.stack) == 0 || a.stack[len(a.stack)-1] != a.base() {
		return l.Done()
	}
	words := a.desk.Texts.Screen.Action
	help := safe.Of(a.keys.Shown(action.Help) + " " + words[string(action.Help)].Label)
	var seen [64]action.ID
	shown, n := 0, 0
	for _, b := range a.actions() {
		if a.keys.Moves(b.ID) && !b.Shows || slices.Contains(seen[:n], b.ID) {
			continue
		}
		if n < len(seen) { // also what is off here: its key says why, and is nobody else's
			seen[n] = b.ID
			n++
		}
		if b.Hidden || b.Hide != nil && b.Hide() || b.Why() != "" {
			continue
		}
		name := words[string(b.ID)].Label
		if b.Label != nil {
			name = b.Label()
		}
		key, label := safe.Of(a.keys.Shown(b.ID)), safe.Of(name)
		if shown == 6 || l.Left() < key.Width()+label.Width()+3+help.Width() {
			break
		}
		shown++
		l.Put(theme.Key, key).Skip(1).Put(theme.Label, label).Skip(2)
	}
	l.Say(theme.Key, a.keys.Shown(action.Help)).Skip(1).Say(theme.Label, words[string(action.Help)].Label)
	return l.Done()
}

func (a *App) zone() *time.Location {
	if z := a.desk.Catalogue().Zone; z != nil {
		return z
	}
	return time.Local
}
