package cli

import (
	"context"
	"path/filepath"
	"strconv"

	"github.com/spf13/cobra"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/demo"
)

func (p *program) demo() *cobra.Command {
	var efforts, seed *int
	var write *string
	var cmd *cobra.Command
	cmd = p.command("demo", 0, 0, func(ctx context.Context, _ []string) error {
		n := demo.Efforts
		if cmd.Flags().Changed("efforts") {
			n = *efforts
		}
		if n < 1 || n > demo.Max {
			return usage("number", "what", "--efforts", "value", strconv.Itoa(n), "min", "1", "max", strconv.Itoa(demo.Max))
		}
		if *write == "" && !p.Screen {
			return usage("terminal")
		}
		if err := p.settle(); err != nil {
			return err
		}
		if *write != "" {
			return p.writeDemo(ctx, *write, n, *seed)
		}
		return p.throwaway(ctx, n, *seed)
	})
	efforts, seed, write = p.intFlag(cmd, "efforts"), p.intFlag(cmd, "seed"), p.stringFlag(cmd, "write")
	cmd.ValidArgsFunction = cobra.NoFileCompletions
	return cmd
}

// throwaway opens the board on an exercise that is gone when it is closed.
func (p *program) throwaway(ctx context.Context, n, seed int) error {
	dir, done, err := temporary()
	if err != nil {
		return err
	}
	defer done()
	if err := p.fillDemo(ctx, filepath.Join(dir, "demo.db"), n, seed); err != nil {
		return err
	}
	err = p.onScreen(ctx, true)
	if closing := p.close(); err == nil { // before its folder goes
		err = closing
	}
	return err
}

// writeDemo makes a new file with an exercise in it.
func (p *program) writeDemo(ctx context.Context, file string, n, seed int) error {
	if err := newFile(file); err != nil {
		return err
	}
	if err := p.fillDemo(ctx, file, n, seed); err != nil {
		return err
	}
	p.print(p.count("wrote", n, "file", file))
	return nil
}

// fillDemo makes a store of n efforts. Whoever opens a demo may do everything in it, whatever the configuration says:
// it is an exercise.
func (p *program) fillDemo(ctx context.Context, file string, n, seed int) error {
	p.cat = demo.Catalogue(p.cat)
	public := p.flags.publicRoom
	p.flags.publicRoom = false // nothing can be written under a veil
	err := p.openAt(file, p.Open)
	if p.flags.publicRoom = public; err != nil {
		return err
	}
	p.actor.Role, p.actor.Regions = model.NationalRole, nil
	maker := p.actor
	maker.ReadOnly = false
	for im := range demo.Imports(p.cat, n, uint64(max(seed, 1)), p.Now(), p.texts.Lang) {
		if _, err := p.store.Do(ctx, maker, im); err != nil {
			return err
		}
	}
	if !public {
		return nil
	}
	if err := p.close(); err != nil {
		return err
	}
	return p.openAt(file, p.Open)
}
