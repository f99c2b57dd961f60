package screen_test

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store/storetest"
	"board.internal/samverkan/ui/app"
)

// again is the officer's next session, after one that was cut.
func again(t *testing.T, was *board, c *clock, who officer) *board {
	who.begun = was.app.Unsaved(true)
	return sit(t, was.store, c, who)
}

// TestCutInAForm: what is typed when a session is cut stands in the same form in the officer's next one, and once it
// has been taken up it is nowhere else.
func TestCutInAForm(t *testing.T) {
	tests := []struct {
		name string
		// open opens the form from the effort under the cursor, typed is typed in it.
		open, typed []string
		greets      string
		sees        string
	}{
		{"note", []string{"n"}, []string{"\"two cars\""}, "note LÄRKA", "two cars"},
		{"important note", []string{"N"}, []string{"\"two cars\""}, "important LÄRKA", "two cars"},
		{"measure", []string{"+", "enter"}, []string{"\"lights\""}, "measure LÄRKA", "lights"},
		{"hours", []string{"t"}, []string{"\"4.5 yesterday\""}, "hours LÄRKA", "4.5 yesterday"},
		{"proposal", []string{"c"}, []string{"\"skrymsle\""}, "propose", "skrymsle"},
		{"edit", []string{"e"}, []string{"tab", "\" by night\""}, "edit LÄRKA", "by night"},
		{"status", []string{"s"}, []string{"down", "enter", "ctrl+u", "\"asleep\""}, "status LÄRKA", "asleep"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := &clock{start}
			s := openStore(t, storetest.Memory(), c)
			seed(t, s)
			who := officer{actor: national(), lang: "en", begun: map[app.Draft]string{}}
			b := sit(t, s, c, who)
			b.press("6", "tab")
			b.press(tt.open...)
			b.press(tt.typed...)
			if !strings.Contains(b.frame(), tt.sees) {
				t.Fatalf("%s is not typed:\n%s", tt.sees, b.frame())
			}
			b = again(t, b, c, who)
			if f := b.frame(); !strings.Contains(f, "not saved last time: "+tt.greets+" ·") {
				t.Fatalf("the greeting does not name %s:\n%s", tt.greets, f)
			}
			b = again(t, b, c, who) // cut again before it was taken up
			b.press("6", "tab")
			b.press(tt.open...)
			if f := b.frame(); !strings.Contains(f, tt.sees) {
				t.Fatalf("what was typed is gone:\n%s", f)
			}
			b.press("esc", "esc", "esc")
			if left := b.app.Unsaved(true); len(left) > 0 {
				t.Errorf("what was thrown away is kept: %v", left)
			}
		})
	}
}

// TestLeftOnPurpose: who leaves a form that is not saved has been asked, and it is not kept.
func TestLeftOnPurpose(t *testing.T) {
	c := &clock{start}
	s := openStore(t, storetest.Memory(), c)
	seed(t, s)
	b := sit(t, s, c, officer{actor: national(), lang: "en", begun: map[app.Draft]string{}})
	b.press("6", "tab", "n", "\"two cars\"", "ctrl+c")
	if b.quit {
		t.Fatal("it was not asked")
	}
	b.press("ctrl+c")
	if left := b.app.Unsaved(false); !b.quit || len(left) > 0 {
		t.Errorf("quit %v, kept %v", b.quit, left)
	}
}

// TestResumedEdit: an edit that is taken up after somebody else has changed the effort is one of what was seen then.
func TestResumedEdit(t *testing.T) {
	c := &clock{start}
	s := openStore(t, storetest.Memory(), c)
	seed(t, s)
	who := officer{actor: national(), lang: "en", begun: map[app.Draft]string{}}
	b := sit(t, s, c, who)
	b.press("6", "tab", "e", "tab", "\" by night\"")
	e := s.Board().Find("larka")
	anna := national()
	anna.Officer = "anna"
	do(t, s, anna, model.Edit{On: model.On{Effort: e.ID, Seen: e.Version}, Fields: map[model.Field]string{model.FieldTitle: "Theirs"}})
	b = again(t, b, c, who)
	b.press("6", "tab", "e")
	if f := b.frame(); !strings.Contains(f, "by night") || !strings.Contains(f, "anna has changed this effort") {
		t.Fatal(f)
	}
	b.press("enter")
	if f := b.frame(); !strings.Contains(f, "LÄRKA: changed meanwhile") {
		t.Fatalf("theirs is saved over unseen:\n%s", f)
	}
}

// TestOddDrafts: what another program's session has left does no harm.
func TestOddDrafts(t *testing.T) {
	c := &clock{start}
	s := openStore(t, storetest.Memory(), c)
	seed(t, s)
	known, err := s.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	e := known.Find("larka").ID
	begun := map[app.Draft]string{{Officer: "nuc", Place: ""}: "x", {Officer: "nuc", Place: "no such action at all"}: "x",
		{Officer: "nuc", Place: "edit " + string(e)}: "{", {Officer: "nuc", Place: "status " + string(e)}: `{"To":"nowhere","Fields":["a"]}`,
		{Officer: "eve", Place: "note " + string(e)}: "hers"}
	b := sit(t, s, c, officer{actor: national(), lang: "en", begun: begun})
	for _, key := range []string{"6", "tab", "e", "esc", "s", "esc", "n"} {
		b.press(key)
		check(t, b.app.View(), 80, 24)
	}
	if f := b.frame(); strings.Contains(f, "hers") {
		t.Fatal(f)
	}
	b.send(tea.KeyMsg{Type: tea.KeyCtrlC})
	if !b.quit {
		t.Error("what is kept anyway is asked about")
	}
}
