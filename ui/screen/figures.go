package screen

import (
	"slices"
	"strconv"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
)

// logLine is a figure that was logged, with its day and what else there is to say of it.
type logLine struct {
	figure, day string
	more        []string
}

// hoursShown is how many lines of hours an agency has on the page; the journal has them all.
const hoursShown = 10

// hours are those of each agency: their sum, and when whole the lines that it is of, the newest first.
func hours(p *page, all []model.Hours, whole bool) {
	d, t := p.desk, p.desk.Texts
	if len(all) > 0 {
		p.heading(t.Screen.Effort.Hours)
	}
	var agencies []model.AgencyCode
	for _, a := range d.Catalogue().Agencies {
		agencies = append(agencies, a.Code)
	}
	for _, agency := range inOrder(agencies, all, func(h model.Hours) model.AgencyCode { return h.Agency }) {
		sum, lines := int64(0), []logLine(nil)
		for _, h := range latest(all, func(h model.Hours) model.Day { return h.Date }) {
			if h.Agency == agency {
				sum += int64(h.Centi)
				lines = append(lines, logLine{hoursOf(d, int64(h.Centi)), t.Day(h.Date, d.Today()), []string{string(h.By)}})
			}
		}
		earlier := len(lines) - hoursShown
		p.logged(string(agency), hoursOf(d, sum), lines[:min(len(lines), hoursShown)], whole)
		if whole && earlier > 0 {
			p.add(p.begin().To(p.figureEnd(false)+2).Say(theme.Dim, text.Fill(t.Screen.Effort.Earlier, "n", strconv.Itoa(earlier))))
		}
	}
}

// hoursOf writes hours in hundredths.
func hoursOf(d *app.Desk, centi int64) string {
	return text.Fill(d.Texts.Words.Age.Hours, "n", d.Texts.Number(centi, 2))
}

// outcomes are those of each measure: their sum, and when whole the lines that it is of. There is no sum of two measures:
// assets attached and assets secured may be the same crowns.
func outcomes(p *page, all []model.Outcome, whole bool) {
	d, t := p.desk, p.desk.Texts
	if len(all) > 0 {
		p.heading(t.Screen.Effort.Outcomes)
	}
	var measures []model.OutcomeCode
	for _, m := range d.Catalogue().Outcomes {
		measures = append(measures, m.Code)
	}
	for _, code := range inOrder(measures, all, func(o model.Outcome) model.OutcomeCode { return o.Measure }) {
		name, unit := t.Measure(code, d.Catalogue())
		sum, lines := int64(0), []logLine(nil)
		for _, o := range latest(all, func(o model.Outcome) model.Day { return o.Date }) {
			if o.Measure == code {
				sum += o.Milli
				agency := string(o.Agency)
				if agency == "" {
					agency = t.Words.Unknown
				}
				lines = append(lines, logLine{t.Amount(o.Milli, unit), t.Day(o.Date, d.Today()), []string{agency, string(o.By)}})
			}
		}
		p.logged(name, t.Amount(sum, unit), lines, whole)
	}
}

// inOrder are the keys that lines have: those that are known in their order, then the others.
func inOrder[L any, K comparable](known []K, lines []L, key func(L) K) (keys []K) {
	var used []K
	for _, l := range lines {
		if k := key(l); !slices.Contains(used, k) {
			used = append(used, k)
		}
	}
	for _, k := range append(known, used...) {
		if slices.Contains(used, k) && !slices.Contains(keys, k) {
			keys = append(keys, k)
		}
	}
	return keys
}

// latest are lines by day, the newest first, of one day the last logged first.
func latest[L any](lines []L, day func(L) model.Day) []L {
	lines = slices.Clone(lines)
	slices.Reverse(lines)
	slices.SortStableFunc(lines, func(a, b L) int { return int(day(b)) - int(day(a)) })
	return lines
}

// figureEnd is the column where figures end: with nothing after them they have the whole line.
func (p *page) figureEnd(alone bool) int {
	const wide, narrow = 46, 20
	switch {
	case alone:
		return min(p.width, wide)
	case p.width >= wide+14:
		return wide
	}
	return narrow
}

// logged is what was logged under a name: the sum, and when whole the lines, of which one alone is the sum.
func (p *page) logged(name, sum string, lines []logLine, whole bool) {
	switch {
	case !whole:
		p.figure(name, logLine{figure: sum}, p.figureEnd(true))
	case len(lines) == 1:
		p.figure(name, lines[0], p.figureEnd(false))
	default:
		p.figure(name, logLine{figure: sum, day: p.desk.Texts.Screen.Effort.InAll}, p.figureEnd(false))
		for _, l := range lines {
			p.figure("", l, p.figureEnd(false))
		}
	}
}

// figure is a line with a name at the left and a figure that ends where all do; the name has a line of its own where both
// do not fit beside each other.
func (p *page) figure(name string, line logLine, end int) {
	label, figure := safe.Of(name), safe.Of(line.figure)
	l := p.begin()
	if label.Width()+1+figure.Width() > end && name != "" {
		p.add(l.Put(theme.Text, label))
		l, label = p.begin(), safe.Text{}
	}
	l.Put(theme.Text, label).To(end-figure.Width()).Put(theme.Text, figure)
	at := max(end, figure.Width()) + 2
	l.To(at).Say(theme.Dim, line.day)
	for i, more := range line.more {
		l.To(at+13+6*i).Say(theme.Dim, more)
	}
	p.add(l)
}
