package text_test

import (
	"errors"
	"testing"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/text"
)

func date(s string) model.Day {
	d, err := model.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

// TestParseDay reads days as on Monday 23 November 2026.
func TestParseDay(t *testing.T) {
	for _, c := range []struct {
		typed       string
		back, ahead string // "" for none
	}{
		{"2025-11-20", "2025-11-20", "2025-11-20"}, {"11-20", "2026-11-20", "2027-11-20"}, {"20 nov", "2026-11-20", "2027-11-20"},
		{"24 november", "2025-11-24", "2026-11-24"}, {"1 Nov 2023", "2023-11-01", "2023-11-01"}, {"3 maj", "2026-05-03", "2027-05-03"},
		{"fre", "2026-11-20", "2026-11-27"}, {"Friday", "2026-11-20", "2026-11-27"}, {"torsd", "2026-11-19", "2026-11-26"}, {"mån", "2026-11-23", "2026-11-30"},
		{"i går", "2026-11-22", "2026-11-22"}, {"today", "2026-11-23", "2026-11-23"}, {"3d", "2026-11-20", "2026-11-26"}, {"2v", "2026-11-09", "2026-12-07"},
		{"i fredags", "2026-11-20", "2026-11-20"}, {"i måndags", "2026-11-16", "2026-11-16"}, {"förra fredagen", "2026-11-20", "2026-11-20"},
		{"last Friday", "2026-11-20", "2026-11-20"}, {"den 20 november", "2026-11-20", "2027-11-20"}, {"Nov 20", "2026-11-20", "2027-11-20"},
		{"the 20 november 2025", "2025-11-20", "2025-11-20"}, {"November 20 2025", "2025-11-20", "2025-11-20"}, {"Nov 2025", "", ""}, {"1/11", "", ""},
		{"", "", ""}, {"fr", "", ""}, {"fre fel", "", ""}, {"manual", "", ""}, {"sonderat", "", ""}, {"20 novellskrivare", "", ""}, {"20 nov typed", "", ""},
		{"20 nov 25", "", ""}, {"31 feb", "", ""}, {"31 feb 2025", "", ""},
	} {
		for ahead, want := range map[bool]string{false: c.back, true: c.ahead} {
			got, err := text.In("en").ParseDay(c.typed, date("2026-11-23"), ahead)
			if got.String() != want || (err == nil) != (want != "") {
				t.Errorf("%q, ahead %v, is %s, %v, want %s", c.typed, ahead, got, err, want)
			}
		}
	}
}

// noDays are written as dates are and are none, each with what of it the refusal names.
var noDays = map[string]string{
	"29 feb 2025":          "29 feb 2025",
	"31 feb":               "31 feb",
	"31 February too many": "31 February",
	"45 mars":              "45 mars",
	"20 nov 25":            "20 nov 25",
	"20 nov 1850, gammalt": "20 nov 1850",
	"2025-02-29":           "2025-02-29",
	"2025-13-01 fel":       "2025-13-01",
	"2025-1":               "2025-1",
	"31-02":                "31-02",
	"20/11":                "20/11",
	"20/11/2025":           "20/11/2025",
	"20251120":             "20251120",
}

func noDay(t *testing.T, err error, typed, value string) {
	t.Helper()
	var no *model.Error
	if !errors.As(err, &no) || no.Why != model.BadDate || no.Args["value"] != value {
		t.Errorf("%q is refused with %v, want %q named as no date", typed, err, value)
	}
}

// TestParseHours reads hours as on Monday 23 November 2026.
func TestParseHours(t *testing.T) {
	lex := text.Lexicon(model.DefaultCatalogue())
	for typed, want := range map[string]text.TypedHours{
		"4":                       {Centi: 4_00},
		"2,5 fre":                 {Centi: 2_50, Date: date("2026-11-20")},
		"0.25 yesterday":          {Centi: 25, Date: date("2026-11-22")},
		"pol 3 11-20":             {Agency: "POL", Centi: 3_00, Date: date("2026-11-20")},
		"3 20 nov":                {Centi: 3_00, Date: date("2026-11-20")},
		"3 20 nov 2024":           {Centi: 3_00, Date: date("2024-11-20")},
		"-1 fel dag":              {Centi: -1_00, Reason: "fel dag"},
		"-1 fre fel dag":          {Centi: -1_00, Date: date("2026-11-20"), Reason: "fel dag"},
		"-2 manual error":         {Centi: -2_00, Reason: "manual error"},
		"−1 2026-11-20 twice":     {Centi: -1_00, Date: date("2026-11-20"), Reason: "twice"},
		"4, månadens möte":        {Centi: 4_00, Reason: "månadens möte"},
		"-4 månadens möte":        {Centi: -4_00, Reason: "månadens möte"},
		"4 fre, fel dag":          {Centi: 4_00, Date: date("2026-11-20"), Reason: "fel dag"},
		"4 20 nov, tre möten":     {Centi: 4_00, Date: date("2026-11-20"), Reason: "tre möten"},
		"4: 100 mark":             {Centi: 4_00, Reason: "100 mark"},
		"4,":                      {Centi: 4_00},
		"4 h pol":                 {Agency: "POL", Centi: 4_00},
		"18 mån":                  {Centi: 18_00, Date: date("2026-11-23")},
		"4 tull i fredags":        {Agency: "TUL", Centi: 4_00, Date: date("2026-11-20")},
		"-1 fel dag, två":         {Centi: -1_00, Reason: "fel dag, två"},
		"-1, 3 timmar för mycket": {Centi: -1_00, Reason: "3 timmar för mycket"},
		"4 29 feb 2024":           {Centi: 4_00, Date: date("2024-02-29")},
		"4 i morgon":              {Centi: 4_00, Date: date("2026-11-24")}, // which the model refuses
		"4, igår":                 {Centi: 4_00, Date: date("2026-11-22")},
		"4 tim, igår":             {Centi: 4_00, Date: date("2026-11-22")},
		"4, fre":                  {Centi: 4_00, Date: date("2026-11-20")},
		"4, skv":                  {Agency: "SKV", Centi: 4_00},
		"4, skatteverket":         {Agency: "SKV", Centi: 4_00},
		"4, polisen ringde":       {Centi: 4_00, Reason: "polisen ringde"},
		"4 tim, kfm fre":          {Agency: "KFM", Centi: 4_00, Date: date("2026-11-20")},
		"4, fre, kfm, på kajen":   {Agency: "KFM", Centi: 4_00, Date: date("2026-11-20"), Reason: "på kajen"},
		"4 fre, kfm":              {Agency: "KFM", Centi: 4_00, Date: date("2026-11-20")},
		"-1, skrev fel fredag":    {Centi: -1_00, Reason: "skrev fel fredag"},
		"-1 fel dag, fre":         {Centi: -1_00, Reason: "fel dag, fre"},
		"-4 nov 20":               {Centi: -4_00, Date: date("2026-11-20")},
		"4 h nov 20":              {Centi: 4_00, Date: date("2026-11-20")},
		"4, nov 20":               {Centi: 4_00, Date: date("2026-11-20")},
		"4 fk":                    {Agency: "FK", Centi: 4_00},
		"4 am":                    {Agency: "ÅM", Centi: 4_00},
		"4 kron":                  {Agency: "KFM", Centi: 4_00},
		"tull 4 i går, på kajen":  {Agency: "TUL", Centi: 4_00, Date: date("2026-11-22"), Reason: "på kajen"},
	} {
		if got, err := text.In("sv").ParseHours(typed, date("2026-11-23"), lex); err != nil || got != want {
			t.Errorf("%q is %+v, %v, want %+v", typed, got, err, want)
		}
	}
	for typed, value := range noDays {
		_, err := text.In("sv").ParseHours("kfm 4 "+typed, date("2026-11-23"), lex)
		noDay(t, err, typed, value)
	}
	for typed, why := range map[string]model.Why{"": model.Missing, "kfm": model.Missing, "x 3": model.UnknownAgency, "4x": model.BadNumber, "1,234": model.BadNumber,
		"4 fredagg": model.LooseWords, "4 100 mark": model.LooseWords, "kfm 4 pol": model.LooseWords, "6 månader": model.LooseWords, "-12 3": model.LooseWords,
		"4 fel dag": model.LooseWords, "4 h Nov 20, 2025": model.LooseWords, "-4 nov 20, 2025 fel": model.LooseWords, "4 fre, 2025": model.LooseWords,
		"4, 31 feb": model.BadDate, "4, igår, fre": model.GivenTwice, "4 fre, igår": model.GivenTwice, "pol 4, kfm räknade fel": model.GivenTwice,
		"20 nov 4": model.FigureOrDay, "6 nov 4": model.FigureOrDay, "kfm 20 november 4 fre": model.FigureOrDay, "4 Nov 20, 2025": model.FigureOrDay,
		"2 år": model.WrongUnit, "4 kr": model.WrongUnit, "4 kg": model.WrongUnit, "4 st": model.WrongUnit,
		"4 en": model.LooseWords, "3 ar": model.WrongUnit, "4 f": model.LooseWords} {
		if got, err := text.In("sv").ParseHours(typed, date("2026-11-23"), lex); !model.Is(err, why) {
			t.Errorf("%q is %+v, %v", typed, got, err)
		}
	}
}

// TestHoursInAnotherUnit: the refusal says what the figure is in, and how it is written.
func TestHoursInAnotherUnit(t *testing.T) {
	lex := text.Lexicon(model.DefaultCatalogue())
	for lang, want := range map[string]string{"en": "år is not a unit here, the figure is in hours; write 4 or 2.5", "sv": "år är ingen enhet här, talet är i timmar; skriv 4 eller 2,5"} {
		_, err := text.In(lang).ParseHours("4 år", date("2026-11-23"), lex)
		if got := text.In(lang).Error(err); got != want {
			t.Errorf("it says %q, want %q", got, want)
		}
	}
}

// TestParseOutcome reads outcomes as on Monday 23 November 2026.
func TestParseOutcome(t *testing.T) {
	lex := text.Lexicon(model.DefaultCatalogue())
	for _, c := range []struct {
		typed string
		unit  model.Unit
		want  text.TypedOutcome
	}{
		{"1,2 Mkr 1 nov", sek, text.TypedOutcome{Milli: 1_200_000_000, Date: date("2026-11-01")}},
		{"120 000", sek, text.TypedOutcome{Milli: 120_000_000}},
		{"kfm 450 tkr fre", sek, text.TypedOutcome{Agency: "KFM", Milli: 450_000_000, Date: date("2026-11-20")}},
		{"450k kfm fri, beslag", sek, text.TypedOutcome{Agency: "KFM", Milli: 450_000_000, Date: date("2026-11-20"), Reason: "beslag"}},
		{"450k fri kfm", sek, text.TypedOutcome{Agency: "KFM", Milli: 450_000_000, Date: date("2026-11-20")}},
		{"SEK 500 2024-03-01 am: enligt dom", sek, text.TypedOutcome{Agency: "ÅM", Milli: 500_000, Date: date("2024-03-01"), Reason: "enligt dom"}},
		{"-1 Mkr fel insats", sek, text.TypedOutcome{Milli: -1_000_000_000, Reason: "fel insats"}},
		{"2,5 år 1 nov 2023", years, text.TypedOutcome{Milli: 2_500, Date: date("2023-11-01")}},
		{"4 20 nov", count, text.TypedOutcome{Milli: 4_000, Date: date("2026-11-20")}},
		{"4 st i går tul", count, text.TypedOutcome{Agency: "TUL", Milli: 4_000, Date: date("2026-11-22")}},
		{"-4 polisens räkning", count, text.TypedOutcome{Milli: -4_000, Reason: "polisens räkning"}}, // no code
		{"1,2 Mkr, 1 nov 2024", sek, text.TypedOutcome{Milli: 1_200_000_000, Date: date("2024-11-01")}},
		{"1,2 Mkr, 2024-11-01 beslut", sek, text.TypedOutcome{Milli: 1_200_000_000, Date: date("2024-11-01"), Reason: "beslut"}},
		{"2,5 år, 1 jan", years, text.TypedOutcome{Milli: 2_500, Date: date("2026-01-01")}},
		{"pol 4, räknade kfm fel", count, text.TypedOutcome{Agency: "POL", Milli: 4_000, Reason: "räknade kfm fel"}},
		{"4 pol", count, text.TypedOutcome{Agency: "POL", Milli: 4_000}},
		{"1 200 000:- kfm", sek, text.TypedOutcome{Agency: "KFM", Milli: 1_200_000_000}},
		{"1200 mån", sek, text.TypedOutcome{Milli: 1_200_000, Date: date("2026-11-23")}},
	} {
		if got, err := text.In("sv").ParseOutcome(c.typed, c.unit, date("2026-11-23"), lex); err != nil || got != c.want {
			t.Errorf("%q is %+v, %v, want %+v", c.typed, got, err, c.want)
		}
	}
	for typed, value := range noDays {
		for _, before := range []string{"1 200 kr ", "-3 Mkr kfm "} {
			_, err := text.In("sv").ParseOutcome(before+typed, sek, date("2026-11-23"), lex)
			noDay(t, err, before+typed, value)
		}
	}
	for typed, why := range map[string]model.Why{"": model.BadAmount, "kfm": model.BadAmount, "x 3": model.UnknownAgency, "4 kg": model.WrongUnit,
		"1.200": model.TwoWays, "20 nov 4": model.FigureOrDay, "4 en": model.LooseWords, "1 Mkr 1 nov, igår": model.GivenTwice, "900101-0017": model.BadText, "kfm x": model.BadAmount,
		"2 år": model.WrongUnit, "12 3": model.LooseWords, "2 lb": model.LooseWords, "3 vapen": model.LooseWords, "kfm 3 pol": model.LooseWords} {
		if got, err := text.In("sv").ParseOutcome(typed, sek, date("2026-11-23"), lex); !model.Is(err, why) {
			t.Errorf("%q is %+v, %v", typed, got, err)
		}
	}
}

// TestPrisonYears: months are no years, and no Monday behind them.
func TestPrisonYears(t *testing.T) {
	lex := text.Lexicon(model.DefaultCatalogue())
	for typed, why := range map[string]model.Why{"18 mån": model.WrongUnit, "18mån": model.WrongUnit, "-18 mon fel": model.WrongUnit, "6 månader": model.WrongUnit,
		"2 år 6 mån": model.LooseWords, "-2 år 6 mån": model.LooseWords} {
		if got, err := text.In("sv").ParseOutcome(typed, years, date("2026-11-23"), lex); !model.Is(err, why) {
			t.Errorf("%q is %+v, %v", typed, got, err)
		}
	}
}

// TestLastFriday: on a Saturday some mean the day before, and some the Friday of the week before.
func TestLastFriday(t *testing.T) {
	for typed, want := range map[string]string{"i fredags": "2026-11-27", "förra fredagen": "", "förra söndagen": "2026-11-22"} {
		if got, _ := text.In("sv").ParseDay(typed, date("2026-11-28"), false); got.String() != want {
			t.Errorf("%q is %s, want %s", typed, got, want)
		}
	}
}
