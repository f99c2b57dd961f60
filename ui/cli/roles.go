package cli

import (
	"context"

	"github.com/spf13/cobra"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/exchange"
)

// roleRight is a right, and how far each role has it.
type roleRight struct {
	Right       string      `json:"right"`
	Viewer      model.Scope `json:"viewer"`
	Liaison     model.Scope `json:"liaison"`
	Coordinator model.Scope `json:"coordinator"`
	National    model.Scope `json:"national"`
}

// printRoles prints what each role may do, as the model has it.
func (p *program) printRoles() error {
	words := p.texts.Words
	t := p.table()
	head := []string{p.head("right")}
	for _, role := range model.Roles() {
		head = append(head, words.Role[role.String()])
	}
	t.add(head...)
	var all []roleRight
	for _, right := range model.Rights() {
		all = append(all, roleRight{right.String(), model.Viewer.Scope(right), model.Liaison.Scope(right),
			model.Coordinator.Scope(right), model.NationalRole.Scope(right)})
		row := []string{words.Right[right.String()]}
		for _, role := range model.Roles() {
			scope := words.Unknown
			if s := role.Scope(right); s != model.Nowhere {
				scope = words.Scope[s.String()]
			}
			row = append(row, scope)
		}
		t.add(row...)
	}
	if p.flags.json {
		return exchange.Print(p.out, all)
	}
	p.printTable(t)
	return nil
}

// pinState is what there is to know of an officer's PIN.
type pinState struct {
	Officer model.OfficerID `json:"officer"`
	Set     bool            `json:"set"`
	Wrong   int             `json:"wrong"`
}

// pin says whether an officer has a PIN, and takes one out that is forgotten. It is set on the board alone: a command's
// arguments are seen by others and stay in a shell's history.
func (p *program) pin() *cobra.Command {
	var remove *bool
	cmd := p.command("pin", 1, 1, p.withStore(func(ctx context.Context, args []string) error {
		officer := model.OfficerID(args[0])
		for _, o := range p.cat.Officers {
			if model.Fold(string(o.ID)) == model.Fold(args[0]) || o.Initials != "" && model.Fold(o.Initials) == model.Fold(args[0]) {
				officer = o.ID
			}
		}
		if *remove {
			res, err := p.store.Do(ctx, p.actor, model.SetPIN{Officer: officer})
			if err != nil {
				return err
			}
			return p.printResult(nil, res)
		}
		if p.cat.Officer(officer) == nil {
			return &model.Error{Fault: model.NotFound, Why: model.UnknownOfficer, Args: map[string]string{"officer": model.MaskPersonal(args[0])}}
		}
		values, err := p.store.Registered(ctx, model.PINKey(officer), model.TriesKey(officer))
		if err != nil {
			return err
		}
		tries, err := model.ParseTries(values[1])
		if err != nil {
			return err
		}
		state := pinState{officer, values[0] != "", tries.Wrong}
		switch {
		case p.flags.json:
			return exchange.Print(p.out, state)
		case state.Set:
			p.print(p.say("pin_set", "officer", string(officer), "tries", p.count("tries", state.Wrong)))
		default:
			p.print(p.say("pin_none", "officer", string(officer)))
		}
		return nil
	}))
	remove = p.boolFlag(cmd, "remove")
	cmd.ValidArgsFunction = cobra.NoFileCompletions
	return p.jsonFlag(cmd)
}
