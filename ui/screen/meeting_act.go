package screen

import (
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/text"
)

// Actions are deciding, those of the effort that is looked at, and moving.
func (s *meeting) Actions() []app.Bound { return s.actions }

func (s *meeting) bind() []app.Bound {
	t := s.texts()
	label := func(words string) func() string { return func() string { return words } }
	onMatter := func() bool { return s.at != onAgenda && s.at < len(s.matters) }
	all := []app.Bound{
		{ID: action.Accept, Do: func(int) tea.Cmd { return s.decide() }, Off: s.undecidable, Label: s.decideLabel, Hide: s.idle},
		{ID: action.Decline, Do: func(int) tea.Cmd { return s.reject() }, Off: s.unrejectable, Label: label(t.RejectLabel), Hide: s.idle},
		{ID: action.Later, Do: func(int) tea.Cmd { return s.desk.Do(s, model.Adjourn{Effort: s.current().id}) }, Off: s.undecidable, Label: label(t.PutOffLabel), Hide: s.idle},
		{ID: action.Meeting, Do: func(int) tea.Cmd { return s.desk.Push(s.signing()) }, Off: s.may, Label: s.signLabel, Hide: onMatter},
		{ID: action.Open, Do: func(int) tea.Cmd { return s.enter() }, Off: s.nothing, Hide: onMatter},
		{ID: action.Right, Do: func(int) tea.Cmd { return s.step(1) }, Label: label(t.NextLabel), Shows: true},
		{ID: action.Left, Do: func(int) tea.Cmd { return s.step(-1) }},
		{ID: action.Export, Do: func(int) tea.Cmd { return s.desk.Push(newSave(s.desk, s.saving())) }, Off: s.unwritten, Hide: func() bool { return onMatter() || s.minutes == nil }},
		{ID: action.Next, Do: func(int) tea.Cmd { return s.turnTo(nextRegion(s.desk, s.region, 1)) }, Label: label(t.CouncilLabel), Shows: true, Hide: onMatter},
		{ID: action.Previous, Do: func(int) tea.Cmd { return s.turnTo(nextRegion(s.desk, s.region, -1)) }},
		{ID: action.Back, Do: func(int) tea.Cmd { return s.back() }},
	}
	all = append(all, s.moves()...)
	for _, b := range effortActions(s.desk, aim{effort: s.effort}) {
		if b.ID != action.Accept && b.ID != action.Decline { // which are the council's here
			all = append(all, b)
		}
	}
	return all
}

// moves are through the agenda, or through a page.
func (s *meeting) moves() []app.Bound {
	move := func(row, top func() int) func(int) tea.Cmd {
		return func(int) tea.Cmd {
			if s.at == onAgenda {
				s.rows.move(row())
			} else {
				s.top = max(min(top(), len(s.page)-s.height), 0)
			}
			return nil
		}
	}
	page := func() int { return max(s.height-2, 1) }
	return []app.Bound{
		{ID: action.Up, Do: move(func() int { return s.rows.Cursor - 1 }, func() int { return s.top - 1 })},
		{ID: action.Down, Do: move(func() int { return s.rows.Cursor + 1 }, func() int { return s.top + 1 })},
		{ID: action.Top, Do: move(func() int { return 0 }, func() int { return 0 })},
		{ID: action.Bottom, Do: move(func() int { return len(s.matters) - 1 }, func() int { return len(s.page) })},
		{ID: action.PageUp, Do: move(func() int { return s.rows.Cursor - page() }, func() int { return s.top - page() })},
		{ID: action.PageDown, Do: move(func() int { return s.rows.Cursor + page() }, func() int { return s.top + page() })},
	}
}

// idle reports that there is nothing to decide, so that no hint is due.
func (s *meeting) idle() bool {
	x := s.current()
	_, sits := s.held()
	return !sits || x == nil || x.item.Why == 0
}

// nothing says that there is no matter, "" when there is one.
func (s *meeting) nothing() string {
	if s.effort() == nil {
		return s.texts().NoMatter
	}
	return ""
}

// may says why the officer does not hold this council's meeting, "" when it is allowed.
func (s *meeting) may() string {
	if err := s.desk.Actor.May(model.RightStatus, s.region, ""); err != nil {
		return s.desk.Sentence(err)
	}
	return ""
}

// undecidable says why nothing is decided of the matter, "" when it can be.
func (s *meeting) undecidable() string {
	x, t := s.current(), s.texts()
	_, sits := s.held()
	switch {
	case x == nil || x.effort == nil:
		return t.NoMatter
	case !sits:
		return text.Fill(s.desk.Keyed(t.NotOpen), "council", s.council())
	case x.item.Why == 0:
		return text.Fill(t.NotBefore, "effort", x.effort.Name())
	}
	return s.may()
}

func (s *meeting) unrejectable() string {
	why := s.undecidable()
	if x := s.current(); why == "" && !x.effort.Status.Leads(model.Rejected) {
		return text.Fill(s.desk.Keyed(s.texts().NoReject), "effort", x.effort.Name(), "now", s.desk.Texts.Words.Status[x.effort.Status.String()])
	}
	return why
}

