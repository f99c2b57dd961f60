package app

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/input"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
)

// maxQueue bounds the keys that wait for a write; more are dropped, and the message line says so.
const maxQueue = 256

// App is the tea.Model.
type App struct {
	desk   *Desk
	ctx    context.Context
	keys   *action.Keymap
	chosen map[model.OfficerID][]string // what each officer has chosen by name, the latest first
	keyed  map[string]string            // texts that name keys, as they are shown
	stack  []Screen

	width, height int
	loaded        bool
	changed       <-chan struct{}
	reading       <-chan read

	global []Bound
	// inbox counts what waits for the officer; counted is its last answer, of a board and a day.
	inbox     *model.Inbox
	counted   model.InboxCount
	countedOn *model.Board
	countedAt model.Day
	// ended is what is not on the board, read beside endedOf when a filter asks for a status.
	ended        []*model.Effort
	endedOf      *model.Board
	endedReading bool

	message     string
	messageRole theme.Role
	// pending counts the writes under way; keys typed meanwhile stand in queue.
	pending int
	queue   []tea.KeyMsg
	// after is what waits until nothing is under way any more.
	after func() tea.Cmd
	// failed: the last command failed, so that what was typed ahead of its answer is dropped.
	failed  bool
	leaving bool
	ticks   int
	// seats are those who have left the desk to others; cover is what hides the board, nil when nothing does; touched is
	// when a key was last pressed.
	seats   map[model.OfficerID]seat
	cover   Screen
	touched time.Time
	// welcoming: the welcome is the first screen on the stack.
	welcoming bool
	leftFor   string
	err       error
	frame     frame
	// chipped: the screens have made room for the line of chips.
	chipped bool

	unseen unseen
	around around
	wall   wall

	// above is the board as it was that lies over this one, nil when none does; below is the live one that this lies
	// over, and end ends this one.
	above, below *App
	end          context.CancelFunc

	writes  writes
	signals signals
}

// read is the store's first answer.
type read struct {
	board *model.Board
	err   error
}

// New returns the board for a session; stop it by ending ctx. It begins to read the store at once and waits
// for it no longer than grace: a board of ordinary size is then in the first frame, and a very large one
// follows a frame that says that it is being read.
func New(ctx context.Context, s *Session, cat *model.Catalogue, grace time.Duration) *App {
	reading := make(chan read, 1)
	a := newApp(ctx, s, model.NewBoard(cat))
	a.reading = reading
	load := a.safely(func() tea.Msg {
		board, err := s.Store.Load(ctx)
		return read{board, err}
	}, func(err error) tea.Msg { return read{err: err} })
	go func() { reading <- load().(read) }()
	select {
	case r := <-reading:
		a.take(r)
	case <-time.After(grace):
	}
	return a
}

func newApp(ctx context.Context, s *Session, board *model.Board) *App {
	cat := board.Catalogue()
	regions := len(cat.CurrentRegions(cat.Today(model.StampOf(s.Now())))) + 1 // the country has the digit after them
	a := &App{ctx: ctx, keys: cmp.Or(s.Keys, action.NewKeymap()).Calling(s.Texts.Screen.Space, regions), keyed: map[string]string{}, chosen: map[model.OfficerID][]string{}, seats: map[model.OfficerID]seat{}, touched: s.Now(), inbox: model.NewInbox(s.Actor)}
	a.desk = &Desk{Session: s, Actor: s.Actor, Board: board, Whole: board, Drafts: map[Draft]string{}, app: a}
	maps.Copy(a.desk.Drafts, s.Begun)
	a.global = s.Global(a.desk)
	return a
}

// take takes the store's first answer.
func (a *App) take(r read) {
	a.loaded = true
	if r.err != nil {
		a.err = r.err
		return
	}
	a.desk.Board, a.desk.Whole = r.board, r.board
}

// Ended says how the board was left: "" by the person, else what Desk.Leave said.
func (a *App) Ended() string { return a.leftFor }

// Err is why the board could not be opened: the store's first answer. The program ends by itself then.
func (a *App) Err() error { return a.err }

// Init starts the live feed and the clock.
func (a *App) Init() tea.Cmd {
	changed, stop := a.desk.Store.Watch()
	a.changed = changed
	context.AfterFunc(a.ctx, stop)
	return tea.Batch(a.listen(), a.tick(), a.Start())
}

// Start opens the first screen, when the board has been read. It is Init without the feed and the clock,
// for whoever drives the board by hand.
func (a *App) Start() tea.Cmd {
	a.attend()
	if a.loaded {
		return tea.Batch(a.begin(), a.startWall())
	}
	return tea.Batch(a.startWall(), func() tea.Msg {
		select {
		case r := <-a.reading:
			return r
		case <-a.ctx.Done():
			return nil
		}
	})
}

type feedMsg struct{}

// tickMsg is the clock's; an older generation than the app's has been overtaken.
type tickMsg struct{ generation int }

