package input

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// model writes down the keys it gets, as an app takes them.
type model struct{ keys *[]string }

func (m model) Init() tea.Cmd { return nil }
func (m model) View() string  { return "" }
func (m model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if msg, ok := msg.(tea.KeyMsg); ok {
		for _, key := range Split(msg) {
			*m.keys = append(*m.keys, key.String())
		}
	}
	return m, nil
}

// typed runs Bubble Tea on a stream that gets each write by itself, and gives the keys the app sees.
func typed(t *testing.T, writes ...string) []string {
	t.Helper()
	var keys []string
	synctest.Test(t, func(t *testing.T) {
		out, in := io.Pipe()
		r := NewReader(out)
		go func() {
			for _, w := range writes {
				if w == quiet {
					time.Sleep(time.Second) // of the test's own clock
				} else if _, err := io.WriteString(in, w); err != nil {
					t.Errorf("write %q: %v", w, err)
				}
			}
			time.Sleep(time.Second) // of the test's own clock
			in.Close()
		}()
		p := tea.NewProgram(model{&keys}, tea.WithInput(r), tea.WithOutput(io.Discard), tea.WithoutSignalHandler())
		if _, err := p.Run(); !errors.Is(err, ErrEnded) {
			t.Errorf("the end of the input gives %v", err)
		}
		r.Close()
		<-r.Done()
	})
	return keys
}

func TestBubbleTeaSeesWholeKeys(t *testing.T) {
	tests := []struct {
		name   string
		writes []string
		want   string
	}{
		{"three letters", []string{"jjj"}, "j j j"},
		{"arrow in parts", []string{"\x1b", "[", "A"}, "up"},
		{"escape, then a letter", []string{"\x1b", quiet, "j"}, "esc j"},
		{"two escapes at once", []string{"\x1b\x1b", quiet}, "esc esc"},
		{"å in parts", []string{"\xc3", "\xa5"}, "å"},
		{"å in NFD", []string{"a\u030a"}, "å"},
		{"paste", []string{"\x1b[200~q", "\r\x1b[31mx\x1b[20", "1~j"}, "[q\nx] j"},
		{"an unmarked paste", []string{"It is said that a quick fox\rjumps over the lazy dog\r"},
			"[It is said that a quick fox\njumps over the lazy dog] enter"},
		{"keys of every kind", []string{"åj \x1b[A\x1bOBk\t\r\x1b[5~\x7f\x1bf"}, "å j   up down k tab enter pgup backspace alt+f"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(typed(t, tt.writes...), " "); got != tt.want {
				t.Errorf("%q gives %q, want %q", tt.writes, got, tt.want)
			}
		})
	}
}

func TestEveryHeldKeyCounts(t *testing.T) {
	for _, n := range []int{1, 127, 128, 129, 200, 255, 256, 257, 1000} {
		for _, key := range []string{"j", "å", "\x1b[B"} {
			if got := typed(t, strings.Repeat(key, n)); len(got) != n {
				t.Errorf("%d times %q gives %d keys", n, key, len(got))
			}
		}
	}
}

func TestCloseEndsARead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		out, in := io.Pipe()
		r := NewReader(out)
		ended := make(chan error)
		go func() {
			_, err := r.Read(make([]byte, 256))
			ended <- err
		}()
		synctest.Wait() // the read waits
		r.Close()
		r.Close()
		if err := <-ended; !errors.Is(err, ErrEnded) {
			t.Errorf("a closed reader gives %v", err)
		}
		in.Close()
		<-r.Done()
	})
}

type panicking struct{}

func (panicking) Read([]byte) (int, error) { panic("no terminal") }

func TestReaderKeepsItsCause(t *testing.T) {
	r := NewReader(panicking{})
	_, err := r.Read(make([]byte, 256))
	if !errors.Is(err, ErrEnded) || !strings.Contains(err.Error(), "no terminal") || errors.Is(err, io.EOF) {
		t.Errorf("a reader that panics gives %v", err)
	}
	<-r.Done()
}

// endless is a source that always has a key.
type endless struct{}

func (endless) read(p []byte) (int, error) { return copy(p, "j"), nil }
func (endless) wait(time.Duration) bool    { return false }

func BenchmarkKey(b *testing.B) {
	r := assembled{src: endless{}}
	buf := make([]byte, 256)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := r.Read(buf); err != nil {
			b.Fatal(err)
		}
	}
}
