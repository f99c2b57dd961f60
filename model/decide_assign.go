package model

import (
	"cmp"
	"slices"
)

func (c Assign) decide(d *decision) error {
	e, err := d.effort(c.Effort)
	if err != nil {
		return err
	}
	if err := ofOpen(e); err != nil {
		return err
	}
	n := e.Clone()
	// What others have changed is told of all agencies at once, and first: the rest may follow from it.
	var against []Diff
	for _, p := range c.Parts {
		no := d.part(e, n, c.Seen, p)
		against = append(against, Against(no)...)
		err = cmp.Or(err, no)
	}
	if c.Lead != "" {
		no := d.lead(e, n, c)
		against = append(against, Against(no)...)
		err = cmp.Or(err, no)
	}
	if len(against) > 0 {
		return changed(Changed, against)
	}
	if err != nil {
		return err
	}
	unlisted, err := d.setPartners(n, c.Partners)
	if err == nil {
		err = d.emit(ActAssign, e, n)
	}
	if err != nil {
		return err
	}
	return d.enter(ActPartner, unlisted...)
}

// part carries out one wish of an Assign on n; e is the effort before all of them.
func (d *decision) part(e, n *Effort, seen uint32, p Part) error {
	agency, err := d.agency(p.Agency)
	if err != nil {
		return err
	}
	a := e.Assignment(p.Agency)
	if p.Off {
		return d.off(e, n, seen, a, p.Reason)
	}
	if err := d.actor.MayOn(RightAsk, e, ""); err != nil && d.actor.MayOn(RightAnswer, e, p.Agency) != nil {
		return err
	}
	own := p.Agency == d.actor.Agency
	next := a
	switch {
	case a.State == Accepted:
		if p.Mode == 0 || p.Mode == a.Mode {
			return nil
		}
		// How an agency takes part is its own answer to give.
		if err := d.actor.MayOn(RightAnswer, e, p.Agency); err != nil {
			return err
		}
	case own:
		next.State = Accepted
	case a.State != Asked:
		next.State = Asked
	}
	if next.State != a.State {
		if !agency.Member(d.today) {
			return refused(NotMember, "agency", string(p.Agency), "day", d.today.String())
		}
		next.Since, next.Reason, next.Mode = d.now, "", agency.Suggest(e.Region)
		switch {
		case a.State == Asked:
			next.Mode = a.Mode
		case a.State == Declined && next.State == Asked:
			next.Reason = a.Reason // that it is asked again, and what it said the last time, stays in sight
		}
	}
	if p.Mode != 0 {
		next.Mode = p.Mode
	}
	if err := d.unchanged(e, seen, wish(next), AgencyField(p.Agency, "").Subject()); err != nil {
		return err
	}
	n.put(next)
	return nil
}

// off withdraws a request or releases an agency.
func (d *decision) off(e, n *Effort, seen uint32, a Assignment, reason string) error {
	right := RightRelease
	if a.State == Asked {
		right = RightAsk
	}
	if err := d.actor.MayOn(right, e, a.Agency); err != nil && d.actor.MayOn(RightRelease, e, a.Agency) != nil {
		return err
	}
	reason, err := CleanText(reason, MaxReason)
	if err != nil {
		return badText(FieldReason, err)
	}
	next := a
	next.State, next.Lead, next.Since, next.Reason = Released, false, d.now, reason
	want, subjects := wish(next), []Field{AgencyField(a.Agency, "").Subject()}
	if a.Lead {
		// Whoever made it lead since counts on it.
		want[FieldLead], subjects = "", append(subjects, FieldLead)
	}
	if err := d.unchanged(e, seen, want, subjects...); err != nil {
		return err
	}
	if a.State != Asked && a.State != Accepted {
		return refused(NotTaking, "effort", string(e.ID), "agency", string(a.Agency), "state", a.State.String())
	}
	// An agency that takes back a request to itself has declined it, and says why like any other.
	if reason == "" && (a.State == Accepted || a.Agency == d.actor.Agency) {
		return refused(ReleaseReason, "effort", string(e.ID), "agency", string(a.Agency))
	}
	n.put(next)
	return nil
}

