package store

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"board.internal/samverkan/model"
)

// An effort's record is a version byte, the length of the header, the header and the texts. The header
// holds the numbers, the words that come back on many efforts (interned when read), and the length of
// every text; the texts stand together at the end, so that one string per effort carries them all.
//
// The same effort always gives the same bytes: verify compares them.

// recordVersion is the first byte of every effort and note.
const recordVersion = 1

type encoder struct{ head, texts []byte }

func (e *encoder) byte(b byte) { e.head = append(e.head, b) }
func (e *encoder) uint(n int)  { e.head = binary.AppendUvarint(e.head, uint64(n)) }
func (e *encoder) int(n int64) { e.head = binary.AppendVarint(e.head, n) }
func (e *encoder) text(s string) {
	e.uint(len(s))
	e.texts = append(e.texts, s...)
}
func (e *encoder) word(s string) {
	e.uint(len(s))
	e.head = append(e.head, s...)
}

func (e *encoder) record() []byte {
	b := make([]byte, 0, 1+binary.MaxVarintLen32+len(e.head)+len(e.texts))
	b = append(b, recordVersion)
	b = binary.AppendUvarint(b, uint64(len(e.head)))
	return append(append(b, e.head...), e.texts...)
}

const (
	hasDecision = 1 << iota
	hasFollowup
	hasAgencies // of the outcomes: a record without them is written as it always was
)

// ofAgencies reports whether an outcome says whose it is.
func ofAgencies(f *model.Followup) bool {
	return f != nil && slices.ContainsFunc(f.Outcomes, func(o model.Outcome) bool { return o.Agency != "" })
}

func encodeEffort(f *model.Effort) []byte {
	e := encoder{head: make([]byte, 0, 256), texts: make([]byte, 0, 256)}
	var flags byte
	if f.Decision != nil {
		flags |= hasDecision
	}
	if f.Followup != nil {
		flags |= hasFollowup
	}
	if ofAgencies(f.Followup) {
		flags |= hasAgencies
	}
	for _, b := range []byte{flags, byte(f.Status), byte(f.Kind), byte(f.Level), f.Priority} {
		e.byte(b)
	}
	for _, n := range []uint32{f.Version, f.Notes, f.Serial} {
		e.uint(int(n))
	}
	for _, n := range []int64{int64(f.Created), int64(f.Updated), int64(f.Ended), int64(f.Review)} {
		e.int(n)
	}
	for _, s := range []string{f.Codename, f.Title, f.Reason, f.Outcome} {
		e.text(s)
	}
	for _, s := range []string{string(f.Region), string(f.Focus), f.Area, f.Crime, string(f.UpdatedBy)} {
		e.word(s)
	}
	e.uint(len(f.Touches))
	for _, r := range f.Touches {
		e.word(string(r))
	}
	e.uint(len(f.Partners))
	for _, p := range f.Partners {
		e.word(p)
	}
	e.uint(len(f.Assignments))
	for i := range f.Assignments {
		e.assignment(&f.Assignments[i])
	}
	if d := f.Decision; d != nil {
		e.word(d.Decider)
		e.int(int64(d.Date))
		e.text(d.Reference)
	}
	if f.Followup != nil {
		e.followup(f.Followup)
	}
	return e.record()
}

const leadBit = 1 << 7

func (e *encoder) assignment(a *model.Assignment) {
	state := byte(a.State)
	if a.Lead {
		state |= leadBit
	}
	e.byte(state)
	e.byte(byte(a.Mode))
	e.word(string(a.Agency))
	e.int(int64(a.Since))
	e.text(a.Reason)
}

func (e *encoder) followup(f *model.Followup) {
	e.uint(len(f.Measures))
	for _, m := range f.Measures {
		e.uint(int(m.N))
		e.byte(byte(m.Type))
		e.text(m.Text)
		e.int(int64(m.At))
		e.word(string(m.By))
	}
	e.uint(len(f.Hours))
	for _, h := range f.Hours {
		e.uint(int(h.N))
		e.word(string(h.Agency))
		e.int(int64(h.Centi))
		e.int(int64(h.Date))
		e.word(string(h.By))
	}
	e.uint(len(f.Outcomes))
	for _, o := range f.Outcomes {
		e.uint(int(o.N))
		e.word(string(o.Measure))
		e.int(o.Milli)
		e.int(int64(o.Date))
		e.word(string(o.By))
	}
	if ofAgencies(f) {
		for _, o := range f.Outcomes {
			e.word(string(o.Agency))
		}
	}
}

