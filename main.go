// Samverkan is a board for joint-agency efforts against organised crime: a screen, commands and one file.
//
// This file wires: it gives the command line what a process has, and names the store's driver.
package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"os/user"
	"strconv"
	"sync"
	"syscall"
	"time"

	"github.com/charmbracelet/x/term"

	"board.internal/samverkan/store"
	"board.internal/samverkan/store/bolt"
	"board.internal/samverkan/ui/board"
	"board.internal/samverkan/ui/cli"
	"board.internal/samverkan/ui/config"
	_ "board.internal/samverkan/ui/quiet" // before anything asks the terminal
	"board.internal/samverkan/ui/screen"
	"board.internal/samverkan/ui/ssh"
	"board.internal/samverkan/ui/terminal"
	"board.internal/samverkan/ui/text"
)

const version = "0.1.0"

func main() { os.Exit(run()) }

func run() int {
	again, ends := make(chan os.Signal, 1), []os.Signal{os.Interrupt, syscall.SIGTERM}
	if cli.CommandOf(os.Args[1:]) == "serve" {
		signal.Notify(again, syscall.SIGHUP) // a hang-up does not end a server, nor its start: the configuration is read again
	} else {
		ends = append(ends, syscall.SIGHUP)
	}
	ctx, stop := signal.NotifyContext(context.Background(), ends...)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	home, _ := os.UserHomeDir()
	opts := cli.Options{
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
		Board:     local,
		Check:     func(ctx context.Context, s cli.Serving) (string, error) { return ssh.Check(ctx, s.Config) },
		Version:   version,
	}
	opts.Serve = func(ctx context.Context, s cli.Serving) error { return serve(ctx, again, s, opts) }
	return cli.Run(ctx, opts)
}

// serve serves the board over SSH until ctx ends. Commands are those of this command line, on the one store.
func serve(ctx context.Context, again <-chan os.Signal, s cli.Serving, opts cli.Options) error {
	var server *ssh.Server
	turns := cli.NewTurns()
	log := ssh.NewLog(opts.Err, s.Config.Server.Log)
	command := func(ctx context.Context, c ssh.Caller, l ssh.Line) int {
		return cli.Run(ctx, cli.Options{Args: l.Args, In: l.In, Out: l.Out, Err: l.Err, Width: l.Width, Environ: c.Environ,
			Served: &cli.Served{Config: server.Config(), Store: s.Store, Officer: c.Officer, From: "ssh " + c.From, Turns: turns},
			Now:    opts.Now, Open: opts.Open, Inspect: opts.Inspect, Holder: opts.Holder, Version: opts.Version})
	}
	met := ssh.StoreFaults(log)
	explain := func(t *text.Texts, err error) string {
		met(err)
		return s.Explain(t, err)
	}
	house := ssh.NewHouse(ssh.HouseOptions{Store: s.Store, Catalogue: s.Catalogue, Lexicon: s.Lexicon, Explain: explain, Now: opts.Now,
		Config: func() *config.Config { return server.Config() }})
	server, err := ssh.New(ssh.Options{Config: s.Config, Log: log, Command: command, CommandOf: cli.CommandOf, Board: house.Board})
	if err != nil {
		return err
	}
	var reading sync.WaitGroup
	defer reading.Wait()
	ended, end := context.WithCancel(ctx)
	defer end()
	reading.Go(func() {
		for {
			select {
			case <-ended.Done():
				return
			case <-again:
			}
			cfg, err := s.Reload()
			if err == nil {
				err = server.Reload(cfg)
			}
			if err != nil {
				log.Error("configuration kept as it was", "err", err)
			}
		}
	})
	return server.Serve(ctx)
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

// local opens the board on the terminal at hand.
func local(signals context.Context, s cli.Session) error {
	look := board.Look(s.Environ, s.Config)
	look.ASCII = look.ASCII || s.ASCII
	look.NoColor = look.NoColor || s.NoColor
	a, err := board.Run(signals, board.Options{
		Config: s.Config, Texts: s.Texts, Catalogue: s.Catalogue, Lexicon: s.Lexicon, Store: s.Store, Actor: s.Actor, Look: look,
		Now: s.Now, Explain: s.Explain, Exercise: s.Exercise, Wall: s.Wall, Environ: s.Environ,
	}, terminal.Options{})
	switch {
	case signals.Err() != nil, errors.Is(err, terminal.ErrHangUp), errors.Is(err, terminal.ErrStopped):
		return cli.ErrEnded
	case err == nil && a.Ended() == screen.Demo:
		return cli.ErrDemo
	}
	return err
}
