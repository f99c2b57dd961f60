package store

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"unicode/utf8"

	"board.internal/samverkan/model"
)

// A journal entry is a version byte, the hash, and the event as JSON. The hash is SHA-256 over the hash of
// the entry before (zeros before the first) and the JSON, so that nothing can be changed, taken out or
// put in without every later hash giving it away.

// entryVersion is the first byte of an entry.
const entryVersion = 1

type hash [sha256.Size]byte

func (h hash) String() string { return hex.EncodeToString(h[:]) }

// Entry is one entry of the journal.
type Entry struct {
	model.Event
	// Hash is the entry's in the chain, in hexadecimal.
	Hash string
}

// entry is a stored event: prev is the seq of the entry before of the same effort, 0 for none.
type entry struct {
	model.Event
	prev uint64
	hash hash
	json []byte
}

// encodeEntry returns the value to store and the entry's hash.
func encodeEntry(before hash, ev *model.Event, prev uint64) ([]byte, hash) {
	b := make([]byte, 1+len(before), 512)
	b[0] = entryVersion
	b = appendEvent(b, ev, prev)
	h := chain(before, b[1+len(before):])
	copy(b[1:], h[:])
	return b, h
}

func chain(before hash, json []byte) (h hash) {
	s := sha256.New()
	s.Write(before[:])
	s.Write(json)
	s.Sum(h[:0])
	return h
}

func appendEvent(b []byte, ev *model.Event, prev uint64) []byte {
	number := func(name string, n int64) {
		if n != 0 {
			b = append(append(b, name...), ':')
			b = append(strconv.AppendInt(b, n, 10), ',')
		}
	}
	text := func(name, s string) {
		if s != "" {
			b = append(append(b, name...), ':')
			b = append(appendQuoted(b, s), ',')
		}
	}
	b = append(b, '{')
	number(`"seq"`, int64(ev.Seq))
	number(`"at"`, int64(ev.At))
	text(`"op"`, ev.Op)
	text(`"officer"`, string(ev.Officer))
	text(`"agency"`, string(ev.Agency))
	text(`"terminal"`, ev.Terminal)
	text(`"effort"`, string(ev.Effort))
	text(`"action"`, string(ev.Action))
	number(`"version"`, int64(ev.Version))
	number(`"undoes"`, int64(ev.Undoes))
	number(`"prev"`, int64(prev))
	b = append(b, `"changes":[`...)
	for i, c := range ev.Changes {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendQuoted(append(b, '['), string(c.Field)), ',')
		b = append(appendQuoted(b, c.Old), ',')
		b = append(appendQuoted(b, c.New), ']')
	}
	return append(b, "]}"...)
}

// appendQuoted writes a JSON string. What is no UTF-8 becomes U+FFFD, as the reader would make it.
func appendQuoted(b []byte, s string) []byte {
	b = append(b, '"')
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(s[i:])
			b = utf8.AppendRune(b, r)
			i += size
			continue
		}
		switch {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c < ' ':
			b = fmt.Appendf(b, `\u%04x`, c)
		default:
			b = append(b, c)
		}
		i++
	}
	return append(b, '"')
}

// decodeEntry reads the value stored under seq.
func decodeEntry(seq uint64, b []byte) (e entry, err error) {
	if len(b) < 1+len(e.hash) || b[0] != entryVersion {
		return e, fmt.Errorf("read journal entry %d: %w: %d bytes", seq, ErrDamaged, len(b))
	}
	copy(e.hash[:], b[1:])
	e.json = b[1+len(e.hash):]
	var r struct {
		Seq      uint64
		At       int64
		Op       string
		Officer  model.OfficerID
		Agency   model.AgencyCode
		Terminal string
		Effort   model.EffortID
		Action   model.Action
		Version  uint32
		Undoes   uint64
		Prev     uint64
		Changes  [][3]string
	}
	if err := json.Unmarshal(e.json, &r); err != nil {
		return e, fmt.Errorf("read journal entry %d: %w: %w", seq, ErrDamaged, err)
	}
	if r.Seq != seq || r.Prev >= seq {
		return e, fmt.Errorf("read journal entry %d: %w: it says it is %d after %d", seq, ErrDamaged, r.Seq, r.Prev)
	}
	e.prev = r.Prev
	e.Event = model.Event{Seq: r.Seq, At: model.Stamp(r.At), Op: r.Op, Officer: r.Officer, Agency: r.Agency, Terminal: r.Terminal,
		Effort: r.Effort, Action: r.Action, Version: r.Version, Undoes: r.Undoes}
	if len(r.Changes) > 0 {
		e.Changes = make([]model.Change, len(r.Changes))
	}
	for i, c := range r.Changes {
		e.Changes[i] = model.Change{Field: model.Field(c[0]), Old: c[1], New: c[2]}
	}
	return e, nil
}

// follows reports whether the entry continues the chain.
func (e *entry) follows(before hash) error {
	if chain(before, e.json) != e.hash {
		return fmt.Errorf("journal entry %d: %w: its hash is not that of its text and of the entry before", e.Seq, ErrDamaged)
	}
	return nil
}
