package model_test

import (
	"slices"
	"testing"
	"time"

	"board.internal/samverkan/model"
)

// shift sums up an officer's shift from the twin's whole journal.
func (w *twin) shift(who model.Actor, region model.RegionCode, since time.Time) model.Shift {
	b := model.BoardOf(w.cat, 0, 0, openOf(w), registerOf(w))
	return model.ShiftOf(b, who, region, model.StampOf(since), w.cat.Today(model.StampOf(w.now)), w.journal,
		func(id model.EffortID) *model.Effort { return w.efforts[id] })
}

func openOf(w *twin) (open []*model.Effort) {
	for _, e := range w.efforts {
		if e.Open() {
			open = append(open, e)
		}
	}
	return open
}

func registerOf(w *twin) (entries []model.Entry) {
	for k, v := range w.register {
		entries = append(entries, model.Entry{EntryKey: k, Value: v})
	}
	return entries
}

func TestAShiftSaysOfEachEffortOnceWhatHasBecomeOfIt(t *testing.T) {
	w := newTwin()
	id := w.propose(t, "title", "a")
	north := w.propose(t, "region", "NORD", "codename", "ÄLG")
	begin := w.now.Add(time.Second)
	w.do(t, nuc, model.Edit{On: on(id), Fields: edit("title", "b", "area", "torget")})
	w.do(t, rsrSyd, model.Edit{On: on(id), Fields: edit("title", "c", "area", "")})
	w.do(t, polSyd, model.Edit{On: on(id), Fields: edit("crime", "my own doing")})
	w.do(t, nuc, model.Edit{On: on(north), Fields: edit("title", "d")})
	s := w.shift(polSyd, "SYD", begin)
	if len(s.Changed) != 1 {
		t.Fatalf("%+v", s.Changed)
	}
	c := s.Changed[0]
	want := model.Change{Field: "title", Old: "a", New: "c"}
	if c.Effort.ID != id || c.By != rsrSyd.Officer || c.Others != 1 || len(c.Event.Changes) != 1 || c.Event.Changes[0] != want {
		t.Errorf("%+v", c)
	}
	if s := w.shift(nuc, "NAT", begin); len(s.Changed) != 1 || s.Changed[0].Effort.ID != id {
		t.Errorf("the country's desk sees every region, without one's own doing: %+v", s.Changed)
	}
	if s := w.shift(polSyd, "SYD", w.now.Add(time.Second)); len(s.Changed) != 0 {
		t.Errorf("before the shift: %+v", s.Changed)
	}
	w.do(t, nuc, model.Edit{On: on(id), Fields: edit("title", "a")})
	if s := w.shift(polSyd, "SYD", begin); len(s.Changed) != 0 {
		t.Errorf("there and back: %+v", s.Changed)
	}
}

func TestAShiftTellsLateFromWaitingAndLooksAhead(t *testing.T) {
	w := newTwin()
	late := w.propose(t, "codename", "SEN", "review", "2026-11-01")
	soon := w.propose(t, "codename", "SNART", "review", "2026-11-27")
	w.propose(t, "codename", "LÅNGT", "review", "2026-11-28")
	s := w.shift(rsrSyd, "SYD", w.now)
	if len(s.Overdue) != 1 || s.Overdue[0].Effort.ID != late || s.Overdue[0].Why != model.WaitReview {
		t.Errorf("overdue %+v", s.Overdue)
	}
	if len(s.Waiting) != 3 || len(s.Next) != 1 || s.Next[0].Effort.ID != soon || s.Next[0].Day != day("2026-11-27") {
		t.Errorf("waiting %+v, next %+v", s.Waiting, s.Next)
	}
	w.do(t, rsrSyd, model.Postpone{Waits: []model.WaitKey{s.Overdue[0].Key()}, Until: day("2026-11-24")})
	s = w.shift(rsrSyd, "SYD", w.now)
	if len(s.Overdue) != 0 || len(s.Next) != 2 || s.Next[0].Effort.ID != late || s.Next[0].Day != day("2026-11-24") {
		t.Errorf("put aside: overdue %+v, next %+v", s.Overdue, s.Next)
	}
	if s := w.shift(skvNord, "NORD", w.now); len(s.Waiting)+len(s.Overdue)+len(s.Next) != 0 {
		t.Errorf("another desk: %+v", s)
	}
	if s := w.shift(wall, "SYD", w.now); len(s.Waiting) != 0 || len(s.Overdue) != 1 || len(s.Next) != 1 {
		t.Errorf("a viewer has no inbox, and sees what is late: %+v", s)
	}
}

// TestWhatIsLateIsTheDesks: also what waits for somebody else, as an answer that another agency owes.
func TestWhatIsLateIsTheDesks(t *testing.T) {
	w := newTwin()
	id := w.propose(t)
	w.do(t, polSyd, ask(id, "SKV"))
	w.now = w.now.Add(30 * 24 * time.Hour)
	late := func(s model.Shift) bool {
		return slices.ContainsFunc(s.Overdue, func(x model.Waiting) bool { return x.Why == model.WaitUnanswered && x.Agency == "SKV" })
	}
	for _, who := range []model.Actor{kfmSyd, rsrSyd, wall} {
		if s := w.shift(who, "SYD", w.now); !late(s) || len(s.Overdue) != 1 {
			t.Errorf("%s: %+v", who.Officer, s.Overdue)
		}
	}
	if s := w.shift(officer("skv-syd", "SKV", model.Liaison, "SYD"), "SYD", w.now); late(s) || len(s.Waiting) != 1 {
		t.Errorf("what one is to answer oneself: %+v, %+v", s.Waiting, s.Overdue)
	}
}

// TestImportantNotesOfAShift: those of the desk that still stand, whoever wrote them.
func TestImportantNotesOfAShift(t *testing.T) {
	w := newTwin()
	begin := w.now
	id, north := w.propose(t), w.propose(t, "region", "NORD")
	for _, text := range []string{"one", "two"} {
		w.do(t, polSyd, model.AddNote{On: on(id), Text: text, Important: true})
	}
	w.do(t, nuc, model.AddNote{On: on(north), Text: "north", Important: true})
	if s := w.shift(polSyd, "SYD", begin); len(s.Important) != 2 || s.Important[0].Text != "two" {
		t.Errorf("%+v", s.Important)
	}
	w.do(t, polSyd, model.Undo{})
	if s := w.shift(kfmSyd, "SYD", begin); len(s.Important) != 1 || s.Important[0].Text != "one" || s.Important[0].Effort.ID != id {
		t.Errorf("%+v", s.Important)
	}
}
