package model

import (
	"slices"
	"strings"
)

// Domain is a closed set of words that people type: the regions, the statuses, and so on.
type Domain uint8

// The domains.
const (
	DomainRegion Domain = iota + 1
	DomainFocus
	DomainAgency
	DomainKind
	DomainLevel
	DomainStatus
	DomainState
	DomainMode
	DomainMeasure
	DomainOutcome
	DomainLink
)

// Lexicon knows how people write the words of the board: stable names, codes, aliases, names in every
// language, in any case, with or without diacritics, and their unambiguous beginnings.
type Lexicon struct {
	words map[Domain][]word
}

type word struct{ folded, code string }

// NewLexicon returns the words of the catalogue and the stable names of all closed sets.
func NewLexicon(cat *Catalogue) *Lexicon {
	l := &Lexicon{words: map[Domain][]word{}}
	names := func(d Domain, code string, n Names, aliases []string) {
		l.Add(d, code, append([]string{code, n.SV, n.EN}, aliases...)...)
	}
	for _, r := range append(slices.Clone(cat.Regions), cat.National) {
		names(DomainRegion, string(r.Code), r.Name, r.Aliases)
	}
	for _, f := range cat.Focuses {
		names(DomainFocus, string(f.Code), f.Name, f.Aliases)
	}
	for _, a := range cat.Agencies {
		names(DomainAgency, string(a.Code), a.Name, a.Aliases)
	}
	for _, o := range cat.Outcomes {
		names(DomainOutcome, string(o.Code), o.Name, spellings(string(o.Code)))
	}
	for d, set := range map[Domain][]string{DomainKind: kindNames, DomainLevel: levelNames, DomainStatus: statusNames,
		DomainState: stateNames, DomainMode: modeNames, DomainMeasure: measureNames, DomainLink: linkNames} {
		for _, name := range set[1:] {
			l.Add(d, name, append(spellings(name), name)...)
		}
	}
	return l
}

// spellings are how people write a stable name too: on_site as on site and on-site.
func spellings(name string) []string {
	return []string{strings.ReplaceAll(name, "_", " "), strings.ReplaceAll(name, "_", "-")}
}

// Add teaches further spellings of a code.
func (l *Lexicon) Add(d Domain, code string, spellings ...string) {
	for _, s := range spellings {
		w := word{Fold(s), code}
		if w.folded != "" && !slices.Contains(l.words[d], w) {
			l.words[d] = append(l.words[d], w)
		}
	}
}

// Lookup returns the code of a word as typed: spelled out, or begun so far that only one code is meant.
// When there is none, near is the nearest spelling known.
func (l *Lexicon) Lookup(d Domain, typed string) (code, near string, ok bool) {
	folded := Fold(typed)
	if folded == "" {
		return "", "", false
	}
	for _, w := range l.words[d] {
		if w.folded == folded {
			return w.code, "", true
		}
	}
	if begun := l.Begun(d, typed); len(begun) == 1 {
		return begun[0], "", true
	}
	var all []string
	for _, w := range l.words[d] {
		all = append(all, w.folded)
	}
	return "", Nearest(folded, all), false
}

// Spelled reports whether a word as typed is spelled out, not only begun.
func (l *Lexicon) Spelled(d Domain, typed string) bool {
	return slices.ContainsFunc(l.words[d], func(w word) bool { return w.folded == Fold(typed) })
}

// Begun returns the codes that a beginning may mean, in the order of the catalogue; all of them for "".
func (l *Lexicon) Begun(d Domain, typed string) (codes []string) {
	folded := Fold(typed)
	for _, w := range l.words[d] {
		if strings.HasPrefix(w.folded, folded) && !slices.Contains(codes, w.code) {
			codes = append(codes, w.code)
		}
	}
	return codes
}

// Nearest returns the candidate that takes the fewest changes of a letter to reach, "" when none is near.
func Nearest(typed string, candidates []string) string {
	best, bestDistance := "", 1+len([]rune(typed))/2
	for _, c := range candidates {
		if d := distance(Fold(typed), Fold(c)); d < bestDistance {
			best, bestDistance = c, d
		}
	}
	return best
}

// distance is Levenshtein's, in runes, with a swap of neighbours as one change.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	var before []int
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		next := make([]int, len(y)+1)
		next[0] = i + 1
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			next[j+1] = min(row[j+1]+1, next[j]+1, row[j]+cost)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, row = row, next
	}
	return row[len(y)]
}
