package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"maps"
	"runtime/debug"
	"slices"

	"board.internal/samverkan/model"
)

// Head is where the journal's chain ends. Who notes it down elsewhere can tell later whether anything up to there was
// changed or cut off.
type Head struct {
	// Seq is the number of the last entry, 0 while there is none; Hash its hash, in hexadecimal.
	Seq  uint64
	Hash string
}

// shortHash is how many digits of a hash are shown: few enough to be written down by hand.
const shortHash = 12

// Short is the beginning of the hash.
func (h Head) Short() string { return h.Hash[:min(len(h.Hash), shortHash)] }

// Head returns where the journal's chain ends now. The zero Head is that of an empty journal.
func (s *Store) Head(ctx context.Context) (end Head, err error) {
	err = s.view(ctx, func(r Reader) error {
		h, err := s.head(r)
		end = publicHead(h)
		return err
	})
	return end, err
}

func publicHead(h head) Head {
	if h.seq == 0 {
		return Head{}
	}
	return Head{h.seq, h.hash.String()}
}

// Verdict is what a store was found to hold.
type Verdict struct {
	// Entries and Efforts count the journal's entries, and the efforts open and closed.
	Entries, Efforts int
	// Head is the hash of the last entry, in hexadecimal: who notes it down can tell later that nothing
	// before it was changed.
	Head string
}

// Verify checks the engine's own structure, then every link of the journal's chain, then that all other records
// are what the journal adds up to, byte by byte. The error wraps ErrDamaged and names the first bad entry or
// record. Others go on writing meanwhile.
func (s *Store) Verify(ctx context.Context) (v Verdict, err error) {
	if err := s.engine.Check(ctx); err != nil {
		return v, err
	}
	err = s.fold(ctx, 0, func(r Reader, f *fold) error {
		v = Verdict{Entries: int(f.head.seq), Head: f.head.hash.String()}
		for _, e := range f.ledger.efforts {
			if e != nil {
				v.Efforts++
			}
		}
		if f.found.schema < s.schema {
			// The other records are of a layout that only migration knows what to do with: it replaces them.
			return f.older(r)
		}
		return f.compare(r)
	})
	return v, err
}

// fold is the state a journal adds up to, as records in memory.
type fold struct {
	state  map[string][]byte
	ledger *ledger
	head   head          // as far as it has come
	found  head          // as the store has it
	action []model.Event // of the operation under way
	until  uint64        // the entry to end with, 0 for all there are
}

