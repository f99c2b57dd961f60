package app

import "board.internal/samverkan/model"

// maxUnseen bounds what is remembered as not seen; beyond it the oldest changes go for seen.
const maxUnseen = 2000

// unseen are the efforts that others have changed and that nobody here has looked at since. It is the session's own,
// and ends with it.
type unseen struct {
	// of tells in which round each changed; order is the order they did so in, those seen since included.
	of    map[model.EffortID]int
	order []model.EffortID
	// round counts how often the wall has gone round; serial changes with what is unseen.
	round, serial int
	// cells is how many there are in each cell of a board, as of a serial.
	cells     map[place]int
	counted   int
	countedOn *model.Board
}

// note takes what others have changed between two boards.
func (u *unseen) note(old, now *model.Board, own model.OfficerID) {
	for id, e := range now.Since(old) {
		was := old.Effort(id)
		switch {
		case e == nil:
			u.see(id)
		case was != nil && was.Version == e.Version && was.Updated == e.Updated:
		case e.UpdatedBy != own:
			u.add(id)
		}
	}
}

func (u *unseen) add(id model.EffortID) {
	if u.of == nil {
		u.of = map[model.EffortID]int{}
	}
	u.serial++
	_, known := u.of[id]
	if u.of[id] = u.round; known {
		return
	}
	u.order = append(u.order, id)
	for len(u.order) > maxUnseen {
		delete(u.of, u.order[0])
		u.order = u.order[1:]
	}
}

func (u *unseen) see(id model.EffortID) {
	if _, is := u.of[id]; !is {
		return
	}
	u.serial++
	if delete(u.of, id); len(u.of) == 0 {
		u.order = nil
	}
}

// change puts what another officer has not seen in the place of what the one before had not: also what was changed
// meanwhile, from this desk or from elsewhere.
func (u *unseen) change(to *seat, now *model.Board, own model.OfficerID) {
	serial := u.serial
	if *u = to.unseen; to.board != nil {
		u.note(to.board, now, own)
	}
	u.serial = max(u.serial, serial) + 1
}

// turn begins a round of the wall: what has been shown for a whole one has been seen.
func (u *unseen) turn() {
	for id, round := range u.of {
		if round < u.round {
			u.see(id)
		}
	}
	u.round++
}

// Looker is a screen with an effort under its cursor.
type Looker interface {
	// Looks returns the effort, nil when there is none.
	Looks() *model.Effort
}

// see notes that the effort under the cursor has been looked at: a key has been pressed with it on the screen.
func (a *App) see() {
	if s, ok := a.base().(Looker); ok && a.cover == nil && len(a.unseen.of) > 0 {
		if e := s.Looks(); e != nil {
			a.unseen.see(e.ID)
		}
	}
}

// Unseen reports whether another officer has changed an effort since it was last looked at here.
func (d *Desk) Unseen(id model.EffortID) bool {
	_, is := d.app.unseen.of[id]
	return is
}

// UnseenSerial changes whenever what is unseen does.
func (d *Desk) UnseenSerial() int { return d.app.unseen.serial }

// CountUnseen counts the unseen among efforts; mostly there are none, and nothing is counted.
func (d *Desk) CountUnseen(efforts []*model.Effort) (n int) {
	if len(d.app.unseen.of) == 0 {
		return 0
	}
	for _, e := range efforts {
		if d.Unseen(e.ID) {
			n++
		}
	}
	return n
}

// CountUnseenIn counts the unseen efforts that the picture counts in a region under a focus.
func (d *Desk) CountUnseenIn(region model.RegionCode, focus model.FocusCode) int {
	u := &d.app.unseen
	if u.counted != u.serial || u.countedOn != d.Board {
		u.counted, u.countedOn, u.cells = u.serial, d.Board, map[place]int{}
		for id := range u.of {
			if e := d.Board.Effort(id); e != nil {
				u.cells[place{e.Region, e.Focus}]++
			}
		}
	}
	return u.cells[place{region, focus}]
}

// place is a cell of the picture.
type place struct {
	region model.RegionCode
	focus  model.FocusCode
}
