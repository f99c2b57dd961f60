package screen

import (
	"strconv"
	"strings"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
	"board.internal/samverkan/ui/widget"
)

// picker assigns agencies to an effort: a letter toggles, Shift and the letter makes it lead, tab goes
// through the modes, enter carries out all of it at once.
type picker struct {
	overlay
	effort *model.Effort
	rows   []pick
	lead   model.AgencyCode
	win    widget.Window
	// reason is asked for when an agency that has accepted is to be released; of is its row.
	reason *widget.Field
	of     int
}

// pick is one agency: its part now, and what is wanted of it.
type pick struct {
	agency *model.Agency
	now    model.Assignment
	// toggled: the letter has been pressed, so that the part changes.
	toggled bool
	mode    model.Mode
	reason  string
	here    int
	of      int
}

func newPicker(d *app.Desk, e *model.Effort) app.Screen {
	p := &picker{overlay: overlay{desk: d}, effort: e, lead: e.Lead()}
	today := d.Today()
	cat := d.Catalogue()
	for i := range cat.Agencies {
		a := &cat.Agencies[i]
		now := e.Assignment(a.Code)
		if !a.Member(today) && now.State == 0 {
			continue
		}
		r := pick{agency: a, now: now, mode: now.Mode, of: -1}
		if now.State != model.Asked && now.State != model.Accepted {
			r.mode = a.Suggest(e.Region)
		}
		here, _ := d.Whole.Tally(a.Code, e.Region, today)
		r.here = here.Accepted
		if n, ok := a.Capacity[e.Region]; ok {
			r.of = n
		}
		p.rows = append(p.rows, r)
	}
	return p
}

// Typing reports whether a reason is being typed.
func (p *picker) Typing() bool { return p.reason != nil }

// Dirty reports whether something is changed and not saved.
func (p *picker) Dirty() bool { return p.lead != p.effort.Lead() || len(p.parts()) > 0 }

// after is the state that an agency would have.
func (p *picker) after(r *pick) model.State {
	own := r.agency.Code == p.desk.Actor.Agency
	switch {
	case !r.toggled:
		return r.now.State
	case r.now.State == model.Accepted, r.now.State == model.Asked && !own:
		return model.Released
	case own:
		return model.Accepted
	}
	return model.Asked
}

// parts is what is wanted of each agency that changes.
func (p *picker) parts() (parts []model.Part) {
	for i := range p.rows {
		r := &p.rows[i]
		switch after := p.after(r); {
		case r.toggled && after == model.Released:
			parts = append(parts, model.Part{Agency: r.agency.Code, Off: true, Reason: r.reason})
		case r.toggled, (after == model.Asked || after == model.Accepted) && r.mode != r.now.Mode:
			parts = append(parts, model.Part{Agency: r.agency.Code, Mode: r.mode})
		}
	}
	return parts
}

func (p *picker) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case app.Done:
		return p.answered(p, msg)
	case app.BoardMsg:
		p.changedBy(p.effort)
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

func (p *picker) key(msg tea.KeyMsg) tea.Cmd {
	p.fault = ""
	switch key := msg.String(); key {
	case "esc":
		return p.desk.Pop(p)
	case "enter":
		return p.save()
	case "up":
		p.win.Move(p.win.Cursor-1, len(p.rows))
	case "down":
		p.win.Move(p.win.Cursor+1, len(p.rows))
	case "pgup", "home":
		p.win.Move(0, len(p.rows))
	case "pgdown", "end":
		p.win.Move(len(p.rows)-1, len(p.rows))
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
			p.win.Move(i, len(p.rows))
			p.toggle(i)
			return
		case unicode.ToUpper(p.rows[i].agency.Key) == typed:
			p.win.Move(i, len(p.rows))
			p.makeLead(i)
			return
		}
	}
	p.fault = text.Fill(p.desk.Texts.Screen.Picker.Unknown, "key", string(typed))
}

func (p *picker) toggle(i int) {
	r := &p.rows[i]
	r.toggled = !r.toggled
	if r.toggled && p.after(r) == model.Released && r.now.State == model.Accepted {
		field := widget.NewField(p.desk.Theme, r.reason, model.MaxReason)
		p.reason, p.of = &field, i
	}
	if p.lead == r.agency.Code && p.after(r) != model.Accepted {
		p.lead = p.effort.Lead()
	}
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
	modes := model.Modes()
	if len(p.rows) == 0 {
		return
	}
	r := &p.rows[p.win.Cursor]
	r.mode = modes[(int(r.mode)-1+by+len(modes))%len(modes)]
	if r.now.State == model.Asked && r.agency.Code == p.desk.Actor.Agency {
		// To say how the own agency takes part is to say that it does.
		r.toggled = true
	}
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
	cmd := model.Assign{On: on(p.effort), Parts: p.parts()}
	if p.lead != p.effort.Lead() {
		cmd.Lead = p.lead
	}
	if len(cmd.Parts) == 0 && cmd.Lead == "" {
		p.desk.Say(p.desk.Texts.Screen.NoChange)
		return p.desk.Pop(p)
	}
	p.busy = true
	return p.desk.Do(p, cmd)
}

