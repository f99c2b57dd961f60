package model

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"
)

// Filter narrows the board to some efforts: words joined by and, commas inside a word by or. The zero
// Filter lets everything through.
type Filter struct {
	// words are the bare ones, which ask for an effort's folded text, terms all others.
	words, terms []term
	// source is the text it was parsed from, with single blanks.
	source string
}

// Asker is who looks through a filter and when, for words like mine and overdue.
type Asker struct {
	Agency AgencyCode
	Today  Day
	// Silent is after how many days without change an effort is silent, when the word does not say.
	Silent int
}

// term is one word of a filter: does it let an effort through, before negation?
type term struct {
	match  func(*Effort, Asker) bool
	negate bool
	status bool
	mine   bool
	// texts are what a bare word looks for, any of them; it has no match.
	texts []string
}

// filterWords are the words of a filter, in English and, where it differs, in Swedish, and whether they take a value
// after a colon.
var filterWords = []struct {
	en, sv string
	value  bool
}{
	{"region", "", true}, {"focus", "fokus", true}, {"kind", "typ", true}, {"level", "nivå", true}, {"status", "", true},
	{"agency", "myndighet", true}, {"lead", "ledning", true}, {"lead", "leder", true}, {"state", "läge", true}, {"mode", "medverkan", true},
	{"gap", "saknar", true}, {"silent", "tyst", true}, {"priority", "prioritet", true}, {"partner", "", true},
	{"overdue", "försenad", false}, {"silent", "tyst", false}, {"mine", "egna", false}, {"waiting", "väntar", false}, {"unplaced", "oplacerad", false},
}

// FilterWords are the words of a filter in a language, those that take a value with the colon.
func FilterWords(lang string) (words []string) {
	for _, w := range filterWords {
		name := w.en
		if lang == "sv" && w.sv != "" {
			name = w.sv
		}
		if w.value {
			name += ":"
		}
		if !slices.Contains(words, name) {
			words = append(words, name)
		}
	}
	return words
}

// FilterWord returns the English of a word of a filter, whichever language it is typed in, "" when there is none
// that takes a value, or stands alone.
func FilterWord(typed string, value bool) string {
	folded := Fold(typed)
	for _, w := range filterWords {
		if w.value == value && (w.en == folded || w.sv != "" && Fold(w.sv) == folded) {
			return w.en
		}
	}
	return ""
}

// String returns the filter as it was typed.
func (f Filter) String() string { return f.source }

// Empty reports whether the filter lets everything through.
func (f Filter) Empty() bool { return len(f.words)+len(f.terms) == 0 }

// needle takes out one text that all it lets through have, "" when there is none.
func (f Filter) needle() (text string, rest Filter) {
	i := slices.IndexFunc(f.words, func(w term) bool { return len(w.texts) == 1 && !w.negate })
	if i < 0 {
		return "", f
	}
	text = f.words[i].texts[0]
	f.words = slices.Delete(slices.Clone(f.words), i, i+1)
	return text, f
}

// HasStatus reports whether the filter says which statuses it wants.
func (f Filter) HasStatus() bool {
	return slices.ContainsFunc(f.terms, func(t term) bool { return t.status })
}

// Mine reports whether the filter asks for the efforts of the asker's agency.
func (f Filter) Mine() bool { return slices.ContainsFunc(f.terms, func(t term) bool { return t.mine }) }

// Named reports whether the filter looks for what an effort is called, or for any other text of it.
func (f Filter) Named() bool { return len(f.words) > 0 }

// Match reports whether an effort passes.
func (f Filter) Match(e *Effort, who Asker) bool {
	return f.match(e, who) && (len(f.words) == 0 || f.matchText(e.Folded()))
}

// match asks all but the bare words.
func (f Filter) match(e *Effort, who Asker) bool {
	for i := range f.terms {
		if t := &f.terms[i]; t.match(e, who) == t.negate {
			return false
		}
	}
	return true
}

// matchText asks the bare words.
func (f Filter) matchText(folded string) bool {
	for i := range f.words {
		if w := &f.words[i]; containsAny(folded, w.texts) == w.negate {
			return false
		}
	}
	return true
}

