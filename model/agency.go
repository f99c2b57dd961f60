package model

import (
	"slices"
)

// AgencyCode is an agency's short name, at most four cells, as POL or SÄPO.
type AgencyCode string

// Names are what something is called in the two languages of the board.
type Names struct {
	SV string `toml:"sv"`
	EN string `toml:"en"`
}

// In returns the name in a language ("sv" or "en"); a missing one falls back to the other.
func (n Names) In(lang string) string {
	if lang == "sv" && n.SV != "" || n.EN == "" {
		return n.SV
	}
	return n.EN
}

// Agency is an authority that takes part. Membership is data: twelve in 2017, later fourteen.
type Agency struct {
	Code AgencyCode
	// Aliases are other spellings accepted on every input, in any case.
	Aliases []string
	// Key is the letter that toggles the agency in the picker.
	Key  rune
	Name Names
	// From and To bound the membership; zero is open.
	From, To Day
	// Offices are the regions where it has a local office; nil when that is not known.
	Offices []RegionCode
	// Capacity is how many efforts at once it can carry, by region; a soft limit. Absent is unknown.
	Capacity map[RegionCode]int
}

// Member reports whether the agency takes part on the day.
func (a *Agency) Member(day Day) bool { return valid(a.From, a.To, day) }

// Office reports whether the agency has a local office in the region, and whether that is known.
func (a *Agency) Office(region RegionCode) (has, known bool) {
	if a.Offices == nil || region == RegionNational {
		return false, false
	}
	return slices.Contains(a.Offices, region), true
}

// CapacityIn is how many efforts at once the agency can carry in a region; known is false when nobody has said.
func (a *Agency) CapacityIn(region RegionCode) (n int, known bool) {
	n, known = a.Capacity[region]
	return n, known
}

// capacityInAll adds up the capacity of all regions where it is known.
func (a *Agency) capacityInAll() (n int, known bool) {
	for _, c := range a.Capacity {
		n += c
	}
	return n, len(a.Capacity) > 0
}

// Suggest is the mode to propose when the agency is asked in a region: without a local office it is planning.
func (a *Agency) Suggest(region RegionCode) Mode {
	if has, known := a.Office(region); known && !has {
		return Planning
	}
	return OnSite
}

func valid(from, to, day Day) bool {
	return (from == 0 || day == 0 || from <= day) && (to == 0 || day == 0 || day <= to)
}
