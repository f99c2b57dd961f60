package model_test

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"board.internal/samverkan/model"
)

// actors are officers of several agencies, roles and regions at work on the same board.
var actors = []model.Actor{nuc, rsrSyd, polSyd, kfmSyd, skvNord, wall,
	officer("rsr-nord", "KFM", model.Coordinator, "NORD", "NAT")}

// command draws any command, sensible or not.
func command(t *rapid.T, w *twin) model.Command {
	switch rapid.IntRange(0, 21).Draw(t, "command") {
	case 0:
		return model.Propose{Fields: someFields(t, true)}
	case 1:
		c := model.Together{Rest: rapid.Bool().Draw(t, "rest")}
		for range rapid.IntRange(0, 4).Draw(t, "together") {
			c.Commands = append(c.Commands, onEffort(t, w))
		}
		return c
	case 2:
		return model.SetPartner{Partner: model.Partner{Region: rapid.SampledFrom([]model.RegionCode{"SYD", "NORD", "NAT", "X"}).Draw(t, "region"),
			Name: partnerName.Draw(t, "partner")}, Off: rapid.IntRange(0, 2).Draw(t, "off") == 0}
	case 3:
		c := model.Postpone{Until: w.cat.Today(model.StampOf(w.now)) + model.Day(rapid.IntRange(0, 3).Draw(t, "until"))}
		for range rapid.IntRange(0, 3).Draw(t, "waits") {
			o := someOn(t, w)
			c.Waits = append(c.Waits, model.WaitKey{Effort: o.Effort, Why: rapid.SampledFrom(append(model.Waits(), 0)).Draw(t, "why"),
				Agency: rapid.SampledFrom([]model.AgencyCode{"", "KFM", "X"}).Draw(t, "of"), Since: model.Stamp(rapid.IntRange(0, 3).Draw(t, "since"))})
		}
		return c
	case 4:
		return model.Undo{Rest: rapid.Bool().Draw(t, "rest")}
	case 5, 6:
		return model.Redo{Rest: rapid.Bool().Draw(t, "rest")}
	case 7:
		return model.Undo{}
	case 8:
		who := rapid.SampledFrom([]model.OfficerID{"nuc", "kfm-syd", "wall", "nobody"}).Draw(t, "whose PIN")
		has := w.register[model.PINKey(who)]
		if rapid.Bool().Draw(t, "set") {
			return model.SetPIN{Officer: who, Seen: has, Hash: rapid.SampledFrom([]string{aHash, aHash, "", "1234"}).Draw(t, "hash")}
		}
		return model.TryPIN{Officer: who, Hash: has, Tries: w.register[model.TriesKey(who)], Right: rapid.IntRange(0, 3).Draw(t, "right") == 0}
	case 9:
		return model.HandOver{Region: deskRegion.Draw(t, "desk"), Note: rapid.SampledFrom([]string{"", "lugnt", "a\x1bb"}).Draw(t, "note")}
	case 10:
		return model.TakeOver{Region: deskRegion.Draw(t, "desk"), Number: rapid.IntRange(-1, 3).Draw(t, "number")}
	}
	return onEffort(t, w)
}

var deskRegion = rapid.SampledFrom([]model.RegionCode{"SYD", "SYD", "SYD", "NORD", "NAT", "X"})

var partnerName = rapid.SampledFrom(often([]string{"Hamnen", "HAMNEN", "kommunen", "Trafikverket"}, "", "a, b", "a\x1bb"))

// someOn draws an effort, and maybe a version of it that somebody saw.
func someOn(t *rapid.T, w *twin) model.On {
	ids := append(slices.Sorted(maps.Keys(w.efforts)), "NORD-2026-999")
	o := model.On{Effort: rapid.SampledFrom(ids).Draw(t, "effort")}
	if e := w.efforts[o.Effort]; e != nil && rapid.Bool().Draw(t, "seen") {
		o.Seen = uint32(rapid.IntRange(1, int(e.Version)).Draw(t, "version"))
	}
	return o
}

