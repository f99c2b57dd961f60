package screen

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/sahilm/fuzzy"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
	"board.internal/samverkan/ui/widget"
)

// order is what one word on the command line does. How it is called, what it says of itself and what may stand behind
// it are texts, by its id: screen.command.word, .help and .argument; one without an argument takes nothing.
type order struct {
	id string
	// act is the action that does the same by a key, "" where no key does. Its texts serve where the order has none.
	act action.ID
	// do does it, with what was typed behind the word, "" for nothing. nil does the action, as things stand here.
	do func(d *app.Desk, arg string) (tea.Cmd, error)
}

// orders are all of them, as they are listed.
func orders() []order {
	return []order{
		{id: "picture", act: action.Picture},
		{id: "region", act: action.Region, do: goRegion},
		{id: "inbox", act: action.Inbox},
		{id: "agencies", act: action.Agencies},
		{id: "partners", act: action.Partners},
		{id: "journal", act: action.Journal},
		{id: "handover", act: action.Handover},
		{id: "meeting", act: action.Meeting, do: goMeeting},
		{id: "gaps", do: goGaps},
		{id: "report", act: action.Report, do: goReport},
		{id: "saved", do: func(d *app.Desk, _ string) (tea.Cmd, error) { return d.Push(newFilterList(d)), nil }},
		{id: "here", act: action.Here},
		{id: "then", do: goThen},
		{id: "now", do: goNow},
		{id: "who", act: action.Who},
		{id: "lock", act: action.Lock},
		{id: "help", act: action.Help},
		{id: "quit", act: action.Quit},
	}
}

// goRegion goes to a region's board, or the country's.
func goRegion(d *app.Desk, arg string) (tea.Cmd, error) {
	if arg == "" {
		return nil, &model.Error{Fault: model.Invalid, Why: model.Missing, Args: map[string]string{"field": string(model.FieldRegion)}}
	}
	region, err := regionCalled(d, arg)
	if err != nil {
		return nil, err
	}
	return d.GoRoot(newRegion(d, region, "")), nil
}

// regionCalled is the region, or the country, that is called what was typed.
func regionCalled(d *app.Desk, typed string) (model.RegionCode, error) {
	code, near, ok := d.Lexicon.Lookup(model.DomainRegion, typed)
	if !ok {
		return "", &model.Error{Fault: model.Invalid, Why: model.UnknownValue,
			Args: map[string]string{"field": string(model.FieldRegion), "value": model.MaskPersonal(typed), "near": near}}
	}
	return model.RegionCode(code), nil
}

// spelling is one way to write an order.
type spelling struct {
	order
	name string
	// own: in the language of the board. The other's is understood too.
	own bool
}

// command is the line that finds and does: words with what may stand behind them, actions, regions, agencies, saved
// filters and efforts. What fits stands above it, the best first, each with the key that does the same.
type command struct {
	overlay
	field widget.Field
	words []spelling
	// all is what can be found but efforts; named are codenames and ended what is not on the board, once each is read.
	all   []find
	named *codenames
	ended []*model.Effort
	asked bool
	// shown is what fits now, at the place in it that enter takes.
	shown []find
	win   widget.Window
}

func newCommand(d *app.Desk) app.Screen {
	c := &command{overlay: overlay{desk: d}, field: widget.NewField(d.Theme, "", maxFilter)}
	for _, lang := range text.Languages() {
		t := text.In(lang)
		for _, o := range orders() {
			c.words = append(c.words, spelling{o, t.Screen.Command.Word[o.id], lang == d.Texts.Lang})
		}
	}
	return c
}

func (c *command) texts() *text.CommandTexts { return &c.desk.Texts.Screen.Command }

// Place: at the foot, so that what one was looking at stays in sight.
func (c *command) Place() app.Place { return app.Foot }

// Typing: there is nothing but the field.
func (c *command) Typing() bool { return true }

func (c *command) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case app.Loaded:
		switch value := msg.Value.(type) {
		case *codenames:
			c.named = value
		case []*model.Effort:
			c.ended = value
		}
		c.look()
	case tea.KeyMsg:
		return c.key(msg)
	}
	return nil
}

