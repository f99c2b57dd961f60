package screen_test

import (
	"strings"
	"testing"
	"unicode"

	"github.com/muesli/termenv"

	"board.internal/samverkan/store/storetest"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
)

// everyScreen is a way to each screen and box there is.
var everyScreen = []string{"0", "6", "6 right enter", "6 right a", "6 right s", "6 right n", "6 right t", "6 right o", "6 right +", "6 right p", "6 right &", "6 right e", "c", "u", "i", "i .",
	"A", "A tab", "A tab tab tab", "P", "J", "H", "H enter", "M", "M right", "M M", "R", "R tab", "R enter", "/", "/ \"region:syd\" enter", ":", "?", "w", "@", "L",
	": \"gaps\" enter", ": \"filters\" enter", ": \"then 2026-11-23\" enter", "6 space space a"}

// TestEveryLookSaysTheSame: colour carries nothing alone. What stands on each screen is the same letter for letter with
// all colours, 256, 16 and none; and in ASCII there is a letter for each, in as many cells, and every line as long.
func TestEveryLookSaysTheSame(t *testing.T) {
	frame := func(t *testing.T, lang, way string, look theme.Options) string {
		c := &clock{start}
		s := openStore(t, storetest.Memory(), c)
		seed(t, s)
		who := national()
		who.Agency = "KFM"
		b := sit(t, s, c, officer{actor: who, lang: lang, look: look})
		b.press(words(way)...)
		return b.frame()
	}
	for _, lang := range text.Languages() {
		for _, way := range everyScreen {
			full := frame(t, lang, way, theme.Options{Profile: termenv.TrueColor, Dark: true})
			if strings.TrimSpace(full) == "" {
				t.Fatalf("%s %s: nothing", lang, way)
			}
			for name, look := range map[string]theme.Options{"256 colours": {Profile: termenv.ANSI256, Dark: true}, "light": {Profile: termenv.TrueColor},
				"16 colours": {Profile: termenv.ANSI, Dark: true}, "no colour": {Profile: termenv.ANSI256, NoColor: true}, "dumb": {Profile: termenv.Ascii}} {
				if got := frame(t, lang, way, look); got != full {
					t.Errorf("%s %s: with %s it says\n%s\nwith all colours\n%s", lang, way, name, got, full)
				}
			}
			plain := frame(t, lang, way, theme.Options{Profile: termenv.ANSI, ASCII: true})
			for _, r := range plain {
				if r > unicode.MaxLatin1 {
					t.Fatalf("%s %s: %q in ASCII:\n%s", lang, way, r, plain)
				}
			}
			if a, b := strings.Count(plain, "\n"), strings.Count(full, "\n"); a != b {
				t.Errorf("%s %s: %d lines in ASCII, %d with signs", lang, way, a, b)
			}
		}
	}
}
