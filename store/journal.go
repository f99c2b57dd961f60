package store

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
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
func decodeEntry(seq uint64, b []byte) (e entry, err error) { return decode(seq, b, (*parser).event) }

// decodeHead is decodeEntry without the changes, which are most of an entry.
func decodeHead(seq uint64, b []byte) (e entry, err error) { return decode(seq, b, (*parser).head) }

func decode(seq uint64, b []byte, read func(*parser, *entry) bool) (e entry, err error) {
	if len(b) < 1+len(e.hash) || b[0] != entryVersion {
		return e, damagedEntry(seq, "it has %d bytes, or is of no version known here", len(b))
	}
	copy(e.hash[:], b[1:])
	e.json = b[1+len(e.hash):]
	if r := (parser{text: string(e.json)}); !read(&r, &e) {
		return e, damagedEntry(seq, "it is not as entries are written")
	}
	if e.Seq != seq || e.prev >= seq {
		return e, damagedEntry(seq, "it says it is %d after %d", e.Seq, e.prev)
	}
	return e, nil
}

// momentSize is as much of an entry as is needed to know when it was made.
const momentSize = 160

// madeAt reads of the value stored under seq only when it was made, and in which operation: a fraction of the time.
func madeAt(seq uint64, b []byte) (at model.Stamp, op string, err error) {
	var e entry
	if head := 1 + len(e.hash); len(b) > head && b[0] == entryVersion {
		r := parser{text: string(b[head:min(len(b), head+momentSize)])}
		if r.moment(&e); !r.bad && e.Seq == seq {
			return e.At, e.Op, nil
		}
	}
	e, err = decodeEntry(seq, b)
	return e.At, e.Op, err
}

// damagedEntry is the error for one entry. What it is about stands after the kind of error, as whatever tells it to a
// person leaves out what stands before.
func damagedEntry(seq uint64, format string, args ...any) error {
	return fmt.Errorf("%w: journal entry %d: %w", ErrDamaged, seq, fmt.Errorf(format, args...))
}

// follows reports whether the entry continues the chain.
func (e *entry) follows(before hash) error {
	if chain(before, e.json) != e.hash {
		return damagedEntry(e.Seq, "its hash is not that of its text and of the entry before")
	}
	return nil
}

// parser reads the JSON that appendEvent writes, and no other: a journal is gone through whole when it is verified,
// and one of all JSON takes five times as long.
type parser struct {
	text string // what is left; strings without an escape are parts of it
	bad  bool
}

func (r *parser) take(s string) bool {
	rest, ok := strings.CutPrefix(r.text, s)
	if ok {
		r.text = rest
	}
	return ok
}

func (r *parser) must(s string) { r.bad = !r.take(s) || r.bad }

func (r *parser) number(name string) (n int64) {
	if !r.take(name) {
		return 0
	}
	digits, rest, ok := strings.Cut(r.text, ",")
	n, err := strconv.ParseInt(digits, 10, 64)
	r.text, r.bad = rest, r.bad || !ok || err != nil
	return n
}

func (r *parser) named(name string) (s string) {
	if r.take(name) {
		s = r.quoted()
		r.must(",")
	}
	return s
}

func (r *parser) quoted() string {
	r.must(`"`)
	end := strings.IndexAny(r.text, `"\`)
	if end >= 0 && r.text[end] == '"' {
		s := r.text[:end]
		r.text = r.text[end+1:]
		return s
	}
	var b strings.Builder
	for i := 0; i < len(r.text); i++ {
		switch c := r.text[i]; {
		case c == '"':
			r.text = r.text[i+1:]
			return b.String()
		case c != '\\':
			b.WriteByte(c)
		case strings.HasPrefix(r.text[i:], `\u00`) && len(r.text) >= i+6:
			n, err := strconv.ParseUint(r.text[i+4:i+6], 16, 8)
			r.bad = r.bad || err != nil
			b.WriteByte(byte(n))
			i += 5
		default:
			if i++; i < len(r.text) {
				b.WriteByte(r.text[i])
			}
		}
	}
	r.bad = true
	return ""
}

// moment reads the beginning: when the entry was made, and of which operation it is.
func (r *parser) moment(e *entry) {
	r.must("{")
	e.Seq = uint64(r.number(`"seq":`))
	e.At = model.Stamp(r.number(`"at":`))
	e.Op = r.named(`"op":`)
}

// head reads what stands before the changes; it reports whether it could.
func (r *parser) head(e *entry) bool {
	r.moment(e)
	e.Officer = model.OfficerID(r.named(`"officer":`))
	e.Agency = model.AgencyCode(r.named(`"agency":`))
	e.Terminal = r.named(`"terminal":`)
	e.Effort = model.EffortID(r.named(`"effort":`))
	e.Action = model.Action(r.named(`"action":`))
	version := r.number(`"version":`)
	e.Version = uint32(version)
	e.Undoes = uint64(r.number(`"undoes":`))
	e.prev = uint64(r.number(`"prev":`))
	r.must(`"changes":[`)
	return !r.bad && version == int64(e.Version)
}

// event reads all of it; it reports whether it could.
func (r *parser) event(e *entry) bool {
	if !r.head(e) {
		return false
	}
	if n := strings.Count(r.text, `["`); n > 0 { // at least as many as there are, and hardly ever more
		e.Changes = make([]model.Change, 0, n)
	}
	for !r.bad && !r.take("]}") {
		if len(e.Changes) > 0 {
			r.must(",")
		}
		var c model.Change
		r.must("[")
		c.Field = model.Field(r.quoted())
		r.must(",")
		c.Old = r.quoted()
		r.must(",")
		c.New = r.quoted()
		r.must("]")
		e.Changes = append(e.Changes, c)
	}
	return !r.bad && r.text == ""
}