// unwritten says why no minutes can be written, "" when they can.
func (s *meeting) unwritten() string {
	if s.minutes == nil {
		return s.texts().Never
	}
	return notLocal(s.desk)
}

func (s *meeting) decideLabel() string {
	t := s.texts()
	switch x := s.current(); {
	case x != nil && x.item.Why == model.WaitReview:
		return t.KeepLabel
	case x != nil && x.effort != nil && x.effort.Status == model.Proposed:
		return t.TakeUp
	}
	return t.DecideLabel
}

func (s *meeting) signLabel() string {
	if _, sits := s.held(); sits {
		return s.texts().CloseLabel
	}
	return s.texts().OpenLabel
}

// enter looks at the matter under the cursor, or at all there is of the one that is looked at.
func (s *meeting) enter() tea.Cmd {
	if s.at == onAgenda {
		return s.step(1)
	}
	return s.desk.Push(newEffort(s.desk, s.effort().ID))
}

// back goes to the agenda, and from there to where one came from.
func (s *meeting) back() tea.Cmd {
	if s.at != onAgenda {
		s.goTo(onAgenda)
		return nil
	}
	return s.desk.Pop(s)
}

// decide says yes: a proposal goes one step on, to be prepared and then to be decided; what is looked at again goes on
// until another day.
func (s *meeting) decide() tea.Cmd {
	x := s.current()
	switch e := x.effort; {
	case x.item.Why == model.WaitReview:
		return s.desk.Push(newReview(s.desk, e))
	case e.Status == model.Proposed:
		return s.desk.Do(s, model.SetStatus{On: on(e), To: model.Preparing})
	default:
		return s.desk.Push(newStatusTo(s.desk, e, model.Decided))
	}
}

// reject says no, with a reason.
func (s *meeting) reject() tea.Cmd {
	return s.desk.Push(newStatusTo(s.desk, s.effort(), model.Rejected))
}

// newStatusTo asks for what a status needs that has been chosen.
func newStatusTo(d *app.Desk, e *model.Effort, to model.Status) app.Screen {
	s := newStatus(d, []*model.Effort{e}).(*status)
	s.askFor(to)
	return s
}

// newReview asks for the day on which an effort is looked at again.
func newReview(d *app.Desk, e *model.Effort) app.Screen {
	t, today := &d.Texts.Screen.Meeting, d.Today()
	title := text.Fill(t.ReviewTitle, "effort", e.Name())
	to := func(day model.Day) model.Command {
		return model.Edit{On: on(e), Fields: map[model.Field]string{model.FieldReview: day.String()}}
	}
	c := &choose{overlay: overlay{desk: d, about: idsOf(e)}, title: title, hint: d.Texts.Screen.Prompt.PriorityHint, place: app.Foot}
	for _, o := range []struct {
		key, label string
		months     int
	}{{"month", t.ReviewMonth, 1}, {"quarter", t.ReviewQuarter, 3}, {"half", t.ReviewHalf, 6}} {
		day := model.DayOf(today.Time().AddDate(0, o.months, 0))
		c.options = append(c.options, option{key: t.Key[o.key], label: text.Fill(o.label, "date", d.Texts.Day(day, today)), command: to(day)})
	}
	c.options = append(c.options, option{key: t.Key["date"], label: t.ReviewDate, then: func() tea.Cmd {
		return d.Push(newAskParsed(d, title, d.Texts.Screen.Later.DateHint, model.MaxShort, func(typed string) (model.Command, error) {
			day, err := d.Texts.ParseDay(typed, today, true)
			return to(day), err
		}))
	}})
	return c
}

// signing asks whether the meeting is opened, or closed.
func (s *meeting) signing() app.Screen {
	d, t := s.desk, s.texts()
	m, sits := s.held()
	n, title, yes := 1, t.BeginTitle, t.BeginYes
	if m != nil {
		n = m.Number + 1
	}
	begin, items := model.BeginMeeting{Region: s.region}, []model.Item{}
	for i := range s.matters {
		begin.Agenda = append(begin.Agenda, s.matters[i].id)
		items = append(items, s.matters[i].item)
	}
	matters := d.Texts.Agenda(items)
	var command model.Command = begin
	if sits {
		n, title, yes, command, matters = m.Number, t.EndTitle, t.EndYes, model.EndMeeting{Region: s.region}, ""
		if s.minutes != nil {
			matters = d.Texts.Results(&s.minutes.Minutes)
		}
	}
	if matters == "" {
		matters = d.Texts.Words.Unknown
	}
	return &choose{overlay: overlay{desk: d}, title: text.Fill(title, "n", strconv.Itoa(n), "council", s.council(), "matters", matters),
		hint: t.SignHint, options: []option{{key: "y", label: text.Fill(yes, "officer", string(d.Actor.Officer)), command: command}}}
}
