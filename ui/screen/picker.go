package screen

import (
	"context"
	"slices"
	"strings"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/widget"
)

// picker assigns agencies to an effort, or to all that are marked: a letter toggles, Shift and the letter makes it lead,
// tab goes through the modes, + goes to the partners, enter carries out all of it at once.
type picker struct {
	overlay
	efforts []*model.Effort
	rows    []pick
	// partners are those that stand on one of the efforts, or are to come.
	partners []partnerPick
	// lead is the agency that is to lead, led the one that does now; "" where the efforts differ.
	lead, led model.AgencyCode
	win       widget.Window
	// reason is asked for when an agency that has accepted is to be released; of is its row.
	reason *widget.Field
	of     int
	// limited: the capacity of some agency is known, so that bars stand.
	limited bool
	// past counts earlier efforts like this one, nil while they are not read.
	past *model.Precedents
}

// pick is one agency: its part now, and what is wanted of it.
type pick struct {
	agency *model.Agency
	// now is its part on all of the efforts; one whose parts differ has none. on is on how many it is asked or takes
	// part, of which it has accepted some.
	now      model.Assignment
	on       int
	accepted bool
	// toggled: the letter has been pressed, so that the part changes; turned: the mode has been chosen.
	toggled, turned bool
	mode            model.Mode
	reason          string
	load            load
}

// partnerPick is one partner outside the initiative: on how many of the efforts it stands, and what is wanted of it.
type partnerPick struct {
	name         string
	on           int
	toggled, new bool
}

func newPicker(d *app.Desk, efforts []*model.Effort) app.Screen {
	p := &picker{overlay: overlay{desk: d, about: idsOf(efforts...)}, efforts: efforts, led: efforts[0].Lead()}
	if slices.ContainsFunc(efforts, func(e *model.Effort) bool { return e.Lead() != p.led }) {
		p.led = ""
	}
	p.lead = p.led
	today := d.Today()
	cat := d.Catalogue()
	for i := range cat.Agencies {
		if r := p.pick(&cat.Agencies[i]); r.on > 0 || r.now.State != 0 || r.agency.Member(today) {
			p.rows = append(p.rows, r)
			p.limited = p.limited || r.load.here.Known
		}
	}
	for _, e := range efforts {
		for _, name := range e.Partners {
			p.partner(name).on++
		}
	}
	return p
}

// pick gathers an agency's parts.
func (p *picker) pick(a *model.Agency) pick {
	first := p.efforts[0]
	r := pick{agency: a, now: first.Assignment(a.Code), load: loadOf(p.desk, a, p.region())}
	for _, e := range p.efforts {
		now := e.Assignment(a.Code)
		if now.State == model.Asked || now.State == model.Accepted {
			r.on++
		}
		r.accepted = r.accepted || now.State == model.Accepted
		if now.State != r.now.State {
			r.now = model.Assignment{Agency: a.Code}
		}
	}
	r.mode = r.now.Mode
	if r.now.State != model.Asked && r.now.State != model.Accepted {
		r.mode = a.Suggest(first.Region)
	}
	return r
}

// region is that of all the efforts, "" when they are of several.
func (p *picker) region() model.RegionCode {
	r := p.efforts[0].Region
	if slices.ContainsFunc(p.efforts, func(e *model.Effort) bool { return e.Region != r }) {
		return ""
	}
	return r
}

// Open counts earlier efforts like this one, where that is wanted.
func (p *picker) Open() tea.Cmd {
	if len(p.efforts) > 1 || !p.desk.Suggest {
		return nil
	}
	past := model.PrecedentsOf(p.efforts[0])
	return p.desk.Load(p, func(ctx context.Context) (any, error) {
		err := p.desk.Store.Efforts(ctx, func(e *model.Effort) bool { past.Take(e); return true })
		return past, err
	})
}

// opened are the efforts that the picker is about.
func (p *picker) opened() []*model.Effort { return p.efforts }

