package model_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"board.internal/samverkan/model"
)

// number returns the ten digits of a made-up personal number: six of a date, three of a serial number, and the
// check digit, found by trying, by the rule as the tax agency words it.
func number(date string, serial int) string {
	nine := fmt.Sprintf("%s%03d", date, serial)
	for check := range 10 {
		products := ""
		for i, c := range nine {
			products += fmt.Sprint(int(c-'0') * (2 - i%2))
		}
		sum := check
		for _, c := range products {
			sum += int(c - '0')
		}
		if sum%10 == 0 {
			return nine + fmt.Sprint(check)
		}
	}
	panic("no check digit")
}

func TestNumberAgreesWithThePublishedExample(t *testing.T) {
	if got := number("121212", 121); got != "1212121212" {
		t.Fatalf("number = %s", got)
	}
}

func wantKind(t *testing.T, in string, err error, kind model.TextKind) *model.TextError {
	t.Helper()
	var te *model.TextError
	if !errors.As(err, &te) || te.Kind != kind {
		t.Fatalf("%+q: error %v, want %s", in, err, kind)
	}
	return te
}

func TestCleanText(t *testing.T) {
	for in, want := range map[string]string{
		"":                               "",
		"  ":                             "",
		"Insats mot hamnmiljöer":         "Insats mot hamnmiljöer",
		"  två   blanka ":                "två blanka",
		"a\u00a0\u2009\u3000b":           "a b",
		"A\u030angstro\u0308m":           "Ångström",
		"e\u0302\u0301":                  "ế",
		"\u03c9\u0314\u0342\u0345":       "ᾧ",
		"Dnr A123.456/2026 – «bil» 5 €!": "Dnr A123.456/2026 – «bil» 5 €!",
		"漢字 हिन्दी العربية": "漢字 हिन्दी العربية",
	} {
		got, err := model.CleanText(in, model.MaxTitle)
		if err != nil || got != want {
			t.Errorf("%+q: %+q, %v, want %+q", in, got, err, want)
		}
	}
}

func TestCleanTextRefuses(t *testing.T) {
	tests := []struct {
		in   string
		kind model.TextKind
		r    rune
		at   int
	}{
		{"a\x1b[2Jb", model.TextControl, 0x1b, 1},
		{"åä\u009b6n", model.TextControl, 0x9b, 2},
		{"a\tb", model.TextControl, '\t', 1},
		{"a\nb", model.TextControl, '\n', 1},
		{"ab\n", model.TextControl, '\n', 2},
		{"a\rb", model.TextControl, '\r', 1},
		{"a\x00", model.TextControl, 0, 1},
		{"a\x7f", model.TextControl, 0x7f, 1},
		{"a\u0085b", model.TextControl, 0x85, 1},
		{"a\u2028b", model.TextControl, 0x2028, 1},
		{"a\u2029b", model.TextControl, 0x2029, 1},
		{"a\u202eb", model.TextBidi, 0x202e, 1},
		{"a\u2066b", model.TextBidi, 0x2066, 1},
		{"\u200fb", model.TextBidi, 0x200f, 0},
		{"\u061cb", model.TextBidi, 0x61c, 0},
		{"\ufeffa", model.TextInvisible, 0xfeff, 0},
		{"a\u200bb", model.TextInvisible, 0x200b, 1},
		{"a\u200db", model.TextInvisible, 0x200d, 1},
		{"a\u00adb", model.TextInvisible, 0xad, 1},
		{"⚠\ufe0f", model.TextInvisible, 0xfe0f, 1},
		{"a\U000e0101", model.TextInvisible, 0xe0101, 1},
		{"a\U000e0041", model.TextInvisible, 0xe0041, 1},
		{"a\u034f", model.TextInvisible, 0x34f, 1},
		{"a\u3164", model.TextInvisible, 0x3164, 1},
		{"a\u2800b", model.TextInvisible, 0x2800, 1},
		{"a\ue000", model.TextPrivate, 0xe000, 1},
		{"a\U0010fffd", model.TextPrivate, 0x10fffd, 1},
		{"a\u0378", model.TextPrivate, 0x378, 1},
		{"a\uffff", model.TextPrivate, 0xffff, 1},
		{"x\u0301\u0301\u0301", model.TextCombining, 0x301, 3},
		{"e\u0301\u0323\u0323\u0323", model.TextCombining, 0x301, 3}, // ẹ, then the two others and the accent
		{"\u0301a", model.TextCombining, 0x301, 0},
		{"a \u0301", model.TextCombining, 0x301, 2},
		{"a\x9bb", model.TextInvalidUTF8, utf8.RuneError, 1},
		{"a\xed\xa0\x80", model.TextInvalidUTF8, utf8.RuneError, 1}, // a surrogate
		{"Malm\ufffd", model.TextInvalidUTF8, utf8.RuneError, 4},
	}
	for _, tt := range tests {
		got, err := model.CleanText(tt.in, model.MaxTitle)
		te := wantKind(t, tt.in, err, tt.kind)
		if got != "" || te.Rune != tt.r || te.At != tt.at {
			t.Errorf("%+q: %q, %U at %d, want %U at %d", tt.in, got, te.Rune, te.At, tt.r, tt.at)
		}
	}
	_, err := model.CleanText("a"+strings.Repeat("\u0301", 40), model.MaxTitle)
	wantKind(t, "forty marks", err, model.TextCombining)
}

