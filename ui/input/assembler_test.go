package input

import (
	"io"
	"slices"
	"strings"
	"testing"
	"time"
)

const quiet = "\x00quiet" // in a script: nothing comes for as long as anybody waits

// script is a source that gives what is written, step by step, and never sleeps.
type script []string

func (s *script) read(p []byte) (int, error) {
	for len(*s) > 0 && (*s)[0] == quiet {
		*s = (*s)[1:]
	}
	if len(*s) == 0 {
		return 0, io.EOF
	}
	n := copy(p, (*s)[0])
	if (*s)[0] = (*s)[0][n:]; (*s)[0] == "" {
		*s = (*s)[1:]
	}
	return n, nil
}

func (s *script) wait(time.Duration) bool { return len(*s) == 0 || (*s)[0] != quiet }

// reads are what a caller with Bubble Tea's buffer gets, read by read.
func reads(t *testing.T, steps ...string) []string {
	t.Helper()
	src := script(slices.Clone(steps))
	r := assembled{src: &src}
	var got []string
	buf := make([]byte, 256)
	for {
		n, err := r.Read(buf)
		if n == len(buf) {
			t.Errorf("a read fills the buffer, which Bubble Tea takes for one that is cut off")
		}
		if n > 0 {
			got = append(got, string(buf[:n]))
		}
		if err != nil {
			return got
		}
	}
}

func TestReadsHoldWholeKeys(t *testing.T) {
	long := strings.Repeat("Quick brown fox, lazy dog. ", 4)
	tests := []struct {
		name  string
		steps []string
		want  []string
	}{
		{"a letter", []string{"j"}, []string{"j"}},
		{"arrow in two", []string{"\x1b", "[A"}, []string{"\x1b[A"}},
		{"arrow in three", []string{"\x1b", "[", "A"}, []string{"\x1b[A"}},
		{"arrow byte by byte, with modifiers", []string{"\x1b", "[", "1", ";", "5", "A", "x"}, []string{"\x1b[1;5A", "x"}},
		{"application arrow in three", []string{"\x1b", "O", "A"}, []string{"\x1bOA"}},
		{"Linux console function key", []string{"\x1b[", "[A"}, []string{"\x1b[[A"}},
		{"alt and an arrow", []string{"\x1b", "\x1b[A"}, []string{"\x1b\x1b[A"}},
		{"escape", []string{"\x1b", quiet, "j"}, []string{"\x1b", "j"}},
		{"escape after letters", []string{"jj\x1b", quiet, "j"}, []string{"jj\x1b", "j"}},
		{"alt and a letter", []string{"\x1b", "f"}, []string{"\x1bf"}},
		{"alt and å", []string{"\x1b\xc3", "\xa5"}, []string{"\x1bå"}},
		{"alt and [", []string{"\x1b[", quiet, "A"}, []string{"\x1b[", "A"}},
		{"alt and O, then å", []string{"\x1bO", "å"}, []string{"\x1bOå"}},
		{"å in two", []string{"\xc3", "\xa5"}, []string{"å"}},
		{"å in two after letters", []string{"kr\xc3", "\xa5ka"}, []string{"kråka"}},
		{"half an å", []string{"\xc3", quiet, "j"}, []string{"j"}},
		{"a sequence that is lost", []string{"\x1b[1;", quiet, "j"}, []string{"j"}},
		{"a sequence cut off by another", []string{"\x1b[1;\x1b[A"}, []string{"\x1b[A"}},
		{"urxvt shift home", []string{"\x1b[7$", quiet, "j"}, []string{"\x1b[7$", "j"}},
		{"a late answer about colours", []string{"j\x1b]11;rgb:0000/", "0000/0000\x1b\\k"}, []string{"jk"}},
		{"an answer with a bell", []string{"\x1b]11;rgb:0/0/0\aj"}, []string{"j"}},
		{"an answer without an end", []string{"\x1b]11;rgb:", quiet, "j"}, []string{"j"}},
		{"alt and ]", []string{"\x1b]", quiet, "j"}, []string{"\x1b]", "j"}},
		{"alt and P, then x", []string{"\x1bPx"}, []string{"\x1bPx"}},
		{"a raw control byte", []string{"a\x9bb"}, []string{"ab"}},
		{"held", []string{strings.Repeat("j", 200)}, []string{strings.Repeat("j", 128), strings.Repeat("j", 72)}},
		{"held å", []string{strings.Repeat("å", 80)}, []string{strings.Repeat("å", 64), strings.Repeat("å", 16)}},
		{"typed ahead", []string{"n waits for the decision\r"}, []string{"n waits for the decision\r"}},
		{"paste", []string{"\x1b[200~a\rb\x1b[201~x"}, []string{"\x1b[200~a\rb\x1b[201~x"}},
		{"paste in parts", []string{"\x1b[20", "0~a\r", "b\x1b[2", "01~x"}, []string{"\x1b[200~a\r", "b", "\x1b[201~x"}},
		{"paste of sequences", []string{"\x1b[200~\x1b[A\x1b]0;", quiet, "\x1b[201~"}, []string{"\x1b[200~\x1b[A\x1b]0;", "\x1b[201~"}},
		{"a paste's end alone", []string{"\x1b[201~j"}, []string{"j"}},
		{"burst", []string{long, quiet, "j"}, []string{"\x1b[200~" + long + "\x1b[201~", "j"}},
		{"burst with lines", []string{long + "\rand q\r", quiet, "j"}, []string{"\x1b[200~" + long + "\rand q\x1b[201~\r", "j"}},
		{"burst and a key", []string{long, "\x1b[A"}, []string{"\x1b[200~" + long + "\x1b[201~\x1b[A"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := reads(t, tt.steps...)
			if strings.Join(got, "|") != strings.Join(tt.want, "|") {
				t.Errorf("%q gives %q, want %q", tt.steps, got, tt.want)
			}
		})
	}
}

