package screen

import (
	"strconv"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
	"board.internal/samverkan/ui/widget"
)

// load is what an agency carries against what it can, in a region and in the country, and whether it is near. All of
// it is a hint: nothing of it blocks anything.
type load struct {
	region        model.RegionCode
	here, country model.LoadCell
	// office: it has a local office; far: it is known to have none.
	office, far bool
}

// loadOf gathers it; with no region the country stands for it.
func loadOf(d *app.Desk, a *model.Agency, region model.RegionCode) load {
	row, regions := d.Whole.Load(a, d.Today())
	l := load{region: region, here: *row.Country(), country: *row.Country()}
	for i := range regions {
		if regions[i].Code == region {
			l.here = row.Cells[i]
		}
	}
	has, known := a.Office(region)
	l.office, l.far = has, known && !has
	return l
}

// of writes a load against a capacity: 6/8, or 6/– where nobody has said.
func of(d *app.Desk, c model.LoadCell) string {
	if !c.Known {
		return strconv.Itoa(c.Accepted) + "/" + d.Texts.Words.Unknown
	}
	return strconv.Itoa(c.Accepted) + "/" + strconv.Itoa(c.Capacity)
}

// fullness says that an agency carries all it can, or more, "" when it does not.
func fullness(d *app.Desk, c model.LoadCell) string {
	switch {
	case c.Over():
		return d.Texts.Screen.Picker.Over
	case c.Full():
		return d.Texts.Screen.Picker.Full
	}
	return ""
}

// View draws the agencies and partners that fit around the cursor.
func (p *picker) View() string {
	t := p.desk.Texts.Screen.Picker
	width := p.inner(100)
	foot := p.foot(width)
	size := p.overlay.rows() - len(foot) - 1
	if p.fault != "" {
		size -= len(safe.Of(p.fault).Wrap(width))
	}
	p.win.Show(p.count(), size)
	var lines []string
	for i := p.win.Top; i < min(p.win.Top+max(size, 1), p.count()); i++ {
		if i < len(p.rows) {
			lines = append(lines, p.row(i, width))
		} else {
			lines = append(lines, p.partnerRow(i, width))
		}
	}
	title := text.Fill(t.TitleMany, "efforts", named(p.desk, p.efforts))
	if e := p.efforts[0]; len(p.efforts) == 1 {
		title = text.Fill(t.Title, "effort", e.Name(), "region", regionNames(p.desk, e),
			"focus", p.desk.Texts.Value(model.FieldFocus, string(e.Focus), p.desk.Catalogue()))
	}
	hint := fitting(width, t.Hint, t.HintShort)
	if p.reason != nil {
		hint = t.ReasonHint
	}
	return p.box(title, append(lines, foot...), hint, width)
}

// foot is the reason that is asked for, or what there is to know of the agency under the cursor.
func (p *picker) foot(width int) (foot []string) {
	t := p.desk.Texts.Screen.Picker
	if p.reason != nil {
		label := safe.Of(text.Fill(t.Reason, "agency", string(p.rows[p.of].agency.Code)))
		l := p.begin(width).Put(theme.Prompt, label.Cut(width/2)).Skip(1)
		p.reason.Draw(l, l.Left(), true, safe.Text{})
		return []string{l.Done()}
	}
	if p.overlay.rows() < 9 {
		return nil
	}
	if p.suggests() {
		crime := p.efforts[0].Crime
		like := t.Like
		if crime == "" {
			like = t.LikeFocus
		}
		foot = append(foot, p.begin(width).Say(theme.Dim, text.Fill(like, "crime", crime)).Done())
	}
	words := safe.Text{}
	if p.win.Cursor < len(p.rows) {
		words = safe.Of(p.about(&p.rows[p.win.Cursor]))
	} else if i := p.win.Cursor - len(p.rows); i < len(p.partners) {
		words = safe.Of(text.Fill(t.AboutPartner, "partner", p.partners[i].name))
	}
	return append(foot, p.begin(width).Put(theme.Text, words.Cut(width)).Done())
}

