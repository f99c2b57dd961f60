// Package action is the one table of what a key does. Dispatch, the footer, the help and the key list of
// the README all read it; a key that is not here does nothing. One letter has one meaning on every screen.
package action

import (
	"maps"
	"strconv"
)

// ID names an action; its texts in ui/text go by it.
type ID string

// The actions.
const (
	Picture   ID = "picture"
	Region    ID = "region"
	Up        ID = "up"
	Down      ID = "down"
	Left      ID = "left"
	Right     ID = "right"
	Top       ID = "top"
	Bottom    ID = "bottom"
	PageUp    ID = "pageup"
	PageDown  ID = "pagedown"
	Next      ID = "next"
	Previous  ID = "previous"
	Open      ID = "open"
	Back      ID = "back"
	Narrow    ID = "narrow"
	Mine      ID = "mine"
	Saved     ID = "saved"
	Assign    ID = "assign"
	Status    ID = "status"
	Note      ID = "note"
	Create    ID = "create"
	Edit      ID = "edit"
	Priority  ID = "priority"
	Accept    ID = "accept"
	Decline   ID = "decline"
	Undo      ID = "undo"
	Redo      ID = "redo"
	Inbox     ID = "inbox"
	Agencies  ID = "agencies"
	Partners  ID = "partners"
	Later     ID = "later"
	Mark      ID = "mark"
	Range     ID = "range"
	Measure   ID = "measure"
	Link      ID = "link"
	Codename  ID = "codename"
	Hours     ID = "hours"
	Outcome   ID = "outcome"
	Sort      ID = "sort"
	Journal   ID = "journal"
	Handover  ID = "handover"
	Meeting   ID = "meeting"
	Report    ID = "report"
	Backward  ID = "backward"
	Forward   ID = "forward"
	Who       ID = "who"
	Lock      ID = "lock"
	Here      ID = "here"
	Important ID = "important"
	Export    ID = "export"
	Command   ID = "command"
	Help      ID = "help"
	Suspend   ID = "suspend"
	Quit      ID = "quit"
)

// Action is one line of the table.
type Action struct {
	ID ID
	// Keys are as Bubble Tea writes them; the first is the one that hints show.
	Keys []string
	// Shown is how the keys stand in hints and lists, where that differs from the first of Keys.
	Shown string
	// Moves marks an action that only moves; it is left out of the footer.
	Moves bool
}

// Table are all actions in the order they are listed.
func Table() []Action {
	return []Action{
		{ID: Picture, Keys: []string{"0"}},
		{ID: Region, Keys: []string{"1", "2", "3", "4", "5", "6", "7", "8", "9"}, Shown: "1-8"},
		{ID: Up, Keys: []string{"up", "k"}, Shown: "↑ k", Moves: true},
		{ID: Down, Keys: []string{"down", "j"}, Shown: "↓ j", Moves: true},
		{ID: Left, Keys: []string{"left", "h"}, Shown: "← h", Moves: true},
		{ID: Right, Keys: []string{"right", "l"}, Shown: "→ l", Moves: true},
		{ID: Top, Keys: []string{"g", "home"}, Moves: true},
		{ID: Bottom, Keys: []string{"G", "end"}, Moves: true},
		{ID: PageUp, Keys: []string{"pgup", "ctrl+b"}, Shown: "PgUp", Moves: true},
		{ID: PageDown, Keys: []string{"pgdown", "ctrl+f"}, Shown: "PgDn", Moves: true},
		{ID: Next, Keys: []string{"tab"}, Moves: true},
		{ID: Previous, Keys: []string{"shift+tab"}, Shown: "shift+tab", Moves: true},
		{ID: Open, Keys: []string{"enter"}},
		{ID: Back, Keys: []string{"esc"}},
		{ID: Assign, Keys: []string{"a"}},
		{ID: Status, Keys: []string{"s"}},
		{ID: Note, Keys: []string{"n"}},
		{ID: Important, Keys: []string{"N"}},
		{ID: Hours, Keys: []string{"t"}},
		{ID: Outcome, Keys: []string{"o"}},
		{ID: Measure, Keys: []string{"+"}},
		{ID: Link, Keys: []string{"&"}},
		{ID: Accept, Keys: []string{"y"}},
		{ID: Decline, Keys: []string{"x"}},
		{ID: Later, Keys: []string{"."}},
		{ID: Create, Keys: []string{"c"}},
		{ID: Edit, Keys: []string{"e"}},
		{ID: Priority, Keys: []string{"p"}},
		{ID: Codename, Keys: []string{"ctrl+g"}},
		{ID: Mark, Keys: []string{" "}, Shown: "space"},
		{ID: Range, Keys: []string{"v"}},
		{ID: Narrow, Keys: []string{"/"}},
		{ID: Mine, Keys: []string{"*"}},
		{ID: Saved, Keys: []string{"f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8"}, Shown: "F1-F8"},
		{ID: Sort, Keys: []string{"S"}},
		{ID: Inbox, Keys: []string{"i"}},
		{ID: Agencies, Keys: []string{"A"}},
		{ID: Partners, Keys: []string{"P"}},
		{ID: Journal, Keys: []string{"J"}},
		{ID: Handover, Keys: []string{"H"}},
		{ID: Meeting, Keys: []string{"M"}},
		{ID: Report, Keys: []string{"R"}},
		{ID: Backward, Keys: []string{"<"}},
		{ID: Forward, Keys: []string{">"}},
		{ID: Export, Keys: []string{"E"}},
		{ID: Who, Keys: []string{"w"}},
		{ID: Lock, Keys: []string{"L", "ctrl+l"}},
		{ID: Here, Keys: []string{"@"}},
		{ID: Undo, Keys: []string{"u"}},
		{ID: Redo, Keys: []string{"U"}},
		{ID: Command, Keys: []string{":"}},
		{ID: Help, Keys: []string{"?"}},
		{ID: Suspend, Keys: []string{"ctrl+z"}},
		{ID: Quit, Keys: []string{"q", "ctrl+c"}},
	}
}

