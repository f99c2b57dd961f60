package screen_test

import (
	"fmt"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store/storetest"
	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
)

// TestPaletteFindsEnded: what has ended is found beside what is open, by its codename, its id and words of its title.
func TestPaletteFindsEnded(t *testing.T) {
	c := &clock{start}
	s := openStore(t, storetest.Memory(), c)
	seed(t, s)
	id := propose(t, s, "SYD", "individuals", "DIMHÖLJE", "title", "Smuggling by the port")
	do(t, s, national(), model.SetStatus{On: model.On{Effort: id}, To: model.Rejected, Reason: "för litet"})
	b := sit(t, s, c, officer{actor: national(), lang: "en"})
	for _, typed := range []string{"dim", "port", "2026"} { // each finds one that is open too
		b.press(":", "\""+typed+"\"")
		if f := b.frame(); !strings.Contains(f, "DIMHÖLJE") || !strings.Contains(f, "DIMMA") && !strings.Contains(f, "LÄRKA") {
			t.Errorf("%s:\n%s", typed, f)
		}
		b.press("esc")
	}
	for _, typed := range []string{"dimh", string(id), "port smugg"} {
		b.press(":", "\""+typed+"\"", "enter")
		if f := b.frame(); !strings.Contains(f, "DIMHÖLJE  SYD-") {
			t.Errorf("%s:\n%s", typed, f)
		}
		b.press("esc")
	}
	b.press(":", "\"di\"")
	if f := b.frame(); strings.Contains(f, "DIMHÖLJE") {
		t.Errorf("what has ended stands there for two letters:\n%s", f)
	}
}

// TestPaletteAsksOnceForEnded: the store is read once however much is typed, and not at all while many open efforts fit; the
// cursor stays on what it was moved to when the answer comes.
func TestPaletteAsksOnceForEnded(t *testing.T) {
	c := &clock{start}
	s := openStore(t, storetest.Memory(), c)
	for i := range 20 {
		propose(t, s, "SYD", "individuals", fmt.Sprintf("MOLN%c", 'A'+i), "title", "Clouds")
	}
	propose(t, s, "SYD", "individuals", "DIMMA")
	propose(t, s, "SYD", "individuals", "DIMFORS")
	id := propose(t, s, "SYD", "individuals", "DIM")
	do(t, s, national(), model.SetStatus{On: model.On{Effort: id}, To: model.Rejected, Reason: "too small"})
	b := sit(t, s, c, officer{actor: national(), lang: "en"})
	typed := func(letters string) (reads []tea.Cmd) {
		for _, r := range letters {
			if _, cmd := b.app.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}}); cmd != nil {
				reads = append(reads, cmd)
			}
		}
		return reads
	}
	b.press(":")
	if reads := typed("cloud"); len(reads) != 0 {
		t.Errorf("%d reads while 20 open efforts fit", len(reads))
	}
	b.press("esc", ":")
	reads := typed("dim")
	if len(reads) != 1 {
		t.Fatalf("%d reads", len(reads))
	}
	if more := typed("m"); len(more) != 0 {
		t.Errorf("%d more reads for one more letter", len(more))
	}
	b.press("backspace", "down")
	b.settle(reads[0])
	if f := b.frame(); !strings.Contains(f, "  DIM ") || !strings.Contains(f, "▌DIMMA") {
		t.Errorf("the cursor was moved to DIMMA:\n%s", f)
	}
}

// TestPaletteWordsAreWhole: words that an effort has are no order with something behind it, be it open or ended; a word
// that is begun is one with what makes sense behind it, also where an effort has these letters.
func TestPaletteWordsAreWhole(t *testing.T) {
	c := &clock{start}
	s := openStore(t, storetest.Memory(), c)
	seed(t, s)
	propose(t, s, "SYD", "individuals", "REGNBÅGE", "title", "Rain in Syd")
	propose(t, s, "SYD", "individuals", "TIMJAN", "title", "Now or never")
	id := propose(t, s, "SYD", "individuals", "HAMN", "title", "The harbour")
	do(t, s, national(), model.SetStatus{On: model.On{Effort: id}, To: model.Rejected, Reason: "too small"})
	for _, tt := range []struct{ typed, want string }{
		{"the port", "LÄRKA  SYD-2026-001"},
		{"the harbour", "HAMN  SYD-"},
		{"the harb", "HAMN  SYD-"},
		{"now or", "TIMJAN  SYD-"},
		{"the zebra", "nothing is called “the zebra”"},
		{"reg syd", "Region Syd"},
		{"rep syd", "Report, Syd"},
		{"the yesterday", "AS IT WAS"},
		{"journal zebra", "nothing stands after journal"},
		{"then zebra", "zebra"},
		{"region zebra", "zebra"},
	} {
		b := sit(t, s, c, officer{actor: national(), lang: "en"})
		b.press("3", ":", "\""+tt.typed+"\"", "enter")
		if f := b.frame(); !strings.Contains(f, tt.want) {
			t.Errorf("%s: want %s in\n%s", tt.typed, tt.want, f)
		}
	}
}

