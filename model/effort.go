package model

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// EffortID names an effort for ever: region, year, running number, as in SYD-2026-014. Numbers are never reused.
type EffortID string

// NewEffortID returns the id of the n-th effort of a region in a year.
func NewEffortID(region RegionCode, year, n int) EffortID {
	return EffortID(fmt.Sprintf("%s-%04d-%03d", region, year, n))
}

// Parts returns region, year and number, which has at most nine digits; ok is false when the text is not
// shaped like an id. It does not know which regions there are.
func (id EffortID) Parts() (region RegionCode, year, n int, ok bool) {
	p := strings.Split(string(id), "-")
	if len(p) != 3 || len(p[1]) != 4 || len(p[2]) < 3 || len(p[2]) > 9 {
		return "", 0, 0, false
	}
	year, err := strconv.Atoi(p[1])
	if err != nil || year < 1900 {
		return "", 0, 0, false
	}
	n, err = strconv.Atoi(p[2])
	if err != nil || n < 1 || fmt.Sprintf("%03d", n) != p[2] {
		return "", 0, 0, false
	}
	return RegionCode(p[0]), year, n, p[0] != ""
}

// Priorities run from 1, the highest, to 3; a new effort has PriorityNormal.
const (
	PriorityHigh   = 1
	PriorityNormal = 2
	PriorityLow    = 3
)

// Effort is a joint effort (insats): several agencies on one task, in a region or nationally. An
// Effort that a Board or Decide has seen is never changed again; Apply makes a new one.
type Effort struct {
	ID       EffortID
	Codename string
	Title    string
	// Region is where it was decided: a council's region, or RegionNational.
	Region RegionCode
	// Touches are the regions of a national effort; nil for a regional one, see Regions.
	Touches []RegionCode
	Focus   FocusCode
	Area    string
	Crime   string
	// Reason is why it was last rejected or made dormant; Outcome the line it was closed with.
	Reason, Outcome string
	Decision        *Decision
	Assignments     []Assignment
	Partners        []string
	*Followup
	// Ended is when it stopped being open; zero while it is, and when an imported list did not say.
	Created, Updated, Ended Stamp
	// UpdatedBy is who made the last change.
	UpdatedBy OfficerID
	Review    Day
	// Version counts the events that have changed the effort, from 1.
	Version uint32
	// Notes counts the notes; their texts are in the journal.
	Notes uint32
	// Serial is the highest number given to a note, measure, hours or outcome, so that none is given twice.
	Serial   uint32
	Status   Status
	Kind     Kind
	Level    Level
	Priority uint8
}

// Decision is by whom, when and under which reference an effort was decided.
type Decision struct {
	Decider   string
	Date      Day
	Reference string
}

// Followup is what an effort has led to. It is nil until there is something, as for most efforts.
type Followup struct {
	Measures []Measure
	Hours    []Hours
	Outcomes []Outcome
}

// Measure is one thing done, by type.
type Measure struct {
	N    uint32
	Type MeasureType
	Text string
	At   Stamp
	By   OfficerID
}

// Hours are what one agency put in on one day, in hundredths of an hour; negative for a correction.
type Hours struct {
	N      uint32
	Agency AgencyCode
	Centi  int32
	Date   Day
	By     OfficerID
}

// Outcome is one result by a measure of the yearly report; Milli is in thousandths of the measure's unit, negative for a
// correction. Agency is whose result it is, "" when that is not known, as in older and in imported lists.
type Outcome struct {
	N       uint32
	Agency  AgencyCode
	Measure OutcomeCode
	Milli   int64
	Date    Day
	By      OfficerID
}

// Note is a line somebody wrote on an effort. Notes are kept beside the effort and read on demand.
type Note struct {
	N    uint32
	Text string
	At   Stamp
	By   OfficerID
	// Important: everybody is to see it, see Board.Important.
	Important bool
}

// Regions are all regions whose boards show the effort.
func (e *Effort) Regions() []RegionCode {
	if e.Level == National {
		return e.Touches
	}
	return []RegionCode{e.Region}
}

// In reports whether the effort shows on the region's board.
func (e *Effort) In(region RegionCode) bool {
	return e.Region == region || e.Level == National && slices.Contains(e.Touches, region)
}

// Open reports whether the effort is alive.
func (e *Effort) Open() bool { return e.Status.Open() }

