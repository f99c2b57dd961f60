package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"

	"board.internal/samverkan/model"
)

// ErrOlder: the store is of an older program, and who opened it may not migrate it. Such an error wraps ErrAway too.
var ErrOlder = errors.New("store of an older program")

// ErrNewer: the store was written by a newer program. It is left untouched.
var ErrNewer = errors.New("store of a newer program")

// The layout. Everything is a flat key; the first byte says what it is, and numbers are big-endian so
// that keys sort as they count. Open efforts lie apart from closed ones: starting reads only those.
//
//	H                        head: schema, seq, hash
//	j seq                    journal entry
//	o id   c id              effort, open or closed
//	e day id                 closed effort by the day it ended
//	h id                     seq of the effort's last entry; each entry names the one before it
//	n id 00 number           note
//	i time id 00 number      important note by when it was written
//	k codename               id of the effort that has or had the codename, folded
//	r region 00 year         last number given
//	p region 00 name         partner, by folded name
//	l officer 00 thing       until when the officer has put aside something that waits
//	b id 00 id               how the first effort is linked to the second
//	f officer 00 what        a filter that the officer has saved, by its folded name, or its name by its key
//	w officer                hash of the officer's PIN
//	t officer                how often it was tried and was wrong, and when it was last tried
//	s region 00              the last number of a handover at the region's desk
//	s region 00 number what  its note, who signed it out, who in
//	m region 00              the last number of a meeting of the region's council
//	m region 00 number what  its agenda, who opened and who closed it
//	d id                     at which meeting, and on which day, a council put the effort off
//	u officer   a officer    the officer's last actions that can be undone, and done again
const (
	prefixHead    = "H"
	prefixJournal = "j"
	prefixOpen    = "o"
	prefixClosed  = "c"
	prefixEnded   = "e"
	prefixHistory = "h"
	prefixNote    = "n"
	prefixTicker  = "i"
	prefixName    = "k"
	prefixNumber  = "r"
	prefixPartner = "p"
	prefixLater   = "l"
	prefixFilter  = "f"
	prefixLink    = "b"
	prefixPIN     = "w"
	prefixTries   = "t"
	prefixShift   = "s"
	prefixMeeting = "m"
	prefixPutOff  = "d"
	prefixUndo    = "u"
	prefixRedo    = "a"
)

// MaxRecord is the most bytes a record may have; what would be larger is refused with model.TooLarge.
const MaxRecord = 64 << 10

func seqKey(seq uint64) []byte { return binary.BigEndian.AppendUint64([]byte(prefixJournal), seq) }

func effortKey(id model.EffortID, open bool) []byte {
	if open {
		return []byte(prefixOpen + string(id))
	}
	return []byte(prefixClosed + string(id))
}

// endedKey sorts days before 1970 first.
func endedKey(day model.Day, id model.EffortID) []byte {
	return append(binary.BigEndian.AppendUint32([]byte(prefixEnded), uint32(day)^1<<31), id...)
}

func historyKey(id model.EffortID) []byte { return []byte(prefixHistory + string(id)) }

func notesKey(id model.EffortID) []byte { return []byte(prefixNote + string(id) + "\x00") }

func noteKey(id model.EffortID, n uint32) []byte {
	return binary.BigEndian.AppendUint32(notesKey(id), n)
}

// tickerKey is where an important note lies; moments before 1970 sort first.
func tickerKey(id model.EffortID, n model.Note) []byte {
	b := binary.BigEndian.AppendUint64([]byte(prefixTicker), uint64(n.At)^1<<63)
	return append(b, noteKey(id, n.N)[1:]...)
}

func nameKey(folded string) []byte { return []byte(prefixName + folded) }

func numberKey(region model.RegionCode, year int) []byte {
	return binary.BigEndian.AppendUint16([]byte(prefixNumber+string(region)+"\x00"), uint16(year))
}

// entryKey is where a thing of the register lies. Its field is group.parent.rest, as in partner.SYD.kommun.
func entryKey(k model.EntryKey) []byte {
	group, parent, rest := k.Field.Parts()
	switch group {
	case "partner":
		return []byte(prefixPartner + parent + "\x00" + rest)
	case "link":
		return []byte(prefixLink + parent + "\x00" + rest)
	case "filter":
		return []byte(prefixFilter + string(k.Officer) + "\x00" + parent + "." + rest)
	case "pin":
		return []byte(prefixPIN + string(k.Officer))
	case "try":
		return []byte(prefixTries + string(k.Officer))
	case "handover":
		return numberedKey(prefixShift, parent, rest)
	case "meeting":
		return numberedKey(prefixMeeting, parent, rest)
	case "adjourned":
		return []byte(prefixPutOff + parent)
	}
	return []byte(prefixLater + string(k.Officer) + "\x00" + parent + "." + rest)
}

// numberedKey is where a part of a handover or a meeting lies, by 12.note; numbers sort as they count. With "" it is the
// region's own.
func numberedKey(prefix, region, rest string) []byte {
	key := []byte(prefix + region + "\x00")
	number, aspect, _ := strings.Cut(rest, ".")
	if rest == "" {
		return key
	}
	n, _ := strconv.ParseUint(number, 10, 32)
	return append(binary.BigEndian.AppendUint32(key, uint32(n)), aspect...)
}

