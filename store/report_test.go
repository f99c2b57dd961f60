package store_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/store/storetest"
)

// decade is a store in which officers of twelve agencies and seven regions have worked for ten years, made with a seed:
// some 260 efforts, with answers, measures, hours and outcomes, some written down long after, some undone, and some out
// of an imported list.
type decade struct {
	t    *testing.T
	s    *store.Store
	cat  *model.Catalogue
	rng  *rand.Rand
	now  time.Time
	live []model.EffortID
	done []model.EffortID
	// given are the figures of each year's report as it was drawn up on the year's last evening.
	given map[int]map[string]figure
}

// figure is what a report says under a key: thousandths, of so many efforts.
type figure struct {
	Milli   int64
	Efforts int
}

const firstYear, lastYear = 2017, 2026

func newDecade(t *testing.T, seed uint64) *decade {
	zone, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		t.Fatal(err)
	}
	cat := model.DefaultCatalogue()
	cat.Zone = zone
	d := &decade{t: t, cat: cat, rng: rand.New(rand.NewPCG(seed, 2)), now: time.Date(firstYear, 1, 1, 0, 30, 0, 0, zone), given: map[int]map[string]figure{}}
	d.s = store.Open(storetest.Memory(), cat, store.Options{Now: func() time.Time { return d.now }})
	t.Cleanup(func() { d.s.Close() })
	for year := firstYear; year <= lastYear; year++ {
		d.importOld(year)
		for d.now.Year() == year {
			d.step()
			d.now = d.now.Add(time.Duration(1+d.rng.IntN(60*60)) * time.Minute)
		}
		if year < lastYear {
			now := d.now
			d.now = time.Date(year, 12, 31, 23, 59, 59, 0, zone)
			d.given[year] = d.figures(model.YearPeriod(year))
			d.now = now
		}
	}
	d.now = time.Date(lastYear, 12, 31, 23, 0, 0, 0, zone)
	return d
}

func pick[T any](d *decade, from []T) T { return from[d.rng.IntN(len(from))] }

// do gives a command; a no is as good as a yes here.
func (d *decade) do(officer model.OfficerID, cmd model.Command) []model.Event {
	res, err := d.s.Do(context.Background(), storetest.Officer(officer), cmd)
	if err != nil {
		if model.FaultOf(err) == 0 {
			d.t.Fatalf("%T: %v", cmd, err)
		}
		return nil
	}
	return res.Events
}

// step is one thing that somebody does on some day.
func (d *decade) step() {
	officer := model.OfficerID(fmt.Sprint("o", d.rng.IntN(5)))
	if d.rng.IntN(12) == 0 || len(d.live) == 0 {
		d.propose(officer)
		return
	}
	id := pick(d, d.live)
	if d.rng.IntN(6) == 0 && len(d.done) > 0 {
		id = pick(d, d.done)
	}
	on, agency := model.On{Effort: id}, pick(d, d.cat.Agencies).Code
	back := func(most int) model.Day { return d.cat.Today(model.StampOf(d.now)) - model.Day(d.rng.IntN(most)) }
	switch d.rng.IntN(14) {
	case 0, 1, 2:
		d.do(officer, model.Assign{On: on, Parts: []model.Part{{Agency: agency, Mode: pick(d, model.Modes())}}})
	case 3, 4, 5:
		for _, a := range d.effort(id).Assignments {
			if a.State == model.Asked {
				d.do(officer, model.Answer{On: on, Agency: a.Agency, Accept: d.rng.IntN(4) > 0, Reason: "nej"})
			}
		}
	case 6, 7:
		d.move(officer, id)
	case 8:
		d.do(officer, model.AddMeasure{On: on, Type: pick(d, model.MeasureTypes()), Text: "tillsyn"})
	case 9, 10:
		d.do(officer, model.AddHours{On: on, Agency: agency, Centi: int32(25 * (1 + d.rng.IntN(60))), Date: back(400)})
	case 11:
		d.do(officer, model.Release{On: on, Agency: agency, Reason: "klart"})
	case 12:
		d.do(officer, model.Undo{})
	case 13:
		d.do(officer, model.Edit{On: on, Fields: map[model.Field]string{model.FieldFocus: string(pick(d, d.cat.Focuses).Code)}})
	}
}

func (d *decade) effort(id model.EffortID) *model.Effort {
	e, err := d.s.Effort(context.Background(), string(id))
	if model.Is(err, model.UnknownEffort) { // undone
		return &model.Effort{}
	}
	if err != nil {
		d.t.Fatal(err)
	}
	return e
}

