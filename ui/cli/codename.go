package cli

import (
	"context"
	"math/rand/v2"
	"strconv"

	"github.com/spf13/cobra"

	"board.internal/samverkan/model"
)

// maxProposals is how many codenames are proposed at once at most.
const maxProposals = 100

// codename prints words that no effort has or had.
func (p *program) codename() *cobra.Command {
	cmd := p.command("codename", 0, 1, p.withStore(func(ctx context.Context, args []string) error {
		n := 1
		if len(args) == 1 {
			var err error
			if n, err = strconv.Atoi(args[0]); err != nil || n < 1 || n > maxProposals {
				return usage("proposals", "value", model.MaskPersonal(args[0]), "most", strconv.Itoa(maxProposals))
			}
		}
		names, err := p.store.Codenames(ctx, n, rand.Uint64())
		for _, name := range names {
			p.print(name)
		}
		return err
	}))
	cmd.ValidArgsFunction = cobra.NoFileCompletions
	return cmd
}
