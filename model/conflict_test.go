package model_test

import (
	"testing"

	"board.internal/samverkan/model"
)

// Two officers look at version 2 of an effort with POL asked; theirs writes first.
func TestConflicts(t *testing.T) {
	edited := func(pairs ...string) func(model.On) model.Command {
		return func(o model.On) model.Command { return model.Edit{On: o, Fields: edit(pairs...)} }
	}
	part := func(p model.Part) func(model.On) model.Command {
		return func(o model.On) model.Command { return model.Assign{On: o, Parts: []model.Part{p}} }
	}
	answer := func(a model.Answer) func(model.On) model.Command {
		return func(o model.On) model.Command { a.On, a.Agency = o, "POL"; return a }
	}
	status := func(s model.Status) func(model.On) model.Command {
		return func(o model.On) model.Command { c := moveTo(o.Effort, s); c.On = o; return c }
	}
	no := model.Answer{Reason: "resursbrist"}
	yes := model.Answer{Accept: true}
	for name, c := range map[string]struct {
		theirs, mine func(model.On) model.Command
		why          model.Why
		diff         model.Diff
	}{
		"the same field, another value": {edited("title", "b"), edited("title", "c"), model.Changed, model.Diff{Field: "title", Mine: "c", Theirs: "b"}},
		"the same field, the same":      {edited("title", "b"), edited("title", "b"), "", model.Diff{}},
		"the same after cleaning":       {edited("title", "b"), edited("title", " b "), "", model.Diff{}},
		"two fields":                    {edited("title", "b"), edited("area", "torget"), "", model.Diff{}},
		"one of two fields":             {edited("title", "b", "crime", "x"), edited("area", "torget", "title", "c"), model.Changed, model.Diff{Field: "title", Mine: "c", Theirs: "b"}},
		"two agencies":                  {part(model.Part{Agency: "KFM"}), part(model.Part{Agency: "SKV"}), "", model.Diff{}},
		"one agency, the same wish":     {part(model.Part{Agency: "KFM"}), part(model.Part{Agency: "KFM"}), "", model.Diff{}},
		"one agency, two modes": {part(model.Part{Agency: "KFM", Mode: model.Remote}), part(model.Part{Agency: "KFM", Mode: model.OnSite}), model.Changed,
			model.Diff{Field: "agency.KFM.mode", Mine: "on_site", Theirs: "remote"}},
		"an agency and a field":     {part(model.Part{Agency: "KFM"}), edited("title", "c"), "", model.Diff{}},
		"yes and no":                {answer(yes), answer(no), model.Changed, model.Diff{Field: "agency.POL.state", Mine: "declined", Theirs: "accepted"}},
		"no and another no":         {answer(no), answer(model.Answer{Reason: "annat"}), model.Changed, model.Diff{Field: "agency.POL.reason", Mine: "annat", Theirs: "resursbrist"}},
		"yes and yes":               {answer(yes), answer(yes), model.NotAsked, model.Diff{}},
		"a withdrawal and a yes":    {part(model.Part{Agency: "POL", Off: true}), answer(yes), model.Changed, model.Diff{Field: "agency.POL.state", Mine: "accepted", Theirs: "released"}},
		"a yes and a withdrawal":    {answer(yes), part(model.Part{Agency: "POL", Off: true}), model.Changed, model.Diff{Field: "agency.POL.state", Mine: "released", Theirs: "accepted"}},
		"two statuses":              {status(model.Preparing), status(model.Rejected), model.Changed, model.Diff{Field: "status", Mine: "rejected", Theirs: "preparing"}},
		"a status and a field":      {status(model.Preparing), edited("title", "c"), "", model.Diff{}},
		"a status and the same":     {status(model.Preparing), status(model.Preparing), model.NoArrow, model.Diff{}},
		"two notes":                 {func(o model.On) model.Command { return model.AddNote{On: o, Text: "a"} }, func(o model.On) model.Command { return model.AddNote{On: o, Text: "b"} }, "", model.Diff{}},
		"region and what it became": {edited("region", "NORD"), edited("region", "OST"), model.Changed, model.Diff{Field: "region", Mine: "OST", Theirs: "NORD"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newTwin()
			id := w.propose(t, "title", "a")
			w.do(t, nuc, ask(id, "POL"))
			seen := model.On{Effort: id, Seen: 2}
			them := nuc
			them.Officer = "them"
			c.diff.Base = w.efforts[id].Get(c.diff.Field)
			w.do(t, them, c.theirs(seen))
			at := model.StampOf(w.now)
			stand := w.efforts[id]
			_, err := w.try(nuc, c.mine(seen))
			switch c.why {
			case "":
				if err != nil {
					t.Fatal(err)
				}
				return
			case model.Changed:
				e := wantNo(t, err, model.Conflict, c.why, "effort", string(id), "officer", "them", "at", at.String())
				c.diff.Officer, c.diff.At, c.diff.Effort, c.diff.Version = "them", at, id, stand.Version
				if len(e.Diffs) != 1 || e.Diffs[0] != c.diff {
					t.Errorf("diffs %+v, want %+v", e.Diffs, c.diff)
				}
			default:
				wantNo(t, err, model.Refused, c.why)
			}
			if w.efforts[id] != stand {
				t.Error("something was lost")
			}
			// Told so, I want it all the same.
			if c.why == model.Changed && c.diff.Field == "title" {
				w.do(t, nuc, c.mine(model.On{Effort: id, Seen: w.efforts[id].Version}))
			}
		})
	}
}

