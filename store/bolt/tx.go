package bolt

import (
	"bytes"
	"fmt"
	"maps"
	"slices"

	"go.etcd.io/bbolt"

	"board.internal/samverkan/store"
)

// overlay is the transaction a caller's function sees: what it writes is kept apart until the
// function has ended well, so that one that fails takes nothing of its neighbours with it.
type overlay struct {
	below   interface{ Get(key []byte) []byte }
	writes  map[string][]byte // nil is deleted
	refused error             // the first write that bbolt would not take
}

var _ store.Tx = (*overlay)(nil)

func (o *overlay) Get(key []byte) []byte {
	if v, ok := o.writes[string(key)]; ok {
		return v
	}
	defer blame()
	return o.below.Get(key)
}

// Put keeps copies: callers use their buffers again.
func (o *overlay) Put(key, value []byte) {
	if len(value) > bbolt.MaxValueSize {
		o.refuse(fmt.Errorf("put %.40q: value of %d bytes is too long", key, len(value)))
		return
	}
	o.set(key, append(make([]byte, 0, len(value)), value...))
}

func (o *overlay) Delete(key []byte) { o.set(key, nil) }

func (o *overlay) set(key, value []byte) {
	if len(key) == 0 || len(key) > bbolt.MaxKeySize {
		o.refuse(fmt.Errorf("put %.40q: key of %d bytes, want 1 to %d", key, len(key), bbolt.MaxKeySize))
		return
	}
	if o.writes == nil {
		o.writes = make(map[string][]byte)
	}
	o.writes[string(key)] = value
}

func (o *overlay) refuse(err error) {
	if o.refused == nil {
		o.refused = err
	}
}

// run runs a caller's function on it; what comes of that is for explain.
func (o *overlay) run(fn func(store.Tx) error) error {
	return guard(func() error {
		if err := fn(o); err != nil {
			return err
		}
		return o.refused
	})
}

// holds says that something is written, and not only deleted.
func (o *overlay) holds() bool {
	for _, v := range o.writes {
		if v != nil {
			return true
		}
	}
	return false
}

// flush writes in key order, which is cheapest for the tree and the same every time.
func (o *overlay) flush(to *bbolt.Bucket) error {
	for _, k := range slices.Sorted(maps.Keys(o.writes)) {
		var err error
		if v := o.writes[k]; v == nil {
			err = to.Delete([]byte(k))
		} else {
			err = to.Put([]byte(k), v)
		}
		if err != nil {
			return fmt.Errorf("put %.40q: %w", k, err)
		}
	}
	return nil
}

// reader reads one snapshot.
type reader struct{ bucket *bbolt.Bucket }

var _ store.Reader = reader{}

func (r reader) Get(key []byte) []byte {
	defer blame()
	return r.bucket.Get(key)
}

func (r reader) Range(prefix, from []byte, fn func(key, value []byte) bool) {
	start := prefix
	if bytes.Compare(from, prefix) > 0 {
		start = from
	}
	c := r.bucket.Cursor()
	k, v := step(func() ([]byte, []byte) { return c.Seek(start) })
	for k != nil && bytes.HasPrefix(k, prefix) && fn(k, v) {
		k, v = step(c.Next)
	}
}

func (r reader) RangeBack(prefix, before []byte, fn func(key, value []byte) bool) {
	end := successor(prefix)
	if before != nil && (end == nil || bytes.Compare(before, end) < 0) {
		end = before
	}
	c := r.bucket.Cursor()
	k, v := step(func() ([]byte, []byte) {
		if end != nil {
			if k, _ := c.Seek(end); k != nil {
				return c.Prev()
			}
		}
		return c.Last()
	})
	for k != nil && bytes.HasPrefix(k, prefix) && fn(k, v) {
		k, v = step(c.Prev)
	}
}

// step moves a cursor; what panics in it is the file's fault, not that of the caller's function.
func step(move func() (key, value []byte)) (key, value []byte) {
	defer blame()
	if key, value = move(); key != nil && value == nil {
		panic("an entry without a value")
	}
	return key, value
}

// successor is the first key after all keys that start with prefix; nil when there is none.
func successor(prefix []byte) []byte {
	for i := len(prefix) - 1; i >= 0; i-- {
		if prefix[i] < 0xff {
			end := bytes.Clone(prefix[:i+1])
			end[i]++
			return end
		}
	}
	return nil
}

// nothing is a store that does not exist yet.
type nothing struct{}

var _ store.Reader = nothing{}

func (nothing) Get([]byte) []byte                                      { return nil }
func (nothing) Range([]byte, []byte, func(key, value []byte) bool)     {}
func (nothing) RangeBack([]byte, []byte, func(key, value []byte) bool) {}
