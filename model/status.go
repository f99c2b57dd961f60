package model

import "slices"

// Status is where an effort stands in its life.
type Status uint8

// The statuses, in the order of a life.
const (
	Proposed Status = iota + 1
	Preparing
	Decided
	Active
	Dormant
	Closed
	FollowedUp
	Rejected
)

var statusNames = []string{"", "proposed", "preparing", "decided", "active", "dormant", "closed", "followed_up", "rejected"}

// Statuses are all statuses.
func Statuses() []Status {
	return []Status{Proposed, Preparing, Decided, Active, Dormant, Closed, FollowedUp, Rejected}
}

func (s Status) String() string               { return enumString(s, statusNames) }
func (s Status) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the stable name.
func (s *Status) UnmarshalText(b []byte) (err error) {
	*s, err = unmarshalEnum[Status](b, statusNames, "status")
	return err
}

// Open reports whether an effort of this status is alive: not closed, followed up or rejected.
func (s Status) Open() bool { return s >= Proposed && s <= Dormant }

// Next are the statuses that may follow, in the order they are offered. A decided effort that never
// starts can still be rejected; what has been active is closed instead, so that it leaves an outcome.
func (s Status) Next() []Status {
	switch s {
	case Proposed:
		return []Status{Preparing, Rejected}
	case Preparing:
		return []Status{Decided, Rejected}
	case Decided:
		return []Status{Active, Rejected}
	case Active:
		return []Status{Dormant, Closed}
	case Dormant:
		return []Status{Active, Closed}
	case Closed:
		return []Status{FollowedUp}
	}
	return nil
}

// Leads reports whether to may follow s.
func (s Status) Leads(to Status) bool { return slices.Contains(s.Next(), to) }

// Needs are the fields that must be there when an effort takes this status: a decision is traceable,
// a rejected or dormant effort says why, a closed one what came of it.
func (s Status) Needs() []Field {
	switch s {
	case Decided:
		return []Field{FieldDecider, FieldDecided, FieldReference}
	case Rejected, Dormant:
		return []Field{FieldReason}
	case Closed, FollowedUp:
		return []Field{FieldOutcome}
	}
	return nil
}
