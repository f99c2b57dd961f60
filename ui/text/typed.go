package text

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"board.internal/samverkan/model"
)

// ParseDay reads a day as people write it: 2026-11-20, 11-20, 20 Nov, Nov 20, the 20 November 2025, a weekday, i fredags,
// tomorrow, yesterday, 3d or 2w. A weekday is the next one when ahead, else the last one, today included.
func (t *Texts) ParseDay(typed string, today model.Day, ahead bool) (model.Day, error) {
	word := model.Fold(strings.TrimSpace(typed))
	no := &model.Error{Fault: model.Invalid, Why: model.BadDate, Args: map[string]string{"value": model.MaskPersonal(typed)}}
	if word == "" {
		return 0, no
	}
	if day, is := lastWeekday(word, today); is {
		if day == 0 {
			return 0, no
		}
		return day, nil
	}
	word = numbered(withoutArticle(word))
	if day, err := model.ParseDay(word); err == nil {
		return day, nil
	}
	if day, ok := monthDay(word, today, ahead); ok {
		return day, nil
	}
	for _, lang := range Languages() {
		w := In(lang).Words
		for by, names := range map[model.Day][]string{0: w.Today, 1: w.Tomorrow, -1: w.Yesterday} {
			if slices.Contains(names, word) {
				return today + by, nil
			}
		}
		for i, name := range w.WeekdayNames {
			if begins(name, word) {
				return weekday(i, today, ahead), nil
			}
		}
	}
	unit, known := map[byte]int{'d': 1, 'w': 7, 'v': 7}[word[len(word)-1]]
	if n, err := strconv.Atoi(word[:len(word)-1]); known && err == nil && n >= 0 && n <= 1000 {
		if ahead {
			return today + model.Day(n*unit), nil
		}
		return today - model.Day(n*unit), nil
	}
	return 0, no
}

// ParseMoment reads a moment that people look back at: a day as ParseDay reads it, which stands for its last second, or
// for now when it is today; a day and a time, fri 14:00, of which model.Clock says which moment it is; RFC 3339,
// or how long ago in hours and minutes, 12h. That it has come is for others to see to.
func (t *Texts) ParseMoment(typed string, now time.Time, cat *model.Catalogue) (model.Stamp, error) {
	today := cat.Today(model.StampOf(now))
	no := &model.Error{Fault: model.Invalid, Why: model.BadMoment, Args: map[string]string{"value": model.MaskPersonal(typed)}}
	words := strings.Fields(typed)
	if n := len(words); n > 1 && strings.Contains(words[n-1], ":") {
		day, noDay := t.ParseDay(strings.Join(words[:n-1], " "), today, false)
		clock, noTime := time.Parse("15:04", words[n-1])
		at, ok := model.Clock(day.Time().Add(time.Duration(clock.Hour())*time.Hour+time.Duration(clock.Minute())*time.Minute), cat.Location())
		if noDay != nil || noTime != nil || !ok {
			return 0, no
		}
		return at, nil
	}
	switch day, err := t.ParseDay(typed, today, false); {
	case err == nil && day == today:
		return model.StampOf(now), nil
	case err == nil:
		return cat.EndOf(day), nil
	}
	if at, ok := model.ParseSince(strings.TrimSpace(typed), now, cat.Location()); ok {
		return at, nil
	}
	return 0, no
}

// withoutArticle is a folded date without the word before it: the 20 November.
func withoutArticle(word string) string {
	for _, lang := range Languages() {
		for _, article := range In(lang).Words.Article {
			if rest, is := strings.CutPrefix(word, article+" "); is {
				return rest
			}
		}
	}
	return word
}

// lastWeekday reads i fredags and last Friday, which are never today. The second is 0 within the week of that Friday: some
// mean the one before.
func lastWeekday(word string, today model.Day) (day model.Day, is bool) {
	for _, lang := range Languages() {
		w := In(lang).Words
		for i, name := range w.WeekdayNames {
			like := func(form string) bool { return model.Fold(Fill(form, "day", name)) == word }
			last := weekday(i, today-1, false)
			switch {
			case slices.ContainsFunc(w.Lately, like), slices.ContainsFunc(w.Last, like) && last < weekday(0, today, false):
				return last, true
			case slices.ContainsFunc(w.Last, like):
				return 0, true
			}
		}
	}
	return 0, false
}

