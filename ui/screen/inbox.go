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

// inbox is what waits for the officer, one line for each thing. After an action the cursor is on the next line.
type inbox struct {
	desk          *app.Desk
	width, height int
	box           *model.Inbox
	lines         []model.Waiting
	list          picked[model.WaitKey]
	// kinds says how many there are of each kind; back is when the first of what is put aside comes back.
	kinds string
	back  model.Day
	// modes are how the own agency is to take part where that is not as it was asked.
	modes map[model.WaitKey]model.Mode
	// asides: what is put aside is listed too, behind the rest.
	asides bool
	// moved: the line that was acted on has gone, and the cursor is on the next one by that.
	moved   bool
	line    widget.Line
	actions []app.Bound
}

func newInbox(d *app.Desk) app.Screen {
	s := &inbox{desk: d, box: model.NewInbox(d.Actor), modes: map[model.WaitKey]model.Mode{}}
	s.list.effort = func(row int) *model.Effort { return s.lines[row].Effort }
	s.actions = s.bind()
	return s
}

func (s *inbox) Open() tea.Cmd {
	s.refresh()
	return nil
}

// Title says what one sees.
func (s *inbox) Title() safe.Text { return safe.Of(s.desk.Texts.Screen.Inbox.Title) }

func (s *inbox) SetSize(width, height int) { s.width, s.height = width, height }

// Spot is where a new effort would belong.
func (s *inbox) Spot() (model.RegionCode, model.FocusCode) {
	if e := s.effort(); e != nil {
		return e.Region, e.Focus
	}
	return "", ""
}

func (s *inbox) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case app.BoardMsg, app.TickMsg:
		s.refresh()
	case app.Acted:
		s.acted(msg)
	}
	return nil
}

// refresh takes the lines from the board, narrowed as it is.
func (s *inbox) refresh() {
	s.lines, s.back = s.box.Lines(s.desk.Board, s.desk.Today())
	if s.asides {
		s.lines = slices.Concat(s.lines, s.box.Aside(s.desk.Board, s.desk.Today()))
	}
	keys := make([]model.WaitKey, len(s.lines))
	for i := range s.lines {
		keys[i] = s.lines[i].Key()
	}
	s.moved = s.list.take(keys) || s.moved
	s.kinds = s.count()
}

// count says how many things of each kind there are.
func (s *inbox) count() string {
	var counts [model.WaitReference + 1]int
	for i := range s.lines {
		if s.lines[i].Until == 0 {
			counts[s.lines[i].Why]++
		}
	}
	var kinds []string
	for _, why := range model.Waits() {
		if n := counts[why]; n > 0 {
			kinds = append(kinds, strconv.Itoa(n)+" "+s.desk.Texts.Screen.Inbox.Kind[why.String()])
		}
	}
	return strings.Join(kinds, " · ")
}

// acted puts the cursor on the next line, unless what was done has taken the line away already.
func (s *inbox) acted(msg app.Acted) {
	s.list.acted(msg)
	e := s.effort()
	for _, ev := range msg.Result.Events {
		if !s.moved && e != nil && ev.Effort == e.ID && ev.Undoes == 0 {
			s.list.move(s.list.Cursor + 1)
			break
		}
	}
	s.moved = false
}

// selected is the line under the cursor, nil when there is none.
func (s *inbox) selected() *model.Waiting {
	if s.list.Cursor < len(s.lines) {
		return &s.lines[s.list.Cursor]
	}
	return nil
}

func (s *inbox) effort() *model.Effort {
	if w := s.selected(); w != nil {
		return w.Effort
	}
	return nil
}

// under is the agency that a line is about, when it is one that has been asked.
func (s *inbox) under() model.AgencyCode {
	if w := s.selected(); w != nil && (w.Why == model.WaitRequest || w.Why == model.WaitUnanswered) {
		return w.Agency
	}
	return ""
}

// things are the marked lines, else the one under the cursor.
func (s *inbox) things() []model.WaitKey {
	var marked []model.WaitKey
	for i, k := range s.list.keys {
		if s.list.has(i) {
			marked = append(marked, k)
		}
	}
	if len(marked) > 0 {
		return marked
	}
	if w := s.selected(); w != nil {
		return []model.WaitKey{w.Key()}
	}
	return nil
}

// mode is how the own agency is to take part in an effort when it accepts, 0 as it was asked.
func (s *inbox) mode(e *model.Effort) model.Mode {
	for i := range s.lines {
		if w := &s.lines[i]; w.Effort.ID == e.ID && w.Why == model.WaitRequest {
			return s.modes[w.Key()]
		}
	}
	return 0
}

