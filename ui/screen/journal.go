package screen

import (
	"context"
	"io"

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

// journal is who did what, the newest on top: all of it, or what a filter asks for. However long it is, a few pages of
// it are in memory; what others do meanwhile comes in above, and what one reads stays where it is.
type journal struct {
	desk *app.Desk
	// of is the effort that it was opened on, "" when on none; called is its name.
	of     model.EffortID
	called string
	filter model.JournalFilter
	query  store.Query
	trail  trail
	blocks map[uint64]*block
	// generation counts the filters: pages of an earlier one are dropped.
	generation     int
	begun, reading bool
	err            error
	width, height  int
	// shown is how many entries are seen.
	shown   int
	line    widget.Line
	actions []app.Bound
}

// showJournal opens the journal, of the selected effort where one is; a second time it goes back to it.
func showJournal(d *app.Desk) tea.Cmd {
	e := selectedOn(d.Screen())
	if s, ok := d.Find(func(s app.Screen) bool { _, is := s.(*journal); return is }).(*journal); ok {
		back := d.PopTo(s)
		if e == nil {
			return back
		}
		s.of, s.called = e.ID, e.Name()
		return tea.Batch(back, s.onlyOf())
	}
	s := &journal{desk: d, blocks: map[uint64]*block{}}
	if s.actions = s.bind(); e != nil {
		s.of, s.called = e.ID, e.Name()
		s.only(0, s.called, store.Query{Effort: s.of})
	}
	return d.Push(s)
}

// selectedOn is the effort that is selected on a screen, nil when there is none.
func selectedOn(s app.Screen) *model.Effort {
	switch s := s.(type) {
	case interface{ selected() *model.Effort }:
		return s.selected()
	case interface{ effort() *model.Effort }:
		return s.effort()
	}
	return nil
}

func (s *journal) Open() tea.Cmd { return s.follow() }

// Title says what one sees.
func (s *journal) Title() safe.Text { return safe.Of(s.desk.Texts.Screen.Journal.Title) }

// Here is under no tab.
func (s *journal) Here() (model.RegionCode, bool) { return "-", false }

func (s *journal) SetSize(width, height int) {
	if s.width != width {
		clear(s.blocks)
	}
	s.width, s.height = width, height
}

func (s *journal) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case app.Loaded:
		p, ok := msg.Value.(trailRead)
		if ok && p.generation != s.generation {
			return nil
		}
		s.reading, s.err = false, msg.Err
		if !ok || msg.Err != nil {
			return nil
		}
		s.begun = true
		s.trail.take(p)
		clear(s.blocks)
		return s.follow()
	case app.BoardMsg:
		s.err = nil
		return s.follow()
	case app.TickMsg:
		if s.err != nil {
			s.err = nil
			return s.follow()
		}
	}
	return nil
}

// follow reads on where the cursor comes near an end, and what has come.
func (s *journal) follow() tea.Cmd {
	kind, ok := s.trail.next(s.desk.Whole.Seq())
	if !s.begun {
		kind, ok = newest, true
	}
	if !ok || s.reading || s.err != nil {
		return nil
	}
	return s.read(kind)
}

// read reads a page; what was being read is dropped.
func (s *journal) read(kind pageKind) tea.Cmd {
	s.reading = true
	s.generation++
	p := trailRead{generation: s.generation, kind: kind, seq: s.desk.Whole.Seq()}
	q, from := s.trail.ask(s.query, kind), s.desk.Store
	return s.desk.Load(s, func(ctx context.Context) (any, error) {
		err := p.read(ctx, from, q)
		return p, err
	})
}

// narrow shows other entries.
func (s *journal) narrow(f model.JournalFilter, q store.Query) tea.Cmd {
	s.filter, s.query = f, q
	s.trail, s.begun, s.reading, s.err = trail{}, false, false, nil
	return s.follow()
}

// only narrows to one value of a word of the filter, by its place among them.
func (s *journal) only(word int, value string, q store.Query) {
	name := model.JournalWords(s.desk.Texts.Lang)[word]
	s.filter, _ = model.ParseJournal(name+value, s.desk.Lexicon, s.desk.Now(), s.desk.Catalogue().Zone)
	s.query = q
}

// onlyOf narrows to the effort that the journal was opened on.
func (s *journal) onlyOf() tea.Cmd {
	s.only(0, s.called, store.Query{Effort: s.of})
	return s.narrow(s.filter, s.query)
}

