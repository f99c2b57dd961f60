package model_test

import (
	"testing"

	"board.internal/samverkan/model"
)

func TestADecisionIsCorrected(t *testing.T) {
	for _, status := range []model.Status{model.Decided, model.Active, model.Dormant, model.Closed, model.FollowedUp} {
		w := newTwin()
		id := w.at(t, status)
		before := w.efforts[id]
		w.do(t, rsrSyd, model.Edit{On: on(id), Fields: edit("reference", " B2 ", "decided", "2026-11-01", "title", "x")})
		e := w.efforts[id]
		if *e.Decision != (model.Decision{Decider: "RSR Syd", Date: day("2026-11-01"), Reference: "B2"}) || e.Title != "x" || e.Status != status {
			t.Errorf("%s: %+v, %+v", status, e, e.Decision)
		}
		w.do(t, rsrSyd, model.Undo{})
		if d := same(before, w.efforts[id]); d != "" {
			t.Errorf("%s: after undo %s", status, d)
		}
	}
}

// TestAListedDecisionIsCompleted: what a list lacked is filled in, one field after the other.
func TestAListedDecisionIsCompleted(t *testing.T) {
	w := newTwin()
	w.do(t, nuc, model.Import{Rows: []model.Row{row(2)}})
	id := model.EffortID("SYD-2026-001")
	if d := w.efforts[id].Decision; d != nil {
		t.Fatalf("decision %+v", d)
	}
	w.do(t, rsrSyd, model.Edit{On: on(id), Fields: edit("reference", "B2")})
	w.do(t, rsrSyd, model.Edit{On: on(id), Fields: edit("decider", "RSR Syd")})
	if d := w.efforts[id].Decision; d == nil || *d != (model.Decision{Decider: "RSR Syd", Reference: "B2"}) {
		t.Errorf("decision %+v", d)
	}
}

func TestTwoCorrectADecision(t *testing.T) {
	w := newTwin()
	id := w.at(t, model.Decided)
	seen := model.On{Effort: id, Seen: w.efforts[id].Version}
	w.do(t, rsrSyd, model.Edit{On: seen, Fields: edit("reference", "B2")})
	w.do(t, nuc, model.Edit{On: seen, Fields: edit("decider", "Operativa rådet")})
	_, err := w.try(nuc, model.Edit{On: seen, Fields: edit("reference", "C3")})
	wantNo(t, err, model.Conflict, model.Changed, "field", "reference", "mine", "C3", "theirs", "B2", "officer", "rsr-syd")
}

// TestADeclineStaysInSight while the agency is asked again, until it answers anew.
func TestADeclineStaysInSight(t *testing.T) {
	declined := func(t *testing.T) (*twin, model.EffortID) {
		w := newTwin()
		id := w.propose(t)
		w.do(t, polSyd, ask(id, "KFM"))
		w.do(t, kfmSyd, model.Answer{On: on(id), Agency: "KFM", Reason: "inga resurser"})
		w.do(t, polSyd, ask(id, "KFM"))
		return w, id
	}
	for name, c := range map[string]struct {
		actor  model.Actor
		then   func(model.EffortID) model.Command
		state  model.State
		reason string
	}{
		"nothing": {polSyd, func(id model.EffortID) model.Command { return with(id) }, model.Asked, "inga resurser"},
		"asked in another mode": {polSyd, func(id model.EffortID) model.Command {
			return model.Assign{On: on(id), Parts: []model.Part{{Agency: "KFM", Mode: model.Remote}}}
		}, model.Asked, "inga resurser"},
		"accepted":               {kfmSyd, func(id model.EffortID) model.Command { return accept(id, "KFM") }, model.Accepted, ""},
		"accepted by putting in": {kfmSyd, func(id model.EffortID) model.Command { return ask(id, "KFM") }, model.Accepted, ""},
		"declined once more": {kfmSyd, func(id model.EffortID) model.Command {
			return model.Answer{On: on(id), Agency: "KFM", Reason: "fortfarande inte"}
		}, model.Declined, "fortfarande inte"},
		"withdrawn":         {polSyd, func(id model.EffortID) model.Command { return model.Release{On: on(id), Agency: "KFM"} }, model.Released, ""},
		"the asking undone": {polSyd, func(model.EffortID) model.Command { return model.Undo{} }, model.Declined, "inga resurser"},
	} {
		w, id := declined(t)
		w.do(t, c.actor, c.then(id))
		if a := w.efforts[id].Assignment("KFM"); a.State != c.state || a.Reason != c.reason {
			t.Errorf("%s: %+v", name, a)
		}
	}
}
