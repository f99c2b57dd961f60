package model

import "cmp"

// ReportSpec is what a report is about.
type ReportSpec struct {
	Period Period
	// Region narrows it to what shows on one region's board, national efforts that touch it included; "" is the country.
	Region RegionCode
	// Filter narrows it further, as seen by Asker.
	Filter Filter
	Asker  Asker
	// Today is the last day of which anything is known.
	Today Day
}

// Table names one table of the report.
type Table string

// The tables. The first four break down the same efforts, so they have the same sum.
const (
	TableRegions  Table = "regions"
	TableFocuses  Table = "focuses"
	TableKinds    Table = "kinds"
	TableLevels   Table = "levels"
	TableAgencies Table = "agencies"
	TablePartners Table = "partners"
	TableMeasures Table = "measures"
	TableOutcomes Table = "outcomes"
	// TableTrend has a row for each line of the trend and a column for each period.
	TableTrend Table = "trend"
	// TableUndated has one figure: efforts of an imported list of which nobody knows when they ended. They count where
	// they began, and nowhere else.
	TableUndated Table = "undated"
)

// Column names one column of a table of the report.
type Column string

// The columns.
const (
	// Efforts proposed in the period, alive at its end, and closed or rejected in it.
	ColumnBegun    Column = "begun"
	ColumnRunning  Column = "running"
	ColumnClosed   Column = "closed"
	ColumnRejected Column = "rejected"
	// Hours put in on days of the period.
	ColumnHours Column = "hours"
	// Parts that an agency had at the end of the period, by mode, in efforts that were alive in it; those it led.
	ColumnOnSite       Column = "on_site"
	ColumnPlanning     Column = "planning"
	ColumnIntelligence Column = "intelligence"
	ColumnRemote       Column = "remote"
	ColumnLead         Column = "lead"
	// Requests it said yes to in the period (or came in by itself) and said no to, each time anew; those it had not
	// answered at the end; and parts that ended in it.
	ColumnAccepted   Column = "accepted"
	ColumnDeclined   Column = "declined"
	ColumnUnanswered Column = "unanswered"
	ColumnLeft       Column = "left"
	// ColumnValue is how much: measures counted, outcomes in their unit, partners' parts.
	ColumnValue Column = "value"
	// ColumnEfforts is in how many efforts.
	ColumnEfforts Column = "efforts"
)

var effortColumns = []Column{ColumnBegun, ColumnRunning, ColumnClosed, ColumnRejected, ColumnHours}

// reportTables are the tables in their order, with their columns.
var reportTables = []struct {
	name    Table
	columns []Column
}{
	{TableRegions, effortColumns}, {TableFocuses, effortColumns}, {TableKinds, effortColumns}, {TableLevels, effortColumns},
	{TableAgencies, []Column{ColumnOnSite, ColumnPlanning, ColumnIntelligence, ColumnRemote, ColumnLead,
		ColumnAccepted, ColumnDeclined, ColumnUnanswered, ColumnLeft, ColumnHours}},
	{TablePartners, []Column{ColumnEfforts}},
	{TableMeasures, []Column{ColumnValue, ColumnEfforts}},
	{TableOutcomes, []Column{ColumnValue, ColumnEfforts}},
}

// The places of the tables.
const (
	atRegions = iota
	atFocuses
	atKinds
	atLevels
	atAgencies
	atPartners
	atMeasures
	atOutcomes
)

// The places of the columns of efforts; those of the agencies' table begin with the modes, in their order.
const (
	atBegun = iota
	atRunning
	atClosed
	atRejected
	atEffortHours
)

const (
	atOnSite = iota
	_
	_
	_
	atLead
	atAccepted
	atDeclined
	atUnanswered
	atLeft
	atHours
)

// The places of the columns of measures and of outcomes.
const (
	atValue = iota
	atEfforts
)

// Rows that are no code.
const (
	// RowSum is the sum of a table.
	RowSum = ""
	// RowUnplaced has what lies in a region or focus that the catalogue does not have.
	RowUnplaced = "unplaced"
)

// TrendYears is how many periods the trend has at most: this one and nine before it.
const TrendYears = 10

// thousandths is what one of anything counts: every figure is in thousandths of its unit.
const thousandths = 1000

// Report adds up what joint work cost and what came of it, from efforts taken one after the other: for a period, for the
// same stretch of the year before, and as a trend. A national effort counts once, however many regions it touches.
//
// What was begun, who took part and where an effort belonged stand as they did when the period ended, so that a report
// of the past gives the figures it gave then. Measures, hours and outcomes count by their dates as they stand now; those
// that were written down after the period are named by Late.
type Report struct {
	Spec ReportSpec

	cat *Catalogue
	// tallies are of the year before and of the period.
	tallies [2]*tally
	trend   trend
	first   Stamp
	undated figure
	late    []LateLine
	// over: the period has ended, so that what is dated in it may have been added later.
	over   bool
	behind *behind
}

