// Package store is how a board is kept: a journal of events in a hash chain, and the state they add up to,
// written together in one transaction. It knows the model and no driver: an Engine keeps the bytes.
//
// All writing goes through Store.Do, which asks model.Decide inside the transaction, on what is stored at that
// moment, so two people cannot both win. All reading of what is open goes through Store.Board, an immutable
// snapshot in memory that follows the journal, whoever wrote it; what has ended is read on demand.
package store

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"board.internal/samverkan/model"
)

// Options of Open; the zero value is right for everybody but tests and whoever may meet an older store.
type Options struct {
	// Now is the clock, time.Now when nil.
	Now func() time.Time
	// Random is where operation ids come from, crypto/rand when nil.
	Random io.Reader
	// Before is where a store of an older schema is copied before it is migrated: Before.schema-N-SEQ.
	// Without it such a store is not opened.
	Before string
	// Veil hides some of what is read, everywhere; with it nothing can be written, as nobody is to change what
	// is not seen.
	Veil model.Veil
}

// Store is a board that is kept. Its methods may be called by many goroutines.
type Store struct {
	engine Engine
	cat    *model.Catalogue
	opts   Options
	schema int // schemaVersion, but in tests
	past   *Past

	board atomic.Pointer[model.Board]
	shown atomic.Pointer[model.Board] // board under the veil

	mu     sync.Mutex // one at a time brings the board up to date
	loaded bool
	hash   hash // of the entry at the board's Seq

	feed     feed
	presence presence
}

// Open returns a store on an engine, which it closes with itself. Nothing is read yet.
func Open(engine Engine, cat *model.Catalogue, opts Options) *Store {
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.Random == nil {
		opts.Random = rand.Reader
	}
	s := &Store{engine: engine, cat: cat, opts: opts, schema: schemaVersion}
	s.show(model.NewBoard(cat))
	s.feed.open()
	s.presence.poked = make(chan struct{}, 1)
	return s
}

// Board returns the newest snapshot known, an empty board before Load. It never blocks.
func (s *Store) Board() *model.Board { return s.shown.Load() }

// show takes a new board.
func (s *Store) show(board *model.Board) {
	s.shown.Store(s.opts.Veil.Follow(s.board.Load(), s.shown.Load(), board))
	s.board.Store(board)
}

// Result is what came of a command.
type Result struct {
	// Events are the entries it became, none when all was as wanted already.
	Events []model.Event
	// Efforts are those it was about, as they are after it; one that it took back is not among them.
	Efforts []*model.Effort
	// Meanwhile are the fields that others have changed on them since the command saw them, and that stand beside it.
	Meanwhile []model.Diff
}

// Do carries out a command: all of it, durably, or nothing. When it returns, Board has seen it (once Load has
// been called). A no of the model is returned as it is, an *model.Error or model.Problems; anything else wraps
// one of this package's errors. With ErrAway nothing was stored; with ErrUnknown nobody can tell.
func (s *Store) Do(ctx context.Context, actor model.Actor, cmd model.Command) (Result, error) {
	if err := s.writes(actor); err != nil {
		return Result{}, err
	}
	op, err := s.newOp()
	if err != nil {
		return Result{}, err
	}
	var w written
	err = s.current(ctx, func() error {
		return s.engine.Update(ctx, func(tx Tx) (err error) {
			w, err = s.write(tx, actor, cmd, op)
			return err
		})
	})
	if errors.Is(err, ErrUnknown) {
		err = s.settle(context.WithoutCancel(ctx), op, w.before.seq, err)
	}
	if err != nil {
		return Result{}, err
	}
	s.advance(ctx, w)
	return w.Result, nil
}

// Try answers what Do would, from what is stored now, and writes nothing.
func (s *Store) Try(ctx context.Context, actor model.Actor, cmd model.Command) (events []model.Event, err error) {
	if err := s.writes(actor); err != nil {
		return nil, err
	}
	err = s.view(ctx, func(r Reader) error {
		w, err := s.write(overlay{r, map[string][]byte{}}, actor, cmd, "")
		events = w.Events
		return err
	})
	return events, err
}

// writes refuses who may only read before the engine is asked, which may not even be able to write.
func (s *Store) writes(actor model.Actor) error {
	if s.past != nil {
		actor.Then = s.cat.Today(s.past.At)
	}
	actor.ReadOnly = actor.ReadOnly || !s.opts.Veil.None()
	return actor.Writes()
}

