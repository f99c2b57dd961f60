// Samverkan is a board for joint-agency efforts against organised crime: a screen, commands and one file.
//
// This file wires: it gives the command line what a process has, and names the store's driver.
package main

import (
	"context"
	"crypto/rand"
	"errors"
	"os"
	"os/signal"
	"os/user"
	"strconv"
	"syscall"
	"time"

	"github.com/charmbracelet/x/term"

	"board.internal/samverkan/store"
	"board.internal/samverkan/store/bolt"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/cli"
	_ "board.internal/samverkan/ui/quiet" // before anything asks the terminal
	"board.internal/samverkan/ui/screen"
	"board.internal/samverkan/ui/terminal"
	"board.internal/samverkan/ui/theme"
)

const version = "0.1.0"

func main() { os.Exit(run()) }

func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	home, _ := os.UserHomeDir()
	return cli.Run(ctx, cli.Options{
		Args:      os.Args[1:],
		In:        os.Stdin,
		Out:       os.Stdout,
		Err:       os.Stderr,
		Environ:   os.Environ(),
		Now:       time.Now,
		User:      userName(),
		Home:      home,
		Terminal:  terminal.Name(os.Stdin),
		Screen:    term.IsTerminal(os.Stdout.Fd()),
		ErrScreen: term.IsTerminal(os.Stderr.Fd()),
		Width:     width(os.Stdout),
		Open:      driver(bolt.Open),
		Inspect:   driver(bolt.Inspect),
		Holder:    holder,
		Board:     board,
		Version:   version,
	})
}

// width is how many cells a line of a terminal has, 0 when the file is none.
func width(f *os.File) int {
	cells, _, err := term.GetSize(f.Fd())
	if err != nil {
		return 0
	}
	return cells
}

// userName is the operating system's user; one without a name is known by number.
func userName() string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return strconv.Itoa(os.Getuid())
}

// driver makes a driver's way to open a store one of the command line's.
func driver(open func(string, bolt.Options) (*bolt.Engine, error)) func(string, time.Duration) (store.Engine, error) {
	return func(path string, wait time.Duration) (store.Engine, error) {
		e, err := open(path, bolt.Options{Wait: wait, Command: "samverkan"})
		if err != nil {
			return nil, err // not a nil *bolt.Engine in an interface
		}
		return e, nil
	}
}

// holder says who holds a busy store.
func holder(err error) (cli.Holder, bool) {
	var busy *bolt.Busy
	if !errors.As(err, &busy) {
		return cli.Holder{}, false
	}
	h := busy.Holder
	return cli.Holder{PID: h.PID, User: h.User, Command: h.Command, Since: h.Since}, true
}

// grace is how long the first frame waits for the board: one of ordinary size is there by then.
const grace = 12 * time.Millisecond

// board opens the board on the terminal at hand.
func board(signals context.Context, s cli.Session) error {
	look := terminal.Look(s.Environ, true)
	look.ASCII = look.ASCII || s.ASCII
	look.NoColor = look.NoColor || s.NoColor || s.Config.Theme == "mono"
	if s.Config.Theme == "light" {
		look.Dark = false
	}
	ctx, stop := context.WithCancel(signals)
	defer stop()
	var wall *app.Wall
	if s.Wall {
		wall = &app.Wall{Every: time.Duration(s.Config.Wall.Seconds) * time.Second,
			Rest: time.Duration(s.Config.Wall.RestSeconds) * time.Second, Stop: screen.Tour}
	}
	a := app.New(ctx, &app.Session{
		Texts: s.Texts, Theme: theme.New(look), Store: s.Store, Actor: s.Actor, Lexicon: s.Lexicon, Now: s.Now, Local: true, Present: true, Wall: wall,
		Suggest: s.Config.SuggestAgencies, Exercise: s.Exercise, Explain: s.Explain, Root: screen.Root, Welcome: screen.Welcome, Global: screen.Global,
		Random: rand.Reader, Lock: screen.Lock, LockAfter: time.Duration(s.Config.Desk.LockMinutes) * time.Minute,
	}, s.Catalogue, grace)
	if a.Err() != nil {
		return a.Err()
	}
	switch err := terminal.Run(ctx, a, terminal.Options{}); {
	case signals.Err() != nil, errors.Is(err, terminal.ErrHangUp), errors.Is(err, terminal.ErrStopped):
		return cli.ErrEnded
	case err != nil:
		return err
	}
	if a.Ended() == screen.Demo {
		return cli.ErrDemo
	}
	return a.Err()
}
