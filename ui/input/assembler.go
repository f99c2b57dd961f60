package input

import (
	"bytes"
	"strings"
	"time"
	"unicode/utf8"
)

const (
	esc        = 0x1b
	pasteStart = "\x1b[200~"
	pasteEnd   = "\x1b[201~"

	escapeWait = 40 * time.Millisecond  // after this a lone escape is the key
	restWait   = 400 * time.Millisecond // nobody types the start of a longer sequence: its rest is late, or lost
	burstQuiet = 20 * time.Millisecond  // after this a burst is over

	maxPaste = 64 << 10 // bytes of one paste; what follows is dropped
	maxReply = 1 << 10  // bytes of a terminal's answer, which is dropped whatever it says

	// burst bytes of text, of more than burstKinds kinds, in one read are a paste: a held key repeats itself, and
	// nobody types this much ahead over a slow line.
	burst      = 48
	burstKinds = 8
)

type state int

const (
	keys    state = iota
	inPaste       // between the terminal's own marks
	inBurst       // in a paste that the terminal did not mark
)

// assembler makes what was read into whole keys. It has no clock: its owner waits for patience and calls expire.
type assembler struct {
	state  state
	in     []byte // the start of what is not whole yet
	out    []byte // whole keys, and pastes as they come
	pasted int    // bytes of the paste so far
}

// feed takes what was read.
func (a *assembler) feed(b []byte) {
	a.in = append(a.in, b...)
	if a.state == keys && isBurst(a.in) {
		a.open(inBurst)
	}
	for len(a.in) > 0 && a.step() {
	}
}

// patience is how long the rest of what is pending may take; 0 when nothing is.
func (a *assembler) patience() time.Duration {
	switch {
	case a.state == inBurst:
		return burstQuiet
	case a.state == inPaste || len(a.in) == 0:
		return 0
	case lone(a.in):
		return escapeWait
	}
	return restWait
}

// expire settles what is pending when its rest did not come.
func (a *assembler) expire() {
	if a.state == inBurst {
		a.close()
		a.feed(nil)
		return
	}
	// urxvt ends a few keys with $, which starts the end of a sequence everywhere else
	if lone(a.in) || bytes.HasSuffix(a.in, []byte("$")) {
		a.out = append(a.out, a.in...)
	}
	a.in = nil
}

// step moves one key, or what there is of a paste, from in to out, and reports whether there was one.
func (a *assembler) step() bool {
	switch a.state {
	case inPaste:
		return a.paste()
	case inBurst:
		return a.burst()
	}
	n, keep := event(a.in)
	seq := a.in[:n]
	a.in = a.in[n:]
	switch {
	case string(seq) == pasteStart:
		a.open(inPaste)
	case keep && string(seq) != pasteEnd:
		a.out = append(a.out, seq...)
	}
	return n > 0
}

func (a *assembler) paste() bool {
	n := bytes.Index(a.in, []byte(pasteEnd))
	if n >= 0 {
		a.text(n)
		a.in = a.in[len(pasteEnd):]
		a.close()
		return true
	}
	n = len(a.in)
	for tail := range len(pasteEnd) { // the end mark may have come in part
		if tail <= n && strings.HasPrefix(pasteEnd, string(a.in[n-tail:])) {
			n = len(a.in) - tail
		}
	}
	a.text(n)
	return n > 0
}

func (a *assembler) burst() bool {
	n := bytes.IndexFunc(a.in, func(r rune) bool { return !isText(r) })
	if n >= 0 {
		a.text(n)
		a.close()
		return true
	}
	n = len(a.in)
	if last := a.in[n-1]; last == '\r' || last == '\n' {
		n-- // if nothing follows, this is the key that ends the line
	}
	a.text(n)
	return n > 0
}

// text moves n bytes of a paste from in to out, as long as the paste is not too long.
func (a *assembler) text(n int) {
	a.out = append(a.out, a.in[:max(0, min(n, maxPaste-a.pasted))]...)
	a.in = a.in[n:]
	a.pasted += n
}

func (a *assembler) open(s state) {
	a.state, a.pasted = s, 0
	a.out = append(a.out, pasteStart...)
}

func (a *assembler) close() {
	a.state = keys
	a.out = append(a.out, pasteEnd...)
}

// event is the length of the first key in b, 0 when it is not whole, and whether the program is to have it.
func event(b []byte) (n int, keep bool) {
	if b[0] != esc {
		if !utf8.FullRune(b) {
			return 0, false
		}
		r, n := utf8.DecodeRune(b)
		return n, r != utf8.RuneError
	}
	if len(b) == 1 {
		return 0, false
	}
	switch b[1] {
	case '[':
		return csi(b)
	case 'O':
		switch {
		case len(b) == 2:
			return 0, false
		case b[2] < ' ' || b[2] > '~':
			return 2, true // alt and a capital letter
		}
		return 3, true
	case ']', 'P':
		if len(b) == 2 {
			return 0, false
		}
		if strings.IndexByte("0123456789>!", b[2]) >= 0 {
			return reply(b)
		}
		return 2, true
	}
	n, keep = event(b[1:]) // with alt
	if n == 0 {
		return 0, false
	}
	return n + 1, keep
}

// csi measures a control sequence.
func csi(b []byte) (n int, keep bool) {
	if len(b) > 2 && b[2] == '[' { // the Linux console's F1 to F5
		if len(b) < 4 {
			return 0, false
		}
		return 4, true
	}
	for i, c := range b[2:] {
		switch {
		case c >= 0x40 && c <= 0x7e:
			return i + 3, true
		case c < 0x20 || c > 0x7e:
			return i + 2, i == 0 // cut off by something else
		}
	}
	if len(b) > maxReply {
		return len(b), false
	}
	return 0, false
}

// reply measures what a terminal answers to a question, which this program did not ask.
func reply(b []byte) (n int, keep bool) {
	for i, c := range b {
		if c == '\a' {
			return i + 1, false
		}
		if c == '\\' && b[i-1] == esc {
			return i + 1, false
		}
	}
	if len(b) > maxReply {
		return len(b), false
	}
	return 0, false
}

// lone reports whether b is what a person can have typed: escapes, and one ASCII letter that also starts a sequence.
func lone(b []byte) bool {
	tail := bytes.TrimLeft(b, "\x1b")
	return len(tail) < len(b) && (len(tail) == 0 || len(tail) == 1 && tail[0] < utf8.RuneSelf)
}

func isBurst(b []byte) bool {
	if len(b) < burst {
		return false
	}
	var seen [256]bool
	kinds := 0
	for _, c := range b {
		if !isText(rune(c)) {
			return false
		}
		if !seen[c] {
			seen[c] = true
			kinds++
		}
	}
	return kinds > burstKinds
}

func isText(r rune) bool { return r >= ' ' && r != 0x7f || r == '\r' || r == '\n' || r == '\t' }
