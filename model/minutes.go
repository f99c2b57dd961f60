package model

import (
	"slices"
	"strconv"
)

// Minutes are what a meeting came to, as the journal has it.
type Minutes struct {
	Meeting
	// Matters are those of the agenda in its order, and then what else was dealt with.
	Matters []Matter
}

// Matter is one effort in the minutes.
type Matter struct {
	ID EffortID
	// Effort is as it is now, nil for one that is no more.
	Effort *Effort
	// Changing is what became of it while the council sat: each thing once, from what it was to what it was then.
	Changing
	// Adjourned: it was put off to the next meeting.
	Adjourned bool
	// Beside: it was not on the agenda.
	Beside bool
}

// Result is what a matter came to.
type Result string

// The results. Those of a status are called like it.
const (
	Untouched Result = "untouched"
	PutOff    Result = "adjourned"
	Reviewed  Result = "reviewed"
	Discussed Result = "discussed"
)

// Result says what the matter came to: where its status went, that it was put off or has a new day of review, that
// something else was written down, or nothing.
func (m *Matter) Result() Result {
	if m.Adjourned {
		return PutOff
	}
	result := Untouched
	for _, c := range m.Event.Changes {
		switch {
		case c.Field == FieldStatus:
			return Result(c.New)
		case c.Field == FieldReview:
			result = Reviewed
		case result == Untouched:
			result = Discussed
		}
	}
	return result
}

// Results are all results, in the order of a summary.
func Results() (all []Result) {
	for _, s := range []Status{Decided, Active, Preparing, Proposed, Dormant, Closed, FollowedUp, Rejected} {
		all = append(all, Result(s.String()))
	}
	return append(all, Reviewed, Discussed, PutOff, Untouched)
}

// Held returns one of a council's meetings, the newest first, by its number; 0 is the last.
func Held(meetings []Meeting, region RegionCode, number int) (Meeting, error) {
	for _, m := range meetings {
		if number == 0 || m.Number == number {
			return m, nil
		}
	}
	return Meeting{}, notFound(NoMinutes, "region", string(region), "number", strconv.Itoa(number))
}

// MinutesOf sums a meeting up from the journal's events of the time in which the council sat, in their order: what
// anybody did to an effort of the agenda, and what else the officers who opened and closed the meeting did to the
// council's efforts. effort finds one by id, nil for one that is no more.
func MinutesOf(m Meeting, events []Event, effort func(EffortID) *Effort) Minutes {
	n := Minutes{Meeting: m}
	of := map[EffortID]int{}
	matter := func(id EffortID, beside bool) *Matter {
		at, known := of[id]
		if !known {
			at = len(n.Matters)
			e := effort(id)
			n.Matters = append(n.Matters, Matter{ID: id, Effort: e, Changing: Changing{Effort: e, Event: Event{Effort: id}}, Beside: beside})
			of[id] = at
		}
		return &n.Matters[at]
	}
	for _, id := range m.Agenda {
		matter(id, false)
	}
	for i := range events {
		ev := &events[i]
		for _, e := range ev.Entries() {
			if a, ok := e.Adjourned(); ok {
				if e := effort(a.Effort); e != nil && e.Region == m.Region {
					matter(a.Effort, true).Adjourned = a.Number == m.Number
				}
			}
		}
		if ev.Effort == "" {
			continue
		}
		if _, known := of[ev.Effort]; !known {
			holds := ev.Officer == m.Begun.Officer || ev.Officer == m.Ended.Officer
			if e := effort(ev.Effort); !holds || e == nil || e.Region != m.Region {
				continue
			}
		}
		x := matter(ev.Effort, true)
		if x.Event.Action == "" {
			x.Event.Action = ev.Action // as whoever began with it
		}
		x.take(ev)
	}
	n.Matters = slices.DeleteFunc(n.Matters, func(x Matter) bool { return x.Beside && x.Result() == Untouched })
	return n
}
