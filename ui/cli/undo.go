package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"board.internal/samverkan/model"
)

func (p *program) undo() *cobra.Command {
	return p.reversal("undo", func(rest bool) model.Command { return model.Undo{Rest: rest} })
}

func (p *program) redo() *cobra.Command {
	return p.reversal("redo", func(rest bool) model.Command { return model.Redo{Rest: rest} })
}

// reversal is undo or redo: what make makes, of the rest alone when the person says so.
func (p *program) reversal(name string, make func(rest bool) model.Command) *cobra.Command {
	var rest *bool
	cmd := p.command(name, 0, 0, p.withStore(func(ctx context.Context, _ []string) error {
		res, err := p.store.Do(ctx, p.actor, make(*rest))
		if err != nil {
			return p.against(ctx, err, name, make(true))
		}
		return p.printResult(nil, res)
	}))
	rest = p.boolFlag(cmd, "rest")
	cmd.ValidArgsFunction = cobra.NoFileCompletions
	return p.jsonFlag(cmd)
}

// against tells all that others have changed since, and names --rest where something is left that it would do.
func (p *program) against(ctx context.Context, err error, name string, rest model.Command) error {
	var no *model.Error
	if !errors.As(err, &no) || no.Why != model.UndoChanged {
		return err
	}
	hint := ""
	if events, _ := p.store.Try(ctx, p.actor, rest); len(events) > 0 {
		hint = p.say("rest", "command", name)
	}
	key := map[string]string{"undo": "undo_changed", "redo": "redo_changed"}[name]
	return &wrong{key, []string{"against", p.texts.Against(no), "rest", hint}, ExitRefused}
}
