package screen

import "board.internal/samverkan/model"

// grid is what agencyBoard draws: the agencies' loads, and what their heat is measured by.
type grid struct {
	*model.Loads
	// busiest is the largest load of a cell whose capacity is not known, busiestAll that of a row: what the heat of
	// those is measured by.
	busiest, busiestAll int
	// limited: the capacity of some cell is known.
	limited bool
}

func newGrid(b *model.Board, today model.Day) grid {
	g := grid{Loads: b.Loads(today)}
	for _, r := range g.Rows {
		for i, c := range r.Cells {
			g.limited = g.limited || c.Known
			switch {
			case c.Known:
			case i == len(g.Regions):
				g.busiestAll = max(g.busiestAll, c.Accepted)
			default:
				g.busiest = max(g.busiest, c.Accepted)
			}
		}
	}
	return g
}

// top is what the load of cell i of a row is measured by.
func (g *grid) top(r *model.LoadRow, i int) int {
	switch c := r.Cells[i]; {
	case c.Known:
		return c.Capacity
	case i == len(g.Regions):
		return g.busiestAll
	}
	return g.busiest
}
