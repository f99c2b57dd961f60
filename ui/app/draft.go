package app

import (
	"context"
	"maps"
	"strings"
	"sync"
)

// Keeper is an overlay whose text outlives a session that is cut: it comes back where the officer opens the same form
// in the next one.
type Keeper interface {
	Overlay
	// Keep names the form, in words that mean the same in every session, the first of them an action; and it gives
	// what has been typed, as Resume takes it, "" when nothing has.
	Keep() (place, typed string)
	// Resume fills the form in again. What it cannot use any more it leaves out.
	Resume(typed string)
}

// resume fills in a form that has been begun before. From here on the text is the form's alone.
func (a *App) resume(s Screen) {
	k, ok := s.(Keeper)
	if !ok {
		return
	}
	place, _ := k.Keep()
	draft := Draft{a.desk.Actor.Officer, place}
	if typed, begun := a.desk.Drafts[draft]; begun {
		delete(a.desk.Drafts, draft)
		k.Resume(typed)
	}
}

// Unsaved returns what is begun and not saved once the board has been left, for Begun of the officer's next session.
// cut says that nobody chose to leave: then what is typed in open forms is among it, but for what has been saved without
// anybody there to learn it.
func (a *App) Unsaved(cut bool) map[Draft]string {
	begun := maps.Clone(a.desk.Drafts)
	if !cut {
		return begun
	}
	for _, s := range a.stack {
		if a.writes.done(s, false) {
			continue
		}
		if place, typed := kept(s); strings.TrimSpace(typed) != "" {
			begun[Draft{a.desk.Actor.Officer, place}] = typed
		}
	}
	return begun
}

// kept is what a screen keeps. One that something has panicked in may be half changed: it keeps nothing then.
func kept(s Screen) (place, typed string) {
	defer func() {
		if recover() != nil {
			place, typed = "", ""
		}
	}()
	if k, ok := s.(Keeper); ok && k.Dirty() {
		return k.Keep()
	}
	return "", ""
}

// writes are the commands under way, which a board that has ended waits for.
type writes struct {
	mu    sync.Mutex
	ended bool
	going sync.WaitGroup
	// saved are the screens whose command has been carried out and that have not been told yet.
	saved map[Screen]bool
}

// do carries out a screen's write, unless the board has ended before it could begin.
func (w *writes) do(from Screen, write func() error) error {
	w.mu.Lock()
	if w.ended {
		w.mu.Unlock()
		return context.Canceled
	}
	w.going.Add(1)
	w.mu.Unlock()
	defer w.going.Done()
	err := write()
	if err == nil {
		w.mu.Lock()
		defer w.mu.Unlock()
		if w.saved == nil {
			w.saved = map[Screen]bool{}
		}
		w.saved[from] = true
	}
	return err
}

// done reports whether a screen's write has been carried out without its knowing; told says that it knows now.
func (w *writes) done(from Screen, told bool) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	saved := w.saved[from]
	if told {
		delete(w.saved, from)
	}
	return saved
}

// Rest waits for the writes under way, as long as the store does at most; none begins after. The board has been left.
func (a *App) Rest() {
	a.writes.mu.Lock()
	a.writes.ended = true
	a.writes.mu.Unlock()
	a.writes.going.Wait()
}
