package storetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
)

// presence: what a session announces is seen through every handle, in the place of what it announced before, until it
// is withdrawn or its handle is closed.
func presence(t *testing.T, open func() store.Engine) {
	a, b := handleOf(t, open), handleOf(t, open)
	pa, ok := a.(store.Presence)
	if !ok {
		t.Skip("this engine keeps no presence")
	}
	pb := b.(store.Presence)
	update(t, a, func(tx store.Tx) { tx.Put([]byte("k"), []byte("1")) }) // some keep it only beside a store
	want := func(words string) {
		t.Helper()
		for _, p := range []store.Presence{pa, pb} {
			var got []string
			for session, what := range p.Announced() {
				got = append(got, session+"="+string(what))
			}
			if slices.Sort(got); strings.Join(got, " ") != words {
				t.Errorf("announced %q, want %q", got, words)
			}
		}
	}
	want("")
	pa.Announce("a1", []byte("one"))
	pa.Announce("a2", []byte("two"))
	pb.Announce("b1", []byte("three"))
	want("a1=one a2=two b1=three")
	for range 3 {
		pa.Announce("a1", []byte("one"))
	}
	pa.Announce("a1", []byte("other"))
	pb.Withdraw("a2") // which is not its own
	pa.Announce("a3", make([]byte, store.MaxAnnounced+1))
	want("a1=other a2=two b1=three")
	pa.Withdraw("a1")
	pa.Withdraw("a1")
	want("a2=two b1=three")
	if err := a.Close(); err != nil {
		t.Error(err)
	}
	pa.Announce("a4", []byte("late"))
	pa = pb
	want("b1=three")
	for i := range store.MaxPresent + 10 {
		pb.Announce(fmt.Sprintf("c%x", i), []byte("many"))
	}
	if n := len(pb.Announced()); n != store.MaxPresent {
		t.Errorf("%d are announced, more than %d", n, store.MaxPresent)
	}
}

// present: two who sit at two handles see each other, what they are at and that they leave, without a write to the
// board; before anybody watches each look is a look, after it they come by themselves.
func present(t *testing.T, open func() store.Engine) {
	engine := open()
	if _, ok := engine.(store.Presence); !ok {
		engine.Close()
		t.Skip("this engine keeps no presence")
	}
	a, b := storeOn(t, engine), storeOn(t, open())
	id := propose(t, a, "LÄRKA")
	kalle := a.Sit(store.Present{Officer: "kalle", Initials: "KA", Agency: "KFM"})
	berit := b.Sit(store.Present{Officer: "berit"})
	names := func(s *store.Store) (all string) {
		for _, p := range s.Here() {
			all += p.Name() + string(p.Effort) + " "
		}
		return all
	}
	if got := names(a); got != "KA berit " {
		t.Errorf("here are %q", got)
	}
	at := store.Present{Officer: "kalle", Initials: "KA", Agency: "KFM", Doing: store.Doing{Effort: id, Editing: []model.EffortID{id}}}
	kalle.Is(at)
	if got := editedBy(b.Here(), berit.Session(), "NORD-2026-001", id); !slices.Equal(got, []string{"KA"}) {
		t.Errorf("it is edited by %q", got)
	}
	if got := editedBy(b.Here(), kalle.Session(), id); got != nil {
		t.Errorf("but for its own session it is edited by %q", got)
	}
	changed, stop := b.Watch()
	defer stop()
	until := func(want string) {
		t.Helper()
		for names(b) != want {
			<-changed
		}
	}
	until("KA" + string(id) + " berit ")
	kalle.Leave()
	kalle.Is(at)
	until("berit ")
	if s := a.Sit(store.Present{Officer: "a\x1b[2J"}); names(a) != "berit " {
		t.Errorf("a name that is none is seen: %q", names(a))
	} else {
		s.Leave()
	}
	if _, err := b.Load(t.Context()); err != nil || b.Board().Seq() != 1 {
		t.Errorf("presence wrote to the board: %d entries, %v", b.Board().Seq(), err)
	}
}

// editedBy returns who but one session has one of the efforts open to change it, each name once.
func editedBy(here []store.Present, but string, efforts ...model.EffortID) (names []string) {
	for i := range here {
		p := &here[i]
		if p.Session == but || slices.Contains(names, p.Name()) {
			continue
		}
		if slices.ContainsFunc(p.Editing, func(id model.EffortID) bool { return slices.Contains(efforts, id) }) {
			names = append(names, p.Name())
		}
	}
	return names
}
