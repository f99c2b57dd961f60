package model_test

import (
	"errors"
	"reflect"
	"testing"

	"board.internal/samverkan/model"
)

// three proposes three efforts, the third of which is rejected.
func three(t *testing.T, w *twin) (ids [3]model.EffortID) {
	t.Helper()
	for i := range ids {
		ids[i] = w.propose(t)
	}
	w.do(t, nuc, moveTo(ids[2], model.Rejected))
	return ids
}

func together(rest bool, commands ...model.OnEffort) model.Together {
	return model.Together{Commands: commands, Rest: rest}
}

// refusalsOf checks that err is the refusals of these efforts.
func refusalsOf(t *testing.T, err error, why model.Why, ids ...model.EffortID) {
	t.Helper()
	var no model.Refusals
	if !errors.As(err, &no) || len(no) != len(ids) {
		t.Fatalf("%v, want %d refusals", err, len(ids))
	}
	for i, r := range no {
		if r.Effort != ids[i] || !model.Is(r.Err, why) {
			t.Errorf("refusal %d: %s %v, want %s %s", i, r.Effort, r.Err, ids[i], why)
		}
	}
	if !model.Is(err, why) || model.FaultOf(err) == 0 {
		t.Errorf("all of it is not like the first: %v", err)
	}
}

func TestTogether(t *testing.T) {
	for name, c := range map[string]struct {
		command func(ids [3]model.EffortID) model.Together
		done    []int // the efforts with KFM asked
		refused []int
	}{
		"none": {func(ids [3]model.EffortID) model.Together { return together(false) }, nil, nil},
		"all of them": {func(ids [3]model.EffortID) model.Together {
			return together(false, ask(ids[0], "KFM"), ask(ids[1], "KFM"))
		}, []int{0, 1}, nil},
		"one is refused": {func(ids [3]model.EffortID) model.Together {
			return together(false, ask(ids[2], "KFM"), ask(ids[0], "KFM"))
		}, nil, []int{2}},
		"the rest": {func(ids [3]model.EffortID) model.Together {
			return together(true, ask(ids[2], "KFM"), ask(ids[0], "KFM"), ask(ids[1], "KFM"))
		}, []int{0, 1}, nil},
		"no rest is left": {func(ids [3]model.EffortID) model.Together {
			return together(true, ask(ids[2], "KFM"), ask(ids[2], "SKV"))
		}, nil, []int{2, 2}},
		"the rest of nobody": {func(ids [3]model.EffortID) model.Together { return together(true) }, nil, nil},
		"a part of one": {func(ids [3]model.EffortID) model.Together {
			return together(true, ask(ids[0], "KFM"), ask(ids[1], "KFM", "X"))
		}, []int{0}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			w := newTwin()
			ids := three(t, w)
			before := map[model.EffortID]*model.Effort{}
			for id, e := range w.efforts {
				before[id] = e
			}
			events, err := w.try(polSyd, c.command(ids))
			if c.refused != nil {
				var want []model.EffortID
				for _, i := range c.refused {
					want = append(want, ids[i])
				}
				refusalsOf(t, err, model.EffortClosed, want...)
			} else if err != nil {
				t.Fatal(err)
			}
			if len(events) != len(c.done) {
				t.Fatalf("%d events", len(events))
			}
			for i, n := range c.done {
				if events[i].Effort != ids[n] || w.efforts[ids[n]].Assignment("KFM").State != model.Asked {
					t.Errorf("%s: %+v", ids[n], events[i])
				}
			}
			if len(c.done) == 0 {
				if !reflect.DeepEqual(before, w.efforts) {
					t.Error("something was done all the same")
				}
				return
			}
			w.do(t, polSyd, model.Undo{}) // once, for all of it
			for id, e := range w.efforts {
				if d := same(before[id], e); d != "" {
					t.Errorf("%s after undo: %s", id, d)
				}
			}
		})
	}
}