// begin puts the first screen on the stack.
func (a *App) begin() tea.Cmd {
	if a.err != nil {
		return tea.Quit
	}
	if a.welcoming = a.desk.Whole.Seq() == 0; a.welcoming {
		return a.root(a.desk.Welcome(a.desk))
	}
	if w := a.desk.Wall; w != nil {
		return a.root(w.Stop(a.desk, 0))
	}
	return a.root(a.desk.Session.Root(a.desk))
}

// listen waits for the store's next signal.
func (a *App) listen() tea.Cmd {
	return func() tea.Msg {
		select {
		case <-a.changed:
			return feedMsg{}
		case <-a.ctx.Done():
			return nil
		}
	}
}

// tick waits for the next minute, or a second while the store is away.
func (a *App) tick() tea.Cmd {
	now := a.desk.Now()
	wait := now.Truncate(time.Minute).Add(time.Minute).Sub(now)
	if !a.live() {
		wait = time.Second
	}
	if left, on := a.untilLock(); on {
		wait = min(wait, max(left, 0))
	}
	a.ticks++
	generation := a.ticks
	return a.timer(wait, func(time.Time) tea.Msg { return tickMsg{generation} })
}

// timer answers after a while, as tea.Tick does, and ends with the board: a server has one of them for each who left.
func (a *App) timer(wait time.Duration, msg func(time.Time) tea.Msg) tea.Cmd {
	t := time.NewTimer(wait)
	return func() tea.Msg {
		defer t.Stop()
		select {
		case now := <-t.C:
			return msg(now)
		case <-a.ctx.Done():
			return nil
		}
	}
}

// Tick is what comes with each minute, for whoever drives the board by hand.
func (a *App) Tick() tea.Cmd { return tea.Batch(a.tell(TickMsg{}), a.idle()) }

// Update is the event loop.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	_, cmd := a.update(msg)
	if a.around.seat != nil {
		a.around.seat.Is(a.present())
	}
	if told := a.signal(); told != nil {
		cmd = tea.Batch(cmd, told)
	}
	return a, cmd
}

func (a *App) update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if m, is := msg.(interface{ owner() *App }); is && m.owner() != a {
		if a.above != m.owner() {
			return a, nil // of a board that is gone
		}
		return a.above.update(msg)
	}
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.resize(msg.Width, msg.Height)
		return a, nil
	case tea.KeyMsg:
		var cmds []tea.Cmd
		for _, key := range input.Split(msg) {
			a.seen().see()
			cmds = append(cmds, a.key(key))
		}
		return a, tea.Batch(append(cmds, a.pause())...)
	case wallMsg:
		return a, a.turn(msg)
	case read:
		a.take(msg)
		a.narrow()
		return a, a.begin()
	case feedMsg:
		cmd := tea.Batch(a.Refresh(), a.listen())
		if !a.live() {
			// The age of what is seen counts in seconds from here on.
			cmd = tea.Batch(cmd, a.tick())
		}
		return a, cmd
	case tickMsg:
		if msg.generation != a.ticks {
			return a, nil
		}
		return a, tea.Batch(a.Tick(), a.tick())
	case endedMsg:
		a.endedReading = false
		if msg.err != nil {
			a.endedOf = nil
			a.desk.Fault(msg.err)
			return a, nil
		}
		a.ended = msg.efforts
		a.narrow()
		return a, tea.Batch(a.tell(BoardMsg{}), a.readEnded())
	case routed:
		return a, a.route(msg)
	}
	return a, nil
}

// Refresh takes the store's newest board.
func (a *App) Refresh() tea.Cmd {
	a.lookAround()
	board := a.desk.Store.Board()
	if board == a.desk.Whole || !a.loaded {
		return nil
	}
	a.unseen.note(a.desk.Whole, board, a.desk.Actor.Officer)
	a.desk.Whole = board
	a.narrow()
	return tea.Batch(a.tell(BoardMsg{}), a.welcomed(), a.readEnded())
}

// welcomed goes on to the first screen when the welcome has done its work: something has happened, here
// or elsewhere, and nobody is in the middle of a form.
func (a *App) welcomed() tea.Cmd {
	if !a.welcoming || a.desk.Whole.Seq() == 0 || len(a.stack) != 1 {
		return nil
	}
	return a.begin()
}

// narrow makes the shown board of the whole one.
func (a *App) narrow() {
	d := a.desk
	if a.chipped != a.narrowed() {
		a.lay()
	}
	if d.Filter.Empty() && !d.Mine {
		d.Board = d.Whole
		return
	}
	who := d.Asker()
	base := d.Whole
	if d.Filter.HasStatus() {
		base = base.Including(a.ended)
	}
	d.Board = base.Search(d.Filter, who)
	if d.Mine {
		d.Board = d.Board.Narrow(func(e *model.Effort) bool { return e.Concerns(who.Agency) })
	}
}

// endedMsg is what has ended, for a filter that asks for a status.
type endedMsg struct {
	owned
	efforts []*model.Effort
	err     error
}

