package store_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/store/bolt"
	"board.internal/samverkan/store/storetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func on(t testing.TB, engine store.Engine) *store.Store {
	t.Helper()
	s := store.Open(engine, model.DefaultCatalogue(), store.Options{})
	t.Cleanup(func() { s.Close() })
	return s
}

func do(t testing.TB, s *store.Store, cmd model.Command) store.Result {
	t.Helper()
	res, err := s.Do(context.Background(), storetest.Officer("anna"), cmd)
	if err != nil {
		t.Fatalf("%T: %v", cmd, err)
	}
	return res
}

func proposal(codename string) model.Command {
	return model.Propose{Fields: map[model.Field]string{model.FieldRegion: "SYD", model.FieldFocus: "crime_areas", model.FieldCodename: codename}}
}

func load(t testing.TB, s *store.Store) *model.Board {
	t.Helper()
	b, err := s.Load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// twice is an engine that runs every function twice, as engines may.
type twice struct{ store.Engine }

func (e twice) Update(ctx context.Context, fn func(store.Tx) error) error {
	no := errors.New("once more")
	if err := e.Engine.Update(ctx, func(tx store.Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		return no
	}); err != no {
		return err
	}
	return e.Engine.Update(ctx, fn)
}

func TestRunTwice(t *testing.T) {
	storetest.Run(t, func(*testing.T) func() store.Engine {
		open := storetest.Shared()
		return func() store.Engine { return twice{open()} }
	})
}

// doubtful is an engine whose next commit ends in an error, having happened or not.
type doubtful struct {
	store.Engine
	doubt, happens, away bool
}

func (e *doubtful) Update(ctx context.Context, fn func(store.Tx) error) error {
	if !e.doubt {
		return e.Engine.Update(ctx, fn)
	}
	no := errors.New("no")
	e.Engine.Update(ctx, func(tx store.Tx) error {
		if err := fn(tx); err != nil || e.happens {
			return err
		}
		return no
	})
	return fmt.Errorf("commit: %w: input/output error", store.ErrUnknown)
}

func (e *doubtful) View(ctx context.Context, fn func(store.Reader) error) error {
	if e.away {
		return fmt.Errorf("read: %w", store.ErrAway)
	}
	return e.Engine.View(ctx, fn)
}

// When the disk answers a commit with an error, Do says what is true: done, not saved, or that nobody can tell.
func TestUnknownOutcome(t *testing.T) {
	for _, c := range []struct {
		happens, away bool
		want          error
	}{{true, false, nil}, {false, false, store.ErrAway}, {true, true, store.ErrUnknown}, {false, true, store.ErrUnknown}} {
		engine := &doubtful{Engine: storetest.Memory()}
		s := on(t, engine)
		load(t, s)
		do(t, s, proposal("LÄRKA"))
		engine.doubt, engine.happens, engine.away = true, c.happens, c.away
		res, err := s.Do(context.Background(), storetest.Officer("anna"), proposal("SKATA"))
		if !errors.Is(err, c.want) || c.want == store.ErrAway && errors.Is(err, store.ErrUnknown) || c.want == store.ErrUnknown && errors.Is(err, store.ErrAway) {
			t.Errorf("%+v: %v", c, err)
		}
		if err == nil && (len(res.Efforts) != 1 || s.Board().Find("skata") == nil) {
			t.Errorf("%+v: done, but %+v", c, res)
		}
		engine.doubt, engine.away = false, false
		if load(t, s).Find("skata") != nil != c.happens {
			t.Errorf("%+v: the effort is there: %v", c, !c.happens)
		}
	}
}

// A refusal is the model's own, a panic is an error of that command alone, and nothing of either is stored.
func TestRefusals(t *testing.T) {
	s := on(t, storetest.Memory())
	load(t, s)
	if _, err := s.Do(context.Background(), storetest.Officer("anna"), proposal("två ord")); !model.Is(err, model.BadText) {
		t.Errorf("a bad codename: %v", err)
	}
	rows := storetest.Efforts(1, 2, true)
	rows[1].Effort.Codename = rows[0].Effort.Codename
	var p model.Problems
	if _, err := s.Do(context.Background(), storetest.Officer("anna"), model.Import{Rows: rows}); !errors.As(err, &p) || len(p) != 1 {
		t.Errorf("a list with a fault: %v", err)
	}
	if _, err := s.Do(context.Background(), storetest.Officer("anna"), model.Import{Rows: []model.Row{{}}}); err == nil || !strings.Contains(err.Error(), "panic") {
		t.Errorf("a panic: %v", err)
	}
	if v, err := s.Verify(context.Background()); err != nil || v.Entries != 0 {
		t.Errorf("%+v, %v", v, err)
	}
}

func TestTooLarge(t *testing.T) {
	s := on(t, storetest.Memory())
	e := do(t, s, proposal("LÄRKA")).Efforts[0]
	var err error
	n := 0
	for ; err == nil && n < 1000; n++ {
		_, err = s.Do(context.Background(), storetest.Officer("anna"),
			model.AddMeasure{On: model.On{Effort: e.ID}, Type: model.Safety, Text: strings.Repeat("å", model.MaxTitle)})
	}
	if !model.Is(err, model.TooLarge) || n < 100 {
		t.Errorf("after %d measures: %v", n, err)
	}
	if v, err := s.Verify(context.Background()); err != nil || v.Entries != n {
		t.Errorf("%+v, %v", v, err)
	}
}

// Try answers as Do would, and writes nothing.
func TestTry(t *testing.T) {
	s := on(t, storetest.Memory())
	events, err := s.Try(context.Background(), storetest.Officer("anna"), proposal("LÄRKA"))
	if err != nil || len(events) != 1 || events[0].Effort == "" {
		t.Errorf("%+v, %v", events, err)
	}
	if v, err := s.Verify(context.Background()); err != nil || v.Entries != 0 {
		t.Errorf("%+v, %v", v, err)
	}
}

// An effort is found however a person writes it; a misspelt one is answered with the nearest.
func TestFindEffort(t *testing.T) {
	s := on(t, storetest.Memory())
	id := do(t, s, proposal("LÄRKA")).Efforts[0].ID
	do(t, s, model.Edit{On: model.On{Effort: id}, Fields: map[model.Field]string{model.FieldCodename: "SKATA"}})
	do(t, s, model.SetStatus{On: model.On{Effort: id}, To: model.Rejected, Reason: "nej"})
	for _, ref := range []string{string(id), strings.ToLower(string(id)), "skata", " SKÄTA ", "Lärka", "larka"} {
		if e, err := s.Effort(context.Background(), ref); err != nil || e.ID != id {
			t.Errorf("%q: %+v, %v", ref, e, err)
		}
	}
	for ref, near := range map[string]string{"SKATTA": "SKATA", "zzzzzz": "", "": ""} {
		_, err := s.Effort(context.Background(), ref)
		var no *model.Error
		if !errors.As(err, &no) || no.Why != model.UnknownEffort || no.Fault != model.NotFound || no.Args["near"] != near {
			t.Errorf("%q: %v", ref, err)
		}
	}
}

// What each reader of the journal gets is the same whatever the pages.
func TestJournalPages(t *testing.T) {
	s := on(t, storetest.Memory())
	const n = 4500 // more than two pages
	do(t, s, model.Import{Rows: storetest.Efforts(1, n, true)})
	_, err := s.Do(context.Background(), storetest.Officer("bo"), proposal("LÄRKA"))
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range []store.Query{{}, {Newest: true}, {Officer: "bo"}, {Officer: "bo", Newest: true, Limit: 5}, {Limit: 3000}, {Limit: 3000, Newest: true}} {
		entries, err := s.Journal(context.Background(), q)
		want := n + 1
		if q.Officer != "" {
			want = 1
		} else if q.Limit > 0 {
			want = q.Limit
		}
		if err != nil || len(entries) != want {
			t.Errorf("%+v: %d entries, %v", q, len(entries), err)
			continue
		}
		for i := 1; i < len(entries); i++ {
			if up := entries[i].Seq == entries[i-1].Seq+1; up == q.Newest {
				t.Fatalf("%+v: %d after %d", q, entries[i].Seq, entries[i-1].Seq)
			}
		}
	}
}

// swap is an engine whose store can be replaced or taken away under it, as files can.
type swap struct {
	mu      sync.Mutex
	engine  store.Engine
	away    bool
	changed chan struct{}
}

func (e *swap) put(engine store.Engine, away bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if engine != nil {
		e.engine = engine
	}
	e.away = away
	select {
	case e.changed <- struct{}{}:
	default:
	}
}

func (e *swap) now() (store.Engine, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.away {
		return nil, fmt.Errorf("open: %w", store.ErrAway)
	}
	return e.engine, nil
}

func (e *swap) Update(ctx context.Context, fn func(store.Tx) error) error {
	engine, err := e.now()
	if err != nil {
		return err
	}
	return engine.Update(ctx, fn)
}

func (e *swap) View(ctx context.Context, fn func(store.Reader) error) error {
	engine, err := e.now()
	if err != nil {
		return err
	}
	return engine.View(ctx, fn)
}

func (e *swap) Changed() <-chan struct{}             { return e.changed }
func (e *swap) Backup(context.Context, string) error { return store.ErrAway }
func (e *swap) Check(context.Context) error          { return nil }
func (e *swap) Close() error                         { return nil }

// A store that goes away and comes back, with another content or empty, is never taken for what it is not.
func TestReplaced(t *testing.T) {
	first, second := storetest.Shared(), storetest.Shared()
	a := on(t, first())
	id := do(t, a, proposal("LÄRKA")).Efforts[0].ID
	b := on(t, second())
	do(t, b, proposal("SKATA"))
	engine := &swap{engine: first(), changed: make(chan struct{}, 1)}
	s := on(t, engine)
	changed, stop := s.Watch()
	defer stop()
	until := func(what string, ok func() bool) {
		t.Helper()
		for !ok() {
			select {
			case <-changed:
			case <-time.After(time.Minute):
				t.Fatalf("%s: %+v", what, s.State())
			}
		}
	}
	load(t, s)
	engine.put(nil, true)
	until("away", func() bool { return errors.Is(s.State().Err, store.ErrAway) })
	if s.Board().Effort(id) == nil {
		t.Error("the board was lost with the store")
	}
	engine.put(nil, false)
	until("back", func() bool { return s.State().Err == nil })
	engine.put(second(), false) // as long, but another
	until("replaced", func() bool { return s.Board().Find("skata") != nil && s.Board().Find("lärka") == nil })
	do(t, b, proposal("ÖRN"))
	engine.put(nil, false)
	until("followed", func() bool { return s.Board().Find("örn") != nil })
	engine.put(first(), false) // shorter
	until("put back", func() bool { return s.Board().Find("lärka") != nil && s.Board().Open() == 1 })
	engine.put(storetest.Memory(), false)
	until("emptied", func() bool { return errors.Is(s.State().Err, store.ErrAway) })
	if _, err := s.Do(context.Background(), storetest.Officer("anna"), proposal("TRANA")); !errors.Is(err, store.ErrAway) || s.Board().Open() != 1 {
		t.Errorf("a new store was begun where one had been: %v, %d open", err, s.Board().Open())
	}
}

// TestVanished: where the folder of an open board has gone, nobody who is refused there makes a new and empty one,
// which would give its first effort the id of the old one's.
func TestVanished(t *testing.T) {
	root := t.TempDir()
	folder, moved := filepath.Join(root, "kept"), filepath.Join(root, "moved")
	engine, err := bolt.Open(filepath.Join(folder, "board.db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s := on(t, engine)
	load(t, s)
	for _, cmd := range []model.Command{proposal("två ord"), model.Undo{}, model.AddNote{On: model.On{Effort: "SYD-2026-001"}, Text: "hej"}} {
		if _, err := s.Do(context.Background(), storetest.Officer("anna"), cmd); model.FaultOf(err) == 0 {
			t.Errorf("%T on no board: %v", cmd, err)
		}
	}
	if _, err := os.Lstat(folder); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("refused commands made a folder: %v", err)
	}
	id := do(t, s, proposal("LÄRKA")).Efforts[0].ID
	if err := os.Rename(folder, moved); err != nil {
		t.Fatal(err)
	}
	for _, cmd := range []model.Command{proposal("SKATA"), model.Undo{}, model.AddNote{On: model.On{Effort: id}, Text: "hej"}} {
		if _, err := s.Do(context.Background(), storetest.Officer("anna"), cmd); !errors.Is(err, store.ErrAway) {
			t.Errorf("%T where the board has gone: %v", cmd, err)
		}
	}
	if _, err := os.Lstat(folder); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("something lies where the board was: %v", err)
	}
	if err := os.Rename(moved, folder); err != nil {
		t.Fatal(err)
	}
	if next := do(t, s, proposal("SKATA")).Efforts[0].ID; next == id {
		t.Errorf("%s was given twice", id)
	}
}

// Close ends what was started, whoever still watches, and closes what they wait on.
func TestClose(t *testing.T) {
	s := on(t, storetest.Memory())
	changed, stop := s.Watch()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for range changed {
	}
	stop()
	late, stop := s.Watch()
	if _, open := <-late; open {
		t.Error("a closed store signals")
	}
	stop()
}

// counted is an engine that counts the records read.
type counted struct {
	store.Engine
	reads *int
}

type countedReader struct {
	store.Reader
	reads *int
}

func (c counted) View(ctx context.Context, fn func(store.Reader) error) error {
	return c.Engine.View(ctx, func(r store.Reader) error { return fn(countedReader{r, c.reads}) })
}

func (c countedReader) Get(key []byte) []byte {
	*c.reads++
	return c.Reader.Get(key)
}

func (c countedReader) Range(prefix, from []byte, fn func(key, value []byte) bool) {
	c.Reader.Range(prefix, from, func(k, v []byte) bool {
		*c.reads++
		return fn(k, v)
	})
}

// TestLoadReadsNothingThatHasEnded: starting does not grow with history.
func TestLoadReadsNothingThatHasEnded(t *testing.T) {
	reads := func(ended int) (n int) {
		s := on(t, counted{storetest.Memory(), &n})
		do(t, s, model.Import{Rows: append(storetest.Efforts(1, 20, true), storetest.Efforts(2, ended, false)...)})
		n = 0
		if b := load(t, s); b.Open() != 20 {
			t.Fatal(b.Open())
		}
		return n
	}
	if few, many := reads(0), reads(300); few != many || few < 20 {
		t.Errorf("%d records read, with 300 ended ones %d", few, many)
	}
}
