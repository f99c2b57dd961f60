package screen_test

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/store/storetest"
)

// The places from which keys are counted.
const (
	onBoard   = "board"   // of region Syd, the cursor on LÄRKA
	onInbox   = "inbox"   // the cursor on its first line
	onPicture = "picture" // national, the cursor on its first cell
	onMeeting = "meeting" // of region Syd, which sits, the cursor on the first matter
)

// task is something that is done often, the keys it takes, and how many it may take. Of a text that is as long as it is,
// one letter is pressed and none counted.
type task struct {
	name, start string
	budget      int
	keys        string
	beside      bool
	see         string
	before      func(t *testing.T, s *store.Store, lark model.On, who model.Actor)
}

func asked(t *testing.T, s *store.Store, lark model.On, _ model.Actor) {
	do(t, s, national(), model.Assign{On: lark, Parts: []model.Part{{Agency: "TUL"}}})
}

func noted(t *testing.T, s *store.Store, lark model.On, who model.Actor) {
	do(t, s, who, model.AddNote{On: lark, Text: "a note"})
}

// tasks are in the order of the page that lists them beside other programs.
var tasks = []task{
	{name: "see another region", start: onBoard, budget: 1, keys: "3", see: "Region Stockholm"},
	{name: "ask two agencies", start: onBoard, budget: 4, keys: "a k e enter", see: "EBM asked, KFM asked"},
	{name: "accept a request", start: onInbox, budget: 1, keys: "y", see: "TUL accepted", before: asked},
	{name: "log 4 hours for my agency", start: onBoard, budget: 3, keys: "t 4 enter", see: "TUL 4"},
	{name: "status to active", start: onBoard, budget: 2, keys: "s a", see: "dormant → active", before: func(t *testing.T, s *store.Store, lark model.On, _ model.Actor) {
		do(t, s, national(), model.SetStatus{On: lark, To: model.Dormant, Reason: "waits"})
	}},
	{name: "note, beside its text", start: onBoard, budget: 2, keys: "n x enter", beside: true, see: "note “x”"},
	{name: "undo", start: onBoard, budget: 2, keys: "u enter", see: "undone", before: noted},
	{name: "redo", start: onBoard, budget: 2, keys: "U enter", see: "note “a note”", before: func(t *testing.T, s *store.Store, lark model.On, who model.Actor) {
		noted(t, s, lark, who)
		do(t, s, who, model.Undo{})
	}},
	{name: "find an effort by codename", start: onBoard, budget: 5, keys: "/ d i m enter", see: "DIMMA  SYD-2026-003"},
	{name: "the picture to a cell's efforts", start: onPicture, budget: 3, keys: "down right enter", see: "Region Mitt"},
	{name: "accept for the own agency", start: onBoard, budget: 1, keys: "y", see: "TUL accepted", before: asked},
	{name: "priority", start: onBoard, budget: 2, keys: "p 3", see: "priority: 1 → 3"},
	{name: "status to dormant, beside its reason", start: onBoard, budget: 3, keys: "s d x enter", beside: true, see: "active → dormant"},
	{name: "see what waits for me", start: onBoard, budget: 1, keys: "i", see: "6 to decide"},
	{name: "accept for planning only", start: onInbox, budget: 2, keys: "tab y", see: "TUL accepted (planning)", before: asked},
	{name: "decline, beside its reason", start: onInbox, budget: 2, keys: "x x enter", beside: true, see: "TUL has declined", before: asked},
	{name: "put aside until tomorrow", start: onInbox, budget: 2, keys: ". t", see: "put aside", before: asked},
	{name: "log three weapons for my agency", start: onBoard, budget: 4, keys: "o w 3 enter", see: "Weapons seized 3, TUL"},
	{name: "a measure, beside its text", start: onBoard, budget: 3, keys: "+ s x enter", beside: true, see: "safety: x"},
	{name: "two agencies for two marked efforts", start: onBoard, budget: 7, keys: "space space a k e enter enter", see: "2 efforts"},
	{name: "go to an effort it is linked to", start: onBoard, budget: 2, keys: "& 1", see: "DIMMA  SYD-2026-003", before: func(t *testing.T, s *store.Store, lark model.On, _ model.Actor) {
		do(t, s, national(), model.SetLink{On: lark, Other: "dimma", Kind: model.SameNetwork})
	}},
	{name: "another screen by its word", start: onBoard, budget: 4, keys: ": i n enter", see: "6 to decide"},
	{name: "what is missing", start: onBoard, budget: 4, keys: ": g a enter", see: "Without a safety measure"},
	{name: "the efforts behind a figure of the report", start: onBoard, budget: 2, keys: "R enter", see: "4 efforts"},
	{name: "take a proposal up in the council", start: onMeeting, budget: 1, keys: "y", see: "proposed → preparing"},
	{name: "put off to the next meeting", start: onMeeting, budget: 1, keys: ".", see: "put off to the next meeting"},
}

