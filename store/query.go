package store

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"slices"

	"board.internal/samverkan/model"
)

// Query is which entries of the journal; its zero value is all, oldest first.
type Query struct {
	Effort  model.EffortID
	Officer model.OfficerID
	// Agency is the one that the officer acted for.
	Agency model.AgencyCode
	Since  model.Stamp
	// After and Before bound the seq, exclusive; 0 is no bound. A page goes on after the last seq it had.
	After, Before uint64
	// Limit is the most entries to return, 0 for all of them.
	Limit int
	// Newest returns the newest first.
	Newest bool
}

// journalPage is how many entries are looked through in one transaction: about ten milliseconds.
const journalPage = 2000

func (q *Query) takes(e *entry) bool {
	return (q.Effort == "" || e.Effort == q.Effort) && (q.Officer == "" || e.Officer == q.Officer) &&
		(q.Agency == "" || e.Agency == q.Agency) && e.At >= q.Since
}

func (q *Query) full(entries []Entry) bool { return q.Limit > 0 && len(entries) >= q.Limit }

// Journal returns entries of the journal. However long that is, it holds no lock for longer than a page
// takes; who wants little of much gives a Limit, and goes on from the last seq.
func (s *Store) Journal(ctx context.Context, q Query) (entries []Entry, err error) {
	if q.Effort != "" {
		return s.history(ctx, q)
	}
	for more := true; more && err == nil; {
		var page []Entry
		next := q
		err = s.view(ctx, func(r Reader) error {
			var err error
			page, next = nil, q
			if page, more, err = next.page(r, q.Limit-len(entries)); err != nil {
				return err
			}
			return s.veil(r, page)
		})
		q, entries = next, append(entries, page...)
	}
	if err != nil {
		return nil, err
	}
	return entries, nil
}

// page reads the next page and moves the query past it; more is false when there is nothing left to look for.
func (q *Query) page(r Reader, room int) (entries []Entry, more bool, err error) {
	read := 0
	see := func(key, value []byte) bool {
		seq := binary.BigEndian.Uint64(key[1:])
		if !q.Newest && q.Before != 0 && seq >= q.Before || q.Newest && seq <= q.After {
			return false
		}
		var e entry
		if e, err = decodeEntry(seq, value); err != nil {
			return false
		}
		if q.takes(&e) {
			entries = append(entries, Entry{e.Public(), e.hash.String()})
		}
		if q.Newest {
			q.Before = seq
		} else {
			q.After = seq
		}
		if q.Limit > 0 && len(entries) >= room {
			return false
		}
		read++
		more = read == journalPage
		return !more
	}
	if !q.Newest {
		r.Range([]byte(prefixJournal), seqKey(q.After+1), see)
	} else {
		var before []byte
		if q.Before != 0 {
			before = seqKey(q.Before)
		}
		r.RangeBack([]byte(prefixJournal), before, see)
	}
	return entries, more, err
}

// history is Journal for one effort: each of its entries names the one before it.
func (s *Store) history(ctx context.Context, q Query) (entries []Entry, err error) {
	at, begun := uint64(0), false
	for more := true; more && err == nil; {
		var page []Entry
		next := at
		err = s.view(ctx, func(r Reader) (err error) {
			page = nil
			if next = at; !begun {
				if next, err = q.newest(r); err != nil {
					return err
				}
			}
			if page, next, err = q.back(r, next, q.Limit-len(entries)); err != nil {
				return err
			}
			return s.veil(r, page)
		})
		at, begun, entries = next, true, append(entries, page...)
		more = at > q.After && !(q.Newest && q.full(entries))
	}
	if err != nil {
		return nil, err
	}
	if !q.Newest {
		slices.Reverse(entries)
		if q.full(entries) {
			entries = entries[:q.Limit]
		}
	}
	return entries, nil
}

// newest is where an effort's history is entered from its end: who goes on from one of its entries begins before that.
func (q *Query) newest(r Reader) (seq uint64, err error) {
	if b := r.Get(seqKey(q.Before)); q.Before != 0 && b != nil {
		if e, err := decodeEntry(q.Before, b); err != nil || e.Effort == q.Effort {
			return e.prev, err
		}
	}
	seq, _ = binary.Uvarint(r.Get(historyKey(q.Effort)))
	return seq, nil
}

