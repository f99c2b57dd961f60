package storetest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
)

// diff says how got differs from want, "" when it does not; nil and empty are the same.
func diff(want, got any) string {
	if reflect.DeepEqual(want, got) {
		return "" // nearly always, and a hundred times faster
	}
	return cmp.Diff(want, got, cmpopts.EquateEmpty(), cmp.AllowUnexported(model.Effort{}, model.Changing{}))
}

// walk does whatever comes to mind on a store and on its twin, and compares all there is after each step.
func walk(t *testing.T, fresh func(*testing.T) func() store.Engine) {
	rapid.Check(t, func(r *rapid.T) {
		ctx := context.Background()
		open := fresh(t)
		c := &clock{}
		c.seconds.Store(1_750_000_000)
		cat := Catalogue()
		writer, other := begin(r, open(), cat, c), begin(r, open(), cat, c)
		defer func() { writer.Close(); other.Close() }()
		w, then := newTwin(cat), remembered{}
		for range rapid.IntRange(1, 25).Draw(r, "steps") {
			c.seconds.Add(rapid.Int64Range(0, 100_000).Draw(r, "later"))
			actor := Officer(rapid.SampledFrom(walkers).Draw(r, "officer"))
			actor.Agency = rapid.SampledFrom([]model.AgencyCode{"", "POL", "KFM"}).Draw(r, "agency")
			step(r, c, writer, w, actor, someCommand(r, w))
			then.remember(c, w)
			switch rapid.IntRange(0, 4).Draw(r, "look") {
			case 0:
				same(r, writer, w)
			case 1: // the other one goes on
				writer, other = other, writer
				if _, err := writer.Load(ctx); err != nil {
					r.Fatal(err)
				}
				same(r, writer, w)
			}
		}
		same(r, writer, w)
		who := Officer(rapid.SampledFrom(walkers).Draw(r, "back and forth"))
		for _, back := range []model.Command{model.Undo{Rest: true}, model.Redo{Rest: true}} { // down to the bottom of a stack
			for step(r, c, writer, w, who, back) {
			}
		}
		same(r, writer, w)
		then.remember(c, w)
		then.looksBack(r, writer, c)
		v, err := writer.Verify(ctx)
		if err != nil || v.Entries != len(w.events) || v.Efforts != len(w.efforts) {
			r.Fatalf("verify: %+v, %v; want %d entries, %d efforts", v, err, len(w.events), len(w.efforts))
		}
		again := begin(r, open(), cat, c)
		defer again.Close()
		same(r, again, w)
	})
}

// walkers are the officers of a walk.
var walkers = []model.OfficerID{"anna", "bo", "åsa"}

// clock is a time that goes when it is told to.
type clock struct{ seconds atomic.Int64 }

func (c *clock) now() time.Time { return time.Unix(c.seconds.Load(), 0) }

type fatal interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
}

func begin(t fatal, engine store.Engine, cat *model.Catalogue, c *clock) *store.Store {
	t.Helper()
	opts := store.Options{}
	if c != nil {
		opts.Now = c.now
	}
	s := store.Open(engine, cat, opts)
	if _, err := s.Load(context.Background()); err != nil {
		t.Fatal(err)
	}
	return s
}

// step does one command on both, at the time of the clock, and compares what came of it. It reports whether anything did.
func step(t fatal, c *clock, s *store.Store, w *twin, actor model.Actor, cmd model.Command) bool {
	ctx := context.Background()
	at := s.Board().At()
	tried, tryErr := s.Try(ctx, actor, cmd)
	got, gotErr := s.Do(ctx, actor, cmd)
	now := at.Time()
	if len(got.Events) > 0 {
		now = got.Events[0].At.Time()
	}
	if fmt.Sprint(tryErr) != fmt.Sprint(gotErr) || len(tried) != len(got.Events) {
		t.Fatalf("%#v: tried %v, %v; done %v, %v", cmd, tried, tryErr, got.Events, gotErr)
	}
	if gotErr != nil {
		var e *model.Error
		var p model.Problems
		if !errors.As(gotErr, &e) && !errors.As(gotErr, &p) {
			t.Fatalf("%#v: %v", cmd, gotErr)
		}
		now = c.now()
	}
	want, wantErr := model.Decide(w, actor, cmd, now)
	if gotErr != nil || wantErr != nil {
		if fmt.Sprint(gotErr) != fmt.Sprint(wantErr) {
			t.Fatalf("%#v: store says %v, twin %v", cmd, gotErr, wantErr)
		}
		return false
	}
	for i := range want {
		want[i].Seq = uint64(len(w.events) + i + 1)
		want[i].Op = got.Events[min(i, len(got.Events)-1)].Op
	}
	if d := diff(want, got.Events); d != "" {
		t.Fatalf("%#v: events (-twin +store):\n%s", cmd, d)
	}
	if len(want) == 0 {
		return false
	}
	if err := w.apply(want); err != nil {
		t.Fatal(err)
	}
	for _, e := range got.Efforts {
		if d := diff(w.efforts[e.ID], e); d != "" {
			t.Fatalf("%#v: result (-twin +store):\n%s", cmd, d)
		}
	}
	return true
}

