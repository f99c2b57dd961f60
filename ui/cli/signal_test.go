package cli_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// osc is a sequence that sets a title; its end is the same letter as the bell.
var osc = regexp.MustCompile(`\x1b\]2;[^\a]*\a`)

// drawn is everything that a seat's terminal got.
func (s *seat) drawn() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.all.String()
}

// heard is how often the bell has rung on a seat's terminal since it sat down.
func (s *seat) heard() int { return strings.Count(osc.ReplaceAllString(s.drawn(), ""), "\a") }

// TestSignalsOnATerminal: the title and the bell, as bytes; and none of either where the configuration does not ask for
// them, or the terminal has none.
func TestSignalsOnATerminal(t *testing.T) {
	file := filepath.Join(t.TempDir(), "board.db")
	must(t, file, "add", "--region", "SYD", "--focus", "local", "--codename", "LÄRKA")
	config := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(config, []byte("[desk]\ntitle = true\nbell = true\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	told := sit(t, file, "--config", config, "--agency", "KFM")
	silent := sit(t, file, "--agency", "KFM")
	console := sitOn(t, "linux", file, "--config", config, "--agency", "KFM")
	told.see("\x1b]2;samverkan · Inbox 1\a")
	silent.see("National picture")
	console.see("National picture")
	must(t, file, "--agency", "POL", "assign", "larka", "kfm")
	told.see("\x1b]2;samverkan · Inbox 2\a")
	for _, s := range []*seat{silent, console} {
		s.see("!1")
	}
	for _, s := range []*seat{told, silent, console} {
		s.press("q")
		s.cmd.Wait()
	}
	told.see("\x1b[23;0t")
	if !strings.Contains(told.drawn(), "\x1b[22;0t") {
		t.Error("the title that was there is not kept")
	}
	if told.heard() != 1 || silent.heard() != 0 || console.heard() != 1 {
		t.Errorf("rung %d, %d and %d times", told.heard(), silent.heard(), console.heard())
	}
	for _, s := range []*seat{silent, console} {
		if all := s.drawn(); strings.Contains(all, "\x1b]") || strings.Contains(all, "\x1b[22") {
			t.Errorf("a title was set: %q", all)
		}
	}
}
