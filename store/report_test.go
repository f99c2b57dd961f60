package store_test

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
)

// spec is a report of the whole country.
func (d *decade) spec(p model.Period) model.ReportSpec {
	return model.ReportSpec{Period: p, Today: d.cat.Today(model.StampOf(d.now))}
}

func (d *decade) report(spec model.ReportSpec, key *model.ReportKey, before bool) *model.Report {
	d.t.Helper()
	r, _, err := d.s.Report(context.Background(), spec, key, before)
	if err != nil {
		d.t.Fatal(err)
	}
	return r
}

// figures are all known figures of a period's report that are not nought, by key.
func (d *decade) figures(p model.Period) map[string]figure {
	return figuresOf(d.report(d.spec(p), nil, false), func(c model.Cell) model.Figure { return c.This })
}

func figuresOf(r *model.Report, of func(model.Cell) model.Figure) map[string]figure {
	all := map[string]figure{}
	for _, t := range r.Tables() {
		rows := t.Rows
		if t.Sum != nil {
			rows = append(slices.Clone(rows), *t.Sum)
		}
		for _, row := range rows {
			for i, c := range row.Cells {
				if f := of(c); f.Efforts > 0 {
					all[model.ReportKey{Table: t.Name, Row: row.Code, Column: t.Columns[i]}.String()] = figure{f.Milli, f.Efforts}
				}
			}
		}
	}
	return all
}

// counted is the same count written another way: the journal is replayed into plain texts, up to the period's end and
// whole, and every figure is a question that these texts are asked.
func (d *decade) counted(p model.Period) map[string]figure {
	entries, err := d.s.Journal(context.Background(), store.Query{})
	if err != nil {
		d.t.Fatal(err)
	}
	day := func(stamp string) string {
		at, err := time.Parse(time.RFC3339, stamp)
		if err != nil {
			return ""
		}
		return at.In(d.cat.Zone).Format(time.DateOnly)
	}
	from, to := p.From.String(), p.To.String()
	then, now := map[model.EffortID]map[string]string{}, map[model.EffortID]map[string]string{}
	answers := map[model.EffortID][]answer{}
	replay := func(state map[model.EffortID]map[string]string, ev *model.Event) {
		fields := state[ev.Effort]
		if fields == nil {
			fields = map[string]string{}
			state[ev.Effort] = fields
		}
		for _, c := range ev.Changes {
			if fields[string(c.Field)] = c.New; c.New == "" {
				delete(fields, string(c.Field))
			}
		}
		if fields["created"] == "" {
			fields["created"] = ev.At.String()
		}
		if fields["status"] == "" {
			delete(state, ev.Effort)
		}
	}
	for i := range entries {
		if ev := &entries[i].Event; ev.Effort != "" {
			if replay(now, ev); day(ev.At.String()) <= to {
				replay(then, ev)
			}
			if at := day(ev.At.String()); from <= at && at <= to {
				answers[ev.Effort] = append(answers[ev.Effort], answersIn(ev)...)
			}
		}
	}
	sums, behind := map[string]int64{}, map[string]map[model.EffortID]bool{}
	count := func(id model.EffortID, milli int64, table, row, column string) {
		for _, key := range []string{table + "." + row + "." + column, table + ".total." + column} {
			if strings.HasPrefix(key, "outcomes.total") {
				continue
			}
			if sums[key] += milli; behind[key] == nil {
				behind[key] = map[model.EffortID]bool{}
			}
			behind[key][id] = true
		}
	}
	in := func(day string) bool { return day != "" && from <= day && day <= to }
	for _, id := range slices.Compact(slices.Sorted(func(yield func(model.EffortID) bool) {
		for _, state := range []map[model.EffortID]map[string]string{then, now} {
			for id := range state {
				if !yield(id) {
					return
				}
			}
		}
	})) {
		e, f := then[id], now[id]
		if e == nil {
			e = f
		}
		if f == nil {
			f = e
		}
		effort := func(milli int64, column string) {
			count(id, milli, "regions", e["region"], column)
			count(id, milli, "focuses", e["focus"], column)
			count(id, milli, "kinds", e["kind"], column)
			count(id, milli, "levels", e["level"], column)
		}
		open := !slices.Contains([]string{"closed", "followed_up", "rejected"}, e["status"])
		created, ended := day(e["created"]), day(e["ended"])
		alive := created <= to && (open || ended >= from)
		if in(created) && (alive || ended == "") {
			effort(1000, "begun")
		}
		for _, a := range standing(answers[id]) {
			if then[id] != nil && (a.since == "" || in(day(a.since))) {
				count(id, 1000, "agencies", a.agency, a.column)
			}
		}
		if alive && (open || ended > to) {
			effort(1000, "running")
		}
		if alive && in(ended) && !open {
			effort(1000, map[bool]string{true: "rejected", false: "closed"}[e["status"] == "rejected"])
		}
		for _, a := range d.cat.Agencies {
			code := string(a.Code)
			field := func(aspect string) string { return e["agency."+code+"."+aspect] }
			if since := day(field("since")); alive && since <= to {
				switch state := field("state"); {
				case state == "accepted":
					count(id, 1000, "agencies", code, field("mode"))
					if in(since) && then[id] == nil {
						count(id, 1000, "agencies", code, "accepted")
					}
					if e["lead"] == code {
						count(id, 1000, "agencies", code, "lead")
					}
				case state == "asked" && open:
					count(id, 1000, "agencies", code, "unanswered")
				case state == "declined" && in(since) && then[id] == nil:
					count(id, 1000, "agencies", code, "declined")
				case state == "released" && in(since) && then[id] == nil:
					count(id, 1000, "agencies", code, "left")
				}
			}
		}
		for partner := range strings.SplitSeq(e["partners"], ", ") {
			if alive && partner != "" {
				count(id, 1000, "partners", partner, "efforts")
			}
		}
		seen := map[string]bool{}
		for _, field := range slices.Sorted(maps.Keys(f)) {
			words := strings.Fields(f[field])
			switch group, rest, _ := strings.Cut(field, "."); {
			case strings.Contains(rest, ".") || rest == "":
			case group == "measure" && in(day(f[field+".at"])):
				count(id, 1000, "measures", words[0], "value")
				if !seen[words[0]] {
					count(id, 1000, "measures", words[0], "efforts")
				}
				seen[words[0]] = true
			case group == "hours" && in(words[2]):
				hours, _ := strconv.ParseFloat(words[1], 64)
				count(id, int64(hours*1000), "agencies", words[0], "hours")
				effort(int64(hours*1000), "hours")
			case group == "outcome" && in(words[2]):
				value, _ := strconv.ParseFloat(words[1], 64)
				count(id, int64(value*1000), "outcomes", words[0], "value")
				if !seen[words[0]] {
					count(id, 1000, "outcomes", words[0], "efforts")
				}
				seen[words[0]] = true
			}
		}
	}
	all := map[string]figure{}
	for key, milli := range sums {
		all[key] = figure{milli, len(behind[key])}
	}
	return all
}

