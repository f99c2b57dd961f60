package cli

import (
	"context"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"board.internal/samverkan/model"
)

// heavyAtOnce is how many commands that hold a whole board in memory, or read all of it, a server carries out at once.
const heavyAtOnce = 2

// longestTurn is for how long others wait for a heavy command: it takes a second at most, unless its caller is slow to send
// or to take. One may also wait for another of the same officer's, as in export | import.
const longestTurn = 5 * time.Second

// Turns keeps callers of a server from taking all of its memory: heavy commands wait for each other, one of an officer's
// own first. The zero value is of no use; NewTurns makes them.
type Turns struct {
	all     chan struct{}
	longest time.Duration
	mu      sync.Mutex
	own     map[model.OfficerID]*turn
}

// turn is one officer's; it is forgotten when nobody holds it or waits for it.
type turn struct {
	free  chan struct{}
	users int
}

// NewTurns returns the turns of one server.
func NewTurns() *Turns {
	return &Turns{all: make(chan struct{}, heavyAtOnce), longest: longestTurn, own: map[model.OfficerID]*turn{}}
}

// Take waits until it is the officer's turn, and returns what ends it; after a while it ends by itself, and the command goes
// on beside others. Its error is that of ctx, which ended first.
func (t *Turns) Take(ctx context.Context, officer model.OfficerID) (done func(), err error) {
	t.mu.Lock()
	own := t.own[officer]
	if own == nil {
		own = &turn{free: make(chan struct{}, 1)}
		t.own[officer] = own
	}
	own.users++
	t.mu.Unlock()
	leave := func() {
		t.mu.Lock()
		defer t.mu.Unlock()
		if own.users--; own.users == 0 {
			delete(t.own, officer)
		}
	}
	if err := enter(ctx, own.free); err != nil {
		leave()
		return nil, err
	}
	if err := enter(ctx, t.all); err != nil {
		<-own.free
		leave()
		return nil, err
	}
	end := sync.OnceFunc(func() {
		<-t.all
		<-own.free
		leave()
	})
	late := time.AfterFunc(t.longest, end)
	return func() {
		late.Stop()
		end()
	}, nil
}

// enter waits for room.
func enter(ctx context.Context, room chan struct{}) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case room <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// heavy reports whether a command reads all of the board or all of its journal, or makes a board of its own. import, which
// takes its turn when it has asked for the right to, is another one.
func heavy(cmd *cobra.Command, args []string) bool {
	switch cmd.Name() {
	case "export", "verify", "report", "handover", "minutes":
		return true
	case "journal":
		if len(args) == 0 {
			return true
		}
	}
	for _, name := range []string{"at", "public-room"} {
		if f := cmd.Flags().Lookup(name); f != nil && f.Changed {
			return true
		}
	}
	return false
}

// turn waits over SSH for the turn of a heavy command; it ends with the program.
func (p *program) turn(ctx context.Context) (err error) {
	if p.Served == nil || p.Served.Turns == nil || p.over != nil {
		return nil
	}
	p.over, err = p.Served.Turns.Take(ctx, p.Served.Officer)
	return err
}
