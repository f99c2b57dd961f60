// Package demo makes exercise data: a country of joint efforts that never were, the same for the same seed
// and day. Codenames are of minerals, weather and what grows and swims; there are no persons and no places.
package demo

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"math/rand/v2"
	"slices"
	"time"

	"board.internal/samverkan/model"
)

// Efforts is how many efforts an exercise has unless told otherwise: about what the country has alive at once.
const Efforts = 240

// batch bounds how many rows go into one import, and with it the size of one transaction.
const batch = 10_000

// Max is the most efforts an exercise can have, bounded by the codenames there are.
const Max = 200_000

// Catalogue returns a copy of a catalogue in which every agency has local offices in some regions and a
// capacity wherever it has one, where the catalogue itself does not say. The figures are made up.
func Catalogue(base *model.Catalogue) *model.Catalogue {
	c := *base
	c.Agencies = slices.Clone(base.Agencies)
	for i := range c.Agencies {
		a := &c.Agencies[i]
		offices := a.Offices == nil
		capacity := maps.Clone(a.Capacity)
		if capacity == nil {
			capacity = map[model.RegionCode]int{}
		}
		for j, r := range c.Regions {
			if offices && (i+j)%(2+i%4) != 1 {
				a.Offices = append(a.Offices, r.Code)
			}
			if has, _ := a.Office(r.Code); has && a.Capacity == nil {
				capacity[r.Code] = 4 + (3*i+5*j)%9
			}
		}
		if i == 0 && a.Capacity == nil { // the first agency of a list, the police, is everywhere and large
			for _, r := range c.Regions {
				capacity[r.Code] = 24
			}
		}
		a.Capacity = capacity
	}
	return &c
}

// Imports yields the imports that make n exercise efforts out of a seed on the day of now, oldest first, with
// texts in a language ("sv" or "en"). n is at most Max.
func Imports(cat *model.Catalogue, n int, seed uint64, now time.Time, lang string) iter.Seq[model.Import] {
	g := generator{cat: cat, rng: newRand(seed), today: model.StampOf(now.UTC().Truncate(24 * time.Hour)), words: wordsIn(lang)}
	log := g
	log.rng = rand.New(rand.NewPCG(seed, 2)) // of its own: what is logged changes nothing else of an exercise
	ages := make([]int, n)
	for i := range ages {
		// Most efforts are young; none is older than fourteen months.
		ages[i] = int(425 * g.rng.Float64() * (0.35 + 0.65*g.rng.Float64()))
	}
	slices.SortFunc(ages, func(a, b int) int { return cmp.Compare(b, a) })
	names := codenames(g.rng, n)
	return func(yield func(model.Import) bool) {
		for from := 0; from < n; from += batch {
			var im model.Import
			for i := from; i < min(n, from+batch); i++ {
				row := g.row(i+1, names[i], ages[i])
				log.account(row.Effort)
				im.Rows = append(im.Rows, row)
			}
			im.Links = links(im.Rows)
			if !yield(im) {
				return
			}
		}
	}
}

// links ties some efforts of a list: every thirtieth is against the same network as one further on, and some go on from
// one that has ended.
func links(rows []model.Row) (all []model.Link) {
	for i := 0; i+7 < len(rows); i += 30 {
		kind := model.SameNetwork
		if !rows[i].Effort.Status.Open() {
			kind = model.ContinuedBy
		}
		all = append(all, model.Link{Effort: model.EffortID(rows[i].Effort.Codename), Other: model.EffortID(rows[i+7].Effort.Codename), Kind: kind})
	}
	return all
}

func newRand(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 1)) }

type generator struct {
	cat   *model.Catalogue
	rng   *rand.Rand
	today model.Stamp
	words words
}

const day = 24 * 60 * 60

// back is the moment days before today, at some minute of that day's office hours.
func (g *generator) back(days int) model.Stamp {
	return g.today - model.Stamp(days*day) - model.Stamp(g.rng.IntN(9*60)*60+7*60*60)
}

// chance is true p times of a hundred.
func (g *generator) chance(p int) bool { return g.rng.IntN(100) < p }

