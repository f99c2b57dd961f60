package screen

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/action"
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
	command     func(typed string) (model.Command, error)
	// understood is what is made of what is typed so far, "" when it is nothing yet, or the fault that it would be refused
	// with; nil where that is plain to see. In its place stands the guide until something is understood.
	understood  func(typed string) (said, fault string)
	said, guide string
	// back opens what esc goes back to; nil is whatever lies below.
	back func() tea.Cmd
	// place names the question for whoever begins an answer in one session and goes on in another.
	place string
	// careful: what is typed may be long, and esc asks once before it throws it away; warned says that it has asked.
	careful, warned bool
}

func newAsk(d *app.Desk, title, hint string, limit int, command func(string) model.Command) *ask {
	return newAskParsed(d, title, hint, limit, func(typed string) (model.Command, error) { return command(typed), nil })
}

// newAskParsed is newAsk for what may be typed wrong.
func newAskParsed(d *app.Desk, title, hint string, limit int, command func(string) (model.Command, error)) *ask {
	return &ask{overlay: overlay{desk: d}, title: title, hint: hint, field: widget.NewField(d.Theme, "", limit), command: command}
}

// on says which action on which efforts the question is about; which tells apart the questions of one action.
func (a *ask) on(id action.ID, which string, efforts ...*model.Effort) app.Screen {
	a.about = idsOf(efforts...)
	a.place = placeOf(id, a.about, which)
	return a
}

// newNote asks for a note.
func newNote(d *app.Desk, efforts []*model.Effort) app.Screen {
	return askNote(d, efforts, d.Texts.Screen.Prompt.Note, false)
}

// newImportant asks for an important note, which the national picture shows.
func newImportant(d *app.Desk, efforts []*model.Effort) app.Screen {
	return askNote(d, efforts, d.Texts.Screen.Prompt.ImportantNote, true)
}

func askNote(d *app.Desk, efforts []*model.Effort, title string, important bool) app.Screen {
	a := newAsk(d, text.Fill(title, "effort", named(d, efforts)), d.Texts.Screen.Prompt.NoteHint, model.MaxNote, func(typed string) model.Command {
		return forAll(efforts, func(e *model.Effort) model.OnEffort {
			return model.AddNote{On: on(e), Text: typed, Important: important}
		})
	})
	a.careful = true
	id := action.Note
	if important {
		id = action.Important
	}
	return a.on(id, "", efforts...)
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
		if a.warned && (isText(msg) || msg.String() != "esc") {
			a.warned, a.fault = false, ""
		}
		switch {
		case !isText(msg) && msg.String() == "esc":
			if a.careful && a.Dirty() && !a.warned {
				a.warned, a.fault = true, a.desk.Texts.Screen.Form.Discard
				return nil
			}
			pop := a.desk.Pop(a)
			if a.back != nil {
				return tea.Batch(pop, a.back())
			}
			return pop
		case !isText(msg) && msg.String() == "enter":
			if !a.Dirty() {
				a.fault = a.desk.Texts.Screen.Prompt.Empty
				return nil
			}
			command, err := a.command(a.field.Value())
			if err != nil {
				a.fault = a.desk.Sentence(err)
				return nil
			}
			return a.give(a, command)
		}
		a.field.Update(msg)
		a.fault = ""
		if a.understood != nil {
			a.said, a.fault = a.understood(a.field.Value())
		}
	}
	return nil
}

// View draws the question.
func (a *ask) View() string {
	width := a.inner(a.width - 4)
	l := a.begin(width)
	a.field.Draw(l, width, true, safe.Text{})
	lines := []string{l.Done()}
	if a.understood != nil {
		l := a.begin(width)
		if a.said != "" {
			l.Say(theme.Dim, "= ").Say(theme.Text, a.said)
		} else if a.fault == "" {
			l.Say(theme.Dim, a.guide)
		}
		lines = append(lines, l.Done())
	}
	return a.box(a.title, lines, a.hint, width)
}
