package store

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"board.internal/samverkan/model"
)

// Past is the moment that a store of Then stands at.
type Past struct {
	// At is the moment. Begins is when the journal's first entry was made, 0 while there is none: of what was before
	// that nothing is known.
	At, Begins model.Stamp
}

// Before reports whether the moment is before the journal begins, so that nothing is known of it: a board without efforts
// says nothing then.
func (p Past) Before() bool { return p.Begins == 0 || p.At < p.Begins }

// Past returns the moment that the store stands at; ok is false for a store of now.
func (s *Store) Past() (p Past, ok bool) {
	if s.past == nil {
		return p, false
	}
	return *s.past, true
}

// Then returns the store as it was at a moment that has come, as the journal has it: boards, efforts, notes, the
// register and the journal itself are those of then, and so is Options.Now. Everything is read of it as of any store,
// under the same veil; what would write is refused with model.InThePast. Nobody's PIN is to be had of it.
//
// The journal is read page by page, however much others write meanwhile: what is behind a moment never changes. A chain
// that is broken before the moment is ErrDamaged, with the entry. The state of then is held in memory, and the entries
// are read where they lie: this store has to be open as long as the other is used, and who closes the other leaves this
// one open.
//
// It ends with the last entry before the moment. Where clocks were set meanwhile, that is the one for which most actions
// stand on the right side of the moment: of one that was made by a wrong clock, those around it tell where it belongs.
func (s *Store) Then(ctx context.Context, at model.Stamp) (*Store, error) {
	if err := s.cat.HasCome(at, model.StampOf(s.opts.Now())); err != nil {
		return nil, err
	}
	if _, err := s.Head(ctx); err != nil { // of an older schema it is brought up to date, as by any reader
		return nil, err
	}
	ends, begins, err := s.upTo(ctx, at)
	if err != nil {
		return nil, err
	}
	last := ends[0]
	engine := &then{live: s.engine}
	opts := s.opts
	opts.Now = func() time.Time { return at.Time() }
	if last > 0 {
		err = s.fold(ctx, last, func(_ Reader, f *fold) error {
			f.head.schema = s.schema
			f.state[prefixHead] = f.head.encode()
			engine.end, engine.state, engine.keys = f.head, f.state, slices.Sorted(maps.Keys(f.state))
			return nil
		})
		if err == nil {
			opts.Veil.Also, err = s.hidden(ctx, engine)
		}
		if err != nil {
			return nil, err
		}
	}
	past := Open(engine, s.cat, opts)
	past.schema, past.past = s.schema, &Past{at, begins}
	return past, nil
}

// upTo looks for the last entry before each of some moments, 0 when there is none: one pass through the journal, of which
// little is decoded. Each action counts once, however many entries it has. Of two places that are equally good the earlier
// is taken: what may not have been yet is not shown.
func (s *Store) upTo(ctx context.Context, moments ...model.Stamp) (last []uint64, begins model.Stamp, err error) {
	last = make([]uint64, len(moments))
	balance, best, op := make([]int, len(moments)), make([]int, len(moments)), ""
	for seq, more := uint64(0), true; more; {
		if err := ctx.Err(); err != nil {
			return nil, 0, err
		}
		err := s.engine.View(ctx, func(r Reader) (err error) {
			read := 0
			more = false
			r.Range([]byte(prefixJournal), seqKey(seq+1), func(key, value []byte) bool {
				if more = read == journalPage; more {
					return false
				}
				read++
				var made model.Stamp
				var by string
				if made, by, err = madeAt(seq+1, value); err != nil {
					return false
				}
				if seq++; seq == 1 {
					begins = made
				}
				for i, at := range moments {
					switch {
					case by != "" && by == op: // goes with the entry before
						if last[i] == seq-1 {
							last[i] = seq
						}
					case made > at:
						balance[i]--
					default:
						if balance[i]++; balance[i] > best[i] {
							best[i], last[i] = balance[i], seq
						}
					}
				}
				op = by
				return true
			})
			return err
		})
		if err != nil {
			return nil, 0, err
		}
	}
	return last, begins, nil
}