func TestLongPastesAreBounded(t *testing.T) {
	for name, steps := range map[string][]string{
		"marked":   {pasteStart + strings.Repeat("Quick brown fox. ", 20<<10), pasteEnd + "j"},
		"unmarked": {strings.Repeat("Quick brown fox. ", 20<<10), quiet, "j"},
	} {
		all := strings.Join(reads(t, steps...), "")
		text, ok := strings.CutPrefix(all, pasteStart)
		text, after, ended := strings.Cut(text, pasteEnd)
		if !ok || !ended || after != "j" || len(text) != maxPaste {
			t.Errorf("%s: %d bytes of a paste, then %q", name, len(text), after)
		}
	}
}

func TestNothingEndlessIsKept(t *testing.T) {
	for _, in := range []string{"\x1b[" + strings.Repeat("1;", 10<<10), "\x1b]0;" + strings.Repeat("x", 10<<10)} {
		var a assembler
		for part := range slices.Chunk([]byte(in), chunk) {
			a.feed(part)
			if len(a.in) > maxReply+chunk {
				t.Fatalf("%d bytes kept of %.8q…", len(a.in), in)
			}
		}
	}
}

// FuzzReads cuts what comes in two other places and wants the same keys, as long as nobody is waited for in vain.
func FuzzReads(f *testing.F) {
	f.Add([]byte("jå\x1b[A\x1bOA\x1b[1;5Cx\x1b[200~a\rb\x1b[201~"), 3, 9)
	f.Add([]byte("\x1b]11;rgb:0/0/0\ajj\x1b\x1b[A\xc3\xa5\x9b"), 1, 20)
	f.Fuzz(func(t *testing.T, in []byte, i, j int) {
		if len(in) == 0 || len(in) >= burst {
			return
		}
		i, j = abs(i)%len(in), abs(j)%len(in)
		i, j = min(i, j), max(i, j)
		whole := reads(t, string(in))
		var steps []string
		for _, step := range []string{string(in[:i]), string(in[i:j]), string(in[j:])} {
			if step != "" {
				steps = append(steps, step)
			}
		}
		if parts := reads(t, steps...); strings.Join(parts, "") != strings.Join(whole, "") {
			t.Errorf("%q gives %q, in parts %q", in, whole, parts)
		}
	})
}

func abs(n int) int { return max(n, -(n + 1)) }
