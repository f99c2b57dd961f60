package store_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/store/storetest"
)

// TestVeil: nothing that can be read of a store under a veil says what is hidden, by whatever way; nothing can be
// written, and what others write comes under the veil too.
func TestVeil(t *testing.T) {
	open := storetest.Shared()
	plain := on(t, open())
	propose := func(codename, focus string) model.EffortID {
		return do(t, plain, model.Propose{Fields: map[model.Field]string{model.FieldRegion: "SYD", model.FieldFocus: focus,
			model.FieldCodename: codename, model.FieldTitle: "hemlig titel", model.FieldArea: "hemlig ort"}}).Efforts[0].ID
	}
	id, other := propose("HEMLIG", "individuals"), propose("ÖPPEN", "local_areas")
	do(t, plain, model.AddNote{On: model.On{Effort: id}, Text: "hemlig anteckning"})
	do(t, plain, model.Undo{})
	do(t, plain, model.Redo{})
	do(t, plain, model.AddNote{On: model.On{Effort: id}, Text: "hemlig och viktig", Important: true})
	do(t, plain, model.AddNote{On: model.On{Effort: other}, Text: "öppen och viktig", Important: true})
	do(t, plain, model.HandOver{Region: "SYD", Note: "hemlig överlämning"})
	ended := propose("HEMLIGARE", "individuals")
	do(t, plain, model.SetStatus{On: model.On{Effort: ended}, To: model.Rejected, Reason: "hemlig orsak"})
	gone := propose("HEMLIGAST", "individuals")
	do(t, plain, model.Undo{})

	veiled := store.Open(open(), model.DefaultCatalogue(), store.Options{Veil: model.Veil{Focus: model.Individuals}})
	defer veiled.Close()
	load(t, veiled)
	late := propose("HEMLIGT-TILL", "individuals")
	load(t, veiled)
	ctx := context.Background()
	var said strings.Builder
	say := func(what any, err error) { fmt.Fprintf(&said, "%+v %v\n", what, err) }
	for e := range veiled.Board().All() {
		if e.ID != other {
			say(*e, nil)
		}
	}
	for _, ref := range []string{string(id), string(ended), string(gone), string(late), "HEMLI", "hemlgi", "hemligare"} {
		e, err := veiled.Effort(ctx, ref)
		if known := strings.HasPrefix(ref, "SYD-") && ref != string(gone); known != (err == nil) {
			t.Errorf("%s: %v", ref, err)
		}
		if e != nil {
			say(*e, err)
		} else {
			say(strings.ReplaceAll(fmt.Sprint(err), ref, ""), nil)
		}
	}
	each := func(e *model.Effort) bool {
		if e.ID != other {
			say(*e, nil)
		}
		return true
	}
	say(nil, veiled.Efforts(ctx, each))
	say(nil, veiled.Ended(ctx, 0, each))
	say(veiled.Dump(ctx, func(e *model.Effort, notes []model.Note) bool { say(notes, nil); return each(e) }))
	for _, e := range []model.EffortID{id, ended, gone, late} {
		say(veiled.Notes(ctx, e))
		say(veiled.Journal(ctx, store.Query{Effort: e}))
		say(veiled.Journal(ctx, store.Query{Effort: e, Newest: true, Limit: 1}))
	}
	say(veiled.Handovers(ctx, "SYD", 9))
	shift, err := veiled.Shift(ctx, storetest.Officer("bo"), "SYD", 1)
	if len(shift.Changed) != 4 {
		t.Errorf("%d changed", len(shift.Changed))
	}
	for _, c := range shift.Changed {
		if c.Effort.ID != other {
			say(*c.Effort, nil)
			say(c, nil)
		}
	}
	say(shift.Handovers, err)
	say(veiled.Board().Handover("SYD"), nil)
	say(veiled.Board().Important(0), nil)
	if notes := veiled.Board().Important(0); len(notes) != 1 || notes[0].Effort != other {
		t.Errorf("important notes: %+v", notes)
	}
	entries, err := veiled.Journal(ctx, store.Query{})
	for _, e := range entries {
		if e.Effort != other {
			say(e, err)
		}
	}
	if len(entries) < 9 {
		t.Errorf("%d entries", len(entries))
	}
	for line := range strings.Lines(said.String()) {
		if strings.Contains(strings.ToLower(line), "hemlig") {
			t.Errorf("it says: %s", line)
		}
	}
	if e, err := veiled.Effort(ctx, "öppen"); err != nil || e.Title != "hemlig titel" {
		t.Errorf("the rest is hidden too: %+v %v", e, err)
	}
	note := model.AddNote{On: model.On{Effort: id}, Text: "x"}
	if _, err := veiled.Do(ctx, storetest.Officer("anna"), note); !model.Is(err, model.ReadOnly) {
		t.Errorf("a write: %v", err)
	}
	if _, err := veiled.Try(ctx, storetest.Officer("anna"), note); !model.Is(err, model.ReadOnly) {
		t.Errorf("a try: %v", err)
	}
	if v, err := veiled.Verify(ctx); err != nil {
		t.Errorf("verify: %+v %v", v, err)
	}
}
