package model_test

import (
	"strings"
	"testing"
	"time"

	"board.internal/samverkan/model"
)

// attempt tries the PIN of kfm-syd on what stands in the register.
func attempt(w *twin, who model.Actor, right bool) error {
	_, err := w.try(who, model.TryPIN{Officer: "kfm-syd", Right: right,
		Hash: w.register[model.PINKey("kfm-syd")], Tries: w.register[model.TriesKey("kfm-syd")]})
	return err
}

// TestWaitsGrow: five wrong PINs cost nothing, then one waits, twice as long each time up to a quarter of an hour; the
// right one begins anew, and who tries meanwhile has not tried.
func TestWaitsGrow(t *testing.T) {
	w := newTwin()
	w.do(t, kfmSyd, model.SetPIN{Officer: "kfm-syd", Hash: aHash})
	tries := func() model.Tries {
		tr, err := model.ParseTries(w.register[model.TriesKey("kfm-syd")])
		if err != nil {
			t.Fatal(err)
		}
		return tr
	}
	waits := []time.Duration{0, 0, 0, 0, 30 * time.Second, time.Minute, 2 * time.Minute, 4 * time.Minute, 8 * time.Minute, 15 * time.Minute, 15 * time.Minute}
	for i, wait := range waits {
		if err := attempt(w, nuc, false); err != nil {
			t.Fatalf("wrong PIN %d: %v", i+1, err)
		}
		tr := tries()
		if want := max(4-i, 0); tr.Wrong != i+1 || tr.Left() != want {
			t.Errorf("after %d wrong: %v, %d left", i+1, tr, tr.Left())
		}
		if got := tr.Until(); wait == 0 && got != 0 || wait > 0 && got != model.StampOf(w.now.Add(wait)) {
			t.Errorf("after %d wrong: wait until %v, want %v more", i+1, got, wait)
		}
		if wait == 0 {
			continue
		}
		// try lets a minute pass first: one second before the end nothing counts, not even the right one.
		w.now = w.now.Add(wait - time.Second - time.Minute)
		before := len(w.journal)
		for _, right := range []bool{false, true} {
			if err := attempt(w, kfmSyd, right); !model.Is(err, model.PINWait) {
				t.Errorf("after %d wrong, too early, right %v: %v", i+1, right, err)
			}
			w.now = w.now.Add(-time.Minute)
		}
		if len(w.journal) != before || tries() != tr {
			t.Errorf("what was too early is counted: %v", tries())
		}
		w.now = w.now.Add(time.Second)
	}
	if err := attempt(w, kfmSyd, true); err != nil || tries().Wrong != 0 || tries().Until() != 0 {
		t.Errorf("the right one: %v, %v", err, tries())
	}
	if err := attempt(w, nuc, false); err != nil || tries().Wrong != 1 {
		t.Errorf("after it: %v, %v", err, tries())
	}
}

// TestTriesAreJournaled: who tried whose PIN when and from where; never the PIN, and never its hash for a reader.
func TestTriesAreJournaled(t *testing.T) {
	w := newTwin()
	set := w.do(t, kfmSyd, model.SetPIN{Officer: "kfm-syd", Hash: aHash})[0]
	if set.Action != model.ActPIN || set.Officer != "kfm-syd" || set.Terminal != "test" {
		t.Errorf("%+v", set)
	}
	for _, c := range set.Public().Changes {
		if strings.Contains(c.Old+c.New, "argon") {
			t.Errorf("a reader sees %+v", c)
		}
	}
	if set.Changes[0].New != aHash {
		t.Error("hiding has changed the event itself")
	}
	if err := attempt(w, wall, false); err != nil {
		t.Fatal(err)
	}
	try := w.journal[len(w.journal)-1]
	if try.Action != model.ActTry || try.Officer != wall.Officer || try.Terminal != "test" || try.Changes[0].Field != "try.kfm-syd" ||
		try.Changes[0].New != "1 "+try.At.String() {
		t.Errorf("%+v", try)
	}
}

// TestAPINIsNoWork: undo goes past it to the officer's last action on the board.
func TestAPINIsNoWork(t *testing.T) {
	w := newTwin()
	id := w.propose(t)
	w.do(t, kfmSyd, model.AddNote{On: on(id), Text: "x"})
	w.do(t, kfmSyd, model.SetPIN{Officer: "kfm-syd", Hash: aHash})
	if err := attempt(w, kfmSyd, true); err != nil {
		t.Fatal(err)
	}
	if evs := w.do(t, kfmSyd, model.Undo{}); evs[0].Effort != id {
		t.Errorf("%+v", evs)
	}
	if err := attempt(w, kfmSyd, true); err != nil {
		t.Fatal(err)
	}
	w.do(t, kfmSyd, model.Redo{})
	for key := range w.register {
		if owner := key.Field.Owner(); owner != "" && owner != key.Officer {
			t.Errorf("%+v", key)
		}
	}
}

// TestANewPINWaitsForNothing: a forgotten PIN is taken out by the national centre, and its wait goes with it.
func TestANewPINWaitsForNothing(t *testing.T) {
	w := newTwin()
	w.do(t, kfmSyd, model.SetPIN{Officer: "kfm-syd", Hash: aHash})
	for range 6 {
		if err := attempt(w, nuc, false); err != nil {
			t.Fatal(err)
		}
	}
	w.do(t, nuc, model.SetPIN{Officer: "kfm-syd"})
	if err := attempt(w, nuc, false); !model.Is(err, model.NoPIN) {
		t.Error(err)
	}
	w.do(t, kfmSyd, model.SetPIN{Officer: "kfm-syd", Hash: aHash})
	if err := attempt(w, kfmSyd, true); err != nil {
		t.Error(err)
	}
}

func TestCleanPIN(t *testing.T) {
	for typed, want := range map[string]string{
		"1234": "1234", " 12 ": " 12 ", "a\u030a234": "å234", strings.Repeat("å", 32): strings.Repeat("å", 32),
		"123": "", strings.Repeat("å", 33): "", "": "", "12\n34": "", "12\u202e34": "", "12\xff34": "",
	} {
		got, err := model.CleanPIN(typed)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v", typed, got, err)
		}
		if err != nil && len(typed) > 0 && strings.Contains(err.Error(), typed) {
			t.Errorf("%q is told: %v", typed, err)
		}
	}
}

func TestParseTries(t *testing.T) {
	for _, bad := range []string{"x", "1 x", "x 2026-11-20T12:00:00Z"} {
		if _, err := model.ParseTries(bad); err == nil {
			t.Errorf("%q is read", bad)
		}
	}
}