// turn chooses another mode to accept in: planning only is a respectable answer.
func (s *inbox) turn(by int) tea.Cmd {
	w := s.selected()
	s.modes[w.Key()] = turned(s.modeOf(w), by)
	return nil
}

// modeOf is the mode that accepting a request would take.
func (s *inbox) modeOf(w *model.Waiting) model.Mode {
	if m := s.modes[w.Key()]; m != 0 {
		return m
	}
	return w.Effort.Assignment(w.Agency).Mode
}

// Actions are those of the effort under the cursor, putting aside, and moving.
func (s *inbox) Actions() []app.Bound { return s.actions }

func (s *inbox) bind() []app.Bound {
	t := s.desk.Texts.Screen
	nothing := func() string {
		if s.selected() == nil {
			return t.Board.NothingSelected
		}
		return ""
	}
	noRequest := func() string {
		if w := s.selected(); w == nil || w.Why != model.WaitRequest {
			return t.Inbox.NoRequest
		}
		return ""
	}
	all := effortActions(s.desk, aim{effort: s.effort, agency: s.under, marked: s.list.marked, mode: s.mode})
	own := []app.Bound{
		{ID: action.Next, Do: func(int) tea.Cmd { return s.turn(1) }, Off: noRequest, Label: func() string { return t.Inbox.ModeLabel }, Shows: true},
		{ID: action.Later, Off: s.noLater, Do: func(int) tea.Cmd { return s.desk.Push(newLater(s.desk, s.things(), s.asides)) }},
		{ID: action.Open, Off: nothing, Do: func(int) tea.Cmd { return s.desk.Push(newEffort(s.desk, s.effort().ID)) }},
		{ID: action.Mine, Do: func(int) tea.Cmd { s.asides = !s.asides; s.refresh(); return nil }, Label: s.asidesLabel,
			Hide: func() bool { return s.back == 0 && !s.asides }},
	}
	all = append(slices.Insert(all, 2, own...), s.list.bind(s.desk, func() int { return max(s.height-2, 1) }, nothing, func() { s.moved = false })...)
	return append(all,
		app.Bound{ID: action.Previous, Do: func(int) tea.Cmd { return s.turn(-1) }, Off: noRequest},
		app.Bound{ID: action.Back, Do: func(int) tea.Cmd {
			if s.list.clear() {
				return nil
			}
			return s.desk.Pop(s)
		}},
	)
}

// asidesLabel is what mine/all comes to here: with what is put aside, or without.
func (s *inbox) asidesLabel() string {
	if s.asides {
		return s.desk.Texts.Screen.Inbox.HideAside
	}
	return s.desk.Texts.Screen.Inbox.ShowAside
}

// noLater says why nothing can be put aside, "" when it can.
func (s *inbox) noLater() string {
	if s.selected() == nil {
		return s.desk.Texts.Screen.Board.NothingSelected
	}
	return may(s.desk, model.RightAnswer)()
}

// View draws the lines around the cursor, or says kindly that nothing waits.
func (s *inbox) View() string {
	if len(s.lines) == 0 {
		return s.empty()
	}
	lines := []string{s.heading()}
	size := max(s.height-1, 1)
	s.list.Show(len(s.lines), size)
	for i := s.list.Top; i < min(s.list.Top+size, len(s.lines)); i++ {
		lines = append(lines, s.row(i, s.list.has(i)))
	}
	return strings.Join(lines[:min(len(lines), max(s.height, 1))], "\n")
}

// heading says how many there are, of which kinds, and what is put aside.
func (s *inbox) heading() string {
	t := s.desk.Texts
	size, right := max(s.height-1, 1), safe.Text{}
	switch {
	case len(s.lines) > size:
		right = safe.Of(strconv.Itoa(s.list.Top+1) + "-" + strconv.Itoa(min(s.list.Top+size, len(s.lines))) + "/" + strconv.Itoa(len(s.lines)))
	case s.back != 0:
		right = safe.Of(text.Fill(t.Screen.Inbox.Aside, "date", t.Day(s.back, s.desk.Today())))
	}
	l := s.line.Begin(s.desk.Theme, s.width).Skip(1)
	l.Put(theme.Heading, safe.Of(s.kinds).Cut(max(l.Left()-right.Width()-2, 10)))
	return l.Right(theme.Dim, right).Done()
}

