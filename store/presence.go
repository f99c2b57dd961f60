package store

import (
	"cmp"
	"encoding/hex"
	"encoding/json"
	"io"
	"slices"
	"time"
	"unicode"
	"unicode/utf8"

	"board.internal/samverkan/model"
)

// Presence is what an Engine may offer beside its promises: what the sessions at the board tell each other. It is a
// courtesy and never a lock, and no write to the board: an engine that cannot, or cannot just now, says nothing.
type Presence interface {
	// Announce puts up what others are to see of a session, in the place of what stood there. It stands until
	// Withdraw, Close, or the end of the process, however that comes. To announce the same again is cheap, and puts
	// up again what somebody has taken down.
	Announce(session string, what []byte)
	// Withdraw takes down what a session announced.
	Withdraw(session string)
	// Announced returns what stands, by session: of all processes that have the store, this one included. It never
	// returns more than MaxPresent, and whoever put it up may be anybody.
	Announced() map[string][]byte
}

const (
	// MaxPresent is how many sessions are told of; MaxAnnounced how many bytes one of them is.
	MaxPresent   = 256
	MaxAnnounced = 4 << 10
	// maxTold is how many letters a name in it may have, and how many efforts one can be told to change.
	maxTold    = 80
	maxEditing = 16
)

// Present is a session at the board, as others see it.
type Present struct {
	// Session is the session's own name.
	Session  string `json:"-"`
	Officer  model.OfficerID
	Initials string           `json:",omitempty"`
	Agency   model.AgencyCode `json:",omitempty"`
	// Terminal is where from, hashed: it tells two desks apart and says no more.
	Terminal string `json:",omitempty"`
	Since    time.Time
	Doing
}

// Doing is what a session is at.
type Doing struct {
	// Place is which screen, by the name of the action that leads there; Region which region's, Effort which effort's.
	Place  string           `json:",omitempty"`
	Region model.RegionCode `json:",omitempty"`
	Effort model.EffortID   `json:",omitempty"`
	// Editing are the efforts of an open form or picker, or that a note is being written on.
	Editing []model.EffortID `json:",omitempty"`
}

func (d Doing) same(o Doing) bool {
	return d.Place == o.Place && d.Region == o.Region && d.Effort == o.Effort && slices.Equal(d.Editing, o.Editing)
}

// Name is what a session is called in a word: its initials, or the officer.
func (p *Present) Name() string { return cmp.Or(p.Initials, string(p.Officer)) }

// From is where somebody sits in a word: the beginning of Terminal, which tells two desks apart.
func (p *Present) From() string { return p.Terminal[:min(len(p.Terminal), 6)] }

func (p *Present) encode() []byte {
	q := *p
	if len(q.Editing) > maxEditing {
		q.Editing = q.Editing[:maxEditing]
	}
	b, err := json.Marshal(&q)
	if err != nil || len(b) > MaxAnnounced {
		return nil
	}
	return b
}

// decodePresent reads what a session announced. It may have been written by anybody: what is no name is no name here.
func decodePresent(session string, b []byte, now time.Time) (p Present, ok bool) {
	if len(b) > MaxAnnounced || !utf8.Valid(b) || json.Unmarshal(b, &p) != nil {
		return p, false
	}
	for _, s := range []string{string(p.Officer), p.Initials, string(p.Agency), p.Terminal, p.Place, string(p.Region)} {
		if !told(s) {
			return p, false
		}
	}
	id := func(e model.EffortID) bool { _, _, _, ok := e.Parts(); return !ok || !told(string(e)) }
	if p.Effort != "" && id(p.Effort) || len(p.Editing) > maxEditing || slices.ContainsFunc(p.Editing, id) {
		return p, false
	}
	p.Session = session
	return p, p.Officer != "" && !p.Since.IsZero() && p.Since.Before(now.Add(time.Hour))
}

// told reports whether a word is one to be shown: short, and with nothing invisible in it.
func told(s string) bool {
	n := 0
	for _, r := range s {
		if n++; n > maxTold || !unicode.IsPrint(r) {
			return false
		}
	}
	return true
}

// Seat is a session's own place among those present. Its methods may be called on a nil one.
type Seat struct {
	store   *Store
	session string
	// Under the presence's mutex: what is to stand, when that was last put up, and whether it has to be.
	now     Present
	written time.Time
	due     bool
	// left is under the presence's io.
	left bool
}

// Session is the name of the session.
func (s *Seat) Session() string {
	if s == nil {
		return ""
	}
	return s.session
}

// Sit says that somebody is at the board, until Leave or the end of the process. It never fails: where the engine
// keeps no presence, or cannot, nobody is told.
func (s *Store) Sit(who Present) *Seat {
	var b [8]byte
	if _, err := io.ReadFull(s.opts.Random, b[:]); err != nil {
		return nil
	}
	who.Session = hex.EncodeToString(b[:])
	if who.Since.IsZero() {
		who.Since = s.opts.Now()
	}
	seat := &Seat{store: s, session: who.Session, now: who, due: true}
	s.presence.mu.Lock()
	s.presence.seats = append(s.presence.seats, seat)
	s.presence.mu.Unlock()
	s.presence.poke(s)
	return seat
}

// Is says who sits there and what is being done, when that is something else than before.
func (s *Seat) Is(who Present) {
	if s == nil {
		return
	}
	p := &s.store.presence
	p.mu.Lock()
	old := s.now
	who.Session, who.Since = s.session, old.Since
	same := old.Officer == who.Officer && old.Initials == who.Initials && old.Agency == who.Agency &&
		old.Terminal == who.Terminal && old.Doing.same(who.Doing)
	if who.Editing = slices.Clone(who.Editing); !same {
		if old.Officer != who.Officer { // somebody else has taken the seat
			who.Since = s.store.opts.Now()
		}
		s.now, s.due = who, true
	}
	p.mu.Unlock()
	if !same {
		p.poke(s.store)
	}
}

// Leave gives the seat up.
func (s *Seat) Leave() {
	if s == nil {
		return
	}
	p := &s.store.presence
	p.mu.Lock()
	p.seats = slices.DeleteFunc(p.seats, func(o *Seat) bool { return o == s })
	p.mu.Unlock()
	p.io.Lock() // what is being put up is up, and is not put up again
	defer p.io.Unlock()
	if s.left = true; p.ended {
		return
	}
	if e, ok := s.store.engine.(Presence); ok {
		e.Withdraw(s.session)
	}
}