// fold reads the journal until an entry, 0 for all of it, page by page, and calls last with the sum, in the transaction
// that read the last page.
func (s *Store) fold(ctx context.Context, until uint64, last func(Reader, *fold) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: journal: panic: %v\n%s", ErrDamaged, p, debug.Stack())
		}
	}()
	f := &fold{state: map[string][]byte{}, until: until}
	f.ledger = newLedger(overlay{nil, f.state}, s.cat)
	for more := true; more; {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := s.engine.View(ctx, func(r Reader) (err error) {
			if f.found, err = s.anyHead(r); err != nil {
				return err
			}
			if more, err = f.page(r); err != nil || more {
				return err
			}
			return last(r, f)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// page adds the next entries; more is false when it has come to the end.
func (f *fold) page(r Reader) (more bool, err error) {
	read := 0
	r.Range([]byte(prefixJournal), seqKey(f.head.seq+1), func(key, value []byte) bool {
		if more = read == journalPage; more {
			return false
		}
		read++
		err = f.add(key, value)
		return err == nil && !f.enough()
	})
	if err != nil || more {
		return more, err
	}
	if err := f.ends(); err != nil {
		return false, err
	}
	return false, f.finish()
}

func (f *fold) enough() bool { return f.until != 0 && f.head.seq == f.until }

// ends compares the end of the journal with what the head says of it.
func (f *fold) ends() error {
	switch {
	case f.enough():
		return nil
	case f.head.seq < f.found.seq:
		return damagedEntry(f.head.seq+1, "it is missing; the head of the journal says that it ends with entry %d", f.found.seq)
	case f.head.seq > f.found.seq:
		return damagedEntry(f.found.seq+1, "the head of the journal says that it ends with entry %d", f.found.seq)
	case f.head.hash != f.found.hash:
		return fmt.Errorf("%w: head of the journal: entry %d has %s, and the head says %s", ErrDamaged, f.head.seq,
			f.head.hash.String()[:shortHash], f.found.hash.String()[:shortHash])
	}
	return nil
}

func (f *fold) add(key, value []byte) error {
	next := f.head.seq + 1
	if !bytes.Equal(key, seqKey(next)) {
		return damagedEntry(next, "it is missing")
	}
	e, err := decodeEntry(next, value)
	if err != nil {
		return err
	}
	if err := e.follows(f.head.hash); err != nil {
		return err
	}
	if e.prev != f.ledger.last(e.Effort) {
		return damagedEntry(next, "it does not name the entry before of %s", e.Effort)
	}
	if len(f.action) > 0 && f.action[0].Op != e.Op {
		if err := f.finish(); err != nil {
			return err
		}
	}
	f.head.seq, f.head.hash = next, e.hash
	f.action = append(f.action, e.Event)
	return f.ledger.apply(&e.Event)
}

// finish ends an operation.
func (f *fold) finish() error {
	if len(f.action) > 0 {
		f.ledger.remember(f.action)
		f.action = nil
	}
	return f.ledger.err
}

// compare reports the first record that is not what the journal says.
func (f *fold) compare(r Reader) (err error) {
	found := 0
	r.Range(nil, nil, func(key, value []byte) bool {
		switch want, known := f.state[string(key)]; {
		case isJournal(key):
		case !known:
			err = fmt.Errorf("%w: %s: the journal knows nothing of it", ErrDamaged, describe(key))
		case !bytes.Equal(want, value):
			err = fmt.Errorf("%w: %s: it is not what the journal adds up to", ErrDamaged, describe(key))
		}
		if !isJournal(key) {
			found++
		}
		return err == nil
	})
	if err != nil || found == len(f.state) {
		return err
	}
	for _, key := range slices.Sorted(maps.Keys(f.state)) {
		if r.Get([]byte(key)) == nil {
			return fmt.Errorf("%w: %s: it is missing", ErrDamaged, describe([]byte(key)))
		}
	}
	return nil
}

// older reports a record that a program of the head's schema did not write: then it is the head that is wrong.
func (f *fold) older(r Reader) (err error) {
	kinds := newKinds()
	r.Range(nil, nil, func(key, _ []byte) bool {
		if len(key) > 0 && kinds[string(key[:1])] > f.found.schema {
			err = fmt.Errorf("%w: head of the journal: its schema is %d, which had no %s", ErrDamaged, f.found.schema, describe(key))
		}
		return err == nil
	})
	return err
}

func isJournal(key []byte) bool {
	return string(key) == prefixHead || len(key) == len(seqKey(0)) && key[0] == prefixJournal[0]
}

// describe names a record by its key, for a log or a message.
func describe(key []byte) string {
	kind, rest := "", ""
	if len(key) > 0 {
		rest = string(key[1:])
		switch string(key[:1]) {
		case prefixOpen, prefixClosed:
			kind = "effort"
		case prefixEnded:
			kind, rest = "end of effort", string(key[min(len(key), 5):])
		case prefixHistory:
			kind = "history of effort"
		case prefixNote:
			kind = "note of effort"
			if id, n, ok := cutKey(key); ok && len(n) == 4 {
				rest = fmt.Sprintf("%s number %d", id, binary.BigEndian.Uint32(n))
			}
		case prefixTicker:
			kind = "place of important note of effort"
			if id, n, ok := cutKey(key[min(len(key), 8):]); ok && len(n) == 4 {
				rest = fmt.Sprintf("%s number %d", id, binary.BigEndian.Uint32(n))
			}
		case prefixName:
			kind = "codename"
		case prefixNumber:
			kind = "running number of"
			if region, _, ok := cutKey(key); ok {
				rest = region
			}
		case prefixPartner:
			kind = "partner"
		case prefixLater:
			kind = "what is put aside by"
			if officer, thing, ok := cutKey(key); ok {
				rest = officer + " " + string(thing)
			}
		case prefixPIN:
			kind = "PIN of"
		case prefixTries:
			kind = "tries of the PIN of"
		case prefixShift, prefixMeeting:
			if kind = "handover in"; string(key[:1]) == prefixMeeting {
				kind = "meeting of"
			}
			if region, n, ok := cutKey(key); ok {
				rest = region
				if len(n) >= 4 {
					rest = fmt.Sprintf("%s number %d", region, binary.BigEndian.Uint32(n))
				}
			}
		case prefixPutOff:
			kind = "what a council put off:"
		case prefixUndo:
			kind = "last actions of"
		case prefixRedo:
			kind = "undone actions of"
		default:
			kind, rest = "record", string(key)
		}
	}
	return fmt.Sprintf("%s %q", kind, rest)
}
