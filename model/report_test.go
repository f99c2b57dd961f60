package model_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"board.internal/samverkan/model"
)

// report is 2026's, with 2025 beside it, of efforts that are as they have been since.
func report(today string, efforts ...*model.Effort) *model.Report {
	r := model.NewReport(model.DefaultCatalogue(), model.ReportSpec{Period: model.YearPeriod(2026), Today: day(today)})
	for _, e := range efforts {
		r.Take(model.Course{Then: []*model.Effort{e, e, e}, Now: e})
	}
	return r
}

// effort is a regional one in Syd; ended "" is an open one.
func lived(begun, ended string, more ...func(*model.Effort)) *model.Effort {
	e := &model.Effort{ID: model.EffortID("SYD-" + begun[:4] + "-001"), Region: "SYD", Focus: model.CrimeAreas, Kind: model.Operative, Level: model.Regional,
		Status: model.Active, Created: day(begun).Stamp()}
	if ended != "" {
		e.Status, e.Ended = model.Closed, day(ended).Stamp()
	}
	for _, fn := range more {
		fn(e)
	}
	return e
}

func hours(agency model.AgencyCode, date string, centi int32) func(*model.Effort) {
	return func(e *model.Effort) {
		if e.Followup == nil {
			e.Followup = &model.Followup{}
		}
		e.Hours = append(e.Hours, model.Hours{N: uint32(len(e.Hours) + 1), Agency: agency, Date: day(date), Centi: centi})
	}
}

func reported(measure model.OutcomeCode, date string, milli int64) func(*model.Effort) {
	return func(e *model.Effort) {
		if e.Followup == nil {
			e.Followup = &model.Followup{}
		}
		e.Outcomes = append(e.Outcomes, model.Outcome{N: uint32(len(e.Outcomes) + 1), Measure: measure, Date: day(date), Milli: milli})
	}
}

// cell finds a cell by key.
func cell(t *testing.T, tables []model.ReportTable, key string) model.Cell {
	t.Helper()
	k, ok := model.ParseReportKey(key)
	table := model.TableOf(tables, k.Table)
	if !ok || table == nil {
		t.Fatalf("no %s", key)
	}
	rows := table.Rows
	if table.Sum != nil {
		rows = append([]model.ReportRow{*table.Sum}, rows...)
	}
	for _, row := range rows {
		for i, c := range table.Columns {
			if row.Code == k.Row && c == k.Column {
				return row.Cells[i]
			}
		}
	}
	t.Fatalf("no row %s", key)
	return model.Cell{}
}

// TestUnknownIsNotNought: a year of which there is no effort is not known; hours and outcomes that nobody wrote down are
// not nought; but a region that began none this year began 0.
func TestUnknownIsNotNought(t *testing.T) {
	tables := report("2026-11-20", lived("2026-03-01", "", hours("KFM", "2026-03-05", 250))).Tables()
	known := func(milli int64, efforts int) model.Figure {
		return model.Figure{Milli: milli, Efforts: efforts, Known: true}
	}
	for key, want := range map[string]model.Cell{
		"regions.SYD.begun":                 {This: known(1000, 1)},
		"regions.NORD.begun":                {This: known(0, 0)},
		"regions.total.closed":              {This: known(0, 0)},
		"agencies.KFM.hours":                {This: known(2500, 1)},
		"agencies.SKV.hours":                {},
		"agencies.SKV.on_site":              {This: known(0, 0)},
		"regions.NORD.hours":                {},
		"measures.safety.value":             {},
		"outcomes.prison_years.value":       {},
		"outcomes.weapons_seized.value":     {},
		"focuses.individuals.running":       {This: known(0, 0)},
		"kinds.operative.running":           {This: known(1000, 1)},
		"levels.regional.hours":             {This: known(2500, 1)},
		"focuses.crime_areas.rejected":      {This: known(0, 0)},
		"measures.total.efforts":            {},
		"agencies.total.hours":              {This: known(2500, 1)},
		"agencies.total.unanswered":         {This: known(0, 0)},
		"regions.total.hours":               {This: known(2500, 1)},
		"regions.total.running":             {This: known(1000, 1)},
		"outcomes.assets_secured_sek.value": {},
	} {
		if diff := cmp.Diff(want, cell(t, tables, key)); diff != "" {
			t.Errorf("%s:\n%s", key, diff)
		}
	}
	if _, ok := cell(t, tables, "regions.SYD.begun").Difference(); ok {
		t.Error("a difference to a year that is not known")
	}
}

