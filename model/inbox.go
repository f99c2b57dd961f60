package model

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// Wait says why something waits for an officer.
type Wait uint8

// The reasons, in the order of an inbox.
const (
	// WaitRequest: the own agency is asked.
	WaitRequest Wait = iota + 1
	// WaitProposal: a proposal is to be taken up, or decided.
	WaitProposal
	// WaitReview: the day of review has passed.
	WaitReview
	// WaitLead: nobody leads.
	WaitLead
	// WaitUnanswered: another agency has been asked for longer than the deadline.
	WaitUnanswered
	// WaitSilent: nothing has changed for longer than the deadline.
	WaitSilent
	// WaitAlone: one agency takes part or is asked, and no other.
	WaitAlone
	// WaitReference: what is decided lacks the reference of its decision, as its list did.
	WaitReference
)

var waitNames = []string{"", "request", "proposal", "review_overdue", "no_lead", "unanswered", "silent", "single_agency", "no_reference"}

func (w Wait) String() string               { return enumString(w, waitNames) }
func (w Wait) MarshalText() ([]byte, error) { return []byte(w.String()), nil }

// Waits are all reasons.
func Waits() []Wait {
	return []Wait{WaitRequest, WaitProposal, WaitReview, WaitLead, WaitUnanswered, WaitSilent, WaitAlone, WaitReference}
}

// Waiting is one line of an inbox: one thing that waits for one officer.
type Waiting struct {
	Effort *Effort
	Why    Wait
	// Agency is the one that is asked, or alone; "" where none is meant.
	Agency AgencyCode
	Since  Stamp
	// Until is the day on which it comes back when it is put aside, else 0.
	Until Day
	// Also are further reasons, which a proposal has and nobody needs a line of its own for.
	Also []Wait
}

// Key names the thing.
func (w *Waiting) Key() WaitKey { return WaitKey{w.Effort.ID, w.Why, w.Agency, w.Since} }

// Inbox is what waits for one officer on one board after the other. It is not for several goroutines.
//
// A request waits for the officers of the agency; those who have regions of their own leave the other regions' to
// colleagues who sit there. All else waits for whoever can mend it: coordinators and national officers in their
// regions (a national officer without any has all), and a liaison where the own agency leads or, while nobody does,
// takes part.
type Inbox struct {
	actor Actor
	// elsewhere are the regions in which a colleague of the own agency sits.
	elsewhere map[RegionCode]bool

	cat    *Catalogue
	today  Day
	aside  *asides
	counts map[*cell]InboxCount
	lines  map[*cell][]Waiting
	line   Waiting // of each
}

// InboxCount is how many lines an inbox has, and how many of them are requests to the own agency.
type InboxCount struct{ All, Requests int }

// NewInbox returns the inbox of an officer.
func NewInbox(actor Actor) *Inbox { return &Inbox{actor: actor} }

// Count counts the lines. Only cells that have changed since it was last asked are looked through.
func (in *Inbox) Count(b *Board, today Day) (sum InboxCount) {
	in.prepare(b, today)
	counts := make(map[*cell]InboxCount, len(b.cells))
	for _, c := range b.cells {
		n, known := in.counts[c]
		if !known {
			for _, e := range c.efforts {
				in.each(e, func(w *Waiting) {
					if in.aside.until(w, today) != 0 {
						return
					}
					n.All++
					if w.Why == WaitRequest {
						n.Requests++
					}
				})
			}
		}
		counts[c] = n
		sum.All += n.All
		sum.Requests += n.Requests
	}
	in.counts = counts
	return sum
}

// Lines returns what waits, in the order of the reasons and then the longest first, and when the first of what is put
// aside comes back (0: nothing is). The caller must not change the slice.
func (in *Inbox) Lines(b *Board, today Day) (lines []Waiting, back Day) {
	all := in.sorted(b, today)
	if !slices.ContainsFunc(all, func(w Waiting) bool { return w.Until != 0 }) {
		return all, 0
	}
	for _, w := range all {
		if w.Until == 0 {
			lines = append(lines, w)
		} else if back == 0 || w.Until < back {
			back = w.Until
		}
	}
	return lines, back
}