// ParseFilter reads what a person typed after / or list. A wrong word is an *Error that names the nearest known one.
func ParseFilter(text string, cat *Catalogue, lex *Lexicon) (Filter, error) {
	p := parser{cat: cat, lex: lex}
	words := strings.Fields(text)
	f := Filter{source: strings.Join(words, " ")}
	// agency: with state: or mode: beside it speak of the same assignment.
	var agencies, states, modes func(Assignment) bool
	var part []int
	for _, w := range words {
		t := term{}
		if rest, ok := strings.CutPrefix(w, "!"); ok && rest != "" {
			t.negate, w = true, rest
		}
		typed, value, colon := strings.Cut(w, ":")
		name := cmp.Or(FilterWord(typed, colon), Fold(typed))
		if !colon {
			t.mine = name == "mine"
			if t.match = p.bare(name); t.match == nil {
				t.texts = foldedList(w)
				f.words = append(f.words, t)
			} else {
				f.terms = append(f.terms, t)
			}
			continue
		}
		var err error
		switch name {
		case "agency", "state", "mode":
			var fn func(Assignment) bool
			if fn, err = p.assignment(name, value); err != nil {
				return Filter{}, asTyped(err, typed)
			}
			if t.negate {
				t.match = anyAssignment(fn)
				break
			}
			slot := map[string]*func(Assignment) bool{"agency": &agencies, "state": &states, "mode": &modes}[name]
			if *slot != nil {
				t.match = anyAssignment(fn)
				break
			}
			*slot = fn
			part = append(part, len(f.terms))
			continue
		default:
			t.match, err = p.word(name, value)
			t.status = name == "status"
		}
		if err != nil {
			return Filter{}, asTyped(err, typed)
		}
		f.terms = append(f.terms, t)
	}
	if len(part) > 0 {
		f.terms = append(f.terms, term{match: anyAssignment(func(a Assignment) bool {
			return (agencies == nil || agencies(a)) && (states == nil || states(a)) && (modes == nil || modes(a))
		})})
	}
	return f, nil
}

// asTyped names the word whose value is wrong in the language it was typed in.
func asTyped(err error, word string) error {
	var no *Error
	if errors.As(err, &no) && no.Why == BadFilterValue {
		no.Args["word"] = word
	}
	return err
}

type parser struct {
	cat *Catalogue
	lex *Lexicon
}

func anyAssignment(fn func(Assignment) bool) func(*Effort, Asker) bool {
	return func(e *Effort, _ Asker) bool { return slices.ContainsFunc(e.Assignments, fn) }
}

// codes looks up each of the comma-separated values.
func (p parser) codes(d Domain, word, value string) ([]string, error) {
	var codes []string
	for v := range strings.SplitSeq(value, ",") {
		if v == "" {
			continue
		}
		code, near, ok := p.lex.Lookup(d, v)
		if !ok {
			return nil, invalid(BadFilterValue, "word", word, "value", v, "near", near)
		}
		codes = append(codes, code)
	}
	if len(codes) == 0 {
		return nil, invalid(BadFilterValue, "word", word, "value", "", "near", "")
	}
	return codes, nil
}

func (p parser) assignment(name, value string) (func(Assignment) bool, error) {
	domain := map[string]Domain{"agency": DomainAgency, "state": DomainState, "mode": DomainMode}[name]
	codes, err := p.codes(domain, name, value)
	if err != nil {
		return nil, err
	}
	return func(a Assignment) bool {
		switch name {
		case "agency":
			return slices.Contains(codes, string(a.Agency))
		case "state":
			return slices.Contains(codes, a.State.String())
		}
		return slices.Contains(codes, a.Mode.String())
	}, nil
}

func (p parser) word(name, value string) (func(*Effort, Asker) bool, error) {
	one := func(d Domain, get func(*Effort) string) (func(*Effort, Asker) bool, error) {
		codes, err := p.codes(d, name, value)
		return func(e *Effort, _ Asker) bool { return slices.Contains(codes, get(e)) }, err
	}
	switch name {
	case "region":
		codes, err := p.codes(DomainRegion, name, value)
		return func(e *Effort, _ Asker) bool {
			return slices.ContainsFunc(codes, func(c string) bool { return e.In(RegionCode(c)) })
		}, err
	case "focus":
		return one(DomainFocus, func(e *Effort) string { return string(e.Focus) })
	case "kind":
		return one(DomainKind, func(e *Effort) string { return e.Kind.String() })
	case "level":
		return one(DomainLevel, func(e *Effort) string { return e.Level.String() })
	case "status":
		if Fold(value) == "any" || Fold(value) == "alla" {
			return func(*Effort, Asker) bool { return true }, nil
		}
		return one(DomainStatus, func(e *Effort) string { return e.Status.String() })
	case "lead":
		return p.lead(value)
	case "gap":
		return p.gap(value)
	case "silent":
		days, err := days(value)
		return func(e *Effort, who Asker) bool { return silent(e, who.Today, days) }, err
	case "priority":
		return p.priority(value)
	case "partner":
		texts := foldedList(value)
		return func(e *Effort, _ Asker) bool {
			return slices.ContainsFunc(e.Partners, func(s string) bool { return containsAny(Fold(s), texts) })
		}, nil
	}
	var known []string
	for _, w := range FilterWords("en") {
		known = append(known, strings.TrimSuffix(w, ":"))
	}
	return nil, invalid(BadFilter, "word", name, "near", Nearest(name, known))
}