// answer is a change of an agency's state: the column that it counts in, "" for none; since is what a list says of it.
type answer struct {
	seq, undoes                   uint64
	agency, column, since, action string
}

func answersIn(ev *model.Event) (all []answer) {
	texts := map[string]string{}
	for _, c := range ev.Changes {
		texts[string(c.Field)] = c.New
	}
	for _, c := range ev.Changes {
		code, is := strings.CutSuffix(strings.TrimPrefix(string(c.Field), "agency."), ".state")
		if !is {
			continue
		}
		a := answer{seq: ev.Seq, undoes: ev.Undoes, agency: code, action: string(ev.Action)}
		if ev.Action == model.ActImport {
			a.since = texts["agency."+code+".since"]
		}
		switch {
		case c.New == "released" && c.Old == "asked" && string(ev.Agency) != code: // withdrawn by others
		case c.New == "released" && c.Old == "asked":
			a.column = "declined"
		default:
			a.column = map[string]string{"accepted": "accepted", "declined": "declined", "released": "left"}[c.New]
		}
		all = append(all, a)
	}
	return all
}

// standing are the answers that no undo has taken back, or that were done again after it.
func standing(all []answer) (stand []answer) {
	for i, a := range all {
		if a.undoes != 0 {
			continue
		}
		back := false
		at := a.seq
		for _, b := range all[i+1:] {
			if b.undoes == at && b.agency == a.agency {
				back, at = !back, b.seq
			}
		}
		if !back && a.column != "" {
			stand = append(stand, a)
		}
	}
	return stand
}

