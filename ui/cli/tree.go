package cli

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/text"
)

// globals are the flags of every command.
type globals struct {
	config, store, as, agency, lang      string
	readOnly, ascii, noColor, json, help bool
	// wall and publicRoom are read-only too.
	wall, publicRoom bool
}

// reads reports whether the flags forbid every write.
func (g *globals) reads() bool { return g.readOnly || g.wall || g.publicRoom }

// prepare reads as much of the arguments as decides the language, and then the configuration, whose language it is
// unless the arguments say otherwise: what is wrong with the arguments is to be said in it.
func (p *program) prepare() {
	p.Remote = p.Remote || p.Served != nil
	word := p.peek().Flags().Arg(0)
	p.Args = p.arguments(word)
	if p.Remote {
		p.flags.config = ""
	}
	if word != "version" && word != "completion" {
		p.configure()
	}
	lang := p.flags.lang
	if !slices.Contains(text.Languages(), lang) && p.cfg != nil {
		lang = p.cfg.Language
	}
	if !slices.Contains(text.Languages(), lang) {
		lang = text.Detect(p.env)
	}
	p.texts = text.In(lang)
}

// globalFlags gives a command the flags that all have; texts is nil where nobody reads them.
func (p *program) globalFlags(cmd *cobra.Command, texts func(string) string) {
	if texts == nil {
		texts = func(string) string { return "" }
	}
	f := cmd.PersistentFlags()
	f.SortFlags = false
	for _, s := range []struct {
		name string
		to   *string
	}{{"config", &p.flags.config}, {"store", &p.flags.store}, {"as", &p.flags.as}, {"agency", &p.flags.agency}, {"lang", &p.flags.lang}} {
		f.StringVar(s.to, s.name, "", texts(s.name))
	}
	for _, b := range []struct {
		name string
		to   *bool
	}{{"read-only", &p.flags.readOnly}, {"wall", &p.flags.wall}, {"public-room", &p.flags.publicRoom}, {"ascii", &p.flags.ascii}, {"no-color", &p.flags.noColor}} {
		f.BoolVar(b.to, b.name, false, texts(b.name))
	}
	f.BoolVarP(&p.flags.help, "help", "h", false, texts("help"))
}

// tree builds the commands, in the order of the help page.
func (p *program) tree() *cobra.Command {
	root := &cobra.Command{
		Use:               "samverkan",
		Short:             p.texts.CLI.About,
		SilenceErrors:     true,
		SilenceUsage:      true,
		PersistentPreRunE: p.allowed,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			var names []string
			for _, c := range p.commands {
				names = append(names, c.Name())
			}
			return usage("unknown_command", "name", args[0], "near", p.near(args[0], names))
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return p.board(cmd.Context()) },
	}
	root.CompletionOptions.DisableDefaultCmd = true
	p.globalFlags(root, func(name string) string { return p.texts.CLI.Flags[name] })
	root.SetHelpFunc(p.helpPage)
	root.SetFlagErrorFunc(p.flagError)
	p.commands = []*cobra.Command{
		p.demo(), p.list(), p.show(), p.overview(), p.load(), p.inbox(), p.gaps(), p.handover(), p.meeting(), p.minutes(), p.who(), p.add(), p.edit(), p.assign(), p.answer(), p.release(),
		p.setStatus(), p.addNote(), p.addMeasure(), p.hours(), p.outcome(), p.partners(), p.partner(), p.link(), p.unlink(), p.codename(), p.undo(), p.redo(), p.journal(), p.report(), p.importFile(), p.export(), p.verify(), p.backup(), p.serve(),
		p.config(), p.pin(), p.version(), p.completion(),
	}
	help := p.help()
	root.SetHelpCommand(help)
	p.commands = append(p.commands, help)
	root.AddCommand(p.commands...)
	return root
}

// run is what a command does with its arguments.
type run func(ctx context.Context, args []string) error

