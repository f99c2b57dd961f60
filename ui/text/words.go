package text

import (
	"strconv"
	"time"

	"board.internal/samverkan/model"
)

// Words are the board's own words, by their stable names.
type Words struct {
	Kind, Level, Status, State, Mode, Measure, Role, Right, Scope, Action map[string]string
	// Link is how one effort has to do with another, which is named behind it.
	Link map[string]string
	// Wait is why something waits for an officer.
	Wait map[string]string
	// Gap is what is missing: by kind, and the parts of that.
	Gap map[string]string
	// Short are one-cell or few-cell forms: the letters of kinds and measures.
	Short Short
	// Field is what a field of an effort is called, Aspect what an aspect of an agency's part is.
	Field, Aspect map[string]string
	// Unknown is what stands where nothing is known.
	Unknown string
	Age     Age
	// Months are the twelve short names, MonthNames the whole ones; WeekdayNames are seven from Monday.
	Months, MonthNames, WeekdayNames []string
	// Today, Tomorrow and Yesterday are how people write those days, folded.
	Today, Tomorrow, Yesterday []string
	// Lately and Last are how people write the last {day} of the week: Last may as well mean the one of the week before.
	// Article may stand before a date.
	Lately, Last, Article []string
	// Decimal parts the decimals of a number. Unit is how a figure of a unit is written, for one and for any other number,
	// Counted what the unit is called, Example how its figures can be typed.
	Decimal          string
	Unit             map[string][]string
	Counted, Example map[string]string
	// Amount are the words that people write behind a figure, by the unit or its multiple, see scales.
	Amount map[string][]string
	// Also are further spellings accepted on input, by domain and code.
	Also map[string]map[string][]string
}

// Short are the letters on a card.
type Short struct {
	Kind, Measure map[string]string
}

// Age is how long something has been, with its number in {n}.
type Age struct {
	Minutes, Hours, Days, Weeks, Months, Years string
}

// Ago returns how long it is from then to now in the shortest unit that says it: 2 d, 3 wk, 8 mo.
func (t *Texts) Ago(then model.Stamp, now time.Time) string {
	if then == 0 {
		return t.Words.Unknown
	}
	d := now.Sub(then.Time())
	n, unit := int(d/time.Minute), t.Words.Age.Minutes
	switch days := int(d / (24 * time.Hour)); {
	case d < time.Hour:
	case days < 1:
		n, unit = int(d/time.Hour), t.Words.Age.Hours
	case days < 14:
		n, unit = days, t.Words.Age.Days
	case days < 61:
		n, unit = days/7, t.Words.Age.Weeks
	case days < 730:
		n, unit = days*12/365, t.Words.Age.Months
	default:
		n, unit = days/365, t.Words.Age.Years
	}
	return Fill(unit, "n", strconv.Itoa(max(n, 0)))
}

// Day returns a date as people say it on the board: 12 Dec, with the year when it is not this one.
func (t *Texts) Day(d, today model.Day) string {
	if d == 0 {
		return t.Words.Unknown
	}
	at := d.Time()
	s := strconv.Itoa(at.Day()) + " " + t.Words.Months[at.Month()-1]
	if d.Year() != today.Year() {
		s += " " + strconv.Itoa(d.Year())
	}
	return s
}

// Field returns the name of a field, an agency's aspect included (KFM, KFM mode).
func (t *Texts) Field(f model.Field) string {
	group, key, aspect := f.Parts()
	switch group {
	case "agency":
		if name := t.Words.Aspect[aspect]; name != "" {
			return key + " " + name
		}
		if key != "" {
			return key
		}
	case "note", "measure", "hours", "outcome", "partner":
		if key != "" {
			return t.Words.Field[group]
		}
	case "handover":
		return t.Words.Field["note"]
	}
	if name := t.Words.Field[string(f)]; name != "" {
		return name
	}
	return string(f)
}

// Value returns a field's value of the journal in words: statuses, states, focuses by name, "–" for none.
func (t *Texts) Value(f model.Field, v string, cat *model.Catalogue) string {
	if v == "" {
		return t.Words.Unknown
	}
	group, key, aspect := f.Parts()
	var set map[string]string
	switch {
	case group == "hours":
		return t.Hours(v, 0)
	case group == "outcome" && key != "" && aspect == "":
		return t.Outcome(v, "", 0, cat)
	case group == "agency" && aspect == "state":
		set = t.Words.State
	case group == "agency" && aspect == "mode":
		set = t.Words.Mode
	case f == model.FieldStatus:
		set = t.Words.Status
	case f == model.FieldKind:
		set = t.Words.Kind
	case f == model.FieldLevel:
		set = t.Words.Level
	case f == model.FieldFocus:
		if focus := cat.Focus(model.FocusCode(v)); focus != nil {
			return focus.Name.In(t.Lang)
		}
	case f == model.FieldRegion:
		if region := cat.Region(model.RegionCode(v)); region != nil {
			return region.Name.In(t.Lang)
		}
	}
	if name := set[v]; name != "" {
		return name
	}
	return v
}

// Lexicon returns how people write the catalogue's words, in every language at once.
func Lexicon(cat *model.Catalogue) *model.Lexicon {
	l := model.NewLexicon(cat)
	domains := map[string]model.Domain{"kind": model.DomainKind, "level": model.DomainLevel, "status": model.DomainStatus,
		"state": model.DomainState, "mode": model.DomainMode, "measure": model.DomainMeasure, "focus": model.DomainFocus, "region": model.DomainRegion, "link": model.DomainLink}
	for _, lang := range Languages() {
		w := In(lang).Words
		for name, set := range map[string]map[string]string{"kind": w.Kind, "level": w.Level, "status": w.Status,
			"state": w.State, "mode": w.Mode, "measure": w.Measure, "link": w.Link} {
			for code, word := range set {
				l.Add(domains[name], code, word)
			}
		}
		for name, codes := range w.Also {
			for code, words := range codes {
				l.Add(domains[name], code, words...)
			}
		}
	}
	return l
}
