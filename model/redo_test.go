package model_test

import (
	"testing"

	"board.internal/samverkan/model"
)

func TestRedoOfEachAction(t *testing.T) {
	for name, c := range map[string]func(id model.EffortID) model.Command{
		"edit": func(id model.EffortID) model.Command {
			return model.Edit{On: on(id), Fields: edit("codename", "LÄRKA", "review", "2027-01-01")}
		},
		"decision": func(id model.EffortID) model.Command { return model.Edit{On: on(id), Fields: edit("reference", "B2")} },
		"level": func(id model.EffortID) model.Command {
			return model.Edit{On: on(id), Fields: edit("level", "national", "regions", "NORD")}
		},
		"ask":     func(id model.EffortID) model.Command { return ask(id, "SKV", "AF") },
		"lead":    func(id model.EffortID) model.Command { return model.Assign{On: on(id), Lead: "KFM"} },
		"partner": func(id model.EffortID) model.Command { return with(id, "Kommunen") },
		"release": func(id model.EffortID) model.Command { return model.Release{On: on(id), Agency: "POL", Reason: "x"} },
		"dormant": func(id model.EffortID) model.Command { return moveTo(id, model.Dormant) },
		"close":   func(id model.EffortID) model.Command { return moveTo(id, model.Closed) },
		"note":    func(id model.EffortID) model.Command { return model.AddNote{On: on(id), Text: "x"} },
		"measure": func(id model.EffortID) model.Command {
			return model.AddMeasure{On: on(id), Type: model.Safety, Text: "x"}
		},
		"hours": func(id model.EffortID) model.Command {
			return model.AddHours{On: on(id), Agency: "KFM", Centi: -50, Reason: "fel"}
		},
		"outcome": func(id model.EffortID) model.Command {
			return model.AddOutcome{On: on(id), Measure: "narcotics_kg", Milli: -1_250, Agency: "TUL", Reason: "fel"}
		},
		"bulk": func(id model.EffortID) model.Command {
			return together(false, ask(id, "SKV"), model.AddNote{On: on(id), Text: "x"}, model.Edit{On: on(id), Fields: edit("title", "x")})
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newTwin()
			id := w.at(t, model.Active)
			w.do(t, rsrSyd, model.AddHours{On: on(id), Agency: "KFM", Centi: 4_00})
			w.do(t, rsrSyd, model.AddOutcome{On: on(id), Measure: "narcotics_kg", Milli: 2_500, Agency: "TUL"})
			before := w.efforts[id]
			did := w.do(t, nuc, c(id))
			after := w.efforts[id]
			for range 5 { // u and U in turn
				w.do(t, nuc, model.Undo{})
				if d := same(before, w.efforts[id]); d != "" {
					t.Fatalf("undone: %s", d)
				}
				events := w.do(t, nuc, model.Redo{})
				if d := same(after, w.efforts[id]); d != "" {
					t.Fatalf("redone: %s", d)
				}
				if len(events) != len(did) || events[0].Action != model.ActRedo || events[0].Undoes == 0 {
					t.Fatalf("events %+v", events)
				}
			}
			_, err := w.try(nuc, model.Redo{})
			wantNo(t, err, model.Refused, model.NothingToRedo)
		})
	}
}

func TestRedoGoesAsFarAsUndoWent(t *testing.T) {
	w := newTwin()
	id := w.propose(t, "title", "0")
	titles := []string{"1", "2", "3", "4"}
	for _, s := range titles {
		w.do(t, polSyd, model.Edit{On: on(id), Fields: edit("title", s)})
	}
	for range titles {
		w.do(t, polSyd, model.Undo{})
	}
	for _, want := range titles {
		w.do(t, polSyd, model.Redo{})
		if got := w.efforts[id].Title; got != want {
			t.Errorf("title %q, want %q", got, want)
		}
	}
	w.do(t, polSyd, model.Undo{})
	if got := w.efforts[id].Title; got != "3" {
		t.Errorf("title %q: an undo after redos takes the last one back", got)
	}
}

func TestANoteComesBack(t *testing.T) {
	w := newTwin()
	id := w.propose(t)
	w.do(t, polSyd, model.AddNote{On: on(id), Text: "en rad"})
	w.do(t, polSyd, model.Undo{})
	notes := w.do(t, polSyd, model.Redo{})[0].Notes()
	if len(notes) != 1 || notes[0].Text != "en rad" || notes[0].N != 1 || notes[0].By != "pol-syd" || w.efforts[id].Notes != 1 {
		t.Errorf("%+v, %d notes", notes, w.efforts[id].Notes)
	}
}

