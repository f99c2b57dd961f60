package model_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"board.internal/samverkan/model"
)

// row is a good row of an import, an active effort of SYD.
func row(n int) model.Row {
	since := model.StampOf(newTwin().now)
	return model.Row{Number: n, Effort: &model.Effort{
		Region: "SYD", Focus: model.CrimeAreas, Status: model.Active, Created: since,
		Assignments: []model.Assignment{{Agency: "POL", State: model.Accepted, Lead: true}, {Agency: "KFM", State: model.Declined}},
	}}
}

func imported(t *testing.T, change func(*model.Row)) (*twin, error) {
	t.Helper()
	w := newTwin()
	r := row(2)
	change(&r)
	_, err := w.try(nuc, model.Import{Rows: []model.Row{r}})
	return w, err
}

func TestImportRecordsHistory(t *testing.T) {
	w, err := imported(t, func(r *model.Row) {
		e := r.Effort
		e.Codename, e.Title, e.Status, e.Outcome = "lärka", "  Hamnen  ", model.Closed, "tre beslag"
		e.Created = model.Stamp(1_600_000_000) // 2020-09-13
		e.Partners = []string{"kommunen", "", "Hamnbolaget"}
		r.Notes = []model.Note{{Text: "rad ett\r\nrad två", By: "kfm-syd", At: 1_600_000_100}, {Text: "två"}}
		e.Followup = &model.Followup{
			Measures: []model.Measure{{Type: model.Safety, Text: "belysning", At: 1_600_000_200, By: "pol-syd"}},
			Hours:    []model.Hours{{Agency: "POL", Centi: -50, Date: day("2020-10-01"), By: "pol-syd"}},
			Outcomes: []model.Outcome{{Measure: "narcotics_kg", Milli: 1250, Date: day("2020-10-02")}},
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	e := w.efforts["SYD-2020-001"]
	if e == nil {
		t.Fatal("the id is not of the year it was created")
	}
	if e.Codename != "LÄRKA" || e.Title != "Hamnen" || e.Status != model.Closed || e.Kind != model.Operative || e.Priority != model.PriorityNormal ||
		e.Version != 1 || e.Notes != 2 || e.Serial != 5 || e.Ended != 0 {
		t.Errorf("effort %+v", e)
	}
	if a := e.Assignment("KFM"); a.State != model.Declined || a.Reason != "" || a.Mode != model.OnSite || a.Since != e.Created {
		t.Errorf("a decline needs no reason in a list: %+v", a)
	}
	if h := e.Hours[0]; h.Centi != -50 || h.N != 2 {
		t.Errorf("hours %+v", h)
	}
	notes := w.journal[0].Notes()
	if len(notes) != 2 || notes[0] != (model.Note{N: 4, Text: "rad ett\nrad två", By: "kfm-syd", At: 1_600_000_100}) ||
		notes[1].By != "nuc" || notes[1].At != w.journal[0].At {
		t.Errorf("notes %+v", notes)
	}
	if w.register[model.Partner{Region: "SYD", Name: "hamnbolaget"}.Key()] != "Hamnbolaget" || len(w.register) != 1 {
		t.Errorf("the known partner is not added again: %v", w.register)
	}
}

// TestImportOfWhenItEnded: what a list does not say is not made up, and what it says is no contradiction.
func TestImportOfWhenItEnded(t *testing.T) {
	now, noon := model.StampOf(newTwin().now)+60, model.StampOf(time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC))
	for name, c := range map[string]struct {
		created, ended, want model.Stamp
		status               model.Status
		version              uint32
	}{
		"neither is said":           {0, 0, now, model.Closed, 0},
		"only when it was created":  {noon, 0, noon, model.Closed, 0},
		"both":                      {noon, noon + 86400, noon, model.FollowedUp, 0},
		"rejected":                  {noon, noon + 86400, noon, model.Rejected, 0},
		"only when it ended":        {0, noon, noon, model.Closed, 0},
		"on the day, without times": {noon, noon - 12*3600, noon, model.Closed, 0},
		"ahead, like other dates":   {0, now + 86400, now, model.Closed, 0},
		"by a wrong clock":          {noon, noon - 86400, noon, model.Closed, 7}, // in an export, which comes back whole
	} {
		w, err := imported(t, func(r *model.Row) {
			e := r.Effort
			e.Created, e.Ended, e.Status, e.Version, e.Outcome, e.Reason = c.created, c.ended, c.status, c.version, "x", "x"
			if e.Version > 0 {
				e.Updated = now
			}
		})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if e := w.efforts["SYD-2026-001"]; e == nil || e.Created != c.want || e.Ended != c.ended {
			t.Errorf("%s: %+v", name, e)
		}
	}
}

func TestImportKeepsWhatAnExportHas(t *testing.T) {
	w, err := imported(t, func(r *model.Row) {
		r.Effort.ID, r.Effort.Version, r.Effort.Updated = "NORD-2024-017", 9, 1_700_000_000
		r.Effort.Assignments[0].Since = 1_650_000_000
	})
	if err != nil {
		t.Fatal(err)
	}
	e := w.efforts["NORD-2024-017"]
	if e == nil || e.Version != 9 || e.Updated != 1_700_000_000 || e.Assignments[0].Since != 1_650_000_000 {
		t.Fatalf("effort %+v", e)
	}
	w.do(t, nuc, model.Edit{On: on(e.ID), Fields: edit("title", "går vidare")})
	if v := w.efforts[e.ID].Version; v != 10 {
		t.Errorf("version %d after one more change", v)
	}
	if w.do(t, nuc, model.Propose{Fields: fields("region", "NORD")}); w.efforts["NORD-2026-001"] == nil {
		t.Error("another year counts from 1")
	}
}

// TestImportOfLongNotes: an effort with more notes than one event is to take goes on in further events, and comes out
// as if it had been one.
func TestImportOfLongNotes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sizes := rapid.SliceOfN(rapid.IntRange(1, model.MaxNote), 0, 30).Draw(t, "sizes")
		letter := rapid.SampledFrom([]string{"a", "å", "語", "\n"}).Draw(t, "letter")
		version := rapid.Uint32Range(0, 60).Draw(t, "version")
		r := row(2)
		r.Effort.Version, r.Effort.Updated = version, 1_700_000_000
		for i, n := range sizes {
			r.Notes = append(r.Notes, model.Note{Text: strings.Repeat(letter, n-1) + "z", At: model.Stamp(1_600_000_000 + i), By: "pol-syd"})
		}
		w := newTwin()
		events, err := w.try(nuc, model.Import{Rows: []model.Row{r}})
		if err != nil {
			t.Fatal(err)
		}
		var notes []model.Note
		for i := range events {
			ev := &events[i]
			size := 0
			for _, c := range ev.Changes {
				size += len(c.New) + 5*strings.Count(c.New, "\n")
			}
			if size > 12<<10+1000 && len(ev.Notes()) > 1 {
				t.Errorf("event %d of %d has %d bytes", i, len(events), size)
			}
			if ev.Begins() != (i == 0) || ev.Action != model.ActImport {
				t.Errorf("event %d: %s", i, ev.Action)
			}
			notes = append(notes, ev.Notes()...)
		}
		e := w.efforts["SYD-2026-001"]
		if want := max(version, uint32(len(events))); e.Version != want || version > 0 && e.Updated != 1_700_000_000 || int(e.Notes) != len(sizes) {
			t.Errorf("%d events, version %d for %d, updated %s, %d notes", len(events), e.Version, version, e.Updated, e.Notes)
		}
		if len(notes) != len(sizes) {
			t.Fatalf("%d notes, want %d", len(notes), len(sizes))
		}
		for i, n := range notes {
			want, _ := model.CleanNote(r.Notes[i].Text, model.MaxNote)
			if n.Text != want || n.At != r.Notes[i].At || n.By != "pol-syd" || int(n.N) != i+1 {
				t.Errorf("note %d: %d %.20q %s %s", i, n.N, n.Text, n.At, n.By)
			}
		}
	})
}