// onEffort draws any command about any effort.
func onEffort(t *rapid.T, w *twin) model.OnEffort {
	o := someOn(t, w)
	agency := rapid.SampledFrom(often([]model.AgencyCode{"POL", "KFM", "SKV", "ÅM"}, "OLD", "X"))
	mode := rapid.SampledFrom(often([]model.Mode{0, model.OnSite, model.Planning, model.Remote}, 9))
	text := rapid.SampledFrom(often([]string{"", "skäl", "annat skäl", " två  ord "}, "a\x1bb", "900101-0017"))
	asked := agency
	if e := w.efforts[o.Effort]; e != nil && e.Count(model.Asked) > 0 && rapid.IntRange(0, 3).Draw(t, "to the point") > 0 {
		asked = rapid.Map(rapid.SampledFrom(e.Assignments), func(a model.Assignment) model.AgencyCode { return a.Agency })
	}
	switch rapid.IntRange(0, 14).Draw(t, "on effort") {
	case 0, 1, 2:
		c := model.Edit{On: o, Fields: someFields(t, false)}
		if e := w.efforts[o.Effort]; e != nil && e.Status >= model.Decided && rapid.Bool().Draw(t, "its decision") {
			c.Fields[model.FieldReference] = text.Draw(t, "reference")
			c.Fields[model.FieldDecided] = rapid.SampledFrom([]string{"2026-11-01", "2026-11-02", " 2027-11-01", ""}).Draw(t, "decided")
		}
		return c
	case 3, 4, 5:
		c := model.Assign{On: o}
		for range rapid.IntRange(0, 3).Draw(t, "parts") {
			c.Parts = append(c.Parts, model.Part{Agency: agency.Draw(t, "agency"), Mode: mode.Draw(t, "mode"),
				Off: rapid.IntRange(0, 3).Draw(t, "off") == 0, Reason: text.Draw(t, "reason")})
		}
		if rapid.Bool().Draw(t, "leads") {
			c.Lead = agency.Draw(t, "lead")
		}
		for range rapid.SampledFrom([]int{0, 0, 1, 2}).Draw(t, "partners") {
			c.Partners = append(c.Partners, model.PartnerPart{Name: partnerName.Draw(t, "partner"), Off: rapid.IntRange(0, 3).Draw(t, "off") == 0,
				New: rapid.Bool().Draw(t, "new")})
		}
		return c
	case 6, 7:
		return model.Answer{On: o, Agency: asked.Draw(t, "agency"), Accept: rapid.IntRange(0, 2).Draw(t, "accept") > 0,
			Mode: mode.Draw(t, "mode"), Reason: text.Draw(t, "reason")}
	case 8:
		return model.Release{On: o, Agency: asked.Draw(t, "agency"), Reason: text.Draw(t, "reason")}
	case 9, 10:
		c := moveTo(o.Effort, rapid.SampledFrom(append(model.Statuses(), 0, 77)).Draw(t, "to"))
		c.On = o
		if rapid.IntRange(0, 3).Draw(t, "lacking") == 0 {
			c.Decider, c.Reason, c.Outcome = text.Draw(t, "decider"), text.Draw(t, "reason"), text.Draw(t, "outcome")
		}
		return c
	case 11:
		return model.AddNote{On: o, Text: text.Draw(t, "text")}
	case 12:
		return model.AddMeasure{On: o, Type: rapid.SampledFrom([]model.MeasureType{0, model.Fighting, model.Safety, 9}).Draw(t, "type"), Text: text.Draw(t, "text")}
	}
	if rapid.Bool().Draw(t, "outcome") {
		return model.AddOutcome{On: o, Measure: rapid.SampledFrom(often([]model.OutcomeCode{"assets_attached_sek", "weapons_seized"}, "x")).Draw(t, "measure"),
			Milli:  rapid.SampledFrom(often([]int64{3_000, 1_200_000_000, -2_000}, 0, 1_250)).Draw(t, "milli"),
			Agency: rapid.SampledFrom(often([]model.AgencyCode{"", "POL", "KFM"}, "X")).Draw(t, "of"),
			Date:   rapid.SampledFrom(often([]model.Day{0, 20_000}, 40_000)).Draw(t, "date"), Reason: text.Draw(t, "reason")}
	}
	return model.AddHours{On: o, Agency: agency.Draw(t, "agency"), Reason: text.Draw(t, "reason"),
		Date:  rapid.SampledFrom(often([]model.Day{0, 0, 20_000}, 40_000)).Draw(t, "date"),
		Centi: rapid.SampledFrom(often([]int32{1_50, 8_00, -50}, 0, 9999_00)).Draw(t, "hours")}
}

