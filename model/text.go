package model

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The most runes a typed text may have, by what it is for.
const (
	MaxTitle     = 200
	MaxNote      = 4096
	MaxShort     = 80 // area, crime type, decider
	MaxReference = 60
	MaxReason    = 400
	MaxCodename  = 24
)

// maxMarks is how many combining marks a letter may carry: enough for every living spelling the board
// meets, too few to climb into the lines above and below.
const maxMarks = 2

// TextKind is the reason why a typed text is refused; ui/text has a sentence for each.
type TextKind string

// The reasons, with the fields of TextError that say more.
const (
	TextTooLong     TextKind = "too_long"     // Max
	TextControl     TextKind = "control"      // Rune, At: C0, DEL, C1, line and paragraph separators
	TextBidi        TextKind = "bidi"         // Rune, At: marks that turn the direction of writing
	TextInvisible   TextKind = "invisible"    // Rune, At: zero-width, format, filler, tag, variation selector
	TextPrivate     TextKind = "private"      // Rune, At: private use, unassigned, noncharacter
	TextCombining   TextKind = "combining"    // Rune, At: a third mark on a letter, or a mark on no letter
	TextInvalidUTF8 TextKind = "invalid_utf8" // Rune, At: bytes that are no text, or U+FFFD they were made into
	TextPersonal    TextKind = "personal"     // Masked, At: a Swedish personal identity number
	TextCodename    TextKind = "codename"     // Rune, At, Max: not one word of letters, digits and inner hyphens
)

// TextKinds are all reasons, for whoever must have a sentence for each.
func TextKinds() []TextKind {
	return []TextKind{TextTooLong, TextControl, TextBidi, TextInvisible, TextPrivate, TextCombining, TextInvalidUTF8,
		TextPersonal, TextCodename}
}

// TextError says why a typed text is refused. It quotes nothing of the text but one rune, so that it may
// stand in a log whatever the text was.
type TextError struct {
	Kind   TextKind
	Rune   rune   // the rune that is refused; 0 when it is the whole
	At     int    // where, in runes from 0, counted in the text as NFC
	Max    int    // the most runes allowed, for TextTooLong and TextCodename
	Masked string // the personal number with * for every digit, for TextPersonal
}

// Error is the sentence for a log; people get theirs from ui/text.
func (e *TextError) Error() string {
	switch e.Kind {
	case TextTooLong:
		return fmt.Sprintf("longer than %d characters", e.Max)
	case TextControl:
		return fmt.Sprintf("control character %U at %d", e.Rune, e.At)
	case TextBidi:
		return fmt.Sprintf("writing direction mark %U at %d", e.Rune, e.At)
	case TextInvisible:
		return fmt.Sprintf("invisible character %U at %d", e.Rune, e.At)
	case TextPrivate:
		return fmt.Sprintf("private or unassigned character %U at %d", e.Rune, e.At)
	case TextCombining:
		return fmt.Sprintf("stray or too many combining marks, %U at %d", e.Rune, e.At)
	case TextInvalidUTF8:
		return fmt.Sprintf("not valid UTF-8 at %d", e.At)
	case TextPersonal:
		return fmt.Sprintf("looks like a personal identity number, %s at %d", e.Masked, e.At)
	case TextCodename:
		return fmt.Sprintf("not a codename, at %d", e.At)
	}
	return "refused text: " + string(e.Kind)
}

// CleanText returns s as one line of at most max runes may be stored: NFC, without blanks around it and
// with one space for every run of blanks inside. It never removes what a person may not see it remove:
// anything else that may not stand there, tab and newline too, is a *TextError. Empty in, empty out.
func CleanText(s string, max int) (string, error) { return clean(s, max, false) }

// CleanNote is CleanText for text of several lines: newlines stay (CRLF becomes LF) but for those around the
// whole, and each line is cleaned as one.
func CleanNote(s string, max int) (string, error) {
	return clean(strings.ReplaceAll(s, "\r\n", "\n"), max, true)
}

