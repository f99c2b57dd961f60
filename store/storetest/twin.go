package storetest

import (
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
	partners map[model.Partner]bool
	actions  map[model.OfficerID][][]model.Event
}

var _ model.Ledger = (*twin)(nil)

func newTwin(cat *model.Catalogue) *twin {
	return &twin{cat: cat, efforts: map[model.EffortID]*model.Effort{}, notes: map[model.EffortID]map[uint32]model.Note{},
		names: map[string]model.EffortID{}, numbers: map[model.EffortID]int{}, partners: map[model.Partner]bool{},
		actions: map[model.OfficerID][][]model.Event{}}
}

func (w *twin) Catalogue() *model.Catalogue            { return w.cat }
func (w *twin) Effort(id model.EffortID) *model.Effort { return w.efforts[id] }
func (w *twin) Named(folded string) model.EffortID     { return w.names[folded] }
func (w *twin) HasPartner(p model.Partner) bool        { return w.partners[foldPartner(p)] }
func (w *twin) Numbered(r model.RegionCode, year int) int {
	return w.numbers[model.NewEffortID(r, year, 0)]
}

func foldPartner(p model.Partner) model.Partner {
	return model.Partner{Region: p.Region, Name: model.Fold(p.Name)}
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

func (w *twin) Last(officer model.OfficerID) []model.Event {
	if a := w.actions[officer]; len(a) > 0 {
		return a[len(a)-1]
	}
	return nil
}

// apply folds the events of one action.
func (w *twin) apply(events []model.Event) error {
	for _, ev := range events {
		w.events = append(w.events, ev)
		if p, added, ok := ev.Partner(); ok {
			if w.partners[foldPartner(p)] = true; !added {
				delete(w.partners, foldPartner(p))
			}
			continue
		}
		e, err := ev.On(w.efforts[ev.Effort])
		if err != nil {
			return err
		}
		w.keep(ev, e)
	}
	officer := events[0].Officer
	if last := w.actions[officer]; events[0].Action == model.ActUndo {
		w.actions[officer] = last[:len(last)-1]
	} else {
		w.actions[officer] = append(slices.Clone(last), events)
	}
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