func TestCleanTextBounds(t *testing.T) {
	for max := range 5 {
		for n := range 8 {
			in := " " + strings.Repeat("å", n) + "  "
			got, err := model.CleanText(in, max)
			if n > max {
				if te := wantKind(t, in, err, model.TextTooLong); te.Max != max {
					t.Errorf("Max = %d, want %d", te.Max, max)
				}
			} else if err != nil || got != strings.Repeat("å", n) {
				t.Errorf("%d of %d: %q, %v", n, max, got, err)
			}
		}
	}
	_, err := model.CleanText("a", -1)
	wantKind(t, "a", err, model.TextTooLong)
	_, err = model.CleanNote("a\n\n\nb", 4)
	wantKind(t, "a, b", err, model.TextTooLong)
}

func TestCleanNote(t *testing.T) {
	for in, want := range map[string]string{
		"":                              "",
		" \r\n \n":                      "",
		"\n \n rad  ett \r\n\n två\n\n": "rad ett\n\ntvå",
		"a \n b":                        "a\nb",
		"a\u030a\nb":                    "å\nb",
	} {
		got, err := model.CleanNote(in, model.MaxNote)
		if err != nil || got != want {
			t.Errorf("%+q: %+q, %v, want %+q", in, got, err, want)
		}
	}
	for in, kind := range map[string]model.TextKind{
		"a\rb":                        model.TextControl,
		"a\n\tb":                      model.TextControl,
		"a\n\u0301b":                  model.TextCombining,
		"a\n" + number("811228", 987): model.TextPersonal,
	} {
		_, err := model.CleanNote(in, model.MaxNote)
		wantKind(t, in, err, kind)
	}
}

// everyRune yields the planes where runes differ from each other, and the edges of the others.
func everyRune(yield func(rune) bool) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if plane := r >> 16; plane > 1 && plane != 14 && r&0xffff > 0xff && r&0xffff < 0xff00 {
			continue
		}
		if (r>>16 == 14 && r&0xffff > 0xfff) || (r >= 0xac80 && r < 0xd700) || (r >= 0x4e80 && r < 0x9f00) {
			continue
		}
		if !yield(r) {
			return
		}
	}
}

// A rune that is let through is drawn: each one that Unicode knows stands alone as it went in.
func TestEveryRuneIsDrawnOrRefused(t *testing.T) {
	for r := range everyRune {
		in := "a" + string(r) + "z"
		got, err := model.CleanText(in, 9)
		hidden := unicode.In(r, unicode.C, unicode.Zl, unicode.Zp, unicode.Variation_Selector, unicode.Bidi_Control,
			unicode.Other_Default_Ignorable_Code_Point) || !unicode.IsGraphic(r) || r == '\u2800' || r == '\U0001d159' ||
			r == utf8.RuneError
		switch {
		case hidden != (err != nil):
			t.Fatalf("%U: hidden %v, error %v", r, hidden, err)
		case err == nil && unicode.Is(unicode.Zs, r) && got != "a z":
			t.Fatalf("%U: %+q", r, got)
		case err == nil && !unicode.Is(unicode.Zs, r) && got != norm.NFC.String(in):
			t.Fatalf("%U: %+q", r, got)
		}
	}
}

