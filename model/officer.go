package model

import "slices"

// OfficerID is a person's or a function's identity in the journal, as kfm-syd.
type OfficerID string

// Role is what an officer may do; see Rights.
type Role uint8

// The roles, from the least to the most.
const (
	Viewer Role = iota + 1
	Liaison
	Coordinator
	NationalRole
)

var roleNames = []string{"", "viewer", "liaison", "coordinator", "national"}

// Roles are all roles.
func Roles() []Role { return []Role{Viewer, Liaison, Coordinator, NationalRole} }

func (r Role) String() string               { return enumString(r, roleNames) }
func (r Role) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads the stable name.
func (r *Role) UnmarshalText(b []byte) (err error) {
	*r, err = unmarshalEnum[Role](b, roleNames, "role")
	return err
}

// Officer is somebody who may use the board, from the configuration.
type Officer struct {
	ID       OfficerID
	Initials string
	Name     string
	Agency   AgencyCode
	Role     Role
	Regions  []RegionCode
	// Keys are SSH public keys in the authorized_keys form, without options.
	Keys []string
}

// Actor is the officer at work now: who, for which agency, with which role, from where. It is settled
// at the edge (command line, session) and handed to every command.
type Actor struct {
	Officer OfficerID
	// Initials are what others see beside a change, "" when the officer has none.
	Initials string
	Agency   AgencyCode
	Role     Role
	Regions  []RegionCode
	// Terminal is the operating system's user and where from, for the journal.
	Terminal string
	// Guest: the configuration lists officers, and this is none of them. Who takes the desk is none any more.
	Guest bool
	// ReadOnly forbids every write, whatever the role.
	ReadOnly bool
	// Then is the day that is looked back at, 0 for now: what was is not changed.
	Then Day
}

// Right is something a role may do.
type Right uint8

// The rights.
const (
	RightPropose Right = iota + 1
	RightEdit
	RightAsk
	RightNote
	RightAnswer
	RightRelease
	RightLog
	RightStatus
	RightImport
	RightSign
	RightPIN
)

var rightNames = []string{"", "propose", "edit", "ask", "note", "answer", "release", "log", "status", "import", "sign", "pin"}

func (r Right) String() string { return enumString(r, rightNames) }

// Rights are all rights.
func Rights() []Right {
	return []Right{RightPropose, RightEdit, RightAsk, RightNote, RightAnswer, RightRelease, RightLog, RightStatus, RightImport, RightSign, RightPIN}
}

// Scope bounds a right.
type Scope uint8

// The scopes: nowhere, for the own agency wherever it is, in the own regions, either of these, everywhere.
const (
	Nowhere Scope = iota
	OwnAgency
	OwnRegions
	OwnEither
	Everywhere
)

var scopeNames = []string{"nowhere", "own_agency", "own_regions", "own_either", "everywhere"}

func (s Scope) String() string               { return enumString(s, scopeNames) }
func (s Scope) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Scopes are all scopes.
func Scopes() []Scope { return []Scope{Nowhere, OwnAgency, OwnRegions, OwnEither, Everywhere} }

// Scope is the one table of what roles may do. A liaison speaks for the own agency and works in the
// own regions; a coordinator runs the own regions, may record the answer of an agency there, and always speaks for the
// own agency.
func (r Role) Scope(right Right) Scope {
	switch r {
	case NationalRole:
		return Everywhere
	case Coordinator:
		switch right {
		case RightAnswer, RightRelease, RightLog:
			return OwnEither
		case RightPIN:
			return Nowhere
		}
		return OwnRegions
	case Liaison:
		switch right {
		case RightAnswer, RightRelease, RightLog:
			return OwnAgency
		case RightPropose, RightEdit, RightAsk, RightNote, RightSign:
			return OwnRegions
		}
	}
	return Nowhere
}

// Writes returns nil when the actor may write at all, else the refusal.
func (a Actor) Writes() error {
	switch {
	case a.Then != 0:
		return forbidden(InThePast, "day", a.Then.String())
	case a.ReadOnly:
		return forbidden(ReadOnly)
	}
	return nil
}

// May returns nil when the actor has the right on the region for the agency ("" where none is
// concerned), else the refusal that says which role could.
func (a Actor) May(right Right, region RegionCode, agency AgencyCode) error {
	if err := a.Writes(); err != nil {
		return err
	}
	own := agency != "" && agency == a.Agency
	switch a.Role.Scope(right) {
	case Everywhere:
		return nil
	case OwnAgency:
		if own {
			return nil
		}
		return forbidden(NotOwnAgency, "right", right.String(), "agency", string(agency), "own", string(a.Agency))
	case OwnRegions, OwnEither:
		if own && a.Role.Scope(right) == OwnEither || slices.Contains(a.Regions, region) {
			return nil
		}
		return forbidden(NotOwnRegion, "right", right.String(), "region", string(region))
	}
	return forbidden(NotRole, "right", right.String(), "role", a.Role.String(), "officer", string(a.Officer))
}
