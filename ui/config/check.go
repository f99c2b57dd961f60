package config

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/text"
)

// The most there can be of what has a key or a column of its own on the screen, and of numbers.
const (
	maxRegions = 9 // the keys 1 to 9
	maxRegion  = 6 // letters of a region's code, which begins every id
	maxCode    = 4 // cells of an agency's code
	maxDays    = 3650
	maxWait    = 60
	maxLock    = 1440
	maxWall    = 3600 // seconds
	maxFloor   = 100
	maxLoad    = 10_000
	maxName    = 24 // letters of the codes that only files and scripts see
)

// check says everything that is wrong with the values, and writes references to codes as the codes are.
func (c *Config) check(p *Problems) {
	if c.Language != "" {
		p.oneOf("language", c.Language, text.Languages())
	}
	p.oneOf("theme", c.Theme, Themes())
	if _, err := time.LoadLocation(c.Timezone); err != nil || c.Timezone == "" {
		p.add("timezone", BadZone, "value", c.Timezone)
	}
	p.path("store.path", c.Store.Path)
	p.within("store.wait_seconds", c.Store.WaitSeconds, 1, maxWait)
	p.within("desk.lock_minutes", c.Desk.LockMinutes, 0, maxLock)
	p.within("deadlines.unanswered_days", c.Deadlines.UnansweredDays, 1, maxDays)
	p.within("deadlines.silent_days", c.Deadlines.SilentDays, 1, maxDays)
	p.within("deadlines.important_days", c.Deadlines.ImportantDays, 1, maxDays)
	p.within("deadlines.outcome_days", c.Deadlines.OutcomeDays, 1, maxDays)
	p.within("wall.seconds", c.Wall.Seconds, 2, maxWall)
	p.within("wall.rest_seconds", c.Wall.RestSeconds, 5, maxWall)
	p.within("report.public_floor", c.Report.PublicFloor, 0, maxFloor)
	c.Server.check(p)
	c.Keys.check(p)
	regions := c.checkRegions(p)
	c.checkFocuses(p)
	agencies := c.checkAgencies(p, regions)
	c.checkOutcomes(p)
	c.checkPartners(p, regions)
	c.checkOfficers(p, regions, agencies)
}

// path checks a file's name. It is no text about anybody, and digits in it may look like a personal number.
func (p *Problems) path(key, file string) {
	var wrong *model.TextError
	if _, err := model.CleanText(file, model.MaxNote); errors.As(err, &wrong) && wrong.Kind != model.TextPersonal {
		p.List = append(p.List, Problem{Key: key, Why: BadText, Err: err})
	}
}

// spellings are the words of one kind of thing, folded, with the code each means.
type spellings map[string]string

// add takes the spellings of a code; one that means another code is a clash.
func (s spellings) add(p *Problems, key, code string, words ...string) {
	for _, w := range words {
		folded := model.Fold(w)
		if other, taken := s[folded]; taken && other != code {
			p.add(key, Clash, "value", w, "other", other)
		} else if folded != "" {
			s[folded] = code
		}
	}
}

// resolve writes a reference as the code it means.
func (s spellings) resolve(p *Problems, key string, ref *string) {
	if code, ok := s[model.Fold(*ref)]; ok {
		*ref = code
		return
	}
	var known []string
	for _, code := range s {
		known = append(known, code)
	}
	near := model.Nearest(short(*ref), sortedUnique(known))
	p.add(key, Unknown, "value", *ref, "near", near)
}

func (c *Config) checkRegions(p *Problems) spellings {
	s := spellings{}
	national := string(model.RegionNational)
	s.add(p, "national", national, append([]string{national, c.National.SV, c.National.EN}, c.National.Aliases...)...)
	names(p, "national", c.National.SV, c.National.EN)
	for _, r := range c.Regions {
		at := "regions[" + r.Code + "]"
		switch {
		case r.Code == national:
			p.add(at+".code", Clash, "value", r.Code, "other", "national")
		case !code(r.Code, 2, maxRegion, isUpper):
			p.add(at+".code", BadCode, "value", r.Code, "most", fmt.Sprint(maxRegion))
		}
		names(p, at, r.SV, r.EN)
		period(p, at, r.From, r.To)
		s.add(p, at, r.Code, append([]string{r.Code, r.SV, r.EN}, r.Aliases...)...)
	}
	for _, r := range c.Regions {
		current := 0
		for _, other := range c.Regions {
			if opens(other.From) <= opens(r.From) && (other.To == 0 || opens(r.From) <= other.To) {
				current++
			}
		}
		if current > maxRegions {
			p.add("regions", TooMany, "most", fmt.Sprint(maxRegions))
			break
		}
	}
	return s
}

