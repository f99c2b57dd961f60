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
	var first *model.Event // of the action that was printed last
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
			ev := &entries[i].Event
			with := uint64(0)
			if first != nil && ev.Op != "" && ev.Op == first.Op {
				with = first.Seq
			} else {
				first = ev
			}
			p.printEntry(ctx, ev, with)
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

// printEntry prints an entry: who did what when, and under it what changed. With is the first entry of the same
// action, 0 when this is it.
func (p *program) printEntry(ctx context.Context, ev *model.Event, with uint64) {
	who := string(ev.Officer)
	if ev.Agency != "" {
		who += " (" + string(ev.Agency) + ")"
	}
	line := "#" + strconv.FormatUint(ev.Seq, 10) + "  " + p.stamp(ev.At) + "  " + who + "  "
	if ev.Effort != "" {
		line += string(ev.Effort) + "  "
	}
	line += p.texts.ActionOf(ev)
	if ev.Undoes != 0 {
		line += " #" + strconv.FormatUint(ev.Undoes, 10)
	}
	if with != 0 {
		line += "  " + p.say("with", "seq", strconv.FormatUint(with, 10))
	}
	p.print(line)
	if ev.Action == model.ActLater || ev.Undoes != 0 && ev.Effort == "" {
		_, _ = p.store.Load(ctx) // without the board efforts go by their ids
	}
	for _, c := range p.changes(ev, true) {
		p.body(4, c)
	}
}

// changes says what changed, field by field; bookkeeping is left out. With whole, a text of several lines is
// printed in full; else it is cut to its first.
func (p *program) changes(ev *model.Event, whole bool) (lines []string) {
	day := ev.At.Day()
	for _, c := range ev.Changes {
		if c.Field.Quiet() {
			continue
		}
		if entry := p.texts.Entry(c, day, p.effortName, p.cat); entry != "" {
			lines = append(lines, entry)
			continue
		}
		field := p.texts.Field(c.Field) + ": "
		old, new := p.value(c.Field, c.Old, day), p.value(c.Field, c.New, day)
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

// effortName is an effort's codename where the board knows one, else its id.
func (p *program) effortName(id model.EffortID) string {
	if e := p.store.Board().Effort(id); e != nil {
		return e.Name()
	}
	return string(id)
}

// value is a field's value in words, as of a day; an agency's state with a measure's type translated.
func (p *program) value(f model.Field, v string, on model.Day) string {
	switch group, key, aspect := f.Parts(); {
	case v == "" || key == "" || aspect != "":
	case group == "hours":
		return p.texts.Hours(v, on)
	case group == "measure":
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
