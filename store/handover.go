package store

import (
	"context"
	"slices"
	"strconv"

	"board.internal/samverkan/model"
)

// lastHandover is the number of a region's last handover, 0 when there was none.
func lastHandover(r getter, region model.RegionCode) int {
	return counted(r, model.HandoverKeys(region, 0)[0])
}

// counted is the number that a region's own entry has.
func counted(r getter, key model.EntryKey) int {
	n, _ := strconv.Atoi(string(r.Get(entryKey(key))))
	return n
}

// handoverEntries are what the register has of a handover.
func handoverEntries(r getter, region model.RegionCode, number int) []model.Entry {
	return entriesAt(r, model.HandoverKeys(region, number))
}

// entriesAt are the entries of the register that there are of some.
func entriesAt(r getter, keys []model.EntryKey) (entries []model.Entry) {
	for _, key := range keys {
		if v := r.Get(entryKey(key)); v != nil {
			entries = append(entries, model.Entry{EntryKey: key, Value: string(v)})
		}
	}
	return entries
}

// Handovers returns the last handovers at the desk of a region, newest first, at most so many.
func (s *Store) Handovers(ctx context.Context, region model.RegionCode, most int) (all []model.Handover, err error) {
	err = s.view(ctx, func(r Reader) error {
		all = nil
		for n := lastHandover(r, region); n > 0 && len(all) < most; n-- {
			all = append(all, s.opts.Veil.Handover(readHandover(r, region, n)))
		}
		return nil
	})
	return all, err
}

func readHandover(r getter, region model.RegionCode, number int) model.Handover {
	h := model.Handover{Region: region, Number: number}
	for _, e := range handoverEntries(r, region, number) {
		h.Take(e)
	}
	return h
}

// signedBack is how many handovers of a region are looked back through for an officer's signature: about three years.
const signedBack = 3000

// Signed returns when an officer last signed a handover at the desk of a region, out or in; 0 when that is nowhere to be
// found.
func (s *Store) Signed(ctx context.Context, officer model.OfficerID, region model.RegionCode) (at model.Stamp, err error) {
	err = s.view(ctx, func(r Reader) error {
		at = 0
		last := lastHandover(r, region)
		for n := last; n > 0 && at == 0 && last-n < signedBack; n-- {
			h := readHandover(r, region, n)
			at = h.By(officer)
		}
		return nil
	})
	return at, err
}

// Shift is a shift at a desk, with the last handovers there.
type Shift struct {
	model.Shift
	// At is when it was summed up.
	At model.Stamp
	// Head is where the journal's chain ended then: whoever keeps the shift on paper can tell later whether its end was cut.
	Head Head
	// Handovers are the newest first.
	Handovers []model.Handover
	// Signed: the shift begins with a signature of the officer's; else it is a day. Cut: it has more changes than were
	// looked through.
	Signed, Cut bool
}

// ShiftEvents is how many entries of the journal a shift looks through, the newest; ShiftHandovers how many handovers
// it has.
const (
	ShiftEvents    = 5000
	ShiftHandovers = 5
)

// Shift sums up the officer's shift at the desk of a region from the board as it is loaded, since a moment; 0 is the
// officer's last signature of a handover there, else a day ago.
func (s *Store) Shift(ctx context.Context, actor model.Actor, region model.RegionCode, since model.Stamp) (sh Shift, err error) {
	now := s.opts.Now()
	sh.At = model.StampOf(now)
	signed, err := s.Signed(ctx, actor.Officer, region)
	if err != nil {
		return sh, err
	}
	sh.Signed = signed != 0
	if since == 0 {
		if since = signed; !sh.Signed {
			since = model.StampOf(now.Add(-model.ShiftLong))
		}
	}
	if sh.Handovers, err = s.Handovers(ctx, region, ShiftHandovers); err != nil {
		return sh, err
	}
	if n := len(sh.Handovers); n > 0 && sh.Handovers[n-1].Open() { // nothing is taken over that nobody has seen
		if sh.Handovers, err = s.Handovers(ctx, region, signedBack); err != nil {
			return sh, err
		}
		if end := slices.IndexFunc(sh.Handovers, func(h model.Handover) bool { return !h.Open() }); end >= 0 {
			sh.Handovers = sh.Handovers[:min(max(end, ShiftHandovers), len(sh.Handovers))]
		}
	}
	if sh.Head, err = s.Head(ctx); err != nil {
		return sh, err
	}
	events, cut, err := s.eventsSince(ctx, since)
	if err != nil {
		return sh, err
	}
	board := s.Board()
	sh.Cut = cut
	sh.Shift = model.ShiftOf(board, actor, region, since, s.cat.Today(sh.At), events, func(id model.EffortID) *model.Effort {
		if e := board.Effort(id); e != nil {
			return e
		}
		e, no := s.Effort(ctx, string(id)) // it has ended
		if no != nil && !model.Is(no, model.UnknownEffort) {
			err = no
		}
		return e
	})
	return sh, err
}

// eventsSince are the journal's newest events since a moment, oldest first. It reads back page by page and stops where
// they are older; cut says that there were more than it looks through.
func (s *Store) eventsSince(ctx context.Context, since model.Stamp) (events []model.Event, cut bool, err error) {
	q := Query{Newest: true, Limit: 500}
	for {
		page, err := s.Journal(ctx, q)
		if err != nil {
			return nil, false, err
		}
		for _, e := range page {
			if e.At < since {
				slices.Reverse(events)
				return events, false, nil
			}
			events = append(events, e.Event)
		}
		if len(page) < q.Limit || len(events) >= ShiftEvents {
			slices.Reverse(events)
			return events, len(page) == q.Limit, nil
		}
		q.Before = page[len(page)-1].Seq
	}
}
