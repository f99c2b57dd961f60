package app

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
)

// key takes one key or one paste to whom it is meant for: an overlay gets all, a screen the actions it
// has bound, then come the actions of every screen. A key that does nothing says so.
func (a *App) key(k tea.KeyMsg) tea.Cmd {
	a.touched = a.desk.Now()
	if a.cover != nil {
		return a.covered(k)
	}
	if a.above != nil {
		a.leaving = a.leaving && k.String() == "ctrl+c"
		return a.above.key(k)
	}
	if k.Alt && !k.Paste && !(k.Type == tea.KeyRunes && a.typing()) {
		// No action has an alt key: an escape and a key came in one read. In a field alt and a letter edits.
		k.Alt = false
		return tea.Batch(a.key(tea.KeyMsg{Type: tea.KeyEsc}), a.key(k))
	}
	name := k.String()
	if name == "ctrl+z" {
		return a.suspend()
	}
	if name == "ctrl+c" {
		return a.ground().quit()
	}
	a.leaving = false
	if id, _, ok := a.keys.Find(name); ok && id == action.Lock && k.Type != tea.KeyRunes && len(a.stack) > 0 {
		return a.lock() // out of a form too, which keeps what is typed
	}
	if a.pending > 0 {
		if len(a.queue) < maxQueue {
			a.queue = append(a.queue, k)
		} else {
			a.say(theme.Error, a.desk.Texts.Screen.TooFast)
		}
		return nil
	}
	if len(a.stack) == 0 {
		if id, _, ok := a.keys.Find(name); ok && id == action.Quit {
			return a.quit()
		}
		return nil
	}
	a.message = ""
	top := a.stack[len(a.stack)-1]
	if _, ok := top.(Overlay); ok {
		return top.Update(k)
	}
	if k.Paste {
		a.say(theme.Error, a.desk.Texts.Screen.PasteOnBoard)
		return nil
	}
	id, arg, ok := a.keys.Find(name)
	if ok {
		if id == action.Quit {
			return a.desk.Quit()
		}
		for _, b := range a.actions() {
			if b.ID == id {
				return a.run(b, arg)
			}
		}
	}
	a.desk.Idle(name)
	return nil
}

// Idle says that a key does nothing here.
func (d *Desk) Idle(key string) {
	t := d.Texts.Screen
	called := action.Written(key)
	if key == " " {
		called = t.Space
	}
	d.Warn(text.Fill(t.NoAction, "key", called, "help", d.app.keys.Shown(action.Help)))
}

// suspend goes back to the shell, or says that there is none.
func (a *App) suspend() tea.Cmd {
	if !a.desk.Local {
		a.desk.Warn(a.desk.Texts.Screen.NoShell)
		return nil
	}
	return tea.Suspend
}

// Suspend goes back to the shell until somebody brings the board back.
func (d *Desk) Suspend() tea.Cmd { return d.app.suspend() }

// typing reports whether the uppermost overlay has a field that somebody writes in.
func (a *App) typing() bool {
	if len(a.stack) == 0 {
		return false
	}
	t, ok := a.stack[len(a.stack)-1].(Typist)
	return ok && t.Typing()
}

// run does an action, or says why it cannot be done now.
func (a *App) run(b Bound, arg int) tea.Cmd {
	if why := b.Why(); why != "" {
		a.say(theme.Error, why)
		return nil
	}
	return b.Do(arg)
}

// Run does an action by id, as the help does.
func (d *Desk) Run(b Bound) tea.Cmd { return d.app.run(b, 0) }

// actions are those of the uppermost full screen, then those of every screen.
func (a *App) actions() []Bound {
	var all []Bound
	if s := a.base(); s != nil {
		all = s.Actions()
	}
	return append(slices.Clip(all), a.global...)
}

func (a *App) push(s Screen) tea.Cmd {
	a.stack = append(a.stack, s)
	a.resume(s)
	a.lay()
	return s.Open()
}

func (a *App) pop(s Screen) tea.Cmd {
	if i := slices.Index(a.stack, s); i > 0 {
		clear(a.stack[i:])
		a.stack = a.stack[:i]
	}
	a.lay()
	return a.welcomed()
}

func (a *App) root(s Screen) tea.Cmd {
	a.welcoming = a.welcoming && len(a.stack) == 0
	clear(a.stack)
	a.stack = append(a.stack[:0], s)
	a.lay()
	return s.Open()
}

// base returns the uppermost screen that is no overlay, nil before the first.
func (a *App) base() Screen {
	for _, s := range slices.Backward(a.stack) {
		if _, ok := s.(Overlay); !ok {
			return s
		}
	}
	return nil
}
