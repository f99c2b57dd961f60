package cli

import (
	"context"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/exchange"
	"board.internal/samverkan/ui/text"
)

// meeting prints what is due before a council, after it has opened its meeting, put something off or closed it if that is
// asked for.
func (p *program) meeting() *cobra.Command {
	var open, shut *bool
	var putOff *string
	cmd := p.command("meeting", 0, 1, p.withStore(func(ctx context.Context, args []string) error {
		if *open && *shut || *putOff != "" && (*open || *shut) {
			return usage("meeting_both")
		}
		region, err := p.council(args)
		if err != nil {
			return err
		}
		board, err := p.store.Load(ctx)
		if err != nil {
			return err
		}
		items, more := board.Agenda(region, p.today())
		var sign model.Command
		switch {
		case *open:
			begin := model.BeginMeeting{Region: region}
			for _, i := range items {
				begin.Agenda = append(begin.Agenda, i.Effort.ID)
			}
			sign = begin
		case *shut:
			sign = model.EndMeeting{Region: region}
		case *putOff != "":
			e, err := p.effort(ctx, *putOff)
			if err != nil {
				return err
			}
			sign = model.Adjourn{Effort: e.ID}
		}
		if sign != nil {
			if err := p.sign(ctx, sign); err != nil {
				return err
			}
			items, more = p.store.Board().Agenda(region, p.today())
		}
		return p.agenda(items, more)
	}))
	open, shut, putOff = p.boolFlag(cmd, "open"), p.boolFlag(cmd, "close"), p.stringFlag(cmd, "put-off")
	p.completeFlag(cmd, "put-off", p.completeEffort)
	cmd.ValidArgsFunction = p.completeNames(model.DomainRegion)
	return p.jsonFlag(cmd)
}

// council is the one that the arguments name, the officer's own without any.
func (p *program) council(args []string) (model.RegionCode, error) {
	if len(args) == 0 {
		return p.actor.Desk(), nil
	}
	return p.deskOf(args[0])
}

// due is a matter of an agenda as JSON.
type due struct {
	Effort    model.EffortID `json:"effort"`
	Codename  string         `json:"codename"`
	Title     string         `json:"title"`
	Why       model.Wait     `json:"why"`
	Since     model.Stamp    `json:"since"`
	Adjourned model.Day      `json:"adjourned"`
}

// agenda prints what is due, in the order in which it is taken up.
func (p *program) agenda(items []model.Item, more int) error {
	if p.flags.json {
		all := []due{}
		for _, i := range items {
			all = append(all, due{i.Effort.ID, i.Effort.Codename, i.Effort.Title, i.Why, i.Since, i.Adjourned})
		}
		return exchange.Print(p.out, all)
	}
	t := p.table()
	t.add(p.head("id"), p.head("codename"), p.head("status"), p.head("why"), p.head("title"))
	for i := range items {
		e := items[i].Effort
		t.add(string(e.ID), p.known(e.Codename), p.texts.Words.Status[e.Status.String()], p.texts.Item(&items[i], p.Now(), p.today()), p.known(e.Title))
	}
	p.printTable(t)
	if more > 0 {
		p.note(text.Fill(p.texts.Screen.Meeting.More, "n", strconv.Itoa(more)))
	}
	return nil
}

// minutes prints those of one of a council's meetings, the last without a number.
func (p *program) minutes() *cobra.Command {
	var format *string
	var number *int
	cmd := p.command("minutes", 0, 1, p.withStore(func(ctx context.Context, args []string) error {
		region, err := p.council(args)
		if err != nil {
			return err
		}
		if p.flags.json {
			*format = "json"
		}
		if !slices.Contains(exchange.MinutesFormats(), *format) {
			return p.unknown("format", *format, model.Nearest(*format, exchange.MinutesFormats()), exchange.MinutesFormats())
		}
		if _, err := p.store.Load(ctx); err != nil {
			return err
		}
		m, err := p.store.Minutes(ctx, region, *number)
		if err != nil {
			return err
		}
		if *format == "json" {
			return exchange.WriteMinutes(p.out, *format, &m, p.texts, p.cat)
		}
		for _, line := range exchange.MinutesLines(*format == "md", &m, p.texts, p.cat) {
			if *format == "md" {
				p.print(line)
			} else {
				p.body(0, line)
			}
		}
		return nil
	}))
	format, number = p.stringFlag(cmd, "format"), p.intFlag(cmd, "number")
	*format = "md"
	p.completeFlag(cmd, "format", cobra.FixedCompletions(exchange.MinutesFormats(), cobra.ShellCompDirectiveNoFileComp))
	cmd.ValidArgsFunction = p.completeNames(model.DomainRegion)
	return p.jsonFlag(p.atFlag(cmd))
}