// TestReportOfADecade: the numbers of every year equal an independent count, and so do those of the year before beside
// them; in every table the rows add up to the sum, and the four that break down the same efforts have the same one.
func TestReportOfADecade(t *testing.T) {
	d := newDecade(t, 1)
	efforts := 0
	d.s.Efforts(context.Background(), func(*model.Effort) bool { efforts++; return true })
	if efforts < 220 || efforts > 300 {
		t.Errorf("%d efforts", efforts)
	}
	periods := []model.Period{{From: model.YearPeriod(2021).From + 40, To: model.YearPeriod(2021).From + 133}}
	for year := firstYear - 1; year <= lastYear; year++ {
		periods = append(periods, model.YearPeriod(year))
	}
	for _, p := range periods {
		r := d.report(d.spec(p), nil, false)
		want := d.counted(p)
		if diff := cmp.Diff(want, figuresOf(r, func(c model.Cell) model.Figure { return c.This })); diff != "" {
			t.Errorf("%s: counted -, reported +\n%s", p, diff)
		}
		if diff := cmp.Diff(d.counted(p.Back(1)), figuresOf(r, func(c model.Cell) model.Figure { return c.Before })); diff != "" {
			t.Errorf("the year before %s: counted -, reported +\n%s", p, diff)
		}
		if p == model.YearPeriod(2022) {
			for _, key := range []string{"regions.VAST.begun", "agencies.SKV.on_site", "agencies.POL.lead", "agencies.total.declined", "agencies.total.left",
				"measures.safety.value", "regions.NAT.running", "regions.total.rejected", "partners.kommun.efforts"} {
				if want[key].Milli == 0 {
					t.Errorf("nothing under %s, which proves nothing", key)
				}
			}
		}
		checkSums(t, p, r.Tables())
	}
}

func checkSums(t *testing.T, p model.Period, tables []model.ReportTable) {
	t.Helper()
	for _, table := range tables {
		for i, column := range table.Columns {
			var sum, before int64
			for _, row := range table.Rows {
				sum, before = sum+row.Cells[i].This.Milli, before+row.Cells[i].Before.Milli
			}
			if table.Sum != nil && (sum != table.Sum.Cells[i].This.Milli || before != table.Sum.Cells[i].Before.Milli) {
				t.Errorf("%s: the rows of %s.%s add up to %d and %d, the sum is %+v", p, table.Name, column, sum, before, table.Sum.Cells[i])
			}
			whole := model.TableOf(tables, model.TableRegions).Sum
			if slices.Contains([]model.Table{model.TableFocuses, model.TableKinds, model.TableLevels}, table.Name) && table.Sum.Cells[i] != whole.Cells[i] {
				t.Errorf("%s: the sum of %s.%s is %+v, of the regions %+v", p, table.Name, column, table.Sum.Cells[i], whole.Cells[i])
			}
		}
	}
	agencies := model.TableOf(tables, model.TableAgencies)
	hours := agencies.Sum.Cells[slices.Index(agencies.Columns, model.ColumnHours)].This
	if all := model.TableOf(tables, model.TableRegions).Sum.Cells[4].This; all.Milli != hours.Milli {
		t.Errorf("%s: the agencies have %d hours, the regions %d", p, hours.Milli, all.Milli)
	}
}

// TestReportAsGiven: a report of a year gives, years later, the figures it gave on its last evening, but for what was
// written down since, which it names.
func TestReportAsGiven(t *testing.T) {
	d := newDecade(t, 2)
	late, compared := 0, 0
	for year, given := range d.given {
		r := d.report(d.spec(model.YearPeriod(year)), nil, false)
		got := figuresOf(r, func(c model.Cell) model.Figure { return c.This })
		late += len(r.Late())
		if slices.ContainsFunc(r.Late(), func(l model.LateLine) bool { return l.Hours == nil && l.Outcome == nil && l.Measure == nil }) {
			continue // a list brought whole efforts of that year
		}
		compared++
		// Take what the report says was added later out of it again.
		for _, l := range r.Late() {
			milli, keys := int64(1000), []string(nil)
			switch e := l.Effort; {
			case l.Hours != nil:
				milli, keys = int64(l.Hours.Centi)*10, []string{"agencies." + string(l.Hours.Agency) + ".hours", "agencies.total.hours", "regions.total.hours", "kinds.total.hours",
					"levels.total.hours", "focuses.total.hours", "kinds." + e.Kind.String() + ".hours", "levels." + e.Level.String() + ".hours", "regions." + string(e.Region) + ".hours"}
			case l.Outcome != nil:
				milli, keys = l.Outcome.Milli, []string{"outcomes." + string(l.Outcome.Measure) + ".value"}
			case l.Measure != nil:
				keys = []string{"measures." + l.Measure.Type.String() + ".value", "measures.total.value"}
			}
			if l.Gone {
				milli = -milli
			}
			for _, key := range keys {
				f := got[key]
				f.Milli -= milli
				got[key] = f
			}
		}
		for key, f := range given {
			switch {
			case strings.HasPrefix(key, "focuses.") && strings.HasSuffix(key, ".hours") && key != "focuses.total.hours":
				continue // of an effort whose focus may have been edited since
			case strings.HasSuffix(key, ".efforts") && !strings.HasPrefix(key, "partners."):
				continue // in how many efforts follow-up is, its lines do not say
			}
			if got[key].Milli != f.Milli {
				t.Errorf("%d %s: %d was given, %d is now, with what came later taken out", year, key, f.Milli, got[key].Milli)
			}
		}
	}
	if late == 0 || compared < 5 {
		t.Errorf("%d lines were added later, %d years compared: that proves nothing", late, compared)
	}
}