func TestImportNumbersAfterTheHighestGiven(t *testing.T) {
	w := newTwin()
	w.propose(t)
	given := row(2)
	given.Effort.ID = "SYD-2026-040"
	w.do(t, nuc, model.Import{Rows: []model.Row{row(3), given, row(4)}})
	for _, id := range []model.EffortID{"SYD-2026-041", "SYD-2026-042"} {
		if w.efforts[id] == nil {
			t.Errorf("no %s", id)
		}
	}
}

func TestImportOfANationalRowNeedsNoRegions(t *testing.T) {
	w, err := imported(t, func(r *model.Row) { r.Effort.Region = "NAT" })
	if err != nil {
		t.Fatal(err)
	}
	if e := w.efforts["NAT-2026-001"]; e.Level != model.National || e.Touches != nil {
		t.Errorf("effort %+v", e)
	}
}

// TestImportProblems has for each fault of a row the field and the reason it is reported with.
func TestImportProblems(t *testing.T) {
	pnr := number("900101", 17)
	follow := func(e *model.Effort) *model.Followup {
		e.Followup = &model.Followup{
			Measures: []model.Measure{{Type: model.Safety, Text: "belysning"}},
			Hours:    []model.Hours{{Agency: "POL", Centi: 100, Date: 20000}},
			Outcomes: []model.Outcome{{Measure: "narcotics_kg", Milli: 1, Date: 20000}},
		}
		return e.Followup
	}
	for name, c := range map[string]struct {
		field model.Field
		why   model.Why
		spoil func(*model.Effort)
	}{
		"no region":              {"region", model.Missing, func(e *model.Effort) { e.Region = "" }},
		"unknown region":         {"region", model.UnknownValue, func(e *model.Effort) { e.Region = "X" }},
		"no focus":               {"focus", model.Missing, func(e *model.Effort) { e.Focus = "" }},
		"unknown focus":          {"focus", model.UnknownValue, func(e *model.Effort) { e.Focus = "x" }},
		"no status":              {"status", model.Missing, func(e *model.Effort) { e.Status = 0 }},
		"decided by nobody":      {"decider", model.StatusNeeds, func(e *model.Effort) { e.Status = model.Decided; e.Decision = &model.Decision{Date: 1, Reference: "x"} }},
		"rejected without why":   {"reason", model.StatusNeeds, func(e *model.Effort) { e.Status = model.Rejected }},
		"closed without outcome": {"outcome", model.StatusNeeds, func(e *model.Effort) { e.Status = model.Closed }},
		"ended but active":       {"ended", model.EndedOpen, func(e *model.Effort) { e.Ended = e.Created }},
		"ended too early":        {"ended", model.EndedEarly, func(e *model.Effort) { e.Status, e.Outcome, e.Ended = model.Closed, "x", e.Created-86400 }},
		"unknown agency":         {"agencies", model.UnknownAgency, func(e *model.Effort) { e.Assignments[1].Agency = "X" }},
		"agency twice":           {"agencies", model.Twice, func(e *model.Effort) { e.Assignments[1].Agency = "POL" }},
		"agency in no state":     {"agencies", model.Missing, func(e *model.Effort) { e.Assignments[1].State = 0 }},
		"agency in a wild state": {"agencies", model.UnknownValue, func(e *model.Effort) { e.Assignments[1].State = 77 }},
		"a declined lead":        {"agencies", model.LeadNotAccepted, func(e *model.Effort) { e.Assignments[0].Lead, e.Assignments[1].Lead = false, true }},
		"codename of two words":  {"codename", model.BadText, func(e *model.Effort) { e.Codename = "två ord" }},
		"partner with a comma":   {"partners", model.UnknownValue, func(e *model.Effort) { e.Partners = []string{"a, b"} }},
		"wild id":                {"id", model.UnknownValue, func(e *model.Effort) { e.ID = "\x1b[2J-2026-001" }},
		"id with a number":       {"id", model.UnknownValue, func(e *model.Effort) { e.ID = model.EffortID(pnr + "-2026-001") }},
		"id that overflows":      {"id", model.UnknownValue, func(e *model.Effort) { e.ID = "SYD-2026-9223372036854775807" }},

		"pnr in title":           {"title", model.BadText, func(e *model.Effort) { e.Title = pnr }},
		"pnr in area":            {"area", model.BadText, func(e *model.Effort) { e.Area = pnr }},
		"pnr in crime":           {"crime", model.BadText, func(e *model.Effort) { e.Crime = pnr }},
		"pnr in reason":          {"reason", model.BadText, func(e *model.Effort) { e.Reason = pnr }},
		"pnr in outcome":         {"outcome", model.BadText, func(e *model.Effort) { e.Outcome = pnr }},
		"pnr in partners":        {"partners", model.BadText, func(e *model.Effort) { e.Partners = []string{pnr} }},
		"pnr in decider":         {"decider", model.BadText, func(e *model.Effort) { e.Decision = &model.Decision{Decider: pnr} }},
		"pnr in reference":       {"reference", model.BadText, func(e *model.Effort) { e.Decision = &model.Decision{Reference: pnr} }},
		"pnr in decline":         {"agencies", model.BadText, func(e *model.Effort) { e.Assignments[1].Reason = pnr }},
		"pnr in measure":         {"measures", model.BadText, func(e *model.Effort) { follow(e).Measures[0].Text = pnr }},
		"pnr for a measure's by": {"measures", model.BadText, func(e *model.Effort) { follow(e).Measures[0].By = model.OfficerID(pnr) }},
		"pnr for an hour's by":   {"hours", model.BadText, func(e *model.Effort) { follow(e).Hours[0].By = model.OfficerID(pnr) }},
		"pnr for an outcome's":   {"outcomes", model.BadText, func(e *model.Effort) { follow(e).Outcomes[0].By = model.OfficerID(pnr) }},
		"pnr for a measure":      {"outcomes", model.BadText, func(e *model.Effort) { follow(e).Outcomes[0].Measure = model.OutcomeCode(pnr) }},

		"measure of no type":   {"measures", model.Missing, func(e *model.Effort) { follow(e).Measures[0].Type = 0 }},
		"hours of nobody":      {"hours", model.UnknownAgency, func(e *model.Effort) { follow(e).Hours[0].Agency = "X Y" }},
		"hours of no day":      {"hours", model.Missing, func(e *model.Effort) { follow(e).Hours[0].Date = 0 }},
		"outcome of no day":    {"outcomes", model.Missing, func(e *model.Effort) { follow(e).Outcomes[0].Date = 0 }},
		"outcome of nobody":    {"outcomes", model.UnknownAgency, func(e *model.Effort) { follow(e).Outcomes[0].Agency = "X Y" }},
		"outcome of two":       {"outcomes", model.UnknownValue, func(e *model.Effort) { follow(e).Outcomes[0].Measure = "a b" }},
		"outcome of an escape": {"outcomes", model.BadText, func(e *model.Effort) { follow(e).Outcomes[0].By = "\x1b[2J" }},
	} {
		t.Run(name, func(t *testing.T) {
			w, err := imported(t, func(r *model.Row) { c.spoil(r.Effort) })
			var all model.Problems
			if !errors.As(err, &all) || len(all) == 0 {
				t.Fatalf("error %v", err)
			}
			found := false
			for _, p := range all {
				found = found || p.Field == c.field && model.Is(p.Err, c.why)
				if p.Row != 2 {
					t.Errorf("row %d", p.Row)
				}
				if _, _, personal := model.FindPersonal(p.Value + " " + p.Err.Error()); personal {
					t.Errorf("quotes the number: %+v", p)
				}
			}
			if !found {
				t.Errorf("problems %v, want %s at %s", all, c.why, c.field)
			}
			if len(w.journal) > 0 {
				t.Error("something was stored")
			}
		})
	}
}

