package screen

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
	"board.internal/samverkan/ui/widget"
)

// partnerChoice offers the partners of the efforts' regions: typing narrows them, enter takes one, and a name that
// nobody has typed before goes into the register with it.
type partnerChoice struct {
	overlay
	picker *picker
	names  []string
	field  widget.Field
	win    widget.Window
}

func newPartnerPick(p *picker) app.Screen {
	c := &partnerChoice{overlay: overlay{desk: p.desk}, picker: p, field: widget.NewField(p.desk.Theme, "", model.MaxShort)}
	var regions []model.RegionCode
	for _, e := range p.efforts {
		regions = append(append(regions, e.Region), e.Touches...)
	}
	for _, q := range p.desk.Whole.PartnersIn(regions...) {
		if !slices.ContainsFunc(c.names, func(n string) bool { return model.Fold(n) == model.Fold(q.Name) }) {
			c.names = append(c.names, q.Name)
		}
	}
	return c
}

// Place: at the foot, so that the agencies stay in sight.
func (c *partnerChoice) Place() app.Place { return app.Foot }

// Typing: there is nothing but the field.
func (c *partnerChoice) Typing() bool { return true }

// found are the partners that what is typed names; new reports whether the last of them is what is typed itself.
func (c *partnerChoice) found() (names []string, new bool) {
	typed := strings.TrimSpace(c.field.Value())
	exact := typed == ""
	for _, n := range c.names {
		if strings.Contains(model.Fold(n), model.Fold(typed)) {
			names = append(names, n)
		}
		exact = exact || model.Fold(n) == model.Fold(typed)
	}
	if !exact {
		names = append(names, typed)
	}
	return names, !exact
}

func (c *partnerChoice) Update(msg tea.Msg) tea.Cmd {
	k, ok := msg.(tea.KeyMsg)
	if !ok {
		return nil
	}
	names, new := c.found()
	switch key := k.String(); {
	case isText(k):
		c.field.Update(k)
		c.win, c.fault = widget.Window{}, ""
	case key == "esc":
		return c.desk.Pop(c)
	case key == "up":
		c.win.Move(c.win.Cursor-1, len(names))
	case key == "down" || key == "tab":
		c.win.Move(c.win.Cursor+1, len(names))
	case key == "enter" && c.win.Cursor < len(names):
		if _, err := c.desk.Catalogue().NewPartner(names[c.win.Cursor]); err != nil {
			c.fault = c.desk.Sentence(err)
			return nil
		}
		c.picker.takePartner(names[c.win.Cursor], new && c.win.Cursor == len(names)-1)
		return c.desk.Pop(c)
	default:
		c.field.Update(k)
		c.win = widget.Window{}
	}
	return nil
}

// View draws the field and the partners around the cursor.
func (c *partnerChoice) View() string {
	t := c.desk.Texts.Screen.Picker
	width := c.inner(c.width - 4)
	l := c.begin(width).Say(theme.Prompt, "+").Skip(1)
	c.field.Draw(l, l.Left(), true, safe.Of(t.PartnerHint))
	lines := []string{l.Done()}
	names, new := c.found()
	size := max(min(c.rows()-2, 6), 1)
	c.win.Show(len(names), size)
	for i := c.win.Top; i < min(c.win.Top+size, len(names)); i++ {
		l := c.begin(width)
		role := row(c.desk, l, i == c.win.Cursor)
		words := names[i]
		if new && i == len(names)-1 {
			words = text.Fill(t.Register, "partner", words)
		}
		lines = append(lines, l.Skip(1).Say(role, words).Done())
	}
	if len(names) == 0 {
		lines = append(lines, c.begin(width).Say(theme.Dim, t.NoPartners).Done())
	}
	return c.box(t.Partners, lines, t.PartnersHint, width)
}
