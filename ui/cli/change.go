package cli

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/ui/exchange"
)

// editFlags are the flags of add and edit, in the order of their help; each is a field of that name.
func editFlags() []model.Field {
	return []model.Field{model.FieldRegion, model.FieldFocus, model.FieldKind, model.FieldLevel, model.FieldRegions, model.FieldCodename,
		model.FieldTitle, model.FieldArea, model.FieldCrime, model.FieldPriority, model.FieldReview}
}

// flagOf is the name of the flag that sets a field; those of a decision are called as status calls them.
func flagOf(f model.Field) string {
	switch f {
	case model.FieldDecided:
		return "date"
	case model.FieldReference:
		return "ref"
	}
	return string(f)
}

// fields reads the flags that were given as fields in the journal's writing.
func (p *program) fields(cmd *cobra.Command) (map[model.Field]string, error) {
	fields := map[model.Field]string{}
	for _, f := range append(editFlags(), model.DecisionFields()...) {
		flag := cmd.Flags().Lookup(flagOf(f)) // add has none for a decision
		if flag == nil || !flag.Changed {
			continue
		}
		var err error
		if fields[f], err = p.field(f, flag.Value.String()); err != nil {
			return nil, err
		}
	}
	return fields, nil
}

// field reads a value as people write it. What is no word of a closed set goes on as it is; the model judges it.
func (p *program) field(f model.Field, typed string) (string, error) {
	what := "--" + flagOf(f)
	domain := map[model.Field]model.Domain{model.FieldRegion: model.DomainRegion, model.FieldRegions: model.DomainRegion,
		model.FieldFocus: model.DomainFocus, model.FieldKind: model.DomainKind, model.FieldLevel: model.DomainLevel}[f]
	switch {
	case strings.TrimSpace(typed) == "":
		return "", nil
	case f == model.FieldRegions:
		var codes []string
		for part := range strings.SplitSeq(typed, ",") {
			if part = strings.TrimSpace(part); part == "" {
				continue
			}
			code, err := p.word(domain, part)
			if err != nil {
				return "", err
			}
			codes = append(codes, code)
		}
		return strings.Join(codes, ", "), nil
	case domain != 0:
		return p.word(domain, typed)
	case f == model.FieldPriority:
		if n, err := strconv.Atoi(typed); err != nil || n < model.PriorityHigh || n > model.PriorityLow {
			return "", usage("number", "what", what, "value", model.MaskPersonal(typed), "min", strconv.Itoa(model.PriorityHigh), "max", strconv.Itoa(model.PriorityLow))
		}
	case f == model.FieldReview, f == model.FieldDecided:
		if _, err := p.date(what, typed); err != nil {
			return "", err
		}
	}
	return typed, nil
}

// word reads a word of a closed set.
func (p *program) word(d model.Domain, typed string) (string, error) {
	code, near, ok := p.lexicon.Lookup(d, typed)
	if ok {
		return code, nil
	}
	nearCode, _, _ := p.lexicon.Lookup(d, near)
	nearest, words := "", []string{}
	if begun := p.lexicon.Begun(d, typed); len(begun) > 1 && model.Fold(typed) != "" {
		for _, w := range p.closedSet(d) {
			if slices.Contains(begun, w.Code) {
				words = append(words, w.Name)
			}
		}
		return "", usage("several", "value", model.MaskPersonal(typed), "words", strings.Join(words, ", "))
	}
	for _, w := range p.closedSet(d) {
		if words = append(words, w.Name); w.Code == nearCode {
			nearest = w.Name
		}
	}
	return "", p.unknown(domainKey(d), typed, nearest, words)
}

// unknown is the error for a word that is none of a closed set: it names them all, the nearest first.
func (p *program) unknown(set, typed, nearest string, words []string) error {
	if slices.Contains(words, nearest) {
		words = slices.DeleteFunc(slices.Clone(words), func(w string) bool { return w == nearest })
		words = append([]string{nearest}, words...)
	}
	return usage("unknown", "unknown", p.texts.CLI.Unknown[set], "value", model.MaskPersonal(typed), "words", strings.Join(words, ", "))
}

// domainKey is the key of what an unknown word of a closed set is called.
func domainKey(d model.Domain) string {
	return map[model.Domain]string{model.DomainRegion: "region", model.DomainFocus: "focus", model.DomainKind: "kind", model.DomainLevel: "level",
		model.DomainStatus: "status", model.DomainMode: "mode", model.DomainMeasure: "measure", model.DomainOutcome: "outcome", model.DomainLink: "link"}[d]
}

func (p *program) date(what, typed string) (model.Day, error) {
	day, err := model.ParseDay(typed)
	if err != nil {
		return 0, usage("date", "what", what, "value", model.MaskPersonal(typed))
	}
	return day, nil
}

func (p *program) editCommand(name string, least int, fn func(ctx context.Context, cmd *cobra.Command, args []string) error) *cobra.Command {
	var cmd *cobra.Command
	with := p.withStore
	if name == "add" {
		with = p.makingStore
	}
	cmd = p.command(name, least, least, with(func(ctx context.Context, args []string) error { return fn(ctx, cmd, args) }))
	for _, f := range editFlags() {
		p.stringFlag(cmd, string(f))
		if f == model.FieldRegion || f == model.FieldFocus || f == model.FieldKind || f == model.FieldLevel {
			p.completeFlag(cmd, string(f), p.completeField(f))
		}
	}
	return p.jsonFlag(cmd)
}

