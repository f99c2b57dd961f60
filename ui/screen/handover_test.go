package screen_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/store/storetest"
)

// TestHandoverIsWrittenToANewFile: for nobody else to read, over nothing that is there, and in the form of its name.
func TestHandoverIsWrittenToANewFile(t *testing.T) {
	c := &clock{start}
	s := openStore(t, storetest.Memory(), c)
	seed(t, s)
	do(t, s, national(), model.HandOver{Region: "SYD", Note: "*ring* the port"})
	b := sit(t, s, c, officer{actor: actor([]string{"anna", "coordinator", "POL", "SYD"}), lang: "en"})
	b.press("H")
	dir := t.TempDir()
	write := func(name string) string {
		path := filepath.Join(dir, name)
		b.press("E")
		b.send(tea.KeyMsg{Type: tea.KeyCtrlU})
		b.press("\""+path+"\"", "enter")
		return path
	}
	for name, want := range map[string]string{"a.md": "> \\*ring\\* the port", "a.txt": "*ring* the port", "a.json": `"note":"*ring* the port"`} {
		path := write(name)
		if f := b.frame(); !strings.Contains(f, "written: ") {
			t.Fatal(f)
		}
		data, err := os.ReadFile(path)
		info, _ := os.Stat(path)
		if err != nil || !strings.Contains(string(data), want) || info.Mode().Perm() != 0o600 {
			t.Errorf("%s, %v:\n%s", name, err, data)
		}
		if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
			t.Fatal(err)
		}
		write(name)
		if f := b.frame(); !strings.Contains(f, "is there") {
			t.Error(f)
		}
		if data, _ := os.ReadFile(path); string(data) != "mine" {
			t.Errorf("%s was written over:\n%s", name, data)
		}
		b.press("esc")
	}
	for name, want := range map[string]string{"a.pdf": "end the name in .txt, .md", "nowhere/a.md": "cannot be written"} {
		write(name)
		if f := strings.Join(strings.Fields(strings.ReplaceAll(b.frame(), "│", " ")), " "); !strings.Contains(f, want) {
			t.Errorf("%s: %s", name, f)
		}
		b.press("esc")
	}
}

// TestHandoverListsAreBounded: a section says how many it leaves out, and where all of them are.
func TestHandoverListsAreBounded(t *testing.T) {
	c := &clock{start}
	s := openStore(t, storetest.Memory(), c)
	for i := range 19 {
		propose(t, s, "SYD", "crime_areas", "BERG-"+strconv.Itoa(i+10), "review", "2026-11-25")
	}
	b := sit(t, s, c, officer{actor: actor([]string{"anna", "coordinator", "POL", "SYD"}), lang: "en", width: 80, height: 60})
	b.press("H")
	f := b.frame()
	for _, want := range []string{"12 more · J shows all", "12 more · i shows all", "12 more\n"} {
		if !strings.Contains(f, want) {
			t.Errorf("%q does not stand there:\n%s", want, f)
		}
	}
	if strings.Count(f, "BERG-") != 21 {
		t.Errorf("%d rows:\n%s", strings.Count(f, "BERG-"), f)
	}
}

// TestADraftIsNotLeftInSilence: a note that is begun is asked for when one leaves, and gone when it is signed.
func TestADraftIsNotLeftInSilence(t *testing.T) {
	c := &clock{start}
	s := openStore(t, storetest.Memory(), c)
	seed(t, s)
	b := sit(t, s, c, officer{actor: national(), lang: "en"})
	b.press("H", "enter", "\"calm\"", "esc", "esc")
	b.send(tea.KeyMsg{Type: tea.KeyCtrlC})
	if f := b.frame(); !strings.Contains(f, "something is not saved") {
		t.Fatal(f)
	}
	b.press("H", "enter", "enter")
	if len(b.desk.Drafts) > 0 || s.Board().Handover("NAT") == nil || s.Board().Handover("NAT").Note != "calm" {
		t.Errorf("%v, %+v", b.desk.Drafts, s.Board().Handover("NAT"))
	}
}

// TestHostileHandover: what an old or foreign store holds as a note or an officer's name moves no cursor, in any size.
func TestHostileHandover(t *testing.T) {
	c := &clock{start}
	payload := "A\x1b[2J\x1b]0;x\x07\u202eB\u009b31mC\r\nD" + strings.Repeat("\u0301", 500) + strings.Repeat("漢", 300)
	s := store.Open(storetest.Memory(), catalogue(), store.Options{Now: c.Now})
	defer s.Close()
	seed(t, s)
	who := national()
	who.Officer = model.OfficerID(payload)
	do(t, s, who, model.HandOver{Region: "NAT", Note: strings.Repeat("word ", 800)})
	b := sit(t, s, c, officer{actor: national(), lang: "en"})
	e := s.Board().Find("larka")
	b.press("6", "tab", "e", "down", "\" mine\"")
	do(t, s, who, model.Edit{On: model.On{Effort: e.ID}, Fields: map[model.Field]string{model.FieldTitle: strings.Repeat("漢", 200)}})
	b.press("enter")
	for _, size := range [][2]int{{1, 1}, {40, 12}, {80, 24}, {120, 40}} {
		b.size(size[0], size[1])
		check(t, b.app.View(), size[0], size[1])
	}
	b.press("esc", "esc", "esc", "H")
	for _, size := range [][2]int{{1, 1}, {40, 12}, {80, 24}, {120, 40}} {
		b.size(size[0], size[1])
		for _, key := range []string{"down", "up", "enter", "esc", "G", "g"} {
			b.press(key)
			check(t, b.app.View(), size[0], size[1])
		}
	}
}
