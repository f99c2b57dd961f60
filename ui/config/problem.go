package config

import (
	"slices"
	"strconv"
	"strings"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/text"
)

// Why is what is wrong with a key. Each has a sentence in ui/text.
type Why uint8

// The reasons, with the arguments of their sentences.
const (
	Unreadable    Why = iota + 1 // Err
	Syntax                       // cause
	UnknownKey                   // near
	WrongType                    // want: the name of a type
	BadText                      // Err, a *model.TextError
	BadDate                      // value
	OutOfRange                   // value, least, most
	NotOneOf                     // value, known
	Unknown                      // value, near
	Missing                      //
	Duplicate                    // value
	BadCode                      // value, most
	BadKey                       // value
	BadSSHKey                    //
	WeakSSHKey                   // least
	SameSSHKey                   // other
	BadAddress                   // value
	BadZone                      // value
	PeriodEnds                   //
	Clash                        // value, other
	TooMany                      // most
	NeedsAgency                  //
	NeedsRegions                 //
	AgencyDiffer                 // officer, own, value
	NotOneWord                   // value
	UnknownAction                // near
	BadActionKey                 // value
	KeyTaken                     // value, other
	KeysFixed                    //
	KeyNeeded                    //
)

// Problem is one thing that is wrong: with which key, on which line where that is known, and why.
type Problem struct {
	// Key is the key in the file, as agencies[KFM].key, or a flag.
	Key  string
	Line int
	Why  Why
	// Args are names and values in turn.
	Args []string
	Err  error
}

// Problems are all that is wrong with a configuration, or with what the command line makes of it.
type Problems struct {
	// File is the file at fault, "" when it is the command line.
	File string
	List []Problem
}

// Error is for a log; people get Sentences.
func (p *Problems) Error() string { return strings.Join(p.Sentences(text.In("en")), "; ") }

// Sentences says everything that is wrong, one line each, in a language.
func (p *Problems) Sentences(t *text.Texts) (lines []string) {
	for _, q := range p.List {
		var at []string
		if p.File != "" {
			at = append(at, p.File)
		}
		if q.Line > 0 {
			at = append(at, text.Fill(t.Config.Line, "line", strconv.Itoa(q.Line)))
		}
		if q.Key != "" {
			at = append(at, q.Key)
		}
		lines = append(lines, strings.Join(append(at, q.sentence(t)), ": "))
	}
	return lines
}

func (p Problem) sentence(t *text.Texts) string {
	c := &t.Config
	args := slices.Clone(p.Args)
	for i := 0; i+1 < len(args); i += 2 {
		switch {
		case args[i] == "near" && args[i+1] != "":
			args[i+1] = text.Fill(t.Faults.Near, "near", args[i+1])
		case args[i] == "want":
			args[i+1] = c.Type[args[i+1]]
		}
	}
	switch p.Why {
	case Unreadable:
		return text.Fill(c.Unreadable, "cause", p.Err.Error())
	case BadText:
		return t.Error(p.Err)
	}
	return text.Fill(map[Why]string{
		Syntax: c.Syntax, UnknownKey: c.UnknownKey, WrongType: c.WrongType, BadDate: c.BadDate, OutOfRange: c.OutOfRange,
		NotOneOf: c.NotOneOf, Unknown: c.Unknown, Missing: c.Missing, Duplicate: c.Duplicate, BadCode: c.BadCode,
		BadKey: c.BadKey, BadSSHKey: c.BadSSHKey, WeakSSHKey: c.WeakSSHKey,
		SameSSHKey: c.SameSSHKey, BadAddress: c.BadAddress, BadZone: c.BadZone, PeriodEnds: c.PeriodEnds, Clash: c.Clash,
		TooMany: c.TooMany, NeedsAgency: c.NeedsAgency, NeedsRegions: c.NeedsRegions, AgencyDiffer: c.AgencyDiffer, NotOneWord: c.NotOneWord,
		UnknownAction: c.UnknownAction, BadActionKey: c.BadActionKey, KeyTaken: c.KeyTaken, KeysFixed: c.KeysFixed, KeyNeeded: c.KeyNeeded,
	}[p.Why], args...)
}

func (p *Problems) add(key string, why Why, args ...string) {
	p.List = append(p.List, Problem{Key: key, Why: why, Args: args})
}

func (p *Problems) oneOf(key, value string, known []string) {
	if !slices.Contains(known, value) {
		p.add(key, NotOneOf, "value", value, "known", strings.Join(known, ", "), "near", model.Nearest(value, known))
	}
}

func (p *Problems) within(key string, value, least, most int) {
	if value < least || value > most {
		p.add(key, OutOfRange, "value", strconv.Itoa(value), "least", strconv.Itoa(least), "most", strconv.Itoa(most))
	}
}