// behind collects the efforts that add to one figure, and how much each does.
type behind struct {
	ReportKey
	before  bool
	efforts []*Effort
	shares  map[EffortID]int64
}

// NewReport returns a report that has seen nothing yet.
func NewReport(cat *Catalogue, spec ReportSpec) *Report {
	r := &Report{Spec: spec, cat: cat, over: spec.Period.To < spec.Today}
	r.tallies = [2]*tally{newTally(r, spec.Period.Back(1)), newTally(r, spec.Period)}
	r.trend = newTrend(r)
	return r
}

// Course is an effort over the time of a report.
type Course struct {
	// Then is how it was at each of Report.Moments, nil where it was not there; Now how it is, nil when it has been taken
	// back since.
	Then []*Effort
	Now  *Effort
	// Events are what happened to it after the first moment, the oldest first; of what came after the last one may be
	// left out.
	Events []*Event
}

// Moments are those of which Take wants to know how an effort was: before the period of the year before, and at the end
// of that and of the period.
func (r *Report) Moments() []Stamp {
	before, this := r.tallies[0], r.tallies[1]
	return []Stamp{before.from - 1, before.until - 1, this.until - 1}
}

// Take takes one effort. What an imported list says was before it was imported stands by its dates.
func (r *Report) Take(c Course) {
	for i, t := range r.tallies {
		if e := cmp.Or(c.Then[1+i], c.Now); e != nil && r.concerns(e) {
			t.take(e, cmp.Or(c.Now, e), c.Then[1+i] != nil, c.Events)
		}
	}
	then := c.Then[2]
	e := cmp.Or(then, c.Now)
	if e == nil {
		return
	}
	if r.first == 0 || e.Created < r.first { // of a board that knew of efforts, none of a kind is 0
		r.first = e.Created
	}
	if !r.concerns(e) {
		return
	}
	now := cmp.Or(c.Now, e)
	if !e.Open() && e.Ended == 0 {
		r.add(&r.undated, TableUndated, RowSum, ColumnEfforts, true, now, thousandths)
	}
	r.trend.take(e, now)
	if r.over && then != now {
		r.added(then, now)
	}
}

// concerns reports whether the report is about an effort.
func (r *Report) concerns(e *Effort) bool {
	return (r.Spec.Region == "" || e.In(r.Spec.Region)) && (r.Spec.Filter.Empty() || r.Spec.Filter.Match(e, r.Spec.Asker))
}

// add adds to one figure, and keeps the effort when it is the figure that is opened. this is false for the year before.
func (r *Report) add(f *figure, table Table, row string, column Column, this bool, e *Effort, milli int64) {
	f.milli += milli
	if f.last != e {
		f.last = e
		f.efforts++
	}
	b := r.behind
	if b == nil || b.Table != table || b.Column != column || b.Row != row || b.before == this {
		return
	}
	if n := len(b.efforts); n == 0 || b.efforts[n-1] != e {
		b.efforts = append(b.efforts, e)
	}
	b.shares[e.ID] += milli
}

// figure is a number while it is added up: how much, of how many efforts.
type figure struct {
	milli   int64
	efforts int
	last    *Effort
}

// tally is what one period adds up to.
type tally struct {
	*Report
	period Period
	// from and until bound it in time; until is no longer in it.
	from, until Stamp
	tables      []tallyTable
}

type tallyTable struct {
	at   map[string]int
	rows []tallyRow
	sum  tallyRow
}

type tallyRow struct {
	code    string
	figures []figure
}

func newTally(r *Report, p Period) *tally {
	t := &tally{Report: r, period: p, from: r.cat.Begins(p.From), until: r.cat.Begins(p.To + 1)}
	for _, x := range reportTables {
		t.tables = append(t.tables, tallyTable{at: map[string]int{}, sum: tallyRow{"", make([]figure, len(x.columns))}})
	}
	return t
}

func (t *tally) within(at Stamp) bool { return t.from <= at && at < t.until }

// add adds to a figure of a row, and to the sum of its column.
func (t *tally) add(table int, row string, column int, e *Effort, milli int64) {
	x := &t.tables[table]
	i, known := x.at[row]
	if !known {
		i = len(x.rows)
		x.at[row] = i
		x.rows = append(x.rows, tallyRow{row, make([]figure, len(x.sum.figures))})
	}
	this := t == t.tallies[1]
	name, columns := reportTables[table].name, reportTables[table].columns
	t.Report.add(&x.rows[i].figures[column], name, row, columns[column], this, e, milli)
	t.Report.add(&x.sum.figures[column], name, RowSum, columns[column], this, e, milli)
}

