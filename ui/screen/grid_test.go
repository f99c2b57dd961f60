package screen

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"board.internal/samverkan/model"
)

// gridCatalogue has a region that is no longer in use, an agency that left, and capacity in some places.
func gridCatalogue(random *rand.Rand) *model.Catalogue {
	cat := model.DefaultCatalogue()
	cat.Zone = time.UTC
	yesterday := model.DayOf(gridNow) - 1
	cat.Regions[2].To = yesterday
	cat.Agencies[3].To = yesterday
	cat.Agencies[4].To = yesterday
	for i := range cat.Agencies {
		cat.Agencies[i].Capacity = map[model.RegionCode]int{}
		for _, r := range cat.Regions {
			if random.IntN(3) > 0 {
				cat.Agencies[i].Capacity[r.Code] = random.IntN(6)
			}
		}
	}
	return cat
}

var gridNow = time.Date(2026, 11, 23, 14, 3, 0, 0, time.UTC)

// gridBoard is a board of efforts anywhere, also where the catalogue knows nothing, with agencies in any state.
func gridBoard(cat *model.Catalogue, random *rand.Rand, n int) *model.Board {
	regions := []model.RegionCode{"NORD", "MITT", "STHLM", "OST", "VAST", "SYD", "BERG", "NAT", "NOWHERE"}
	agencies := []model.AgencyCode{"POL", "AF", "EBM", "FK", "SKV", "UNKNOWN"}
	var efforts []*model.Effort
	for i := range n {
		e := &model.Effort{ID: model.NewEffortID("SYD", 2026, i+1), Status: model.Active, Region: regions[random.IntN(len(regions))], Focus: model.Individuals}
		if e.Region == "NAT" {
			e.Level, e.Touches = model.National, []model.RegionCode{"SYD", "OST"}
		}
		for _, a := range agencies {
			if state := model.State(random.IntN(5)); state > 0 {
				e.Assignments = append(e.Assignments, model.Assignment{Agency: a, State: state, Since: model.StampOf(gridNow.AddDate(0, 0, -random.IntN(14)))})
			}
		}
		efforts = append(efforts, e)
	}
	return model.BoardOf(cat, 1, model.StampOf(gridNow), efforts, nil)
}

// count is the tally of an agency in a region ("" for everywhere), counted effort by effort.
func count(b *model.Board, agency model.AgencyCode, region model.RegionCode) (t model.Tally) {
	for e := range b.All() {
		a := e.Assignment(agency)
		switch {
		case region != "" && e.Region != region:
		case a.State == model.Asked:
			t.Asked++
			if model.DayOf(gridNow)-a.Since.Day() >= 7 {
				t.Unanswered++
			}
		case a.State == model.Accepted:
			t.Accepted++
		case a.State == model.Declined:
			t.Declined++
		}
	}
	return t
}

// TestGridShowsEverything: every cell is the board's tally and the count of its efforts; rows and what is elsewhere
// add up to the country, columns to their sums, and no agency with a part is left out.
func TestGridShowsEverything(t *testing.T) {
	today := model.DayOf(gridNow)
	for seed := range uint64(20) {
		random := rand.New(rand.NewPCG(seed, 3))
		b := gridBoard(gridCatalogue(random), random, 1+random.IntN(200))
		g := newGrid(b, today)
		if seed%2 == 1 {
			g.ByLoad()
		}
		if len(g.Regions) != 7 || len(g.Sums) != 8 {
			t.Fatalf("%d regions, %d sums", len(g.Regions), len(g.Sums))
		}
		var all, elsewhere model.Tally
		sums := make([]model.Tally, len(g.Sums))
		seen := map[model.AgencyCode]bool{}
		for _, r := range g.Rows {
			seen[r.Code] = true
			row := r.Other
			for i, c := range r.Cells {
				sums[i] = sums[i].Add(c.Tally)
				if i == len(g.Regions) {
					break
				}
				here, country := b.Tally(r.Code, g.Regions[i].Code, today)
				if c.Tally != here || c.Tally != count(b, r.Code, g.Regions[i].Code) || country != r.Country().Tally {
					t.Fatalf("%s in %s: %+v, the board says %+v", r.Code, g.Regions[i].Code, c.Tally, here)
				}
				row = row.Add(c.Tally)
			}
			if row != r.Country().Tally || row != count(b, r.Code, "") {
				t.Fatalf("%s: the row adds up to %+v, the country is %+v", r.Code, row, r.Country().Tally)
			}
			all, elsewhere = all.Add(row), elsewhere.Add(r.Other)
		}
		if fmt.Sprint(sums) != fmt.Sprint(g.Sums) || all != g.Sums[len(g.Sums)-1] || elsewhere != g.Other {
			t.Fatalf("sums %+v, counted %+v; elsewhere %+v, counted %+v", g.Sums, sums, g.Other, elsewhere)
		}
		for _, a := range []model.AgencyCode{"POL", "AF", "EBM", "FK", "SKV", "UNKNOWN"} {
			if !seen[a] && count(b, a, "") != (model.Tally{}) {
				t.Fatalf("%s has parts and no row", a)
			}
		}
		if seen["MIV"] {
			t.Fatal("MIV left, and has no part")
		}
		for i := 1; i < len(g.Rows) && seed%2 == 1; i++ {
			if g.Rows[i-1].Country().Accepted < g.Rows[i].Country().Accepted {
				t.Fatal("the rows are not in order of load")
			}
		}
	}
}

// TestGridCapacity: the country's capacity is known only where no load lies in a region without one.
func TestGridCapacity(t *testing.T) {
	cat := model.DefaultCatalogue()
	cat.Zone = time.UTC
	cat.Agency("POL").Capacity = map[model.RegionCode]int{"SYD": 2, "OST": 3}
	cat.Agency("SKV").Capacity = map[model.RegionCode]int{"SYD": 1}
	at := func(n int, region model.RegionCode, agencies ...model.AgencyCode) *model.Effort {
		e := &model.Effort{ID: model.NewEffortID("SYD", 2026, n), Status: model.Active, Region: region, Focus: model.Individuals}
		for _, a := range agencies {
			e.Assignments = append(e.Assignments, model.Assignment{Agency: a, State: model.Accepted})
		}
		return e
	}
	b := model.BoardOf(cat, 1, 0, []*model.Effort{at(1, "SYD", "POL", "SKV", "AF"), at(2, "SYD", "SKV", "AF"), at(3, "NAT", "POL"), at(4, "NORD", "SKV")}, nil)
	g := newGrid(b, model.DayOf(gridNow))
	row := func(code model.AgencyCode) *model.LoadRow {
		for i := range g.Rows {
			if g.Rows[i].Code == code {
				return &g.Rows[i]
			}
		}
		return nil
	}
	if c := row("POL").Country(); !c.Known || c.Capacity != 5 || c.Accepted != 2 || c.Over() {
		t.Errorf("POL %+v", c)
	}
	if c := row("SKV").Country(); c.Known {
		t.Errorf("SKV carries one in NORD, where nobody has said: %+v", c)
	}
	if syd := row("SKV").Cells[5]; !syd.Over() || g.top(row("SKV"), 5) != 1 {
		t.Errorf("SKV in Syd %+v", syd)
	}
	if g.busiest != 2 || g.busiestAll != 3 || g.top(row("AF"), 5) != 2 {
		t.Errorf("the busiest is %d, %d", g.busiest, g.busiestAll)
	}
}
