package store

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"board.internal/samverkan/model"
)

// cutKey splits a key's parent (a region, an effort) from what comes after the zero byte.
func cutKey(key []byte) (parent string, rest []byte, ok bool) {
	p, rest, ok := bytes.Cut(key[1:], []byte{0})
	return string(p), rest, ok
}

// Effort returns an effort, open or closed, by id or by a codename it has or had, in any case, with or
// without diacritics. When there is none the error is a *model.Error with the nearest known one.
func (s *Store) Effort(ctx context.Context, ref string) (e *model.Effort, err error) {
	v := s.opts.Veil
	err = s.view(ctx, func(r Reader) error {
		folded := model.Fold(ref)
		ids := []model.EffortID{model.EffortID(r.Get(nameKey(folded))), model.EffortID(strings.ToUpper(folded)),
			model.EffortID(strings.ToUpper(strings.TrimSpace(ref)))}
		for i, id := range ids {
			if e, err = readEffort(r, newDecoder(), id); err != nil {
				return err
			}
			if e != nil && !(i == 0 && v.Hides(e)) { // which by its name is nowhere to be found
				e = v.Effort(e)
				return nil
			}
		}
		e = nil
		return &model.Error{Fault: model.NotFound, Why: model.UnknownEffort,
			Args: map[string]string{"effort": ref, "near": nearest(r, v, folded)}}
	})
	return e, err
}

// nearest returns the codename or id that comes nearest to a misspelt one, "" when none is near.
func nearest(r Reader, v model.Veil, folded string) string {
	known := map[string]string{} // what stands for it, by how it folds
	for _, prefix := range []string{prefixOpen, prefixClosed} {
		d := newDecoder()
		r.Range([]byte(prefix), nil, func(key, value []byte) bool {
			if e, err := d.effort(key[1:], value); err == nil {
				known[model.Fold(string(e.ID))] = string(e.ID)
				if e = v.Effort(e); e.Codename != "" {
					known[model.Fold(e.Codename)] = e.Codename
				}
			}
			return true
		})
	}
	candidates := make([]string, 0, len(known))
	for k := range known {
		candidates = append(candidates, k)
	}
	slices.Sort(candidates)
	return known[model.Nearest(folded, candidates)]
}

// Efforts calls fn with every effort, open and closed, of one moment in order of id, until fn returns false.
func (s *Store) Efforts(ctx context.Context, fn func(*model.Effort) bool) error {
	_, err := s.dump(ctx, false, func(e *model.Effort, _ []model.Note) bool { return fn(e) })
	return err
}

// Dump calls fn as Efforts does, with the notes of each too, oldest first, and returns the register of partners of
// the same moment, in no order.
//
// All of it is copied, as it is stored, in one transaction (400 bytes an effort, some hundred milliseconds for a
// hundred thousand), and let go while fn is called: nobody waits for the lock while fn writes to a slow pipe.
func (s *Store) Dump(ctx context.Context, fn func(*model.Effort, []model.Note) bool) ([]model.Partner, error) {
	return s.dump(ctx, true, fn)
}

