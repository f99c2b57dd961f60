package store

import (
	"context"
	"maps"
	"slices"

	"board.internal/samverkan/model"
)

// Report adds up a report from one moment, and returns with it where the journal ended then: who notes that down can
// tell later that what the report was made of is still there. With key the efforts behind that figure are collected,
// those behind the year before's with before.
//
// It is one reading of all efforts as they are, and of the journal back to the beginning of the year before: what has
// changed since a moment is taken off again.
func (s *Store) Report(ctx context.Context, spec model.ReportSpec, key *model.ReportKey, before bool) (*model.Report, Head, error) {
	r := model.NewReport(s.cat, spec)
	if key != nil {
		r.Behind(*key, before)
	}
	end, err := s.courses(ctx, r.Moments(), r.Take)
	return r, end, err
}

// courses calls fn with the course of every effort there is, or was at one of some moments, the earliest first.
func (s *Store) courses(ctx context.Context, moments []model.Stamp, fn func(model.Course)) (Head, error) {
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
	ends, since, err := s.happened(ctx, h.seq, moments)
	if err != nil {
		return Head{}, err
	}
	v, d := s.opts.Veil, newDecoder()
	still := make([]*model.Effort, len(moments))
	err = merged(&open, &closed, func(key, value []byte) (bool, error) {
		if err := ctx.Err(); err != nil {
			return false, err
		}
		now, err := d.effort(key, value)
		if err != nil {
			return false, err
		}
		course := model.Course{Then: still, Now: v.Effort(now)}
		if c := since[now.ID]; c != nil {
			if course.Then, err = c.then(v, now, ends); err != nil {
				return false, err
			}
			course.Events = c.inOrder()
			delete(since, now.ID)
		} else {
			for i := range still {
				still[i] = course.Now
			}
		}
		fn(course)
		return true, nil
	})
	if err != nil {
		return Head{}, err
	}
	for _, id := range slices.Sorted(maps.Keys(since)) { // taken back since
		then, err := since[id].then(v, nil, ends)
		if err != nil {
			return Head{}, err
		}
		fn(model.Course{Then: then, Events: since[id].inOrder()})
	}
	return publicHead(h), nil
}

// changes are what has happened to an effort after the earliest of some moments.
type changes struct {
	// events are the newest first. Its first entry is not among them when that came after the last moment: a list of
	// many efforts need not be read to know that they were not there.
	events []*model.Event
	// first: the effort begins with the last of events, or with that entry.
	first bool
	// prev is the entry before events, at and by when and by whom it was written.
	prev uint64
	at   model.Stamp
	by   model.OfficerID
}

// inOrder are the events, the oldest first.
func (c *changes) inOrder() []*model.Event {
	events := slices.Clone(c.events)
	slices.Reverse(events)
	return events
}

// then is the effort as it was after each of some entries, the earliest first, taken back from how it is now.
func (c *changes) then(v model.Veil, now *model.Effort, ends []uint64) ([]*model.Effort, error) {
	then := make([]*model.Effort, len(ends))
	e, events := now, c.events
	for i, end := range slices.Backward(ends) {
		n := 0
		for n < len(events) && events[n].Seq > end {
			n++
		}
		var err error
		if e, err = model.Rewind(e, events[:n]); err != nil {
			return nil, damagedEntry(events[0].Seq, "%w", err)
		}
		taken := n > 0
		if events = events[n:]; len(events) == 0 && c.first {
			return then, nil // it was not there yet
		}
		if taken && e != nil {
			e.Updated, e.UpdatedBy = c.at, c.by
			if len(events) > 0 {
				e.Updated, e.UpdatedBy = events[0].At, events[0].Officer
			}
		}
		then[i] = v.Effort(e)
	}
	return then, nil
}

// happened finds for each of some moments the last entry before it, and what happened to efforts after the earliest of
// these, going back from an entry.
func (s *Store) happened(ctx context.Context, seq uint64, moments []model.Stamp) (ends []uint64, since map[model.EffortID]*changes, err error) {
	if ends, _, err = s.upTo(ctx, moments...); err != nil {
		return nil, nil, err
	}
	now := model.StampOf(s.opts.Now())
	for i, moment := range moments {
		if ends[i] = min(ends[i], seq); moment >= now { // what lies ahead has all of the journal behind it
			ends[i] = seq
		}
	}
	since = map[model.EffortID]*changes{}
	for first, last := ends[0], ends[len(ends)-1]; seq > first && err == nil; {
		err = s.view(ctx, func(r Reader) (err error) {
			read := 0
			r.RangeBack([]byte(prefixJournal), seqKey(seq+1), func(_, value []byte) bool {
				var e entry
				if e, err = decodeHead(seq, value); err == nil && e.Effort != "" && (e.prev > 0 || seq <= last) {
					e, err = decodeEntry(seq, value)
				}
				if err != nil {
					return false
				}
				seq--
				read++
				if e.Effort != "" {
					c := since[e.Effort]
					if c == nil {
						c = &changes{}
						since[e.Effort] = c
					}
					if c.prev, c.first = e.prev, e.prev == 0; len(e.Changes) > 0 {
						c.events = append(c.events, &e.Event)
					}
				}
				return seq > first && read < journalPage
			})
			if err == nil && read == 0 {
				err = damagedEntry(seq, "it is not there")
			}
			return err
		})
	}
	if err == nil {
		err = s.before(ctx, since)
	}
	return ends, since, err
}

// before reads when and by whom the entries before changes were written.
func (s *Store) before(ctx context.Context, since map[model.EffortID]*changes) (err error) {
	for ids := range slices.Chunk(slices.Sorted(maps.Keys(since)), journalPage) {
		err = s.view(ctx, func(r Reader) error {
			for _, id := range ids {
				c := since[id]
				if c.prev == 0 {
					continue
				}
				e, err := decodeHead(c.prev, r.Get(seqKey(c.prev)))
				if err != nil {
					return err
				}
				c.at, c.by = e.At, e.Officer
			}
			return nil
		})
		if err != nil {
			break
		}
	}
	return err
}