// TestKeystrokeBudgets counts the keys of the everyday tasks, each from where it says it starts.
func TestKeystrokeBudgets(t *testing.T) {
	for _, task := range tasks {
		t.Run(task.name, func(t *testing.T) {
			b := begin(t, task)
			b.press(strings.Fields(task.keys)...)
			if f := b.frame(); !strings.Contains(f, task.see) {
				t.Fatalf("%q is not on the screen:\n%s", task.see, f)
			}
			if n := task.count(); n > task.budget {
				t.Errorf("%d keys, the budget is %d", n, task.budget)
			}
		})
	}
}

// begin sits an officer of the customs down where a task starts.
func begin(t *testing.T, task task) *board {
	c := &clock{start}
	s := openStore(t, storetest.Memory(), c)
	seed(t, s)
	who := national()
	who.Agency = "TUL"
	known, err := s.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if task.before != nil {
		task.before(t, s, model.On{Effort: known.Find("larka").ID}, who)
	}
	b := sit(t, s, c, officer{actor: who, lang: "en"})
	b.press(map[string][]string{onBoard: {"6", "tab"}, onInbox: {"i"}, onMeeting: {"6", "M", "M", "y"}}[task.start]...)
	return b
}

// count is how many keys a hand presses, without a text's own letter.
func (t *task) count() int {
	n := len(strings.Fields(t.keys))
	if t.beside {
		n--
	}
	return n
}

// TestFindFromAnywhere: an effort is found by three letters of its codename, with five keys, from every screen.
func TestFindFromAnywhere(t *testing.T) {
	for _, way := range []string{"0", "1", "6", "6 right enter", "i", "A", "A tab tab tab", "P", "J", "H", "M", "M right", "R", "R tab", "R enter", ": \"gaps\" enter"} {
		t.Run(way, func(t *testing.T) {
			b := begin(t, task{})
			b.press(words(way)...)
			b.press("/", "d", "i", "m", "enter")
			want := "DIMMA  SYD-2026-003"
			if way == "J" { // which is narrowed to its entries
				want = "only dim"
			}
			if f := b.frame(); !strings.Contains(f, want) {
				t.Errorf("it is not on the screen:\n%s", f)
			}
		})
	}
}

const keystrokes = "../../.github/keystrokes.md"

// TestKeystrokePage: the page that sets the counted keys beside those of other programs has just what is counted here.
func TestKeystrokePage(t *testing.T) {
	data, err := os.ReadFile(keystrokes)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(data), "<!-- counted -->\n")
	old, after, ok2 := strings.Cut(rest, "<!-- /counted -->")
	if !ok || !ok2 {
		t.Fatal("the page has no place for what is counted")
	}
	others := map[string]string{} // what the page has of other programs, by task
	for line := range strings.Lines(old) {
		if cells := strings.SplitN(line, " | ", 6); len(cells) == 6 {
			others[strings.TrimPrefix(cells[0], "| ")] = cells[5]
		}
	}
	var b strings.Builder
	line := func(cells ...string) {
		other := others[cells[0]]
		if other == "" {
			other = "– | – | – |\n"
		}
		b.WriteString("| " + strings.Join(cells, " | ") + " | " + other)
	}
	line("task", "from", "keys", "n", "at most")
	b.WriteString("|---|---|---|---|---|---|---|---|\n")
	for i := range tasks {
		keys := tasks[i].keys
		if at := strings.LastIndex(keys, " x "); tasks[i].beside {
			keys = keys[:at] + " … " + keys[at+3:]
		}
		line(tasks[i].name, tasks[i].start, "`"+keys+"`", strconv.Itoa(tasks[i].count()), strconv.Itoa(tasks[i].budget))
	}
	if old == b.String() {
		return
	}
	if !*update {
		t.Fatalf("the page is not what is counted; -update writes it:\n%s", b.String())
	}
	page := fmt.Sprint(before, "<!-- counted -->\n", b.String(), "<!-- /counted -->", after)
	if err := os.WriteFile(keystrokes, []byte(page), 0o644); err != nil {
		t.Fatal(err)
	}
}
