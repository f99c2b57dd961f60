package model_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"board.internal/samverkan/model"
)

// TestRewind: whatever officers did, an effort with its last events taken off is what it was before them.
func TestRewind(t *testing.T) {
	apart := cmp.Options{
		cmpopts.EquateEmpty(), cmpopts.IgnoreFields(model.Effort{}, "Version", "Updated", "UpdatedBy", "Serial"),
		cmpopts.SortSlices(func(a, b model.Assignment) bool { return strings.Compare(string(a.Agency), string(b.Agency)) < 0 }),
	}
	rapid.Check(t, func(t *rapid.T) {
		w := startingTwin(t)
		before := map[uint64]*model.Effort{} // each event's effort as it was before it
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			was := map[model.EffortID]*model.Effort{}
			for id, e := range w.efforts {
				was[id] = e
			}
			events, err := w.try(rapid.SampledFrom(often([]model.Actor{nuc}, actors...)).Draw(t, "actor"), command(t, w))
			if err != nil {
				continue
			}
			for i := range events {
				ev := &events[i]
				before[ev.Seq] = was[ev.Effort]
				if ev.Effort != "" {
					if was[ev.Effort], err = ev.On(was[ev.Effort]); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
		byEffort := map[model.EffortID][]*model.Event{}
		for i := range slices.Backward(w.journal) {
			if ev := &w.journal[i]; ev.Effort != "" && before[ev.Seq] != nil || ev.Begins() {
				byEffort[ev.Effort] = append(byEffort[ev.Effort], ev)
			}
		}
		for id, events := range byEffort {
			for n := range events {
				got, err := model.Rewind(w.efforts[id], events[:n+1])
				if diff := cmp.Diff(before[events[n].Seq], got, apart); err != nil || diff != "" {
					t.Fatalf("%s before entry %d: %v\n%s", id, events[n].Seq, err, diff)
				}
			}
		}
	})
}

// TestAnswersOfTheYear: each answer of the year counts, though others have come after it; what an undo took back does
// not, until it is done again.
func TestAnswersOfTheYear(t *testing.T) {
	skv := officer("skv", "SKV", model.NationalRole)
	decline := model.Answer{Agency: "SKV", Reason: "no"}
	for _, c := range []struct {
		what string
		does func(*testing.T, *twin, model.EffortID)
		want string
	}{
		{"asked", func(t *testing.T, w *twin, id model.EffortID) {}, "unanswered"},
		{"withdrawn", func(t *testing.T, w *twin, id model.EffortID) {
			w.do(t, nuc, model.Release{On: on(id), Agency: "SKV"})
		}, ""},
		{"taken back by the agency itself, which is a no", func(t *testing.T, w *twin, id model.EffortID) {
			w.do(t, skv, model.Release{On: on(id), Agency: "SKV", Reason: "no"})
		}, "declined"},
		{"a yes and gone again", func(t *testing.T, w *twin, id model.EffortID) {
			w.do(t, skv, accept(id, "SKV"))
			w.do(t, skv, model.Release{On: on(id), Agency: "SKV", Reason: "done"})
		}, "accepted left"},
		{"a no, asked again, a no, asked again, a yes", func(t *testing.T, w *twin, id model.EffortID) {
			for range 2 {
				decline.On = on(id)
				w.do(t, skv, decline)
				w.do(t, nuc, ask(id, "SKV"))
			}
			w.do(t, skv, accept(id, "SKV"))
		}, "accepted declined declined on_site"},
		{"a no, undone", func(t *testing.T, w *twin, id model.EffortID) {
			decline.On = on(id)
			w.do(t, skv, decline)
			w.do(t, skv, model.Undo{})
		}, "unanswered"},
		{"a no, undone and done again", func(t *testing.T, w *twin, id model.EffortID) {
			decline.On = on(id)
			w.do(t, skv, decline)
			w.do(t, skv, model.Undo{})
			w.do(t, skv, model.Redo{})
		}, "declined"},
		{"a no, undone twice", func(t *testing.T, w *twin, id model.EffortID) {
			decline.On = on(id)
			w.do(t, skv, decline)
			w.do(t, skv, model.Undo{})
			w.do(t, skv, model.Redo{})
			w.do(t, skv, model.Undo{})
		}, "unanswered"},
	} {
		w := newTwin()
		id := w.propose(t)
		w.do(t, nuc, ask(id, "SKV"))
		c.does(t, w, id)
		r := model.NewReport(w.cat, model.ReportSpec{Period: model.YearPeriod(2026), Today: day("2026-12-01")})
		course := model.Course{Then: []*model.Effort{nil, nil, w.efforts[id]}, Now: w.efforts[id]}
		for i := range w.journal {
			course.Events = append(course.Events, &w.journal[i])
		}
		r.Take(course)
		var got []string
		table := model.TableOf(r.Tables(), model.TableAgencies)
		for i, column := range table.Columns {
			for range table.Sum.Cells[i].This.Milli / 1000 {
				got = append(got, string(column))
			}
		}
		if slices.Sort(got); strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, want %s", c.what, got, c.want)
		}
	}
}
