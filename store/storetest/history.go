package storetest

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
)

// register is what the clients of linearizable know of an effort: its version and who leads what.
type register struct {
	version uint32
	title   string
}

type request struct {
	read  bool
	seen  uint32
	title string
}

type answer struct {
	register
	done bool // else it was a conflict
}

// linearizable: what four clients over two handles see of each other's edits has an order in which it could have
// happened one by one. An edit states the version its writer saw, so of two that saw the same only one can win.
func linearizable(t *testing.T, open func() store.Engine) {
	const clients, each = 4, 30
	stores := []*store.Store{storeOn(t, open()), storeOn(t, open())}
	id := propose(t, stores[0], "LÄRKA")
	begin := time.Now()
	histories := make([][]porcupine.Operation, clients)
	var serial atomic.Int64
	var wg sync.WaitGroup
	for c := range clients {
		wg.Go(func() {
			s := stores[c%2]
			var last register
			for i := range each {
				q := request{read: i%3 == 0, seen: last.version, title: fmt.Sprint("t", serial.Add(1))}
				call := time.Since(begin)
				a, err := ask(s, id, q)
				if err != nil {
					t.Error(err)
					return
				}
				if a.version > 0 {
					last = a.register
				}
				histories[c] = append(histories[c], porcupine.Operation{ClientId: c, Input: q, Output: a,
					Call: int64(call), Return: int64(time.Since(begin))})
			}
		})
	}
	wg.Wait()
	var history []porcupine.Operation
	for _, h := range histories {
		history = append(history, h...)
	}
	switch result, _ := porcupine.CheckOperationsVerbose(registerModel(), history, time.Minute); result {
	case porcupine.Illegal:
		t.Error("the history has no order in which it could have happened")
	case porcupine.Unknown:
		t.Error("the history is too long to be checked")
	}
	verify(t, stores[0])
}

func ask(s *store.Store, id model.EffortID, q request) (answer, error) {
	if q.read {
		e, err := s.Effort(context.Background(), string(id))
		if err != nil {
			return answer{}, err
		}
		return answer{register{e.Version, e.Title}, true}, nil
	}
	edit := model.Edit{On: model.On{Effort: id, Seen: q.seen}, Fields: map[model.Field]string{model.FieldTitle: q.title}}
	res, err := s.Do(context.Background(), Officer("anna"), edit)
	if model.Is(err, model.Changed) {
		return answer{}, nil
	}
	if err != nil {
		return answer{}, err
	}
	return answer{register{res.Efforts[0].Version, res.Efforts[0].Title}, true}, nil
}

func registerModel() porcupine.Model {
	return porcupine.Model{
		Init: func() any { return register{version: 1} },
		Step: func(state, input, output any) (bool, any) {
			r, q, a := state.(register), input.(request), output.(answer)
			switch {
			case q.read:
				return a.register == r, r
			case q.seen < r.version && q.seen > 0:
				return !a.done, r // every version changed the title
			}
			next := register{r.version + 1, q.title}
			return a.done && a.register == next, next
		},
	}
}
