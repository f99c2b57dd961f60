package cli

import (
	"context"
	"errors"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"board.internal/samverkan/store"
)

func (p *program) verify() *cobra.Command {
	verify := func(ctx context.Context, args []string) error {
		if err := p.settle(); err != nil {
			return err
		}
		path, open := p.path, p.Open
		if len(args) > 0 {
			path, open = args[0], p.Inspect
			if _, err := os.Stat(path); err != nil {
				return fileError(path, err)
			}
		}
		if err := p.openAt(path, open); err != nil {
			return err
		}
		v, err := p.store.Verify(ctx)
		if err != nil {
			return err
		}
		p.printVerdict(v)
		return nil
	}
	own := p.there(verify)
	return p.command("verify", 0, 1, func(ctx context.Context, args []string) error {
		if len(args) == 0 {
			return own(ctx, args)
		}
		err := verify(ctx, args)
		if errors.Is(err, store.ErrDamaged) {
			return &wrong{notWhole(err), []string{"file", args[0], "cause", cause(err)}, ExitDamaged}
		}
		return err
	})
}

// notWhole is the sentence for a file that was to be checked and is no whole store: it is none at all, which the
// driver has no kind of error for, or is damaged.
func notWhole(err error) string {
	if strings.Contains(cause(err), "not a store") {
		return "stranger"
	}
	return "copy_damaged"
}

func (p *program) printVerdict(v store.Verdict) {
	head := v.Head
	if v.Entries == 0 {
		head = p.texts.Words.Unknown
	}
	p.print(p.say("whole", "entries", p.count("entries", v.Entries), "efforts", p.count("efforts", v.Efforts), "head", head))
}

func (p *program) backup() *cobra.Command {
	return p.command("backup", 1, 1, p.withStore(func(ctx context.Context, args []string) error {
		if err := newFile(args[0]); err != nil {
			return err
		}
		if err := p.store.Backup(ctx, args[0]); err != nil {
			return err
		}
		p.print(p.say("backed", "file", args[0]))
		return nil
	}))
}

// config prints the configuration as a file that can be used as it is; where it is from is said in comments.
func (p *program) config() *cobra.Command {
	return p.command("config", 0, 0, func(context.Context, []string) error {
		if err := p.settle(); err != nil {
			return err
		}
		effective, err := p.cfg.Effective(p.settings())
		if err != nil {
			return err
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
}
