package model_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"board.internal/samverkan/model"
)

// twin is a Ledger in memory: what a store must be to Decide, in the fewest words. It folds every event with
// Event.On and keeps nothing else of an effort.
type twin struct {
	cat      *model.Catalogue
	now      time.Time
	efforts  map[model.EffortID]*model.Effort
	names    map[string]model.EffortID
	numbers  map[string]int
	register map[model.EntryKey]string
	stacks   map[model.OfficerID][][]model.Event
	undone   map[model.OfficerID][][]model.Event
	journal  []model.Event
}

func newTwin() *twin {
	return &twin{
		cat: catalogue(), now: time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC),
		efforts: map[model.EffortID]*model.Effort{}, names: map[string]model.EffortID{}, numbers: map[string]int{},
		register: map[model.EntryKey]string{}, stacks: map[model.OfficerID][][]model.Event{}, undone: map[model.OfficerID][][]model.Event{},
	}
}

// catalogue is the default one with what the rules about membership and local presence need: OLD is no
// member any more, and KFM has one office.
func catalogue() *model.Catalogue {
	cat := model.DefaultCatalogue()
	cat.Zone = time.UTC
	cat.Agencies = append(cat.Agencies, model.Agency{Code: "OLD", Name: model.Names{SV: "Gamla verket", EN: "Old agency"}, To: day("2020-12-31")})
	cat.Agency("KFM").Offices = []model.RegionCode{"STHLM"}
	cat.Agency("KFM").Capacity = map[model.RegionCode]int{"SYD": 1}
	cat.Partners = []model.Partner{{Region: "SYD", Name: "Kommunen"}}
	for _, a := range []model.Actor{nuc, rsrSyd, kfmSyd, wall, officer("x", "KFM", model.Liaison, "SYD")} {
		cat.Officers = append(cat.Officers, model.Officer{ID: a.Officer, Agency: a.Agency, Role: a.Role, Regions: a.Regions})
	}
	return cat
}

func (w *twin) Catalogue() *model.Catalogue            { return w.cat }
func (w *twin) Effort(id model.EffortID) *model.Effort { return w.efforts[id] }
func (w *twin) Named(folded string) model.EffortID     { return w.names[folded] }
func (w *twin) Registered(k model.EntryKey) string     { return w.register[k] }
func (w *twin) Numbered(region model.RegionCode, year int) int {
	return w.numbers[numberKey(region, year)]
}
func numberKey(region model.RegionCode, year int) string {
	return string(model.NewEffortID(region, year, 0))
}

func (w *twin) History(id model.EffortID, after uint32) (events []model.Event) {
	for _, ev := range w.journal {
		switch {
		case ev.Effort != id:
			continue
		case ev.Begins():
			events = nil
		}
		if ev.Version > after {
			events = append(events, ev)
		}
	}
	return events
}

func (w *twin) Last(officer model.OfficerID) []model.Event   { return top(w.stacks[officer]) }
func (w *twin) Undone(officer model.OfficerID) []model.Event { return top(w.undone[officer]) }

func top(stack [][]model.Event) []model.Event {
	if len(stack) == 0 {
		return nil
	}
	return stack[len(stack)-1]
}

// try lets Decide answer a command and takes in what came of it, a minute after the one before.
func (w *twin) try(actor model.Actor, command model.Command) ([]model.Event, error) {
	w.now = w.now.Add(time.Minute)
	events, err := model.Decide(w, actor, command, w.now)
	if err != nil || len(events) == 0 {
		return nil, err
	}
	for i := range events {
		ev := &events[i]
		ev.Seq = uint64(len(w.journal) + 1)
		w.apply(ev)
		w.journal = append(w.journal, *ev)
	}
	if events[0].Action.Lasting() {
		return events, nil
	}
	done, undone := w.stacks[actor.Officer], w.undone[actor.Officer]
	switch events[0].Action {
	case model.ActUndo:
		done, undone = done[:len(done)-1], append(undone, events)
	case model.ActRedo:
		done, undone = append(done, events), undone[:len(undone)-1]
	default:
		done, undone = append(done, events), nil
	}
	w.stacks[actor.Officer], w.undone[actor.Officer] = done, undone
	return events, nil
}

// apply folds one event.
func (w *twin) apply(ev *model.Event) {
	for _, e := range ev.Entries() {
		w.register[e.EntryKey] = e.Value
	}
	if ev.Effort == "" {
		return
	}
	e, err := ev.On(w.efforts[ev.Effort])
	if err != nil {
		panic(err)
	}
	w.take(ev.Effort, e)
}

func (w *twin) take(id model.EffortID, e *model.Effort) {
	if e == nil {
		delete(w.efforts, id)
		return
	}
	w.efforts[id] = e
	if e.Codename != "" {
		w.names[model.Fold(e.Codename)] = id
	}
	region, year, n, _ := id.Parts()
	w.numbers[numberKey(region, year)] = max(w.numbers[numberKey(region, year)], n)
}