// TestReportOpens: behind each figure, of the period, of the year before and of the trend, lie as many efforts as it says, and
// their shares add up to it.
func TestReportOpens(t *testing.T) {
	d := newDecade(t, 3)
	spec := d.spec(model.YearPeriod(2024))
	r := d.report(spec, nil, false)
	check := func(key model.ReportKey, before bool, f model.Figure) {
		t.Helper()
		r := d.report(spec, &key, before)
		got, shares := r.Efforts(), int64(0)
		ids := map[model.EffortID]bool{}
		for _, e := range got {
			ids[e.ID] = true
			shares += r.Share(e.ID)
		}
		if f.Known && shares != f.Milli {
			t.Errorf("%s (before: %v): the shares add up to %d, of %+v", key, before, shares, f)
		}
		if len(ids) != len(got) || len(got) != f.Efforts {
			t.Errorf("%s (before: %v): %d efforts, %d different, of %+v", key, before, len(got), len(ids), f)
		}
		if again, ok := model.ParseReportKey(key.String()); !ok || again != key {
			t.Errorf("%s is read as %+v, %v", key, again, ok)
		}
	}
	for _, table := range r.Tables() {
		for j, row := range table.Rows {
			for i, c := range row.Cells {
				if (j+i)%4 > 0 { // a sample: each is a report of its own
					continue
				}
				check(model.ReportKey{Table: table.Name, Row: row.Code, Column: table.Columns[i]}, i%2 == 1, map[bool]model.Figure{false: c.This, true: c.Before}[i%2 == 1])
			}
		}
		if table.Sum != nil {
			check(model.ReportKey{Table: table.Name, Column: table.Columns[0]}, false, table.Sum.Cells[0].This)
		}
	}
	trend := r.Trend()
	for _, line := range trend.Lines {
		for i, p := range trend.Periods {
			check(model.ReportKey{Table: model.TableTrend, Row: line.Code, Column: model.Column(p.String())}, false, line.Figures[i])
		}
	}
	if r.Undated() == 0 {
		t.Error("no effort without dates")
	}
	check(model.ReportKey{Table: model.TableUndated, Column: model.ColumnEfforts}, false, model.Figure{Efforts: r.Undated()})
}

// TestReportOfARegion: it has the region's own efforts and the national ones that touch it; together with what only
// touches it a region is not the country.
func TestReportOfARegion(t *testing.T) {
	d := newDecade(t, 4)
	p := model.YearPeriod(2023)
	country := model.TableOf(d.report(d.spec(p), nil, false).Tables(), model.TableRegions)
	begun := func(table *model.ReportTable, code string) int64 {
		for _, row := range table.Rows {
			if row.Code == code {
				return row.Cells[0].This.Milli
			}
		}
		return 0
	}
	for _, region := range []model.RegionCode{"SYD", "OST", "NORD"} {
		spec := d.spec(p)
		spec.Region = region
		own := model.TableOf(d.report(spec, nil, false).Tables(), model.TableRegions)
		if begun(own, string(region)) != begun(country, string(region)) {
			t.Errorf("%s began %d of its own, in the country %d", region, begun(own, string(region)), begun(country, string(region)))
		}
		touching := begun(country, "NAT")
		if region == "NORD" { // which no national effort here touches
			touching = 0
		}
		if begun(own, "NAT") != touching || own.Sum.Cells[0].This.Milli != begun(own, string(region))+touching {
			t.Errorf("%s: %d national ones, %d in all", region, begun(own, "NAT"), own.Sum.Cells[0].This.Milli)
		}
	}
}
