package ssh

import (
	"sync"

	gossh "golang.org/x/crypto/ssh"
)

// screen is the terminal that a client says it has. Only its newest size is kept: however many changes come in, whoever
// draws is told once, and nobody waits.
type screen struct {
	term          string
	there         bool
	columns, rows int // the most there may be
	mu            sync.Mutex
	width, height int
	resized       chan struct{}
}

// The size of a terminal that does not say its own.
const (
	usualWidth  = 80
	usualHeight = 24
)

// open reads a request for a terminal. Its name stays out of it when it is no name.
func (c *screen) open(payload []byte) bool {
	var req struct {
		Term                      string
		Columns, Rows             uint32
		WidthPixels, HeightPixels uint32
		Modes                     string
	}
	if gossh.Unmarshal(payload, &req) != nil {
		return false
	}
	if len(req.Term) <= maxPlain && plain.MatchString(req.Term) {
		c.term = req.Term
	}
	c.there, c.width, c.height, c.resized = true, usualWidth, usualHeight, make(chan struct{}, 1)
	c.set(req.Columns, req.Rows)
	return true
}

// resize reads a change of size.
func (c *screen) resize(payload []byte) bool {
	var req struct{ Columns, Rows, WidthPixels, HeightPixels uint32 }
	if !c.there || gossh.Unmarshal(payload, &req) != nil {
		return false
	}
	if c.set(req.Columns, req.Rows) {
		select {
		case c.resized <- struct{}{}:
		default: // told already
		}
	}
	return true
}

// set takes a size within the limits; 0 is none, and leaves what was. It reports whether anything changed.
func (c *screen) set(columns, rows uint32) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	width, height := c.width, c.height
	if columns > 0 {
		c.width = int(min(columns, uint32(c.columns)))
	}
	if rows > 0 {
		c.height = int(min(rows, uint32(c.rows)))
	}
	return width != c.width || height != c.height
}

func (c *screen) size() (width, height int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.width, c.height
}
