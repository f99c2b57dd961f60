package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
)

// Worker is a screen that says what one is at there, for the others at the board.
type Worker interface{ Doing() store.Doing }

// Editor is an overlay in which efforts are being changed.
type Editor interface{ Editing() []model.EffortID }

// around is who else is at the board.
type around struct {
	seat *store.Seat
	here []store.Present
	// editing is who has an effort open, by its id: initials, joined. It is nil while nobody has.
	editing map[model.EffortID]string
	// hash is terminal, hashed.
	terminal, hash string
}

// attend takes a seat, for a session that is to be seen: a wall that only shows is nobody.
func (a *App) attend() {
	if !a.desk.Present || a.desk.Actor.ReadOnly {
		return
	}
	a.around.seat = a.desk.Store.Sit(a.present())
	context.AfterFunc(a.ctx, a.around.seat.Leave)
}

// present is what others see of this session.
func (a *App) present() store.Present {
	actor := a.desk.Actor
	if r := &a.around; r.terminal != actor.Terminal {
		r.terminal, r.hash = actor.Terminal, hashed(actor.Terminal)
	}
	p := store.Present{Officer: actor.Officer, Initials: actor.Initials, Agency: actor.Agency, Terminal: a.around.hash}
	if a.cover != nil { // whoever is away changes nothing
		p.Doing = store.Doing{Place: string(action.Lock)}
		return p
	}
	if s, ok := a.base().(Worker); ok && a.above == nil { // of the past nobody need know
		p.Doing = s.Doing()
	}
	for _, s := range a.stack {
		if o, ok := s.(Editor); ok {
			p.Editing = append(p.Editing, o.Editing()...)
		}
	}
	return p
}

// hashed is where from without saying where.
func hashed(terminal string) string {
	sum := sha256.Sum256([]byte(terminal))
	return hex.EncodeToString(sum[:4])
}

// lookAround takes who is here now.
func (a *App) lookAround() {
	if !a.desk.Present {
		return
	}
	here := a.desk.Store.Here()
	r := &a.around
	if len(here) == len(r.here) && (len(here) == 0 || &here[0] == &r.here[0]) {
		return
	}
	r.here, r.editing = here, nil
	for i := range here {
		p := &here[i]
		if p.Session == r.seat.Session() {
			continue
		}
		for _, id := range p.Editing {
			if r.editing == nil {
				r.editing = map[model.EffortID]string{}
			}
			if by := r.editing[id]; by == "" {
				r.editing[id] = p.Name()
			} else if !strings.Contains(" "+by+",", " "+p.Name()+",") {
				r.editing[id] = by + ", " + p.Name()
			}
		}
	}
}

// Here returns who is at the board, by when they came, and which session is this one's own.
func (d *Desk) Here() (here []store.Present, own string) {
	around := &d.app.ground().around
	return around.here, around.seat.Session()
}

// EditedBy says who else has an effort open to change it, "" for nobody. It is a soft sign: nobody is kept from anything.
func (d *Desk) EditedBy(id model.EffortID) string { return d.app.around.editing[id] }

// in says how many are at the board, from two on.
func (a *App) in() safe.Text {
	if n := len(a.around.here); n > 1 {
		return safe.Join(safe.Blank(2), safe.Of(text.Fill(a.desk.Texts.Screen.Here.In, "n", strconv.Itoa(n))))
	}
	return safe.Text{}
}
