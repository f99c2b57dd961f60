package model_test

import (
	"testing"

	"pgregory.net/rapid"

	"board.internal/samverkan/model"
)

// TestNoYearIsBelowNothing: whatever is logged and taken off, undone and redone, on days of two years and by whomever, no agency has less than
// no hours or outcomes in a year.
func TestNoYearIsBelowNothing(t *testing.T) {
	agencies := []model.AgencyCode{"", "POL", "KFM"}
	dates := []model.Day{day("2025-12-20"), day("2025-12-31"), day("2026-01-01"), 0}
	rapid.Check(t, func(t *rapid.T) {
		w := startingTwin(t)
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			n, agency, date := rapid.Int32Range(-3, 3).Draw(t, "n"), rapid.SampledFrom(agencies).Draw(t, "agency"), rapid.SampledFrom(dates).Draw(t, "date")
			var c model.Command = model.AddHours{On: on("SYD-2020-001"), Agency: agency, Centi: n * 100, Date: date, Reason: "x"}
			if rapid.Bool().Draw(t, "outcome") {
				c = model.AddOutcome{On: on("SYD-2020-001"), Measure: "weapons_seized", Agency: agency, Milli: int64(n) * 1000, Date: date, Reason: "x"}
			}
			actor := rapid.SampledFrom([]model.Actor{nuc, rsrSyd}).Draw(t, "actor")
			switch rapid.IntRange(0, 5).Draw(t, "back") {
			case 0:
				c = model.Undo{}
			case 1:
				c = model.Redo{}
			}
			_, _ = w.try(actor, c)
		}
		e := w.efforts["SYD-2020-001"]
		for _, agency := range agencies {
			for _, year := range []int{2025, 2026} {
				if h, o := e.Worked(agency, year), e.AchievedBy("weapons_seized", agency, year); h < 0 || o < 0 {
					t.Fatalf("%q has %d hundredths of an hour and %d thousandths in %d", agency, h, o, year)
				}
			}
		}
	})
}

// TestUndoOfWhatOthersTookOff: hours and outcomes that others have corrected stay, as less than none would be left.
func TestUndoOfWhatOthersTookOff(t *testing.T) {
	for name, c := range map[string]struct {
		add, off func(id model.EffortID) model.Command
		field    string
	}{
		"hours": {func(id model.EffortID) model.Command { return model.AddHours{On: on(id), Agency: "KFM", Centi: 8_00} },
			func(id model.EffortID) model.Command {
				return model.AddHours{On: on(id), Agency: "KFM", Centi: -3_00, Reason: "x"}
			}, "hours.2"},
		"outcome": {func(id model.EffortID) model.Command {
			return model.AddOutcome{On: on(id), Measure: "weapons_seized", Agency: "KFM", Milli: 8_000}
		}, func(id model.EffortID) model.Command {
			return model.AddOutcome{On: on(id), Measure: "weapons_seized", Agency: "KFM", Milli: -3_000, Reason: "x"}
		}, "outcome.2"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newTwin()
			id := w.propose(t)
			w.do(t, nuc, c.add(id))
			w.do(t, kfmSyd, c.off(id))
			_, err := w.try(nuc, model.Undo{})
			wantNo(t, err, model.Conflict, model.UndoChanged, "field", c.field, "officer", "kfm-syd")
			w.do(t, kfmSyd, model.Undo{})
			w.do(t, nuc, model.Undo{})
			_, err = w.try(kfmSyd, model.Redo{})
			wantNo(t, err, model.Conflict, model.UndoChanged, "officer", "nuc")
			w.do(t, nuc, model.Redo{})
			w.do(t, kfmSyd, model.Redo{})
		})
	}
}