// numbered writes 20 nov and nov 20 as 11-20, and 20 nov 2025 as 2025-11-20; what is no such date stays as it is.
func numbered(word string) string {
	words := strings.Fields(word)
	if len(words) < 2 || len(words) > 3 {
		return word
	}
	if monthOf(words[0]) > 0 {
		words[0], words[1] = words[1], words[0]
	}
	n, err := strconv.Atoi(words[0])
	year := strings.Join(words[2:], "")
	if err != nil || len(words) == 3 && (len(year) != 4 || strings.Trim(year, "0123456789") != "") {
		return word
	}
	if month := monthOf(words[1]); month > 0 {
		return strings.TrimPrefix(fmt.Sprintf("%s-%02d-%02d", year, month, n), "-")
	}
	return word
}

// monthOf is the month of a folded word, from 1; 0 of one that is none.
func monthOf(word string) int {
	for _, lang := range Languages() {
		for i, name := range In(lang).Words.MonthNames {
			if begins(name, word) {
				return i + 1
			}
		}
	}
	return 0
}

// numerals is a word that nobody writes who does not mean a date: 2025-02-30, 31-02, 20/11, 20251120.
var numerals = regexp.MustCompile(`^(\d{4}[-/].*|\d\d?[-/]\d\d?([-/]\d+)?|(19|20)\d{6})$`)

// dated reports whether folded words are written as a date is, whether there is such a day or not: 31 feb, feb 31 2025,
// 31-02, last Friday.
func dated(word string, today model.Day) bool {
	if _, is := lastWeekday(word, today); is {
		return true
	}
	words := strings.Fields(withoutArticle(word))
	number := func(w string) bool { return strings.Trim(w, "0123456789") == "" }
	switch len(words) {
	case 1:
		return numerals.MatchString(words[0])
	case 2, 3:
		first := number(words[0]) && monthOf(words[1]) > 0
		return (first || monthOf(words[0]) > 0 && number(words[1])) && number(strings.Join(words[2:], ""))
	}
	return false
}

// begins reports whether a folded word is a name, or three letters or more of its beginning.
func begins(name, word string) bool {
	return len([]rune(word)) >= 3 && strings.HasPrefix(model.Fold(name), word)
}

// weekday is the day of a week, Monday 0, that comes next or was last. The first day of all was a Thursday.
func weekday(i int, today model.Day, ahead bool) model.Day {
	back := (int(today) + 3 - i) % 7
	if ahead {
		return today + model.Day(7-back)
	}
	return today - model.Day(back)
}

// monthDay reads a date without its year: the next one when ahead, else the last one.
func monthDay(word string, today model.Day, ahead bool) (model.Day, bool) {
	for _, by := range []int{0, 1, -1} {
		day, err := model.ParseDay(strconv.Itoa(today.Year()+by) + "-" + word)
		if err == nil && (ahead && day > today || !ahead && day <= today) {
			return day, true
		}
	}
	return 0, false
}

// TypedHours are hours as they were typed; no agency is the own one, no date today.
type TypedHours struct {
	Agency model.AgencyCode
	Centi  int32
	Date   model.Day
	Reason string
}

// ParseHours reads [AGENCY] NUMBER [DAY] [AGENCY][, REASON]: 4, 2,5 fri, pol 4 11-20, 4 fri, extra meeting, -1 wrong day. The
// number has a comma or a point and at most two decimals. Day, agency and reason are as for ParseOutcome.
func (t *Texts) ParseHours(typed string, today model.Day, lex *model.Lexicon) (h TypedHours, err error) {
	words, tail := cutReason(strings.Fields(typed))
	if h.Agency, words, err = leadingAgency(words, lex); err != nil {
		return h, err
	}
	if len(words) == 0 {
		return h, &model.Error{Fault: model.Invalid, Why: model.Missing, Args: map[string]string{"field": "hours"}}
	}
	if err = oneFigure(words); err != nil {
		return h, err
	}
	if h.Centi, err = ParseCenti(words[0]); err != nil {
		return h, err
	}
	words = words[1:]
	if len(words) > 0 {
		switch s, known := scales(model.UnitHours)[model.Fold(words[0])]; {
		case known && s.unit != model.UnitHours:
			return h, noAmount(model.WrongUnit, words[0], model.UnitHours)
		case known:
			words = words[1:]
		}
	}
	b := behind{agency: h.Agency, off: h.Centi < 0}
	err = t.readBehind(&b, words, tail, today, lex)
	h.Agency, h.Date, h.Reason = b.agency, b.date, b.reason
	return h, err
}

