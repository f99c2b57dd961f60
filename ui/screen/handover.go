package screen

import (
	"context"
	"maps"
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
	"board.internal/samverkan/ui/widget"
)

// handover is the shift at a desk: the note first, then what others have changed since one's last shift, what waits,
// what is late and what comes next. The officer who goes signs out here, the one who comes signs in.
type handover struct {
	desk   *app.Desk
	region model.RegionCode
	shift  store.Shift
	// ready: the shift has been read. reading: it is being read, and stale: something has changed since.
	ready, reading, stale bool
	// ended: what is being read is of a shift that is over.
	ended bool
	// began is since when the shift is at each desk that has been looked at: whoever signs in goes on reading what was
	// before.
	began         map[model.RegionCode]begun
	err           error
	rows          rows[shiftKey]
	lines         []shiftLine
	top           int
	width, height int
	line          widget.Line
	actions       []app.Bound
}

// shiftKey names a row that the cursor can be on.
type shiftKey struct {
	kind   shiftKind
	effort model.EffortID
	why    model.Wait
	agency model.AgencyCode
	note   uint32
}

type shiftKind int

const (
	rowTake shiftKind = iota + 1
	rowNote
	rowImportant
	rowChanged
	rowWaiting
	rowOverdue
	rowNext
)

// begun is since when a shift is, whether a signature began it, and whether another has ended it.
type begun struct {
	since       model.Stamp
	signed, out bool
}

// newHandover begins at the desk of the region one comes from, else at one's own.
func newHandover(d *app.Desk) app.Screen {
	s := &handover{desk: d, region: here(d), began: map[model.RegionCode]begun{}}
	if s.region == "" {
		s.region = d.Actor.Desk()
	}
	s.actions = s.bind()
	return s
}

func (s *handover) Open() tea.Cmd { return s.load() }

// load reads the shift.
func (s *handover) load() tea.Cmd {
	if s.reading {
		s.stale = true
		return nil
	}
	s.reading, s.stale = true, false
	d, who, region, since := s.desk, s.desk.Actor, s.region, s.began[s.region].since
	return d.Load(s, func(ctx context.Context) (any, error) { return d.Store.Shift(ctx, who, region, since) })
}

// Title says whose desk it is.
func (s *handover) Title() safe.Text {
	return safe.Of(text.Fill(s.desk.Texts.Screen.Handover.Title, "region", s.name()))
}

func (s *handover) name() string {
	return s.desk.Texts.Value(model.FieldRegion, string(s.region), s.desk.Catalogue())
}

// Here marks the tab of the desk's region.
func (s *handover) Here() (model.RegionCode, bool) { return s.region, false }

// Spot is where a new effort would belong.
func (s *handover) Spot() (model.RegionCode, model.FocusCode) { return s.region, "" }

func (s *handover) SetSize(width, height int) {
	s.width, s.height = width, height
	s.draw()
}

func (s *handover) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case app.Loaded:
		if s.reading = false; s.ended { // it is of the shift before
			s.ended = false
			return s.load()
		}
		if sh, ok := msg.Value.(store.Shift); ok && msg.Err == nil && sh.Region == s.region {
			if _, known := s.began[s.region]; !known {
				s.began[s.region] = begun{since: sh.Since, signed: sh.Signed}
			}
			s.shift, s.ready = sh, true
			began := s.began[s.region]
			began.out = s.out()
			s.began[s.region], s.shift.Signed = began, began.signed
		}
		s.err = msg.Err
		s.draw()
		if s.stale {
			return s.load()
		}
	case app.Seated:
		maps.DeleteFunc(s.began, func(_ model.RegionCode, b begun) bool { return b.out })
		if _, goes := s.began[s.region]; !goes && s.ready { // what comes now is another shift
			s.ready, s.ended = false, s.reading
			return s.load()
		}
	case app.BoardMsg, app.TickMsg:
		return s.load()
	}
	return nil
}

// out reports whether the officer has signed out since the shift on the screen began.
func (s *handover) out() bool {
	return slices.ContainsFunc(s.shift.Handovers, func(h model.Handover) bool {
		return h.Out.Officer == s.desk.Actor.Officer && h.Out.At > s.shift.Since
	})
}

// open is the handover that waits for somebody to take over, nil when there is none.
func (s *handover) open() *model.Handover {
	return model.ToTake(s.shift.Handovers, s.desk.Actor.Officer)
}

