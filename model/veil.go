package model

import (
	"iter"
	"slices"
	"strings"
)

// Veil hides, in a room that strangers walk through, what efforts of one focus are called and whatever was typed about
// them: they stand by their ids, and can be found by nothing else. What is counted is counted as before. The zero Veil
// hides nothing.
//
// It is put over everything that is read of a store, so that no screen, list or command has to think of it.
type Veil struct {
	Focus FocusCode
	// Also are efforts that are hidden whatever their focus: who looks back is not to see what is hidden by now.
	Also map[EffortID]bool
}

// Hidden stands where a text is hidden. Names and titles are simply not there.
const Hidden = "…"

// None reports whether nothing is hidden.
func (v Veil) None() bool { return v.Focus == "" }

// Hides reports whether an effort is one of those. One that nobody knows any more may have been.
func (v Veil) Hides(e *Effort) bool {
	return !v.None() && (e == nil || e.Focus == v.Focus || v.Also[e.ID])
}

// Effort returns an effort as it is to be seen: itself, or a copy that says little.
func (v Veil) Effort(e *Effort) *Effort {
	if e == nil || !v.Hides(e) {
		return e
	}
	n := e.Clone()
	n.Codename, n.Title = "", ""
	for _, s := range []*string{&n.Area, &n.Crime, &n.Reason, &n.Outcome} {
		hide(s)
	}
	if n.Decision != nil {
		hide(&n.Decision.Decider)
		hide(&n.Decision.Reference)
	}
	for i := range n.Assignments {
		hide(&n.Assignments[i].Reason)
	}
	if n.Followup != nil {
		for i := range n.Measures {
			hide(&n.Measures[i].Text)
		}
	}
	return n
}

func hide(s *string) {
	if *s != "" {
		*s = Hidden
	}
}

// Board returns a board as it is to be seen.
func (v Veil) Board(b *Board) *Board {
	if v.None() {
		return b
	}
	step := Step{Seq: b.seq, At: b.at, Efforts: map[EffortID]*Effort{}}
	for e := range b.All() {
		if v.Hides(e) {
			step.Efforts[e.ID] = v.Effort(e)
		}
	}
	return v.rest(b.With(step), b)
}

// rest puts the veil over what a board has besides efforts: important notes of what is hidden are left out, and of the
// handovers, whose notes may be about anything, it is only to be seen who signed.
func (v Veil) rest(n, now *Board) *Board {
	n.cat, n.partners, n.aside, n.filters, n.links = now.cat, now.partners, now.aside, now.filters, now.links
	n.meetings, n.adjourned = now.meetings, now.adjourned
	n.important = slices.DeleteFunc(slices.Clone(now.important), func(note EffortNote) bool { return v.Hides(now.Effort(note.Effort)) })
	n.handovers = map[RegionCode]Handover{}
	for region, h := range now.handovers {
		n.handovers[region] = v.Handover(h)
	}
	return n
}

// Handover returns a handover as it is to be seen.
func (v Veil) Handover(h Handover) Handover {
	if !v.None() {
		hide(&h.Note)
	}
	return h
}

// Follow is Board of now, made of what was shown of the board before it: of a large board little has changed.
func (v Veil) Follow(before, shown, now *Board) *Board {
	if v.None() || before == nil || shown == nil {
		return v.Board(now)
	}
	if now == before {
		return shown
	}
	step := Step{Seq: now.seq, At: now.at, Efforts: map[EffortID]*Effort{}}
	for id, e := range now.Since(before) {
		step.Efforts[id] = v.Effort(e)
	}
	return v.rest(shown.With(step), now)
}

// Event returns an event of an effort that is hidden as it is to be seen: codes, numbers and dates stand, what was
// typed does not.
func (v Veil) Event(ev Event) Event {
	changes := make([]Change, len(ev.Changes))
	for i, c := range ev.Changes {
		if !c.Field.coded() {
			c.Old, c.New = hidden(c.Field, c.Old), hidden(c.Field, c.New)
		}
		changes[i] = c
	}
	ev.Changes = changes
	return ev
}

// Notes returns the notes of an effort that is hidden: who wrote one and when.
func (v Veil) Notes(notes []Note) []Note {
	var all []Note
	for _, n := range notes {
		n.Text = Hidden
		all = append(all, n)
	}
	return all
}

// hidden is a value that may say what nobody is to read; of a measure its type is left.
func hidden(f Field, value string) string {
	if value == "" {
		return ""
	}
	if group, _, _ := f.Parts(); group == "measure" {
		kind, _, _ := strings.Cut(value, " ")
		return kind + " " + Hidden
	}
	return Hidden
}

// coded reports whether a field holds nothing but codes, numbers, dates and officers. A field that is not known here
// may hold anything.
func (f Field) coded() bool {
	group, key, aspect := f.Parts()
	switch {
	case group == "agency":
		return aspect == "state" || aspect == "mode" || aspect == "since"
	case aspect == "at" || aspect == "by":
		return true
	case group == "outcome" && key != "":
		return true
	case group == "meeting" || group == "adjourned":
		return true
	case group == "handover":
		return !strings.HasSuffix(string(f), "."+handoverNote)
	}
	switch f {
	case FieldStatus, FieldRegion, FieldRegions, FieldLevel, FieldKind, FieldFocus, FieldPriority, FieldReview, FieldDecided,
		FieldCreated, FieldEnded, FieldUpdated, FieldLead, FieldPartners:
		return true
	}
	return false
}

// Since goes through the efforts that are not on the board as they were on an older one, with how they are now, nil for
// one that has left it. Boards of one store share what did not change, so it looks at little.
func (b *Board) Since(old *Board) iter.Seq2[EffortID, *Effort] {
	return func(yield func(EffortID, *Effort) bool) {
		for i := range b.ids {
			if !b.ids[i].since(old.ids[i], yield) {
				return
			}
		}
	}
}

// since walks two shards in their order side by side.
func (s shard) since(old shard, yield func(EffortID, *Effort) bool) bool {
	if len(s) == len(old) && (len(s) == 0 || &s[0] == &old[0]) {
		return true
	}
	for len(s)+len(old) > 0 {
		order := 0
		switch {
		case len(old) == 0:
			order = -1
		case len(s) == 0:
			order = 1
		default:
			order = strings.Compare(string(s[0].ID), string(old[0].ID))
		}
		switch {
		case order > 0:
			if !yield(old[0].ID, nil) {
				return false
			}
			old = old[1:]
		case order < 0:
			if !yield(s[0].ID, s[0]) {
				return false
			}
			s = s[1:]
		default:
			if s[0] != old[0] && !yield(s[0].ID, s[0]) {
				return false
			}
			s, old = s[1:], old[1:]
		}
	}
	return true
}
