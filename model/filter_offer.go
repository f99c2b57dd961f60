package model

import (
	"slices"
	"strings"
)

// Called is a word of a closed set: its stable name, and what it is called in somebody's language.
type Called struct{ Code, Name string }

// Offer is one way to go on with the last word of a filter: the whole word, and what its value is called.
type Offer struct{ Word, Name string }

// filterDomains are whose words stand behind the colon.
var filterDomains = map[string]Domain{"region": DomainRegion, "focus": DomainFocus, "kind": DomainKind, "level": DomainLevel, "status": DomainStatus,
	"agency": DomainAgency, "lead": DomainAgency, "state": DomainState, "mode": DomainMode, "gap": DomainMeasure}

// filterValues are what stands behind the colon beside those, or instead.
var filterValues = map[string][]string{"status": {"any"}, "lead": {"none"}, "priority": {"1", "2", "3"}, "silent": {"30d", "90d", "180d"}}

// FilterOffers returns how a word of a filter may go on, as far as it is typed: the words in a language, and those in
// English once one is begun, and behind the colon the values, as called names those of a domain. Each can be read when it
// is whole. A ! before the word, and values before a comma, stay.
func (l *Lexicon) FilterOffers(typed, lang string, called func(Domain) []Called) (offers []Offer) {
	rest, negated := strings.CutPrefix(typed, "!")
	word, value, colon := strings.Cut(rest, ":")
	if !colon {
		words := FilterWords(lang)
		if rest != "" {
			words = append(words, FilterWords("en")...)
		}
		for _, w := range words {
			if negated {
				w = "!" + w
			}
			if o := (Offer{Word: w}); begins(w, typed) && !slices.Contains(offers, o) {
				offers = append(offers, o)
			}
		}
		return offers
	}
	name := FilterWord(word, true)
	before := strings.TrimSuffix(typed, value)
	if i := strings.LastIndexByte(value, ','); i >= 0 {
		before, value = before+value[:i+1], value[i+1:]
	}
	domain := filterDomains[name]
	for _, c := range called(domain) {
		if begins(c.Code, value) || begins(c.Name, value) {
			offers = append(offers, Offer{before + l.short(domain, c), c.Name})
		}
	}
	for _, v := range filterValues[name] {
		if begins(v, value) {
			offers = append(offers, Offer{Word: before + v})
		}
	}
	return offers
}

func begins(word, typed string) bool { return strings.HasPrefix(Fold(word), Fold(typed)) }

// short is how a value is typed: a code of letters as it is, anything else by its name, or the first word of it, where that
// is understood.
func (l *Lexicon) short(d Domain, c Called) string {
	name, _, _ := strings.Cut(strings.ToLower(c.Name), " ")
	if code, _, ok := l.Lookup(d, name); ok && code == c.Code && d != DomainRegion && d != DomainAgency && !strings.ContainsAny(name, " ,:") {
		return name
	}
	return strings.ToLower(c.Code)
}
