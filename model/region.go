package model

// RegionCode names a regional council's region, as SYD, or the country.
type RegionCode string

// RegionNational is where national efforts belong, decided by the Operative Council.
const RegionNational RegionCode = "NAT"

// Region is the area of one regional cooperation council (RSR), or the country.
type Region struct {
	Code     RegionCode
	Aliases  []string
	Name     Names
	From, To Day
}

// Current reports whether the region exists on the day.
func (r *Region) Current(day Day) bool { return valid(r.From, r.To, day) }

// FocusCode names a focus, as crime_areas.
type FocusCode string

// The built-in focuses.
const (
	Individuals FocusCode = "individuals"
	CrimeAreas  FocusCode = "crime_areas"
	LocalAreas  FocusCode = "local_areas"
)

// Focus is what an effort is aimed at: individuals, a crime area or a local geographic area.
type Focus struct {
	Code     FocusCode
	Aliases  []string
	Name     Names
	From, To Day
}

// Current reports whether the focus is in use on the day.
func (f *Focus) Current(day Day) bool { return valid(f.From, f.To, day) }
