package model

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The fewest and the most letters of a PIN. Four digits can be typed on a numeric pad in a second; a sentence is let in
// because a short PIN falls at once to whoever can read the file.
const (
	MinPIN = 4
	MaxPIN = 32
)

const (
	// freeTries are how many wrong PINs in a row cost nothing; after the last of them one waits.
	freeTries = 5
	// firstWait is the wait after it, which doubles with each further wrong one up to lastWait.
	firstWait = 30 * time.Second
	lastWait  = 15 * time.Minute
	// maxHash is far more than the hash of a PIN has.
	maxHash = 256
)

// Actor is the officer at work from a terminal.
func (o *Officer) Actor(terminal string) Actor {
	return Actor{Officer: o.ID, Initials: o.Initials, Agency: o.Agency, Role: o.Role, Regions: o.Regions, Terminal: terminal}
}

// CleanPIN returns a PIN in the form that is compared, so that an å is the same from every keyboard. Nothing else of it
// is changed: blanks and case count.
func CleanPIN(typed string) (string, error) {
	for at, r := range []rune(typed) {
		if why := refusal(r, 0); why != "" {
			e := invalid(BadText, "field", string(FieldPIN))
			e.Err = &TextError{Kind: why, Rune: r, At: at, Max: MaxPIN}
			return "", e
		}
	}
	pin := norm.NFC.String(typed)
	if n := utf8.RuneCountInString(pin); n < MinPIN || n > MaxPIN {
		return "", invalid(PINLength, "least", strconv.Itoa(MinPIN), "most", strconv.Itoa(MaxPIN))
	}
	return pin, nil
}

// PINKey is where the hash of an officer's PIN stands, TriesKey where it is counted how often it was tried. What was
// tried is nowhere.
func PINKey(officer OfficerID) EntryKey {
	return EntryKey{officer, Field("pin." + string(officer))}
}

// TriesKey is where an officer's tries are counted.
func TriesKey(officer OfficerID) EntryKey {
	return EntryKey{officer, Field("try." + string(officer))}
}

// Owner is the officer whose PIN a field is about, "" when it is about none.
func (f Field) Owner() OfficerID {
	for _, group := range []string{"pin.", "try."} {
		if officer, ok := strings.CutPrefix(string(f), group); ok {
			return OfficerID(officer)
		}
	}
	return ""
}

// Secret reports whether the field's values are for nobody's eyes: the hash of a short PIN is as good as the PIN.
func (f Field) Secret() bool { return strings.HasPrefix(string(f), "pin.") }

// Masked stands for a value that nobody is to read.
const Masked = "***"

// Public is the event as it may be read: with Masked where a secret was.
func (ev Event) Public() Event {
	if !slices.ContainsFunc(ev.Changes, func(c Change) bool { return c.Field.Secret() }) {
		return ev
	}
	ev.Changes = slices.Clone(ev.Changes)
	for i := range ev.Changes {
		c := &ev.Changes[i]
		for _, value := range []*string{&c.Old, &c.New} {
			if c.Field.Secret() && *value != "" {
				*value = Masked
			}
		}
	}
	return ev
}

// Tries are how often an officer's PIN was tried in a row and was wrong, and when it was last tried.
type Tries struct {
	Wrong int
	At    Stamp
}

func (t Tries) String() string { return strconv.Itoa(t.Wrong) + " " + t.At.String() }

// ParseTries reads what String writes, and none from "".
func ParseTries(s string) (t Tries, err error) {
	if s == "" {
		return t, nil
	}
	wrong, at, _ := strings.Cut(s, " ")
	if t.Wrong, err = strconv.Atoi(wrong); err == nil {
		t.At, err = ParseStamp(at)
	}
	return t, err
}

// Left is how many wrong tries are still free of a wait.
func (t Tries) Left() int { return max(freeTries-t.Wrong, 0) }

// Until is the moment from which the next try is taken.
func (t Tries) Until() Stamp {
	if t.Wrong < freeTries {
		return 0
	}
	wait := lastWait
	if doubled := t.Wrong - freeTries; doubled < 10 {
		wait = min(firstWait<<doubled, lastWait)
	}
	return t.At + Stamp(wait/time.Second)
}

// Wait is the refusal of a try at this moment, nil when it is taken.
func (t Tries) Wait(officer OfficerID, now Stamp) error {
	if until := t.Until(); now < until {
		return refused(PINWait, "officer", string(officer), "at", until.String(), "seconds", strconv.Itoa(int(until-now)))
	}
	return nil
}

// A try is counted only where PIN and count are still those that it was made against. Of several at once, from as many
// boards, one is thereby a try, and the others have to be made anew, and wait if there is a wait by then.
func (c TryPIN) decide(d *decision) error {
	pin, tries := PINKey(c.Officer), TriesKey(c.Officer)
	switch {
	case d.Catalogue().Officer(c.Officer) == nil:
		return notFound(UnknownOfficer, "officer", string(c.Officer))
	case c.Right && d.actor.Officer != c.Officer:
		return forbidden(NotOwnPIN, "officer", string(c.Officer))
	case d.registered(pin) == "":
		return refused(NoPIN, "officer", string(c.Officer))
	case d.registered(pin) != c.Hash || d.registered(tries) != c.Tries:
		return fault(Conflict, PINChanged, []string{"officer", string(c.Officer)})
	}
	t, err := ParseTries(c.Tries)
	if err != nil {
		return err
	}
	if err := t.Wait(c.Officer, d.now); err != nil {
		return err
	}
	t.Wrong++
	if t.At = d.now; c.Right {
		t.Wrong = 0
	}
	return d.enter(ActTry, Entry{tries, t.String()})
}

// Who has no PIN yet is taken at the word. One's own is changed by whoever has just shown to know it, which the edge
// sees to; a forgotten one is taken out by the national centre, and then there is none again.
func (c SetPIN) decide(d *decision) error {
	key := PINKey(c.Officer)
	off := c.Hash == ""
	switch {
	case d.Catalogue().Officer(c.Officer) == nil:
		return notFound(UnknownOfficer, "officer", string(c.Officer))
	case d.actor.Officer != c.Officer && !(off && d.actor.Role.Scope(RightPIN) == Everywhere):
		return forbidden(NotOwnPIN, "officer", string(c.Officer))
	case off && d.registered(key) == "":
		return refused(NoPIN, "officer", string(c.Officer))
	case !off && d.registered(key) != c.Seen:
		return fault(Conflict, PINChanged, []string{"officer", string(c.Officer)})
	case !off && !isHash(c.Hash):
		return invalid(Missing, "field", string(FieldPIN))
	}
	// With the PIN go its tries: a new one is not to wait for the old one's.
	return d.enter(ActPIN, Entry{key, c.Hash}, Entry{TriesKey(c.Officer), ""})
}

// isHash reports whether s looks like a hash in the PHC form, so that no PIN as it was typed gets into the journal.
func isHash(s string) bool {
	return strings.HasPrefix(s, "$argon2id$") && strings.Count(s, "$") == 5 && len(s) <= maxHash &&
		strings.IndexFunc(s, func(r rune) bool { return r <= ' ' || r > '~' }) < 0
}
