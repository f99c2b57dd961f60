package screen

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/text"
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
	// takes reports whether what was typed behind the word makes sense there; nil is that nothing does.
	takes func(d *app.Desk, arg string) bool
}

// orders are all of them, as they are listed.
func orders() []order {
	return []order{
		{id: "picture", act: action.Picture},
		{id: "region", act: action.Region, do: goRegion, takes: takesRegion},
		{id: "inbox", act: action.Inbox},
		{id: "agencies", act: action.Agencies},
		{id: "partners", act: action.Partners},
		{id: "journal", act: action.Journal},
		{id: "handover", act: action.Handover},
		{id: "meeting", act: action.Meeting, do: goMeeting, takes: takesRegion},
		{id: "gaps", do: goGaps, takes: takesRegion},
		{id: "report", act: action.Report, do: goReport, takes: takesReport},
		{id: "saved", do: func(d *app.Desk, _ string) (tea.Cmd, error) { return d.Push(newFilterList(d)), nil }},
		{id: "here", act: action.Here},
		{id: "then", do: goThen, takes: takesMoment},
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

func takesRegion(d *app.Desk, arg string) bool {
	_, err := regionCalled(d, arg)
	return err == nil
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
	ended []ended
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
		c.loaded(msg)
	case tea.KeyMsg:
		return c.key(msg)
	}
	return nil
}

// loaded takes what was read. The cursor stays on what it was moved to, whatever has come in above it.
func (c *command) loaded(msg app.Loaded) {
	switch value := msg.Value.(type) {
	case *codenames:
		c.named = value
	case []ended:
		c.ended = value
	}
	if msg.Err != nil { // the next letter tries again
		c.fault, c.asked = c.desk.Sentence(msg.Err), false
	}
	on := ""
	if at := c.win.Cursor; at > 0 && at < len(c.shown) {
		on = c.shown[at].id
	}
	c.look()
	if at := slices.IndexFunc(c.shown, func(f find) bool { return f.id == on }); at > 0 {
		c.win.Move(at, len(c.shown))
	}
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
		return c.readEnded()
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
	if o, _ := c.ordered(); o != nil {
		i := slices.IndexFunc(c.all, func(f find) bool { return f.id == "word "+o.id })
		c.shown = c.all[i : i+1]
	}
}

// line is all that is typed, folded.
func (c *command) line() string { return model.Fold(strings.TrimSpace(c.field.Value())) }

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

// ordered is the word that begins the line and what stands behind it, nil when nothing does or that is none. One that is only
// begun counts with what makes sense behind it: the harbour is not then. One that is whole counts with anything, to be told
// what is wrong with it, unless all the words together are those of an effort.
func (c *command) ordered() (*spelling, string) {
	word, arg := c.typed()
	found := c.fitting(word)
	if len(found) != 1 || arg == "" {
		return nil, ""
	}
	o := &found[0]
	whole := model.Fold(o.name) == model.Fold(word)
	if o.takes != nil && o.takes(c.desk, arg) || whole && len(c.efforts(c.line())) == 0 {
		return o, arg
	}
	return nil, ""
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
	case o != nil && o.takes == nil:
		c.fault = text.Fill(c.texts().Alone, "word", o.name)
		return nil
	case o != nil:
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
