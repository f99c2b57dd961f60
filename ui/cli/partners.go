package cli

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/exchange"
)

// partnerLine is a partner of the register, and on how many open efforts of its region it is.
type partnerLine struct {
	Region model.RegionCode `json:"region"`
	Name   string           `json:"name"`
	Open   int              `json:"open"`
}

func (p *program) partners() *cobra.Command {
	var region *string
	cmd := p.command("partners", 0, 0, p.withStore(func(ctx context.Context, _ []string) error {
		board, err := p.store.Load(ctx)
		if err != nil {
			return err
		}
		regions := p.partnerRegions(board)
		if *region != "" {
			code, err := p.word(model.DomainRegion, *region)
			if err != nil {
				return err
			}
			regions = []model.RegionCode{model.RegionCode(code)}
		}
		lines := partnerLines(board, regions)
		if p.flags.json {
			array := exchange.NewArray(p.out)
			for _, l := range lines {
				if err := array.Add(l); err != nil {
					return err
				}
			}
			return array.Close()
		}
		p.printPartners(lines)
		return nil
	}))
	region = p.stringFlag(cmd, "region")
	p.completeFlag(cmd, "region", p.completeNames(model.DomainRegion))
	cmd.ValidArgsFunction = cobra.NoFileCompletions
	return p.jsonFlag(p.atFlag(cmd))
}

// partnerRegions are all regions in their order, and at the end those that only the register still has.
func (p *program) partnerRegions(board *model.Board) (codes []model.RegionCode) {
	for _, r := range p.cat.Regions {
		codes = append(codes, r.Code)
	}
	codes = append(codes, p.cat.National.Code)
	known := len(codes)
	for _, q := range board.Partners() {
		if !slices.Contains(codes, q.Region) {
			codes = append(codes, q.Region)
		}
	}
	slices.Sort(codes[known:])
	return codes
}

func partnerLines(board *model.Board, regions []model.RegionCode) (lines []partnerLine) {
	on := map[model.EntryKey]int{}
	for e := range board.All() {
		for _, name := range e.Partners {
			for _, r := range regions {
				if e.In(r) {
					on[model.Partner{Region: r, Name: name}.Key()]++
				}
			}
		}
	}
	for _, r := range regions {
		for _, q := range board.PartnersIn(r) {
			lines = append(lines, partnerLine{q.Region, q.Name, on[q.Key()]})
		}
	}
	return lines
}

func (p *program) printPartners(lines []partnerLine) {
	if len(lines) == 0 {
		p.note(p.say("no_partners"))
		return
	}
	t := p.table(2)
	t.add(p.head("region"), p.head("partner"), p.head("open"))
	for _, l := range lines {
		t.add(string(l.Region), l.Name, strconv.Itoa(l.Open))
	}
	p.printTable(t)
}

// partner puts a partner into the register, or takes it out.
func (p *program) partner() *cobra.Command {
	var remove *bool
	cmd := p.command("partner", 2, 2, p.withStore(func(ctx context.Context, args []string) error {
		code, err := p.word(model.DomainRegion, args[0])
		if err != nil {
			return err
		}
		region := model.RegionCode(code)
		res, err := p.store.Do(ctx, p.actor, model.SetPartner{Partner: model.Partner{Region: region, Name: args[1]}, Off: *remove})
		if err != nil {
			return p.noPartner(ctx, err, "no_partner", region)
		}
		return p.printResult(nil, res)
	}))
	remove = p.boolFlag(cmd, "remove")
	cmd.ValidArgsFunction = func(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
		switch len(args) {
		case 0:
			return p.completeNames(model.DomainRegion)(cmd, args, typed)
		case 1:
			if err := p.open(); err == nil {
				code, _, _ := p.lexicon.Lookup(model.DomainRegion, args[0])
				return p.partnerWords(cmd.Context(), "", typed, model.RegionCode(code)), cobra.ShellCompDirectiveNoFileComp
			}
		}
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return cmd
}

// noPartner says in other words that there is no such partner, with the nearest that the regions have, from the
// configuration or the register; any other error stays as it is.
func (p *program) noPartner(ctx context.Context, err error, key string, regions ...model.RegionCode) error {
	var no *model.Error
	if !errors.As(err, &no) || no.Why != model.UnknownPartner {
		return err
	}
	board, lost := p.store.Load(ctx)
	if lost != nil {
		return err
	}
	var names []string
	for _, q := range board.PartnersIn(regions...) {
		names = append(names, q.Name)
	}
	name := no.Args["partner"]
	return &wrong{key, []string{"partner", name, "region", p.regionName(regions[0]), "near", p.near(name, names)}, ExitNotFound}
}

// partnerWords are the partners of regions that begin as typed, each with a sign before it.
func (p *program) partnerWords(ctx context.Context, sign, typed string, regions ...model.RegionCode) (words []string) {
	board, err := p.store.Load(ctx)
	if err != nil {
		return nil
	}
	for _, q := range board.PartnersIn(regions...) {
		name := sign + q.Name
		if strings.HasPrefix(model.Fold(name), model.Fold(typed)) {
			words = append(words, sameCase(typed, name))
		}
	}
	return words
}
