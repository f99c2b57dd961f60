package ssh_test

import (
	"context"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store/storetest"
	"board.internal/samverkan/ui/ssh"
)

// tape is a terminal that keeps what it gets.
type tape struct {
	mu  sync.Mutex
	got strings.Builder
}

func (w *tape) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.got.Write(p)
}

// see waits until the tape has something.
func (w *tape) see(t *testing.T, want string) {
	t.Helper()
	for deadline := time.Now().Add(hung); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		w.mu.Lock()
		found := strings.Contains(w.got.String(), want)
		w.mu.Unlock()
		if found {
			return
		}
	}
	t.Fatalf("never got %q", want)
}

// TestSignalsOverSSH: who logs in has the title and the bell of the server's configuration, on the caller's own terminal.
func TestSignalsOverSSH(t *testing.T) {
	leavesNothing(t)
	h := newHouse(t, storetest.Memory())
	cfg := *h.config.Load()
	cfg.Desk.Title, cfg.Desk.Bell = true, true
	h.config.Store(&cfg)
	from, keys := io.Pipe()
	out, ended := &tape{}, make(chan error, 1)
	go func() {
		ended <- h.Board(context.Background(), ssh.Caller{Officer: "kfm-syd", Session: "5e55", From: "f40a", Environ: []string{"LANG=sv_SE.UTF-8"}, Since: time.Now()},
			ssh.Pty{Term: "xterm-256color", In: from, Out: out, Size: func() (int, int) { return 80, 24 }})
		from.Close()
	}()
	out.see(t, "\x1b]2;samverkan\a")
	e := h.store.Board().Find("larka")
	h.do(model.Assign{On: model.On{Effort: e.ID}, Parts: []model.Part{{Agency: "KFM"}}})
	out.see(t, "\x1b]2;samverkan · Inkorg 1\a")
	out.see(t, "!1")
	io.WriteString(keys, "q")
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	out.mu.Lock()
	all := out.got.String()
	out.mu.Unlock()
	if bells := strings.Count(all, "\a") - strings.Count(all, "\x1b]2;"); bells != 1 || !strings.Contains(all, "\x1b[22;0t") || !strings.HasSuffix(all, "\x1b[23;0t") {
		t.Errorf("rung %d times: %q", bells, all)
	}
}
