package screen

import (
	"context"
	"errors"
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
)

// undo says what it will take back, or do again, before it does. Where others have changed some of it since, it says
// who and how, and takes back the rest only when the officer asks for that.
type undo struct {
	overlay
	redo bool
	// will are the lines of what it does, against what stands in the way.
	will, against []string
	events        int
	// of is an entry of the action that is shown, 0 before.
	of    uint64
	ready bool
}

func newUndo(d *app.Desk) app.Screen { return &undo{overlay: overlay{desk: d}} }

func newRedo(d *app.Desk) app.Screen { return &undo{overlay: overlay{desk: d}, redo: true} }

// command is of what has been shown: another officer at the same desk may have done something else meanwhile.
func (u *undo) command(rest bool) model.Command {
	c := model.Undo{Rest: rest, Of: u.of}
	if u.redo {
		return model.Redo(c)
	}
	return c
}

// undoing is what would come of it.
type undoing struct {
	events  []model.Event
	against *model.Error
}

// Open asks the store what it would do.
func (u *undo) Open() tea.Cmd {
	d, who := u.desk, u.desk.Actor
	u.of, u.ready = 0, false
	whole, rest := u.command(false), u.command(true)
	return d.Load(u, func(ctx context.Context) (any, error) {
		events, err := d.Store.Try(ctx, who, whole)
		var no *model.Error
		if err == nil || !errors.As(err, &no) || no.Fault != model.Conflict {
			return undoing{events, nil}, err
		}
		events, err = d.Store.Try(ctx, who, rest)
		if model.FaultOf(err) == model.Conflict {
			err = nil // nothing of it still stands
		}
		return undoing{events, no}, err
	})
}

func (u *undo) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case app.Loaded:
		if msg.Err != nil {
			u.fault = u.desk.Sentence(msg.Err)
			return nil
		}
		u.tell(msg.Value.(undoing))
	case app.BoardMsg:
		if !u.busy {
			return u.Open() // it may be another action by now, or no longer stand
		}
	case tea.KeyMsg:
		switch key := msg.String(); {
		case msg.Paste:
		case key == "esc", key == "enter" && u.fault != "":
			return u.desk.Pop(u)
		case key == "enter" && u.ready && len(u.against) == 0:
			return u.give(u, u.command(false))
		case key == u.desk.Texts.Screen.Undo.RestKey && u.ready && len(u.against) > 0 && len(u.will) > 0:
			return u.give(u, u.command(true))
		default:
			u.scroll(key, len(u.will)+len(u.against)+2)
		}
	case app.Done:
		if msg.Err != nil { // it is another action by now, or stands no longer: what is so now is shown
			u.busy = false
			u.desk.Fault(msg.Err)
			return u.Open()
		}
		return u.answered(u, msg)
	}
	return nil
}

// tell puts it into lines.
func (u *undo) tell(r undoing) {
	d := u.desk
	u.will, u.against, u.fault = nil, nil, ""
	if u.events = len(r.events); u.events > 0 {
		u.of = r.events[0].Undoes
	}
	for _, ev := range r.events {
		if ev.Effort != "" {
			u.will = append(u.will, d.Texts.Undoing(ev, nameOf(d, ev.Effort), d.Catalogue()))
		}
	}
	if len(r.events) > 1 {
		u.will = alike(d, r.events, func(model.Event) string { return "" })
	}
	for _, ev := range r.events {
		if ev.Effort == "" {
			u.will = append(u.will, d.Texts.Registered(ev, func(id model.EffortID) string { return nameOf(d, id) }, d.Catalogue()))
		}
	}
	if r.against != nil {
		for _, same := range r.against.Subjects() {
			u.against = append(u.against, d.Texts.ChangedSince(same, nameOf(d, same[0].Effort), d.Catalogue(), d.Now()))
		}
	}
	u.ready = true
}

// View draws what will be done, and what stands in the way.
func (u *undo) View() string {
	t := u.desk.Texts.Screen
	width := u.inner(76)
	title, hint := t.Undo.Title, t.Undo.Hint
	if u.redo {
		title, hint = t.Undo.RedoTitle, t.Undo.RedoHint
	}
	var lines []string
	say := func(role theme.Role, indent int, words string) {
		for _, part := range safe.Of(words).Wrap(max(width-indent, 8)) {
			lines = append(lines, u.begin(width).Skip(indent).Put(role, part).Done())
		}
	}
	switch {
	case u.fault != "":
		hint = t.Prompt.CloseHint
	case !u.ready:
		hint = t.Effort.Loading
	case len(u.against) > 0:
		say(theme.Strong, 0, t.Undo.Against)
		for _, s := range u.against {
			say(theme.Error, 1, s)
		}
		hint = t.Prompt.CloseHint
		if len(u.will) > 0 {
			say(theme.Strong, 0, t.Undo.Stands)
			hint = text.Fill(t.Undo.RestHint, "key", t.Undo.RestKey, "n", strconv.Itoa(u.events))
		}
	}
	lines = append(lines, u.wrapped(u.will, width)...)
	return u.box(title, u.seen(lines, width), hint, width)
}