func TestTextErrorQuotesNoPersonalNumber(t *testing.T) {
	n := number("900370", 123) // day 70: a coordination number
	in := "möte med " + n[:6] + "–" + n[6:] + " kl 10"
	_, err := model.CleanText(in, model.MaxTitle)
	te := wantKind(t, in, err, model.TextPersonal)
	if te.Masked != "******-****" || te.At != 9 {
		t.Errorf("masked %q at %d", te.Masked, te.At)
	}
	if strings.ContainsAny(strings.TrimSuffix(err.Error(), "at 9"), "0123456789") {
		t.Errorf("the message quotes digits: %s", err)
	}
	seen := map[string]bool{}
	for _, kind := range model.TextKinds() {
		seen[(&model.TextError{Kind: kind}).Error()] = true
	}
	if len(seen) != 9 || seen["refused text: "] {
		t.Errorf("not one sentence for each kind: %v", seen)
	}
}

func TestFindPersonal(t *testing.T) {
	n := number("811228", 987)
	co := number("811288", 987)
	a, b := n[:6], n[6:]
	arabic := strings.Map(func(r rune) rune { return r - '0' + '٠' }, n)
	fullwidth := strings.Map(func(r rune) rune { return r - '0' + '０' }, n)
	bold := strings.Map(func(r rune) rune { return r - '0' + '𝟎' }, n)
	for _, in := range []string{
		n, a + "-" + b, a + "+" + b, "18" + n, "19" + n, "20" + n, "19" + a + "-" + b, co, co[:6] + "-" + co[6:],
		a + "‐" + b, a + "‑" + b, a + "‒" + b, a + "–" + b, a + "—" + b, a + "−" + b, a + "－" + b, a + "＋" + b, a + "⁃" + b, a + "˗" + b,
		a + "﹢" + b, a + "⁺" + b,
		a + " " + b, a + "\u00a0" + b, a + "\u2009" + b, a + "\t" + b, a + " - " + b, a + " – " + b, a + "--" + b, a + "-\n" + b,
		a + "-\r\n" + b, "19 " + a + "-" + b, "16 " + a + " " + b,
		"pnr" + a + "-" + b + ".", "(" + n + ")", "å" + n + "ö", "1-" + a + "-" + b + "-2", "x," + n + ",y", "_" + n + "_",
		arabic, fullwidth, bold, arabic[:12] + "-" + b,
		a + "\u00ad" + b, a[:3] + "\u200b" + a[3:] + "-\u2060" + b, strings.Join(strings.Split(n, ""), "\u0332"), "\ufeff" + n,
		strings.Join(strings.Split(n, ""), "\ufe0f\u20e3"), a + "\x96" + b, a + "\x00" + b, "12345678901 " + n, "4711 " + n,
		a + " " + a + "-" + b, "2026-11-20 " + n,
	} {
		start, end, ok := model.FindPersonal(in)
		if !ok || in[start:end] == "" {
			t.Errorf("%+q: not found", in)
			continue
		}
		masked := model.MaskPersonal(in)
		if _, _, ok := model.FindPersonal(masked); ok || strings.Contains(masked, b) || !strings.Contains(masked, "****") {
			t.Errorf("%+q: masked %q", in, masked)
		}
		if !strings.HasPrefix(masked, in[:start]) || !strings.HasSuffix(masked, in[end:]) {
			t.Errorf("%+q: masked %q beside the number", in, masked)
		}
	}
}