// view is engine.View on a store of this schema.
func (s *Store) view(ctx context.Context, fn func(Reader) error) error {
	return s.current(ctx, func() error {
		return s.engine.View(ctx, func(r Reader) error {
			if _, err := s.head(r); err != nil {
				return err
			}
			return fn(r)
		})
	})
}

func (s *Store) newOp() (string, error) {
	var b [16]byte
	if _, err := io.ReadFull(s.opts.Random, b[:]); err != nil {
		return "", fmt.Errorf("make operation id: %w", err)
	}
	return hex.EncodeToString(b[:]), nil
}

// written is what a command made of the store, between two heads.
type written struct {
	Result
	before, after head
}

// write decides a command and writes the journal and the state. It is pure, as an engine may run it again.
func (s *Store) write(tx Tx, actor model.Actor, cmd model.Command, op string) (w written, err error) {
	if w.before, err = s.head(tx); err != nil {
		return w, err
	}
	if w.after = w.before; w.before.seq == 0 && s.board.Load().Seq() > 0 {
		return w, errGone
	}
	l := newLedger(tx, s.cat)
	events, err := s.decide(l, actor, cmd)
	if l.err != nil {
		err = l.err
	}
	if err != nil || len(events) == 0 {
		return w, err
	}
	meanwhile := model.Meanwhile(l, cmd)
	h := &w.after
	for i := range events {
		ev := &events[i]
		h.seq++
		ev.Seq, ev.Op = h.seq, op
		var b []byte
		b, h.hash = encodeEntry(h.hash, ev, l.last(ev.Effort))
		if len(b) > MaxRecord {
			return w, tooLarge(ev.Effort)
		}
		tx.Put(seqKey(ev.Seq), b)
		if err := l.apply(ev); err != nil {
			return w, err
		}
	}
	l.remember(events)
	h.schema = s.schema
	tx.Put([]byte(prefixHead), h.encode())
	w.Result = Result{events, l.touched(events), meanwhile}
	return w, l.err
}

// errGone: there was a board, and the store has nothing any more. Nobody is to begin a new one by mistake.
var errGone = fmt.Errorf("read store: %w: it is no longer there", ErrAway)

// decide runs model.Decide; a panic there is an error of this one command.
func (s *Store) decide(l *ledger, actor model.Actor, cmd model.Command) (events []model.Event, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("decide %T: panic: %v\n%s", cmd, p, debug.Stack())
		}
	}()
	// The journal holds only text, and must read back as what was decided.
	actor.Officer = model.OfficerID(strings.ToValidUTF8(string(actor.Officer), "\uFFFD"))
	actor.Agency = model.AgencyCode(strings.ToValidUTF8(string(actor.Agency), "\uFFFD"))
	actor.Terminal = strings.ToValidUTF8(actor.Terminal, "\uFFFD")
	return model.Decide(l, actor, cmd, s.opts.Now())
}

// touched returns the efforts of the events as they are now, each once.
func (l *ledger) touched(events []model.Event) (efforts []*model.Effort) {
	seen := make(map[model.EffortID]bool, len(events))
	for i := range events {
		id := events[i].Effort
		if e := l.efforts[id]; e != nil && !seen[id] {
			seen[id] = true
			efforts = append(efforts, e)
		}
	}
	return efforts
}

// settle finds out what became of a commit that ended in an error: nil when the operation is in the journal.
func (s *Store) settle(ctx context.Context, op string, before uint64, cause error) error {
	found := false
	err := s.engine.View(ctx, func(r Reader) error {
		h, err := s.head(r)
		if err != nil {
			return err
		}
		if h.seq < before {
			return errGone
		}
		for seq := before + 1; seq <= h.seq && !found; seq++ {
			e, err := decodeEntry(seq, r.Get(seqKey(seq)))
			if err != nil {
				return err
			}
			found = e.Op == op
		}
		return nil
	})
	switch {
	case err != nil:
		return fmt.Errorf("look for the outcome: %v: %w", err, cause)
	case !found:
		return fmt.Errorf("not saved: %w: %s", ErrAway, cause.Error())
	}
	return nil
}

// Backup writes a consistent, verified copy to a new file while others go on writing.
func (s *Store) Backup(ctx context.Context, file string) error {
	if err := s.writes(model.Actor{}); err != nil { // a copy is under no veil
		return err
	}
	return s.engine.Backup(ctx, file)
}

// Close stops following, closes every channel of Watch, and closes the engine.
func (s *Store) Close() error {
	s.feed.close()
	s.adjourn()
	return s.engine.Close()
}
