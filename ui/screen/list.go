package screen

import (
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/theme"
	"board.internal/samverkan/ui/widget"
)

// list is a list of efforts, one line each: those of a cell, those with a partner. What it lists follows the board; what
// is not on the board, as it has ended, is read and followed like that.
type list struct {
	desk  *app.Desk
	title string
	of    func(*model.Board) []*model.Effort
	// listings are what is read instead, of which one is shown; there are none where the board has all.
	listings []listing
	side     int
	reading
	found         found
	efforts       []*model.Effort
	rows          picked[model.EffortID]
	width, height int
	// inner draws what stands before the age.
	line, inner widget.Line
	actions     []app.Bound
}

func newList(d *app.Desk, title string, of func(*model.Board) []*model.Effort) *list {
	s := &list{desk: d, title: title, of: of}
	s.rows.effort = func(row int) *model.Effort { return s.efforts[row] }
	s.actions = s.bind()
	return s
}

func (s *list) Open() tea.Cmd {
	s.refresh()
	if len(s.listings) > 0 {
		return s.now()
	}
	return nil
}

// Title says what is listed.
func (s *list) Title() safe.Text { return safe.Of(s.title) }

// Here marks the tab of the selected effort's region.
func (s *list) Here() (model.RegionCode, bool) {
	if e := s.selected(); e != nil {
		return e.Region, false
	}
	return "-", false
}

// Spot is where a new effort would belong.
func (s *list) Spot() (model.RegionCode, model.FocusCode) {
	if e := s.selected(); e != nil {
		return e.Region, e.Focus
	}
	return "", ""
}

func (s *list) SetSize(width, height int) { s.width, s.height = width, height }

func (s *list) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case app.BoardMsg:
		s.refresh()
		if len(s.listings) > 0 {
			return s.soon()
		}
	case app.Acted:
		s.rows.acted(msg)
		if len(s.listings) > 0 {
			return s.paused()
		}
	case app.TickMsg:
		if s.err != nil {
			return s.now()
		}
	case readAgain:
		return s.paused()
	case app.Loaded:
		return s.loaded(msg)
	}
	return nil
}

func (s *list) refresh() {
	s.efforts = s.of(s.desk.Board)
	keys := make([]model.EffortID, len(s.efforts))
	for i, e := range s.efforts {
		keys[i] = e.ID
	}
	s.rows.take(keys)
}

func (s *list) selected() *model.Effort {
	if s.rows.Cursor < len(s.efforts) {
		return s.efforts[s.rows.Cursor]
	}
	return nil
}

// Actions are those of the selected effort or the marked ones, and moving.
func (s *list) Actions() []app.Bound { return s.actions }

func (s *list) bind() []app.Bound {
	nothing := func() string {
		if s.selected() == nil {
			return s.desk.Texts.Screen.Board.NothingSelected
		}
		return ""
	}
	all := s.turning()
	all = append(all, effortActions(s.desk, aim{effort: s.selected, marked: s.rows.marked})...)
	all = append(all,
		app.Bound{ID: action.Open, Off: nothing, Do: func(int) tea.Cmd { return s.desk.Push(newEffort(s.desk, s.selected().ID)) }},
		app.Bound{ID: action.Back, Do: func(int) tea.Cmd { return s.back() }})
	return append(all, s.rows.bind(s.desk, s.size, nothing, func() {})...)
}

// back takes the marks away first.
func (s *list) back() tea.Cmd {
	if s.rows.clear() {
		return nil
	}
	return s.desk.Pop(s)
}

// size is how many rows there are below the heading.
func (s *list) size() int { return max(s.height-1, 1) }

// View draws the rows that fit.
func (s *list) View() string {
	size := s.size()
	s.rows.Show(len(s.efforts), size)
	lines := []string{s.heading(size)}
	if len(s.efforts) == 0 {
		lines = append(lines, "", s.line.Begin(s.desk.Theme, s.width).Skip(3).Say(theme.Dim, s.none()).Done())
	}
	for i := s.rows.Top; i < min(s.rows.Top+size, len(s.efforts)); i++ {
		lines = append(lines, s.row(i, s.rows.has(i)))
	}
	return strings.Join(lines[:min(len(lines), max(s.height, 1))], "\n")
}

// none says why nothing is listed.
func (s *list) none() string {
	t := s.desk.Texts.Screen
	switch {
	case s.err != nil:
		return s.desk.Sentence(s.err)
	case s.unread():
		return t.Journal.Reading
	case s.desk.Board != s.desk.Whole:
		return s.desk.Keyed(t.List.NoneHere)
	}
	return t.List.None
}

// unread reports whether what is listed has yet to be read.
func (s *list) unread() bool { return s.busy && s.found.efforts == nil }

// heading says how many there are and are marked, and which part of a long list is seen.
func (s *list) heading(size int) string {
	t := s.desk.Texts.Screen.List
	l := s.line.Begin(s.desk.Theme, s.width).Skip(3)
	if s.unread() {
		return l.Done()
	}
	l.Say(theme.Heading, s.desk.Texts.Count(t.One, t.Many, len(s.efforts)))
	if n := len(s.rows.chosen); n > 0 {
		l.Skip(2).Put(theme.Marked, s.desk.Theme.Glyph.Mark).Skip(1).Say(theme.Marked, s.desk.Texts.Count(t.MarkedOne, t.Marked, n))
	}
	if len(s.efforts) > size {
		last := min(s.rows.Top+size, len(s.efforts))
		l.Right(theme.Dim, safe.Of(strconv.Itoa(s.rows.Top+1)+"-"+strconv.Itoa(last)+"/"+strconv.Itoa(len(s.efforts))))
	}
	return l.Done()
}

// row is one effort: its mark, codename, region, status, the agencies as on cards, its age, and whether it waits.
func (s *list) row(i int, marked bool) string {
	d, g, e := s.desk, s.desk.Theme.Glyph, s.efforts[i]
	l := s.line.Begin(d.Theme, s.width)
	role := row(d, l, i == s.rows.Cursor)
	strong := theme.Strong
	if role == theme.Selected {
		strong = role
	}
	if marked {
		l.Put(theme.Marked, g.Mark)
	} else {
		l.ToFill(role, 2)
	}
	name := min(max(s.width/6, 12), 24)
	l.ToFill(role, 3).Put(strong, safe.Of(e.Name()).Fit(name)).ToFill(role, l.Used()+1)
	if s.width >= 60 {
		l.Put(role, safe.Of(string(e.Region)).Fit(5)).ToFill(role, l.Used()+1)
	}
	l.Put(role, safe.Of(d.Texts.Words.Status[e.Status.String()]).Fit(min(11, max(s.width/5, 6)))).ToFill(role, l.Used()+1)
	if room := l.Left() - 10; s.found.notes != nil {
		l.Put(role, safe.Of(s.found.notes[e.ID]).Fit(room))
	} else if room >= 12 {
		agencies(d, s.inner.Begin(d.Theme, room), e)
		l.Raw(s.inner.Done(), room)
	} else {
		l.Skip(room)
	}
	l.Put(theme.Dim, safe.Of(d.Texts.Ago(e.Created, d.Now())).FitRight(7)).Skip(1)
	if e.Waiting() {
		l.Put(theme.Alarm, g.Waits)
	}
	if d.Unseen(e.ID) {
		l.Skip(l.Left()-1).Put(fresh(role == theme.Selected), g.Changed)
	}
	return l.Done()
}
