package screen

import (
	"cmp"
	"context"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
)

// journalPage is how many entries of the effort's journal are read at a time.
const journalPage = 100

// effort is one effort whole: its head, the agencies with a cursor among them, what it has led to, its
// notes and its journal, newest on top.
type effort struct {
	desk          *app.Desk
	id            model.EffortID
	effort        *model.Effort
	notes         []model.Note
	journal       []store.Entry
	err           error
	reading       bool
	width, height int
	agency, top   int
	page          []string
	// agencyRow is the page's line of the first agency.
	agencyRow int
	// mode is how the own agency is to take part when it accepts, 0 as it was asked.
	mode    model.Mode
	actions []app.Bound
}

// read is what the screen reads beside the board.
type read struct {
	effort  *model.Effort
	notes   []model.Note
	journal []store.Entry
}

func newEffort(d *app.Desk, id model.EffortID) app.Screen {
	s := &effort{desk: d, id: id, effort: d.Whole.Effort(id)}
	s.actions = s.bind()
	if s.effort != nil {
		s.agency = max(slices.IndexFunc(s.effort.Assignments, func(a model.Assignment) bool { return a.Agency == d.Actor.Agency }), 0)
	}
	return s
}

func (s *effort) Open() tea.Cmd { return s.load() }

// load reads the effort (it may be closed by now), its notes and its journal.
func (s *effort) load() tea.Cmd {
	s.reading = true
	return s.desk.Load(s, func(ctx context.Context) (any, error) {
		e, err := s.desk.Store.Effort(ctx, string(s.id))
		if err != nil {
			return nil, err
		}
		notes, err := s.desk.Store.Notes(ctx, s.id)
		if err != nil {
			return nil, err
		}
		journal, err := s.desk.Store.Journal(ctx, store.Query{Effort: s.id, Newest: true, Limit: journalPage})
		return read{e, notes, journal}, err
	})
}

// Title is the effort's name.
func (s *effort) Title() safe.Text {
	if s.effort == nil {
		return safe.Of(string(s.id))
	}
	return safe.Of(s.effort.Name())
}

// Here marks the tab of the effort's region.
func (s *effort) Here() (model.RegionCode, bool) {
	if s.effort == nil {
		return "-", false
	}
	return s.effort.Region, false
}

// Spot is where a new effort would belong.
func (s *effort) Spot() (model.RegionCode, model.FocusCode) {
	if s.effort == nil {
		return "", ""
	}
	return s.effort.Region, s.effort.Focus
}

func (s *effort) SetSize(width, height int) {
	s.width, s.height = width, height
	s.draw()
}

func (s *effort) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case app.Loaded:
		s.reading, s.err = false, msg.Err
		if r, ok := msg.Value.(read); ok && msg.Err == nil {
			s.effort, s.notes, s.journal = r.effort, r.notes, r.journal
		}
		s.draw()
	case app.BoardMsg:
		now := s.desk.Whole.Effort(s.id)
		if now == s.effort {
			return nil
		}
		if now != nil {
			s.effort = now
		}
		s.draw()
		if !s.reading {
			return s.load()
		}
	case app.TickMsg:
		s.draw()
	}
	return nil
}

func (s *effort) selected() *model.Effort { return s.effort }

// request is the own agency's part.
func (s *effort) request() model.Assignment {
	if s.effort == nil || s.desk.Actor.Agency == "" {
		return model.Assignment{}
	}
	return s.effort.Assignment(s.desk.Actor.Agency)
}

// under is the agency under the cursor.
func (s *effort) under() model.AgencyCode {
	if s.effort == nil || s.agency >= len(s.effort.Assignments) {
		return ""
	}
	return s.effort.Assignments[s.agency].Agency
}

// Actions are those of the effort and its agency under the cursor, and moving.
func (s *effort) Actions() []app.Bound { return s.actions }

func (s *effort) bind() []app.Bound {
	all := effortActions(s.desk, aim{effort: s.selected, agency: s.under, mode: func(*model.Effort) model.Mode { return s.mode }})
	step := func(by int) func(int) tea.Cmd { return func(int) tea.Cmd { s.step(by); return nil } }
	scroll := func(to func() int) func(int) tea.Cmd {
		return func(int) tea.Cmd { s.top = s.bounded(to()); return nil }
	}
	turn := func(by int) func(int) tea.Cmd {
		return func(int) tea.Cmd {
			s.mode = turned(cmp.Or(s.mode, s.request().Mode), by)
			s.draw()
			return nil
		}
	}
	t := s.desk.Texts.Screen.Inbox
	noRequest := func() string {
		if s.request().State != model.Asked {
			return t.NoRequest
		}
		return ""
	}
	back := app.Bound{ID: action.Back, Do: func(int) tea.Cmd { return s.desk.Pop(s) }}
	all = slices.Insert(all, 2, app.Bound{ID: action.Next, Do: turn(1), Off: noRequest, Label: func() string { return t.ModeLabel }, Shows: true})
	return append(slices.Insert(all, 6, back),
		app.Bound{ID: action.Previous, Do: turn(-1), Off: noRequest},
		app.Bound{ID: action.Up, Do: step(-1)},
		app.Bound{ID: action.Down, Do: step(1)},
		app.Bound{ID: action.Top, Do: scroll(func() int { s.agency = 0; return 0 })},
		app.Bound{ID: action.Bottom, Do: scroll(func() int { return len(s.page) })},
		app.Bound{ID: action.PageUp, Do: scroll(func() int { return s.top - s.height + 1 })},
		app.Bound{ID: action.PageDown, Do: scroll(func() int { return s.top + s.height - 1 })},
	)
}