func TestImportIsAllOrNothingAndNamesEveryRow(t *testing.T) {
	w := newTwin()
	var rows []model.Row
	for n := 2; n < 12; n++ {
		r := row(n)
		r.Effort.Codename = "LÄRKA"
		if n%2 == 0 {
			r.Effort.Focus = "x"
		}
		rows = append(rows, r)
	}
	_, err := w.try(nuc, model.Import{Rows: rows})
	var all model.Problems
	if !errors.As(err, &all) {
		t.Fatal(err)
	}
	at := map[string]int{}
	for _, p := range all {
		at[fmt.Sprint(p.Row, p.Field)]++
	}
	for n := 2; n < 12; n++ {
		if want := n > 2; (at[fmt.Sprint(n, model.FieldCodename)] == 1) != want {
			t.Errorf("row %d: a codename twice is reported: %v, want %v", n, !want, want)
		}
		if want := n%2 == 0; (at[fmt.Sprint(n, model.FieldFocus)] == 1) != want {
			t.Errorf("row %d: a bad focus is reported: %v, want %v", n, !want, want)
		}
	}
	if len(w.journal)+len(w.efforts) > 0 {
		t.Error("something was stored")
	}
}

func TestImportIsForTheOwnRegions(t *testing.T) {
	r := row(2)
	r.Effort.Region = "NORD"
	_, err := newTwin().try(rsrSyd, model.Import{Rows: []model.Row{row(3), r}})
	var all model.Problems
	if !errors.As(err, &all) || len(all) != 1 || !model.Is(all[0].Err, model.NotOwnRegion) {
		t.Fatalf("error %v", err)
	}
}

