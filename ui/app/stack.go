package app

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"
)

// Find returns the uppermost screen on the stack that is what is looked for, nil when there is none.
func (d *Desk) Find(is func(Screen) bool) Screen {
	for i := len(d.app.stack) - 1; i >= 0; i-- {
		if is(d.app.stack[i]) {
			return d.app.stack[i]
		}
	}
	return nil
}

// LiesOn reports whether a screen lies on another, so that one step back is to take it off.
func (d *Desk) LiesOn(s Screen) bool { return slices.Index(d.app.stack, s) > 0 }

// PopTo goes back to a screen on the stack: all that lies on it is taken away.
func (d *Desk) PopTo(s Screen) tea.Cmd {
	for i := 0; i+1 < len(d.app.stack); i++ {
		if d.app.stack[i] == s {
			return d.app.pop(d.app.stack[i+1])
		}
	}
	return nil
}
