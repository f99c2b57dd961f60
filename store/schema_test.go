package store_test

import (
	"context"
	"errors"
	"flag"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
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
	s.Pretend(1)
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

// The golden files, and the hash of the last entry of each. None is ever written again: later programs open them as
// they are.
const (
	golden1     = "testdata/schema-1.db"
	golden1Head = "6328e11aa13a407400b3abfa2004f58c49c5010fb7db4827610abde5f7ef327f"
	golden2     = "testdata/schema-2.db"
	golden2Head = "614b9ae91e0d97617c141e2bdfd2f7fd01d0ee54b689b73cb7fc819b6f6edb80"
	golden3     = "testdata/schema-3.db"
	golden3Head = "46843d5cc44a77453fbaf839d800c93bf6588538cbd50751498fa91b6aa7880c"
	golden4     = "testdata/schema-4.db"
	golden4Head = "7c49afc2818c0f876b992328f77e449b0e6b845ff62cb75b686fb839c9569c43"
	golden5     = "testdata/schema-5.db"
	golden5Head = "a409ed6bed387ae428a842b9e3523ad1f3c1b60f2cb8554fd95200aff8330394"
	golden6     = "testdata/schema-6.db"
)

// goldenDay is when the golden files were written.
var goldenDay = time.Date(2026, 1, 10, 8, 0, 0, 0, time.UTC)

// openGolden opens a copy of a golden file as on the evening of its day.
func openGolden(t *testing.T, golden string) (s *store.Store, engine store.Engine, path string) {
	t.Helper()
	b, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "board.db")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	engine, err = bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s = store.Open(engine, goldenCatalogue(), store.Options{Before: path, Now: func() time.Time { return goldenDay.Add(10 * time.Hour) }})
	t.Cleanup(func() { s.Close() })
	return s, engine, path
}

func goldenCatalogue() *model.Catalogue {
	cat := storetest.Catalogue()
	cat.Zone = time.UTC
	return cat
}

// aHash is the hash of some PIN.
const aHash = "$argon2id$v=19$m=32768,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

// TestGolden1 opens a file that the first schema's program wrote, which knew of no redo and of nothing put aside.
func TestGolden1(t *testing.T) {
	s, _, path := openGolden(t, golden1)
	board := load(t, s)
	v, err := s.Verify(context.Background())
	if err != nil || v != (store.Verdict{Entries: 20, Efforts: 9, Head: golden1Head}) {
		t.Errorf("%+v, %v", v, err)
	}
	if _, err := os.Stat(path + ".schema-1-20"); err != nil {
		t.Errorf("no copy from before the migration: %v", err)
	}
	e := board.Find("lärka")
	if e == nil || board.Open() != 5 || e.Title != "Åkerier i hamnen" || e.Lead() != "POL" || e.Status != model.Preparing || e.Version != 11 {
		t.Fatalf("%d open, %+v", board.Open(), e)
	}
	if n, err := s.Notes(context.Background(), e.ID); err != nil || len(n) != 1 || n[0].Text != "första raden\nandra raden" || n[0].By != "anna" {
		t.Errorf("%+v, %v", n, err)
	}
	// Its last entry is an undo, so there is something to redo, and much to undo.
	for _, c := range []struct {
		command model.Command
		status  model.Status
	}{{model.Redo{}, model.Rejected}, {model.Undo{}, model.Preparing}, {model.Undo{}, model.Proposed}, {model.Redo{}, model.Preparing}, {model.Undo{}, model.Proposed}} {
		if res := do(t, s, c.command); res.Efforts[0].Status != c.status {
			t.Errorf("%T: %+v", c.command, res)
		}
	}
	do(t, s, proposal("TRANA"))
	if _, err := s.Do(context.Background(), storetest.Officer("anna"), model.Redo{}); !model.Is(err, model.NothingToRedo) {
		t.Errorf("redo: %v", err)
	}
	if _, err := s.Verify(context.Background()); err != nil {
		t.Error(err)
	}
}