func pick[T any](g *generator, from []T) T { return from[g.rng.IntN(len(from))] }

func (g *generator) row(number int, codename string, age int) model.Row {
	e := &model.Effort{Codename: codename, Created: g.back(age), Kind: model.Operative, Level: model.Regional}
	if g.chance(35) {
		e.Kind = model.Intelligence
	}
	e.Priority = uint8(1 + max(0, min(2, g.rng.IntN(4)-g.rng.IntN(2))))
	g.place(e)
	e.Status = g.status(age)
	g.aim(e)
	g.agencies(e, age)
	g.decide(e, age)
	g.follow(e, age)
	if g.chance(25) {
		e.Partners = []string{pick(g, g.words.partners)}
	}
	notes := g.notes(e, age)
	e.Updated = max(e.Created, g.back(g.rng.IntN(min(age, 150)+1)))
	for _, a := range e.Assignments {
		e.Updated = max(e.Updated, a.Since)
	}
	for _, n := range notes {
		e.Updated = max(e.Updated, n.At)
	}
	if !e.Open() {
		e.Ended = e.Updated
	}
	e.Version = uint32(1 + len(e.Assignments)*2 + len(notes) + int(e.Status))
	return model.Row{Number: number, Effort: e, Notes: notes}
}

// place chooses region and focus; the large regions have more, and one effort in ten is national.
func (g *generator) place(e *model.Effort) {
	e.Focus = g.cat.Focuses[min(len(g.cat.Focuses)-1, g.rng.IntN(len(g.cat.Focuses)+1))].Code
	if g.chance(10) {
		e.Level, e.Region = model.National, model.RegionNational
		touched := g.rng.Perm(len(g.cat.Regions))[:2+g.rng.IntN(min(3, len(g.cat.Regions)-1))]
		slices.Sort(touched)
		for _, i := range touched {
			e.Touches = append(e.Touches, g.cat.Regions[i].Code)
		}
		return
	}
	i := g.rng.IntN(len(g.cat.Regions) + 3)
	if i >= len(g.cat.Regions) {
		i = 2 + (i-len(g.cat.Regions))*3/2
	}
	e.Region = g.cat.Regions[i%len(g.cat.Regions)].Code
}

// status is where an effort of this age stands: the young are proposed, the old are done.
func (g *generator) status(age int) model.Status {
	young := []model.Status{model.Proposed, model.Proposed, model.Preparing, model.Preparing, model.Decided, model.Rejected}
	grown := []model.Status{model.Proposed, model.Preparing, model.Decided, model.Active, model.Active, model.Active, model.Active, model.Active, model.Dormant}
	old := []model.Status{model.Active, model.Active, model.Active, model.Active, model.Dormant, model.Preparing, model.Closed, model.FollowedUp, model.Rejected}
	switch {
	case age < 21:
		return pick(g, young)
	case age < 200:
		return pick(g, grown)
	}
	return pick(g, old)
}

// aim gives the title, and the area or crime type that belongs to the focus.
func (g *generator) aim(e *model.Effort) {
	var what string
	switch e.Focus {
	case model.LocalAreas:
		e.Area = pick(g, g.words.areas)
		what = fmt.Sprintf(pick(g, g.words.local), e.Area)
	case model.CrimeAreas:
		e.Crime = pick(g, g.words.crimes)
		what = fmt.Sprintf(pick(g, g.words.crime), e.Crime)
	default:
		what = pick(g, g.words.individual)
	}
	e.Title = g.words.exercise + what
	if e.Open() && g.chance(80) {
		// Some reviews are overdue.
		e.Review = model.Day(int64(g.today)/day + int64(g.rng.IntN(150)) - 25)
	}
}

