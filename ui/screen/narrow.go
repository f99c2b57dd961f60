package screen

import (
	"context"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
	"board.internal/samverkan/ui/widget"
)

// maxFilter bounds what is typed into the filter, in runes.
const maxFilter = 200

// narrow is the filter line: the board narrows with every letter. Enter keeps it and, when one effort is
// left, opens it; esc goes back to what it was.
type narrow struct {
	overlay
	field widget.Field
	was   model.Filter
}

func newNarrow(d *app.Desk) app.Screen {
	value := d.Filter.String()
	if value != "" {
		value += " "
	}
	return &narrow{overlay: overlay{desk: d}, field: widget.NewField(d.Theme, value, maxFilter), was: d.Filter}
}

// Open has the texts that words are looked for in made before the first letter comes: on a very large board
// that takes longer than a letter may.
func (n *narrow) Open() tea.Cmd {
	board, who := n.desk.Whole, n.desk.Asker()
	word, err := model.ParseFilter("a", n.desk.Catalogue(), n.desk.Lexicon)
	if err != nil {
		return nil
	}
	return n.desk.Load(n, func(context.Context) (any, error) {
		board.Search(word, who)
		return nil, nil
	})
}

// Place: at the foot.
func (n *narrow) Place() app.Place { return app.Foot }

// Typing: there is nothing but the field.
func (n *narrow) Typing() bool { return true }

func (n *narrow) Update(msg tea.Msg) tea.Cmd {
	k, ok := msg.(tea.KeyMsg)
	if !ok {
		return nil
	}
	switch key := k.String(); {
	case !isText(k) && key == "esc":
		pop := n.desk.Pop(n)
		return tea.Batch(pop, n.desk.SetFilter(n.was, n.desk.Mine))
	case !isText(k) && key == "enter":
		return n.keep()
	case !isText(k) && key == "backspace" && strings.HasSuffix(n.field.Value(), " "):
		// Behind a whole word backspace removes the word.
		n.field.Set(withoutLastWord(n.field.Value()))
	default:
		n.field.Update(k)
	}
	return n.apply()
}

// withoutLastWord is a line of words without the last, ready for the next.
func withoutLastWord(line string) string {
	words := strings.Fields(line)
	line = strings.Join(words[:max(len(words)-1, 0)], " ")
	if line != "" {
		line += " "
	}
	return line
}

// apply narrows to what is typed; a word that is not whole yet leaves the filter as it was.
func (n *narrow) apply() tea.Cmd {
	f, err := model.ParseFilter(n.field.Value(), n.desk.Catalogue(), n.desk.Lexicon)
	n.fault = ""
	if err != nil {
		n.fault = n.desk.Texts.Error(err)
		return n.desk.SetFilter(n.was, n.desk.Mine)
	}
	if f.String() == n.desk.Filter.String() {
		return nil
	}
	return n.desk.SetFilter(f, n.desk.Mine)
}

func (n *narrow) keep() tea.Cmd {
	if n.fault != "" {
		return nil
	}
	pop := n.desk.Pop(n)
	if n.desk.Board.Open() != 1 || n.desk.Filter.String() == n.was.String() || strings.Contains(n.desk.Filter.String(), ":") {
		return pop
	}
	// Plain words leave one: this was a jump, and the filter is again what it was.
	for e := range n.desk.Board.All() {
		return tea.Batch(pop, n.desk.SetFilter(n.was, n.desk.Mine), n.desk.Push(newEffort(n.desk, e.ID)))
	}
	return pop
}

// View draws the line, with what is wrong or how many are left.
func (n *narrow) View() string {
	t := n.desk.Texts.Screen.Narrow
	width := n.width
	top := n.begin(width)
	if n.fault != "" {
		top.Skip(1).Say(theme.Error, n.fault)
	} else {
		top.Skip(1).Say(theme.Dim, fitting(width-1, t.Hint, t.HintShort))
	}
	hint := top.Done()
	l := n.begin(width).Skip(1).Say(theme.Prompt, "/").Skip(1)
	count := safe.Of(text.Fill(t.Count, "n", strconv.Itoa(n.desk.Board.Open()), "all", strconv.Itoa(n.desk.Whole.Open())))
	n.field.Draw(l, max(l.Left()-count.Width()-2, 10), true, safe.Text{})
	return hint + "\n" + l.Right(theme.Dim, count).Done()
}