// TypedOutcome is an outcome as it was typed; no agency is the own one, no date today.
type TypedOutcome struct {
	Agency model.AgencyCode
	Milli  int64
	Date   model.Day
	Reason string
}

// ParseOutcome reads [AGENCY] FIGURE [DAY] [AGENCY][, REASON]: 1,2 Mkr 1 nov, kfm 450 tkr, 3 kfm, at the second try, -3 wrong
// effort. The figure is as for ParseAmount; behind it, a comma between them or not, day and agency stand in either order. A
// reason stands behind a comma or a colon, and only where something is taken off, which has to have one, without it: what
// follows a figure may belong to it, and half a figure is not to be logged with the rest as a note.
func (t *Texts) ParseOutcome(typed string, unit model.Unit, today model.Day, lex *model.Lexicon) (o TypedOutcome, err error) {
	words, tail := cutReason(strings.Fields(typed))
	known := scales(unit)
	if f := cutFigure(words, known); f.number == "" && len(words) > 1 {
		if o.Agency, words, err = leadingAgency(words, lex); err != nil {
			return o, err
		}
	}
	if err = oneFigure(words); err != nil {
		return o, err
	}
	if o.Milli, words, err = takeAmount(words, unit, known); err != nil {
		return o, err
	}
	b := behind{agency: o.Agency, off: o.Milli < 0}
	err = t.readBehind(&b, words, tail, today, lex)
	o.Agency, o.Date, o.Reason = b.agency, b.date, b.reason
	return o, err
}

// cutReason parts what was typed where a comma, a colon or a semicolon ends a word: those within 2,5 and 500:- do not.
func cutReason(words []string) (head, tail []string) {
	for i, word := range words {
		if end := len(word) - 1; strings.ContainsRune(",;:", rune(word[end])) {
			head = slices.Clone(words[:i])
			if end > 0 {
				head = append(head, word[:end])
			}
			return head, words[i+1:]
		}
	}
	return words, nil
}

// oneFigure refuses 20 nov 4: either number may be the day. 4 20 nov, -4 nov 20 and 4 h nov 20 are read in one way.
func oneFigure(words []string) error {
	digits := func(s string) bool { return strings.Trim(s, "0123456789") == "" }
	if len(words) > 2 && len(words[0]) < 3 && digits(words[0]) && monthOf(model.Fold(words[1])) > 0 && digits(words[2][:1]) {
		return &model.Error{Fault: model.Invalid, Why: model.FigureOrDay, Args: map[string]string{"value": model.MaskPersonal(strings.Join(words[:3], " "))}}
	}
	return nil
}

// behind is what stands behind a figure; off says that it takes something off.
type behind struct {
	agency model.AgencyCode
	date   model.Day
	reason string
	off    bool
}

// readBehind reads what follows a figure: day and agency in either order, and the reason. What stands behind a comma may
// be either of them too: taken for a reason, the figure would be logged for today and the own agency without a word.
func (t *Texts) readBehind(b *behind, words, tail []string, today model.Day, lex *model.Lexicon) error {
	rest, err := t.dayAndAgency(b, words, today, func(word string, _ bool) (model.AgencyCode, bool) { return agencyOf(lex, word, b.off) })
	if err != nil {
		return err
	}
	digit := func(s string) bool { return strings.IndexFunc(s, unicode.IsDigit) == 0 }
	if len(rest) > 0 {
		if !b.off || digit(rest[0]) {
			return loose(strings.Join(rest, " "))
		}
		b.reason = strings.Join(rest, " ")
		if len(tail) > 0 {
			b.reason += ", " + strings.Join(tail, " ")
		}
		return nil
	}
	if b.date != 0 && len(tail) > 0 && yearOnly.MatchString(tail[0]) { // Nov 20, 2025
		return loose(strings.Join(tail, " "))
	}
	for len(tail) > 0 {
		part, more := cutReason(tail)
		given := *b
		b.agency, b.date = "", 0
		if rest, err = t.dayAndAgency(b, part, today, func(word string, alone bool) (model.AgencyCode, bool) { return agencyOf(lex, word, !alone) }); err != nil {
			return err
		}
		if given.agency != "" && b.agency != "" || given.date != 0 && b.date != 0 {
			return &model.Error{Fault: model.Invalid, Why: model.GivenTwice, Args: map[string]string{"value": model.MaskPersonal(strings.Join(part, " "))}}
		}
		b.agency, b.date = cmp.Or(b.agency, given.agency), cmp.Or(b.date, given.date)
		if len(rest) > 0 {
			tail = tail[len(part)-len(rest):]
			break
		}
		tail = more
	}
	b.reason = strings.Join(tail, " ")
	if b.reason != "" && strings.Trim(b.reason, "0123456789.,-/: ") == "" {
		return loose(b.reason)
	}
	return nil
}

