package text

import (
	"strconv"
	"strings"

	"board.internal/samverkan/model"
)

// Number writes thousandths as a number of the language: 1 234 567,5 in Swedish (the blanks do not break), 1,234,567.5 in
// English. Decimals that are nought are left out.
func (t *Texts) Number(milli int64) string {
	group, point := ",", "."
	if t.Lang == "sv" {
		group, point = "\u00a0", ","
	}
	sign, u := "", uint64(milli)
	if milli < 0 {
		sign, u = "−", -u
	}
	whole := strconv.FormatUint(u/1000, 10)
	var b strings.Builder
	b.WriteString(sign)
	for i, digit := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(group)
		}
		b.WriteRune(digit)
	}
	if part := strings.TrimRight(strconv.FormatUint(u%1000+1000, 10)[1:], "0"); part != "" {
		b.WriteString(point + part)
	}
	return b.String()
}

// Figure writes a figure of the report without its unit: – where nothing is known, .. where it is masked, as official
// statistics have it.
func (t *Texts) Figure(f model.Figure) string {
	switch {
	case !f.Known:
		return t.Words.Unknown
	case f.Masked:
		return ".."
	}
	return t.Number(f.Milli)
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
		return "+" + t.Number(n)
	case n == 0:
		return "±0"
	}
	return t.Number(n)
}
