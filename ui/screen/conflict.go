package screen

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
	"board.internal/samverkan/ui/widget"
)

// conflict shows mine against theirs, a row for each thing that somebody else has changed while a box was open. Each is
// chosen for itself; nothing is chosen to begin with, so that neither side is lost by an enter too many.
type conflict struct {
	overlay
	// under is the box that gave the command; it is done with when this is, and untouched when this is left.
	under   app.Screen
	command model.Command
	rows    []dispute
	win     widget.Window
	// then takes what is chosen instead of saving it, nil where it is saved; ok is false when nothing of mine is left.
	then func(settled model.Command, ok bool) tea.Cmd
}

// dispute is one thing: what is wanted and what stands, and whose is chosen.
type dispute struct {
	diffs  []model.Diff
	chosen side
}

// side is whose value is to stand.
type side int

const (
	nobodys side = iota
	mine
	theirs
)

func newConflict(d *app.Desk, under app.Screen, command model.Command, against []model.Diff) *conflict {
	c := &conflict{overlay: overlay{desk: d}, under: under, command: command}
	c.take(against)
	return c
}

// take shows what stands against the command now. A choice stays while theirs is what it was chosen against.
func (c *conflict) take(against []model.Diff) {
	was := c.rows
	c.rows = nil
	place := func(r dispute) int {
		i := slices.IndexFunc(was, func(old dispute) bool { return alikeIn(old, r) })
		return cmp.Or(i+1, len(was)+1) // what is new stands last
	}
	for _, same := range model.Subjects(against) {
		row, known := dispute{diffs: same}, len(was) == 0
		for _, old := range was {
			if c.same(old, row) {
				row.chosen, known = old.chosen, true
			}
		}
		if !known {
			c.fault = text.Fill(c.desk.Texts.Screen.Conflict.Again, "officer", string(same[len(same)-1].Officer), "field", c.label(row))
		}
		c.rows = append(c.rows, row)
	}
	slices.SortStableFunc(c.rows, func(a, b dispute) int { return place(a) - place(b) })
	c.win.Move(c.win.Cursor, max(len(c.rows), 1))
	if i := slices.IndexFunc(c.rows, func(r dispute) bool { return r.chosen == nobodys }); i >= 0 {
		c.win.Move(i, len(c.rows)) // which is what there is to do
	}
}

// same reports whether two rows are about the same thing with the same value of theirs.
func (c *conflict) same(a, b dispute) bool { return alikeIn(a, b) && c.theirs(a) == c.theirs(b) }

// alikeIn reports whether two rows are about the same thing.
func alikeIn(a, b dispute) bool {
	return a.diffs[0].Effort == b.diffs[0].Effort && a.diffs[0].Field.Subject() == b.diffs[0].Field.Subject()
}

// name is what people call an effort, also when it has ended meanwhile: the box below was opened on it.
func (c *conflict) name(id model.EffortID) string {
	if box, ok := c.under.(interface{ opened() []*model.Effort }); ok {
		for _, e := range box.opened() {
			if e.ID == id {
				return e.Name()
			}
		}
	}
	return nameOf(c.desk, id)
}

// Dirty: what was typed in the box below is not saved.
func (c *conflict) Dirty() bool { return true }

func (c *conflict) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case app.BoardMsg:
		return c.look()
	case app.Loaded:
		c.looked(msg)
	case app.Done:
		return c.saved(msg)
	case tea.KeyMsg:
		if !msg.Paste {
			return c.key(msg.String())
		}
	}
	return nil
}

// look asks anew what stands against the command, when one of its efforts has moved on.
func (c *conflict) look() tea.Cmd {
	moved := false
	for _, r := range c.rows {
		e := c.desk.Whole.Effort(r.diffs[0].Effort)
		moved = moved || e == nil || e.Version > r.diffs[0].Version
	}
	if !moved || c.busy {
		return nil
	}
	d, who, command := c.desk, c.desk.Actor, c.command
	return d.Load(c, func(ctx context.Context) (any, error) {
		_, err := d.Store.Try(ctx, who, command)
		return nil, err
	})
}

func (c *conflict) looked(msg app.Loaded) {
	against := model.Against(msg.Err)
	switch {
	case len(against) > 0, msg.Err == nil:
		c.take(against)
		if len(against) == 0 {
			c.fault = c.desk.Texts.Screen.Conflict.Gone
		}
	case !errors.Is(msg.Err, context.Canceled):
		c.fault = c.desk.Sentence(msg.Err)
	}
}