// Aside returns what is put aside, what comes back first first.
func (in *Inbox) Aside(b *Board, today Day) (lines []Waiting) {
	for _, w := range in.sorted(b, today) {
		if w.Until != 0 {
			lines = append(lines, w)
		}
	}
	slices.SortStableFunc(lines, func(w, o Waiting) int { return cmp.Compare(w.Until, o.Until) })
	return lines
}

// sorted are all lines, put aside or not. Only cells that have changed since it was last asked are looked through.
func (in *Inbox) sorted(b *Board, today Day) []Waiting {
	in.prepare(b, today)
	known := make(map[*cell][]Waiting, len(b.cells))
	var parts [][]Waiting
	for _, c := range b.cells {
		lines, have := in.lines[c]
		if !have {
			for _, e := range c.efforts {
				in.each(e, func(w *Waiting) {
					w.Until = in.aside.until(w, today)
					lines = append(lines, *w)
				})
			}
			slices.SortFunc(lines, Waiting.before)
		}
		known[c] = lines
		if len(lines) > 0 {
			parts = append(parts, lines)
		}
	}
	in.lines = known
	for len(parts) > 1 {
		n := 0
		for i := 0; i < len(parts); i, n = i+2, n+1 {
			if parts[n] = parts[i]; i+1 < len(parts) {
				parts[n] = merged(parts[i], parts[i+1])
			}
		}
		parts = parts[:n]
	}
	if len(parts) == 0 {
		return nil
	}
	return parts[0]
}

// merged puts two sorted lists together.
func merged(a, b []Waiting) []Waiting {
	both := make([]Waiting, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if a[0].before(b[0]) <= 0 {
			both, a = append(both, a[0]), a[1:]
		} else {
			both, b = append(both, b[0]), b[1:]
		}
	}
	return append(append(both, a...), b...)
}

// before is the order of an inbox.
func (w Waiting) before(o Waiting) int {
	switch {
	case w.Why != o.Why:
		return cmp.Compare(w.Why, o.Why)
	case w.Since != o.Since:
		return cmp.Compare(w.Since, o.Since)
	case w.Effort.ID != o.Effort.ID:
		return strings.Compare(string(w.Effort.ID), string(o.Effort.ID))
	}
	return strings.Compare(string(w.Agency), string(o.Agency))
}

// prepare forgets what was counted and listed before when it no longer holds.
func (in *Inbox) prepare(b *Board, today Day) {
	aside := b.aside[in.actor.Officer]
	if in.cat != b.cat || in.today != today || in.aside != aside {
		in.counts, in.lines = nil, nil
	}
	if in.cat != b.cat {
		in.elsewhere = map[RegionCode]bool{}
		for _, o := range b.cat.Officers {
			if o.ID != in.actor.Officer && o.Agency == in.actor.Agency && o.Role != Viewer {
				for _, r := range o.Regions {
					in.elsewhere[r] = true
				}
			}
		}
	}
	in.cat, in.today, in.aside = b.cat, today, aside
}

// each calls fn for everything on an effort that waits for the officer, put aside or not. The next call changes what
// fn was given.
func (in *Inbox) each(e *Effort, fn func(*Waiting)) {
	if in.actor.Role <= Viewer || !e.Open() { // a filter by status shows what has ended too
		return
	}
	w := &in.line
	*w = Waiting{Effort: e}
	minds := in.minds(e)
	for i := range e.Assignments {
		switch a := &e.Assignments[i]; {
		case a.State != Asked:
		case a.Agency == in.actor.Agency && in.answers(e):
			fn(w.as(WaitRequest, a.Agency, a.Since))
		case minds && a.late(in.today, in.cat.Unanswered):
			fn(w.as(WaitUnanswered, a.Agency, a.Since))
		}
	}
	if !minds {
		return
	}
	in.joins(e, fn)
	if overdue(e, in.today) {
		fn(w.as(WaitReview, "", e.Review.Stamp()))
	}
	if in.cat.Silent > 0 && silent(e, in.today, in.cat.Silent) {
		fn(w.as(WaitSilent, "", e.Updated))
	}
	if e.Status >= Decided && (e.Decision == nil || e.Decision.Reference == "") {
		fn(w.as(WaitReference, "", e.Created))
	}
}

