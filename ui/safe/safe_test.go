package safe

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/unicode/norm"
)

const fffd = "\uFFFD"

func TestOfDisarms(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"clear screen", "a\x1b[2Jb", "a" + fffd + "[2Jb"},
		{"cursor report", "a\x1b[6nb", "a" + fffd + "[6nb"},
		{"open colour", "a\x1b[31mb", "a" + fffd + "[31mb"},
		{"terminal reset", "a\x1bcb", "a" + fffd + "cb"},
		{"clipboard", "a\x1b]52;c;ZXZpbA==\x07b", "a" + fffd + "]52;c;ZXZpbA==" + fffd + "b"},
		{"window title", "a\x1b]0;owned\x07b", "a" + fffd + "]0;owned" + fffd + "b"},
		{"device control", "a\x1bP+q544e\x1b\\b", "a" + fffd + "P+q544e" + fffd + "\\b"},
		{"hyperlink", "a\x1b]8;;http://x\x1b\\b", "a" + fffd + "]8;;http://x" + fffd + "\\b"},
		{"C1 as U+009B", "a\u009b31mb", "a" + fffd + "31mb"},
		{"C1 as raw byte", "a\x9b31mb", "a" + fffd + "31mb"},
		{"carriage return", "a\rb", "a b"},
		{"backspace", "a\bb", "a" + fffd + "b"},
		{"bell", "a\ab", "a" + fffd + "b"},
		{"tab", "a\tb", "a b"},
		{"newline", "a\nb", "a b"},
		{"right-to-left override", "a\u202eb", "ab"},
		{"zero-width space", "a\u200bb", "ab"},

		{"delete", "a\x7fb", "a" + fffd + "b"},
		{"soft hyphen", "a\u00adb", "ab"},
		{"tag characters", "a\U000E0041b", "ab"},
		{"byte order mark", "\ufeffab", "ab"},
		{"private use", "a\ue000b", "ab"},
		{"variation selectors", "⚠\ufe0fb", "⚠b"},
		{"line and paragraph separators", "a\u2028\u2029b", "ab"},
		{"joined family", "👨\u200d👩", "👨👩"},
		{"skin tone", "👍🏽", "👍"},
		{"flag", "🇸🇪", "SE"},
		{"pile of marks", "a" + strings.Repeat("\u0316", 50) + "b", "a\u0316\u0316b"},
		{"mark without a base", "\u0301b", "b"},
		{"composes", "A\u030aman, a\u0308", "Åman, ä"},
		{"composes across what is dropped", "a\u200d\u030a", "å"},
		{"broken bytes", "a\xc3\xffb", "a" + fffd + "b"},
		{"noncharacter", "a\ufffeb", "a" + fffd + "b"},
		{"Swedish is left alone", "Åtgärd för ÖSTRA – 3 §", "Åtgärd för ÖSTRA – 3 §"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := Of(tt.in)
			if got.String() != tt.want {
				t.Errorf("Of(%q) = %q, want %q", tt.in, got, tt.want)
			}
			if Line(tt.in) != tt.want {
				t.Errorf("Line(%q) = %q, want %q", tt.in, Line(tt.in), tt.want)
			}
			check(t, got)
		})
	}
}

func TestOfBoundsHostileText(t *testing.T) {
	for _, unit := range []string{"\u0316", "a\u0316", "\x1b[31m", "\x9b", "漢", "\u0958", "\ufb2c", "\U000E0041", "🇸", "\u1100\u1161"} {
		in := strings.Repeat(unit, 100<<10/len(unit))
		got := Of(in)
		check(t, got)
		if len(got.String()) > 3*maxBytes {
			t.Errorf("100 KB of %q gave %d bytes", unit, len(got.String()))
		}
		if cut := got.Cut(17); len(cut.String()) > 200 {
			t.Errorf("17 cells of %q are %d bytes", unit, len(cut.String()))
		}
		if n := len(Lines(strings.Repeat(unit+"\n", 100<<10/len(unit)))); n > maxBytes {
			t.Errorf("%q gave %d lines", unit, n)
		}
	}
	if got := Of(strings.Repeat("å", 100<<10)); got.String() != strings.Repeat("å", maxBytes/2) {
		t.Errorf("the cut left %d bytes, the last %q", len(got.String()), got.String()[len(got.String())-2:])
	}
	if got := Of("a" + strings.Repeat("å", maxBytes)); !strings.HasSuffix(got.String(), "å") {
		t.Errorf("the cut split a rune: …%q", got.String()[maxBytes-8:])
	}
}