// importantNote ends the header of an important note.
const importantNote = 1

func encodeNote(n model.Note) []byte {
	var e encoder
	e.int(int64(n.At))
	e.word(string(n.By))
	e.text(n.Text)
	if n.Important { // a note without it is written as it always was
		e.byte(importantNote)
	}
	return e.record()
}

// decoder reads records. Words are shared between all efforts of one decoder, so it is made per load,
// and not used by two goroutines at once.
type decoder struct {
	words map[string]string
	head  []byte
	texts string
	bad   bool
	// Who reads all of a board gets its efforts and texts out of small blocks: it is faster and leaves no gaps, and
	// what an effort that is replaced later leaves behind is gone with its few neighbours.
	many  bool
	slab  []model.Effort
	block *strings.Builder
}

const (
	slabSize  = 6    // efforts that just fit a size of Go's allocator
	blockSize = 1024 // bytes
)

func newDecoder() *decoder { return &decoder{words: map[string]string{}, block: &strings.Builder{}} }

// keep returns a and b as one string.
func (d *decoder) keep(a, b []byte) string {
	size := len(a) + len(b)
	if d.block.Cap()-d.block.Len() < size {
		d.block = &strings.Builder{}
		if d.many {
			d.block.Grow(max(size, blockSize))
		} else {
			d.block.Grow(size)
		}
	}
	begin := d.block.Len()
	d.block.Write(a)
	d.block.Write(b)
	return d.block.String()[begin:] // what is written after it never moves it
}

func (d *decoder) newEffort() *model.Effort {
	if !d.many {
		return &model.Effort{}
	}
	if len(d.slab) == 0 {
		d.slab = make([]model.Effort, slabSize)
	}
	f := &d.slab[0]
	d.slab = d.slab[1:]
	return f
}

// open begins a record: prefix becomes part of the shared string and is returned.
func (d *decoder) open(prefix, b []byte) (string, error) {
	d.bad = false
	if len(b) == 0 || b[0] != recordVersion {
		return "", ErrDamaged
	}
	size, n := binary.Uvarint(b[1:])
	if n <= 0 || size > uint64(len(b)-1-n) {
		return "", ErrDamaged
	}
	d.head = b[1+n : 1+n+int(size)]
	all := d.keep(prefix, b[1+n+int(size):])
	d.texts = all[len(prefix):]
	return all[:len(prefix)], nil
}

// close reports whether the record was read whole, and nothing was left.
func (d *decoder) close() error {
	if d.bad || len(d.head) > 0 || len(d.texts) > 0 {
		return ErrDamaged
	}
	return nil
}

func (d *decoder) fail() { d.bad, d.head, d.texts = true, nil, "" }

func (d *decoder) byte(max byte) (b byte) {
	if len(d.head) == 0 || d.head[0] > max {
		d.fail()
		return 0
	}
	b, d.head = d.head[0], d.head[1:]
	return b
}

// uint reads a number up to 32 bits, written the shortest way.
func (d *decoder) uint() uint32 {
	n, size := binary.Uvarint(d.head)
	if size <= 0 || n > 1<<32-1 || size > 1 && d.head[size-1] == 0 {
		d.fail()
		return 0
	}
	d.head = d.head[size:]
	return uint32(n)
}

func (d *decoder) int() int64 {
	n, size := binary.Varint(d.head)
	if size <= 0 || size > 1 && d.head[size-1] == 0 {
		d.fail()
		return 0
	}
	d.head = d.head[size:]
	return n
}

func (d *decoder) int32() int32 {
	n := d.int()
	if int64(int32(n)) != n {
		d.fail()
	}
	return int32(n)
}

// count reads how many there are; each takes at least a byte, so that damage cannot ask for all memory.
func (d *decoder) count() int {
	n := d.uint()
	if int64(n) > int64(len(d.head)) {
		d.fail()
		return 0
	}
	return int(n)
}

func (d *decoder) text() (s string) {
	n := d.uint()
	if int64(n) > int64(len(d.texts)) {
		d.fail()
		return ""
	}
	s, d.texts = d.texts[:n], d.texts[n:]
	return s
}

func (d *decoder) word() string {
	n := d.uint()
	if int64(n) > int64(len(d.head)) {
		d.fail()
		return ""
	}
	var b []byte
	b, d.head = d.head[:n], d.head[n:]
	s, ok := d.words[string(b)]
	if !ok {
		s = string(b)
		d.words[s] = s
	}
	return s
}

