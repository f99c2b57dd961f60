package screen_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/store/storetest"
	"board.internal/samverkan/ui/theme"
)

// lookBack goes to the board as it was at the start of all, from wherever one is.
func (b *board) lookBack() {
	b.t.Helper()
	b.press(":", "\"then 2026-11-23\"", "enter")
	if !b.past() {
		b.t.Fatalf("it is not in the past:\n%s", b.frame())
	}
}

// past reports whether it says that it is the board as it was.
func (b *board) past() bool { return strings.Contains(b.frame(), "« AS IT WAS 23 Nov 2026") }

// aged is the small country, which has been worked on for some days since.
func aged(t *testing.T, engine store.Engine, c *clock) *store.Store {
	t.Helper()
	s := openStore(t, engine, c)
	seed(t, s)
	c.now = c.now.AddDate(0, 0, 3)
	lark, err := s.Effort(t.Context(), "lärka")
	if err != nil {
		t.Fatal(err)
	}
	do(t, s, national(), model.AddNote{On: model.On{Effort: lark.ID}, Text: "nowadays"})
	do(t, s, national(), model.SetStatus{On: model.On{Effort: lark.ID}, To: model.Closed, Outcome: "seized"})
	propose(t, s, "SYD", "crime_areas", "Flinta")
	return s
}

// TestNothingIsWrittenInThePast presses every key of the table, on every screen of the past and whatever lies on it, as an
// officer who may do everything now: the engine is never asked to write.
func TestNothingIsWrittenInThePast(t *testing.T) {
	t.Chdir(t.TempDir())
	open := storetest.Shared()
	c := &clock{start}
	aged(t, open(), c)
	s := openStore(t, sealed{open(), t}, c)
	who := national()
	who.Agency = "KFM"
	for _, way := range [][]string{{"0"}, {"6", "tab"}, {"6", "tab", "enter"}, {"i"}, {"A"}, {"P"}, {"J"}, {"H"}, {"M"}, {"M", "right"}, {"6", "tab", "v", "j"}, {"6", "tab", "space", "space"}, {"?"}, {"/"}, {"@"}, {":"}} {
		for _, key := range all() {
			b := sit(t, s, c, officer{actor: who, lang: "en"})
			b.lookBack()
			b.press(way...)
			for _, next := range append(words(key), "\"x\"", "enter", "y", "enter") {
				if b.past() { // else a key has led back to now, where one may write
					b.press(next)
				}
			}
			check(t, b.app.View(), 80, 24)
		}
	}
}

// TestThePastHasEverySize presses keys at random in the past, on every size of screen and terminal: no panic, every frame
// fits, and each says that it is the past.
func TestThePastHasEverySize(t *testing.T) {
	t.Chdir(t.TempDir())
	c := &clock{start}
	s := aged(t, storetest.Memory(), c)
	random := rand.New(rand.NewPCG(11, 7))
	keys := slices.DeleteFunc(all(), func(key string) bool { return strings.Contains(key, "then") }) // to another day
	for i, size := range [][2]int{{40, 12}, {80, 24}, {99, 30}, {120, 40}, {200, 50}, {20, 5}, {1, 1}} {
		look := theme.Options{Profile: []termenv.Profile{termenv.ANSI256, termenv.ANSI, termenv.Ascii, termenv.TrueColor}[i%4], ASCII: i == 2, Dark: i != 1}
		b := sit(t, s, c, officer{actor: national(), lang: []string{"en", "sv"}[i%2], look: look})
		back := func() {
			b.size(80, 24)
			b.press("esc", "esc", "esc", "0", ":", "\"then 2026-11-23\"", "enter")
			b.size(size[0], size[1])
		}
		back()
		if small := size[0] < 40; small {
			check(t, b.app.View(), size[0], size[1])
			continue
		}
		banners := 0
		for range 120 {
			b.press(words(keys[random.IntN(len(keys))])...)
			check(t, b.app.View(), size[0], size[1])
			switch f := b.frame(); {
			case strings.Contains(f, "23 Nov 2026") || strings.Contains(f, "23 nov 2026"):
				banners++
			case strings.Contains(f, "live"), strings.Contains(f, "direkt"):
				back()
			case !strings.Contains(f, "enter shows the board") && !strings.Contains(f, "enter visar tavlan"): // it is locked
				t.Fatalf("it says neither now nor then:\n%s", f)
			default:
				b.press("enter")
			}
		}
		if banners < 50 {
			t.Errorf("%v: only %d frames were of the past", size, banners)
		}
	}
}

