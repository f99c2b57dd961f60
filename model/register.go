package model

import (
	"slices"
	"strings"
)

// EntryKey names one thing of the register: what the board keeps that is about no effort of its own. Partners,
// handovers, links between efforts, meetings and what they put off are everybody's and have no officer; what is put aside
// is one officer's, and so are saved filters, a PIN and its tries.
type EntryKey struct {
	Officer OfficerID
	Field   Field
}

// Entry is a thing of the register and its value, "" when it is taken out.
type Entry struct {
	EntryKey
	Value string
}

// Entries are what an event sets in the register, none for an event about an effort.
func (ev *Event) Entries() (entries []Entry) {
	if ev.Effort != "" {
		return nil
	}
	for _, c := range ev.Changes {
		e := Entry{EntryKey{Field: c.Field}, c.New}
		switch group, _, _ := c.Field.Parts(); group {
		case "partner", "handover", "link", "meeting", "adjourned":
		case "later", "filter":
			e.Officer = ev.Officer
		case "pin", "try":
			e.Officer = c.Field.Owner()
		default:
			return nil
		}
		entries = append(entries, e)
	}
	return entries
}

// Key is the partner's place in the register: by region, and by name in any case.
func (p Partner) Key() EntryKey {
	return EntryKey{Field: Field("partner." + string(p.Region) + "." + Fold(p.Name))}
}

// Partner returns the partner that an entry is about; its name is as it is written only in one that is not taken out.
func (e Entry) Partner() (p Partner, ok bool) {
	group, region, folded := e.Field.Parts()
	if e.Value != "" {
		folded = e.Value
	}
	return Partner{RegionCode(region), folded}, group == "partner"
}

// WaitKey names one thing that waits for an officer, as it has waited since a moment.
type WaitKey struct {
	Effort EffortID
	Why    Wait
	Agency AgencyCode
	Since  Stamp
}

// entry is where it is noted that the officer has put the thing aside. When it waits anew, it is another thing.
func (k WaitKey) entry(officer OfficerID) EntryKey {
	aspect := k.Why.String()
	if k.Agency != "" {
		aspect += "." + string(k.Agency)
	}
	return EntryKey{officer, Field("later." + string(k.Effort) + "." + aspect)}
}

// Aside is until when a thing is put aside, and since when it had waited then.
type Aside struct {
	Until Day
	Since Stamp
}

func (a Aside) String() string { return a.Until.String() + " " + a.Since.String() }

// ParseAside reads what String writes.
func ParseAside(s string) (a Aside, err error) {
	until, since, _ := strings.Cut(s, " ")
	if a.Until, err = ParseDay(until); err == nil {
		a.Since, err = ParseStamp(since)
	}
	return a, err
}

// registered returns an entry's value as the events so far have left it.
func (d *decision) registered(key EntryKey) string {
	if value, set := d.entries[key]; set {
		return value
	}
	return d.Registered(key)
}

// maxEntries is how many entries one event sets, well within the 64 KiB that a store may take.
const maxEntries = 100

// enter records what is set in the register, each thing once and as it was given last; what stands there already is
// left out.
func (d *decision) enter(action Action, entries ...Entry) error {
	var changes []Change
	last := make(map[EntryKey]int, len(entries))
	for i, e := range entries {
		last[e.EntryKey] = i
	}
	for i, e := range entries {
		if was := d.registered(e.EntryKey); was != e.Value && last[e.EntryKey] == i {
			changes = append(changes, Change{e.Field, was, e.Value})
		}
	}
	for some := range slices.Chunk(changes, maxEntries) {
		if err := d.record(Event{Action: action, Changes: some}, nil); err != nil {
			return err
		}
	}
	return nil
}

// partner returns how a partner is written in the register of one of the regions; ok is false when none has it.
func (d *decision) partner(regions []RegionCode, name string) (written string, ok bool) {
	for _, r := range regions {
		if written, ok = d.Catalogue().Partner(r, name); ok {
			return written, true
		}
		if written = d.registered(Partner{r, name}.Key()); written != "" {
			return written, true
		}
	}
	return name, false
}

// cleanPartner cleans a partner's name.
func cleanPartner(name string) (string, error) {
	name, err := CleanText(name, MaxShort)
	switch {
	case err != nil:
		return "", badText(FieldPartners, err)
	case name == "":
		return "", missing(FieldPartners)
	}
	return name, nil
}

