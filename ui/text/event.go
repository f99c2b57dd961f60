package text

import (
	"strconv"
	"strings"

	"board.internal/samverkan/model"
)

// EventTexts are how changes read that are not a field's old and new value.
type EventTexts struct {
	AskedAgain, PartnerOn, PartnerOff, Hours, HoursOff string
	Outcome, OutcomeOff                                string
	Aside, Asides, Back, Registered, Unregistered      string
	PINSet, PINOff, WrongPIN, NoTries, Took            string
	Several, SeveralChanged, Redone, Reproposed, For   string
	NoLonger, Withdrawn                                string
	Important                                          string
	HandedOver, TookOver                               string
	FilterSaved, FilterOff, FilterKey, FilterNoKey     string
	MeetingBegun, MeetingEnded, PutOff, PutOn          string
	Linked, Unlinked                                   string
}

// ActionOf says what an event came of: noted, answered. What somebody else recorded for an agency says so: answered for
// KFM, logged hours for KFM.
func (t *Texts) ActionOf(ev *model.Event) string {
	what := t.Words.Action[string(ev.Action)]
	for _, c := range ev.Changes {
		agency := ev.AgencyOf(c.Field)
		if group, key, aspect := c.Field.Parts(); ev.Action == model.ActAnswer && group == "agency" && aspect == "state" {
			agency = model.AgencyCode(key)
		}
		recorded := ev.Action == model.ActAnswer || ev.Action == model.ActHours || ev.Action == model.ActOutcome
		if recorded && agency != "" && agency != ev.Agency {
			return Fill(t.Screen.Event.For, "action", what, "agency", string(agency))
		}
	}
	return what
}

// Entry says what a change of the register is: Malmö kommun added in Syd, LÄRKA put aside until 27 Nov. It is "" for
// a change of an effort. Efforts are called by name; on is the day of the change.
func (t *Texts) Entry(c model.Change, on model.Day, name func(model.EffortID) string, cat *model.Catalogue) string {
	x := &t.Screen.Event
	group, key, _ := c.Field.Parts()
	switch {
	case group == "partner" && c.New != "":
		return Fill(x.Registered, "partner", c.New, "region", t.Value(model.FieldRegion, key, cat))
	case group == "partner":
		return Fill(x.Unregistered, "partner", c.Old, "region", t.Value(model.FieldRegion, key, cat))
	case group == "handover":
		return t.signed(c, key, cat)
	case group == "later" && c.New != "":
		aside, _ := model.ParseAside(c.New)
		return Fill(x.Aside, "effort", name(model.EffortID(key)), "date", t.Day(aside.Until, on))
	case group == "pin" && c.New != "":
		return Fill(x.PINSet, "officer", string(c.Field.Owner()))
	case group == "pin":
		return Fill(x.PINOff, "officer", string(c.Field.Owner()))
	case group == "try":
		return t.try(c)
	case group == "link":
		return t.link(c, name)
	case group == "meeting":
		return t.meeting(c, key, cat)
	case group == "adjourned" && c.New != "":
		return Fill(x.PutOff, "effort", name(model.EffortID(key)))
	case group == "adjourned":
		return Fill(x.PutOn, "effort", name(model.EffortID(key)))
	case group == "filter":
		return t.filter(c)
	case group == "later":
		return Fill(x.Back, "effort", name(model.EffortID(key)))
	}
	return ""
}

// Part is an agency's state in words: one that was asked, and no longer is, has left nothing.
func (t *Texts) Part(a model.Assignment) string {
	if a.State == model.Released && a.Reason == "" {
		return t.Screen.Event.Withdrawn
	}
	return t.Words.State[a.State.String()]
}

// Registered says what an event has set in the register, with efforts called by name.
func (t *Texts) Registered(ev model.Event, name func(model.EffortID) string, cat *model.Catalogue) string {
	return t.register([]model.Event{ev}, name, cat)
}

// try says that somebody took the desk, or tried to, or that the count begins anew.
func (t *Texts) try(c model.Change) string {
	tries, err := model.ParseTries(c.New)
	switch {
	case err != nil || c.New == "":
		return Fill(t.Screen.Event.NoTries, "officer", string(c.Field.Owner()))
	case tries.Wrong == 0:
		return Fill(t.Screen.Event.Took, "officer", string(c.Field.Owner()))
	}
	return Fill(t.Screen.Event.WrongPIN, "officer", string(c.Field.Owner()), "n", strconv.Itoa(tries.Wrong))
}

// link says how two efforts have to do with each other from now on, or no longer have.
func (t *Texts) link(c model.Change, name func(model.EffortID) string) string {
	is, _ := model.Entry{EntryKey: model.EntryKey{Field: c.Field}, Value: c.New}.Link()
	form := t.Screen.Event.Unlinked
	if is.Kind != 0 {
		form = t.Screen.Event.Linked
	}
	return Fill(form, "effort", name(is.Effort), "link", t.Words.Link[is.Kind.String()], "other", name(is.Other))
}

