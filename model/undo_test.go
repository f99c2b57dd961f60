package model_test

import (
	"testing"

	"board.internal/samverkan/model"
)

func TestUndoTakesBackWholeAndTheOneBefore(t *testing.T) {
	w := newTwin()
	id := w.propose(t, "title", "a")
	start := w.efforts[id]
	w.do(t, polSyd, model.Edit{On: on(id), Fields: edit("title", "b", "area", "torget", "priority", "1")})
	first := w.efforts[id]
	w.do(t, polSyd, model.Assign{On: on(id), Parts: []model.Part{{Agency: "POL"}, {Agency: "KFM"}, {Agency: "SKV"}}, Lead: "POL"})

	events := w.do(t, polSyd, model.Undo{})
	if len(events) != 1 || events[0].Action != model.ActUndo || events[0].Undoes != 3 {
		t.Errorf("events %+v", events)
	}
	if d := same(first, w.efforts[id]); d != "" {
		t.Errorf("after one undo: %s", d)
	}
	w.do(t, polSyd, model.Undo{})
	if d := same(start, w.efforts[id]); d != "" {
		t.Errorf("after two: %s", d)
	}
	_, err := w.try(polSyd, model.Undo{})
	wantNo(t, err, model.Refused, model.NothingToUndo)
	if v := w.efforts[id].Version; v != 5 {
		t.Errorf("version %d: an undo is one more entry", v)
	}
}

func TestUndoIsOnesOwn(t *testing.T) {
	w := newTwin()
	id := w.propose(t, "title", "a")
	w.do(t, polSyd, model.Edit{On: on(id), Fields: edit("title", "b")})
	w.do(t, kfmSyd, model.Edit{On: on(id), Fields: edit("area", "torget")})
	w.do(t, polSyd, model.Undo{})
	if e := w.efforts[id]; e.Title != "a" || e.Area != "torget" {
		t.Errorf("title %q, area %q", e.Title, e.Area)
	}
}

