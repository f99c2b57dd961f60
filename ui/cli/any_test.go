package cli_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"
)

// TestAnyKeysOnATerminal: the program on a terminal, random keys and pastes, a size that changes all the time, and an end
// at whatever is on the screen then. The terminal is as it was, and the store is whole.
func TestAnyKeysOnATerminal(t *testing.T) {
	keys := strings.Split("0 1 6 9 h j k l g G a s n N t o + & y x . c e p / * S i A P J H M R < > E w L @ u U : ? v åäö ÅÄÖ 4 pol", " ")
	keys = append(keys, "\r", "\r", "\x1b", "\t", " ", "\x7f", "\x07", "\x1b[A", "\x1b[B", "\x1b[5~", "\x1bOP", "\x1b[200~a\u030a\x1b[201~", "\x1b[<0;3;3M", "\xff\xfe")
	for i, end := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP} {
		t.Run(fmt.Sprint(end), func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(uint64(i), 9))
			file := filepath.Join(t.TempDir(), "board.db")
			must(t, file, "add", "--region", "SYD", "--focus", "local", "--codename", "LÄRKA")
			keyboard, line, err := pty.Open()
			if err != nil {
				t.Fatal(err)
			}
			defer keyboard.Close()
			defer line.Close()
			was, err := term.GetState(line.Fd())
			if err != nil {
				t.Fatal(err)
			}
			cmd := program(t, file)
			cmd.Dir = t.TempDir() // where exports go
			cmd.Stdin, cmd.Stdout, cmd.Stderr = line, line, line
			cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			out := make(chan string, 1)
			go func() {
				var b strings.Builder
				buf := make([]byte, 1<<16)
				for {
					n, err := keyboard.Read(buf)
					b.Write(buf[:n])
					if err != nil || strings.Contains(string(buf[:n]), "all of it") {
						out <- b.String()
						return
					}
				}
			}()
			for n := range 400 {
				if n%10 == 0 {
					pty.Setsize(keyboard, &pty.Winsize{Rows: uint16(1 + random.IntN(60)), Cols: uint16(1 + random.IntN(200))})
				}
				io.WriteString(keyboard, keys[random.IntN(len(keys))])
				time.Sleep(time.Duration(random.IntN(4)) * time.Millisecond)
			}
			cmd.Process.Signal(end)
			ended := make(chan struct{})
			go func() { cmd.Wait(); close(ended) }()
			select {
			case <-ended:
			case <-time.After(30 * time.Second):
				cmd.Process.Kill()
				t.Fatal("it does not end")
			}
			if now, err := term.GetState(line.Fd()); err != nil || !reflect.DeepEqual(now, was) {
				t.Errorf("the terminal's modes are not as they were: %v", err)
			}
			io.WriteString(line, "all of it\n")
			seen := <-out
			if strings.Count(seen, "\x1b[?1049h") != strings.Count(seen, "\x1b[?1049l") || !strings.Contains(seen, "\x1b[?1049h") {
				t.Errorf("the other screen is left on: %q", seen[max(len(seen)-300, 0):])
			}
			rest := seen[strings.LastIndex(seen, "\x1b[?1049h"):]
			for _, restored := range []string{"\x1b[?25h", "\x1b[?2004l"} {
				if !strings.Contains(rest, restored) {
					t.Errorf("it ended without %q: %q", restored, rest[max(len(rest)-300, 0):])
				}
			}
			if strings.Contains(seen, "panic") || strings.Contains(seen, "goroutine ") {
				t.Errorf("a trace was seen: %q", seen[max(len(seen)-2000, 0):])
			}
			must(t, file, "verify")
		})
	}
}
