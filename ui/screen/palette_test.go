package screen_test

import (
	"strings"
	"testing"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store/storetest"
	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/text"
)

// TestPaletteFindsEnded: what has ended is found beside what is open.
func TestPaletteFindsEnded(t *testing.T) {
	c := &clock{start}
	s := openStore(t, storetest.Memory(), c)
	seed(t, s)
	id := propose(t, s, "SYD", "individuals", "DIMHÖLJE")
	do(t, s, national(), model.SetStatus{On: model.On{Effort: id}, To: model.Rejected, Reason: "för litet"})
	b := sit(t, s, c, officer{actor: national(), lang: "en"})
	b.press(":", "\"dim\"")
	if f := b.frame(); !strings.Contains(f, "DIMMA") || !strings.Contains(f, "DIMHÖLJE") {
		t.Fatal(f)
	}
	b.press("\"h\"", "enter")
	if f := b.frame(); !strings.Contains(f, "DIMHÖLJE  SYD-") {
		t.Fatal(f)
	}
}

// TestPaletteWordsAreWhole: words that an effort has are no order with something behind it.
func TestPaletteWordsAreWhole(t *testing.T) {
	c := &clock{start}
	s := openStore(t, storetest.Memory(), c)
	seed(t, s)
	b := sit(t, s, c, officer{actor: national(), lang: "en"})
	b.press(":", "\"the port\"", "enter") // of LÄRKA's title, and not then
	if f := b.frame(); !strings.Contains(f, "LÄRKA  SYD-2026-001") {
		t.Fatal(f)
	}
	b.press("esc", ":", "\"reg syd\"", "enter")
	if f := b.frame(); !strings.Contains(f, "Region Syd") {
		t.Fatal(f)
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
