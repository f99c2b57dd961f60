package screen

import (
	"context"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
	"board.internal/samverkan/ui/widget"
)

// ask is a one-line question at the foot of the screen; what is typed becomes a command.
type ask struct {
	overlay
	title, hint string
	field       widget.Field
	command     func(typed string) model.Command
}

func newAsk(d *app.Desk, title, hint string, limit int, command func(string) model.Command) app.Screen {
	return &ask{overlay: overlay{desk: d}, title: title, hint: hint, field: widget.NewField(d.Theme, "", limit), command: command}
}

// newNote asks for a note.
func newNote(d *app.Desk, e *model.Effort) app.Screen {
	t := d.Texts.Screen.Prompt
	return newAsk(d, text.Fill(t.Note, "effort", e.Name()), t.NoteHint, model.MaxNote, func(typed string) model.Command {
		return model.AddNote{On: on(e), Text: typed}
	})
}

// Place: at the foot, so that what it is about stays in sight.
func (a *ask) Place() app.Place { return app.Foot }

// Typing: there is nothing but the field.
func (a *ask) Typing() bool { return true }

// Dirty reports whether something is typed.
func (a *ask) Dirty() bool { return strings.TrimSpace(a.field.Value()) != "" }

func (a *ask) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case app.Done:
		return a.answered(a, msg)
	case tea.KeyMsg:
		switch {
		case !isText(msg) && msg.String() == "esc":
			return a.desk.Pop(a)
		case !isText(msg) && msg.String() == "enter":
			if !a.Dirty() {
				a.fault = a.desk.Texts.Screen.Prompt.Empty
				return nil
			}
			a.fault, a.busy = "", true
			return a.desk.Do(a, a.command(a.field.Value()))
		}
		a.field.Update(msg)
	}
	return nil
}

// View draws the question.
func (a *ask) View() string {
	width := a.inner(a.width - 4)
	l := a.begin(width)
	a.field.Draw(l, width, true, safe.Text{})
	return a.box(a.title, []string{l.Done()}, a.hint, width)
}

// option is one line of a choice.
type option struct {
	key     string
	label   string
	command model.Command
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
}

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
	if o.then != nil {
		pop := c.desk.Pop(c)
		return tea.Batch(pop, o.then())
	}
	c.fault, c.busy = "", true
	return c.desk.Do(c, o.command)
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
	for i, o := range c.options {
		l := c.begin(width)
		role := theme.Text
		if i == c.cursor {
			role = theme.Selected
			l.Put(role, c.desk.Theme.Glyph.Cursor)
		} else {
			l.Skip(1)
		}
		l.Say(theme.Key, o.key).Skip(2).Put(role, safe.Of(o.label))
		lines = append(lines, l.Done())
	}
	return c.box(c.title, lines, c.hint, width)
}

// newPriority offers the three priorities.
func newPriority(d *app.Desk, e *model.Effort) app.Screen {
	t := d.Texts.Screen.Prompt
	c := &choose{overlay: overlay{desk: d}, title: text.Fill(t.Priority, "effort", e.Name()), hint: t.PriorityHint, cursor: int(e.Priority) - 1}
	for i, label := range []string{t.High, t.Normal, t.Low} {
		key := string(rune('1' + i))
		c.options = append(c.options, option{key: key, label: label,
			command: model.Edit{On: on(e), Fields: map[model.Field]string{model.FieldPriority: key}}})
	}
	return c
}

// undo says what it will take back before it does.
type undo struct {
	choose
	ready bool
}

func newUndo(d *app.Desk) app.Screen {
	t := d.Texts.Screen.Prompt
	return &undo{choose: choose{overlay: overlay{desk: d}, title: t.Undo, hint: t.UndoHint}}
}

// Open asks the store what an undo would do.
func (u *undo) Open() tea.Cmd {
	return u.desk.Load(u, func(ctx context.Context) (any, error) {
		events, err := u.desk.Store.Try(ctx, u.desk.Actor, model.Undo{})
		return events, err
	})
}

func (u *undo) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case app.Loaded:
		if msg.Err != nil {
			u.fault, u.hint = u.desk.Sentence(msg.Err), u.desk.Texts.Screen.Prompt.CloseHint
			return nil
		}
		u.ready = true
		for _, ev := range msg.Value.([]model.Event) {
			name := string(ev.Effort)
			if e := u.desk.Whole.Effort(ev.Effort); e != nil {
				name = e.Name()
			}
			u.lines = append(u.lines, u.desk.Texts.Undoing(ev, name, u.desk.Catalogue()))
		}
		return nil
	case tea.KeyMsg:
		if msg.String() == "enter" && !msg.Paste && u.ready && !u.busy {
			u.busy = true
			return u.desk.Do(u, model.Undo{})
		}
		if msg.String() == "esc" || msg.String() == "enter" && u.fault != "" {
			return u.desk.Pop(u)
		}
		return nil
	case app.Done:
		return u.answered(u, msg)
	}
	return nil
}

