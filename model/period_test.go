package model_test

import (
	"testing"

	"pgregory.net/rapid"

	"board.internal/samverkan/model"
)

// TestParsePeriod: what people write for a period, and what is none.
func TestParsePeriod(t *testing.T) {
	today := day("2026-11-26")
	for typed, want := range map[string]string{
		"2025": "2025-01-01 2025-12-31", "2026": "2026-01-01 2026-12-31", " 2025-Q1 ": "2025-01-01 2025-03-31", "q4": "2026-10-01 2026-12-31",
		"2024-02": "2024-02-01 2024-02-29", "2025-12": "2025-12-01 2025-12-31", "2025-03-31": "2025-03-31 2025-03-31",
		"2025-01-15..2025-06-30": "2025-01-15 2025-06-30", "2026-11-01..": "2026-11-01 2026-11-26", "2026-11-26": "2026-11-26 2026-11-26",
	} {
		p, err := model.ParsePeriod(typed, today)
		if got := p.From.String() + " " + p.To.String(); err != nil || got != want {
			t.Errorf("%q: %s, %v; want %s", typed, got, err, want)
		}
	}
	for _, typed := range []string{"", "25", "20255", "2025-q5", "2025-13", "2025-1", "2025-02-30", "2025-06-30..2025-01-01", "..", "..2025-01-01", "q", "2025..2026", "förra året"} {
		if _, err := model.ParsePeriod(typed, today); !model.Is(err, model.BadPeriod) {
			t.Errorf("%q: %v", typed, err)
		}
	}
	for _, typed := range []string{"2027", "2026-12", "2026-11-27", "2027-q1"} {
		if _, err := model.ParsePeriod(typed, today); !model.Is(err, model.PeriodAhead) {
			t.Errorf("%q: %v", typed, err)
		}
	}
}

func TestPeriodsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		today := day("2100-01-01")
		from := model.Day(rapid.IntRange(0, 20_000).Draw(t, "from"))
		p := model.Period{From: from, To: from + model.Day(rapid.SampledFrom([]int{0, 27, 30, 89, 90, 91, 364, 365, 500}).Draw(t, "days"))}
		if from == 0 {
			return // which is no day
		}
		if q, err := model.ParsePeriod(p.String(), today); err != nil || q != p {
			t.Fatalf("%s is read as %v, %v", p, q, err)
		}
	})
}

// TestPeriodBack: whole months are whole in every year, and the 29th of February is the 28th.
func TestPeriodBack(t *testing.T) {
	today := day("2026-11-26")
	for _, c := range []struct {
		period string
		years  int
		want   string
	}{
		{"2025", 1, "2024"}, {"2025-q1", 2, "2023-q1"}, {"2025-02", 1, "2024-02"}, {"2024-02", 1, "2023-02"}, {"2024-02-29", 1, "2023-02-28"},
		{"2025-01-15..2025-06-14", 9, "2016-01-15..2016-06-14"}, {"2024-02-10..2024-02-29", 4, "2020-02-10..2020-02-29"},
		{"2025-02-28", 1, "2024-02-28"}, {"2025-02-01..2025-02-28", 1, "2024-02"},
	} {
		p, err := model.ParsePeriod(c.period, today)
		if got := p.Back(c.years).String(); err != nil || got != c.want {
			t.Errorf("%s, %d years back: %s, want %s", c.period, c.years, got, c.want)
		}
	}
}

// TestPeriodUntil: a period that has not ended is as long as it has come, one that has ended is itself.
func TestPeriodUntil(t *testing.T) {
	year, q1 := model.YearPeriod(2026), model.Period{From: day("2026-01-01"), To: day("2026-03-31")}
	if p := year.Until(day("2026-11-26")); p != (model.Period{From: day("2026-01-01"), To: day("2026-11-26")}) {
		t.Errorf("the year so far is %s", p)
	}
	if p := q1.Until(day("2026-11-26")); p != q1 {
		t.Errorf("a quarter that has ended is %s", p)
	}
}
