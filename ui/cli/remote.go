package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"board.internal/samverkan/ui/config"
)

// remote are the commands that may be given over SSH: what is not here is refused, so that a command to come is until
// somebody has thought of it. Those with a function may be given when it says so.
var remote = map[string]func(cmd *cobra.Command, args []string) bool{
	"samverkan": nil, "help": nil, "version": nil,
	"list": nil, "show": nil, "overview": nil, "load": nil, "inbox": nil, "gaps": nil, "handover": nil, "meeting": nil, "minutes": nil, "who": nil,
	"journal": nil, "report": nil, "export": nil, "partners": nil, "codename": nil,
	"add": nil, "edit": nil, "assign": nil, "answer": nil, "release": nil, "status": nil, "note": nil, "measure": nil,
	"hours": nil, "outcome": nil, "partner": nil, "link": nil, "unlink": nil, "undo": nil, "redo": nil, "pin": nil,
	"verify": func(_ *cobra.Command, args []string) bool { return len(args) == 0 },
	"import": func(_ *cobra.Command, args []string) bool { return args[0] == "-" },
	"config": func(cmd *cobra.Command, _ []string) bool {
		roles, err := cmd.Flags().GetBool("roles") // not whether it was given: --roles=false is the whole configuration
		return err == nil && roles
	},
}

// allowed refuses over SSH what names a file or an identity of the server.
func (p *program) allowed(cmd *cobra.Command, args []string) error {
	if _, err := config.Default().Lang(p.settings()); err != nil {
		return err
	}
	if !p.Remote {
		return nil
	}
	for _, name := range []string{"config", "store", "as", "agency", "write", "out"} {
		if cmd.Flags().Changed(name) {
			return notRemote("--" + name)
		}
	}
	if may, listed := remote[cmd.Name()]; !listed || may != nil && !may(cmd, args) {
		return notRemote(strings.Join(append([]string{cmd.Name()}, args...), " "))
	}
	if heavy(cmd, args) {
		return p.turn(cmd.Context())
	}
	return nil
}

func notRemote(what string) error { return &wrong{"remote", []string{"flag", what}, ExitForbidden} }

// hidden refuses over SSH the library's own commands for a shell's completion, before the library sees them: they say
// what they do on the process's standard error, which is the server's log, in the caller's words. Where the word stands
// is the library's to say; nobody writes it for anything else.
func (p *program) hidden() error {
	if !p.Remote {
		return nil
	}
	for _, a := range p.Args {
		if strings.HasPrefix(a, cobra.ShellCompRequestCmd) {
			return notRemote(cobra.ShellCompRequestCmd)
		}
	}
	if word := p.peek().Flags().Arg(0); strings.HasPrefix(word, "__") {
		return notRemote(word)
	}
	return nil
}
