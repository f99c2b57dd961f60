package safe

import (
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

func TestCutAndFit(t *testing.T) {
	tests := []struct {
		in       string
		cells    int
		cut, fit string
	}{
		{"LÄRKA", 5, "LÄRKA", "LÄRKA"},
		{"LÄRKA", 4, "LÄR…", "LÄR…"},
		{"LÄRKA", 1, "…", "…"},
		{"LÄRKA", 0, "", ""},
		{"LÄRKA", -3, "", ""},
		{"LÄRKA", 7, "LÄRKA", "LÄRKA  "},
		{"", 3, "", "   "},
		{"漢字", 3, "漢…", "漢…"},
		{"漢字", 2, "…", "… "},
		{"漢字", 6, "漢字", "漢字  "},
		{"q\u0301q\u0301q\u0301", 2, "q\u0301…", "q\u0301…"},
	}
	for _, tt := range tests {
		text := Of(tt.in)
		if got := text.Cut(tt.cells).String(); got != tt.cut {
			t.Errorf("Of(%q).Cut(%d) = %q, want %q", tt.in, tt.cells, got, tt.cut)
		}
		if got := text.Fit(tt.cells).String(); got != tt.fit {
			t.Errorf("Of(%q).Fit(%d) = %q, want %q", tt.in, tt.cells, got, tt.fit)
		}
	}
	if got := Of("8 mån").FitRight(7).String(); got != "  8 mån" {
		t.Errorf("FitRight = %q", got)
	}
}

func TestWrap(t *testing.T) {
	tests := []struct {
		in    string
		cells int
		want  []string
	}{
		{"", 5, []string{""}},
		{"one", 0, nil},
		{"one two three", 7, []string{"one two", "three"}},
		{"one two three", 8, []string{"one two", "three"}},
		{"one  two", 4, []string{"one", "two"}},
		{"säkerhetspolisen", 6, []string{"säkerh", "etspol", "isen"}},
		{"a säkerhetspolisen", 6, []string{"a", "säkerh", "etspol", "isen"}},
		{"  indented text", 10, []string{"  indented", "text"}},
		{"  indented", 6, []string{"  inde", "nted"}},
		{"漢字漢字", 5, []string{"漢字", "漢字"}},
		{"漢字", 1, []string{"…", "…"}},
		{"word   ", 4, []string{"word"}},
	}
	for _, tt := range tests {
		var got []string
		for _, line := range Of(tt.in).Wrap(tt.cells) {
			got = append(got, line.String())
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("Of(%q).Wrap(%d) = %q, want %q", tt.in, tt.cells, got, tt.want)
		}
	}
}

func TestJoinRepeatBlank(t *testing.T) {
	joined := Join(Of("LÄRKA"), Blank(2), Of("漢"), Text{}, Of("─").Repeat(3))
	if joined.String() != "LÄRKA  漢───" || joined.Width() != 12 {
		t.Errorf("Join = %q, %d cells", joined, joined.Width())
	}
	if got := Join(Of("\u1100"), Of("\u1161")); got.Width() != ansi.StringWidth(got.String()) {
		t.Errorf("Join of two halves of a letter says %d cells", got.Width())
	}
	if Join() != (Text{}) || Of("x").Repeat(-1) != (Text{}) || Blank(-1) != (Text{}) {
		t.Error("nothing is not empty")
	}
}

func TestASCII(t *testing.T) {
	tests := []struct{ in, plain, latin string }{
		{"LARKA", "LARKA", "LARKA"},
		{"Åtgärd, café, Łódź", "Atgard, cafe, Lodz", "Åtgärd, café, Łódź"},
		{"8 mån – klar…", "8 man - klar~", "8 mån - klar~"},
		{"a → b", "a > b", "a > b"},
		{"−1\u00a0000 kr", "-1 000 kr", "-1 000 kr"},
		{"«x»", "<x>", "<x>"},
		{"±0 −3", "+0 -3", "+0 -3"},
		{"漢字 ▮", "???? ?", "???? ?"},
		{"q\u0301", "q", "q"},
		{"ßøÆ", "soA", "ßøÆ"},
	}
	for _, tt := range tests {
		text := Of(tt.in)
		if got := text.ASCII(false); got.String() != tt.plain || got.Width() != text.Width() {
			t.Errorf("Of(%q).ASCII(false) = %q, %d cells of %d, want %q", tt.in, got, got.Width(), text.Width(), tt.plain)
		}
		if got := text.ASCII(true); got.String() != tt.latin {
			t.Errorf("Of(%q).ASCII(true) = %q, want %q", tt.in, got, tt.latin)
		}
	}
}

// checkLayout fails when a text cut, filled, wrapped, joined or put in ASCII is not safe or not the size it must be.
func checkLayout(t *testing.T, text Text, cells int) {
	t.Helper()
	n := max(cells, 0)
	cut, fit, right := text.Cut(cells), text.Fit(cells), text.FitRight(cells)
	if cut.Width() > n || fit.Width() != n || right.Width() != n {
		t.Errorf("%q in %d cells: cut %d, fit %d, right %d", text, n, cut.Width(), fit.Width(), right.Width())
	}
	parts := []Text{cut, fit, right, text.ASCII(false), text.ASCII(true), Join(text, Of("|"), text), text.Repeat(3)}
	for _, part := range append(parts, text.Wrap(cells)...) {
		check(t, part)
	}
	for _, line := range text.Wrap(cells) {
		if line.Width() > n {
			t.Errorf("%q wrapped at %d has a line of %d", text, n, line.Width())
		}
	}
	if ascii := text.ASCII(false); ascii.Width() != text.Width() || strings.ContainsFunc(ascii.String(), func(r rune) bool { return r > '~' }) {
		t.Errorf("%q in ASCII is %q", text, ascii)
	}
	if wrapped := text.Wrap(cells); n >= 2 {
		var b strings.Builder
		for _, line := range wrapped {
			b.WriteString(strings.ReplaceAll(line.String(), " ", ""))
		}
		if b.String() != strings.ReplaceAll(text.String(), " ", "") {
			t.Errorf("%q wrapped at %d lost something: %q", text, n, wrapped)
		}
	}
}

func BenchmarkFit(b *testing.B) {
	text := Of("LÄRKA och DIMMA, en insats med långt namn")
	b.ReportAllocs()
	for b.Loop() {
		text.Fit(24)
		text.Fit(60)
	}
}
