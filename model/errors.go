package model

import (
	"errors"
	"slices"
	"strings"
)

// Fault says what sort of no a command got; the exit code and the colour follow from it.
type Fault uint8

// The faults.
const (
	Invalid   Fault = iota + 1 // the input is wrong in itself
	NotFound                   // it names something that does not exist
	Refused                    // a rule of the domain forbids it
	Conflict                   // somebody else has changed the same thing
	Forbidden                  // the officer's role does not allow it
)

// Why is the exact reason of a no. Each has a sentence in every language in ui/text that says what would
// make it possible; the names in braces there are the keys of Error.Args.
type Why string

// The reasons.
const (
	BadText          Why = "bad_text"          // field; wraps the *TextError
	BadDate          Why = "bad_date"          // value
	BadNumber        Why = "bad_number"        // field, value
	UnknownValue     Why = "unknown_value"     // field, value, near
	Twice            Why = "twice"             // field, value; row for a codename that a row above has
	UnknownField     Why = "unknown_field"     // field
	Missing          Why = "missing"           // field
	UnknownEffort    Why = "unknown_effort"    // effort, near
	UnknownAgency    Why = "unknown_agency"    // agency, near
	NotMember        Why = "not_member"        // agency, day
	NotCurrent       Why = "not_current"       // field, value, day
	UnknownPartner   Why = "unknown_partner"   // partner, region, near
	UnknownFilter    Why = "unknown_filter"    // name, near
	LinkSelf         Why = "link_self"         // effort
	NoLink           Why = "no_link"           // effort, other
	PartnerListed    Why = "partner_listed"    // partner, region
	PartnerName      Why = "partner_name"      // partner
	PartnerAgency    Why = "partner_agency"    // partner, agency
	NotDecided       Why = "not_decided"       // effort, status
	CodenameTaken    Why = "codename_taken"    // codename, effort
	IDTaken          Why = "id_taken"          // effort
	NoArrow          Why = "no_arrow"          // effort, from, to, next
	StatusNeeds      Why = "status_needs"      // effort, to, field
	DateAhead        Why = "date_ahead"        // field, value
	DatePast         Why = "date_past"         // value
	HoursReason      Why = "hours_reason"      // effort, agency
	OutcomeReason    Why = "outcome_reason"    // effort
	HoursLeft        Why = "hours_left"        // effort, agency, most, year
	HoursElsewhere   Why = "hours_elsewhere"   // effort, agency, most, year, left, there, day
	OutcomeLeft      Why = "outcome_left"      // effort, agency, most, unit, year
	OutcomeElsewhere Why = "outcome_elsewhere" // effort, agency, most, unit, year, left, there, whose, day
	TooMuch          Why = "too_much"          // amount, most, unit
	TooFine          Why = "too_fine"          // amount, decimals, low, high, unit
	BadAmount        Why = "bad_amount"        // value, unit
	TwoWays          Why = "two_ways"          // value, low, high, unit
	Ungrouped        Why = "ungrouped"         // value, high, unit
	WrongUnit        Why = "wrong_unit"        // value, unit
	LooseWords       Why = "loose_words"       // value
	FigureOrDay      Why = "figure_or_day"     // value
	GivenTwice       Why = "given_twice"       // value
	NotJoint         Why = "not_joint"         // effort, lead, accepted
	LeadNotAccepted  Why = "lead_not_accepted" // effort, agency, state
	TwoLeads         Why = "two_leads"         // effort, agency, lead
	NotAsked         Why = "not_asked"         // effort, agency, state
	NotTaking        Why = "not_taking"        // effort, agency, state
	DeclineReason    Why = "decline_reason"    // effort, agency
	ReleaseReason    Why = "release_reason"    // effort, agency
	EffortClosed     Why = "effort_closed"     // effort, status
	LevelRegion      Why = "level_region"      // level, region
	RegionsNational  Why = "regions_national"  // effort
	EndedOpen        Why = "ended_open"        // status
	EndedEarly       Why = "ended_early"       // created
	TooLarge         Why = "too_large"         // effort
	Changed          Why = "changed"           // effort, field, mine, theirs, officer, at
	NoHandover       Why = "no_handover"       // region, number
	HandoverOwn      Why = "handover_own"      // region, number
	HandoverTaken    Why = "handover_taken"    // region, number, officer, at
	MeetingOpen      Why = "meeting_open"      // region, number, officer, at
	NoMeeting        Why = "no_meeting"        // region
	NoMinutes        Why = "no_minutes"        // region, number
	OtherCouncil     Why = "other_council"     // effort, region
	AgendaLong       Why = "agenda_long"       // n, max
	NothingToUndo    Why = "nothing_to_undo"   // officer
	NothingToRedo    Why = "nothing_to_redo"   // officer
	UndoOther        Why = "undo_other"        // officer
	UndoImport       Why = "undo_import"       //
	UndoChanged      Why = "undo_changed"      // effort, field, theirs, officer, at
	ReadOnly         Why = "read_only"         //
	InThePast        Why = "in_the_past"       // day
	BadMoment        Why = "bad_moment"        // value
	MomentAhead      Why = "moment_ahead"      // day
	NotRole          Why = "not_role"          // right, role, officer
	NotOwnAgency     Why = "not_own_agency"    // right, agency, own
	NotOwnRegion     Why = "not_own_region"    // right, region
	UnknownOfficer   Why = "unknown_officer"   // officer
	PINLength        Why = "pin_length"        // least, most
	PINWait          Why = "pin_wait"          // officer, at, seconds
	PINChanged       Why = "pin_changed"       // officer
	NoPIN            Why = "no_pin"            // officer
	NotOwnPIN        Why = "not_own_pin"       // officer
	BadPeriod        Why = "bad_period"        // value
	PeriodAhead      Why = "period_ahead"      // value
	BadFilter        Why = "bad_filter"        // word, near
	BadFilterValue   Why = "bad_filter_value"  // word, value, near
	FilterTwice      Why = "filter_twice"      // word, value
	NobodyCalled     Why = "nobody_called"     // value, near
)

