package terminal

import (
	"context"
	"fmt"
	"reflect"
	"runtime/debug"
	"sync/atomic"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/ui/safe"
)

// PanicError says that something in the program panicked. The terminal has its state back.
type PanicError struct {
	Value any
	Stack []byte // for a log, not for a terminal
}

// Error is one safe line without the stack.
func (e *PanicError) Error() string { return "internal error: " + safe.Line(fmt.Sprint(e.Value)) }

// guard is a model that ends the program with an error when the model or one of its commands panics. Bubble Tea would
// do so as well, and write the stack over the terminal.
type guard struct {
	model  tea.Model
	cancel context.CancelCauseFunc
	// over: the program ends. Its last frame is empty, as some terminals show a part of it below the shell's next line
	// when their size has changed meanwhile.
	over   bool
	failed atomic.Bool // the model may be half changed: it is left alone until the program has ended
}

// Init starts the model.
func (g *guard) Init() tea.Cmd {
	defer g.recover()
	return g.command(g.model.Init())
}

// Update passes msg on. The guard stays the program's model, also when the model panics.
func (g *guard) Update(msg tea.Msg) (_ tea.Model, cmd tea.Cmd) {
	g.update(msg, &cmd)
	return g, cmd
}

func (g *guard) update(msg tea.Msg, cmd *tea.Cmd) {
	defer g.recover()
	if g.failed.Load() {
		return
	}
	model, next := g.model.Update(msg)
	g.model, *cmd = model, g.command(next)
}

// View draws the model.
func (g *guard) View() string {
	defer g.recover()
	if g.over || g.failed.Load() {
		return ""
	}
	return g.model.View()
}

func (g *guard) recover() {
	if v := recover(); v != nil {
		g.failed.Store(true)
		g.cancel(&PanicError{Value: v, Stack: debug.Stack()})
	}
}

// command is cmd with a guard of its own, and one for every command in what it returns: a batch or a sequence, whose
// type Bubble Tea does not show but which is a list of commands too. The message keeps its type.
func (g *guard) command(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer g.recover()
		msg = cmd()
		list := reflect.ValueOf(msg)
		if list.Kind() != reflect.Slice || list.Type().Elem() != reflect.TypeFor[tea.Cmd]() {
			return msg
		}
		guarded := reflect.MakeSlice(list.Type(), list.Len(), list.Len())
		for i := range list.Len() {
			inner, _ := list.Index(i).Interface().(tea.Cmd)
			guarded.Index(i).Set(reflect.ValueOf(g.command(inner)))
		}
		return guarded.Interface()
	}
}
