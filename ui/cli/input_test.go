package cli_test

import (
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestInputThatIsReal: what terminals, links and hands really send to the board of the real program.
func TestInputThatIsReal(t *testing.T) {
	file := filepath.Join(t.TempDir(), "board.db")
	for i, name := range []string{"ALFA", "BETA"} { // in this order, whether or not a second lies between them
		must(t, file, "add", "--region", "SYD", "--focus", "local", "--codename", name, "--priority", fmt.Sprint(i+1))
	}
	s := sit(t, file)
	s.see("National picture")
	// The terminal has answered nothing: the board has been painted all the same, and has asked nothing.
	s.press("6")
	s.see("Region Syd")
	s.press("\t\t\x1b") // an arrow that arrives in two reads
	time.Sleep(5 * time.Millisecond)
	s.press("[B")
	s.press("n\xc3") // å in two reads
	time.Sleep(5 * time.Millisecond)
	s.press("\xa5r av BETA\r")
	s.see("BETA: note “år av BETA”")
	s.press("\x1b[200~aks\r\x1b[201~")
	s.see("pasted text is taken in text fields only")
	s.press("aks\r") // four keys in one packet
	s.see("BETA: KFM asked, SKV asked")
	s.press("n")
	s.see("Note on BETA")
	s.press("\x1b[200~two\x1b[2Jlines\nof paste\x1b[201~\r")
	s.see("note “two")
	if out := must(t, file, "show", "beta", "--json"); !strings.Contains(out, `"notes":2`) {
		t.Error(out)
	}
	if out := must(t, file, "journal", "alfa"); strings.Contains(out, "asked") {
		t.Errorf("a paste has acted: %s", out)
	}
}

// TestEndings: however the board ends, the terminal gets its screen and its cursor back.
func TestEndings(t *testing.T) {
	for _, end := range []syscall.Signal{syscall.SIGHUP, syscall.SIGTERM} {
		t.Run(end.String(), func(t *testing.T) {
			s := sit(t, filepath.Join(t.TempDir(), "board.db"))
			s.see("An empty board")
			s.cmd.Process.Signal(end)
			s.see("\x1b[?1049l")
			err := s.cmd.Wait()
			if exit, ok := errors.AsType[*exec.ExitError](err); ok && !exit.Exited() {
				t.Errorf("the signal ended the program before it could put the terminal back: %v", err)
			}
		})
	}
}
