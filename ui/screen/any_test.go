package screen_test

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store/storetest"
	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/theme"
)

// handKeys is how many keys random hands press: go test ./ui/screen -run TestAnyKeys -keys 1000000.
var handKeys = flag.Int("keys", 0, "how many random keys; 0 is 20 000, or 4 000 with -short")

// walkKeys is how many keys one hand presses on one board, which starts with little and grows as the hand goes.
const walkKeys = 2500

// odd are texts as they are typed and pasted by accident: composed and decomposed letters, wide ones, from right to
// left, sequences of a terminal.
var odd = []string{"åäö", "a\u030aa\u0308o\u0308", "漢字", "שלום", "👩‍👩‍👧", "e" + strings.Repeat("\u0301", 40), "\x1b[2J\x1b]0;x\x07",
	"\u202eabc", "19811228-9874", "rad ett\nrad två", strings.Repeat("lång ", 2000), "region:syd status:any"}

// all are the keys that a random hand presses: every key of the table but those that end the board, letters in fields, and
// the words that lead to what no key does.
func all() (keys []string) {
	for _, a := range action.Table() {
		for _, key := range a.Keys {
			if key != "q" && (!strings.HasPrefix(key, "ctrl+") || key == "ctrl+g" || key == "ctrl+f") {
				keys = append(keys, key)
			}
		}
	}
	keys = append(keys, "\"åäö\"", "\"b\"", "\"F\"", "\"r\"", "\"S\"", "\" \"", "\"4\"", "enter", "enter", "tab", "esc", "backspace", "delete")
	for _, words := range []string{"gaps", "gaps syd", "meeting syd", "möte nat", "then 7d", "now", "filters", "report 2026", "skiffer", "pol"} {
		keys = append(keys, ": \""+words+"\" enter")
	}
	return keys
}

// places are the names of every screen that a hand has been on.
type places struct {
	mu   sync.Mutex
	been map[string]int
}

func (p *places) at(screen any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.been[strings.TrimPrefix(fmt.Sprintf("%T", screen), "*screen.")]++
}

// TestAnyKeys presses keys at random, each walk the same every time: on every size of screen, in both languages, in every
// look, for every role. Nothing panics, every frame fits, and the store is as the journal says.
func TestAnyKeys(t *testing.T) {
	t.Chdir(t.TempDir()) // where a random hand's exports go
	keys := *handKeys
	if keys == 0 {
		if keys = 20_000; testing.Short() {
			keys = 4_000
		}
	}
	seen := &places{been: map[string]int{}}
	t.Run("walks", func(t *testing.T) {
		for i := range max(keys/walkKeys, 1) {
			t.Run(fmt.Sprint(i), func(t *testing.T) {
				t.Parallel()
				walk(t, i, min(keys, walkKeys), seen)
			})
		}
	})
	if keys < 20_000 {
		return
	}
	for _, want := range []string{"picture", "region", "effort", "list", "inbox", "agencyBoard", "partners", "journal", "handover", "meeting", "report", "gaps"} {
		if seen.been[want] == 0 {
			t.Errorf("no hand has been on the %s, only on %v", want, slices.Sorted(maps.Keys(seen.been)))
		}
	}
}

// walk is one hand on one board.
func walk(t *testing.T, i, keys int, seen *places) {
	random := rand.New(rand.NewPCG(uint64(i), 7))
	c := &clock{start}
	s := openStore(t, storetest.Memory(), c)
	seed(t, s)
	roles := []model.Role{model.NationalRole, model.Coordinator, model.NationalRole, model.Liaison, model.NationalRole, model.Viewer}
	who := national()
	who.Role = roles[i%len(roles)]
	who.Agency = []model.AgencyCode{"", "POL", "KFM"}[i%3]
	if who.Role != model.NationalRole {
		who.Regions = []model.RegionCode{"SYD"}
	}
	b := sit(t, s, c, officer{actor: who, lang: []string{"sv", "en"}[i%2], look: theme.Options{
		Profile: []termenv.Profile{termenv.ANSI256, termenv.ANSI, termenv.Ascii, termenv.TrueColor}[i/2%4], ASCII: i%5 == 2, Dark: i%4 != 1, NoColor: i%7 == 3}})
	pool := all()
	sizes := [][2]int{{1, 1}, {2, 3}, {20, 5}, {39, 12}, {40, 12}, {80, 24}, {99, 30}, {100, 24}, {120, 40}, {140, 20}, {200, 50}, {300, 100}}
	width, height := 80, 24
	last := ""
	defer func() {
		if p := recover(); p != nil {
			t.Fatalf("%v at %q, on %dx%d", p, last, width, height)
		}
	}()
	for n := 0; n < keys; n++ {
		switch roll := random.IntN(100); {
		case roll < 4:
			size := sizes[random.IntN(len(sizes))]
			width, height = size[0], size[1]
			b.size(width, height)
			c.now = c.now.Add(time.Duration(random.IntN(300)) * time.Minute)
		case roll < 6:
			last = odd[random.IntN(len(odd))]
			b.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(last), Paste: true})
		default:
			last = pool[random.IntN(len(pool))]
			b.press(words(last)...)
		}
		check(t, b.app.View(), width, height)
		seen.at(b.desk.Screen())
	}
	if _, err := s.Verify(context.Background()); err != nil {
		t.Fatal(err)
	}
}
