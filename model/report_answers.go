package model

// answers counts the answers that agencies gave in the period, and the parts that ended in it, by what happened: a state is
// only the last of several answers, and one that was asked again after a no has said no all the same. What an undo in the
// period took back does not count.
func (t *tally) answers(events []*Event, now *Effort) {
	type deed struct {
		seq    uint64
		agency string
		column int
		off    bool
	}
	var deeds []deed
	undoes := map[uint64]uint64{} // which event an undo or a redo is in the end about
	for _, ev := range events {
		if !t.within(ev.At) {
			continue
		}
		about := ev.Undoes
		if first, known := undoes[about]; known {
			about = first
		}
		if ev.Undoes != 0 {
			undoes[ev.Seq] = about
		}
		for _, c := range ev.Changes {
			group, code, aspect := c.Field.Parts()
			if group != "agency" || aspect != "state" {
				continue
			}
			if ev.Undoes != 0 {
				for i := range deeds {
					if deeds[i].seq == about && deeds[i].agency == code {
						deeds[i].off = !deeds[i].off
					}
				}
			} else if column, is := ev.answer(c, code); is && t.said(ev, code) {
				deeds = append(deeds, deed{ev.Seq, code, column, false})
			}
		}
	}
	for _, d := range deeds {
		if !d.off {
			t.add(atAgencies, d.agency, d.column, now, thousandths)
		}
	}
}

// answer is the column in which a change of an agency's state counts. An agency that takes back a request to itself has
// said no; when others withdraw one, nobody has answered.
func (ev *Event) answer(c Change, code string) (column int, is bool) {
	switch c.New {
	case Accepted.String():
		return atAccepted, true
	case Declined.String():
		return atDeclined, true
	case Released.String():
		if c.Old != Asked.String() {
			return atLeft, true
		}
		return atDeclined, string(ev.Agency) == code
	}
	return 0, false
}

// said reports whether it was in the period: a list says of each answer when it was given.
func (t *tally) said(ev *Event, code string) bool {
	if ev.Action != ActImport {
		return true
	}
	for _, c := range ev.Changes {
		if c.Field == AgencyField(AgencyCode(code), "since") {
			since, err := ParseStamp(c.New)
			return err == nil && t.within(since)
		}
	}
	return false
}

// answersByDates counts the answers of an effort that came with a list after the period, which knows only the last of each.
func (t *tally) answersByDates(e, now *Effort) {
	columns := map[State]int{Accepted: atAccepted, Declined: atDeclined, Released: atLeft}
	for i := range e.Assignments {
		a := &e.Assignments[i]
		if column, is := columns[a.State]; is && t.within(a.Since) {
			t.add(atAgencies, string(a.Agency), column, now, thousandths)
		}
	}
}
