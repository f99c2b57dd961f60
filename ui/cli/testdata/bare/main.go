// Bare is the least a Bubble Tea program can be: the floor that the board is measured against.
package main

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	_ "board.internal/samverkan/ui/quiet"
)

type bare struct{ n int }

func (bare) Init() tea.Cmd { return nil }

func (b bare) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if k, ok := msg.(tea.KeyMsg); ok {
		if k.String() == "q" {
			return b, tea.Quit
		}
		b.n++
	}
	return b, nil
}

func (b bare) View() string { return "bare " + strings.Repeat("x", b.n%2) + "\n" }

func main() {
	if _, err := tea.NewProgram(bare{}, tea.WithAltScreen(), tea.WithFPS(120)).Run(); err != nil {
		panic(err)
	}
}
