package store

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"

	"board.internal/samverkan/model"
)

// undoDepth is how many of an officer's last actions can be undone, and done again, one after the other.
const undoDepth = 50

// ledger is the state inside one transaction: what Decide asks, and what its events make of it. It reads
// single keys only. What it finds damaged it keeps in err, as Decide's questions have no room for an
// answer like that; who used a ledger looks there first.
type ledger struct {
	tx      Tx
	cat     *model.Catalogue
	decoder *decoder
	efforts map[model.EffortID]*model.Effort
	err     error
}

var _ model.Ledger = (*ledger)(nil)

func newLedger(tx Tx, cat *model.Catalogue) *ledger {
	return &ledger{tx: tx, cat: cat, decoder: newDecoder(), efforts: map[model.EffortID]*model.Effort{}}
}

func (l *ledger) keep(err error) {
	if l.err == nil {
		l.err = err
	}
}

// Catalogue implements model.Ledger.
func (l *ledger) Catalogue() *model.Catalogue { return l.cat }

// Effort implements model.Ledger.
func (l *ledger) Effort(id model.EffortID) *model.Effort {
	if e, known := l.efforts[id]; known {
		return e
	}
	e, err := readEffort(l.tx, l.decoder, id)
	if err != nil {
		l.keep(err)
	}
	l.efforts[id] = e
	return e
}

// readEffort returns an effort, open or closed, nil when there is none.
func readEffort(r getter, d *decoder, id model.EffortID) (*model.Effort, error) {
	b := r.Get(effortKey(id, true))
	if b == nil {
		b = r.Get(effortKey(id, false))
	}
	if b == nil {
		return nil, nil
	}
	return d.effort([]byte(id), b)
}

// Named implements model.Ledger.
func (l *ledger) Named(folded string) model.EffortID {
	return model.EffortID(l.tx.Get(nameKey(folded)))
}

// Numbered implements model.Ledger.
func (l *ledger) Numbered(region model.RegionCode, year int) int {
	n, _ := binary.Uvarint(l.tx.Get(numberKey(region, year)))
	return int(n)
}

// Registered implements model.Ledger.
func (l *ledger) Registered(k model.EntryKey) string { return string(l.tx.Get(entryKey(k))) }

// History implements model.Ledger.
func (l *ledger) History(id model.EffortID, after uint32) (events []model.Event) {
	for seq := l.last(id); seq > 0; {
		e := l.entry(seq)
		if e.Effort != id || e.Version <= after {
			break
		}
		events = append(events, e.Event)
		if e.Begins() {
			break // an effort of this id that was taken back is none of this one's history
		}
		seq = e.prev
	}
	slices.Reverse(events)
	return events
}

// Last implements model.Ledger. Of an import it returns the first event only, which is enough to refuse.
func (l *ledger) Last(officer model.OfficerID) []model.Event { return l.top(undoKey(officer)) }

// Undone implements model.Ledger.
func (l *ledger) Undone(officer model.OfficerID) []model.Event { return l.top(redoKey(officer)) }

// top returns the events of the last deed on a stack.
func (l *ledger) top(key []byte) (events []model.Event) {
	stack := l.stack(key)
	if len(stack) == 0 {
		return nil
	}
	top := stack[len(stack)-1]
	for seq := top.first; seq < top.first+top.count; seq++ {
		e := l.entry(seq)
		events = append(events, e.Event)
		if e.Action == model.ActImport {
			break
		}
	}
	return events
}

// last returns the seq of the effort's newest entry, 0 when it has none.
func (l *ledger) last(id model.EffortID) uint64 {
	n, _ := binary.Uvarint(l.tx.Get(historyKey(id)))
	return n
}

// entry reads a journal entry that must be there.
func (l *ledger) entry(seq uint64) entry {
	e, err := decodeEntry(seq, l.tx.Get(seqKey(seq)))
	if err != nil {
		l.keep(err)
	}
	return e
}

// deed is one action of an officer, as the entries it became.
type deed struct{ first, count uint64 }

func (l *ledger) stack(key []byte) (stack []deed) {
	for b := l.tx.Get(key); len(b) > 0; {
		first, n := binary.Uvarint(b)
		count, m := binary.Uvarint(b[max(n, 0):])
		if n <= 0 || m <= 0 {
			l.keep(fmt.Errorf("%w: %s", ErrDamaged, describe(key)))
			return nil
		}
		stack, b = append(stack, deed{first, count}), b[n+m:]
	}
	return stack
}

// push puts a deed on a stack, of which the newest are kept.
func (l *ledger) push(key []byte, d deed) { l.setStack(key, append(l.stack(key), d)) }

// pop takes the last deed off a stack.
func (l *ledger) pop(key []byte) {
	stack := l.stack(key)
	l.setStack(key, stack[:max(0, len(stack)-1)])
}

func (l *ledger) setStack(key []byte, stack []deed) {
	var b []byte
	for _, d := range stack[max(0, len(stack)-undoDepth):] {
		b = binary.AppendUvarint(binary.AppendUvarint(b, d.first), d.count)
	}
	l.set(key, b)
}