// filter says what has become of a saved filter, or of the key of one.
func (t *Texts) filter(c model.Change) string {
	x := &t.Screen.Event
	if was, is, ok := c.ParseSaved(); ok {
		if is.Name == "" {
			return Fill(x.FilterOff, "name", was.Name)
		}
		return Fill(x.FilterSaved, "name", is.Name, "filter", is.Text)
	}
	key, name := c.FilterKey()
	if name == "" {
		return Fill(x.FilterNoKey, "key", "F"+strconv.Itoa(key))
	}
	return Fill(x.FilterKey, "key", "F"+strconv.Itoa(key), "name", name)
}

// signed says what a signature of a handover is; its note is a text like any, and said elsewhere.
func (t *Texts) signed(c model.Change, region string, cat *model.Catalogue) string {
	_, _, rest := c.Field.Parts()
	number, aspect, _ := strings.Cut(rest, ".")
	form := map[string]string{"out": t.Screen.Event.HandedOver, "in": t.Screen.Event.TookOver}[aspect]
	return Fill(form, "region", t.Value(model.FieldRegion, region, cat), "n", number)
}

// Hours says what was logged, from the journal's writing: POL 4 h, 20 Nov. The year is left out when it is that of
// the day on.
func (t *Texts) Hours(v string, on model.Day) string {
	words := strings.Fields(v)
	if len(words) != 3 {
		return v
	}
	day, _ := model.ParseDay(words[2])
	return Fill(t.Screen.Event.Hours, "agency", words[0], "n", t.grouped(words[1]), "date", t.Day(day, on))
}

// Outcome says what was logged, from the journal's writing: Assets attached SEK 120 000, KFM, 1 Nov. Without an agency it
// is left out, and so is the year when it is that of the day on.
func (t *Texts) Outcome(v string, agency model.AgencyCode, on model.Day, cat *model.Catalogue) string {
	words := strings.Fields(v)
	if len(words) != 3 {
		return v
	}
	name, unit := t.Measure(model.OutcomeCode(words[0]), cat)
	day, _ := model.ParseDay(words[2])
	date := t.Day(day, on)
	if agency != "" {
		date = string(agency) + ", " + date
	}
	return Fill(t.Screen.Event.Outcome, "measure", name, "amount", t.amountOf(words[1], unit.String()), "date", date)
}

// Measure is what a measure of the yearly report is called, and its unit; by its code, and none, when the configuration
// has it no longer.
func (t *Texts) Measure(code model.OutcomeCode, cat *model.Catalogue) (name string, unit model.Unit) {
	if m := cat.OutcomeMeasure(code); m != nil {
		return m.Name.In(t.Lang), m.Unit
	}
	return string(code), 0
}

// partners says which partners came to an effort and which left it: +kommun.
func (t *Texts) partners(c model.Change) (parts []string) {
	was, now := strings.Split(c.Old, ", "), strings.Split(c.New, ", ")
	without := func(form string, some, others []string) {
		there := map[string]bool{"": true}
		for _, p := range others {
			there[p] = true
		}
		for _, p := range some {
			if !there[p] {
				parts = append(parts, Fill(form, "partner", p))
			}
		}
	}
	without(t.Screen.Event.PartnerOn, now, was)
	without(t.Screen.Event.PartnerOff, was, now)
	return parts
}

// nameIn calls an effort by its codename where it is one of these, else by its id.
func nameIn(efforts []*model.Effort) func(model.EffortID) string {
	return func(id model.EffortID) string {
		for _, e := range efforts {
			if e != nil && e.ID == id {
				return e.Name()
			}
		}
		return string(id)
	}
}

// several says what was done on several efforts at once, the same on each or not.
func (t *Texts) several(events []model.Event, n int, cat *model.Catalogue) string {
	what := ""
	for i, ev := range events {
		said := t.Changes(ev, cat)
		if i > 0 && said != what {
			return Fill(t.Screen.Event.SeveralChanged, "n", strconv.Itoa(n))
		}
		what = said
	}
	return Fill(t.Screen.Event.Several, "n", strconv.Itoa(n), "what", what)
}

// register says what was set in the register. Many things that are put aside until one day are only counted.
func (t *Texts) register(events []model.Event, name func(model.EffortID) string, cat *model.Catalogue) string {
	var lines []string
	var until []model.Day
	for _, ev := range events {
		for _, c := range ev.Changes {
			if line := t.Entry(c, ev.At.Day(), name, cat); line != "" {
				lines = append(lines, line)
			}
			if group, _, _ := c.Field.Parts(); group == "later" {
				aside, _ := model.ParseAside(c.New)
				until = append(until, aside.Until)
			}
		}
	}
	for i, day := range until {
		if day == 0 || day != until[0] {
			break
		}
		if i == len(lines)-1 && i > 0 {
			return Fill(t.Screen.Event.Asides, "n", strconv.Itoa(len(lines)), "date", t.Day(day, events[0].At.Day()))
		}
	}
	return strings.Join(lines, ", ")
}