// often is the usual several times over, and the odd once.
func often[T any](usual []T, odd ...T) []T { return append(slices.Repeat(usual, 4), odd...) }

func someFields(t *rapid.T, whole bool) map[model.Field]string {
	values := map[model.Field][]string{
		model.FieldCodename: {"", "lärka", "SVALA", "två ord"},
		model.FieldTitle:    {"", "a", "b"},
		model.FieldRegion:   {"SYD", "SYD", "NORD", "NORD", "NAT", "X"},
		model.FieldRegions:  {"", "SYD", "NORD, SYD", "X"},
		model.FieldFocus:    {"crime_areas", "individuals", "x"},
		model.FieldKind:     {"operative", "intelligence"},
		model.FieldLevel:    {"regional", "national"},
		model.FieldPriority: {"1", "2", "7"},
		model.FieldReview:   {"", "2027-01-01", "igår"},
	}
	m := map[model.Field]string{}
	for _, f := range model.EditFields() {
		if v := values[f]; v != nil && rapid.IntRange(0, 3).Draw(t, "with "+string(f)) == 0 {
			m[f] = rapid.SampledFrom(v).Draw(t, string(f))
		}
	}
	if whole {
		if _, ok := m[model.FieldRegion]; !ok {
			m[model.FieldRegion] = "SYD"
		}
		m[model.FieldFocus] = "crime_areas"
	}
	return m
}

// startingTwin holds some history: an open and a closed effort that lack what their list lacked.
func startingTwin(t *rapid.T) *twin {
	w := newTwin()
	closed := row(3)
	closed.Effort.ID, closed.Effort.Status, closed.Effort.Outcome = "SYD-2020-001", model.Closed, "x"
	if _, err := w.try(nuc, model.Import{Rows: []model.Row{row(2), closed}}); err != nil {
		t.Fatal(err)
	}
	return w
}

// TestNoCommandBreaksARule lets officers do anything from any state they reach.
func TestNoCommandBreaksARule(t *testing.T) {
	done := map[string]int{}
	commands := []model.Command{model.Propose{}, model.Edit{}, model.Assign{}, model.Answer{}, model.Release{},
		model.SetStatus{}, model.AddNote{}, model.AddMeasure{}, model.AddHours{}, model.AddOutcome{}, model.SetPartner{}, model.Postpone{}, model.Together{}, model.SetPIN{}, model.TryPIN{},
		model.Undo{}, model.Redo{}, model.HandOver{}, model.TakeOver{}}
	lacks := func(c model.Command) bool { return done[fmt.Sprintf("%T", c)] == 0 }
	for round := 0; round == 0 || round < 400 && slices.ContainsFunc(commands, lacks); round++ { // chance may leave one out
		rapid.Check(t, func(t *rapid.T) { someHistory(t, done) })
	}
	for _, c := range commands {
		if lacks(c) {
			t.Errorf("no %T was ever let through", c)
		}
	}
}

// someHistory lets officers do anything, checks every step, and counts what was let through.
func someHistory(t *rapid.T, done map[string]int) {
	w := startingTwin(t)
	names := map[string]model.EffortID{}
	for range rapid.IntRange(1, 80).Draw(t, "steps") {
		actor := rapid.SampledFrom(often([]model.Actor{nuc, officer("am", "ÅM", model.NationalRole)}, actors...)).Draw(t, "actor")
		c := command(t, w)
		before := map[model.EffortID]model.Effort{}
		for id, e := range w.efforts {
			before[id] = *e.Clone()
		}
		old := map[model.EffortID]*model.Effort{}
		for id, e := range w.efforts {
			old[id] = e
		}
		register := maps.Clone(w.register)
		stacks := len(w.stacks[actor.Officer])
		events, err := w.try(actor, c)
		for id, e := range before {
			if !reflect.DeepEqual(*old[id], e) {
				t.Fatalf("%T changed an effort that others hold: %+v", c, e)
			}
		}
		if err != nil {
			if !reflect.DeepEqual(w.efforts, old) || !maps.Equal(w.register, register) {
				t.Fatalf("refused %T changed something", c)
			}
			if model.FaultOf(err) == 0 {
				t.Fatalf("%T: %v is not a no", c, err)
			}
			continue
		}
		done[fmt.Sprintf("%T", c)] += len(events)
		was := maps.Clone(register)
		now := newTwin() // as it was before, event by event
		now.efforts, now.register = old, register
		for i := range events {
			ev := &events[i]
			was := now.efforts[ev.Effort]
			entries := ev.Entries()
			for j, e := range entries {
				if c := ev.Changes[j]; register[e.EntryKey] != c.Old || c.New == c.Old {
					t.Fatalf("%s: %v was %q, is %q", ev.Action, e.EntryKey, register[e.EntryKey], c)
				}
			}
			now.apply(ev)
			if ev.Effort != "" {
				checkEvent(t, ev, was, now.efforts[ev.Effort])
				checkLeft(t, ev, now.efforts[ev.Effort])
			} else if len(entries) != len(ev.Changes) || len(entries) == 0 {
				t.Fatalf("%s is about nothing: %+v", ev.Action, ev)
			}
		}
		if !maps.Equal(now.register, w.register) {
			t.Fatal("the register is not what the events say")
		}
		checkHandovers(t, c, was, w.register, len(w.stacks[actor.Officer])-stacks)
		for id, e := range w.efforts {
			checkRules(t, w, e)
			if folded := model.Fold(e.Codename); folded != "" {
				if owner := names[folded]; owner != "" && owner != id {
					t.Fatalf("codename %s of %s given to %s", e.Codename, owner, id)
				}
				names[folded] = id
			}
		}
	}
	checkJournal(t, w)
}

