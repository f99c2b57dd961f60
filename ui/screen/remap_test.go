package screen_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/store/storetest"
	"board.internal/samverkan/ui/action"
)

// TestOtherKeysAreSaid: where an action has another key, every text that names a key of it names that one.
func TestOtherKeysAreSaid(t *testing.T) {
	c := &clock{start}
	s := openStore(t, storetest.Memory(), c)
	seed(t, s)
	c.now = c.now.Add(48 * time.Hour)
	do(t, s, national(), model.AddNote{On: model.On{Effort: "SYD-2026-001"}, Text: "later"})
	b := sit(t, s, c, officer{actor: national(), lang: "en", width: 120, height: 50,
		keys: map[string][]string{"command": {"f9"}, "quit": {"Q"}, "saved": {"f1", "f3"}, "mark": {"m"}, "narrow": {"f4"}, "suspend": {"f10"}}})
	see := func(want string, keys ...string) {
		t.Helper()
		b.press(keys...)
		if f := b.frame(); !strings.Contains(f, want) {
			t.Errorf("%q: want %q in\n%s", keys, want, f)
		}
	}
	see("F9 then 2026-03-31 shows", "f9", "\"now\"", "enter")
	see("F9 gaps", "?", "\"gaps\"")
	see("F4         region:", "esc", "?", "\"region:\"")
	see("F3 in front puts it on that key", "esc", "f4", "\"syd\"", "ctrl+s")
	see("F10 ", "esc", "esc", "?", "\"suspend\"")
	see("F9 now or Q comes back", "esc", "f9", "\"then 2026-11-23\"", "enter")
	see("F9 now goes back", "w")
	see("space does nothing here", "f9", "\"now\"", "enter", "6", "space")
	see("m marks more", "tab", "m")
}

// TestSuspend: the key of its own, any other it is given, and the command line go back to the shell; where there is none each
// says so.
func TestSuspend(t *testing.T) {
	c := &clock{start}
	s := openStore(t, storetest.Memory(), c)
	seed(t, s)
	for _, served := range []bool{false, true} {
		b := sit(t, s, c, officer{actor: national(), lang: "en", served: served, keys: map[string][]string{"suspend": {"f10"}}})
		for _, key := range []tea.KeyMsg{{Type: tea.KeyCtrlZ}, {Type: tea.KeyF10}} {
			_, cmd := b.app.Update(key)
			if suspends := cmd != nil; suspends == served {
				t.Errorf("served %v: %s suspends: %v", served, key, suspends)
			} else if suspends {
				if _, is := cmd().(tea.SuspendMsg); !is {
					t.Errorf("%s: %T", key, cmd())
				}
			}
			if said := strings.Contains(b.frame(), "no shell to go back to"); said != served {
				t.Errorf("served %v: %s\n%s", served, key, b.frame())
			}
			b.press("6")
		}
		b.press(":", "\"suspend\"")
		if said := strings.Contains(b.frame(), "no shell to go back to"); said != served || strings.Contains(b.frame(), "not on this screen") {
			t.Errorf("served %v:\n%s", served, b.frame())
		}
	}
}

// TestRegionsBeyondTheDigits: of many regions each digit is one's, and those that have none show none; a digit that is none's
// says so.
func TestRegionsBeyondTheDigits(t *testing.T) {
	c := &clock{start}
	for _, n := range []int{1, 7, 8, 9, 12} {
		cat := catalogue()
		cat.Regions = nil
		for i := range n {
			cat.Regions = append(cat.Regions, model.Region{Code: model.RegionCode(fmt.Sprintf("R%c", 'A'+i)), Name: model.Names{SV: fmt.Sprintf("Råd %c", 'A'+i), EN: fmt.Sprintf("Area %c", 'A'+i)}})
		}
		s := store.Open(storetest.Memory(), cat, store.Options{Now: c.Now, Random: sameEachTime()})
		t.Cleanup(func() { s.Close() })
		b := sit(t, s, c, officer{actor: national(), lang: "en", width: 200, height: 50})
		do(t, s, national(), model.Propose{Fields: map[model.Field]string{model.FieldRegion: "RA", model.FieldFocus: "individuals", model.FieldCodename: "DIMMA"}})
		b.look()
		for i := range 9 {
			b.press("0", fmt.Sprint(i+1))
			f := b.frame()
			switch {
			case i < n:
				if want := fmt.Sprintf("[%d]Area %c", i+1, 'A'+i); !strings.Contains(f, want) {
					t.Errorf("%d regions: %s\n%s", n, want, f)
				}
			case i == n:
				if want := fmt.Sprintf("[%d]National", i+1); !strings.Contains(f, want) {
					t.Errorf("%d regions: %s\n%s", n, want, f)
				}
			default:
				if want := fmt.Sprintf("%d does nothing here", i+1); !strings.Contains(f, want) {
					t.Errorf("%d regions: %s\n%s", n, want, f)
				}
			}
		}
		b.press("0")
		for _, key := range []string{"10", "11", "12", "13"} { // in the tabs, or before a row of the picture
			if f := b.frame(); strings.Contains(strings.Split(f, "\n")[1], key) || strings.Contains(f, key+" Area") || strings.Contains(f, key+"Area") {
				t.Errorf("%d regions: %s is no key\n%s", n, key, f)
			}
		}
		if want := fmt.Sprintf("1-%d", min(n+1, 9)); b.desk.Keys().Shown(action.Region) != want {
			t.Errorf("%d regions: %s, want %s", n, b.desk.Keys().Shown(action.Region), want)
		}
		b.press(":", "\"national\"", "enter")
		if f := b.frame(); !strings.Contains(f, "National]") && !strings.Contains(f, "]National") {
			t.Errorf("%d regions:\n%s", n, f)
		}
		for _, width := range []int{40, 80, 99} {
			b.size(width, 24)
			b.press("0", "1")
			check(t, b.app.View(), width, 24)
		}
	}
}