// do is try for what must be let through.
func (w *twin) do(t testing.TB, actor model.Actor, command model.Command) []model.Event {
	t.Helper()
	events, err := w.try(actor, command)
	if err != nil {
		t.Fatalf("%s %+v: %v", actor.Officer, command, err)
	}
	return events
}

// The officers of these tests.
func officer(id string, agency model.AgencyCode, role model.Role, regions ...model.RegionCode) model.Actor {
	return model.Actor{Officer: model.OfficerID(id), Agency: agency, Role: role, Regions: regions, Terminal: "test"}
}

var (
	nuc     = officer("nuc", "", model.NationalRole)
	rsrSyd  = officer("rsr-syd", "", model.Coordinator, "SYD")
	polSyd  = officer("pol-syd", "POL", model.Liaison, "SYD")
	kfmSyd  = officer("kfm-syd", "KFM", model.Liaison, "SYD")
	skvNord = officer("skv-nord", "SKV", model.Liaison, "NORD")
	wall    = officer("wall", "POL", model.Viewer, "SYD")
)

// fields are a proposal's, as pairs on top of region SYD and focus crime_areas.
func fields(pairs ...string) map[model.Field]string {
	m := map[model.Field]string{model.FieldRegion: "SYD", model.FieldFocus: "crime_areas"}
	for i := 0; i < len(pairs); i += 2 {
		m[model.Field(pairs[i])] = pairs[i+1]
	}
	return m
}

func edit(pairs ...string) map[model.Field]string {
	m := fields(pairs...)
	if !slices.Contains(pairs, "region") {
		delete(m, model.FieldRegion)
	}
	if !slices.Contains(pairs, "focus") {
		delete(m, model.FieldFocus)
	}
	return m
}

func (w *twin) propose(t testing.TB, pairs ...string) model.EffortID {
	t.Helper()
	return w.do(t, nuc, model.Propose{Fields: fields(pairs...)})[0].Effort
}

func on(id model.EffortID) model.On { return model.On{Effort: id} }

func ask(id model.EffortID, agencies ...model.AgencyCode) model.Assign {
	c := model.Assign{On: on(id)}
	for _, a := range agencies {
		c.Parts = append(c.Parts, model.Part{Agency: a})
	}
	return c
}

func accept(id model.EffortID, agency model.AgencyCode) model.Answer {
	return model.Answer{On: on(id), Agency: agency, Accept: true}
}

// joint asks POL and KFM, lets both accept, and makes POL lead.
func (w *twin) joint(t testing.TB, id model.EffortID) {
	t.Helper()
	w.do(t, nuc, ask(id, "POL", "KFM"))
	w.do(t, nuc, accept(id, "POL"))
	w.do(t, nuc, accept(id, "KFM"))
	w.do(t, nuc, model.Assign{On: on(id), Lead: "POL"})
}

// at brings an effort to a status the ordinary way.
func (w *twin) at(t testing.TB, status model.Status) model.EffortID {
	t.Helper()
	id := w.propose(t)
	w.joint(t, id)
	for _, to := range roads[status] {
		w.do(t, nuc, moveTo(id, to))
	}
	return id
}

// roads are the moves from proposed to each status.
var roads = map[model.Status][]model.Status{
	model.Preparing:  {model.Preparing},
	model.Decided:    {model.Preparing, model.Decided},
	model.Active:     {model.Preparing, model.Decided, model.Active},
	model.Dormant:    {model.Preparing, model.Decided, model.Active, model.Dormant},
	model.Closed:     {model.Preparing, model.Decided, model.Active, model.Closed},
	model.FollowedUp: {model.Preparing, model.Decided, model.Active, model.Closed, model.FollowedUp},
	model.Rejected:   {model.Rejected},
}

// moveTo moves to a status with all that any status needs.
func moveTo(id model.EffortID, to model.Status) model.SetStatus {
	return model.SetStatus{On: on(id), To: to, Decider: "RSR Syd", Date: day("2026-11-19"), Reference: "A1.2/2026",
		Reason: "resursbrist", Outcome: "tre beslag"}
}

func day(s string) model.Day {
	d, err := model.ParseDay(s)
	if err != nil {
		panic(err)
	}
	return d
}

// wantNo checks that err is a no of the fault and reason, and that it names what it must.
func wantNo(t testing.TB, err error, fault model.Fault, why model.Why, args ...string) *model.Error {
	t.Helper()
	if !model.Is(err, why) || model.FaultOf(err) != fault {
		t.Fatalf("error %v (fault %d), want %s (fault %d)", err, model.FaultOf(err), why, fault)
	}
	e := err.(*model.Error)
	for i := 0; i < len(args); i += 2 {
		if got, ok := e.Args[args[i]]; !ok || got != args[i+1] {
			t.Errorf("%s: %s = %q, want %q", why, args[i], got, args[i+1])
		}
	}
	return e
}

// same tells what differs between two efforts but the bookkeeping that every event moves on.
func same(a, b *model.Effort) string {
	return cmp.Diff(a, b, cmpopts.EquateEmpty(), cmpopts.IgnoreUnexported(model.Effort{}),
		cmpopts.IgnoreFields(model.Effort{}, "Version", "Updated", "UpdatedBy", "Serial"))
}
