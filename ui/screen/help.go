package screen

import (
	"context"
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
	"board.internal/samverkan/ui/widget"
)

// help lists what can be done here and now, by a key or by a word on the command line, and what the board can be narrowed by.
// Typing searches, enter does it; what cannot be done says why.
type help struct {
	overlay
	lines []helpLine
	field widget.Field
	win   widget.Window
	// end is where the journal's chain ends, once it has been read.
	end    store.Head
	headed bool
}

// helpLine is one thing that can be done, with its key or the word that does it, and all by which it is found.
type helpLine struct {
	app.Bound
	key, label, help, words string
	// elsewhere: it is done on other screens, and found only by who looks for it.
	elsewhere bool
	// head: the filter's words stand below it.
	head bool
}

func newHelp(d *app.Desk) app.Screen {
	h := &help{overlay: overlay{desk: d}, field: widget.NewField(d.Theme, "", maxFilter)}
	t := d.Texts.Screen
	words := map[action.ID]string{} // in every language, as people search in theirs
	var without []helpLine          // words that no key does
	for _, lang := range text.Languages() {
		x := text.In(lang).Screen
		for id, a := range x.Action {
			words[action.ID(id)] += " " + a.Label + " " + a.Help + " " + x.Also[id]
		}
		for _, o := range orders() {
			words[o.act] += " " + x.Command.Word[o.id] + " " + x.Command.Help[o.id]
		}
	}
	for _, o := range orders() {
		if word := t.Command.Word[o.id]; o.act == "" {
			l := helpLine{Bound: ordered(d, o), key: d.Line(word), label: word, help: t.Command.Help[o.id]}
			for _, lang := range text.Languages() {
				l.words += " " + text.In(lang).Screen.Command.Word[o.id] + " " + text.In(lang).Screen.Command.Help[o.id]
			}
			without = append(without, l)
		}
	}
	var moves []helpLine
	seen := map[action.ID]bool{"": true}
	for _, b := range d.Actions() {
		a := t.Action[string(b.ID)]
		l := helpLine{Bound: b, key: d.Keys().Shown(b.ID), label: a.Label, help: a.Help, words: words[b.ID]}
		if b.Label != nil { // it is something else here
			l.label, l.help = b.Label(), b.Label()
		}
		switch {
		case seen[b.ID]:
		case d.Keys().Moves(b.ID):
			moves = append(moves, l)
		default:
			h.lines = append(h.lines, l)
		}
		seen[b.ID] = true
	}
	h.lines = slices.Concat(h.lines, without, moves, filterLines(d))
	for _, a := range action.Table() {
		if said := t.Action[string(a.ID)]; !seen[a.ID] {
			b := app.Bound{ID: a.ID, Off: func() string { return t.Command.Elsewhere }}
			h.lines = append(h.lines, helpLine{Bound: b, key: d.Keys().Shown(a.ID), label: said.Label, help: said.Help, words: words[a.ID], elsewhere: true})
		}
	}
	return h
}

// filterLines are the words that narrow the board, where that is what is narrowed: enter begins the line with one.
func filterLines(d *app.Desk) []helpLine {
	if _, is := d.Screen().(*journal); is { // which is narrowed by words of its own
		return nil
	}
	t, key := d.Texts.Screen.Narrow, d.Keys().Shown(action.Narrow)
	begin := func(word string) app.Bound { return app.Bound{Do: func(int) tea.Cmd { return narrowBy(d, word) }} }
	lines := []helpLine{{Bound: begin(""), key: key, label: t.Words, help: t.Understood, head: true}}
	for _, word := range model.FilterWords(d.Texts.Lang) {
		typed, value := strings.CutSuffix(word, ":")
		name := model.FilterWord(typed, value)
		l := helpLine{Bound: begin(word), key: key, label: word, help: t.Word[name], words: t.Words + " " + name}
		for _, lang := range text.Languages() {
			for _, other := range model.FilterWords(lang) {
				if typed, is := strings.CutSuffix(other, ":"); is == value && model.FilterWord(typed, is) == name {
					l.words += " " + other
				}
			}
			x := text.In(lang).Screen.Narrow
			l.words += " " + x.Words + " " + x.Word[name]
		}
		lines = append(lines, l)
	}
	return lines
}

// ordered does an order as if its word had been typed.
func ordered(d *app.Desk, o order) app.Bound {
	return app.Bound{Do: func(int) tea.Cmd {
		cmd, err := o.do(d, "")
		if err != nil {
			d.Say(d.Sentence(err))
		}
		return cmd
	}}
}

// Open reads where the journal's chain ends: a look at it costs nobody a command.
func (h *help) Open() tea.Cmd {
	from := h.desk.Store
	return h.desk.Load(h, func(ctx context.Context) (any, error) { return from.Head(ctx) })
}

// Typing: what is typed is searched for.
func (h *help) Typing() bool { return true }

