package input

import (
	"strings"
	"testing"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"
	"golang.org/x/text/unicode/norm"
)

func runes(s string) tea.KeyMsg { return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(s)} }

func alt(s string) tea.KeyMsg { return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(s), Alt: true} }

func pasted(s string) tea.KeyMsg {
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(s), Paste: true}
}

// names are the keys as an app would switch on them, with pastes marked as Bubble Tea marks them.
func names(msgs []tea.KeyMsg) string {
	var s []string
	for _, msg := range msgs {
		s = append(s, msg.String())
	}
	return strings.Join(s, " ")
}

func TestSplit(t *testing.T) {
	tests := []struct {
		name string
		in   tea.KeyMsg
		want string
	}{
		{"one letter", runes("j"), "j"},
		{"three letters", runes("jjj"), "j j j"},
		{"composed on the way", runes("a\u030aa\u0308o\u0308"), "å ä ö"},
		{"a mark that has no letter of its own", runes("q\u0301x"), "q\u0301 x"},
		{"a lone mark goes to the letter before the cursor", runes("\u030a"), "\u030a"},
		{"alt is kept", alt("f"), "alt+f"},
		{"a named key", tea.KeyMsg{Type: tea.KeyUp}, "up"},
		{"two escapes at once", tea.KeyMsg{Type: tea.KeyEscape, Alt: true}, "esc esc"},
		{"invisible letters", runes("a\u200b\u202e\u009bb"), "a b"},
		{"one invisible letter", runes("\u202e"), ""},
		{"paste", pasted("jjj"), "[jjj]"},
		{"paste with lines", pasted("one\r\ntwo\rthree\n"), "[one\ntwo\nthree]"},
		{"paste with sequences", pasted("q\x1b[31mx\x1b]52;c;eA==\a!\x07\u202e"), "[qx!\uFFFD]"},
		{"paste in NFD", pasted("Va\u0308sterort"), "[Västerort]"},
		{"paste of nothing", pasted("\x1b[2J"), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := names(Split(tt.in)); got != tt.want {
				t.Errorf("Split(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
	blank := []rune{' '}
	if got := Split(tea.KeyMsg{Type: tea.KeySpace, Runes: blank}); &got[0].Runes[0] == &blank[0] {
		t.Error("a blank is the one of all other programs of the process")
	}
	if got := Split(pasted(strings.Repeat("å\n", 100<<10))); len(got) != 1 || len(string(got[0].Runes)) > 4<<10 {
		t.Errorf("a paste of 300 KB comes as %d messages", len(got))
	}
}

func FuzzSplit(f *testing.F) {
	f.Add("jjj", false, false)
	f.Add("a\u030a\x1b[31m", false, true)
	f.Add("\u0301\u009b", true, false)
	f.Add("\u0341", true, false)
	f.Add("a\x1b\u030a", false, false)
	f.Fuzz(func(t *testing.T, s string, alt, paste bool) {
		keys := Split(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(s), Alt: alt, Paste: paste})
		for _, key := range keys {
			if key.Paste != paste || len(key.Runes) == 0 || !norm.NFC.IsNormalString(string(key.Runes)) {
				t.Errorf("Split(%q) holds %+v", s, key)
			}
			for i, r := range key.Runes {
				if !unicode.IsGraphic(r) && !(paste && r == '\n') || !paste && i > 0 && !unicode.IsMark(r) {
					t.Errorf("Split(%q) holds %U in %q", s, r, key.Runes)
				}
			}
		}
		if paste && len(keys) > 1 {
			t.Errorf("a paste comes as %d messages", len(keys))
		}
	})
}
