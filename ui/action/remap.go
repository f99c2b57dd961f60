package action

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Fault is what is wrong with a change of keys.
type Fault uint8

// The faults.
const (
	UnknownAction Fault = iota + 1
	BadKey              // Key is none that a terminal sends, or one that every box needs
	FixedKeys           // the action's keys are printed on the board as they are
	Taken               // Key is of Other too
	NeedsKey            // without a key nobody finds the way
)

// Problem is a fault with the keys given to one action.
type Problem struct {
	Fault  Fault
	Action ID
	Key    string
	Other  ID
}

// boxed are the keys that mean the same in every box: they stay with their actions, and no other has them.
var boxed = []string{"enter", "esc", "tab", "shift+tab", "up", "down", "left", "right", "ctrl+c", "ctrl+z", "backspace"}

// Remap returns the keymap with other keys for some actions, by name, and all that is wrong with them. What an action
// is given replaces its keys but for those that every box has; none leaves it to the palette and the help.
func Remap(changes map[string][]string) (*Keymap, []Problem) {
	table := Table()
	var problems []Problem
	for name, keys := range changes {
		i := slices.IndexFunc(table, func(a Action) bool { return string(a.ID) == name })
		switch {
		case i < 0:
			problems = append(problems, Problem{Fault: UnknownAction, Action: ID(name)})
			continue
		case table[i].ID == Picture || table[i].ID == Region:
			problems = append(problems, Problem{Fault: FixedKeys, Action: ID(name)})
			continue
		}
		a := &table[i]
		var kept, given []string
		for _, k := range a.Keys {
			if slices.Contains(boxed, k) {
				kept = append(kept, k)
			}
		}
		for _, k := range keys {
			key := keyCalled(k)
			switch {
			case slices.Contains(kept, key) || slices.Contains(given, key):
			case slices.Contains(boxed, key) || !sent(key):
				problems = append(problems, Problem{Fault: BadKey, Action: a.ID, Key: k})
			default:
				given = append(given, key)
			}
		}
		if a.Keys = append(given, kept...); len(a.Keys) == 0 && (a.ID == Help || a.ID == Command) {
			problems = append(problems, Problem{Fault: NeedsKey, Action: a.ID})
		}
		a.Shown = shown(a.Keys)
	}
	slices.SortFunc(problems, func(a, b Problem) int { return strings.Compare(string(a.Action)+a.Key, string(b.Action)+b.Key) })
	return newKeymap(table), append(problems, twice(table, changes)...)
}

// twice are the keys that two actions have, told of the one that was given it.
func twice(table []Action, changes map[string][]string) (problems []Problem) {
	owner := map[string]ID{}
	for _, a := range table {
		for _, key := range a.Keys {
			other, taken := owner[key]
			if owner[key] = a.ID; !taken {
				continue
			}
			p := Problem{Fault: Taken, Action: a.ID, Key: Written(key), Other: other}
			if _, changed := changes[string(a.ID)]; !changed {
				p.Action, p.Other = other, a.ID
			}
			problems = append(problems, p)
		}
	}
	return problems
}

// keyCalled is the key that the configuration names, as Bubble Tea writes it.
func keyCalled(name string) string {
	if name == "space" {
		return " "
	}
	if utf8.RuneCountInString(name) > 1 {
		return strings.ToLower(name)
	}
	return name
}

// sent reports whether a terminal sends the key as one of its own: a sign, F1 to F12, ctrl and a letter that is no other
// key's, and those with a name.
func sent(key string) bool {
	letter, ctrl := strings.CutPrefix(key, "ctrl+")
	r, size := utf8.DecodeRuneInString(letter)
	switch {
	case ctrl:
		return size == len(letter) && r >= 'a' && r <= 'z' && !strings.ContainsRune("hijmqsz", r)
	case size == len(key):
		return unicode.IsPrint(r) && r != utf8.RuneError
	}
	number, f := strings.CutPrefix(key, "f")
	return f && slices.Contains([]string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"}, number) ||
		slices.Contains([]string{"home", "end", "pgup", "pgdown", "insert", "delete"}, key)
}

// Written is a key as people write it.
func Written(key string) string {
	if key == " " {
		return "space"
	}
	if len(key) > 1 && key[0] == 'f' {
		return strings.ToUpper(key)
	}
	return key
}

// shown is how keys that were given stand in hints: the first, and of several of F1 to F12 the first and the last.
func shown(keys []string) string {
	if len(keys) == 0 {
		return ""
	}
	first, last := Written(keys[0]), Written(keys[len(keys)-1])
	if len(keys) > 2 && first[0] == 'F' && last[0] == 'F' {
		return first + "-" + last
	}
	return first
}
