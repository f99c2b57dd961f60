package screen

import (
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
	"board.internal/samverkan/ui/widget"
)

// overlay is what all boxes share: their size, their fault line, and that they wait for an answer.
type overlay struct {
	desk          *app.Desk
	width, height int
	// fault stands at the bottom of the box.
	fault string
	// busy: something of the overlay's own is under way. Keys wait for a command's answer by themselves; busy
	// is for what comes meanwhile.
	busy bool
	// about are the efforts that the box changes, none for one that changes nothing.
	about []model.EffortID
	// from is the first line shown of a box that has more than fit.
	from int
	line widget.Line
}

// Actions: an overlay takes its keys itself and says them in its box.
func (o *overlay) Actions() []app.Bound { return nil }

// Open: most overlays have nothing to read.
func (o *overlay) Open() tea.Cmd { return nil }

// Title is not asked of overlays.
func (o *overlay) Title() safe.Text { return safe.Text{} }

// Place: most boxes stand in the middle.
func (o *overlay) Place() app.Place { return app.Center }

// Dirty: most boxes hold nothing that would be lost.
func (o *overlay) Dirty() bool { return false }

func (o *overlay) SetSize(width, height int) { o.width, o.height = width, height }

// inner is the width inside a box of at most most cells.
func (o *overlay) inner(most int) int { return max(min(o.width-4, most), 10) }

// rows is how many lines there are inside a box.
func (o *overlay) rows() int { return max(o.height-2, 1) }

func (o *overlay) begin(width int) *widget.Line { return o.line.Begin(o.desk.Theme, width) }

// row begins a row of a list: under the cursor it has the sign and the role of what is selected.
func row(d *app.Desk, l *widget.Line, selected bool) theme.Role {
	if !selected {
		l.Skip(1)
		return theme.Text
	}
	l.Put(theme.Selected, d.Theme.Glyph.Cursor)
	return theme.Selected
}

// scroll moves through the lines of a box.
func (o *overlay) scroll(key string, lines int) {
	by := map[string]int{"up": -1, "down": 1, "pgup": -o.rows() / 2, "pgdown": o.rows() / 2}[key]
	o.from = max(min(o.from+by, lines-1), 0)
}

// seen are the lines from the first that is shown; that there are more below is said in the last that fits.
func (o *overlay) seen(lines []string, width int) []string {
	lines = lines[min(o.from, len(lines)):]
	room := o.rows() - 2
	if rest := len(lines) - room; rest > 0 && room > 0 {
		more := o.begin(width).Put(theme.Key, o.desk.Theme.Glyph.MoreBelow).Skip(1).Say(theme.Dim, strconv.Itoa(rest+1)).Done()
		lines = append(lines[:room-1:room-1], more)
	}
	return lines
}

// box draws the lines with the fault and the hint below, and cuts from the middle what does not fit.
func (o *overlay) box(title string, lines []string, hint string, width int) string {
	var foot []string
	if o.fault != "" {
		for _, part := range safe.Of(o.fault).Wrap(width) {
			foot = append(foot, o.begin(width).Put(theme.Error, part).Done())
		}
	}
	if hint != "" {
		foot = append(foot, o.begin(width).Say(theme.Dim, hint).Done())
	}
	if room := o.rows() - len(foot); len(lines) > room {
		lines = lines[:max(room, 0)]
	}
	all := append(lines, foot...)
	return strings.Join(widget.Box(o.desk.Theme, safe.Of(title+o.tooEdited()), all, width), "\n")
}

// hint is the first of the hints that fits.
func fitting(width int, hints ...string) string {
	for _, h := range hints {
		if safe.Of(h).Width() <= width {
			return h
		}
	}
	return hints[len(hints)-1]
}

// changedBy says in the box who has changed the effort that it was opened on, unless it was the box itself.
func (o *overlay) changedBy(opened *model.Effort) {
	if e := o.desk.Whole.Effort(opened.ID); e != nil && e.Version != opened.Version && !o.busy {
		o.fault = text.Fill(o.desk.Texts.Screen.Form.Changed, "officer", string(e.UpdatedBy))
	}
}

// answered takes the answer to the overlay's command: closes it, or shows why not. What others have changed is
// shown beside what is wanted, to choose.
func (o *overlay) answered(self app.Screen, done app.Done) tea.Cmd {
	o.busy = false
	if against := model.Against(done.Err); len(against) > 0 {
		o.fault = ""
		return o.desk.Push(newConflict(o.desk, self, done.Command, against))
	}
	if done.Err != nil {
		o.fault = o.desk.Sentence(done.Err)
		return nil
	}
	return o.desk.Pop(self)
}

// isText reports whether a key writes into a text field.
func isText(k tea.KeyMsg) bool { return k.Type == tea.KeyRunes || k.Type == tea.KeySpace || k.Paste }
