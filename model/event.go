package model

import (
	"slices"
	"strings"
)

// Action says what an event came of.
type Action string

// The actions.
const (
	ActCreate   Action = "create"
	ActEdit     Action = "edit"
	ActAssign   Action = "assign"
	ActAnswer   Action = "answer"
	ActRelease  Action = "release"
	ActStatus   Action = "status"
	ActNote     Action = "note"
	ActMeasure  Action = "measure"
	ActImport   Action = "import"
	ActPartner  Action = "partner"
	ActHours    Action = "hours"
	ActOutcome  Action = "outcome"
	ActLater    Action = "later"
	ActFilter   Action = "filter"
	ActLink     Action = "link"
	ActPIN      Action = "pin"
	ActTry      Action = "try"
	ActHandOver Action = "hand_over"
	ActTakeOver Action = "take_over"
	ActMeeting  Action = "meeting"
	ActAdjourn  Action = "adjourn"
	ActUndo     Action = "undo"
	ActRedo     Action = "redo"
)

// Actions are all actions.
func Actions() []Action {
	return []Action{ActCreate, ActEdit, ActAssign, ActAnswer, ActRelease, ActStatus, ActNote, ActMeasure, ActHours, ActOutcome, ActImport, ActPartner, ActLater, ActLink, ActFilter, ActPIN, ActTry, ActHandOver, ActTakeOver, ActMeeting, ActAdjourn, ActUndo, ActRedo}
}

// Lasting reports whether the action is none that an officer undoes: who is at the desk, and with which PIN, is not work
// on the board; and a signature stands.
func (a Action) Lasting() bool {
	return a == ActPIN || a == ActTry || a == ActHandOver || a == ActTakeOver || a == ActMeeting
}

// Change is one field before and after, as the journal writes values; "" is none.
type Change struct {
	Field Field
	Old   string
	New   string
}

// Event is one thing that happened to one effort (or, with no effort, to the register: see Entry), and one
// entry of the journal. Decide fills all but Seq and Op, which the store gives.
type Event struct {
	// Seq counts all events of the board from 1 without a gap.
	Seq uint64
	At  Stamp
	// Op is shared by all events of one command, and its own among commands.
	Op       string
	Officer  OfficerID
	Agency   AgencyCode
	Terminal string
	Effort   EffortID
	Action   Action
	// Version is the effort's after the event.
	Version uint32
	// Undoes is the Seq of the event that this one reverses.
	Undoes  uint64
	Changes []Change
}

// Begins reports whether an effort begins with the event: it has a status, and had none. The notes of an imported
// effort may go on in further imports, and an undone proposal that is done again begins anew.
func (ev *Event) Begins() bool {
	return slices.ContainsFunc(ev.Changes, func(c Change) bool { return c.Field == FieldStatus && c.Old == "" })
}

// Removes reports whether the event takes back that the effort was ever made.
func (ev *Event) Removes() bool {
	return slices.ContainsFunc(ev.Changes, func(c Change) bool { return c.Field == FieldStatus && c.New == "" })
}

// On returns the effort as the event leaves it; e is the effort before, nil when there was none. The
// answer is nil when the event took back that the effort was ever made. An error means that e and the
// event do not belong together: the journal is damaged.
func (ev *Event) On(e *Effort) (*Effort, error) {
	var n *Effort
	switch {
	case ev.Begins() != (e == nil) || e != nil && e.Version+1 != ev.Version:
		return nil, invalid(BadNumber, "field", "version", "value", string(ev.Effort))
	case e == nil:
		n = &Effort{ID: ev.Effort, Created: ev.At}
	default:
		n = e.Clone()
	}
	n.Version, n.Updated, n.UpdatedBy = ev.Version, ev.At, ev.Officer
	for _, c := range ev.Changes {
		if err := n.set(c.Field, c.New); err != nil {
			return nil, err
		}
	}
	if n.Status == 0 {
		return nil, nil
	}
	return n, nil
}

