package screen

import (
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
)

// linkLine says how an effort has to do with another: same network as SKIFFER, SYD-2026-002 · Syd · active.
func linkLine(d *app.Desk, l model.Link) string {
	words := d.Texts.Words.Link[l.Kind.String()] + " " + nameOf(d, l.Other)
	e := d.Whole.Effort(l.Other)
	if e == nil { // it has ended
		return words
	}
	more := []string{string(e.ID)}
	if e.Codename == "" {
		more = nil
	}
	more = append(more, d.Texts.Value(model.FieldRegion, string(e.Region), d.Catalogue()), d.Texts.Words.Status[e.Status.String()])
	return words + "  " + strings.Join(more, " · ")
}

// links are an effort's links on its page.
func links(p *page, e *model.Effort) {
	all := p.desk.Whole.Links(e.ID)
	if len(all) == 0 {
		return
	}
	p.heading(p.desk.Texts.Screen.Link.Heading)
	for _, l := range all {
		p.text(theme.Text, safe.Of(linkLine(p.desk, l)), 0)
	}
}

// newLink goes to what an effort is linked to, links it to another, or takes a link out.
func newLink(d *app.Desk, e *model.Effort) app.Screen {
	t := &d.Texts.Screen.Link
	c := &choose{overlay: overlay{desk: d}, title: text.Fill(t.Title, "effort", e.Name()), hint: d.Texts.Screen.Prompt.PriorityHint}
	all := d.Whole.Links(e.ID)
	for i, l := range all {
		key := ""
		if i < 9 {
			key = strconv.Itoa(i + 1)
		}
		c.options = append(c.options, option{key: key, label: linkLine(d, l), then: func() tea.Cmd { return d.Push(newEffort(d, l.Other)) }})
	}
	for _, kind := range model.LinkKinds() {
		add := func() tea.Cmd { return d.Push(newLinkTo(d, e, kind)) }
		c.options = append(c.options, option{key: t.Key[kind.String()], label: t.Add[kind.String()], then: add, off: may(d, model.RightEdit)})
	}
	if len(all) > 0 {
		c.options = append(c.options, option{key: t.Key["remove"], label: t.Add["remove"], then: func() tea.Cmd { return d.Push(newUnlink(d, e)) }, off: may(d, model.RightEdit)})
	}
	return c
}

// newUnlink asks which link is to be taken out.
func newUnlink(d *app.Desk, e *model.Effort) app.Screen {
	t := &d.Texts.Screen.Link
	c := &choose{overlay: overlay{desk: d}, title: text.Fill(t.Remove, "effort", e.Name()), hint: d.Texts.Screen.Prompt.PriorityHint}
	for i, l := range d.Whole.Links(e.ID) {
		c.options = append(c.options, option{key: strconv.Itoa(i + 1), label: linkLine(d, l), command: model.SetLink{On: on(e), Other: string(l.Other)}})
	}
	return c
}

// newLinkTo asks for the other effort, by codename or id; it may have ended.
func newLinkTo(d *app.Desk, e *model.Effort, kind model.LinkKind) app.Screen {
	t := &d.Texts.Screen.Link
	title := text.Fill(t.To, "effort", e.Name(), "link", d.Texts.Words.Link[kind.String()])
	a := newAsk(d, title, d.Texts.Screen.Prompt.NoteHint, model.MaxCodename, func(typed string) model.Command {
		return model.SetLink{On: on(e), Other: typed, Kind: kind}
	})
	a.guide = t.Guide
	a.understood = func(typed string) (said, fault string) {
		if other := d.Whole.Find(typed); other != nil && strings.TrimSpace(typed) != "" {
			return strings.TrimSpace(strings.Join([]string{other.Name(), string(other.ID), other.Title}, "  ")), ""
		}
		return "", ""
	}
	return a
}

// linkOff says why there is no effort to link.
func linkOff(d *app.Desk, a aim) func() string {
	return func() string {
		if a.effort() == nil {
			return d.Texts.Screen.Board.NothingSelected
		}
		return ""
	}
}

// linked is the picture's way to the links between regions: all efforts that have some, in a list.
func (p *picture) linked() tea.Cmd {
	return p.desk.Push(newList(p.desk, p.desk.Texts.Screen.Link.Across, func(b *model.Board) []*model.Effort {
		_, efforts := b.LinkedRegions()
		return efforts
	}))
}

// across says between which regions there are links, "" where there are none.
func (p *picture) across() string {
	d := p.desk
	var parts []string
	for _, pair := range p.pairs {
		parts = append(parts, string(pair.A)+"–"+string(pair.B)+" "+strconv.Itoa(pair.Count))
	}
	if len(parts) == 0 {
		return ""
	}
	l := p.line.Begin(d.Theme, p.width).Skip(1).Say(theme.Key, d.Keys().Shown(action.Link)).Skip(1)
	l.Say(theme.Heading, d.Texts.Screen.Link.Across).Skip(2)
	for i, part := range parts {
		if l.Left() < safe.Of(part).Width()+2 {
			return l.Say(theme.Dim, "…").Done()
		}
		if i > 0 {
			l.Say(theme.Dim, "· ")
		}
		l.Say(theme.Text, part).Skip(1)
	}
	return l.Done()
}
