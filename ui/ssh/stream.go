package ssh

import (
	"bytes"
	"context"
	"io"
	"sync"
	"time"

	"github.com/charmbracelet/ssh"
)

const (
	chunk = 32 << 10 // bytes that are read at a time
	// piece is how much is written at a time: a client that takes less than this within the watchdog's time is cut off.
	piece = 8 << 10
	// ahead is how many reads of a terminal a command may leave lying, so that ctrl+c behind them is seen.
	ahead = 64
)

// input is what a client sends, read by one goroutine, so that whoever reads it stops when the session does, whether the
// client does or not.
type input struct {
	session *session
	chunks  chan []byte
	rest    []byte
	// keyboard says that a person types it for a command, and ctrl+c and ctrl+d mean what they do elsewhere.
	keyboard bool
	board    bool
	idle     *time.Timer
	hours    *time.Timer
	due      time.Time // when what has been read would have been at the rate of input
	running  sync.WaitGroup
}

// listen begins to read. The session ends after so many minutes without anything read, whatever is written meanwhile,
// and after so many hours in any case.
func (x *session) listen(channel ssh.Session) *input {
	in := &input{session: x, chunks: make(chan []byte)}
	in.board = x.screen.there && channel.RawCommand() == ""
	if in.keyboard = x.screen.there && !in.board; in.keyboard {
		in.chunks = make(chan []byte, ahead)
	}
	g := x.guardian
	in.idle = time.AfterFunc(x.server.minute*time.Duration(x.limits.IdleMinutes), g.guarded("timer", func() { x.cancel(ErrIdle) }))
	in.hours = time.AfterFunc(time.Duration(x.limits.SessionHours)*x.server.hour, g.guarded("timer", func() { x.cancel(ErrTooLong) }))
	in.running.Go(g.guarded("pump", func() { in.pump(channel) }))
	return in
}

// wait returns when nothing is read any more: the channel is closed.
func (in *input) wait() {
	in.running.Wait()
	in.idle.Stop()
	in.hours.Stop()
}

// pump reads until the channel is closed or ends. What nobody takes is not read: the client waits.
func (in *input) pump(channel ssh.Session) {
	x, chunks := in.session, in.chunks
	end := func() {
		if chunks != nil {
			close(chunks)
			chunks = nil
		}
	}
	defer end()
	for {
		b := make([]byte, chunk)
		n, err := channel.Read(b)
		if b = b[:n]; n > 0 {
			in.touch()
		}
		if in.keyboard {
			var over bool
			if b, over = in.typed(b); over {
				in.pass(chunks, b)
				end()
			}
		}
		in.pass(chunks, b)
		if err == nil {
			continue
		}
		// A file that was cut off must not look like a whole one: only a client that still answers has sent all.
		if !in.board {
			if _, err := channel.SendRequest("keepalive@openssh.com", true, nil); err != nil {
				x.cancel(errGone)
			}
		}
		return
	}
}

// touch says that the client is there.
func (in *input) touch() {
	in.idle.Reset(in.session.server.minute * time.Duration(in.session.limits.IdleMinutes))
}

// pass hands on what was read, at the rate of input; nobody takes it any more when the session is over, or its input is.
func (in *input) pass(chunks chan<- []byte, b []byte) {
	if len(b) == 0 || chunks == nil {
		return
	}
	select {
	case chunks <- b:
	case <-in.session.ctx.Done():
	}
	if in.board || in.keyboard {
		in.pause(len(b))
	}
}

// typed is what a person's keys mean to a command.
func (in *input) typed(b []byte) (_ []byte, over bool) {
	if bytes.IndexByte(b, 0x03) >= 0 {
		in.session.cancel(errDone)
	}
	if at := bytes.IndexByte(b, 0x04); at >= 0 {
		b, over = b[:at], true
	}
	return bytes.ReplaceAll(b, []byte{'\r'}, []byte{'\n'}), over
}

// burst is how much of the rate may come at once: keys that are held down, or a short paste, do not wait.
const burst = time.Second / 4

// pause keeps to the rate of input: it waits for the time that n bytes take.
func (in *input) pause(n int) {
	now := time.Now()
	if in.due.Before(now) {
		in.due = now
	}
	in.due = in.due.Add(time.Duration(n) * time.Second / time.Duration(in.session.limits.InputBytes))
	wait := in.due.Sub(now) - burst
	if wait <= 0 {
		return
	}
	t := time.NewTimer(wait)
	defer t.Stop()
	select {
	case <-t.C:
	case <-in.session.ctx.Done():
	}
}

// Read gives what the client has sent, io.EOF at its end; when the session ends first, a board's input ends too, and a
// command gets an error, as what it has is not all.
func (in *input) Read(b []byte) (int, error) {
	for len(in.rest) == 0 {
		select {
		case c, ok := <-in.chunks:
			if !ok {
				return 0, in.end()
			}
			in.rest = c
		case <-in.session.ctx.Done():
			return 0, in.end()
		}
	}
	n := copy(b, in.rest)
	in.rest = in.rest[n:]
	return n, nil
}

func (in *input) end() error {
	if !in.board && in.session.ctx.Err() != nil {
		return context.Canceled
	}
	return io.EOF
}

// output writes to a client, in pieces that each must be taken within the watchdog's time: else the connection is
// closed, and with it all that waits for this client.
type output struct {
	w  io.Writer
	in *input
}

func (o output) Write(b []byte) (n int, err error) {
	g := o.in.session.guardian
	for len(b) > 0 {
		part := b[:min(len(b), piece)]
		dog := g.after(g.server.stall, "stalled")
		m, err := o.w.Write(part)
		dog.Stop()
		n += m
		if err != nil {
			return n, err
		}
		b = b[len(part):]
		if !o.in.board { // who fetches much over a slow line is there; a board is written to without anybody
			o.in.touch()
		}
	}
	return n, nil
}
