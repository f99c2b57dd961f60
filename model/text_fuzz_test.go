package model_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"board.internal/samverkan/model"
)

// hostile are texts that try to move another officer's cursor, to hide, or to smuggle a personal number in.
func hostile() []string {
	n := number("811228", 987)
	return []string{
		"", " ", "Insats mot hamnmiljöer", "LÄRKA", "SYD-2026-014", "A123.456/2026", "2026-11-20 14.30",
		"\x1b[2J", "\x1b[6n", "\x1b]52;c;aGVq\x07", "\x1b]0;titel\x1b\\", "\x1bP0;1|17/ab\x1b\\", "\x1b]8;;http://x\x1b\\y\x1b]8;;\x1b\\", "\x1bc",
		"\u009b2J", "\x9b2J", "a\rb", "a\bb", "a\ab", "a\tb", "a\nb", "a\r\n\r\nb\n", "\u202egnp.exe", "\u2066x\u2069", "a\u200bb", "a\u200d\ufe0f",
		"\U000e0041\U000e007f", "\ue000\U0010ffff", "a" + strings.Repeat("\u0301", 64), "a\u0344\u0344", "\ufb2c\u05bc", "\u0fb2\u0f81",
		"e\u0323\u0301\u0302", "ᄀ\u1161\u11a8", "한", "İıßẞ", "ﬁ ǅ ŉ", "\u1100 \u1161", " \u0301", "\u2028", "\xed\xa0\x80", "\xff", "\ufffd",
		n, n[:6] + "-" + n[6:], "19" + n[:6] + "+" + n[6:], n[:6] + " – " + n[6:], n[:6] + "\u00ad" + n[6:], n[:6] + "-\n" + n[6:], "1" + n,
		strings.Join(strings.Split(n, ""), "\u0332"), strings.Map(func(r rune) rune { return r - '0' + '０' }, n), n + "²", n + n, n + "," + n,
		"norr-vind-7", "a-2026-01", "İıẞ", "ŋáŧ",
	}
}

func seed(f *testing.F) {
	for _, s := range hostile() {
		f.Add(s)
	}
}

// plain is s as a reader of numbers sees it: every digit ASCII, every dash -, every blank a space, every line
// break a newline, everything else x, and nothing of what is hidden.
func plain(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Nd, r):
			b.WriteByte("0123456789"[digitOf(r)])
		case strings.ContainsRune("+−˗⁃＋﹢⁺", r) || unicode.Is(unicode.Pd, r):
			b.WriteByte('-')
		case r == '\t' || unicode.Is(unicode.Zs, r):
			b.WriteByte(' ')
		case unicode.IsSpace(r):
			b.WriteByte('\n')
		case r == utf8.RuneError || r == '\u2800' || r == '\U0001d159' || unicode.In(r, unicode.M, unicode.Cc, unicode.Cf,
			unicode.Other_Default_Ignorable_Code_Point):
		default:
			b.WriteByte('x')
		}
	}
	return b.String()
}

func digitOf(r rune) int {
	for _, t := range unicode.Nd.R16 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return int(r-rune(t.Lo)) % 10
		}
	}
	for _, t := range unicode.Nd.R32 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return int(r-rune(t.Lo)) % 10
		}
	}
	return -1
}

var shape = regexp.MustCompile(
	`^(?:18|19|20)?([0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12678][0-9]|3[01]|9[01]))(?: *|[- \n]*-[- \n]*)([0-9]{4})(?:[^0-9]|$)`)

// holdsPersonal is FindPersonal told another way: by an expression at every place where digits begin.
func holdsPersonal(s string) bool {
	s = plain(s)
	for i := range len(s) {
		if i > 0 && unicode.IsDigit(rune(s[i-1])) {
			continue
		}
		if m := shape.FindStringSubmatch(s[i:]); m != nil && m[1][4:] != "60" && number(m[1], atoi(m[2][:3])) == m[1]+m[2] {
			return true
		}
	}
	return false
}

func atoi(s string) (n int) {
	for _, c := range s {
		n = 10*n + int(c-'0')
	}
	return n
}