// Assignment returns the agency's part; its State is zero when it has none.
func (e *Effort) Assignment(agency AgencyCode) Assignment {
	for i := range e.Assignments {
		if e.Assignments[i].Agency == agency {
			return e.Assignments[i]
		}
	}
	return Assignment{Agency: agency}
}

// Lead returns the leading agency, "" when there is none.
func (e *Effort) Lead() AgencyCode {
	for i := range e.Assignments {
		if e.Assignments[i].Lead {
			return e.Assignments[i].Agency
		}
	}
	return ""
}

// Count returns how many agencies are in the state.
func (e *Effort) Count(state State) (n int) {
	for i := range e.Assignments {
		if e.Assignments[i].State == state {
			n++
		}
	}
	return n
}

// Waiting reports whether the effort waits for somebody: an agency has been asked, or a council is to
// take up or decide a proposal.
func (e *Effort) Waiting() bool {
	return e.Status == Proposed || e.Status == Preparing || e.Open() && e.Count(Asked) > 0
}

// Concerns reports whether an agency is asked or takes part: whether the effort is one of its own.
func (e *Effort) Concerns(agency AgencyCode) bool {
	s := e.Assignment(agency).State
	return s == Asked || s == Accepted
}

// Measured returns how many measures of each type there are, indexed by MeasureType.
func (e *Effort) Measured() (n [Administrative + 1]int) {
	if e.Followup != nil {
		for _, m := range e.Measures {
			n[m.Type]++
		}
	}
	return n
}

// Worked is what corrections leave of the hours that an agency has logged for days of a year, in hundredths.
func (e *Effort) Worked(agency AgencyCode, year int) (centi int64) {
	if e.Followup != nil {
		for _, h := range e.Hours {
			if h.Agency == agency && h.Date.Year() == year {
				centi += int64(h.Centi)
			}
		}
	}
	return centi
}

// Achieved is what corrections leave of a measure's outcomes, whose ever they are, in thousandths of its unit.
func (e *Effort) Achieved(measure OutcomeCode) (milli int64) {
	if e.Followup != nil {
		for _, o := range e.Outcomes {
			if o.Measure == measure {
				milli += o.Milli
			}
		}
	}
	return milli
}

// AchievedBy is what of it one agency, or none, has achieved on days of a year.
func (e *Effort) AchievedBy(measure OutcomeCode, agency AgencyCode, year int) (milli int64) {
	if e.Followup != nil {
		for _, o := range e.Outcomes {
			if o.Measure == measure && o.Agency == agency && o.Date.Year() == year {
				milli += o.Milli
			}
		}
	}
	return milli
}

// Folded returns what a bare search word is looked for in: id, codename, title, area and crime type,
// without regard to case or diacritics. It is made anew each time: of a hundred thousand efforts these texts would be
// a fifth of all memory, and mostly nobody searches.
func (e *Effort) Folded() string { return string(e.appendFolded(make([]byte, 0, 128))) }

func (e *Effort) appendFolded(b []byte) []byte {
	begin := len(b)
	for _, s := range [...]string{string(e.ID), e.Codename, e.Title, e.Area, e.Crime} {
		before := len(b)
		if before > begin {
			b = append(b, ' ')
		}
		after := len(b)
		if b = appendFold(b, s); len(b) == after { // nothing of it is left
			b = b[:before]
		}
	}
	return b
}

// Clone returns a copy whose slices are its own.
func (e *Effort) Clone() *Effort {
	c := *e
	c.Touches = slices.Clone(e.Touches)
	c.Assignments = slices.Clone(e.Assignments)
	c.Partners = slices.Clone(e.Partners)
	if e.Decision != nil {
		d := *e.Decision
		c.Decision = &d
	}
	if e.Followup != nil {
		c.Followup = &Followup{slices.Clone(e.Measures), slices.Clone(e.Hours), slices.Clone(e.Outcomes)}
	}
	return &c
}

// Before is the order of cards: priority, then the newest first, then the id.
func (e *Effort) Before(o *Effort) int {
	switch {
	case e.Priority != o.Priority:
		return int(e.Priority) - int(o.Priority)
	case e.Created != o.Created:
		if e.Created > o.Created {
			return -1
		}
		return 1
	}
	return strings.Compare(string(e.ID), string(o.ID))
}

// Name is what people call the effort: its codename, or its id while it has none.
func (e *Effort) Name() string {
	if e.Codename != "" {
		return e.Codename
	}
	return string(e.ID)
}