func (c *Config) checkFocuses(p *Problems) {
	s := spellings{}
	for _, f := range c.Focuses {
		at := "focuses[" + f.Code + "]"
		if !code(f.Code, 2, maxName, isLower) {
			p.add(at+".code", BadCode, "value", f.Code, "most", fmt.Sprint(maxName))
		}
		names(p, at, f.SV, f.EN)
		period(p, at, f.From, f.To)
		s.add(p, at, f.Code, append([]string{f.Code, f.SV, f.EN}, f.Aliases...)...)
	}
}

func (c *Config) checkAgencies(p *Problems, regions spellings) spellings {
	s := spellings{}
	for i := range c.Agencies {
		a := &c.Agencies[i]
		at := "agencies[" + a.Code + "]"
		if !code(a.Code, 1, maxCode, isAgency) {
			p.add(at+".code", BadCode, "value", a.Code, "most", fmt.Sprint(maxCode))
		}
		names(p, at, a.SV, a.EN)
		period(p, at, a.From, a.To)
		s.add(p, at, a.Code, append([]string{a.Code, a.SV, a.EN}, a.Aliases...)...)
		// An agency beyond the letters of the alphabet has none and is chosen with the arrows.
		if a.Key != "" && (len(a.Key) != 1 || a.Key[0] < 'a' || a.Key[0] > 'z') {
			p.add(at+".key", BadKey, "value", a.Key)
		}
		for _, other := range c.Agencies[:i] {
			if a.Key != "" && a.Key == other.Key && overlap(a.From, a.To, other.From, other.To) {
				p.add(at+".key", Clash, "value", a.Key, "other", other.Code)
			}
		}
		for j := range a.Offices {
			regions.resolve(p, fmt.Sprintf("%s.offices[%d]", at, j+1), &a.Offices[j])
		}
		capacity := map[string]int{}
		for _, region := range sortedKeys(a.Capacity) {
			n, key := a.Capacity[region], at+".capacity."+region
			p.within(key, n, 0, maxLoad)
			regions.resolve(p, key, &region)
			capacity[region] = n
		}
		if a.Capacity != nil {
			a.Capacity = capacity
		}
	}
	return s
}

func (c *Config) checkOutcomes(p *Problems) {
	for _, o := range c.Outcomes {
		at := "outcomes[" + o.Code + "]"
		if !code(o.Code, 2, 2*maxName, isLower) {
			p.add(at+".code", BadCode, "value", o.Code, "most", fmt.Sprint(2*maxName))
		}
		names(p, at, o.SV, o.EN)
		p.oneOf(at+".unit", o.Unit, Units())
	}
}

func (c *Config) checkPartners(p *Problems, regions spellings) {
	seen := map[Partner]bool{}
	for i := range c.Partners {
		q := &c.Partners[i]
		at := fmt.Sprintf("partners[%d]", i+1)
		regions.resolve(p, at+".region", &q.Region)
		key := Partner{q.Region, model.Fold(q.Name)}
		switch {
		case q.Name == "":
			p.add(at+".name", Missing)
		case strings.Contains(q.Name, ","):
			p.add(at+".name", BadCode, "value", q.Name, "most", fmt.Sprint(model.MaxShort))
		case seen[key]:
			p.add(at, Duplicate, "value", q.Name)
		}
		seen[key] = true
	}
}

// names wants a name in one language at least; the other falls back to it.
func names(p *Problems, at, sv, en string) {
	if sv == "" && en == "" {
		p.add(at+".sv", Missing)
	}
}

func period(p *Problems, at string, from, to model.Day) {
	if from != 0 && to != 0 && to < from {
		p.add(at+".to", PeriodEnds)
	}
}

// overlap reports whether two periods have a day in common; a zero From or To is open.
func overlap(from1, to1, from2, to2 model.Day) bool {
	return (to2 == 0 || opens(from1) <= to2) && (to1 == 0 || opens(from2) <= to1)
}

// opens returns the first day of a period.
func opens(from model.Day) model.Day {
	if from == 0 {
		return math.MinInt32
	}
	return from
}

// code reports whether s has between least and most letters and digits and begins with a letter.
func code(s string, least, most int, letter func(rune) bool) bool {
	for i, r := range s {
		if !letter(r) && (i == 0 || r < '0' || r > '9') {
			return false
		}
	}
	n := utf8.RuneCountInString(s)
	return n >= least && n <= most
}

func isUpper(r rune) bool { return 'A' <= r && r <= 'Z' }

func isLower(r rune) bool { return 'a' <= r && r <= 'z' || r == '_' }

// isAgency lets capital letters with diacritics through, of which every one is one cell wide.
func isAgency(r rune) bool { return unicode.IsUpper(r) && isASCII(model.Fold(string(r))) }

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r > unicode.MaxASCII }) < 0
}