// TestLifeInAYear: begun, running and closed by the days of the year, in the catalogue's zone.
func TestLifeInAYear(t *testing.T) {
	tables := report("2027-02-01",
		lived("2025-06-01", "2026-01-01"), lived("2026-01-01", "2026-12-31"), lived("2026-12-31", "2027-01-10"),
		lived("2025-01-01", "2025-12-31"), lived("2027-01-01", ""), lived("2020-01-01", ""),
		lived("2026-02-01", "2026-03-01", func(e *model.Effort) { e.Status = model.Rejected }),
		lived("2026-02-01", "", func(e *model.Effort) { e.Region, e.Focus = "OLD", "gone" })).Tables()
	for key, want := range map[string][2]int64{
		"regions.total.begun": {4, 2}, "regions.total.running": {3, 2}, "regions.total.closed": {2, 1}, "regions.total.rejected": {1, 0},
		"regions.unplaced.begun": {1, 0}, "focuses.unplaced.running": {1, 0},
	} {
		if c := cell(t, tables, key); c.This.Milli != want[0]*1000 || c.Before.Milli != want[1]*1000 {
			t.Errorf("%s: %d and %d, want %d", key, c.This.Milli, c.Before.Milli, want)
		}
	}
}

// TestMeasuresAreNeverAddedUp: outcomes of two measures have no sum.
func TestMeasuresAreNeverAddedUp(t *testing.T) {
	tables := report("2026-11-20", lived("2026-03-01", "", reported("assets_attached_sek", "2026-04-01", 5_000), reported("assets_secured_sek", "2026-04-01", 7_000),
		reported("assets_secured_sek", "2026-04-02", 1_500), reported("of_old", "2026-04-02", 1_000))).Tables()
	table := model.TableOf(tables, model.TableOutcomes)
	if table.Sum != nil {
		t.Error("there is a sum")
	}
	if c := cell(t, tables, "outcomes.assets_secured_sek.value"); c.This != (model.Figure{Milli: 8_500, Efforts: 1, Known: true}) {
		t.Errorf("secured: %+v", c.This)
	}
	if c := cell(t, tables, "outcomes.of_old.efforts"); c.This.Milli != 1000 { // a measure that the catalogue has no longer
		t.Errorf("of a measure that is gone: %+v", c.This)
	}
}

// TestTrend: it begins with the first year of which something is known, its last two years are the report's own, and a
// year in between without hours has none.
func TestTrend(t *testing.T) {
	trend := report("2026-11-20", lived("2023-03-01", "2024-05-01", hours("POL", "2023-04-01", 400)), lived("2026-02-01", "", hours("POL", "2026-03-01", 100))).Trend()
	if len(trend.Periods) != 4 || trend.Periods[0] != model.YearPeriod(2023) {
		t.Fatalf("periods %v", trend.Periods)
	}
	type row = [4]int64
	want := map[string]row{"begun": {1, 0, 0, 1}, "running": {1, 0, 0, 1}, "closed": {0, 1, 0, 0}, "rejected": {}, "hours": {4, -1, -1, 1}}
	for _, line := range trend.Lines {
		var got row
		for i, f := range line.Figures {
			if got[i] = f.Milli / 1000; !f.Known {
				got[i] = -1
			}
		}
		if got != want[line.Code] {
			t.Errorf("%s: %v, want %v", line.Code, got, want[line.Code])
		}
	}
}

// TestAddedLater: what is dated in a year that is over and was written down, or taken back, since.
func TestAddedLater(t *testing.T) {
	was := lived("2026-03-01", "", hours("KFM", "2026-03-05", 100), hours("SKV", "2026-03-05", 100))
	is := was.Clone()
	is.Hours = append(is.Hours[:1], model.Hours{N: 3, Agency: "POL", Date: day("2026-12-31"), Centi: 50}, model.Hours{N: 4, Agency: "POL", Date: day("2027-01-01"), Centi: 50})
	is.Outcomes = []model.Outcome{{N: 5, Measure: "prison_years", Milli: 2000, Date: day("2026-05-01")}}
	old := lived("2026-05-01", "2026-06-01")
	r := report("2027-02-01")
	r.Take(model.Course{Then: []*model.Effort{nil, nil, was}, Now: is})
	r.Take(model.Course{Then: make([]*model.Effort, 3), Now: old}) // of an imported list
	r.Take(model.Course{Then: make([]*model.Effort, 3), Now: lived("2027-01-05", "")})
	var got []string
	for _, l := range r.Late() {
		switch {
		case l.Hours != nil && l.Gone:
			got = append(got, "gone "+string(l.Hours.Agency))
		case l.Hours != nil:
			got = append(got, "hours "+string(l.Hours.Agency)+" "+l.Hours.Date.String())
		case l.Outcome != nil:
			got = append(got, "outcome "+string(l.Outcome.Measure))
		default:
			got = append(got, "effort "+string(l.Effort.ID))
		}
	}
	if diff := cmp.Diff([]string{"hours POL 2026-12-31", "outcome prison_years", "gone SKV", "effort SYD-2026-001"}, got); diff != "" {
		t.Error(diff)
	}
	running := report("2026-12-31") // which is not over: everything is written down in time
	running.Take(model.Course{Then: []*model.Effort{nil, nil, was}, Now: is})
	if late := running.Late(); len(late) > 0 {
		t.Errorf("in a year that is not over: %v", late)
	}
}
