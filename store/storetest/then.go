package storetest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
)

// remembered is what the twin of a walk was at the end of each second in which something happened.
type remembered struct {
	at    []model.Stamp
	twins []*twin
}

func (m *remembered) remember(c *clock, w *twin) {
	now := model.StampOf(c.now())
	if n := len(m.at); n > 0 && m.at[n-1] == now {
		m.twins[n-1] = w.clone()
		return
	}
	m.at, m.twins = append(m.at, now), append(m.twins, w.clone())
}

// clone is the twin as it is now; efforts and events are never changed.
func (w *twin) clone() *twin {
	n := *w
	n.events, n.notes = slices.Clone(w.events), map[model.EffortID]map[uint32]model.Note{}
	for id, notes := range w.notes {
		n.notes[id] = maps.Clone(notes)
	}
	n.efforts, n.names, n.numbers = maps.Clone(w.efforts), maps.Clone(w.names), maps.Clone(w.numbers)
	n.register, n.actions, n.undone = maps.Clone(w.register), maps.Clone(w.actions), maps.Clone(w.undone)
	return &n
}

// looksBack compares a store at some moments of a walk with what the twin was then.
func (m *remembered) looksBack(r *rapid.T, s *store.Store, c *clock) {
	first, last := m.at[0], model.StampOf(c.now())
	for range 3 {
		at := model.Stamp(rapid.Int64Range(int64(first)-2, int64(last)).Draw(r, "then"))
		if rapid.Bool().Draw(r, "the very second") {
			at = rapid.SampledFrom(m.at).Draw(r, "second")
		}
		want := newTwin(s.Board().Catalogue())
		for i, t := range m.twins {
			if m.at[i] <= at {
				want = t
			}
		}
		past, err := s.Then(context.Background(), at)
		if err != nil {
			r.Fatal(err)
		}
		if _, err := past.Load(context.Background()); err != nil {
			r.Fatal(err)
		}
		sameThen(r, past, want, at)
		past.Close()
	}
	if _, err := s.Then(context.Background(), last+1); !model.Is(err, model.MomentAhead) {
		r.Fatalf("a moment ahead: %v", err)
	}
}

// sameThen compares all that can be read of a store of then, and sees to it that nothing can be written.
func sameThen(t fatal, s *store.Store, w *twin, at model.Stamp) {
	t.Helper()
	ctx := context.Background()
	sameBoard(t, s, w)
	today := s.Board().Catalogue().Today(at)
	for _, id := range walkers {
		who := Officer(id)
		want, wantBack := model.NewInbox(who).Lines(w.board(), today)
		got, back := model.NewInbox(who).Lines(s.Board(), today)
		if d := diff(want, got); d != "" || back != wantBack {
			t.Fatalf("inbox of %s at %s: back %s, want %s (-twin +store):\n%s", id, at, back, wantBack, d)
		}
		if pins, err := s.Registered(ctx, model.PINKey(id), model.TriesKey(id)); err != nil || pins[0]+pins[1] != "" {
			t.Fatalf("a PIN of then: %q, %v", pins, err)
		}
	}
	if v, err := s.Verify(ctx); err != nil || v.Entries != len(w.events) || v.Efforts != len(w.efforts) {
		t.Fatalf("verify at %s: %+v, %v; want %d entries, %d efforts", at, v, err, len(w.events), len(w.efforts))
	}
	end, err := s.Head(ctx)
	if err != nil || end.Seq != uint64(len(w.events)) {
		t.Fatalf("head at %s: %+v, %v", at, end, err)
	}
	p, ok := s.Past()
	if !ok || p.At != at {
		t.Fatalf("it stands at %+v, %v; want %s", p, ok, at)
	}
	_, did := s.Do(ctx, Officer("anna"), model.SetPartner{Partner: model.Partner{Region: "SYD", Name: "hamnen"}})
	_, tried := s.Try(ctx, Officer("anna"), model.Undo{})
	for what, err := range map[string]error{"done": did, "tried": tried, "copied": s.Backup(ctx, "/nowhere/at/all")} {
		if !model.Is(err, model.InThePast) || model.FaultOf(err) != model.Forbidden {
			t.Fatalf("%s in the past: %v", what, err)
		}
	}
	earlier, err := s.Then(ctx, at) // the past has a past, and the same moment is the same
	if err != nil {
		t.Fatal(err)
	}
	defer earlier.Close()
	if again, err := earlier.Head(ctx); err != nil || again != end {
		t.Fatalf("then of then ends in %+v, %v; want %+v", again, err, end)
	}
}

