package cli

import (
	"cmp"
	"context"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/ui/exchange"
	"board.internal/samverkan/ui/text"
)

func (p *program) show() *cobra.Command {
	cmd := p.command("show", 1, 1, p.withStore(func(ctx context.Context, args []string) error {
		e, err := p.effort(ctx, args[0])
		if err != nil {
			return err
		}
		if p.flags.json {
			links, err := p.store.Links(ctx, e.ID)
			if err != nil {
				return err
			}
			return exchange.Print(p.out, exchange.Linked(e, links))
		}
		return p.page(ctx, e)
	}))
	cmd.ValidArgsFunction = p.completeEffort
	return p.jsonFlag(p.atFlag(cmd))
}

// page prints an effort whole: head, agencies, decision, follow-up, notes, journal.
func (p *program) page(ctx context.Context, e *model.Effort) error {
	notes, err := p.store.Notes(ctx, e.ID)
	if err != nil {
		return err
	}
	entries, err := p.store.Journal(ctx, store.Query{Effort: e.ID})
	if err != nil {
		return err
	}
	p.print(strings.TrimSpace(string(e.ID) + "  " + e.Codename))
	if e.Title != "" {
		p.body(0, e.Title)
	}
	p.print("")
	p.facts(e)
	p.parts(e)
	p.followup(e)
	if err := p.links(ctx, e); err != nil {
		return err
	}
	if len(notes) > 0 {
		p.heading("notes")
		for _, n := range notes {
			head := p.stamp(n.At) + "  " + string(n.By)
			if n.Important {
				head += "  !! " + p.texts.Words.Field["important"]
			}
			p.noteLines(head, n.Text)
		}
	}
	p.heading("journal")
	t := p.table()
	for i := range entries {
		ev := &entries[i].Event
		changes := ""
		if ev.Action != model.ActCreate && ev.Action != model.ActImport { // the page is what they made
			changes = strings.Join(p.changes(ev), "; ")
		}
		t.add("", p.stamp(ev.At), string(ev.Officer), p.texts.ActionOf(ev), changes)
	}
	p.printTable(t)
	return nil
}

func (p *program) heading(key string) {
	p.print("")
	p.print(p.head(key))
}

// facts are the effort's fields, those that have a value.
func (p *program) facts(e *model.Effort) {
	t := p.table()
	for _, f := range []model.Field{model.FieldStatus, model.FieldReason, model.FieldOutcome, model.FieldRegion, model.FieldRegions,
		model.FieldFocus, model.FieldKind, model.FieldLevel, model.FieldArea, model.FieldCrime, model.FieldPriority, model.FieldReview,
		model.FieldDecider, model.FieldDecided, model.FieldReference, model.FieldPartners} {
		if v := e.Get(f); v != "" {
			t.add(p.texts.Field(f), p.texts.Value(f, v, p.cat))
		}
	}
	t.add(p.texts.Field(model.FieldCreated), p.stamp(e.Created))
	t.add(p.texts.Field(model.FieldUpdated), p.stamp(e.Updated)+"  "+string(e.UpdatedBy))
	if e.Ended != 0 {
		t.add(p.texts.Field(model.FieldEnded), p.stamp(e.Ended))
	}
	t.add(p.texts.Field("version"), strconv.Itoa(int(e.Version)))
	p.printTable(t)
}

// parts are the agencies' parts.
func (p *program) parts(e *model.Effort) {
	if len(e.Assignments) == 0 {
		return
	}
	p.heading("agency_part")
	t := p.table()
	t.spare = []int{2} // the code says it too
	for _, a := range e.Assignments {
		name := ""
		if agency := p.cat.Agency(a.Agency); agency != nil {
			name = agency.Name.In(p.texts.Lang)
		}
		lead := ""
		if a.Lead {
			lead = p.texts.Field(model.FieldLead)
		}
		t.add("", string(a.Agency), name, p.texts.Part(a), lead, p.texts.Words.Mode[a.Mode.String()], p.stamp(a.Since), a.Reason)
	}
	p.printTable(t)
}

func (p *program) followup(e *model.Effort) {
	if e.Followup == nil {
		return
	}
	if len(e.Measures) > 0 {
		p.heading("measures")
		t := p.table()
		for _, m := range e.Measures {
			t.add("", p.texts.Words.Short.Measure[m.Type.String()], p.texts.Words.Measure[m.Type.String()], p.stamp(m.At), string(m.By), m.Text)
		}
		p.printTable(t)
	}
	if len(e.Hours) > 0 {
		p.heading("hours")
		t := p.table(2)
		for _, h := range e.Hours {
			t.add("", string(h.Agency), p.texts.Number(int64(h.Centi), 2), h.Date.String(), string(h.By))
		}
		p.printTable(t)
	}
	if len(e.Outcomes) > 0 {
		p.heading("outcomes")
		t := p.table(2)
		for _, o := range e.Outcomes {
			name, unit := p.texts.Measure(o.Measure, p.cat)
			t.add("", name, p.texts.Amount(o.Milli, unit), o.Date.String(), cmp.Or(string(o.Agency), p.texts.Words.Unknown), string(o.By))
		}
		p.printTable(t)
	}
}

// noteLines prints a note under its head, line by line.
func (p *program) noteLines(head, body string) {
	p.print("  " + head)
	for _, line := range text.Body(body) {
		p.body(4, line)
	}
}
