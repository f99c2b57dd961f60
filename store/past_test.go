package store_test

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/store/storetest"
)

// dated is a store with a clock that goes when it is told to; seconds is what it shows.
func dated(t testing.TB, engine store.Engine, opts store.Options) (s *store.Store, seconds *atomic.Int64) {
	t.Helper()
	seconds = &atomic.Int64{}
	seconds.Store(1_750_000_000)
	opts.Now = func() time.Time { return time.Unix(seconds.Load(), 0) }
	s = store.Open(engine, model.DefaultCatalogue(), opts)
	t.Cleanup(func() { s.Close() })
	return s, seconds
}

func then(t testing.TB, s *store.Store, at int64) *store.Store {
	t.Helper()
	past, err := s.Then(context.Background(), model.Stamp(at))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { past.Close() })
	return past
}

// crowded is a store on which somebody writes before every look at it.
type crowded struct {
	store.Engine
	write func()
}

func (c crowded) View(ctx context.Context, fn func(store.Reader) error) error {
	c.write()
	return c.Engine.View(ctx, fn)
}

// TestThenPageByPage: a moment at, before and behind the border of a page, inside of a journal of several pages, while
// somebody writes between each two of them.
func TestThenPageByPage(t *testing.T) {
	open := storetest.Shared()
	s, seconds := dated(t, open(), store.Options{})
	first := seconds.Load()
	do(t, s, model.Import{Rows: storetest.Efforts(1, 1999, true)}) // a page less one
	seconds.Add(10)
	id := do(t, s, proposal("LÄRKA")).Efforts[0].ID // and the last of it
	seconds.Add(10)
	do(t, s, model.Import{Rows: storetest.Efforts(2, 2500, false)})
	seconds.Add(10)
	do(t, s, model.AddNote{On: model.On{Effort: id}, Text: "sist"})
	seconds.Add(10)
	writes := 0
	busy, clock := dated(t, crowded{open(), func() {
		writes++
		do(t, s, model.AddNote{On: model.On{Effort: id}, Text: fmt.Sprint(writes)})
	}}, store.Options{})
	clock.Store(seconds.Load())
	for _, want := range []struct {
		after         int64
		entries, open int
		notes         int
	}{{-1, 0, 0, 0}, {0, 1999, 1999, 0}, {9, 1999, 1999, 0}, {10, 2000, 2000, 0}, {20, 4500, 2000, 0}, {30, 4501, 2000, 1}} {
		past := then(t, busy, first+want.after)
		end, err := past.Head(context.Background())
		notes, err2 := past.Notes(context.Background(), id)
		if board := load(t, past); int(end.Seq) != want.entries || board.Open() != want.open || len(notes) != want.notes || err != nil || err2 != nil {
			t.Errorf("%d s after: entry %d, %d open, %d notes, %v %v; want %+v", want.after, end.Seq, board.Open(), len(notes), err, err2, want)
		}
	}
	if writes < 20 {
		t.Errorf("only %d wrote meanwhile: this shows nothing", writes)
	}
}

// TestThenOfNothing: a board that nothing has happened on was empty at any moment, and its journal begins nowhere.
func TestThenOfNothing(t *testing.T) {
	s, seconds := dated(t, storetest.Memory(), store.Options{})
	past := then(t, s, seconds.Load())
	if p, ok := past.Past(); !ok || p.Begins != 0 || load(t, past).Open() != 0 {
		t.Errorf("%+v, %d open", p, past.Board().Open())
	}
	if _, ok := s.Past(); ok {
		t.Error("the present stands at a moment")
	}
	if end, err := past.Head(context.Background()); err != nil || end != (store.Head{}) {
		t.Errorf("head %+v, %v", end, err)
	}
}

// TestThenUnderAVeil: what is hidden now was hidden then, and what was hidden then is: of an effort whose focus was put
// right meanwhile, either way, nothing is said of any moment that the veil of either would not let be said.
func TestThenUnderAVeil(t *testing.T) {
	open := storetest.Shared()
	plain, seconds := dated(t, open(), store.Options{})
	add := func(codename, focus string) model.On {
		return model.On{Effort: do(t, plain, model.Propose{Fields: map[model.Field]string{model.FieldRegion: "SYD", model.FieldFocus: focus,
			model.FieldCodename: codename, model.FieldTitle: "hemlig titel"}}).Efforts[0].ID}
	}
	into, out := add("HEMLIG", "local_areas"), add("HEMLIGARE", "individuals")
	seen := add("ÖPPEN", "crime_areas")
	for _, on := range []model.On{into, out} {
		do(t, plain, model.AddNote{On: on, Text: "hemlig anteckning", Important: true})
	}
	add("HEMLIGAST", "local_areas") // and taken back: nobody knows any more what it was about
	at := seconds.Load()
	seconds.Add(100)
	do(t, plain, model.Undo{})
	do(t, plain, model.Edit{On: into, Fields: map[model.Field]string{model.FieldFocus: "individuals"}})
	do(t, plain, model.Edit{On: out, Fields: map[model.Field]string{model.FieldFocus: "local_areas"}})

	veiled, clock := dated(t, open(), store.Options{Veil: model.Veil{Focus: model.Individuals}})
	clock.Store(seconds.Load())
	past := then(t, veiled, at)
	load(t, past)
	ctx := context.Background()
	var said strings.Builder
	for e := range past.Board().All() {
		if e.ID != seen.Effort {
			fmt.Fprintf(&said, "%+v\n", *e)
		}
	}
	if past.Board().Open() != 4 {
		t.Errorf("%d open", past.Board().Open())
	}
	for _, on := range []model.On{into, out} {
		notes, err := past.Notes(ctx, on.Effort)
		entries, err2 := past.Journal(ctx, store.Query{Effort: on.Effort})
		fmt.Fprintf(&said, "%+v %v %+v %v %+v\n", notes, err, entries, err2, past.Board().Important(0))
		if len(notes) != 1 || len(entries) != 2 {
			t.Errorf("%d notes, %d entries: this shows nothing", len(notes), len(entries))
		}
	}
	if strings.Contains(strings.ToLower(said.String()), "hemlig") {
		t.Errorf("it says: %s", said.String())
	}
	if e, err := past.Effort(ctx, "öppen"); err != nil || e.Title != "hemlig titel" {
		t.Errorf("the rest is hidden too: %+v %v", e, err)
	}
	if _, err := past.Do(ctx, storetest.Officer("anna"), model.AddNote{On: seen, Text: "x"}); !model.Is(err, model.InThePast) {
		t.Errorf("a write: %v", err)
	}
}
