package action_test

import (
	"testing"

	"board.internal/samverkan/ui/action"
)

func TestNoKeyStandsTwice(t *testing.T) {
	owner := map[string]action.ID{}
	for _, a := range action.Table() {
		for _, key := range a.Keys {
			if owner[key] != "" {
				t.Errorf("%s is bound to both %s and %s", key, owner[key], a.ID)
			}
			owner[key] = a.ID
		}
	}
}

func TestEveryKeyLeadsToItsAction(t *testing.T) {
	keys := action.NewKeymap()
	for _, a := range action.Table() {
		for i, key := range a.Keys {
			if id, arg, ok := keys.Find(key); !ok || id != a.ID || arg != i {
				t.Errorf("Find(%q) = %s, %d, %v; want %s, %d", key, id, arg, ok, a.ID, i)
			}
		}
		if keys.Shown(a.ID) == "" {
			t.Errorf("%s shows no key", a.ID)
		}
	}
	if _, _, ok := keys.Find("ctrl+y"); ok {
		t.Error("a key that is not in the table leads somewhere")
	}
}
