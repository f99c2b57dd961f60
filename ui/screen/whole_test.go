package screen_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/store/storetest"
	"board.internal/samverkan/ui/theme"
)

// check fails when a frame is wider or higher than the screen, or holds anything that could move a cursor.
func check(t *testing.T, view string, width, height int) {
	t.Helper()
	lines := strings.Split(view, "\n")
	if len(lines) > height && view != "" {
		t.Fatalf("%d lines on a screen of %d:\n%s", len(lines), height, view)
	}
	for _, l := range lines {
		if w := ansi.StringWidth(l); w > width {
			t.Fatalf("a line of %d cells on a screen of %d: %q", w, width, l)
		}
	}
	for _, part := range strings.Split(view, "\x1b") {
		rest := part
		if at := strings.IndexByte(part, 'm'); strings.HasPrefix(part, "[") && at > 0 && strings.Trim(part[1:at], "0123456789;") == "" {
			rest = part[at+1:]
		} else if part != view && !strings.HasPrefix(view, part) {
			t.Fatalf("an escape sequence that is no colour: %q", part[:min(len(part), 20)])
		}
		for _, r := range rest {
			if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
				t.Fatalf("%U on the screen", r)
			}
		}
	}
}

// TestManyKeysAtOnce: a held key, or a slow link, brings many keys in one message. Each counts.
func TestManyKeysAtOnce(t *testing.T) {
	c := &clock{start}
	s := openStore(t, storetest.Memory(), c)
	for i := range 300 {
		propose(t, s, "SYD", "individuals", fmt.Sprintf("HÅLL-%d", i))
	}
	b := sit(t, s, c, officer{actor: national(), lang: "en"})
	b.press("6")
	b.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(strings.Repeat("j", 200))})
	b.press("enter")
	if !strings.Contains(b.frame(), " HÅLL-200 ") {
		t.Fatalf("200 downs from HÅLL-0 do not lead to HÅLL-200:\n%s", b.frame())
	}
}

// TestKeysAheadOfAnAnswer: what is typed while a change is being saved waits for it, and is dropped when
// the change is refused.
func TestKeysAheadOfAnAnswer(t *testing.T) {
	c := &clock{start}
	s := openStore(t, storetest.Memory(), c)
	seed(t, s)
	b := sit(t, s, c, officer{actor: national(), lang: "en"})
	b.press("6", "tab", "down")
	b.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("aks")})
	_, saving := b.app.Update(tea.KeyMsg{Type: tea.KeyEnter})
	b.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("n")})
	if strings.Contains(b.frame(), "Note on") {
		t.Fatal("a key overtook the change it was typed after")
	}
	b.settle(saving)
	if f := b.frame(); !strings.Contains(f, "Note on SKIFFER") || !strings.Contains(f, "KFM? SKV?") {
		t.Fatal(f)
	}
}

// TestEscapeAndAKeyInOneRead: the protocol cannot tell it from alt and the key; no action has an alt key.
func TestEscapeAndAKeyInOneRead(t *testing.T) {
	c := &clock{start}
	s := openStore(t, storetest.Memory(), c)
	seed(t, s)
	b := sit(t, s, c, officer{actor: national(), lang: "en"})
	b.press("6", "tab", "a")
	b.send(tea.KeyMsg{Type: tea.KeyEnter, Alt: true})
	if f := b.frame(); !strings.Contains(f, "LÄRKA  SYD-") || strings.Contains(f, "Agencies for") {
		t.Fatal(f)
	}
	b.press("n", "\"two words\"")
	b.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("b"), Alt: true}) // a word back
	b.press("\"x\"", "enter")
	if f := b.frame(); !strings.Contains(f, "two xwords") {
		t.Fatal(f)
	}
}

// TestPaste: pasted text is text in a field, and nothing on the board.
func TestPaste(t *testing.T) {
	c := &clock{start}
	s := openStore(t, storetest.Memory(), c)
	seed(t, s)
	b := sit(t, s, c, officer{actor: national(), lang: "en"})
	b.press("6", "tab")
	paste := tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("aks\n"), Paste: true}
	b.send(paste)
	if f := b.frame(); !strings.Contains(f, "pasted text is taken in text fields only") || strings.Contains(f, "Agencies for") {
		t.Fatal(f)
	}
	b.press("a")
	b.send(paste)
	if f := b.frame(); strings.Contains(f, "[?]") {
		t.Fatalf("a paste toggled agencies:\n%s", f)
	}
	b.press("esc", "n")
	b.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("ett\u202etva"), Paste: true})
	check(t, b.app.View(), 80, 24)
	b.press("enter")
	if f := b.frame(); !strings.Contains(f, "note “etttva”") {
		t.Fatalf("what no keyboard can type is not left out of a paste:\n%s", f)
	}
}