// saved closes both boxes, or shows what has come between: that is a conflict like the first.
func (c *conflict) saved(msg app.Done) tea.Cmd {
	c.busy = false
	against := model.Against(msg.Err)
	switch {
	case len(against) > 0:
		c.command = msg.Command
		c.take(against)
	case msg.Err != nil:
		c.fault = c.desk.Sentence(msg.Err)
	default:
		return c.desk.Pop(c.under)
	}
	return nil
}

func (c *conflict) key(key string) tea.Cmd {
	c.fault = ""
	switch key {
	case "esc":
		return c.desk.Pop(c)
	case "enter", "ctrl+s":
		return c.save()
	case "up", "shift+tab":
		c.win.Move(c.win.Cursor-1, len(c.rows))
	case "down", "tab":
		c.win.Move(c.win.Cursor+1, len(c.rows))
	case "left", "m":
		c.choose(mine, false)
	case "right", "t":
		c.choose(theirs, false)
	case "M":
		c.choose(mine, true)
	case "T":
		c.choose(theirs, true)
	}
	return nil
}

// choose takes a side in the row under the cursor, or in all.
func (c *conflict) choose(s side, all bool) {
	for i := range c.rows {
		if all || i == c.win.Cursor {
			c.rows[i].chosen = s
		}
	}
}

// save gives what is chosen as one command.
func (c *conflict) save() tea.Cmd {
	var against []model.Diff
	for i, r := range c.rows {
		if r.chosen == nobodys {
			c.win.Move(i, len(c.rows))
			c.fault = text.Fill(c.desk.Texts.Screen.Conflict.Choose, "field", c.label(r))
			return nil
		}
		against = append(against, r.diffs...)
	}
	settled, ok := model.Settle(c.command, against, c.isMine)
	switch {
	case c.then != nil:
		pop := c.desk.Pop(c)
		return tea.Batch(pop, c.then(settled, ok))
	case !ok:
		c.desk.Say(c.desk.Texts.Screen.Conflict.TheirsStand)
		return c.desk.Pop(c.under)
	}
	c.busy = true
	return c.desk.Do(c, settled)
}

func (c *conflict) isMine(x model.Diff) bool {
	return slices.ContainsFunc(c.rows, func(r dispute) bool {
		return r.chosen == mine && alikeIn(r, dispute{diffs: []model.Diff{x}})
	})
}

// label is what a row is about; of several efforts it names which.
func (c *conflict) label(r dispute) string {
	name := c.desk.Texts.Subject(r.diffs[0].Field)
	if _, several := c.command.(model.Together); several {
		name = c.name(r.diffs[0].Effort) + " " + name
	}
	return name
}

func (c *conflict) side(r dispute, value func(model.Diff) string) string {
	return c.desk.Texts.Side(r.diffs, value, c.desk.Catalogue())
}

func (c *conflict) mine(r dispute) string {
	return c.side(r, func(x model.Diff) string { return x.Mine })
}

func (c *conflict) theirs(r dispute) string {
	return c.side(r, func(x model.Diff) string { return x.Theirs })
}

// View draws a line for each thing, and below them all there is to know of the one under the cursor. On a narrow screen
// a thing takes three lines.
func (c *conflict) View() string {
	t := c.desk.Texts.Screen.Conflict
	width := c.inner(76)
	about := c.about(width)
	foot := 1
	if c.fault != "" {
		foot += len(safe.Of(c.fault).Wrap(width))
	}
	room := c.overlay.rows() - foot
	each, head := 1, 1
	if width < 56 {
		each, head = 3, 0
	}
	if most := max(room-head-each, 0); len(about) > most {
		about = about[:most]
	}
	size := max((room-len(about)-head)/each, 1)
	c.win.Show(len(c.rows), size)
	var lines []string
	if each == 1 {
		lines = append(lines, c.heading(width))
	}
	for i := c.win.Top; i < min(c.win.Top+size, len(c.rows)); i++ {
		lines = append(lines, c.row(i, width)...)
	}
	return c.box(c.title(), append(lines, about...), fitting(width, t.Hint, t.HintShort), width)
}

// title names the effort, or says of how many it is.
func (c *conflict) title() string {
	var efforts []string
	for _, r := range c.rows {
		if name := c.name(r.diffs[0].Effort); len(efforts) == 0 || efforts[len(efforts)-1] != name {
			efforts = append(efforts, name)
		}
	}
	return text.Fill(c.desk.Texts.Screen.Conflict.Title, "effort", strings.Join(efforts, ", "))
}