// about is all there is to know of an agency when it is asked, in words.
func (p *picker) about(r *pick) string {
	d, t := p.desk, p.desk.Texts.Screen.Picker
	region := d.Texts.Screen.Picker.Country
	if r.load.region != "" {
		region = d.Texts.Value(model.FieldRegion, string(r.load.region), d.Catalogue())
	}
	line := text.Fill(t.About, "agency", string(r.agency.Code), "region", region, "here", of(d, r.load.here),
		"country", of(d, r.load.country))
	switch {
	case r.load.office:
		line += t.HasOffice
	case r.load.far:
		line += t.LacksOffice
	}
	if r.now.Reason != "" {
		line += text.Fill(t.Said, "reason", r.now.Reason)
	}
	return line
}

// suggests reports whether some agency that is not asked was in on earlier efforts like this one.
func (p *picker) suggests() bool {
	for i := range p.rows {
		if p.missing(&p.rows[i]) {
			return true
		}
	}
	return false
}

// missing reports whether an agency is not asked here and was in on most earlier efforts like this one.
func (p *picker) missing(r *pick) bool {
	return p.past != nil && p.after(r) == 0 && p.past.Missing(r.agency.Code)
}

func (p *picker) row(i, width int) string {
	d, t := p.desk, p.desk.Texts
	r := &p.rows[i]
	after := p.after(r)
	l := p.begin(width)
	role := row(d, l, i == p.win.Cursor)
	name, nameWidth := safe.Of(string(r.agency.Code)), 5
	if width >= 60 {
		nameWidth = 21
		if width >= 90 {
			nameWidth = 26
		}
		name = safe.Join(name.Fit(5), safe.Of(r.agency.Name.In(t.Lang)))
	}
	l.Say(theme.Key, letter(r.agency)).Skip(1).Put(role, p.mark(r, after)).Skip(1).Put(role, name.Fit(nameWidth)).Skip(1)
	stateWidth, modeWidth := 12, 17
	if width < 60 { // the sign says the mode, so that load and office have room
		stateWidth, modeWidth = 9, 2
	}
	wordRole, word := p.word(r, after)
	switch {
	case p.missing(r) && i != p.win.Cursor && l.Left() > stateWidth+modeWidth:
		in, like := p.past.Of(r.agency.Code)
		words := text.Fill(t.Screen.Picker.Missing, "in", strconv.Itoa(in), "like", strconv.Itoa(like))
		l.Put(theme.Accent, safe.Of(words).Fit(stateWidth+modeWidth))
	default:
		l.Put(wordRole, safe.Of(word).Fit(stateWidth))
		p.modeOf(l, r, after, i == p.win.Cursor, modeWidth)
	}
	l.Skip(1)
	if l.Left() >= 3 {
		p.room(l, r)
	}
	return l.Done()
}

// modeOf is how the agency takes part; of one that does not, how it would, where the cursor is.
func (p *picker) modeOf(l *widget.Line, r *pick, after model.State, selected bool, width int) {
	d := p.desk
	in := after == model.Asked || after == model.Accepted
	words := d.Texts.Words.Mode[r.mode.String()]
	switch {
	case len(p.efforts) > 1 && !r.turned && in:
		l.Put(theme.Dim, safe.Of(d.Texts.Screen.Picker.ByRegion).Fit(min(width, l.Left())))
	case in:
		l.Put(theme.Text, modeGlyph(d, r.mode)).Skip(1).Put(theme.Text, safe.Of(words).Fit(min(width-2, max(l.Left(), 0))))
	case selected && p.missing(r):
		n, like := p.past.Of(r.agency.Code)
		l.Put(theme.Accent, safe.Of(text.Fill(d.Texts.Screen.Picker.MissingShort, "in", strconv.Itoa(n), "like", strconv.Itoa(like))).Fit(min(width, l.Left())))
	case selected && width > 2:
		l.Put(theme.Dim, safe.Of(words).Fit(min(width, max(l.Left(), 0))))
	default:
		l.Skip(width)
	}
}

// partnerRow is one partner outside the initiative.
func (p *picker) partnerRow(i, width int) string {
	q := &p.partners[i-len(p.rows)]
	t := p.desk.Texts.Screen.Picker
	l := p.begin(width)
	role := row(p.desk, l, i == p.win.Cursor)
	all := q.on == len(p.efforts)
	mark, word, wordRole := "[ ]", "", theme.Dim
	switch {
	case q.toggled && all:
		word, wordRole = t.Release, theme.Warn
	case q.toggled && q.new:
		mark, word, wordRole = "[+]", t.NewPartner, theme.Warn
	case q.toggled:
		mark, word, wordRole = "[+]", t.Own, theme.Good
	case all:
		mark, word = "[+]", t.Partner
	case q.on > 0:
		mark, word = "[~]", p.some(q.on)
	}
	l.Say(theme.Key, "+").Skip(1).Put(role, safe.Of(mark)).Skip(1)
	l.Put(role, safe.Of(q.name).Fit(min(28, max(l.Left()-14, 4)))).Skip(1)
	return l.Put(wordRole, safe.Of(word).Cut(l.Left())).Done()
}

