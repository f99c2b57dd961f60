package screen

import (
	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
	"board.internal/samverkan/ui/widget"
)

// who lets an officer take the desk, and who sits there change the PIN. Without officers in the configuration it says
// how there could be some.
type who struct {
	overlay
	ask identify
}

func newWho(d *app.Desk) app.Screen {
	w := &who{overlay: overlay{desk: d}}
	w.ask = newIdentify(d, w, w.sat)
	if sitter := d.Catalogue().Officer(d.Actor.Officer); d.Own && sitter != nil {
		w.ask.begin(sitter)
	}
	return w
}

// Typing: its keys are letters of a name or of a PIN, and none of them is ever an action's.
func (w *who) Typing() bool { return true }

func (w *who) nobody() bool { return len(w.desk.Catalogue().Officers) == 0 }

func (w *who) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case app.Covered: // half a PIN is not to wait for whoever comes
		return w.desk.Pop(w)
	case app.Loaded:
		return w.ask.loaded(msg)
	case tea.KeyMsg:
		if w.nobody() {
			if key := msg.String(); !msg.Paste && (key == "esc" || key == "enter") {
				return w.desk.Pop(w)
			}
			return nil
		}
		chosen := w.ask.step != choosing
		cmd, back := w.ask.key(msg)
		if back && (!chosen || w.desk.Own) {
			return w.desk.Pop(w)
		}
		return cmd
	}
	return nil
}

// sat puts the officer at the desk; who sits there already has changed the PIN.
func (w *who) sat(actor model.Actor) tea.Cmd {
	d, t := w.desk, w.desk.Texts.Screen.Who
	done := t.Sat
	if actor.Officer == d.Actor.Officer {
		done = t.Changed
	}
	pop := d.Pop(w)
	sit := d.Sit(actor)
	if d.Quiet() {
		d.Say(text.Fill(done, "officer", called(w.ask.who)))
	}
	return tea.Batch(pop, sit)
}

// View draws the question.
func (w *who) View() string {
	d, t := w.desk, w.desk.Texts.Screen
	width := w.inner(64)
	if w.nobody() {
		p := &page{desk: d, width: width}
		p.text(theme.Text, safe.Of(text.Fill(t.Who.NoOfficers, "officer", string(d.Actor.Officer))), 0)
		p.blank()
		p.text(theme.Text, safe.Of(t.Who.NoOfficersHow), 0)
		return w.box(t.Who.Title, p.lines, t.Prompt.CloseHint, width)
	}
	hint := t.Who.Hint
	title := t.Who.Title
	if d.Own {
		title = t.Who.OwnTitle
	}
	switch w.ask.step {
	case telling:
		if hint = t.Who.PINHint; d.Own {
			hint = t.Who.OwnHint
		}
	case making, again:
		hint = t.Who.NewHint
	}
	w.fault = w.ask.fault
	lines := w.ask.lines(func() *widget.Line { return w.begin(width) }, max(w.rows()-1-min(len(w.fault), 1), 2))
	return w.box(title, lines, hint, width)
}