// as is the same effort's line for another reason.
func (w *Waiting) as(why Wait, agency AgencyCode, since Stamp) *Waiting {
	w.Why, w.Agency, w.Since, w.Until = why, agency, since, 0
	return w
}

// joins calls fn for what an effort lacks to be joint. A proposal may lack it yet: it waits for who decides, who is told
// in the same line.
func (in *Inbox) joins(e *Effort, fn func(*Waiting)) {
	w, alone := &in.line, e.Alone()
	if e.Status > Preparing {
		if e.Lead() == "" {
			fn(w.as(WaitLead, "", e.settled()))
		}
		if alone != "" {
			fn(w.as(WaitAlone, alone, e.settled()))
		}
		return
	}
	if in.actor.Role.Scope(RightStatus) == Nowhere {
		return
	}
	switch lacks := e.Lead() == ""; {
	case lacks && alone != "":
		w.Also = []Wait{WaitLead, WaitAlone}
	case lacks:
		w.Also = []Wait{WaitLead}
	case alone != "":
		w.Also = []Wait{WaitAlone}
	}
	fn(w.as(WaitProposal, "", e.Created))
	w.Also = nil
}

// answers reports whether a request to the own agency is the officer's to answer.
func (in *Inbox) answers(e *Effort) bool {
	if len(in.actor.Regions) == 0 || slices.ContainsFunc(in.actor.Regions, e.In) {
		return true
	}
	for r := range in.elsewhere {
		if e.In(r) {
			return false
		}
	}
	return true
}

// minds reports whether what is wrong with an effort is the officer's to mend.
func (in *Inbox) minds(e *Effort) bool {
	a := &in.actor
	here := slices.Contains(a.Regions, e.Region)
	switch a.Role {
	case NationalRole:
		return here || len(a.Regions) == 0
	case Coordinator:
		return here
	}
	lead := e.Lead()
	return here && a.Agency != "" && (lead == a.Agency || lead == "" && e.Assignment(a.Agency).State == Accepted)
}

// Alone returns the one agency that takes part or is asked, "" when there are none or several.
func (e *Effort) Alone() (agency AgencyCode) {
	for i := range e.Assignments {
		if a := &e.Assignments[i]; a.State == Asked || a.State == Accepted {
			if agency != "" {
				return ""
			}
			agency = a.Agency
		}
	}
	return agency
}

// settled is since when the agencies stand as they do.
func (e *Effort) settled() Stamp {
	at := e.Created
	for i := range e.Assignments {
		at = max(at, e.Assignments[i].Since)
	}
	return at
}

// asides are what one officer has put aside; they are never changed.
type asides struct {
	things map[Field]Aside
}

// until is the day on which a thing comes back that is put aside, 0 when it is not, or waits anew.
func (a *asides) until(w *Waiting, today Day) Day {
	if a == nil {
		return 0
	}
	key := w.Key()
	if aside := a.things[key.entry("").Field]; today < aside.Until && w.Since <= aside.Since {
		return aside.Until
	}
	return 0
}

// putAside returns what officers have put aside after some entries.
func putAside(was map[OfficerID]*asides, entries []Entry) map[OfficerID]*asides {
	by, own := maps.Clone(was), map[OfficerID]bool{}
	if by == nil {
		by = map[OfficerID]*asides{}
	}
	for _, e := range entries {
		if !own[e.Officer] {
			n := &asides{map[Field]Aside{}}
			if old := by[e.Officer]; old != nil {
				n.things = maps.Clone(old.things)
			}
			by[e.Officer], own[e.Officer] = n, true
		}
		if aside, err := ParseAside(e.Value); err == nil && aside.Until != 0 {
			by[e.Officer].things[e.Field] = aside
		} else {
			delete(by[e.Officer].things, e.Field)
		}
	}
	return by
}
