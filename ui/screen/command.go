package screen

import (
	"slices"
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

// command is the line that a word is typed on, with the words that fit above it.
type command struct {
	overlay
	field widget.Field
	words []spelling
	// While tab goes through what fits, begun is what was typed, and at which of them it is at; else at is -1.
	begun string
	at    int
	// wide is how many cells the longest word takes with its argument, as orders list it.
	wide int
}

func newCommand(d *app.Desk) app.Screen {
	c := &command{overlay: overlay{desk: d}, field: widget.NewField(d.Theme, "", maxFilter), at: -1}
	for _, lang := range text.Languages() {
		t := text.In(lang)
		for _, o := range orders() {
			s := spelling{o, t.Screen.Command.Word[o.id], lang == d.Texts.Lang}
			c.words, c.wide = append(c.words, s), max(c.wide, c.form(s).Width())
		}
	}
	return c
}

// Place: at the foot, so that what one was looking at stays in sight.
func (c *command) Place() app.Place { return app.Foot }

// Typing: there is nothing but the field.
func (c *command) Typing() bool { return true }

func (c *command) Update(msg tea.Msg) tea.Cmd {
	k, ok := msg.(tea.KeyMsg)
	if !ok {
		return nil
	}
	key := k.String()
	c.fault = ""
	switch {
	case !isText(k) && key == "esc":
		return c.desk.Pop(c)
	case !isText(k) && key == "enter":
		return c.enter()
	case !isText(k) && (key == "tab" || key == "down"):
		c.complete(1)
	case !isText(k) && (key == "shift+tab" || key == "up"):
		c.complete(-1)
	default:
		c.field.Update(k)
		c.at = -1
	}
	return nil
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

// shown are the words above the line: what fits what was typed by hand.
func (c *command) shown() []spelling {
	if c.at >= 0 {
		return c.fitting(c.begun)
	}
	word, _ := c.typed()
	return c.fitting(word)
}

// complete puts the next word that fits on the line.
func (c *command) complete(by int) {
	word, arg := c.typed()
	if c.at < 0 {
		c.begun = word
	}
	found := c.fitting(c.begun)
	if len(found) == 0 {
		return
	}
	if c.at < 0 && by < 0 {
		by = 0
	}
	c.at = (c.at + by + len(found)) % len(found)
	line := found[c.at].name
	if c.desk.Texts.Screen.Command.Argument[found[c.at].id] != "" {
		line += " " + arg
	}
	c.field.Set(line)
}

// enter does what is typed; the line stays with a sentence when that cannot be.
func (c *command) enter() tea.Cmd {
	d := c.desk
	word, arg := c.typed()
	if word == "" {
		return d.Pop(c)
	}
	found := c.fitting(word)
	if c.fault = c.unclear(word, found); c.fault != "" {
		return nil
	}
	o := found[0]
	bound := c.bound(o.act)
	switch {
	case arg != "" && d.Texts.Screen.Command.Argument[o.id] == "":
		c.fault = text.Fill(d.Texts.Screen.Command.Alone, "word", o.name)
		return nil
	case o.do == nil && bound.Why() != "":
		c.fault = bound.Why()
		return nil
	case o.do == nil:
		pop := d.Pop(c)
		return tea.Batch(pop, d.Run(bound))
	}
	pop := d.Pop(c)
	done, err := o.do(d, arg)
	if err != nil {
		c.fault = d.Sentence(err)
		done = d.Push(c)
	}
	return tea.Batch(pop, done)
}

// unclear says why a word is none, "" when it is one.
func (c *command) unclear(word string, found []spelling) string {
	t := c.desk.Texts
	if len(found) == 1 {
		return ""
	}
	word = model.MaskPersonal(word)
	var names []string
	for _, s := range found {
		names = append(names, s.name)
	}
	if len(found) > 1 {
		return text.Fill(t.Screen.Command.Several, "word", word, "words", strings.Join(names, ", "))
	}
	for _, own := range []bool{true, false} { // of two as near, that of the own language
		for _, s := range c.words {
			if s.own == own {
				names = append(names, s.name)
			}
		}
	}
	near := model.Nearest(word, names)
	if near != "" {
		near = text.Fill(t.Faults.Near, "near", near)
	}
	return text.Fill(t.Screen.Command.Unknown, "word", word, "near", near)
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

// View draws the words that fit, each with its key and what it does, and the line below them.
func (c *command) View() string {
	t := c.desk.Texts.Screen.Command
	width := c.inner(c.width - 4)
	found := c.shown()
	room := c.rows() - 2
	if c.fault != "" {
		room -= len(safe.Of(c.fault).Wrap(width))
	}
	var lines []string
	for i, s := range found {
		if i >= room-1 && len(found) > max(room, 0) {
			lines = append(lines, c.begin(width).Skip(1).Say(theme.Dim, text.Fill(t.More, "n", strconv.Itoa(len(found)-i))).Done())
			break
		}
		lines = append(lines, c.row(s, i == c.at, width))
	}
	l := c.begin(width).Say(theme.Prompt, ":").Skip(1)
	c.field.Draw(l, l.Left(), true, safe.Text{})
	return c.box(t.Title, append(lines, l.Done()), t.Hint, width)
}

// form is a word with what may stand behind it.
func (c *command) form(s spelling) safe.Text {
	return safe.Of(strings.TrimSpace(s.name + " " + c.desk.Texts.Screen.Command.Argument[s.id]))
}

// row is one word: how it is written, its key, and what it does or why that cannot be now.
func (c *command) row(s spelling, selected bool, width int) string {
	d, t := c.desk, c.desk.Texts.Screen
	l := c.begin(width)
	role := row(d, l, selected)
	key, help := "", t.Command.Help[s.id]
	if s.act != "" {
		key = d.Keys().Shown(s.act)
	}
	if help == "" {
		help = t.Action[string(s.act)].Help
	}
	if s.do == nil {
		if why := c.bound(s.act).Why(); why != "" {
			help = why
			if !selected {
				role = theme.Dim
			}
		}
	}
	l.Put(role, c.form(s).Fit(min(c.wide+1, width/2))).Put(theme.Key, safe.Of(key).Fit(5))
	return l.Put(role, safe.Of(help).Cut(l.Left())).Done()
}
