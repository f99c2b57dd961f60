package cli

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/ui/exchange"
)

// journalPage is how many entries are read and printed at a time.
const journalPage = 1000

func (p *program) journal() *cobra.Command {
	var since, officer *string
	cmd := p.command("journal", 0, 1, p.withStore(func(ctx context.Context, args []string) error {
		q := store.Query{Officer: model.OfficerID(*officer), Limit: journalPage}
		var err error
		if q.Since, err = p.since(*since); err != nil {
			return err
		}
		if len(args) > 0 {
			e, err := p.effort(ctx, args[0])
			if err != nil {
				return err
			}
			q.Effort = e.ID
		}
		return p.printJournal(ctx, q)
	}))
	since, officer = p.stringFlag(cmd, "since"), p.stringFlag(cmd, "officer")
	cmd.ValidArgsFunction = p.completeEffort
	return p.jsonFlag(cmd)
}

// printJournal prints page by page, so that a long journal is never in memory.
func (p *program) printJournal(ctx context.Context, q store.Query) error {
	var array *exchange.Array
	if p.flags.json {
		array = exchange.NewArray(p.out)
	}
	found := false
	for {
		entries, err := p.store.Journal(ctx, q)
		if err != nil {
			return err
		}
		for i := range entries {
			found = true
			if array != nil {
				if err := array.Add(exchange.Entry(&entries[i].Event, entries[i].Hash)); err != nil {
					return err
				}
				continue
			}
			p.printEntry(&entries[i].Event)
		}
		if len(entries) < q.Limit || p.out.err != nil {
			break
		}
		q.After = entries[len(entries)-1].Seq
	}
	switch {
	case array != nil:
		return array.Close()
	case found:
	case q.Officer != "":
		p.note(p.say("no_entries_by", "officer", string(q.Officer)))
	case q.Since != 0:
		p.note(p.say("no_entries"))
	default:
		p.note(p.say("empty_journal"))
	}
	return nil
}

// printEntry prints an entry: who did what when, and under it what changed.
func (p *program) printEntry(ev *model.Event) {
	who := string(ev.Officer)
	if ev.Agency != "" {
		who += " (" + string(ev.Agency) + ")"
	}
	line := "#" + strconv.FormatUint(ev.Seq, 10) + "  " + p.stamp(ev.At) + "  " + who + "  "
	if ev.Effort != "" {
		line += string(ev.Effort) + "  "
	}
	line += p.texts.Words.Action[string(ev.Action)]
	if ev.Undoes != 0 {
		line += " #" + strconv.FormatUint(ev.Undoes, 10)
	}
	p.print(line)
	for _, c := range p.changes(ev, true) {
		p.body(4, c)
	}
}

// changes says what changed, field by field; bookkeeping is left out. With whole, a text of several lines is
// printed in full; else it is cut to its first.
func (p *program) changes(ev *model.Event, whole bool) (lines []string) {
	for _, c := range ev.Changes {
		if c.Field.Quiet() {
			continue
		}
		field := p.texts.Field(c.Field) + ": "
		old, new := p.value(c.Field, c.Old), p.value(c.Field, c.New)
		if c.Old != "" {
			new = old + " → " + new
		}
		body := bodyLines(new)
		for i, l := range body {
			switch {
			case i == 0 && !whole && len(body) > 1:
				lines = append(lines, field+l+" …")
			case i == 0:
				lines = append(lines, field+l)
			case whole:
				lines = append(lines, "  "+l)
			}
		}
	}
	return lines
}

// value is a field's value in words, an agency's state with a measure's type translated.
func (p *program) value(f model.Field, v string) string {
	if group, key, aspect := f.Parts(); group == "measure" && key != "" && aspect == "" {
		if kind, rest, ok := strings.Cut(v, " "); ok {
			return p.texts.Words.Measure[kind] + ": " + rest
		}
	}
	return p.texts.Value(f, v, p.cat)
}

// since reads a moment: a date or a date and time in the board's zone, RFC 3339, or how long ago (7d, 12h).
func (p *program) since(s string) (model.Stamp, error) {
	if s == "" {
		return 0, nil
	}
	if n, err := strconv.Atoi(strings.TrimSuffix(s, "d")); err == nil && strings.HasSuffix(s, "d") && n >= 0 && n < 100_000 {
		return model.StampOf(p.Now().AddDate(0, 0, -n)), nil
	}
	if d, err := time.ParseDuration(s); err == nil && d >= 0 {
		return model.StampOf(p.Now().Add(-d)), nil
	}
	for _, layout := range []string{time.DateOnly, "2006-01-02 15:04", "2006-01-02T15:04", time.RFC3339} {
		if t, err := time.ParseInLocation(layout, s, p.zone()); err == nil {
			return model.StampOf(t), nil
		}
	}
	return 0, usage("time", "what", "--since", "value", s)
}
