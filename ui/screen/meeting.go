package screen

import (
	"context"
	"io"
	"slices"
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/exchange"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/widget"
)

// meeting is a council's: its agenda, then one matter after the other with what is needed to decide, and at last the
// minutes. While the council does not sit, it is what is due, to look at.
type meeting struct {
	desk   *app.Desk
	region model.RegionCode
	// matters are the agenda; more is how many there are beyond what a meeting takes up.
	matters []matter
	more    int
	rows    rows[model.EffortID]
	// at is the matter that is looked at, onAgenda for the list of them; one past the last are the minutes.
	at int
	meetingRead
	// reading: it is being read, and stale: something has changed since.
	reading, stale bool
	err            error
	page           []string
	top            int
	width, height  int
	line           widget.Line
	actions        []app.Bound
}

const onAgenda = -1

// matter is one line of the agenda.
type matter struct {
	id     model.EffortID
	effort *model.Effort // nil for one that has ended, until it is read
	// item is what is to be decided; its Why is 0 when nothing is left.
	item model.Item
	// result is what the matter has come to in a meeting, "" outside one.
	result model.Result
}

// meetingRead is what is read beside the board: the minutes of the last meeting, and the notes of the matter that is
// looked at.
type meetingRead struct {
	region  model.RegionCode
	minutes *store.Minutes
	notes   []model.Note
	notesOf model.EffortID
}

// newMeeting is of the region one comes from, else of one's own.
func newMeeting(d *app.Desk) app.Screen { return meetingOf(d, here(d)) }

func meetingOf(d *app.Desk, region model.RegionCode) *meeting {
	if region == "" {
		region = d.Actor.Desk()
	}
	s := &meeting{desk: d, region: region, at: onAgenda}
	s.actions = s.bind()
	return s
}

// goMeeting goes to the meeting of a council by its region's name, or with nothing typed of the region one is at.
func goMeeting(d *app.Desk, arg string) (tea.Cmd, error) {
	if arg == "" {
		return show[*meeting](d, newMeeting), nil
	}
	region, err := regionCalled(d, arg)
	if err != nil {
		return nil, err
	}
	if s, on := d.Find(func(s app.Screen) bool { _, is := s.(*meeting); return is }).(*meeting); on {
		return tea.Batch(d.PopTo(s), s.turnTo(region)), nil
	}
	return d.Push(meetingOf(d, region)), nil
}

func (s *meeting) texts() *text.MeetingTexts { return &s.desk.Texts.Screen.Meeting }

func (s *meeting) Open() tea.Cmd {
	s.refresh()
	return s.load()
}

// load reads the minutes of the last meeting, and the notes of the matter that is looked at.
func (s *meeting) load() tea.Cmd {
	if s.reading {
		s.stale = true
		return nil
	}
	s.reading, s.stale = true, false
	d, is := s.desk, meetingRead{region: s.region}
	if s.at >= 0 && s.at < len(s.matters) {
		is.notesOf = s.matters[s.at].id
	}
	held := d.Whole.Meeting(s.region)
	return d.Load(s, func(ctx context.Context) (_ any, err error) {
		if held != nil {
			m, err := d.Store.Minutes(ctx, is.region, held.Number)
			if err != nil {
				return is, err
			}
			is.minutes = &m
		}
		if is.notesOf != "" {
			is.notes, err = d.Store.Notes(ctx, is.notesOf)
		}
		return is, err
	})
}

// Title says whose meeting it is.
func (s *meeting) Title() safe.Text {
	return safe.Of(text.Fill(s.texts().Title, "council", s.council()))
}

func (s *meeting) council() string { return s.desk.Texts.Council(s.region, s.desk.Catalogue()) }

// Here marks the tab of the council's region.
func (s *meeting) Here() (model.RegionCode, bool) { return s.region, false }

// Spot is where a new effort would belong.
func (s *meeting) Spot() (model.RegionCode, model.FocusCode) { return s.region, "" }

// Uncounted: an agenda is whole, whatever the board is narrowed to.
func (s *meeting) Uncounted() {}

func (s *meeting) SetSize(width, height int) {
	s.width, s.height = width, height
	s.draw()
}

func (s *meeting) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case app.Loaded:
		s.reading, s.err = false, msg.Err
		if r, ok := msg.Value.(meetingRead); ok && msg.Err == nil && r.region == s.region {
			s.meetingRead = r
		}
		s.refresh()
		if s.stale {
			return s.load()
		}
	case app.BoardMsg:
		s.refresh()
		return s.load()
	case app.TickMsg:
		s.refresh()
	case app.Acted:
		return s.acted(msg)
	}
	return nil
}

// held is the last meeting, and whether the council sits.
func (s *meeting) held() (m *model.Meeting, sits bool) {
	m = s.desk.Whole.Meeting(s.region)
	return m, m.Open()
}

