package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/creack/pty"
)

// seat is the program on a pseudo-terminal, and all it has written.
type seat struct {
	*exec.Cmd
	keyboard *os.File
	mu       sync.Mutex
	said     bytes.Buffer
}

func sitDown(t *testing.T, args ...string) *seat {
	t.Helper()
	s := &seat{Cmd: exec.Command("samverkan", args...)}
	s.Env = append(os.Environ(), "TERM=xterm-256color", "LANG=C.UTF-8", "XDG_CONFIG_HOME="+t.TempDir())
	var err error
	if s.keyboard, err = pty.StartWithSize(s.Cmd, &pty.Winsize{Rows: 24, Cols: 100}); err != nil {
		t.Fatal(err)
	}
	go func() {
		b := make([]byte, 4096)
		for {
			n, err := s.keyboard.Read(b)
			s.mu.Lock()
			s.said.Write(b[:n])
			s.mu.Unlock()
			if err != nil {
				return
			}
		}
	}()
	t.Cleanup(func() {
		s.Process.Kill()
		s.Wait()
		s.keyboard.Close()
	})
	return s
}

// sees waits until one of the words has been written, and forgets what was.
func (s *seat) sees(t *testing.T, words ...string) {
	t.Helper()
	var plain string
	wait(t, strings.Join(words, " or "), func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		plain = ansi.Strip(s.said.String())
		for _, w := range words {
			if strings.Contains(plain, w) {
				s.said.Reset()
				return true
			}
		}
		return false
	})
}

func wait(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); !ok(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("never: " + what)
		}
	}
}

// TestLive is two people at one board, with the program as it is: they see each other and what the other has open, a
// folder that goes away is said and recovers, and one who is killed is gone.
func TestLive(t *testing.T) {
	if testing.Short() {
		t.Skip("several processes")
	}
	path := filepath.Join(t.TempDir(), "data", "board.db")
	run := func(args ...string) string {
		out, err := exec.Command("samverkan", append([]string{"--store", path, "--lang", "en"}, args...)...).CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		return string(out)
	}
	run("add", "--region", "syd", "--focus", "individuals", "--codename", "lärka")
	anna := sitDown(t, "--store", path, "--lang", "en", "--as", "anna", "--agency", "pol")
	anna.sees(t, "live")
	kalle := sitDown(t, "--store", path, "--lang", "en", "--as", "kalle", "--agency", "kfm")
	anna.sees(t, "2 in")
	kalle.sees(t, "2 in")
	anna.keyboard.WriteString("6e")
	anna.sees(t, "Edit LÄRKA")
	kalle.keyboard.WriteString("6")
	kalle.sees(t, "anna is editing")
	if out := run("who"); !strings.Contains(out, "changes LÄRKA") || !strings.Contains(out, "kalle") {
		t.Error(out)
	}
	if out := run("who", "--public-room"); strings.Contains(out, "LÄRKA") || !strings.Contains(out, "changes SYD-") {
		t.Error(out)
	}
	run("note", "larka", "from elsewhere", "--as", "berit")
	kalle.sees(t, "•")

	data := filepath.Dir(path)
	if err := os.Rename(data, data+".gone"); err != nil {
		t.Fatal(err)
	}
	kalle.sees(t, "s old", "store away")
	if err := os.Rename(data+".gone", data); err != nil {
		t.Fatal(err)
	}
	kalle.sees(t, "live  2 in")

	if err := anna.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	wait(t, "only kalle is left", func() bool {
		out := run("who", "--json")
		return strings.Contains(out, "kalle") && !strings.Contains(out, "anna")
	})
	kalle.keyboard.WriteString("q")
	if err := kalle.Wait(); err != nil {
		t.Error(err)
	}
	if _, err := os.Lstat(path + ".here"); !os.IsNotExist(err) {
		t.Error("the folder stays when the last has left")
	}
}
