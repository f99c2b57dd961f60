package store_test

import (
	"context"
	"slices"
	"testing"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/store/storetest"
)

// TestCodenamesWereNeverUsed: what an effort has, had, or had before it was taken back or ended is proposed to nobody, and
// when all single words are used up others follow.
func TestCodenamesWereNeverUsed(t *testing.T) {
	s := store.Open(storetest.Memory(), storetest.Catalogue(), store.Options{})
	t.Cleanup(func() { s.Close() })
	ctx := context.Background()
	first, err := s.Codenames(ctx, 5, 1)
	if err != nil || len(first) != 5 {
		t.Fatalf("%q, %v", first, err)
	}
	has := do(t, s, proposal(first[0])).Efforts[0]
	do(t, s, proposal(first[1])) // and taken back
	do(t, s, model.Undo{})
	do(t, s, model.Edit{On: model.On{Effort: has.ID}, Fields: map[model.Field]string{model.FieldCodename: first[2]}})
	do(t, s, model.SetStatus{On: model.On{Effort: do(t, s, proposal(first[3])).Efforts[0].ID}, To: model.Rejected, Reason: "nej"})
	next, err := s.Codenames(ctx, 50, 1)
	if err != nil || next[0] != first[4] {
		t.Fatalf("%q after %q, %v", next, first, err)
	}
	for _, name := range first[:4] {
		if slices.Contains(next, name) {
			t.Errorf("%s is proposed again", name)
		}
	}
	all, err := s.Codenames(ctx, 400, 2)
	if err != nil || len(all) != 400 {
		t.Fatalf("%d, %v", len(all), err)
	}
	var rows []model.Row
	for i, name := range all {
		rows = append(rows, model.Row{Number: i + 1, Effort: &model.Effort{Region: "SYD", Focus: "local_areas", Status: model.Proposed, Codename: name}})
	}
	do(t, s, model.Import{Rows: rows})
	more, err := s.Codenames(ctx, 400, 2)
	if err != nil || len(more) != 400 {
		t.Fatalf("%d, %v", len(more), err)
	}
	for _, name := range more {
		if slices.Contains(all, name) {
			t.Errorf("%s is proposed again", name)
		}
	}
}
