package ssh_test

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// glass is the terminal at the other end: it keeps what stands on it, and faults for what a board may not send: an
// escape sequence it has no use for, a control character, a line that does not fit, a frame that scrolls.
type glass struct {
	mu            sync.Mutex
	width, height int // what fits
	rows          [][]rune
	row, col      int
	alt, hidden   bool
	paste         bool
	entered, left int
	after         strings.Builder // what stands below the board when it is left
	pending       []byte
	faults        []string
	written       int
	all           strings.Builder
	changed       chan struct{}
	// stalled, when it is set, takes nothing in and keeps the writer waiting until it is closed.
	stalled chan struct{}
	closed  bool
}

func newGlass() *glass { return &glass{changed: make(chan struct{})} }

// fits says what the frames from here on fit in.
func (g *glass) fits(width, height int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.width, g.height = max(width, 1), max(height, 1)
}

// Write draws, or waits for ever.
func (g *glass) Write(p []byte) (int, error) {
	g.mu.Lock()
	if stalled := g.stalled; stalled != nil {
		g.mu.Unlock()
		<-stalled
		return 0, errClosed
	}
	defer g.mu.Unlock()
	if g.closed {
		return 0, errClosed
	}
	g.written += len(p)
	g.all.Write(p)
	g.pending = append(g.pending, p...)
	for len(g.pending) > 0 {
		n := g.one(g.pending)
		if n == 0 {
			break
		}
		g.pending = g.pending[n:]
	}
	close(g.changed)
	g.changed = make(chan struct{})
	return len(p), nil
}

var errClosed = fmt.Errorf("closed")

// one draws the first thing in b and returns its length, 0 when the rest of it is still to come.
func (g *glass) one(b []byte) int {
	switch c := b[0]; {
	case c == 0x1b:
		return g.escape(b)
	case c == '\r':
		g.col = 0
		return 1
	case c == '\n':
		if g.row++; g.alt && g.row >= g.height {
			g.fault("a line below the last, of %d", g.height)
		}
		if !g.alt {
			g.after.WriteByte('\n')
		}
		return 1
	case c < 0x20 || c == 0x7f:
		g.fault("a control character %#x", c)
		return 1
	}
	if !utf8.FullRune(b) {
		return 0
	}
	r, n := utf8.DecodeRune(b)
	if !g.alt {
		g.after.WriteRune(r)
		return n
	}
	w := ansi.StringWidth(string(r))
	for len(g.rows) <= g.row {
		g.rows = append(g.rows, nil)
	}
	line := g.rows[g.row]
	for len(line) < g.col+w {
		line = append(line, ' ')
	}
	if w > 0 {
		line[g.col] = r
		for i := 1; i < w; i++ {
			line[g.col+i] = -1
		}
	}
	g.rows[g.row] = line
	if g.col += w; g.col > g.width {
		g.fault("a line of more than %d cells: %q", g.width, string(line))
	}
	return n
}

func (g *glass) escape(b []byte) int {
	if len(b) < 2 {
		return 0
	}
	if b[1] != '[' {
		g.fault("an escape sequence %q", b[:2])
		return 2
	}
	end := 2
	for end < len(b) && (b[end] < 0x40 || b[end] > 0x7e) {
		end++
	}
	if end == len(b) {
		return 0
	}
	args := string(b[2:end])
	switch final := b[end]; {
	case final == 'm':
	case final == 'H':
		row, col, _ := strings.Cut(args, ";")
		g.row, g.col = number(row)-1, number(col)-1
	case final == 'J' && args == "2":
		g.rows = nil
	case final == 'J' && args == "":
		g.rows = g.rows[:min(len(g.rows), g.row+1)]
	case final == 'K' && args == "2":
		if g.row < len(g.rows) {
			g.rows[g.row] = nil
		}
	case final == 'K' && args == "":
		if g.row < len(g.rows) {
			g.rows[g.row] = g.rows[g.row][:min(len(g.rows[g.row]), g.col)]
		}
	case final == 'h' || final == 'l':
		g.mode(args, final == 'h')
	default:
		g.fault("an escape sequence %q", b[:end+1])
	}
	return end + 1
}

func (g *glass) mode(which string, on bool) {
	switch which {
	case "?1049":
		if g.alt = on; on {
			g.entered++
		} else {
			g.left++
		}
		g.rows, g.row, g.col = nil, 0, 0
	case "?25":
		g.hidden = !on
	case "?2004":
		g.paste = on
	case "?1002", "?1003", "?1006": // the mouse, which is never switched on
		if on {
			g.fault("the mouse is asked for")
		}
	default:
		g.fault("the mode %s", which)
	}
}

func number(s string) int {
	n, _ := strconv.Atoi(s)
	return max(n, 1)
}

func (g *glass) fault(format string, args ...any) {
	if len(g.faults) < 5 {
		g.faults = append(g.faults, fmt.Sprintf(format, args...))
	}
}

// text is what stands on the board.
func (g *glass) text() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.locked()
}

func (g *glass) locked() string {
	var b strings.Builder
	for _, line := range g.rows {
		for _, r := range line {
			if r >= 0 {
				b.WriteRune(r)
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// stall takes in nothing from here on; close lets the writer go, as a connection that is closed does.
func (g *glass) stall() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.stalled = make(chan struct{})
}

func (g *glass) close() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.stalled != nil && !g.closed {
		close(g.stalled)
	}
	g.closed = true
}

// restored says what is left of the board on the terminal, "" when nothing is.
func (g *glass) restored() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch {
	case g.alt || g.entered != g.left:
		return "the other screen"
	case g.hidden:
		return "a hidden cursor"
	case g.paste:
		return "the way pastes are sent"
	}
	return ""
}
