package model

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// FindPersonal returns where in s, in bytes, the first thing stands that looks like a Swedish personal identity
// number or coordination number (personnummer, samordningsnummer): YYMMDDNNNN or YYYYMMDDNNNN with month 1-12,
// day 1-31 or 61-91, century 18-20 and a right check digit, in decimal digits of any script.
//
// Before the last four digits there may be dashes of any kind, plus signs and blanks, in any number, and beside
// a dash a line break (a wrapped line). A century that stands apart (19 YYMMDD-NNNN) is left out of the find;
// the rest is a find anyway. Letters and punctuation beside the number do not hide it, nor do marks, control
// characters, broken bytes or characters nobody sees between its digits. A further digit right beside it makes it
// another number: fourteen digits are a case number.
//
// It cannot know what was meant: one in ten of the telephone numbers (0701234567), times (20261120 1430) or
// amounts (261120 5000 kr) that begin with such a date has a right check digit and is found as well. Dates
// (2026-11-20 1430), ids (SYD-2026-014), references (A123.456/2026) and organisation numbers (month 20 and
// up) are not.
func FindPersonal(s string) (start, end int, ok bool) {
	var last digitRun
	for run := nextDigits(s, 0); run.n > 0; run = nextDigits(s, run.end) {
		if (run.n == 10 || run.n == 12) && isPersonal(run.digits[:run.n]) {
			return run.start, run.end, true
		}
		if run.n == 4 && (last.n == 6 || last.n == 8) && joins(s[last.end:run.start]) &&
			isPersonal(append(last.digits[:last.n], run.digits[:4]...)) {
			return last.start, run.end, true
		}
		last = run
	}
	return 0, 0, false
}

// MaskPersonal returns s with a * for every digit of what FindPersonal finds in it, and without the hidden
// characters between them: for messages that quote a refused value.
func MaskPersonal(s string) string {
	start, end, ok := FindPersonal(s)
	if !ok {
		return s
	}
	var b strings.Builder
	for ; ok; start, end, ok = FindPersonal(s) {
		b.WriteString(s[:start])
		for _, r := range s[start:end] {
			switch _, digit := digitValue(r); {
			case digit:
				b.WriteByte('*')
			case unicode.IsSpace(r):
				b.WriteByte(' ')
			case isDash(r):
				b.WriteByte('-')
			}
		}
		s = s[end:]
	}
	return b.String() + s
}

// digitRun is one maximal run of decimal digits: how many, the first twelve of them, and where in bytes.
type digitRun struct {
	digits     [12]byte
	n          int
	start, end int
}

// nextDigits returns the first run at or after the byte from; n is 0 when there is none.
func nextDigits(s string, from int) (run digitRun) {
	for i, r := range s[from:] {
		d, digit := digitValue(r)
		if !digit {
			if run.n > 0 && !isHidden(r) {
				break
			}
			continue
		}
		if run.n == 0 {
			run.start = from + i
		}
		if run.n < len(run.digits) {
			run.digits[run.n] = d
		}
		run.n++
		run.end = from + i + utf8.RuneLen(r)
	}
	return run
}

// joins reports whether gap is what people put before the last four digits.
func joins(gap string) bool {
	dash, line := false, false
	for _, r := range gap {
		switch {
		case isDash(r):
			dash = true
		case unicode.IsSpace(r):
			line = line || r != '\t' && !isBlank(r)
		case !isHidden(r):
			return false
		}
	}
	return dash || !line
}

// isPersonal takes 10 or 12 digits.
func isPersonal(d []byte) bool {
	if len(d) == 12 {
		if century := 10*d[0] + d[1]; century < 18 || century > 20 {
			return false
		}
		d = d[2:]
	}
	month, day := 10*d[2]+d[3], 10*d[4]+d[5]
	if month < 1 || month > 12 || day < 1 || day > 91 || day > 31 && day < 61 {
		return false
	}
	sum := 0
	for i, v := range d { // the check digit of Luhn: every other digit doubled, and its digits summed
		if i%2 == 0 {
			v *= 2
		}
		sum += int(v/10 + v%10)
	}
	return sum%10 == 0
}

// digitValue returns the value of a decimal digit of any script.
func digitValue(r rune) (byte, bool) {
	if r <= unicode.MaxASCII {
		return byte(r - '0'), '0' <= r && r <= '9'
	}
	if !unicode.IsDigit(r) {
		return 0, false
	}
	// Unicode keeps the ten digits of a script in order and side by side, so that a stretch of digits is whole tens.
	n := rune(0)
	for unicode.IsDigit(r - n - 1) {
		n++
	}
	return byte(n % 10), true
}

// isDash reports whether r parts the last four digits: any dash, the minus, the hyphen bullet, the plus signs.
func isDash(r rune) bool {
	return r == '-' || r == '+' ||
		r > unicode.MaxASCII && (strings.ContainsRune("−˗⁃＋﹢⁺", r) || unicode.Is(unicode.Pd, r))
}

// isHidden reports whether a reader takes what stands around r as standing together.
func isHidden(r rune) bool {
	return r == utf8.RuneError || unicode.IsMark(r) || isInvisible(r) || unicode.IsControl(r) && !unicode.IsSpace(r)
}
