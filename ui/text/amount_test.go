package text_test

import (
	"math"
	"strings"
	"testing"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/text"
)

const (
	sek   = model.UnitSEK
	years = model.UnitYears
	kg    = model.UnitKg
	count = model.UnitCount
)

// spaced writes the blanks of a figure as people type them.
func spaced(s string) string { return strings.ReplaceAll(s, "\u00a0", " ") }

func TestAmounts(t *testing.T) {
	for _, c := range []struct {
		milli  int64
		unit   model.Unit
		sv, en string
	}{
		{0, sek, "0 kr", "SEK 0"}, {500, sek, "0,50 kr", "SEK 0.50"}, {1_200_000_000, sek, "1 200 000 kr", "SEK 1 200 000"},
		{999_990, sek, "999,99 kr", "SEK 999.99"}, {-1_000_000, sek, "−1 000 kr", "SEK −1 000"}, {1_005, sek, "1,005 kr", "SEK 1.005"},
		{2_500, years, "2,5 år", "2.5 years"}, {1_000, years, "1 år", "1 year"}, {-1_000, years, "−1 år", "−1 year"}, {12_255, kg, "12,255 kg", "12.255 kg"},
		{1_234_567_000, count, "1 234 567", "1 234 567"}, {3_000, count, "3", "3"}, {1_500, 0, "1,5", "1.5"},
		{math.MinInt64, sek, "−9 223 372 036 854 775,808 kr", "SEK −9 223 372 036 854 775.808"},
	} {
		for lang, want := range map[string]string{"sv": c.sv, "en": c.en} {
			if got := spaced(text.In(lang).Amount(c.milli, c.unit)); got != want {
				t.Errorf("%s: %d of %s is %q, want %q", lang, c.milli, c.unit, got, want)
			}
		}
	}
	for n, want := range map[int64]string{0: "0", 5: "0,05", 250: "2,5", -123_456_700: "−1 234 567", math.MinInt64: "−92 233 720 368 547 758,08"} {
		if got := spaced(text.In("sv").Number(n, 2)); got != want {
			t.Errorf("%d hundredths are %q, want %q", n, got, want)
		}
	}
}

func TestParseAmount(t *testing.T) {
	for _, c := range []struct {
		typed string
		unit  model.Unit
		want  int64
	}{
		{"1,2 Mkr", sek, 1_200_000_000}, {"1.2m", sek, 1_200_000_000}, {"1,2 milj kr", sek, 1_200_000_000}, {"1.2 million SEK", sek, 1_200_000_000},
		{"120 000", sek, 120_000_000}, {"120\u00a0000", sek, 120_000_000}, {"120\u2009000 kr", sek, 120_000_000}, {"120\u202f000kr", sek, 120_000_000},
		{"120000 kr", sek, 120_000_000}, {"SEK 120 000", sek, 120_000_000}, {"450 tkr", sek, 450_000_000}, {"450k", sek, 450_000_000}, {"450 TKR", sek, 450_000_000}, {"1 200 000:-", sek, 1_200_000_000}, {"1 200 000,-", sek, 1_200_000_000}, {"500 :-", sek, 500_000},
		{"3 mdr", sek, 3_000_000_000_000}, {"3 mdr kr", sek, 3_000_000_000_000}, {"3bn", sek, 3_000_000_000_000}, {"1 200 000,50", sek, 1_200_000_500},
		{"1.200.000", sek, 1_200_000_000}, {"1,200,000", sek, 1_200_000_000}, {"1,200,000.50 kr", sek, 1_200_000_500}, {"1.200,50", sek, 1_200_500},
		{"0,125 Mkr", sek, 125_000_000}, {"1,2345 Mkr", sek, 1_234_500_000}, {"-1 200 kr", sek, -1_200_000}, {"−5", sek, -5_000}, {"+5", sek, 5_000},
		{"2,5 år", years, 2_500}, {"2.5 years", years, 2_500}, {"2,5", years, 2_500}, {"1,250 år", years, 1_250}, {"1 yr", years, 1_000},
		{"12,25 kg", kg, 12_250}, {"12.255", kg, 12_255}, {"250 g", kg, 250}, {"250g", kg, 250}, {"2 hg", kg, 200}, {"1,5 ton", kg, 1_500_000}, {"0,5 kilo", kg, 500},
		{"4 st", count, 4_000}, {"4st", count, 4_000}, {"4", count, 4_000}, {"1 200", count, 1_200_000}, {"4,00", count, 4_000}, {"2,5", count, 2_500}, // the model says no
	} {
		if got, err := text.ParseAmount(c.typed, c.unit); err != nil || got != c.want {
			t.Errorf("%q of %s is %d, %v, want %d", c.typed, c.unit, got, err, c.want)
		}
	}
}