// TestThePastIsLeftWhereOneWas: whatever was open, selected, marked or narrowed is so again.
func TestThePastIsLeftWhereOneWas(t *testing.T) {
	c := &clock{start}
	s := aged(t, storetest.Memory(), c)
	for _, way := range [][]string{
		{"0", "j", "l"}, {"6", "tab", "j"}, {"6", "tab", "enter", "j", "pgdown"}, {"i", "j", "j"}, {"A", "tab", "j"}, {"J", "j", "j", "j"},
		{"6", "tab", "space"}, {"6", "/", "\"status:any\"", "enter"}, {"*"}, {"J", "/", "\"larka\"", "enter", "enter"}, {"H", "tab"}, {"P"},
	} {
		who := national()
		who.Agency = "POL"
		b := sit(t, s, c, officer{actor: who, lang: "en"})
		b.press(way...)
		b.press(":", "esc") // which leaves no message
		want := b.frame()
		b.lookBack()
		b.press("1", "tab", "0", "j", "enter", "i", "enter", "J", "/", "\"x", "esc", "6", "enter")
		b.press(":", "\"then 2026-11-24\"", "enter", "A", "l")
		b.press(":", "\"now\"", "enter")
		if f := b.frame(); !strings.Contains(f, "now again") {
			t.Fatal(f)
		}
		b.press(":", "esc")
		if got := b.frame(); got != want {
			t.Errorf("%v: before\n%s\nand after\n%s", way, want, got)
		}
	}
}

// TestAReadingThatIsGivenUp: esc while the journal is read stops it, nothing is shown of it, and another key does nothing.
func TestAReadingThatIsGivenUp(t *testing.T) {
	c := &clock{start}
	s := aged(t, storetest.Memory(), c)
	b := sit(t, s, c, officer{actor: national(), lang: "en"})
	b.press("6", ":", "\"then 2026-11-23\"")
	_, reading := b.app.Update(tea.KeyMsg{Type: tea.KeyEnter})
	b.press("0")
	if f := b.frame(); !strings.Contains(f, "reading the journal until 2026-11-23 23:59…") || !strings.Contains(f, "Region Syd") {
		t.Fatal(f)
	}
	b.press("esc")
	b.settle(reading)
	if f := b.frame(); !strings.Contains(f, "Region Syd") || !strings.Contains(f, "live") || strings.Contains(f, "reading the journal") {
		t.Fatal(f)
	}
}