// Whys are all reasons, for whoever must have a sentence for each.
func Whys() []Why {
	return []Why{BadText, BadDate, BadNumber, UnknownValue, Twice, UnknownField, Missing, UnknownEffort, UnknownAgency, NotMember, NotCurrent, UnknownPartner, UnknownFilter, LinkSelf, NoLink, PartnerListed, PartnerName, PartnerAgency, NotDecided,
		CodenameTaken, IDTaken, NoArrow, StatusNeeds, DateAhead, DatePast, HoursReason, OutcomeReason, HoursLeft, HoursElsewhere, OutcomeLeft, OutcomeElsewhere, TooMuch, TooFine, BadAmount, TwoWays, Ungrouped, WrongUnit, LooseWords, FigureOrDay, GivenTwice, NotJoint, LeadNotAccepted, TwoLeads, NotAsked, NotTaking,
		DeclineReason, ReleaseReason, EffortClosed, LevelRegion, RegionsNational, EndedOpen, EndedEarly, TooLarge, Changed, NothingToUndo, NothingToRedo, UndoOther, UndoImport,
		UndoChanged, ReadOnly, InThePast, BadMoment, MomentAhead, NotRole, NotOwnAgency, NotOwnRegion, UnknownOfficer, PINLength, PINWait, PINChanged, NoPIN, NotOwnPIN, NoHandover, HandoverOwn, HandoverTaken,
		MeetingOpen, NoMeeting, NoMinutes, OtherCouncil, AgendaLong,
		BadPeriod, PeriodAhead, BadFilter, BadFilterValue, FilterTwice, NobodyCalled}
}

// Error is a no: its fault, its reason, and what the sentence about it needs to name.
type Error struct {
	Fault Fault
	Why   Why
	// Args are the names and values of the sentence; which ones stand beside each Why.
	Args map[string]string
	// Diffs are what stands against the command when the fault is Conflict.
	Diffs []Diff
	// Err is the cause, a *TextError for BadText.
	Err error
}

// Diff is one thing that two people changed: what I want, what stands now, who did that and when.
type Diff struct {
	Field        Field
	Mine, Theirs string
	Officer      OfficerID
	At           Stamp
	Effort       EffortID
	// Base is what both began with, of a command that saw it, and Version the effort's as it stands with theirs.
	Base    string
	Version uint32
}

// Against are the diffs of a no, those of several commands together included; none when it is no conflict over what
// a command saw.
func Against(err error) (diffs []Diff) {
	var several Refusals
	var no *Error
	switch {
	case errors.As(err, &several):
		for _, r := range several {
			diffs = append(diffs, Against(r.Err)...)
		}
	case errors.As(err, &no) && no.Why == Changed:
		diffs = no.Diffs
	}
	return diffs
}

// Subjects are the Diffs with those together that are about the same thing of an effort, as an agency's state and mode.
func (e *Error) Subjects() (groups [][]Diff) { return Subjects(e.Diffs) }

// Subjects are diffs with those together that are about the same thing of an effort.
func Subjects(diffs []Diff) (groups [][]Diff) {
	for _, x := range diffs {
		i := slices.IndexFunc(groups, func(g []Diff) bool { return g[0].Effort == x.Effort && g[0].Field.Subject() == x.Field.Subject() })
		if i < 0 {
			groups = append(groups, nil)
			i = len(groups) - 1
		}
		groups[i] = append(groups[i], x)
	}
	return groups
}

// Error is the sentence for a log; people get theirs from ui/text.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(strings.ReplaceAll(string(e.Why), "_", " "))
	for _, k := range sortedKeys(e.Args) {
		b.WriteString(" " + k + "=" + e.Args[k])
	}
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	return b.String()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Is reports whether err is a no of this reason.
func Is(err error, why Why) bool {
	var e *Error
	return errors.As(err, &e) && e.Why == why
}

// FaultOf returns the fault of err, 0 when it is not a no.
func FaultOf(err error) Fault {
	var e *Error
	if errors.As(err, &e) {
		return e.Fault
	}
	return 0
}

func fault(f Fault, why Why, kv []string) *Error {
	e := &Error{Fault: f, Why: why, Args: make(map[string]string, len(kv)/2)}
	for i := 0; i+1 < len(kv); i += 2 {
		e.Args[kv[i]] = kv[i+1]
	}
	return e
}

func invalid(why Why, kv ...string) *Error   { return fault(Invalid, why, kv) }
func notFound(why Why, kv ...string) *Error  { return fault(NotFound, why, kv) }
func refused(why Why, kv ...string) *Error   { return fault(Refused, why, kv) }
func forbidden(why Why, kv ...string) *Error { return fault(Forbidden, why, kv) }