func (c *command) key(k tea.KeyMsg) tea.Cmd {
	key := k.String()
	if isText(k) {
		key = ""
	}
	c.fault = ""
	switch key {
	case "esc":
		return c.desk.Pop(c)
	case "enter":
		return c.enter()
	case "down", "ctrl+n":
		c.win.Move(c.win.Cursor+1, len(c.shown))
	case "up", "ctrl+p":
		c.win.Move(c.win.Cursor-1, len(c.shown))
	case "tab":
		c.complete()
	default:
		c.field.Update(k)
		c.look()
		return c.readEnded()
	}
	return nil
}

// look finds what fits what is typed now.
func (c *command) look() {
	if c.all == nil {
		c.all = c.finds()
	}
	c.win = widget.Window{}
	c.shown = c.search(c.field.Value())
	if o, arg := c.ordered(); o != nil && arg != "" {
		i := slices.IndexFunc(c.all, func(f find) bool { return f.id == "word "+o.id })
		c.shown = c.all[i : i+1]
	}
}

// typed is the word, and what stands behind it.
func (c *command) typed() (word, arg string) {
	word, arg, _ = strings.Cut(strings.TrimSpace(c.field.Value()), " ")
	return word, strings.TrimSpace(arg)
}

// fitting are the orders that a word is, or begins: one that it is whole, else those of the own language, else those
// of the other.
func (c *command) fitting(word string) (found []spelling) {
	typed := model.Fold(word)
	for _, fits := range []func(s spelling, name string) bool{
		func(_ spelling, name string) bool { return name == typed },
		func(s spelling, name string) bool { return s.own && strings.HasPrefix(name, typed) },
		func(_ spelling, name string) bool { return strings.HasPrefix(name, typed) },
	} {
		for _, s := range c.words {
			other := func(f spelling) bool { return f.id == s.id }
			if fits(s, model.Fold(s.name)) && !slices.ContainsFunc(found, other) {
				found = append(found, s)
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// ordered is the word that begins the line, with what stands behind it, nil when that is none: one that is whole, or
// that takes an argument and is begun by nothing else.
func (c *command) ordered() (*spelling, string) {
	word, arg := c.typed()
	found := c.fitting(word)
	if len(found) != 1 || word == "" {
		return nil, arg
	}
	switch o := &found[0]; {
	case model.Fold(o.name) == model.Fold(word):
		return o, arg
	case c.texts().Argument[o.id] == "", arg != "" && len(c.efforts(model.Fold(strings.TrimSpace(c.field.Value())))) > 0:
		return nil, arg // what has all these words is meant: the harbour is not then
	default:
		return o, arg
	}
}

// complete puts the word under the cursor on the line, with room for what may stand behind it.
func (c *command) complete() {
	if c.win.Cursor >= len(c.shown) {
		return
	}
	f := c.shown[c.win.Cursor]
	id, word := strings.CutPrefix(f.id, "word ")
	if !word {
		c.field.Set(f.label.String())
		c.look()
		return
	}
	line := c.texts().Word[id]
	if c.texts().Argument[id] != "" {
		_, arg := c.typed()
		line += " " + arg
	}
	c.field.Set(line)
	c.look()
}

// enter does what the cursor is on, or a word with what stands behind it; the line stays with a sentence when that cannot
// be.
func (c *command) enter() tea.Cmd {
	d := c.desk
	o, arg := c.ordered()
	switch {
	case o != nil && arg != "" && c.texts().Argument[o.id] == "":
		c.fault = text.Fill(c.texts().Alone, "word", o.name)
		return nil
	case o != nil && arg != "":
		return c.do(find{id: "word " + o.id, do: func() (tea.Cmd, error) { return o.do(d, arg) }})
	case c.win.Cursor < len(c.shown):
		return c.do(c.shown[c.win.Cursor])
	}
	c.fault = c.unknown()
	return nil
}

// do does what was found, or says why it cannot be done.
func (c *command) do(f find) tea.Cmd {
	d := c.desk
	if c.fault = f.off(); c.fault != "" {
		return nil
	}
	pop := d.Pop(c)
	done, err := f.do()
	if err != nil {
		c.fault = d.Sentence(err)
		done = d.Push(c)
	} else {
		d.Chose(f.id)
	}
	return tea.Batch(pop, done)
}

// unknown says that nothing is called what is typed, and what is near.
func (c *command) unknown() string {
	word := model.MaskPersonal(strings.TrimSpace(c.field.Value()))
	var names []string
	for _, own := range []bool{true, false} { // of two as near, that of the own language
		for _, s := range c.words {
			if s.own == own {
				names = append(names, s.name)
			}
		}
	}
	first, _ := c.typed()
	near := model.Nearest(model.MaskPersonal(first), names)
	if near != "" {
		near = text.Fill(c.desk.Texts.Faults.Near, "near", near)
	}
	return text.Fill(c.texts().Unknown, "word", word, "near", near)
}

// bound is an action as it can be done here, one that does nothing where there is none.
func (c *command) bound(id action.ID) app.Bound {
	for _, b := range c.desk.Actions() {
		if b.ID == id {
			return b
		}
	}
	return app.Bound{Do: func(int) tea.Cmd { return nil }}
}

// View draws what fits, each with its key and what it does, and the line below.
func (c *command) View() string {
	t := c.texts()
	width := c.inner(c.width - 4)
	if c.all == nil {
		c.look()
	}
	room := c.rows() - 2
	if c.fault != "" {
		room -= len(safe.Of(c.fault).Wrap(width))
	}
	room = max(min(room, mostRows), 1)
	c.win.Show(len(c.shown), room)
	wide := 0
	end := min(c.win.Top+room, len(c.shown))
	for _, f := range c.shown[c.win.Top:end] {
		wide = max(wide, f.label.Width())
	}
	var lines []string
	for i, f := range c.shown[c.win.Top:end] {
		lines = append(lines, c.row(&f, c.win.Top+i == c.win.Cursor, wide, width))
	}
	if len(lines) == 0 && c.fault == "" {
		lines = append(lines, c.begin(width).Skip(1).Say(theme.Dim, c.desk.Texts.Screen.Help.Nothing).Done())
	}
	l := c.begin(width).Say(theme.Prompt, ":").Skip(1)
	rest := safe.Text{}
	if more := len(c.shown) - end; more > 0 {
		rest = safe.Of(text.Fill(t.More, "n", strconv.Itoa(more)))
	}
	c.field.Draw(l, max(l.Left()-rest.Width()-1, 1), true, safe.Text{})
	return c.box(t.Title, append(lines, l.Right(theme.Dim, rest).Done()), t.Hint, width)
}

// mostRows is how many rows stand above the line at most: what one looked at stays in sight on a tall terminal.
const mostRows = 20

// form is a word with what may stand behind it.
func (c *command) form(s spelling) safe.Text {
	return safe.Of(strings.TrimSpace(s.name + " " + c.texts().Argument[s.id]))
}

// matched puts a label on a line with the letters marked that what is typed has found.
func (c *command) matched(l *widget.Line, role theme.Role, label safe.Text, cells int) {
	end := l.Used() + cells
	letters, typed := []rune(label.String()), model.Fold(strings.TrimSpace(c.field.Value()))
	hits := map[int]bool{}
	folded := model.Fold(label.String())
	if found := fuzzy.Find(typed, []string{folded}); len(found) > 0 && utf8.RuneCountInString(folded) == len(letters) && role == theme.Text {
		for _, at := range found[0].MatchedIndexes {
			hits[utf8.RuneCountInString(folded[:at])] = true
		}
	}
	for i := 0; i < len(letters); {
		from := i
		for ; i < len(letters) && hits[i] == hits[from]; i++ {
		}
		part := role
		if hits[from] {
			part = theme.Match
		}
		l.Say(part, string(letters[from:i]))
	}
	l.ToFill(role, end)
}

// row is one thing found: what it is, its key, and what it does or why that cannot be now.
func (c *command) row(f *find, selected bool, wide, width int) string {
	l := c.begin(width)
	role, help := row(c.desk, l, selected), f.help
	if why := f.off(); why != "" {
		help = why
		if !selected {
			role = theme.Dim
		}
	}
	key := safe.Of(f.key).Fit(6)
	label := min(wide+1, width/2)
	c.matched(l, role, f.label.Cut(label), label)
	if selected {
		l.Put(role, key)
	} else {
		l.Put(theme.Key, key)
	}
	return l.Put(role, safe.Of(help).Cut(l.Left())).ToFill(role, width).Done()
}
