package cli

import (
	"context"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"board.internal/samverkan/model"
)

// TestTurns: two at once and one of an officer's; who waits no longer leaves nothing behind.
func TestTurns(t *testing.T) {
	turns, ctx := NewTurns(), context.Background()
	turns.longest = time.Hour
	over, end := context.WithCancel(ctx)
	end()
	take := func(officer model.OfficerID) func() {
		done, err := turns.Take(ctx, officer)
		if err != nil {
			t.Fatal(err)
		}
		return done
	}
	first := take("a")
	waiting := make(chan func())
	go func() { waiting <- take("a") }()
	second := take("b") // the other one of a's takes no room while it waits
	if _, err := turns.Take(over, "c"); !errors.Is(err, context.Canceled) {
		t.Errorf("a third one: %v", err)
	}
	select {
	case <-waiting:
		t.Error("two of one officer at once")
	default:
	}
	first()
	third := <-waiting
	fourth := make(chan error)
	gone, leave := context.WithCancel(ctx)
	go func() {
		_, err := turns.Take(gone, "d")
		fourth <- err
	}()
	leave()
	if err := <-fourth; !errors.Is(err, context.Canceled) {
		t.Errorf("who has gone: %v", err)
	}
	second()
	third()
	if len(turns.own) > 0 || len(turns.all) > 0 {
		t.Errorf("%d officers and %d turns are left", len(turns.own), len(turns.all))
	}
}

// TestATurnEnds: a command that goes on for long, as its caller is slow, keeps nobody out: neither others nor the officer's
// own next one, for which it may even be waiting.
func TestATurnEnds(t *testing.T) {
	turns := NewTurns()
	turns.longest = time.Millisecond
	var all []func()
	for _, officer := range []model.OfficerID{"a", "a", "b", "c", "a"} {
		done, err := turns.Take(context.Background(), officer)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, done)
	}
	for _, done := range all {
		done()
	}
	if len(turns.own) > 0 || len(turns.all) > 0 {
		t.Errorf("%d officers and %d turns are left", len(turns.own), len(turns.all))
	}
}

// untouched is an upload that must not be read.
type untouched struct{ t *testing.T }

func (u untouched) Read([]byte) (int, error) {
	u.t.Error("the upload was read")
	return 0, io.EOF
}

// TestServedHeavyCommandsWait: what reads all of a board waits for its turn, and gives it back however it ends; other
// commands do not wait. A waiting one ends with its caller.
func TestServedHeavyCommandsWait(t *testing.T) {
	d := over(t, "nuc")
	d.Served.Turns = NewTurns()
	d.must(t, "add", "--region", "syd", "--focus", "local", "--codename", "lärka")
	heavy := []string{"export", "verify", "journal", "report", "list --at 1d", "--public-room list", "import - --check"}
	for _, line := range append(heavy, "report --format nonsense", "export --format nonsense", "import -") {
		d.In = strings.NewReader("nonsense")
		d.run(strings.Fields(line)...)
		if len(d.Served.Turns.own) > 0 || len(d.Served.Turns.all) > 0 {
			t.Fatalf("%s has kept its turn", line)
		}
	}
	done, err := d.Served.Turns.Take(context.Background(), "nuc")
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	for _, line := range []string{"list", "show lärka", "note lärka x"} {
		d.must(t, strings.Fields(line)...)
	}
	turns := d.Served.Turns
	waits := func() bool {
		turns.mu.Lock()
		defer turns.mu.Unlock()
		return turns.own["nuc"].users == 2
	}
	for _, line := range heavy {
		gone, leave := context.WithCancel(context.Background())
		opts := d.Options
		opts.Args, opts.In, opts.Out, opts.Err = strings.Fields(line), untouched{t}, io.Discard, io.Discard
		ended := make(chan int, 1)
		go func() { ended <- Run(gone, opts) }()
		for !waits() && len(ended) == 0 {
			runtime.Gosched()
		}
		if len(ended) > 0 {
			t.Errorf("%s did not wait", line)
		}
		leave()
		if code := <-ended; code != ExitUnexpected {
			t.Errorf("%s, whose caller has gone: exit code %d", line, code)
		}
	}
}

// TestServedImportAsksFirst: who may not import sends nothing, and nobody sends more than the server takes.
func TestServedImportAsksFirst(t *testing.T) {
	d := over(t, "kfm-syd")
	d.In = untouched{t}
	for _, line := range []string{"import -", "import - --check", "--read-only import -"} {
		if code := d.run(strings.Fields(line)...); code != ExitForbidden {
			t.Errorf("%s: exit code %d: %s", line, code, d.err.String())
		}
	}
	d = over(t, "nuc")
	d.Served.Config.Server.UploadMBytes = 1
	d.In = io.MultiReader(strings.NewReader(strings.Repeat("x", 1<<20)+"x"), untouched{t})
	if code := d.run("import", "-"); code != ExitInvalid || !strings.Contains(d.err.String(), "larger than 1 MiB") {
		t.Errorf("exit code %d: %s", code, d.err.String())
	}
}
