package store

import (
	"context"
	"math"
	"slices"

	"board.internal/samverkan/model"
)

// lastMeeting is the number of a council's last meeting, 0 when it has held none.
func lastMeeting(r getter, region model.RegionCode) int {
	return counted(r, model.MeetingKeys(region, 0)[0])
}

// meetingEntries are what the register has of a meeting.
func meetingEntries(r getter, region model.RegionCode, number int) []model.Entry {
	return entriesAt(r, model.MeetingKeys(region, number))
}

// Meetings returns the last meetings of a council, newest first, at most so many.
func (s *Store) Meetings(ctx context.Context, region model.RegionCode, most int) (all []model.Meeting, err error) {
	err = s.view(ctx, func(r Reader) error {
		all = nil
		for n := lastMeeting(r, region); n > 0 && len(all) < most; n-- {
			m := model.Meeting{Region: region, Number: n}
			for _, e := range meetingEntries(r, region, n) {
				m.Take(e)
			}
			all = append(all, m)
		}
		return nil
	})
	return all, err
}

// Minutes are those of a meeting, with where the journal's chain ended when they were drawn up.
type Minutes struct {
	model.Minutes
	At   model.Stamp
	Head Head
}

// Minutes draws up what a meeting came to, from the journal between its two signatures; of one that is still held, up to
// now. The journal is read back to where the meeting began, some two hundred thousand entries in a second.
// When the council has held no such meeting, the error is a *model.Error.
func (s *Store) Minutes(ctx context.Context, region model.RegionCode, number int) (m Minutes, err error) {
	m.At = model.StampOf(s.opts.Now())
	if m.Head, err = s.Head(ctx); err != nil {
		return m, err
	}
	meetings, err := s.Meetings(ctx, region, math.MaxInt)
	if err != nil {
		return m, err
	}
	held, err := model.Held(meetings, region, number)
	if err != nil {
		return m, err
	}
	events, err := s.sat(ctx, held)
	if err != nil {
		return m, err
	}
	board := s.Board()
	m.Minutes = model.MinutesOf(held, events, func(id model.EffortID) *model.Effort {
		if e := board.Effort(id); e != nil {
			return e
		}
		e, no := s.Effort(ctx, string(id)) // it has ended
		if no != nil && !model.Is(no, model.UnknownEffort) {
			err = no
		}
		return e
	})
	return m, err
}

// sat are the journal's events between the two signatures of a meeting, oldest first. It is told by the entries
// themselves: clocks that were set meanwhile change nothing.
func (s *Store) sat(ctx context.Context, m model.Meeting) (events []model.Event, err error) {
	q := Query{Newest: true, Limit: journalPage}
	ended := m.Ended.At == 0
	for {
		page, err := s.Journal(ctx, q)
		if err != nil {
			return nil, err
		}
		for i := range page {
			of := signs(&page[i].Event, m)
			if of.Begun.At != 0 {
				slices.Reverse(events)
				return events, nil
			}
			if ended {
				events = append(events, page[i].Event)
			}
			ended = ended || of.Ended.At != 0
		}
		if len(page) < q.Limit {
			slices.Reverse(events)
			return events, nil
		}
		q.Before = page[len(page)-1].Seq
	}
}

// signs is what an event signs of a meeting.
func signs(ev *model.Event, m model.Meeting) (of model.Meeting) {
	if ev.Action != model.ActMeeting {
		return of
	}
	for _, e := range ev.Entries() {
		if more, ok := e.Meeting(); ok && more.Region == m.Region && more.Number == m.Number {
			of.Take(e)
		}
	}
	return of
}
