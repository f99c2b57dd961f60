package text

import "board.internal/samverkan/model"

// Figure writes a figure of the report without its unit: – where nothing is known, .. where it is masked, as official
// statistics have it.
func (t *Texts) Figure(f model.Figure) string {
	switch {
	case !f.Known:
		return t.Words.Unknown
	case f.Masked:
		return ".."
	}
	return t.Number(f.Milli, 3)
}

// Difference writes how much a figure is over, or under, that of the year before, always with its sign.
func (t *Texts) Difference(c model.Cell) string {
	n, known := c.Difference()
	switch {
	case c.This.Masked || c.Before.Masked:
		return ".."
	case !known:
		return t.Words.Unknown
	case n > 0:
		return "+" + t.Number(n, 3)
	case n == 0:
		return "±0"
	}
	return t.Number(n, 3)
}
