package store

import (
	"bytes"
	"context"
	"maps"
	"slices"

	"board.internal/samverkan/model"
)

// Report adds up a report from one moment, and returns with it where the journal ended then: who notes that down can
// tell later that what the report was made of is still there. With key the efforts behind that figure are collected,
// those behind the year before's with before.
//
// It is one reading of all efforts as they are. Only those that have changed after the period are looked up in the
// journal, to be counted as they were.
func (s *Store) Report(ctx context.Context, spec model.ReportSpec, key *model.ReportKey, before bool) (*model.Report, Head, error) {
	r := model.NewReport(s.cat, spec)
	if key != nil {
		r.Behind(*key, before)
	}
	end, err := s.lives(ctx, r.Cuts(), r.Take)
	return r, end, err
}

// lives calls fn with every effort there is or was, as it was at each of some moments, the earliest first, and as it is now;
// nil where it was not there.
func (s *Store) lives(ctx context.Context, cuts []model.Stamp, fn func(then []*model.Effort, now *model.Effort)) (Head, error) {
	var open, closed records
	var h head
	err := s.view(ctx, func(r Reader) (err error) {
		open, closed = records{}, records{}
		open.copy(r, prefixOpen)
		closed.copy(r, prefixClosed)
		h, err = s.head(r)
		return err
	})
	if err != nil {
		return Head{}, err
	}
	past, err := s.pastOf(ctx, h.seq, cuts)
	if err != nil {
		return Head{}, err
	}
	v, d := s.opts.Veil, newDecoder()
	same := make([]*model.Effort, len(cuts))
	for more, rest := open.next(), closed.next(); more || rest; {
		if err := ctx.Err(); err != nil {
			return Head{}, err
		}
		from := &open
		if !more || rest && bytes.Compare(closed.key, open.key) < 0 {
			from = &closed
		}
		now, err := d.effort(from.key, from.value)
		if err != nil {
			return Head{}, err
		}
		then, touched := past[now.ID]
		now = v.Effort(now)
		if delete(past, now.ID); !touched {
			for i := range same {
				same[i] = now
			}
			then = same
		}
		fn(then, now)
		if from == &open {
			more = open.next()
		} else {
			rest = closed.next()
		}
	}
	for _, id := range slices.Sorted(maps.Keys(past)) { // taken back since
		fn(past[id], nil)
	}
	return publicHead(h), nil
}

// touched is an effort that has changed after the earliest of some moments: where its history is entered to see it as it
// was at them, 0 when it was not there at any.
type touched struct {
	id    model.EffortID
	start uint64
}

// pastOf returns the efforts that have changed after the earliest of some moments, as they were at each.
func (s *Store) pastOf(ctx context.Context, seq uint64, cuts []model.Stamp) (map[model.EffortID][]*model.Effort, error) {
	ends, all, err := s.touchedSince(ctx, seq, cuts)
	past := make(map[model.EffortID][]*model.Effort, len(all))
	never := make([]*model.Effort, len(cuts))
	for len(all) > 0 && err == nil {
		done := 0
		err = s.view(ctx, func(r Reader) error {
			done = 0
			for read := 0; done < len(all) && read < journalPage; done++ {
				t := all[done]
				if past[t.id] = never; t.start == 0 {
					continue
				}
				var history []Entry
				for at := t.start; at != 0; {
					page, next, err := (&Query{}).back(r, at, 0)
					if err != nil {
						return err
					}
					history, at = append(history, page...), next
				}
				var err error
				if past[t.id], err = s.asItWas(history, ends); err != nil {
					return err
				}
				read += len(history)
			}
			return nil
		})
		all = all[done:]
	}
	return past, err
}

// touchedSince finds for each of some moments the last entry before it, and the efforts with an entry after the earliest
// of these.
func (s *Store) touchedSince(ctx context.Context, seq uint64, cuts []model.Stamp) (ends []uint64, all []touched, err error) {
	now := model.StampOf(s.opts.Now())
	for _, cut := range cuts {
		end := seq
		if cut < now { // what lies ahead has all of the journal behind it
			if end, _, err = s.upTo(ctx, cut); err != nil {
				return nil, nil, err
			}
		}
		ends = append(ends, min(end, seq))
	}
	at := map[model.EffortID]int{}
	for first, last := ends[0], ends[len(ends)-1]; seq > first && err == nil; {
		err = s.view(ctx, func(r Reader) (err error) {
			read := 0
			r.RangeBack([]byte(prefixJournal), seqKey(seq+1), func(key, value []byte) bool {
				var e entry
				if e, err = decodeHead(seq, value); err != nil {
					return false
				}
				seq--
				if e.Effort != "" {
					i, known := at[e.Effort]
					if !known {
						i = len(all)
						at[e.Effort], all = i, append(all, touched{id: e.Effort})
					}
					if e.Seq > last {
						all[i].start = e.prev
					} else if !known {
						all[i].start = e.Seq
					}
				}
				read++
				return seq > first && read < journalPage
			})
			if err == nil && read == 0 {
				return damagedEntry(seq, "it is not there")
			}
			return err
		})
	}
	return ends, all, err
}

// asItWas folds an effort's history, the newest entry first, and returns it as it was after each of some entries of the
// journal, the earliest first.
func (s *Store) asItWas(history []Entry, ends []uint64) ([]*model.Effort, error) {
	then := make([]*model.Effort, len(ends))
	var e *model.Effort
	for _, entry := range slices.Backward(history) {
		var err error
		if e, err = entry.Event.On(e); err != nil {
			return nil, damagedEntry(entry.Seq, "%w", err)
		}
		for i := range slices.Backward(ends) {
			if entry.Seq > ends[i] {
				break
			}
			then[i] = s.opts.Veil.Effort(e)
		}
	}
	return then, nil
}