// found are the lines that what is typed names, moving about last.
func (h *help) found() (found []helpLine) {
	typed := model.Fold(h.field.Value())
	for _, l := range h.lines {
		if l.elsewhere && typed == "" {
			continue
		}
		if strings.Contains(model.Fold(strings.Join([]string{l.key, l.label, l.help, l.words}, " ")), typed) {
			found = append(found, l)
		}
	}
	return found
}

func (h *help) Update(msg tea.Msg) tea.Cmd {
	if read, ok := msg.(app.Loaded); ok {
		h.end, h.headed = read.Value.(store.Head)
		return nil
	}
	k, ok := msg.(tea.KeyMsg)
	if !ok {
		return nil
	}
	found := h.found()
	if isText(k) {
		h.field.Update(k)
		h.win = widget.Window{}
		return nil
	}
	switch k.String() {
	case "esc":
		return h.desk.Pop(h)
	case "up", "shift+tab":
		h.win.Move(h.win.Cursor-1, len(found))
	case "down", "tab":
		h.win.Move(h.win.Cursor+1, len(found))
	case "pgup":
		h.win.Move(h.win.Cursor-h.rows()/2, len(found))
	case "pgdown":
		h.win.Move(h.win.Cursor+h.rows()/2, len(found))
	case "enter":
		if h.win.Cursor < len(found) {
			pop := h.desk.Pop(h)
			return tea.Batch(pop, h.desk.Run(found[h.win.Cursor].Bound))
		}
	default:
		h.field.Update(k)
		h.win = widget.Window{}
	}
	return nil
}

// signs explains the signs on the board in the lines that are left, where nothing is searched for.
func (h *help) signs(width, rows int) (lines []string) {
	t := h.desk.Texts.Screen.Help
	if h.field.Value() != "" || rows < 3 || h.win.Top+h.rows()-2 < len(h.found()) {
		return nil
	}
	g := h.desk.Theme.Glyph
	var all []string
	for _, s := range t.Sign {
		all = append(all, text.Fill(s, "half", g.Half.String(), "dotted", g.Dotted.String(), "hollow", g.Hollow.String(),
			"national", g.National.String(), "up", g.MoreAbove.String(), "down", g.MoreBelow.String(),
			"waits", g.Waits.String(), "new", g.New.String(), "changed", g.Changed.String(), "mark", g.Mark.String(), "local", g.Local.String(), "load", g.Load.String()))
	}
	lines = append(lines, h.begin(width).Done(), h.begin(width).Say(theme.Heading, t.Signs).Done())
	for _, part := range safe.Of(strings.Join(all, "  ·  ")).Wrap(width) {
		lines = append(lines, h.begin(width).Put(theme.Dim, part).Done())
	}
	return lines[:min(len(lines), rows)]
}

// head says where the journal's chain ends, "" until it is known.
func (h *help) head(width int) string {
	t := h.desk.Texts.Screen.Journal
	switch {
	case !h.headed:
		return ""
	case h.end.Seq == 0:
		return t.Empty
	}
	fill := func(form string) string { return h.desk.Texts.Head(form, h.end.Seq, h.end.Short()) }
	return fitting(width, fill(t.Head), fill(t.HeadShort))
}

// leastForHead is from how many lines of a box one is spared for the journal's head.
const leastForHead = 7

// View draws the actions that fit.
func (h *help) View() string {
	t := h.desk.Texts.Screen
	width := h.inner(100)
	l := h.begin(width).Say(theme.Prompt, t.Help.Search).Skip(1)
	found := h.found()
	size := max(h.rows()-2, 1)
	if h.rows() >= leastForHead {
		size--
	}
	h.win.Show(len(found), size)
	part := safe.Of(strconv.Itoa(min(h.win.Top+1, len(found))) + "-" + strconv.Itoa(min(h.win.Top+size, len(found))) + "/" + strconv.Itoa(len(found)))
	h.field.Draw(l, max(l.Left()-part.Width()-1, 1), true, safe.Text{})
	lines := []string{l.Right(theme.Dim, part).Done()}
	for i := h.win.Top; i < min(h.win.Top+size, len(found)); i++ {
		b := found[i]
		role, words := theme.Text, b.help
		if b.head {
			role = theme.Heading
		}
		if why := b.Why(); why != "" {
			role, words = theme.Dim, why
		}
		l := h.begin(width)
		if i == h.win.Cursor {
			role = theme.Selected
			l.Put(role, h.desk.Theme.Glyph.Cursor)
		} else {
			l.Skip(1)
		}
		l.Put(theme.Key, safe.Of(b.key).Fit(11)).Put(role, safe.Of(b.label).Fit(14)).Skip(1)
		lines = append(lines, l.Put(role, safe.Of(words).Cut(l.Left())).Done())
	}
	if len(found) == 0 {
		lines = append(lines, h.begin(width).Say(theme.Dim, t.Help.Nothing).Done())
	}
	lines = append(lines, h.signs(width, size+1-len(lines))...)
	if h.rows() >= leastForHead {
		lines = append(lines, h.begin(width).Say(theme.Dim, h.head(width)).Done())
	}
	return h.box(t.Help.Title, lines, t.Help.Hint, width)
}
