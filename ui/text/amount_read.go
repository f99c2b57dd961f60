package text

import (
	"strconv"
	"strings"

	"board.internal/samverkan/model"
)

// ParseAmount reads a figure of a unit in thousandths: 1,2 Mkr, 1.2m, 120 000:-, 450 tkr, SEK 500, 2,5 år, 250 g. It has a
// comma or a point before its decimals; groups of three are parted by blanks, or by the other sign. What could be groups
// as well as decimals (1.200 of crowns) is refused, and so are a unit of something else and what looks like a personal
// number.
func ParseAmount(typed string, unit model.Unit) (milli int64, err error) {
	milli, rest, err := takeAmount(strings.Fields(typed), unit, scales(unit))
	if err == nil && len(rest) > 0 {
		return 0, noAmount(model.BadAmount, typed, unit)
	}
	return milli, err
}

// takeAmount reads the figure that words begin with, and returns the words after it.
func takeAmount(words []string, unit model.Unit, known map[string]scale) (milli int64, rest []string, err error) {
	f := cutFigure(words, known)
	value := strings.Join(words[:f.used], " ")
	if _, err := model.CleanText(value, model.MaxReason); err != nil { // it looks like a personal number
		return 0, nil, &model.Error{Fault: model.Invalid, Why: model.BadText, Args: map[string]string{"field": string(model.FieldOutcome)}, Err: err}
	}
	s, ok := scale{unit, 0}, true
	if f.word != "" {
		s, ok = known[model.Fold(f.word)]
	}
	whole, part, groups, read := digits(f.number)
	switch {
	case !ok || !read:
		return 0, nil, noAmount(model.BadAmount, value, unit)
	case s.unit != unit:
		return 0, nil, noAmount(model.WrongUnit, f.word, unit)
	case groups && (unit == model.UnitSEK || unit == model.UnitCount):
		return 0, nil, twoWays(value, whole, part, s)
	}
	if milli, ok = s.milli(whole, part); !ok {
		return 0, nil, noAmount(model.BadAmount, value, unit)
	}
	if f.minus {
		milli = -milli
	}
	return milli, words[f.used:], nil
}

// noAmount refuses a figure of a unit; pairs are what the sentence names besides.
func noAmount(why model.Why, value string, unit model.Unit, pairs ...string) error {
	e := &model.Error{Fault: model.Invalid, Why: why, Args: map[string]string{"value": model.MaskPersonal(value), "unit": unit.String()}}
	for i := 0; i+1 < len(pairs); i += 2 {
		e.Args[pairs[i]] = pairs[i+1]
	}
	return e
}

// twoWays refuses a figure of which nobody knows whether it has groups or decimals, and says how each is written.
func twoWays(value, whole, part string, s scale) error {
	high, ok := s.milli(whole+part, "")
	if !ok {
		return noAmount(model.BadAmount, value, s.unit)
	}
	low, ok := s.milli(whole, part)
	if fine := s.unit == model.UnitSEK && low%10 == 0 || low%1000 == 0; !ok || !fine { // it has no such decimals
		return noAmount(model.Ungrouped, value, s.unit, "high", plain(high, 3, 0))
	}
	return noAmount(model.TwoWays, value, s.unit, "low", plain(low, 3, 0), "high", plain(high, 3, 0))
}

// scale is a unit and the power of ten of it that a word beside a figure means: tkr is a thousand crowns.
type scale struct {
	unit  model.Unit
	power int
}

// scales are what the words beside a figure mean, folded, those of every language. Behind a figure in years mån is months,
// which no figure is in; behind any other it is Monday.
func scales(unit model.Unit) map[string]scale {
	all := map[string]scale{}
	for name, s := range map[string]scale{
		"sek": {model.UnitSEK, 0}, "sek_thousand": {model.UnitSEK, 3}, "sek_million": {model.UnitSEK, 6}, "sek_billion": {model.UnitSEK, 9},
		"years": {model.UnitYears, 0}, "gram": {model.UnitKg, -3}, "kg": {model.UnitKg, 0}, "tonne": {model.UnitKg, 3}, "count": {model.UnitCount, 0},
		"hecto": {model.UnitKg, -1}, "hours": {model.UnitHours, 0}, "months": {0, 1},
	} {
		if s.unit == 0 && unit != model.UnitYears {
			continue
		}
		for _, lang := range Languages() {
			for _, word := range In(lang).Words.Amount[name] {
				all[model.Fold(word)] = s
			}
		}
	}
	return all
}

