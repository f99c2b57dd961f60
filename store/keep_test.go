package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/store/bolt"
	"board.internal/samverkan/store/storetest"
)

// onFile opens a store in a file.
func onFile(t *testing.T, path string) *store.Store {
	t.Helper()
	engine, err := bolt.Open(path, bolt.Options{Wait: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	return on(t, engine)
}

func verified(t *testing.T, s *store.Store) store.Verdict {
	t.Helper()
	v, err := s.Verify(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestBackupWhileOthersWrite: a copy taken while four others write is whole, and its journal is a beginning of theirs.
func TestBackupWhileOthersWrite(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "board.db")
	first := onFile(t, path)
	id := do(t, first, proposal("LÄRKA")).Efforts[0].ID
	var stop atomic.Bool
	var writing sync.WaitGroup
	for w := range 4 {
		s := onFile(t, path)
		writing.Go(func() {
			for n := 0; !stop.Load(); n++ {
				who := storetest.Officer(model.OfficerID(fmt.Sprint("w", w)))
				note := model.AddNote{On: model.On{Effort: id}, Text: fmt.Sprint(w, " wrote ", n), Important: n%3 == 0}
				if _, err := s.Do(context.Background(), who, note); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	var ends []store.Head
	for i := range 5 {
		file := filepath.Join(dir, fmt.Sprint("copy-", i, ".db"))
		if err := first.Backup(context.Background(), file); err != nil {
			t.Fatal(err)
		}
		copied := onFile(t, file)
		v := verified(t, copied)
		end, err := copied.Head(context.Background())
		if err != nil || end.Seq != uint64(v.Entries) || end.Hash != v.Head || len(end.Short()) != 12 || !strings.HasPrefix(v.Head, end.Short()) {
			t.Errorf("head %+v of %+v: %v", end, v, err)
		}
		ends = append(ends, end)
	}
	stop.Store(true)
	writing.Wait()
	verified(t, first)
	if ends[4].Seq < ends[0].Seq+5 {
		t.Errorf("nobody wrote meanwhile: %+v", ends)
	}
	for _, end := range ends {
		entries, err := first.Journal(context.Background(), store.Query{After: end.Seq - 1, Limit: 1})
		if err != nil || len(entries) != 1 || entries[0].Hash != end.Hash {
			t.Errorf("entry %d of the copy is %s, of the board %+v, %v", end.Seq, end.Hash, entries, err)
		}
	}
}

// TestRestoreUnderAnOpenBoard does what the README says while a board is open: the next transaction sees the backup.
func TestRestoreUnderAnOpenBoard(t *testing.T) {
	dir := t.TempDir()
	path, backup := filepath.Join(dir, "board.db"), filepath.Join(dir, "monday.db")
	board, other := onFile(t, path), onFile(t, path)
	do(t, other, proposal("LÄRKA"))
	if err := other.Backup(context.Background(), backup); err != nil {
		t.Fatal(err)
	}
	then := verified(t, onFile(t, backup))
	do(t, other, proposal("SKATA"))
	changed, stop := board.Watch()
	defer stop()
	if load(t, board).Open() != 2 {
		t.Fatal("the board is not as it is kept")
	}
	b, err := os.ReadFile(backup) // cp monday.db board.db.new
	if err == nil {
		err = os.WriteFile(path+".new", b, 0o600)
	}
	if err == nil {
		err = os.Rename(path+".new", path) // mv board.db.new board.db
	}
	if err != nil {
		t.Fatal(err)
	}
	if v := verified(t, other); v != then {
		t.Errorf("the next reader sees %+v, restored was %+v", v, then)
	}
	for board.Board().Find("skata") != nil {
		select {
		case <-changed:
		case <-time.After(time.Minute):
			t.Fatalf("the open board has not noticed: %+v", board.State())
		}
	}
	if res := do(t, board, proposal("TRANA")); res.Events[0].Seq != uint64(then.Entries)+1 {
		t.Errorf("the next entry is %d", res.Events[0].Seq)
	}
	if v := verified(t, other); v.Efforts != 2 || board.Board().Find("lärka") == nil {
		t.Errorf("%+v", v)
	}
}

// TestTamperedFile turns one letter in the file itself: what the driver's own check passes, the chain gives away, and
// verify says which entry it is.
func TestTamperedFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "board.db")
	s := onFile(t, path)
	id := do(t, s, proposal("LÄRKA")).Efforts[0].ID
	for i := range 9 {
		do(t, s, model.AddMeasure{On: model.On{Effort: id}, Type: model.Safety, Text: fmt.Sprint("step ", i)})
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	// The journal's entries are JSON in the file; the state has its own writing. Older copies of a page may lie about.
	for _, c := range []struct{ what, with, says string }{
		{`"safety step 4"`, `"safety step 7"`, "journal entry 6:"},
		{`"officer":"anna"`, `"officer":"bosse"`[:16], "journal entry 1:"},
	} {
		if err := os.WriteFile(path, bytes.ReplaceAll(whole, []byte(c.what), []byte(c.with)), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Verify(context.Background()); !errors.Is(err, store.ErrDamaged) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", c.what, err)
		}
	}
}

// TestHead is that of nothing, and then that of the last entry.
func TestHead(t *testing.T) {
	s := on(t, storetest.Memory())
	if end, err := s.Head(context.Background()); err != nil || end != (store.Head{}) || end.Short() != "" {
		t.Errorf("%+v, %v", end, err)
	}
	do(t, s, proposal("LÄRKA"))
	entries, err := s.Journal(context.Background(), store.Query{})
	if end, err2 := s.Head(context.Background()); err != nil || err2 != nil || end.Seq != 1 || end.Hash != entries[0].Hash {
		t.Errorf("%+v, %v, %v", end, err, err2)
	}
}