// same compares everything that can be read of a store with its twin.
func same(t fatal, s *store.Store, w *twin) {
	t.Helper()
	sameBoard(t, s, w)
	sameOfficers(t, s, w)
	samePINs(t, s, w)
}

// sameBoard compares what people see of a store with its twin.
func sameBoard(t fatal, s *store.Store, w *twin) {
	t.Helper()
	ctx := context.Background()
	var all []*model.Effort
	open := map[model.EffortID]*model.Effort{}
	ids := w.ids()
	for i, id := range ids {
		e := w.efforts[id]
		all = append(all, e)
		if e.Open() {
			open[id] = e
		}
		if i == 0 || i == len(ids)-1 {
			sameEffort(t, s, w, e)
		}
	}
	board := map[model.EffortID]*model.Effort{}
	for e := range s.Board().All() {
		board[e.ID] = e
	}
	if d := diff(open, board); d != "" {
		t.Fatalf("board (-twin +store):\n%s", d)
	}
	if got := s.Board().Seq(); got != uint64(len(w.events)) {
		t.Fatalf("board at %d, want %d", got, len(w.events))
	}
	if d := diff(w.partners(), inOrder(s.Board().Partners())); d != "" {
		t.Fatalf("partners on the board (-twin +store):\n%s", d)
	}
	if want, got := w.important(), s.Board().Important(0); len(got) > len(want) || diff(want[:len(got)], got) != "" || len(got) == 0 && len(want) > 0 {
		t.Fatalf("important notes on the board: %+v, want %+v", got, want)
	}
	sameHandovers(t, s, w)
	sameMeetings(t, s, w)
	var stored []*model.Effort
	err := s.Efforts(ctx, func(e *model.Effort) bool { stored = append(stored, e); return true })
	if d := diff(all, stored); err != nil || d != "" {
		t.Fatalf("efforts: %v (-twin +store):\n%s", err, d)
	}
	sameDump(t, s, w, all)
	sameEnded(t, s, all)
	sameJournal(t, s, w)
}

func sameEffort(t fatal, s *store.Store, w *twin, e *model.Effort) {
	t.Helper()
	got, err := s.Effort(context.Background(), string(e.ID))
	if d := diff(e, got); err != nil || d != "" {
		t.Fatalf("effort %s: %v (-twin +store):\n%s", e.ID, err, d)
	}
	notes, err := s.Notes(context.Background(), e.ID)
	if d := diff(w.notesOf(e.ID), notes); err != nil || d != "" {
		t.Fatalf("notes of %s: %v (-twin +store):\n%s", e.ID, err, d)
	}
}

func sameDump(t fatal, s *store.Store, w *twin, all []*model.Effort) {
	t.Helper()
	var dumped []*model.Effort
	partners, err := s.Dump(context.Background(), func(e *model.Effort, notes []model.Note) bool {
		if d := diff(w.notesOf(e.ID), notes); d != "" {
			t.Fatalf("dumped notes of %s (-twin +store):\n%s", e.ID, d)
		}
		dumped = append(dumped, e)
		return true
	})
	if d := diff(all, dumped) + diff(w.partners(), inOrder(partners)); err != nil || d != "" {
		t.Fatalf("dump: %v (-twin +store):\n%s", err, d)
	}
}