func TestTogetherGoesOnFromItself(t *testing.T) {
	w := newTwin()
	id := w.propose(t, "title", "a")
	before := w.efforts[id]
	seen := model.On{Effort: id, Seen: 1}
	w.do(t, polSyd, together(false,
		model.Edit{On: seen, Fields: edit("title", "b")},
		model.Edit{On: seen, Fields: edit("title", "c")}, // its own change is none of somebody else
		ask(id, "POL", "KFM"),
		model.Assign{On: seen, Lead: "POL"},
		model.AddNote{On: seen, Text: "x"}, model.AddNote{On: seen, Text: "y"}))
	if e := w.efforts[id]; e.Title != "c" || e.Lead() != "POL" || e.Notes != 2 || e.Version != 7 {
		t.Errorf("%+v", e)
	}
	w.do(t, polSyd, model.Undo{})
	if d := same(before, w.efforts[id]); d != "" {
		t.Error(d)
	}
}

func TestTogetherTellsOfConflicts(t *testing.T) {
	w := newTwin()
	first, second := w.propose(t, "title", "a"), w.propose(t, "title", "a")
	w.do(t, kfmSyd, model.Edit{On: on(second), Fields: edit("title", "b")})
	seen := func(id model.EffortID) model.Edit {
		return model.Edit{On: model.On{Effort: id, Seen: 1}, Fields: edit("title", "c")}
	}
	_, err := w.try(polSyd, together(false, seen(first), seen(second)))
	refusalsOf(t, err, model.Changed, second)
	w.do(t, polSyd, together(true, seen(first), seen(second)))
	if w.efforts[first].Title != "c" || w.efforts[second].Title != "b" {
		t.Errorf("titles %q, %q", w.efforts[first].Title, w.efforts[second].Title)
	}
}

// Four efforts on which KFM was asked together; on two of them it has answered since.
func answeredTwo(t *testing.T) (w *twin, ids [4]model.EffortID) {
	t.Helper()
	w = newTwin()
	var c model.Together
	for i := range ids {
		ids[i] = w.propose(t)
		c.Commands = append(c.Commands, ask(ids[i], "KFM"))
	}
	w.do(t, polSyd, c)
	w.do(t, kfmSyd, accept(ids[1], "KFM"))
	w.do(t, rsrSyd, model.Answer{On: on(ids[2]), Agency: "KFM", Reason: "inga resurser"})
	return w, ids
}

func TestUndoOfABulkActionThatOthersAnswered(t *testing.T) {
	w, ids := answeredTwo(t)
	_, err := w.try(polSyd, model.Undo{})
	no := wantNo(t, err, model.Conflict, model.UndoChanged)
	told := map[model.Diff]bool{}
	for _, d := range no.Diffs {
		if told[d] {
			t.Errorf("told twice: %+v", d)
		}
		told[d] = true
	}
	declined := model.StampOf(w.now.Add(-60e9)) // a minute before this undo
	for _, want := range []model.Diff{
		{Field: "agency.KFM.state", Mine: "asked", Theirs: "accepted", Officer: "kfm-syd", At: declined - 60, Effort: ids[1]},
		{Field: "agency.KFM.state", Mine: "asked", Theirs: "declined", Officer: "rsr-syd", At: declined, Effort: ids[2]},
	} {
		if !told[want] {
			t.Errorf("%+v is not among %+v", want, no.Diffs)
		}
	}
	if len(no.Diffs) != 2 {
		t.Errorf("diffs %+v", no.Diffs)
	}
	for _, id := range ids {
		if len(w.efforts[id].Assignments) != 1 {
			t.Errorf("%s: something was taken back", id)
		}
	}
}