func TestSeenNothingIsNoConflict(t *testing.T) {
	w := newTwin()
	id := w.propose(t, "title", "a")
	w.do(t, polSyd, model.Edit{On: on(id), Fields: edit("title", "b")})
	w.do(t, kfmSyd, model.Edit{On: on(id), Fields: edit("title", "c")})
	if title := w.efforts[id].Title; title != "c" {
		t.Errorf("title %q", title)
	}
}

func TestThereAndBackIsNoConflict(t *testing.T) {
	w := newTwin()
	id := w.propose(t, "title", "a")
	w.do(t, polSyd, model.Edit{On: on(id), Fields: edit("title", "b")})
	w.do(t, polSyd, model.Undo{})
	w.do(t, kfmSyd, model.Edit{On: model.On{Effort: id, Seen: 1}, Fields: edit("title", "c")})
}

func TestAFieldChangedTwiceIsToldOnceByTheLast(t *testing.T) {
	w := newTwin()
	id := w.propose(t, "title", "a")
	w.do(t, polSyd, model.Edit{On: on(id), Fields: edit("title", "b")})
	w.do(t, rsrSyd, model.Edit{On: on(id), Fields: edit("title", "c")})
	_, err := w.try(kfmSyd, model.Edit{On: model.On{Effort: id, Seen: 1}, Fields: edit("title", "d")})
	e := wantNo(t, err, model.Conflict, model.Changed)
	if len(e.Diffs) != 1 || e.Diffs[0].Officer != "rsr-syd" || e.Diffs[0].Theirs != "c" {
		t.Errorf("diffs %+v", e.Diffs)
	}
}

func TestReleasingWhoWasMadeLeadSince(t *testing.T) {
	w := newTwin()
	id := w.propose(t)
	w.do(t, kfmSyd, ask(id, "KFM"))
	w.do(t, polSyd, model.Assign{On: on(id), Lead: "KFM"})
	release := model.Release{On: model.On{Effort: id, Seen: 2}, Agency: "KFM", Reason: "x"}
	_, err := w.try(kfmSyd, release)
	wantNo(t, err, model.Conflict, model.Changed, "field", "lead", "mine", "", "theirs", "KFM", "officer", "pol-syd")
	release.Seen = 3
	w.do(t, kfmSyd, release)
}

func TestWhoMayNotIsToldThatFirst(t *testing.T) {
	w := newTwin()
	id := w.propose(t)
	w.do(t, kfmSyd, ask(id, "KFM"))
	w.do(t, polSyd, ask(id, "SKV"))
	_, err := w.try(wall, model.Release{On: model.On{Effort: id, Seen: 1}, Agency: "KFM", Reason: "x"})
	wantNo(t, err, model.Forbidden, model.NotRole)
}
