package cli

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/exchange"
)

// handover prints the last handovers of a desk and the officer's shift there, after it has signed one out or taken one
// over if that is asked for. What is printed is the shift as it was before.
func (p *program) handover() *cobra.Command {
	var region, format, note *string
	var take *bool
	cmd := p.command("handover", 0, 0, nil)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return p.withStore(func(ctx context.Context, _ []string) error {
			if cmd.Flags().Changed("note") && *take {
				return usage("handover_both")
			}
			desk, err := p.deskOf(*region)
			if err != nil {
				return err
			}
			if p.flags.json {
				*format = "json"
			}
			if !slices.Contains(exchange.ShiftFormats(), *format) {
				return p.unknown("format", *format, model.Nearest(*format, exchange.ShiftFormats()), exchange.ShiftFormats())
			}
			if _, err := p.store.Load(ctx); err != nil {
				return err
			}
			shift, err := p.store.Shift(ctx, p.actor, desk, 0)
			if err != nil {
				return err
			}
			switch {
			case cmd.Flags().Changed("note"):
				err = p.sign(ctx, model.HandOver{Region: desk, Note: *note})
			case *take && len(shift.Handovers) == 0:
				err = &wrong{"no_handover", []string{"region", p.texts.Value(model.FieldRegion, string(desk), p.cat)}, ExitNotFound}
			case *take:
				err = p.sign(ctx, model.TakeOver{Region: desk, Number: p.toTake(shift.Handovers)})
			}
			if err != nil {
				return err
			}
			if shift.Handovers, err = p.store.Handovers(ctx, desk, len(shift.Handovers)+1); err != nil {
				return err
			}
			if shift.Head, err = p.store.Head(ctx); err != nil {
				return err
			}
			if *format == "json" {
				return exchange.WriteShift(p.out, *format, &shift, p.texts, p.cat)
			}
			for _, line := range exchange.ShiftLines(*format == "md", &shift, p.texts, p.cat) {
				if *format == "md" {
					p.print(line)
				} else {
					p.body(0, line)
				}
			}
			return nil
		})(cmd.Context(), nil)
	}
	region, format = p.stringFlag(cmd, "region"), p.stringFlag(cmd, "format")
	*format = "text"
	note, take = p.stringFlag(cmd, "note"), p.boolFlag(cmd, "take")
	p.completeFlag(cmd, "region", p.completeNames(model.DomainRegion))
	p.completeFlag(cmd, "format", cobra.FixedCompletions(exchange.ShiftFormats(), cobra.ShellCompDirectiveNoFileComp))
	cmd.ValidArgsFunction = cobra.NoFileCompletions
	return p.jsonFlag(cmd)
}

// deskOf is the desk that a flag names, the officer's own without one.
func (p *program) deskOf(typed string) (model.RegionCode, error) {
	if strings.TrimSpace(typed) == "" {
		return p.actor.Desk(), nil
	}
	code, err := p.word(model.DomainRegion, typed)
	return model.RegionCode(code), err
}

// toTake is which of a desk's handovers, the newest first, is meant: the one that waits for the officer, or just the last,
// of which is then said why it cannot be taken over.
func (p *program) toTake(handovers []model.Handover) int {
	if h := model.ToTake(handovers, p.actor.Officer); h != nil {
		return h.Number
	}
	return handovers[0].Number
}

// sign signs, and says so beside the output.
func (p *program) sign(ctx context.Context, command model.Command) error {
	res, err := p.store.Do(ctx, p.actor, command)
	if err != nil {
		return err
	}
	if len(res.Events) > 0 {
		p.note(p.texts.Events(res.Events, nil, p.cat))
	}
	return nil
}
