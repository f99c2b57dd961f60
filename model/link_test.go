package model_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"board.internal/samverkan/model"
)

// boardOf is the board that the events of a twin have led to.
func (w *twin) boardOf() *model.Board {
	var entries []model.Entry
	for key, value := range w.register {
		entries = append(entries, model.Entry{EntryKey: key, Value: value})
	}
	var open []*model.Effort
	for _, e := range w.efforts {
		if e != nil && e.Open() {
			open = append(open, e)
		}
	}
	return model.BoardOf(w.cat, 1, 0, open, entries)
}

func TestLinks(t *testing.T) {
	w := newTwin()
	lark := w.propose(t, "codename", "LÄRKA")
	pie := w.propose(t, "codename", "SKATA", "region", "NORD")
	wren := w.propose(t)
	link := func(a model.EffortID, b string, kind model.LinkKind) model.SetLink {
		return model.SetLink{On: on(a), Other: b, Kind: kind}
	}
	for _, c := range []struct {
		command   model.Command
		lark, pie []model.Link
	}{
		{link(lark, "skata", model.Continues), []model.Link{{lark, pie, model.Continues}}, []model.Link{{pie, lark, model.ContinuedBy}}},
		{link(pie, string(lark), model.SameNetwork), []model.Link{{lark, pie, model.SameNetwork}}, []model.Link{{pie, lark, model.SameNetwork}}},
		{link(wren, " Larka ", model.Continues), []model.Link{{lark, wren, model.ContinuedBy}, {lark, pie, model.SameNetwork}}, []model.Link{{pie, lark, model.SameNetwork}}},
		{link(lark, "SKATA", 0), []model.Link{{lark, wren, model.ContinuedBy}}, nil},
		{model.Undo{}, []model.Link{{lark, wren, model.ContinuedBy}, {lark, pie, model.SameNetwork}}, []model.Link{{pie, lark, model.SameNetwork}}},
	} {
		if events := w.do(t, nuc, c.command); len(events) != 1 || events[0].Effort != "" {
			t.Fatalf("%+v: %+v", c.command, events)
		}
		sorted := func(links []model.Link) []model.Link {
			links = slices.Clone(links)
			slices.SortFunc(links, func(x, y model.Link) int {
				if x.Other < y.Other {
					return -1
				}
				return 1
			})
			return links
		}
		b := w.boardOf()
		if got := b.Links(lark); !slices.Equal(got, sorted(c.lark)) {
			t.Errorf("%+v: LÄRKA has %+v, want %+v", c.command, got, c.lark)
		}
		if got := b.Links(pie); !slices.Equal(got, sorted(c.pie)) {
			t.Errorf("%+v: SKATA has %+v, want %+v", c.command, got, c.pie)
		}
	}
	pairs, efforts := w.boardOf().LinkedRegions()
	if !slices.Equal(pairs, []model.RegionPair{{A: "NORD", B: "SYD", Count: 1}}) || len(efforts) != 2 {
		t.Errorf("%+v, %d efforts", pairs, len(efforts))
	}
	if events := w.do(t, nuc, link(lark, "skata", model.SameNetwork)); events != nil {
		t.Errorf("the same again: %+v", events)
	}
}

// TestLinksHaveTwoEnds: whatever is linked and taken out, a link is seen from both of its efforts, once.
func TestLinksHaveTwoEnds(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := newTwin()
		var ids []model.EffortID
		for range 4 {
			events, err := w.try(nuc, model.Propose{Fields: fields()})
			if err != nil {
				r.Fatal(err)
			}
			ids = append(ids, events[0].Effort)
		}
		want := map[[2]model.EffortID]model.LinkKind{}
		for range rapid.IntRange(1, 20).Draw(r, "n") {
			a, b := rapid.SampledFrom(ids).Draw(r, "a"), rapid.SampledFrom(ids).Draw(r, "b")
			kind := rapid.SampledFrom(append(model.LinkKinds(), 0)).Draw(r, "kind")
			_, err := w.try(nuc, model.SetLink{On: on(a), Other: string(b), Kind: kind})
			if (err == nil) != (a != b && (kind != 0 || want[[2]model.EffortID{a, b}] != 0)) {
				r.Fatalf("%s %s %s: %v", a, kind, b, err)
			}
			if err == nil {
				want[[2]model.EffortID{a, b}], want[[2]model.EffortID{b, a}] = kind, model.Link{Effort: a, Other: b, Kind: kind}.Back().Kind
			}
		}
		board := w.boardOf()
		for _, a := range ids {
			n := 0
			for _, b := range ids {
				if want[[2]model.EffortID{a, b}] != 0 {
					n++
				}
			}
			if got := board.Links(a); len(got) != n {
				r.Fatalf("%s has %+v, want %d", a, got, n)
			}
			for _, l := range board.Links(a) {
				if l.Effort != a || want[[2]model.EffortID{a, l.Other}] != l.Kind || !slices.Contains(board.Links(l.Other), l.Back()) {
					r.Fatalf("%+v", l)
				}
			}
		}
	})
}