// Typing reports whether a reason is being typed.
func (p *picker) Typing() bool { return p.reason != nil }

// Dirty reports whether something is changed and not saved.
func (p *picker) Dirty() bool {
	return p.lead != p.led || slices.ContainsFunc(p.rows, func(r pick) bool { return r.toggled || r.turned }) ||
		slices.ContainsFunc(p.partners, func(q partnerPick) bool { return q.toggled })
}

// own reports whether an agency is the officer's.
func (p *picker) own(r *pick) bool { return r.agency.Code == p.desk.Actor.Agency }

// after is the state that an agency would have.
func (p *picker) after(r *pick) model.State {
	switch all := r.on == len(p.efforts); {
	case !r.toggled:
		return r.now.State
	case all && !(p.own(r) && r.now.State == model.Asked):
		return model.Released
	case p.own(r):
		return model.Accepted
	}
	return model.Asked
}

// command is all that is wanted of one effort.
func (p *picker) command(e *model.Effort) model.OnEffort {
	c := model.Assign{On: on(e)}
	for i := range p.rows {
		r := &p.rows[i]
		now := e.Assignment(r.agency.Code)
		in := now.State == model.Asked || now.State == model.Accepted
		part := model.Part{Agency: r.agency.Code}
		if r.turned || len(p.efforts) == 1 { // else each effort has the mode that its region proposes
			part.Mode = r.mode
		}
		switch after := p.after(r); {
		case r.toggled && after == model.Released:
			if part = (model.Part{Agency: r.agency.Code, Off: true, Reason: r.reason}); !in {
				continue
			}
		case !r.toggled && (!in || part.Mode == 0 || part.Mode == now.Mode):
			continue
		}
		c.Parts = append(c.Parts, part)
	}
	if p.lead != p.led {
		c.Lead = p.lead
	}
	for _, q := range p.partners {
		if q.toggled {
			c.Partners = append(c.Partners, model.PartnerPart{Name: q.name, Off: q.on == len(p.efforts), New: q.new})
		}
	}
	return c
}

func (p *picker) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case app.Loaded:
		if past, ok := msg.Value.(*model.Precedents); ok && msg.Err == nil {
			p.past = past
		}
	case app.Done:
		return p.answered(p, msg)
	case app.BoardMsg:
		for _, e := range p.efforts {
			p.changedBy(e)
		}
	case tea.KeyMsg:
		if p.reason != nil {
			return p.ask(msg)
		}
		if !msg.Paste {
			return p.key(msg)
		}
	}
	return nil
}

// count is how many rows there are, those of partners last.
func (p *picker) count() int { return len(p.rows) + len(p.partners) }

func (p *picker) key(msg tea.KeyMsg) tea.Cmd {
	p.fault = ""
	switch key := msg.String(); key {
	case "esc":
		return p.desk.Pop(p)
	case "enter":
		return p.save()
	case "+", "/":
		return p.desk.Push(newPartnerPick(p))
	case "up":
		p.win.Move(p.win.Cursor-1, p.count())
	case "down":
		p.win.Move(p.win.Cursor+1, p.count())
	case "pgup", "home":
		p.win.Move(0, p.count())
	case "pgdown", "end":
		p.win.Move(p.count()-1, p.count())
	case "tab":
		p.turn(1)
	case "shift+tab":
		p.turn(-1)
	case " ":
		p.toggle(p.win.Cursor)
	default:
		p.letter(msg)
	}
	return nil
}

// letter toggles the agency of a letter, or with Shift makes it lead.
func (p *picker) letter(msg tea.KeyMsg) {
	if msg.Type != tea.KeyRunes || len(msg.Runes) != 1 {
		return
	}
	typed := msg.Runes[0]
	for i := range p.rows {
		switch {
		case p.rows[i].agency.Key == typed:
			p.win.Move(i, p.count())
			p.toggle(i)
			return
		case unicode.ToUpper(p.rows[i].agency.Key) == typed:
			p.win.Move(i, p.count())
			p.makeLead(i)
			return
		}
	}
	p.fault = text.Fill(p.desk.Texts.Screen.Picker.Unknown, "key", string(typed))
}

