package config

import (
	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/action"
)

// check says what is wrong with the keys, each key of two actions with the names of both.
func (k Keys) check(p *Problems) {
	_, problems := action.Remap(k)
	for _, q := range problems {
		at := "keys." + model.MaskPersonal(string(q.Action))
		switch q.Fault {
		case action.UnknownAction:
			var known []string
			for _, a := range action.Table() {
				known = append(known, string(a.ID))
			}
			p.add(at, UnknownAction, "near", model.Nearest(short(string(q.Action)), known))
		case action.BadKey:
			p.add(at, BadActionKey, "value", model.MaskPersonal(q.Key))
		case action.FixedKeys:
			p.add(at, KeysFixed)
		case action.Taken:
			p.add(at, KeyTaken, "value", q.Key, "other", "keys."+string(q.Other))
		case action.NeedsKey:
			p.add(at, KeyNeeded)
		}
	}
}
