package screen_test

import (
	"strings"
	"testing"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store/storetest"
)

// TestKeystrokeBudgets counts the keys of the everyday tasks, each from a stated start: the board of region
// Syd with the cursor on LÄRKA, the inbox with the cursor on its first line, or the national picture.
func TestKeystrokeBudgets(t *testing.T) {
	for _, task := range []struct {
		name   string
		budget int
		keys   []string
		see    string
	}{
		{"see another region", 1, []string{"3"}, "Region Stockholm"},
		{"ask two agencies", 4, []string{"a", "k", "e", "enter"}, "EBM asked, KFM asked"},
		{"status to dormant, its reason later", 2, []string{"s", "d"}, "reason"},
		{"status to active", 2, []string{"s", "a"}, "dormant → active"},
		{"undo", 2, []string{"u", "enter"}, "undone"},
		{"find an effort by codename", 5, []string{"/", "\"dim\"", "enter"}, "DIMMA  SYD-2026-003"},
		{"from the picture to a cell's efforts", 3, []string{"down", "right", "enter"}, "Region Mitt"},
		{"accept for the own agency", 1, []string{"y"}, "TUL accepted"},
		{"note, beside its text", 2, []string{"n", "\"x\"", "enter"}, "note “x”"},
		{"priority", 2, []string{"p", "3"}, "priority: 1 → 3"},
		{"inbox", 1, []string{"i"}, "6 to decide"},
		{"accept in the inbox", 1, []string{"y"}, "TUL accepted"},
		{"accept for planning only", 2, []string{"tab", "y"}, "TUL accepted (planning)"},
		{"decline in the inbox, beside its reason", 2, []string{"x", "\"x\"", "enter"}, "TUL has declined"},
		{"put aside until tomorrow", 2, []string{".", "t"}, "put aside"},
		{"log 4 hours for my agency", 3, []string{"t", "\"4\"", "enter"}, "TUL 4"},
		{"log three weapons for my agency", 4, []string{"o", "w", "\"3\"", "enter"}, "Weapons seized 3, TUL"},
		{"a measure, beside its text", 3, []string{"+", "s", "\"x\"", "enter"}, "safety: x"},
		{"another screen by its word", 4, []string{":", "\"in\"", "enter"}, "6 to decide"},
		{"what is missing", 4, []string{":", "\"ga\"", "enter"}, "Without a safety measure"},
		{"the efforts behind a figure of the report", 2, []string{"R", "enter"}, "4 efforts"},
		{"redo", 2, []string{"U", "enter"}, "note “a note”"},
		{"ask two agencies for two marked efforts", 7, []string{"space", "space", "a", "k", "e", "enter", "enter"}, "2 efforts"},
	} {
		t.Run(task.name, func(t *testing.T) {
			c := &clock{start}
			s := openStore(t, storetest.Memory(), c)
			seed(t, s)
			who := national()
			who.Agency = "TUL"
			known, err := s.Load(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			id := model.On{Effort: known.Find("larka").ID}
			switch task.name {
			case "status to active":
				do(t, s, national(), model.SetStatus{On: id, To: model.Dormant, Reason: "waits"})
			case "undo":
				do(t, s, who, model.AddNote{On: id, Text: "a note"})
			case "redo":
				do(t, s, who, model.AddNote{On: id, Text: "a note"})
				do(t, s, who, model.Undo{})
			case "accept for the own agency", "accept in the inbox", "accept for planning only", "put aside until tomorrow",
				"decline in the inbox, beside its reason":
				do(t, s, national(), model.Assign{On: id, Parts: []model.Part{{Agency: "TUL"}}})
			}
			b := sit(t, s, c, officer{actor: who, lang: "en"})
			switch {
			case strings.Contains(task.name, "inbox"), strings.HasPrefix(task.name, "put aside"), strings.Contains(task.name, "planning only"):
				if task.name != "inbox" {
					b.press("i")
				}
			case !strings.HasPrefix(task.name, "from the picture"):
				b.press("6", "tab")
			}
			b.press(task.keys...)
			if f := b.frame(); !strings.Contains(f, task.see) {
				t.Fatalf("%q is not on the screen:\n%s", task.see, f)
			}
			n := count(task.keys)
			if strings.Contains(task.name, "beside its") {
				n-- // which is as long as it is
			}
			if n > task.budget {
				t.Errorf("%d keys, the budget is %d", n, task.budget)
			}
		})
	}
}

// count is how many keys a hand presses: one for each, and each letter of a text.
func count(keys []string) (n int) {
	for _, key := range keys {
		if typed, quoted := strings.CutPrefix(key, "\""); quoted {
			n += len([]rune(strings.TrimSuffix(typed, "\"")))
		} else {
			n++
		}
	}
	return n
}