// hidden are the efforts of then that the veil hides as they are now.
func (s *Store) hidden(ctx context.Context, engine *then) (also map[model.EffortID]bool, err error) {
	if s.opts.Veil.None() {
		return nil, nil
	}
	also = map[model.EffortID]bool{}
	for keys := range slices.Chunk(engine.keys, journalPage) {
		err := s.view(ctx, func(r Reader) error {
			d := newDecoder()
			for _, key := range keys {
				if key[:1] != prefixOpen && key[:1] != prefixClosed {
					continue
				}
				id := model.EffortID(key[1:])
				e, err := readEffort(r, d, id)
				if err != nil {
					return err
				}
				if s.opts.Veil.Hides(e) {
					also[id] = true
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return also, nil
}

// then is an engine on the state at a moment, with the entries up to it of a live one.
type then struct {
	live  Engine
	state map[string][]byte
	keys  []string // of state, in order
	end   head
}

var errThen = errors.New("the store as it was is for reading only")

// Update implements Engine: nothing of then is written.
func (t *then) Update(context.Context, func(Tx) error) error { return errThen }

// Changed implements Engine: nothing does any more.
func (t *then) Changed() <-chan struct{} { return nil }

// Backup implements Engine.
func (t *then) Backup(context.Context, string) error { return errThen }

// Check implements Engine: there is no structure that could break.
func (t *then) Check(context.Context) error { return nil }

// Close implements Engine; the live engine is somebody else's.
func (t *then) Close() error { return nil }

// View implements Engine. The entries are those that were folded, or it is an error.
func (t *then) View(ctx context.Context, fn func(Reader) error) error {
	return t.live.View(ctx, func(r Reader) error {
		if t.end.seq > 0 {
			if e, err := decodeEntry(t.end.seq, r.Get(seqKey(t.end.seq))); err != nil || e.hash != t.end.hash {
				return fmt.Errorf("read store as it was: %w: another journal has come in the place of the one that was read", ErrAway)
			}
		}
		return fn(thenReader{t, r})
	})
}

// thenReader reads the entries of the journal where they lie, and everything else from memory.
type thenReader struct {
	*then
	live Reader
}

func ofJournal(key []byte) bool { return len(key) > 0 && key[0] == prefixJournal[0] }

func (t *then) has(key []byte) bool {
	return len(key) == len(seqKey(0)) && binary.BigEndian.Uint64(key[1:]) <= t.end.seq
}

// Get implements Reader.
func (r thenReader) Get(key []byte) []byte {
	switch {
	case !ofJournal(key):
		return r.state[string(key)]
	case r.has(key):
		return r.live.Get(key)
	}
	return nil
}

// Range implements Reader.
func (r thenReader) Range(prefix, from []byte, fn func(key, value []byte) bool) {
	switch {
	case len(prefix) == 0: // the journal lies among the rest
		for kind, on := 0, true; kind < 256 && on; kind++ {
			r.Range([]byte{byte(kind)}, from, func(key, value []byte) bool { on = fn(key, value); return on })
		}
	case ofJournal(prefix):
		r.live.Range(prefix, from, func(key, value []byte) bool { return r.has(key) && fn(key, value) })
	default:
		i, _ := slices.BinarySearch(r.keys, max(string(prefix), string(from)))
		for ; i < len(r.keys) && strings.HasPrefix(r.keys[i], string(prefix)); i++ {
			if !fn([]byte(r.keys[i]), r.state[r.keys[i]]) {
				return
			}
		}
	}
}

// RangeBack implements Reader.
func (r thenReader) RangeBack(prefix, before []byte, fn func(key, value []byte) bool) {
	switch {
	case len(prefix) == 0:
		for kind, on := 255, true; kind >= 0 && on; kind-- {
			r.RangeBack([]byte{byte(kind)}, before, func(key, value []byte) bool { on = fn(key, value); return on })
		}
	case ofJournal(prefix):
		end := seqKey(r.end.seq + 1)
		if before != nil && string(before) < string(end) {
			end = before
		}
		r.live.RangeBack(prefix, end, fn)
	default:
		end, _ := slices.BinarySearchFunc(r.keys, string(prefix), func(key, prefix string) int {
			if key < prefix || strings.HasPrefix(key, prefix) {
				return -1
			}
			return 1
		})
		if before != nil {
			i, _ := slices.BinarySearch(r.keys, string(before))
			end = min(end, i)
		}
		for i := end - 1; i >= 0 && strings.HasPrefix(r.keys[i], string(prefix)); i-- {
			if !fn([]byte(r.keys[i]), r.state[r.keys[i]]) {
				return
			}
		}
	}
}