// View draws the agencies that fit around the cursor.
func (p *picker) View() string {
	t := p.desk.Texts.Screen.Picker
	width := p.inner(78)
	var foot []string
	if p.reason != nil {
		label := safe.Of(text.Fill(t.Reason, "agency", string(p.rows[p.of].agency.Code)))
		l := p.begin(width).Put(theme.Prompt, label.Cut(width/2)).Skip(1)
		p.reason.Draw(l, l.Left(), true, safe.Text{})
		foot = append(foot, l.Done())
	}
	size := p.overlay.rows() - len(foot) - 1
	if p.fault != "" {
		size -= len(safe.Of(p.fault).Wrap(width))
	}
	p.win.Show(len(p.rows), size)
	var lines []string
	for i := p.win.Top; i < min(p.win.Top+max(size, 1), len(p.rows)); i++ {
		lines = append(lines, p.row(i, width))
	}
	title := text.Fill(t.Title, "effort", p.effort.Name(), "region", regionNames(p.desk, p.effort),
		"focus", p.desk.Texts.Value(model.FieldFocus, string(p.effort.Focus), p.desk.Catalogue()))
	hint := fitting(width, t.Hint, t.HintShort)
	if p.reason != nil {
		hint = t.ReasonHint
	}
	return p.box(title, append(lines, foot...), hint, width)
}

func (p *picker) row(i, width int) string {
	d, t := p.desk, p.desk.Texts
	r := &p.rows[i]
	after := p.after(r)
	l := p.begin(width)
	role := row(d, l, i == p.win.Cursor)
	name, nameWidth := safe.Of(string(r.agency.Code)), 5
	if width >= 60 {
		name, nameWidth = safe.Join(name.Fit(5), safe.Of(r.agency.Name.In(t.Lang))), 22
	}
	l.Say(theme.Key, letter(r.agency)).Skip(1).Put(role, p.mark(after)).Skip(1).Put(role, name.Fit(nameWidth)).Skip(1)
	wordRole, word := p.word(r, after)
	l.Put(wordRole, safe.Of(word).Fit(11)).Skip(1)
	switch {
	case after == model.Asked || after == model.Accepted:
		l.Put(theme.Text, modeGlyph(d, r.mode)).Skip(1).Put(theme.Text, safe.Of(t.Words.Mode[r.mode.String()]).Fit(min(15, max(l.Left(), 0))))
	case i == p.win.Cursor:
		l.Put(theme.Dim, safe.Of(t.Words.Mode[r.mode.String()]).Fit(min(17, max(l.Left(), 0))))
	default:
		l.Skip(17)
	}
	l.Skip(1)
	if l.Left() >= 3 {
		p.room(l, r)
	}
	return l.Done()
}

// letter is the agency's key; one without is chosen with the arrows and the space bar.
func letter(a *model.Agency) string {
	if a.Key == 0 {
		return " "
	}
	return string(a.Key)
}

// mark is what stands between the brackets: x for one that takes part, ? for one that is asked.
func (p *picker) mark(s model.State) safe.Text {
	switch s {
	case model.Accepted:
		return safe.Of("[x]")
	case model.Asked:
		return safe.Of("[?]")
	case model.Declined:
		return safe.Of("[-]")
	}
	return safe.Of("[ ]")
}

// word is the state, or what is about to be done.
func (p *picker) word(r *pick, after model.State) (theme.Role, string) {
	t := p.desk.Texts
	switch {
	case p.lead == r.agency.Code && after == model.Accepted:
		return theme.Strong, t.Screen.Picker.Lead
	case r.toggled && after == model.Asked:
		return theme.Warn, t.Screen.Picker.Ask
	case r.toggled && after == model.Accepted:
		return theme.Good, t.Screen.Picker.Own
	case r.toggled && r.now.State == model.Asked:
		return theme.Warn, t.Screen.Picker.Withdraw
	case r.toggled:
		return theme.Warn, t.Screen.Picker.Release
	case after == model.Accepted:
		return theme.Good, t.Words.State[after.String()]
	case after == model.Asked:
		return theme.Warn, t.Words.State[after.String()]
	case after == 0:
		return theme.Dim, ""
	}
	return theme.Dim, t.Words.State[after.String()]
}

// room is the local office and the load against capacity. Both are hints; neither blocks anything.
func (p *picker) room(l *widget.Line, r *pick) {
	t, g := p.desk.Texts.Screen.Picker, p.desk.Theme.Glyph
	has, known := r.agency.Office(p.effort.Region)
	switch {
	case has:
		l.Put(theme.Text, g.Local).Skip(1)
	case known:
		of := p.desk.Texts.Words.Unknown
		if r.of >= 0 {
			of = strconv.Itoa(r.of)
		}
		l.Say(theme.Dim, t.NoOffice).Skip(1).Say(theme.Dim, strconv.Itoa(r.here)+"/"+of)
		return
	default:
		l.Skip(2)
	}
	if r.of < 0 {
		l.Put(theme.Dim, safe.Of(strconv.Itoa(r.here)+"/"+p.desk.Texts.Words.Unknown))
		return
	}
	const bar = 5
	filled := bar
	if r.of > 0 {
		filled = min((r.here*bar+r.of-1)/r.of, bar)
	}
	role := theme.Text
	if r.here >= r.of {
		role = theme.Alarm
	}
	if l.Left() >= bar+6 {
		l.Put(role, g.Load.Repeat(filled)).Put(theme.Dim, g.Unload.Repeat(bar-filled)).Skip(1)
	}
	l.Put(role, safe.Of(strconv.Itoa(r.here)+"/"+strconv.Itoa(r.of)))
	if r.here >= r.of {
		l.Skip(1).Say(role, t.Full)
	}
}