// list reads n of something, nil for none.
func list[T any](d *decoder, read func(*T)) []T {
	n := d.count()
	if n == 0 {
		return nil
	}
	all := make([]T, n)
	for i := range all {
		if read(&all[i]); d.bad {
			return nil
		}
	}
	return all
}

// effort reads an effort's record.
func (d *decoder) effort(id, b []byte) (*model.Effort, error) {
	own, err := d.open(id, b)
	if err != nil {
		return nil, fmt.Errorf("read effort %q: %w", id, err)
	}
	f := d.newEffort()
	f.ID = model.EffortID(own)
	flags := d.byte(hasDecision | hasFollowup | hasAgencies)
	f.Status = model.Status(d.byte(byte(model.Rejected)))
	f.Kind = model.Kind(d.byte(byte(model.Operative)))
	f.Level = model.Level(d.byte(byte(model.National)))
	f.Priority = d.byte(model.PriorityLow)
	f.Version, f.Notes, f.Serial = d.uint(), d.uint(), d.uint()
	f.Created, f.Updated, f.Ended = model.Stamp(d.int()), model.Stamp(d.int()), model.Stamp(d.int())
	f.Review = model.Day(d.int32())
	f.Codename, f.Title, f.Reason, f.Outcome = d.text(), d.text(), d.text(), d.text()
	f.Region, f.Focus = model.RegionCode(d.word()), model.FocusCode(d.word())
	f.Area, f.Crime, f.UpdatedBy = d.word(), d.word(), model.OfficerID(d.word())
	f.Touches = list(d, func(r *model.RegionCode) { *r = model.RegionCode(d.word()) })
	f.Partners = list(d, func(p *string) { *p = d.word() })
	f.Assignments = list(d, d.assignment)
	if flags&hasDecision != 0 {
		f.Decision = &model.Decision{Decider: d.word(), Date: model.Day(d.int32()), Reference: d.text()}
	}
	if flags&hasFollowup != 0 {
		f.Followup = d.followup()
	}
	if flags&hasAgencies != 0 {
		d.agencies(f.Followup)
	}
	if err := d.close(); err != nil {
		return nil, fmt.Errorf("read effort %q: %w", id, err)
	}
	return f, nil
}

func (d *decoder) assignment(a *model.Assignment) {
	state := d.byte(leadBit | byte(model.Released))
	a.State, a.Lead = model.State(state&^leadBit), state&leadBit != 0
	if a.State > model.Released {
		d.fail()
	}
	a.Mode = model.Mode(d.byte(byte(model.Remote)))
	a.Agency = model.AgencyCode(d.word())
	a.Since = model.Stamp(d.int())
	a.Reason = d.text()
}

func (d *decoder) followup() *model.Followup {
	return &model.Followup{
		Measures: list(d, func(m *model.Measure) {
			m.N, m.Type, m.Text = d.uint(), model.MeasureType(d.byte(byte(model.Administrative))), d.text()
			m.At, m.By = model.Stamp(d.int()), model.OfficerID(d.word())
		}),
		Hours: list(d, func(h *model.Hours) {
			h.N, h.Agency, h.Centi = d.uint(), model.AgencyCode(d.word()), d.int32()
			h.Date, h.By = model.Day(d.int32()), model.OfficerID(d.word())
		}),
		Outcomes: list(d, func(o *model.Outcome) {
			o.N, o.Measure, o.Milli = d.uint(), model.OutcomeCode(d.word()), d.int()
			o.Date, o.By = model.Day(d.int32()), model.OfficerID(d.word())
		}),
	}
}

// agencies reads whose each outcome is. That nobody is said to have one is not written.
func (d *decoder) agencies(f *model.Followup) {
	if f != nil {
		for i := range f.Outcomes {
			f.Outcomes[i].Agency = model.AgencyCode(d.word())
		}
	}
	if !ofAgencies(f) {
		d.fail()
	}
}

// note reads a note; number is the end of its key.
func (d *decoder) note(number, b []byte) (note model.Note, err error) {
	if len(number) != 4 {
		return note, fmt.Errorf("read note: %w: its number has %d bytes", ErrDamaged, len(number))
	}
	note.N = binary.BigEndian.Uint32(number)
	if _, err = d.open(nil, b); err == nil {
		note.At, note.By, note.Text = model.Stamp(d.int()), model.OfficerID(d.word()), d.text()
		if note.Important = len(d.head) > 0; note.Important && d.byte(importantNote) != importantNote {
			d.fail()
		}
		err = d.close()
	}
	if err != nil {
		return note, fmt.Errorf("read note %d: %w", note.N, err)
	}
	return note, nil
}