// Rewind returns an effort as it was before some events, the newest first; e is nil where it was not there after them, and
// so is the answer before its beginning. Who changed it last by then, and when, is not known of it. An error means that e
// and the events do not belong together.
func Rewind(e *Effort, events []*Event) (*Effort, error) {
	if e != nil && len(events) > 0 {
		e = e.Clone()
	}
	for _, ev := range events {
		switch {
		case (e == nil) != ev.Removes():
			return nil, invalid(BadNumber, "field", "version", "value", string(ev.Effort))
		case ev.Begins():
			e = nil
			continue
		case e == nil:
			e = &Effort{ID: ev.Effort}
		}
		for _, c := range ev.reversed() {
			if err := e.set(c.Field, c.New); err != nil {
				return nil, err
			}
		}
		e.Version, e.Updated, e.UpdatedBy = ev.Version-1, 0, ""
	}
	return e, nil
}

// Notes are the notes an event added, with their writer and time.
func (ev *Event) Notes() (notes []Note) {
	for _, c := range ev.Changes {
		if !c.Field.note() {
			continue
		}
		_, key, aspect := c.Field.Parts()
		if c.New == "" || aspect != "" && len(notes) == 0 {
			continue
		}
		switch aspect {
		case "":
			n, _ := parseDecimal(key, 0)
			notes = append(notes, Note{N: uint32(n), Text: c.New, At: ev.At, By: ev.Officer})
		case "at":
			notes[len(notes)-1].At, _ = ParseStamp(c.New)
		case "by":
			notes[len(notes)-1].By = OfficerID(c.New)
		case "important":
			notes[len(notes)-1].Important = c.New == yes
		}
	}
	return notes
}

// Important reports whether a change of the event is of an important note, one that it takes back included.
func (ev *Event) Important(f Field) bool {
	return f.note() && slices.ContainsFunc(ev.Changes, func(c Change) bool {
		return c.Field == f.Subject()+".important" && (c.New == yes || c.Old == yes)
	})
}

// AgencyOf is the agency whose hours or outcome a change of the event is, one that it takes back included; "" when that
// is not known, and for any other change.
func (ev *Event) AgencyOf(f Field) AgencyCode {
	for _, c := range ev.Changes {
		switch group, key, _ := f.Parts(); {
		case key == "":
		case group == "outcome" && c.Field == f.Subject()+".agency":
			return AgencyCode(c.New + c.Old)
		case group == "hours" && c.Field == f.Subject():
			agency, _, _ := strings.Cut(c.New+c.Old, " ")
			return AgencyCode(agency)
		}
	}
	return ""
}

// diff lists what changed from old, nil when there was nothing, to new, in the order of Effort.each.
func diff(old, new *Effort) (changes []Change) {
	var before []Change
	switch {
	case old == new: // a note changes nothing that an effort holds
		return nil
	case old != nil:
		old.each(func(f Field, v string) { before = append(before, Change{f, v, ""}) })
	default:
		changes = make([]Change, 0, 32)
	}
	next := 0 // mostly both have the same fields in the same order
	new.each(func(f Field, v string) {
		was := ""
		for i := range before {
			at := (next + i) % len(before)
			if c := &before[at]; c.Field == f {
				was, c.Field, next = c.Old, "", at+1
				break
			}
		}
		if was != v {
			changes = append(changes, Change{f, was, v})
		}
	})
	for _, c := range before {
		if c.Field != "" {
			changes = append(changes, c)
		}
	}
	return changes
}

// reversed lists the changes that take an event back. An agency that the event put on goes last, after its
// parts, which would otherwise put it on again.
func (ev *Event) reversed() []Change {
	var back, removed []Change
	for _, c := range ev.Changes {
		r := Change{c.Field, c.New, c.Old}
		if c.Old == "" && strings.HasSuffix(string(c.Field), ".state") {
			removed = append(removed, r)
			continue
		}
		back = append(back, r)
	}
	return append(back, removed...)
}
