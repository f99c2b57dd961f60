package widget

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/theme"
)

// Box draws a border with a title around lines that are each exactly width cells; the result is four
// cells wider.
func Box(t *theme.Theme, title safe.Text, lines []string, width int) []string {
	g := t.Glyph
	var l Line
	out := make([]string, 0, len(lines)+2)
	l.Begin(t, width+4).Put(theme.Border, g.TopLeft)
	if title.Width() > 0 {
		l.Put(theme.Border, g.Line).Skip(1).Put(theme.Title, title.Cut(max(width-4, 0))).Skip(1)
	}
	l.Put(theme.Border, g.Line.Repeat(max(l.Left()-1, 0))).Put(theme.Border, g.TopRight)
	out = append(out, l.Done())
	for _, line := range lines {
		l.Begin(t, width+4).Put(theme.Border, g.Column).Skip(1).Raw(line, width).Skip(1).Put(theme.Border, g.Column)
		out = append(out, l.Done())
	}
	l.Begin(t, width+4).Put(theme.Border, g.BottomLeft).Put(theme.Border, g.Line.Repeat(width+2)).Put(theme.Border, g.BottomRight)
	return append(out, l.Done())
}

// Over lays a box over the lines of a screen, its top left corner at (x, y). Lines of the screen that are
// too short are filled; the screen keeps its number of lines.
func Over(screen, box []string, x, y int) []string {
	for i, line := range box {
		row := y + i
		if row < 0 || row >= len(screen) {
			continue
		}
		under := screen[row]
		width := ansi.StringWidth(line)
		left := ansi.Truncate(under, x, "")
		left += strings.Repeat(" ", max(x-ansi.StringWidth(left), 0))
		right := ansi.TruncateLeft(under, x+width, "")
		// A wide letter that the box's edge goes through is not left standing with both its cells.
		rest := ansi.StringWidth(right)
		if over := x + width + rest - ansi.StringWidth(under); over > 0 && rest > 0 {
			right = strings.Repeat(" ", 2-over) + ansi.TruncateLeft(under, x+width+over, "")
		}
		screen[row] = left + line + right
	}
	return screen
}
