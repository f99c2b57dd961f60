package model_test

import (
	"slices"
	"testing"

	"board.internal/samverkan/model"
)

func TestOutcomesAreLoggedForADay(t *testing.T) {
	w := newTwin()
	id := w.propose(t)
	w.joint(t, id)
	c := model.AddOutcome{On: on(id), Measure: "assets_attached_sek", Milli: 1_200_000_000}
	w.do(t, kfmSyd, c)
	c.Date, c.Agency, c.Milli = day("2026-11-01"), "KFM", 10_000_000_000_000
	w.do(t, rsrSyd, c)
	c.Date, c.Milli, c.Reason = 0, -10_000_000_000_000, "fel insats"
	w.do(t, rsrSyd, c)
	w.do(t, nuc, model.AddOutcome{On: on(id), Measure: "narcotics_kg", Milli: 12_255}) // of no agency, as nuc has none
	want := []model.Outcome{
		{N: 1, Agency: "KFM", Measure: "assets_attached_sek", Milli: 1_200_000_000, Date: day("2026-11-20"), By: "kfm-syd"},
		{N: 2, Agency: "KFM", Measure: "assets_attached_sek", Milli: 10_000_000_000_000, Date: day("2026-11-01"), By: "rsr-syd"},
		{N: 3, Agency: "KFM", Measure: "assets_attached_sek", Milli: -10_000_000_000_000, Date: day("2026-11-20"), By: "rsr-syd"},
		{N: 5, Measure: "narcotics_kg", Milli: 12_255, Date: day("2026-11-20"), By: "nuc"},
	}
	if got := w.efforts[id].Outcomes; !slices.Equal(got, want) {
		t.Errorf("outcomes %+v", got)
	}
	corrected := w.journal[len(w.journal)-2]
	if notes := corrected.Notes(); len(notes) != 1 || notes[0].Text != "fel insats" || notes[0].N != 4 || corrected.Action != model.ActOutcome {
		t.Errorf("why it was corrected is a note: %+v", corrected)
	}
	before := w.efforts[id]
	w.do(t, rsrSyd, model.Undo{})
	if e := w.efforts[id]; len(e.Outcomes) != 3 || e.Notes != 0 {
		t.Errorf("after undo %+v, %d notes", e.Outcomes, e.Notes)
	}
	w.do(t, rsrSyd, model.Redo{})
	if d := same(before, w.efforts[id]); d != "" {
		t.Errorf("after redo %s", d)
	}
}

// TestTheJournalSaysWhoseAnOutcomeIs: beside its line, which is written as it always was.
func TestTheJournalSaysWhoseAnOutcomeIs(t *testing.T) {
	w := newTwin()
	id := w.propose(t)
	for _, c := range []struct {
		actor  model.Actor
		change []model.Change
		of     model.AgencyCode
	}{
		{kfmSyd, []model.Change{{Field: "outcome.1", New: "weapons_seized 3 2026-11-20"}, {Field: "outcome.1.agency", New: "KFM"}, {Field: "outcome.1.by", New: "kfm-syd"}}, "KFM"},
		{nuc, []model.Change{{Field: "outcome.2", New: "weapons_seized 3 2026-11-20"}, {Field: "outcome.2.by", New: "nuc"}}, ""},
	} {
		ev := w.do(t, c.actor, model.AddOutcome{On: on(id), Measure: "weapons_seized", Milli: 3_000})[0]
		if !slices.Equal(ev.Changes, c.change) || ev.AgencyOf(c.change[0].Field) != c.of {
			t.Errorf("%s: %+v, of %q", c.actor.Officer, ev.Changes, ev.AgencyOf(c.change[0].Field))
		}
		back := w.do(t, c.actor, model.Undo{})[0]
		if back.AgencyOf(c.change[0].Field) != c.of {
			t.Errorf("%s takes back one of %q", c.actor.Officer, back.AgencyOf(c.change[0].Field))
		}
		w.do(t, c.actor, model.Redo{})
	}
	if hours := w.do(t, kfmSyd, model.AddHours{On: on(id), Agency: "KFM", Centi: 25})[0]; hours.AgencyOf("hours.3") != "KFM" || hours.AgencyOf("hours.4") != "" {
		t.Errorf("hours %+v", hours.Changes)
	}
}

// TestFollowUpInEveryStatus: hours and outcomes come when they come, years after closing too.
func TestFollowUpInEveryStatus(t *testing.T) {
	for _, s := range model.Statuses() {
		w := newTwin()
		id := w.at(t, s)
		w.now = w.now.AddDate(3, 0, 0)
		w.do(t, kfmSyd, model.AddHours{On: on(id), Agency: "KFM", Centi: 25, Date: day("2026-12-01")})
		w.do(t, kfmSyd, model.AddOutcome{On: on(id), Measure: "prison_years", Milli: 2_500, Date: day("2029-11-01")})
		if e := w.efforts[id]; len(e.Hours) != 1 || len(e.Outcomes) != 1 || e.Status != s {
			t.Errorf("%s: %+v", s, e.Followup)
		}
	}
}

// TestTwoLogAtOnce: what is added stands beside what others added, whatever its writer had seen.
func TestTwoLogAtOnce(t *testing.T) {
	w := newTwin()
	id := w.propose(t)
	seen := model.On{Effort: id, Seen: 1}
	for _, who := range []model.Actor{kfmSyd, polSyd} {
		w.do(t, who, model.AddOutcome{On: seen, Measure: "weapons_seized", Milli: 3_000})
		w.do(t, who, model.AddHours{On: seen, Agency: who.Agency, Centi: 1_00})
	}
	w.do(t, kfmSyd, model.Undo{})
	w.do(t, kfmSyd, model.Undo{})
	if e := w.efforts[id]; len(e.Outcomes) != 1 || e.Outcomes[0].Agency != "POL" || len(e.Hours) != 1 {
		t.Errorf("%+v", e.Followup)
	}
}

func TestUnits(t *testing.T) {
	for _, u := range model.Units() {
		b, _ := u.MarshalText()
		var got model.Unit
		if err := got.UnmarshalText(b); err != nil || got != u || u.Decimals() > 3 {
			t.Errorf("%s: %v, %v", u, got, err)
		}
	}
}