func (p *picker) toggle(i int) {
	if i >= len(p.rows) {
		if i -= len(p.rows); i < len(p.partners) {
			p.partners[i].toggled = !p.partners[i].toggled
		}
		return
	}
	r := &p.rows[i]
	if err := p.mayRelease(r); !r.toggled && err != nil {
		p.fault = p.desk.Texts.Error(err)
		return
	}
	r.toggled = !r.toggled
	if r.toggled && p.after(r) == model.Released && r.accepted {
		field := widget.NewField(p.desk.Theme, r.reason, model.MaxReason)
		p.reason, p.of = &field, i
	}
	if p.lead == r.agency.Code && p.after(r) != model.Accepted {
		p.lead = p.led
	}
}

// mayRelease tells before a reason is asked for that the officer may not end an agency's part.
func (p *picker) mayRelease(r *pick) (err error) {
	if r.on < len(p.efforts) {
		return nil
	}
	for _, e := range p.efforts {
		if e.Assignment(r.agency.Code).State == model.Accepted {
			if err = p.desk.Actor.MayOn(model.RightRelease, e, r.agency.Code); err == nil {
				return nil
			}
		}
	}
	return err
}

// takePartner puts a partner on the efforts, or takes it off again.
func (p *picker) takePartner(name string, new bool) {
	q := p.partner(name)
	q.toggled, q.new = !q.toggled, new
	for i := range p.partners {
		if &p.partners[i] == q {
			p.win.Move(len(p.rows)+i, p.count())
		}
	}
}

// partner is the row of a partner, made when there is none.
func (p *picker) partner(name string) *partnerPick {
	i := slices.IndexFunc(p.partners, func(q partnerPick) bool { return model.Fold(q.name) == model.Fold(name) })
	if i < 0 {
		i = len(p.partners)
		p.partners = append(p.partners, partnerPick{name: name})
	}
	return &p.partners[i]
}

func (p *picker) makeLead(i int) {
	r := &p.rows[i]
	if p.after(r) != model.Accepted {
		p.fault = text.Fill(p.desk.Texts.Screen.Picker.NotAccepted, "agency", string(r.agency.Code))
		return
	}
	p.lead = r.agency.Code
}

// turn goes to another mode for the agency under the cursor.
func (p *picker) turn(by int) {
	if p.win.Cursor >= len(p.rows) {
		return
	}
	r := &p.rows[p.win.Cursor]
	r.mode, r.turned = turned(r.mode, by), true
	if r.now.State == model.Asked && p.own(r) {
		// To say how the own agency takes part is to say that it does.
		r.toggled = true
	}
}

// turned is the mode so many further on.
func turned(m model.Mode, by int) model.Mode {
	modes := model.Modes()
	return modes[(int(m)-1+by+len(modes))%len(modes)]
}

// ask takes the reason for a release.
func (p *picker) ask(msg tea.KeyMsg) tea.Cmd {
	r := &p.rows[p.of]
	switch key := msg.String(); {
	case !isText(msg) && key == "esc":
		r.toggled, p.reason = false, nil
	case !isText(msg) && key == "enter":
		if strings.TrimSpace(p.reason.Value()) == "" {
			p.fault = p.desk.Texts.Screen.Prompt.Empty
			return nil
		}
		r.reason, p.reason, p.fault = p.reason.Value(), nil, ""
	default:
		p.fault = ""
		p.reason.Update(msg)
	}
	return nil
}

func (p *picker) save() tea.Cmd {
	if !p.Dirty() {
		p.desk.Say(p.desk.Texts.Screen.NoChange)
		return p.desk.Pop(p)
	}
	return p.give(p, forAll(p.efforts, p.command))
}
