package model

import "strconv"

// maxHours is the most that one entry of hours can be, in hundredths: a slip of the hand is more.
const maxHours = 2000_00

// CheckHours refuses hours, in hundredths, that no entry can be: none, or more than maxHours.
func CheckHours(centi int32) error {
	if centi == 0 || centi > maxHours || centi < -maxHours {
		return invalid(BadNumber, "field", "hours", "value", FormatDecimal(int64(centi), 2))
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
	if err := c.left(e); err != nil {
		return err
	}
	n := e.Clone()
	if n.Followup == nil {
		n.Followup = &Followup{}
	}
	n.Hours = append(n.Hours, Hours{N: e.Serial + 1, Agency: c.Agency, Centi: c.Centi, Date: c.Date, By: d.actor.Officer})
	return d.emit(ActHours, e, n, whyLogged(e, reason)...)
}

// left refuses to take off more than the agency has in the year of the date, as the report of that year would show less
// than nothing. It says where else there are hours: the day is easily forgotten.
func (c AddHours) left(e *Effort) error {
	has := max(e.Worked(c.Agency, c.Date.Year()), 0)
	if c.Centi >= 0 || int64(-c.Centi) <= has {
		return nil
	}
	var last Hours
	if e.Followup != nil {
		for _, h := range e.Hours {
			if h.Agency == c.Agency && h.Centi > 0 && h.Date > last.Date && h.Date.Year() != c.Date.Year() && e.Worked(h.Agency, h.Date.Year()) > 0 {
				last = h
			}
		}
	}
	args := []string{"effort", string(e.ID), "agency", string(c.Agency), "most", FormatDecimal(has, 2), "year", strconv.Itoa(c.Date.Year())}
	if last.Date == 0 {
		return refused(HoursLeft, args...)
	}
	there := last.Date.Year()
	return refused(HoursElsewhere, append(args, "left", FormatDecimal(e.Worked(c.Agency, there), 2), "there", strconv.Itoa(there), "day", last.Date.String())...)
}
