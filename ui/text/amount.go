package text

import (
	"strconv"
	"strings"

	"board.internal/samverkan/model"
)

// blank stands between groups of three digits and before a unit: a line never breaks there.
const blank = "\u00a0"

// Number writes a fixed-point number of so many decimals as people read it: groups of three, the decimal sign of the
// language, a real minus, and no zeros at its end.
func (t *Texts) Number(n int64, places int) string { return t.grouped(plain(n, places, 0)) }

// Amount writes an outcome, in thousandths of its unit, with the unit: 1 200 000 kr, 2,5 år. Crowns have two decimals or
// none. A figure of no known unit is a number.
func (t *Texts) Amount(milli int64, unit model.Unit) string {
	least := 0
	if unit == model.UnitSEK && milli%1000 != 0 {
		least = unit.Decimals()
	}
	n, forms := t.grouped(plain(milli, 3, least)), t.Words.Unit[unit.String()]
	switch {
	case len(forms) != 2:
		return n
	case milli == 1000 || milli == -1000:
		return Fill(forms[0], "n", n)
	}
	return Fill(forms[1], "n", n)
}

// amountOf is Amount of a decimal of the journal and a unit's stable name.
func (t *Texts) amountOf(decimal, unit string) string {
	whole, part, _ := strings.Cut(decimal, ".")
	n, err := strconv.ParseInt(whole+(part + "000")[:3], 10, 64)
	if err != nil || len(part) > 3 {
		return decimal
	}
	var u model.Unit
	if u.UnmarshalText([]byte(unit)) != nil {
		u = 0
	}
	return t.Amount(n, u)
}

// plain writes a fixed-point number as the journal does, with least decimals at least.
func plain(n int64, places, least int) string {
	whole, part, _ := strings.Cut(model.FormatDecimal(n, places), ".")
	if part += strings.Repeat("0", max(least-len(part), 0)); part != "" {
		whole += "." + part
	}
	return whole
}

// grouped writes a decimal of the journal as people read it.
func (t *Texts) grouped(decimal string) string {
	whole, part, point := strings.Cut(decimal, ".")
	whole, minus := strings.CutPrefix(whole, "-")
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + blank + whole[at:]
	}
	if point {
		whole += t.Words.Decimal + part
	}
	if minus {
		whole = "−" + whole
	}
	return whole
}
