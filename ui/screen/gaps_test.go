package screen_test

import (
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store/storetest"
)

// gapsBoard is a board with the gaps of Syd open, where LÄRKA runs without a safety measure.
func gapsBoard(t *testing.T) (*board, *clock) {
	c := &clock{start}
	s := openStore(t, storetest.Memory(), c)
	seed(t, s)
	b := sit(t, s, c, officer{actor: national(), lang: "en"})
	b.press(":", "\"gaps syd\"", "enter")
	return b, c
}

// TestGapsShowAtOnceWhatTheBoardKnows, and say what is being read beside it.
func TestGapsShowAtOnceWhatTheBoardKnows(t *testing.T) {
	b, _ := gapsBoard(t)
	b.press("esc", ":", "\"gaps syd\"")
	_, reading := b.app.Update(tea.KeyMsg{Type: tea.KeyEnter})
	for _, want := range []string{"▌  LÄRKA ", "without an outcome  reading…", "never asked in a region  reading…"} {
		if f := b.frame(); !strings.Contains(f, want) {
			t.Errorf("%q is not on the screen before all is read:\n%s", want, f)
		}
	}
	b.settle(reading)
	if f := b.frame(); strings.Contains(f, "reading…") || strings.Contains(f, "without an outcome") || !strings.Contains(f, "AF never asked in Syd") {
		t.Errorf("after all is read:\n%s", f)
	}
}

// TestGapsFollowWhatEnds: an effort that somebody closes is missed 90 days later on a screen that is open all the time,
// however much happens beside it, and no more when it is open again.
func TestGapsFollowWhatEnds(t *testing.T) {
	const notes = 250 // more than are followed one by one
	for name, meanwhile := range map[string]int{"little happens": 3, "much happens": notes} {
		t.Run(name, func(t *testing.T) {
			b, c := gapsBoard(t)
			on := model.On{Effort: b.store.Board().Find("larka").ID}
			mist := model.On{Effort: b.store.Board().Find("dimma").ID}
			other := national()
			other.Officer = "other"
			busy := func() {
				for range meanwhile {
					do(t, b.store, national(), model.AddNote{On: mist, Text: "x"})
				}
			}
			tick := func(days int) string {
				c.now = c.now.Add(time.Duration(days) * 24 * time.Hour)
				b.settle(b.app.Tick())
				return b.frame()
			}
			busy()
			do(t, b.store, other, model.SetStatus{On: on, To: model.Closed, Outcome: "done"})
			b.look()
			if f := tick(89); strings.Contains(f, "LÄRKA") {
				t.Fatalf("89 days after:\n%s", f)
			}
			if f := tick(1); !strings.Contains(f, "without an outcome  1") || !strings.Contains(f, "LÄRKA           SYD    closed 23 Nov 2026, no outcome logged") {
				t.Fatalf("90 days after:\n%s", f)
			}
			busy()
			do(t, b.store, other, model.Undo{})
			b.look()
			if f := b.frame(); strings.Contains(f, "without an outcome") || !strings.Contains(f, "no safety measure yet") {
				t.Fatalf("open again:\n%s", f)
			}
		})
	}
}

// TestGapsKeepTheirPlace: the cursor stays on its line while others come and go, and is on the next one when its own is mended.
func TestGapsKeepTheirPlace(t *testing.T) {
	b, _ := gapsBoard(t)
	under := func(want string) {
		t.Helper()
		if f := b.frame(); !strings.Contains(f, "▌  "+want) {
			t.Fatalf("the cursor is not on %s:\n%s", want, f)
		}
	}
	under("LÄRKA")
	on := model.On{Effort: b.store.Board().Find("dimma").ID}
	b.press("down", "down")
	under("EBM")
	do(t, b.store, national(), model.Assign{On: on, Parts: []model.Part{{Agency: "AF"}, {Agency: "TUL"}}})
	b.look()
	under("EBM")
	do(t, b.store, national(), model.Assign{On: on, Parts: []model.Part{{Agency: "EBM"}}})
	b.look()
	under("MIV")
	b.press("shift+tab")
	under("LÄRKA")
	b.press("+", "s", "\"safety walk\"", "enter")
	under("MIV")
}
