// Package cli is the command line: one tree of commands that a shell, a script and an SSH session use alike. It
// touches nothing of the process (arguments, files of the terminal, environment, exit): all of that comes in as
// Options and goes out as an exit code.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"runtime/debug"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/ui/config"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
)

// The exit codes; scripts rely on them.
const (
	ExitDone       = 0
	ExitUnexpected = 1
	ExitInvalid    = 2 // wrong usage or input
	ExitNotFound   = 3
	ExitRefused    = 4 // by a rule, or a conflict
	ExitForbidden  = 5
	ExitAway       = 6 // the store is busy or away
	ExitDamaged    = 7
)

// Options are everything a run of the program takes from outside.
type Options struct {
	// Args are the arguments without the program's name.
	Args []string
	In   io.Reader
	Out  io.Writer
	Err  io.Writer
	// Environ is the environment as "NAME=value"; the last of a name counts.
	Environ []string
	Now     func() time.Time
	// User is the operating system's user, Home the user's folder ("" for none), Terminal where from, for
	// the journal.
	User, Home, Terminal string
	// Screen says that In and Out are a terminal that a board can be drawn on, ErrScreen that Err is one.
	Screen, ErrScreen bool
	// Width is how many cells a line of Out has, 0 when Out is no terminal: then nothing is cut or wrapped.
	Width int
	// Remote says that the caller sits at another machine: whatever names a file or an identity is refused.
	Remote bool
	// Served is who has come in over SSH and what it works with, nil at this machine. With it the caller is remote.
	Served *Served
	// Open returns the engine of the store at a path; Inspect one that reads a file and leaves nothing beside it.
	Open, Inspect func(path string, wait time.Duration) (store.Engine, error)
	// Holder tells who holds a busy store, as far as the driver's error says.
	Holder func(error) (Holder, bool)
	// Board opens the board on the screen and returns when it is closed.
	Board func(ctx context.Context, s Session) error
	// Serve serves the board over SSH until ctx ends; Check reports what keeps a server from working, and returns the
	// fingerprint of its key. An error of theirs may say itself: see told.
	Serve func(ctx context.Context, s Serving) error
	Check func(ctx context.Context, s Serving) (string, error)
	// Version is the program's version when the build does not know.
	Version string
}

// Holder is a process that holds the store. Only PID is always known.
type Holder struct {
	PID           int
	User, Command string
	Since         time.Time
}

// Session is what a board needs: the program's options as the command line, the environment and the configuration
// settle them together.
type Session struct {
	Config *config.Config
	Texts  *text.Texts
	// Catalogue is the configuration's, in an exercise with offices and capacities made up; Lexicon has its words.
	Catalogue *model.Catalogue
	Lexicon   *model.Lexicon
	// Store is open; whoever opened it closes it.
	Store *store.Store
	Actor model.Actor
	// Exercise says that the store is thrown away when the board is closed.
	Exercise bool
	// Wall has the board go from screen to screen by itself.
	Wall bool
	// Explain is the sentence for any error.
	Explain func(error) string
	// ASCII and NoColor are what the user asked for; the terminal may need it anyway.
	ASCII, NoColor bool
	Environ        []string
	Now            func() time.Time
}

var (
	// ErrDemo is what Board returns when the person asked for the throwaway demo: it is opened in its place.
	ErrDemo = errors.New("open the demo")
	// ErrEnded is what Board returns when its terminal has gone or a signal has ended it: there is nobody to be told.
	ErrEnded = errors.New("ended from outside")
)

// Run carries out one command line and returns the exit code. Every error has been said on opts.Err, in one line. A panic
// is one too, but over SSH: there it is the server's to log where it was, and to tell the caller nothing of what about.
func Run(ctx context.Context, opts Options) (code int) {
	p := &program{Options: opts, out: &output{w: opts.Out}}
	defer func() {
		if p.Served != nil {
			p.close() // what a panic has left open, and nothing else
			return
		}
		if v := recover(); v != nil {
			code = p.fail(fmt.Errorf("panic: %v", v))
			p.note(debugStack(p.env("SAMVERKAN_DEBUG")))
		}
	}()
	defer func() {
		if p.over != nil {
			p.over()
		}
	}()
	p.prepare()
	if err := p.hidden(); err != nil {
		return p.fail(err)
	}
	root := p.tree()
	root.SetArgs(p.Args)
	root.SetIn(opts.In)
	root.SetOut(p.out)
	root.SetErr(opts.Err)
	if err := root.ExecuteContext(ctx); err != nil {
		code = p.fail(err) // before close, which may wait for whoever holds the store
		p.close()
		return code
	}
	if err := p.close(); err != nil {
		return p.fail(err)
	}
	if p.out.err != nil {
		return p.fail(p.out.err)
	}
	return ExitDone
}

