package store

import (
	"bytes"
	"context"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"board.internal/samverkan/model"
)

const (
	// pulse is how often State.Seen moves while all is well, and how often a store that is not is tried again.
	pulse = time.Second
	// glance is after how many pulses without a signal the store is looked at: a file or folder that has
	// vanished gives none.
	glance = 2
)

// State is how live the board is.
type State struct {
	// Seen is the last moment the store was found reachable and the board up to date; zero before Load.
	Seen time.Time
	// Err is why it is not live, nil when it is.
	Err error
}

// feed is who follows the store and who is told.
type feed struct {
	ctx  context.Context // ends with Close
	stop context.CancelFunc
	done sync.WaitGroup

	mu       sync.Mutex
	state    State
	watchers map[chan struct{}]struct{} // nil once closed
	running  bool
}

func (f *feed) open() {
	f.ctx, f.stop = context.WithCancel(context.Background())
	f.watchers = map[chan struct{}]struct{}{}
}

func (f *feed) close() {
	f.stop()
	f.mu.Lock()
	for c := range f.watchers {
		close(c)
	}
	f.watchers = nil
	f.mu.Unlock()
	f.done.Wait()
}

// tell signals every watcher; one that has a signal waiting needs no other.
func (f *feed) tell() {
	for c := range f.watchers {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}

// note records what came of looking at the store.
func (f *feed) note(now time.Time, err error, moved bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	was := f.state.Err
	if f.state.Err = err; err == nil {
		f.state.Seen = now
	}
	if moved || (was == nil) != (err == nil) || err != nil && err.Error() != was.Error() {
		f.tell()
	}
}

// State returns how live the board is.
func (s *Store) State() State {
	s.feed.mu.Lock()
	defer s.feed.mu.Unlock()
	return s.feed.state
}

// Watch returns a channel that receives after Board has moved, or who is Here, or State.Err has changed (State.Seen
// moves by itself each second). It holds one signal; more are folded into it. stop and Close close the channel. The first Watch
// starts following what others write; from then on a store that is away is tried each second.
func (s *Store) Watch() (changed <-chan struct{}, stop func()) {
	f := &s.feed
	f.mu.Lock()
	defer f.mu.Unlock()
	c := make(chan struct{}, 1)
	if f.watchers == nil {
		close(c)
		return c, func() {}
	}
	f.watchers[c] = struct{}{}
	if !f.running {
		f.running = true
		f.done.Go(s.follow)
		s.presence.mu.Lock()
		s.presence.running = true
		s.presence.mu.Unlock()
		f.done.Go(s.attend)
	}
	return c, func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		if _, on := f.watchers[c]; on {
			delete(f.watchers, c)
			close(c)
		}
	}
}

// follow keeps the board up to date until Close.
func (s *Store) follow() {
	tick := time.NewTicker(pulse)
	defer tick.Stop()
	changed := s.engine.Changed()
	for pulses := 0; ; {
		select {
		case <-s.feed.ctx.Done():
			return
		case _, open := <-changed:
			if !open {
				changed = nil // the engine is closed; the next pulse says so
				continue
			}
		case <-tick.C:
			if st := s.State(); pulses+1 < glance && st.Err == nil && !st.Seen.IsZero() {
				pulses++
				s.feed.note(s.opts.Now(), nil, false)
				continue
			}
		}
		pulses = 0
		s.catchUp(s.feed.ctx)
	}
}

// Load reads all open efforts and returns the board. It waits for the store as long as the engine does, and
// when it answers an error a running Watch goes on trying.
func (s *Store) Load(ctx context.Context) (*model.Board, error) {
	err := s.catchUp(ctx)
	return s.Board(), err
}

// advance shows the board what this process has just written. Mostly nobody else has written in between; then
// there is nothing to read.
func (s *Store) advance(ctx context.Context, w written) {
	s.mu.Lock()
	defer s.mu.Unlock()
	board := s.board.Load()
	switch {
	case !s.loaded || board.Seq() >= w.after.seq:
	case board.Seq() == w.before.seq && s.hash == w.before.hash:
		now := make(map[model.EffortID]*model.Effort, len(w.Efforts))
		for _, e := range w.Efforts {
			now[e.ID] = e
		}
		step, _ := stepTo(w.Events, func(id model.EffortID) (*model.Effort, error) { return now[id], nil })
		s.show(board.With(step))
		s.hash = w.after.hash
		s.feed.note(s.opts.Now(), nil, true)
	default:
		s.read(ctx)
	}
}

// catchUp brings the board up to what is stored. What went wrong is kept in State too.
func (s *Store) catchUp(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.read(ctx)
}

// read is catchUp for one who holds mu.
func (s *Store) read(ctx context.Context) (err error) {
	moved := false
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("follow store: panic: %v\n%s", p, debug.Stack())
		}
		if err != nil && ctx.Err() != nil {
			return // whoever asked has gone; that says nothing about the store
		}
		s.feed.note(s.opts.Now(), err, moved)
	}()
	var board *model.Board
	var last hash
	err = s.view(ctx, func(r Reader) error {
		h, err := s.head(r)
		if err != nil {
			return err
		}
		board, last = s.board.Load(), h.hash
		switch replaced, err := s.replaced(r, h); {
		case err != nil:
			return err
		case replaced || !s.loaded:
			board, err = s.readAll(r, h)
			return err
		case h.seq > board.Seq():
			board, err = s.readTail(r, h, board)
			return err
		}
		return nil
	})
	if err != nil {
		return err
	}
	moved = board != s.board.Load()
	s.show(board)
	s.hash, s.loaded = last, true
	return nil
}