// checkJournal checks that the journal adds up to what is there.
func checkJournal(t *rapid.T, w *twin) {
	folded := newTwin()
	for i := range w.journal {
		folded.apply(&w.journal[i])
	}
	if !reflect.DeepEqual(folded.efforts, w.efforts) || !maps.Equal(folded.register, w.register) {
		t.Fatal("the journal's fold is not the state")
	}
}

// checkEvent checks that the journal tells the truth: each change says what stood before and what stands now.
func checkEvent(t *rapid.T, ev *model.Event, before, after *model.Effort) {
	if len(ev.Changes) == 0 {
		t.Fatalf("%s changes nothing", ev.Action)
	}
	for _, c := range ev.Changes {
		if group, _, _ := c.Field.Parts(); group == "note" {
			continue
		}
		if before != nil && before.Get(c.Field) != c.Old || before == nil && c.Old != "" {
			t.Fatalf("%s: %s was not %q", ev.Action, c.Field, c.Old)
		}
		if after != nil && after.Get(c.Field) != c.New || after == nil && c.New != "" {
			t.Fatalf("%s: %s is not %q", ev.Action, c.Field, c.New)
		}
	}
}

// checkLeft checks that nothing, an undo included, takes an agency's year below nothing.
func checkLeft(t *rapid.T, ev *model.Event, e *model.Effort) {
	if e == nil || e.Followup == nil {
		return
	}
	for _, h := range e.Hours {
		if left := e.Worked(h.Agency, h.Date.Year()); left < 0 {
			t.Fatalf("%s: %+v leaves %d hundredths of an hour", ev.Action, h, left)
		}
	}
	for _, o := range e.Outcomes {
		if left := e.AchievedBy(o.Measure, o.Agency, o.Date.Year()); left < 0 {
			t.Fatalf("%s: %+v leaves %d thousandths", ev.Action, o, left)
		}
	}
}