// TestTheLockCoversThePast: a lock hides the board as it was too, by key and by itself. Its PIN is that of now, whatever
// it was then; who sat there finds the past again, and another officer the present.
func TestTheLockCoversThePast(t *testing.T) {
	c := &clock{now: start}
	s := shared(t, c)
	c.now = c.now.AddDate(0, 0, 1)
	for _, way := range []string{"L", "ctrl+l", "idle"} {
		b := sit(t, s, c, officer{actor: model.Actor{Officer: "duty", Role: model.Viewer, Guest: true, Terminal: "test"}, lang: "en", lockAfter: 5 * time.Minute})
		b.take("an", "4711")
		b.press("6", "tab")
		b.lookBack()
		b.press("enter")
		if way == "idle" {
			c.now = c.now.Add(6 * time.Minute)
			b.settle(b.app.Tick())
		} else {
			b.press(way)
		}
		f := b.frame()
		for _, word := range append([]string{"AS IT WAS", "then"}, secret...) {
			if strings.Contains(f, word) {
				t.Errorf("%s: %q stands on a locked board:\n%s", way, word, f)
			}
		}
		if !strings.Contains(f, "PIN of AN") {
			t.Fatalf("%s: it asks for no PIN:\n%s", way, f)
		}
		b.press("\"0000\"", "enter")
		if b.past() {
			t.Fatalf("%s: a wrong PIN opens it", way)
		}
		b.press("\"4711\"", "enter")
		if f := b.frame(); !b.past() || !strings.Contains(f, "LÄRKA  SYD-") {
			t.Fatalf("%s: who sat there is not where she was:\n%s", way, f)
		}
		b.press("L", "tab", "\"bo\"", "enter", "\"5555\"", "enter")
		if f := b.frame(); b.past() || !strings.Contains(f, "POL coordinator BO") || !strings.Contains(f, "live") {
			t.Fatalf("%s: another officer is in her past:\n%s", way, f)
		}
		b.take("an", "4711")
		if f := b.frame(); b.past() || !strings.Contains(f, "Region Syd") {
			t.Fatalf("%s: she is not where she was now:\n%s", way, f)
		}
	}
}

// TestLeavingFromThePast: ctrl+c leaves the board from there too, and first says what is not saved of now.
func TestLeavingFromThePast(t *testing.T) {
	c := &clock{start}
	s := aged(t, storetest.Memory(), c)
	b := sit(t, s, c, officer{actor: national(), lang: "en"})
	b.press("H", "enter", "\"a draft\"", "esc")
	b.lookBack()
	b.press("ctrl+c")
	if f := b.frame(); b.quit || !strings.Contains(f, "something is not saved") || !b.past() {
		t.Fatal(f)
	}
	b.press("j", "ctrl+c")
	if b.quit {
		t.Fatal("another key has come between, and it did not ask again")
	}
	b.press("ctrl+c")
	if !b.quit {
		t.Fatal("it was not left")
	}
}

// TestThePastStandsStill: what others do meanwhile is not seen there, and is when one comes back.
func TestThePastStandsStill(t *testing.T) {
	c := &clock{start}
	s := aged(t, storetest.Memory(), c)
	b := sit(t, s, c, officer{actor: national(), lang: "en"})
	b.press("6", "tab")
	b.lookBack()
	before := b.frame()
	other := national()
	other.Officer = "another"
	do(t, s, other, model.Propose{Fields: map[model.Field]string{model.FieldRegion: "SYD", model.FieldFocus: "crime_areas", model.FieldCodename: "Kvarts"}})
	b.look()
	c.now = c.now.Add(time.Hour)
	b.settle(b.app.Tick())
	if after := b.frame(); after != before {
		t.Errorf("before\n%s\nand after\n%s", before, after)
	}
	b.press("q")
	if f := b.frame(); !strings.Contains(f, "KVARTS") || !strings.Contains(f, "15:03") {
		t.Fatal(f)
	}
}

// failing is a store of which one read fails, when there are no more left before it.
type failing struct {
	store.Engine
	left int
}

func (f *failing) View(ctx context.Context, fn func(store.Reader) error) error {
	if f.left--; f.left == 0 {
		return fmt.Errorf("%w: the disk is gone", store.ErrAway)
	}
	return f.Engine.View(ctx, fn)
}

// TestAPastThatCannotBeRead: the question stays, with a sentence that says why, and the board is where it was.
func TestAPastThatCannotBeRead(t *testing.T) {
	open := storetest.Shared()
	c := &clock{start}
	aged(t, open(), c)
	engine := &failing{Engine: open()}
	s := openStore(t, engine, c)
	b := sit(t, s, c, officer{actor: national(), lang: "en"})
	b.press("6")
	engine.left = 2
	b.press(":", "\"then 2026-11-23\"", "enter")
	if f := b.frame(); !strings.Contains(f, "the disk is gone") || !strings.Contains(f, "The board as it was: when?") {
		t.Fatal(f)
	}
	b.press("enter")
	if !b.past() {
		t.Fatal(b.frame())
	}
}