// sameOfficers compares what each officer has put aside, as the inbox shows it, and what each could undo and redo.
func sameOfficers(t fatal, s *store.Store, w *twin) {
	t.Helper()
	board, today := w.board(), s.Board().Catalogue().Today(s.Board().At())
	for _, id := range walkers {
		who := Officer(id)
		want, wantBack := model.NewInbox(who).Lines(board, today)
		got, back := model.NewInbox(who).Lines(s.Board(), today)
		if d := diff(want, got); d != "" || back != wantBack {
			t.Fatalf("inbox of %s: back %s, want %s (-twin +store):\n%s", id, back, wantBack, d)
		}
		for _, c := range []model.Command{model.Undo{}, model.Undo{Rest: true}, model.Redo{}, model.Redo{Rest: true}} {
			want, wantErr := model.Decide(w, who, c, s.Board().At().Time())
			got, err := s.Try(context.Background(), who, c)
			if fmt.Sprint(err) != fmt.Sprint(wantErr) || len(got) != len(want) {
				t.Fatalf("%s could %#v: store says %v, %v, twin %v, %v", id, c, got, err, want, wantErr)
			}
			for i := range got {
				if got[i].Undoes != want[i].Undoes || diff(want[i].Changes, got[i].Changes) != "" {
					t.Fatalf("%s could %#v: store says %+v, twin %+v", id, c, got[i], want[i])
				}
			}
		}
	}
}

// samePINs compares what the store keeps for the program only.
func samePINs(t fatal, s *store.Store, w *twin) {
	t.Helper()
	for _, id := range walkers {
		got, err := s.Registered(context.Background(), model.PINKey(id), model.TriesKey(id))
		want := []string{w.register[model.PINKey(id)], w.register[model.TriesKey(id)]}
		if err != nil || !slices.Equal(want, got) {
			t.Fatalf("PIN of %s: %q, %v, want %q", id, got, err, want)
		}
	}
}

// sameHandovers compares the handovers of a desk with what the twin's register has of them, and who signed when.
func sameHandovers(t fatal, s *store.Store, w *twin) {
	t.Helper()
	for _, region := range []model.RegionCode{"SYD", "NAT", "NORD"} {
		signed := map[model.OfficerID]model.Stamp{}
		var want []model.Handover
		last, _ := (model.Entry{EntryKey: model.HandoverKeys(region, 0)[0], Value: w.register[model.HandoverKeys(region, 0)[0]]}).Handover()
		for n := last.Number; n > 0; n-- {
			h := model.Handover{Region: region, Number: n}
			for _, k := range model.HandoverKeys(region, n) {
				h.Take(model.Entry{EntryKey: k, Value: w.register[k]})
			}
			for _, who := range walkers {
				if signed[who] == 0 {
					signed[who] = h.By(who)
				}
			}
			want = append(want, h)
		}
		for _, who := range walkers {
			if at, err := s.Signed(context.Background(), who, region); err != nil || at != signed[who] {
				t.Fatalf("%s signed in %s at %s, %v; want %s", who, region, at, err, signed[who])
			}
		}
		got, err := s.Handovers(context.Background(), region, 100)
		if d := diff(want, got); err != nil || d != "" {
			t.Fatalf("handovers of %s: %v (-twin +store):\n%s", region, err, d)
		}
		if d := diff(w.board().Handover(region), s.Board().Handover(region)); d != "" {
			t.Fatalf("last handover of %s on the board (-twin +store):\n%s", region, d)
		}
	}
}

// sameMeetings compares a council's meetings with what the twin's register has of them, and the minutes of the last with
// those of the twin's journal.
func sameMeetings(t fatal, s *store.Store, w *twin) {
	t.Helper()
	ctx := context.Background()
	for _, region := range []model.RegionCode{"SYD", "NAT"} {
		var want []model.Meeting
		last, _ := (model.Entry{EntryKey: model.MeetingKeys(region, 0)[0], Value: w.register[model.MeetingKeys(region, 0)[0]]}).Meeting()
		for n := last.Number; n > 0; n-- {
			m := model.Meeting{Region: region, Number: n}
			for _, k := range model.MeetingKeys(region, n) {
				m.Take(model.Entry{EntryKey: k, Value: w.register[k]})
			}
			want = append(want, m)
			if n < last.Number {
				continue
			}
			minutes, err := s.Minutes(ctx, region, n)
			if d := diff(w.minutes(m), minutes.Minutes); err != nil || d != "" {
				t.Fatalf("minutes of %s %d: %v (-twin +store):\n%s", region, n, err, d)
			}
		}
		got, err := s.Meetings(ctx, region, 100)
		if d := diff(want, got); err != nil || d != "" {
			t.Fatalf("meetings of %s: %v (-twin +store):\n%s", region, err, d)
		}
		if d := diff(w.board().Meeting(region), s.Board().Meeting(region)); d != "" {
			t.Fatalf("last meeting of %s on the board (-twin +store):\n%s", region, d)
		}
		today := s.Board().Catalogue().Today(s.Board().At())
		wantItems, _ := w.board().Agenda(region, today)
		items, _ := s.Board().Agenda(region, today)
		if d := diff(wantItems, items); d != "" {
			t.Fatalf("agenda of %s (-twin +store):\n%s", region, d)
		}
	}
}

