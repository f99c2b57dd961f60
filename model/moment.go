package model

import (
	"fmt"
	"time"
)

// Stamp is a moment in whole seconds since 1970 in UTC; 0 is unknown. It is an integer, not a
// time.Time, because a hundred thousand open efforts hold several each.
type Stamp int64

// StampOf returns t in whole seconds, and 0 for the zero time.
func StampOf(t time.Time) Stamp {
	if t.IsZero() {
		return 0
	}
	return Stamp(t.Unix())
}

// Time returns the moment in UTC, the zero time when it is unknown.
func (s Stamp) Time() time.Time {
	if s == 0 {
		return time.Time{}
	}
	return time.Unix(int64(s), 0).UTC()
}

// String returns RFC 3339 in UTC, "" when unknown.
func (s Stamp) String() string {
	if s == 0 {
		return ""
	}
	return s.Time().Format(time.RFC3339)
}

// MarshalText returns String, so that JSON holds RFC 3339.
func (s Stamp) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads RFC 3339 of any zone, or "".
func (s *Stamp) UnmarshalText(b []byte) error {
	v, err := ParseStamp(string(b))
	*s = v
	return err
}

// ParseStamp reads RFC 3339, or a date as its midnight in UTC; "" is unknown.
func ParseStamp(text string) (Stamp, error) {
	if text == "" {
		return 0, nil
	}
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, text); err == nil && t.Year() >= 1900 && t.Year() <= 9999 {
			return Stamp(t.Unix()), nil
		}
	}
	return 0, invalid(BadDate, "value", text)
}

// Day is a calendar date as days since 1970-01-01; 0 is unknown (nobody needs that one day).
type Day int32

// DayOf returns the date of t in t's own zone.
func DayOf(t time.Time) Day {
	if t.IsZero() {
		return 0
	}
	y, m, d := t.Date()
	return Day(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// Day returns the date of the moment in UTC.
func (s Stamp) Day() Day {
	day := s / 86400
	if s%86400 < 0 {
		day--
	}
	return Day(day)
}

// Stamp is the moment the day begins in UTC.
func (d Day) Stamp() Stamp { return Stamp(int64(d) * 86400) }

// Time returns the date's midnight in UTC, the zero time when it is unknown.
func (d Day) Time() time.Time {
	if d == 0 {
		return time.Time{}
	}
	return time.Unix(int64(d)*86400, 0).UTC()
}

// Year returns the calendar year, 0 when unknown.
func (d Day) Year() int {
	if d == 0 {
		return 0
	}
	return d.Time().Year()
}

// String returns the ISO 8601 date, "" when unknown.
func (d Day) String() string {
	if d == 0 {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}

// MarshalText returns String.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads an ISO 8601 date, or "".
func (d *Day) UnmarshalText(b []byte) error {
	v, err := ParseDay(string(b))
	*d = v
	return err
}

// ParseDay reads an ISO 8601 date; "" is unknown. Years 1900 to 2200 are taken for dates, others for mistakes.
func ParseDay(text string) (Day, error) {
	if text == "" {
		return 0, nil
	}
	t, err := time.Parse(time.DateOnly, text)
	if err != nil || t.Year() < 1900 || t.Year() > 2200 {
		return 0, invalid(BadDate, "value", text)
	}
	return DayOf(t), nil
}

// Clock is the moment at which the clocks of a zone show the date and time that wall shows. Of a time that comes twice,
// as 02:30 when summer time ends in Sweden, it is the later one. ok is false of a time that never comes, as 02:30 when
// summer time begins.
func Clock(wall time.Time, zone *time.Location) (at Stamp, ok bool) {
	shows := func(t time.Time) bool { return t.Format(time.DateTime) == wall.Format(time.DateTime) }
	year, month, day := wall.Date()
	t := time.Date(year, month, day, wall.Hour(), wall.Minute(), wall.Second(), 0, zone)
	if !shows(t) {
		return 0, false
	}
	// The later of two is the one by what the clocks are set to, which they are a day after.
	_, offset := t.AddDate(0, 0, 1).Zone()
	_, before := t.Zone()
	if later := t.Add(time.Duration(before-offset) * time.Second); later.After(t) && shows(later) {
		t = later
	}
	return StampOf(t), true
}

// NotAhead refuses a day that has yet to come, in a field that tells of what has been.
func NotAhead(f Field, day, today Day) error {
	if day > today {
		return invalid(DateAhead, "field", string(f), "value", day.String())
	}
	return nil
}

// Month is the calendar month of a date, for follow-up by month.
func (d Day) Month() string { return fmt.Sprintf("%04d-%02d", d.Year(), int(d.Time().Month())) }
