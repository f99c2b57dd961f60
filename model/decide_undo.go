package model

import "slices"

// An import cannot be undone: it is history, and others go on from it at once.
func (c Undo) decide(d *decision) error {
	return d.reverse(d.Last(d.actor.Officer), ActUndo, NothingToUndo, c)
}

func (c Redo) decide(d *decision) error {
	return d.reverse(d.Undone(d.actor.Officer), ActRedo, NothingToRedo, Undo(c))
}

// reverse takes back an action of the actor's own, all of it or, with Rest, what still stands. To redo is to take
// back an undo. What stands against it is told of all its events at once.
func (d *decision) reverse(events []Event, action Action, nothing Why, c Undo) error {
	if d.actor.Role.Scope(RightAnswer) == Nowhere {
		return forbidden(NotRole, "right", "undo", "role", d.actor.Role.String(), "officer", string(d.actor.Officer))
	}
	if len(events) == 0 {
		return refused(nothing, "officer", string(d.actor.Officer))
	}
	if c.Of != 0 && !slices.ContainsFunc(events, func(ev Event) bool { return ev.Seq == c.Of }) {
		return refused(UndoOther, "officer", string(d.actor.Officer))
	}
	var diffs []Diff
	for _, ev := range slices.Backward(events) {
		if ev.Action == ActImport {
			return refused(UndoImport)
		}
		against, err := d.takeBack(ev, action, c.Rest)
		if err != nil {
			return err
		}
		diffs = append(diffs, against...)
	}
	if len(diffs) > 0 && (!c.Rest || len(d.events) == 0) {
		d.events = nil
		return changed(UndoChanged, diffs)
	}
	return nil
}

// takeBack reverses one event, if everything it changed still stands as it left it; else it answers what does not. With
// rest, what others have not touched since is: of the agencies that an event asked those that have not answered.
func (d *decision) takeBack(ev Event, action Action, rest bool) ([]Diff, error) {
	if ev.Effort == "" {
		return d.takeBackEntries(ev, action)
	}
	if ev.Removes() {
		return nil, d.bringBack(ev, action)
	}
	e, err := d.effort(ev.Effort)
	if err != nil {
		return d.gone(ev, err)
	}
	diffs, err := d.standing(e, ev)
	if len(diffs) > 0 && rest && ev.divisible() {
		ev = ev.without(diffs)
		var more []Diff
		if more, err = d.standing(e, ev); err != nil || len(more) > 0 || len(ev.Changes) == 0 {
			return append(diffs, more...), err
		}
	} else if err != nil || len(diffs) > 0 {
		return diffs, err
	}
	changes := ev.reversed()
	for i := range changes { // bookkeeping may have gone on since
		if c := &changes[i]; c.Field.Quiet() && !c.Field.note() {
			c.Old = e.Get(c.Field)
		}
	}
	return diffs, d.record(Event{Effort: e.ID, Action: action, Version: e.Version + 1, Undoes: ev.Seq, Changes: changes}, e)
}

// divisible reports whether what the event changed are things each of its own: agencies, who leads, partners, and the
// fields that say nothing of each other. A status and what it needs go together, and so do level and regions.
func (ev *Event) divisible() bool {
	return !slices.ContainsFunc(ev.Changes, func(c Change) bool {
		switch c.Field {
		case FieldLead, FieldPartners, FieldCodename, FieldTitle, FieldArea, FieldCrime, FieldKind, FieldPriority, FieldReview:
			return false
		}
		group, _, _ := c.Field.Parts()
		return group != "agency"
	})
}

// without is the event without the changes of the subjects that others have changed since.
func (ev Event) without(diffs []Diff) Event {
	ev.Changes = slices.DeleteFunc(slices.Clone(ev.Changes), func(c Change) bool {
		return slices.ContainsFunc(diffs, func(x Diff) bool { return x.Field.Subject() == c.Field.Subject() })
	})
	return ev
}