func TestTheRestOfABulkActionIsTakenBackAndDoneAgain(t *testing.T) {
	w, ids := answeredTwo(t)
	states := func() (s [4]model.State) {
		for i, id := range ids {
			s[i] = w.efforts[id].Assignment("KFM").State
		}
		return s
	}
	if events := w.do(t, polSyd, model.Undo{Rest: true}); len(events) != 2 {
		t.Errorf("%d events", len(events))
	}
	taken := [4]model.State{0, model.Accepted, model.Declined, 0}
	if got := states(); got != taken {
		t.Errorf("%v", got)
	}
	_, err := w.try(polSyd, model.Undo{Rest: true})
	wantNo(t, err, model.Refused, model.NothingToUndo)
	w.do(t, polSyd, model.Redo{}) // what was not taken back is not done again
	if got := states(); got != [4]model.State{model.Asked, model.Accepted, model.Declined, model.Asked} {
		t.Errorf("%v", got)
	}
	w.do(t, polSyd, model.Undo{})
	w.do(t, kfmSyd, ask(ids[0], "KFM"))
	_, err = w.try(polSyd, model.Redo{})
	wantNo(t, err, model.Conflict, model.UndoChanged, "effort", string(ids[0]), "officer", "kfm-syd")
	w.do(t, polSyd, model.Redo{Rest: true})
	if got := states(); got != [4]model.State{model.Accepted, model.Accepted, model.Declined, model.Asked} {
		t.Errorf("%v", got)
	}
}

func TestNoRestIsAConflict(t *testing.T) {
	w := newTwin()
	id := w.propose(t)
	w.do(t, polSyd, together(false, ask(id, "KFM")))
	w.do(t, kfmSyd, accept(id, "KFM"))
	_, err := w.try(polSyd, model.Undo{Rest: true})
	wantNo(t, err, model.Conflict, model.UndoChanged, "officer", "kfm-syd")
}

// TestTheRestIsTakenBackAgencyByAgency: of an asking that one agency has answered, the other's question can still be
// taken back; a status and what it needs go together or not at all.
func TestTheRestIsTakenBackAgencyByAgency(t *testing.T) {
	w := newTwin()
	id := w.propose(t)
	w.do(t, polSyd, model.Assign{On: on(id), Parts: []model.Part{{Agency: "KFM"}, {Agency: "SKV"}}, Partners: []model.PartnerPart{{Name: "kommunen"}}})
	w.do(t, kfmSyd, model.Answer{On: on(id), Agency: "KFM", Accept: true, Mode: model.Remote})
	_, err := w.try(polSyd, model.Undo{})
	no := wantNo(t, err, model.Conflict, model.UndoChanged, "officer", "kfm-syd")
	if groups := no.Subjects(); len(groups) != 1 || len(groups[0]) != 2 {
		t.Errorf("state and mode are one thing: %+v", no.Diffs)
	}
	w.do(t, polSyd, model.Undo{Rest: true})
	e := w.efforts[id]
	if e.Assignment("KFM").State != model.Accepted || e.Assignment("KFM").Mode != model.Remote || e.Assignment("SKV").State != 0 || len(e.Partners) > 0 {
		t.Errorf("%+v, %v", e.Assignments, e.Partners)
	}
	w.do(t, polSyd, model.Redo{})
	if e := w.efforts[id]; e.Assignment("SKV").State != model.Asked || len(e.Partners) != 1 || e.Assignment("KFM").Mode != model.Remote {
		t.Errorf("done again: %+v, %v", e.Assignments, e.Partners)
	}

	id = w.at(t, model.Active)
	w.do(t, nuc, moveTo(id, model.Dormant))
	w.do(t, rsrSyd, moveTo(id, model.Active))
	before := w.efforts[id]
	_, err = w.try(nuc, model.Undo{Rest: true})
	wantNo(t, err, model.Conflict, model.UndoChanged, "officer", "rsr-syd")
	if w.efforts[id] != before {
		t.Error("half a status was taken back")
	}
}

