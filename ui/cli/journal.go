package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/ui/exchange"
)

// journalPage is how many entries are read and printed at a time.
const journalPage = 1000

func (p *program) journal() *cobra.Command {
	var since, officer, of, format *string
	formats := exchange.JournalFormats()
	cmd := p.command("journal", 0, -1, p.withStore(func(ctx context.Context, args []string) error {
		q, err := p.query(ctx, strings.Join(args, " "))
		if err != nil {
			return err
		}
		q.Limit = journalPage
		if *officer != "" {
			q.Officer = model.OfficerID(*officer) // also one that has left the configuration
			if id, _, ok := p.cat.FindOfficer(*officer, nil); ok {
				q.Officer = id
			}
		}
		if at, err := p.since(*since); err != nil {
			return err
		} else if at != 0 {
			q.Since = at
		}
		if *of != "" {
			if q.Agency, err = p.agencyCode(*of); err != nil {
				return err
			}
		}
		return p.printJournal(ctx, q, *format)
	}))
	since, officer, of = p.stringFlag(cmd, "since"), p.stringFlag(cmd, "officer"), p.stringFlag(cmd, "of")
	format = p.stringFlag(cmd, "format")
	p.completeFlag(cmd, "format", cobra.FixedCompletions(formats, cobra.ShellCompDirectiveNoFileComp))
	p.completeFlag(cmd, "of", p.completeNames(model.DomainAgency))
	cmd.ValidArgsFunction = p.completeJournal
	return p.jsonFlag(p.atFlag(cmd))
}

// query reads the words that narrow the journal, the same as on the screen.
func (p *program) query(ctx context.Context, words string) (store.Query, error) {
	f, err := model.ParseJournal(words, p.lexicon, p.Now(), p.zone())
	if err != nil {
		return store.Query{}, err
	}
	return p.store.QueryOf(ctx, f)
}

// journalTo returns how the journal is written, nil for a format that is none.
func (p *program) journalTo(ctx context.Context, format string) exchange.Journal {
	known := false
	r := exchange.Reading{Texts: p.texts, Catalogue: p.cat, Name: func(id model.EffortID) string {
		if !known { // without the board efforts go by their ids
			_, _ = p.store.Load(ctx)
			known = true
		}
		return p.effortName(id)
	}}
	switch {
	case p.flags.json:
		format = "json"
	case format == "" || format == "text":
		return exchange.NewJournalText(func(indent int, line string) {
			if indent == 0 {
				p.print(line)
				return
			}
			p.body(indent, line)
		}, r)
	}
	return exchange.NewJournal(p.out, format, r)
}

// printJournal prints page by page, so that a long journal is never in memory.
func (p *program) printJournal(ctx context.Context, q store.Query, format string) error {
	to := p.journalTo(ctx, format)
	if to == nil {
		formats := exchange.JournalFormats()
		return p.unknown("format", format, model.Nearest(format, formats), formats)
	}
	found := false
	for {
		entries, err := p.store.Journal(ctx, q)
		if err != nil {
			return err
		}
		for i := range entries {
			found = true
			if err := to.Add(&entries[i].Event, entries[i].Hash); err != nil {
				return err
			}
		}
		if len(entries) < q.Limit || p.out.err != nil {
			break
		}
		q.After = entries[len(entries)-1].Seq
	}
	if !found && !p.flags.json && (format == "" || format == "text") {
		p.note(p.noEntries(q))
	}
	return to.Close()
}

// noEntries says why nothing is printed.
func (p *program) noEntries(q store.Query) string {
	switch {
	case q.Officer != "":
		return p.say("no_entries_by", "officer", string(q.Officer))
	case q.Agency != "":
		return p.say("no_entries_by", "officer", string(q.Agency))
	case q.Since != 0:
		return p.say("no_entries")
	}
	return p.say("empty_journal")
}

// changes says what changed, field by field, each in one line.
func (p *program) changes(ev *model.Event) []string {
	return p.texts.ChangeLines(ev, false, p.effortName, p.cat)
}

// effortName is an effort's codename where the board knows one, else its id.
func (p *program) effortName(id model.EffortID) string {
	if e := p.store.Board().Effort(id); e != nil {
		return e.Name()
	}
	return string(id)
}

// since reads a moment: a date or a date and time in the board's zone, RFC 3339, or how long ago (7d, 12h).
func (p *program) since(s string) (model.Stamp, error) {
	if s == "" {
		return 0, nil
	}
	at, ok := model.ParseSince(s, p.Now(), p.zone())
	if !ok {
		return 0, usage("time", "what", "--since", "value", s)
	}
	return at, nil
}
