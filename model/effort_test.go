package model_test

import (
	"slices"
	"testing"

	"board.internal/samverkan/model"
)

func TestEffortIDs(t *testing.T) {
	for id, ok := range map[model.EffortID]bool{
		"SYD-2026-014": true, "NAT-1999-1000": true, "SYD-2026-14": false, "SYD-2026-000": false, "SYD-2026-0014": false,
		"SYD-26-014": false, "-2026-014": false, "SYD-2026": false, "SYD-2026-014-1": false, "SYD-+999-014": false,
		"SYD-2026-999999999": true, "SYD-2026-1000000000": false, "": false,
	} {
		region, year, n, got := id.Parts()
		if got != ok || ok && model.NewEffortID(region, year, n) != id {
			t.Errorf("%q: %s %d %d %v", id, region, year, n, got)
		}
	}
}

func TestNumbersRunByRegionAndYearAndAreNeverReused(t *testing.T) {
	w := newTwin()
	var got []model.EffortID
	got = append(got, w.propose(t), w.propose(t), w.propose(t, "region", "NORD"))
	w.do(t, nuc, model.Undo{})
	got = append(got, w.propose(t, "region", "NORD"))
	w.now = w.now.AddDate(1, 0, 0)
	got = append(got, w.propose(t))
	want := []model.EffortID{"SYD-2026-001", "SYD-2026-002", "NORD-2026-001", "NORD-2026-002", "SYD-2027-001"}
	if !slices.Equal(got, want) {
		t.Errorf("ids %v, want %v", got, want)
	}
}

func TestTheYearOfAnIDIsTheCataloguesOwn(t *testing.T) {
	w := newTwin()
	w.cat.Zone = stockholm
	w.now = model.Stamp(1798759800).Time() // 2026-12-31 23:30 UTC, half past midnight in Stockholm
	if id := w.propose(t); id != "SYD-2027-001" {
		t.Errorf("id %s", id)
	}
}

func TestACodenameIsItsEffortsForEver(t *testing.T) {
	w := newTwin()
	first := w.propose(t, "codename", "lärka")
	if w.efforts[first].Codename != "LÄRKA" {
		t.Errorf("codename %q", w.efforts[first].Codename)
	}
	w.do(t, nuc, model.Edit{On: on(first), Fields: edit("codename", "Svala")})
	second := w.propose(t)
	for _, name := range []string{"LÄRKA", "larka", "Larka", "SVALA"} {
		_, err := w.try(nuc, model.Edit{On: on(second), Fields: edit("codename", name)})
		wantNo(t, err, model.Refused, model.CodenameTaken, "effort", string(first))
	}
	w.do(t, nuc, model.Edit{On: on(first), Fields: edit("codename", "")})
	_, err := w.try(nuc, model.Propose{Fields: fields("codename", "svala")})
	wantNo(t, err, model.Refused, model.CodenameTaken)
	w.do(t, nuc, model.Edit{On: on(first), Fields: edit("codename", "LARKA")})
	if w.efforts[first].Codename != "LARKA" {
		t.Error("its own it may take back")
	}
}

func TestDefaultsOfAProposal(t *testing.T) {
	w := newTwin()
	e := w.efforts[w.propose(t)]
	if e.Status != model.Proposed || e.Kind != model.Operative || e.Level != model.Regional || e.Priority != model.PriorityNormal ||
		e.Version != 1 || e.Created != model.StampOf(w.now) || e.Updated != e.Created || e.UpdatedBy != "nuc" || e.Ended != 0 {
		t.Errorf("effort %+v", e)
	}
	if !slices.Equal(e.Regions(), []model.RegionCode{"SYD"}) || !e.In("SYD") || e.In("NORD") || !e.Waiting() {
		t.Errorf("effort %+v", e)
	}
}

