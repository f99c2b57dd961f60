package model

// DefaultFloor is the fewest efforts that a figure for the public may be of: with one or two, who knows the one knows
// what the figure is about.
const DefaultFloor = 3

// MaskTables returns tables as they can be given to the public: a figure of fewer efforts than floor, but of some, is
// masked. Where one figure of a column alone is masked, the sum would give it away: then the smallest other one is
// masked too. A floor of 1 or less masks nothing.
func MaskTables(tables []ReportTable, floor int) []ReportTable {
	masked := make([]ReportTable, len(tables))
	for i, t := range tables {
		n := t
		n.Rows = make([]ReportRow, len(t.Rows))
		for j, row := range t.Rows {
			n.Rows[j] = maskRow(row, floor)
		}
		if t.Sum != nil {
			sum := maskRow(*t.Sum, floor)
			n.Sum = &sum
			for c := range t.Columns {
				hideOne(&n, func(row *ReportRow) *Figure { return &row.Cells[c].This })
				hideOne(&n, func(row *ReportRow) *Figure { return &row.Cells[c].Before })
			}
		}
		masked[i] = n
	}
	return masked
}

// MaskTrend is MaskTables for a trend.
func MaskTrend(t Trend, floor int) Trend {
	n := Trend{Periods: t.Periods}
	for _, line := range t.Lines {
		figures := make([]Figure, len(line.Figures))
		for i, f := range line.Figures {
			figures[i] = f.mask(floor)
		}
		line.Figures = figures
		n.Lines = append(n.Lines, line)
	}
	return n
}

func maskRow(row ReportRow, floor int) ReportRow {
	cells := make([]Cell, len(row.Cells))
	for i, c := range row.Cells {
		cells[i] = Cell{c.This.mask(floor), c.Before.mask(floor)}
	}
	row.Cells = cells
	return row
}

func (f Figure) mask(floor int) Figure {
	if f.Known && f.Efforts > 0 && f.Efforts < floor {
		return Figure{Known: true, Masked: true}
	}
	return f
}

// hideOne masks a second figure of a column in which just one is masked and the sum is not.
func hideOne(t *ReportTable, of func(*ReportRow) *Figure) {
	masked, least := 0, -1
	for i := range t.Rows {
		f := of(&t.Rows[i])
		switch {
		case f.Masked:
			masked++
		case f.Efforts > 0 && (least < 0 || f.Efforts < of(&t.Rows[least]).Efforts):
			least = i
		}
	}
	if masked != 1 || of(t.Sum).Masked {
		return
	}
	if least < 0 { // nobody else has any: the sum is the figure
		*of(t.Sum) = Figure{Known: true, Masked: true}
		return
	}
	*of(&t.Rows[least]) = Figure{Known: true, Masked: true}
}
