package storetest

import (
	"testing"

	"board.internal/samverkan/store"
)

// Run is the contract of store.Engine, and of store.Store on it, as tests. fresh makes an empty store and returns what
// opens handles on it, as many as are asked for; whoever opens one closes it.
func Run(t *testing.T, fresh func(t *testing.T) (open func() store.Engine)) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, func() store.Engine)
	}{
		{"engine/atomic", atomicUpdate},
		{"engine/refused", refused},
		{"engine/order", keyOrder},
		{"engine/signal", signals},
		{"engine/presence", presence},
		{"present", present},
		{"writers", writers},
		{"linearizable", linearizable},
		{"watch", watchOthers},
		{"undo", undoAll},
		{"conflict", conflict},
		{"damage", damage},
		{"tries", tries},
		{"reopen", reopen},
		{"then/meanwhile", thenMeanwhile},
		{"then/clocks", thenClocks},
		{"then/damage", thenDamage},
		{"then/replaced", thenReplaced},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, fresh(t)) })
	}
	t.Run("walk", func(t *testing.T) { walk(t, fresh) })
}
