package screen_test

import (
	"strings"
	"testing"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store/storetest"
	"board.internal/samverkan/ui/text"
)

// TestHelpIsTheActionTable: searched for by its word in either language, each action that can be bound here stands in the
// help with the key that the README says.
func TestHelpIsTheActionTable(t *testing.T) {
	for _, lang := range text.Languages() {
		b := busyWith(t, lang)
		b.size(120, 60)
		keys := b.desk.Keys()
		for _, bound := range b.desk.Actions() {
			for _, other := range text.Languages() {
				b.press("?")
				for _, r := range text.In(other).Screen.Action[string(bound.ID)].Label {
					b.press(string(r))
				}
				if frame := b.frame(); !strings.Contains(strings.ReplaceAll(frame, "▌", " "), " "+keys.Shown(bound.ID)+" ") {
					t.Errorf("%s: %s is not found by its word in %s:\n%s", lang, bound.ID, other, frame)
				}
				b.press("esc")
			}
		}
	}
}

// TestHelpListsTheFilterWords: every word that narrows the board stands in the help with what it lets through, is found by its
// name in either language, and enter begins the filter line with it. The examples are filters.
func TestHelpListsTheFilterWords(t *testing.T) {
	for _, lang := range text.Languages() {
		b := busyWith(t, lang)
		b.size(120, 60)
		said := text.In(lang).Screen.Narrow.Word
		names := map[string]bool{}
		for _, other := range text.Languages() {
			for _, word := range model.FilterWords(other) {
				typed, value := strings.CutSuffix(word, ":")
				name := model.FilterWord(typed, value)
				names[name] = true
				b.press("?", "\""+word+"\"")
				if f := b.frame(); said[name] == "" || !strings.Contains(f, said[name]) {
					t.Errorf("%s: %s is not found:\n%s", lang, word, f)
				}
				b.press("esc")
			}
		}
		for name, words := range said {
			_, examples, _ := strings.Cut(words, ": ")
			for _, example := range strings.Fields(examples) {
				example = strings.TrimSuffix(example, ",")
				typed, _, value := strings.Cut(example, ":")
				if _, err := model.ParseFilter(example, b.desk.Catalogue(), b.desk.Lexicon); err != nil || model.FilterWord(typed, value) != name {
					t.Errorf("%s: %s is no example of %s: %v", lang, example, name, err)
				}
			}
		}
		if len(names) != len(said) {
			t.Errorf("%s: %d texts for %d words", lang, len(said), len(names))
		}
	}
	b := busyWith(t, "en")
	b.press("?", "\"focus:\"", "enter", "\"local\"", "enter")
	if f := b.frame(); !strings.Contains(f, "/ [focus:local]") {
		t.Error(f)
	}
	b.press("?", "\"that wait for\"", "enter") // the filter that is there stays
	if f := b.frame(); !strings.Contains(f, "/ [focus:local] waiting") {
		t.Error(f)
	}
	b.press("esc", "J", "?", "\"unplaced\"") // the journal is narrowed by words of its own
	if f := b.frame(); !strings.Contains(f, "nothing is called that") {
		t.Error(f)
	}
}

// busyWith is a region's board with some efforts.
func busyWith(t *testing.T, lang string) *board {
	c := &clock{start}
	s := openStore(t, storetest.Memory(), c)
	seed(t, s)
	b := sit(t, s, c, officer{lang: lang, actor: model.Actor{Officer: "nuc", Role: model.NationalRole, Initials: "NU"}})
	b.press("6")
	return b
}