// partnerOf is the entry that a partner's record holds, linkOf that of a link, ownOf that of something of an officer's own.
func partnerOf(key, value []byte) model.Entry {
	region, name, _ := cutKey(key)
	return model.Entry{EntryKey: model.EntryKey{Field: model.Field("partner." + region + "." + string(name))}, Value: string(value)}
}

func linkOf(key, value []byte) model.Entry {
	effort, other, _ := cutKey(key)
	return model.Entry{EntryKey: model.EntryKey{Field: model.Field("link." + effort + "." + string(other))}, Value: string(value)}
}

func ownOf(group string, key, value []byte) model.Entry {
	officer, thing, _ := cutKey(key)
	return model.Entry{EntryKey: model.EntryKey{Officer: model.OfficerID(officer), Field: model.Field(group + "." + string(thing))}, Value: string(value)}
}

func undoKey(officer model.OfficerID) []byte { return []byte(prefixUndo + string(officer)) }

func redoKey(officer model.OfficerID) []byte { return []byte(prefixRedo + string(officer)) }

// schemaVersion is the schema this program writes. The first was 1; 2 came with what is put aside and what can be done
// again, 3 with important notes, PINs and their tries, and handovers, 4 with whose an outcome is, 5 with saved filters, 6 with
// links, meetings and what they put off: an older program would take each for damage. A step up needs no code of its own: a
// store's journal stays as it was written (each entry carries the version of its format), and all other records are written
// anew from it.
const schemaVersion = 6

// newKinds are the kinds of records by the schema that brought them.
func newKinds() map[string]int {
	return map[string]int{prefixLater: 2, prefixRedo: 2, prefixTicker: 3, prefixPIN: 3, prefixTries: 3, prefixShift: 3, prefixFilter: 5, prefixLink: 6, prefixMeeting: 6, prefixPutOff: 6}
}

// head is where the journal stands.
type head struct {
	schema int
	seq    uint64
	hash   hash
}

func (h head) encode() []byte {
	b := binary.BigEndian.AppendUint16(nil, uint16(h.schema))
	b = binary.BigEndian.AppendUint64(b, h.seq)
	return append(b, h.hash[:]...)
}

// getter is what Reader and Tx have in common.
type getter interface{ Get(key []byte) []byte }

// anyHead returns the head of a store of this schema or an older one; the zero head when there is no store.
func (s *Store) anyHead(r getter) (h head, err error) {
	b := r.Get([]byte(prefixHead))
	if b == nil {
		return h, nil
	}
	if len(b) >= 2 {
		h.schema = int(binary.BigEndian.Uint16(b))
	}
	switch {
	case h.schema > s.schema:
		return h, fmt.Errorf("read store: %w: its schema is %d, this program knows %d", ErrNewer, h.schema, s.schema)
	case h.schema == 0 || len(b) != 2+8+len(h.hash):
		return h, fmt.Errorf("%w: head of the journal: %d bytes of schema %d", ErrDamaged, len(b), h.schema)
	}
	h.seq = binary.BigEndian.Uint64(b[2:])
	copy(h.hash[:], b[10:])
	return h, nil
}

// head is anyHead for those who can only work with the present schema: an older one is errOlder.
func (s *Store) head(r getter) (head, error) {
	h, err := s.anyHead(r)
	if err == nil && h.schema < s.schema && h.seq > 0 {
		err = errOlder
	}
	return h, err
}

var errOlder = errors.New("store of an older schema")

// current runs fn, and once more after a migration when fn found an older schema.
func (s *Store) current(ctx context.Context, fn func() error) error {
	err := fn()
	if !errors.Is(err, errOlder) {
		return err
	}
	if err := s.migrate(ctx); err != nil {
		return err
	}
	return fn()
}

// migrate brings an older store to this schema, in one transaction, after a copy.
func (s *Store) migrate(ctx context.Context) error {
	var old head
	var puts map[string][]byte
	var stray []string
	err := s.fold(ctx, 0, func(r Reader, f *fold) error {
		old, puts, stray = f.found, f.state, nil
		r.Range(nil, nil, func(key, value []byte) bool {
			if state, kept := puts[string(key)]; kept && bytes.Equal(state, value) {
				delete(puts, string(key))
			} else if !kept && !isJournal(key) {
				stray = append(stray, string(key))
			}
			return true
		})
		return nil
	})
	if err != nil || old.schema >= s.schema {
		return err
	}
	if s.opts.Before == "" {
		return fmt.Errorf("migrate store of schema %d: %w: %w: no place for the copy", old.schema, ErrAway, ErrOlder)
	}
	file := fmt.Sprintf("%s.schema-%d-%d", s.opts.Before, old.schema, old.seq)
	if err := s.engine.Backup(ctx, file); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("copy store before migration: %w", err)
	}
	return s.engine.Update(ctx, func(tx Tx) error {
		now, err := s.anyHead(tx)
		switch {
		case err != nil:
			return err
		case now.schema >= s.schema:
			return nil // somebody else was faster
		case now != old:
			return fmt.Errorf("migrate store: %w: an older program writes to it", ErrBusy)
		}
		for _, key := range stray {
			tx.Delete([]byte(key))
		}
		for _, key := range slices.Sorted(maps.Keys(puts)) {
			tx.Put([]byte(key), puts[key])
		}
		now.schema = s.schema
		tx.Put([]byte(prefixHead), now.encode())
		return nil
	})
}