// gone answers that the effort was taken back since by whoever proposed it: what was redone on it has no place.
func (d *decision) gone(ev Event, unknown error) ([]Diff, error) {
	for _, last := range slices.Backward(d.History(ev.Effort, 0)) {
		for _, c := range last.Changes {
			if c.Field == FieldStatus && c.New == "" {
				return []Diff{{Field: c.Field, Mine: c.Old, Officer: last.Officer, At: last.At, Effort: ev.Effort}}, nil
			}
		}
	}
	return nil, unknown
}

// bringBack proposes an effort again whose proposal was taken back. Number and codename have stayed its own, and the
// numbers of the lines that it had are not given again: their writers may yet redo them.
func (d *decision) bringBack(ev Event, action Action) error {
	changes := ev.reversed()
	var was *Effort
	for _, past := range d.History(ev.Effort, 0) {
		e, err := past.On(was)
		if err != nil {
			return err
		}
		if e != nil {
			was = e
		}
	}
	if was != nil && was.Serial > 0 {
		if taken := (Change{numbered("note", was.Serial) + ".at", "", ""}); !slices.Contains(changes, taken) {
			changes = append(changes, taken)
		}
	}
	return d.record(Event{Effort: ev.Effort, Action: action, Version: 1, Undoes: ev.Seq, Changes: changes}, nil)
}

func (d *decision) takeBackEntries(ev Event, action Action) (diffs []Diff, err error) {
	for i, entry := range ev.Entries() {
		if now := d.registered(entry.EntryKey); now != entry.Value {
			diffs = append(diffs, Diff{Field: ev.Changes[i].Field, Mine: entry.Value, Theirs: now})
		}
	}
	if len(diffs) > 0 {
		return diffs, nil
	}
	return nil, d.record(Event{Action: action, Undoes: ev.Seq, Changes: ev.reversed()}, nil)
}

// standing answers which values are no longer those that the event left, or what else has come to rest on them:
// an effort that others have worked on since it was made, an agency that leads by now.
func (d *decision) standing(e *Effort, ev Event) (diffs []Diff, err error) {
	check := func(f Field, left string) {
		group, _, _ := f.Parts()
		if now := e.Get(f); group != "note" && !f.Quiet() && now != left {
			who, at := d.changer(e, ev.Version, f)
			diffs = append(diffs, Diff{Field: f, Mine: left, Theirs: now, Officer: who, At: at, Effort: e.ID})
		}
	}
	for _, c := range ev.Changes {
		check(c.Field, c.New)
		// A request that was declined and made again since looks as it did, but others have gone on from it.
		if group, agency, aspect := c.Field.Parts(); group == "agency" && aspect == "state" && c.Old == "" && e.Get(c.Field) == c.New {
			if reason := AgencyField(AgencyCode(agency), "reason"); !ev.changes(reason) {
				check(reason, "")
			}
		}
	}
	if ev.Begins() {
		diffs = d.worked(e, ev, diffs)
	}
	if len(diffs) == 0 {
		return d.broken(e, ev)
	}
	return diffs, nil
}

func (ev *Event) changes(f Field) bool {
	return slices.ContainsFunc(ev.Changes, func(c Change) bool { return c.Field == f })
}

// worked adds what has been done on an effort since it was made and not undone again. What was merely changed
// back counts: who did it could never undo it, nor anything before, if the effort were gone.
func (d *decision) worked(e *Effort, made Event, diffs []Diff) []Diff {
	since := d.History(e.ID, made.Version)
	type deed struct {
		seq   uint64
		field Field
	}
	undone := map[deed]bool{} // field by field: of an asking, some agencies may have been taken back
	for _, ev := range slices.Backward(since) {
		for _, c := range ev.Changes {
			if ev.Undoes != 0 && !undone[deed{ev.Seq, c.Field}] { // an undo that was redone has undone nothing
				undone[deed{ev.Undoes, c.Field}] = true
			}
		}
	}
	for _, ev := range since {
		// What redoes something of before the effort was proposed anew is work like any other.
		if ev.Undoes > made.Seq {
			continue
		}
		for _, c := range ev.Changes {
			seen := slices.ContainsFunc(diffs, func(x Diff) bool { return x.Field == c.Field })
			if !seen && !c.Field.Quiet() && !undone[deed{ev.Seq, c.Field}] {
				diffs = append(diffs, Diff{Field: c.Field, Theirs: c.New, Officer: ev.Officer, At: ev.At, Effort: e.ID})
			}
		}
	}
	return diffs
}