// row is one thing: the effort, where it is, why it waits, and since when.
func (s *inbox) row(i int, marked bool) string {
	d, g := s.desk, s.desk.Theme.Glyph
	w := &s.lines[i]
	l := s.line.Begin(d.Theme, s.width)
	role, name, strong := theme.Text, theme.Strong, theme.Alarm
	if i == s.list.Cursor {
		role, name, strong = theme.Selected, theme.Selected, theme.Selected
		l.Put(role, g.Cursor)
	} else {
		l.ToFill(role, 1)
	}
	if marked {
		l.Put(theme.Marked, g.Mark)
	} else {
		l.ToFill(role, 2)
	}
	if w.Why == model.WaitRequest {
		l.Put(strong, g.Waits)
	}
	l.ToFill(role, 4).Put(name, safe.Of(w.Effort.Name()).Cut(14)).ToFill(role, 19)
	if s.width >= 60 {
		l.Put(role, safe.Of(string(w.Effort.Region)).Cut(6)).ToFill(role, 26)
	}
	age := safe.Of(d.Texts.Ago(w.Since, d.Now())).FitRight(6)
	end := s.width - age.Width() - 2
	why := s.why(w)
	if w.Until != 0 {
		role, why = theme.Dim, safe.Join(safe.Of(text.Fill(d.Texts.Screen.Inbox.Until, "date", d.Texts.Day(w.Until, d.Today()))), safe.Blank(2), why)
		if i == s.list.Cursor {
			role = theme.Selected
		}
	}
	l.Put(role, why.Cut(max(end-l.Used(), 0)))
	if hint := s.hint(w); hint != "" && l.Used()+2 < end {
		l.ToFill(role, l.Used()+2).Put(role, safe.Of(hint).Cut(end-l.Used()))
	}
	if room := end - l.Used() - 2; room >= 12 && w.Effort.Title != "" {
		l.ToFill(role, max(l.Used()+2, min(66, end-12))).Put(role, safe.Of(w.Effort.Title).Cut(max(end-l.Used(), 0)))
	}
	l.ToFill(role, end+1).Put(role, age)
	if d.Unseen(w.Effort.ID) {
		l.Put(fresh(role == theme.Selected), g.Changed)
	}
	return l.ToFill(role, s.width).Done()
}

// why says why a line waits, and in which mode a request will be accepted where that is not as it was asked. On a small
// screen a request is what all such lines are, and where and how is what tells them apart.
func (s *inbox) why(w *model.Waiting) safe.Text {
	d := s.desk
	now := w.Effort.Assignment(w.Agency).Mode
	turned := s.modes[w.Key()]
	words := safe.Of(d.Texts.Waiting(w, d.Today()))
	if small := s.width < 60; small && w.Why == model.WaitRequest {
		words = safe.Join(safe.Of(string(w.Effort.Region)), safe.Blank(1), modeGlyph(d, now), safe.Blank(1), safe.Of(d.Texts.Words.Mode[now.String()]))
		if turned != 0 && turned != now {
			words = safe.Of(string(w.Effort.Region))
		}
	}
	if turned != 0 && turned != now {
		words = safe.Join(words, safe.Blank(1), d.Theme.Glyph.Arrow, safe.Blank(1), modeGlyph(d, turned), safe.Blank(1), safe.Of(d.Texts.Words.Mode[turned.String()]))
	}
	return words
}

// hint is what is worth knowing before the own agency answers: that it is full there, or far away.
func (s *inbox) hint(w *model.Waiting) string {
	agency := s.desk.Catalogue().Agency(w.Agency)
	if w.Why != model.WaitRequest || agency == nil {
		return ""
	}
	l, t := loadOf(s.desk, agency, w.Effort.Region), s.desk.Texts.Screen.Picker
	var parts []string
	if l.far {
		parts = append(parts, t.NoOffice)
	}
	if full := fullness(s.desk, l.here); full != "" {
		parts = append(parts, of(s.desk, l.here)+" "+full)
	}
	return strings.Join(parts, ", ")
}

// empty says kindly that nothing waits, and why.
func (s *inbox) empty() string {
	t := s.desk.Texts.Screen.Inbox
	words := t.Empty
	switch {
	case s.desk.Actor.Role <= model.Viewer:
		words = t.Viewer
	case s.desk.Board != s.desk.Whole:
		words = s.desk.Keyed(t.Filtered)
	}
	p := &page{desk: s.desk, width: max(min(s.width-4, 76), 8)}
	if s.height > 4 {
		p.blank()
	}
	p.text(theme.Text, safe.Of(words), 0)
	if s.back != 0 {
		p.text(theme.Dim, safe.Of(text.Fill(t.Aside, "date", s.desk.Texts.Day(s.back, s.desk.Today()))), 0)
	}
	for i := range p.lines {
		p.lines[i] = "  " + p.lines[i]
	}
	return strings.Join(p.lines[:min(len(p.lines), max(s.height, 1))], "\n")
}