// may says why the officer does not sign at this desk, "" when it is allowed.
func (s *handover) may() string {
	if err := s.desk.Actor.May(model.RightSign, s.region, ""); err != nil {
		return s.desk.Sentence(err)
	}
	return ""
}

func (s *handover) key() shiftKey {
	if len(s.rows.keys) == 0 {
		return shiftKey{}
	}
	return s.rows.at
}

func (s *handover) effort() *model.Effort {
	if id := s.key().effort; id != "" {
		return s.desk.Whole.Effort(id)
	}
	return nil
}

func (s *handover) under() model.AgencyCode { return s.key().agency }

// enter does what the row under the cursor is for: takes over, signs out, or opens the effort.
func (s *handover) enter() tea.Cmd {
	switch k := s.key(); k.kind {
	case rowTake:
		return s.desk.Push(newTakeOver(s.desk, s.open()))
	case rowNote:
		return s.desk.Push(newSigning(s.desk, s.region))
	default:
		return s.desk.Push(newEffort(s.desk, k.effort))
	}
}

// Actions are signing, those of the effort under the cursor, and moving.
func (s *handover) Actions() []app.Bound { return s.actions }

func (s *handover) bind() []app.Bound {
	t := s.desk.Texts.Screen
	to := func(row func() int) func(int) tea.Cmd {
		return func(int) tea.Cmd { s.rows.move(row()); s.follow(); return nil }
	}
	desk := func(by int) func(int) tea.Cmd { return func(int) tea.Cmd { return s.other(by) } }
	open := app.Bound{ID: action.Open, Do: func(int) tea.Cmd { return s.enter() }, Off: func() string {
		switch k := s.key(); {
		case k.kind == rowTake || k.kind == rowNote:
			return s.may()
		case k.effort == "":
			return t.Board.NothingSelected
		}
		return ""
	}, Label: func() string {
		if label := map[shiftKind]string{rowTake: t.Handover.TakeLabel, rowNote: t.Handover.SignLabel}[s.key().kind]; label != "" {
			return label
		}
		return t.Action[string(action.Open)].Label
	}}
	export := app.Bound{ID: action.Export, Do: func(int) tea.Cmd { return s.desk.Push(newSave(s.desk, s.saving())) }, Off: func() string {
		switch {
		case !s.ready:
			return t.Effort.Loading
		}
		return notLocal(s.desk)
	}}
	all := []app.Bound{open,
		{ID: action.Next, Do: desk(1), Shows: true, Label: func() string { return t.Handover.DeskLabel }},
		export,
		{ID: action.Back, Do: func(int) tea.Cmd { return s.desk.Pop(s) }},
		{ID: action.Previous, Do: desk(-1)},
		{ID: action.Up, Do: to(func() int { return s.rows.Cursor - 1 })},
		{ID: action.Down, Do: to(func() int { return s.rows.Cursor + 1 })},
		{ID: action.Top, Do: to(func() int { return 0 })},
		{ID: action.Bottom, Do: to(func() int { return len(s.rows.keys) - 1 })},
		{ID: action.PageUp, Do: to(func() int { return s.rows.Cursor - max(s.height-2, 1) })},
		{ID: action.PageDown, Do: to(func() int { return s.rows.Cursor + max(s.height-2, 1) })},
	}
	return append(all, effortActions(s.desk, aim{effort: s.effort, agency: s.under})...)
}

// other goes to the desk of another region.
func (s *handover) other(by int) tea.Cmd {
	s.region = nextRegion(s.desk, s.region, by)
	s.ready, s.rows, s.top = false, rows[shiftKey]{}, 0
	s.shift = store.Shift{}
	s.draw()
	return s.load()
}

// View shows the lines around the cursor.
func (s *handover) View() string {
	t := s.desk.Texts.Screen
	if !s.ready {
		role, words := theme.Dim, t.Effort.Loading
		if s.err != nil {
			role, words = theme.Error, s.desk.Sentence(s.err)
		}
		return s.line.Begin(s.desk.Theme, s.width).Skip(1).Say(role, words).Done()
	}
	var out []string
	end := min(s.top+s.height, len(s.lines))
	for i := s.top; i < end; i++ {
		out = append(out, s.show(&s.lines[i], i == s.top && s.top > 0, i+1 == end && end < len(s.lines)))
	}
	return strings.Join(out, "\n")
}
