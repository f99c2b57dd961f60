package ssh

import (
	"io"
	"time"

	"board.internal/samverkan/model"
)

// Caller is who has come in over SSH. Its key has been checked; nothing the client says of itself is believed.
type Caller struct {
	Officer model.OfficerID // from the configuration, by the key that authenticated (s.PublicKey() after authentication)
	Session string          // random id of this session, for logs
	From    string          // the client's address, hashed with a random key of this server run: tells two places apart, says no more
	Environ []string        // only TERM, LANG, LC_*, NO_COLOR, COLORTERM, bounded, safe
	Since   time.Time
}

// Pty is the terminal of a session.
type Pty struct {
	Term    string
	In      io.Reader                  // what the client types; ends when the channel or connection is gone
	Out     io.Writer                  // a write that stalls longer than the watchdog closes the connection
	Size    func() (width, height int) // the newest size, clamped to the limits; never 0
	Resized <-chan struct{}            // one signal, more are folded into it
}
