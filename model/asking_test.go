package model_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"board.internal/samverkan/model"
)

// askers are officers of several agencies on the same efforts.
var askers = []model.Actor{polSyd, kfmSyd, skvNord, rsrSyd, nuc, officer("kfm-rsr", "KFM", model.Coordinator, "NORD"), officer("skv-nat", "SKV", model.NationalRole)}

// asking draws a step between equals: asking, answering, releasing, leading.
func asking(t *rapid.T, ids []model.EffortID, actor model.Actor) model.OnEffort {
	id := rapid.SampledFrom(ids).Draw(t, "effort")
	some := rapid.SampledFrom([]model.AgencyCode{"POL", "KFM", "SKV"})
	agency := some.Draw(t, "agency")
	if actor.Agency != "" && rapid.Bool().Draw(t, "own") {
		agency = actor.Agency
	}
	switch rapid.IntRange(0, 8).Draw(t, "asking") {
	case 0, 1, 2:
		return ask(id, rapid.SliceOfNDistinct(some, 1, 3, rapid.ID).Draw(t, "agencies")...)
	case 3, 4:
		return accept(id, agency)
	case 5:
		return model.Answer{On: on(id), Agency: agency, Reason: "inga resurser"}
	case 6:
		return model.Release{On: on(id), Agency: agency, Reason: "klart"}
	case 7:
		return model.Assign{On: on(id), Lead: agency}
	}
	return model.Assign{On: on(id), Parts: []model.Part{{Agency: agency}}, Lead: agency}
}

// TestAskingBetweenEquals lets officers of several agencies ask, answer, lead, release, undo and redo in any order.
func TestAskingBetweenEquals(t *testing.T) {
	seen := map[string]bool{}
	unseen := func() []string {
		return slices.DeleteFunc([]string{"assign asked", "assign accepted", "answer accepted", "answer declined", "release released",
			"undo asked", "undo accepted", "undo declined", "redo asked", "redo accepted", "redo declined", "redo released"},
			func(s string) bool { return seen[s] })
	}
	for round := 0; round < 400 && len(unseen()) > 0; round++ { // chance may leave one out
		rapid.Check(t, func(t *rapid.T) { someAsking(t, seen) })
	}
	if left := unseen(); len(left) > 0 {
		t.Errorf("chance never made it to %q", left)
	}
}

// someAsking checks every step, and remembers what came to be by which action.
func someAsking(t *rapid.T, seen map[string]bool) {
	w := newTwin()
	w.cat.Region("OST").To = day("2020-01-01") // what is there is unplaced
	old := row(2)
	old.Effort.Region = "OST"
	w.list(t, old)
	var ids []model.EffortID
	for _, f := range []map[model.Field]string{fields(), fields(), fields("region", "NORD", "focus", "individuals"), fields("level", "national", "regions", "SYD, NORD")} {
		events, err := w.try(nuc, model.Propose{Fields: f})
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, events[0].Effort)
	}
	ids = append(ids, "OST-2026-001")
	for range rapid.IntRange(1, 60).Draw(t, "steps") {
		actor := rapid.SampledFrom(askers).Draw(t, "actor")
		var c model.Command
		switch rapid.IntRange(0, 9).Draw(t, "step") {
		case 0, 1:
			c = model.Undo{Rest: rapid.Bool().Draw(t, "rest")}
		case 2, 3:
			c = model.Redo{Rest: rapid.Bool().Draw(t, "rest")}
		case 4:
			all := model.Together{Rest: rapid.Bool().Draw(t, "rest")}
			for range rapid.IntRange(2, 4).Draw(t, "several") {
				all.Commands = append(all.Commands, asking(t, ids, actor))
			}
			c = all
		default:
			c = asking(t, ids, actor)
		}
		w.now = w.now.Add(time.Duration(rapid.IntRange(0, 60).Draw(t, "hours")) * time.Hour)
		events, err := w.try(actor, c)
		if err != nil {
			continue
		}
		for i := range events {
			checkAnswers(t, w, &events[i], actor, seen)
		}
		for _, e := range w.efforts {
			checkLead(t, e)
		}
		checkTallies(t, w)
	}
	checkJournal(t, w)
}

// list imports a row.
func (w *twin) list(t *rapid.T, r model.Row) {
	if _, err := w.try(nuc, model.Import{Rows: []model.Row{r}}); err != nil {
		t.Fatal(err)
	}
}

