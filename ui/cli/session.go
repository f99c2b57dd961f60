package cli

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/ui/config"
	"board.internal/samverkan/ui/demo"
	"board.internal/samverkan/ui/text"
)

// settings is what the flags and the environment say about the configuration.
func (p *program) settings() config.Options {
	return config.Options{File: p.flags.config, Store: p.flags.store, As: p.flags.as, Agency: p.flags.agency,
		Lang: p.flags.lang, Env: p.env, Home: p.Home}
}

// configure reads the configuration; what is wrong with it is told when a command needs it.
func (p *program) configure() {
	if p.Served != nil {
		p.cfg = p.Served.Config
		return
	}
	p.cfg, p.cfgErr = config.Load(p.settings())
}

// settle works out what the command works with: catalogue, words, officer, place of the store.
func (p *program) settle() error {
	if p.cfg == nil && p.cfgErr == nil {
		p.configure()
	}
	if p.cfgErr != nil {
		return p.cfgErr
	}
	p.cat = p.cfg.Catalogue()
	p.lexicon = text.Lexicon(p.cat)
	p.flags.ascii = p.flags.ascii || p.cfg.ASCII
	var err error
	if p.Served != nil {
		p.path = filepath.Base(p.cfg.Store.Path) // where it lies at the server is nobody's business
		p.actor, err = p.Served.actor(p.flags.reads())
		return err
	}
	p.path = p.cfg.StorePath(p.settings())
	p.actor, err = p.cfg.Actor(p.settings(), p.User, p.Terminal, p.flags.reads())
	return err
}

// open settles and opens the store. Nothing is read or created before the first command.
func (p *program) open() error {
	if err := p.settle(); err != nil {
		return err
	}
	if p.Served != nil {
		return p.Served.open(p)
	}
	return p.openAt(p.path, p.opener())
}

// opener is how the board's store is opened: for who may only read so that nothing is written or left, not even by a
// step to a newer schema.
func (p *program) opener() opener {
	if p.flags.reads() {
		return p.Inspect
	}
	return p.Open
}

// opener makes the engine of a store's file; others are waited for as long as wait.
type opener func(path string, wait time.Duration) (store.Engine, error)

func (p *program) openAt(path string, open opener) error {
	p.path = path
	engine, err := open(path, time.Duration(p.cfg.Store.WaitSeconds)*time.Second)
	if err != nil {
		return err
	}
	opts := store.Options{Now: p.Now, Before: path}
	if p.flags.reads() {
		opts.Before = "" // a step to a newer schema is a write
	}
	if p.flags.publicRoom {
		opts.Veil = model.Veil{Focus: model.Individuals}
	}
	p.store = store.Open(engine, p.cat, opts)
	return nil
}

func (p *program) close() error {
	if p.store == nil {
		return nil
	}
	s, live := p.store, p.live
	p.store, p.live = nil, nil
	if live != nil { // from which the one of then has read
		defer s.Close()
		s = live
	}
	if p.shared {
		return nil
	}
	return s.Close()
}

// withStore is a command that works on the store.
func (p *program) withStore(fn run) run {
	return p.there(p.makingStore(fn))
}

// makingStore is a command that may be the first on a store.
func (p *program) makingStore(fn run) run {
	return func(ctx context.Context, args []string) error {
		if err := p.open(); err != nil {
			return err
		}
		if err := p.lookBack(ctx); err != nil {
			return err
		}
		return fn(ctx, args)
	}
}

// there is a command that says beside its output when there is no board where the user said it is: a path with a
// slip in it looks like a country without efforts.
func (p *program) there(fn run) run {
	return func(ctx context.Context, args []string) error {
		missing := false
		if cmp.Or(p.flags.store, p.env("SAMVERKAN_STORE")) != "" && !p.Remote && p.cfg != nil {
			_, err := os.Lstat(p.cfg.StorePath(p.settings()))
			missing = errors.Is(err, fs.ErrNotExist)
		}
		err := fn(ctx, args)
		if missing && (err == nil || model.FaultOf(err) == model.NotFound) {
			p.note(p.say("no_board", "path", p.path))
		}
		return err
	}
}

// board opens the board on the screen.
func (p *program) board(ctx context.Context) error {
	if !p.Screen {
		return usage("terminal")
	}
	if err := p.open(); err != nil {
		return err
	}
	err := p.onScreen(ctx, false)
	if !errors.Is(err, ErrDemo) {
		return err
	}
	if err := p.close(); err != nil {
		return err
	}
	return p.throwaway(ctx, demo.Efforts, 1)
}

func (p *program) onScreen(ctx context.Context, exercise bool) error {
	explain := func(err error) string {
		sentence, _ := p.explain(err)
		return sentence
	}
	return p.Board(ctx, Session{
		Explain: explain,
		Config:  p.cfg, Texts: p.texts, Catalogue: p.cat, Lexicon: p.lexicon, Store: p.store, Actor: p.actor, Exercise: exercise, Wall: p.flags.wall,
		ASCII: p.flags.ascii, NoColor: p.flags.noColor || p.env("NO_COLOR") != "", Environ: p.Environ, Now: p.Now,
	})
}

// effort returns the effort that an argument names.
func (p *program) effort(ctx context.Context, ref string) (*model.Effort, error) {
	if strings.TrimSpace(ref) == "" {
		return nil, usage("no_ref")
	}
	return p.store.Effort(ctx, ref)
}

// today is the date by the catalogue's zone.
func (p *program) today() model.Day { return p.cat.Today(model.StampOf(p.Now())) }

// asker is who a filter is for.
func (p *program) asker() model.Asker {
	return model.Asker{Agency: p.actor.Agency, Today: p.today(), Silent: p.cat.Silent}
}

// temporary makes a folder for a throwaway store; done removes it.
func temporary() (dir string, done func(), err error) {
	dir, err = os.MkdirTemp("", "samverkan-")
	if err != nil {
		return "", nil, err
	}
	return dir, func() { os.RemoveAll(dir) }, nil
}

// newFile reports why a new file cannot be made at a path: it is there already, or its folder is not.
func newFile(file string) error {
	if _, err := os.Lstat(file); err == nil {
		return fileError(file, fs.ErrExist)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return fileError(file, err)
	}
	if _, err := os.Stat(filepath.Dir(file)); err != nil {
		return fileError(filepath.Dir(file), err)
	}
	return nil
}
