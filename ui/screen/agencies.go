package screen

import (
	"cmp"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/widget"
)

// figure is what the agencies are seen by.
type figure int

// The figures, in the order of tab.
const (
	byLoad figure = iota
	byAsked
	byShare
	byAnswers
	figures
)

// agencyBoard is agencies by regions: one figure at a time as a grid, and how the agencies answer. The cursor stays
// on its agency.
type agencyBoard struct {
	desk          *app.Desk
	grid          grid
	figure        figure
	sorted        bool
	rows          rows[model.AgencyCode]
	col, left     int
	answers       answers
	drawn         drawn
	width, height int
	line          widget.Line
	actions       []app.Bound
}

// newAgencyBoard begins at the own agency, in the region one comes from.
func newAgencyBoard(d *app.Desk) app.Screen {
	s := &agencyBoard{desk: d}
	s.actions = s.bind()
	s.refresh()
	if i := slices.Index(s.rows.keys, d.Actor.Agency); i >= 0 {
		s.rows.move(i)
	}
	s.col = max(slices.IndexFunc(s.grid.Regions, func(r model.Region) bool { return r.Code == here(d) }), 0)
	return s
}

// here is the region that the uppermost screen stands in, "" for none.
func here(d *app.Desk) model.RegionCode {
	if at, ok := d.Screen().(app.Here); ok {
		if region, picture := at.Here(); !picture && d.Catalogue().Region(region) != nil {
			return region
		}
	}
	return ""
}

// show goes to a screen that has one place on the stack: back to it, or anew.
func show[S app.Screen](d *app.Desk, open func(*app.Desk) app.Screen) tea.Cmd {
	if s := d.Find(func(s app.Screen) bool { _, is := s.(S); return is }); s != nil {
		return d.PopTo(s)
	}
	return d.Push(open(d))
}

func (s *agencyBoard) Open() tea.Cmd { return nil }

// Title says which figure one sees.
func (s *agencyBoard) Title() safe.Text {
	return safe.Of(text.Fill(s.desk.Texts.Screen.Agencies.Title, "page", s.pages()[s.figure]))
}

// Here is under no tab.
func (s *agencyBoard) Here() (model.RegionCode, bool) { return "-", false }

// Spot is where a new effort would belong.
func (s *agencyBoard) Spot() (model.RegionCode, model.FocusCode) { return s.region(), "" }

func (s *agencyBoard) SetSize(width, height int) { s.width, s.height = width, height }

// pages are what the figures are called.
func (s *agencyBoard) pages() [figures]string {
	t := s.desk.Texts.Screen.Agencies
	return [figures]string{t.Load, t.Asked, t.Share, t.Answers}
}

func (s *agencyBoard) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case app.BoardMsg, app.TickMsg:
		s.answers.err = nil
		s.refresh()
		return s.follow()
	case app.Loaded:
		if s.answers.take(msg); s.sorted {
			s.refresh()
		}
		return s.follow()
	}
	return nil
}

func (s *agencyBoard) refresh() {
	s.drawn = drawn{}
	s.grid = newGrid(s.desk.Board, s.desk.Today())
	if s.sorted {
		slices.SortStableFunc(s.grid.Rows, func(x, y model.LoadRow) int { return cmp.Compare(s.measure(&y), s.measure(&x)) })
	}
	keys := make([]model.AgencyCode, len(s.grid.Rows))
	for i := range s.grid.Rows {
		keys[i] = s.grid.Rows[i].Code
	}
	s.rows.set(keys)
	s.col = max(min(s.col, len(s.grid.Regions)), 0)
}

// measure is the whole country's figure of an agency that the page shows, for the order of rows: on the page of
// answers how often it said no.
func (s *agencyBoard) measure(r *model.LoadRow) int {
	switch c := r.Country(); s.figure {
	case byAsked:
		return c.Asked
	case byShare:
		if percent, known := c.Share(); known {
			return percent
		}
		return -1
	case byAnswers:
		return noes(s.answers.of(r.Code))
	default:
		return c.Accepted
	}
}

// region is the one under the cursor, "" for the country.
func (s *agencyBoard) region() model.RegionCode {
	if s.col < len(s.grid.Regions) {
		return s.grid.Regions[s.col].Code
	}
	return ""
}

