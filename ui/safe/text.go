package safe

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/unicode/norm"
)

// String is the text itself.
func (t Text) String() string { return t.s }

// Width is the number of cells the text takes on a terminal.
func (t Text) Width() int { return t.w }

// Cut is the text in at most cells cells. A text that is too wide ends with … and never with half a wide character,
// so it can come out a cell short.
func (t Text) Cut(cells int) Text {
	if t.w <= cells {
		return t
	}
	if cells < 1 {
		return Text{}
	}
	head := t.head(cells - 1)
	return Text{head.s + ellipsis, head.w + 1, head.narrow}
}

// Fit is the text in exactly cells cells: cut, or filled with spaces on the right.
func (t Text) Fit(cells int) Text {
	t = t.Cut(cells)
	if t.w >= cells {
		return t
	}
	return Text{t.s + strings.Repeat(" ", cells-t.w), cells, t.narrow || t.s == ""}
}

// FitRight is the text in exactly cells cells: cut, or filled with spaces on the left, for figures in columns.
func (t Text) FitRight(cells int) Text {
	t = t.Cut(cells)
	if t.w >= cells {
		return t
	}
	return Text{strings.Repeat(" ", cells-t.w) + t.s, cells, t.narrow || t.s == ""}
}

// Wrap is the text in lines of at most cells cells, broken at spaces, and inside a word that is wider than a line.
// There is always a line, also of an empty text, unless cells is below 1.
func (t Text) Wrap(cells int) []Text {
	if cells < 1 {
		return nil
	}
	var lines []Text
	for t.w > cells {
		line, rest := t.breakLine(cells)
		lines = append(lines, line)
		if t = rest; t.s == "" {
			return lines
		}
	}
	return append(lines, t)
}

// breakLine takes the first line of at most cells cells off a text that is wider than that. The spaces at the break
// belong to neither part.
func (t Text) breakLine(cells int) (line, rest Text) {
	line = t.head(cells)
	if line.s == "" { // one character is wider than the line
		size, w := t.next(0)
		return Of(ellipsis), Text{t.s[size:], t.w - w, t.narrow}
	}
	if t.s[len(line.s)] != ' ' {
		word := strings.LastIndexByte(line.s, ' ') + 1
		if strings.Trim(line.s[:word], " ") != "" {
			line = t.measured(line.s[:word])
		}
	}
	rest = Text{t.s[len(line.s):], t.w - line.w, t.narrow}
	line.w -= len(line.s) - len(strings.TrimRight(line.s, " "))
	line.s = strings.TrimRight(line.s, " ")
	rest.w -= len(rest.s) - len(strings.TrimLeft(rest.s, " "))
	rest.s = strings.TrimLeft(rest.s, " ")
	return line, rest
}

// Join is the texts one after the other.
func Join(texts ...Text) Text {
	if len(texts) == 0 {
		return Text{}
	}
	size, wide := 0, 0
	sum := Text{narrow: true}
	for _, t := range texts {
		size += len(t.s)
		sum.w += t.w
		if !t.narrow && t.s != "" {
			sum.narrow = false
			wide++
		}
	}
	var b strings.Builder
	b.Grow(size)
	for _, t := range texts {
		b.WriteString(t.s)
	}
	sum.s = b.String()
	if wide > 1 { // two of them may meet in one character, as Hangul letters do
		sum.w = ansi.StringWidth(sum.s)
	}
	return sum
}

// Repeat is n copies of the text; none when n is below 1.
func (t Text) Repeat(n int) Text {
	if n < 1 {
		return Text{}
	}
	r := Text{strings.Repeat(t.s, n), t.w * n, t.narrow}
	if !t.narrow {
		r.w = ansi.StringWidth(r.s)
	}
	return r
}

// Blank is cells spaces; none when cells is below 1.
func Blank(cells int) Text {
	if cells < 1 {
		return Text{}
	}
	return Text{strings.Repeat(" ", cells), cells, true}
}

// ASCII is the text for a terminal that shows no more than ASCII, and with latin also European letters: å is then kept
// and otherwise becomes a. Every character keeps its number of cells; what has no likeness becomes question marks.
func (t Text) ASCII(latin bool) Text {
	if t.w == len(t.s) && t.narrow {
		return t // one byte for each cell
	}
	var b strings.Builder
	b.Grow(len(t.s))
	for i := 0; i < len(t.s); {
		size, w := t.next(i)
		r, _ := utf8.DecodeRuneInString(t.s[i:])
		switch {
		case w == 0:
		case r < utf8.RuneSelf:
			b.WriteByte(byte(r))
		case w == 1 && latin && r >= 0xA0 && r < 0x180 && unicode.IsLetter(r):
			b.WriteRune(r)
		case w == 1:
			b.WriteByte(alike(r))
		default:
			b.WriteString(strings.Repeat("?", w))
		}
		i += size
	}
	return Text{b.String(), t.w, true}
}

// alike is the ASCII character nearest to r.
func alike(r rune) byte {
	const from, to = "…–—‑−±‘’‚“”„«»·•×→←↑↓ßøØæÆœŒłŁđĐðÐþÞ\u00a0", `~----+'',"""<>.*x><^vsoOaAoOlLdDdDtT `
	n := 0
	for _, f := range from {
		if f == r {
			return to[n]
		}
		n++
	}
	if base := norm.NFD.String(string(r))[0]; base < utf8.RuneSelf {
		return base
	}
	return '?'
}

// next is the bytes and cells of the character that starts at byte i.
func (t Text) next(i int) (size, cells int) {
	if t.narrow {
		_, size = utf8.DecodeRuneInString(t.s[i:])
		return size, 1
	}
	if ascii(t.s, i) && (i+1 == len(t.s) || ascii(t.s, i+1)) {
		return 1, 1
	}
	cluster, w := ansi.FirstGraphemeCluster(t.s[i:], ansi.GraphemeWidth)
	return len(cluster), w
}

func ascii(s string, i int) bool { return s[i] < utf8.RuneSelf }

// head is as many whole characters from the start as fit in cells.
func (t Text) head(cells int) Text {
	end, w := 0, 0
	for end < len(t.s) {
		size, n := t.next(end)
		if w+n > cells {
			break
		}
		end, w = end+size, w+n
	}
	return Text{t.s[:end], w, t.narrow}
}

// measured is s, a run of whole characters of t.
func (t Text) measured(s string) Text {
	if t.narrow {
		return Text{s, utf8.RuneCountInString(s), true}
	}
	return Text{s, ansi.StringWidth(s), false}
}