// letter is the agency's key; one without is chosen with the arrows and the space bar.
func letter(a *model.Agency) string {
	if a.Key == 0 {
		return " "
	}
	return string(a.Key)
}

// mark is what stands between the brackets: x for one that takes part, ? for one that is asked, ~ for one that is or
// does on some of the efforts.
func (p *picker) mark(r *pick, after model.State) safe.Text {
	switch {
	case after == model.Accepted:
		return safe.Of("[x]")
	case after == model.Asked:
		return safe.Of("[?]")
	case !r.toggled && r.on > 0:
		return safe.Of("[~]")
	case after == model.Declined:
		return safe.Of("[-]")
	}
	return safe.Of("[ ]")
}

// some says on how many of the efforts something stands.
func (p *picker) some(n int) string {
	return text.Fill(p.desk.Texts.Screen.Picker.Some, "n", strconv.Itoa(n), "all", strconv.Itoa(len(p.efforts)))
}

// word is the state, or what is about to be done.
func (p *picker) word(r *pick, after model.State) (theme.Role, string) {
	t := p.desk.Texts
	switch {
	case p.lead == r.agency.Code && after == model.Accepted:
		return theme.Strong, t.Screen.Picker.Lead
	case r.toggled && after == model.Asked && r.now.State == model.Declined:
		return theme.Warn, t.Screen.Picker.AskAgain
	case r.toggled && after == model.Asked:
		return theme.Warn, t.Screen.Picker.Ask
	case r.toggled && after == model.Accepted:
		return theme.Good, t.Screen.Picker.Own
	case r.toggled && !r.accepted:
		return theme.Warn, t.Screen.Picker.Withdraw
	case r.toggled:
		return theme.Warn, t.Screen.Picker.Release
	case after == model.Accepted:
		return theme.Good, t.Words.State[after.String()]
	case after == model.Asked:
		return theme.Warn, t.Words.State[after.String()]
	case r.on > 0:
		return theme.Dim, p.some(r.on)
	case after == 0:
		return theme.Dim, ""
	}
	return theme.Dim, t.Part(r.now)
}

// room is the local office and the load against capacity, with the country's where there is room.
func (p *picker) room(l *widget.Line, r *pick) {
	d, t, g := p.desk, p.desk.Texts.Screen.Picker, p.desk.Theme.Glyph
	switch {
	case r.load.office:
		l.Put(theme.Text, g.Local).Skip(1)
	case r.load.far:
		l.Put(theme.Dim, g.None).Skip(1)
	default:
		l.Skip(2)
	}
	role := theme.Text
	if r.load.here.Full() {
		role = theme.Alarm
	} else if !r.load.here.Known {
		role = theme.Dim
	}
	const bar = 5
	figure := safe.Of(of(d, r.load.here))
	if r.load.here.Known && l.Left() >= bar+1+figure.Width() {
		filled := bar
		if c := r.load.here; c.Capacity > 0 {
			filled = min((c.Accepted*bar+c.Capacity-1)/c.Capacity, bar)
		}
		l.Put(role, g.Load.Repeat(filled)).Put(theme.Dim, g.Unload.Repeat(bar-filled)).Skip(1)
	} else if p.limited && l.Left() >= bar+1+figure.Width() {
		l.Skip(bar + 1)
	}
	end := l.Used() + 5
	l.Put(role, figure)
	switch short := safe.Of(t.NoOffice); {
	case r.load.here.Full():
		l.Skip(1).Say(role, fullness(d, r.load.here))
	case r.load.far && l.Left() > short.Width() && l.Left() < 13+short.Width():
		l.Skip(1).Put(theme.Dim, short)
	}
	if country := safe.Of(of(d, r.load.country)); l.Left() >= 13 {
		l.To(end+6).Put(theme.Dim, g.Sum).Skip(1).Put(theme.Dim, country)
	}
}