// TestWhatIsLeftOfAnUndoneAskingIsWork: had the proposal gone, the request that stands on it would have gone with it.
func TestWhatIsLeftOfAnUndoneAskingIsWork(t *testing.T) {
	w := newTwin()
	id := w.do(t, rsrSyd, model.Propose{Fields: fields()})[0].Effort
	w.do(t, nuc, ask(id, "KFM", "SKV"))
	w.do(t, kfmSyd, model.Answer{On: on(id), Agency: "KFM", Reason: "nej"})
	w.do(t, nuc, model.Undo{Rest: true})
	w.do(t, kfmSyd, model.Undo{})
	if s := w.efforts[id].Assignment("KFM").State; s != model.Asked {
		t.Fatalf("KFM %s", s)
	}
	_, err := w.try(rsrSyd, model.Undo{})
	wantNo(t, err, model.Conflict, model.UndoChanged, "officer", "nuc")
}

// TestAnUndoIsOfWhatWasShown: what an officer has been shown and agreed to is undone, and nothing that came after.
func TestAnUndoIsOfWhatWasShown(t *testing.T) {
	w := newTwin()
	id := w.propose(t, "title", "a")
	shown := w.do(t, polSyd, model.Edit{On: on(id), Fields: edit("title", "b")})[0].Seq
	w.do(t, polSyd, model.AddNote{On: on(id), Text: "x"})
	_, err := w.try(polSyd, model.Undo{Of: shown})
	wantNo(t, err, model.Refused, model.UndoOther, "officer", "pol-syd")
	undone := w.do(t, polSyd, model.Undo{Of: shown + 1})[0].Seq
	w.do(t, polSyd, model.Undo{Of: shown})
	_, err = w.try(polSyd, model.Redo{Of: undone})
	wantNo(t, err, model.Refused, model.UndoOther)
	w.do(t, polSyd, model.Redo{Of: undone + 1})
	if e := w.efforts[id]; e.Title != "b" || e.Notes != 0 {
		t.Errorf("%q, %d notes", e.Title, e.Notes)
	}
}

// TestAnAgencyThatHasLeftCanStillSayNo, and nothing else.
func TestAnAgencyThatHasLeftCanStillSayNo(t *testing.T) {
	w := newTwin()
	id := w.propose(t)
	w.do(t, nuc, ask(id, "KFM"))
	w.cat.Agency("KFM").To = day("2026-01-01")
	_, err := w.try(kfmSyd, accept(id, "KFM"))
	wantNo(t, err, model.Refused, model.NotMember, "agency", "KFM")
	w.do(t, kfmSyd, model.Answer{On: on(id), Agency: "KFM", Reason: "inte längre med"})
}

// TestTogetherTakesOffNoMoreThanThereIs: of two corrections of the same hours the second sees what the first has left.
func TestTogetherTakesOffNoMoreThanThereIs(t *testing.T) {
	w := newTwin()
	id, other := w.propose(t), w.propose(t)
	off := func(id model.EffortID, centi int32) model.OnEffort {
		return model.AddHours{On: on(id), Agency: "KFM", Centi: -centi, Reason: "fel"}
	}
	for _, id := range []model.EffortID{id, other} {
		w.do(t, kfmSyd, model.AddHours{On: on(id), Agency: "KFM", Centi: 4_00})
	}
	_, err := w.try(kfmSyd, together(false, off(other, 1_00), off(id, 3_00), off(id, 1_01)))
	refusalsOf(t, err, model.HoursLeft, id)
	if a, b := w.efforts[id].Worked("KFM", 2026), w.efforts[other].Worked("KFM", 2026); a != 4_00 || b != 4_00 {
		t.Errorf("a refused correction has left %d and %d", a, b)
	}
	w.do(t, kfmSyd, together(false, off(other, 1_00), off(id, 3_00), off(id, 1_00)))
	if a, b := w.efforts[id].Worked("KFM", 2026), w.efforts[other].Worked("KFM", 2026); a != 0 || b != 3_00 {
		t.Errorf("corrections have left %d and %d", a, b)
	}
}
