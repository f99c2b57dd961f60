package screen_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/store/storetest"
)

// leaving is a store that can go away and come back.
type leaving struct {
	store.Engine
	away atomic.Bool
}

func (l *leaving) View(ctx context.Context, fn func(store.Reader) error) error {
	if l.away.Load() {
		return store.ErrAway
	}
	return l.Engine.View(ctx, fn)
}

func (l *leaving) Update(ctx context.Context, fn func(store.Tx) error) error {
	if l.away.Load() {
		return errors.Join(store.ErrAway, errors.New("disk full"))
	}
	return l.Engine.Update(ctx, fn)
}

// TestStoreAway: a store that goes away is said in the frame, the board stays readable, what cannot be saved
// is not lost, and all of it recovers by itself.
func TestStoreAway(t *testing.T) {
	c := &clock{start}
	engine := &leaving{Engine: storetest.Memory()}
	s := openStore(t, engine, c)
	seed(t, s)
	b := sit(t, s, c, officer{actor: national(), lang: "en"})
	changed, stop := s.Watch()
	defer stop()
	until := func(want bool) {
		for (s.State().Err == nil) != want {
			<-changed
		}
		b.look()
	}
	b.press("6", "tab")
	engine.away.Store(true)
	until(false)
	c.now = c.now.Add(4 * time.Second)
	if f := b.frame(); !strings.Contains(f, "s old") && !strings.Contains(f, "store away") || !strings.Contains(f, "LÄRKA") {
		t.Fatal(f)
	}
	c.now = c.now.Add(time.Minute)
	if f := b.frame(); !strings.Contains(f, "store away") {
		t.Fatal(f)
	}
	b.press("n", "\"not to be lost\"", "enter")
	if f := b.frame(); !strings.Contains(f, "not to be lost") || strings.Contains(f, "undo") {
		t.Fatalf("what could not be saved is gone, or is said to be saved:\n%s", f)
	}
	engine.away.Store(false)
	until(true)
	if f := b.frame(); !strings.Contains(f, "live") {
		t.Fatal(f)
	}
	b.press("enter")
	e := s.Board().Find("larka")
	if notes, err := s.Notes(context.Background(), e.ID); err != nil || len(notes) != 1 || notes[0].Text != "not to be lost" {
		t.Fatalf("%v %v", notes, err)
	}
	if _, err := s.Do(context.Background(), national(), model.Undo{}); err != nil {
		t.Fatal(err)
	}
}
