package model

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// Catalogue is what a board is drawn up in: agencies, regions and focuses as data with their time of
// validity, the officers, and the deadlines. It comes from the configuration and is never changed.
type Catalogue struct {
	Agencies []Agency
	// Regions are the councils' regions in the order of their keys, without the country.
	Regions []Region
	// National is the country, where national efforts belong.
	National Region
	Focuses  []Focus
	// Outcomes are the measures of the yearly report, in its order.
	Outcomes []OutcomeMeasure
	Officers []Officer
	// Partners are the known partners outside the initiative, by function, never a person.
	Partners []Partner
	// Unanswered is after how many days an asked agency is overdue; Silent after how many an effort
	// without any change is; Important for how many days an important note stands on the national picture; NoOutcome
	// after how many days a closed effort without an outcome lacks one.
	Unanswered, Silent, Important, NoOutcome int
	// Zone is the time zone of dates and of the clock.
	Zone *time.Location
}

// Partner is somebody outside the initiative who takes part in a region, by function, never a person.
type Partner struct {
	Region RegionCode
	Name   string
}

// DefaultCatalogue is the country as the 2017 report has it: twelve agencies, seven regions, three
// focuses. Local offices and capacity are unknown until configured.
func DefaultCatalogue() *Catalogue {
	agency := func(code AgencyCode, key rune, sv, en string, aliases ...string) Agency {
		return Agency{Code: code, Key: key, Name: Names{sv, en}, Aliases: aliases}
	}
	region := func(code RegionCode, sv string, aliases ...string) Region {
		return Region{Code: code, Name: Names{SV: sv, EN: sv}, Aliases: aliases}
	}
	return &Catalogue{
		Agencies: []Agency{
			agency("POL", 'p', "Polisen", "Police"),
			agency("AF", 'a', "Arbetsförmedlingen", "Employment Service"),
			agency("EBM", 'e', "Ekobrottsmyndigheten", "Economic Crime"),
			agency("FK", 'f', "Försäkringskassan", "Social Insurance"),
			agency("MIV", 'm', "Migrationsverket", "Migration Agency"),
			agency("KFM", 'k', "Kronofogden", "Enforcement"),
			agency("KBV", 'b', "Kustbevakningen", "Coast Guard"),
			agency("KV", 'v', "Kriminalvården", "Prison and Probation"),
			agency("SKV", 's', "Skatteverket", "Tax Agency"),
			agency("SÄPO", 'o', "Säkerhetspolisen", "Security Service", "SAPO"),
			agency("TUL", 't', "Tullverket", "Customs"),
			agency("ÅM", 'r', "Åklagarmyndigheten", "Prosecution", "AM"),
		},
		Regions: []Region{
			region("NORD", "Nord"), region("MITT", "Mitt"), region("STHLM", "Stockholm"), region("OST", "Öst"),
			region("VAST", "Väst"), region("SYD", "Syd"), region("BERG", "Bergslagen"),
		},
		National: Region{Code: RegionNational, Name: Names{"Nationellt", "National"}},
		Focuses: []Focus{
			{Code: Individuals, Name: Names{"Individer", "Individuals"}},
			{Code: CrimeAreas, Name: Names{"Brottsområden", "Crime areas"}, Aliases: []string{"särskilda brottsområden"}},
			{Code: LocalAreas, Name: Names{"Lokala områden", "Local areas"}, Aliases: []string{"lokala geografiska områden"}},
		},
		Outcomes:   defaultOutcomes(),
		Unanswered: 7,
		Silent:     90,
		Important:  7,
		NoOutcome:  90,
		Zone:       time.Local,
	}
}

// Agency returns the agency of a code, nil when there is none.
func (c *Catalogue) Agency(code AgencyCode) *Agency {
	i := slices.IndexFunc(c.Agencies, func(a Agency) bool { return a.Code == code })
	if i < 0 {
		return nil
	}
	return &c.Agencies[i]
}

// Region returns the region of a code, the country included, nil when there is none.
func (c *Catalogue) Region(code RegionCode) *Region {
	if code == c.National.Code {
		return &c.National
	}
	i := slices.IndexFunc(c.Regions, func(r Region) bool { return r.Code == code })
	if i < 0 {
		return nil
	}
	return &c.Regions[i]
}

// CurrentRegions are the regions that exist on a day, in their order, without the country.
func (c *Catalogue) CurrentRegions(day Day) []Region {
	return slices.DeleteFunc(slices.Clone(c.Regions), func(r Region) bool { return !r.Current(day) })
}

// Places reports whether a region (or the country) and a focus are in use on a day, so that an effort of them
// has a place on the picture.
func (c *Catalogue) Places(region RegionCode, focus FocusCode, day Day) bool {
	r, f := c.Region(region), c.Focus(focus)
	return r != nil && f != nil && r.Current(day) && f.Current(day)
}

// CurrentFocuses are the focuses in use on a day, in their order.
func (c *Catalogue) CurrentFocuses(day Day) []Focus {
	return slices.DeleteFunc(slices.Clone(c.Focuses), func(f Focus) bool { return !f.Current(day) })
}

// regionCodes are the codes of all regions, the country last.
func (c *Catalogue) regionCodes() (codes []string) {
	for i := range c.Regions {
		codes = append(codes, string(c.Regions[i].Code))
	}
	return append(codes, string(c.National.Code))
}

// Focus returns the focus of a code, nil when there is none.
func (c *Catalogue) Focus(code FocusCode) *Focus {
	i := slices.IndexFunc(c.Focuses, func(f Focus) bool { return f.Code == code })
	if i < 0 {
		return nil
	}
	return &c.Focuses[i]
}

// Officer returns the officer of an id, nil when there is none.
func (c *Catalogue) Officer(id OfficerID) *Officer {
	i := slices.IndexFunc(c.Officers, func(o Officer) bool { return o.ID == id })
	if i < 0 {
		return nil
	}
	return &c.Officers[i]
}

// Partner returns a known partner's name as it is written, whatever the case; ok is false when it is unknown there.
func (c *Catalogue) Partner(region RegionCode, name string) (string, bool) {
	for _, p := range c.Partners {
		if p.Region == region && Fold(p.Name) == Fold(name) {
			return p.Name, true
		}
	}
	return name, false
}

// Today returns the date of a moment in the catalogue's zone.
func (c *Catalogue) Today(now Stamp) Day {
	return DayOf(now.Time().In(c.Location()))
}

// Begins is the moment a day begins in the catalogue's zone, which may be an hour that is not midnight.
func (c *Catalogue) Begins(day Day) Stamp {
	year, month, date := day.Time().Date()
	return StampOf(time.Date(year, month, date, 0, 0, 0, 0, c.Location()))
}

// EndOf returns the last second of a day in the catalogue's zone, 0 of one that is unknown.
func (c *Catalogue) EndOf(day Day) Stamp {
	if day == 0 {
		return 0
	}
	return c.Begins(day+1) - 1
}

// Location is the catalogue's zone, UTC where it names none.
func (c *Catalogue) Location() *time.Location {
	if c.Zone == nil {
		return time.UTC
	}
	return c.Zone
}

// HasCome refuses a moment that cannot be looked back at, as it lies after now.
func (c *Catalogue) HasCome(at, now Stamp) error {
	if at > now {
		return invalid(MomentAhead, "day", c.Today(at).String())
	}
	return nil
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
