package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/store/storetest"
)

// TestPagesOfOneEffort: however the pages of an effort's history are asked for, each entry comes once, and going back
// costs what is read, not what lies after it.
func TestPagesOfOneEffort(t *testing.T) {
	reads := 0
	s := on(t, counted{storetest.Memory(), &reads})
	id := do(t, s, proposal("LÄRKA")).Efforts[0].ID
	const n = 2500 // more than is looked through in one transaction
	var notes []model.OnEffort
	for i := range n - 1 {
		notes = append(notes, model.AddNote{On: model.On{Effort: id}, Text: fmt.Sprint(i)})
	}
	do(t, s, model.Together{Commands: notes})
	do(t, s, proposal("SKATA"))
	for _, q := range []store.Query{{Effort: id, Newest: true, Limit: 100}, {Effort: id, Limit: 700}, {Effort: id, Newest: true}, {Effort: id}} {
		seen := map[uint64]bool{}
		for {
			reads = 0
			entries, err := s.Journal(context.Background(), q)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range entries {
				if seen[e.Seq] || e.Effort != id {
					t.Fatalf("%+v: entry %d of %s", q, e.Seq, e.Effort)
				}
				seen[e.Seq] = true
			}
			if q.Limit == 100 && reads > 110 {
				t.Fatalf("%d records read for a page of %d", reads, len(entries))
			}
			if q.Limit == 0 || len(entries) < q.Limit {
				break
			}
			if q.Newest {
				q.Before = entries[len(entries)-1].Seq
			} else {
				q.After = entries[len(entries)-1].Seq
			}
		}
		if len(seen) != n {
			t.Errorf("%+v: %d entries", q, len(seen))
		}
	}
}

// asked is when the tests ask.
var asked = time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)

// TestQueryOf looks up what people name; what is nothing is answered with the nearest.
func TestQueryOf(t *testing.T) {
	s := on(t, storetest.Memory())
	id := do(t, s, proposal("LÄRKA")).Efforts[0].ID
	kfm := storetest.Officer("kfm-syd")
	kfm.Agency = "KFM"
	if _, err := s.Do(context.Background(), kfm, model.AddNote{On: model.On{Effort: id}, Text: "hej"}); err != nil {
		t.Fatal(err)
	}
	ask := func(text string) (store.Query, error) {
		f, err := model.ParseJournal(text, model.NewLexicon(model.DefaultCatalogue()), asked, nil)
		if err != nil {
			return store.Query{}, err
		}
		return s.QueryOf(context.Background(), f)
	}
	for text, want := range map[string]store.Query{
		"": {}, "larka": {Effort: id}, "lär": {Effort: id}, "KFM-SYD": {Officer: "kfm-syd"}, "effort:larka anna": {Effort: id, Officer: "anna"},
		"agency:kfm": {Agency: "KFM"}, "since:1d larka kfm-syd": {Effort: id, Officer: "kfm-syd", Since: model.StampOf(asked) - 86400},
	} {
		if q, err := ask(text); err != nil || q != want {
			t.Errorf("%q: %+v, %v", text, q, err)
		}
	}
	if entries, err := s.Journal(context.Background(), store.Query{Agency: "KFM"}); err != nil || len(entries) != 1 || entries[0].Officer != "kfm-syd" {
		t.Errorf("%+v, %v", entries, err)
	}
	for text, c := range map[string]struct {
		why  model.Why
		near string
	}{"larkka": {model.NobodyCalled, "LÄRKA"}, "kfm-sud": {model.NobodyCalled, "kfm-syd"}, "officer:ana": {model.BadFilterValue, "anna"},
		"effort:lrka": {model.UnknownEffort, "LÄRKA"}, "larka effort:larka": {model.FilterTwice, ""}, "anna kfm-syd": {model.FilterTwice, ""}} {
		_, err := ask(text)
		if no, ok := err.(*model.Error); !ok || no.Why != c.why || no.Args["near"] != c.near {
			t.Errorf("%q: %v", text, err)
		}
	}
	do(t, s, proposal("LÄRFT")) // what begins two codenames is neither
	if _, err := ask("lär"); !model.Is(err, model.NobodyCalled) {
		t.Errorf("the beginning of two: %v", err)
	}
	if q, err := ask("lärk"); err != nil || q.Effort != id {
		t.Errorf("the beginning of one: %+v, %v", q, err)
	}
}
