package model

import (
	"errors"
	"slices"
	"strconv"
	"strings"
)

// MayImport returns nil when the actor may import at all, wherever that is, else the refusal: it can be had before a
// list is read.
func (a Actor) MayImport() error {
	if a.Role.Scope(RightImport) == Nowhere {
		return a.May(RightImport, "", "")
	}
	return a.Writes()
}

func (c Import) decide(d *decision) error {
	if err := d.actor.MayImport(); err != nil {
		return err
	}
	var problems Problems
	for _, row := range c.Rows {
		if region, year, n, ok := row.Effort.ID.Parts(); ok {
			key := NewEffortID(region, year, 0)
			d.numbers[key] = max(d.numbers[key], d.Numbered(region, year), n)
		}
	}
	partners := slices.Clone(c.Partners)
	for _, row := range c.Rows {
		p := problem{row: row.Number}
		e := d.importRow(row, &p)
		problems = append(problems, p.list...)
		for _, name := range e.Partners {
			partners = append(partners, Partner{e.Region, name})
		}
	}
	if len(problems) > 0 {
		return problems
	}
	if err := d.register(partners); err != nil {
		return err
	}
	return d.link(c.Links)
}

// register adds the partners that nobody knew to the register.
func (d *decision) register(partners []Partner) error {
	for _, p := range partners {
		if d.Catalogue().Region(p.Region) == nil {
			return unknown(FieldRegion, string(p.Region), d.Catalogue().regionCodes())
		}
		if err := d.actor.May(RightImport, p.Region, ""); err != nil {
			return err
		}
		name, err := CleanText(p.Name, MaxShort)
		if err != nil {
			return badText(FieldPartners, err)
		}
		if _, known := d.partner([]RegionCode{p.Region}, name); known || name == "" {
			continue
		}
		p = Partner{p.Region, name}
		if err := d.enter(ActPartner, Entry{p.Key(), name}); err != nil {
			return err
		}
	}
	return nil
}

// problem gathers the faults of one row.
type problem struct {
	row  int
	list Problems
}

func (p *problem) add(f Field, value string, err error) {
	if err != nil {
		p.list = append(p.list, Problem{p.row, f, MaskPersonal(value), err})
	}
}

// importRow checks one row for what its status needs, not for the arrows: it is history, recorded as one
// event. It returns the effort as it was cleaned and placed.
func (d *decision) importRow(row Row, p *problem) *Effort {
	e := row.Effort.Clone()
	d.cleanAll(e, p)
	if err := d.place(e); err != nil {
		f := FieldRegion
		var fault *Error
		if errors.As(err, &fault) && fault.Args["field"] != "" {
			f = Field(fault.Args["field"])
		}
		p.add(f, e.Get(f), err)
	}
	if e.Status == 0 {
		p.add(FieldStatus, "", missing(FieldStatus))
	}
	if e.Kind == 0 {
		e.Kind = Operative
	}
	d.spanned(e, p)
	for _, f := range e.Status.Needs() {
		if e.Get(f) == "" {
			p.add(f, "", refused(StatusNeeds, "effort", e.Codename, "to", e.Status.String(), "field", string(f)))
		}
	}
	d.checkAssignments(e, p)
	if err := d.actor.May(RightImport, e.Region, ""); err != nil {
		p.add(FieldRegion, string(e.Region), err)
	}
	notes := d.numberLines(e, row.Notes, p)
	switch {
	case len(p.list) > 0:
	case e.ID == "":
		e.ID = d.number(e.Region, d.Catalogue().Today(e.Created).Year())
	default:
		if region, _, _, ok := e.ID.Parts(); !ok || d.Catalogue().Region(region) == nil {
			p.add("id", string(e.ID), invalid(UnknownValue, "field", "id", "value", MaskPersonal(string(e.ID)), "near", ""))
		} else if d.used(e.ID) {
			p.add("id", string(e.ID), refused(IDTaken, "effort", string(e.ID)))
		}
	}
	p.add(FieldCodename, e.Codename, d.claimRow(e, row.Number))
	if len(p.list) == 0 {
		p.add("", "", d.emit(ActImport, nil, e, notes...))
	}
	return e
}