func TestNationalEfforts(t *testing.T) {
	w := newTwin()
	id := w.propose(t, "level", "national", "regions", "OST, NORD, OST") // and SYD, where it was written down
	e := w.efforts[id]
	if e.Region != model.RegionNational || !slices.Equal(e.Touches, []model.RegionCode{"NORD", "OST", "SYD"}) {
		t.Fatalf("region %s, touches %v: in the catalogue's order, once each", e.Region, e.Touches)
	}
	for region, in := range map[model.RegionCode]bool{"NORD": true, "SYD": true, "NAT": true, "BERG": false} {
		if e.In(region) != in {
			t.Errorf("in %s: %v", region, !in)
		}
	}
	_, err := w.try(nuc, model.Edit{On: on(id), Fields: edit("regions", "")})
	wantNo(t, err, model.Invalid, model.Missing, "field", "regions")
	w.do(t, nuc, model.Edit{On: on(id), Fields: edit("level", "regional", "region", "OST", "regions", "")})
	if e := w.efforts[id]; e.Region != "OST" || e.Touches != nil || e.ID != id {
		t.Errorf("effort %+v: it keeps its id", e)
	}
}

func TestNothingToChangeIsNoEvent(t *testing.T) {
	w := newTwin()
	id := w.propose(t, "title", "a")
	for _, c := range []model.Command{
		model.Edit{On: on(id), Fields: edit("title", " a ", "region", "SYD", "priority", "2")},
		model.Assign{On: on(id)},
		model.Import{},
	} {
		if events := w.do(t, nuc, c); events != nil {
			t.Errorf("%+v: %+v", c, events)
		}
	}
}

func TestAnEventFitsOnlyItsEffort(t *testing.T) {
	w := newTwin()
	id := w.propose(t)
	w.do(t, nuc, model.Edit{On: on(id), Fields: edit("title", "a")})
	create, change := w.journal[0], w.journal[1]
	now := w.efforts[id]
	for name, try := range map[string]func() (*model.Effort, error){
		"made twice":            func() (*model.Effort, error) { return create.On(now) },
		"changed before made":   func() (*model.Effort, error) { return change.On(nil) },
		"changed twice":         func() (*model.Effort, error) { return change.On(now) },
		"an unknown field":      func() (*model.Effort, error) { return spoiled(change, "x", "y").On(w.made(create)) },
		"an unknown status":     func() (*model.Effort, error) { return spoiled(change, "status", "y").On(w.made(create)) },
		"a line without number": func() (*model.Effort, error) { return spoiled(change, "note.x", "y").On(w.made(create)) },
		"hours beyond all": func() (*model.Effort, error) {
			return spoiled(change, "hours.1", "POL 99999999999 2026-01-01").On(w.made(create))
		},
	} {
		if e, err := try(); err == nil {
			t.Errorf("%s: %+v", name, e)
		}
	}
	stray := spoiled(change, "note.3.at", "2026-01-01T00:00:00Z")
	if notes := stray.Notes(); notes != nil {
		t.Errorf("notes %+v", notes)
	}
}

func (w *twin) made(ev model.Event) *model.Effort {
	e, err := ev.On(nil)
	if err != nil {
		panic(err)
	}
	return e
}

func spoiled(ev model.Event, f model.Field, v string) *model.Event {
	ev.Changes = []model.Change{{Field: f, New: v}}
	return &ev
}

// What has gone out of use stays on the efforts that have it, which can be edited further; and lists tell of it.
func TestWhatIsNoMoreStaysWhereItIs(t *testing.T) {
	w := newTwin()
	id := w.propose(t)
	w.cat.Region("SYD").To, w.cat.Focus(w.efforts[id].Focus).To = day("2026-11-19"), day("2026-11-19")
	w.do(t, nuc, model.Edit{On: on(id), Fields: edit("title", "Hamnen", "region", "SYD", "focus", string(w.efforts[id].Focus))})
	w.do(t, nuc, model.Edit{On: on(id), Fields: edit("level", "national", "regions", "NORD")})
	if e := w.efforts[id]; e.Region != "NAT" || !slices.Equal(e.Touches, []model.RegionCode{"NORD", "SYD"}) {
		t.Errorf("%s touches %v", e.Region, e.Touches)
	}
	w.do(t, nuc, model.Import{Rows: []model.Row{row(2)}})
	today := day("2026-11-20")
	if n := len(w.cat.CurrentRegions(today)); n != len(w.cat.Regions)-1 || len(w.cat.CurrentRegions(day("2026-11-19"))) != n+1 {
		t.Errorf("%d regions of %d", n, len(w.cat.Regions))
	}
	if n := len(w.cat.CurrentFocuses(today)); n != len(w.cat.Focuses)-1 || len(w.cat.CurrentFocuses(day("2026-11-19"))) != n+1 {
		t.Errorf("%d focuses of %d", n, len(w.cat.Focuses))
	}
}
