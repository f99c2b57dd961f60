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
	"board.internal/samverkan/ui/theme"
)

// wants fails when a text does not stand on the screen, however wide its columns are.
func wants(t *testing.T, b *board, texts ...string) {
	t.Helper()
	narrow := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	for _, text := range texts {
		if f := b.frame(); !strings.Contains(narrow(f), narrow(text)) {
			t.Fatalf("%q is not on the screen:\n%s", text, f)
		}
	}
}

// TestAnswersGoOn: the page of answers reads a journal of several pages, goes on when something happens, and forgets
// what is undone.
func TestAnswersGoOn(t *testing.T) {
	c := &clock{start}
	s := openStore(t, storetest.Memory(), c)
	seed(t, s)
	known, err := s.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	lark := model.On{Effort: known.Find("larka").ID}
	for i := range 2100 {
		do(t, s, national(), model.AddNote{On: lark, Text: fmt.Sprint("note ", i)})
	}
	b := sit(t, s, c, officer{actor: national(), lang: "en", width: 120, height: 30})
	b.press("A", "tab", "tab")
	_, reading := b.app.Update(tea.KeyMsg{Type: tea.KeyTab})
	wants(t, b, "reading the journal… 0 of 2")
	b.settle(reading)
	wants(t, b, "FK Social Insurance 1 1 1 0 min  1 no staff before summer", "KFM Enforcement 1 0 0 – –")
	mist := model.On{Effort: s.Board().Find("dimma").ID}
	c.now = c.now.Add(50 * time.Hour)
	do(t, s, national(), model.Answer{On: mist, Agency: "KFM", Reason: "other tasks first"})
	b.look()
	wants(t, b, "KFM Enforcement 1 1 1 2 d  1 other tasks first")
	do(t, s, national(), model.Undo{})
	b.look()
	wants(t, b, "KFM Enforcement 1 0 0 – –")
	do(t, s, national(), model.Redo{})
	b.look()
	wants(t, b, "KFM Enforcement 1 1 1 2 d  1 other tasks first")
	b.press("down", "down", "down", "down", "down", "enter")
	wants(t, b, "Why KFM has said no", "1 other tasks first", "Never asked in: NORD MITT STHLM OST VAST BERG NAT")
}

// TestGridSaysWhatIsElsewhere: what is in a region that is not in use counts in the country, and a line says so.
func TestGridSaysWhatIsElsewhere(t *testing.T) {
	c := &clock{start}
	engine := storetest.Memory()
	s := openStore(t, engine, c)
	seed(t, s)
	cat := *catalogue()
	cat.Regions[5].To = model.DayOf(start) - 1
	later := store.Open(engine, &cat, store.Options{Now: c.Now})
	defer later.Close()
	b := sit(t, later, c, officer{actor: national(), lang: "en"})
	b.press("A", "l", "l", "l", "l", "l", "l", "l")
	wants(t, b, "country counts also what is in regions no longer in use: load 2, asked 1",
		"Police, the whole country: load 1, capacity not known · 1 of that in")
	b.press("enter")
	wants(t, b, "1 effort", "LÄRKA")
}

// TestAgenciesAndPartnersOnAnyScreen: every page fits every screen, whatever agencies, regions and partners are called.
func TestAgenciesAndPartnersOnAnyScreen(t *testing.T) {
	payload := "A\x1b[2J\x1b]0;x\x07\u202eB\u009b31mC\r\nD" + strings.Repeat("\u0301", 500) + strings.Repeat("漢", 300)
	c := &clock{start}
	engine := storetest.Memory()
	s := openStore(t, engine, c)
	seed(t, s)
	cat := *catalogue()
	cat.Agencies[0].Name = model.Names{SV: payload, EN: payload}
	cat.Agencies = append(cat.Agencies, model.Agency{Code: model.AgencyCode(payload), Capacity: map[model.RegionCode]int{"SYD": 1 << 40}})
	cat.Regions[5].Name = model.Names{SV: payload, EN: payload}
	cat.Partners = []model.Partner{{Region: "SYD", Name: payload}, {Region: model.RegionCode(payload), Name: "x"}}
	hostile := store.Open(engine, &cat, store.Options{Now: c.Now})
	defer hostile.Close()
	for _, ascii := range []bool{false, true} {
		for _, size := range [][2]int{{1, 1}, {39, 12}, {40, 12}, {60, 13}, {80, 24}, {120, 40}, {200, 50}} {
			b := sit(t, hostile, c, officer{actor: national(), lang: "sv", width: size[0], height: size[1], look: theme.Options{ASCII: ascii}})
			for _, key := range []string{"A", "G", "l", "l", "S", "enter", "space", "v", "esc", "esc", "tab", "h", "tab", "tab", "enter", "j", "esc",
				"P", "j", "l", "x", "esc", "enter", "esc", "c", "esc", "G", "x", "enter", "esc", "A", "A"} {
				b.press(key)
				check(t, b.app.View(), size[0], size[1])
			}
		}
	}
}

// TestPartnersCount: a partner counts on every open effort of its region that has it, also on national ones that touch
// it; one that is in no register shows too, and cannot be taken out of it.
func TestPartnersCount(t *testing.T) {
	c := &clock{start}
	s := openStore(t, storetest.Memory(), c)
	seed(t, s)
	known, err := s.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"larka", "norrsken"} {
		e := known.Find(name)
		if e.Region == "NAT" {
			do(t, s, national(), model.SetPartner{Partner: model.Partner{Region: "VAST", Name: "Hamnbolaget"}})
		}
		do(t, s, national(), model.Assign{On: model.On{Effort: e.ID}, Partners: []model.PartnerPart{{Name: "hamnbolaget", New: true}}})
	}
	b := sit(t, s, c, officer{actor: national(), lang: "en"})
	b.press("P")
	wants(t, b, "Väst Hamnbolaget 1 effort", "Syd hamnbolaget 2 efforts")
	b.press("6", "P", "enter")
	wants(t, b, "hamnbolaget, Syd", "2 efforts", "LÄRKA", "NORRSKEN")
	b.press("esc", "x", "y")
	wants(t, b, "partner hamnbolaget removed in Syd", "2 efforts · not in the register")
	b.press("x")
	wants(t, b, "Hamnbolaget: not in the register")
	b.press("k")
	wants(t, b, "x take out")
}

// TestBackToTheAgencies: the key of a screen that is on the stack goes back to it.
func TestBackToTheAgencies(t *testing.T) {
	c := &clock{start}
	s := openStore(t, storetest.Memory(), c)
	seed(t, s)
	b := sit(t, s, c, officer{actor: national(), lang: "en"})
	b.press("6", "A", "tab", "enter", "P", "A")
	wants(t, b, "Agencies: asked")
	b.press("esc")
	wants(t, b, "Region Syd")
}

// BenchmarkGrid is a key on the grid of agencies to its frame. Budget: with 100 000 efforts at most 1.3x of 300.
// Last measured: 1.3x, 31 and 42 µs; 51 and 61 allocations.
func BenchmarkGrid(b *testing.B) {
	for _, n := range []int{300, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			at := busy(b, n)
			at.press("A")
			left, right := tea.KeyMsg{Type: tea.KeyLeft}, tea.KeyMsg{Type: tea.KeyRight}
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				key := right
				if i/4%2 == 1 {
					key = left
				}
				at.app.Update(key)
				_ = at.app.View()
			}
		})
	}
}