// checkAnswers: no yes and no no without a request, but where an officer puts the own agency in; and nobody answers
// for another agency who may not. An undo or a redo only takes back what its entry had done.
func checkAnswers(t *rapid.T, w *twin, ev *model.Event, by model.Actor, seen map[string]bool) {
	for _, c := range ev.Changes {
		group, agency, aspect := c.Field.Parts()
		if group != "agency" || aspect != "state" {
			continue
		}
		seen[string(ev.Action)+" "+c.New] = true
		own := model.AgencyCode(agency) == by.Agency
		switch ev.Action {
		case model.ActUndo, model.ActRedo:
			did := w.journal[ev.Undoes-1]
			if did.Officer != ev.Officer || did.Effort != ev.Effort || !slices.Contains(did.Changes, model.Change{Field: c.Field, Old: c.New, New: c.Old}) {
				t.Fatalf("%s of %+v: %+v", ev.Action, did, c)
			}
		case model.ActAnswer:
			if c.Old != "asked" || !own && by.Role == model.Liaison {
				t.Fatalf("%s answers for %s: %+v", by.Officer, agency, c)
			}
		default:
			if c.New == "declined" || c.New == "accepted" && !own {
				t.Fatalf("%s by %s: %+v", ev.Action, by.Officer, c)
			}
		}
	}
}

func checkLead(t *rapid.T, e *model.Effort) {
	leads := 0
	for _, a := range e.Assignments {
		if a.Lead {
			leads++
		}
		if a.Lead && a.State != model.Accepted {
			t.Fatalf("%s: %s leads but has %s", e.ID, a.Agency, a.State)
		}
		if a.State == model.Declined && a.Reason == "" && e.Region != "OST" {
			t.Fatalf("%s: %s declined without reason", e.ID, a.Agency)
		}
	}
	if leads > 1 {
		t.Fatalf("%s: %d lead", e.ID, leads)
	}
}

// checkTallies counts each agency's parts once more, by hand, and compares with every sum that shows them.
func checkTallies(t *rapid.T, w *twin) {
	b, today := w.board(), w.cat.Today(model.StampOf(w.now))
	overview := b.Overview(today)
	for _, agency := range []model.AgencyCode{"POL", "KFM", "SKV"} {
		by := map[model.RegionCode]model.Tally{}
		for _, e := range w.efforts {
			a := e.Assignment(agency)
			one := map[model.State]model.Tally{model.Asked: {Asked: 1}, model.Accepted: {Accepted: 1}, model.Declined: {Declined: 1}}[a.State]
			if a.State == model.Asked && int(today-a.Since.Day()) >= w.cat.Unanswered {
				one.Unanswered = 1
			}
			by[e.Region] = by[e.Region].Add(one)
		}
		var sum, rows model.Tally
		for _, r := range append(slices.Clone(w.cat.Regions), w.cat.National) {
			here, country := b.Tally(agency, r.Code, today)
			if here != by[r.Code] {
				t.Fatalf("%s in %s: %+v, counted %+v", agency, r.Code, here, by[r.Code])
			}
			if sum = sum.Add(here); r.Code == w.cat.National.Code && country != sum {
				t.Fatalf("%s: %+v in the country, the regions add up to %+v", agency, country, sum)
			}
		}
		for _, r := range overview.Rows {
			rows = rows.Add(r.Sum.Agencies[agency])
			if r.Region != "" && r.Sum.Agencies[agency] != by[r.Region] {
				t.Fatalf("%s in row %s: %+v, counted %+v", agency, r.Region, r.Sum.Agencies[agency], by[r.Region])
			}
		}
		if rows != sum || overview.Total.Sum.Agencies[agency] != sum || overview.Rows[len(overview.Rows)-1].Sum.Agencies[agency] != by["OST"] {
			t.Fatalf("%s: rows %+v, total %+v, counted %+v", agency, rows, overview.Total.Sum.Agencies[agency], sum)
		}
	}
}

func TestTheShareOfYes(t *testing.T) {
	for tally, want := range map[model.Tally]string{
		{}:                           "unknown",
		{Asked: 3, Unanswered: 1}:    "unknown", // it has not answered, so nothing is known: not 0
		{Declined: 2}:                "0",
		{Accepted: 2, Asked: 5}:      "100",
		{Accepted: 1, Declined: 2}:   "33",
		{Accepted: 2, Declined: 1}:   "67",
		{Accepted: 1, Declined: 199}: "1",
	} {
		got := "unknown"
		if percent, known := tally.Share(); known {
			got = fmt.Sprint(percent)
		}
		if got != want {
			t.Errorf("%+v: %s, want %s", tally, got, want)
		}
	}
}
