package action_test

import (
	"slices"
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

func TestRemap(t *testing.T) {
	keys, problems := action.Remap(map[string][]string{"assign": {"d", "F9"}, "status": {"a"}, "up": {"w"}, "who": {}, "mark": {"space", "m"}, "saved": {"f3", "f4", "f5"}})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	for key, want := range map[string]action.ID{"d": "assign", "f9": "assign", "a": "status", "s": "", "w": "up", "up": "up", "k": "", " ": "mark", "m": "mark", "f4": "saved", "f1": "", "j": "down"} {
		if id, _, _ := keys.Find(key); id != want {
			t.Errorf("%q is %q, want %q", key, id, want)
		}
	}
	for id, want := range map[action.ID]string{"assign": "d", "status": "a", "who": "", "mark": "space", "saved": "F3-F5", "up": "w", "narrow": "/"} {
		if got := keys.Shown(id); got != want {
			t.Errorf("%s shows %q, want %q", id, got, want)
		}
	}
}

func TestRemapRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		changes map[string][]string
		want    []action.Problem
	}{
		"another's key":        {map[string][]string{"assign": {"s"}}, []action.Problem{{Fault: action.Taken, Action: "assign", Key: "s", Other: "status"}}},
		"another's, earlier":   {map[string][]string{"status": {"a"}}, []action.Problem{{Fault: action.Taken, Action: "status", Key: "a", Other: "assign"}}},
		"two to the same":      {map[string][]string{"assign": {"b"}, "note": {"b"}}, []action.Problem{{Fault: action.Taken, Action: "note", Key: "b", Other: "assign"}}},
		"no action":            {map[string][]string{"asign": {"b"}}, []action.Problem{{Fault: action.UnknownAction, Action: "asign"}}},
		"a key of every box":   {map[string][]string{"note": {"esc"}}, []action.Problem{{Fault: action.BadKey, Action: "note", Key: "esc"}}},
		"no key":               {map[string][]string{"note": {"ctrl+é", "F13", "hyper+x"}}, []action.Problem{{Fault: action.BadKey, Action: "note", Key: "F13"}, {Fault: action.BadKey, Action: "note", Key: "ctrl+é"}, {Fault: action.BadKey, Action: "note", Key: "hyper+x"}}},
		"enter by its letter":  {map[string][]string{"note": {"ctrl+m"}}, []action.Problem{{Fault: action.BadKey, Action: "note", Key: "ctrl+m"}}},
		"the digits":           {map[string][]string{"region": {"b"}}, []action.Problem{{Fault: action.FixedKeys, Action: "region"}}},
		"the help without one": {map[string][]string{"help": {}}, []action.Problem{{Fault: action.NeedsKey, Action: "help"}}},
	} {
		if _, got := action.Remap(c.changes); !slices.Equal(got, c.want) {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}
