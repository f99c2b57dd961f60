package cli

import (
	"context"

	"github.com/spf13/cobra"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/exchange"
)

// waiting is a line of an inbox as JSON; Agency is "" where none is meant.
type waiting struct {
	Effort   model.EffortID   `json:"effort"`
	Codename string           `json:"codename"`
	Agency   model.AgencyCode `json:"agency"`
	Why      model.Wait       `json:"why"`
	Since    model.Stamp      `json:"since"`
	Also     []model.Wait     `json:"also,omitempty"`
}

// inbox prints what waits for the officer, one line for each thing.
func (p *program) inbox() *cobra.Command {
	cmd := p.command("inbox", 0, 0, p.withStore(func(ctx context.Context, _ []string) error {
		board, err := p.store.Load(ctx)
		if err != nil {
			return err
		}
		lines, back := model.NewInbox(p.actor).Lines(board, p.today())
		if p.flags.json {
			array := exchange.NewArray(p.out)
			for _, w := range lines {
				if err := array.Add(waiting{w.Effort.ID, w.Effort.Codename, w.Agency, w.Why, w.Since, w.Also}); err != nil {
					return err
				}
			}
			err = array.Close()
		} else {
			p.printInbox(lines)
		}
		if back != 0 {
			p.note(p.say("aside", "date", back.String()))
		}
		return err
	}))
	cmd.ValidArgsFunction = cobra.NoFileCompletions
	return p.jsonFlag(p.atFlag(cmd))
}

func (p *program) printInbox(lines []model.Waiting) {
	if len(lines) == 0 {
		p.note(p.say("none_waits", "officer", string(p.actor.Officer)))
		return
	}
	t := p.table()
	t.add(p.head("id"), p.head("codename"), p.head("region"), p.head("since"), p.head("why"))
	for i := range lines {
		w := &lines[i]
		t.add(string(w.Effort.ID), p.known(w.Effort.Codename), p.regions(w.Effort), p.texts.Ago(w.Since, p.Now()), p.texts.Waiting(w, p.today()))
	}
	p.printTable(t)
}