// Bound is an action that a screen can do here and now.
type Bound[C any] struct {
	ID ID
	// Do does it. Arg is the key's place among the action's keys, for Region.
	Do func(arg int) C
	// Hidden keeps the action out of the footer, where it is not worth a hint; Hide does so as things stand.
	Hidden bool
	Hide   func() bool
	// Shows puts an action into the footer although it only moves elsewhere.
	Shows bool
	// Label is what the action is called here, where that differs from place to place; nil is the table's word.
	Label func() string
	// Off says why it cannot be done now, "" when it can. It may be nil.
	Off func() string
}

// Why returns why the action cannot be done now, "" when it can.
func (b Bound[C]) Why() string {
	if b.Off == nil {
		return ""
	}
	return b.Off()
}

// Keymap finds actions by key.
type Keymap struct {
	byKey map[string]hit
	byID  map[ID]Action
}

type hit struct {
	id  ID
	arg int
}

// NewKeymap returns the table by key; a test sees to it that no key stands twice.
func NewKeymap() *Keymap { return newKeymap(Table()) }

func newKeymap(table []Action) *Keymap {
	k := &Keymap{byKey: map[string]hit{}, byID: map[ID]Action{}}
	for _, a := range table {
		k.byID[a.ID] = a
		for i, key := range a.Keys {
			if _, taken := k.byKey[key]; !taken {
				k.byKey[key] = hit{a.ID, i}
			}
		}
	}
	return k
}

// Calling returns the keymap as a board shows it: with the space bar called as a person calls it, and as many digits as there
// are regions with one.
func (k *Keymap) Calling(space string, regions int) *Keymap {
	n := &Keymap{k.byKey, maps.Clone(k.byID)}
	for id, a := range n.byID {
		switch {
		case a.Shown == "space":
			a.Shown = space
		case id == Region:
			a.Keys = a.Keys[:min(regions, len(a.Keys))]
			a.Shown = "1-" + strconv.Itoa(len(a.Keys))
		}
		n.byID[id] = a
	}
	return n
}

// Find returns the action of a key and the key's place among the action's keys.
func (k *Keymap) Find(key string) (id ID, arg int, ok bool) {
	h, ok := k.byKey[key]
	return h.id, h.arg, ok
}

// Shown returns how the keys of an action stand in hints.
func (k *Keymap) Shown(id ID) string {
	a := k.byID[id]
	if a.Shown != "" {
		return a.Shown
	}
	if len(a.Keys) == 0 {
		return ""
	}
	return a.Keys[0]
}

// Key returns one of the keys of an action by its place, "" when it has no such key.
func (k *Keymap) Key(id ID, arg int) string {
	if keys := k.byID[id].Keys; arg < len(keys) {
		return keys[arg]
	}
	return ""
}

// Moves reports whether an action only moves.
func (k *Keymap) Moves(id ID) bool { return k.byID[id].Moves }
