package screen

import (
	"context"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
	"board.internal/samverkan/ui/widget"
)

// maxFilter bounds what is typed into the filter, in runes.
const maxFilter = model.MaxFilter

// narrow is the filter line: the board narrows with every letter. Words that are whole stand as chips before the field.
// Enter keeps the filter and, when one effort is left, opens it; esc goes back to what it was.
type narrow struct {
	overlay
	chips []string
	field widget.Field
	was   model.Filter
	// offers are how the word in the field may go on; while tab goes through them at is the place, else -1.
	offers []model.Offer
	at     int
}

func newNarrow(d *app.Desk) app.Screen {
	n := &narrow{overlay: overlay{desk: d}, chips: strings.Fields(d.Filter.String()), field: widget.NewField(d.Theme, "", maxFilter), was: d.Filter}
	n.offer()
	return n
}

// narrowBy is the filter line with a word typed into it.
func narrowBy(d *app.Desk, word string) tea.Cmd {
	n := newNarrow(d).(*narrow)
	n.field.Set(word)
	n.offer()
	push := d.Push(n)
	return tea.Batch(push, n.apply())
}

// Open has the texts that words are looked for in made before the first letter comes: on a very large board
// that takes longer than a letter may.
func (n *narrow) Open() tea.Cmd {
	board, who := n.desk.Whole, n.desk.Asker()
	word, err := n.parse("a")
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

func (n *narrow) parse(typed string) (model.Filter, error) {
	return model.ParseFilter(typed, n.desk.Catalogue(), n.desk.Lexicon)
}

// typed is the whole filter: the chips, and what stands in the field.
func (n *narrow) typed() string {
	return strings.TrimSpace(strings.Join(n.chips, " ") + " " + n.field.Value())
}

func (n *narrow) Update(msg tea.Msg) tea.Cmd {
	k, ok := msg.(tea.KeyMsg)
	if !ok {
		return nil
	}
	d, key, empty := n.desk, k.String(), n.field.Value() == ""
	if isText(k) {
		key = ""
	}
	last := len(n.chips) - 1
	switch {
	case key == "esc":
		pop := d.Pop(n)
		return tea.Batch(pop, d.SetFilter(n.was, d.Mine))
	case key == "enter":
		return n.keep()
	case key == "tab" || key == "shift+tab":
		n.complete(map[string]int{"tab": 1, "shift+tab": -1}[key])
		return n.apply()
	case key == "ctrl+s":
		return n.save()
	case key == "ctrl+u":
		n.chips = nil
		n.field.Set("")
	case key == "backspace" && empty && last >= 0:
		n.chips = n.chips[:last]
	case key == "left" && empty && last >= 0: // to mend it
		n.field.Set(n.chips[last])
		n.chips = n.chips[:last]
	default:
		if id, arg, ok := d.Keys().Find(key); ok && id == action.Saved {
			return n.recall(arg + 1)
		}
		n.field.Update(k)
		n.settle()
	}
	n.at = -1
	n.offer()
	return n.apply()
}

// settle makes chips of what is in the field, once a blank ends it and it can be read.
func (n *narrow) settle() {
	if !strings.HasSuffix(n.field.Value(), " ") {
		return
	}
	words := strings.Fields(n.field.Value())
	if _, err := n.parse(strings.Join(words, " ")); err == nil {
		n.chips = append(n.chips, words...)
		n.field.Set("")
	}
}

// offer finds how the word in the field may go on.
func (n *narrow) offer() {
	d := n.desk
	n.offers = nil
	if word := n.field.Value(); !strings.Contains(word, " ") {
		n.offers = d.Lexicon.FilterOffers(word, d.Texts.Lang, func(domain model.Domain) []model.Called {
			return d.Texts.Called(domain, d.Catalogue(), d.Today())
		})
	}
}

// complete puts the next of the offers into the field.
func (n *narrow) complete(by int) {
	if len(n.offers) == 0 {
		return
	}
	if n.at < 0 && by < 0 {
		n.at = 0
	}
	n.at = (n.at + by + len(n.offers)) % len(n.offers)
	n.field.Set(n.offers[n.at].Word)
	if strings.HasSuffix(n.field.Value(), ":") && len(n.offers) == 1 { // on to its values
		n.at = -1
		n.offer()
	}
}

// recall puts a saved filter in place of what is typed.
func (n *narrow) recall(key int) tea.Cmd {
	f, ok := savedOn(n.desk, key)
	if !ok {
		n.fault = text.Fill(n.desk.Texts.Screen.Saved.NoneHere, "key", keyOf(n.desk, key))
		return nil
	}
	n.chips = strings.Fields(f.Text)
	n.field.Set("")
	n.at = -1
	n.offer()
	return n.apply()
}

// save asks what the filter is to be called.
func (n *narrow) save() tea.Cmd {
	f, err := n.parse(n.typed())
	switch {
	case err != nil:
		n.fault = n.desk.Texts.Error(err)
	case f.Empty():
		n.fault = n.desk.Texts.Screen.Saved.Nothing
	default:
		if why := mayWrite(n.desk)(); why != "" {
			n.fault = why
			return nil
		}
		return n.desk.Push(newSaveFilter(n.desk, f))
	}
	return nil
}

// apply narrows to what is typed; a word that is not whole yet leaves the filter as it was, and while it can still become
// one nothing is wrong with it.
func (n *narrow) apply() tea.Cmd {
	f, err := n.parse(n.typed())
	n.fault = ""
	if err != nil {
		if len(n.offers) == 0 {
			n.fault = n.desk.Texts.Error(err)
		}
		return n.desk.SetFilter(n.was, n.desk.Mine)
	}
	if f.String() == n.desk.Filter.String() {
		return nil
	}
	return n.desk.SetFilter(f, n.desk.Mine)
}

func (n *narrow) keep() tea.Cmd {
	if _, err := n.parse(n.typed()); err != nil {
		n.fault = n.desk.Texts.Error(err)
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

// View draws the chips and the field, with how many are left; above it how the word may go on, or what is wrong, and
// where there is room what the keys do.
func (n *narrow) View() string {
	t := n.desk.Texts.Screen.Narrow
	width := n.width
	var lines []string
	if n.height > 10 {
		hint := fitting(width-1, text.Fill(t.Hint, "key", n.desk.Keys().Shown(action.Saved)), t.HintShort)
		lines = append(lines, n.begin(width).Skip(1).Say(theme.Dim, hint).Done())
	}
	l := n.begin(width).Skip(1)
	if n.fault != "" {
		l.Say(theme.Error, n.fault)
	} else {
		n.drawOffers(l)
	}
	lines = append(lines, l.Done())
	l = n.begin(width).Skip(1).Say(theme.Prompt, "/").Skip(1)
	count := safe.Of(text.Fill(t.Count, "n", strconv.Itoa(n.desk.Board.Open()), "all", strconv.Itoa(n.desk.Whole.Open())))
	room := max(l.Left()-count.Width()-2, 10)
	// The last chips, where not all fit beside the field.
	from, used := len(n.chips), 0
	for from > 0 && used+safe.Of(n.chips[from-1]).Width()+3 <= room-12 {
		from--
		used += safe.Of(n.chips[from]).Width() + 3
	}
	if from > 0 {
		l.Say(theme.Dim, "…")
	}
	for _, chip := range n.chips[from:] {
		l.Put(theme.Strong, app.Chip(chip)).Skip(1)
	}
	n.field.Draw(l, max(room-used-1, 8), true, safe.Text{})
	return strings.Join(append(lines, l.Right(theme.Dim, count).Done()), "\n")
}

// drawOffers draws how the word in the field may go on; the one that tab has put there is marked.
func (n *narrow) drawOffers(l *widget.Line) {
	if len(n.offers) == 0 {
		return
	}
	l.Say(theme.Key, "tab").Skip(2)
	for i, o := range n.offers[max(n.at, 0):] {
		word, name := o.Word, o.Name
		if at := strings.LastIndexAny(word, ":,"); at >= 0 && at < len(word)-1 {
			word = word[at+1:]
		}
		label := safe.Of(word)
		if model.Fold(name) != model.Fold(word) && name != "" {
			label = safe.Of(word + " " + name)
		}
		if i > 0 && l.Left() < label.Width()+3 {
			l.Say(theme.Dim, "…")
			return
		}
		role := theme.Text
		if i == 0 && n.at >= 0 {
			role = theme.Selected
		}
		l.Put(role, label.Cut(l.Left())).Skip(2)
	}
}