// thenMeanwhile: what was is the same while eight write, in whichever page of the journal the reader is; and who closes
// the past leaves the present open.
func thenMeanwhile(t *testing.T, open func() store.Engine) {
	c := &clock{}
	c.seconds.Store(1_750_000_000)
	s := begin(t, open(), Catalogue(), c)
	defer s.Close()
	id := propose(t, s, "LÄRKA")
	for i := range 30 {
		do(t, s, "anna", model.AddNote{On: model.On{Effort: id}, Text: fmt.Sprint("då ", i)})
	}
	do(t, s, "anna", model.SetStatus{On: model.On{Effort: id}, To: model.Preparing})
	at := model.StampOf(c.now())
	want, err := s.Head(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	c.seconds.Add(1)
	var wg sync.WaitGroup
	for n := range 8 {
		wg.Go(func() {
			for i := range 10 {
				if _, err := s.Do(context.Background(), Officer("bo"), model.AddNote{On: model.On{Effort: id}, Text: fmt.Sprint(n, i)}); err != nil {
					t.Error(err)
				}
			}
			if n == 0 {
				do(t, s, "bo", model.SetStatus{On: model.On{Effort: id}, To: model.Rejected, Reason: "nej"})
			}
		})
	}
	for range 10 {
		past, err := s.Then(context.Background(), at)
		if err != nil {
			t.Error(err)
			break
		}
		end, err := past.Head(context.Background())
		notes, err2 := past.Notes(context.Background(), id)
		board, err3 := past.Load(context.Background())
		if err := errors.Join(err, err2, err3); err != nil || end != want || len(notes) != 30 || board.Open() != 1 ||
			board.Effort(id).Status != model.Preparing {
			t.Errorf("%v: head %+v, want %+v; %d notes, %d open", err, end, want, len(notes), board.Open())
		}
		past.Close()
	}
	wg.Wait()
	if e, err := s.Effort(context.Background(), string(id)); err != nil || e.Status != model.Rejected {
		t.Errorf("the present: %+v, %v", e, err)
	}
	verify(t, s)
}

// thenClocks: which entry a moment comes after, where clocks were wrong when something was done. Each letter is an action
// of two entries, an hour apart where the clock was right; the digits after it are the hour that it was made at.
func thenClocks(t *testing.T, open func() store.Engine) {
	start := model.Stamp(1_750_000_000)
	c := &clock{}
	s := begin(t, open(), Catalogue(), c)
	defer s.Close()
	hours := []model.Stamp{1, 2, 90, 3, 4, -50, 5, 6, 6, 5, 7}
	for i, hour := range hours {
		c.seconds.Store(int64(start + hour*3600))
		name := string(rune('A' + i))
		if i == 0 {
			propose(t, s, "LÄRKA")
			continue
		}
		id := s.Board().Find("LÄRKA").ID
		do(t, s, "anna", model.Together{Commands: []model.OnEffort{
			model.AddNote{On: model.On{Effort: id}, Text: name}, model.AddMeasure{On: model.On{Effort: id}, Type: model.Safety, Text: name}}})
	}
	c.seconds.Store(int64(start + 100*3600))
	for _, test := range []struct {
		hour model.Stamp
		last string // of the actions that are in it
		why  string
	}{
		{-51, "", "before all"},
		{0, "", "one clock far behind adds nothing"},
		{1, "A", "one is there"},
		{2, "B", "the one made far ahead comes later"},
		{3, "B", "with what was made far ahead and the one after it as many stand right as without"},
		{4, "F", "one made far ahead takes nothing away, once two have come after it"},
		{5, "G", "back an hour: what came before that is not taken in for it"},
		{6, "J", "all but the last"},
		{7, "K", "all"},
		{90, "K", "all"},
	} {
		past, err := s.Then(context.Background(), start+test.hour*3600)
		if err != nil {
			t.Fatal(err)
		}
		got, want := 0, 0
		if end, err := past.Head(context.Background()); err != nil {
			t.Fatal(err)
		} else if got = int(end.Seq); test.last != "" {
			want = 2*int(test.last[0]-'A') + 1
		}
		if got != want {
			t.Errorf("at %d h it ends with entry %d, want %d: %s", test.hour, got, want, test.why)
		}
		if p, _ := past.Past(); p.Begins != start+3600 {
			t.Errorf("the journal begins at %s", p.Begins)
		}
		past.Close()
	}
}

// thenDamage: of a journal that is broken, what was before the break can still be looked at, and what comes after it is
// said to be damaged, with the entry.
func thenDamage(t *testing.T, open func() store.Engine) {
	c := &clock{}
	c.seconds.Store(1_750_000_000)
	engine := open()
	s := begin(t, engine, Catalogue(), c)
	defer s.Close()
	id := propose(t, s, "LÄRKA")
	for range 5 {
		c.seconds.Add(100)
		do(t, s, "anna", model.AddNote{On: model.On{Effort: id}, Text: "rad"})
	}
	var third []byte
	key := append([]byte("j"), 0, 0, 0, 0, 0, 0, 0, 3)
	view(t, engine, func(r store.Reader) { third = slices.Clone(r.Get(key)) })
	third[len(third)-10] ^= 1
	bad := store.Open(&faulty{Engine: engine, key: string(key), value: third}, Catalogue(), store.Options{Now: c.now})
	if past, err := bad.Then(context.Background(), 1_750_000_100); err != nil {
		t.Errorf("before the break: %v", err)
	} else if notes, err := past.Notes(context.Background(), id); err != nil || len(notes) != 1 {
		t.Errorf("before the break: %d notes, %v", len(notes), err)
	}
	if _, err := bad.Then(context.Background(), 1_750_000_300); !errors.Is(err, store.ErrDamaged) {
		t.Errorf("after the break: %v", err)
	}
}

// thenReplaced: when another journal comes in the place of the one that was looked back through, that is said, and no
// entry of the other is shown as one of then.
func thenReplaced(t *testing.T, open func() store.Engine) {
	engine := open()
	s := storeOn(t, engine)
	id := propose(t, s, "LÄRKA")
	past, err := s.Then(context.Background(), model.StampOf(time.Now()))
	if err != nil {
		t.Fatal(err)
	}
	defer past.Close()
	if _, err := past.Notes(context.Background(), id); err != nil {
		t.Fatal(err)
	}
	err = engine.Update(context.Background(), func(tx store.Tx) error {
		tx.Put(append([]byte("j"), 0, 0, 0, 0, 0, 0, 0, 1), []byte("another"))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := past.Journal(context.Background(), store.Query{}); !errors.Is(err, store.ErrAway) {
		t.Errorf("the journal: %v", err)
	}
	if _, err := past.Load(context.Background()); !errors.Is(err, store.ErrAway) {
		t.Errorf("the board: %v", err)
	}
}