// TestPaletteMarksWhatMatched: the letters by which a row was found are underlined, on a terminal without colours too and in
// the row under the cursor, and stand where they stood.
func TestPaletteMarksWhatMatched(t *testing.T) {
	c := &clock{start}
	s := openStore(t, storetest.Memory(), c)
	seed(t, s)
	plain := sit(t, s, c, officer{actor: national(), lang: "en", look: theme.Options{Profile: termenv.Ascii}})
	for _, look := range []theme.Options{{Profile: termenv.ANSI256, NoColor: true}, {Profile: termenv.ANSI, Dark: true}} {
		look.UTF8 = true
		b := sit(t, s, c, officer{actor: national(), lang: "en", look: look})
		for _, tt := range []struct {
			typed, letters string
			role           theme.Role
		}{
			{"gaps", "gaps", theme.SelectedMatch},
			{"kronof", "", theme.Match}, // of the name in Swedish
			{"enforc", "Enforc", theme.SelectedMatch},
			{"hand", "hand", theme.SelectedMatch},
			{"ark", "ÄRK", theme.Match},
			{"inspect", "", theme.Match},
			{"welf", "Welf", theme.SelectedMatch},
			{"ande", "and", theme.SelectedMatch}, // of the letters in their order
		} {
			for _, b := range []*board{plain, b} {
				b.press("6", ":", "\""+tt.typed+"\"")
			}
			drawn, th := b.app.View(), theme.New(look)
			if tt.letters != "" && !strings.Contains(drawn, th.Open(tt.role)+tt.letters+th.Close(tt.role)) {
				t.Errorf("%s: %q is not marked:\n%q", tt.typed, tt.letters, drawn)
			}
			if tt.letters == "" && (strings.Contains(drawn, th.Open(theme.Match)) || strings.Contains(drawn, th.Open(theme.SelectedMatch))) {
				t.Errorf("%s marks what it has not found:\n%q", tt.typed, drawn)
			}
			if b.frame() != plain.frame() {
				t.Errorf("%s stands elsewhere with marks:\n%s\n%s", tt.typed, b.frame(), plain.frame())
			}
			b.press("esc")
			plain.press("esc")
		}
	}
}

// TestPalettePutsWhatCannotBeBehind: of what fits as well, what can be done now stands before what cannot, also when that was
// chosen lately.
func TestPalettePutsWhatCannotBeBehind(t *testing.T) {
	c := &clock{start}
	s := openStore(t, storetest.Memory(), c)
	seed(t, s)
	propose(t, s, "SYD", "individuals", "NOTARIE")
	b := sit(t, s, c, officer{actor: national(), lang: "en"})
	b.press("6", "tab", ":", "\"note\"", "enter", "esc", "1", ":", "\"not\"") // a region with nothing to write a note to
	f := b.frame()
	can, cannot := strings.Index(f, "NOTARIE"), strings.Index(f, " note ")
	if can < 0 || cannot < 0 || cannot < can {
		t.Error(f)
	}
}

// TestEveryActionIsFoundByOtherWords: by each of the words that people may call it, in either language, on the line and in the
// help.
func TestEveryActionIsFoundByOtherWords(t *testing.T) {
	for _, lang := range text.Languages() {
		also := text.In(lang).Screen.Also
		for _, a := range action.Table() {
			if also[string(a.ID)] == "" {
				t.Errorf("%s: %s has no other words", lang, a.ID)
			}
		}
		if len(also) != len(action.Table()) {
			t.Errorf("%s: %d, there are %d actions", lang, len(also), len(action.Table()))
		}
	}
	c := &clock{start}
	s := openStore(t, storetest.Memory(), c)
	seed(t, s)
	b := sit(t, s, c, officer{actor: national(), lang: "sv"})
	if b.press(":", "\"prot\""); !strings.Contains(b.frame(), "▌möte") { // protokoll, and not letters of the prosecution authority
		t.Error(b.frame())
	}
	for _, way := range []string{":", "?"} {
		for typed, want := range map[string]string{"snooz": "later", "invite": "assign", "statistik": "report", "kommentar": "note", "protokoll": "council"} {
			b := sit(t, s, c, officer{actor: national(), lang: "en"})
			b.press("6", "tab", way, "\""+typed+"\"")
			if f := b.frame(); !strings.Contains(f, want) {
				t.Errorf("%s %s does not find %s:\n%s", way, typed, want, f)
			}
		}
	}
}
