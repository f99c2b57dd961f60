// Package safe is the one place text passes before a terminal, a log or an error message shows it.
//
// What people typed, what other programs sent and what a terminal calls itself may hold escape sequences that
// clear the screen, write the clipboard or hide half a name. Drawing code therefore takes a Text, which only this
// package can make. Style a Text after it is made, never before.
package safe

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/unicode/norm"
)

const (
	maxBytes = 4 << 10 // of what is given; the rest is dropped before anything else looks at it
	maxMarks = 2       // combining marks a base may carry

	replacement = '\uFFFD'
	drop        = -1
	ellipsis    = "…"
)

// Text is text that holds no control character, no escape sequence and nothing invisible, in Unicode NFC, with its
// width known. The zero Text is empty.
type Text struct {
	s string
	w int
	// narrow says that every rune is one cell and joins with no neighbour, so that cells can be counted in runes.
	narrow bool
}

// Of makes s safe: cut to 4 KiB, invalid UTF-8 replaced, NFC; line breaks and tabs become spaces, other control
// characters U+FFFD; what is invisible or turns the reading direction is dropped, and so is every combining mark
// after the second on one base. A text that needs none of it is taken as it is, without an allocation.
func Of(s string) Text {
	if n, ok := plain(s); ok {
		return Text{s, n, true}
	}
	s = clean(s)
	if n, ok := plain(s); ok {
		return Text{s, n, true}
	}
	return Text{s: s, w: ansi.StringWidth(s)}
}

// Line makes s safe as Of does, for plain output that is not drawn: command output, errors, logs.
func Line(s string) string { return Of(s).s }

// Lines makes each line of s safe. It looks at the first 4 KiB; a final line break starts no line, and an empty s
// has no lines.
func Lines(s string) []Text {
	s = cutBytes(s)
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.ReplaceAll(s, "\r", "\n")
	s = strings.TrimSuffix(s, "\n")
	if s == "" {
		return nil
	}
	parts := strings.Split(s, "\n")
	lines := make([]Text, len(parts))
	for i, part := range parts {
		lines[i] = Of(part)
	}
	return lines
}

// plain reports whether s is safe as it is and made only of runes that are one cell each, and how many they are.
func plain(s string) (cells int, ok bool) {
	if len(s) > maxBytes {
		return 0, false
	}
	for i := 0; i < len(s); cells++ {
		if c := s[i]; c >= ' ' && c < 0x7f {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if !narrow(r) {
			return 0, false
		}
		i += size
	}
	return cells, true
}

// narrow reports whether r, which is not ASCII, is one cell, its own NFC, and joins with nothing: the Latin letters,
// and the dashes, boxes and shapes the board itself draws with.
func narrow(r rune) bool {
	return r >= 0xA0 && r <= 0x24F && r != 0xAD ||
		r >= 0x2010 && r <= 0x2027 ||
		r >= 0x2190 && r <= 0x2193 ||
		r == '−' ||
		r >= 0x2500 && r <= 0x25FC
}

func clean(s string) string {
	s = strings.ToValidUTF8(cutBytes(s), string(replacement))
	s = strings.Map(sanitize, s)
	return capMarks(norm.NFC.String(s))
}

func cutBytes(s string) string {
	if len(s) <= maxBytes {
		return s
	}
	end := maxBytes
	for end > maxBytes-utf8.UTFMax && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end]
}

// prepended lists letters that take the character after them into their own cluster, so that a space put behind
// them would vanish from every width: they are replaced.
var prepended = &unicode.RangeTable{
	R16: []unicode.Range16{{Lo: 0x0D4E, Hi: 0x0D4E, Stride: 1}},
	R32: []unicode.Range32{
		{Lo: 0x111C2, Hi: 0x111C3, Stride: 1},
		{Lo: 0x113D1, Hi: 0x113D1, Stride: 1},
		{Lo: 0x1193F, Hi: 0x1193F, Stride: 1},
		{Lo: 0x11941, Hi: 0x11941, Stride: 1},
		{Lo: 0x11A3A, Hi: 0x11A3A, Stride: 1},
		{Lo: 0x11A84, Hi: 0x11A89, Stride: 1},
		{Lo: 0x11D46, Hi: 0x11D46, Stride: 1},
		{Lo: 0x11F02, Hi: 0x11F02, Stride: 1},
	},
}

// invisible lists what shows nothing and may hide something. Zero-width, bidirectional, soft hyphen, tags and the
// byte order mark are all Cf.
var invisible = []*unicode.RangeTable{
	unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp,
	unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point,
}

func sanitize(r rune) rune {
	switch {
	case r >= ' ' && r < 0x7f || narrow(r):
		return r
	case r == '\t' || r == '\n' || r == '\r':
		return ' '
	case unicode.IsControl(r):
		return replacement
	case unicode.In(r, invisible...):
		return drop
	case r >= 0x1F3FB && r <= 0x1F3FF: // skin tones join with whatever stands before them
		return drop
	case r >= 0x1F1E6 && r <= 0x1F1FF: // halves of flags: terminals disagree on their width, the letters say the same
		return 'A' + r - 0x1F1E6
	case !unicode.IsGraphic(r) || unicode.Is(prepended, r):
		return replacement
	}
	return r
}

// capMarks drops the combining marks past maxMarks on each base, and all of them where there is no base.
func capMarks(s string) string {
	marks := maxMarks
	return strings.Map(func(r rune) rune {
		if !unicode.IsMark(r) {
			marks = 0
			return r
		}
		if marks++; marks > maxMarks {
			return drop
		}
		return r
	}, s)
}
