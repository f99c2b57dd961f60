package model_test

import (
	"slices"
	"testing"

	"board.internal/samverkan/model"
)

func TestHoursAreLoggedForADay(t *testing.T) {
	w := newTwin()
	id := w.propose(t)
	w.joint(t, id)
	hours := model.AddHours{On: on(id), Agency: "KFM", Centi: 7_50}
	w.do(t, kfmSyd, hours)
	hours.Date, hours.Centi = day("2026-10-01"), 2000_00
	w.do(t, kfmSyd, hours)
	hours.Date, hours.Centi, hours.Reason = 0, -2000_00, "fel insats"
	w.do(t, rsrSyd, hours)
	want := []model.Hours{
		{N: 1, Agency: "KFM", Centi: 7_50, Date: day("2026-11-20"), By: "kfm-syd"},
		{N: 2, Agency: "KFM", Centi: 2000_00, Date: day("2026-10-01"), By: "kfm-syd"},
		{N: 3, Agency: "KFM", Centi: -2000_00, Date: day("2026-11-20"), By: "rsr-syd"},
	}
	if got := w.efforts[id].Hours; !slices.Equal(got, want) {
		t.Errorf("hours %+v", got)
	}
	last := w.journal[len(w.journal)-1]
	if notes := last.Notes(); len(notes) != 1 || notes[0].Text != "fel insats" || notes[0].N != 4 || last.Action != model.ActHours {
		t.Errorf("why they were corrected is a note: %+v", last)
	}
	before := w.efforts[id]
	w.do(t, rsrSyd, model.Undo{})
	if e := w.efforts[id]; len(e.Hours) != 2 || e.Notes != 0 {
		t.Errorf("after undo %+v, %d notes", e.Hours, e.Notes)
	}
	w.do(t, rsrSyd, model.Redo{})
	if d := same(before, w.efforts[id]); d != "" {
		t.Errorf("after redo %s", d)
	}
}

func TestHoursAreAddedAfterClosing(t *testing.T) {
	w := newTwin()
	id := w.at(t, model.FollowedUp)
	w.do(t, kfmSyd, model.AddHours{On: on(id), Agency: "KFM", Centi: 25})
	if h := w.efforts[id].Hours; len(h) != 1 || h[0].Centi != 25 {
		t.Errorf("hours %+v", h)
	}
}
