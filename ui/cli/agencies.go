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
	var cmd *cobra.Command
	cmd = p.command("assign", 1, -1, p.withStore(func(ctx context.Context, args []string) error {
		if len(args) == 1 && *lead == "" {
			return usage("nothing", "use", cmd.Use)
		}
		c := model.Assign{}
		for _, arg := range args[1:] {
			part, err := p.part(arg)
			if err != nil {
				return err
			}
			c.Parts = append(c.Parts, part)
		}
		if *lead != "" {
			var err error
			if c.Lead, err = p.agencyCode(*lead); err != nil {
				return err
			}
		}
		err := p.change(ctx, args[0], func(e *model.Effort) (model.Command, error) {
			c.Effort = e.ID
			return c, nil
		})
		if err == nil {
			err = p.hints(ctx, args[0], c.Parts)
		}
		return err
	}))
	lead = p.stringFlag(cmd, "lead")
	cmd.RegisterFlagCompletionFunc("lead", p.completeNames(model.DomainAgency))
	cmd.ValidArgsFunction = p.completeThen(p.completeNames(model.DomainAgency))
	return p.jsonFlag(cmd)
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
	cmd.RegisterFlagCompletionFunc("mode", p.completeNames(model.DomainMode))
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
