package model

// Precedents counts which agencies took part in earlier efforts like one: of the same focus and the same crime type.
// It is plain counting, so that whoever is told "7 of 9" can check it.
type Precedents struct {
	of    *Effort
	crime string
	like  int
	in    map[AgencyCode]int
}

// PrecedentsOf begins to count for an effort.
func PrecedentsOf(e *Effort) *Precedents {
	return &Precedents{of: e, crime: Fold(e.Crime), in: map[AgencyCode]int{}}
}

// Take counts another effort, if it is like the one, was made before it and some agency has taken part in it.
func (p *Precedents) Take(e *Effort) {
	if e.ID == p.of.ID || e.Focus != p.of.Focus || e.Created > p.of.Created || e.Count(Accepted) == 0 || Fold(e.Crime) != p.crime {
		return
	}
	p.like++
	for i := range e.Assignments {
		if e.Assignments[i].State == Accepted {
			p.in[e.Assignments[i].Agency]++
		}
	}
}

// Of returns in how many an agency took part, of how many there are.
func (p *Precedents) Of(agency AgencyCode) (in, like int) { return p.in[agency], p.like }

// fewest is how many earlier efforts there must be before anything is said about them.
const fewest = 3

// Missing reports whether an agency took part in at least half of enough earlier efforts, so that it may be missed
// where it is not asked.
func (p *Precedents) Missing(agency AgencyCode) bool {
	return p.like >= fewest && 2*p.in[agency] >= p.like
}
