package screen

import (
	"strconv"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/theme"
	"board.internal/samverkan/ui/widget"
)

// column is one focus.
type column struct {
	focus        model.FocusCode
	name         safe.Text
	efforts      []*model.Effort
	waiting, new int
	// national is how many of them are national: the picture counts those in the country's row, and so do waiting and new.
	national int
	selected model.EffortID
	// changed is how many others have changed, as of the desk's serial.
	changed, serial int
	widget.Window
	shown [][cardRows]string
}

// keep notes the effort under the cursor, so that the cursor can follow it.
func (c *column) keep() {
	c.Move(c.Cursor, len(c.efforts))
	c.selected = ""
	if c.Cursor < len(c.efforts) {
		c.selected = c.efforts[c.Cursor].ID
	}
}

// remark works out what is marked among what is seen: a filter takes efforts out of the next action's reach.
func (r *region) remark() {
	r.marked, r.chosen = nil, nil
	if r.marks.none() {
		return
	}
	r.marked = map[model.EffortID]bool{}
	for i := range r.columns {
		c := &r.columns[i]
		has := r.marks.seen(c.ids(), c.Cursor)
		for j, e := range c.efforts {
			if has(j) {
				r.marked[e.ID] = true
				r.chosen = append(r.chosen, e)
			}
		}
	}
}

// ids are the efforts of the column.
func (c *column) ids() []model.EffortID {
	ids := make([]model.EffortID, len(c.efforts))
	for i, e := range c.efforts {
		ids[i] = e.ID
	}
	return ids
}

// ready takes the cards a column shows.
func (r *region) ready(c *column, width int, active bool) {
	rows := r.rows()
	c.Show(len(c.efforts), rows)
	c.shown = c.shown[:0]
	for i := c.Top; i < min(c.Top+rows, len(c.efforts)); i++ {
		c.shown = append(c.shown, r.cards.draw(c.efforts[i], width, active && i == c.Cursor, r.marked[c.efforts[i].ID]))
	}
}

// heading is a column's name and counts; where it is longer than the screen, which part is seen.
func (r *region) heading(c *column, width int, active bool) string {
	l := r.line.Begin(r.desk.Theme, width)
	if active {
		l.Put(theme.TabActive, r.desk.Theme.Glyph.Cursor).Put(theme.TabActive, c.name)
	} else {
		l.Skip(1).Put(theme.Heading, c.name)
	}
	r.counts(l, c)
	if c.Top > 0 || c.Top+r.rows() < len(c.efforts) {
		l.Right(theme.Dim, r.part(c))
	}
	return l.Done()
}

// part says which cards of a long column are on the screen.
func (r *region) part(c *column) safe.Text {
	last := min(c.Top+r.rows(), len(c.efforts))
	return safe.Of(strconv.Itoa(c.Top+1) + "-" + strconv.Itoa(last) + "/" + strconv.Itoa(len(c.efforts)))
}

func (r *region) counts(l *widget.Line, c *column) {
	g := r.desk.Theme.Glyph
	l.Skip(1).Say(theme.Text, strconv.Itoa(len(c.efforts)-c.national))
	if c.national > 0 {
		l.Skip(1).Put(theme.Text, safe.Join(g.National, safe.Of(strconv.Itoa(c.national))))
	}
	if c.waiting > 0 {
		l.Skip(1).Put(theme.Alarm, safe.Join(g.Waits, safe.Of(strconv.Itoa(c.waiting))))
	}
	if n := r.markedIn(c); n > 0 {
		l.Skip(1).Put(theme.Marked, safe.Join(g.Mark, safe.Of(strconv.Itoa(n))))
	}
	if c.new > 0 {
		l.Skip(1).Put(theme.Fresh, safe.Join(g.New, safe.Of(strconv.Itoa(c.new))))
	}
	if n := r.changedIn(c); n > 0 {
		l.Skip(1).Put(theme.Fresh, safe.Join(g.Changed, safe.Of(strconv.Itoa(n))))
	}
}

// changedIn is how many of a column others have changed and nobody here has looked at, counted anew when that changes.
func (r *region) changedIn(c *column) int {
	if serial := r.desk.UnseenSerial() + 1; c.serial != serial { // a new column has counted at none
		c.changed, c.serial = r.desk.CountUnseen(c.efforts), serial
	}
	return c.changed
}

// markedIn is how many efforts of a column are marked.
func (r *region) markedIn(c *column) (n int) {
	if len(r.marked) == 0 {
		return 0
	}
	for _, e := range c.efforts {
		if r.marked[e.ID] {
			n++
		}
	}
	return n
}

// focusTabs are the focuses on one line, where only one column fits.
func (r *region) focusTabs(width int) string {
	l := r.line.Begin(r.desk.Theme, width)
	full := 0
	for i := range r.columns {
		full += r.columns[i].name.Width() + 12
	}
	for i := range r.columns {
		c := &r.columns[i]
		l.Skip(1)
		if i == r.at {
			l.Put(theme.TabActive, safe.Join(safe.Of("["), c.name, safe.Of("]")))
			r.counts(l, c)
		} else {
			name := c.name
			if full > width {
				name = name.Cut(7)
			}
			l.Put(theme.Tab, name).Skip(1).Say(theme.Dim, strconv.Itoa(len(c.efforts)-c.national))
			if n := r.changedIn(c); n > 0 {
				l.Skip(1).Put(theme.Fresh, safe.Join(r.desk.Theme.Glyph.Changed, safe.Of(strconv.Itoa(n))))
			}
			if c.national > 0 {
				l.Skip(1).Put(theme.Dim, safe.Join(r.desk.Theme.Glyph.National, safe.Of(strconv.Itoa(c.national))))
			}
		}
		l.Skip(1)
	}
	if c := &r.columns[r.at]; c.Top > 0 || c.Top+r.rows() < len(c.efforts) {
		l.Right(theme.Dim, r.part(c))
	}
	return l.Done()
}