// command makes a command of the texts under its name that takes from least to most arguments; most -1 is no bound.
func (p *program) command(name string, least, most int, fn run) *cobra.Command {
	t := p.texts.CLI.Commands[name]
	cmd := &cobra.Command{
		Use: t.Use, Short: t.Short, Long: t.Long, Example: t.Example, DisableFlagsInUseLine: true,
		Args: func(_ *cobra.Command, args []string) error {
			switch {
			case len(args) < least:
				return usage("few", "command", name, "use", t.Use)
			case most >= 0 && len(args) > most:
				return usage("many", "command", name, "use", t.Use, "arg", args[most])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return fn(cmd.Context(), args) },
	}
	cmd.Flags().SortFlags = false
	return cmd
}

// usageOf is a flag's text: the command's own, or the one that all share.
func (p *program) usageOf(cmd *cobra.Command, flag string) string {
	if own, ok := p.texts.CLI.Flags[cmd.Name()+"."+flag]; ok {
		return own
	}
	return p.texts.CLI.Flags[flag]
}

func (p *program) stringFlag(cmd *cobra.Command, name string) *string {
	return cmd.Flags().String(name, "", p.usageOf(cmd, name))
}

// listFlag may be given several times; what is within one is split by whoever reads it.
func (p *program) listFlag(cmd *cobra.Command, name string) *[]string {
	return cmd.Flags().StringArray(name, nil, p.usageOf(cmd, name))
}

func (p *program) boolFlag(cmd *cobra.Command, name string) *bool {
	return cmd.Flags().Bool(name, false, p.usageOf(cmd, name))
}

func (p *program) intFlag(cmd *cobra.Command, name string) *int {
	return cmd.Flags().Int(name, 0, p.usageOf(cmd, name))
}

// jsonFlag marks a command that can print JSON.
func (p *program) jsonFlag(cmd *cobra.Command) *cobra.Command {
	cmd.Flags().BoolVar(&p.flags.json, "json", false, p.usageOf(cmd, "json"))
	return cmd
}

// near is the end of a sentence that names the nearest of what there is, "" when nothing is near.
func (p *program) near(typed string, known []string) string {
	if n := model.Nearest(typed, known); n != "" {
		return p.nearest(n)
	}
	return ""
}

func (p *program) nearest(word string) string {
	if word == "" {
		return ""
	}
	return text.Fill(p.texts.Faults.Near, "near", word)
}

// flagError puts what the flag parser says into the user's language. The parser tells its errors apart by their
// methods.
func (p *program) flagError(cmd *cobra.Command, err error) error {
	var value interface{ GetValue() string }
	var syntax interface{ GetSpecifiedFlag() string }
	var named interface {
		GetSpecifiedName() string
		GetSpecifiedShortnames() string
	}
	command := cmd.CommandPath()
	switch {
	case errors.As(err, &value):
		_, rest, _ := strings.Cut(err.Error(), strconv.Quote(value.GetValue())+` for "--`)
		flag, _, _ := strings.Cut(rest, `"`)
		return usage("flag_bad", "flag", "--"+flag, "value", value.GetValue(), "command", command)
	case errors.As(err, &syntax):
		return usage("flag_syntax", "flag", syntax.GetSpecifiedFlag())
	case errors.As(err, &named):
		flag := "--" + named.GetSpecifiedName()
		if s := named.GetSpecifiedShortnames(); s != "" {
			flag = "-" + s
		}
		if strings.HasPrefix(err.Error(), "flag needs") {
			return usage("flag_value", "flag", flag, "command", command)
		}
		return usage("unknown_flag", "flag", flag, "command", command, "near", p.near(flag, p.flagsOf(cmd)))
	}
	return usage("flag_syntax", "flag", err.Error())
}

// flagsOf lists the flags that a command takes, as they are written in its help.
func (p *program) flagsOf(cmd *cobra.Command) (names []string) {
	all := cmd.LocalFlags().FlagUsages() + cmd.InheritedFlags().FlagUsages()
	for line := range strings.Lines(all) {
		for _, w := range strings.Fields(line) {
			if strings.HasPrefix(w, "--") {
				names = append(names, w)
				break
			}
		}
	}
	return names
}
