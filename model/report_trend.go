package model

import "slices"

// trend is what each period of the trend adds up to, the newest first.
type trend struct {
	*Report
	spans []span
	lines map[string][]figure
}

// span is a period with its bounds in time; until is no longer in it.
type span struct {
	Period
	from, until Stamp
}

// trendColumns are the lines of the trend beside the outcomes.
var trendColumns = []Column{ColumnBegun, ColumnRunning, ColumnClosed, ColumnRejected, ColumnHours}

func newTrend(r *Report) trend {
	t := trend{Report: r, lines: map[string][]figure{}}
	for back := range TrendYears {
		p := r.Spec.Period.Back(back)
		t.spans = append(t.spans, span{p, r.cat.Begins(p.From), r.cat.Begins(p.To + 1)})
	}
	for _, c := range trendColumns {
		t.lines[string(c)] = make([]figure, TrendYears)
	}
	return t
}

// take counts an effort in all periods by its dates: e as it was when the report's ended, now with its follow-up.
func (t *trend) take(e, now *Effort) {
	oldest, newest := t.spans[len(t.spans)-1], t.spans[0]
	if lifeIn(e, oldest.from, newest.until) != (life{}) {
		for i := range t.spans {
			l := lifeIn(e, t.spans[i].from, t.spans[i].until)
			for column, is := range [...]bool{l.begun, l.running, l.closed, l.rejected} {
				if is {
					t.add(trendColumns[column], i, now, thousandths)
				}
			}
		}
	}
	if now.Followup == nil {
		return
	}
	for i := range now.Hours {
		if h := &now.Hours[i]; oldest.From <= h.Date && h.Date <= newest.To {
			t.onDay(ColumnHours, h.Date, now, int64(h.Centi)*10)
		}
	}
	for i := range now.Outcomes {
		if o := &now.Outcomes[i]; oldest.From <= o.Date && o.Date <= newest.To {
			t.onDay(Column(o.Measure), o.Date, now, o.Milli)
		}
	}
}

func (t *trend) onDay(line Column, day Day, now *Effort, milli int64) {
	for i := range t.spans {
		if t.spans[i].Has(day) {
			t.add(line, i, now, milli)
		}
	}
}

func (t *trend) add(line Column, i int, now *Effort, milli int64) {
	figures := t.lines[string(line)]
	if figures == nil {
		figures = make([]figure, TrendYears)
		t.lines[string(line)] = figures
	}
	period := Column("")
	if t.behind != nil && t.behind.Table == TableTrend {
		period = Column(t.spans[i].String())
	}
	t.Report.add(&figures[i], TableTrend, string(line), period, true, now, milli)
}

// back is how many years back a period of the trend is, given as it is written; -1 for none.
func (t *trend) back(period Column) int {
	return slices.IndexFunc(t.spans, func(s span) bool { return Column(s.String()) == period })
}

// LateLine is something that counts in a report and was written down, or taken back, after the report's period.
type LateLine struct {
	Effort *Effort
	// One of these is set; with none of them the whole effort came with an imported list.
	Measure *Measure
	Hours   *Hours
	Outcome *Outcome
	// Gone: it counted when the period ended, and has been taken back since.
	Gone bool
}

// added notes what of an effort's follow-up in the period came, or went, after it.
func (r *Report) added(then, now *Effort) {
	t := r.tallies[1]
	if then == nil && lifeIn(now, t.from, t.until) != (life{}) {
		r.late = append(r.late, LateLine{Effort: now})
		return
	}
	was, is := &Followup{}, &Followup{}
	if then != nil && then.Followup != nil {
		was = then.Followup
	}
	if now.Followup != nil {
		is = now.Followup
	}
	note := func(was, is *Followup, gone bool) {
		for _, m := range without(is.Measures, was.Measures, func(m *Measure) uint32 { return m.N }) {
			if t.within(m.At) {
				r.late = append(r.late, LateLine{Effort: now, Measure: &m, Gone: gone})
			}
		}
		for _, h := range without(is.Hours, was.Hours, func(h *Hours) uint32 { return h.N }) {
			if t.period.Has(h.Date) {
				r.late = append(r.late, LateLine{Effort: now, Hours: &h, Gone: gone})
			}
		}
		for _, o := range without(is.Outcomes, was.Outcomes, func(o *Outcome) uint32 { return o.N }) {
			if t.period.Has(o.Date) {
				r.late = append(r.late, LateLine{Effort: now, Outcome: &o, Gone: gone})
			}
		}
	}
	note(was, is, false)
	note(is, was, true)
}

// without are the lines of all whose number none of known has.
func without[L any](all, known []L, number func(*L) uint32) (rest []L) {
	for i := range all {
		if !slices.ContainsFunc(known, func(k L) bool { return number(&k) == number(&all[i]) }) {
			rest = append(rest, all[i])
		}
	}
	return rest
}

// Trend is how figures went over the same stretch of several years, the oldest first. A year before the first effort has
// no figures.
type Trend struct {
	Periods []Period
	Lines   []TrendLine
}

// TrendLine is one figure over the years. Code is a Column of the first tables, or with Outcome a measure's.
type TrendLine struct {
	Code    string
	Outcome bool
	Unit    Unit
	Figures []Figure
}

// Trend returns the trend, from the first year of which anything is known. Its last two years are the report's own.
func (r *Report) Trend() (trend Trend) {
	years := 1
	for i, s := range r.trend.spans {
		if r.first != 0 && r.first < s.until {
			years = max(years, i+1)
		}
		for _, line := range r.trend.lines {
			if line[i].efforts > 0 {
				years = max(years, i+1)
			}
		}
	}
	for i := years - 1; i >= 0; i-- {
		trend.Periods = append(trend.Periods, r.trend.spans[i].Period)
	}
	for i, c := range trendColumns {
		line := TrendLine{Code: string(c), Unit: UnitCount}
		if c == ColumnHours {
			line.Unit = UnitHours
		}
		trend.Lines = append(trend.Lines, r.line(line, years, atRegions, RowSum, i))
	}
	for _, code := range r.rows(atOutcomes) {
		line := TrendLine{Code: code, Outcome: true}
		if m := r.cat.OutcomeMeasure(OutcomeCode(code)); m != nil {
			line.Unit = m.Unit
		}
		if r.trend.lines[code] != nil {
			trend.Lines = append(trend.Lines, r.line(line, years, atOutcomes, code, 0))
		}
	}
	return trend
}

// line fills a line; the last two years are a column of a table.
func (r *Report) line(line TrendLine, years, table int, row string, column int) TrendLine {
	for i := years - 1; i >= 0; i-- {
		f := r.trend.lines[line.Code][i]
		figure := Figure{Milli: f.milli, Efforts: f.efforts, Known: f.efforts > 0}
		switch {
		case i < len(r.tallies):
			figure = r.figure(len(r.tallies)-1-i, table, row, column)
		case line.Unit == UnitCount && !line.Outcome:
			figure.Known = r.first != 0 && r.first < r.trend.spans[i].until
		}
		line.Figures = append(line.Figures, figure)
	}
	return line
}
