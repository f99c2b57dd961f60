package screen

import (
	"fmt"
	"slices"
	"testing"

	"board.internal/samverkan/model"
)

// TestKeysOf: each measure has a letter of its own, of its words where one is free.
func TestKeysOf(t *testing.T) {
	var many []string
	for i := range 40 {
		many = append(many, fmt.Sprint("Åtal ", i))
	}
	for name, c := range map[string]struct {
		names []string
		want  []string
	}{
		"first letters":          {[]string{"Weapons seized", "Narcotics seized", "Återkrävt"}, []string{"w", "n", "a"}},
		"then of other words":    {[]string{"Assets attached", "Assets secured"}, []string{"a", "s"}},
		"then any of them":       {[]string{"Aa", "Aab", "Ab"}, []string{"a", "b", "c"}},
		"signs are no keys":      {[]string{"?! (ab)", "–"}, []string{"a", "b"}},
		"with more than we have": {many, nil},
		"nothing":                {nil, nil},
	} {
		keys := keysOf(c.names)
		if len(keys) != len(c.names) || c.want != nil && !slices.Equal(keys, c.want) {
			t.Errorf("%s: %q, want %q", name, keys, c.want)
		}
		seen := map[string]bool{"": false}
		for _, k := range keys {
			if seen[k] {
				t.Errorf("%s: %q stands twice", name, k)
			}
			seen[k] = k != ""
		}
	}
	for _, lang := range []string{"sv", "en"} {
		var names []string
		for _, m := range model.DefaultCatalogue().Outcomes {
			names = append(names, m.Name.In(lang))
		}
		if keys := keysOf(names); slices.Contains(keys, "") || len(keys) < 13 {
			t.Errorf("%s: %q", lang, keys)
		}
	}
}
