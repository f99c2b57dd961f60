package screen

import (
	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/widget"
)

// gaps are what is missing in the country or in one region, a line each, by kind. What the board knows is there at
// once; what has ended and who was asked where is read beside it.
type gaps struct {
	desk          *app.Desk
	region        model.RegionCode // "" for the country
	width, height int
	all           []model.Gap
	undated       int
	// before: the board is that of a moment before the journal begins, of which nothing is known.
	before bool
	list   picked[model.GapKey]
	// rows are what is drawn: the gaps with the headings between them; top is the first that is seen.
	rows []gapRow
	top  int
	// moved: a hand has moved the cursor. Until then it is on the first line, whatever comes in above.
	moved   bool
	lacking lacking
	answers answers
	line    widget.Line
	actions []app.Bound
}

func newGaps(d *app.Desk, region model.RegionCode) *gaps {
	s := &gaps{desk: d, region: region}
	s.list.effort = func(row int) *model.Effort { return s.all[row].Effort }
	s.actions = s.bind()
	return s
}

// goGaps shows what is missing in a region, or with nothing typed in the country.
func goGaps(d *app.Desk, arg string) (tea.Cmd, error) {
	var region model.RegionCode
	if arg != "" {
		var err error
		if region, err = regionCalled(d, arg); err != nil {
			return nil, err
		}
	}
	if s, on := d.Find(func(s app.Screen) bool { _, is := s.(*gaps); return is }).(*gaps); on {
		back := d.PopTo(s)
		s.region, s.moved = region, false
		s.refresh()
		return back, nil
	}
	return d.Push(newGaps(d, region)), nil
}

func (s *gaps) Open() tea.Cmd {
	s.refresh()
	return s.follow()
}

// follow reads on where something has happened.
func (s *gaps) follow() tea.Cmd {
	return tea.Batch(s.lacking.follow(s.desk, s), s.answers.follow(s.desk, s))
}

// Title says what one sees, and of which region.
func (s *gaps) Title() safe.Text {
	t := s.desk.Texts.Screen.Gaps
	if s.region == "" {
		return safe.Of(t.Title)
	}
	return safe.Of(text.Fill(t.TitleIn, "region", s.desk.Texts.Value(model.FieldRegion, string(s.region), s.desk.Catalogue())))
}

// Spot is where a new effort would belong.
func (s *gaps) Spot() (model.RegionCode, model.FocusCode) {
	g := s.selected()
	switch {
	case g == nil:
		return s.region, ""
	case g.Effort != nil:
		return g.Effort.Region, g.Effort.Focus
	}
	return g.Region, g.Focus
}

func (s *gaps) SetSize(width, height int) {
	s.width, s.height = width, height
	s.draw()
}

func (s *gaps) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case app.BoardMsg, app.TickMsg:
		s.lacking.err, s.answers.err = nil, nil
		s.refresh()
		return s.follow()
	case app.Acted:
		s.list.acted(msg)
	case app.Loaded:
		read, is := msg.Value.(lackingRead)
		if is || msg.Value == nil { // nobody can tell whose it was: neither is there
			s.lacking.take(read, msg.Err)
		}
		if !is {
			s.answers.take(msg)
		}
		s.refresh()
		return s.follow()
	}
	return nil
}

// refresh adds up what is missing: of efforts on the board as it is narrowed, of regions on the whole one.
func (s *gaps) refresh() {
	d := s.desk
	past, is := d.Store.Past()
	if s.before = is && past.Before(); s.before { // an empty board lacks everything, and what lacked is not known
		s.all, s.undated = nil, 0
		s.list.take(nil)
		s.draw()
		return
	}
	sum := model.NewGaps(d.Catalogue(), d.Today(), s.region)
	sum.Efforts(d.Board)
	sum.Places(d.Whole)
	for _, e := range s.lacking.efforts {
		if d.Lets(e) {
			sum.Ended(e)
		}
	}
	if s.answers.ready {
		sum.Agencies(s.answers.all)
	}
	s.all, s.undated = sum.All(), sum.Undated
	keys := make([]model.GapKey, len(s.all))
	for i := range s.all {
		keys[i] = s.all[i].Key()
	}
	s.list.take(keys)
	if !s.moved {
		s.list.move(0)
	}
	s.draw()
}