func TestFindPersonalLeavesOthersAlone(t *testing.T) {
	n := number("811228", 987)
	a, b := n[:6], n[6:]
	wrong := n[:9] + fmt.Sprint((int(n[9]-'0')+1)%10)
	for _, in := range []string{
		"", "x", "2026-11-20", "2026-11-20 1430", "SYD-2026-014", "A123.456/2026", "5000-K123456-26", "08-123 456 78", "+46 8 123 45 67",
		wrong, a + "-" + wrong[6:], "1" + n, n + "1", "1234" + n, "21" + n, "17" + n, a + "/" + b, a + "." + b, a + "x" + b,
		a + "\n" + b, a + "-" + b + "1", "1" + a + "-" + b, a + "-" + b + "\u200b1", n[:5] + "-" + n[5:], n[:4] + "-" + n[4:],
		number("811328", 987), number("810028", 987), number("811232", 987), number("811260", 987), number("811292", 987), number("811200", 987),
		"556036-0793", // an organisation's: month 20 and up
		"٨" + n,
	} {
		if start, end, ok := model.FindPersonal(in); ok {
			t.Errorf("%+q: found %q", in, in[start:end])
		}
		if got := model.MaskPersonal(in); got != in {
			t.Errorf("%+q: masked %q", in, got)
		}
	}
	// What no rule can tell from a personal number is refused: a telephone number with the shape and check digit.
	if _, _, ok := model.FindPersonal(number("070123", 456)); !ok {
		t.Error("a number with the shape of a telephone number is not found")
	}
}

