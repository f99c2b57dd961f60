package screen_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/text"
)

const readme = "../../README.md"

// TestReadmeKeys: the key list of the README is the action table.
func TestReadmeKeys(t *testing.T) {
	data, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(data), "<!-- keys -->\n")
	old, after, ok2 := strings.Cut(rest, "<!-- /keys -->")
	if !ok || !ok2 {
		t.Fatal("the README has no place for the keys")
	}
	var b strings.Builder
	b.WriteString("| key | does | name |\n|---|---|---|\n")
	keys, words := action.NewKeymap(), text.In("en").Screen.Action
	for _, a := range action.Table() {
		shown := strings.Join(a.Keys, "` `")
		if a.ID == action.Region || a.ID == action.Mark {
			shown = keys.Shown(a.ID)
		}
		fmt.Fprintf(&b, "| `%s` | %s | `%s` |\n", shown, words[string(a.ID)].Help, a.ID)
	}
	if old == b.String() {
		return
	}
	if !*update {
		t.Fatalf("the README's keys are not those of the action table; -update writes them:\n%s", b.String())
	}
	if err := os.WriteFile(readme, []byte(before+"<!-- keys -->\n"+b.String()+"<!-- /keys -->"+after), 0o644); err != nil {
		t.Fatal(err)
	}
}