// TestGolden2 opens a file that the second schema's program wrote, with a record of each kind.
func TestGolden2(t *testing.T) {
	s, engine, path := openGolden(t, golden2)
	was := records(t, engine)
	kinds := map[byte]bool{}
	for key := range was {
		kinds[key[0]] = true
	}
	if len(kinds) != 13 {
		t.Errorf("records of %d kinds", len(kinds))
	}
	board := load(t, s)
	v, err := s.Verify(context.Background())
	if err != nil || v != (store.Verdict{Entries: 34, Efforts: 10, Head: golden2Head}) {
		t.Errorf("%+v, %v", v, err)
	}
	is := records(t, engine)
	delete(was, "H")
	delete(is, "H")
	if !maps.Equal(is, was) {
		t.Error("the step up has changed more than the head")
	}
	if _, err := os.Stat(path + ".schema-2-34"); err != nil {
		t.Errorf("no copy from before the migration: %v", err)
	}
	e := board.Find("lärka")
	if e == nil || board.Open() != 6 || e.Lead() != "POL" || e.Decision.Reference != "A1.2/2026" || len(e.Hours) != 2 ||
		!slices.Equal(e.Partners, []string{"Malmö hamn"}) || e.Assignment("KFM").State != model.Asked || e.Assignment("KFM").Reason != "inga resurser" {
		t.Fatalf("%d open, %+v", board.Open(), e)
	}
	partners := board.Partners()
	slices.SortFunc(partners, func(a, b model.Partner) int { return strings.Compare(a.Name, b.Name) })
	if want := []model.Partner{{Region: goldenRows()[0].Effort.Region, Name: "Kommunen"}, {Region: "SYD", Name: "Malmö hamn"}}; !slices.Equal(partners, want) {
		t.Errorf("partners %v, want %v", partners, want)
	}
	who := storetest.Officer("anna")
	lines, back := model.NewInbox(who).Lines(board, board.Catalogue().Today(board.At()))
	if back.String() != "2026-02-01" || slices.ContainsFunc(lines, func(w model.Waiting) bool { return w.Effort == e && w.Why == model.WaitReview }) {
		t.Errorf("put aside until %s: %+v", back, lines)
	}
	res := do(t, s, model.Redo{}) // of two notes together
	if len(res.Events) != 2 || res.Efforts[0].Notes != 4 {
		t.Errorf("%+v", res)
	}
	do(t, s, model.Undo{})
	if res := do(t, s, model.Undo{}); len(res.Events) != 1 || res.Events[0].Effort != "" {
		t.Errorf("what was put aside: %+v", res)
	}
	if _, err := s.Verify(context.Background()); err != nil {
		t.Error(err)
	}
}

// TestGolden3 opens a file that the third schema's program wrote, with a record of each kind.
func TestGolden3(t *testing.T) {
	s, engine, path := openGolden(t, golden3)
	was := records(t, engine)
	board := load(t, s)
	if n := board.Important(0); len(n) != 1 || n[0].Text != "mötet flyttat till torsdag" || n[0].By != "anna" {
		t.Errorf("important notes: %+v", n)
	}
	if v, err := s.Verify(context.Background()); err != nil || v != (store.Verdict{Entries: 37, Efforts: 10, Head: golden3Head}) {
		t.Errorf("%+v, %v", v, err)
	}
	is := records(t, engine)
	delete(was, "H")
	delete(is, "H")
	if !maps.Equal(is, was) {
		t.Error("the step up has changed more than the head")
	}
	if _, err := os.Stat(path + ".schema-3-37"); err != nil {
		t.Errorf("no copy from before the migration: %v", err)
	}
	values, err := s.Registered(context.Background(), model.PINKey("anna"), model.TriesKey("anna"))
	if err != nil || !strings.HasPrefix(values[0], "$argon2id$") || values[1] != "1 2026-01-10T08:24:00Z" {
		t.Errorf("%q, %v", values, err)
	}
	do(t, s, model.Undo{}) // of the notes: a PIN is no work to undo
	if _, err := s.Verify(context.Background()); err != nil {
		t.Error(err)
	}
}