// remember keeps a whole action for undoing. An undo and a redo move one between the two stacks; after anything else
// there is nothing to do again. What is no work on the board is on neither.
func (l *ledger) remember(events []model.Event) {
	if events[0].Action.Lasting() {
		return
	}
	did := deed{events[0].Seq, uint64(len(events))}
	undo, redo := undoKey(events[0].Officer), redoKey(events[0].Officer)
	switch events[0].Action {
	case model.ActUndo:
		l.pop(undo)
		l.push(redo, did)
	case model.ActRedo:
		l.pop(redo)
		l.push(undo, did)
	default:
		l.push(undo, did)
		l.set(redo, nil)
	}
}

// set writes a value, and no key for an empty one.
func (l *ledger) set(key, value []byte) {
	if len(value) == 0 {
		l.tx.Delete(key)
		return
	}
	l.tx.Put(key, value)
}

// apply writes what an event makes of the state. The journal's fold is nothing but this.
func (l *ledger) apply(ev *model.Event) error {
	if ev.Effort == "" {
		entries := ev.Entries()
		if len(entries) == 0 {
			return damagedEntry(ev.Seq, "it is about nothing")
		}
		for _, e := range entries {
			l.set(entryKey(e.EntryKey), []byte(e.Value))
		}
		return nil
	}
	old := l.Effort(ev.Effort)
	if l.err != nil {
		return l.err
	}
	now, err := ev.On(old)
	if err != nil {
		return damagedEntry(ev.Seq, "%w", err)
	}
	if err := l.put(ev.Effort, old, now); err != nil {
		return err
	}
	l.tx.Put(historyKey(ev.Effort), binary.AppendUvarint(nil, ev.Seq))
	return l.notes(ev)
}

// put moves an effort's records and indexes from old to now; either may be nil.
func (l *ledger) put(id model.EffortID, old, now *model.Effort) error {
	l.efforts[id] = now
	if old != nil && (now == nil || old.Open() != now.Open()) {
		l.tx.Delete(effortKey(id, old.Open()))
	}
	before, after := ended(old), ended(now)
	if before != "" && before != after {
		l.tx.Delete([]byte(before))
	}
	if now == nil {
		return nil
	}
	b := encodeEffort(now)
	if len(b) > MaxRecord {
		return tooLarge(id)
	}
	l.tx.Put(effortKey(id, now.Open()), b)
	if after != "" && before != after {
		l.tx.Put([]byte(after), []byte{recordVersion})
	}
	if now.Codename != "" && (old == nil || old.Codename != now.Codename) {
		l.tx.Put(nameKey(model.Fold(now.Codename)), []byte(id))
	}
	if old != nil {
		return nil
	}
	if region, year, n, ok := id.Parts(); ok && n > l.Numbered(region, year) {
		l.tx.Put(numberKey(region, year), binary.AppendUvarint(nil, uint64(n)))
	}
	return nil
}

// ended is the key of an effort in the index of those that have ended, "" when it does not belong there.
func ended(e *model.Effort) string {
	if e == nil || e.Open() {
		return ""
	}
	return string(endedKey(e.Ended.Day(), e.ID))
}

func (l *ledger) notes(ev *model.Event) error {
	for _, n := range ev.Notes() {
		b := encodeNote(n)
		if len(b) > MaxRecord {
			return tooLarge(ev.Effort)
		}
		l.tx.Put(noteKey(ev.Effort, n.N), b)
		if n.Important {
			l.tx.Put(tickerKey(ev.Effort, n), []byte{recordVersion})
		}
	}
	for _, c := range ev.Changes {
		if c.New != "" {
			continue
		}
		group, key, aspect := c.Field.Parts()
		if n, err := strconv.ParseUint(key, 10, 32); err == nil && group == "note" && aspect == "" {
			l.dropNote(ev.Effort, uint32(n))
		}
	}
	return l.err
}

// dropNote deletes a note, and where it is found as an important one.
func (l *ledger) dropNote(id model.EffortID, n uint32) {
	key := noteKey(id, n)
	if b := l.tx.Get(key); b != nil {
		note, err := l.decoder.note(key[len(key)-4:], b)
		if err != nil {
			l.keep(err)
			return
		}
		if note.Important {
			l.tx.Delete(tickerKey(id, note))
		}
	}
	l.tx.Delete(key)
}

func tooLarge(id model.EffortID) error {
	return &model.Error{Fault: model.Refused, Why: model.TooLarge, Args: map[string]string{"effort": string(id)}}
}

// overlay is a Tx in memory on top of what may only be read, or on nothing. nil marks a deleted key.
type overlay struct {
	under   getter
	changes map[string][]byte
}

func (o overlay) Get(key []byte) []byte {
	if v, ok := o.changes[string(key)]; ok || o.under == nil {
		return v
	}
	return o.under.Get(key)
}

func (o overlay) Put(key, value []byte) { o.changes[string(key)] = slices.Clone(value) }

func (o overlay) Delete(key []byte) {
	if o.under == nil {
		delete(o.changes, string(key))
		return
	}
	o.changes[string(key)] = nil
}
