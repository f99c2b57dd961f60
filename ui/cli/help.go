package cli

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"board.internal/samverkan/model"
)

func (p *program) help() *cobra.Command {
	cmd := p.command("help", 0, 1, nil)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		root := cmd.Root()
		if len(args) == 0 {
			return root.Help()
		}
		for _, c := range p.commands {
			if c.Name() == args[0] {
				return c.Help()
			}
		}
		return root.Args(root, args)
	}
	cmd.ValidArgsFunction = func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		var names []string
		for _, c := range p.commands {
			names = append(names, c.Name()+"\t"+c.Short)
		}
		return names, cobra.ShellCompDirectiveNoFileComp
	}
	return cmd
}

// helpPage prints the help of a command, or of the program.
func (p *program) helpPage(cmd *cobra.Command, _ []string) {
	h := p.texts.CLI.Help
	if cmd.HasParent() {
		p.block(h.Usage, "samverkan "+cmd.Use)
		p.print("")
		p.paragraphs(cmd.Long)
		p.block(h.Examples, cmd.Example)
		own := cmd.LocalNonPersistentFlags()
		own.SortFlags = false
		p.flagTable(h.Flags, own.FlagUsages())
		inherited := cmd.InheritedFlags()
		inherited.SortFlags = false
		p.flagTable(h.Global, inherited.FlagUsages())
		return
	}
	p.print("samverkan – " + p.texts.CLI.About)
	p.block(h.Usage, "samverkan              "+h.Opens+"\n"+h.Any)
	p.print("")
	p.print(h.Commands + ":")
	t := p.table()
	for _, c := range p.commands {
		t.add("", c.Name(), c.Short)
	}
	p.printTable(t)
	p.flagTable(h.Global, cmd.PersistentFlags().FlagUsages())
	p.print("")
	p.print(h.More)
}

// block prints a heading and lines under it, indented; nothing when there are none.
func (p *program) block(heading, body string) {
	if strings.TrimSpace(body) == "" {
		return
	}
	p.title(heading)
	for line := range strings.SplitSeq(strings.TrimRight(body, "\n"), "\n") {
		p.print(strings.TrimRight("  "+line, " "))
	}
}

func (p *program) title(heading string) {
	if heading != p.texts.CLI.Help.Usage {
		p.print("")
	}
	p.print(heading + ":")
}

// flagTable prints flags from the parser's own list, whose columns count bytes, in columns that count cells.
func (p *program) flagTable(heading, usages string) {
	if usages == "" {
		return
	}
	p.title(heading)
	t := p.table()
	for line := range strings.Lines(usages) {
		name, what, _ := strings.Cut(strings.TrimSpace(line), "  ")
		if strings.HasPrefix(name, "--") {
			name = "    " + name // under -h, --help
		}
		t.add("", name, strings.TrimSpace(what))
	}
	p.printTable(t)
}

// lines prints a text of several lines.
func (p *program) lines(body string) {
	for line := range strings.SplitSeq(strings.TrimRight(body, "\n"), "\n") {
		p.print(line)
	}
}

// paragraphs prints a text of several lines; on a terminal, those that are not indented are one and wrapped
// anew.
func (p *program) paragraphs(text string) {
	if p.Width == 0 {
		p.lines(text)
		return
	}
	indented := func(line string) bool { return strings.HasPrefix(line, " ") }
	whole := ""
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		switch {
		case whole == "":
			whole = line
		case !indented(whole) && !indented(line):
			whole += " " + line
		default:
			p.body(0, whole)
			whole = line
		}
	}
	p.body(0, whole)
}

// version reads no configuration and opens no store: it answers on a machine where nothing else works.
func (p *program) version() *cobra.Command {
	return p.command("version", 0, 0, func(context.Context, []string) error {
		version, built := p.Version, map[string]string{}
		if info, ok := debug.ReadBuildInfo(); ok {
			if v := info.Main.Version; v != "" && v != "(devel)" {
				version = v
			}
			for _, s := range info.Settings {
				built[s.Key] = s.Value
			}
		}
		p.print(fmt.Sprintf("samverkan %s (%s %s/%s)", version, runtime.Version(), runtime.GOOS, runtime.GOARCH))
		if revision := built["vcs.revision"]; revision != "" {
			line := p.say("built", "revision", revision, "time", built["vcs.time"])
			if built["vcs.modified"] == "true" {
				line += p.say("changed")
			}
			p.print(line)
		}
		return nil
	})
}

func (p *program) completion() *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	cmd := p.command("completion", 1, 1, nil)
	cmd.ValidArgs = shells
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		root := cmd.Root()
		switch args[0] {
		case "bash":
			return root.GenBashCompletionV2(p.out, true)
		case "zsh":
			return root.GenZshCompletion(p.out)
		case "fish":
			return root.GenFishCompletion(p.out, true)
		case "powershell":
			return root.GenPowerShellCompletionWithDesc(p.out)
		}
		return p.unknown("shell", args[0], model.Nearest(args[0], shells), shells)
	}
	return cmd
}
