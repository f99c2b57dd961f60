package store

import (
	"slices"
	"strings"
	"sync"
	"time"
)

// often is how soon after the last time a session's announcement may be written again: who walks through ten regions
// writes once or twice.
const often = time.Second

// presence is who is at the board: the seats of this process, and all that were seen when it was last looked.
type presence struct {
	mu      sync.Mutex
	seats   []*Seat
	here    []Present
	running bool
	poked   chan struct{}

	// io is held while an engine is asked, so that a seat that is given up is not put up again. ended is under it.
	io    sync.Mutex
	ended bool
}

// poke has the seats that are due put up: by attend while it runs, else at once.
func (p *presence) poke(s *Store) {
	p.mu.Lock()
	running := p.running
	p.mu.Unlock()
	if !running {
		s.announce(true)
		return
	}
	select {
	case p.poked <- struct{}{}:
	default:
	}
}

// Here returns who is at the board, those of this process too, by when they came. While somebody watches it is as old
// as a second and costs nothing; before, it looks.
func (s *Store) Here() []Present {
	s.presence.mu.Lock()
	running, here := s.presence.running, s.presence.here
	s.presence.mu.Unlock()
	if running {
		return here
	}
	return s.lookAround()
}

func (s *Store) lookAround() (here []Present) {
	e, ok := s.engine.(Presence)
	if !ok {
		return nil
	}
	for session, what := range e.Announced() {
		if p, ok := decodePresent(session, what, s.opts.Now()); ok {
			here = append(here, p)
		}
	}
	slices.SortFunc(here, func(a, b Present) int {
		if c := a.Since.Compare(b.Since); c != 0 {
			return c
		}
		return strings.Compare(a.Session, b.Session)
	})
	return here
}

// announce puts up the seats of this process that have something new to say; all of them says that what was put up
// before is to be looked after too.
func (s *Store) announce(all bool) {
	e, ok := s.engine.(Presence)
	if !ok {
		return
	}
	now := time.Now()
	s.presence.mu.Lock()
	up := map[*Seat][]byte{}
	for _, seat := range s.presence.seats {
		if soon := seat.due && now.Sub(seat.written) >= often; soon || all {
			if seat.due {
				seat.written = now
			}
			seat.due = false
			up[seat] = seat.now.encode()
		}
	}
	s.presence.mu.Unlock()
	s.presence.io.Lock()
	defer s.presence.io.Unlock()
	for seat, what := range up {
		if !seat.left && !s.presence.ended && what != nil {
			e.Announce(seat.session, what)
		}
	}
}

// attend keeps presence up to date until Close, beside follow: a store that somebody holds must not make people
// vanish.
func (s *Store) attend() {
	tick := time.NewTicker(pulse)
	defer tick.Stop()
	s.announce(true)
	s.notice(s.lookAround())
	for {
		select {
		case <-s.feed.ctx.Done():
			return
		case <-s.presence.poked:
			s.announce(false)
		case <-tick.C:
			s.announce(true)
			s.notice(s.lookAround())
		}
	}
}

// notice keeps who is here, and tells who watches when that has changed.
func (s *Store) notice(here []Present) {
	p := &s.presence
	p.mu.Lock()
	moved := !slices.EqualFunc(p.here, here, func(a, b Present) bool {
		return a.Session == b.Session && a.Officer == b.Officer && a.Initials == b.Initials && a.Agency == b.Agency && a.Doing.same(b.Doing)
	})
	p.here = here
	p.mu.Unlock()
	if moved {
		s.feed.mu.Lock()
		s.feed.tell()
		s.feed.mu.Unlock()
	}
}

// adjourn ends presence: every seat of this process is taken down.
func (s *Store) adjourn() {
	s.presence.io.Lock()
	defer s.presence.io.Unlock()
	if s.presence.ended {
		return
	}
	s.presence.ended = true
	e, ok := s.engine.(Presence)
	if !ok {
		return
	}
	s.presence.mu.Lock()
	seats := slices.Clone(s.presence.seats)
	s.presence.mu.Unlock()
	for _, seat := range seats {
		e.Withdraw(seat.session)
	}
}