// lead makes an agency lead that has accepted, now or earlier.
func (d *decision) lead(e, n *Effort, c Assign) error {
	if _, err := d.agency(c.Lead); err != nil {
		return err
	}
	if err := d.actor.MayOn(RightAsk, e, ""); err != nil {
		return err
	}
	if err := d.unchanged(e, c.Seen, map[Field]string{FieldLead: string(c.Lead)}, FieldLead); err != nil {
		return err
	}
	if a := n.Assignment(c.Lead); a.State != Accepted {
		return refused(LeadNotAccepted, "effort", string(e.ID), "agency", string(c.Lead), "state", a.State.String())
	}
	return n.set(FieldLead, string(c.Lead))
}

func (c Answer) decide(d *decision) error {
	e, err := d.effort(c.Effort)
	if err != nil {
		return err
	}
	agency, err := d.agency(c.Agency)
	if err != nil {
		return err
	}
	if err := d.actor.MayOn(RightAnswer, e, c.Agency); err != nil {
		return err
	}
	if err := ofOpen(e); err != nil {
		return err
	}
	next := e.Assignment(c.Agency)
	was := next.State
	if next.Reason, err = CleanText(c.Reason, MaxReason); err != nil {
		return badText(FieldReason, err)
	}
	next.Since, next.State = d.now, Declined
	if c.Accept {
		next.State = Accepted
	}
	if c.Mode != 0 {
		next.Mode = c.Mode
	}
	if err := d.unchanged(e, c.Seen, wish(next), AgencyField(c.Agency, "").Subject()); err != nil {
		return err
	}
	if was != Asked {
		return refused(NotAsked, "effort", string(e.ID), "agency", string(c.Agency), "state", was.String())
	}
	if c.Accept && !agency.Member(d.today) { // one that has left can still say no
		return refused(NotMember, "agency", string(c.Agency), "day", d.today.String())
	}
	if next.Reason == "" && !c.Accept {
		return refused(DeclineReason, "effort", string(e.ID), "agency", string(c.Agency))
	}
	n := e.Clone()
	n.put(next)
	return d.emit(ActAnswer, e, n)
}

func (c Release) decide(d *decision) error {
	e, err := d.effort(c.Effort)
	if err != nil {
		return err
	}
	if _, err := d.agency(c.Agency); err != nil {
		return err
	}
	if err := ofOpen(e); err != nil {
		return err
	}
	n := e.Clone()
	if err := d.off(e, n, c.Seen, e.Assignment(c.Agency), c.Reason); err != nil {
		return err
	}
	return d.emit(ActRelease, e, n)
}

// agency returns the catalogue's entry.
func (d *decision) agency(code AgencyCode) (*Agency, error) {
	cat := d.Catalogue()
	if a := cat.Agency(code); a != nil {
		return a, nil
	}
	var known []string
	for i := range cat.Agencies {
		known = append(known, string(cat.Agencies[i].Code))
	}
	return nil, notFound(UnknownAgency, "agency", string(code), "near", Nearest(string(code), known))
}

// wish is what an assignment would read as, to tell whether others made it the same.
func wish(a Assignment) map[Field]string {
	return map[Field]string{AgencyField(a.Agency, "state"): a.State.String(), AgencyField(a.Agency, "mode"): a.Mode.String(),
		AgencyField(a.Agency, "reason"): a.Reason}
}

// put sets an agency's part.
func (e *Effort) put(a Assignment) {
	i := slices.IndexFunc(e.Assignments, func(b Assignment) bool { return b.Agency == a.Agency })
	if i < 0 {
		e.Assignments = append(e.Assignments, a)
		return
	}
	e.Assignments[i] = a
}