// columns are where mine and theirs begin, and how wide each is.
func (c *conflict) columns(width int) (first, second, room int) {
	first = max(width/5, 12)
	if _, several := c.command.(model.Together); several {
		first = width / 3
	}
	room = (width - first) / 2
	return first, first + room, room
}

func (c *conflict) heading(width int) string {
	t := c.desk.Texts.Screen.Conflict
	first, second, room := c.columns(width)
	return c.begin(width).To(first+4).Put(theme.Heading, safe.Of(t.Mine).Cut(room-5)).To(second+4).Put(theme.Heading, safe.Of(t.Theirs).Cut(room-5)).Done()
}

// row is one thing. What is chosen has a cross, so that it shows without colour.
func (c *conflict) row(i, width int) []string {
	t, r := c.desk.Texts.Screen.Conflict, c.rows[i]
	values := []struct {
		of    side
		name  string
		value string
	}{{mine, t.Mine, c.mine(r)}, {theirs, t.Theirs, c.theirs(r)}}
	_, _, fits := c.columns(width)
	if fits -= 5; width < 56 {
		fits = width - 6 - max(safe.Of(t.Mine).Width(), safe.Of(t.Theirs).Width())
	}
	values[0].value, values[1].value = apart(values[0].value, values[1].value, fits)
	sign := func(l *widget.Line, of side) theme.Role {
		role, mark := theme.Text, "[ ] "
		if r.chosen == of {
			role, mark = theme.Strong, "[x] "
		}
		l.Say(role, mark)
		return role
	}
	l := c.begin(width)
	role := row(c.desk, l, i == c.win.Cursor)
	first, second, room := c.columns(width)
	if width >= 56 {
		l.Put(role, safe.Of(c.label(r)).Cut(first-2))
		for _, v := range values {
			l.To(map[side]int{mine: first, theirs: second}[v.of])
			l.Put(sign(l, v.of), safe.Of(v.value).Cut(room-5))
		}
		return []string{l.Done()}
	}
	lines := []string{l.Put(role, safe.Of(c.label(r)).Cut(width-1)).Done()}
	for _, v := range values {
		l := c.begin(width).Skip(1)
		role := sign(l, v.of)
		l.Say(theme.Dim, v.name+": ")
		lines = append(lines, l.Put(role, safe.Of(v.value).Cut(l.Left())).Done())
	}
	return lines
}

// apart leaves out what two texts that are too long to be shown whole begin with alike, but for a little before they
// part: it is what differs that is to be chosen between.
func apart(a, b string, fits int) (string, string) {
	const before = 8
	as, bs := []rune(a), []rune(b)
	if safe.Of(a).Width() <= fits && safe.Of(b).Width() <= fits {
		return a, b
	}
	same := 0
	for same < min(len(as), len(bs)) && as[same] == bs[same] {
		same++
	}
	if same <= before+1 {
		return a, b
	}
	from := same - before
	for from > 0 && unicode.Is(unicode.M, as[from]) { // no mark without its letter
		from--
	}
	for _, side := range []struct {
		text *string
		rest []rune
	}{{&a, as[from:]}, {&b, bs[from:]}} {
		if safe.Of(*side.text).Width() > fits {
			*side.text = "…" + string(side.rest)
		}
	}
	return a, b
}

// about is all of the thing under the cursor: whose it is by now and since when, what it was, and what is too long for
// its column.
func (c *conflict) about(width int) (lines []string) {
	if c.win.Cursor >= len(c.rows) {
		return nil
	}
	t, r := c.desk.Texts.Screen.Conflict, c.rows[c.win.Cursor]
	last := r.diffs[len(r.diffs)-1]
	say := func(label, value string) {
		for _, part := range safe.Of(label + ": " + value).Wrap(width - 1) {
			lines = append(lines, c.begin(width).Skip(1).Put(theme.Dim, part).Done())
		}
	}
	say(t.Theirs, text.Fill(t.By, "officer", string(last.Officer), "ago", c.desk.Texts.Ago(last.At, c.desk.Now())))
	say(t.Before, c.side(r, func(x model.Diff) string { return x.Base }))
	_, _, room := c.columns(width)
	for _, v := range [][2]string{{t.Mine, c.mine(r)}, {t.Theirs, c.theirs(r)}} {
		if safe.Of(v[1]).Width() > room-5 {
			say(v[0], v[1])
		}
	}
	return lines
}
