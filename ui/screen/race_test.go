package screen_test

import (
	"path/filepath"
	"sync"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
)

// spawn runs a command as the program does: beside the event loop. What comes of it is not delivered.
func spawn(wg *sync.WaitGroup, cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	wg.Go(func() {
		if all, ok := cmd().(tea.BatchMsg); ok {
			for _, c := range all {
				spawn(wg, c)
			}
		}
	})
}

// TestNothingIsReadBesideTheLoop opens screens while another officer takes the desk and the board moves on: what is
// read away from the event loop must not look at what the loop changes. It is the race detector that sees it.
func TestNothingIsReadBesideTheLoop(t *testing.T) {
	c := &clock{now: start}
	s := shared(t, c)
	for _, way := range [][]string{
		{"H"}, {"J"}, {"6", "tab", "enter"}, {"6", "tab", "a"}, {"u"}, {"A", "tab"}, {"?"}, {"w"}, {"6", "tab", "n", "\"x\"", "enter"},
		{"J", "/", "\"duty\"", "enter"}, {"R"}, {"R", "enter"}, {"R", "<"}, {"R", "E", "ctrl+u", "\"" + filepath.Join(t.TempDir(), "a.html") + "\"", "enter"}, {"H", "E", "ctrl+u", "\"" + filepath.Join(t.TempDir(), "a.md") + "\"", "enter"},
		{"6", "tab", "enter", ":", "\"then 0s\"", "enter"}, {"6", "tab", "enter", ":", "\"then 0s\"", "enter", "J"}, {":", "\"then 0s\"", "enter", ":", "\"then 7d\"", "enter"},
	} {
		b := sit(t, s, c, officer{actor: national()})
		last := len(way) - 1
		b.press(way[:last]...)
		var wg sync.WaitGroup
		key := tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(way[last])}
		if special, ok := named[way[last]]; ok {
			key = tea.KeyMsg{Type: special}
		}
		_, cmd := b.app.Update(key)
		spawn(&wg, cmd)
		do(t, s, national(), model.SetPartner{Partner: model.Partner{Region: "SYD", Name: "hamnen"}})
		b.app.Refresh()
		other := national()
		other.Officer = "another"
		b.desk.Sit(other)
		wg.Wait()
	}
}
