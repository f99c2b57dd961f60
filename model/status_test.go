package model_test

import (
	"slices"
	"strings"
	"testing"

	"board.internal/samverkan/model"
)

// arrows is the life of an effort as the agencies draw it.
var arrows = map[model.Status][]model.Status{
	model.Proposed:   {model.Preparing, model.Rejected},
	model.Preparing:  {model.Decided, model.Rejected},
	model.Decided:    {model.Active, model.Rejected},
	model.Active:     {model.Dormant, model.Closed},
	model.Dormant:    {model.Active, model.Closed},
	model.Closed:     {model.FollowedUp},
	model.FollowedUp: nil,
	model.Rejected:   nil,
}

func TestStatusMovesAlongTheArrowsOnly(t *testing.T) {
	for _, from := range model.Statuses() {
		for _, to := range append(model.Statuses(), 0, 99) {
			t.Run(from.String()+" to "+to.String(), func(t *testing.T) {
				w := newTwin()
				id := w.at(t, from)
				before := len(w.journal)
				_, err := w.try(nuc, moveTo(id, to))
				if !slices.Contains(arrows[from], to) {
					wantNo(t, err, model.Refused, model.NoArrow, "from", from.String(), "to", to.String())
					return
				}
				if err != nil {
					t.Fatal(err)
				}
				e := w.efforts[id]
				if e.Status != to || len(w.journal) != before+1 {
					t.Errorf("status %s after %d journal entries", e.Status, len(w.journal)-before)
				}
				if (e.Ended == 0) != e.Open() || e.Open() != slices.Contains([]model.Status{model.Proposed, model.Preparing,
					model.Decided, model.Active, model.Dormant}, to) {
					t.Errorf("%s: open %v, ended %s", to, e.Open(), e.Ended)
				}
			})
		}
	}
}

func TestStatusNeeds(t *testing.T) {
	needs := map[model.Status]string{model.Decided: "decider, decided, reference", model.Rejected: "reason",
		model.Dormant: "reason", model.Closed: "outcome"}
	for to, want := range needs {
		w := newTwin()
		var id model.EffortID
		for from, next := range arrows {
			if slices.Contains(next, to) {
				id = w.at(t, from)
			}
		}
		_, err := w.try(nuc, model.SetStatus{On: on(id), To: to})
		wantNo(t, err, model.Refused, model.StatusNeeds, "to", to.String(), "field", want)
		for _, blank := range strings.Split(want, ", ") {
			c := moveTo(id, to)
			switch blank {
			case "decider":
				c.Decider = "  "
			case "decided":
				c.Date = 0
			case "reference":
				c.Reference = ""
			case "reason":
				c.Reason = " "
			case "outcome":
				c.Outcome = ""
			}
			_, err := w.try(nuc, c)
			wantNo(t, err, model.Refused, model.StatusNeeds, "to", to.String(), "field", blank)
		}
		w.do(t, nuc, moveTo(id, to))
		for _, f := range to.Needs() {
			if w.efforts[id].Get(f) == "" {
				t.Errorf("%s without %s", to, f)
			}
		}
	}
}

func TestStatusRemembersItsReasons(t *testing.T) {
	w := newTwin()
	id := w.at(t, model.Dormant)
	if w.efforts[id].Reason != "resursbrist" {
		t.Errorf("reason %q", w.efforts[id].Reason)
	}
	w.do(t, nuc, moveTo(id, model.Active))
	if w.efforts[id].Reason != "" {
		t.Error("an active effort has no reason to be dormant")
	}
	_, err := w.try(nuc, model.SetStatus{On: on(id), To: model.Dormant})
	wantNo(t, err, model.Refused, model.StatusNeeds, "field", "reason")
	w.do(t, nuc, moveTo(id, model.Closed))
	w.do(t, nuc, model.SetStatus{On: on(id), To: model.FollowedUp})
	if w.efforts[id].Outcome != "tre beslag" {
		t.Error("the outcome it was closed with stands")
	}
}

func TestAnEffortIsJointBeforeItIsActive(t *testing.T) {
	for name, c := range map[string]struct {
		accept []model.AgencyCode
		lead   model.AgencyCode
		ok     bool
	}{
		"nobody":            {},
		"one that leads":    {[]model.AgencyCode{"POL"}, "POL", false},
		"two and no lead":   {[]model.AgencyCode{"POL", "KFM"}, "", false},
		"a lead and one":    {[]model.AgencyCode{"POL", "KFM"}, "KFM", true},
		"three with a lead": {[]model.AgencyCode{"POL", "KFM", "SKV"}, "POL", true},
	} {
		t.Run(name, func(t *testing.T) {
			w := newTwin()
			id := w.propose(t)
			w.do(t, nuc, ask(id, "POL", "KFM", "SKV"))
			for _, a := range c.accept {
				w.do(t, nuc, accept(id, a))
			}
			w.do(t, nuc, model.Assign{On: on(id), Lead: c.lead})
			w.do(t, nuc, moveTo(id, model.Preparing))
			w.do(t, nuc, moveTo(id, model.Decided))
			_, err := w.try(nuc, moveTo(id, model.Active))
			if c.ok != (err == nil) || err != nil && !model.Is(err, model.NotJoint) {
				t.Errorf("error %v", err)
			}
		})
	}
}

func TestNotesAndMeasuresMayFollowAClosedEffort(t *testing.T) {
	w := newTwin()
	id := w.at(t, model.Closed)
	w.do(t, polSyd, model.AddNote{On: on(id), Text: "efterspel"})
	w.do(t, polSyd, model.AddMeasure{On: on(id), Type: model.Safety, Text: "belysning"})
	e := w.efforts[id]
	if e.Notes != 1 || e.Measured()[model.Safety] != 1 || e.Serial != 2 || e.Measures[0].By != "pol-syd" {
		t.Errorf("effort %+v", e)
	}
}
