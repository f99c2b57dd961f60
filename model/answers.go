package model

import (
	"cmp"
	"slices"
)

// Answers adds up from the journal how agencies answer what they are asked. It takes events one after the other,
// oldest first, and can go on at any time. What an undo takes back does not count, until it is done again.
type Answers struct {
	seq     uint64
	efforts map[EffortID]*asking
	// undoes is which event an undo or a redo is in the end about.
	undoes map[uint64]uint64
}

// AgencyAnswers is how one agency has answered.
type AgencyAnswers struct {
	Agency AgencyCode
	// Requests are what it was asked, each time anew, but for what was withdrawn before an answer; Answered are
	// those of them it has said yes or no to.
	Requests, Answered int
	// Median is the time to an answer in seconds, of the Timed answers of which it is known when they were asked for.
	Median int64
	Timed  int
	// Declines are why it said no, the most frequent first; those that came with an imported list are among them.
	Declines []Decline
	// Never are the regions of the day, the country included, where it was never asked and never took part.
	Never []RegionCode
}

// Decline is a reason for a no, as it was first written, and how often it was given; "" is none.
type Decline struct {
	Reason string
	Count  int
}

// asking is what the journal says of one effort: where it is, and what became of each agency's part.
type asking struct {
	region RegionCode
	parts  []*part
}

type part struct {
	agency AgencyCode
	reason string
	steps  []step
}

// step is one change of the state of an agency's part. An undo takes it off.
type step struct {
	seq    uint64
	at     Stamp
	region RegionCode
	reason string
	state  State
	// own: by the agency itself. imported: as a list had it, which does not say when anybody was asked.
	own, imported, off bool
}

// NewAnswers has seen nothing yet.
func NewAnswers() *Answers {
	return &Answers{efforts: map[EffortID]*asking{}, undoes: map[uint64]uint64{}}
}

// Seq is the last event taken, 0 for none.
func (a *Answers) Seq() uint64 { return a.seq }

// Take takes the next event; one that has been taken already changes nothing.
func (a *Answers) Take(ev *Event) {
	if ev.Seq <= a.seq {
		return
	}
	a.seq = ev.Seq
	if ev.Effort == "" {
		return
	}
	e := a.efforts[ev.Effort]
	if e == nil {
		e = &asking{}
		a.efforts[ev.Effort] = e
	}
	for _, c := range ev.Changes {
		switch group, key, aspect := c.Field.Parts(); {
		case c.Field == FieldRegion:
			e.region = RegionCode(c.New)
		case group == "agency" && aspect == "reason":
			e.part(AgencyCode(key)).reason = c.New
		}
	}
	if ev.Undoes != 0 {
		a.turn(e, ev)
		return
	}
	for _, c := range ev.Changes {
		group, key, aspect := c.Field.Parts()
		s := step{seq: ev.Seq, at: ev.At, region: e.region, own: ev.Agency == AgencyCode(key), imported: ev.Action == ActImport}
		if group != "agency" || aspect != "state" || s.state.UnmarshalText([]byte(c.New)) != nil {
			continue
		}
		p := e.part(AgencyCode(key))
		s.reason = p.reason
		p.steps = append(p.steps, s)
	}
}

// turn takes off what an undo takes back, and puts on again what is redone: to redo is to undo an undo. Of an asking, an
// undo may take back some agencies only.
func (a *Answers) turn(e *asking, ev *Event) {
	about := ev.Undoes
	if first, known := a.undoes[about]; known {
		about = first
	}
	a.undoes[ev.Seq] = about
	for _, p := range e.parts {
		state := AgencyField(p.agency, "state")
		if !slices.ContainsFunc(ev.Changes, func(c Change) bool { return c.Field == state }) {
			continue
		}
		for i := range p.steps {
			if p.steps[i].seq == about {
				p.steps[i].off = !p.steps[i].off
			}
		}
	}
}

func (e *asking) part(agency AgencyCode) *part {
	for _, p := range e.parts {
		if p.agency == agency {
			return p
		}
	}
	e.parts = append(e.parts, &part{agency: agency})
	return e.parts[len(e.parts)-1]
}

// takes reports whether the agency is asked or takes part as things stand.
func (p *part) takes() bool {
	for _, s := range slices.Backward(p.steps) {
		if !s.off {
			return s.state == Asked || s.state == Accepted
		}
	}
	return false
}

