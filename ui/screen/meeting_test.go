package screen_test

import (
	"strings"
	"testing"

	"board.internal/samverkan/store/storetest"
)

// TestADecidedMatterIsLeft: the next matter is under the cursor when one is decided, on the agenda and on its page, also
// when the day of review of what was decided has passed.
func TestADecidedMatterIsLeft(t *testing.T) {
	for _, way := range []string{"", "right"} {
		c := &clock{start}
		s := openStore(t, storetest.Memory(), c)
		propose(t, s, "SYD", "individuals", "ALM", "review", "2026-11-01")
		propose(t, s, "SYD", "individuals", "BJÖRK")
		b := sit(t, s, c, officer{actor: national(), lang: "en"})
		b.press(words("6 M M y " + way + " y y \"A1\" enter")...)
		want := "▌  2 BJÖRK"
		if way != "" {
			want = "2 of 2  waits"
		}
		if f := b.frame(); !strings.Contains(f, want) {
			t.Errorf("%q is not on the screen:\n%s", want, f)
		}
		b.press("esc", "up")
		if way != "" {
			if f := b.frame(); !strings.Contains(f, "decided, review 1 Nov") {
				t.Errorf("what is left to do is not said:\n%s", f)
			}
		}
	}
}