func clean(s string, max int, lines bool) (string, error) {
	s = norm.NFC.String(s)
	if start, end, ok := FindPersonal(s); ok {
		return "", &TextError{Kind: TextPersonal, At: utf8.RuneCountInString(s[:start]), Masked: MaskPersonal(s[start:end])}
	}
	var b strings.Builder
	b.Grow(min(len(s), utf8.UTFMax*MaxNote))
	at, length := -1, 0
	newlines, blank := 0, false // seen since the last rune that was written
	marks := maxMarks           // on that rune; a blank takes none, they would sit on its neighbour
	for _, r := range s {
		at++
		if newline := lines && r == '\n'; newline || isBlank(r) {
			if newline {
				newlines++
			}
			blank, marks = true, maxMarks
			continue
		}
		if unicode.IsMark(r) {
			marks++
		} else {
			marks = 0
		}
		if kind := refusal(r, marks); kind != "" {
			return "", &TextError{Kind: kind, Rune: r, At: at}
		}
		gap := " "
		switch {
		case !blank || length == 0:
			gap = ""
		case newlines > 0:
			gap = strings.Repeat("\n", newlines)
		}
		if length += len(gap) + 1; length > max {
			return "", &TextError{Kind: TextTooLong, Max: max}
		}
		b.WriteString(gap)
		b.WriteRune(r)
		newlines, blank = 0, false
	}
	return b.String(), nil
}

// refusal says why a rune may not be stored, "" when it may. marks is how many combining marks stand on the
// letter with this one. What no rule names but no font draws is refused as well: the list of what may stand
// is the letters, marks, numbers, punctuation and symbols that Unicode has assigned.
func refusal(r rune, marks int) TextKind {
	switch {
	case r >= ' ' && r < unicode.MaxASCII:
		return ""
	case r == utf8.RuneError:
		return TextInvalidUTF8
	case unicode.IsControl(r) || r == '\u2028' || r == '\u2029':
		return TextControl
	case unicode.Is(unicode.Bidi_Control, r):
		return TextBidi
	case isInvisible(r):
		return TextInvisible
	case !unicode.IsGraphic(r):
		return TextPrivate
	case marks > maxMarks:
		return TextCombining
	}
	return ""
}

func isBlank(r rune) bool { return r == ' ' || r > unicode.MaxASCII && unicode.Is(unicode.Zs, r) }

