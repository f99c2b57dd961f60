package cli

import (
	"context"
	"time"

	"github.com/spf13/cobra"
)

// atFlag lets a command that only reads do so of the board as it was at a moment. What is written beside the output says
// which; ages and what is late are by the clock of then.
func (p *program) atFlag(cmd *cobra.Command) *cobra.Command {
	at, run := p.stringFlag(cmd, "at"), cmd.RunE
	p.completeFlag(cmd, "at", cobra.NoFileCompletions)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if cmd.Flags().Changed("at") { // an empty one is a script's mistake, and not now
			p.at = at
		}
		return run(cmd, args)
	}
	return cmd
}

// lookBack puts the store as it was in the place of the one that is open, where that was asked for.
func (p *program) lookBack(ctx context.Context) error {
	if p.at == nil {
		return nil
	}
	at, err := p.texts.ParseMoment(*p.at, p.Now(), p.cat)
	if err != nil {
		return err
	}
	past, err := p.store.Then(ctx, at)
	if err != nil {
		return err
	}
	p.live, p.store = p.store, past
	p.Now = func() time.Time { return at.Time() }
	note := p.say("then", "at", p.stamp(at))
	switch moment, _ := past.Past(); {
	case moment.Begins == 0:
		note += p.say("then_never")
	case at < moment.Begins:
		note += p.say("then_before", "at", p.stamp(moment.Begins))
	}
	p.note(note)
	return nil
}