// minutes are those of a meeting, by the twin's journal.
func (w *twin) minutes(m model.Meeting) model.Minutes {
	from, to := 0, len(w.events)
	for i := range w.events {
		for _, e := range w.events[i].Entries() {
			of, ok := e.Meeting()
			switch {
			case !ok || of.Region != m.Region || of.Number != m.Number:
			case of.Begun.At != 0:
				from = i + 1
			case of.Ended.At != 0:
				to = i
			}
		}
	}
	return model.MinutesOf(m, w.events[from:to], func(id model.EffortID) *model.Effort { return w.efforts[id] })
}

func sameEnded(t fatal, s *store.Store, all []*model.Effort) {
	t.Helper()
	since := model.Day(20_300)
	want := map[model.EffortID]bool{}
	for _, e := range all {
		if !e.Open() && s.Board().Catalogue().Today(e.Ended) >= since {
			want[e.ID] = true
		}
	}
	got := map[model.EffortID]bool{}
	err := s.Ended(context.Background(), since, func(e *model.Effort) bool { got[e.ID] = true; return true })
	if err != nil || !maps.Equal(want, got) {
		t.Fatalf("ended: %v: %v, want %v", err, got, want)
	}
}

// partners are those in the register.
func (w *twin) partners() (partners []model.Partner) {
	for k, v := range w.register {
		if p, ok := (model.Entry{EntryKey: k, Value: v}).Partner(); ok {
			partners = append(partners, p)
		}
	}
	return inOrder(partners)
}

func inOrder(partners []model.Partner) []model.Partner {
	return slices.SortedFunc(slices.Values(partners), func(a, b model.Partner) int {
		return strings.Compare(string(a.Region)+" "+a.Name, string(b.Region)+" "+b.Name)
	})
}

// board is what a store's is to be like.
func (w *twin) board() *model.Board {
	var open []*model.Effort
	for _, e := range w.efforts {
		if e.Open() {
			open = append(open, e)
		}
	}
	var register []model.Entry
	for k, v := range w.register {
		register = append(register, model.Entry{EntryKey: k, Value: v})
	}
	return model.BoardOf(w.cat, uint64(len(w.events)), 0, open, register)
}

func sameJournal(t fatal, s *store.Store, w *twin) {
	t.Helper()
	for _, q := range []store.Query{{}, {Newest: true}, {Limit: 3, After: 2}, {Limit: 2, Newest: true, Before: 5},
		{Officer: "bo"}, {Effort: "SYD-2025-001"}, {Effort: "SYD-2025-001", Newest: true, Limit: 1}, {Since: 1_750_200_000, Before: 9}} {
		var want []model.Event
		for _, ev := range w.events {
			if (q.Officer == "" || q.Officer == ev.Officer) && (q.Effort == "" || q.Effort == ev.Effort) && ev.At >= q.Since &&
				ev.Seq > q.After && (q.Before == 0 || ev.Seq < q.Before) {
				want = append(want, ev.Public())
			}
		}
		if q.Newest {
			slices.Reverse(want)
		}
		if q.Limit > 0 {
			want = want[:min(q.Limit, len(want))]
		}
		entries, err := s.Journal(context.Background(), q)
		var got []model.Event
		for _, e := range entries {
			got = append(got, e.Event)
		}
		if d := diff(want, got); err != nil || d != "" {
			t.Fatalf("journal %+v: %v (-twin +store):\n%s", q, err, d)
		}
	}
}
