package screen

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
)

// named is what a box calls the efforts it is about: one by name, several by their number.
func named(d *app.Desk, efforts []*model.Effort) string {
	if len(efforts) == 1 {
		return efforts[0].Name()
	}
	return text.Fill(d.Texts.Screen.Together.Efforts, "n", strconv.Itoa(len(efforts)))
}

// forAll is the same command for each effort: one alone, or several together.
func forAll(efforts []*model.Effort, command func(*model.Effort) model.OnEffort) model.Command {
	var all []model.OnEffort
	for _, e := range efforts {
		all = append(all, command(e))
	}
	if len(all) == 1 {
		return all[0]
	}
	return model.Together{Commands: all}
}

// give carries out what a box asks for. Several commands together are looked at first.
func (o *overlay) give(self app.Screen, cmd model.Command) tea.Cmd {
	o.fault = ""
	if all, ok := cmd.(model.Together); ok {
		return o.desk.Push(newPreview(o.desk, self, all.Commands))
	}
	o.busy = true
	return o.desk.Do(self, cmd)
}

// preview says what an action on several efforts will do, on which it is so already, and which refuse it and why.
// Enter does it for all that can.
type preview struct {
	overlay
	// under is the box that asked; it is done with when this is, nil for none.
	under    app.Screen
	commands []model.OnEffort
	lines    []string
	// able are the commands that are not refused: what is agreed to, and no more.
	able    []model.OnEffort
	does    int
	refused int
	ready   bool
	// against is what others have changed of what is wanted: mine or theirs can be chosen.
	against []model.Diff
}

func newPreview(d *app.Desk, under app.Screen, commands []model.OnEffort) app.Screen {
	return &preview{overlay: overlay{desk: d}, under: under, commands: commands}
}

// foreseen is what would come of it.
type foreseen struct {
	events []model.Event
	no     model.Refusals
}

// Open asks the store what would come of it.
func (p *preview) Open() tea.Cmd {
	d, who := p.desk, p.desk.Actor
	return d.Load(p, func(ctx context.Context) (any, error) {
		var f foreseen
		if _, err := d.Store.Try(ctx, who, model.Together{Commands: p.commands}); err != nil && !errors.As(err, &f.no) {
			return nil, err
		}
		var err error
		f.events, err = d.Store.Try(ctx, who, model.Together{Commands: p.commands, Rest: true})
		if errors.As(err, &f.no) {
			err = nil
		}
		return f, err
	})
}

func (p *preview) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case app.Loaded:
		if msg.Err != nil {
			p.fault = p.desk.Sentence(msg.Err)
			return nil
		}
		p.tell(msg.Value.(foreseen))
	case app.BoardMsg:
		if !p.busy {
			return p.Open()
		}
	case app.Done:
		against := model.Against(msg.Err)
		switch {
		case len(against) > 0:
			p.busy = false
			return tea.Batch(p.Open(), p.choose(against))
		case msg.Err != nil: // others have been faster: what stands against it is shown anew
			p.answered(p, msg)
			return p.Open()
		case p.under == nil:
			return p.answered(p, msg)
		}
		return p.desk.Pop(p.under)
	case tea.KeyMsg:
		switch key := msg.String(); key {
		case "esc":
			return p.desk.Pop(p)
		case "enter":
			if p.ready && p.does > 0 && !msg.Paste {
				p.busy = true
				return p.desk.Do(p, model.Together{Commands: p.able})
			}
		case "c":
			if len(p.against) > 0 {
				return p.choose(p.against)
			}
		default:
			p.scroll(key, len(p.lines))
		}
	}
	return nil
}

// choose shows mine against theirs. What is chosen is looked at again before it is done.
func (p *preview) choose(against []model.Diff) tea.Cmd {
	box := newConflict(p.desk, p, model.Together{Commands: p.commands}, against)
	box.then = func(settled model.Command, ok bool) tea.Cmd {
		if ok {
			p.commands, p.ready = settled.(model.Together).Commands, false
			return p.Open()
		}
		p.desk.Say(p.desk.Texts.Screen.Conflict.TheirsStand)
		if p.under != nil {
			return p.desk.Pop(p.under)
		}
		return p.desk.Pop(p)
	}
	return p.desk.Push(box)
}

