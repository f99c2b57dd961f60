package model

import "slices"

// OutcomeCode names a measure of the yearly report, as assets_attached_sek.
type OutcomeCode string

// Unit is what a measure of the yearly report is counted in.
type Unit uint8

// The units: Swedish crowns, years, kilograms, and things or persons, which are whole. UnitHours is no measure's.
const (
	UnitSEK Unit = iota + 1
	UnitYears
	UnitKg
	UnitCount
	UnitHours
)

var unitNames = []string{"", "sek", "years", "kg", "count", "hours"}

// Units are those that a measure can be counted in.
func Units() []Unit { return []Unit{UnitSEK, UnitYears, UnitKg, UnitCount} }

func (u Unit) String() string               { return enumString(u, unitNames) }
func (u Unit) MarshalText() ([]byte, error) { return []byte(u.String()), nil }

// UnmarshalText reads the stable name.
func (u *Unit) UnmarshalText(b []byte) (err error) {
	*u, err = unmarshalEnum[Unit](b, unitNames, "unit")
	return err
}

// Decimals is how many decimals a figure of the unit has at most: crowns have öre, and things and persons none.
func (u Unit) Decimals() int {
	switch u {
	case UnitSEK:
		return 2
	case UnitCount:
		return 0
	}
	return outcomePlaces
}

// outcomePlaces is how many decimals an outcome is kept with.
const outcomePlaces = 3

// most is the most that one outcome can be, in thousandths of the unit: a slip of the hand is more. No
// effort brings in ten thousand million crowns.
func (u Unit) most() int64 {
	if u == UnitSEK {
		return 10_000_000_000_000
	}
	return 100_000_000
}

// OutcomeMeasure is a measure of the yearly report to the government. Two of them are never added up, whatever their
// units: assets attached and assets secured may be the same crowns.
type OutcomeMeasure struct {
	Code OutcomeCode
	Name Names
	Unit Unit
}

// OutcomeMeasure returns the measure of a code, nil when there is none.
func (c *Catalogue) OutcomeMeasure(code OutcomeCode) *OutcomeMeasure {
	i := slices.IndexFunc(c.Outcomes, func(m OutcomeMeasure) bool { return m.Code == code })
	if i < 0 {
		return nil
	}
	return &c.Outcomes[i]
}

// defaultOutcomes are the measures of the agencies' yearly account of the joint work.
func defaultOutcomes() []OutcomeMeasure {
	return []OutcomeMeasure{
		{"prison_years", Names{"Fängelseår", "Prison years"}, UnitYears},
		{"tax_raised_sek", Names{"Höjd skatt", "Tax raised"}, UnitSEK},
		{"assets_attached_sek", Names{"Utmätta tillgångar", "Assets attached"}, UnitSEK},
		{"assets_secured_sek", Names{"Säkrade tillgångar", "Assets secured"}, UnitSEK},
		{"reclaimed_sek", Names{"Återkrävt", "Reclaimed"}, UnitSEK},
		{"payments_stopped_sek", Names{"Stoppade utbetalningar", "Payments stopped"}, UnitSEK},
		{"proceeds_forfeited_sek", Names{"Förverkat brottsutbyte", "Proceeds forfeited"}, UnitSEK},
		{"trading_ban_years", Names{"Näringsförbud", "Trading bans"}, UnitYears},
		{"weapons_seized", Names{"Beslagtagna vapen", "Weapons seized"}, UnitCount},
		{"narcotics_kg", Names{"Beslagtagen narkotika", "Narcotics seized"}, UnitKg},
		{"permits_revoked", Names{"Återkallade tillstånd", "Permits revoked"}, UnitCount},
		{"charged_persons", Names{"Åtalade personer", "Persons charged"}, UnitCount},
		{"companies_deregistered", Names{"Avregistrerade företag", "Companies deregistered"}, UnitCount},
	}
}
