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
	err = s.fold(ctx, func(r Reader, f *fold) error {
		v = Verdict{Entries: int(f.head.seq), Head: f.head.hash.String()}
		for _, e := range f.ledger.efforts {
			if e != nil {
				v.Efforts++
			}
		}
		if f.found.schema < s.schema {
			return nil // the other records are of a layout that only migration knows what to do with: it replaces them
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
}

// fold reads the whole journal, page by page, and calls last with the sum, in the transaction that read the last page.
func (s *Store) fold(ctx context.Context, last func(Reader, *fold) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("fold journal: %w: panic: %v\n%s", ErrDamaged, p, debug.Stack())
		}
	}()
	f := &fold{state: map[string][]byte{}}
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
		return err == nil
	})
	if err != nil || more {
		return more, err
	}
	if f.head.seq != f.found.seq || f.head.hash != f.found.hash {
		return false, fmt.Errorf("journal: %w: it ends with entry %d, hash %v; the head says %d, %v", ErrDamaged,
			f.head.seq, f.head.hash, f.found.seq, f.found.hash)
	}
	return false, f.finish()
}

func (f *fold) add(key, value []byte) error {
	next := f.head.seq + 1
	if !bytes.Equal(key, seqKey(next)) {
		return fmt.Errorf("journal entry %d: %w: it is missing", next, ErrDamaged)
	}
	e, err := decodeEntry(next, value)
	if err != nil {
		return err
	}
	if err := e.follows(f.head.hash); err != nil {
		return err
	}
	if e.prev != f.ledger.last(e.Effort) {
		return fmt.Errorf("journal entry %d: %w: it does not name the entry before of %s", next, ErrDamaged, e.Effort)
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
			err = fmt.Errorf("%s: %w: the journal knows nothing of it", describe(key), ErrDamaged)
		case !bytes.Equal(want, value):
			err = fmt.Errorf("%s: %w: it is not what the journal adds up to", describe(key), ErrDamaged)
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
			return fmt.Errorf("%s: %w: it is missing", describe([]byte(key)), ErrDamaged)
		}
	}
	return nil
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