// back goes back in an effort's history by a page, and answers where it goes on, 0 at its beginning.
func (q *Query) back(r Reader, seq uint64, room int) (entries []Entry, next uint64, err error) {
	for range journalPage {
		if seq <= q.After || q.Newest && q.Limit > 0 && len(entries) >= room {
			break
		}
		e, err := decodeEntry(seq, r.Get(seqKey(seq)))
		if err != nil {
			return nil, 0, err
		}
		if (q.Before == 0 || seq < q.Before) && q.takes(&e) {
			entries = append(entries, Entry{e.Public(), e.hash.String()})
		}
		seq = e.prev
	}
	return entries, seq, nil
}

// QueryOf looks up what a filter of the journal names. A word that names nothing is an *model.Error with the nearest
// that does.
func (s *Store) QueryOf(ctx context.Context, f model.JournalFilter) (q Query, err error) {
	q = Query{Agency: f.Agency, Since: f.Since}
	if f.Effort != "" {
		e, err := s.Effort(ctx, f.Effort)
		if err != nil {
			return q, err
		}
		q.Effort = e.ID
	}
	var officers []model.OfficerID
	if f.Officer != "" || len(f.Bare) > 0 {
		if officers, err = s.officers(ctx); err != nil {
			return q, err
		}
	}
	if f.Officer != "" {
		id, near, ok := s.cat.FindOfficer(f.Officer, officers)
		if !ok {
			return q, wrongWord(model.Invalid, model.BadFilterValue, f.OfficerWord, f.Officer, near)
		}
		q.Officer = id
	}
	for _, word := range f.Bare {
		if err := s.bare(ctx, &q, word, officers); err != nil {
			return q, err
		}
	}
	return q, nil
}

// bare takes a word that is an effort, or else an officer.
func (s *Store) bare(ctx context.Context, q *Query, word string, officers []model.OfficerID) error {
	e, err := s.Effort(ctx, word)
	var unknown *model.Error
	switch {
	case err == nil && q.Effort != "":
		return wrongWord(model.Invalid, model.FilterTwice, "effort", word, "")
	case err == nil:
		q.Effort = e.ID
		return nil
	case !errors.As(err, &unknown):
		return err
	}
	id, near, ok := s.cat.FindOfficer(word, officers)
	if !ok {
		if q.Effort == "" {
			if q.Effort, err = s.begins(ctx, word); err != nil || q.Effort != "" {
				return err
			}
		}
		return wrongWord(model.NotFound, model.NobodyCalled, "", word, cmp.Or(unknown.Args["near"], near))
	}
	if q.Officer != "" {
		return wrongWord(model.Invalid, model.FilterTwice, "officer", word, "")
	}
	q.Officer = id
	return nil
}

// begins returns the one effort whose codename a word begins, "" when there is none, or more than one.
func (s *Store) begins(ctx context.Context, word string) (id model.EffortID, err error) {
	folded := model.Fold(word)
	if folded == "" {
		return "", nil
	}
	err = s.view(ctx, func(r Reader) (err error) {
		found := map[model.EffortID]bool{}
		r.Range([]byte(prefixName+folded), nil, func(_, value []byte) bool {
			var e *model.Effort
			if e, err = readEffort(r, newDecoder(), model.EffortID(value)); err == nil && !s.opts.Veil.Hides(e) {
				found[model.EffortID(value)] = true
			}
			return err == nil && len(found) < 2
		})
		if id = ""; len(found) == 1 {
			for id = range found {
			}
		}
		return err
	})
	return id, err
}

func wrongWord(fault model.Fault, why model.Why, word, value, near string) error {
	return &model.Error{Fault: fault, Why: why, Args: map[string]string{"word": word, "value": value, "near": near}}
}

// officers are all who have ever written: each has actions to undo, or to do again.
func (s *Store) officers(ctx context.Context) (ids []model.OfficerID, err error) {
	err = s.view(ctx, func(r Reader) error {
		ids = nil
		for _, prefix := range []string{prefixUndo, prefixRedo} {
			r.Range([]byte(prefix), nil, func(key, _ []byte) bool {
				ids = append(ids, model.OfficerID(key[1:]))
				return true
			})
		}
		return nil
	})
	return ids, err
}

// Names are what these efforts are called, open and closed; one that is no longer there goes by its id.
func (s *Store) Names(ctx context.Context, ids []model.EffortID) (names map[model.EffortID]string, err error) {
	err = s.view(ctx, func(r Reader) error {
		names = make(map[model.EffortID]string, len(ids))
		d := newDecoder()
		for _, id := range ids {
			e, err := readEffort(r, d, id)
			if err != nil {
				return err
			}
			if names[id] = string(id); e != nil {
				names[id] = s.opts.Veil.Effort(e).Name()
			}
		}
		return nil
	})
	return names, err
}
