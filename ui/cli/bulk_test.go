package cli

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"board.internal/samverkan/model"
)

// onBoard does something as the board on the screen would.
func (d *desk) onBoard(t *testing.T, do func(s Session) error, args ...string) {
	t.Helper()
	d.Screen = true
	d.Board = func(_ context.Context, s Session) error { return do(s) }
	d.must(t, args...)
}

// askAll asks KFM for all efforts that are open, as one action.
func askAll(s Session) error {
	board, err := s.Store.Load(context.Background())
	if err != nil {
		return err
	}
	var all model.Together
	for e := range board.All() {
		all.Commands = append(all.Commands, model.Assign{On: model.On{Effort: e.ID}, Parts: []model.Part{{Agency: "KFM"}}})
	}
	_, err = s.Store.Do(context.Background(), s.Actor, all)
	return err
}

// TestOneActionOnSeveralEfforts: the journal keeps its entries together, undo takes all of it back or says of each
// effort why not, and with --rest it takes back what stands.
func TestOneActionOnSeveralEfforts(t *testing.T) {
	d := newDesk(t)
	for _, name := range []string{"alfa", "beta", "gamma"} {
		d.must(t, "add", "--region", "syd", "--focus", "local", "--codename", name)
	}
	d.onBoard(t, askAll)
	if out := d.must(t, "journal"); strings.Count(out, "changed agencies  with #4") != 2 || !strings.Contains(out, "#4 ") {
		t.Errorf("the entries of one action do not stand together:\n%s", out)
	}
	if out := d.must(t, "journal", "--json"); len(regexp.MustCompile(`"op":"[0-9a-f]{8,}"`).FindAllString(out, -1)) != 6 {
		t.Errorf("entries without their action:\n%s", out)
	}
	d.must(t, "--as", "kfm-syd", "answer", "alfa", "kfm", "accept")
	d.must(t, "--as", "kfm-syd", "answer", "beta", "kfm", "no", "--reason", "no resources")
	if code := d.run("undo"); code != ExitRefused {
		t.Fatalf("exit code %d", code)
	}
	for _, part := range []string{"KFM of SYD-2026-001 to accepted", "KFM of SYD-2026-002 to has declined", "; samverkan undo --rest does"} {
		if said := d.err.String(); !strings.Contains(said, part) || strings.Count(said, "\n") != 1 {
			t.Errorf("%q is not in %q", part, said)
		}
	}
	if out := d.must(t, "undo", "--rest"); !strings.Contains(out, "SYD-2026-003 GAMMA  KFM: asked → –") || strings.Contains(out, "ALFA") {
		t.Errorf("undo --rest did %q", out)
	}
	if out := d.must(t, "redo"); !strings.Contains(out, "SYD-2026-003 GAMMA  KFM: asked") {
		t.Errorf("redo did %q", out)
	}
}

// TestRefusalsAreExplained: what was refused of several is one sentence, and its code that of the first.
func TestRefusalsAreExplained(t *testing.T) {
	d := newDesk(t)
	for _, name := range []string{"alfa", "beta"} {
		d.must(t, "add", "--region", "syd", "--focus", "local", "--codename", name)
		d.must(t, "status", name, "rejected", "--reason", "twice")
	}
	d.Screen = true
	d.Board = func(ctx context.Context, s Session) error {
		var all model.Together
		for _, id := range []model.EffortID{"SYD-2026-001", "SYD-2026-002"} {
			all.Commands = append(all.Commands, model.Assign{On: model.On{Effort: id}, Parts: []model.Part{{Agency: "KFM"}}})
		}
		_, err := s.Store.Do(ctx, s.Actor, all)
		return err
	}
	if code := d.run(); code != ExitRefused {
		t.Errorf("exit code %d", code)
	}
	want := "samverkan: SYD-2026-001 is rejected; agencies change only on open efforts · SYD-2026-002 is rejected; agencies change only on open efforts\n"
	if said := d.err.String(); said != want {
		t.Errorf("said %q, want %q", said, want)
	}
}

// TestInboxSaysWhatIsPutAside: and when the first of it comes back.
func TestInboxSaysWhatIsPutAside(t *testing.T) {
	d := newDesk(t)
	d.must(t, "add", "--region", "syd", "--focus", "local", "--codename", "alfa")
	d.must(t, "assign", "alfa", "kfm")
	d.onBoard(t, func(s Session) error {
		board, err := s.Store.Load(context.Background())
		if err != nil {
			return err
		}
		lines, _ := model.NewInbox(s.Actor).Lines(board, model.Day(20777))
		c := model.Postpone{Until: model.DayOf(d.Now().AddDate(0, 0, 7))}
		for i := range lines {
			c.Waits = append(c.Waits, lines[i].Key())
		}
		_, err = s.Store.Do(context.Background(), s.Actor, c)
		return err
	}, "--agency", "kfm")
	for _, args := range [][]string{{"inbox", "--agency", "kfm"}, {"inbox", "--agency", "kfm", "--json"}} {
		out := d.must(t, args...)
		if strings.Contains(out, "ALFA") || !strings.Contains(d.err.String(), "more is put aside; the first comes back on 2026-11-27\n") {
			t.Errorf("%v: %q, beside it %q", args, out, d.err.String())
		}
	}
	if out := d.must(t, "journal"); !strings.Contains(out, "put aside\n    ALFA put aside until 27 Nov") {
		t.Errorf("the journal says\n%s", out)
	}
	if out := d.must(t, "--lang", "sv", "undo"); !strings.Contains(out, "inte längre undanlagd") {
		t.Errorf("undo says %q", out)
	}
}