func (p *program) add() *cobra.Command {
	cmd := p.editCommand("add", 0, func(ctx context.Context, cmd *cobra.Command, _ []string) error {
		fields, err := p.fields(cmd)
		if err != nil {
			return err
		}
		res, err := p.store.Do(ctx, p.actor, model.Propose{Fields: fields})
		if err != nil {
			return err
		}
		if p.flags.json {
			return exchange.Print(p.out, exchange.Effort(res.Efforts[0]))
		}
		p.print(string(res.Efforts[0].ID))
		return nil
	})
	cmd.ValidArgsFunction = cobra.NoFileCompletions
	return cmd
}

func (p *program) edit() *cobra.Command {
	cmd := p.editCommand("edit", 1, func(ctx context.Context, cmd *cobra.Command, args []string) error {
		fields, err := p.fields(cmd)
		if err != nil {
			return err
		}
		if len(fields) == 0 {
			return usage("nothing", "use", cmd.Use)
		}
		return p.change(ctx, args[0], func(e *model.Effort) (model.Command, error) {
			return model.Edit{On: model.On{Effort: e.ID}, Fields: fields}, nil
		})
	})
	for _, f := range model.DecisionFields() { // of a decision that an imported list has not had whole
		p.stringFlag(cmd, flagOf(f))
	}
	cmd.ValidArgsFunction = p.completeEffort
	return cmd
}

// change carries out a command on the effort that ref names, and prints what came of it.
func (p *program) change(ctx context.Context, ref string, build func(*model.Effort) (model.Command, error)) error {
	before, err := p.effort(ctx, ref)
	if err != nil {
		return err
	}
	command, err := build(before)
	if err != nil {
		return err
	}
	res, err := p.store.Do(ctx, p.actor, command)
	if err != nil {
		return err
	}
	return p.printResult(before, res)
}

// printResult prints what a command changed, or the effort as it is now; before stands in when nothing changed.
func (p *program) printResult(before *model.Effort, res store.Result) error {
	efforts := res.Efforts
	if len(res.Events) == 0 && before != nil {
		efforts = []*model.Effort{before}
	}
	if p.flags.json {
		if before != nil && len(efforts) == 1 {
			return exchange.Print(p.out, exchange.Effort(efforts[0]))
		}
		return p.printArray(efforts)
	}
	if len(res.Events) == 0 {
		p.note(p.say("nothing"))
		return nil
	}
	for i := range res.Events {
		ev := &res.Events[i]
		name := string(ev.Effort)
		if j := slices.IndexFunc(efforts, func(e *model.Effort) bool { return e.ID == ev.Effort }); j >= 0 && efforts[j].Codename != "" {
			name += " " + efforts[j].Codename
		}
		if name != "" { // the register is about no effort
			name += "  "
		}
		for _, c := range p.changes(ev) {
			p.print(name + c)
		}
	}
	return nil
}

func (p *program) setStatus() *cobra.Command {
	var decider, date, ref, reason, outcome *string
	cmd := p.command("status", 2, 2, p.withStore(func(ctx context.Context, args []string) error {
		return p.change(ctx, args[0], func(e *model.Effort) (model.Command, error) {
			c := model.SetStatus{On: model.On{Effort: e.ID}, Decider: *decider, Reference: *ref, Reason: *reason, Outcome: *outcome}
			code, err := p.word(model.DomainStatus, args[1])
			if err == nil {
				err = c.To.UnmarshalText([]byte(code))
			}
			if err == nil {
				c.Date, err = p.date("--date", *date)
			}
			return c, err
		})
	}))
	decider, date, ref = p.stringFlag(cmd, "decider"), p.stringFlag(cmd, "date"), p.stringFlag(cmd, "ref")
	reason, outcome = p.stringFlag(cmd, "reason"), p.stringFlag(cmd, "outcome")
	cmd.ValidArgsFunction = p.completeThen(p.completeNames(model.DomainStatus))
	return p.jsonFlag(cmd)
}

func (p *program) addNote() *cobra.Command {
	var important *bool
	cmd := p.command("note", 2, 2, p.withStore(func(ctx context.Context, args []string) error {
		return p.change(ctx, args[0], func(e *model.Effort) (model.Command, error) {
			return model.AddNote{On: model.On{Effort: e.ID}, Text: args[1], Important: *important}, nil
		})
	}))
	important = p.boolFlag(cmd, "important")
	cmd.ValidArgsFunction = p.completeEffort
	return p.jsonFlag(cmd)
}

func (p *program) addMeasure() *cobra.Command {
	cmd := p.command("measure", 3, 3, p.withStore(func(ctx context.Context, args []string) error {
		return p.change(ctx, args[0], func(e *model.Effort) (model.Command, error) {
			c := model.AddMeasure{On: model.On{Effort: e.ID}, Text: args[2]}
			code, err := p.word(model.DomainMeasure, args[1])
			if err == nil {
				err = c.Type.UnmarshalText([]byte(code))
			}
			return c, err
		})
	}))
	cmd.ValidArgsFunction = p.completeThen(p.completeNames(model.DomainMeasure))
	return p.jsonFlag(cmd)
}
