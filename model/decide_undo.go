package model

import "slices"

// An import cannot be undone: it is history, and others go on from it at once.
func (Undo) decide(d *decision) error {
	if d.actor.Role.Scope(RightAnswer) == Nowhere {
		return forbidden(NotRole, "right", "undo", "role", d.actor.Role.String(), "officer", string(d.actor.Officer))
	}
	events := d.Last(d.actor.Officer)
	if len(events) == 0 {
		return refused(NothingToUndo, "officer", string(d.actor.Officer))
	}
	for _, ev := range slices.Backward(events) {
		if ev.Action == ActImport || ev.Action == ActPartner {
			return refused(UndoImport)
		}
		if err := d.takeBack(ev); err != nil {
			return err
		}
	}
	return nil
}

// takeBack reverses one event, if everything it changed still stands as it left it.
func (d *decision) takeBack(ev Event) error {
	e, err := d.effort(ev.Effort)
	if err != nil {
		return err
	}
	if err := d.standing(e, ev); err != nil {
		return err
	}
	changes := ev.reversed()
	for i := range changes { // bookkeeping may have gone on since
		if c := &changes[i]; c.Field.Quiet() && !c.Field.note() {
			c.Old = e.Get(c.Field)
		}
	}
	return d.record(Event{Effort: e.ID, Action: ActUndo, Version: e.Version + 1, Undoes: ev.Seq, Changes: changes}, e)
}

// standing refuses when a value is no longer the one the event left, or when something else has come to
// rest on it: an effort that others have worked on since it was made, an agency that leads by now.
func (d *decision) standing(e *Effort, ev Event) error {
	var diffs []Diff
	check := func(f Field, left string) {
		group, _, _ := f.Parts()
		if now := e.Get(f); group != "note" && !f.Quiet() && now != left {
			who, at := d.changer(e, ev.Version, f)
			diffs = append(diffs, Diff{f, left, now, who, at})
		}
	}
	for _, c := range ev.Changes {
		check(c.Field, c.New)
	}
	if ev.Action == ActCreate {
		diffs = d.worked(e, ev, diffs)
	}
	if len(diffs) == 0 {
		var err error
		if diffs, err = d.broken(e, ev); err != nil || len(diffs) == 0 {
			return err
		}
	}
	return changed(UndoChanged, e.ID, diffs)
}

// worked adds what has been done on an effort since it was made and not undone again. What was merely changed
// back counts: who did it could never undo it, nor anything before, if the effort were gone.
func (d *decision) worked(e *Effort, made Event, diffs []Diff) []Diff {
	since := d.History(e.ID, made.Version)
	undone := map[uint64]bool{}
	for i := range since {
		undone[since[i].Undoes] = true
	}
	for _, ev := range since {
		if ev.Action == ActUndo || undone[ev.Seq] {
			continue
		}
		for _, c := range ev.Changes {
			seen := slices.ContainsFunc(diffs, func(x Diff) bool { return x.Field == c.Field })
			if !seen && !c.Field.Quiet() {
				diffs = append(diffs, Diff{c.Field, "", c.New, ev.Officer, ev.At})
			}
		}
	}
	return diffs
}

// broken returns what would not hold any more if the event were taken back: that who leads has accepted,
// and that what becomes active is joint, unless nobody has touched that since.
func (d *decision) broken(e *Effort, ev Event) ([]Diff, error) {
	back := Event{Effort: ev.Effort, Action: ActUndo, At: d.now, Version: e.Version + 1, Changes: ev.reversed()}
	n, err := back.On(e)
	if err != nil || n == nil {
		return nil, err
	}
	lead, by := string(e.Lead()), FieldLead
	for _, c := range back.Changes {
		if c.Field == FieldLead {
			lead, by = c.New, AgencyField(AgencyCode(c.New), "state")
		}
	}
	if lead != "" && (string(n.Lead()) != lead || n.Assignment(AgencyCode(lead)).State != Accepted) {
		who, at := d.changer(e, ev.Version, by)
		return []Diff{{by, "", e.Get(by), who, at}}, nil
	}
	if n.Status != Active || e.Status == Active || n.Lead() != "" && n.Count(Accepted) > 1 {
		return nil, nil
	}
	var diffs []Diff
	was := map[Field]string{}
	for _, later := range d.History(e.ID, ev.Version) {
		for _, c := range later.Changes {
			group, _, aspect := c.Field.Parts()
			if _, known := was[c.Field]; !known {
				was[c.Field] = c.Old
			}
			if now := e.Get(c.Field); now != was[c.Field] && (c.Field == FieldLead || group == "agency" && aspect == "state") {
				diffs = append(diffs, Diff{c.Field, was[c.Field], now, later.Officer, later.At})
			}
		}
	}
	return diffs, nil
}

// changer returns who last changed a field's subject after a version, and when.
func (d *decision) changer(e *Effort, after uint32, f Field) (OfficerID, Stamp) {
	who, at := e.UpdatedBy, e.Updated
	for _, ev := range d.History(e.ID, after) {
		for _, c := range ev.Changes {
			if group, _, _ := c.Field.Parts(); c.Field.Subject() == f.Subject() || group == string(f) {
				who, at = ev.Officer, ev.At
			}
		}
	}
	return who, at
}