// milli is a decimal in thousandths of the unit; ok is false when it is finer than that, or too large to be kept.
func (s scale) milli(whole, part string) (n int64, ok bool) {
	part = strings.TrimRight(part, "0")
	lack := 3 + s.power - len(part)
	if lack < 0 {
		return 0, false
	}
	n, err := strconv.ParseInt(whole+part+strings.Repeat("0", lack), 10, 64)
	return n, err == nil
}

// figure is what words begin with, in its parts.
type figure struct {
	minus bool
	// number has digits, the signs among them, and a blank between groups; word is that of a unit, "" for none.
	number, word string
	// used is how many words it takes.
	used int
}

func cutFigure(words []string, known map[string]scale) (f figure) {
	has := func(s scale) bool {
		if f.used >= len(words) {
			return false
		}
		word, ok := known[model.Fold(words[f.used])]
		return ok && (s == scale{} || s == word)
	}
	crowns, currency := scale{model.UnitSEK, 0}, ""
	if len(words) > 1 && has(crowns) { // SEK 500
		currency, f.used = words[0], 1
	}
	if f.used < len(words) {
		f.minus, f.number, f.word = cutNumber(words[f.used])
		f.used++
	}
	for grouped := len(f.number) <= 3 && !strings.ContainsAny(f.number, ".,"); grouped && f.word == "" && f.used < len(words); f.used++ {
		minus, more, word := cutNumber(words[f.used])
		if _, ok := known[model.Fold(word)]; minus || !group(more) || word != "" && !ok {
			break
		}
		f.number, f.word = f.number+" "+more, word
		grouped = len(more) == 3 // else it has the decimals
	}
	if f.word == "" && has(scale{}) {
		f.word = words[f.used]
		f.used++
	}
	if s := known[model.Fold(f.word)]; s.unit == model.UnitSEK && s.power > 0 && has(crowns) { // 3 mdr kr
		f.used++
	}
	if f.word == "" {
		f.word = currency
	}
	return f
}

// cutNumber cuts a word into its sign, the digits with their signs, and what stands behind them.
func cutNumber(word string) (minus bool, number, behind string) {
	for _, sign := range []string{"-", "−", "–", "+"} {
		if rest, ok := strings.CutPrefix(word, sign); ok {
			minus, word = sign != "+", rest
			break
		}
	}
	behind = strings.TrimLeft(word, "0123456789.,")
	if strings.HasPrefix(behind, "-") && strings.HasSuffix(word, ","+behind) { // 500,- is whole crowns
		behind = "," + behind
	}
	return minus, word[:len(word)-len(behind)], behind
}

// group reports whether a word is three digits, with or without decimals after them.
func group(word string) bool {
	whole, part, point := strings.Cut(strings.Replace(word, ",", ".", 1), ".")
	return len(whole) == 3 && point == (part != "") && strings.Trim(part, "0123456789") == ""
}

// digits are those before and after the decimal sign of a number. groups says that the last three may be a group as well:
// one sign, and three digits after it. A number that begins with 0 has no groups.
func digits(number string) (whole, part string, groups, ok bool) {
	blanks := strings.Contains(number, " ")
	whole = strings.ReplaceAll(number, " ", "")
	last := strings.LastIndexAny(whole, ".,")
	if last < 0 {
		return whole, "", false, whole != ""
	}
	sign := whole[last : last+1]
	whole, part = whole[:last], whole[last+1:]
	if first := strings.IndexAny(whole, ".,"); first >= 0 { // 1.200.000, or 1,200,000.50
		parts := strings.Split(whole, whole[first:first+1])
		if sign == whole[first:first+1] {
			parts, part = append(parts, part), ""
		}
		for i, p := range parts {
			if n := len(p); strings.ContainsAny(p, ".,") || n == 0 || n > 3 || i > 0 && n < 3 {
				return "", "", false, false
			}
		}
		return strings.Join(parts, ""), part, false, true
	}
	groups = !blanks && len(part) == 3 && len(whole) <= 3 && !strings.HasPrefix(whole, "0")
	return whole, part, groups, whole != "" && part != ""
}
