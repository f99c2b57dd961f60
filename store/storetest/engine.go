package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"board.internal/samverkan/store"
)

func handleOf(t *testing.T, open func() store.Engine) store.Engine {
	t.Helper()
	e := open()
	t.Cleanup(func() { e.Close() })
	return e
}

func update(t *testing.T, e store.Engine, fn func(store.Tx)) {
	t.Helper()
	if err := e.Update(context.Background(), func(tx store.Tx) error { fn(tx); return nil }); err != nil {
		t.Fatal(err)
	}
}

func view(t *testing.T, e store.Engine, fn func(store.Reader)) {
	t.Helper()
	if err := e.View(context.Background(), func(r store.Reader) error { fn(r); return nil }); err != nil {
		t.Fatal(err)
	}
}

// atomicUpdate: all that a function wrote is kept, or nothing.
func atomicUpdate(t *testing.T, open func() store.Engine) {
	a, b := handleOf(t, open), handleOf(t, open)
	view(t, a, func(r store.Reader) {
		if v := r.Get([]byte("k")); v != nil {
			t.Errorf("an empty store holds %q", v)
		}
		r.Range(nil, nil, func(k, _ []byte) bool { t.Errorf("an empty store holds %q", k); return true })
	})
	update(t, a, func(tx store.Tx) {
		tx.Put([]byte("k"), []byte("1"))
		if v := tx.Get([]byte("k")); string(v) != "1" {
			t.Errorf("own write reads %q", v)
		}
		tx.Put([]byte("gone"), []byte("1"))
		tx.Delete([]byte("gone"))
		if v := tx.Get([]byte("gone")); v != nil {
			t.Errorf("deleted key reads %q", v)
		}
	})
	mine := errors.New("mine")
	err := b.Update(context.Background(), func(tx store.Tx) error {
		tx.Put([]byte("k"), []byte("2"))
		tx.Delete([]byte("k"))
		tx.Put([]byte("l"), []byte("2"))
		return mine
	})
	if err != mine {
		t.Errorf("a function's error came back as %v", err)
	}
	view(t, b, func(r store.Reader) {
		if k, l, gone := r.Get([]byte("k")), r.Get([]byte("l")), r.Get([]byte("gone")); string(k) != "1" || l != nil || gone != nil {
			t.Errorf("k %q, l %q, gone %q", k, l, gone)
		}
	})
}

// refused: on a store that nobody has written to, what is refused or writes nothing leaves it so, and does not
// stand in the way of the first that writes.
func refused(t *testing.T, open func() store.Engine) {
	a, b := handleOf(t, open), handleOf(t, open)
	mine := errors.New("mine")
	for want, fn := range map[error]func(store.Tx){
		mine: func(tx store.Tx) { tx.Put([]byte("k"), []byte("1")) },
		nil:  func(tx store.Tx) { tx.Get([]byte("k")); tx.Delete([]byte("k")) },
	} {
		if err := a.Update(context.Background(), func(tx store.Tx) error { fn(tx); return want }); err != want {
			t.Errorf("a function's %v came back as %v", want, err)
		}
		view(t, b, func(r store.Reader) {
			r.Range(nil, nil, func(k, _ []byte) bool { t.Errorf("a refused write left %q", k); return true })
		})
	}
	update(t, b, func(tx store.Tx) {
		if v := tx.Get([]byte("k")); v != nil {
			t.Errorf("a refused write left %q", v)
		}
		tx.Put([]byte("k"), []byte("2"))
	})
	view(t, a, func(r store.Reader) {
		if v := r.Get([]byte("k")); string(v) != "2" {
			t.Errorf("the first write reads %q", v)
		}
	})
}

// keyOrder: ranges are ordered, bounded, and stop when told.
func keyOrder(t *testing.T, open func() store.Engine) {
	e := handleOf(t, open)
	update(t, e, func(tx store.Tx) {
		for _, k := range []string{"a", "b2", "b10", "b1", "b\xff\xff", "b", "c"} {
			tx.Put([]byte(k), []byte("="+k))
		}
	})
	collect := func(limit int) (keys *[]string, fn func(k, v []byte) bool) {
		keys = &[]string{}
		return keys, func(k, v []byte) bool {
			if string(v) != "="+string(k) {
				t.Errorf("%q holds %q", k, v)
			}
			*keys = append(*keys, string(k))
			return len(*keys) < limit
		}
	}
	view(t, e, func(r store.Reader) {
		for _, c := range []struct {
			back         bool
			prefix, edge string
			limit        int
			want         []string
		}{
			{false, "b", "", 9, []string{"b", "b1", "b10", "b2", "b\xff\xff"}},
			{false, "b", "b10", 9, []string{"b10", "b2", "b\xff\xff"}},
			{false, "b", "b11", 1, []string{"b2"}},
			{false, "x", "", 9, []string{}},
			{false, "", "", 2, []string{"a", "b"}},
			{true, "b", "", 9, []string{"b\xff\xff", "b2", "b10", "b1", "b"}},
			{true, "b", "b2", 9, []string{"b10", "b1", "b"}},
			{true, "b", "b11", 1, []string{"b10"}},
			{true, "", "", 2, []string{"c", "b\xff\xff"}},
			{true, "x", "", 9, []string{}},
		} {
			keys, fn := collect(c.limit)
			var edge []byte
			if c.edge != "" {
				edge = []byte(c.edge)
			}
			if c.back {
				r.RangeBack([]byte(c.prefix), edge, fn)
			} else {
				r.Range([]byte(c.prefix), edge, fn)
			}
			if !slices.Equal(*keys, c.want) {
				t.Errorf("%+v: %q", c, *keys)
			}
		}
	})
}

// signals: every handle hears of a commit, whoever made it.
func signals(t *testing.T, open func() store.Engine) {
	a, b := handleOf(t, open), handleOf(t, open)
	for i := range 3 {
		update(t, a, func(tx store.Tx) { tx.Put([]byte("k"), fmt.Append(nil, i)) })
		<-a.Changed()
		<-b.Changed()
	}
}
