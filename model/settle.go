package model

import (
	"maps"
	"slices"
)

// Settle returns a command that others' changes stood against as it is to be given again, once it is chosen of each
// thing whose value is to stand: what is mine is wanted all the same, what is theirs is left out. The command has seen
// what it was refused for, so only what changes after that can stand against it again. ok is false when nothing is left.
func Settle(command Command, against []Diff, mine func(Diff) bool) (settled Command, ok bool) {
	if all, several := command.(Together); several {
		var left []OnEffort
		for _, one := range all.Commands {
			if c, ok := settle(one, against, mine); ok {
				left = append(left, c)
			}
		}
		all.Commands = left
		return all, len(left) > 0
	}
	if one, about := command.(OnEffort); about {
		return settle(one, against, mine)
	}
	return command, true
}

func settle(command OnEffort, against []Diff, mine func(Diff) bool) (OnEffort, bool) {
	seen, theirs := uint32(0), []Diff{}
	for _, x := range against {
		if x.Effort != command.about() {
			continue
		}
		if seen = x.Version; !mine(x) {
			theirs = append(theirs, x)
		}
	}
	if seen == 0 {
		return command, true
	}
	switch c := command.(type) {
	case Edit:
		c.Seen, c.Fields = seen, maps.Clone(c.Fields)
		for _, x := range theirs {
			c.leave(x.Field)
		}
		return c, len(c.Fields) > 0
	case Assign:
		c.Seen, c.Parts = seen, slices.Clone(c.Parts)
		for _, x := range theirs {
			c.leave(x)
		}
		return c, c.Lead != "" || len(c.Parts)+len(c.Partners) > 0
	case SetStatus:
		c.Seen = seen
		return c, len(theirs) == 0
	case Answer:
		c.Seen = seen
		return c, len(theirs) == 0
	case Release:
		c.Seen = seen
		return c, len(theirs) == 0
	}
	return command, true
}

// leave takes a field out, and what would change it by the way: level and regions move each other.
func (c *Edit) leave(f Field) {
	place := []Field{FieldRegion, FieldRegions, FieldLevel}
	if _, given := c.Fields[f]; given || !slices.Contains(place, f) {
		place = []Field{f}
	}
	for _, f := range place {
		delete(c.Fields, f)
	}
}

// leave takes out what is wanted of an agency, or who is to lead. Who leads by now stays on the effort.
func (c *Assign) leave(x Diff) {
	if x.Field == FieldLead {
		c.Lead = ""
	}
	c.Parts = slices.DeleteFunc(c.Parts, func(p Part) bool {
		return AgencyField(p.Agency, "").Subject() == x.Field.Subject() || x.Field == FieldLead && p.Off && string(p.Agency) == x.Theirs
	})
}

// Meanwhile are the fields that others have changed since the version that a command saw, on what it is about and
// beside what it wants: both stand, and who gave it is told. Notes and other lines are added and merge with nothing.
// The ledger is that of before the command.
func Meanwhile(ledger Ledger, command Command) (diffs []Diff) {
	switch c := command.(type) {
	case Together:
		for _, one := range c.Commands {
			diffs = append(diffs, Meanwhile(ledger, one)...)
		}
	case Edit:
		diffs = since(ledger, c.On)
	case Assign:
		diffs = since(ledger, c.On)
	case SetStatus:
		diffs = since(ledger, c.On)
	case Answer:
		diffs = since(ledger, c.On)
	case Release:
		diffs = since(ledger, c.On)
	}
	return diffs
}

// since are the fields of an effort that are no longer as they were seen, each once, by who changed it last.
func since(ledger Ledger, on On) (diffs []Diff) {
	e := ledger.Effort(on.Effort)
	if e == nil || on.Seen == 0 || on.Seen >= e.Version {
		return nil
	}
	for _, ev := range ledger.History(e.ID, on.Seen) {
		for _, c := range ev.Changes {
			if group, key, _ := c.Field.Parts(); c.Field.Quiet() || key != "" && group != "agency" {
				continue
			}
			x := Diff{Field: c.Field, Base: c.Old, Theirs: c.New, Officer: ev.Officer, At: ev.At, Effort: e.ID, Version: e.Version}
			if i := slices.IndexFunc(diffs, func(y Diff) bool { return y.Field == c.Field }); i >= 0 {
				x.Base = diffs[i].Base
				diffs = slices.Delete(diffs, i, i+1)
			}
			diffs = append(diffs, x)
		}
	}
	return slices.DeleteFunc(diffs, func(x Diff) bool { return x.Base == x.Theirs })
}