// widen shows all entries; when it does already, only those of the effort it was opened on, else of the own agency.
func (s *journal) widen() tea.Cmd {
	agency := s.desk.Actor.Agency
	switch {
	case s.filter.String() != "":
		return s.narrow(model.JournalFilter{}, store.Query{})
	case s.of != "":
		return s.onlyOf()
	}
	s.only(2, string(agency), store.Query{Agency: agency})
	return s.narrow(s.filter, s.query)
}

// widenLabel says what widen would do.
func (s *journal) widenLabel() string {
	t := s.desk.Texts.Screen.Journal
	switch {
	case s.filter.String() != "":
		return t.WidenLabel
	case s.of != "":
		return text.Fill(t.MineLabel, "what", s.called)
	}
	return text.Fill(t.MineLabel, "what", string(s.desk.Actor.Agency))
}

// Actions are opening the entry's effort, narrowing, writing to a file, and moving.
func (s *journal) Actions() []app.Bound { return s.actions }

func (s *journal) bind() []app.Bound {
	t := s.desk.Texts.Screen
	to := func(row func() int) func(int) tea.Cmd {
		return func(int) tea.Cmd {
			s.trail.move(row())
			return s.follow()
		}
	}
	return []app.Bound{
		{ID: action.Open, Do: func(int) tea.Cmd { return s.desk.Push(newEffort(s.desk, s.trail.selected().Effort)) }, Off: func() string {
			if e := s.trail.selected(); e == nil || e.Effort == "" {
				return t.Journal.NoEffort
			}
			return ""
		}},
		{ID: action.Narrow, Do: func(int) tea.Cmd { return s.desk.Push(newJournalNarrow(s)) }},
		{ID: action.Mine, Do: func(int) tea.Cmd { return s.widen() }, Label: s.widenLabel, Off: func() string {
			if s.filter.String() == "" && s.of == "" && s.desk.Actor.Agency == "" {
				return t.Board.NoAgency
			}
			return ""
		}},
		{ID: action.Back, Do: func(int) tea.Cmd { return s.desk.Pop(s) }},
		{ID: action.Export, Do: func(int) tea.Cmd { return s.desk.Push(newSave(s.desk, s.saving())) }, Off: func() string { return notLocal(s.desk) }},
		{ID: action.Up, Do: to(func() int { return s.trail.cursor - 1 })},
		{ID: action.Down, Do: to(func() int { return s.trail.cursor + 1 })},
		{ID: action.PageUp, Do: to(func() int { return s.trail.cursor - max(s.shown, 1) })},
		{ID: action.PageDown, Do: to(func() int { return s.trail.cursor + max(s.shown, 1) })},
		{ID: action.Top, Do: func(int) tea.Cmd {
			if s.trail.newer {
				return s.read(newest)
			}
			s.trail.move(0)
			return s.follow()
		}},
		{ID: action.Bottom, Do: func(int) tea.Cmd {
			if s.trail.older {
				return s.read(oldest)
			}
			s.trail.move(len(s.trail.entries))
			return s.follow()
		}},
	}
}

// saving writes the entries as they are narrowed, oldest first, page by page.
func (s *journal) saving() saving {
	d, board, query := s.desk, s.desk.Whole, s.query
	reading := exchange.Reading{Texts: d.Texts, Catalogue: d.Catalogue(), Name: func(id model.EffortID) string {
		if e := board.Effort(id); e != nil {
			return e.Name()
		}
		return string(id)
	}}
	t := d.Texts.Screen.Journal
	return saving{title: t.Export, formats: exchange.JournalFormats(), written: t.Exported,
		write: func(ctx context.Context, w io.Writer, format string) (int, error) {
			return writeJournal(ctx, d, exchange.NewJournal(w, format, reading), query)
		}}
}

func writeJournal(ctx context.Context, d *app.Desk, to exchange.Journal, q store.Query) (n int, err error) {
	for q.Limit = 1000; ; {
		entries, err := d.Store.Journal(ctx, q)
		if err != nil {
			return n, err
		}
		for i := range entries {
			if err := to.Add(&entries[i].Event, entries[i].Hash); err != nil {
				return n, err
			}
		}
		if n += len(entries); len(entries) < q.Limit {
			return n, to.Close()
		}
		q.After = entries[len(entries)-1].Seq
	}
}