// refresh takes the agenda: that of the meeting as it was opened, with what else has come up, or what is due now.
func (s *meeting) refresh() {
	board, today := s.desk.Whole, s.desk.Today()
	s.matters, s.more = nil, 0
	if m, sits := s.held(); sits {
		read := map[model.EffortID]*model.Matter{}
		ids := m.Agenda
		if s.minutes != nil && s.minutes.Number == m.Number {
			ids = nil
			for i := range s.minutes.Matters {
				x := &s.minutes.Matters[i]
				read[x.ID] = x
				ids = append(ids, x.ID)
			}
		}
		for _, id := range ids {
			x := matter{id: id, effort: board.Effort(id), result: model.Untouched}
			if r := read[id]; r != nil {
				x.result = r.Result()
				if x.effort == nil {
					x.effort = r.Effort
				}
			}
			if e := board.Effort(id); e != nil {
				x.item = board.Due(e, today)
			}
			s.matters = append(s.matters, x)
		}
	} else {
		var items []model.Item
		items, s.more = board.Agenda(s.region, today)
		for _, i := range items {
			s.matters = append(s.matters, matter{id: i.Effort.ID, effort: i.Effort, item: i})
		}
	}
	keys := make([]model.EffortID, len(s.matters))
	for i := range s.matters {
		keys[i] = s.matters[i].id
	}
	s.rows.set(keys)
	s.goTo(s.at)
}

// goTo looks at a matter, the agenda before the first, or the minutes after the last, where the council sits.
func (s *meeting) goTo(to int) {
	last := len(s.matters) - 1
	if _, sits := s.held(); sits {
		last++
	}
	if to = max(min(to, last), onAgenda); to != s.at {
		s.top = 0
	}
	if s.at = to; s.at >= 0 && s.at < len(s.matters) {
		s.rows.move(s.at)
	}
	s.draw()
}

// step goes to the matter after, or before.
func (s *meeting) step(by int) tea.Cmd {
	if s.at == onAgenda && by > 0 {
		s.goTo(s.rows.Cursor)
	} else {
		s.goTo(s.at + by)
	}
	return s.load()
}

// turnTo goes to another council's agenda.
func (s *meeting) turnTo(region model.RegionCode) tea.Cmd {
	s.region, s.at, s.meetingRead, s.rows = region, onAgenda, meetingRead{}, rows[model.EffortID]{}
	s.refresh()
	return s.load()
}

// acted goes on to the next matter when the one that is looked at has been decided, or put off.
func (s *meeting) acted(msg app.Acted) tea.Cmd {
	s.refresh()
	x := s.current()
	if x == nil {
		return nil
	}
	off, putOff := msg.Command.(model.Adjourn)
	decided := slices.ContainsFunc(msg.Result.Events, func(ev model.Event) bool {
		return ev.Effort == x.id && ev.Undoes == 0 && slices.ContainsFunc(ev.Changes, func(c model.Change) bool {
			// A proposal that is decided may be due for its review.
			return c.Field == model.FieldStatus && x.item.Why != model.WaitProposal || c.Field == model.FieldReview && x.item.Why == 0
		})
	})
	switch {
	case !decided && !(putOff && off.Effort == x.id):
		return nil
	case s.at == onAgenda:
		s.rows.move(s.rows.Cursor + 1)
		return nil
	}
	return s.step(1)
}

// current is the matter that is looked at, or under the cursor; nil when there is none.
func (s *meeting) current() *matter {
	i := s.at
	if i == onAgenda {
		i = s.rows.Cursor
	}
	if i < len(s.matters) {
		x := s.matters[i]
		return &x
	}
	return nil
}

func (s *meeting) effort() *model.Effort {
	if x := s.current(); x != nil {
		return x.effort
	}
	return nil
}

// Looks is the matter that is looked at.
func (s *meeting) Looks() *model.Effort { return s.effort() }

// Doing says that one is at a meeting.
func (s *meeting) Doing() store.Doing {
	return store.Doing{Place: string(action.Meeting), Region: s.region}
}

// saving writes the minutes.
func (s *meeting) saving() saving {
	d, m := s.desk, s.minutes
	return saving{
		title:   s.texts().ExportTitle,
		name:    "minutes-" + string(m.Region) + "-" + strconv.Itoa(m.Number) + ".md",
		formats: exchange.MinutesFormats(),
		written: d.Texts.Screen.Save.Written,
		write: func(_ context.Context, w io.Writer, format string) (int, error) {
			return 0, exchange.WriteMinutes(w, format, m, d.Texts, d.Catalogue())
		},
	}
}

// nextRegion is the region, or the country, so many places after one.
func nextRegion(d *app.Desk, region model.RegionCode, by int) model.RegionCode {
	cat := d.Catalogue()
	regions := append(slices.Clone(cat.CurrentRegions(d.Today())), cat.National)
	at := slices.IndexFunc(regions, func(r model.Region) bool { return r.Code == region })
	return regions[(max(at, 0)+by+len(regions))%len(regions)].Code
}
