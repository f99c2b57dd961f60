package input

import (
	"slices"
	"strings"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/unicode/norm"

	"board.internal/samverkan/ui/safe"
)

// Split gives the keys in msg in the order they were pressed: every letter its own message, in NFC with the marks that
// belong to it, alt kept. What shows nothing is dropped. A paste stays one message with Paste set; its text is without
// escape sequences, safe to show, at most 4 KiB, and its lines are divided by \n. No two
// keys share their runes, with whatever they came from neither.
func Split(msg tea.KeyMsg) []tea.KeyMsg {
	switch {
	case msg.Paste:
		return paste(msg)
	case msg.Type == tea.KeyEscape && msg.Alt: // two that came together
		esc := tea.KeyMsg{Type: tea.KeyEscape}
		return []tea.KeyMsg{esc, esc}
	case msg.Type != tea.KeyRunes:
		// Every blank that is pressed, in every program of a process, is one and the same slice of Bubble Tea's, and
		// Bubbles' text fields write in what they are given.
		msg.Runes = slices.Clone(msg.Runes)
		return []tea.KeyMsg{msg}
	}
	shown := strings.Map(func(r rune) rune {
		if unicode.IsGraphic(r) {
			return r
		}
		return -1
	}, string(msg.Runes))
	var keys []tea.KeyMsg
	for _, r := range norm.NFC.String(shown) {
		if unicode.IsMark(r) && len(keys) > 0 {
			last := &keys[len(keys)-1]
			last.Runes = append(last.Runes, r)
			continue
		}
		keys = append(keys, tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}, Alt: msg.Alt})
	}
	return keys
}

func paste(msg tea.KeyMsg) []tea.KeyMsg {
	var lines []string
	for _, line := range safe.Lines(ansi.Strip(string(msg.Runes))) {
		lines = append(lines, line.String())
	}
	text := strings.Join(lines, "\n")
	if text == "" {
		return nil
	}
	return []tea.KeyMsg{{Type: tea.KeyRunes, Runes: []rune(text), Paste: true}}
}
