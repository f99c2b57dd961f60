package model

// maxHours is the most that one entry of hours can be, in hundredths: a slip of the hand is more.
const maxHours = 2000_00

// CheckHours refuses hours, in hundredths, that no entry can be: none, or more than maxHours.
func CheckHours(centi int32) error {
	if centi == 0 || centi > maxHours || centi < -maxHours {
		return invalid(BadNumber, "field", "hours", "value", formatDecimal(int64(centi), 2))
	}
	return nil
}

func (c AddHours) decide(d *decision) error {
	e, err := d.effort(c.Effort)
	if err != nil {
		return err
	}
	if c.Agency == "" { // who is of none has to say whose
		return missing("agency")
	}
	if _, err := d.agency(c.Agency); err != nil {
		return err
	}
	if err := d.actor.MayOn(RightLog, e, c.Agency); err != nil {
		return err
	}
	if err := CheckHours(c.Centi); err != nil {
		return err
	}
	if c.Date == 0 {
		c.Date = d.today
	}
	if err := NotAhead("hours", c.Date, d.today); err != nil {
		return err
	}
	reason, err := CleanText(c.Reason, MaxReason)
	if err != nil {
		return badText(FieldReason, err)
	}
	if reason == "" && c.Centi < 0 {
		return refused(HoursReason, "effort", string(e.ID), "agency", string(c.Agency))
	}
	if has := max(e.Worked(c.Agency), 0); c.Centi < 0 && int64(-c.Centi) > has {
		return refused(HoursLeft, "effort", string(e.ID), "agency", string(c.Agency), "most", formatDecimal(has, 2))
	}
	n := e.Clone()
	if n.Followup == nil {
		n.Followup = &Followup{}
	}
	n.Hours = append(n.Hours, Hours{N: e.Serial + 1, Agency: c.Agency, Centi: c.Centi, Date: c.Date, By: d.actor.Officer})
	return d.emit(ActHours, e, n, whyLogged(e, reason)...)
}
