package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
)

func storeOn(t *testing.T, engine store.Engine) *store.Store {
	t.Helper()
	s := begin(t, engine, Catalogue(), nil)
	t.Cleanup(func() { s.Close() })
	return s
}

func do(t fatal, s *store.Store, officer model.OfficerID, cmd model.Command) store.Result {
	t.Helper()
	res, err := s.Do(context.Background(), Officer(officer), cmd)
	if err != nil {
		t.Fatalf("%T: %v", cmd, err)
	}
	return res
}

func propose(t fatal, s *store.Store, codename string) model.EffortID {
	t.Helper()
	fields := map[model.Field]string{model.FieldRegion: "SYD", model.FieldFocus: "crime_areas", model.FieldCodename: codename}
	return do(t, s, "anna", model.Propose{Fields: fields}).Efforts[0].ID
}

func verify(t fatal, s *store.Store) store.Verdict {
	t.Helper()
	v, err := s.Verify(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// writers: eight at once over two handles, each seeing the version it changes; nothing is lost, nothing done twice,
// and one who watches gets every entry once and in order, although it starts in the middle.
func writers(t *testing.T, open func() store.Engine) {
	const clients, each = 8, 12
	stores := []*store.Store{storeOn(t, open()), storeOn(t, open())}
	ids := []model.EffortID{propose(t, stores[0], "LÄRKA"), propose(t, stores[1], "SKATA")}
	watcher := storeOn(t, open())
	changed, stop := watcher.Watch()
	defer stop()
	total := uint64(len(ids) + clients*each)
	var wg sync.WaitGroup
	for c := range clients {
		wg.Go(func() {
			s, id := stores[c%2], ids[c/4]
			for i := range each {
				note := model.AddNote{On: model.On{Effort: id}, Text: fmt.Sprintf("%d/%d", c, i)}
				if _, err := s.Do(context.Background(), Officer(model.OfficerID(fmt.Sprint("o", c))), note); err != nil {
					t.Error(err)
				}
			}
		})
	}
	var seen []store.Entry
	for last := uint64(0); last < total && !t.Failed(); {
		<-changed
		entries, err := watcher.Journal(context.Background(), store.Query{After: last})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			if last++; e.Seq != last {
				t.Fatalf("entry %d where %d was due", e.Seq, last)
			}
			seen = append(seen, e)
		}
	}
	wg.Wait()
	versions := map[model.EffortID]uint32{}
	for _, e := range seen {
		if versions[e.Effort]++; e.Version != versions[e.Effort] {
			t.Errorf("entry %d: version %d of %s, want %d", e.Seq, e.Version, e.Effort, versions[e.Effort])
		}
	}
	for _, id := range ids {
		notes, err := watcher.Notes(context.Background(), id)
		if err != nil || len(notes) != clients/2*each {
			t.Errorf("%s: %d notes, %v", id, len(notes), err)
		}
	}
	if v := verify(t, watcher); v.Entries != int(total) || v.Head != seen[len(seen)-1].Hash {
		t.Errorf("verdict %+v; the watcher saw %d entries up to %s", v, len(seen), seen[len(seen)-1].Hash)
	}
}

// watchOthers: what one handle writes comes onto the board of another without being asked for.
func watchOthers(t *testing.T, open func() store.Engine) {
	a, b := storeOn(t, open()), storeOn(t, open())
	changed, stop := b.Watch()
	id := propose(t, a, "LÄRKA")
	until := func(what string, ok func(*model.Board) bool) {
		for !ok(b.Board()) {
			if _, open := <-changed; !open {
				t.Fatalf("the watch ended before the board %s", what)
			}
		}
	}
	until("had the effort", func(b *model.Board) bool { return b.Effort(id) != nil })
	do(t, a, "anna", model.Assign{On: model.On{Effort: id}, Parts: []model.Part{{Agency: "KFM"}, {Agency: "SKV"}}})
	until("had the agencies", func(b *model.Board) bool { return b.Effort(id).Count(model.Asked) == 2 })
	do(t, a, "anna", model.SetStatus{On: model.On{Effort: id}, To: model.Rejected, Reason: "nej"})
	until("let the effort go", func(b *model.Board) bool { return b.Effort(id) == nil })
	if st := b.State(); st.Err != nil || st.Seen.IsZero() {
		t.Errorf("state %+v", st)
	}
	stop()
	for range changed { // drained and closed
	}
}

// undoAll: one who takes back everything is where all began, who does it again where it ended, and the journal knows
// it all.
func undoAll(t *testing.T, open func() store.Engine) {
	ctx := context.Background()
	s := storeOn(t, open())
	other := propose(t, s, "TRANA")
	id := propose(t, s, "LÄRKA")
	on := model.On{Effort: id}
	commands := []model.Command{
		model.Edit{On: on, Fields: map[model.Field]string{model.FieldTitle: "Hamnen", model.FieldCodename: "SKATA"}},
		model.Assign{On: on, Parts: []model.Part{{Agency: "KFM"}, {Agency: "POL", Mode: model.Planning}},
			Partners: []model.PartnerPart{{Name: "Malmö hamn", New: true}}},
		model.Answer{On: on, Agency: "POL", Accept: true},
		model.Answer{On: on, Agency: "KFM", Accept: true},
		model.Assign{On: on, Lead: "POL"},
		model.Together{Commands: []model.OnEffort{
			model.AddNote{On: on, Text: "en anteckning"},
			model.AddMeasure{On: on, Type: model.Safety, Text: "belysning"},
			model.AddHours{On: on, Agency: "KFM", Centi: 4_00},
			model.AddHours{On: on, Agency: "KFM", Centi: -50, Reason: "fel insats"},
			model.AddOutcome{On: on, Measure: "weapons_seized", Milli: 3_000, Agency: "TUL"},
		}},
		model.SetPartner{Partner: model.Partner{Region: "SYD", Name: "Kommunen"}},
		model.SetPartner{Partner: model.Partner{Region: "SYD", Name: "malmö hamn"}, Off: true},
		model.Postpone{Waits: []model.WaitKey{{Effort: id, Why: model.WaitProposal}}, Until: model.DayOf(time.Now()) + 30},
		model.SetLink{On: on, Other: string(other), Kind: model.SameNetwork},
		model.SetLink{On: model.On{Effort: other}, Other: string(id), Kind: model.Continues},
		model.SetLink{On: on, Other: string(other)},
		model.Adjourn{Effort: other},
		model.SaveFilter{SavedFilter: model.SavedFilter{Name: "Hamnen", Text: "region:syd !mine", Key: 2}},
		model.SaveFilter{SavedFilter: model.SavedFilter{Name: "Torget", Text: "overdue", Key: 2}},
		model.SaveFilter{SavedFilter: model.SavedFilter{Name: "hamnen"}, Off: true},
		model.SetStatus{On: on, To: model.Preparing},
		model.SetStatus{On: on, To: model.Rejected, Reason: "nej"},
	}
	const lasting = 1 // a signature is not undone
	do(t, s, "anna", model.BeginMeeting{Region: "SYD", Agenda: []model.EffortID{id, other}})
	entries := 2
	for _, c := range commands {
		entries += len(do(t, s, "anna", c).Events)
	}
	if s.Board().Open() != 1 {
		t.Errorf("%d open", s.Board().Open())
	}
	end, partners := snapshot(t, s, id), inOrder(s.Board().Partners())
	back := func() {
		for range len(commands) + 2 {
			do(t, s, "anna", model.Undo{})
		}
		if _, err := s.Do(ctx, Officer("anna"), model.Undo{}); !model.Is(err, model.NothingToUndo) {
			t.Errorf("undo of nothing: %v", err)
		}
		if _, err := s.Effort(ctx, string(id)); !model.Is(err, model.UnknownEffort) {
			t.Errorf("the effort: %v", err)
		}
		if n, err := s.Notes(ctx, id); len(n) > 0 || err != nil {
			t.Errorf("notes %v, %v", n, err)
		}
		if v := verify(t, s); v.Efforts != 0 || s.Board().Open() != 0 || len(s.Board().Partners()) != 0 {
			t.Errorf("verdict %+v, %d open, partners %v", v, s.Board().Open(), s.Board().Partners())
		}
	}
	back()
	for range len(commands) + 2 {
		do(t, s, "anna", model.Redo{})
	}
	if _, err := s.Do(ctx, Officer("anna"), model.Redo{}); !model.Is(err, model.NothingToRedo) {
		t.Errorf("redo of nothing: %v", err)
	}
	if d := diff(end, snapshot(t, s, id)) + diff(partners, inOrder(s.Board().Partners())); d != "" {
		t.Errorf("after redo (-was +is):\n%s", d)
	}
	back()
	if v := verify(t, s); v.Entries != 4*entries+lasting {
		t.Errorf("%d entries, want %d", v.Entries, 4*entries+lasting)
	}
	if next := propose(t, s, "ÖRN"); next == id {
		t.Errorf("%s was given twice", id)
	}
}

// snapshot is an effort and the texts of its notes, without what every action moves on.
func snapshot(t fatal, s *store.Store, id model.EffortID) (all []any) {
	t.Helper()
	e, err := s.Effort(context.Background(), string(id))
	if err != nil {
		t.Fatal(err)
	}
	e = e.Clone()
	e.Version, e.Updated = 0, 0
	all = append(all, *e)
	notes, err := s.Notes(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range notes {
		all = append(all, n.N, n.Text, n.By)
	}
	return all
}

// conflict: of two who saw the same, the second is told what, who and when.
func conflict(t *testing.T, open func() store.Engine) {
	a, b := storeOn(t, open()), storeOn(t, open())
	id := propose(t, a, "LÄRKA")
	edit := func(v string) model.Command {
		return model.Edit{On: model.On{Effort: id, Seen: 1}, Fields: map[model.Field]string{model.FieldTitle: v}}
	}
	won := do(t, a, "anna", edit("Hamnen"))
	_, err := b.Do(context.Background(), Officer("bo"), edit("Torget"))
	var no *model.Error
	if !errors.As(err, &no) || no.Fault != model.Conflict || len(no.Diffs) != 1 {
		t.Fatalf("the second got %v", err)
	}
	want := model.Diff{Field: model.FieldTitle, Mine: "Torget", Theirs: "Hamnen", Officer: "anna", At: won.Events[0].At, Effort: id, Version: 2}
	if no.Diffs[0] != want {
		t.Errorf("%+v, want %+v", no.Diffs[0], want)
	}
	if e, err := b.Effort(context.Background(), "larka"); err != nil || e.Title != "Hamnen" || e.Version != 2 {
		t.Errorf("%+v, %v", e, err)
	}
	// What does not overlap merges, and says what it merged with.
	beside := model.Edit{On: model.On{Effort: id, Seen: 1}, Fields: map[model.Field]string{model.FieldArea: "kajen"}}
	want.Mine = ""
	if res := do(t, b, "bo", beside); len(res.Meanwhile) != 1 || res.Meanwhile[0] != want || res.Efforts[0].Title != "Hamnen" {
		t.Errorf("%+v", res)
	}
	settled, ok := model.Settle(edit("Torget"), no.Diffs, func(model.Diff) bool { return true })
	if res := do(t, b, "bo", settled); !ok || res.Efforts[0].Title != "Torget" || res.Efforts[0].Area != "kajen" {
		t.Errorf("%+v", res)
	}
}

// reopen: whoever comes later finds what was there, and goes on.
func reopen(t *testing.T, open func() store.Engine) {
	s := begin(t, open(), Catalogue(), nil)
	do(t, s, "anna", model.Import{Rows: slices.Concat(Efforts(1, 40, true), Efforts(2, 40, false))})
	id := propose(t, s, "LÄRKA")
	was := verify(t, s)
	keep := handleOf(t, open) // a store in memory lives as long as somebody has it
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Do(context.Background(), Officer("anna"), model.Undo{}); !errors.Is(err, store.ErrAway) {
		t.Errorf("a closed store answers %v", err)
	}
	again := storeOn(t, keep)
	if is := verify(t, again); is != was || was.Efforts != 81 || again.Board().Open() != 41 || again.Board().Find("lärka").ID != id {
		t.Errorf("%+v, was %+v, %d open", is, was, again.Board().Open())
	}
	if res := do(t, again, "anna", model.Undo{}); res.Events[0].Undoes != uint64(was.Entries) {
		t.Errorf("undid %d", res.Events[0].Undoes)
	}
	if _, err := again.Do(context.Background(), Officer("anna"), model.Undo{}); !model.Is(err, model.UndoImport) {
		t.Errorf("undo of an import: %v", err)
	}
}

// tries: many boards guess one officer's PIN at once, each as fast as it can; together they get no more guesses than
// one has.
func tries(t *testing.T, open func() store.Engine) {
	first := storeOn(t, open())
	do(t, first, "anna", model.SetPIN{Officer: "anna", Hash: aHash})
	var wrong atomic.Int64
	var wg sync.WaitGroup
	for range 4 {
		s := storeOn(t, open())
		wg.Go(func() {
			for {
				now, err := s.Registered(context.Background(), model.PINKey("anna"), model.TriesKey("anna"))
				if err != nil {
					t.Error(err)
					return
				}
				_, err = s.Do(context.Background(), Officer("bo"), model.TryPIN{Officer: "anna", Hash: now[0], Tries: now[1]})
				switch {
				case err == nil:
					wrong.Add(1)
				case model.Is(err, model.PINWait):
					return
				case !model.Is(err, model.PINChanged):
					t.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	if n := wrong.Load(); n != 5 {
		t.Errorf("%d guesses", n)
	}
	verify(t, first)
}
