package cli

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strconv"

	"github.com/spf13/cobra"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/ui/exchange"
)

func (p *program) verify() *cobra.Command {
	verify := func(ctx context.Context, args []string) error {
		if len(args) == 0 {
			if err := p.open(); err != nil {
				return err
			}
		} else if err := p.openFile(args[0]); err != nil {
			return err
		}
		v, err := p.store.Verify(ctx)
		if err != nil {
			return err
		}
		if v.Entries == 0 {
			v.Head = ""
		}
		if p.flags.json {
			return exchange.Print(p.out, verdict{v.Entries, v.Efforts, v.Head})
		}
		p.print(p.say("whole", "entries", p.count("entries", v.Entries), "efforts", p.count("efforts", v.Efforts), "head", p.known(v.Head)))
		if end := (store.Head{Seq: uint64(v.Entries), Hash: v.Head}); v.Entries > 0 {
			p.print(p.say("head", "n", strconv.Itoa(v.Entries), "hash", end.Short()))
		}
		return nil
	}
	own := p.there(verify)
	return p.jsonFlag(p.command("verify", 0, 1, func(ctx context.Context, args []string) error {
		if len(args) == 0 {
			return own(ctx, args)
		}
		err := verify(ctx, args)
		if errors.Is(err, store.ErrDamaged) {
			return &wrong{notWhole(err), []string{"file", args[0], "cause", cause(err)}, ExitDamaged}
		}
		return err
	}))
}

// openFile opens a store's file that is named, and leaves nothing beside it.
func (p *program) openFile(path string) error {
	if err := p.settle(); err != nil {
		return err
	}
	if info, err := os.Stat(path); err != nil {
		return fileError(path, err)
	} else if info.IsDir() {
		return usage("folder", "file", path)
	}
	return p.openAt(path, p.Inspect)
}

// verdict is what was found of a whole board; Head is the hash that its journal ends in, "" when it is empty.
type verdict struct {
	Entries int    `json:"entries"`
	Efforts int    `json:"efforts"`
	Head    string `json:"head"`
}

// notWhole is the sentence for a file that was to be checked and is no whole store: it is none at all, or is damaged.
func notWhole(err error) string {
	if errors.Is(err, store.ErrForeign) {
		return "stranger"
	}
	return "copy_damaged"
}

func (p *program) backup() *cobra.Command {
	return p.command("backup", 1, 1, p.withStore(func(ctx context.Context, args []string) error {
		if err := newFile(args[0]); err != nil {
			return err
		}
		switch err := p.store.Backup(ctx, args[0]); {
		case errors.Is(err, store.ErrCopy):
			return fileError(args[0], err)
		case errors.Is(err, fs.ErrNotExist):
			return &wrong{"no_store", []string{"path", p.path}, ExitNotFound}
		case err != nil:
			return err
		}
		p.print(p.say("backed", "file", args[0]))
		return nil
	}))
}

// settings are what the program works with, and where that is from.
type settings struct {
	File    string           `json:"file"`
	Store   string           `json:"store"`
	Officer model.OfficerID  `json:"officer"`
	Role    model.Role       `json:"role"`
	Agency  model.AgencyCode `json:"agency"`
	Config  map[string]any   `json:"config"`
}

// config prints the configuration as a file that can be used as it is; where it is from is said in comments.
func (p *program) config() *cobra.Command {
	var roles *bool
	cmd := p.command("config", 0, 0, func(context.Context, []string) error {
		if err := p.settle(); err != nil {
			return err
		}
		if *roles {
			return p.printRoles()
		}
		effective, err := p.cfg.Effective(p.settings())
		if err != nil {
			return err
		}
		if p.flags.json {
			table, err := effective.Table()
			if err != nil {
				return err
			}
			return exchange.Print(p.out, settings{p.cfg.File, p.path, p.actor.Officer, p.actor.Role, p.actor.Agency, table})
		}
		file, err := effective.TOML()
		if err != nil {
			return err
		}
		from := p.say("config_default")
		if p.cfg.File != "" {
			from = p.say("config_from", "file", p.cfg.File)
		}
		agency := ""
		if p.actor.Agency != "" {
			agency = ", " + string(p.actor.Agency)
		}
		p.print("# " + from)
		p.print("# " + p.say("config_store", "path", p.path))
		p.print("# " + p.say("config_officer", "officer", string(p.actor.Officer), "role", p.texts.Words.Role[p.actor.Role.String()], "agency", agency))
		p.print("")
		p.lines(string(file))
		return nil
	})
	roles = p.boolFlag(cmd, "roles")
	return p.jsonFlag(cmd)
}
