package cli

import (
	"cmp"
	"context"
	"errors"
	"os"
	"strconv"

	"github.com/spf13/cobra"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/exchange"
)

// maxLines is how many faults of a list are told one by one.
const maxLines = 100

// problems is a list that was refused, with everything that is wrong in it.
type problems struct {
	list  model.Problems
	lines []string
	file  string
}

func (e problems) Error() string { return e.list.Error() }

// code is that of wrong input, unless the officer may simply not do any of it.
func (e problems) code() int {
	for _, q := range e.list {
		if model.FaultOf(q.Err) != model.Forbidden {
			return ExitInvalid
		}
	}
	return ExitForbidden
}

func (p *program) importFile() *cobra.Command {
	var check *bool
	cmd := p.command("import", 1, 1, p.makingStore(func(ctx context.Context, args []string) error {
		actor := p.actor
		actor.ReadOnly = actor.ReadOnly && !*check // a check writes nothing
		if err := actor.MayImport(); err != nil {
			return err
		}
		if err := p.turn(ctx); err != nil {
			return err
		}
		bar := p.progress()
		defer bar.done()
		list, err := p.read(args[0], bar)
		if err != nil {
			return err
		}
		n := len(list.Import.Rows)
		bar.step(p.say("storing") + " " + strconv.Itoa(n))
		if *check || len(list.Problems) > 0 {
			_, err = p.store.Try(ctx, actor, list.Import)
		} else {
			_, err = p.store.Do(ctx, p.actor, list.Import)
		}
		bar.done()
		var found model.Problems
		if err != nil && !errors.As(err, &found) {
			return err
		}
		if all := list.Merge(found); len(all) > 0 {
			return problems{all, list.Lines(p.texts, all, maxLines), args[0]}
		}
		if *check {
			p.print(p.count("checked", n))
		} else {
			p.print(p.count("imported", n) + p.closed(list.Import.Rows))
		}
		return nil
	}))
	check = p.boolFlag(cmd, "check")
	cmd.ValidArgsFunction = func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return []string{"csv", "json", "txt"}, cobra.ShellCompDirectiveFilterFileExt
	}
	return cmd
}

// closed says how many of the efforts read in are closed: no picture of the board counts them.
func (p *program) closed(rows []model.Row) string {
	n := 0
	for _, r := range rows {
		if !r.Effort.Open() {
			n++
		}
	}
	switch n {
	case 0:
		return ""
	case len(rows):
		return p.count("closed_all", n)
	}
	return p.count("closed", n)
}

// read reads a list from a file, or from standard input when it is named -.
func (p *program) read(name string, bar *progress) (*exchange.List, error) {
	in, size := p.In, int64(0)
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, fileError(name, err)
		}
		defer f.Close()
		if info, err := f.Stat(); err == nil {
			if size = info.Size(); info.IsDir() {
				return nil, usage("folder", "file", name)
			}
		}
		in = f
	}
	most := exchange.MaxExport
	if p.Served != nil {
		most = p.cfg.Server.UploadMBytes << 20
	}
	return exchange.Load(bar.watch(in, size, p.say("reading")), most, p.cat, p.lexicon)
}

func (p *program) export() *cobra.Command {
	var format *string
	formats := []string{"json", "csv"}
	cmd := p.command("export", 0, 0, p.withStore(func(ctx context.Context, _ []string) error {
		switch *format {
		case "", "json":
			return p.exportJSON(ctx)
		case "csv":
			return p.exportCSV(ctx)
		}
		return p.unknown("format", *format, model.Nearest(*format, formats), formats)
	}))
	format = p.stringFlag(cmd, "format")
	p.completeFlag(cmd, "format", cobra.FixedCompletions(formats, cobra.ShellCompDirectiveNoFileComp))
	cmd.ValidArgsFunction = cobra.NoFileCompletions
	return p.atFlag(cmd)
}

func (p *program) exportJSON(ctx context.Context) error {
	w := exchange.NewWriter(p.out)
	var err error
	if w.Links, err = p.store.AllLinks(ctx); err != nil {
		return err
	}
	var failed error
	partners, err := p.store.Dump(ctx, func(e *model.Effort, notes []model.Note) bool {
		failed = w.Add(e, notes)
		return failed == nil
	})
	if err := cmp.Or(failed, err); err != nil {
		return err
	}
	return w.Close(partners)
}

func (p *program) exportCSV(ctx context.Context) error {
	w := exchange.NewCSV(p.out)
	var failed error
	err := p.store.Efforts(ctx, func(e *model.Effort) bool {
		failed = w.Add(e)
		return failed == nil
	})
	if err := cmp.Or(failed, err); err != nil {
		return err
	}
	return w.Close()
}