// spanned checks when an effort began and ended, to the day, as lists have no times. Of one that does not say when it was
// created that is now, or its end where that is earlier: by then it was there. An export, whose efforts have a version, is
// what was, by whatever clock, and has to come back whole.
func (d *decision) spanned(e *Effort, p *problem) {
	created, ended := d.Catalogue().Today(e.Created), d.Catalogue().Today(e.Ended)
	switch {
	case e.Ended == 0:
	case e.Status != 0 && e.Open():
		p.add(FieldEnded, ended.String(), refused(EndedOpen, "status", e.Status.String()))
	case e.Created != 0 && ended < created && e.Version == 0:
		p.add(FieldEnded, ended.String(), invalid(EndedEarly, "created", created.String()))
	}
	switch {
	case e.Created != 0:
	case e.Ended != 0 && e.Ended < d.now:
		e.Created = e.Ended
	default:
		e.Created = d.now
	}
}

// claimRow is claim against the rows above too; one that is faulty still holds its codename.
func (d *decision) claimRow(e *Effort, row int) error {
	if e.Codename == "" {
		return nil
	}
	folded := Fold(e.Codename)
	if above, twice := d.rows[folded]; twice {
		return invalid(Twice, "field", string(FieldCodename), "value", e.Codename, "row", strconv.Itoa(above))
	}
	d.rows[folded] = row
	return d.claim(e.Codename, e.ID)
}

// used reports whether an id is or ever was an effort's.
func (d *decision) used(id EffortID) bool {
	if _, err := d.effort(id); err == nil {
		return true
	}
	region, year, n, _ := id.Parts()
	return n <= d.Numbered(region, year) && len(d.History(id, 0)) > 0
}

// cleanAll cleans every text of an imported effort.
func (d *decision) cleanAll(e *Effort, p *problem) {
	if e.Codename != "" {
		name, err := CleanCodename(e.Codename)
		if err != nil {
			p.add(FieldCodename, e.Codename, badText(FieldCodename, err))
		}
		e.Codename = name
	}
	text := func(f Field, s *string, limit int) {
		clean, err := CleanText(*s, limit)
		if err != nil {
			p.add(f, *s, badText(f, err))
		}
		*s = clean
	}
	text(FieldTitle, &e.Title, MaxTitle)
	text(FieldArea, &e.Area, MaxShort)
	text(FieldCrime, &e.Crime, MaxShort)
	text(FieldReason, &e.Reason, MaxReason)
	text(FieldOutcome, &e.Outcome, MaxReason)
	if e.Decision != nil {
		text(FieldDecider, &e.Decision.Decider, MaxShort)
		text(FieldReference, &e.Decision.Reference, MaxReference)
	}
	for i := range e.Partners {
		text(FieldPartners, &e.Partners[i], MaxShort)
		if strings.Contains(e.Partners[i], ",") {
			p.add(FieldPartners, e.Partners[i], invalid(UnknownValue, "field", string(FieldPartners), "value", e.Partners[i], "near", ""))
		}
	}
	for i := range e.Assignments {
		text(FieldAgencies, &e.Assignments[i].Reason, MaxReason)
	}
	seen := map[string]bool{"": true}
	e.Partners = slices.DeleteFunc(e.Partners, func(name string) bool {
		folded := Fold(name)
		twice := seen[folded]
		seen[folded] = true
		return twice
	})
	if e.Followup != nil {
		d.cleanFollowup(e.Followup, p)
	}
}

