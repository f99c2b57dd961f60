package model_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"board.internal/samverkan/model"
)

// filters are an officer's as a board has them after the events of a twin.
func (w *twin) filters(officer model.OfficerID) []model.SavedFilter {
	var entries []model.Entry
	for key, value := range w.register {
		entries = append(entries, model.Entry{EntryKey: key, Value: value})
	}
	return model.BoardOf(w.cat, 1, 0, nil, entries).Filters(officer)
}

func save(name, text string, key int) model.SaveFilter {
	return model.SaveFilter{SavedFilter: model.SavedFilter{Name: name, Text: text, Key: key}}
}

func TestFiltersAreSavedUnderANameAndOnAKey(t *testing.T) {
	w := newTwin()
	for _, c := range []struct {
		command model.SaveFilter
		want    []model.SavedFilter
	}{
		{save("Hamnen", " region:syd   !mine ", 2), []model.SavedFilter{{"Hamnen", "region:syd !mine", 2}}},
		{save("Torget", "overdue", 0), []model.SavedFilter{{"Hamnen", "region:syd !mine", 2}, {"Torget", "overdue", 0}}},
		// Another on the key: the first stays, without one.
		{save("Åsen", "silent", 2), []model.SavedFilter{{"Åsen", "silent", 2}, {"Hamnen", "region:syd !mine", 0}, {"Torget", "overdue", 0}}},
		// The name in any case is the same filter, and moves to the key.
		{save("TORGET", "overdue mine", 1), []model.SavedFilter{{"TORGET", "overdue mine", 1}, {"Åsen", "silent", 2}, {"Hamnen", "region:syd !mine", 0}}},
		{save("torget", "mine", 8), []model.SavedFilter{{"Åsen", "silent", 2}, {"torget", "mine", 8}, {"Hamnen", "region:syd !mine", 0}}},
		{model.SaveFilter{SavedFilter: model.SavedFilter{Name: "åsen"}, Off: true}, []model.SavedFilter{{"torget", "mine", 8}, {"Hamnen", "region:syd !mine", 0}}},
	} {
		w.do(t, kfmSyd, c.command)
		if got := w.filters(kfmSyd.Officer); !slices.Equal(got, c.want) {
			t.Fatalf("after %+v:\n%+v, want\n%+v", c.command, got, c.want)
		}
	}
	if got := w.filters(rsrSyd.Officer); got != nil {
		t.Errorf("somebody else has %+v", got)
	}
	w.do(t, kfmSyd, model.Undo{})
	if got := w.filters(kfmSyd.Officer); len(got) != 3 || got[0] != (model.SavedFilter{Name: "Åsen", Text: "silent", Key: 2}) {
		t.Errorf("after undo: %+v", got)
	}
}

// TestSavedFiltersOfAnyOrder: whatever is saved and taken out, each name is there once, and each key has one.
func TestSavedFiltersOfAnyOrder(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := newTwin()
		want := map[string]model.SavedFilter{}
		for i := range rapid.IntRange(1, 20).Draw(r, "n") {
			f := model.SavedFilter{Name: rapid.SampledFrom([]string{"a", "b", "å.ä", "d e", "filter.key.1"}).Draw(r, "name"),
				Text: fmt.Sprintf("ord%d", i), Key: rapid.IntRange(0, 3).Draw(r, "key")}
			if off := rapid.Bool().Draw(r, "off"); off {
				_, has := want[f.Name]
				if _, err := w.try(kfmSyd, model.SaveFilter{SavedFilter: f, Off: true}); (err == nil) != has {
					r.Fatalf("%q taken out: %v", f.Name, err)
				}
				delete(want, f.Name)
			} else {
				if _, err := w.try(kfmSyd, model.SaveFilter{SavedFilter: f}); err != nil {
					r.Fatal(err)
				}
				for name, other := range want {
					if f.Key > 0 && other.Key == f.Key {
						other.Key = 0
						want[name] = other
					}
				}
				want[f.Name] = f
			}
			got := w.filters(kfmSyd.Officer)
			if len(got) != len(want) {
				r.Fatalf("%+v, want %+v", got, want)
			}
			for _, g := range got {
				if want[g.Name] != g {
					r.Fatalf("%+v, want %+v", got, want)
				}
			}
		}
	})
}
