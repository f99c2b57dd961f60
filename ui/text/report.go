package text

import (
	"cmp"
	"strconv"

	"board.internal/samverkan/model"
)

// Report are the texts of the report, on the screen and in files.
type Report struct {
	// Title names it, Heading with its {period}. Country is the area that is no region; Sum and Unplaced are rows.
	// Within is that of a {region} with the national efforts that touch it.
	Title, Heading, Country, Within, Sum, Unplaced string
	// Change heads differences, Contents the list of sections.
	Change, Contents string
	// Quarter ({n}, {year}) and Span ({from}, {to}) write periods; Against compares {period} with {before}; SameDays says
	// which days of each year a trend is of.
	Quarter, Span, Against, SameDays string
	// Filter says what narrows it: {filter}.
	Filter string
	// Drawn says on what {date}, Past that the board is that of it; Head and Empty where the journal ended then: {n}.
	Drawn, Past, Head, Empty string
	// Public and PublicWhole say what is left out for the public; with a floor of {n} or none.
	Public, PublicWhole string
	// Undated is for one effort and for {n}; UndatedMasked does not say how many.
	Undated       []string
	UndatedMasked string
	// Late heads what was added later, LateAbout explains it, LateMore says how many more: {n}. The others are its lines.
	Late, LateAbout, LateMore                                 string
	LateHours, LateMeasure, LateOutcome, LateEffort, LateGone string
	// Legend heads what the figures mean; Modes names the ways of taking part, from the first to the last.
	Legend, Modes string
	// LateImported is for one whole effort and for {n}.
	LateImported []string
	// Balance and the others are titles of charts.
	Balance, EffortsOver, HoursOver, HoursBy, OutcomesOver string
	// Table are headings by model.Table, Row what the first column of each holds.
	Table, Row map[string]string
	// Kind, Level and Measure are names of rows.
	Kind, Level, Measure map[string]string
	// Column are headings by model.Column, or by table.column where a table means its own; Short fit into 8 cells.
	Column, Short map[string]string
	// Unit is by model.Unit.
	Unit map[string]string
	// Meanings explain columns and signs. List are the headings of the flat table for a spreadsheet.
	Meanings, List map[string]string
}

// ReportRow is the name of a row of a table of the report; code is model.ReportRow's, model.RowSum the sum's.
func (t *Texts) ReportRow(table model.Table, code string, cat *model.Catalogue) string {
	r, name := &t.Report, ""
	switch {
	case code == model.RowSum:
		return r.Sum
	case code == model.RowUnplaced:
		return r.Unplaced
	case table == model.TableRegions:
		return t.Value(model.FieldRegion, code, cat)
	case table == model.TableFocuses:
		return t.Value(model.FieldFocus, code, cat)
	case table == model.TableKinds:
		name = r.Kind[code]
	case table == model.TableLevels:
		name = r.Level[code]
	case table == model.TableMeasures:
		name = r.Measure[code]
	case table == model.TableAgencies:
		if a := cat.Agency(model.AgencyCode(code)); a != nil {
			name = a.Name.In(t.Lang)
		}
	case table == model.TableOutcomes || table == model.TableTrend && r.Column[code] == "":
		if m := cat.OutcomeMeasure(model.OutcomeCode(code)); m != nil {
			name = m.Name.In(t.Lang)
		}
	case table == model.TableTrend:
		name = r.Column[code]
	}
	return cmp.Or(name, code)
}

// ReportArea is what a report is about: the country with "", or a region and the national efforts that touch it.
func (t *Texts) ReportArea(region model.RegionCode, cat *model.Catalogue) string {
	if region == "" {
		return t.Report.Country
	}
	name := t.Value(model.FieldRegion, string(region), cat)
	if region == cat.National.Code {
		return name
	}
	return Fill(t.Report.Within, "region", name)
}

// ReportColumn is the heading of a column; short where there is little room.
func (t *Texts) ReportColumn(table model.Table, c model.Column, short bool) string {
	set := t.Report.Column
	if short {
		set = t.Report.Short
	}
	return cmp.Or(set[string(table)+"."+string(c)], set[string(c)], string(c))
}

// Period writes a period as people do: 2025, quarter 1 2025, Mar 2025, 1 Jan – 30 Jun 2025.
func (t *Texts) Period(p model.Period) string {
	from, to := p.From.Time(), p.To.Time()
	year := strconv.Itoa(from.Year())
	first, last := int(from.Month()), int(to.Month())
	whole := from.Year() == to.Year() && from.Day() == 1 && (p.To+1).Time().Day() == 1
	switch {
	case whole && first == 1 && last == 12:
		return year
	case whole && last == first+2 && last%3 == 0:
		return Fill(t.Report.Quarter, "n", strconv.Itoa(last/3), "year", year)
	case whole && first == last:
		return t.Words.Months[first-1] + " " + year
	case p.From == p.To:
		return t.Day(p.From, 0)
	}
	shown := model.Day(0)
	if from.Year() == to.Year() {
		shown = p.From
	}
	return Fill(t.Report.Span, "from", t.Day(p.From, shown), "to", t.Day(p.To, 0))
}

// PeriodYear is what tells a period from the same stretch of another year: 2025, or 2025/26 where it goes on into the next.
func PeriodYear(p model.Period) string {
	from, to := p.From.Year(), p.To.Year()
	if from == to {
		return strconv.Itoa(from)
	}
	return strconv.Itoa(from) + "/" + strconv.Itoa(to%100 + 100)[1:]
}

// Late writes one thing that was added after the period of a report: LÄRKA SYD-2025-014: KFM 4 hours on 3 Nov 2025.
func (t *Texts) Late(l *model.LateLine, cat *model.Catalogue) string {
	r, effort := &t.Report, string(l.Effort.ID)
	if l.Effort.Codename != "" {
		effort = l.Effort.Codename + " " + effort
	}
	line := Fill(r.LateEffort, "effort", effort)
	switch {
	case l.Hours != nil:
		line = Fill(r.LateHours, "effort", effort, "agency", string(l.Hours.Agency), "n", t.Number(int64(l.Hours.Centi), 2), "date", t.Day(l.Hours.Date, 0))
	case l.Measure != nil:
		line = Fill(r.LateMeasure, "effort", effort, "measure", t.Words.Measure[l.Measure.Type.String()], "date", t.Day(cat.Today(l.Measure.At), 0))
	case l.Outcome != nil:
		unit := model.Unit(0)
		if m := cat.OutcomeMeasure(l.Outcome.Measure); m != nil {
			unit = m.Unit
		}
		line = Fill(r.LateOutcome, "effort", effort, "outcome", t.ReportRow(model.TableOutcomes, string(l.Outcome.Measure), cat),
			"amount", t.Amount(l.Outcome.Milli, unit), "date", t.Day(l.Outcome.Date, 0))
	}
	if l.Gone {
		return Fill(r.LateGone, "line", line)
	}
	return line
}