// TestImportAsksTheLedgerOnceARow guards against an import that grows with the square of its rows: it counts
// questions and events, which a slow machine cannot change.
func TestImportAsksTheLedgerOnceARow(t *testing.T) {
	ask := func(n int) int {
		c := &counting{twin: newTwin()}
		rows := make([]model.Row, n)
		for i := range rows {
			rows[i] = row(i + 2)
			rows[i].Effort.Codename = fmt.Sprintf("NAMN%d", i)
			rows[i].Effort.Partners = []string{"Hamnbolaget"}
		}
		events, err := model.Decide(c, nuc, model.Import{Rows: rows}, c.now)
		if err != nil || len(events) != n+1 {
			t.Fatal(len(events), err)
		}
		return c.asked
	}
	if few, many := ask(100), ask(1000); many > 10*few {
		t.Errorf("%d questions for 100 rows, %d for 1000", few, many)
	}
}

type counting struct {
	*twin
	asked int
}

func (c *counting) Effort(id model.EffortID) *model.Effort { c.asked++; return c.twin.Effort(id) }
func (c *counting) Named(s string) model.EffortID          { c.asked++; return c.twin.Named(s) }
func (c *counting) Numbered(r model.RegionCode, y int) int { c.asked++; return c.twin.Numbered(r, y) }
func (c *counting) Registered(k model.EntryKey) string     { c.asked++; return c.twin.Registered(k) }
func (c *counting) History(id model.EffortID, v uint32) []model.Event {
	c.asked++
	return c.twin.History(id, v)
}

// The same partner in several writings is one, as it is written first.
func TestImportedPartnersAreEachOne(t *testing.T) {
	w, err := imported(t, func(r *model.Row) {
		r.Effort.Partners = []string{"kommun", "Kommun", " ", "Ny partner", "KOMMUN", "ny  partner"}
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := w.efforts["SYD-2026-001"].Partners; !slices.Equal(got, []string{"kommun", "Ny partner"}) {
		t.Errorf("partners %q", got)
	}
}