func TestMaskPersonalMasksEach(t *testing.T) {
	n, m := number("010101", 1), number("020261", 2)
	in := "a " + n + " b 19" + m[:6] + "\u2009+\u200b" + m[6:] + ", 2026-11-20"
	if got, want := model.MaskPersonal(in), "a ********** b ******** -****, 2026-11-20"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestFindPersonalKnowsEveryScript(t *testing.T) {
	n := number("811228", 987)
	check := func(lo, hi rune) {
		for zero := lo; zero <= hi; zero += 10 {
			in := strings.Map(func(r rune) rune { return zero + r - '0' }, n)
			if _, _, ok := model.FindPersonal(in); !ok {
				t.Errorf("%s, digits from %U: not found", in, zero)
			}
		}
	}
	for _, r := range unicode.Nd.R16 {
		check(rune(r.Lo), rune(r.Hi))
	}
	for _, r := range unicode.Nd.R32 {
		check(rune(r.Lo), rune(r.Hi))
	}
}

func TestPersonalNumbersAreFoundAnywhere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := rapid.OneOf(rapid.IntRange(1, 31), rapid.IntRange(61, 91)).Draw(t, "day")
		n := number(fmt.Sprintf("%02d%02d%02d", rapid.IntRange(0, 99).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month"), day),
			rapid.IntRange(0, 999).Draw(t, "serial"))
		sep := rapid.SampledFrom([]string{"", "-", "+", " ", "\u00a0", "–", "−", " - "}).Draw(t, "separator")
		number := rapid.SampledFrom([]string{"", "18", "19", "20"}).Draw(t, "century") + n[:6] + sep + n[6:]
		left := rapid.StringMatching(`([a-zåäö .,(/:]{0,9}|[0-9]{1,3}[a-z.])`).Draw(t, "left")
		right := rapid.StringMatching(`([a-zåäö .,)/:]{0,9}|[a-z.][0-9]{1,3})`).Draw(t, "right")
		in := left + number + right
		start, end, ok := model.FindPersonal(in)
		if !ok || in[start:end] != number {
			t.Fatalf("%q: found %v %q", in, ok, in[start:end])
		}
		_, err := model.CleanNote(in, model.MaxNote)
		var te *model.TextError
		if !errors.As(err, &te) || te.Kind != model.TextPersonal {
			t.Fatalf("%q: %v", in, err)
		}
		for d := range 9 { // no other check digit will do
			other := number[:len(number)-1] + fmt.Sprint((int(n[9]-'0')+1+d)%10)
			if _, _, ok := model.FindPersonal(left + other + right); ok {
				t.Fatalf("%q is found", left+other+right)
			}
		}
	})
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"":                         "",
		"LÄRKA":                    "larka",
		"Västerort":                "vasterort",
		"SYD-2026-014":             "syd-2026-014",
		"Åkermyntan Café Über":     "akermyntan cafe uber",
		"A\u030asa":                "asa",
		"Øresund, Ærø, Œuvre":      "oresund, aero, oeuvre",
		"Straße STRAẞE":            "strasse strasse",
		"İstanbul ıi II":           "istanbul ii ii",
		"Łódź Đurđa Þór ŋŧħ ð":     "lodz durda thor nth d",
		"  a \t\n b\u00a0\u2003c ": "a b c",
		"one two":                  "one two",
		"one  two":                 "one two",
		"one ":                     "one",
		" one":                     "one",
		"한국":                       norm.NFD.String("한국"),
		"\u0301":                   "",
		" \u0301 a":                "a",
		"a\xffb":                   "a\ufffdb",
	} {
		if got := model.Fold(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestFoldOfEveryRune(t *testing.T) {
	for r := range everyRune {
		checkFold(t, "x"+string(r)+"y")
		checkFold(t, string(r))
	}
}

func checkFold(t *testing.T, in string) {
	t.Helper()
	got := model.Fold(in)
	if again := model.Fold(got); again != got {
		t.Fatalf("%+q: %+q, again %+q", in, got, again)
	}
	if c, d := model.Fold(norm.NFC.String(in)), model.Fold(norm.NFD.String(in)); c != got || d != got {
		t.Fatalf("%+q: %+q, NFC %+q, NFD %+q", in, got, c, d)
	}
}

func TestFoldOfFoldedDoesNotAllocate(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() { model.Fold("syd-2026-014 larka") }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestCleanCodename(t *testing.T) {
	for in, want := range map[string]string{
		"LÄRKA": "LÄRKA", "lärka": "LÄRKA", " la\u0308rka ": "LÄRKA", "sutarefrost": "SUTAREFROST", "å2": "Å2", "norr-vind-7": "NORR-VIND-7",
		"ıspark": "ISPARK", "ŋáŧ": "ŊÁŦ", "syd-2026": "SYD-2026", "norr-12-7": "NORR-12-7", "abcdefghijklmnopqrstuvwx": "ABCDEFGHIJKLMNOPQRSTUVWX",
	} {
		got, err := model.CleanCodename(in)
		if err != nil || got != want {
			t.Errorf("%q: %q, %v, want %q", in, got, err, want)
		}
	}
	for in, kind := range map[string]model.TextKind{
		"": model.TextCodename, "å": model.TextCodename, "två ord": model.TextCodename, "7ör": model.TextCodename, "-a": model.TextCodename,
		"a-": model.TextCodename, "a--b": model.TextCodename, "a_b": model.TextCodename, "a/b": model.TextCodename, "Straße": model.TextCodename, "STRAẞE": model.TextCodename, "İz": model.TextCodename,
		"Lärkа": model.TextCodename /* the last letter is Cyrillic */, "ＬＡＲＫＡ": model.TextCodename, "ab٣": model.TextCodename,
		"x\u030ay": model.TextCodename, "syd-2026-014": model.TextCodename, "öst-2026-1": model.TextCodename, "aª": model.TextCodename,
		"abcdefghijklmnopqrstuvwxy": model.TextTooLong, "a\u200bb": model.TextInvisible, "a\x1bb": model.TextControl,
		"a" + number("811228", 987): model.TextPersonal,
	} {
		_, err := model.CleanCodename(in)
		wantKind(t, in, err, kind)
	}
	_, err := model.CleanCodename("två ord")
	if te := wantKind(t, "två ord", err, model.TextCodename); te.Rune != ' ' || te.At != 3 {
		t.Errorf("%U at %d", te.Rune, te.At)
	}
}

func BenchmarkCleanText(b *testing.B) {
	for name, s := range map[string]string{"title": "Tillsyn kring småbåtshamnen i Västerås, A123.456/2026",
		"note": strings.Repeat("Möte med länsstyrelsen 2026-11-20 kl 14.30. ", 90)} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(s)))
			for b.Loop() {
				if _, err := model.CleanText(s, model.MaxNote); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkFold(b *testing.B) {
	for name, s := range map[string]string{"folded": "tillsyn kring smabatshamnen i vasteras", "swedish": "Tillsyn kring småbåtshamnen i Västerås"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				model.Fold(s)
			}
		})
	}
}

func BenchmarkFindPersonal(b *testing.B) {
	s := strings.Repeat("Möte med länsstyrelsen 2026-11-20 kl 14.30. ", 90)
	b.ReportAllocs()
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		model.FindPersonal(s)
	}
}
