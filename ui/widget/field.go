package widget

import (
	"sort"

	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/theme"
)

// Field is a one-line text field. Editing is Bubbles'; drawing is ours, as nothing typed or pasted may
// reach the terminal but through safe text.
type Field struct {
	input textinput.Model
	theme *theme.Theme
}

// NewField returns a field with a text in it and the cursor at its end, of at most limit runes.
func NewField(t *theme.Theme, value string, limit int) Field {
	in := t.TextInput()
	in.Prompt = ""
	// One over the limit, so that the model's refusal can say what the limit is, and a paste is bounded.
	in.CharLimit = limit + 1
	in.SetValue(value)
	in.CursorEnd()
	in.Focus()
	return Field{input: in, theme: t}
}

// Update takes a key or a paste.
func (f *Field) Update(msg tea.Msg) { f.input, _ = f.input.Update(msg) }

// Value returns the text.
func (f *Field) Value() string { return f.input.Value() }

// Set replaces the text.
func (f *Field) Set(value string) {
	f.input.SetValue(value)
	f.input.CursorEnd()
}

// Draw adds the field to a line in the given number of cells: the part of the text around the cursor, and
// the cursor itself when the field has the focus.
func (f *Field) Draw(l *Line, cells int, focus bool, placeholder safe.Text) {
	end := l.Used() + min(cells, l.Left())
	runes := []rune(f.input.Value())
	if !focus {
		text := safe.Of(string(runes))
		if text.Width() == 0 {
			l.Put(theme.Placeholder, placeholder.Cut(end-l.Used()))
		}
		l.Put(theme.Input, text.Cut(end-l.Used())).To(end)
		return
	}
	pos := min(f.input.Position(), len(runes))
	before, under, after := safe.Of(string(runes[:pos])), safe.Blank(1), safe.Text{}
	if pos < len(runes) {
		if u := safe.Of(string(runes[pos])); u.Width() > 0 {
			under = u
		}
		after = safe.Of(string(runes[pos+1:]))
	}
	// Scroll so that the cursor stays in sight. A note of thousands of letters is drawn with each key, so the place
	// is searched for by halves.
	if room := end - l.Used() - under.Width(); before.Width() > room {
		from := sort.Search(pos, func(from int) bool { return safe.Of(string(runes[from:pos])).Width() <= room })
		before = safe.Of(string(runes[from:pos]))
	}
	l.Put(theme.Input, before).Put(theme.Selected, under)
	if len(runes) == 0 {
		l.Put(theme.Placeholder, placeholder.Cut(end-l.Used()))
	}
	l.Put(theme.Input, after.Cut(end-l.Used())).To(end)
}
