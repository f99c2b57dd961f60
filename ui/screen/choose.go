package screen

import (
	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
)

// option is one line of a choice.
type option struct {
	key     string
	label   string
	command model.Command
	// off says why it cannot be taken now; nil is that it can.
	off func() string
	// then opens something else instead of giving a command.
	then func() tea.Cmd
}

// choose offers a few options by key.
type choose struct {
	overlay
	title, hint string
	lines       []string
	options     []option
	cursor      int
	place       app.Place
}

// Place: in the middle, but where what it is about is to stay in sight.
func (c *choose) Place() app.Place { return c.place }

func (c *choose) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case app.Done:
		return c.answered(c, msg)
	case tea.KeyMsg:
		if msg.Paste {
			return nil
		}
		switch key := msg.String(); key {
		case "esc":
			return c.desk.Pop(c)
		case "up", "shift+tab":
			c.cursor = max(c.cursor-1, 0)
		case "down", "tab":
			c.cursor = min(c.cursor+1, len(c.options)-1)
		case "enter":
			if c.cursor < len(c.options) {
				return c.take(c.options[c.cursor])
			}
		default:
			for _, o := range c.options {
				if o.key == key {
					return c.take(o)
				}
			}
		}
	}
	return nil
}

func (c *choose) take(o option) tea.Cmd {
	if o.off != nil {
		if c.fault = o.off(); c.fault != "" {
			return nil
		}
	}
	if o.then != nil {
		pop := c.desk.Pop(c)
		return tea.Batch(pop, o.then())
	}
	return c.give(c, o.command)
}

// View draws the options.
func (c *choose) View() string {
	width := c.inner(64)
	var lines []string
	for _, s := range c.lines {
		for _, part := range safe.Of(s).Wrap(width) {
			lines = append(lines, c.begin(width).Put(theme.Text, part).Done())
		}
	}
	// What does not fit is scrolled to.
	room := max(c.rows()-len(lines)-1, 1)
	from := max(min(c.cursor-room+1, len(c.options)-room), 0)
	to := min(from+room, len(c.options))
	for i, o := range c.options[from:to] {
		i += from
		l := c.begin(width)
		role := row(c.desk, l, i == c.cursor)
		l.Put(theme.Key, safe.Of(o.key).Fit(1)).Skip(2).Put(role, safe.Of(o.label).Cut(l.Left()-2))
		switch g := c.desk.Theme.Glyph; {
		case i == from && from > 0:
			l.Right(theme.Key, g.MoreAbove)
		case i+1 == to && to < len(c.options):
			l.Right(theme.Key, g.MoreBelow)
		}
		lines = append(lines, l.Done())
	}
	return c.box(c.title, lines, c.hint, width)
}

// newPriority offers the three priorities.
func newPriority(d *app.Desk, efforts []*model.Effort) app.Screen {
	t := d.Texts.Screen.Prompt
	c := &choose{overlay: overlay{desk: d, about: idsOf(efforts...)}, title: text.Fill(t.Priority, "effort", named(d, efforts)), hint: t.PriorityHint, cursor: int(efforts[0].Priority) - 1}
	for i, label := range []string{t.High, t.Normal, t.Low} {
		key := string(rune('1' + i))
		c.options = append(c.options, option{key: key, label: label, command: forAll(efforts, func(e *model.Effort) model.OnEffort {
			return model.Edit{On: on(e), Fields: map[model.Field]string{model.FieldPriority: key}}
		})})
	}
	return c
}