// cleanFollowup cleans every line of an imported follow-up; what names an agency, a measure of the report or
// an officer is one word.
func (d *decision) cleanFollowup(f *Followup, p *problem) {
	for i := range f.Measures {
		m := &f.Measures[i]
		text, err := CleanText(m.Text, MaxTitle)
		if err != nil {
			p.add("measures", m.Text, badText("measures", err))
		} else if text == "" || m.Type == 0 {
			p.add("measures", text, missing("measures"))
		}
		m.Text = text
		oneWord(p, "measures", &m.By)
	}
	for i := range f.Hours {
		h := &f.Hours[i]
		if _, err := d.agency(h.Agency); err != nil {
			p.add("hours", string(h.Agency), err)
		}
		if h.Date == 0 {
			p.add("hours", "", missing("hours"))
		}
		oneWord(p, "hours", &h.By)
	}
	for i := range f.Outcomes {
		o := &f.Outcomes[i]
		if o.Agency != "" { // older lists do not say
			if _, err := d.agency(o.Agency); err != nil {
				p.add("outcomes", string(o.Agency), err)
			}
		}
		oneWord(p, "outcomes", &o.Measure)
		if o.Measure == "" || o.Date == 0 {
			p.add("outcomes", string(o.Measure), missing("outcomes"))
		}
		oneWord(p, "outcomes", &o.By)
	}
}

// oneWord cleans a code that comes from outside.
func oneWord[S ~string](p *problem, f Field, code *S) {
	word, err := CleanText(string(*code), MaxShort)
	switch {
	case err != nil:
		p.add(f, string(*code), badText(f, err))
	case strings.Contains(word, " "):
		p.add(f, word, invalid(UnknownValue, "field", string(f), "value", word, "near", ""))
	}
	*code = S(word)
}

// checkAssignments checks that each agency is known and stands once, and that only an accepted one leads.
func (d *decision) checkAssignments(e *Effort, p *problem) {
	seen := map[AgencyCode]bool{}
	lead := AgencyCode("")
	for i := range e.Assignments {
		a := &e.Assignments[i]
		if _, err := d.agency(a.Agency); err != nil {
			p.add(FieldAgencies, string(a.Agency), err)
		}
		if seen[a.Agency] {
			p.add(FieldAgencies, string(a.Agency), invalid(Twice, "field", string(FieldAgencies), "value", string(a.Agency)))
		}
		switch {
		case a.State == 0:
			p.add(FieldAgencies, string(a.Agency), missing(FieldAgencies))
		case a.State > Released:
			p.add(FieldAgencies, string(a.Agency), invalid(UnknownValue, "field", string(FieldAgencies), "value", string(a.Agency), "near", ""))
		}
		seen[a.Agency] = true
		if a.Mode == 0 {
			a.Mode = OnSite
		}
		if a.Since == 0 {
			a.Since = e.Created
		}
		switch {
		case !a.Lead:
		case a.State != Accepted:
			p.add(FieldAgencies, string(a.Agency), refused(LeadNotAccepted, "effort", e.Codename, "agency", string(a.Agency), "state", a.State.String()))
		case lead != "":
			p.add(FieldAgencies, string(a.Agency), refused(TwoLeads, "effort", e.Codename, "agency", string(a.Agency), "lead", string(lead)))
		default:
			lead = a.Agency
		}
	}
}

// numberLines numbers the imported lines from 1 and cleans the notes.
func (d *decision) numberLines(e *Effort, notes []Note, p *problem) []Note {
	serial := uint32(0)
	next := func() uint32 { serial++; return serial }
	if e.Followup != nil {
		for i := range e.Measures {
			e.Measures[i].N = next()
		}
		for i := range e.Hours {
			e.Hours[i].N = next()
		}
		for i := range e.Outcomes {
			e.Outcomes[i].N = next()
		}
	}
	notes = slices.Clone(notes)
	for i := range notes {
		text, err := CleanNote(notes[i].Text, MaxNote)
		if err == nil && text == "" {
			err = missing(FieldNote)
		}
		if err != nil {
			p.add(FieldNote, notes[i].Text, badText(FieldNote, err))
		}
		oneWord(p, FieldNote, &notes[i].By)
		notes[i].Text, notes[i].N = text, next()
	}
	e.Serial, e.Notes = 0, 0
	return notes
}
