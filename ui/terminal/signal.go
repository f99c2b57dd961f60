package terminal

import (
	"io"
	"os"
	"strings"
	"sync"
)

// Signals tells by the environment of its session whether a terminal has a title to set, and a bell to ring. The Linux
// console and those of the VT line have no title: they would show what is meant for it.
func Signals(environ []string) (title, bell bool) {
	term := lookup(environ)("TERM")
	bell = !isDumb(term)
	return bell && term != "linux" && !strings.HasPrefix(term, "vt"), bell
}

// What keeps a terminal's title and brings it back. One that does not know them leaves them alone.
const (
	KeepTitle = "\x1b[22;0t"
	BackTitle = "\x1b[23;0t"
)

// Bell is a session's output whose bell is rung beside what is drawn on it, never in the middle of that.
type Bell struct {
	Out io.Writer
	mu  sync.Mutex
}

// Write writes p in one piece.
func (b *Bell) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Out.Write(p)
}

// Ring rings the bell. A terminal that is gone hears nothing.
func (b *Bell) Ring() { _, _ = b.Write([]byte{'\a'}) }

// Stdout is the output at hand, on which a write is in one piece by itself.
func Stdout() *Bell { return &Bell{Out: os.Stdout} }
