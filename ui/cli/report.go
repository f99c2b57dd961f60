package cli

import (
	"bytes"
	"cmp"
	"context"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/exchange"
	"board.internal/samverkan/ui/report"
)

// reportFlags are what a report is asked for with.
type reportFlags struct {
	year, period, region, format, out, behind *string
	public, before                            *bool
	// given reports whether a flag was: an empty year is a script's mistake, and not this one.
	given func(flag string) bool
}

func (p *program) report() *cobra.Command {
	var f reportFlags
	cmd := p.command("report", 0, -1, p.withStore(func(ctx context.Context, args []string) error {
		if p.flags.json {
			*f.format = "json"
		}
		if !slices.Contains(report.Formats(), *f.format) {
			return p.unknown("format", *f.format, model.Nearest(*f.format, report.Formats()), report.Formats())
		}
		if err := f.ending(); err != nil {
			return err
		}
		spec, err := p.reportSpec(&f, args)
		if err != nil {
			return err
		}
		if *f.behind != "" || *f.before {
			return p.behindFigure(ctx, spec, &f)
		}
		return p.printReport(ctx, spec, &f)
	}))
	f.year, f.period, f.region, f.format = p.stringFlag(cmd, "year"), p.stringFlag(cmd, "period"), p.stringFlag(cmd, "region"), p.stringFlag(cmd, "format")
	*f.format = report.Formats()[0]
	f.out, f.public = p.stringFlag(cmd, "out"), p.boolFlag(cmd, "public")
	f.given = cmd.Flags().Changed
	f.behind, f.before = p.stringFlag(cmd, "behind"), p.boolFlag(cmd, "before")
	p.completeFlag(cmd, "region", p.completeNames(model.DomainRegion))
	p.completeFlag(cmd, "format", cobra.FixedCompletions(report.Formats(), cobra.ShellCompDirectiveNoFileComp))
	p.completeFlag(cmd, "out", cobra.FixedCompletions(nil, cobra.ShellCompDirectiveDefault))
	cmd.ValidArgsFunction = p.completeFilter
	return p.jsonFlag(p.atFlag(cmd))
}

var fourDigits = regexp.MustCompile(`^\d{4}$`)

// reportSpec reads what the report is to be about: without a period, this year so far.
func (p *program) reportSpec(f *reportFlags, args []string) (spec model.ReportSpec, err error) {
	today := p.today()
	spec = model.ReportSpec{Asker: p.asker(), Today: today}
	typed := *f.period
	switch {
	case f.given("year") && f.given("period"):
		return spec, usage("year_period")
	case f.given("year") && !fourDigits.MatchString(*f.year):
		return spec, usage("year", "value", cmp.Or(model.MaskPersonal(*f.year), p.texts.Words.Unknown))
	case f.given("year"):
		typed = *f.year
	case !f.given("period"):
		typed = today.Time().Format("2006")
	}
	if spec.Period, err = model.ParsePeriod(typed, today); err != nil {
		return spec, err
	}
	spec.Period = spec.Period.Until(today) // so that the same days of the year before stand beside it
	if strings.TrimSpace(*f.region) != "" {
		code, err := p.word(model.DomainRegion, *f.region)
		if err != nil {
			return spec, err
		}
		spec.Region = model.RegionCode(code)
	}
	if err := p.bare(args); err != nil {
		return spec, err
	}
	if spec.Filter, err = model.ParseFilter(strings.Join(args, " "), p.cat, p.lexicon); err != nil {
		return spec, err
	}
	if *f.public && spec.Filter.Named() {
		return spec, usage("public_filter")
	}
	return spec, nil
}

// ending takes the format from the ending of the file where none is given, and refuses one that says another.
func (f *reportFlags) ending() error {
	ending := strings.ToLower(strings.TrimPrefix(filepath.Ext(*f.out), "."))
	if ending == "txt" {
		ending = "text"
	}
	switch known := slices.Contains(report.Formats(), ending); {
	case known && !f.given("format") && !f.given("json"):
		*f.format = ending
	case known && ending != *f.format:
		return usage("report_ending", "file", *f.out, "format", *f.format)
	}
	return nil
}