// broken returns what would not hold any more if the event were taken back: that agencies come and go only while an
// effort is open, that no agency's year has less than no hours or outcomes, that who leads has accepted, and that what
// becomes active is joint, unless nobody has touched that since.
func (d *decision) broken(e *Effort, ev Event) ([]Diff, error) {
	back := Event{Effort: ev.Effort, Action: ActUndo, At: d.now, Version: e.Version + 1, Changes: ev.reversed()}
	n, err := back.On(e)
	if err != nil || n == nil {
		return nil, err
	}
	if diffs := d.overdrawn(e, n, ev); len(diffs) > 0 {
		return diffs, nil
	}
	lead, by := string(e.Lead()), FieldLead
	for _, c := range back.Changes {
		if group, _, _ := c.Field.Parts(); !e.Open() && (group == "agency" || c.Field == FieldLead) {
			who, at := d.changer(e, ev.Version, FieldStatus)
			return []Diff{{Field: FieldStatus, Theirs: e.Status.String(), Officer: who, At: at, Effort: e.ID}}, nil
		}
		if c.Field == FieldLead {
			lead, by = c.New, AgencyField(AgencyCode(c.New), "state")
		}
	}
	if lead != "" && (string(n.Lead()) != lead || n.Assignment(AgencyCode(lead)).State != Accepted) {
		who, at := d.changer(e, ev.Version, by)
		return []Diff{{Field: by, Theirs: e.Get(by), Officer: who, At: at, Effort: e.ID}}, nil
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
				diffs = append(diffs, Diff{Field: c.Field, Mine: was[c.Field], Theirs: now, Officer: later.Officer, At: later.At, Effort: e.ID})
			}
		}
	}
	return diffs, nil
}

// overdrawn returns the corrections since the event that would take an agency's year below nothing in n, without what the
// event logged. Where there are none somebody has taken back what the event, to be redone, took off.
func (d *decision) overdrawn(e, n *Effort, ev Event) (diffs []Diff) {
	if n.Followup == nil {
		return nil
	}
	var below []Field
	for _, h := range n.Hours {
		if left := n.Worked(h.Agency, h.Date.Year()); h.Centi < 0 && left < min(0, e.Worked(h.Agency, h.Date.Year())) {
			below = append(below, numbered("hours", h.N))
		}
	}
	for _, o := range n.Outcomes {
		if left := n.AchievedBy(o.Measure, o.Agency, o.Date.Year()); o.Milli < 0 && left < min(0, e.AchievedBy(o.Measure, o.Agency, o.Date.Year())) {
			below = append(below, numbered(string(FieldOutcome), o.N))
		}
	}
	since := d.History(e.ID, ev.Version)
	for _, f := range below {
		if slices.ContainsFunc(since, func(later Event) bool { return later.changes(f) }) {
			who, at := d.changer(e, ev.Version, f)
			diffs = append(diffs, Diff{Field: f, Theirs: e.Get(f), Officer: who, At: at, Effort: e.ID})
		}
	}
	if len(diffs) == 0 && len(below) > 0 {
		diffs = []Diff{{Field: below[0], Theirs: e.Get(below[0]), Officer: e.UpdatedBy, At: e.Updated, Effort: e.ID}}
	}
	return diffs
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