func TestAnEffortComesBack(t *testing.T) {
	w := newTwin()
	id := w.propose(t, "codename", "LÄRKA", "region", "NAT", "regions", "SYD, NORD", "title", "a")
	before := w.efforts[id]
	for range 3 {
		w.do(t, nuc, model.Undo{})
		if w.efforts[id] != nil {
			t.Fatal("it is still there")
		}
		w.do(t, nuc, model.Redo{})
		if e := w.efforts[id]; e == nil || e.ID != id || e.Codename != "LÄRKA" || e.Version != 1 || same(before, e) != "" {
			t.Fatalf("%+v", e)
		}
	}
	w.do(t, kfmSyd, model.AddNote{On: on(id), Text: "x"})
	_, err := w.try(nuc, model.Undo{})
	wantNo(t, err, model.Conflict, model.UndoChanged, "field", "note.1", "officer", "kfm-syd")
}

// taken is an effort of pol-syd, proposed and taken back with all that pol-syd had done on it.
func taken(t *testing.T, did ...func(model.EffortID) model.Command) (*twin, model.EffortID) {
	t.Helper()
	w := newTwin()
	id := w.do(t, polSyd, model.Propose{Fields: fields()})[0].Effort
	for _, c := range did {
		w.do(t, polSyd, c(id))
	}
	for range len(did) + 1 {
		w.do(t, polSyd, model.Undo{})
	}
	return w, id
}

// TestNoNumberIsGivenTwice: an effort that came back knows which numbers its lines had.
func TestNoNumberIsGivenTwice(t *testing.T) {
	w, id := taken(t,
		func(id model.EffortID) model.Command { return model.AddNote{On: on(id), Text: "min"} },
		func(id model.EffortID) model.Command {
			return model.AddMeasure{On: on(id), Type: model.Safety, Text: "mitt"}
		})
	for range 2 {
		w.do(t, polSyd, model.Redo{})
		w.do(t, polSyd, model.Undo{})
	}
	w.do(t, polSyd, model.Redo{})
	theirs := w.do(t, kfmSyd, model.AddNote{On: on(id), Text: "din"})[0].Notes()
	mine := w.do(t, polSyd, model.Redo{})[0].Notes()
	if mine[0].N == theirs[0].N || w.efforts[id].Notes != 2 {
		t.Errorf("%+v and %+v, %d notes", mine, theirs, w.efforts[id].Notes)
	}
	w.do(t, polSyd, model.Redo{})
	if m := w.efforts[id].Measures; len(m) != 1 || m[0].Text != "mitt" {
		t.Errorf("measures %+v", m)
	}
}

// TestWhatOthersRedidIsWork that an undo must not sweep away, although they did it before the effort came back.
func TestWhatOthersRedidIsWork(t *testing.T) {
	w := newTwin()
	id := w.propose(t)
	w.do(t, kfmSyd, model.Edit{On: on(id), Fields: edit("title", "b")})
	w.do(t, kfmSyd, model.Undo{})
	w.do(t, nuc, model.Undo{})
	w.do(t, nuc, model.Redo{})
	w.do(t, kfmSyd, model.Redo{})
	_, err := w.try(nuc, model.Undo{})
	wantNo(t, err, model.Conflict, model.UndoChanged, "field", "title", "theirs", "b", "officer", "kfm-syd")
	w.do(t, kfmSyd, model.Undo{})
	w.do(t, nuc, model.Undo{})
	if w.efforts[id] != nil {
		t.Error("it is still there")
	}
}

func TestWhatWasRedoneIsWorkUntilItIsUndoneAgain(t *testing.T) {
	w := newTwin()
	id := w.propose(t)
	w.do(t, kfmSyd, model.Edit{On: on(id), Fields: edit("title", "b")})
	for range 2 {
		w.do(t, kfmSyd, model.Undo{})
		w.do(t, kfmSyd, model.Redo{})
		_, err := w.try(nuc, model.Undo{})
		wantNo(t, err, model.Conflict, model.UndoChanged, "field", "title", "theirs", "b", "officer", "kfm-syd")
	}
	w.do(t, kfmSyd, model.Undo{})
	w.do(t, nuc, model.Undo{})
	if w.efforts[id] != nil {
		t.Error("it is still there")
	}
}

