package store_test

import (
	"context"
	"errors"
	"flag"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/store/bolt"
	"board.internal/samverkan/store/storetest"
)

var update = flag.Bool("update", false, "write the golden file of this schema, if there is none")

func records(t *testing.T, engine store.Engine) map[string]string {
	t.Helper()
	all := map[string]string{}
	if err := engine.View(context.Background(), func(r store.Reader) error {
		r.Range(nil, nil, func(k, v []byte) bool { all[string(k)] = string(v); return true })
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return all
}

// A store of a newer program is refused, whatever one wants of it, and not a byte of it changes.
func TestNewer(t *testing.T) {
	open := storetest.Shared()
	newer, s := on(t, open()), on(t, open())
	newer.Pretend(7)
	do(t, newer, proposal("LÄRKA"))
	engine := open()
	defer engine.Close()
	was := records(t, engine)
	ctx, who := context.Background(), storetest.Officer("anna")
	for name, use := range map[string]func() error{
		"load":    func() error { _, err := s.Load(ctx); return err },
		"do":      func() error { _, err := s.Do(ctx, who, proposal("SKATA")); return err },
		"try":     func() error { _, err := s.Try(ctx, who, proposal("SKATA")); return err },
		"effort":  func() error { _, err := s.Effort(ctx, "lärka"); return err },
		"journal": func() error { _, err := s.Journal(ctx, store.Query{}); return err },
		"verify":  func() error { _, err := s.Verify(ctx); return err },
	} {
		if err := use(); !errors.Is(err, store.ErrNewer) || !strings.Contains(err.Error(), "7") {
			t.Errorf("%s: %v", name, err)
		}
	}
	is := records(t, engine)
	if len(is) != len(was) {
		t.Fatalf("%d records, were %d", len(is), len(was))
	}
	for k, v := range was {
		if is[k] != v {
			t.Errorf("%q changed", k)
		}
	}
}

// An older store is copied, then every record but the journal is written anew from it, in one transaction.
func TestMigration(t *testing.T) {
	open := storetest.Shared()
	s := on(t, open())
	do(t, s, model.Import{Rows: storetest.Efforts(1, 20, true)})
	id := do(t, s, proposal("LÄRKA")).Efforts[0].ID
	engine := open()
	defer engine.Close()
	// The older layout, for this test: one record less, one more, one different.
	if err := engine.Update(context.Background(), func(tx store.Tx) error {
		tx.Delete([]byte("klarka"))
		tx.Put([]byte("x an index of old"), []byte{1})
		tx.Put([]byte("o"+string(id)), []byte("another codec"))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	was := records(t, engine)

	stuck := on(t, open())
	stuck.Pretend(2)
	if _, err := stuck.Load(context.Background()); !errors.Is(err, store.ErrAway) {
		t.Errorf("migrated without a copy: %v", err)
	}
	before := filepath.Join(t.TempDir(), "board.db")
	newer := store.Open(open(), model.DefaultCatalogue(), store.Options{Before: before})
	defer newer.Close()
	newer.Pretend(2)
	if v, err := newer.Verify(context.Background()); err != nil || v.Entries != 21 {
		t.Errorf("an older store's chain: %+v, %v", v, err)
	}
	if is := records(t, engine); is["x an index of old"] == "" {
		t.Error("looking has migrated")
	}
	if b := load(t, newer); b.Open() != 21 || b.Find("lärka") == nil {
		t.Errorf("%d open", b.Open())
	}
	if v, err := newer.Verify(context.Background()); err != nil || v.Efforts != 21 {
		t.Errorf("%+v, %v", v, err)
	}
	if _, err := os.Stat(before + ".schema-1-21"); err != nil {
		t.Error(err)
	}
	for k, v := range records(t, engine) {
		if k[0] == 'j' && was[k] != v {
			t.Errorf("journal entry %q was rewritten", k)
		}
	}
	if _, err := s.Load(context.Background()); !errors.Is(err, store.ErrNewer) {
		t.Errorf("the older program afterwards: %v", err)
	}
}

const golden = "testdata/schema-1.db"

// goldenHead is the hash of the last entry of the golden file.
const goldenHead = "6328e11aa13a407400b3abfa2004f58c49c5010fb7db4827610abde5f7ef327f"

// TestGolden opens a file that the first schema's program wrote. The file is never written again: later programs
// open it as it is.
func TestGolden(t *testing.T) {
	if *update {
		writeGolden(t)
	}
	b, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "board.db")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	engine, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s := store.Open(engine, model.DefaultCatalogue(), store.Options{Before: path})
	defer s.Close()
	board := load(t, s)
	v, err := s.Verify(context.Background())
	if err != nil || v != (store.Verdict{Entries: 20, Efforts: 9, Head: goldenHead}) {
		t.Errorf("%+v, %v", v, err)
	}
	e := board.Find("lärka")
	if e == nil || board.Open() != 5 || e.Title != "Åkerier i hamnen" || e.Lead() != "POL" || e.Status != model.Preparing || e.Version != 11 {
		t.Fatalf("%d open, %+v", board.Open(), e)
	}
	if n, err := s.Notes(context.Background(), e.ID); err != nil || len(n) != 1 || n[0].Text != "första raden\nandra raden" || n[0].By != "anna" {
		t.Errorf("%+v, %v", n, err)
	}
	if res := do(t, s, model.Undo{}); res.Efforts[0].Status != model.Proposed {
		t.Errorf("%+v", res)
	}
	do(t, s, proposal("TRANA"))
	if _, err := s.Verify(context.Background()); err != nil {
		t.Error(err)
	}
}

func writeGolden(t *testing.T) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(golden), 0o755); err != nil {
		t.Fatal(err)
	}
	engine, err := bolt.Open(golden, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer os.Remove(golden + ".lock")
	now := time.Date(2026, 1, 10, 8, 0, 0, 0, time.UTC)
	s := store.Open(engine, model.DefaultCatalogue(), store.Options{
		Now:    func() time.Time { now = now.Add(time.Minute); return now },
		Random: rand.NewChaCha8([32]byte{1}),
	})
	defer s.Close()
	if v, err := s.Verify(context.Background()); err != nil || v.Entries > 0 {
		t.Fatalf("there is a golden file already: %+v, %v", v, err)
	}
	rows := append(storetest.Efforts(1, 4, true), storetest.Efforts(2, 4, false)...)
	rows[0].Effort.Partners = []string{"Kommunen"}
	do(t, s, model.Import{Rows: rows})
	id := do(t, s, proposal("LÄRKA")).Efforts[0].ID
	o := model.On{Effort: id}
	for _, c := range []model.Command{
		model.Edit{On: o, Fields: map[model.Field]string{model.FieldTitle: "Åkerier i hamnen", model.FieldReview: "2026-03-01"}},
		model.Assign{On: o, Parts: []model.Part{{Agency: "POL"}, {Agency: "ÅM", Mode: model.Planning}, {Agency: "KFM"}}},
		model.Answer{On: o, Agency: "POL", Accept: true},
		model.Answer{On: o, Agency: "KFM", Reason: "inga resurser"},
		model.Assign{On: o, Lead: "POL"},
		model.AddNote{On: o, Text: "första raden\nandra raden"},
		model.AddMeasure{On: o, Type: model.Prevention, Text: "tillsyn"},
		model.SetStatus{On: o, To: model.Preparing},
		model.SetStatus{On: o, To: model.Rejected, Reason: "fel"},
		model.Undo{},
	} {
		do(t, s, c)
	}
}