// bare refuses a period or a region's name among the words of the filter: they would look for efforts with that text, and
// a report of none looks like one of a year in which nothing was done.
func (p *program) bare(args []string) error {
	var flags []string
	for _, word := range args {
		if _, err := model.ParsePeriod(word, p.today()); err == nil {
			flag := "--period "
			if fourDigits.MatchString(word) {
				flag = "--year "
			}
			flags = append(flags, flag+word)
			continue
		}
		code, _, ok := p.lexicon.Lookup(model.DomainRegion, word)
		name := model.Fold(p.texts.Value(model.FieldRegion, code, p.cat))
		if folded := model.Fold(word); ok && (folded == model.Fold(code) || folded == name) {
			flags = append(flags, "--region "+strings.ToLower(code))
		}
	}
	if len(flags) == 0 {
		return nil
	}
	return usage("report_bare", "value", model.MaskPersonal(strings.Join(args, " ")), "flags", strings.Join(flags, " "))
}

// printReport writes the report, to a new file if one is named.
func (p *program) printReport(ctx context.Context, spec model.ReportSpec, f *reportFlags) error {
	if *f.format == "xlsx" && *f.out == "" && p.Width > 0 {
		if p.Remote {
			return usage("report_terminal_ssh")
		}
		return usage("report_terminal")
	}
	if *f.out != "" {
		if err := newFile(*f.out); err != nil {
			return err
		}
	}
	r, head, err := p.store.Report(ctx, spec, nil, false)
	if err != nil {
		return err
	}
	_, past := p.store.Past()
	if *f.public {
		p.note(p.say("public_once"))
	}
	d := report.New(report.Source{Report: r, Head: head, Drawn: spec.Today, Past: past, Public: *f.public, Floor: p.cfg.Report.PublicFloor}, p.texts, p.cat)
	if *f.out == "" {
		return p.writeReport(p.out, d, *f.format, p.Width)
	}
	if err := exchange.WriteNew(*f.out, func(w io.Writer) error { return p.writeReport(w, d, *f.format, 0) }); err != nil {
		return fileError(*f.out, err)
	}
	p.print(p.say("report_written", "file", *f.out))
	return nil
}

// writeReport writes a document. Text is for a line of so many cells, and for a terminal that may show ASCII only.
func (p *program) writeReport(w io.Writer, d *report.Document, format string, width int) error {
	if format != "text" {
		return d.Write(w, format)
	}
	var b bytes.Buffer
	for _, line := range d.Lines(width, p.flags.ascii) {
		b.WriteString(p.plain(line) + "\n")
	}
	_, err := w.Write(b.Bytes())
	return err
}

// behindFigure prints the efforts that a figure is made of, as list does.
func (p *program) behindFigure(ctx context.Context, spec model.ReportSpec, f *reportFlags) error {
	switch {
	case *f.behind == "":
		return usage("before_alone")
	case *f.public:
		return &wrong{"behind_public", nil, ExitRefused}
	case *f.out != "" || *f.format != "text" && *f.format != "json":
		return usage("behind_format")
	}
	key, ok := model.ParseReportKey(*f.behind)
	if !ok {
		return usage("behind", "value", model.MaskPersonal(*f.behind))
	}
	r, _, err := p.store.Report(ctx, spec, &key, *f.before)
	if err != nil {
		return err
	}
	if !r.Has(key) {
		return usage("behind", "value", model.MaskPersonal(*f.behind))
	}
	efforts := r.Efforts()
	slices.SortFunc(efforts, (*model.Effort).Before)
	if p.flags.json || *f.format == "json" {
		return p.printArray(efforts)
	}
	p.printEfforts(efforts)
	if len(efforts) == 0 {
		p.note(p.say("none"))
	}
	return nil
}
