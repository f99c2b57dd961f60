package demo

import (
	"cmp"
	"slices"

	"board.internal/samverkan/model"
)

// account gives an effort the hours that agencies put in and what came of them, all of it up to its last change. Three in
// ten efforts have no hours and many no outcome: that nobody can say what joint work costs is what there is to find.
func (g *generator) account(e *model.Effort) {
	if e.Status < model.Active || e.Status == model.Rejected {
		return
	}
	f := e.Followup
	if f == nil {
		f = &model.Followup{}
	}
	first, last := e.Created.Day(), e.Updated.Day()
	if g.chance(70) {
		for _, a := range e.Assignments {
			if a.State == model.Accepted && g.chance(85) {
				g.hours(f, e, a.Agency, max(first, a.Since.Day()), last)
			}
		}
	}
	chance := 25
	if !e.Open() {
		chance = 75
	}
	if g.chance(chance) && len(g.cat.Outcomes) > 0 {
		for range 1 + g.rng.IntN(3) {
			m := pick(g, g.cat.Outcomes)
			f.Outcomes = append(f.Outcomes, model.Outcome{Measure: m.Code, Milli: g.value(m.Unit), Date: g.between((first+last)/2, last), By: g.officer(e)})
		}
		slices.SortStableFunc(f.Outcomes, func(a, b model.Outcome) int { return cmp.Compare(a.Date, b.Date) })
	}
	if len(f.Hours)+len(f.Outcomes) > 0 {
		e.Followup = f
	}
}

// hours are what one agency logged between two days: about every third week, half hours.
func (g *generator) hours(f *model.Followup, e *model.Effort, agency model.AgencyCode, first, last model.Day) {
	for range 1 + min(12, int(max(0, last-first))/20) {
		f.Hours = append(f.Hours, model.Hours{Agency: agency, Centi: int32(2+g.rng.IntN(47)) * 50, Date: g.between(first, last), By: g.officer(e)})
	}
	slices.SortStableFunc(f.Hours, func(a, b model.Hours) int { return cmp.Compare(a.Date, b.Date) })
}

func (g *generator) between(first, last model.Day) model.Day {
	return first + model.Day(g.rng.IntN(int(max(0, last-first))+1))
}

// value is a figure of one outcome, in thousandths, such as one effort has.
func (g *generator) value(u model.Unit) int64 {
	switch u {
	case model.UnitSEK:
		crowns := int64(12+g.rng.IntN(400)) * 1_000
		if g.chance(25) { // a few are large
			crowns *= 10
		}
		return crowns * 1000
	case model.UnitYears:
		return int64(1+g.rng.IntN(12)) * 500
	case model.UnitKg:
		return int64(1+g.rng.IntN(240)) * 100
	}
	return int64(1+g.rng.IntN(8)) * 1000
}
