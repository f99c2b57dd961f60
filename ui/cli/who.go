package cli

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/ui/exchange"
)

// present is somebody at the board as JSON. Terminal is where from, hashed.
type present struct {
	Officer  model.OfficerID  `json:"officer"`
	Initials string           `json:"initials"`
	Agency   model.AgencyCode `json:"agency"`
	Terminal string           `json:"terminal"`
	Since    string           `json:"since"`
	Screen   string           `json:"screen"`
	Region   model.RegionCode `json:"region"`
	Effort   model.EffortID   `json:"effort"`
	Editing  []model.EffortID `json:"editing"`
}

// who prints who has the board open just now, and at what.
func (p *program) who() *cobra.Command {
	cmd := p.command("who", 0, 0, p.withStore(func(ctx context.Context, _ []string) error {
		board, err := p.store.Load(ctx)
		if err != nil {
			return err
		}
		here := p.store.Here()
		if p.flags.json {
			array := exchange.NewArray(p.out)
			for i := range here {
				if err := array.Add(presentOf(&here[i])); err != nil {
					return err
				}
			}
			return array.Close()
		}
		if len(here) == 0 {
			p.note(p.say("nobody_here"))
			return nil
		}
		t := p.table()
		t.add(p.head("initials"), p.head("officer"), p.head("agency"), p.head("from"), p.head("since"), p.head("doing"))
		for i := range here {
			w := &here[i]
			t.add(p.known(w.Initials), string(w.Officer), p.known(string(w.Agency)), p.known(w.From()), p.texts.Ago(model.StampOf(w.Since), p.Now()), p.doing(board, w.Doing))
		}
		p.printTable(t)
		return nil
	}))
	cmd.ValidArgsFunction = cobra.NoFileCompletions
	return p.jsonFlag(cmd)
}

func presentOf(w *store.Present) present {
	return present{w.Officer, w.Initials, w.Agency, w.Terminal, w.Since.UTC().Format(time.RFC3339), w.Place, w.Region, w.Effort,
		append([]model.EffortID{}, w.Editing...)}
}

// doing says what somebody is at, with the efforts by their names.
func (p *program) doing(board *model.Board, at store.Doing) string {
	name := func(id model.EffortID) string {
		if e := board.Effort(id); e != nil {
			return e.Name()
		}
		return string(id)
	}
	var editing []string
	for _, id := range at.Editing {
		editing = append(editing, name(id))
	}
	return p.texts.Doing(at.Place, string(at.Region), name(at.Effort), editing, p.cat)
}
