package model_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"board.internal/samverkan/model"
)

// gapsOf tells what efforts lack on a day, open or not, a line each.
func gapsOf(cat *model.Catalogue, today model.Day, efforts ...*model.Effort) []string {
	g := model.NewGaps(cat, today, "")
	g.Efforts(boardOf(cat, efforts...))
	for _, e := range efforts {
		if !e.Open() {
			g.Ended(e)
		}
	}
	return gapLines(g)
}

func gapLines(g *model.Gaps) (lines []string) {
	for _, gap := range g.All() {
		line := gap.Kind.String()
		if gap.Effort != nil {
			line += " " + string(gap.Effort.ID)
		}
		for _, s := range []string{string(gap.Region), string(gap.Focus), string(gap.Agency), gap.Since.String()} {
			if s != "" {
				line += " " + s
			}
		}
		for _, a := range gap.Agencies {
			line += " " + string(a)
		}
		if gap.Before {
			line += " before"
		}
		lines = append(lines, line)
	}
	return lines
}

// running is an active effort of SYD that lacks nothing on boardDay: decided on the first of October, led by POL with AF.
func running(change ...func(*model.Effort)) *model.Effort {
	return healthy(1, slices.Concat([]func(*model.Effort){decidedOn("2026-10-01"), measured(model.Safety, model.Prevention), logged("AF", "2026-11-02", 4_00)}, change)...)
}

func decidedOn(date string) func(*model.Effort) {
	return func(e *model.Effort) { e.Decision.Date = day(date) }
}

func measured(types ...model.MeasureType) func(*model.Effort) {
	return func(e *model.Effort) {
		f := followed(e)
		f.Measures = nil
		for _, m := range types {
			f.Measures = append(f.Measures, model.Measure{Type: m, Text: "x"})
		}
	}
}

func logged(agency model.AgencyCode, date string, centi int32) func(*model.Effort) {
	return func(e *model.Effort) {
		f := followed(e)
		f.Hours = append(f.Hours, model.Hours{Agency: agency, Date: day(date), Centi: centi})
	}
}

func noHours(e *model.Effort) { followed(e).Hours = nil }

func followed(e *model.Effort) *model.Followup {
	if e.Followup == nil {
		e.Followup = &model.Followup{}
	}
	return e.Followup
}

func endedAt(at string) func(*model.Effort) {
	return func(e *model.Effort) {
		e.Status, e.Ended = model.Closed, 0
		if at != "" {
			t, err := time.Parse("2006-01-02 15:04", at)
			if err != nil {
				panic(err)
			}
			e.Ended = model.StampOf(t)
		}
	}
}

func loggedOutcome(e *model.Effort) {
	followed(e).Outcomes = []model.Outcome{{Measure: "weapons_seized", Milli: 1000, Date: day("2026-10-01")}}
}

func outcomeOf(measure model.OutcomeCode, milli int64) func(*model.Effort) {
	return func(e *model.Effort) {
		f := followed(e)
		f.Outcomes = append(f.Outcomes, model.Outcome{Measure: measure, Milli: milli, Date: day("2026-10-02")})
	}
}

