package cli

import (
	"context"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/text"
)

// minus stands for the - before a number, which the parser of flags would take for a flag.
const minus = "−"

// negative is a number below zero, with or without its unit.
var negative = regexp.MustCompile(`^-[0-9.,]+\pL*$`)

// arguments are those of the command line, with numbers below zero written so that hours and outcome get them.
func (p *program) arguments(command string) []string {
	args := append([]string{}, p.Args...) // never nil: cobra would take the process's own
	for i, a := range args {
		if a == "--" || command != "hours" && command != "outcome" {
			break
		}
		if negative.MatchString(a) {
			args[i] = minus + a[1:]
		}
	}
	return args
}

func (p *program) hours() *cobra.Command {
	var date, reason *string
	cmd := p.command("hours", 3, 3, p.withStore(func(ctx context.Context, args []string) error {
		err := p.change(ctx, args[0], func(e *model.Effort) (model.Command, error) {
			c := model.AddHours{On: model.On{Effort: e.ID}, Reason: *reason}
			var err error
			if c.Agency, err = p.agencyCode(args[1]); err != nil {
				return nil, err
			}
			if c.Centi, err = centi(args[2]); err != nil {
				return nil, err
			}
			c.Date, err = p.date("--date", *date)
			return c, err
		})
		if model.Is(err, model.HoursReason) {
			return &wrong{"hours_reason", nil, ExitRefused}
		}
		return err
	}))
	date, reason = p.stringFlag(cmd, "date"), p.stringFlag(cmd, "reason")
	cmd.ValidArgsFunction = p.completeThen(p.completeNames(model.DomainAgency), cobra.NoFileCompletions)
	return p.jsonFlag(cmd)
}

// centi reads hours in hundredths. How many are too many the model says.
func centi(typed string) (int32, error) {
	n, err := text.ParseCenti(strings.Replace(strings.TrimSpace(typed), minus, "-", 1))
	if err != nil {
		return 0, usage("hours", "value", strings.ReplaceAll(model.MaskPersonal(typed), minus, "-"))
	}
	return n, nil
}