// tell puts it into lines: first what is done alike, with the efforts it is done on, then the rest.
func (p *preview) tell(f foreseen) {
	d, t := p.desk, p.desk.Texts.Screen.Together
	p.against = model.Against(f.no)
	seen := map[model.EffortID]bool{}
	p.does, p.able = 0, nil
	for _, ev := range f.events {
		if ev.Effort != "" {
			seen[ev.Effort] = true
			p.does++
		}
	}
	p.lines = alike(d, f.events, p.had)
	for _, no := range f.no {
		seen[no.Effort] = true
	}
	for _, c := range p.commands {
		if !slices.ContainsFunc(f.no, func(no model.Refusal) bool { return no.Effort == model.About(c) }) {
			p.able = append(p.able, c)
		}
	}
	var already []string
	for _, c := range p.commands {
		if id := model.About(c); !seen[id] {
			seen[id] = true
			already = append(already, p.name(id))
		}
	}
	if len(already) > 0 {
		p.lines = append(p.lines, text.Fill(t.Already, "n", strconv.Itoa(len(already)), "efforts", strings.Join(already, ", ")))
	}
	for _, no := range f.no {
		p.lines = append(p.lines, text.Fill(t.Refused, "effort", p.name(no.Effort), "why", d.Sentence(no.Err)))
	}
	p.refused, p.ready = len(f.no), true
}

// alike says what events do, those that do the same together with the efforts they are about. also adds to what one
// does.
func alike(d *app.Desk, events []model.Event, also func(model.Event) string) (lines []string) {
	var changes []string
	names := map[string][]string{}
	t := d.Texts.Screen.Together
	for _, ev := range events {
		if ev.Effort == "" {
			continue
		}
		change := d.Texts.Changes(ev, d.Catalogue()) + also(ev)
		if names[change] == nil {
			changes = append(changes, change)
		}
		names[change] = append(names[change], nameOf(d, ev.Effort))
	}
	for _, change := range changes {
		line := text.Fill(d.Texts.Count(t.DoesOne, t.Does, len(names[change])), "what", change)
		lines = append(lines, line, "  "+strings.Join(names[change], ", "))
	}
	return lines
}

// had says which of the agencies that are to be asked for an effort are on it already.
func (p *preview) had(ev model.Event) string {
	var had []string
	for _, c := range p.commands {
		a, ok := c.(model.Assign)
		if !ok || a.Effort != ev.Effort {
			continue
		}
		for _, part := range a.Parts {
			if !slices.ContainsFunc(ev.Changes, func(c model.Change) bool { return c.Field == model.AgencyField(part.Agency, "state") }) {
				had = append(had, string(part.Agency))
			}
		}
	}
	if len(had) == 0 {
		return ""
	}
	return text.Fill(p.desk.Texts.Screen.Together.Had, "agencies", strings.Join(had, ", "))
}

// name is what people call an effort.
func (p *preview) name(id model.EffortID) string { return nameOf(p.desk, id) }

// nameOf is what people call an effort of the board; one that has ended is called by its id.
func nameOf(d *app.Desk, id model.EffortID) string {
	if e := d.Whole.Effort(id); e != nil {
		return e.Name()
	}
	return string(id)
}

// View draws the lines from the first that is scrolled to.
func (p *preview) View() string {
	t := p.desk.Texts.Screen.Together
	width := p.inner(76)
	hint := t.Hint
	switch {
	case !p.ready && p.fault == "":
		hint = p.desk.Texts.Screen.Effort.Loading
	case p.does == 0:
		hint = t.NoneHint
	case p.refused > 0:
		hint = text.Fill(t.RestHint, "n", strconv.Itoa(p.does))
	}
	if p.ready && len(p.against) > 0 {
		hint += text.Fill(p.desk.Texts.Screen.Conflict.BulkHint, "key", "c")
	}
	lines := p.seen(p.wrapped(p.lines, width), width)
	title := text.Fill(t.Title, "n", strconv.Itoa(len(p.commands)))
	return p.box(title, lines, hint, width)
}

// wrapped breaks lines to a width; those that begin with blanks stand back.
func (o *overlay) wrapped(all []string, width int) (lines []string) {
	for _, s := range all {
		role := theme.Text
		body := strings.TrimLeft(s, " ")
		indent := len(s) - len(body)
		if indent > 0 {
			role = theme.Dim
		}
		for _, part := range safe.Of(body).Wrap(max(width-indent, 8)) {
			lines = append(lines, o.begin(width).Skip(indent).Put(role, part).Done())
		}
	}
	return lines
}
