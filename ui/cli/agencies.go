package cli

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"board.internal/samverkan/model"
)

func (p *program) assign() *cobra.Command {
	var lead *string
	var off *[]string
	var new *bool
	var cmd *cobra.Command
	cmd = p.command("assign", 1, -1, p.withStore(func(ctx context.Context, args []string) error {
		if len(args) == 1 && *lead == "" && len(*off) == 0 {
			return usage("nothing", "use", cmd.Use)
		}
		c := model.Assign{}
		var err error
		if c.Parts, c.Partners, err = p.wanted(args[1:], *off, *new); err != nil {
			return err
		}
		if *lead != "" {
			if c.Lead, err = p.agencyCode(*lead); err != nil {
				return err
			}
		}
		var regions []model.RegionCode
		err = p.change(ctx, args[0], func(e *model.Effort) (model.Command, error) {
			c.Effort, regions = e.ID, append([]model.RegionCode{e.Region}, e.Touches...)
			return c, p.leaving(e, c.Partners)
		})
		if err != nil {
			return p.noPartner(ctx, err, "new_partner", regions...)
		}
		return p.hints(ctx, args[0], c.Parts)
	}))
	lead, off, new = p.stringFlag(cmd, "lead"), p.listFlag(cmd, "off"), p.boolFlag(cmd, "new")
	p.completeFlag(cmd, "lead", p.completeNames(model.DomainAgency))
	cmd.ValidArgsFunction = p.completeThen(p.completeParts)
	return p.jsonFlag(cmd)
}

// wanted reads who is to take part: CODE or CODE:MODE for an agency, +PARTNER for a partner; off are the partners that
// are to leave, and new says that one the register does not have goes into it.
func (p *program) wanted(args, off []string, new bool) (parts []model.Part, partners []model.PartnerPart, err error) {
	for _, arg := range args {
		if name, ok := strings.CutPrefix(arg, "+"); ok {
			partners = append(partners, model.PartnerPart{Name: name, New: new})
			continue
		}
		part, err := p.part(arg)
		if err != nil {
			return nil, nil, err
		}
		parts = append(parts, part)
	}
	for _, list := range off {
		for name := range strings.SplitSeq(list, ",") {
			partners = append(partners, model.PartnerPart{Name: strings.TrimSpace(name), Off: true})
		}
	}
	return parts, partners, nil
}

// leaving refuses to take a partner off that is not on the effort: that would say nothing, and leave the one meant.
func (p *program) leaving(e *model.Effort, partners []model.PartnerPart) error {
	for _, q := range partners {
		on := func(name string) bool { return model.Fold(name) == model.Fold(q.Name) }
		if q.Off && !slices.ContainsFunc(e.Partners, on) {
			return &wrong{"not_on", []string{"partner", model.MaskPersonal(q.Name), "effort", e.Name(), "near", p.near(q.Name, e.Partners)}, ExitNotFound}
		}
	}
	return nil
}

// part reads CODE or CODE:MODE.
func (p *program) part(arg string) (part model.Part, err error) {
	code, mode, colon := strings.Cut(arg, ":")
	if part.Agency, err = p.agencyCode(code); err == nil && colon {
		part.Mode, err = p.mode(mode)
	}
	return part, err
}

func (p *program) mode(typed string) (m model.Mode, err error) {
	code, err := p.word(model.DomainMode, typed)
	if err == nil {
		err = m.UnmarshalText([]byte(code))
	}
	return m, err
}

// agencyCode reads an agency; one that is not known does not exist.
func (p *program) agencyCode(typed string) (model.AgencyCode, error) {
	code, near, ok := p.lexicon.Lookup(model.DomainAgency, typed)
	if !ok {
		return "", &model.Error{Fault: model.NotFound, Why: model.UnknownAgency,
			Args: map[string]string{"agency": model.MaskPersonal(typed), "near": near}}
	}
	return model.AgencyCode(code), nil
}

// hints says beside the output what is worth knowing and never stops anybody: an agency that has no local office, or
// carries more than it said it can.
func (p *program) hints(ctx context.Context, ref string, parts []model.Part) error {
	known := func(a *model.Agency) bool { return a != nil && (a.Offices != nil || a.Capacity != nil) }
	if !slices.ContainsFunc(parts, func(q model.Part) bool { return known(p.cat.Agency(q.Agency)) }) {
		return nil
	}
	e, err := p.effort(ctx, ref)
	if err != nil {
		return err
	}
	board, err := p.store.Load(ctx)
	if err != nil {
		return err
	}
	for _, part := range parts {
		a := p.cat.Agency(part.Agency)
		region := p.regionName(e.Region)
		if has, known := a.Office(e.Region); known && !has {
			p.note(p.say("no_office", "agency", string(a.Code), "region", region))
		}
		if capacity, ok := a.Capacity[e.Region]; ok {
			if load, _ := board.Tally(a.Code, e.Region, p.today()); load.Accepted >= capacity {
				p.note(p.say("full", "agency", string(a.Code), "region", region, "load", strconv.Itoa(load.Accepted), "capacity", strconv.Itoa(capacity)))
			}
		}
	}
	return nil
}

func (p *program) answer() *cobra.Command {
	var mode, reason *string
	cmd := p.command("answer", 3, 3, p.withStore(func(ctx context.Context, args []string) error {
		return p.change(ctx, args[0], func(e *model.Effort) (model.Command, error) {
			c := model.Answer{On: model.On{Effort: e.ID}, Reason: *reason}
			var err error
			if c.Agency, err = p.agencyCode(args[1]); err != nil {
				return nil, err
			}
			if c.Accept, err = p.accepts(args[2]); err == nil && *mode != "" {
				c.Mode, err = p.mode(*mode)
			}
			return c, err
		})
	}))
	mode, reason = p.stringFlag(cmd, "mode"), p.stringFlag(cmd, "reason")
	p.completeFlag(cmd, "mode", p.completeNames(model.DomainMode))
	cmd.ValidArgsFunction = p.completeThen(p.completeNames(model.DomainAgency), p.completeAnswer)
	return p.jsonFlag(cmd)
}

// accepts reads a yes or a no.
func (p *program) accepts(typed string) (bool, error) {
	folded := model.Fold(typed)
	yes, no := p.texts.CLI.Accept, p.texts.CLI.Decline
	switch {
	case slices.ContainsFunc(yes, func(w string) bool { return model.Fold(w) == folded }):
		return true, nil
	case slices.ContainsFunc(no, func(w string) bool { return model.Fold(w) == folded }):
		return false, nil
	}
	nearest := yes[0]
	if slices.Contains(no, model.Nearest(typed, slices.Concat(yes, no))) {
		nearest = no[0]
	}
	return false, p.unknown("answer", typed, nearest, []string{yes[0], no[0]})
}

func (p *program) release() *cobra.Command {
	var reason *string
	cmd := p.command("release", 2, 2, p.withStore(func(ctx context.Context, args []string) error {
		return p.change(ctx, args[0], func(e *model.Effort) (model.Command, error) {
			code, err := p.agencyCode(args[1])
			return model.Release{On: model.On{Effort: e.ID}, Agency: code, Reason: *reason}, err
		})
	}))
	reason = p.stringFlag(cmd, "reason")
	cmd.ValidArgsFunction = p.completeThen(p.completeNames(model.DomainAgency))
	return p.jsonFlag(cmd)
}
