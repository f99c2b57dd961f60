package widget

import (
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/theme"
)

// Column is one column of a plot. Value is in thousandths or in anything else that is the same for all of them.
type Column struct {
	// Label stands under the column, Number over it; what is wider than the column is left out.
	Label, Number safe.Text
	Value         int64
	// Known is false where nothing is known: then there is no column, and the sign for that in its place.
	Known bool
}

// ColumnWidth is how many cells each of n columns takes in width, without the blank before it: what a number or a label
// has room in.
func ColumnWidth(n, width int) int { return min(width/max(min(n, width/2), 1), widestColumn) - 1 }

const widestColumn = 14

// Columns draws columns in height lines of width cells, the highest as high as there is room for. The one that is
// selected, -1 for none, has the cursor's sign before its label. Where not all have room, the last ones do. Below three
// lines nothing is drawn.
func Columns(t *theme.Theme, columns []Column, selected, width, height int) []string {
	if height < 3 || width < 2 || len(columns) == 0 {
		return nil
	}
	if most := width / 2; len(columns) > most {
		selected -= len(columns) - most
		columns = columns[len(columns)-most:]
	}
	cells := ColumnWidth(len(columns), width)
	rows := height - 2 // above them one for the number over the highest, below them the labels
	top := int64(1)
	for _, c := range columns {
		if c.Known {
			top = max(top, c.Value)
		}
	}
	var l Line
	lines := make([]string, 0, height)
	for row := rows; row >= 0; row-- {
		l.Begin(t, width)
		for i, c := range columns {
			role := theme.Accent
			if i == selected {
				role = theme.Strong
			}
			c.draw(l.Skip(1), role, row, eighths(c, top, rows), cells)
		}
		lines = append(lines, l.Done())
	}
	l.Begin(t, width)
	for i, c := range columns {
		label := c.Label
		if label.Width() > cells {
			label = safe.Text{}
		}
		role, sign := theme.Dim, safe.Blank(1)
		if i == selected {
			role, sign = theme.Strong, t.Glyph.Cursor
		}
		before := (cells - label.Width() + 1) / 2
		l.Skip(before).Put(role, safe.Join(sign, label)).Skip(cells - before - label.Width())
	}
	return append(lines, l.Done())
}

// eighths is how high a column is, in eighths of a line: something where there is something.
func eighths(c Column, top int64, rows int) int {
	if !c.Known || c.Value <= 0 {
		return 0
	}
	return max(int(float64(c.Value)/float64(top)*float64(8*rows)+0.5), 1)
}

// draw adds what a column has on one line, counted from below, in a number of cells.
func (c Column) draw(l *Line, role theme.Role, row, height, cells int) {
	g := &l.theme.Glyph
	whole, part := height/8, height%8
	above := whole
	if part > 0 {
		above++
	}
	switch {
	case row < whole:
		l.Put(role, g.Sparks[len(g.Sparks)-1].Repeat(cells))
	case row < above:
		l.Put(role, g.Sparks[part-1].Repeat(cells))
	case row > above:
		l.Skip(cells)
	case !c.Known:
		centred(l, theme.Dim, g.Unknown, cells)
	default:
		centred(l, theme.Text, c.Number, cells)
	}
}

// centred adds a text in the middle of a number of cells, or blanks where it has no room.
func centred(l *Line, role theme.Role, text safe.Text, cells int) {
	if text.Width() > cells {
		text = safe.Text{}
	}
	before := (cells - text.Width() + 1) / 2
	l.Skip(before).Put(role, text).Skip(cells - before - text.Width())
}

// Bar adds a bar for value, as long as cells when it is top: one sign where there is anything, none for nothing.
func (l *Line) Bar(role theme.Role, value, top int64, cells int) *Line {
	end := l.Used() + cells
	if value > 0 && top > 0 {
		n := int(float64(min(value, top))/float64(top)*float64(cells) + 0.5)
		l.Put(role, l.theme.Glyph.Measure.Repeat(max(n, min(1, cells))))
	}
	return l.To(end)
}
