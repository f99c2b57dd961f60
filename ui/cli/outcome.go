package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/text"
)

// outcome logs what an effort has led to. The figure may be several words: 1,2 Mkr.
func (p *program) outcome() *cobra.Command {
	var date, agency, reason *string
	cmd := p.command("outcome", 3, -1, p.withStore(func(ctx context.Context, args []string) error {
		err := p.change(ctx, args[0], func(e *model.Effort) (model.Command, error) {
			c := model.AddOutcome{On: model.On{Effort: e.ID}, Reason: *reason}
			code, err := p.word(model.DomainOutcome, args[1])
			if err != nil {
				return nil, err
			}
			c.Measure = model.OutcomeCode(code)
			typed := strings.ReplaceAll(strings.Join(args[2:], " "), minus, "-")
			if c.Milli, err = text.ParseAmount(typed, p.cat.OutcomeMeasure(c.Measure).Unit); err != nil {
				return nil, err
			}
			if *agency != "" {
				if c.Agency, err = p.agencyCode(*agency); err != nil {
					return nil, err
				}
			}
			c.Date, err = p.date("--date", *date)
			return c, err
		})
		if model.Is(err, model.OutcomeReason) {
			return &wrong{"outcome_reason", nil, ExitRefused}
		}
		return err
	}))
	date, agency, reason = p.stringFlag(cmd, "date"), p.stringFlag(cmd, "for"), p.stringFlag(cmd, "reason")
	p.completeFlag(cmd, "for", p.completeNames(model.DomainAgency))
	cmd.ValidArgsFunction = p.completeThen(p.completeNames(model.DomainOutcome), cobra.NoFileCompletions)
	return p.jsonFlag(cmd)
}
