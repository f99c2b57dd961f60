package cli

import (
	"context"

	"github.com/spf13/cobra"

	"board.internal/samverkan/model"
)

// link ties two efforts: the first against the same network as the second, going on from it, or gone on from by it.
func (p *program) link() *cobra.Command {
	var kind *string
	cmd := p.command("link", 2, 2, p.withStore(func(ctx context.Context, args []string) error {
		k := model.SameNetwork
		if *kind != "" {
			code, err := p.word(model.DomainLink, *kind)
			if err == nil {
				err = k.UnmarshalText([]byte(code))
			}
			if err != nil {
				return err
			}
		}
		return p.setLink(ctx, args, k)
	}))
	kind = p.stringFlag(cmd, "kind")
	p.completeFlag(cmd, "kind", p.completeNames(model.DomainLink))
	cmd.ValidArgsFunction = p.completeTwo
	return cmd
}

func (p *program) unlink() *cobra.Command {
	cmd := p.command("unlink", 2, 2, p.withStore(func(ctx context.Context, args []string) error { return p.setLink(ctx, args, 0) }))
	cmd.ValidArgsFunction = p.completeTwo
	return cmd
}

// completeTwo offers an effort, and then the other.
func (p *program) completeTwo(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	if len(args) == 1 {
		args = nil
	}
	return p.completeEffort(cmd, args, typed)
}

func (p *program) setLink(ctx context.Context, args []string, kind model.LinkKind) error {
	e, err := p.effort(ctx, args[0])
	if err != nil {
		return err
	}
	other, err := p.effort(ctx, args[1])
	if err != nil {
		return err
	}
	res, err := p.store.Do(ctx, p.actor, model.SetLink{On: model.On{Effort: e.ID}, Other: string(other.ID), Kind: kind})
	if err != nil {
		return err
	}
	return p.printResult(nil, res)
}

// links prints how an effort has to do with others.
func (p *program) links(ctx context.Context, e *model.Effort) error {
	all, err := p.store.Links(ctx, e.ID)
	if err != nil || len(all) == 0 {
		return err
	}
	p.heading("links")
	t := p.table()
	for _, l := range all {
		other, err := p.store.Effort(ctx, string(l.Other))
		if err != nil { // taken back since
			continue
		}
		t.add("", p.texts.Words.Link[l.Kind.String()], string(l.Other), other.Codename, p.regions(other), p.texts.Words.Status[other.Status.String()], other.Title)
	}
	p.printTable(t)
	return nil
}
