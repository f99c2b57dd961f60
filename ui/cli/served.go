package cli

import (
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/ui/config"
	"board.internal/samverkan/ui/text"
)

// Served is what a command works with whose caller has come in over SSH: the server's own configuration and store, which
// stays open, and the officer whose key it was. No flag, no file and no variable of the caller's says otherwise.
type Served struct {
	Config  *config.Config
	Store   *store.Store
	Officer model.OfficerID
	// From is where from, for the journal.
	From string
	// Turns are the server's; nil where nobody waits for anybody.
	Turns *Turns
}

// actor is the officer as the configuration has it now.
func (s *Served) actor(readOnly bool) (model.Actor, error) {
	actor, listed := s.Config.Officer(s.Officer, s.From)
	if !listed {
		return actor, &wrong{"left", []string{"officer", string(s.Officer)}, ExitForbidden}
	}
	actor.ReadOnly = readOnly
	return actor, nil
}

// open takes the server's store. Only what is under a veil is opened anew, for reading: the veil is the store's.
func (s *Served) open(p *program) error {
	if p.flags.publicRoom {
		err := p.openAt(s.Config.Store.Path, p.Inspect)
		p.path = filepath.Base(p.path)
		return err
	}
	p.store, p.shared = s.Store, true
	return nil
}

// CommandOf is the name of the command that arguments ask for, "" when they ask for none that there is. It is for logs,
// which hold nothing that was typed.
func CommandOf(args []string) string {
	p := &program{Options: Options{Args: args}}
	peek := p.peek()
	word := peek.Flags().Arg(0)
	if _, known := text.In("en").CLI.Commands[word]; known {
		return word
	}
	return ""
}

// peek reads the flags that all commands have, and passes over what else there is.
func (p *program) peek() *cobra.Command {
	peek := &cobra.Command{FParseErrWhitelist: cobra.FParseErrWhitelist{UnknownFlags: true}}
	p.globalFlags(peek, nil)
	peek.SetOut(io.Discard) // else it is the process's
	peek.SetErr(io.Discard)
	peek.ParseFlags(p.Args)
	return peek
}

// completeFlag offers words for a flag. The library keeps what it is told here for as long as the process lives, so a
// server, whose callers have no completion, tells it nothing.
func (p *program) completeFlag(cmd *cobra.Command, flag string, words completer) {
	if !p.Remote {
		cmd.RegisterFlagCompletionFunc(flag, words)
	}
}
