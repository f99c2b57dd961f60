package model_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"board.internal/samverkan/model"
)

// dump is all that a board says of its efforts.
func dump(b *model.Board) string {
	var all []string
	for e := range b.All() {
		d := model.Decision{}
		if e.Decision != nil {
			d = *e.Decision
		}
		all = append(all, fmt.Sprintf("%s %q %q %q %q %q %q %v %v v%d %v", e.ID, e.Codename, e.Title, e.Area, e.Crime, e.Reason, e.Outcome, d, e.Assignments, e.Version, e.Focus))
	}
	slices.Sort(all)
	return strings.Join(all, "\n")
}

// TestVeilFollows: the board under a veil, made step by step, is the one made at once, says no secret, and counts what
// the whole one counts.
func TestVeilFollows(t *testing.T) {
	cat := catalogue()
	v := model.Veil{Focus: model.Individuals}
	rapid.Check(t, func(t *rapid.T) {
		whole := model.NewBoard(cat)
		shown := v.Board(whole)
		for seq := range rapid.IntRange(1, 12).Draw(t, "steps") {
			step := model.Step{Seq: uint64(seq + 1), Efforts: map[model.EffortID]*model.Effort{}}
			changed := map[model.EffortID]bool{}
			for range rapid.IntRange(0, 4).Draw(t, "changes") {
				e := made(rapid.IntRange(1, 8).Draw(t, "n"), func(e *model.Effort) {
					e.Version = uint32(seq)
					e.Codename, e.Title, e.Area, e.Crime, e.Reason, e.Outcome = "HEMLIG", "hemlig", "hemlig", "hemlig", "hemlig", "hemlig"
					e.Decision = &model.Decision{Decider: "hemlig", Reference: "hemlig"}
					e.Assignments = []model.Assignment{{Agency: "POL", State: model.Declined, Reason: "hemlig"}}
					e.Focus = rapid.SampledFrom([]model.FocusCode{model.Individuals, model.CrimeAreas}).Draw(t, "focus")
					if rapid.Bool().Draw(t, "ended") {
						e.Status = model.Closed
					}
				})
				step.Efforts[e.ID], changed[e.ID] = e, true
			}
			now := whole.With(step)
			for id, e := range now.Since(whole) {
				if !changed[id] || e != now.Effort(id) {
					t.Fatalf("%s did not change", id)
				}
				delete(changed, id)
			}
			for id := range changed {
				if now.Effort(id) != whole.Effort(id) {
					t.Fatalf("%s changed and is not told of", id)
				}
			}
			shown = v.Follow(whole, shown, now)
			whole = now
			if got, want := dump(shown), dump(v.Board(whole)); got != want {
				t.Fatalf("step by step:\n%s\nat once:\n%s", got, want)
			}
		}
		for e := range shown.All() {
			if e.Focus == model.Individuals && strings.Contains(strings.ToLower(fmt.Sprintf("%+v %+v %s", *e, e.Decision, e.Folded())), "hemlig") {
				t.Fatalf("it says %+v", e)
			}
			if e.Focus != model.Individuals && e != whole.Effort(e.ID) {
				t.Fatalf("%s is another", e.ID)
			}
		}
		if shown.Find("hemlig") != nil && shown.Find("hemlig").Focus == model.Individuals {
			t.Fatal("found by its name")
		}
		if a, b := fmt.Sprintf("%+v", shown.Overview(boardDay).Total.Sum), fmt.Sprintf("%+v", whole.Overview(boardDay).Total.Sum); a != b {
			t.Fatalf("it counts %s, not %s", a, b)
		}
	})
}

// TestVeilOnEvents: of what every command writes, only what is a code, a number or a date is left.
func TestVeilOnEvents(t *testing.T) {
	v := model.Veil{Focus: model.Individuals}
	ev := v.Event(model.Event{Changes: []model.Change{
		{"codename", "", "HEMLIG"}, {"title", "hemlig", ""}, {"area", "", "hemlig"}, {"crime", "", "hemlig"}, {"reason", "", "hemlig"},
		{"outcome", "", "hemlig"}, {"decider", "", "hemlig"}, {"reference", "", "hemlig"}, {"agency.FK.reason", "", "hemlig"},
		{"note.3", "", "hemlig"}, {"measure.4", "", "fighting hemlig"}, {"hours.5", "", "KFM 4 2026-01-01 hemlig"},
		{"something.new", "", "hemlig"}, {"status", "proposed", "preparing"}, {"agency.FK.state", "asked", "declined"},
		{"note.3.by", "", "anna"}, {"outcome.6", "", "weapons_seized 3 2026-01-01"}, {"outcome.6.agency", "", "TUL"},
	}})
	got := fmt.Sprint(ev.Changes)
	if strings.Contains(strings.ToLower(got), "hemlig") {
		t.Error(got)
	}
	for _, want := range []string{"{status proposed preparing}", "{measure.4  fighting …}", "{agency.FK.state asked declined}", "anna", "weapons_seized 3", "TUL"} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is gone: %s", want, got)
		}
	}
}
