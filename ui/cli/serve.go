package cli

import (
	"cmp"
	"context"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/ui/config"
	"board.internal/samverkan/ui/text"
)

// Serving is what a server works with: the program's options as the command line, the environment and the
// configuration settle them together.
type Serving struct {
	// Config has the address, the host key and the store's path settled; Reload reads it again in the same way.
	Config *config.Config
	Reload func() (*config.Config, error)
	// Store is open; whoever opened it closes it. Catalogue is what it was opened with, Lexicon has its words.
	Store     *store.Store
	Catalogue *model.Catalogue
	Lexicon   *model.Lexicon
	// Explain is the sentence for any error of a caller's, in a language.
	Explain func(t *text.Texts, err error) string
}

func (p *program) serve() *cobra.Command {
	var listen *string
	var check *bool
	cmd := p.command("serve", 0, 0, func(ctx context.Context, _ []string) error {
		if err := p.settle(); err != nil {
			return err
		}
		if err := p.actor.Writes(); err != nil {
			return err
		}
		cfg, err := p.server(p.cfg, *listen)
		if err != nil {
			return err
		}
		open := p.Open
		if *check {
			open = p.Inspect
		}
		if err := p.openAt(p.path, open); err != nil {
			return err
		}
		if _, err := p.store.Load(ctx); err != nil {
			return err
		}
		s := Serving{Config: cfg, Store: p.store, Catalogue: p.cat, Lexicon: p.lexicon, Explain: p.explainTo, Reload: func() (*config.Config, error) {
			fresh, err := config.Load(p.settings())
			if err != nil {
				return nil, err
			}
			return p.server(fresh, *listen)
		}}
		if !*check {
			return p.Serve(ctx, s)
		}
		key, err := p.Check(ctx, s)
		if err == nil {
			p.print(p.say("serves", "address", cfg.Server.Listen, "key", key))
		}
		return err
	})
	listen, check = p.stringFlag(cmd, "listen"), p.boolFlag(cmd, "check")
	cmd.ValidArgsFunction = cobra.NoFileCompletions
	return cmd
}

// server is a configuration for serving: --listen wins over its address, and the host key lies beside the store unless
// it says where.
func (p *program) server(cfg *config.Config, listen string) (*config.Config, error) {
	if listen != "" && !config.IsAddress(listen) {
		return nil, &config.Problems{List: []config.Problem{{Key: "--listen", Why: config.BadAddress, Args: []string{"value", listen}}}}
	}
	c := *cfg
	c.Store.Path = c.StorePath(p.settings())
	c.Server.Listen = cmp.Or(listen, c.Server.Listen)
	if below, ok := strings.CutPrefix(c.Server.HostKey, "~/"); ok && p.Home != "" {
		c.Server.HostKey = filepath.Join(p.Home, below)
	}
	c.Server.HostKey = cmp.Or(c.Server.HostKey, c.Store.Path+".host_key")
	return &c, nil
}

// explainTo explains an error to a caller: in their language, and without where the server's files are.
func (p *program) explainTo(t *text.Texts, err error) string {
	theirs := *p
	theirs.texts, theirs.actor, theirs.path = t, model.Actor{}, filepath.Base(p.path)
	sentence, _ := theirs.explain(err)
	return sentence
}
