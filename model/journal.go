package model

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// JournalFilter is which entries of the journal a person asks for. The zero value asks for all. What it names has yet to
// be looked up: only the store knows efforts that have ended, and who has ever written.
type JournalFilter struct {
	// Effort is an id or a codename, Officer an id or initials; Bare are words that may be either.
	Effort, Officer string
	Bare            []string
	// Agency is the one that the officer acted for.
	Agency AgencyCode
	Since  Stamp
	// OfficerWord is how the word before Officer is typed.
	OfficerWord string
	source      string
}

// journalWords are the words of the journal's filter, in English and in Swedish.
var journalWords = []struct{ en, sv string }{{"effort", "insats"}, {"officer", "användare"}, {"agency", "myndighet"}, {"since", "sedan"}}

// JournalWords are the words of the journal's filter in a language, with the colon.
func JournalWords(lang string) (words []string) {
	for _, w := range journalWords {
		if lang == "sv" {
			words = append(words, w.sv+":")
			continue
		}
		words = append(words, w.en+":")
	}
	return words
}

// String returns the filter as it was typed.
func (f JournalFilter) String() string { return f.source }

// ParseJournal reads what a person typed to narrow the journal: effort:larka officer:kfm-syd agency:kfm since:7d, joined
// by and. A wrong word is an *Error that names the nearest known one.
func ParseJournal(text string, lex *Lexicon, now time.Time, zone *time.Location) (JournalFilter, error) {
	words := strings.Fields(text)
	f := JournalFilter{source: strings.Join(words, " ")}
	seen := map[string]bool{}
	for _, w := range words {
		typed, value, colon := strings.Cut(w, ":")
		if !colon {
			f.Bare = append(f.Bare, w)
			continue
		}
		name, known := "", []string(nil)
		for _, word := range journalWords {
			if folded := Fold(typed); folded == word.en || folded == Fold(word.sv) {
				name = word.en
			}
			known = append(known, word.en, word.sv)
		}
		switch {
		case name == "":
			return JournalFilter{}, invalid(BadFilter, "word", typed, "near", Nearest(typed, known))
		case seen[name]:
			return JournalFilter{}, invalid(FilterTwice, "word", typed, "value", value)
		case value == "":
			return JournalFilter{}, invalid(BadFilterValue, "word", typed, "value", "", "near", "")
		}
		seen[name] = true
		if err := f.take(name, typed, value, lex, now, zone); err != nil {
			return JournalFilter{}, err
		}
	}
	return f, nil
}

// take takes one word, called name as it was typed.
func (f *JournalFilter) take(name, typed, value string, lex *Lexicon, now time.Time, zone *time.Location) error {
	switch name {
	case "effort":
		f.Effort = value
	case "officer":
		f.Officer, f.OfficerWord = value, typed
	case "agency":
		code, near, ok := lex.Lookup(DomainAgency, value)
		if !ok {
			return invalid(BadFilterValue, "word", typed, "value", value, "near", near)
		}
		f.Agency = AgencyCode(code)
	case "since":
		at, ok := ParseSince(value, now, zone)
		if !ok {
			return invalid(BadFilterValue, "word", typed, "value", value, "near", "7d, 12h, 2026-11-20")
		}
		f.Since = at
	}
	return nil
}

// ParseSince reads a moment: a date or a date and time in a zone, see Clock, RFC 3339, or how long ago (7d, 12h). Years
// before 1900 are taken for mistakes.
func ParseSince(s string, now time.Time, zone *time.Location) (at Stamp, ok bool) {
	if zone == nil {
		zone = time.UTC
	}
	at, ok = parseSince(s, now, zone)
	return at, ok && at.Time().Year() >= 1900
}

func parseSince(s string, now time.Time, zone *time.Location) (at Stamp, ok bool) {
	if n, err := strconv.Atoi(strings.TrimSuffix(s, "d")); err == nil && strings.HasSuffix(s, "d") && n >= 0 && n < 100_000 {
		return StampOf(now.AddDate(0, 0, -n)), true
	}
	if d, err := time.ParseDuration(s); err == nil && d >= 0 {
		return StampOf(now.Add(-d)), true
	}
	for _, layout := range []string{"2006-01-02 15:04", "2006-01-02T15:04"} {
		if wall, err := time.Parse(layout, s); err == nil {
			return Clock(wall, zone)
		}
	}
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if t, err := time.ParseInLocation(layout, s, zone); err == nil {
			return StampOf(t), true
		}
	}
	return 0, false
}

// FindOfficer returns the officer that a person named by id or initials, in any case, among those of the catalogue and
// the others known. When there is none, near is the nearest id known.
func (c *Catalogue) FindOfficer(typed string, others []OfficerID) (id OfficerID, near string, ok bool) {
	folded, known := Fold(typed), make([]string, 0, len(others)+len(c.Officers))
	for _, o := range others {
		known = append(known, string(o))
	}
	for _, o := range c.Officers {
		known = append(known, string(o.ID))
	}
	if i := slices.IndexFunc(known, func(s string) bool { return Fold(s) == folded }); i >= 0 {
		return OfficerID(known[i]), "", true
	}
	for _, o := range c.Officers {
		if o.Initials != "" && Fold(o.Initials) == folded {
			return o.ID, "", true
		}
	}
	slices.Sort(known)
	return "", Nearest(folded, known), false
}
