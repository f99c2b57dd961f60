// Package widget holds the dumb parts that screens are drawn with: lines of a fixed width, boxes over
// what stands below, text fields and scrolling. They know a theme and safe text, nothing of the board.
package widget

import (
	"strings"

	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/theme"
)

// Line is one line of a screen in the making, never wider than it was begun. The zero Line takes nothing.
//
// What stands beside each other in one role is painted once: a line that changes goes over the wire whole.
type Line struct {
	b     strings.Builder
	theme *theme.Theme
	left  int
	width int
	// open is the role that is being painted, when painting; blanks are spaces that have yet to be written.
	open     theme.Role
	painting bool
	blanks   int
}

// Begin empties the line for width cells.
func (l *Line) Begin(t *theme.Theme, width int) *Line {
	l.b.Reset()
	// Room for the letters, and for colours about as long: the line is then one allocation.
	l.b.Grow(2*max(width, 0) + 64)
	l.theme, l.left, l.width = t, max(width, 0), max(width, 0)
	l.painting, l.blanks = false, 0
	return l
}

// Put adds text in a role, cut to what is left of the line.
func (l *Line) Put(role theme.Role, text safe.Text) *Line {
	if l.left <= 0 || text.Width() == 0 {
		return l
	}
	if text.Width() > l.left {
		text = text.Cut(l.left)
	}
	l.left -= text.Width()
	if l.painting && (l.open != role || l.blanks > 0 && !l.theme.BlankIsBlank(role)) {
		l.shut()
	}
	l.space()
	if !l.painting {
		l.b.WriteString(l.theme.Open(role))
		l.open, l.painting = role, true
	}
	l.b.WriteString(l.theme.Letters(text).String())
	return l
}

// shut ends the painting before the spaces that wait.
func (l *Line) shut() {
	if l.painting {
		l.b.WriteString(l.theme.Close(l.open))
		l.painting = false
	}
}

// space writes the spaces that wait.
func (l *Line) space() {
	for ; l.blanks > 0; l.blanks -= len(blanks) {
		l.b.WriteString(blanks[:min(l.blanks, len(blanks))])
	}
	l.blanks = 0
}

// Say is Put of a string that has yet to be made safe.
func (l *Line) Say(role theme.Role, s string) *Line { return l.Put(role, safe.Of(s)) }

// Used is how many cells are taken.
func (l *Line) Used() int { return l.width - l.left }

// Left is how many cells are left.
func (l *Line) Left() int { return l.left }

// To fills with spaces up to a column; it does nothing when the line is there already.
func (l *Line) To(column int) *Line { return l.Skip(column - l.Used()) }

// Skip adds spaces.
func (l *Line) Skip(cells int) *Line {
	cells = max(min(cells, l.left), 0)
	l.blanks += cells
	l.left -= cells
	return l
}

const blanks = "                                                                "

// Blank is a line of spaces, ready made for all ordinary widths.
func Blank(cells int) string {
	if cells <= len(blanks) {
		return blanks[:max(cells, 0)]
	}
	return strings.Repeat(" ", cells)
}

// ToFill fills with spaces in a role up to a column, so that a selected row is one bar.
func (l *Line) ToFill(role theme.Role, column int) *Line {
	return l.Put(role, safe.Blank(min(column-l.Used(), l.left)))
}

// Right adds text at the right end of the line, with one space before it at least; what does not fit is left out.
func (l *Line) Right(role theme.Role, text safe.Text) *Line {
	if text.Width() >= l.left {
		return l
	}
	return l.Skip(l.left-text.Width()).Put(role, text)
}

// Raw adds what is painted already and takes the given number of cells; it is left out when it does not fit.
func (l *Line) Raw(painted string, cells int) *Line {
	if cells <= l.left {
		l.shut()
		l.space()
		l.b.WriteString(painted)
		l.left -= cells
	}
	return l
}

// Done returns the line filled to its width.
func (l *Line) Done() string {
	l.Skip(l.left)
	l.shut()
	l.space()
	return l.b.String()
}
