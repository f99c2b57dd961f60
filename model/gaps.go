package model

import (
	"cmp"
	"slices"
	"strings"
)

// GapKind says what is missing.
type GapKind uint8

// The kinds, in the order of consequence: what is soonest forgotten and then nobody can say any more, what running
// efforts lack, where nothing runs, and whom nobody has thought of.
const (
	// GapOutcome: an effort was closed longer ago than the deadline, and no outcome has been logged.
	GapOutcome GapKind = iota + 1
	// GapHours: an active effort for which none of the agencies that take part has logged hours this month.
	GapHours
	// GapSafety and GapPrevention: a running effort has no measure of the type.
	GapSafety
	GapPrevention
	// GapPlace: a region's board shows no effort of a focus.
	GapPlace
	// GapAgency: an agency was never asked in a region, and never took part.
	GapAgency
)

var gapNames = []string{"", "no_outcome", "no_hours", "no_safety", "no_prevention", "no_effort", "never_asked"}

func (k GapKind) String() string               { return enumString(k, gapNames) }
func (k GapKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// GapKinds are all kinds.
func GapKinds() []GapKind {
	return []GapKind{GapOutcome, GapHours, GapSafety, GapPrevention, GapPlace, GapAgency}
}

// Gap is one thing that is missing: on an effort, in a region's focus, or of an agency in a region.
type Gap struct {
	Kind GapKind
	// Effort is nil for a GapPlace and a GapAgency, whose Region (the country included), Focus and Agency say where.
	Effort *Effort
	Region RegionCode
	Focus  FocusCode
	Agency AgencyCode
	// Since is the day from which it has been missing, 0 where none can be named: when the effort ended; the last day
	// with hours before this month of which something is left, else when the effort was decided; when it was decided.
	Since Day
	// Agencies, of a GapHours, are those that take part and so have something to log. Before says that hours were
	// logged in earlier months.
	Agencies []AgencyCode
	Before   bool
}

// GapKey names a gap as long as it is there.
type GapKey struct {
	Kind   GapKind
	Effort EffortID
	Region RegionCode
	Focus  FocusCode
	Agency AgencyCode
}

// Key names the gap.
func (g *Gap) Key() GapKey {
	if g.Effort != nil {
		return GapKey{Kind: g.Kind, Effort: g.Effort.ID}
	}
	return GapKey{g.Kind, "", g.Region, g.Focus, g.Agency}
}

// Days is for how long it has been missing on a day; known is false where nobody can say.
func (g *Gap) Days(today Day) (n int, known bool) { return int(today - g.Since), g.Since != 0 }

// monthGrace is how many days of a month, or since its decision, an effort has before its hours are missed: nobody
// logs them on the first day, and a week is what people have who log on Fridays.
const monthGrace = 7

// Gaps adds up what is missing, in the country or in one region, as far as it is shown what there is.
type Gaps struct {
	// Undated counts the efforts without an outcome of which nobody knows when they ended, as their list did not say:
	// whether their outcome is late cannot be told.
	Undated int

	cat    *Catalogue
	today  Day
	region RegionCode
	all    []Gap
}

// NewGaps has been shown nothing yet. With the region "" it is about all of them.
func NewGaps(cat *Catalogue, today Day, region RegionCode) *Gaps {
	return &Gaps{cat: cat, today: today, region: region}
}

// All are the gaps by kind, in each the longest first, and what has no beginning last in the order of the catalogue.
func (g *Gaps) All() []Gap {
	slices.SortStableFunc(g.all, func(x, y Gap) int {
		if c := cmp.Or(cmp.Compare(x.Kind, y.Kind), cmp.Compare(unknownLast(x.Since), unknownLast(y.Since))); c != 0 || x.Effort == nil {
			return c
		}
		return strings.Compare(string(x.Effort.ID), string(y.Effort.ID))
	})
	return g.all
}

func unknownLast(d Day) int64 {
	if d == 0 {
		return 1 << 32
	}
	return int64(d)
}

// Efforts looks at the open efforts of a board, which may be narrowed. Measures are missed while an effort is active or
// dormant: until it begins nothing can have been done, and a dormant one is to go on, better balanced.
func (g *Gaps) Efforts(b *Board) {
	for e := range b.All() {
		if e.Status != Active && e.Status != Dormant || !g.in(e) {
			continue
		}
		g.hours(e)
		measured := e.Measured()
		if measured[Safety] == 0 {
			g.all = append(g.all, Gap{Kind: GapSafety, Effort: e, Since: g.decided(e)})
		}
		if measured[Prevention] == 0 {
			g.all = append(g.all, Gap{Kind: GapPrevention, Effort: e, Since: g.decided(e)})
		}
	}
}

// hours looks for hours of this month: for those of an active effort only, as nobody works on a dormant one. What an
// agency that takes part has logged counts when corrections leave something of it; hours of others do not stand for those
// that are asked for, unless nobody takes part.
func (g *Gaps) hours(e *Effort) {
	month := g.today - Day(g.today.Time().Day()-1)
	gap := Gap{Kind: GapHours, Effort: e, Since: g.decided(e)}
	if e.Status != Active || g.today-max(month, gap.Since) < monthGrace {
		return
	}
	logged, left := map[AgencyCode]int64{}, map[AgencyCode]int64{}
	if e.Followup != nil {
		for _, h := range e.Hours {
			left[h.Agency] += int64(h.Centi)
			if h.Date >= month {
				logged[h.Agency] += int64(h.Centi)
			}
		}
		for _, h := range e.Hours { // those of an agency that took all of them off again are none
			later := h.Date < month && (!gap.Before || h.Date > gap.Since)
			if later && h.Centi > 0 && left[h.Agency] > 0 && e.Worked(h.Agency, h.Date.Year()) > 0 {
				gap.Since, gap.Before = h.Date, true
			}
		}
	}
	for i := range e.Assignments {
		if a := &e.Assignments[i]; a.State == Accepted {
			gap.Agencies = append(gap.Agencies, a.Agency)
		}
	}
	for agency, sum := range logged {
		if sum > 0 && (len(gap.Agencies) == 0 || slices.Contains(gap.Agencies, agency)) {
			return
		}
	}
	g.all = append(g.all, gap)
}

// decided is the day an effort was decided, or that of its proposal where the list it came in did not say.
func (g *Gaps) decided(e *Effort) Day {
	if e.Decision != nil && e.Decision.Date != 0 {
		return e.Decision.Date
	}
	return g.cat.Today(e.Created)
}

// LacksOutcome reports whether an effort has been carried out and ended, and no outcome stands: none was logged, or all
// of it was taken off again.
func (e *Effort) LacksOutcome() bool {
	if e.Status != Closed && e.Status != FollowedUp {
		return false
	}
	return e.Followup == nil || !slices.ContainsFunc(e.Outcomes, func(o Outcome) bool { return e.Achieved(o.Measure) != 0 })
}

// Ended looks at an effort that is not open any more.
func (g *Gaps) Ended(e *Effort) {
	if !e.LacksOutcome() || !g.in(e) || g.cat.NoOutcome <= 0 {
		return
	}
	ended := g.cat.Today(e.Ended)
	switch {
	case ended == 0:
		g.Undated++
	case int(g.today-ended) >= g.cat.NoOutcome:
		g.all = append(g.all, Gap{Kind: GapOutcome, Effort: e, Since: ended})
	}
}

// Places looks at which focuses have no effort on which region's board; b is the whole one. What the country has
// decided stands for the regions it touches. The country itself need not have an effort of every focus.
func (g *Gaps) Places(b *Board) {
	for _, r := range g.cat.CurrentRegions(g.today) {
		for _, f := range g.cat.CurrentFocuses(g.today) {
			if g.here(r.Code) && len(b.Column(r.Code, f.Code)) == 0 {
				g.all = append(g.all, Gap{Kind: GapPlace, Region: r.Code, Focus: f.Code})
			}
		}
	}
}

// Agencies looks at where the agencies that take part today were never asked, the country included.
func (g *Gaps) Agencies(answers []AgencyAnswers) {
	for _, r := range append(g.cat.CurrentRegions(g.today), g.cat.National) {
		for _, a := range answers {
			if agency := g.cat.Agency(a.Agency); agency != nil && agency.Member(g.today) && g.here(r.Code) && slices.Contains(a.Never, r.Code) {
				g.all = append(g.all, Gap{Kind: GapAgency, Region: r.Code, Agency: a.Agency})
			}
		}
	}
}

func (g *Gaps) in(e *Effort) bool { return g.region == "" || e.In(g.region) }

func (g *Gaps) here(region RegionCode) bool { return g.region == "" || g.region == region }