func TestNarrowRunesStandAlone(t *testing.T) {
	for r := rune(0x80); r < 0x3000; r++ {
		if !narrow(r) {
			continue
		}
		s := string(r)
		if w := ansi.StringWidth(s); w != 1 {
			t.Errorf("%U is %d cells", r, w)
		}
		if w := ansi.StringWidth(s + s + "x"); w != 3 {
			t.Errorf("%U joins with its neighbour", r)
		}
		if !norm.NFC.IsNormalString(s) || !unicode.IsGraphic(r) || unicode.In(r, invisible...) || unicode.IsMark(r) {
			t.Errorf("%U is not safe as it is", r)
		}
		if !norm.NFC.PropertiesString(s).BoundaryBefore() {
			t.Errorf("%U may compose with what stands before it", r)
		}
	}
}

func TestOfTakesPlainTextWithoutAllocating(t *testing.T) {
	for _, s := range []string{"SYD-2026-014 LARKA", "LÄRKA – åtgärd │ ●▮▮"} {
		if n := testing.AllocsPerRun(100, func() { Of(s) }); n != 0 {
			t.Errorf("Of(%q) allocates %v times", s, n)
		}
	}
}

func TestLines(t *testing.T) {
	tests := []struct {
		in   string
		want []string
	}{
		{"", nil},
		{"one", []string{"one"}},
		{"one\n", []string{"one"}},
		{"one\r\ntwo\rthree\n\nfive\n", []string{"one", "two", "three", "", "five"}},
		{"\x1b[2J\nb", []string{fffd + "[2J", "b"}},
	}
	for _, tt := range tests {
		got := Lines(tt.in)
		if len(got) != len(tt.want) {
			t.Errorf("Lines(%q) = %q, want %q", tt.in, got, tt.want)
			continue
		}
		for i := range got {
			if got[i].String() != tt.want[i] {
				t.Errorf("Lines(%q)[%d] = %q, want %q", tt.in, i, got[i], tt.want[i])
			}
		}
	}
}

// check fails when got could do anything to a terminal but show itself, or does not know its width.
func check(t *testing.T, got Text) {
	t.Helper()
	s := got.String()
	if !utf8.ValidString(s) || !norm.NFC.IsNormalString(s) {
		t.Errorf("%q is not UTF-8 in NFC", s)
	}
	for _, r := range s {
		if !unicode.IsGraphic(r) || unicode.In(r, invisible...) {
			t.Errorf("%q holds %U", s, r)
		}
	}
	if w := ansi.StringWidth(s); w != got.Width() {
		t.Errorf("%q is %d cells, says %d", s, w, got.Width())
	}
	if stripped := ansi.Strip(s); stripped != s {
		t.Errorf("%q holds a sequence", s)
	}
}

func FuzzOf(f *testing.F) {
	for _, s := range []string{
		"LÄRKA", "a\x1b[31mb", "\x9b2J", "漢字 e\u0301\u0301\u0301", "🇸🇪👨\u200d👩\u200d👧", "\u0d4e ", "\u1100\u1161\u11a8",
		"क\u094dष", "a\u034f\u030a", "\ufb2c\u0958", "one two  three", "   x", "\U0001F3FD", "\u1160\u3164",
	} {
		f.Add(s, 7)
	}
	f.Fuzz(func(t *testing.T, s string, cells int) {
		cells %= 300
		got := Of(s)
		check(t, got)
		if again := Of(got.String()); len(got.String()) <= maxBytes && again != got {
			t.Errorf("Of(%q) = %q, made safe again %q", s, got, again)
		}
		for _, line := range Lines(s) {
			check(t, line)
		}
		checkLayout(t, got, cells)
	})
}

// BenchmarkOf shows what every text on a frame costs. Budget: a plain text allocates nothing, 100 KB of hostile text
// stays under 0.4 ms. Last measured: 28 ns, 2.6 µs, 0.21 ms.
func BenchmarkOf(b *testing.B) {
	for _, bench := range []struct{ name, text string }{
		{"plain", "LÄRKA        active      8 mo !"},
		{"wide", "漢字 och åäö med e\u0301\u0301 samt 👨\u200d👩"},
		{"hostile100KB", strings.Repeat("\x1b[31m\u202e\u0316", 100<<10/9)},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Of(bench.text)
			}
		})
	}
}