// TestHostileText: what an old or foreign store holds cannot move the cursor of who looks at it.
func TestHostileText(t *testing.T) {
	c := &clock{start}
	engine := storetest.Memory()
	s := openStore(t, engine, c)
	payload := "A\x1b[2J\x1b]0;x\x07\u202eB\u009b31mC\r\nD" + strings.Repeat("\u0301", 500) + strings.Repeat("漢", 300)
	cat := *catalogue()
	cat.Agencies[0].Name = model.Names{SV: payload, EN: payload}
	cat.Regions[5].Name = model.Names{SV: payload, EN: payload}
	cat.Focuses[0].Name = model.Names{SV: payload, EN: payload}
	seed(t, s)
	hostile := store.Open(engine, &cat, store.Options{Now: c.Now})
	defer hostile.Close()
	who := national()
	who.Officer, who.Initials = model.OfficerID(payload), payload
	for _, size := range [][2]int{{40, 12}, {80, 24}, {200, 50}} {
		b := sit(t, hostile, c, officer{actor: who, lang: "en", width: size[0], height: size[1]})
		for _, key := range []string{"6", "a", "+", "esc", "esc", "c", "esc", "0", "?", "esc", "i", "j", ".", "esc", "t", "esc", "+", "esc", "u", "esc", "U", "esc", "6",
			"space", "space", "a", "p", "enter", "esc", "esc", "s", "esc", "e", "esc", "esc", "enter", "s", "esc", "e", "esc",
			"H", "enter", "x", "enter", "down", "tab", "shift+tab", "esc", "R", "enter", "esc", "tab", "tab", "G", "tab", "<", "esc", ":", "tab", "esc", ":", "\"gaps\"", "enter", "tab", "tab", "tab", "enter", "esc", "esc"} {
			b.press(key)
			check(t, b.app.View(), size[0], size[1])
		}
	}
}

// TestOwnStylesOnly: what the process's global renderer is set to changes nothing on the screen; over SSH
// it is the server's.
func TestOwnStylesOnly(t *testing.T) {
	frames := func() (all []string) {
		c := &clock{start}
		s := openStore(t, storetest.Memory(), c)
		seed(t, s)
		b := sit(t, s, c, officer{actor: national(), lang: "en", look: theme.Options{Profile: termenv.Ascii}, width: 150, height: 40})
		for _, key := range []string{"6", "a", "+", "esc", "esc", "c", "esc", "s", "esc", "/", "\"x\"", "esc", "?", "esc", ":", "\"h\"", "tab", "esc", ":", "\"gaps\"", "enter", "v", "down", "esc", "esc", "i", "space", "v", ".", "esc", "u", "esc",
			"R", "enter", "tab", "esc", "tab", "tab", "tab", "esc", "6", "space", "space", "n", "\"x\"", "enter", "esc", "esc", "esc", "enter", "n", "\"text\""} {
			b.press(key)
			all = append(all, b.app.View())
		}
		return all
	}
	plain := frames()
	before := lipgloss.ColorProfile()
	lipgloss.SetColorProfile(termenv.TrueColor)
	defer lipgloss.SetColorProfile(before)
	for i, f := range frames() {
		if f != plain[i] {
			t.Fatalf("frame %d changes with the global renderer:\n%q\n%q", i, plain[i], f)
		}
		if strings.Contains(f, "\x1b[3") {
			t.Fatalf("frame %d has colours on a terminal without: %q", i, f)
		}
	}
}

// TestRemoteChange: what another officer changes stands on an open board without a key, and a form that is
// open over it says so.
func TestRemoteChange(t *testing.T) {
	c := &clock{start}
	open := storetest.Shared()
	s := openStore(t, open(), c)
	seed(t, s)
	other := openStore(t, open(), c)
	b := sit(t, s, c, officer{actor: national(), lang: "en"})
	b.press("6", "tab", "e")
	e := b.desk.Whole.Find("larka")
	who := national()
	who.Officer = "anna"
	do(t, other, who, model.Edit{On: model.On{Effort: e.ID}, Fields: map[model.Field]string{model.FieldTitle: "Theirs", model.FieldArea: "quay 4"}})
	changed, stop := s.Watch()
	defer stop()
	for s.Board().Find("larka").Title != "Theirs" {
		<-changed
	}
	b.look()
	if !strings.Contains(b.frame(), "anna has changed this effort") {
		t.Fatal(b.frame())
	}
	b.press("tab", "\" and mine\"", "enter")
	if f := b.frame(); !strings.Contains(f, "LÄRKA: changed meanwhile") || strings.Contains(f, "quay 4") {
		t.Fatal(f)
	}
	b.press("enter")
	if f := b.frame(); !strings.Contains(f, "choose mine or theirs for title") {
		t.Fatal(f)
	}
	b.press("m", "enter")
	now := s.Board().Find("larka")
	if now.Title != "Fuel fraud in the port and mine" || now.Area != "quay 4" {
		t.Fatalf("%q, %q: what they changed beside it is lost", now.Title, now.Area)
	}
}

// TestImportFromTheBoard: the welcome takes a list by its path, shows every fault of a wrong one, and then
// gives way to the board.
func TestImportFromTheBoard(t *testing.T) {
	c := &clock{start}
	s := openStore(t, storetest.Memory(), c)
	b := sit(t, s, c, officer{actor: national(), lang: "en"})
	bad := filepath.Join(t.TempDir(), "bad list.csv")
	if err := os.WriteFile(bad, []byte("kodnamn;region;fokus;status\nLÄRKA;Sud;individer;pågånde\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	b.press("down", "enter", "\""+bad+"\"", "enter")
	for _, want := range []string{"row 2, region", "row 2, status", "nothing was stored"} {
		if f := b.frame(); !strings.Contains(f, want) {
			t.Fatalf("%q is not on the screen:\n%s", want, f)
		}
	}
	if s.Board().Open() != 0 {
		t.Fatal("a list with faults was stored")
	}
	b.press("esc", "esc", "enter", "\"../exchange/testdata/nowhere.csv\"", "enter")
	if f := b.frame(); !strings.Contains(f, "there is no file") {
		t.Fatal(f)
	}
	lists, err := filepath.Glob("../exchange/testdata/*.csv")
	if err != nil || len(lists) == 0 {
		t.Fatal("no list to import", err)
	}
	b.press("esc", "enter", "\""+lists[0]+"\"", "enter")
	if f := b.frame(); !strings.Contains(f, "60 efforts imported") || !strings.Contains(f, "3 Stockholm        4 !2") {
		t.Fatal(f)
	}
}
