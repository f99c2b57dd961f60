package store_test

import (
	"context"
	"testing"
	"time"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/store/storetest"
)

// A shift begins with the officer's last signature, at any desk, else a day ago; what has ended since is in it too.
func TestShift(t *testing.T) {
	ctx := context.Background()
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	s := store.Open(storetest.Memory(), model.DefaultCatalogue(), store.Options{Now: func() time.Time { return now }})
	t.Cleanup(func() { s.Close() })
	as := func(officer model.OfficerID, c model.Command) store.Result {
		t.Helper()
		now = now.Add(time.Hour)
		res, err := s.Do(ctx, storetest.Officer(officer), c)
		if err != nil {
			t.Fatal(err)
		}
		return res
	}
	load(t, s)
	old := as("anna", proposal("LÄRKA")).Efforts[0].ID
	now = now.Add(30 * time.Hour)
	shift := func(since model.Stamp) store.Shift {
		t.Helper()
		sh, err := s.Shift(ctx, storetest.Officer("bo"), "NAT", since)
		if err != nil {
			t.Fatal(err)
		}
		return sh
	}
	if sh := shift(0); sh.Signed || len(sh.Changed) != 0 || sh.Since != model.StampOf(now.Add(-24*time.Hour)) {
		t.Errorf("%+v", sh)
	}
	as("bo", model.HandOver{Region: "SYD", Note: "lugnt"})
	if sh := shift(0); sh.Signed {
		t.Errorf("signed at another desk: %+v", sh)
	}
	out := as("bo", model.HandOver{Region: "NAT", Note: "lugnt"})
	as("anna", model.SetStatus{On: model.On{Effort: old}, To: model.Rejected, Reason: "nej"})
	sh := shift(0)
	if !sh.Signed || sh.Since != out.Events[0].At || len(sh.Changed) != 1 || sh.Changed[0].Effort.Status != model.Rejected || len(sh.Handovers) != 1 {
		t.Errorf("%+v", sh)
	}
	as("anna", model.HandOver{Region: "NAT", Note: "till bo"})
	as("bo", model.TakeOver{Region: "NAT", Number: 2})
	if sh := shift(0); len(sh.Changed) != 0 || len(sh.Handovers) != 2 || sh.Handovers[0].In.Officer != "bo" {
		t.Errorf("after signing in: %+v", sh)
	}
	if sh := shift(out.Events[0].At); len(sh.Changed) != 1 {
		t.Errorf("since before: %+v", sh)
	}
}

// What nobody took over is all there, however much it is: it is taken over together.
func TestAShiftHasAllThatNobodyTookOver(t *testing.T) {
	s := on(t, storetest.Memory())
	load(t, s)
	for range 2*store.ShiftHandovers + 1 {
		do(t, s, model.HandOver{Region: "SYD", Note: "x"})
	}
	sh, err := s.Shift(context.Background(), storetest.Officer("bo"), "SYD", 0)
	if err != nil || len(sh.Handovers) != 2*store.ShiftHandovers+1 {
		t.Fatalf("%d, %v", len(sh.Handovers), err)
	}
	if _, err := s.Do(context.Background(), storetest.Officer("bo"), model.TakeOver{Region: "SYD", Number: sh.Handovers[0].Number}); err != nil {
		t.Fatal(err)
	}
	if sh, err = s.Shift(context.Background(), storetest.Officer("bo"), "SYD", 0); err != nil || len(sh.Handovers) != store.ShiftHandovers || sh.Handovers[4].Open() {
		t.Errorf("%+v, %v", sh.Handovers, err)
	}
}

// A shift looks through so many entries and no more, and says so.
func TestALongShiftIsCut(t *testing.T) {
	s := on(t, storetest.Memory())
	do(t, s, model.Import{Rows: storetest.Efforts(1, store.ShiftEvents+1, true)})
	load(t, s)
	sh, err := s.Shift(context.Background(), storetest.Officer("bo"), "NAT", 1)
	if err != nil || !sh.Cut || len(sh.Changed) != store.ShiftEvents {
		t.Errorf("%d changed, cut %v, %v", len(sh.Changed), sh.Cut, err)
	}
	if sh, err = s.Shift(context.Background(), storetest.Officer("bo"), "SYD", 1); err != nil || len(sh.Changed) == 0 || len(sh.Changed) >= store.ShiftEvents {
		t.Errorf("%d changed at one desk, %v", len(sh.Changed), err)
	}
}

// A head that says it is of a schema that knew no handovers is not as it was written.
func TestASchemaThatCouldNotHold(t *testing.T) {
	engine := storetest.Memory()
	s := on(t, engine)
	do(t, s, model.HandOver{Region: "SYD"})
	older := on(t, engine)
	for schema := 1; schema < 3; schema++ {
		if err := engine.Update(context.Background(), func(tx store.Tx) error {
			head := append([]byte{}, tx.Get([]byte("H"))...)
			head[1] = byte(schema)
			tx.Put([]byte("H"), head)
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if _, err := older.Verify(context.Background()); err == nil {
			t.Errorf("schema %d is believed", schema)
		}
	}
}