func (s *Store) dump(ctx context.Context, noted bool, fn func(*model.Effort, []model.Note) bool) (partners []model.Partner, err error) {
	var open, closed, notes records
	err = s.view(ctx, func(r Reader) error {
		open, closed, notes = records{}, records{}, records{}
		open.copy(r, prefixOpen)
		closed.copy(r, prefixClosed)
		if noted {
			notes.copy(r, prefixNote)
			partners = nil
			r.Range([]byte(prefixPartner), nil, func(key, value []byte) bool {
				if p, ok := partnerOf(key, value).Partner(); ok {
					partners = append(partners, p)
				}
				return true
			})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	d := newDecoder()
	notes.next()
	err = merged(&open, &closed, func(key, value []byte) (bool, error) {
		if err := ctx.Err(); err != nil {
			return false, err
		}
		e, err := d.effort(key, value)
		if err != nil {
			return false, err
		}
		texts, err := notes.notesOf(d, key)
		if err != nil {
			return false, err
		}
		if s.opts.Veil.Hides(e) {
			e, texts = s.opts.Veil.Effort(e), s.opts.Veil.Notes(texts)
		}
		return fn(e, texts), nil
	})
	if err != nil {
		return nil, err
	}
	return partners, nil
}

// Ended calls fn with the efforts that ended on or after a day in the catalogue's zone, by day in UTC and then by
// id, until fn returns false. Those of which an imported list did not say when come first, with since 0 only.
func (s *Store) Ended(ctx context.Context, since model.Day, fn func(*model.Effort) bool) error {
	var all records
	err := s.view(ctx, func(r Reader) error {
		all = records{}
		var from []byte
		if since != 0 {
			from = endedKey(since-1, "") // a day here may have begun on the day before in UTC
		}
		r.Range([]byte(prefixEnded), from, func(key, _ []byte) bool {
			id := key[len(prefixEnded)+4:]
			if value := r.Get(effortKey(model.EffortID(id), false)); value != nil {
				all.add(id, value)
			}
			return true
		})
		return nil
	})
	d := newDecoder()
	for err == nil && all.next() {
		var e *model.Effort
		if e, err = d.effort(all.key, all.value); err != nil {
			return err
		}
		if since != 0 && (e.Ended == 0 || s.cat.Today(e.Ended) < since) {
			continue
		}
		if !fn(s.opts.Veil.Effort(e)) {
			break
		}
	}
	return err
}

// Notes returns the notes of an effort, oldest first, none for an effort that does not exist.
func (s *Store) Notes(ctx context.Context, id model.EffortID) (notes []model.Note, err error) {
	err = s.view(ctx, func(r Reader) error {
		notes = nil
		var bad error
		d := newDecoder()
		r.Range(notesKey(id), nil, func(key, value []byte) bool {
			_, number, _ := cutKey(key)
			var n model.Note
			if n, bad = d.note(number, value); bad == nil {
				notes = append(notes, n)
			}
			return bad == nil
		})
		if bad == nil && !s.opts.Veil.None() {
			var e *model.Effort
			if e, bad = readEffort(r, d, id); s.opts.Veil.Hides(e) {
				notes = s.opts.Veil.Notes(notes)
			}
		}
		return bad
	})
	return notes, err
}

// Registered returns the values of entries of the register as they are stored now, "" where there is none. Unlike Board
// it also has what is for the program only, as the hash of a PIN; but a PIN of then opens nothing.
func (s *Store) Registered(ctx context.Context, keys ...model.EntryKey) (values []string, err error) {
	err = s.view(ctx, func(r Reader) error {
		values = nil
		for _, k := range keys {
			key := entryKey(k)
			if secret := strings.Contains(prefixPIN+prefixTries, string(key[:1])); secret && s.past != nil {
				key = nil
			}
			values = append(values, string(r.Get(key)))
		}
		return nil
	})
	return values, err
}

// Codenames returns n words for codenames that no effort has or had, in an order of the seed's. Nothing keeps them for
// whoever asks: another may take one first.
func (s *Store) Codenames(ctx context.Context, n int, seed uint64) (names []string, err error) {
	err = s.view(ctx, func(r Reader) error {
		names = nil
		for name := range model.Codenames(seed) {
			if len(names) >= n {
				break
			}
			if r.Get(nameKey(model.Fold(name))) == nil {
				names = append(names, name)
			}
		}
		return nil
	})
	return names, err
}

// Links are those of an effort, open or ended; AllLinks those of every effort that has some.
func (s *Store) Links(ctx context.Context, id model.EffortID) ([]model.Link, error) {
	all, err := s.AllLinks(ctx)
	return all[id], err
}

// AllLinks returns the links of every effort that has some, each seen from it, in the order of the others' ids.
func (s *Store) AllLinks(ctx context.Context) (all map[model.EffortID][]model.Link, err error) {
	err = s.view(ctx, func(r Reader) error {
		var entries []model.Entry
		r.Range([]byte(prefixLink), nil, func(key, value []byte) bool {
			entries = append(entries, linkOf(key, value))
			return true
		})
		all = model.LinksOf(entries)
		return nil
	})
	return all, err
}

// veil hides what entries say of efforts that are hidden now.
func (s *Store) veil(r Reader, entries []Entry) error {
	v := s.opts.Veil
	if v.None() {
		return nil
	}
	hides := map[model.EffortID]bool{"": false} // the register names efforts by their ids
	d := newDecoder()
	for i := range entries {
		ev := &entries[i].Event
		hide, known := hides[ev.Effort]
		if !known {
			e, err := readEffort(r, d, ev.Effort)
			if err != nil {
				return err
			}
			hide = v.Hides(e)
			hides[ev.Effort] = hide
		}
		if hide || ev.Action == model.ActHandOver {
			*ev = v.Event(*ev)
		}
	}
	return nil
}
