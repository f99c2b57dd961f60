package text_test

import (
	"testing"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/text"
)

func day(t *testing.T, s string) model.Day {
	t.Helper()
	d, err := model.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestPeriod(t *testing.T) {
	for _, c := range []struct{ typed, en, sv, year string }{
		{"2025", "2025", "2025", "2025"},
		{"2025-q1", "quarter 1 2025", "kvartal 1 2025", "2025"},
		{"2025-10-01..2025-12-31", "quarter 4 2025", "kvartal 4 2025", "2025"},
		{"2025-05", "May 2025", "maj 2025", "2025"},
		{"2024-02", "Feb 2024", "feb 2024", "2024"},
		{"2025-02-01..2025-04-30", "1 Feb – 30 Apr 2025", "1 feb – 30 apr 2025", "2025"},
		{"2025-01-01..2025-11-20", "1 Jan – 20 Nov 2025", "1 jan – 20 nov 2025", "2025"},
		{"2024-07-01..2025-06-30", "1 Jul 2024 – 30 Jun 2025", "1 jul 2024 – 30 jun 2025", "2024/25"},
		{"2025-03-01", "1 Mar 2025", "1 mar 2025", "2025"},
	} {
		p, err := model.ParsePeriod(c.typed, day(t, "2026-11-20"))
		if err != nil {
			t.Fatal(err)
		}
		for lang, want := range map[string]string{"en": c.en, "sv": c.sv} {
			if got := text.In(lang).Period(p); got != want {
				t.Errorf("%s: %s is %q, want %q", lang, c.typed, got, want)
			}
		}
		if got := text.PeriodYear(p); got != c.year {
			t.Errorf("%s is of %s, want %s", c.typed, got, c.year)
		}
	}
}

func TestLate(t *testing.T) {
	cat := model.DefaultCatalogue()
	e := &model.Effort{ID: "SYD-2025-014", Codename: "LÄRKA"}
	for _, c := range []struct {
		line   model.LateLine
		en, sv string
	}{
		{model.LateLine{Hours: &model.Hours{Agency: "KFM", Centi: 400, Date: day(t, "2025-11-03")}},
			"LÄRKA SYD-2025-014: KFM 4 hours on 3 Nov 2025", "LÄRKA SYD-2025-014: KFM 4 timmar, 3 nov 2025"},
		{model.LateLine{Measure: &model.Measure{Type: model.Safety, At: model.StampOf(day(t, "2025-11-03").Time().Add(43200e9))}, Gone: true},
			"LÄRKA SYD-2025-014: safety, 3 Nov 2025, taken back since", "LÄRKA SYD-2025-014: trygghetsskapande, 3 nov 2025, tillbakataget sedan dess"},
		{model.LateLine{Outcome: &model.Outcome{Measure: "assets_attached_sek", Milli: 120_000_000, Date: day(t, "2025-11-03")}},
			"LÄRKA SYD-2025-014: Assets attached SEK\u00a0120\u00a0000 on 3 Nov 2025", "LÄRKA SYD-2025-014: Utmätta tillgångar 120\u00a0000\u00a0kr, 3 nov 2025"},
		{model.LateLine{Outcome: &model.Outcome{Measure: "weapons_seized", Milli: 3000, Date: day(t, "2025-11-03")}},
			"LÄRKA SYD-2025-014: Weapons seized 3 on 3 Nov 2025", "LÄRKA SYD-2025-014: Beslagtagna vapen 3, 3 nov 2025"},
		{model.LateLine{}, "LÄRKA SYD-2025-014: the whole effort, with an imported list", "LÄRKA SYD-2025-014: hela insatsen, med en inläst lista"},
	} {
		c.line.Effort = e
		for lang, want := range map[string]string{"en": c.en, "sv": c.sv} {
			if got := text.In(lang).Late(&c.line, cat); got != want {
				t.Errorf("%s: %q, want %q", lang, got, want)
			}
		}
	}
}
