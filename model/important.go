package model

import "slices"

// MaxImportant is how many important notes a board holds: more than any picture has room for.
const MaxImportant = 20

// EffortNote is a note with the effort it is on.
type EffortNote struct {
	Effort EffortID
	Note
}

// newer is the order of the ticker: the newest first, of one moment by effort and number.
func (n EffortNote) newer(o EffortNote) int {
	switch {
	case n.At != o.At:
		return int(max(min(o.At-n.At, 1), -1))
	case n.Effort != o.Effort && n.Effort > o.Effort, n.Effort == o.Effort && n.N > o.N:
		return -1
	case n.Effort != o.Effort || n.N != o.N:
		return 1
	}
	return 0
}

// Important are the important notes written after a moment, the newest first, at most MaxImportant. When one is taken
// back, an older one that had no room any more is not fetched in its place. The caller must not change the slice.
func (b *Board) Important(after Stamp) []EffortNote {
	i := slices.IndexFunc(b.important, func(n EffortNote) bool { return n.At <= after })
	if i < 0 {
		return b.important
	}
	return b.important[:i]
}

// notes takes important notes that came or, without a text, went, on a board that nobody has seen yet.
func (b *Board) notes(notes []EffortNote) {
	if len(notes) == 0 {
		return
	}
	all := slices.Clone(b.important)
	for _, n := range notes {
		all = slices.DeleteFunc(all, func(o EffortNote) bool { return o.Effort == n.Effort && o.N == n.N })
		if n.Text != "" && (b.rest.Text == "" || n.newer(b.rest) < 0) {
			all = append(all, n)
		}
	}
	slices.SortFunc(all, EffortNote.newer)
	if len(all) >= MaxImportant {
		b.rest = all[min(MaxImportant, len(all)-1)]
		all = all[:MaxImportant]
	}
	b.important = all
}

// ImportantNotes are the important notes that the event brings, and those it takes away, without a text.
func (ev *Event) ImportantNotes() (notes []EffortNote) {
	for _, n := range ev.Notes() {
		if n.Important {
			notes = append(notes, EffortNote{ev.Effort, n})
		}
	}
	for _, c := range ev.Changes {
		if _, key, aspect := c.Field.Parts(); c.Field.note() && aspect == "important" && c.New == "" {
			n, _ := parseDecimal(key, 0)
			notes = append(notes, EffortNote{ev.Effort, Note{N: uint32(n)}})
		}
	}
	return notes
}
