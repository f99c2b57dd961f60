package screen

import (
	"cmp"
	"context"
	"slices"
	"sort"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/sahilm/fuzzy"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/safe"
)

// effortFind goes to an effort.
func (c *command) effortFind(e *model.Effort, bias int) find {
	d := c.desk
	f := find{id: "effort " + string(e.ID), label: safe.Of(e.Name()), bias: bias, do: func() (tea.Cmd, error) { return d.Push(newEffort(d, e.ID)), nil },
		help: strings.Join([]string{string(e.ID), d.Texts.Words.Status[e.Status.String()], e.Title}, " · ")}
	f.help = strings.TrimSuffix(f.help, " · ")
	return f
}

// codenames are those of all open efforts, folded, for what is typed with a slip.
type codenames struct {
	efforts []*model.Effort
	folded  []string
}

func (n *codenames) String(i int) string { return n.folded[i] }
func (n *codenames) Len() int            { return len(n.folded) }
func (n *codenames) Less(i, j int) bool  { return n.folded[i] < n.folded[j] }
func (n *codenames) Swap(i, j int) {
	n.efforts[i], n.efforts[j] = n.efforts[j], n.efforts[i]
	n.folded[i], n.folded[j] = n.folded[j], n.folded[i]
}

// Open folds the codenames away from the event loop.
func (c *command) Open() tea.Cmd {
	board := c.desk.Whole
	return c.desk.Load(c, func(context.Context) (any, error) {
		n := &codenames{make([]*model.Effort, 0, board.Open()), make([]string, 0, board.Open())}
		for e := range board.All() {
			if e.Codename != "" {
				n.efforts, n.folded = append(n.efforts, e), append(n.folded, model.Fold(e.Codename))
			}
		}
		sort.Sort(n) // of codenames as near the first
		return n, nil
	})
}

// mostEfforts is how many efforts are listed at most; where manyEfforts or more fit, only codenames that begin so are.
const (
	mostEfforts = 50
	manyEfforts = 1000
)

// efforts are those that what is typed names: by codename, id, title or any other text, else by a codename with a slip.
func (c *command) efforts(typed string) (all []find) {
	d := c.desk
	if len(typed) < 2 && d.Whole.Open() > 2000 {
		return nil
	}
	f, err := model.ParseFilter(typed, d.Catalogue(), d.Lexicon)
	if err != nil || !f.Named() { // a word of the filter
		return nil
	}
	switch found := d.Whole.Search(f, d.Asker()); {
	case found.Open() > manyEfforts && c.named != nil: // so many: those that begin so
		at, _ := slices.BinarySearch(c.named.folded, typed)
		for ; at < c.named.Len() && len(all) < mostEfforts && strings.HasPrefix(c.named.folded[at], typed); at++ {
			all = append(all, c.effortFind(c.named.efforts[at], biasBegun))
		}
	case found.Open() > 0:
		for _, e := range slices.SortedFunc(found.All(), func(x, y *model.Effort) int {
			return cmp.Or(strings.Compare(x.Codename, y.Codename), strings.Compare(string(x.ID), string(y.ID)))
		}) {
			all = append(all, c.effortFind(e, c.scored(e, typed)))
		}
	case c.named != nil && len(typed) > 2:
		for _, m := range fuzzy.FindFrom(typed, c.named) {
			if len(all) < mostEfforts && m.Score > 0 {
				all = append(all, c.effortFind(c.named.efforts[m.Index], m.Score))
			}
		}
	}
	if len(all) < fewEfforts {
		all = append(all, c.endedFinds(typed)...)
	}
	slices.SortStableFunc(all, func(x, y find) int { return cmp.Compare(y.bias, x.bias) })
	return all[:min(len(all), mostEfforts)]
}

func (c *command) scored(e *model.Effort, typed string) int {
	return scored(model.Fold(e.Codename), model.Fold(string(e.ID)), typed)
}

// scored is how near what is typed is to a codename and an id, all folded.
func scored(name, id, typed string) int {
	switch {
	case name == typed || id == typed:
		return biasExact
	case strings.HasPrefix(name, typed):
		return biasBegun
	case strings.Contains(name, typed) || strings.Contains(id, typed):
		return biasRegion
	}
	return 0
}

// fewEfforts is below how many of them on the board what has ended is looked through too.
const fewEfforts = 20

// ended is an effort that is not on the board, no more of it than a row says, with all that it is found by, folded.
type ended struct {
	effort          *model.Effort
	name, id, title string
}

// endedFinds are those of what has ended that have every word that is typed, each behind what is open and fits as well.
func (c *command) endedFinds(typed string) (all []find) {
	type hit struct{ at, score int }
	var hits []hit
	words := strings.Fields(typed)
	for i, e := range c.ended {
		has := func(word string) bool {
			return strings.Contains(e.name, word) || strings.Contains(e.id, word) || strings.Contains(e.title, word)
		}
		if !slices.ContainsFunc(words, func(word string) bool { return !has(word) }) {
			hits = append(hits, hit{i, scored(e.name, e.id, typed) - 1})
		}
	}
	slices.SortStableFunc(hits, func(x, y hit) int { return cmp.Compare(y.score, x.score) })
	for _, h := range hits[:min(len(hits), mostEfforts)] {
		if e := c.ended[h.at].effort; c.desk.Whole.Effort(e.ID) == nil { // not open again
			all = append(all, c.effortFind(e, h.score))
		}
	}
	return all
}

// readEnded reads the efforts that are not on the board, once for all that is typed, when few that are fit.
func (c *command) readEnded() tea.Cmd {
	efforts := 0
	for i := range c.shown {
		if strings.HasPrefix(c.shown[i].id, "effort ") {
			efforts++
		}
	}
	if c.asked || len([]rune(c.line())) < 3 || efforts >= fewEfforts {
		return nil
	}
	c.asked = true
	from := c.desk.Store
	return c.desk.Load(c, func(ctx context.Context) (any, error) {
		var all []ended
		err := from.Ended(ctx, 0, func(e *model.Effort) bool {
			row := &model.Effort{ID: e.ID, Codename: e.Codename, Title: e.Title, Status: e.Status}
			all = append(all, ended{row, model.Fold(e.Codename), model.Fold(string(e.ID)), model.Fold(e.Title)})
			return true
		})
		return all, err
	})
}
