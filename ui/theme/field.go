package theme

import (
	"github.com/charmbracelet/bubbles/cursor"
	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textarea"
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
	t.still(&m.Cursor)
	return m
}

// TextArea is a field of several lines, made as TextInput is.
func (t *Theme) TextArea() textarea.Model {
	m := textarea.New()
	m.Prompt = ""
	m.ShowLineNumbers = false
	m.EndOfBufferCharacter = ' '
	m.KeyMap.Paste = key.NewBinding(key.WithDisabled())
	plain := t.styles[Input]
	m.FocusedStyle = textarea.Style{
		Base: plain, CursorLine: plain, CursorLineNumber: plain, EndOfBuffer: plain, LineNumber: plain, Text: plain,
		Placeholder: t.styles[Placeholder], Prompt: t.styles[Prompt],
	}
	m.BlurredStyle = m.FocusedStyle
	t.still(&m.Cursor)
	m.Blur() // takes up the styles
	return m
}

func (t *Theme) still(c *cursor.Model) {
	c.SetMode(cursor.CursorStatic)
	c.Style = t.styles[Input]
	c.TextStyle = t.styles[Input]
}