func TestUndoOfEachAction(t *testing.T) {
	active := func(w *twin, t *testing.T) model.EffortID { return w.at(t, model.Active) }
	for name, c := range map[string]func(w *twin, id model.EffortID) model.Command{
		"edit": func(_ *twin, id model.EffortID) model.Command {
			return model.Edit{On: on(id), Fields: edit("codename", "LÄRKA", "review", "2027-01-01")}
		},
		"level": func(_ *twin, id model.EffortID) model.Command {
			return model.Edit{On: on(id), Fields: edit("level", "national", "regions", "NORD")}
		},
		"ask":  func(_ *twin, id model.EffortID) model.Command { return ask(id, "SKV", "AF") },
		"lead": func(_ *twin, id model.EffortID) model.Command { return model.Assign{On: on(id), Lead: "KFM"} },
		"release": func(_ *twin, id model.EffortID) model.Command {
			return model.Release{On: on(id), Agency: "POL", Reason: "x"}
		},
		"dormant": func(_ *twin, id model.EffortID) model.Command { return moveTo(id, model.Dormant) },
		"close":   func(_ *twin, id model.EffortID) model.Command { return moveTo(id, model.Closed) },
		"note":    func(_ *twin, id model.EffortID) model.Command { return model.AddNote{On: on(id), Text: "x"} },
		"measure": func(_ *twin, id model.EffortID) model.Command {
			return model.AddMeasure{On: on(id), Type: model.Safety, Text: "x"}
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newTwin()
			id := active(w, t)
			before := w.efforts[id]
			w.do(t, nuc, c(w, id))
			if name != "note" && same(before, w.efforts[id]) == "" {
				t.Fatal("nothing changed")
			}
			w.do(t, nuc, model.Undo{})
			if d := same(before, w.efforts[id]); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestUndoOfAnEffortTakesItAway(t *testing.T) {
	w := newTwin()
	id := w.propose(t, "codename", "LÄRKA", "region", "NAT", "regions", "SYD, NORD")
	w.do(t, nuc, model.Undo{})
	if w.efforts[id] != nil {
		t.Fatal("it is still there")
	}
	_, err := w.try(nuc, model.AddNote{On: on(id), Text: "x"})
	wantNo(t, err, model.NotFound, model.UnknownEffort)
	// Neither its number nor its name is given again.
	_, err = w.try(nuc, model.Propose{Fields: fields("codename", "LÄRKA")})
	wantNo(t, err, model.Refused, model.CodenameTaken, "effort", string(id))
	if next := w.propose(t, "region", "NAT", "regions", "SYD"); next != "NAT-2026-002" {
		t.Errorf("the next is %s", next)
	}
}

func TestUndoOfAnEffortThatOthersWorkedOn(t *testing.T) {
	for name, c := range map[string]struct {
		work  func(id model.EffortID) model.Command
		field model.Field
	}{
		"note": {func(id model.EffortID) model.Command { return model.AddNote{On: on(id), Text: "x"} }, "note.1"},
		"measure": {func(id model.EffortID) model.Command {
			return model.AddMeasure{On: on(id), Type: model.Safety, Text: "x"}
		}, "measure.1"},
		"ask":   {func(id model.EffortID) model.Command { return ask(id, "POL") }, "agency.POL.mode"},
		"title": {func(id model.EffortID) model.Command { return model.Edit{On: on(id), Fields: edit("title", "x")} }, "title"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newTwin()
			id := w.propose(t)
			w.do(t, kfmSyd, c.work(id))
			_, err := w.try(nuc, model.Undo{})
			wantNo(t, err, model.Conflict, model.UndoChanged, "field", string(c.field), "officer", "kfm-syd")
			w.do(t, kfmSyd, model.Undo{})
			w.do(t, nuc, model.Undo{})
			if w.efforts[id] != nil {
				t.Error("taken back again by the one who did it, nothing stands on it")
			}
		})
	}
}

// TestUndoLeavesNobodyStuck: had the effort gone, kfm-syd could neither undo its edit nor anything before.
func TestUndoLeavesNobodyStuck(t *testing.T) {
	w := newTwin()
	id := w.propose(t, "title", "a")
	w.do(t, kfmSyd, model.Edit{On: on(id), Fields: edit("title", "b")})
	w.do(t, polSyd, model.Edit{On: on(id), Fields: edit("title", "a")})
	_, err := w.try(nuc, model.Undo{})
	no := wantNo(t, err, model.Conflict, model.UndoChanged, "field", "title")
	if len(no.Diffs) != 1 {
		t.Errorf("a field is named once: %+v", no.Diffs)
	}
}

func TestUndoKeepsTheRules(t *testing.T) {
	t.Run("accepted, and made lead since", func(t *testing.T) {
		w := newTwin()
		id := w.propose(t)
		w.do(t, polSyd, ask(id, "KFM"))
		w.do(t, kfmSyd, accept(id, "KFM"))
		w.do(t, polSyd, model.Assign{On: on(id), Lead: "KFM"})
		_, err := w.try(kfmSyd, model.Undo{})
		wantNo(t, err, model.Conflict, model.UndoChanged, "field", "lead", "theirs", "KFM", "officer", "pol-syd")
	})
	t.Run("put in, and made lead since", func(t *testing.T) {
		w := newTwin()
		id := w.propose(t)
		w.do(t, kfmSyd, ask(id, "KFM"))
		w.do(t, polSyd, model.Assign{On: on(id), Lead: "KFM"})
		_, err := w.try(kfmSyd, model.Undo{})
		wantNo(t, err, model.Conflict, model.UndoChanged)
	})
	t.Run("dormant, and no longer joint since", func(t *testing.T) {
		w := newTwin()
		id := w.at(t, model.Active)
		w.do(t, rsrSyd, moveTo(id, model.Dormant))
		w.do(t, kfmSyd, model.Release{On: on(id), Agency: "KFM", Reason: "x"})
		_, err := w.try(rsrSyd, model.Undo{})
		wantNo(t, err, model.Conflict, model.UndoChanged, "field", "agency.KFM.state", "theirs", "released", "officer", "kfm-syd")
	})
	t.Run("dormant when it was not joint any more", func(t *testing.T) {
		w := newTwin()
		id := w.at(t, model.Active)
		w.do(t, kfmSyd, model.Release{On: on(id), Agency: "KFM", Reason: "x"})
		w.do(t, rsrSyd, moveTo(id, model.Dormant))
		w.do(t, rsrSyd, model.Undo{})
		if s := w.efforts[id].Status; s != model.Active {
			t.Errorf("status %s: as it was before", s)
		}
	})
}

func TestAnImportStopsUndo(t *testing.T) {
	w := newTwin()
	id := w.propose(t)
	w.do(t, nuc, model.Import{Rows: []model.Row{row(2)}})
	w.do(t, nuc, model.AddNote{On: on(id), Text: "x"})
	w.do(t, nuc, model.Undo{})
	for range 2 {
		_, err := w.try(nuc, model.Undo{})
		wantNo(t, err, model.Refused, model.UndoImport)
	}
}

// TestUndoTellsWhatStood: an agency that was taken off and asked again meanwhile has been asked since another moment.
func TestUndoTellsWhatStood(t *testing.T) {
	w := newTwin()
	id := w.propose(t)
	w.do(t, nuc, ask(id, "SKV"))
	w.do(t, rsrSyd, model.Assign{On: on(id), Parts: []model.Part{{Agency: "SKV", Off: true, Reason: "fel"}}})
	w.do(t, rsrSyd, ask(id, "SKV"))
	before := w.efforts[id]
	w.do(t, nuc, model.Undo{})
	ev := w.journal[len(w.journal)-1]
	for _, c := range ev.Changes {
		if was := before.Get(c.Field); c.Old != was || was == "" {
			t.Errorf("%s: %q stood, the journal says %q", c.Field, was, c.Old)
		}
	}
	if len(w.efforts[id].Assignments) != 0 || len(ev.Changes) < 3 {
		t.Errorf("%+v, %+v", w.efforts[id].Assignments, ev.Changes)
	}
}

// TestUndoOfWhatOthersLeftOfAnEdit: fields that say nothing of each other can be taken back one without the other.
func TestUndoOfWhatOthersLeftOfAnEdit(t *testing.T) {
	w := newTwin()
	id := w.propose(t, "title", "a", "area", "b")
	w.do(t, polSyd, model.Edit{On: on(id), Fields: edit("title", "c", "area", "d")})
	w.do(t, rsrSyd, model.Edit{On: on(id), Fields: edit("title", "e")})
	_, err := w.try(polSyd, model.Undo{})
	wantNo(t, err, model.Conflict, model.UndoChanged)
	w.do(t, polSyd, model.Undo{Rest: true})
	if e := w.efforts[id]; e.Title != "e" || e.Area != "b" {
		t.Errorf("%s, %s", e.Title, e.Area)
	}
	// Level and regions go together.
	w.do(t, nuc, model.Edit{On: on(id), Fields: edit("level", "national", "regions", "SYD, NORD")})
	w.do(t, officer("other", "POL", model.NationalRole), model.Edit{On: on(id), Fields: edit("regions", "SYD, OST")})
	_, err = w.try(nuc, model.Undo{Rest: true})
	wantNo(t, err, model.Conflict, model.UndoChanged)
}

// TestUndoOfARequestThatWasDeclinedAndMadeAgain: it looks as it did, but another's request rests on it.
func TestUndoOfARequestThatWasDeclinedAndMadeAgain(t *testing.T) {
	w := newTwin()
	id := w.propose(t)
	w.do(t, polSyd, ask(id, "SKV"))
	w.do(t, officer("skv-syd", "SKV", model.Liaison, "SYD"), model.Answer{On: on(id), Agency: "SKV", Reason: "inga resurser"})
	w.do(t, kfmSyd, ask(id, "SKV"))
	_, err := w.try(polSyd, model.Undo{})
	wantNo(t, err, model.Conflict, model.UndoChanged)
	w.do(t, kfmSyd, model.Undo{})
	if a := w.efforts[id].Assignment("SKV"); a.State != model.Declined || a.Reason != "inga resurser" {
		t.Errorf("%+v", a)
	}
}
