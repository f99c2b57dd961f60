package model

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Shift is what an officer is to know who sits down at the desk of a region, or leaves it: what others have changed,
// what waits and what is late, and what comes next.
type Shift struct {
	Region RegionCode
	Since  Stamp
	// Important are the important notes of the desk's efforts since, whoever wrote them, the newest first; an effort that has
	// ended since is among them.
	Important []Urgent
	// Changed are the efforts that others have changed since, each once, the newest first.
	Changed []Changing
	// Waiting is the officer's inbox at this desk, without what is late. Overdue is what is late at the desk, whoever it
	// waits for, without what the officer has put aside.
	Waiting, Overdue []Waiting
	// Next are the reviews, and what is put aside and comes back, within ShiftAhead days.
	Next []Coming
}

// Urgent is an important note and the effort it is on.
type Urgent struct {
	Effort *Effort
	Note
}

// Changing is one effort and what has become of it: each thing once, from what it was to what it is.
type Changing struct {
	Effort *Effort
	// At and By are of the last change; Others are how many more officers have changed it.
	At     Stamp
	By     OfficerID
	Others int
	by     []OfficerID
	// Event has the changes in sum, as the journal writes them.
	Event Event
}

// Coming is something that comes on a day: a review (Why is WaitReview), or what was put aside.
type Coming struct {
	Waiting
	Day Day
}

// ShiftAhead is how many days a shift looks ahead.
const ShiftAhead = 7

// ShiftLong is how long back a shift looks for an officer who has signed none: a day.
const ShiftLong = 24 * time.Hour

// At reports whether an effort is the desk's: one that shows in its region. The country's desk has all.
func (r RegionCode) At(e *Effort) bool { return r == RegionNational || e.In(r) }

// ShiftOf sums up a shift at the desk of a region. Events are the journal's since then, in their order; effort finds one
// by id, nil for one that is no more.
func ShiftOf(b *Board, actor Actor, region RegionCode, since Stamp, today Day, events []Event, effort func(EffortID) *Effort) Shift {
	s := Shift{Region: region, Since: since}
	of := map[EffortID]int{}
	for i := range events {
		ev := &events[i]
		if ev.Effort == "" || ev.Officer == actor.Officer || ev.At < since {
			continue
		}
		at, known := of[ev.Effort]
		if !known {
			e := effort(ev.Effort)
			at = len(s.Changed)
			if e == nil || !region.At(e) {
				at = -1
			} else {
				s.Changed = append(s.Changed, Changing{Effort: e, Event: Event{Effort: e.ID, Action: ev.Action}})
			}
			of[ev.Effort] = at
		}
		if at >= 0 {
			s.Changed[at].take(ev)
		}
	}
	s.Changed = slices.DeleteFunc(s.Changed, func(c Changing) bool { return len(c.Event.Changes) == 0 })
	slices.SortStableFunc(s.Changed, func(a, b Changing) int { return cmp.Compare(b.At, a.At) })
	s.remember(events, effort)
	s.look(b, NewInbox(actor), today)
	return s
}

// remember takes the important notes that were written since and still stand.
func (s *Shift) remember(events []Event, effort func(EffortID) *Effort) {
	for i := range events {
		if events[i].At < s.Since {
			continue
		}
		for _, n := range events[i].ImportantNotes() {
			s.Important = slices.DeleteFunc(s.Important, func(u Urgent) bool { return u.Effort.ID == n.Effort && u.N == n.N })
			if e := effort(n.Effort); n.Text != "" && e != nil && s.Region.At(e) {
				s.Important = append(s.Important, Urgent{e, n.Note})
			}
		}
	}
	slices.Reverse(s.Important)
}

// take adds an event: of each field stands what it was at first and what it is at last, and nothing when that is the same.
func (c *Changing) take(ev *Event) {
	if !slices.Contains(c.by, ev.Officer) {
		c.by = append(c.by, ev.Officer)
	}
	c.At, c.By, c.Others = ev.At, ev.Officer, len(c.by)-1
	c.Event.At, c.Event.Officer, c.Event.Agency = ev.At, ev.Officer, ev.Agency
	for _, x := range ev.Changes {
		if x.Field.Quiet() {
			continue
		}
		i := slices.IndexFunc(c.Event.Changes, func(y Change) bool { return y.Field == x.Field })
		if i < 0 {
			c.Event.Changes = append(c.Event.Changes, x)
			continue
		}
		if c.Event.Changes[i].New = x.New; c.Event.Changes[i].Old == x.New {
			c.Event.Changes = slices.Delete(c.Event.Changes, i, i+1)
		}
	}
}

// late adds what is late, unless it is there already, waits for the officer to answer, or was put aside.
func (s *Shift) late(w Waiting, in *Inbox, today Day) {
	known := func(x Waiting) bool {
		return x.Effort == w.Effort && x.Agency == w.Agency && (x.Why == w.Why || x.Why == WaitRequest)
	}
	if in.aside.until(&w, today) == 0 && !slices.ContainsFunc(s.Overdue, known) && !slices.ContainsFunc(s.Waiting, known) {
		s.Overdue = append(s.Overdue, w)
	}
}

// look takes what waits, what is late and what comes from the board.
func (s *Shift) look(b *Board, in *Inbox, today Day) {
	lines, _ := in.Lines(b, today)
	for _, w := range lines {
		switch {
		case !s.Region.At(w.Effort):
		case w.Why == WaitReview || w.Why == WaitUnanswered:
			s.Overdue = append(s.Overdue, w)
		default:
			s.Waiting = append(s.Waiting, w)
		}
	}
	for e := range b.All() {
		if !s.Region.At(e) {
			continue
		}
		review := Waiting{Effort: e, Why: WaitReview, Since: e.Review.Stamp()}
		if overdue(e, today) {
			s.late(review, in, today)
		}
		for i := range e.Assignments {
			if a := &e.Assignments[i]; a.State == Asked && a.late(today, b.cat.Unanswered) {
				s.late(Waiting{Effort: e, Why: WaitUnanswered, Agency: a.Agency, Since: a.Since}, in, today)
			}
		}
		if e.Review >= today && e.Review <= today+ShiftAhead {
			s.Next = append(s.Next, Coming{review, e.Review})
		}
		in.each(e, func(w *Waiting) {
			if day := in.aside.until(w, today); day != 0 && day <= today+ShiftAhead {
				s.Next = append(s.Next, Coming{*w, day})
			}
		})
	}
	slices.SortStableFunc(s.Overdue, func(x, y Waiting) int { return x.before(y) })
	slices.SortFunc(s.Next, func(x, y Coming) int {
		return cmp.Or(cmp.Compare(x.Day, y.Day), strings.Compare(string(x.Effort.ID), string(y.Effort.ID)), x.before(y.Waiting))
	})
}