// spell is one stretch of an agency's part: from a request, or from when it came in by itself, to its answer.
type spell struct {
	step
	// asked is when it was asked, 0 when that is not known; requested that it was.
	asked     Stamp
	requested bool
}

// spells are the stretches that count: a request that was withdrawn is none.
func (p *part) spells() (all []spell) {
	var open *spell
	for _, s := range p.steps {
		if s.off {
			continue
		}
		next := spell{step: s, requested: s.state == Asked}
		if open != nil && !next.requested {
			next.asked, next.requested = open.asked, true
		}
		switch {
		case s.state == Asked:
			if open != nil { // what came between has been undone by who did it, over the next question
				all = append(all, *open)
			}
			if !s.imported {
				next.asked = s.at
			}
			open = &next
			continue
		case s.state == Released && open != nil && s.own:
			next.state = Declined // an agency that takes back a request to itself has said no
		case s.state == Released && (open != nil || !s.imported):
			open = nil
			continue
		}
		open = nil
		all = append(all, next)
	}
	if open != nil {
		all = append(all, *open)
	}
	return all
}

// answerTally is an agency's answers while they are added up.
type answerTally struct {
	AgencyAnswers
	times   []int64
	reasons map[string]*reasonTally
	regions map[RegionCode]bool
}

type reasonTally struct {
	Decline
	first uint64
}

// All is how every agency of a catalogue has answered, in its order, and after them those that only the journal knows.
func (a *Answers) All(cat *Catalogue, today Day) (all []AgencyAnswers) {
	tallies := map[AgencyCode]*answerTally{}
	of := func(agency AgencyCode) *answerTally {
		t := tallies[agency]
		if t == nil {
			t = &answerTally{AgencyAnswers: AgencyAnswers{Agency: agency}, reasons: map[string]*reasonTally{}, regions: map[RegionCode]bool{}}
			tallies[agency] = t
		}
		return t
	}
	for _, e := range a.efforts {
		for _, p := range e.parts {
			spells := p.spells()
			for i := range spells {
				of(p.agency).add(&spells[i])
			}
			// An effort may have moved since; who is asked or takes part is so where it is now.
			if p.takes() {
				of(p.agency).regions[e.region] = true
			}
		}
	}
	for i := range cat.Agencies {
		all = append(all, of(cat.Agencies[i].Code).done(cat, today))
		delete(tallies, cat.Agencies[i].Code)
	}
	for _, agency := range sortedKeys(tallies) {
		all = append(all, tallies[agency].done(cat, today))
	}
	return all
}

func (t *answerTally) add(s *spell) {
	t.regions[s.region] = true
	if s.requested {
		t.Requests++
		if s.state != Asked {
			t.Answered++
		}
		if s.state != Asked && s.asked != 0 {
			t.times = append(t.times, max(int64(s.at-s.asked), 0))
		}
	}
	if s.state != Declined {
		return
	}
	folded := Fold(s.reason)
	r := t.reasons[folded]
	if r == nil {
		r = &reasonTally{}
		t.reasons[folded] = r
	}
	r.Count++
	if r.first == 0 || s.seq < r.first {
		r.first, r.Reason = s.seq, s.reason
	}
}

func (t *answerTally) done(cat *Catalogue, today Day) AgencyAnswers {
	t.Median, t.Timed = median(t.times), len(t.times)
	reasons := make([]*reasonTally, 0, len(t.reasons))
	for _, folded := range sortedKeys(t.reasons) {
		reasons = append(reasons, t.reasons[folded])
	}
	slices.SortStableFunc(reasons, func(x, y *reasonTally) int {
		return cmp.Or(y.Count-x.Count, cmp.Compare(x.first, y.first))
	})
	for _, r := range reasons {
		t.Declines = append(t.Declines, r.Decline)
	}
	for _, r := range append(cat.CurrentRegions(today), cat.National) {
		if !t.regions[r.Code] {
			t.Never = append(t.Never, r.Code)
		}
	}
	return t.AgencyAnswers
}

// median is the middle of times, of an even number the middle of the two in the middle; 0 of none.
func median(times []int64) int64 {
	slices.Sort(times)
	n := len(times)
	if n == 0 {
		return 0
	}
	return (times[(n-1)/2] + times[n/2]) / 2
}
