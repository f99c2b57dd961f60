package model

import "fmt"

// enum is what the closed sets below share: a small integer with a stable name that scripts, files and
// the journal use. Their names in a person's language are in ui/text.
type enum interface{ ~uint8 }

func enumString[E enum](e E, names []string) string {
	if int(e) < len(names) {
		return names[e]
	}
	return fmt.Sprintf("%d", e)
}

func parseEnum[E enum](s string, names []string) (E, bool) {
	for i, n := range names {
		if n == s && n != "" {
			return E(i), true
		}
	}
	return 0, false
}

func unmarshalEnum[E enum](b []byte, names []string, field string) (E, error) {
	if len(b) == 0 {
		return 0, nil
	}
	e, ok := parseEnum[E](string(b), names)
	if !ok {
		return 0, unknown(Field(field), string(b), names[1:])
	}
	return e, nil
}

// Kind says whether an effort gathers intelligence or acts.
type Kind uint8

// The kinds.
const (
	Intelligence Kind = iota + 1
	Operative
)

var kindNames = []string{"", "intelligence", "operative"}

// Kinds are all kinds, in the order they are shown.
func Kinds() []Kind { return []Kind{Intelligence, Operative} }

func (k Kind) String() string               { return enumString(k, kindNames) }
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads the stable name.
func (k *Kind) UnmarshalText(b []byte) (err error) {
	*k, err = unmarshalEnum[Kind](b, kindNames, "kind")
	return err
}

// Level says who decides an effort: a regional council, or the Operative Council for the country.
type Level uint8

// The levels.
const (
	Regional Level = iota + 1
	National
)

var levelNames = []string{"", "regional", "national"}

// Levels are all levels.
func Levels() []Level { return []Level{Regional, National} }

func (l Level) String() string               { return enumString(l, levelNames) }
func (l Level) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// UnmarshalText reads the stable name.
func (l *Level) UnmarshalText(b []byte) (err error) {
	*l, err = unmarshalEnum[Level](b, levelNames, "level")
	return err
}

// State is where an agency's part in an effort stands. The zero State is an agency that is not on it.
type State uint8

// The states of an assignment.
const (
	Asked State = iota + 1
	Accepted
	Declined
	Released
)

var stateNames = []string{"", "asked", "accepted", "declined", "released"}

// States are all states.
func States() []State { return []State{Asked, Accepted, Declined, Released} }

func (s State) String() string               { return enumString(s, stateNames) }
func (s State) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the stable name.
func (s *State) UnmarshalText(b []byte) (err error) {
	*s, err = unmarshalEnum[State](b, stateNames, "state")
	return err
}

// Mode is how an agency takes part. "Planning only" is a respectable answer.
type Mode uint8

// The modes.
const (
	OnSite Mode = iota + 1
	Planning
	IntelligenceOnly
	Remote
)

var modeNames = []string{"", "on_site", "planning", "intelligence", "remote"}

// Modes are all modes, in the order the picker goes through them.
func Modes() []Mode { return []Mode{OnSite, Planning, IntelligenceOnly, Remote} }

func (m Mode) String() string               { return enumString(m, modeNames) }
func (m Mode) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads the stable name.
func (m *Mode) UnmarshalText(b []byte) (err error) {
	*m, err = unmarshalEnum[Mode](b, modeNames, "mode")
	return err
}

// MeasureType is what a measure is for. The three first are to be balanced against each other; the
// report to the government asks for it.
type MeasureType uint8

// The types of measure.
const (
	Fighting MeasureType = iota + 1
	Prevention
	Safety
	Administrative
)

var measureNames = []string{"", "fighting", "prevention", "safety", "administrative"}

// MeasureTypes are all types, in the order they are shown.
func MeasureTypes() []MeasureType {
	return []MeasureType{Fighting, Prevention, Safety, Administrative}
}

func (m MeasureType) String() string               { return enumString(m, measureNames) }
func (m MeasureType) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads the stable name.
func (m *MeasureType) UnmarshalText(b []byte) (err error) {
	*m, err = unmarshalEnum[MeasureType](b, measureNames, "measure")
	return err
}
