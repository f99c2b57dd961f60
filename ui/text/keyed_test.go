package text_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/text"
)

// boxes are the hints of boxes whose keys are their own, and stay what they are whatever keys the actions have.
var boxes = []string{".Screen.Conflict.Hint", ".Screen.Conflict.HintShort", ".Screen.Picker.Hint", ".Screen.Picker.HintShort", ".Screen.Narrow.Hint",
	".Screen.Equals.Partners.RemoveHint", ".Screen.Meeting.SignHint"}

// TestNoTextNamesAKey that the configuration may change: it says {action} for an action's key, and {line} before a word of the
// command line.
func TestNoTextNamesAKey(t *testing.T) {
	var keys []string
	for _, a := range action.Table() {
		if a.ID == action.Picture || a.ID == action.Region {
			continue // the digits stay
		}
		for _, key := range append(a.Keys, a.Shown) {
			// Not the keys that every box has, and no words: a sentence may begin with them.
			if key = strings.TrimSpace(key); key != "" && !slices.Contains([]string{"enter", "esc", "tab", "shift+tab", "ctrl+c", "a", "A", "i", "left", "right", "up", "down", "end", "home"}, key) {
				keys = append(keys, regexp.QuoteMeta(key))
			}
		}
	}
	hint := regexp.MustCompile(`(?:^|· |\()(?:` + strings.Join(keys, "|") + `) \pL|\b(?:F[1-9]|ctrl\+[zgfbl])\b`)
	for _, lang := range text.Languages() {
		tt := text.In(lang)
		var words []string
		for _, word := range tt.Screen.Command.Word {
			words = append(words, regexp.QuoteMeta(word))
		}
		line := regexp.MustCompile(`(?:^|[ (“”])[:/](?:` + strings.Join(words, "|") + `)(?:\PL|$)`)
		space := regexp.MustCompile(`(?i)(?:^|· |\()` + tt.Screen.Space + `(?: \pL|$)`)
		for path, said := range leaves(tt) {
			if !strings.HasPrefix(path, ".Screen.") && !strings.HasPrefix(path, ".Why.") || path == ".Screen.Space" || slices.Contains(boxes, path) ||
				strings.HasPrefix(path, ".Screen.Also.") || strings.HasPrefix(path, ".Screen.Help.Sign") {
				continue
			}
			for _, no := range []*regexp.Regexp{hint, line, space} {
				if found := no.FindString(said); found != "" {
					t.Errorf("%s: %s names the key in %q: %s", lang, path, found, said)
				}
			}
		}
	}
}