// take counts an effort as it was at the end of the period, with the follow-up as it is now. known: it was there then, so
// that its events say what happened in the period.
func (t *tally) take(e, now *Effort, known bool, events []*Event) {
	l := lifeIn(e, t.from, t.until)
	if l.alive {
		t.parts(e, now)
	}
	if known {
		t.answers(events, now)
	} else if l.alive {
		t.answersByDates(e, now)
	}
	figures := effortFigures{atBegun: one(l.begun), atRunning: one(l.running), atClosed: one(l.closed), atRejected: one(l.rejected)}
	if now.Followup != nil {
		figures[atEffortHours] = t.followed(now)
	}
	if figures == (effortFigures{}) {
		return
	}
	region, focus := string(e.Region), string(e.Focus)
	if t.cat.Region(e.Region) == nil {
		region = RowUnplaced
	}
	if t.cat.Focus(e.Focus) == nil {
		focus = RowUnplaced
	}
	for column, n := range figures {
		if n != 0 {
			t.add(atRegions, region, column, now, n)
			t.add(atFocuses, focus, column, now, n)
			t.add(atKinds, e.Kind.String(), column, now, n)
			t.add(atLevels, e.Level.String(), column, now, n)
		}
	}
}

// effortFigures are what one effort adds to the columns of efforts.
type effortFigures [atEffortHours + 1]int64

// one is a thing that is counted, or is not.
func one(yes bool) int64 {
	if yes {
		return thousandths
	}
	return 0
}

// life is where an effort stood in a stretch of time.
type life struct{ begun, alive, running, closed, rejected bool }

// lifeIn tells an effort's life in a stretch of time. Of one that ended nobody knows when, only its beginning is told.
func lifeIn(e *Effort, from, until Stamp) life {
	open := e.Open()
	switch begun := e.Created >= from; {
	case e.Created >= until, !open && e.Ended != 0 && e.Ended < from:
		return life{}
	case !open && e.Ended == 0:
		return life{begun: begun}
	default:
		ends := !open && e.Ended < until
		return life{begun: begun, alive: true, running: !ends, closed: ends && e.Status != Rejected, rejected: ends && e.Status == Rejected}
	}
}

// parts counts the agencies' and the partners' parts of an effort that was alive in the period.
func (t *tally) parts(e, now *Effort) {
	for i := range e.Assignments {
		a := &e.Assignments[i]
		if a.Since >= t.until { // of an imported list, which was not there yet
			continue
		}
		switch one := func(column int) { t.add(atAgencies, string(a.Agency), column, now, thousandths) }; {
		case a.State == Accepted:
			one(atOnSite + int(max(a.Mode, OnSite)-OnSite))
			if a.Lead {
				one(atLead)
			}
		case a.State == Asked && e.Open():
			one(atUnanswered)
		}
	}
	for _, p := range e.Partners {
		t.add(atPartners, p, 0, now, thousandths)
	}
}

// followed counts the measures, hours and outcomes of the period, and returns its hours.
func (t *tally) followed(now *Effort) (hours int64) {
	var typed [Administrative + 1]bool
	for i := range now.Measures {
		if m := &now.Measures[i]; t.within(m.At) {
			t.add(atMeasures, m.Type.String(), atValue, now, thousandths)
			if !typed[m.Type] {
				typed[m.Type] = true
				t.add(atMeasures, m.Type.String(), atEfforts, now, thousandths)
			}
		}
	}
	for i := range now.Hours {
		if h := &now.Hours[i]; t.period.Has(h.Date) {
			milli := int64(h.Centi) * 10
			t.add(atAgencies, string(h.Agency), atHours, now, milli)
			hours += milli
		}
	}
	for i := range now.Outcomes {
		o := &now.Outcomes[i]
		if !t.period.Has(o.Date) {
			continue
		}
		t.add(atOutcomes, string(o.Measure), atValue, now, o.Milli)
		if !hasBefore(now.Outcomes[:i], func(b *Outcome) bool { return b.Measure == o.Measure && t.period.Has(b.Date) }) {
			t.add(atOutcomes, string(o.Measure), atEfforts, now, thousandths)
		}
	}
	return hours
}

func hasBefore[L any](lines []L, is func(*L) bool) bool {
	for i := range lines {
		if is(&lines[i]) {
			return true
		}
	}
	return false
}