// debugStack is the stack of a panic for who asks for it; nobody else is to see one.
func debugStack(wanted string) string {
	if wanted == "" {
		return ""
	}
	return string(debug.Stack())
}

// program is one run.
type program struct {
	Options
	flags globals
	out   *output
	texts *text.Texts
	cfg   *config.Config
	// cfgErr is why there is no configuration; it is told by the first command that needs one.
	cfgErr  error
	cat     *model.Catalogue
	lexicon *model.Lexicon
	actor   model.Actor
	path    string
	store   *store.Store
	// at is the moment that is looked back at, as it was typed, nil for now; live is the store of now then.
	at   *string
	live *store.Store
	// shared says that the store is the server's, and stays open.
	shared bool
	// over ends the turn of a heavy command, nil when there is none.
	over func()
	// commands are the tree's, in the order of the help page.
	commands []*cobra.Command
}

func (p *program) env(name string) string { return lookup(p.Environ, name) }

func lookup(environ []string, name string) string {
	for i := len(environ) - 1; i >= 0; i-- {
		if key, value, ok := strings.Cut(environ[i], "="); ok && key == name {
			return value
		}
	}
	return ""
}

// output remembers that writing failed, so that a command need not look after every line.
type output struct {
	w   io.Writer
	err error
}

func (o *output) Write(b []byte) (int, error) {
	if o.err != nil {
		return 0, o.err
	}
	n, err := o.w.Write(b)
	if err != nil {
		o.err = &outputError{err}
	}
	return n, o.err
}

// outputError is a failure to write the output: a full disk, a reader that has gone.
type outputError struct{ error }

func (e *outputError) Unwrap() error { return e.error }

// print writes one line of plain output. Everything that is printed for people passes here or through table.
func (p *program) print(line string) { fmt.Fprintln(p.out, p.plain(line)) }

// note writes one line beside the output, for people only.
func (p *program) note(line string) {
	if line != "" {
		fmt.Fprintln(p.Err, p.plain(line))
	}
}

// body writes a line that starts so many cells in, wrapped at words where the output is a terminal; what it is
// indented itself, all of it is.
func (p *program) body(indent int, line string) {
	text := strings.TrimLeft(line, " ")
	indent += len(line) - len(text)
	cells := math.MaxInt
	if p.Width > 0 {
		cells = max(p.Width-indent, leastRoom)
	}
	for _, piece := range p.safe(text).Wrap(cells) {
		fmt.Fprintln(p.out, strings.Repeat(" ", indent)+piece.String())
	}
}

// plain makes a line safe for any terminal.
func (p *program) plain(line string) string { return p.safe(line).String() }

// safe is a line that any terminal can be given. It may be longer than safe looks at in one piece: a note is.
func (p *program) safe(line string) safe.Text {
	const piece = 4000
	var pieces []safe.Text
	for len(line) > 0 {
		end := min(len(line), piece)
		for end < len(line) && end > piece-utf8.UTFMax && !utf8.RuneStart(line[end]) {
			end--
		}
		t := safe.Of(line[:end])
		if p.flags.ascii {
			t = t.ASCII(true)
		}
		pieces = append(pieces, t)
		line = line[end:]
	}
	return safe.Join(pieces...)
}

// say fills one of the command line's lines.
func (p *program) say(key string, pairs ...string) string {
	return text.Fill(p.texts.CLI.Say[key], pairs...)
}

// count fills a line that says how many.
func (p *program) count(key string, n int, pairs ...string) string {
	forms := p.texts.CLI.Count[key]
	form := forms[len(forms)-1]
	if n == 1 {
		form = forms[0]
	}
	return text.Fill(form, append(pairs, "n", strconv.Itoa(n))...)
}

func (p *program) head(key string) string { return p.texts.CLI.Head[key] }
