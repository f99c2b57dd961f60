package theme

import (
	"github.com/charmbracelet/bubbles/cursor"
	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textinput"
)

// TextInput is a one-line field with every style set, so that nothing comes from the global renderer. Its cursor does
// not blink, so that a board at rest writes nothing, and it does not read a clipboard, which over SSH would be the
// server's: pasting is the terminal's business.
func (t *Theme) TextInput() textinput.Model {
	m := textinput.New()
	m.Prompt = ""
	m.PromptStyle = t.styles[Prompt]
	m.TextStyle = t.styles[Input]
	m.PlaceholderStyle = t.styles[Placeholder]
	m.CompletionStyle = t.styles[Placeholder]
	m.KeyMap.Paste = key.NewBinding(key.WithDisabled())
	m.Cursor.SetMode(cursor.CursorStatic)
	m.Cursor.Style = t.styles[Input]
	m.Cursor.TextStyle = t.styles[Input]
	return m
}