// agencies asks some agencies and lets them answer, as far as the status says they must have.
func (g *generator) agencies(e *model.Effort, age int) {
	want := 1 + g.rng.IntN(5)
	joint := e.Status == model.Active || e.Status == model.Dormant || e.Status == model.Closed || e.Status == model.FollowedUp
	if joint {
		want = max(want, 2)
	}
	if e.Status == model.Proposed && g.chance(35) {
		want = 0
	}
	var members []*model.Agency
	for i := range g.cat.Agencies {
		if a := &g.cat.Agencies[i]; a.Member(e.Created.Day()) {
			members = append(members, a)
		}
	}
	order := g.rng.Perm(len(members))
	if len(order) > 0 && g.chance(45) { // the police are in nearly half of all
		i := slices.Index(order, 0)
		order[0], order[i] = order[i], order[0]
	}
	for n, i := range order[:min(want, len(order))] {
		a := model.Assignment{Agency: members[i].Code, Mode: members[i].Suggest(e.Region), Since: g.back(g.rng.IntN(age + 1))}
		a.Since = max(a.Since, e.Created)
		if g.chance(25) {
			a.Mode = pick(g, model.Modes())
		}
		switch {
		case joint && n < 2, e.Status == model.Decided && n == 0:
			a.State, a.Lead = model.Accepted, n == 0
		default:
			a.State = pick(g, []model.State{model.Accepted, model.Accepted, model.Asked, model.Asked, model.Declined, model.Released})
			if a.State == model.Asked && (!e.Open() || g.chance(25)) {
				a.State = model.Accepted
			}
			if a.State == model.Asked && g.chance(70) { // most questions are young, some are overdue
				a.Since = max(e.Created, g.back(g.rng.IntN(6)))
			}
		}
		switch a.State {
		case model.Declined:
			a.Reason = pick(g, g.words.declines)
		case model.Released:
			a.Reason = pick(g, g.words.releases)
		}
		e.Assignments = append(e.Assignments, a)
	}
}

// decide gives what the status needs: decision, reason, outcome.
func (g *generator) decide(e *model.Effort, age int) {
	switch e.Status {
	case model.Dormant:
		e.Reason = pick(g, g.words.dormant)
	case model.Rejected:
		e.Reason = pick(g, g.words.rejected)
		return
	case model.Closed, model.FollowedUp:
		e.Outcome = pick(g, g.words.outcomes)
	case model.Proposed, model.Preparing:
		return
	}
	when := e.Created.Day() + model.Day(min(7, age))
	decider := g.words.national
	if r := g.cat.Region(e.Region); e.Level == model.Regional && r != nil {
		decider = "RSR " + r.Name.SV
	}
	e.Decision = &model.Decision{Decider: decider, Date: when,
		Reference: fmt.Sprintf("A%03d.%03d/%d", 100+g.rng.IntN(900), g.rng.IntN(1000), when.Year())}
}

// follow gives measures, with gaps: few efforts have all three kinds.
func (g *generator) follow(e *model.Effort, age int) {
	if e.Status < model.Active || e.Status == model.Rejected {
		return
	}
	n := g.rng.IntN(6)
	if n == 0 {
		return
	}
	e.Followup = &model.Followup{}
	for range n {
		kind := pick(g, []model.MeasureType{model.Fighting, model.Fighting, model.Fighting, model.Prevention, model.Prevention, model.Safety, model.Administrative})
		e.Measures = append(e.Measures, model.Measure{Type: kind, Text: pick(g, g.words.measures[kind]),
			At: max(e.Created, g.back(g.rng.IntN(age+1))), By: g.officer(e)})
	}
	slices.SortFunc(e.Measures, func(a, b model.Measure) int { return cmp.Compare(a.At, b.At) })
}

func (g *generator) notes(e *model.Effort, age int) (notes []model.Note) {
	for range max(0, g.rng.IntN(5)-1) {
		notes = append(notes, model.Note{Text: pick(g, g.words.notes), At: max(e.Created, g.back(g.rng.IntN(age+1))), By: g.officer(e)})
	}
	slices.SortFunc(notes, func(a, b model.Note) int { return cmp.Compare(a.At, b.At) })
	return notes
}

// officer is a function, never a person: an agency's officer in the region, or the region's council.
func (g *generator) officer(e *model.Effort) model.OfficerID {
	who := "rsr"
	if len(e.Assignments) > 0 && g.chance(70) {
		who = model.Fold(string(pick(g, e.Assignments).Agency))
	}
	return model.OfficerID(who + "-" + model.Fold(string(e.Region)))
}