// lead takes agencies, and none (or -) for what nobody leads.
func (p parser) lead(value string) (func(*Effort, Asker) bool, error) {
	var codes, named []string
	for v := range strings.SplitSeq(value, ",") {
		if Fold(v) == "none" || Fold(v) == "ingen" || v == "-" {
			codes = append(codes, "")
		} else {
			named = append(named, v)
		}
	}
	if len(codes) == 0 || strings.Join(named, "") != "" {
		known, err := p.codes(DomainAgency, "lead", strings.Join(named, ","))
		if err != nil {
			return nil, err
		}
		codes = append(codes, known...)
	}
	return func(e *Effort, _ Asker) bool { return slices.Contains(codes, string(e.Lead())) }, nil
}

// gap lets through what has no measure of a type.
func (p parser) gap(value string) (func(*Effort, Asker) bool, error) {
	codes, err := p.codes(DomainMeasure, "gap", value)
	if err != nil {
		return nil, err
	}
	return func(e *Effort, _ Asker) bool {
		measured := e.Measured()
		return slices.ContainsFunc(codes, func(c string) bool {
			m, _ := parseEnum[MeasureType](c, measureNames)
			return measured[m] == 0
		})
	}, nil
}

func (p parser) priority(value string) (func(*Effort, Asker) bool, error) {
	var wanted []uint8
	for v := range strings.SplitSeq(strings.Trim(value, ","), ",") {
		n, err := strconv.Atoi(v)
		if err != nil || n < PriorityHigh || n > PriorityLow {
			return nil, invalid(BadFilterValue, "word", "priority", "value", v, "near", "1, 2, 3")
		}
		wanted = append(wanted, uint8(n))
	}
	return func(e *Effort, _ Asker) bool { return slices.Contains(wanted, e.Priority) }, nil
}

// days reads "90d" or "90".
func days(value string) (int, error) {
	n, err := strconv.Atoi(strings.TrimSuffix(strings.ToLower(value), "d"))
	if err != nil || n < 0 || n > 100_000 {
		return 0, invalid(BadFilterValue, "word", "silent", "value", value, "near", "90d")
	}
	return n, nil
}

func silent(e *Effort, today Day, days int) bool {
	return e.Open() && int(today)-int(e.Updated.Day()) >= days
}

func overdue(e *Effort, today Day) bool { return e.Open() && e.Review != 0 && e.Review < today }

// bare reads a word without a colon, nil when it is none of those that stand alone.
func (p parser) bare(word string) func(*Effort, Asker) bool {
	switch word {
	case "overdue":
		return func(e *Effort, who Asker) bool { return overdue(e, who.Today) }
	case "silent":
		return func(e *Effort, who Asker) bool { return silent(e, who.Today, who.Silent) }
	case "mine":
		return func(e *Effort, who Asker) bool {
			return e.Concerns(who.Agency)
		}
	case "waiting":
		return func(e *Effort, _ Asker) bool { return e.Waiting() }
	case "unplaced":
		return func(e *Effort, who Asker) bool { return !p.cat.Places(e.Region, e.Focus, who.Today) }
	}
	return nil
}

// foldedList splits a word at its commas; nothing but commas is looked for as it stands.
func foldedList(w string) (texts []string) {
	for v := range strings.SplitSeq(w, ",") {
		if v != "" {
			texts = append(texts, Fold(v))
		}
	}
	if len(texts) == 0 {
		return []string{w}
	}
	return texts
}

func containsAny(folded string, texts []string) bool {
	return slices.ContainsFunc(texts, func(t string) bool { return strings.Contains(folded, t) })
}
