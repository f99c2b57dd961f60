package storetest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
)

// Step is one thing that an officer did to an effort, and what came of it: an operation of a history that several
// processes make together. Times are of one clock that all of them read.
type Step struct {
	Client int
	Effort model.EffortID
	// What is "read", "title", "area" or "note"; Value is what was written, each time another; Seen the version that
	// the officer had before.
	What, Value string
	Seen        uint32
	Call, End   int64
	// Done is false for a conflict. The rest is the effort as it was after.
	Done        bool
	Version     uint32
	Title, Area string
}

// Work has an officer read and change efforts, as somebody at a board does, while go on says so. It tells each step;
// any error but a conflict ends it.
func Work(s *store.Store, client int, efforts []model.EffortID, clock func() int64, goOn func() bool, tell func(Step)) error {
	random := rand.New(rand.NewPCG(uint64(client), 1))
	seen := map[model.EffortID]uint32{}
	for n := 0; goOn(); n++ {
		st := Step{Client: client, Effort: efforts[random.IntN(len(efforts))], What: []string{"read", "title", "area", "note"}[random.IntN(4)],
			Value: fmt.Sprintf("c%d n%d", client, n)}
		st.Seen = seen[st.Effort]
		st.Call = clock()
		err := st.do(s)
		st.End = clock()
		if err != nil {
			return fmt.Errorf("%s %s: %w", st.What, st.Effort, err)
		}
		if st.Done {
			seen[st.Effort] = st.Version
		} else {
			seen[st.Effort] = 0 // the officer has been told, and looks before the next
			if e := s.Board().Effort(st.Effort); e != nil {
				seen[st.Effort] = e.Version
			}
		}
		tell(st)
		time.Sleep(time.Duration(random.IntN(4000)) * time.Microsecond)
	}
	return nil
}

// do carries the step out and fills in what came of it.
func (st *Step) do(s *store.Store) error {
	on := model.On{Effort: st.Effort, Seen: st.Seen}
	var cmd model.Command
	switch st.What {
	case "read":
		e, err := s.Effort(context.Background(), string(st.Effort))
		if err == nil {
			st.Done, st.Version, st.Title, st.Area = true, e.Version, e.Title, e.Area
		}
		return err
	case "note":
		cmd = model.AddNote{On: on, Text: st.Value}
	default:
		cmd = model.Edit{On: on, Fields: map[model.Field]string{model.Field(st.What): st.Value}}
	}
	res, err := s.Do(context.Background(), Officer(model.OfficerID(fmt.Sprint("o", st.Client))), cmd)
	if model.Is(err, model.Changed) {
		return nil
	}
	if err == nil {
		e := res.Efforts[0]
		st.Done, st.Version, st.Title, st.Area = true, e.Version, e.Title, e.Area
	}
	return err
}

// desk is what the checker knows of an effort: what it holds, and at which version each field last changed.
type desk struct {
	version, titleAt, areaAt uint32
	title, area              string
}

// next is the effort after a step, false when what came of it cannot be.
func (d desk) next(st Step) (bool, desk) {
	n := d
	at := uint32(0)
	switch st.What {
	case "title":
		at, n.title, n.titleAt = d.titleAt, st.Value, d.version+1
	case "area":
		at, n.area, n.areaAt = d.areaAt, st.Value, d.version+1
	}
	if st.What != "read" {
		n.version++
	}
	if !st.Done { // only for what has changed since it was seen
		return st.Seen > 0 && st.Seen < at, d
	}
	fresh := st.Seen == 0 || st.Seen >= at
	return fresh && st.Version == n.version && st.Title == n.title && st.Area == n.area, n
}

// CheckSteps checks what officers have done to efforts that began at version 1: it has an order in which it could have
// happened one by one, every step that was acknowledged stands in the journal as it was, the journal holds no others,
// and the store is whole. It returns the longest step.
func CheckSteps(t *testing.T, s *store.Store, steps []Step) (longest time.Duration) {
	t.Helper()
	var history []porcupine.Operation
	acked := map[string]string{}
	for _, st := range steps {
		longest = max(longest, time.Duration(st.End-st.Call))
		history = append(history, porcupine.Operation{ClientId: st.Client, Input: st, Output: st, Call: st.Call, Return: st.End})
		if st.Done && st.What != "read" {
			acked[fmt.Sprint(st.Effort, " ", st.Version)] = st.Value
		}
	}
	switch result, _ := porcupine.CheckOperationsVerbose(deskModel(), history, 2*time.Minute); result {
	case porcupine.Illegal:
		t.Error("the history has no order in which it could have happened")
	case porcupine.Unknown:
		t.Error("the history is too long to be checked")
	}
	entries, err := s.Journal(context.Background(), store.Query{})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Action == model.ActCreate {
			continue
		}
		key := fmt.Sprint(e.Effort, " ", e.Version)
		if value, ok := acked[key]; !ok || len(e.Changes) == 0 || e.Changes[0].New != value {
			t.Errorf("entry %d, %s: it holds %v, acknowledged was %q", e.Seq, key, e.Changes, value)
		}
		delete(acked, key)
	}
	for key, value := range acked {
		t.Errorf("acknowledged and lost: %s %q", key, value)
	}
	verify(t, s)
	return longest
}

func deskModel() porcupine.Model {
	return porcupine.Model{
		Partition: func(history []porcupine.Operation) (parts [][]porcupine.Operation) {
			of := map[model.EffortID]int{}
			for _, op := range history {
				id := op.Input.(Step).Effort
				i, known := of[id]
				if !known {
					i = len(parts)
					of[id], parts = i, append(parts, nil)
				}
				parts[i] = append(parts[i], op)
			}
			return parts
		},
		Init: func() any { return desk{version: 1} },
		Step: func(state, input, _ any) (bool, any) {
			ok, next := state.(desk).next(input.(Step))
			return ok, next
		},
	}
}