// answer accepts or declines for an agency. For the own one it does so at once; for another, whose answer the
// officer records, it names the agency and asks first.
func answer(d *app.Desk, e *model.Effort, under model.AgencyCode, accept bool) tea.Cmd {
	parts := answerable(d, e, under, accept)
	if len(parts) == 1 && parts[0].Agency == d.Actor.Agency {
		return answerFor(d, e, parts[0], accept)
	}
	t := d.Texts.Screen.Effort
	title := t.AcceptFor
	if !accept {
		title = t.DeclineFor
	}
	c := &choose{overlay: overlay{desk: d}, title: text.Fill(title, "effort", e.Name()), hint: d.Texts.Screen.Prompt.PriorityHint}
	for _, a := range parts {
		o := option{label: string(a.Agency), then: func() tea.Cmd { return answerFor(d, e, a, accept) }}
		if agency := d.Catalogue().Agency(a.Agency); agency != nil {
			o.key, o.label = letter(agency), string(a.Agency)+"  "+agency.Name.In(d.Texts.Lang)
		}
		c.options = append(c.options, o)
	}
	return d.Push(c)
}

// answerable are the parts that the officer could answer or, when not accepting, end: that of the agency under
// the cursor, else that of the own agency, else (for who acts for none) all requests that stand.
func answerable(d *app.Desk, e *model.Effort, under model.AgencyCode, accept bool) (parts []model.Assignment) {
	if e == nil {
		return nil
	}
	meant := under
	if meant == "" {
		meant = d.Actor.Agency
	}
	for _, a := range e.Assignments {
		fits := a.State == model.Asked && d.Actor.MayOn(model.RightAnswer, e, a.Agency) == nil ||
			!accept && a.State == model.Accepted && meant != "" && d.Actor.MayOn(model.RightRelease, e, a.Agency) == nil
		if fits && (meant == "" || a.Agency == meant) {
			parts = append(parts, a)
		}
	}
	return parts
}

// ofOther reports whether declining would end the part of another agency than the own one, which is not what
// the footer proposes.
func ofOther(d *app.Desk, e *model.Effort, under model.AgencyCode) bool {
	for _, a := range answerable(d, e, under, false) {
		if a.Agency == d.Actor.Agency || a.State == model.Asked {
			return false
		}
	}
	return true
}

// declineLabel is what declining comes to here: a no, or leaving.
func declineLabel(d *app.Desk, e *model.Effort, under model.AgencyCode) string {
	t := d.Texts.Screen
	if parts := answerable(d, e, under, false); len(parts) == 1 && parts[0].State == model.Accepted {
		return t.Effort.LeaveLabel
	}
	return t.Action["decline"].Label
}

// noAnswer says why there is nothing to accept or decline here, "" when there is.
func noAnswer(d *app.Desk, e *model.Effort, under model.AgencyCode, accept bool) string {
	if e == nil {
		return d.Texts.Screen.Board.NothingSelected
	}
	if d.Actor.ReadOnly || d.Actor.Role.Scope(model.RightAnswer) == model.Nowhere {
		return d.Texts.Error(d.Actor.MayOn(model.RightAnswer, e, ""))
	}
	if len(answerable(d, e, under, accept)) > 0 {
		return ""
	}
	if under != "" {
		if err := d.Actor.MayOn(model.RightAnswer, e, under); err != nil {
			return d.Texts.Error(err)
		}
		return text.Fill(d.Texts.Screen.Effort.NotAsked, "agency", string(under),
			"state", d.Texts.Words.State[e.Assignment(under).State.String()])
	}
	return text.Fill(d.Texts.Screen.Effort.NoAnswer, "effort", e.Name())
}

func answerFor(d *app.Desk, e *model.Effort, a model.Assignment, accept bool) tea.Cmd {
	t := d.Texts.Screen.Effort
	pairs := []string{"agency", string(a.Agency), "effort", e.Name()}
	switch {
	case accept:
		return d.Do(d.Screen(), model.Answer{On: on(e), Agency: a.Agency, Accept: true})
	case a.State == model.Asked:
		return d.Push(newAsk(d, text.Fill(t.DeclineTitle, pairs...), t.ReasonHint, model.MaxReason, func(typed string) model.Command {
			return model.Answer{On: on(e), Agency: a.Agency, Reason: typed}
		}))
	}
	return d.Push(newAsk(d, text.Fill(t.ReleaseTitle, pairs...), t.ReasonHint, model.MaxReason, func(typed string) model.Command {
		return model.Release{On: on(e), Agency: a.Agency, Reason: typed}
	}))
}