// step moves the cursor among the agencies, and past the last one scrolls.
func (s *effort) step(by int) {
	last := 0
	if s.effort != nil {
		last = len(s.effort.Assignments) - 1
	}
	switch {
	case by > 0 && s.agency < last:
		s.agency++
	case by < 0 && s.agency > 0 && s.top <= s.agencyRow:
		s.agency--
	default:
		s.top = s.bounded(s.top + by)
		return
	}
	s.draw()
	if row := s.agencyRow + s.agency; row >= s.top+s.height {
		s.top = s.bounded(row - s.height + 1)
	} else if row < s.top {
		s.top = s.bounded(row)
	}
}

func (s *effort) bounded(top int) int { return max(min(top, len(s.page)-s.height), 0) }

// draw makes the page anew; View only shows a part of it.
func (s *effort) draw() {
	p := &page{desk: s.desk, width: max(s.width-2, 20)}
	t := s.desk.Texts.Screen.Effort
	switch {
	case s.effort == nil && s.err != nil:
		p.text(theme.Error, safe.Of(s.desk.Sentence(s.err)), 1)
	case s.effort == nil:
		p.text(theme.Dim, safe.Of(t.Loading), 1)
	default:
		s.agency = max(min(s.agency, len(s.effort.Assignments)-1), 0)
		head(p, s.effort)
		p.heading(t.Agencies)
		s.agencyRow = len(p.lines)
		if len(s.effort.Assignments) == 0 {
			p.text(theme.Dim, safe.Of(s.desk.Keyed(t.NoAgencies)), 0)
		}
		if s.request().State != model.Asked {
			s.mode = 0
		}
		for i, a := range s.effort.Assignments {
			if s.mode != 0 && a.Agency == s.desk.Actor.Agency {
				a.Mode = s.mode
			}
			p.add(agencyLine(p, a, i == s.agency))
		}
		rest(p, s.effort, true)
		s.history(p)
	}
	s.page = p.lines
	s.top = s.bounded(s.top)
}

// history is the notes and the journal, newest on top.
func (s *effort) history(p *page) {
	t := s.desk.Texts
	p.heading(t.Screen.Effort.Notes)
	if len(s.notes) == 0 {
		p.text(theme.Dim, safe.Of(s.desk.Keyed(t.Screen.Effort.NoNotes)), 0)
	}
	for _, n := range slices.Backward(s.notes) {
		l := p.begin().Say(theme.Dim, s.when(n.At)+"  "+string(n.By))
		if g := s.desk.Theme.Glyph; n.Important {
			l.Skip(2).Put(theme.Alarm, safe.Join(g.Waits, g.Waits)).Skip(1).Say(theme.Alarm, t.Words.Field["important"])
		}
		p.add(l)
		for line := range strings.SplitSeq(n.Text, "\n") {
			p.text(theme.Text, safe.Of(line), 2)
		}
	}
	p.heading(t.Screen.Effort.Journal)
	for _, e := range s.journal {
		p.add(p.begin().Say(theme.Dim, s.when(e.At)).Skip(2).Say(theme.Text, string(e.Officer)).Skip(1).
			Say(theme.Dim, t.ActionOf(&e.Event)))
		p.text(theme.Text, safe.Of(t.Changes(e.Event, s.desk.Catalogue())), 2)
	}
	if s.effort != nil && len(s.journal) == journalPage {
		p.text(theme.Dim, safe.Of(text.Fill(t.Screen.Effort.Older, "key", s.desk.Keys().Shown(action.Journal))), 0)
	}
}

func (s *effort) when(at model.Stamp) string { return when(s.desk, at) }

// when is a moment in the board's zone.
func when(d *app.Desk, at model.Stamp) string {
	zone := d.Catalogue().Zone
	if zone == nil {
		return at.Time().Format("2006-01-02 15:04")
	}
	return at.Time().In(zone).Format("2006-01-02 15:04")
}

// View shows the part of the page that fits.
func (s *effort) View() string {
	end := min(s.top+s.height, len(s.page))
	var b strings.Builder
	for i, l := range s.page[s.top:end] {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteByte(' ')
		b.WriteString(l)
		// At the edge stands whether there is more above or below.
		switch g := s.desk.Theme.Glyph; {
		case i == 0 && s.top > 0:
			s.desk.Theme.Write(&b, theme.Key, g.MoreAbove)
		case s.top+i+1 == end && end < len(s.page):
			s.desk.Theme.Write(&b, theme.Key, g.MoreBelow)
		}
	}
	return b.String()
}
