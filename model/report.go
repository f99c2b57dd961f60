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
	// TableUndated has one figure: efforts that an imported list gave no dates for, and that are in no other.
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
	// Requests it said yes to in the period (or came in by itself), said no to, and had not answered at its end; and
	// parts that ended in it.
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

// The places of the tables, and of the columns of hours and of answers.
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

// behind collects the efforts that add to one figure.
type behind struct {
	ReportKey
	before  bool
	efforts []*Effort
}

// NewReport returns a report that has seen nothing yet.
func NewReport(cat *Catalogue, spec ReportSpec) *Report {
	r := &Report{Spec: spec, cat: cat, over: spec.Period.To < spec.Today}
	r.tallies = [2]*tally{newTally(r, spec.Period.Back(1)), newTally(r, spec.Period)}
	r.trend = newTrend(r)
	return r
}

// Cuts are the moments of which Take wants to know how an effort was: the end of the period a year before, and of the
// period.
func (r *Report) Cuts() []Stamp { return []Stamp{r.tallies[0].until - 1, r.tallies[1].until - 1} }

// Take takes one effort: as it was at each of Cuts, nil where it was not there yet, and as it is now, nil when it has been
// taken back since. What an imported list says was before it was imported stands by its dates.
func (r *Report) Take(then []*Effort, now *Effort) {
	for i, t := range r.tallies {
		if e := cmp.Or(then[i], now); e != nil && r.concerns(e) {
			t.take(e, cmp.Or(now, e))
		}
	}
	e := cmp.Or(then[1], now)
	if e == nil || !r.concerns(e) {
		return
	}
	now = cmp.Or(now, e)
	if e.Created != 0 && (r.first == 0 || e.Created < r.first) {
		r.first = e.Created
	}
	if e.Created == 0 || !e.Open() && e.Ended == 0 {
		r.add(&r.undated, TableUndated, RowSum, ColumnEfforts, true, now, thousandths)
	}
	r.trend.take(e, now)
	if r.over && then[1] != now {
		r.added(then[1], now)
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

// take counts an effort as it was at the end of the period, with the follow-up as it is now.
func (t *tally) take(e, now *Effort) {
	l := t.life(e)
	if l.alive {
		t.parts(e, now)
	}
	figures := [...]int64{thousandths * one(l.begun), thousandths * one(l.running), thousandths * one(l.closed), thousandths * one(l.rejected), 0}
	if now.Followup != nil {
		figures[4] = t.followed(now)
	}
	if figures == [len(figures)]int64{} {
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

func one(yes bool) int64 {
	if yes {
		return 1
	}
	return 0
}

// life is where an effort stood in a period.
type life struct{ begun, alive, running, closed, rejected bool }

func (t *tally) life(e *Effort) life { return lifeIn(e, t.from, t.until) }

// lifeIn tells an effort's life in a stretch of time. What has no dates is in none.
func lifeIn(e *Effort, from, until Stamp) life {
	open := e.Open()
	if e.Created == 0 || e.Created >= until || !open && (e.Ended == 0 || e.Ended < from) {
		return life{}
	}
	ends := !open && e.Ended < until
	return life{begun: e.Created >= from, alive: true, running: !ends, closed: ends && e.Status != Rejected, rejected: ends && e.Status == Rejected}
}

// parts counts the agencies' and the partners' parts of an effort that was alive in the period.
func (t *tally) parts(e, now *Effort) {
	for i := range e.Assignments {
		a := &e.Assignments[i]
		code := string(a.Agency)
		one := func(column int) { t.add(atAgencies, code, column, now, thousandths) }
		switch answered := t.within(a.Since); a.State {
		case Accepted:
			if a.Since >= t.until {
				continue // of an imported list, which was not there yet
			}
			one(max(int(a.Mode), int(OnSite)) - int(OnSite)) // the columns of modes come first, in their order
			if a.Lead {
				one(4)
			}
			if answered {
				one(5)
			}
		case Declined:
			if answered {
				one(6)
			}
		case Asked:
			if e.Open() && a.Since < t.until {
				one(7)
			}
		case Released:
			if answered {
				one(8)
			}
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
			t.add(atMeasures, m.Type.String(), 0, now, thousandths)
			if !typed[m.Type] {
				typed[m.Type] = true
				t.add(atMeasures, m.Type.String(), 1, now, thousandths)
			}
		}
	}
	for i := range now.Hours {
		if h := &now.Hours[i]; t.period.Has(h.Date) {
			milli := int64(h.Centi) * 10
			t.add(atAgencies, string(h.Agency), 9, now, milli)
			hours += milli
		}
	}
	for i := range now.Outcomes {
		o := &now.Outcomes[i]
		if !t.period.Has(o.Date) {
			continue
		}
		t.add(atOutcomes, string(o.Measure), 0, now, o.Milli)
		if !hasBefore(now.Outcomes[:i], func(b *Outcome) bool { return b.Measure == o.Measure && t.period.Has(b.Date) }) {
			t.add(atOutcomes, string(o.Measure), 1, now, thousandths)
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