// checkRules checks what the package says of every effort.
func checkRules(t *rapid.T, w *twin, e *model.Effort) {
	bad := func(format string, args ...any) {
		t.Fatalf("%s %s: %s", e.ID, e.Status, fmt.Sprintf(format, args...))
	}
	leads, seen := 0, map[model.AgencyCode]bool{}
	history := w.History(e.ID, 0)
	listed := history[0].Action == model.ActImport
	for _, a := range e.Assignments {
		if seen[a.Agency] {
			bad("%s stands twice", a.Agency)
		}
		seen[a.Agency] = true
		if a.State < model.Asked || a.State > model.Released || a.Mode < model.OnSite || a.Mode > model.Remote || a.Since == 0 {
			bad("assignment %+v", a)
		}
		if a.Lead {
			leads++
			if a.State != model.Accepted {
				bad("%s leads but has %s", a.Agency, a.State)
			}
		}
		if a.State == model.Declined && a.Reason == "" && !listed {
			bad("%s declined without reason", a.Agency)
		}
	}
	if leads > 1 {
		bad("%d lead", leads)
	}
	if (e.Status == model.Rejected || e.Status == model.Dormant) && e.Reason == "" {
		bad("no reason")
	}
	if (e.Status == model.Closed || e.Status == model.FollowedUp) && e.Outcome == "" {
		bad("no outcome")
	}
	if d := e.Decision; !listed && e.Status >= model.Decided && e.Status <= model.FollowedUp &&
		(d == nil || d.Decider == "" || d.Date == 0 || d.Reference == "") {
		bad("decision %+v", d)
	}
	if int(e.Version) != len(history) {
		bad("version %d after %d events", e.Version, len(history))
	}
	if (e.Ended == 0) != e.Open() && !listed {
		bad("ended %s", e.Ended)
	}
	switch e.Level {
	case model.Regional:
		if e.Region == model.RegionNational || e.Touches != nil || w.cat.Region(e.Region) == nil {
			bad("regional in %s, touches %v", e.Region, e.Touches)
		}
	case model.National:
		if e.Region != model.RegionNational || len(e.Touches) == 0 {
			bad("national in %s, touches %v", e.Region, e.Touches)
		}
	default:
		bad("level %d", e.Level)
	}
	if e.Priority < model.PriorityHigh || e.Priority > model.PriorityLow || w.cat.Focus(e.Focus) == nil {
		bad("priority %d, focus %s", e.Priority, e.Focus)
	}
	for _, s := range []string{e.Codename, e.Title, e.Area, e.Crime, e.Reason, e.Outcome} {
		if clean, err := model.CleanText(s, model.MaxReason); err != nil || clean != s {
			bad("text %q", s)
		}
	}
}

// TestUndoToTheBeginning: whatever one officer did alone, undo takes back until nothing is left of it, and redo does
// again until all of it is there.
func TestUndoToTheBeginning(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := startingTwin(t)
		start := map[model.EffortID]*model.Effort{}
		for id, e := range w.efforts {
			start[id] = e
		}
		actor := rapid.SampledFrom([]model.Actor{officer("am", "ÅM", model.NationalRole), rsrSyd, polSyd}).Draw(t, "actor")
		acted := 0
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			c := command(t, w)
			switch c.(type) {
			case model.Undo, model.Redo:
				continue
			}
			if events, err := w.try(actor, c); err == nil && events != nil && !events[0].Action.Lasting() {
				acted++
			}
		}
		end := maps.Clone(w.efforts)
		register := entered(w)
		for range rapid.IntRange(1, 3).Draw(t, "times") {
			for range acted {
				if _, err := w.try(actor, model.Undo{Rest: rapid.Bool().Draw(t, "rest")}); err != nil {
					t.Fatalf("undo: %v", err)
				}
			}
			if _, err := w.try(actor, model.Undo{}); !model.Is(err, model.NothingToUndo) {
				t.Fatalf("after %d undos: %v", acted, err)
			}
			checkSame(t, start, w.efforts)
			if left := entered(w); len(left) > 0 {
				t.Fatalf("the register still has %v", left)
			}
			for range acted {
				if _, err := w.try(actor, model.Redo{}); err != nil {
					t.Fatalf("redo: %v", err)
				}
			}
			if _, err := w.try(actor, model.Redo{}); !model.Is(err, model.NothingToRedo) {
				t.Fatalf("after %d redos: %v", acted, err)
			}
			checkSame(t, end, w.efforts)
			if again := entered(w); !maps.Equal(again, register) {
				t.Fatalf("the register has %v, had %v", again, register)
			}
		}
		checkJournal(t, w)
	})
}

// entered is what the register holds, without what is signed and stays.
func entered(w *twin) map[model.EntryKey]string {
	m := maps.Clone(w.register)
	maps.DeleteFunc(m, func(k model.EntryKey, v string) bool {
		group, _, _ := k.Field.Parts()
		return v == "" || group == "handover"
	})
	return m
}

func checkSame(t *rapid.T, want, got map[model.EffortID]*model.Effort) {
	for id := range want {
		if got[id] == nil {
			t.Fatalf("%s is not there", id)
		}
	}
	for id, e := range got {
		if want[id] == nil {
			t.Fatalf("%s is still there", id)
		}
		if d := same(want[id], e); d != "" {
			t.Fatalf("%s: %s", id, d)
		}
	}
}