// readEnded reads what is not on the board, once for each state of the store and one reading at a time: a
// filter changes with every letter.
func (a *App) readEnded() tea.Cmd {
	if !a.desk.Filter.HasStatus() || a.endedReading || a.endedOf == a.desk.Whole {
		return nil
	}
	a.endedReading, a.endedOf = true, a.desk.Whole
	return a.safely(func() tea.Msg {
		var ended []*model.Effort
		err := a.desk.Store.Efforts(a.ctx, func(e *model.Effort) bool {
			if !e.Open() {
				ended = append(ended, e)
			}
			return true
		})
		return endedMsg{owned{a}, ended, err}
	}, func(err error) tea.Msg { return endedMsg{owned{a}, nil, err} })
}

// tell sends a message to every screen.
func (a *App) tell(msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	for _, s := range slices.Clone(a.stack) {
		cmds = append(cmds, s.Update(msg))
	}
	if a.cover != nil {
		cmds = append(cmds, a.cover.Update(msg))
	}
	return tea.Batch(cmds...)
}

// route gives a screen its answer, and lets the keys that waited for it go on.
func (a *App) route(r routed) tea.Cmd {
	var cmds []tea.Cmd
	done, isDone := r.msg.(Done)
	if isDone {
		a.pending--
		a.writes.done(r.to, true)
		a.failed = a.failed || done.Err != nil
		_, shows := r.to.(Overlay)
		shows = shows && slices.Contains(a.stack, r.to)
		switch {
		case done.Err != nil && !shows:
			a.desk.Fault(done.Err)
		case done.Err == nil:
			cmds = append(cmds, a.Refresh(), a.tell(Acted{done.Command, done.Result}))
			a.say(theme.Message, a.outcome(done))
		}
	}
	if slices.Contains(a.stack, r.to) || a.cover == r.to {
		cmds = append(cmds, r.to.Update(r.msg), a.welcomed())
	} else {
		a.post(r)
	}
	if isDone && a.pending == 0 {
		cmds = append(cmds, a.replay())
	}
	if after := a.after; after != nil && a.pending == 0 {
		a.after = nil
		cmds = append(cmds, after())
	}
	return tea.Batch(cmds...)
}

// replay lets the keys that waited for a write act, or drops them when it failed: they were typed for
// another state of things.
func (a *App) replay() tea.Cmd {
	queue, failed := a.queue, a.failed
	a.queue, a.failed = nil, false
	if failed {
		return nil
	}
	var cmds []tea.Cmd
	for i, key := range queue {
		if a.pending > 0 {
			a.queue = append(a.queue, queue[i:]...)
			break
		}
		cmds = append(cmds, a.key(key))
	}
	return tea.Batch(cmds...)
}

// outcome is the message line after a command: what happened, and how to take it back.
func (a *App) outcome(done Done) string {
	t := a.desk.Texts
	if len(done.Result.Events) == 0 {
		return t.Screen.NoChange
	}
	hint := text.Fill(t.Screen.UndoHint, "key", a.keys.Shown(action.Undo))
	switch done.Command.(type) {
	case model.HandOver, model.TakeOver, model.BeginMeeting, model.EndMeeting: // which stay signed
		hint = ""
	case model.Undo:
		hint = text.Fill(t.Screen.RedoHint, "key", a.keys.Shown(action.Redo))
	case model.Import:
		hint = ""
	}
	// One line, however long a note is; the hint is always in sight.
	efforts := done.Result.Efforts
	if c, ok := done.Command.(model.Postpone); ok { // which is about them and changes none
		for _, k := range c.Waits {
			efforts = append(efforts, a.desk.Whole.Effort(k.Effort))
		}
	}
	for i := range done.Result.Events {
		for _, entry := range done.Result.Events[i].Entries() {
			if off, ok := entry.Adjourned(); ok {
				efforts = append(efforts, a.desk.Whole.Effort(off.Effort))
			}
			if l, ok := entry.Link(); ok {
				efforts = append(efforts, a.desk.Whole.Effort(l.Effort), a.desk.Whole.Effort(l.Other))
			}
		}
	}
	if beside := t.Meanwhile(done.Result.Meanwhile, efforts); beside != "" {
		hint = beside + hint
	}
	line := safe.Of(t.Events(done.Result.Events, efforts, a.desk.Catalogue()))
	return line.Cut(max(a.width-safe.Of(hint).Width()-2, 10)).String() + hint
}

// say sets the message line.
func (a *App) say(role theme.Role, line string) { a.message, a.messageRole = line, role }

// safely runs slow work, and makes an error of a panic in it.
func (a *App) safely(work func() tea.Msg, failed func(error) tea.Msg) tea.Cmd {
	return func() (msg tea.Msg) {
		defer func() {
			if r := recover(); r != nil {
				msg = failed(fmt.Errorf("%s: %v", a.desk.Texts.Faults.Unexpected, r))
			}
		}()
		return work()
	}
}

// live reports whether the store answers.
func (a *App) live() bool { return a.state().Err == nil }

func (a *App) state() store.State { return a.desk.Store.State() }
