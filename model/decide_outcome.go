package model

import "strconv"

// An outcome may come years after an effort has closed, so it is taken in any status.
func (c AddOutcome) decide(d *decision) error {
	e, err := d.effort(c.Effort)
	if err != nil {
		return err
	}
	m := d.Catalogue().OutcomeMeasure(c.Measure)
	if m == nil {
		return d.noMeasure(c.Measure)
	}
	if c.Agency == "" {
		c.Agency = d.actor.Agency
	}
	if c.Agency != "" {
		if _, err := d.agency(c.Agency); err != nil {
			return err
		}
	}
	if err := d.actor.MayOn(RightLog, e, c.Agency); err != nil {
		return err
	}
	if err := m.Unit.Check(c.Milli); err != nil {
		return err
	}
	if c.Date == 0 {
		c.Date = d.today
	}
	if err := NotAhead(FieldOutcome, c.Date, d.today); err != nil {
		return err
	}
	reason, err := CleanText(c.Reason, MaxReason)
	if err != nil {
		return badText(FieldReason, err)
	}
	if reason == "" && c.Milli < 0 {
		return refused(OutcomeReason, "effort", string(e.ID))
	}
	if err := c.left(d, e, m.Unit); err != nil {
		return err
	}
	n := e.Clone()
	if n.Followup == nil {
		n.Followup = &Followup{}
	}
	n.Outcomes = append(n.Outcomes, Outcome{N: e.Serial + 1, Agency: c.Agency, Measure: c.Measure, Milli: c.Milli, Date: c.Date, By: d.actor.Officer})
	return d.emit(ActOutcome, e, n, whyLogged(e, reason)...)
}

// left refuses to take off more than the agency, or none, has of the measure in the year of the date. It says where else
// there is some that the actor may take off.
func (c AddOutcome) left(d *decision, e *Effort, unit Unit) error {
	year := c.Date.Year()
	has := max(e.AchievedBy(c.Measure, c.Agency, year), 0)
	if c.Milli >= 0 || -c.Milli <= has {
		return nil
	}
	var last Outcome
	if e.Followup != nil {
		for _, o := range e.Outcomes {
			here := o.Agency == c.Agency && o.Date.Year() == year
			if o.Measure != c.Measure || o.Milli < 0 || here || e.AchievedBy(o.Measure, o.Agency, o.Date.Year()) <= 0 || d.actor.MayOn(RightLog, e, o.Agency) != nil {
				continue
			}
			own, was := o.Agency == c.Agency, last.Agency == c.Agency
			if last.Date == 0 || own && !was || own == was && o.Date > last.Date {
				last = o
			}
		}
	}
	args := []string{"effort", string(e.ID), "agency", string(c.Agency), "most", FormatDecimal(has, outcomePlaces), "unit", unit.String(), "year", strconv.Itoa(year)}
	if last.Date == 0 {
		return refused(OutcomeLeft, args...)
	}
	there := last.Date.Year()
	return refused(OutcomeElsewhere, append(args, "left", FormatDecimal(e.AchievedBy(c.Measure, last.Agency, there), outcomePlaces),
		"there", strconv.Itoa(there), "whose", string(last.Agency), "day", last.Date.String())...)
}

// whyLogged is the note that says why hours or an outcome are logged, beside their line; none without a reason.
func whyLogged(e *Effort, reason string) []Note {
	if reason == "" {
		return nil
	}
	return []Note{{N: e.Serial + 2, Text: reason}}
}

func (d *decision) noMeasure(code OutcomeCode) error {
	var known []string
	for _, m := range d.Catalogue().Outcomes {
		known = append(known, string(m.Code))
	}
	return unknown(FieldOutcome, MaskPersonal(string(code)), known)
}

// Check refuses a figure, in thousandths, that is no outcome of the unit: none, finer than it, or more than one can be.
func (u Unit) Check(milli int64) error {
	figure := FormatDecimal(milli, outcomePlaces)
	least := int64(1)
	for range outcomePlaces - u.Decimals() {
		least *= 10
	}
	switch most := u.most(); {
	case milli == 0:
		return invalid(BadNumber, "field", string(FieldOutcome), "value", figure)
	case milli > most || milli < -most:
		return invalid(TooMuch, "amount", figure, "most", FormatDecimal(most, outcomePlaces), "unit", u.String())
	case milli%least != 0:
		low := milli - (milli%least+least)%least
		return invalid(TooFine, "amount", figure, "decimals", strconv.Itoa(u.Decimals()), "low", FormatDecimal(low, outcomePlaces),
			"high", FormatDecimal(low+least, outcomePlaces), "unit", u.String())
	}
	return nil
}