// yearOnly is a word that is a year.
var yearOnly = regexp.MustCompile(`^(19|20)\d\d[.,;:]?$`)

// dayAndAgency takes the day and the agency that words begin with, in either order, and returns the words after them. of
// is the agency of a word, told whether it is the last one.
func (t *Texts) dayAndAgency(b *behind, words []string, today model.Day, of func(word string, alone bool) (model.AgencyCode, bool)) (rest []string, err error) {
	for range 2 {
		if b.date == 0 {
			if b.date, words, err = t.leadingDay(words, today); err != nil {
				return words, err
			}
		}
		if len(words) > 0 && b.agency == "" {
			if agency, ok := of(words[0], len(words) == 1); ok {
				b.agency, words = agency, words[1:]
			}
		}
	}
	return words, nil
}

// agencyOf is the agency of a word behind a figure: its code, its alias, or three letters of its name or more. A shorter
// beginning may be half of a unit. Where a reason may follow only the code is one.
func agencyOf(lex *model.Lexicon, word string, coded bool) (model.AgencyCode, bool) {
	code, _, ok := lex.Lookup(model.DomainAgency, word)
	whole := model.Fold(code) == model.Fold(word)
	if !ok || !whole && (coded || len([]rune(word)) < 3 && !lex.Spelled(model.DomainAgency, word)) {
		return "", false
	}
	return model.AgencyCode(code), true
}

// loose refuses words behind a figure that nobody knows what they mean.
func loose(words string) error {
	return &model.Error{Fault: model.Invalid, Why: model.LooseWords, Args: map[string]string{"value": model.MaskPersonal(words)}}
}

// leadingAgency takes the agency that words begin with, "" when they begin with a figure.
func leadingAgency(words []string, lex *model.Lexicon) (model.AgencyCode, []string, error) {
	if len(words) == 0 || strings.ContainsFunc(words[0], unicode.IsDigit) {
		return "", words, nil
	}
	code, near, ok := lex.Lookup(model.DomainAgency, words[0])
	if !ok {
		return "", words, &model.Error{Fault: model.NotFound, Why: model.UnknownAgency, Args: map[string]string{"agency": words[0], "near": near}}
	}
	return model.AgencyCode(code), words[1:], nil
}

// leadingDay takes the day that words begin with, 0 for none. 20 nov 2025 is three words. What is written as a date and is
// none is refused: taken for the beginning of a reason, it would be logged for today without a word.
func (t *Texts) leadingDay(words []string, today model.Day) (model.Day, []string, error) {
	for n := min(4, len(words)); n > 0; n-- {
		typed := strings.TrimRight(strings.Join(words[:n], " "), ".")
		day, err := t.ParseDay(typed, today, false)
		switch {
		case err == nil:
			return day, words[n:], nil
		case dated(model.Fold(typed), today):
			return 0, words, err
		}
	}
	return 0, words, nil
}

// ParseCenti reads a number of hours as hundredths.
func ParseCenti(word string) (int32, error) {
	whole, part, point := strings.Cut(strings.Replace(word, ",", ".", 1), ".")
	sign, digits := int64(1), strings.TrimPrefix(whole, "+")
	if rest, minus := strings.CutPrefix(strings.Replace(digits, "−", "-", 1), "-"); minus {
		sign, digits = -1, rest
	}
	if len(part) <= 2 && digits != "" && point == (part != "") && !strings.ContainsAny(digits+part, "+-") {
		n, err := strconv.ParseInt(digits+part+strings.Repeat("0", 2-len(part)), 10, 64)
		if err == nil && n <= math.MaxInt32 {
			return int32(sign * n), nil
		}
	}
	return 0, &model.Error{Fault: model.Invalid, Why: model.BadNumber, Args: map[string]string{"field": "hours", "value": model.MaskPersonal(word)}}
}
