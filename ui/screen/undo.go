package screen

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/app"
)

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
		if msg.String() == "enter" && !msg.Paste && u.ready {
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
