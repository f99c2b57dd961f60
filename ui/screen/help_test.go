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

// busyWith is a region's board with some efforts.
func busyWith(t *testing.T, lang string) *board {
	c := &clock{start}
	s := openStore(t, storetest.Memory(), c)
	seed(t, s)
	b := sit(t, s, c, officer{lang: lang, actor: model.Actor{Officer: "nuc", Role: model.NationalRole, Initials: "NU"}})
	b.press("6")
	return b
}