// TestGolden4 opens a file that the fourth schema's program wrote, with a record of each kind.
func TestGolden4(t *testing.T) {
	s, engine, path := openGolden(t, golden4)
	was := records(t, engine)
	e := load(t, s).Find("lärka")
	want := []model.Outcome{
		{N: 7, Agency: "POL", Measure: "assets_attached_sek", Milli: 1_200_000_000, Date: 20_400, By: "anna"},
		{N: 8, Measure: "weapons_seized", Milli: 3_000, Date: 20_463, By: "anna"},
	}
	if e == nil || !slices.Equal(e.Outcomes, want) {
		t.Errorf("%+v", e)
	}
	if v, err := s.Verify(context.Background()); err != nil || v != (store.Verdict{Entries: 39, Efforts: 10, Head: golden4Head}) {
		t.Errorf("%+v, %v", v, err)
	}
	is := records(t, engine)
	delete(was, "H")
	delete(is, "H")
	if !maps.Equal(is, was) {
		t.Error("the step up has changed more than the head")
	}
	if _, err := os.Stat(path + ".schema-4-39"); err != nil {
		t.Errorf("no copy from before the migration: %v", err)
	}
}

// TestGolden5 opens a file that the fifth schema's program wrote, which knew of no links and no meetings: nothing but its
// head changes.
func TestGolden5(t *testing.T) {
	s, engine, path := openGolden(t, golden5)
	was := records(t, engine)
	load(t, s)
	if f := s.Board().Filters("anna"); len(f) != 1 || f[0] != (model.SavedFilter{Name: "Hamnen", Text: "region:syd !mine", Key: 2}) {
		t.Errorf("%+v", f)
	}
	if v, err := s.Verify(context.Background()); err != nil || v != (store.Verdict{Entries: 40, Efforts: 10, Head: golden5Head}) {
		t.Errorf("%+v, %v", v, err)
	}
	is := records(t, engine)
	delete(was, "H")
	delete(is, "H")
	if !maps.Equal(is, was) {
		t.Error("the step up has changed more than the head")
	}
	if _, err := os.Stat(path + ".schema-5-40"); err != nil {
		t.Errorf("no copy from before the migration: %v", err)
	}
}

// TestGolden6 opens a file that this schema's program wrote, with a record of each kind: nothing of it changes.
func TestGolden6(t *testing.T) {
	if *update {
		writeGolden(t)
	}
	s, engine, path := openGolden(t, golden6)
	was := records(t, engine)
	kinds := map[byte]bool{}
	for key := range was {
		kinds[key[0]] = true
	}
	if len(kinds) != 20 {
		t.Errorf("records of %d kinds", len(kinds))
	}
	e := load(t, s).Find("lärka")
	want := []model.Outcome{
		{N: 7, Agency: "POL", Measure: "assets_attached_sek", Milli: 1_200_000_000, Date: 20_400, By: "anna"},
		{N: 8, Measure: "weapons_seized", Milli: 3_000, Date: 20_463, By: "anna"},
	}
	if e == nil || !slices.Equal(e.Outcomes, want) {
		t.Errorf("%+v", e)
	}
	if l := s.Board().Links(e.ID); len(l) != 1 || l[0].Kind != model.Continues {
		t.Errorf("%+v", l)
	}
	if f := s.Board().Filters("anna"); len(f) != 1 || f[0] != (model.SavedFilter{Name: "Hamnen", Text: "region:syd !mine", Key: 2}) {
		t.Errorf("%+v", f)
	}
	if m, err := s.Minutes(context.Background(), "SYD", 0); err != nil || len(m.Matters) != 2 || m.Matters[0].Result() != model.PutOff || m.Matters[1].ID != e.ID {
		t.Errorf("%+v, %v", m, err)
	}
	if v, err := s.Verify(context.Background()); err != nil || v.Entries != 44 {
		t.Errorf("%+v, %v", v, err)
	}
	if is := records(t, engine); !maps.Equal(is, was) {
		t.Error("looking has changed it")
	}
	if copies, err := filepath.Glob(path + ".schema-*"); err != nil || len(copies) > 0 {
		t.Errorf("it was copied as if for a migration: %q, %v", copies, err)
	}
	do(t, s, model.Undo{}) // of the outcomes: a PIN is no work to undo
	do(t, s, model.Undo{})
	if e, err := s.Effort(context.Background(), "lärka"); err != nil || len(e.Outcomes) != 0 {
		t.Errorf("%+v, %v", e, err)
	}
	if _, err := s.Verify(context.Background()); err != nil {
		t.Error(err)
	}
}

