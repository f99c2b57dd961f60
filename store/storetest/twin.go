package storetest

import (
	"cmp"
	"maps"
	"slices"

	"board.internal/samverkan/model"
)

// twin is what a store must be equal to: the plainest thing that can be asked by Decide and folded from its
// events, in maps, without a byte of encoding.
type twin struct {
	cat      *model.Catalogue
	events   []model.Event
	efforts  map[model.EffortID]*model.Effort
	notes    map[model.EffortID]map[uint32]model.Note
	names    map[string]model.EffortID
	numbers  map[model.EffortID]int // by the id with number 0
	register map[model.EntryKey]string
	actions  map[model.OfficerID][][]model.Event
	undone   map[model.OfficerID][][]model.Event
}

var _ model.Ledger = (*twin)(nil)

func newTwin(cat *model.Catalogue) *twin {
	return &twin{cat: cat, efforts: map[model.EffortID]*model.Effort{}, notes: map[model.EffortID]map[uint32]model.Note{},
		names: map[string]model.EffortID{}, numbers: map[model.EffortID]int{}, register: map[model.EntryKey]string{},
		actions: map[model.OfficerID][][]model.Event{}, undone: map[model.OfficerID][][]model.Event{}}
}

func (w *twin) Catalogue() *model.Catalogue            { return w.cat }
func (w *twin) Effort(id model.EffortID) *model.Effort { return w.efforts[id] }
func (w *twin) Named(folded string) model.EffortID     { return w.names[folded] }
func (w *twin) Registered(k model.EntryKey) string     { return w.register[k] }
func (w *twin) Numbered(r model.RegionCode, year int) int {
	return w.numbers[model.NewEffortID(r, year, 0)]
}

func (w *twin) History(id model.EffortID, after uint32) (events []model.Event) {
	for _, ev := range w.events {
		if ev.Effort != id {
			continue
		}
		if ev.Begins() {
			events = nil
		}
		if ev.Version > after {
			events = append(events, ev)
		}
	}
	return events
}

func (w *twin) Last(officer model.OfficerID) []model.Event   { return lastOf(w.actions[officer]) }
func (w *twin) Undone(officer model.OfficerID) []model.Event { return lastOf(w.undone[officer]) }

func lastOf(stack [][]model.Event) []model.Event {
	if len(stack) == 0 {
		return nil
	}
	return stack[len(stack)-1]
}

// apply folds the events of one action.
func (w *twin) apply(events []model.Event) error {
	for _, ev := range events {
		w.events = append(w.events, ev)
		if ev.Effort == "" {
			for _, e := range ev.Entries() {
				if w.register[e.EntryKey] = e.Value; e.Value == "" {
					delete(w.register, e.EntryKey)
				}
			}
			continue
		}
		e, err := ev.On(w.efforts[ev.Effort])
		if err != nil {
			return err
		}
		w.keep(ev, e)
	}
	if events[0].Action.Lasting() {
		return nil
	}
	officer := events[0].Officer
	did, undone := slices.Clone(w.actions[officer]), slices.Clone(w.undone[officer])
	switch events[0].Action {
	case model.ActUndo:
		did, undone = did[:len(did)-1], append(undone, events)
	case model.ActRedo:
		did, undone = append(did, events), undone[:len(undone)-1]
	default:
		did, undone = append(did, events), nil
	}
	w.actions[officer], w.undone[officer] = did, undone
	return nil
}

func (w *twin) keep(ev model.Event, e *model.Effort) {
	id := ev.Effort
	if e == nil {
		delete(w.efforts, id)
	} else {
		w.efforts[id] = e
		if e.Codename != "" {
			w.names[model.Fold(e.Codename)] = id
		}
		if region, year, n, ok := id.Parts(); ok {
			key := model.NewEffortID(region, year, 0)
			w.numbers[key] = max(w.numbers[key], n)
		}
	}
	if w.notes[id] == nil {
		w.notes[id] = map[uint32]model.Note{}
	}
	for _, n := range ev.Notes() {
		w.notes[id][n.N] = n
	}
	if ev.Action == model.ActUndo {
		undone := w.events[ev.Undoes-1]
		for _, n := range undone.Notes() {
			delete(w.notes[id], n.N)
		}
	}
}

func (w *twin) notesOf(id model.EffortID) []model.Note {
	return slices.SortedFunc(maps.Values(w.notes[id]), func(a, b model.Note) int { return int(a.N) - int(b.N) })
}

func (w *twin) ids() []model.EffortID { return slices.Sorted(maps.Keys(w.efforts)) }

// important are all important notes, the newest first.
func (w *twin) important() (all []model.EffortNote) {
	for id, notes := range w.notes {
		for _, n := range notes {
			if n.Important {
				all = append(all, model.EffortNote{Effort: id, Note: n})
			}
		}
	}
	slices.SortFunc(all, func(a, b model.EffortNote) int {
		return cmp.Or(cmp.Compare(b.At, a.At), cmp.Compare(b.Effort, a.Effort), cmp.Compare(b.N, a.N))
	})
	return all
}