// Actions are moving among the cells, opening one, and looking at another figure.
func (s *agencyBoard) Actions() []app.Bound { return s.actions }

func (s *agencyBoard) bind() []app.Bound {
	down := func(by func() int) func(int) tea.Cmd {
		return func(int) tea.Cmd { s.rows.move(s.rows.Cursor + by()); return nil }
	}
	step := func(by int) func(int) tea.Cmd { return down(func() int { return by }) }
	right := func(by int) func(int) tea.Cmd {
		return func(int) tea.Cmd { s.col = max(min(s.col+by, len(s.grid.Regions)), 0); return nil }
	}
	turn := func(by figure) func(int) tea.Cmd {
		return func(int) tea.Cmd {
			s.figure = (s.figure + by) % figures
			if s.sorted {
				s.refresh()
			}
			return s.follow()
		}
	}
	page := func() int { return max(s.layout().rows-1, 1) }
	return []app.Bound{
		{ID: action.Open, Do: func(int) tea.Cmd { return s.open() }, Off: s.nothing},
		{ID: action.Back, Do: func(int) tea.Cmd { return s.desk.Pop(s) }},
		{ID: action.Sort, Do: func(int) tea.Cmd { s.sorted = !s.sorted; s.refresh(); return nil }, Label: s.sortLabel},
		{ID: action.Narrow, Do: func(int) tea.Cmd { return s.desk.Push(newNarrow(s.desk)) }},
		{ID: action.Next, Do: turn(1)},
		{ID: action.Previous, Do: turn(figures - 1)},
		{ID: action.Up, Do: step(-1)},
		{ID: action.Down, Do: step(1)},
		{ID: action.Left, Do: right(-1)},
		{ID: action.Right, Do: right(1)},
		{ID: action.Top, Do: func(int) tea.Cmd { s.rows.move(0); return nil }},
		{ID: action.Bottom, Do: func(int) tea.Cmd { s.rows.move(len(s.grid.Rows) - 1); return nil }},
		{ID: action.PageUp, Do: down(func() int { return -page() })},
		{ID: action.PageDown, Do: down(page)},
	}
}

func (s *agencyBoard) nothing() string {
	if s.selected() == nil || s.figure == byAnswers && !s.answers.ready {
		return s.desk.Texts.Screen.Board.NothingSelected
	}
	return ""
}

func (s *agencyBoard) sortLabel() string {
	if s.sorted {
		return s.desk.Texts.Screen.Agencies.SortConfigured
	}
	return s.desk.Texts.Screen.Agencies.SortLoad
}

// selected is the row under the cursor, nil where no agency is.
func (s *agencyBoard) selected() *model.LoadRow {
	if s.rows.Cursor < len(s.grid.Rows) {
		return &s.grid.Rows[s.rows.Cursor]
	}
	return nil
}

// open lists the efforts behind the cell's figure: those it takes part in, is asked for, or has answered, in the
// country's column everywhere; on the page of answers it shows all reasons.
func (s *agencyBoard) open() tea.Cmd {
	agency, region := s.selected().Code, s.region()
	if s.figure == byAnswers {
		return s.desk.Push(newReasons(s.desk, s.answers.of(agency)))
	}
	where := s.desk.Texts.Screen.Agencies.Whole
	if region != "" {
		where = s.desk.Texts.Value(model.FieldRegion, string(region), s.desk.Catalogue())
	}
	title := text.Fill(s.desk.Texts.Screen.Agencies.CellTitle, "agency", string(agency), "region", where)
	states := map[figure][]model.State{byLoad: {model.Accepted}, byAsked: {model.Asked}, byShare: {model.Accepted, model.Declined}}[s.figure]
	return s.desk.Push(newList(s.desk, title, func(b *model.Board) (efforts []*model.Effort) {
		for e := range b.All() {
			if slices.Contains(states, e.Assignment(agency).State) && (region == "" || e.Region == region) {
				efforts = append(efforts, e)
			}
		}
		slices.SortFunc(efforts, (*model.Effort).Before)
		return efforts
	}))
}