func goldenRows() []model.Row {
	rows := append(storetest.Efforts(1, 4, true), storetest.Efforts(2, 4, false)...)
	rows[0].Effort.Partners = []string{"Kommunen"}
	return rows
}

// writeGolden writes the golden file of this schema, if there is none.
func writeGolden(t *testing.T) {
	t.Helper()
	if _, err := os.Stat(golden6); err == nil {
		return
	}
	engine, err := bolt.Open(golden6, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer os.Remove(golden6 + ".lock")
	now := goldenDay
	s := store.Open(engine, goldenCatalogue(), store.Options{
		Now:    func() time.Time { now = now.Add(time.Minute); return now },
		Random: rand.NewChaCha8([32]byte{1}),
	})
	defer s.Close()
	do(t, s, model.Import{Rows: goldenRows()})
	id := do(t, s, proposal("LÄRKA")).Efforts[0].ID
	other := do(t, s, proposal("SKATA")).Efforts[0].ID
	o := model.On{Effort: id}
	for _, c := range []model.Command{
		model.Edit{On: o, Fields: map[model.Field]string{model.FieldTitle: "Åkerier i hamnen", model.FieldReview: "2026-01-09"}},
		model.Assign{On: o, Parts: []model.Part{{Agency: "POL"}, {Agency: "ÅM", Mode: model.Planning}, {Agency: "KFM"}},
			Partners: []model.PartnerPart{{Name: "Malmö hamn", New: true}}},
		model.Together{Commands: []model.OnEffort{
			model.Answer{On: o, Agency: "POL", Accept: true},
			model.Answer{On: o, Agency: "KFM", Reason: "inga resurser"},
			model.Assign{On: o, Lead: "POL"},
		}},
		model.Assign{On: o, Parts: []model.Part{{Agency: "KFM"}}},
		model.AddNote{On: o, Text: "första raden\nandra raden"},
		model.AddNote{On: o, Text: "mötet flyttat till torsdag", Important: true},
		model.AddMeasure{On: o, Type: model.Prevention, Text: "tillsyn"},
		model.AddHours{On: o, Agency: "POL", Centi: 7_50},
		model.AddHours{On: o, Agency: "POL", Centi: -1_00, Reason: "fel insats"},
		model.SetStatus{On: o, To: model.Preparing},
		model.SetStatus{On: o, To: model.Decided, Decider: "RSR Syd", Date: 20_460, Reference: "A1/2026"},
		model.Edit{On: o, Fields: map[model.Field]string{model.FieldReference: "A1.2/2026"}},
		model.Undo{},
		model.Redo{},
		model.SetPartner{Partner: model.Partner{Region: "SYD", Name: "Trafikverket"}},
		model.SetPartner{Partner: model.Partner{Region: "SYD", Name: "trafikverket"}, Off: true},
		model.Postpone{Waits: []model.WaitKey{{Effort: id, Why: model.WaitReview, Since: 1_767_916_800}}, Until: 20_485},
		model.SetLink{On: o, Other: string(other), Kind: model.Continues},
		model.SaveFilter{SavedFilter: model.SavedFilter{Name: "Hamnen", Text: "region:syd !mine", Key: 2}},
		model.BeginMeeting{Region: "SYD", Agenda: []model.EffortID{other, id}},
		model.Adjourn{Effort: other},
		model.EndMeeting{Region: "SYD"},
		model.AddOutcome{On: o, Measure: "assets_attached_sek", Milli: 1_200_000_000, Agency: "POL", Date: 20_400},
		model.AddOutcome{On: o, Measure: "weapons_seized", Milli: 3_000},
		model.Together{Commands: []model.OnEffort{model.AddNote{On: o, Text: "en"}, model.AddNote{On: o, Text: "två"}}},
		model.Undo{},
		model.SetPIN{Officer: "anna", Hash: aHash},
		model.TryPIN{Officer: "anna", Hash: aHash},
	} {
		do(t, s, c)
	}
}
