// Package board runs the board on one terminal: the one at hand and the one of a session that is served alike. It joins
// the screens, the terminal and what the configuration says; who sits there and on which store is given to it.
package board

import (
	"cmp"
	"context"
	"crypto/rand"
	"io"
	"time"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/config"
	"board.internal/samverkan/ui/screen"
	"board.internal/samverkan/ui/terminal"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
)

// grace is how long the first frame waits for the board: one of ordinary size is there by then.
const grace = 12 * time.Millisecond

// Options are who sits at a board, on which store, and how it looks.
type Options struct {
	Config    *config.Config
	Texts     *text.Texts
	Catalogue *model.Catalogue
	Lexicon   *model.Lexicon
	Store     *store.Store
	Actor     model.Actor
	Look      theme.Options
	Now       func() time.Time
	// Environ is the session's environment, which tells whether the terminal has a title and a bell.
	Environ []string
	// Explain is the sentence for any error; nil leaves it to Texts.
	Explain func(error) string
	// Exercise: the store is thrown away after. Wall has the board go from screen to screen by itself.
	Exercise, Wall bool
	// Served: the person sits at another machine and has been let in by a key. No file of this one is named, nothing is
	// suspended, and nobody else takes the desk. Begun is what an earlier session left unsaved; see app.Session.
	Served bool
	Begun  map[app.Draft]string
}

// Look is what a terminal shows, by its environment and the configuration.
func Look(environ []string, c *config.Config) theme.Options {
	look := terminal.Look(environ, true)
	look.ASCII = look.ASCII || c.ASCII
	look.NoColor = look.NoColor || c.Theme == "mono"
	look.Dark = c.Theme == "dark" || look.Dark && c.Theme != "light"
	return look
}

// Run runs the board on a terminal until it is left. It returns the board as it was left, and why it
// ended: nil when the person left, what terminal.Run says, or why the store could not be read. No write is
// under way any more then.
func Run(ctx context.Context, o Options, t terminal.Options) (*app.App, error) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	s := session(o)
	out := terminal.Stdout()
	if t.Out != nil {
		out = &terminal.Bell{Out: t.Out}
	}
	title, bell := terminal.Signals(o.Environ)
	s.Title = title && o.Config.Desk.Title && !o.Wall
	if bell && o.Config.Desk.Bell {
		if s.Ring = out.Ring; t.Out != nil {
			t.Out = out
		}
	}
	a := app.New(ctx, s, o.Catalogue, grace)
	if a.Err() != nil {
		return a, a.Err()
	}
	if s.Title {
		_, _ = io.WriteString(out, terminal.KeepTitle) // where nobody reads any more, there is no title to keep
		defer io.WriteString(out, terminal.BackTitle)
	}
	err := terminal.Run(ctx, a, t)
	a.Rest()
	return a, cmp.Or(err, a.Err())
}

func session(o Options) *app.Session {
	keys, _ := action.Remap(o.Config.Keys) // which have passed their check
	s := &app.Session{
		Keys:  keys,
		Texts: o.Texts, Theme: theme.New(o.Look), Store: o.Store, Actor: o.Actor, Lexicon: o.Lexicon, Now: o.Now, Explain: o.Explain,
		Suggest: o.Config.SuggestAgencies, Exercise: o.Exercise, Present: true, Local: !o.Served, Own: o.Served, Begun: o.Begun,
		Root: screen.Root, Welcome: screen.Welcome, Global: screen.Global,
		Random: rand.Reader, Lock: screen.Lock, LockAfter: time.Duration(o.Config.Desk.LockMinutes) * time.Minute,
	}
	if o.Wall {
		s.Wall = &app.Wall{Every: time.Duration(o.Config.Wall.Seconds) * time.Second,
			Rest: time.Duration(o.Config.Wall.RestSeconds) * time.Second, Stop: screen.Tour}
	}
	return s
}