// checkClean holds an accepted text against the rules, told another way than the code tells them.
func checkClean(t *testing.T, in, out string, max int, lines bool) {
	t.Helper()
	if !utf8.ValidString(out) || !norm.NFC.IsNormalString(out) || utf8.RuneCountInString(out) > max {
		t.Fatalf("%+q: %+q is not NFC or too long", in, out)
	}
	if strings.TrimSpace(out) != out || strings.Contains(out, "  ") || strings.Contains(out, " \n") || strings.Contains(out, "\n ") {
		t.Fatalf("%+q: blanks in %+q", in, out)
	}
	marks := 0
	for _, r := range out {
		if r == '\n' && lines {
			continue
		}
		if r != ' ' && !unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S) ||
			unicode.In(r, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point) || r == utf8.RuneError {
			t.Fatalf("%+q: %U in %+q", in, r, out)
		}
		if marks++; !unicode.Is(unicode.M, r) {
			marks = 0
		}
		if marks > 2 {
			t.Fatalf("%+q: marks in %+q", in, out)
		}
	}
	if holdsPersonal(out) {
		t.Fatalf("%+q: a personal number in %+q", in, out)
	}
}

// checkRefusal holds a refusal to its promises: of a known kind, nothing comes out beside it, and it quotes no number.
func checkRefusal(t *testing.T, in, out string, err error) {
	t.Helper()
	var te *model.TextError
	if !errors.As(err, &te) || out != "" {
		t.Fatalf("%+q: %q, %v", in, out, err)
	}
	known := false
	for _, kind := range model.TextKinds() {
		known = known || kind == te.Kind
	}
	if !known || holdsPersonal(te.Masked) || (te.Kind == model.TextPersonal) != (te.Masked != "") {
		t.Fatalf("%+q: %+v", in, te)
	}
	if te.At < 0 || te.At > utf8.RuneCountInString(norm.NFC.String(in)) || strings.ContainsAny(te.Masked, "0123456789") {
		t.Fatalf("%+q: %+v", in, te)
	}
}

func FuzzCleanText(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, in string) {
		out, err := model.CleanText(in, model.MaxReference)
		if err != nil {
			checkRefusal(t, in, out, err)
			return
		}
		checkClean(t, in, out, model.MaxReference, false)
		if again, err := model.CleanText(out, model.MaxReference); err != nil || again != out {
			t.Fatalf("%+q: %+q, then %+q, %v", in, out, again, err)
		}
		if same, err := model.CleanText(norm.NFD.String(in), model.MaxReference); err != nil || same != out {
			t.Fatalf("%+q: %+q, as NFD %+q, %v", in, out, same, err)
		}
	})
}

func FuzzCleanNote(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, in string) {
		out, err := model.CleanNote(in, model.MaxReason)
		if err != nil {
			checkRefusal(t, in, out, err)
			return
		}
		checkClean(t, in, out, model.MaxReason, true)
		if again, err := model.CleanNote(out, model.MaxReason); err != nil || again != out {
			t.Fatalf("%+q: %+q, then %+q, %v", in, out, again, err)
		}
		if _, err := model.CleanText(out, model.MaxReason); (err != nil) != strings.Contains(out, "\n") {
			t.Fatalf("%+q: %+q as one line: %v", in, out, err)
		}
	})
}

func FuzzCleanCodename(f *testing.F) {
	seed(f)
	typed := regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	id := regexp.MustCompile(`^[a-z0-9]+-[0-9]{4}-[0-9]+$`)
	f.Fuzz(func(t *testing.T, in string) {
		out, err := model.CleanCodename(in)
		if err != nil {
			checkRefusal(t, in, out, err)
			return
		}
		checkClean(t, in, out, model.MaxCodename, false)
		if folded := model.Fold(out); !typed.MatchString(folded) || id.MatchString(folded) || utf8.RuneCountInString(out) < 2 {
			t.Fatalf("%+q: %q is typed as %q", in, out, folded)
		}
		for _, same := range []string{out, strings.ToLower(out), norm.NFD.String(out)} {
			again, err := model.CleanCodename(same)
			if err != nil || again != out {
				t.Fatalf("%+q: %q, then %q, %v", in, out, again, err)
			}
		}
	})
}

func FuzzFindPersonal(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, in string) {
		start, end, ok := model.FindPersonal(in)
		if ok != holdsPersonal(in) {
			t.Fatalf("%+q: found %v %+q", in, ok, in[start:end])
		}
		if !ok {
			return
		}
		if _, _, ok := model.FindPersonal(in[start:end]); !ok {
			t.Fatalf("%+q: %+q alone is none", in, in[start:end])
		}
		if masked := model.MaskPersonal(in); holdsPersonal(masked) {
			t.Fatalf("%+q: masked %+q", in, masked)
		}
	})
}

func FuzzFold(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, in string) {
		checkFold(t, in)
		for _, r := range model.Fold(in) {
			if unicode.Is(unicode.M, r) || unicode.IsSpace(r) && r != ' ' || unicode.ToLower(r) != r {
				t.Fatalf("%+q: %U in %+q", in, r, model.Fold(in))
			}
		}
	})
}
