package cli

import (
	"fmt"
	"strings"

	"board.internal/samverkan/ui/safe"
)

const (
	// gap is how many cells are between columns.
	gap = 2
	// leastRoom is the fewest cells that a text is wrapped into beside others; with fewer it goes on a line of its own.
	leastRoom = 24
	// whole is how many columns of a list are never cut: id and codename are what the next command takes.
	whole = 2
)

// table is plain output in columns that stand under each other. Rows are made safe as they are added. On a terminal
// that is too narrow a row goes on in further lines, or is cut.
type table struct {
	rows  [][]safe.Text
	right map[int]bool
	ascii bool
	// spare are the columns that a narrow terminal does without, the least important first.
	spare []int
	// cut are the columns that are cut where a line must not go on in the next, in that order, and to how many
	// cells, before any other is; the last column is one of them.
	cut []cut
}

type cut struct{ column, least int }

// figures says which columns stand to the right.
func (p *program) table(figures ...int) *table {
	t := &table{right: map[int]bool{}, ascii: p.flags.ascii}
	for _, c := range figures {
		t.right[c] = true
	}
	return t
}

func (t *table) add(cells ...string) {
	row := make([]safe.Text, len(cells))
	for i, c := range cells {
		row[i] = safe.Of(c)
		if t.ascii {
			row[i] = row[i].ASCII(true)
		}
	}
	t.rows = append(t.rows, row)
}

// printTable writes the rows, without blanks at the end of a line.
func (p *program) printTable(t *table) {
	widths := t.widths()
	if p.Width > 0 {
		t.narrow(widths, p.Width)
	}
	for _, row := range t.rows {
		if p.Width == 0 || t.cut != nil {
			fmt.Fprintln(p.out, t.line(row, widths))
			continue
		}
		for _, line := range t.wrapped(row, widths, p.Width) {
			fmt.Fprintln(p.out, line)
		}
	}
}

// widths are the cells that each column needs.
func (t *table) widths() (widths []int) {
	for _, row := range t.rows {
		for i, c := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], c.Width())
		}
	}
	return widths
}

// narrow makes columns fit into a line of so many cells. Spare ones go, with a width below 0, until the last column
// has some room; then those to cut are cut, and then always the widest.
func (t *table) narrow(widths []int, cells int) {
	last := len(widths) - 1
	excess := func(last int) int {
		sum := last - gap - cells
		for i, w := range widths {
			if w >= 0 && i < len(widths)-1 {
				sum += w
			}
			if w >= 0 {
				sum += gap
			}
		}
		return sum
	}
	for _, c := range t.spare {
		if excess(min(widths[last], leastRoom)) <= 0 {
			break
		}
		widths[c] = -1
	}
	for _, c := range t.cut {
		widths[c.column] -= max(0, min(excess(widths[last]), widths[c.column]-c.least))
	}
	for t.cut != nil && excess(widths[last]) > 0 {
		widest := last
		for i := whole; i < last; i++ {
			if widths[i] > widths[widest] {
				widest = i
			}
		}
		if widths[widest] <= 1 {
			return
		}
		widths[widest]--
	}
}

func (t *table) line(row []safe.Text, widths []int) string {
	var b strings.Builder
	for i, c := range row {
		if widths[i] < 0 {
			continue
		}
		if i > 0 {
			b.WriteString(strings.Repeat(" ", gap))
		}
		b.WriteString(t.cell(i, c, widths[i]).String())
	}
	return strings.TrimRight(b.String(), " ")
}

func (t *table) cell(i int, c safe.Text, width int) safe.Text {
	if t.right[i] {
		return c.FitRight(width)
	}
	return c.Fit(width)
}

// wrapped is a row in lines of at most so many cells. A last cell that has room goes on under itself; any other that
// does not fit, and all after it, go on a line that starts further in than the row.
func (t *table) wrapped(row []safe.Text, widths []int, cells int) (lines []string) {
	const hang = 3 * gap
	line, used, folded := "", 0, false
	put := func(c safe.Text, indent, width int) {
		for i, piece := range c.Wrap(max(width, 1)) {
			if i > 0 {
				lines = append(lines, line)
				line, used = strings.Repeat(" ", indent), indent
			}
			line, used = line+piece.String(), used+piece.Width()
		}
	}
	for i, c := range row {
		if widths[i] < 0 || folded && c.Width() == 0 {
			continue
		}
		if i > 0 {
			line, used = line+strings.Repeat(" ", gap), used+gap
		}
		room := cells - used
		switch {
		case c.Width() <= room && !folded:
			c = t.cell(i, c, widths[i])
			line, used = line+c.String(), used+c.Width()
		case c.Width() <= room:
			line, used = line+c.String(), used+c.Width()
		case i == len(row)-1 && room >= leastRoom:
			put(c, used, room)
		default:
			if strings.TrimSpace(line) != "" {
				lines = append(lines, line)
			}
			line, used, folded = strings.Repeat(" ", hang), hang, true
			put(c, hang, cells-hang)
		}
	}
	lines = append(lines, line)
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return lines
}
