// Package storetest holds what tests of and on a store need: an engine in memory, and the contract of
// store.Engine and store.Store as tests that every driver must pass.
package storetest

import (
	"bufio"
	"context"
	"encoding/binary"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"

	"board.internal/samverkan/store"
)

// Memory returns an empty engine that keeps everything in memory.
func Memory() store.Engine { return Shared()() }

// Shared returns what opens handles on one and the same store in memory, as processes open one file.
func Shared() (open func() store.Engine) {
	m := &memory{values: map[string][]byte{}, announced: map[string]announced{}}
	return func() store.Engine {
		h := &handle{memory: m, changed: make(chan struct{}, 1)}
		m.mu.Lock()
		defer m.mu.Unlock()
		m.handles = append(m.handles, h)
		return h
	}
}

// memory is the store: values by key, and the keys in order. What was added since they were last put in
// order waits in added, so that neither a big import nor a small change is slow.
type memory struct {
	mu      sync.Mutex
	values  map[string][]byte
	keys    []string
	added   []string
	handles []*handle
	// announced is what the sessions put up, and through which handle.
	announced map[string]announced
}

type announced struct {
	by   *handle
	what []byte
}

type handle struct {
	*memory
	changed chan struct{}
	closed  bool // under mu
}

var errClosed = fmt.Errorf("%w: the engine is closed", store.ErrAway)

func (h *handle) ready(ctx context.Context) error {
	if h.closed {
		return errClosed
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("%w: %w", store.ErrBusy, err)
	}
	return nil
}

// Update implements store.Engine.
func (h *handle) Update(ctx context.Context, fn func(store.Tx) error) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if err := h.ready(ctx); err != nil {
		return err
	}
	tx := &transaction{h.memory, map[string][]byte{}}
	if err := fn(tx); err != nil || len(tx.changes) == 0 {
		return err
	}
	for k, v := range tx.changes {
		if _, there := h.values[k]; !there && v != nil {
			h.added = append(h.added, k)
		}
		if h.values[k] = v; v == nil {
			delete(h.values, k) // its key goes when the keys are next put in order
		}
	}
	for _, o := range h.handles {
		select {
		case o.changed <- struct{}{}:
		default:
		}
	}
	return nil
}

// View implements store.Engine. One reads at a time.
func (h *handle) View(ctx context.Context, fn func(store.Reader) error) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if err := h.ready(ctx); err != nil {
		return err
	}
	h.order()
	return fn(reader{h.memory})
}

// order merges the added keys and drops those that are gone.
func (m *memory) order() {
	if len(m.added) == 0 && len(m.keys) == len(m.values) {
		return
	}
	slices.Sort(m.added)
	keys := make([]string, 0, len(m.values))
	old, added := m.keys, m.added
	for len(old) > 0 || len(added) > 0 {
		from := &old
		if len(old) == 0 || len(added) > 0 && added[0] < old[0] {
			from = &added
		}
		k := (*from)[0]
		*from = (*from)[1:]
		if _, there := m.values[k]; there && (len(keys) == 0 || keys[len(keys)-1] != k) {
			keys = append(keys, k)
		}
	}
	m.keys, m.added = keys, nil
}

// Changed implements store.Engine.
func (h *handle) Changed() <-chan struct{} { return h.changed }

// Backup implements store.Engine: every key and value, each after its length.
func (h *handle) Backup(ctx context.Context, file string) error {
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		if os.IsExist(err) {
			err = fs.ErrExist
		}
		return fmt.Errorf("back up to %s: %w", file, err)
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	err = h.View(ctx, func(r store.Reader) error {
		r.Range(nil, nil, func(key, value []byte) bool {
			for _, b := range [][]byte{key, value} {
				w.Write(binary.AppendUvarint(nil, uint64(len(b))))
				w.Write(b)
			}
			return true
		})
		return nil
	})
	if err == nil {
		err = w.Flush()
	}
	return err
}

// Check implements store.Engine: there is no structure that could break.
func (h *handle) Check(ctx context.Context) error {
	return h.View(ctx, func(store.Reader) error { return nil })
}

// Announce implements store.Presence.
func (h *handle) Announce(session string, what []byte) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.closed && len(what) <= store.MaxAnnounced {
		h.announced[session] = announced{h, slices.Clone(what)}
	}
}

// Withdraw implements store.Presence.
func (h *handle) Withdraw(session string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.announced[session].by == h {
		delete(h.announced, session)
	}
}

// Announced implements store.Presence.
func (h *handle) Announced() map[string][]byte {
	h.mu.Lock()
	defer h.mu.Unlock()
	all := map[string][]byte{}
	for session, a := range h.announced {
		if len(all) < store.MaxPresent {
			all[session] = a.what
		}
	}
	return all
}

// Close implements store.Engine.
func (h *handle) Close() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.closed {
		h.closed = true
		close(h.changed)
		maps.DeleteFunc(h.announced, func(_ string, a announced) bool { return a.by == h })
		h.handles = slices.DeleteFunc(h.handles, func(o *handle) bool { return o == h })
	}
	return nil
}

type reader struct{ *memory }

func (r reader) Get(key []byte) []byte { return r.values[string(key)] }

func (r reader) Range(prefix, from []byte, fn func(key, value []byte) bool) {
	i, _ := slices.BinarySearch(r.keys, max(string(prefix), string(from)))
	for ; i < len(r.keys) && strings.HasPrefix(r.keys[i], string(prefix)); i++ {
		if !fn([]byte(r.keys[i]), r.values[r.keys[i]]) {
			return
		}
	}
}

func (r reader) RangeBack(prefix, before []byte, fn func(key, value []byte) bool) {
	end, _ := slices.BinarySearchFunc(r.keys, string(prefix), func(k, p string) int {
		if k < p || strings.HasPrefix(k, p) {
			return -1
		}
		return 1
	})
	if before != nil {
		i, _ := slices.BinarySearch(r.keys, string(before))
		end = min(end, i)
	}
	for i := end - 1; i >= 0 && strings.HasPrefix(r.keys[i], string(prefix)); i-- {
		if !fn([]byte(r.keys[i]), r.values[r.keys[i]]) {
			return
		}
	}
}

// transaction keeps its writes to itself until it is done; nil is a deleted key.
type transaction struct {
	*memory
	changes map[string][]byte
}

func (t *transaction) Get(key []byte) []byte {
	if v, ok := t.changes[string(key)]; ok {
		return v
	}
	return t.values[string(key)]
}

func (t *transaction) Put(key, value []byte) {
	t.changes[string(key)] = append(make([]byte, 0, len(value)), value...)
}

func (t *transaction) Delete(key []byte) { t.changes[string(key)] = nil }
