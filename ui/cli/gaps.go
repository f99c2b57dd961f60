package cli

import (
	"context"

	"github.com/spf13/cobra"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/exchange"
)

// gapLine is one thing that is missing, as JSON. Effort and Codename are "" where it is about none, Agency where no one
// agency is meant; Agencies are those that have hours to log. Since is "" and Days null where nothing can be named.
type gapLine struct {
	Gap      model.GapKind      `json:"gap"`
	Effort   model.EffortID     `json:"effort"`
	Codename string             `json:"codename"`
	Region   model.RegionCode   `json:"region"`
	Focus    model.FocusCode    `json:"focus"`
	Agency   model.AgencyCode   `json:"agency"`
	Agencies []model.AgencyCode `json:"agencies,omitempty"`
	Since    model.Day          `json:"since"`
	Days     *int               `json:"days"`
}

// gaps prints what is missing in the country or in a region, the most consequential first.
func (p *program) gaps() *cobra.Command {
	cmd := p.command("gaps", 0, 1, p.withStore(func(ctx context.Context, args []string) error {
		region := ""
		if len(args) > 0 {
			var err error
			if region, err = p.word(model.DomainRegion, args[0]); err != nil {
				return err
			}
		}
		if past, is := p.store.Past(); is && past.Before() { // an empty board lacks everything, and what lacked is not known
			p.note(p.texts.Screen.Gaps.Before)
			if p.flags.json {
				return p.printGapsJSON(nil)
			}
			return nil
		}
		gaps, err := p.findGaps(ctx, model.RegionCode(region))
		if err != nil {
			return err
		}
		if p.flags.json {
			err = p.printGapsJSON(gaps.All())
		} else {
			p.printGaps(gaps.All())
		}
		if n := gaps.Undated; n > 0 {
			p.note(p.texts.Count(p.texts.Screen.Gaps.UndatedOne, p.texts.Screen.Gaps.Undated, n))
		}
		return err
	}))
	cmd.ValidArgsFunction = func(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return p.completeNames(model.DomainRegion)(cmd, args, typed)
	}
	return p.jsonFlag(p.atFlag(cmd))
}

func (p *program) findGaps(ctx context.Context, region model.RegionCode) (*model.Gaps, error) {
	gaps := model.NewGaps(p.cat, p.today(), region)
	board, err := p.store.Load(ctx)
	if err != nil {
		return nil, err
	}
	gaps.Efforts(board)
	gaps.Places(board)
	if err := p.store.Ended(ctx, 0, func(e *model.Effort) bool { gaps.Ended(e); return true }); err != nil {
		return nil, err
	}
	answers, err := p.readAnswers(ctx)
	if err == nil {
		gaps.Agencies(answers)
	}
	return gaps, err
}

func (p *program) printGaps(gaps []model.Gap) {
	if len(gaps) == 0 {
		p.note(p.say("none_missing"))
		return
	}
	t := p.table()
	t.add(p.head("id"), p.head("codename"), p.head("region"), p.head("since"), p.head("gap"))
	for i := range gaps {
		g := &gaps[i]
		id, codename, region, since := "", "", string(g.Region), ""
		if e := g.Effort; e != nil {
			id, codename, region = string(e.ID), e.Codename, p.regions(e)
		}
		if days, known := g.Days(p.today()); known {
			since = p.texts.Lasting(int64(days) * 24 * 60 * 60)
		}
		t.add(p.known(id), p.known(codename), region, p.known(since), p.texts.Gap(g, p.today(), p.cat))
	}
	p.printTable(t)
}

func (p *program) printGapsJSON(gaps []model.Gap) error {
	array := exchange.NewArray(p.out)
	for i := range gaps {
		g := &gaps[i]
		line := gapLine{Gap: g.Kind, Region: g.Region, Focus: g.Focus, Agency: g.Agency, Agencies: g.Agencies, Since: g.Since}
		if e := g.Effort; e != nil {
			line.Effort, line.Codename, line.Region, line.Focus = e.ID, e.Codename, e.Region, e.Focus
		}
		if days, known := g.Days(p.today()); known {
			line.Days = &days
		}
		if err := array.Add(line); err != nil {
			return err
		}
	}
	return array.Close()
}