// selected is the gap under the cursor, nil when there is none.
func (s *gaps) selected() *model.Gap {
	if s.list.Cursor < len(s.all) {
		return &s.all[s.list.Cursor]
	}
	return nil
}

func (s *gaps) effort() *model.Effort {
	if g := s.selected(); g != nil {
		return g.Effort
	}
	return nil
}

// Actions are those of the effort under the cursor or the marked ones, and going to where a gap is mended.
func (s *gaps) Actions() []app.Bound { return s.actions }

func (s *gaps) bind() []app.Bound {
	t := s.desk.Texts.Screen.Board
	nothing := func() string {
		if s.selected() == nil {
			return t.NothingSelected
		}
		return ""
	}
	noEffort := func() string {
		if s.effort() == nil {
			return t.NothingSelected
		}
		return ""
	}
	all := []app.Bound{{ID: action.Open, Off: nothing, Do: func(int) tea.Cmd { return s.open() }}}
	rest := effortActions(s.desk, aim{effort: s.effort, marked: s.list.marked})
	for _, b := range rest { // what mends comes first
		if b.ID == action.Outcome || b.ID == action.Hours || b.ID == action.Measure {
			all = append(all, b)
		}
	}
	all = append(all, rest...)
	moved := func() {
		s.moved = true
		s.scroll()
	}
	for _, b := range s.list.bind(s.desk, func() int { return max(s.height-2, 1) }, nothing, moved) {
		if b.ID == action.Mark || b.ID == action.Range {
			b.Off = noEffort
		}
		all = append(all, b)
	}
	kind := func(by int) func(int) tea.Cmd {
		return func(int) tea.Cmd {
			s.list.move(s.kind(by))
			s.top = len(s.rows) // so that its heading comes to stand on top
			moved()
			return nil
		}
	}
	return append(all, app.Bound{ID: action.Next, Do: kind(1), Off: nothing, Shows: true, Label: func() string { return s.desk.Texts.Screen.Gaps.Next }},
		app.Bound{ID: action.Previous, Do: kind(-1), Off: nothing}, app.Bound{ID: action.Back, Do: func(int) tea.Cmd {
			if s.list.clear() {
				return nil
			}
			return s.desk.Pop(s)
		}})
}

// kind is the first gap of the kind after that under the cursor, or before it, round and round.
func (s *gaps) kind(by int) int {
	var firsts []int
	at := 0
	for i := range s.all {
		if i == 0 || s.all[i].Kind != s.all[i-1].Kind {
			firsts = append(firsts, i)
		}
		if i == s.list.Cursor {
			at = len(firsts) - 1
		}
	}
	return firsts[(at+by+len(firsts))%len(firsts)]
}

// open goes to where the gap can be mended: the effort, or the region's board, in the column of the focus.
func (s *gaps) open() tea.Cmd {
	g, d := s.selected(), s.desk
	if g.Effort != nil {
		return d.Push(newEffort(d, g.Effort.ID))
	}
	if g.Kind == model.GapPlace {
		return d.Push(newRegion(d, g.Region, g.Focus))
	}
	// The agency can be asked on any effort there.
	focus, hint := model.FocusCode(""), d.Texts.Screen.Gaps.NoneToAsk
	for _, f := range d.Catalogue().CurrentFocuses(d.Today()) {
		if focus == "" && len(d.Board.Column(g.Region, f.Code)) > 0 {
			focus, hint = f.Code, d.Texts.Screen.Gaps.Ask
		}
	}
	cmd := d.Push(newRegion(d, g.Region, focus))
	if may(d, model.RightAsk)() != "" {
		return cmd
	}
	d.Say(text.Fill(hint, "key", d.Keys().Shown(action.Assign), "agency", string(g.Agency)))
	return cmd
}