func (d *decade) propose(officer model.OfficerID) {
	fields := map[model.Field]string{model.FieldRegion: string(pick(d, d.cat.Regions).Code), model.FieldFocus: string(pick(d, d.cat.Focuses).Code),
		model.FieldKind: pick(d, model.Kinds()).String()}
	if d.rng.IntN(8) == 0 {
		fields[model.FieldRegion], fields[model.FieldLevel], fields[model.FieldRegions] = "NAT", "national", "SYD, OST"
	}
	if events := d.do(officer, model.Propose{Fields: fields}); len(events) > 0 {
		id := events[0].Effort
		d.live = append(d.live, id)
		d.do(officer, model.Assign{On: model.On{Effort: id}, Parts: []model.Part{{Agency: "POL"}, {Agency: pick(d, d.cat.Agencies[1:]).Code}},
			Partners: []model.PartnerPart{{Name: pick(d, []string{"kommun", "region"}), New: true}}})
	}
}

// move takes an effort on in its life.
func (d *decade) move(officer model.OfficerID, id model.EffortID) {
	e := d.effort(id)
	next := e.Status.Next()
	if len(next) == 0 {
		return
	}
	to := next[0]
	if d.rng.IntN(4) == 0 {
		to = next[len(next)-1]
	}
	on := model.On{Effort: id}
	if to == model.Active {
		d.do(officer, model.Answer{On: on, Agency: "POL", Accept: true})
		d.do(officer, model.Assign{On: on, Lead: "POL"})
	}
	d.do(officer, model.SetStatus{On: on, To: to, Decider: "RSR", Date: d.cat.Today(model.StampOf(d.now)), Reference: "A1", Reason: "vilar", Outcome: "klart"})
	if e := d.effort(id); e.Status != 0 && !e.Open() {
		d.live = slices.DeleteFunc(d.live, func(x model.EffortID) bool { return x == id })
		d.done = append(d.done, id)
	}
}

// importOld brings in efforts of earlier years, with follow-up, one without dates.
func (d *decade) importOld(year int) {
	if year%6 != 2 {
		return
	}
	var rows []model.Row
	for i := range 8 {
		created := model.StampOf(d.now.AddDate(-1, -i, -i))
		e := &model.Effort{Region: pick(d, d.cat.Regions).Code, Focus: pick(d, d.cat.Focuses).Code, Kind: model.Operative, Level: model.Regional,
			Priority: 2, Status: model.Closed, Outcome: "klart", Created: created, Ended: created + 80*86400,
			Assignments: []model.Assignment{{Agency: "SKV", State: model.Accepted, Mode: model.Remote, Since: created + 86400}},
			Followup: &model.Followup{
				Hours: []model.Hours{{Agency: "SKV", Centi: 350, Date: created.Day() + 9}},
				Outcomes: []model.Outcome{{Measure: "assets_attached_sek", Milli: 1_250_000_500, Date: created.Day() + 30},
					{Measure: "prison_years", Milli: 2500, Date: created.Day() + 31}, {Measure: "prison_years", Milli: 1000, Date: created.Day() + 32}},
			}}
		if i == 0 {
			e.Ended = 0
		}
		rows = append(rows, model.Row{Number: i + 2, Effort: e})
	}
	d.do("list", model.Import{Rows: rows})
}

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
		if in(created) && alive {
			effort(1000, "begun")
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
					if in(since) {
						count(id, 1000, "agencies", code, "accepted")
					}
					if e["lead"] == code {
						count(id, 1000, "agencies", code, "lead")
					}
				case state == "asked" && open:
					count(id, 1000, "agencies", code, "unanswered")
				case state == "declined" && in(since):
					count(id, 1000, "agencies", code, "declined")
				case state == "released" && in(since):
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
			if l.Hours == nil {
				continue
			}
			for _, key := range []string{"agencies." + string(l.Hours.Agency), "agencies.total", "regions.total", "kinds.total", "levels.total", "focuses.total",
				"kinds." + l.Effort.Kind.String(), "levels." + l.Effort.Level.String(), "regions." + string(l.Effort.Region)} {
				f := got[key+".hours"]
				if f.Milli -= int64(l.Hours.Centi) * 10; l.Gone {
					f.Milli += 2 * int64(l.Hours.Centi) * 10
				}
				got[key+".hours"] = f
			}
		}
		for key, f := range given {
			if strings.HasPrefix(key, "focuses.") && strings.HasSuffix(key, ".hours") && key != "focuses.total.hours" {
				continue // of an effort whose focus may have been edited since
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

// TestReportOpens: behind each figure, of the period, of the year before and of the trend, lie as many efforts as it says.
func TestReportOpens(t *testing.T) {
	d := newDecade(t, 3)
	spec := d.spec(model.YearPeriod(2024))
	r := d.report(spec, nil, false)
	check := func(key model.ReportKey, before bool, f model.Figure) {
		t.Helper()
		got := d.report(spec, &key, before).Efforts()
		ids := map[model.EffortID]bool{}
		for _, e := range got {
			ids[e.ID] = true
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