// TestRedoOnWhatIsGone is told who took the effort back, and the rest goes on without it.
func TestRedoOnWhatIsGone(t *testing.T) {
	w := newTwin()
	stays, goes := w.propose(t), w.propose(t)
	w.do(t, kfmSyd, together(false, ask(stays, "SKV"), ask(goes, "SKV")))
	w.do(t, kfmSyd, model.Undo{})
	w.do(t, nuc, model.Undo{})
	_, err := w.try(kfmSyd, model.Redo{})
	wantNo(t, err, model.Conflict, model.UndoChanged, "effort", string(goes), "field", "status", "mine", "proposed", "theirs", "", "officer", "nuc")
	w.do(t, kfmSyd, model.Redo{Rest: true})
	if w.efforts[stays].Assignment("SKV").State != model.Asked || w.efforts[goes] != nil {
		t.Errorf("%+v", w.efforts)
	}
}

func TestANewActionLeavesNothingToRedo(t *testing.T) {
	for name, c := range map[string]struct {
		actor model.Actor
		then  func(model.EffortID) model.Command
		kept  bool
	}{
		"one's own note": {polSyd, func(id model.EffortID) model.Command { return model.AddNote{On: on(id), Text: "x"} }, false},
		"putting aside": {polSyd, func(id model.EffortID) model.Command {
			return model.Postpone{Waits: []model.WaitKey{{Effort: id, Why: model.WaitLead}}, Until: day("2026-11-27")}
		}, false},
		"a partner":            {polSyd, func(id model.EffortID) model.Command { return model.SetPartner{Partner: partner("SYD", "Hamnen")} }, false},
		"what changed nothing": {polSyd, func(id model.EffortID) model.Command { return with(id) }, true},
		"somebody else's note": {kfmSyd, func(id model.EffortID) model.Command { return model.AddNote{On: on(id), Text: "x"} }, true},
	} {
		w := newTwin()
		id := w.propose(t, "title", "a")
		w.do(t, polSyd, model.Edit{On: on(id), Fields: edit("title", "b")})
		w.do(t, polSyd, model.Undo{})
		w.do(t, c.actor, c.then(id))
		if _, err := w.try(polSyd, model.Redo{}); (err == nil) != c.kept {
			t.Errorf("after %s: %v", name, err)
		}
	}
}

func TestRedoKeepsTheRules(t *testing.T) {
	t.Run("lead again, and released since", func(t *testing.T) {
		w := newTwin()
		id := w.propose(t)
		w.joint(t, id)
		w.do(t, polSyd, model.Assign{On: on(id), Lead: "KFM"})
		w.do(t, polSyd, model.Undo{})
		w.do(t, kfmSyd, model.Release{On: on(id), Agency: "KFM", Reason: "x"})
		_, err := w.try(polSyd, model.Redo{})
		wantNo(t, err, model.Conflict, model.UndoChanged, "field", "agency.KFM.state", "theirs", "released", "officer", "kfm-syd")
	})
	t.Run("asked again, and closed since", func(t *testing.T) {
		w := newTwin()
		id := w.at(t, model.Active)
		w.do(t, polSyd, ask(id, "SKV"))
		w.do(t, polSyd, model.Undo{})
		w.do(t, rsrSyd, moveTo(id, model.Closed))
		_, err := w.try(polSyd, model.Redo{})
		wantNo(t, err, model.Conflict, model.UndoChanged, "field", "status", "theirs", "closed", "officer", "rsr-syd")
		w.do(t, rsrSyd, model.Undo{})
		w.do(t, polSyd, model.Redo{})
	})
	t.Run("active again, and no longer joint since", func(t *testing.T) {
		w := newTwin()
		id := w.at(t, model.Decided)
		w.do(t, rsrSyd, moveTo(id, model.Active))
		w.do(t, rsrSyd, model.Undo{})
		w.do(t, kfmSyd, model.Release{On: on(id), Agency: "KFM", Reason: "x"})
		_, err := w.try(rsrSyd, model.Redo{})
		wantNo(t, err, model.Conflict, model.UndoChanged, "field", "agency.KFM.state", "theirs", "released", "officer", "kfm-syd")
	})
	t.Run("no longer asked, and made lead since", func(t *testing.T) {
		w := newTwin()
		id := w.propose(t)
		w.do(t, kfmSyd, ask(id, "KFM"))
		w.do(t, kfmSyd, model.Release{On: on(id), Agency: "KFM", Reason: "x"})
		w.do(t, kfmSyd, model.Undo{})
		w.do(t, polSyd, model.Assign{On: on(id), Lead: "KFM"})
		_, err := w.try(kfmSyd, model.Redo{})
		wantNo(t, err, model.Conflict, model.UndoChanged, "field", "lead", "theirs", "KFM", "officer", "pol-syd")
	})
}
