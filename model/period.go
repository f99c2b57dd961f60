package model

import (
	"strings"
	"time"
)

// Period is a stretch of days, both ends included.
type Period struct{ From, To Day }

// YearPeriod is a calendar year.
func YearPeriod(year int) Period {
	return Period{date(year, time.January, 1), date(year, time.December, 31)}
}

func date(year int, month time.Month, day int) Day {
	return DayOf(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// Has reports whether a day lies in the period.
func (p Period) Has(day Day) bool { return p.From <= day && day <= p.To }

// Until is the period as far as it has come by a day: its end is that day at the latest.
func (p Period) Until(day Day) Period {
	p.To = min(p.To, day)
	return p
}

// Back is the same stretch so many years earlier. Whole months stay whole, and the 29th of February is the 28th where there
// is none.
func (p Period) Back(years int) Period {
	back := func(d Day, whole bool) Day {
		t := d.Time()
		end := date(t.Year()-years, t.Month()+1, 1) - 1
		if whole || t.Day() > end.Time().Day() {
			return end
		}
		return date(t.Year()-years, t.Month(), t.Day())
	}
	return Period{back(p.From, false), back(p.To, p.From.Time().Day() == 1 && (p.To+1).Time().Day() == 1)}
}

// String writes the period as ParsePeriod reads it: 2025, 2025-q1, 2025-03, a date, or two with two points between.
func (p Period) String() string {
	year := p.From.Time().Format("2006")
	for _, short := range []string{year, year + "-q1", year + "-q2", year + "-q3", year + "-q4", p.From.Time().Format("2006-01")} {
		if q, ok := shortPeriod(short); ok && q == p {
			return short
		}
	}
	if p.From == p.To {
		return p.From.String()
	}
	return p.From.String() + ".." + p.To.String()
}

// MarshalText returns String.
func (p Period) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// ParsePeriod reads a year (2025), a quarter (2025-q1, q1), a month (2025-03), a day or two days with two points between,
// of which the second may be left out for today. A period that has not begun today is refused.
func ParsePeriod(typed string, today Day) (Period, error) {
	word := Fold(strings.TrimSpace(typed))
	no := invalid(BadPeriod, "value", MaskPersonal(typed))
	p, ok := shortPeriod(word)
	if q, this := shortPeriod(today.Time().Format("2006-") + word); !ok && this && strings.HasPrefix(word, "q") {
		p, ok = q, true
	}
	if !ok {
		from, to, two := strings.Cut(word, "..")
		if !two {
			to = from
		}
		first, err := ParseDay(from)
		last, err2 := ParseDay(to)
		if last == 0 {
			last = today
		}
		if err != nil || err2 != nil || first == 0 || first > last {
			return Period{}, no
		}
		p = Period{first, last}
	}
	if p.From > today {
		return Period{}, invalid(PeriodAhead, "value", p.From.String())
	}
	return p, nil
}

// shortPeriod reads a year, a quarter or a month.
func shortPeriod(word string) (Period, bool) {
	year, part, _ := strings.Cut(word, "-")
	first, err := ParseDay(year + "-01-01")
	if err != nil || len(year) != 4 {
		return Period{}, false
	}
	y := first.Year()
	switch {
	case part == "":
		return YearPeriod(y), word == year
	case len(part) == 2 && part[0] == 'q' && part[1] >= '1' && part[1] <= '4':
		month := time.Month(3*(part[1]-'1') + 1)
		return Period{date(y, month, 1), date(y, month+3, 1) - 1}, true
	}
	first, err = ParseDay(word + "-01")
	if err != nil {
		return Period{}, false
	}
	month := first.Time().Month()
	return Period{first, date(y, month+1, 1) - 1}, true
}