// TestParseAmountSaysNo: what is no figure says how one is written, and what can be read in two ways is not guessed.
func TestParseAmountSaysNo(t *testing.T) {
	pnr := "900101-0017"
	for _, c := range []struct {
		typed  string
		unit   model.Unit
		en, sv string
	}{
		{"1.200", sek, "1.200 can be read as SEK 1.20 and as SEK 1 200; write out the one that is meant", "1.200 kan läsas som 1,20 kr och som 1 200 kr; skriv ut det som menas"},
		{"1,200 Mkr", sek, "1,200 Mkr can be read as SEK 1 200 000 and as SEK 1 200 000 000; write out the one that is meant", "1,200 Mkr kan läsas som 1 200 000 kr och som 1 200 000 000 kr; skriv ut det som menas"},
		{"1,234", sek, "1,234 may be groups of three or a decimal too many; if it is groups, write SEK 1 234", "1,234 kan vara grupper om tre eller en decimal för mycket; är det grupper, skriv 1 234 kr"},
		{"1.200", count, "1.200 may be groups of three or a decimal too many; if it is groups, write 1 200", "1.200 kan vara grupper om tre eller en decimal för mycket; är det grupper, skriv 1 200"},
		{"4 kg", sek, "kg is not a unit here, the figure is in crowns; write 1.2m, 120 000 or 450k", "kg är ingen enhet här, talet är i kronor; skriv 1,2 Mkr, 120 000 eller 450 tkr"},
		{"3 Mkr", count, "Mkr is not a unit here, the figure is a number of things; write 4", "Mkr är ingen enhet här, talet är ett antal; skriv 4"},
		{"SEK 3", years, "SEK is not a unit here, the figure is in years; write 2.5 or 1.5 years (18 months)", "SEK är ingen enhet här, talet är i år; skriv 2,5 eller 1,5 år (18 månader)"},
		{"many", kg, "many is not a figure in kilograms; write 12.25 kg or 250 g", "many är inget tal i kilogram; skriv 12,25 kg eller 250 g"},
		{"4 x", kg, "4 x is not a figure in kilograms; write 12.25 kg or 250 g", "4 x är inget tal i kilogram; skriv 12,25 kg eller 250 g"},
		{"", count, "– is no number of things; write 4", "– är inget antal; skriv 4"},
		{pnr, sek, "outcome: the text has what looks like a personal identity number (******-****); no persons stand on the board, write it without", ""},
		{"9001010017", sek, "outcome: the text has what looks like a personal identity number (**********); no persons stand on the board, write it without", ""},
	} {
		_, err := text.ParseAmount(c.typed, c.unit)
		for lang, want := range map[string]string{"sv": c.sv, "en": c.en} {
			if err == nil {
				t.Errorf("%q is let in", c.typed)
			} else if got := spaced(text.In(lang).Error(err)); got != want && want != "" {
				t.Errorf("%s: %q is refused with %q, want %q", lang, c.typed, got, want)
			}
		}
	}
	for _, typed := range []string{"1e3", "4.", ",5", ".", "-", "--1", "1.2.3", "1,2,3.4", "1.200,300.400", "12 34", "1 2000", "1 20", "1 200 00", "1,23456789 kr",
		"0,5 g", "99999999999999999999", "9999999999999 mdr", "1 200 .5", "1 -200", "500,-50", "2 år 6 mån", "6 månader", "x4", "４", "SEK", "kr kr 4"} {
		for _, u := range model.Units() {
			if got, err := text.ParseAmount(typed, u); model.FaultOf(err) != model.Invalid || got != 0 {
				t.Errorf("%q of %s is %d, %v", typed, u, got, err)
			}
		}
	}
}

// FuzzAmount: what is read and written again, in either language, is read the same; what was never written that way is
// read or refused, and nothing else.
func FuzzAmount(f *testing.F) {
	for _, typed := range []string{"1,2 Mkr", "-120 000 kr", "SEK 1.200", "2,5 år", "900101-0017", "1 200 3", "\x00 1", "−"} {
		for i := range model.Units() {
			f.Add(typed, int64(1_234_567_890), uint8(i))
		}
	}
	lex := text.Lexicon(model.DefaultCatalogue())
	languages := []*text.Texts{text.In("sv"), text.In("en")}
	f.Fuzz(func(t *testing.T, typed string, milli int64, unit uint8) {
		u := model.Units()[int(unit)%len(model.Units())]
		n, err := text.ParseAmount(typed, u)
		if err != nil && model.FaultOf(err) != model.Invalid {
			t.Errorf("%q: %v", typed, err)
		}
		if o, err := languages[0].ParseOutcome(typed, u, date("2026-11-23"), lex); err == nil && len(o.Reason) > len(typed) {
			t.Errorf("%q has more of a reason than was typed: %q", typed, o.Reason)
		} else if err != nil && model.FaultOf(err) == 0 {
			t.Errorf("%q: %v", typed, err)
		}
		least := int64(1) // what the unit can be told apart in
		for range 3 - u.Decimals() {
			least *= 10
		}
		for _, n := range []int64{n - n%least, milli - milli%least} {
			if n == math.MinInt64 { // which has no likeness above zero
				continue
			}
			for _, x := range languages {
				if got, err := text.ParseAmount(x.Amount(n, u), u); err != nil || got != n {
					t.Errorf("%s: %d of %s is %q, which is read as %d, %v", x.Lang, n, u, x.Amount(n, u), got, err)
				}
			}
		}
	})
}
