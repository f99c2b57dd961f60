package demo

import (
	"math/rand/v2"

	"board.internal/samverkan/model"
)

// codenames returns n codenames that differ even without case and diacritics.
func codenames(rng *rand.Rand, n int) []string {
	names := make([]string, 0, n)
	taken := make(map[string]bool, n)
	for name := range model.CompoundCodenames(rng) {
		if len(names) == n {
			break
		}
		if folded := model.Fold(name); !taken[folded] {
			taken[folded] = true
			names = append(names, name)
		}
	}
	return names
}