// isInvisible reports whether r shows as nothing: format characters, fillers, variation selectors, and the
// two symbols that are drawn empty.
func isInvisible(r rune) bool {
	if r <= unicode.MaxASCII {
		return false
	}
	return r == '\u2800' || r == '\U0001D159' ||
		unicode.In(r, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
}

// CleanCodename returns s as a codename: CleanText, in upper case, one word of 2 to MaxCodename letters, digits
// and single inner hyphens that begins with a letter. The letters are those whose Fold is ASCII (å, ü, š, ø, ŋ) and
// that are the same letter in either case (not ß, İ): everybody can then type the name on any keyboard, and no
// Cyrillic А passes for another codename's A.
// What has the shape of an effort's id, XXX-2026-014, is none.
func CleanCodename(s string) (string, error) {
	s, err := CleanText(s, MaxCodename)
	if err != nil {
		return "", err
	}
	s = strings.ToUpper(s)
	at, before := 0, '-'
	for _, r := range s {
		letter := unicode.IsUpper(r) && unicode.ToUpper(unicode.ToLower(r)) == r && isWord(Fold(string(r)))
		if !letter && (at == 0 || before == '-' && r == '-' || r != '-' && !isDigits(string(r))) {
			return "", &TextError{Kind: TextCodename, Rune: r, At: at, Max: MaxCodename}
		}
		at, before = at+1, r
	}
	parts := strings.Split(s, "-")
	id := len(parts) == 3 && len(parts[1]) == 4 && isDigits(parts[1]) && isDigits(parts[2])
	if at < 2 || before == '-' || id {
		return "", &TextError{Kind: TextCodename, Max: MaxCodename}
	}
	return s, nil
}

func isWord(s string) bool { return strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") == "" }

func isDigits(s string) bool { return strings.Trim(s, "0123456789") == "" }

// Fold returns s as search and addressing compare it: lower case, without diacritics (å, ä → a; ö, ø → o; æ → ae;
// ß → ss; İ, ı → i), with one space for every run of white space inside and none around. Folding twice changes
// nothing, and NFC and NFD fold alike. A text that is folded already comes back without an allocation.
func Fold(s string) string {
	if isFolded(s) {
		return s
	}
	return string(appendFold(make([]byte, 0, len(s)), s))
}

// latin has how the letters from À to ÿ fold, 0 for those that take more than a look: nearly every letter of a
// Swedish text that is not ASCII is among them.
const latin = "aaaaaa\x00ceeeeiiiidnooooo\x00ouuuuy\x00\x00aaaaaa\x00ceeeeiiiidnooooo\x00ouuuuy\x00y"

// appendFold appends s folded.
func appendFold(b []byte, s string) []byte {
	begin, blank := len(b), false
	for i := 0; i < len(s); {
		c, size := s[i], 1
		if c == 0xC3 && i+1 < len(s) && s[i+1]&0xC0 == 0x80 && latin[s[i+1]&0x3F] != 0 {
			c, size = latin[s[i+1]&0x3F], 2
		}
		switch {
		case c == ' ' || '\t' <= c && c <= '\r':
			blank = len(b) > begin
		case c < utf8.RuneSelf:
			if blank {
				b, blank = append(b, ' '), false
			}
			if 'A' <= c && c <= 'Z' {
				c += 'a' - 'A'
			}
			b = append(b, c)
		default:
			var r rune
			if r, size = utf8.DecodeRuneInString(s[i:]); unicode.IsSpace(r) {
				blank = len(b) > begin
			} else {
				b, blank = foldLetter(b, s[i:i+size], r, blank)
			}
		}
		i += size
	}
	return b
}

// foldLetter appends a letter folded, after a space when blank; it returns blank when it wrote nothing.
func foldLetter(b []byte, letter string, r rune, blank bool) ([]byte, bool) {
	if r == utf8.RuneError {
		return foldRune(b, r, blank)
	}
	// Rune by rune gives what the whole would, faster: the order of marks is lost with the marks.
	d := norm.NFD.PropertiesString(letter).Decomposition()
	if d == nil { // it has none, or is Hangul
		d = norm.NFD.AppendString(nil, letter)
	}
	for _, r := range string(d) {
		b, blank = foldRune(b, r, blank)
	}
	return b, blank
}

// foldRune appends a decomposed rune folded, as foldLetter does.
func foldRune(b []byte, r rune, blank bool) ([]byte, bool) {
	if unicode.IsMark(r) {
		return b, blank
	}
	if blank {
		b = append(b, ' ')
	}
	switch r = unicode.ToLower(r); r { // letters that Unicode does not decompose
	case 'æ':
		b = append(b, "ae"...)
	case 'œ':
		b = append(b, "oe"...)
	case 'ß':
		b = append(b, "ss"...)
	case 'þ':
		b = append(b, "th"...)
	case 'ø':
		b = append(b, 'o')
	case 'ı':
		b = append(b, 'i')
	case 'ð', 'đ':
		b = append(b, 'd')
	case 'ħ':
		b = append(b, 'h')
	case 'ł':
		b = append(b, 'l')
	case 'ŋ':
		b = append(b, 'n')
	case 'ŧ':
		b = append(b, 't')
	default:
		b = utf8.AppendRune(b, r)
	}
	return b, false
}

func isFolded(s string) bool {
	for i := range len(s) {
		c := s[i]
		inner := c == ' ' && i > 0 && i+1 < len(s) && s[i+1] != ' '
		if c <= ' ' && !inner || 'A' <= c && c <= 'Z' || c >= unicode.MaxASCII {
			return false
		}
	}
	return true
}