func TestWhatAnEffortLacks(t *testing.T) {
	none := []string(nil)
	for _, c := range []struct {
		story string
		on    string // the day, boardDay when ""
		is    *model.Effort
		want  []string
	}{
		{"nothing", "", running(), none},

		{"safety", "", running(measured(model.Prevention, model.Fighting)), []string{"no_safety SYD-2026-001 2026-10-01"}},
		{"prevention", "", running(measured(model.Safety, model.Administrative)), []string{"no_prevention SYD-2026-001 2026-10-01"}},
		{"both", "", running(measured(model.Fighting)), []string{"no_safety SYD-2026-001 2026-10-01", "no_prevention SYD-2026-001 2026-10-01"}},
		{"safety, and it is dormant", "", running(measured(model.Prevention), status(model.Dormant)), []string{"no_safety SYD-2026-001 2026-10-01"}},
		{"safety, but it has yet to begin", "", running(measured(model.Prevention), status(model.Decided)), none},
		{"safety, but it is proposed", "", running(measured(), status(model.Proposed)), none},
		{"safety; its list had no decision, so it counts from its proposal", "", running(measured(model.Prevention), undecided),
			[]string{"no_safety SYD-2026-001 2026-09-21"}},

		{"hours: none ever", "", running(noHours), []string{"no_hours SYD-2026-001 2026-10-01 POL AF"}},
		{"hours: the last in October", "", running(noHours, logged("POL", "2026-09-30", 100), logged("POL", "2026-10-31", 100), logged("AF", "2026-10-01", 100)),
			[]string{"no_hours SYD-2026-001 2026-10-31 POL AF before"}},
		{"hours: some on the first of the month", "", running(noHours, logged("AF", "2026-11-01", 25)), none},
		{"hours: those of this month were taken off again", "", running(noHours, logged("AF", "2026-11-02", 400), logged("AF", "2026-11-03", -400)),
			[]string{"no_hours SYD-2026-001 2026-10-01 POL AF"}},
		{"hours: some of this month were taken off again", "", running(noHours, logged("AF", "2026-11-02", 400), logged("AF", "2026-11-03", -300)), none},
		{"hours: what was taken off this month was of an earlier one", "", running(noHours, logged("AF", "2026-10-05", 400), logged("AF", "2026-10-09", -100), logged("AF", "2026-11-03", -200)),
			[]string{"no_hours SYD-2026-001 2026-10-05 POL AF before"}},
		{"hours: all there were have been taken off", "", running(noHours, logged("AF", "2025-12-20", 800), logged("AF", "2025-12-20", -800)),
			[]string{"no_hours SYD-2026-001 2026-10-01 POL AF"}},
		{"hours: all of an agency were taken off in another year", "", running(noHours, logged("AF", "2025-12-20", 800), logged("AF", "2026-01-08", -800), logged("POL", "2025-11-03", 100)),
			[]string{"no_hours SYD-2026-001 2025-11-03 POL AF before"}},
		{"hours: AF took all of its off, but POL has some", "", running(noHours, logged("AF", "2026-11-02", 400), logged("AF", "2026-11-03", -400), logged("POL", "2026-11-03", 400)), none},
		{"hours: who is asked or has left has none to log", "", running(noHours, asked("KFM", 3), func(e *model.Effort) {
			e.Assignments = append(e.Assignments, model.Assignment{Agency: "SKV", State: model.Released})
		}), []string{"no_hours SYD-2026-001 2026-10-01 POL AF"}},
		{"hours: KFM, which is not in it, has some", "", running(noHours, logged("KFM", "2026-11-02", 400)), []string{"no_hours SYD-2026-001 2026-10-01 POL AF"}},
		{"hours: nobody takes part, KFM has some", "", running(noHours, takes(), logged("KFM", "2026-11-02", 400)), none},
		{"hours: nobody takes part", "", running(noHours, takes()), []string{"no_hours SYD-2026-001 2026-10-01"}},
		{"hours, but it is dormant", "", running(noHours, status(model.Dormant)), none},
		{"hours, but it has yet to begin", "", running(noHours, status(model.Decided)), none},
		{"hours on the seventh of the month", "2026-11-07", running(noHours), none},
		{"hours on the eighth", "2026-11-08", running(noHours), []string{"no_hours SYD-2026-001 2026-10-01 POL AF"}},
		{"hours, decided six days ago", "", running(noHours, decidedOn("2026-11-14")), none},
		{"hours, decided seven days ago", "", running(noHours, decidedOn("2026-11-13")), []string{"no_hours SYD-2026-001 2026-11-13 POL AF"}},
		{"hours on the last of a month, in which there were some", "2026-11-30", running(), none},
		{"hours on the first of the next, of which there are none yet", "2026-12-01", running(), none},
		{"hours on the eighth of the next", "2026-12-08", running(), []string{"no_hours SYD-2026-001 2026-11-02 POL AF before"}},
		{"hours in a new year: last November is not this one", "2027-11-20", running(), []string{"no_hours SYD-2026-001 2026-11-02 POL AF before"}},

		{"outcome, closed 89 days ago", "", running(endedAt("2026-08-23 00:00")), none},
		{"outcome, closed 90 days ago", "", running(endedAt("2026-08-22 12:00")), []string{"no_outcome SYD-2026-001 2026-08-22"}},
		{"outcome, closed late in the evening in UTC, which was the next day here", "", running(endedAt("2026-08-22 22:30")), none},
		{"outcome, closed late in the evening of the day before", "", running(endedAt("2026-08-21 22:30")), []string{"no_outcome SYD-2026-001 2026-08-22"}},
		{"outcome, followed up", "", running(endedAt("2026-01-01 12:00"), status(model.FollowedUp)), []string{"no_outcome SYD-2026-001 2026-01-01"}},
		{"outcome, but it was rejected", "", running(endedAt("2026-01-01 12:00"), status(model.Rejected)), none},
		{"it has an outcome", "", running(endedAt("2026-01-01 12:00"), loggedOutcome), none},
		{"outcome: all of it was taken off again", "", running(endedAt("2026-01-01 12:00"), loggedOutcome, outcomeOf("weapons_seized", -1000)),
			[]string{"no_outcome SYD-2026-001 2026-01-01"}},
		{"outcome: some of it was taken off again", "", running(endedAt("2026-01-01 12:00"), loggedOutcome, outcomeOf("weapons_seized", 2000), outcomeOf("weapons_seized", -1000)), none},
		{"outcome: one measure was taken off, another stands", "", running(endedAt("2026-01-01 12:00"), loggedOutcome, outcomeOf("weapons_seized", -1000), outcomeOf("narcotics_kg", 1)), none},
		{"outcome: what was taken off one measure is none of another", "", running(endedAt("2026-01-01 12:00"), loggedOutcome, outcomeOf("narcotics_kg", -1000)), none},
		{"outcome, nobody knows since when", "", running(endedAt("")), none},
		{"outcome, but it is still active", "", running(func(e *model.Effort) { e.Created = ago(900) }), none},
		{"what is closed lacks nothing else", "", running(endedAt("2026-11-01 12:00"), measured(), noHours), none},
	} {
		t.Run(c.story, func(t *testing.T) {
			cat := catalogue()
			cat.Zone = time.FixedZone("Europe/Stockholm in summer", 2*3600)
			today := boardDay
			if c.on != "" {
				today = day(c.on)
			}
			if diff := cmp.Diff(c.want, gapsOf(cat, today, c.is)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestUndatedEndsAreCounted(t *testing.T) {
	g := model.NewGaps(catalogue(), boardDay, "SYD")
	for _, e := range []*model.Effort{running(endedAt("")), running(endedAt(""), loggedOutcome), running(endedAt(""), status(model.Rejected)), running(endedAt(""), in("NORD"))} {
		g.Ended(e)
	}
	if g.Undated != 1 || len(g.All()) != 0 {
		t.Errorf("%d undated, %v", g.Undated, gapLines(g))
	}
}

// TestGapsInOrder: by kind, in each the longest first.
func TestGapsInOrder(t *testing.T) {
	numbered := func(n int, change ...func(*model.Effort)) *model.Effort {
		e := running(change...)
		e.ID = model.NewEffortID("SYD", 2026, n)
		return e
	}
	got := gapsOf(catalogue(), boardDay,
		numbered(1, measured(model.Prevention)),
		numbered(2, measured(model.Safety), decidedOn("2026-09-01")),
		numbered(3, measured(), decidedOn("2026-08-01"), logged("POL", "2026-10-05", 100), func(e *model.Effort) { e.Hours = e.Hours[1:] }),
		numbered(4, noHours, decidedOn("2026-10-04")),
		numbered(5, endedAt("2026-03-01 12:00")),
		numbered(6, endedAt("2025-03-01 12:00")),
		numbered(7, measured(model.Prevention)),
	)
	want := []string{
		"no_outcome SYD-2026-006 2025-03-01", "no_outcome SYD-2026-005 2026-03-01",
		"no_hours SYD-2026-004 2026-10-04 POL AF", "no_hours SYD-2026-003 2026-10-05 POL AF before",
		"no_safety SYD-2026-003 2026-08-01", "no_safety SYD-2026-001 2026-10-01", "no_safety SYD-2026-007 2026-10-01",
		"no_prevention SYD-2026-003 2026-08-01", "no_prevention SYD-2026-002 2026-09-01",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWhereNothingRuns(t *testing.T) {
	cat := catalogue()
	cat.Regions, cat.Focuses = cat.Regions[4:], cat.Focuses[:2] // VAST, SYD and BERG; individuals and crime areas
	cat.Regions[2].To = boardDay - 1
	b := boardOf(cat, made(1, func(*model.Effort) {}), made(2, func(e *model.Effort) {
		touching("VAST", "SYD")(e)
		e.Focus = model.Individuals
	}))
	for region, want := range map[model.RegionCode][]string{"": {"no_effort VAST crime_areas"}, "VAST": {"no_effort VAST crime_areas"}, "SYD": nil, "NAT": nil} {
		g := model.NewGaps(cat, boardDay, region)
		g.Places(b)
		if diff := cmp.Diff(want, gapLines(g)); diff != "" {
			t.Errorf("%q: %s", region, diff)
		}
	}
}

func TestWhoWasNeverAsked(t *testing.T) {
	cat := catalogue()
	cat.Regions = cat.Regions[5:] // SYD and BERG
	answers := []model.AgencyAnswers{
		{Agency: "KFM", Never: []model.RegionCode{"BERG"}}, {Agency: "SKV"}, {Agency: "AF", Never: []model.RegionCode{"SYD", "BERG", "NAT"}},
		{Agency: "OLD", Never: []model.RegionCode{"SYD"}}, {Agency: "XX", Never: []model.RegionCode{"SYD"}},
	}
	for region, want := range map[model.RegionCode][]string{
		"":     {"never_asked SYD AF", "never_asked BERG KFM", "never_asked BERG AF", "never_asked NAT AF"},
		"BERG": {"never_asked BERG KFM", "never_asked BERG AF"}, "NAT": {"never_asked NAT AF"}, "VAST": nil,
	} {
		g := model.NewGaps(cat, boardDay, region)
		g.Agencies(answers)
		if diff := cmp.Diff(want, gapLines(g)); diff != "" {
			t.Errorf("%q: %s", region, diff)
		}
	}
}

// drawEffort makes an effort in any state, somewhere in the south.
func drawEffort(t *rapid.T, n int) *model.Effort {
	region := rapid.SampledFrom([]model.RegionCode{"SYD", "VAST", "NAT"}).Draw(t, "region")
	e := made(n, func(e *model.Effort) {
		e.ID, e.Region = model.NewEffortID(region, 2026, n), region
		if region == "NAT" {
			touching(rapid.SampledFrom([]model.RegionCode{"SYD", "VAST"}).Draw(t, "touches"))(e)
		}
		e.Focus = rapid.SampledFrom([]model.FocusCode{model.Individuals, model.CrimeAreas, model.LocalAreas}).Draw(t, "focus")
		e.Status = rapid.SampledFrom(model.Statuses()).Draw(t, "status")
		e.Created = ago(rapid.IntRange(0, 400).Draw(t, "age"))
		e.Assignments = []model.Assignment{{Agency: "POL", State: model.Accepted, Lead: true}, {Agency: "AF", State: model.Accepted}}
		if !e.Open() {
			e.Ended = ago(rapid.IntRange(80, 100).Draw(t, "ended"))
		}
		if rapid.Bool().Draw(t, "followed") {
			measured(rapid.SliceOfN(rapid.SampledFrom(model.MeasureTypes()), 0, 3).Draw(t, "measures")...)(e)
			for _, ago := range rapid.SliceOfN(rapid.IntRange(0, 60), 0, 3).Draw(t, "hours") {
				e.Hours = append(e.Hours, model.Hours{Agency: "AF", Date: boardDay - model.Day(ago), Centi: 100})
			}
			if rapid.Bool().Draw(t, "outcome") {
				loggedOutcome(e)
			}
		}
	})
	return e
}

// TestGapsAreWhatIsMissing: each gap of an effort is gone once what it names is there, and none other with it; every
// focus of a region has an effort or is a gap; and the gaps of the regions and the country's own are those of all.
func TestGapsAreWhatIsMissing(t *testing.T) {
	cat := catalogue()
	mend := map[model.GapKind]func(*model.Effort){
		model.GapOutcome: loggedOutcome, model.GapHours: logged("POL", "2026-11-20", 100),
		model.GapSafety: func(e *model.Effort) {
			f := followed(e)
			f.Measures = append(f.Measures, model.Measure{Type: model.Safety})
		},
		model.GapPrevention: func(e *model.Effort) {
			f := followed(e)
			f.Measures = append(f.Measures, model.Measure{Type: model.Prevention})
		},
	}
	rapid.Check(t, func(t *rapid.T) {
		var efforts []*model.Effort
		for n := range rapid.IntRange(0, 8).Draw(t, "efforts") {
			efforts = append(efforts, drawEffort(t, n+1))
		}
		all := func(region model.RegionCode) *model.Gaps {
			g := model.NewGaps(cat, boardDay, region)
			board := boardOf(cat, efforts...)
			g.Efforts(board)
			g.Places(board)
			for _, e := range efforts {
				if !e.Open() {
					g.Ended(e)
				}
			}
			return g
		}
		gaps := all("")
		lines := gapLines(gaps)

		var seen []string
		for _, r := range append(cat.CurrentRegions(boardDay), cat.National) {
			for _, line := range gapLines(all(r.Code)) {
				if !slices.Contains(seen, line) { // what spans regions counts once
					seen = append(seen, line)
				}
			}
		}
		slices.Sort(seen)
		if diff := cmp.Diff(slices.Sorted(slices.Values(lines)), seen); diff != "" {
			t.Fatalf("the regions together:\n%s", diff)
		}

		for _, r := range cat.CurrentRegions(boardDay) {
			for _, f := range cat.CurrentFocuses(boardDay) {
				here := slices.ContainsFunc(efforts, func(e *model.Effort) bool { return e.Open() && e.Focus == f.Code && e.In(r.Code) })
				gap := slices.Contains(lines, "no_effort "+string(r.Code)+" "+string(f.Code))
				if here == gap {
					t.Fatalf("%s %s has an effort: %v, is a gap: %v", r.Code, f.Code, here, gap)
				}
			}
		}

		for _, gap := range gaps.All() {
			if gap.Effort == nil {
				continue
			}
			i := slices.Index(efforts, gap.Effort)
			was := efforts[i]
			efforts[i] = was.Clone()
			mend[gap.Kind](efforts[i])
			var want []string
			for _, line := range lines {
				if !strings.HasPrefix(line, gap.Kind.String()+" "+string(was.ID)+" ") {
					want = append(want, line)
				}
			}
			if diff := cmp.Diff(want, gapLines(all(""))); diff != "" {
				t.Fatalf("with %s of %s mended:\n%s", gap.Kind, was.ID, diff)
			}
			efforts[i] = was
		}
	})
}
