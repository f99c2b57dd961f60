package text_test

import (
	"testing"
	"time"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/text"
)

// TestMomentsAreUnderstood on Friday 20 November 2026, 12:00 where the board is: a day is its end, and today is now.
func TestMomentsAreUnderstood(t *testing.T) {
	cat := &model.Catalogue{Zone: time.FixedZone("CET", 3600)}
	now := time.Date(2026, 11, 20, 11, 0, 0, 0, time.UTC)
	for typed, want := range map[string]string{
		"2026-03-31":           "2026-03-31T22:59:59Z",
		"31 mar":               "2026-03-31T22:59:59Z",
		"31 dec":               "2025-12-31T22:59:59Z", // the last one, as that of this year has not come
		"03-31":                "2026-03-31T22:59:59Z",
		"fre":                  "2026-11-20T11:00:00Z",
		"tis":                  "2026-11-17T22:59:59Z",
		"Tue":                  "2026-11-17T22:59:59Z",
		"igår":                 "2026-11-19T22:59:59Z",
		"yesterday":            "2026-11-19T22:59:59Z",
		"today":                "2026-11-20T11:00:00Z",
		"2026-11-20":           "2026-11-20T11:00:00Z",
		"7d":                   "2026-11-13T22:59:59Z",
		"2w":                   "2026-11-06T22:59:59Z",
		"2026-03-31 14:00":     "2026-03-31T13:00:00Z",
		" 31  mar 14:05 ":      "2026-03-31T13:05:00Z",
		"tis 08:00":            "2026-11-17T07:00:00Z",
		"igår 23:59":           "2026-11-19T22:59:00Z",
		"today 08:00":          "2026-11-20T07:00:00Z",
		"12h":                  "2026-11-19T23:00:00Z",
		"2026-03-31T14:00":     "2026-03-31T13:00:00Z",
		"2026-03-31T14:00:00Z": "2026-03-31T14:00:00Z",
		"2027-01-01":           "2027-01-01T22:59:59Z", // which others refuse
	} {
		for _, lang := range text.Languages() {
			if got, err := text.In(lang).ParseMoment(typed, now, cat); err != nil || got.String() != want {
				t.Errorf("%s: %q is %s, %v; want %s", lang, typed, got, err, want)
			}
		}
	}
	for _, typed := range []string{"", " ", "soon", "2026-02-30", "25:00", "tis 25:00", "14:00", "larka 14:00", "2026", "-1d",
		"0001-01-01", "0001-01-01 12:00", "1899-12-31T14:00", "0001-01-01T00:00:00Z", "99999d"} {
		if at, err := text.In("en").ParseMoment(typed, now, cat); !model.Is(err, model.BadMoment) {
			t.Errorf("%q is %s, %v", typed, at, err)
		}
	}
}

// TestAnHourThatNeverComes, as clocks are put forward, is no moment; of one that comes twice it is the later.
func TestAnHourThatNeverComes(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		t.Skip("no time zones here:", err)
	}
	cat, now := &model.Catalogue{Zone: zone}, time.Date(2026, 11, 20, 11, 0, 0, 0, time.UTC)
	for typed, want := range map[string]string{
		"2026-03-29 01:59": "2026-03-29T00:59:00Z", "2026-03-29 02:00": "", "2026-03-29 02:30": "", "29 mar 02:59": "", "2026-03-29T02:30": "",
		"2026-03-29 03:00": "2026-03-29T01:00:00Z", "2026-03-29T02:30:00+01:00": "2026-03-29T01:30:00Z", "2026-03-28 02:30": "2026-03-28T01:30:00Z",
		"2026-10-25 01:59": "2026-10-24T23:59:00Z", "2026-10-25 02:00": "2026-10-25T01:00:00Z", "2026-10-25 02:30": "2026-10-25T01:30:00Z",
		"2026-10-25T02:30": "2026-10-25T01:30:00Z", "2026-10-25 03:00": "2026-10-25T02:00:00Z", "2026-10-24 02:30": "2026-10-24T00:30:00Z",
	} {
		at, err := text.In("sv").ParseMoment(typed, now, cat)
		if at.String() != want || model.Is(err, model.BadMoment) != (want == "") {
			t.Errorf("%q is %s, %v; want %s", typed, at, err, want)
		}
	}
}