// NewPartner cleans the name of a partner that is to stand in an effort's list, which has commas between, beside the
// agencies, of which it is none. The register may hold others, as older programs took them: they are imported again
// and taken out like any.
func (c *Catalogue) NewPartner(name string) (string, error) {
	name, err := cleanPartner(name)
	switch {
	case err != nil:
		return "", err
	case strings.Contains(name, ","):
		return "", invalid(PartnerName, "partner", name)
	}
	for i := range c.Agencies {
		a := &c.Agencies[i]
		for _, known := range append([]string{string(a.Code), a.Name.SV, a.Name.EN}, a.Aliases...) {
			if known != "" && Fold(known) == Fold(name) {
				return "", invalid(PartnerAgency, "partner", name, "agency", string(a.Code))
			}
		}
	}
	return name, nil
}

func (c SetPartner) decide(d *decision) error {
	if d.Catalogue().Region(c.Region) == nil {
		return unknown(FieldRegion, string(c.Region), d.Catalogue().regionCodes())
	}
	if err := d.actor.May(RightAsk, c.Region, ""); err != nil {
		return err
	}
	clean := d.Catalogue().NewPartner
	if c.Off {
		clean = cleanPartner
	}
	name, err := clean(c.Name)
	if err != nil {
		return err
	}
	p := Partner{c.Region, name}
	_, listed := d.Catalogue().Partner(c.Region, name)
	switch known := d.registered(p.Key()) != ""; {
	case c.Off && listed:
		return refused(PartnerListed, "partner", name, "region", string(c.Region))
	case c.Off && !known:
		return notFound(UnknownPartner, "partner", name, "region", string(c.Region), "near", d.nearPartner([]RegionCode{c.Region}, name))
	case c.Off:
		name = ""
	case listed || known:
		return nil
	}
	return d.enter(ActPartner, Entry{p.Key(), name})
}

// nearPartner returns the nearest partner that the configuration lists for the regions.
func (d *decision) nearPartner(regions []RegionCode, name string) string {
	var known []string
	for _, p := range d.Catalogue().Partners {
		if slices.Contains(regions, p.Region) {
			known = append(known, p.Name)
		}
	}
	return Nearest(name, known)
}

// setPartners puts partners on an effort and takes them off, and returns what is new to the register. Two officers who
// do so at once do not stand in each other's way: each says what is to come or go, not what is to be there.
func (d *decision) setPartners(e *Effort, parts []PartnerPart) (unlisted []Entry, err error) {
	if len(parts) == 0 {
		return nil, nil
	}
	if err := d.actor.MayOn(RightAsk, e, ""); err != nil {
		return nil, err
	}
	regions := append([]RegionCode{e.Region}, e.Touches...)
	for _, p := range parts {
		name, err := d.Catalogue().NewPartner(p.Name)
		if err != nil {
			return nil, err
		}
		at := slices.IndexFunc(e.Partners, func(has string) bool { return Fold(has) == Fold(name) })
		switch {
		case p.Off && at >= 0:
			e.Partners = slices.Delete(e.Partners, at, at+1)
			continue
		case p.Off || at >= 0:
			continue
		}
		written, known := d.partner(regions, name)
		if !known && !p.New {
			return nil, notFound(UnknownPartner, "partner", name, "region", string(e.Region), "near", d.nearPartner(regions, name))
		}
		if !known {
			unlisted = append(unlisted, Entry{Partner{e.Region, name}.Key(), name})
		}
		e.Partners = append(e.Partners, written)
	}
	return unlisted, nil
}

func (c Postpone) decide(d *decision) error {
	if d.actor.Role.Scope(RightAnswer) == Nowhere {
		return forbidden(NotRole, "right", "later", "role", d.actor.Role.String(), "officer", string(d.actor.Officer))
	}
	if c.Until != 0 && c.Until <= d.today {
		return invalid(DatePast, "value", c.Until.String())
	}
	var entries []Entry
	for _, k := range c.Waits {
		e, err := d.effort(k.Effort)
		if err != nil {
			return err
		}
		if k.Why == 0 || int(k.Why) >= len(waitNames) {
			return invalid(Missing, "field", "later")
		}
		if k.Agency != "" && e.Assignment(k.Agency).State == 0 { // what is on an effort may no longer be in the catalogue
			if _, err := d.agency(k.Agency); err != nil {
				return err
			}
		}
		aside := Aside{c.Until, k.Since}
		if read, err := ParseAside(aside.String()); err != nil || read != aside {
			return invalid(BadDate, "value", aside.String())
		}
		value := aside.String()
		if c.Until == 0 {
			value = ""
		}
		entries = append(entries, Entry{k.entry(d.actor.Officer), value})
	}
	return d.enter(ActLater, entries...)
}
