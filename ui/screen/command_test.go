package screen

import (
	"slices"
	"strings"
	"testing"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
)

// TestCommandWords: every word of either language is the same order on a board of either language, in any case and
// without its dots and rings, and each order has a word, something to do and something to say of itself.
func TestCommandWords(t *testing.T) {
	for _, lang := range text.Languages() {
		d := &app.Desk{Session: &app.Session{Texts: text.In(lang), Theme: theme.New(theme.Options{})}}
		c := newCommand(d).(*command)
		for _, typed := range text.Languages() {
			words := text.In(typed).Screen.Command
			for _, o := range orders() {
				word := strings.ToUpper(model.Fold(words.Word[o.id]))
				if found := c.fitting(word); word == "" || len(found) != 1 || found[0].id != o.id {
					t.Errorf("%s: the word %q for %s is understood as %v", lang, word, o.id, found)
				}
			}
			if len(words.Word) != len(orders()) {
				t.Errorf("%s: words for %d orders, there are %d", typed, len(words.Word), len(orders()))
			}
		}
		for _, o := range orders() {
			if o.do == nil && !slices.ContainsFunc(Global(d), func(b app.Bound) bool { return b.ID == o.act }) {
				t.Errorf("%s does an action that not every screen has: %s", o.id, o.act)
			}
			if d.Texts.Screen.Command.Help[o.id] == "" && d.Texts.Screen.Action[string(o.act)].Help == "" {
				t.Errorf("%s: %s says nothing of itself", lang, o.id)
			}
		}
	}
}
