package cli

import (
	"fmt"
	"strings"

	"board.internal/samverkan/ui/safe"
)

// table is plain output in columns that stand under each other. Rows are made safe as they are added.
type table struct {
	rows  [][]safe.Text
	right map[int]bool
	ascii bool
}

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

// print writes the rows, without blanks at the end of a line.
func (p *program) printTable(t *table) {
	var width []int
	for _, row := range t.rows {
		for i, c := range row {
			if i == len(width) {
				width = append(width, 0)
			}
			width[i] = max(width[i], c.Width())
		}
	}
	var b strings.Builder
	for _, row := range t.rows {
		b.Reset()
		for i, c := range row {
			if i > 0 {
				b.WriteString("  ")
			}
			if t.right[i] {
				c = c.FitRight(width[i])
			} else {
				c = c.Fit(width[i])
			}
			b.WriteString(c.String())
		}
		fmt.Fprintln(p.out, strings.TrimRight(b.String(), " "))
	}
}
