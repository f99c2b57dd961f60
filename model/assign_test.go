package model_test

import (
	"testing"

	"board.internal/samverkan/model"
)

func TestAskingIsARequestThatIsAnswered(t *testing.T) {
	w := newTwin()
	id := w.propose(t)
	w.do(t, polSyd, ask(id, "KFM", "SKV"))
	asked := w.efforts[id].Assignment("KFM")
	if asked.State != model.Asked || asked.Since != model.StampOf(w.now) {
		t.Fatalf("KFM %+v", asked)
	}
	w.do(t, kfmSyd, model.Answer{On: on(id), Agency: "KFM", Accept: true, Mode: model.Remote})
	if a := w.efforts[id].Assignment("KFM"); a.State != model.Accepted || a.Mode != model.Remote || a.Since != model.StampOf(w.now) {
		t.Errorf("KFM %+v", a)
	}
	w.do(t, skvNord, model.Answer{On: on(id), Agency: "SKV", Reason: "resursbrist"})
	if a := w.efforts[id].Assignment("SKV"); a.State != model.Declined || a.Reason != "resursbrist" {
		t.Errorf("SKV %+v", a)
	}
	// Asking again after a decline is allowed and visible: what it said the last time stays until it answers anew, and
	// the journal shows both.
	w.do(t, polSyd, ask(id, "SKV"))
	if a := w.efforts[id].Assignment("SKV"); a.State != model.Asked || a.Reason != "resursbrist" {
		t.Errorf("SKV %+v", a)
	}
	var states []string
	for _, ev := range w.History(id, 0) {
		for _, c := range ev.Changes {
			if c.Field == model.AgencyField("SKV", "state") {
				states = append(states, c.Old+">"+c.New)
			}
		}
	}
	if len(states) != 3 || states[1] != "asked>declined" || states[2] != "declined>asked" {
		t.Errorf("journal %q", states)
	}
}

func TestTheOwnAgencyIsPutInAtOnce(t *testing.T) {
	w := newTwin()
	id := w.propose(t)
	w.do(t, kfmSyd, ask(id, "KFM", "POL"))
	e := w.efforts[id]
	if e.Assignment("KFM").State != model.Accepted || e.Assignment("POL").State != model.Asked {
		t.Errorf("assignments %+v", e.Assignments)
	}
	// Asked by another: putting it in answers yes, in the mode that was asked for.
	w.do(t, kfmSyd, model.Assign{On: on(id), Parts: []model.Part{{Agency: "SKV", Mode: model.Remote}}})
	w.do(t, skvNord, ask(id, "SKV"))
	if a := w.efforts[id].Assignment("SKV"); a.State != model.Accepted || a.Mode != model.Remote {
		t.Errorf("SKV %+v", a)
	}
	if events := w.do(t, skvNord, ask(id, "SKV")); events != nil {
		t.Errorf("in already, but %+v", events)
	}
}

func TestHowAnAgencyTakesPartIsItsOwnToSay(t *testing.T) {
	w := newTwin()
	id := w.propose(t)
	w.joint(t, id)
	remote := model.Assign{On: on(id), Parts: []model.Part{{Agency: "KFM", Mode: model.Remote}}}
	_, err := w.try(polSyd, remote)
	wantNo(t, err, model.Forbidden, model.NotOwnAgency, "agency", "KFM")
	since := w.efforts[id].Assignment("KFM").Since
	w.do(t, kfmSyd, remote)
	if a := w.efforts[id].Assignment("KFM"); a.Mode != model.Remote || a.State != model.Accepted || a.Since != since {
		t.Errorf("KFM %+v", a)
	}
}

func TestAssignIsAllOrNothing(t *testing.T) {
	w := newTwin()
	id := w.propose(t)
	_, err := w.try(polSyd, ask(id, "KFM", "X"))
	wantNo(t, err, model.NotFound, model.UnknownAgency)
	if n := len(w.efforts[id].Assignments); n > 0 {
		t.Errorf("%d agencies asked", n)
	}
}

func TestThereIsOneLeadAndItHasAccepted(t *testing.T) {
	w := newTwin()
	id := w.propose(t)
	// Put in and lead in one go.
	w.do(t, polSyd, model.Assign{On: on(id), Parts: []model.Part{{Agency: "POL"}, {Agency: "KFM"}}, Lead: "POL"})
	if w.efforts[id].Lead() != "POL" {
		t.Fatal("POL does not lead")
	}
	w.do(t, kfmSyd, accept(id, "KFM"))
	w.do(t, polSyd, model.Assign{On: on(id), Lead: "KFM"})
	if e := w.efforts[id]; e.Lead() != "KFM" || e.Assignment("POL").Lead {
		t.Errorf("assignments %+v", e.Assignments)
	}
	w.do(t, kfmSyd, model.Release{On: on(id), Agency: "KFM", Reason: "klart"})
	if e := w.efforts[id]; e.Lead() != "" || e.Assignment("KFM").State != model.Released || e.Assignment("KFM").Reason != "klart" {
		t.Errorf("assignments %+v", e.Assignments)
	}
	for state, id := range map[string]model.EffortID{"": w.propose(t), "released": id} {
		_, err := w.try(polSyd, model.Assign{On: on(id), Lead: "KFM"})
		wantNo(t, err, model.Refused, model.LeadNotAccepted, "agency", "KFM", "state", state)
	}
	_, err := w.try(polSyd, model.Assign{On: on(id), Parts: []model.Part{{Agency: "POL", Off: true, Reason: "x"}}, Lead: "POL"})
	wantNo(t, err, model.Refused, model.LeadNotAccepted, "state", "released")
}

func TestARequestIsWithdrawnWithoutReason(t *testing.T) {
	w := newTwin()
	id := w.propose(t)
	w.do(t, polSyd, ask(id, "KFM", "SKV"))
	w.do(t, polSyd, model.Release{On: on(id), Agency: "KFM"})
	w.do(t, polSyd, model.Assign{On: on(id), Parts: []model.Part{{Agency: "SKV", Off: true}}})
	if n := w.efforts[id].Count(model.Released); n != 2 {
		t.Errorf("%d withdrawn", n)
	}
	_, err := w.try(kfmSyd, accept(id, "KFM"))
	wantNo(t, err, model.Refused, model.NotAsked, "state", "released")
}

func TestCapacityAndOfficeAreHints(t *testing.T) {
	w := newTwin()
	kfm := w.cat.Agency("KFM")
	if kfm.Suggest("SYD") != model.Planning || kfm.Suggest("STHLM") != model.OnSite || kfm.Suggest("NAT") != model.OnSite ||
		w.cat.Agency("POL").Suggest("SYD") != model.OnSite {
		t.Error("no office where they are known means planning, and nothing else does")
	}
	for range 3 { // the capacity is 1
		id := w.propose(t)
		w.do(t, kfmSyd, ask(id, "KFM"))
		if a := w.efforts[id].Assignment("KFM"); a.State != model.Accepted || a.Mode != model.Planning {
			t.Errorf("KFM %+v", a)
		}
	}
	id := w.propose(t)
	w.do(t, kfmSyd, model.Assign{On: on(id), Parts: []model.Part{{Agency: "KFM", Mode: model.OnSite}}})
	if m := w.efforts[id].Assignment("KFM").Mode; m != model.OnSite {
		t.Errorf("mode %s: a hint gives way", m)
	}
}
