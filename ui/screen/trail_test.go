package screen

import (
	"context"
	"testing"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/store/storetest"
)

// long is a store whose journal has n entries and some more, and how many there are.
func long(t testing.TB, n int) (s *store.Store, last uint64) {
	t.Helper()
	s = store.Open(storetest.Memory(), model.DefaultCatalogue(), store.Options{})
	t.Cleanup(func() { s.Close() })
	if _, err := s.Do(context.Background(), storetest.Officer("anna"), model.Import{Rows: storetest.Efforts(1, n, true)}); err != nil {
		t.Fatal(err)
	}
	end, err := s.Head(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return s, end.Seq
}

// TestATrailHoldsAFewPages goes through five thousand entries and back: each is under the cursor exactly once each way,
// and never are more held than a few pages.
func TestATrailHoldsAFewPages(t *testing.T) {
	s, last := long(t, 5000)
	for _, q := range []store.Query{{}, {Officer: "anna"}} {
		tr := trail{}
		read := func(kind pageKind) {
			p := trailRead{kind: kind, seq: last}
			if err := p.read(context.Background(), s, tr.ask(q, kind)); err != nil {
				t.Fatal(err)
			}
			tr.take(p)
			if len(tr.entries) > trailMost || len(tr.names) > trailMost || cap(tr.entries) > 2*trailMost {
				t.Fatalf("%d entries, %d names are held, with room for %d", len(tr.entries), len(tr.names), cap(tr.entries))
			}
		}
		follow := func() {
			for {
				kind, ok := tr.next(last)
				if !ok {
					return
				}
				read(kind)
			}
		}
		read(newest)
		follow()
		for want := last; want > 0; want-- {
			if got := tr.selected().Seq; got != want {
				t.Fatalf("down: entry %d under the cursor, want %d", got, want)
			}
			tr.move(tr.cursor + 1)
			follow()
		}
		for want := uint64(2); want <= last; want++ {
			tr.move(tr.cursor - 1)
			follow()
			if got := tr.selected().Seq; got != want {
				t.Fatalf("up: entry %d under the cursor, want %d", got, want)
			}
		}
		if tr.newer || !tr.older || tr.fresh != 0 {
			t.Errorf("at the top: %v, %v, %d", tr.newer, tr.older, tr.fresh)
		}
		read(oldest)
		if tr.selected().Seq != 1 || tr.older || !tr.newer {
			t.Errorf("at the bottom: %d, %v, %v", tr.selected().Seq, tr.older, tr.newer)
		}
	}
}

// TestATrailStaysWhereOneReads: however much comes in above, what is under the cursor stays, and where it is shown.
func TestATrailStaysWhereOneReads(t *testing.T) {
	s, last := long(t, 1000)
	tr := trail{}
	take := func(kind pageKind, seq uint64) {
		p := trailRead{kind: kind, seq: seq}
		if err := p.read(context.Background(), s, tr.ask(store.Query{Before: seq + 1}, kind)); err != nil {
			t.Fatal(err)
		}
		tr.take(p)
	}
	take(newest, last-900)
	tr.move(7)
	tr.top = 5
	at, above := tr.selected().Seq, tr.entries[tr.top].Seq
	for seen := last - 900; seen < last; seen += 30 {
		take(forth, seen+30)
		if tr.selected().Seq != at || tr.entries[tr.top].Seq != above || len(tr.entries) > trailMost {
			t.Fatalf("after %d came: %d under the cursor, want %d; %d on top, want %d; %d held",
				seen, tr.selected().Seq, at, tr.entries[tr.top].Seq, above, len(tr.entries))
		}
	}
	if tr.fresh == 0 {
		t.Error("nothing says that newer ones have come")
	}
}