// replaced reports whether another journal has come in the place of the one the board was read from.
func (s *Store) replaced(r Reader, h head) (bool, error) {
	seen := s.board.Load().Seq()
	switch {
	case !s.loaded || seen == 0:
		return false, nil
	case h.seq == 0:
		return false, errGone
	case h.seq <= seen:
		return h.seq < seen || h.hash != s.hash, nil
	}
	e, err := decodeEntry(seen, r.Get(seqKey(seen)))
	return e.hash != s.hash, err
}

// readAll reads every open effort and the register.
func (s *Store) readAll(r Reader, h head) (*model.Board, error) {
	var at model.Stamp
	if h.seq > 0 {
		last, err := decodeEntry(h.seq, r.Get(seqKey(h.seq)))
		if err != nil {
			return nil, err
		}
		at = last.At
	}
	open, err := readOpen(r)
	if err != nil {
		return nil, err
	}
	important, err := readImportant(r)
	if err != nil {
		return nil, err
	}
	return model.BoardOf(s.cat, h.seq, at, open, readRegister(r, s.cat, s.cat.Today(model.StampOf(s.opts.Now()))), important...), nil
}

// readImportant reads the newest important notes, as many as a board holds, however many notes there are.
func readImportant(r Reader) (notes []model.EffortNote, bad error) {
	d := newDecoder()
	r.RangeBack([]byte(prefixTicker), nil, func(key, _ []byte) bool {
		id, number, ok := bytes.Cut(key[min(len(key), len(prefixTicker)+8):], []byte{0})
		var n model.Note
		if bad = fmt.Errorf("read important note: %w", ErrDamaged); ok {
			n, bad = d.note(number, r.Get(slices.Concat([]byte(prefixNote), id, []byte{0}, number)))
		}
		notes = append(notes, model.EffortNote{Effort: model.EffortID(id), Note: n})
		return bad == nil && len(notes) < model.MaxImportant
	})
	return notes, bad
}

// readOpen reads every open effort.
func readOpen(r Reader) (open []*model.Effort, bad error) {
	d := newDecoder()
	d.many = true
	r.Range([]byte(prefixOpen), nil, func(key, value []byte) bool {
		var e *model.Effort
		if e, bad = d.effort(key[1:], value); bad != nil {
			return false
		}
		open = append(open, e)
		return true
	})
	return open, bad
}

// readRegister reads the partners, what is put aside beyond a day (the rest has come back), links, the filters that
// officers have saved, what councils have put off, and of each region the last handover and the last meeting.
func readRegister(r Reader, cat *model.Catalogue, today model.Day) (entries []model.Entry) {
	r.Range([]byte(prefixPartner), nil, func(key, value []byte) bool {
		entries = append(entries, partnerOf(key, value))
		return true
	})
	r.Range([]byte(prefixLater), nil, func(key, value []byte) bool {
		if aside, err := model.ParseAside(string(value)); err == nil && aside.Until > today {
			entries = append(entries, ownOf("later", key, value))
		}
		return true
	})
	r.Range([]byte(prefixLink), nil, func(key, value []byte) bool {
		entries = append(entries, linkOf(key, value))
		return true
	})
	r.Range([]byte(prefixFilter), nil, func(key, value []byte) bool {
		entries = append(entries, ownOf("filter", key, value))
		return true
	})
	r.Range([]byte(prefixPutOff), nil, func(key, value []byte) bool {
		entries = append(entries, model.Entry{EntryKey: model.EntryKey{Field: model.Field("adjourned." + string(key[1:]))}, Value: string(value)})
		return true
	})
	for _, region := range append(slices.Clone(cat.Regions), cat.National) {
		entries = append(entries, meetingEntries(r, region.Code, lastMeeting(r, region.Code))...)
		if last := lastHandover(r, region.Code); last > 0 {
			entries = append(entries, handoverEntries(r, region.Code, last)...)
		}
	}
	return entries
}

// readTail returns the board after the entries it has not seen.
func (s *Store) readTail(r Reader, h head, board *model.Board) (*model.Board, error) {
	var events []model.Event
	last := s.hash
	for seq := board.Seq() + 1; seq <= h.seq; seq++ {
		e, err := decodeEntry(seq, r.Get(seqKey(seq)))
		if err == nil {
			err = e.follows(last)
		}
		if err != nil {
			return nil, err
		}
		last = e.hash
		events = append(events, e.Event)
	}
	if last != h.hash {
		return nil, fmt.Errorf("%w: head of the journal: its hash is not that of entry %d", ErrDamaged, h.seq)
	}
	d := newDecoder()
	step, err := stepTo(events, func(id model.EffortID) (*model.Effort, error) { return readEffort(r, d, id) })
	if err != nil {
		return nil, err
	}
	return board.With(step), nil
}

// stepTo sums up events for a board; effort tells what has become of each they are about.
func stepTo(events []model.Event, effort func(model.EffortID) (*model.Effort, error)) (model.Step, error) {
	last := &events[len(events)-1]
	step := model.Step{Seq: last.Seq, At: last.At, Efforts: map[model.EffortID]*model.Effort{}}
	for i := range events {
		ev := &events[i]
		step.Notes = append(step.Notes, ev.ImportantNotes()...)
		if ev.Effort == "" {
			step.Register = append(step.Register, ev.Entries()...)
		} else if _, done := step.Efforts[ev.Effort]; !done {
			e, err := effort(ev.Effort)
			if err != nil {
				return step, err
			}
			step.Efforts[ev.Effort] = e
		}
	}
	return step, nil
}
