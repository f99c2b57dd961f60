package model_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"board.internal/samverkan/model"
)

// answersOf adds up a twin's journal.
func answersOf(w *twin) []model.AgencyAnswers {
	a := model.NewAnswers()
	for i := range w.journal {
		a.Take(&w.journal[i])
	}
	return a.All(w.cat, model.DayOf(w.now))
}

func answered(w *twin, agency model.AgencyCode) model.AgencyAnswers {
	all := answersOf(w)
	return all[slices.IndexFunc(all, func(a model.AgencyAnswers) bool { return a.Agency == agency })]
}

func TestAnswers(t *testing.T) {
	no := func(id model.EffortID, why string) model.Command {
		return model.Answer{On: on(id), Agency: "SKV", Reason: why}
	}
	yes := func(id model.EffortID) model.Command { return model.Answer{On: on(id), Agency: "SKV", Accept: true} }
	withdraw := func(id model.EffortID) model.Command {
		return model.Assign{On: on(id), Parts: []model.Part{{Agency: "SKV", Off: true}}}
	}
	const minute = 60
	for _, tt := range []struct {
		name     string
		commands []func(model.EffortID) model.Command // nil is an undo
		want     model.AgencyAnswers
		here     bool // SKV was asked or took part in the region
	}{
		{"asked", cmds(askSKV), model.AgencyAnswers{Requests: 1}, true},
		{"yes after a minute", cmds(askSKV, yes), model.AgencyAnswers{Requests: 1, Answered: 1, Median: minute, Timed: 1}, true},
		{"no, asked again, yes", cmds(askSKV, say(no, "Ingen personal"), askSKV, yes),
			model.AgencyAnswers{Requests: 2, Answered: 2, Median: minute, Timed: 2, Declines: []model.Decline{{"Ingen personal", 1}}}, true},
		{"the same no twice, in another writing", cmds(askSKV, say(no, "Ingen personal"), askSKV, say(no, "ingen PERSONAL"), askSKV, say(no, "annat")),
			model.AgencyAnswers{Requests: 3, Answered: 3, Median: minute, Timed: 3, Declines: []model.Decline{{"Ingen personal", 2}, {"annat", 1}}}, true},
		{"withdrawn", cmds(askSKV, withdraw), model.AgencyAnswers{}, false},
		{"withdrawn, asked again", cmds(askSKV, withdraw, askSKV), model.AgencyAnswers{Requests: 1}, true},
		{"asking undone", cmds(askSKV, nil), model.AgencyAnswers{}, false},
		{"answer undone", cmds(askSKV, yes, nil), model.AgencyAnswers{Requests: 1}, true},
		{"answer undone, another given", cmds(askSKV, say(no, "x"), nil, yes),
			model.AgencyAnswers{Requests: 1, Answered: 1, Median: 3 * minute, Timed: 1}, true},
		{"answer undone and redone", cmds(askSKV, say(no, "x"), nil, redo),
			model.AgencyAnswers{Requests: 1, Answered: 1, Median: minute, Timed: 1, Declines: []model.Decline{{"x", 1}}}, true},
		{"undone, redone, undone", cmds(askSKV, say(no, "x"), nil, redo, nil), model.AgencyAnswers{Requests: 1}, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newTwin()
			id := w.propose(t)
			for _, c := range tt.commands {
				if c == nil {
					w.do(t, nuc, model.Undo{})
				} else {
					w.do(t, nuc, c(id))
				}
			}
			got := answered(w, "SKV")
			if slices.Contains(got.Never, "SYD") == tt.here {
				t.Errorf("never asked in %v", got.Never)
			}
			got.Never, tt.want.Agency = nil, "SKV"
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func cmds(c ...func(model.EffortID) model.Command) []func(model.EffortID) model.Command { return c }

func askSKV(id model.EffortID) model.Command { return ask(id, "SKV") }

func redo(model.EffortID) model.Command { return model.Redo{} }

func say(no func(model.EffortID, string) model.Command, why string) func(model.EffortID) model.Command {
	return func(id model.EffortID) model.Command { return no(id, why) }
}

// TestAnswersOfAList: a list says who declined, and who takes part where, but not when anybody was asked.
func TestAnswersOfAList(t *testing.T) {
	w := newTwin()
	a, b, c := row(2), row(3), row(4)
	a.Effort.Assignments = []model.Assignment{{Agency: "SKV", State: model.Declined, Reason: "ingen tid"}}
	b.Effort.Assignments = []model.Assignment{{Agency: "SKV", State: model.Accepted, Mode: model.OnSite}}
	b.Effort.Region = "NORD"
	c.Effort.Assignments = []model.Assignment{{Agency: "SKV", State: model.Asked, Mode: model.OnSite}}
	c.Effort.Region, c.Effort.Level, c.Effort.Touches = "NAT", model.National, []model.RegionCode{"MITT"}
	events := w.do(t, nuc, model.Import{Rows: []model.Row{a, b, c}})
	w.now = w.now.Add(48 * time.Hour)
	w.do(t, nuc, model.Answer{On: on(events[2].Effort), Agency: "SKV", Accept: true})
	want := model.AgencyAnswers{Agency: "SKV", Requests: 1, Answered: 1, Declines: []model.Decline{{"ingen tid", 1}},
		Never: []model.RegionCode{"MITT", "STHLM", "OST", "VAST", "BERG"}}
	if diff := cmp.Diff(want, answered(w, "SKV")); diff != "" {
		t.Error(diff)
	}
}

// TestAnswersOfNoMoreRegion: only regions of the day can lack an agency, and one that only the journal knows has its line.
func TestAnswersOfNoMoreRegion(t *testing.T) {
	w := newTwin()
	id := w.propose(t)
	w.do(t, nuc, ask(id, "KFM"))
	cat := *w.cat
	cat.Regions = slices.Clone(cat.Regions)
	cat.Regions[0].To = day("2020-12-31")
	cat.Agencies = slices.DeleteFunc(slices.Clone(cat.Agencies), func(a model.Agency) bool { return a.Code == "KFM" })
	a := model.NewAnswers()
	for i := range w.journal {
		a.Take(&w.journal[i])
		a.Take(&w.journal[i]) // given again it changes nothing
	}
	all := a.All(&cat, model.DayOf(w.now))
	last := all[len(all)-1]
	if last.Agency != "KFM" || last.Requests != 1 || slices.Contains(last.Never, "NORD") || slices.Contains(last.Never, "SYD") || len(last.Never) != 6 {
		t.Errorf("%+v", last)
	}
}

// TestAnswersMedian: of an even number it is between the two in the middle.
func TestAnswersMedian(t *testing.T) {
	w := newTwin()
	for _, wait := range []time.Duration{time.Hour, 3 * time.Hour, 47 * time.Hour, 2 * time.Hour} {
		id := w.propose(t)
		w.do(t, nuc, ask(id, "SKV"))
		w.now = w.now.Add(wait - time.Minute)
		w.do(t, nuc, model.Answer{On: on(id), Agency: "SKV", Accept: true})
	}
	if got := answered(w, "SKV"); got.Median != 150*60 || got.Timed != 4 {
		t.Errorf("%d seconds of %d answers", got.Median, got.Timed)
	}
}

// TestAnswersOfAnyHistory counts once more in another way: the journal is folded, what undo took back is left out
// from the newest event on, and each agency's part is written as a word that the figures can be read from.
func TestAnswersOfAnyHistory(t *testing.T) {
	seen := map[model.Action]int{}
	rapid.Check(t, func(t *rapid.T) {
		w := startingTwin(t)
		events, _ := w.try(nuc, model.Propose{Fields: fields()})
		id := events[0].Effort
		// What chance might leave out in a few rounds comes first, once.
		sure := []model.Command{ask(id, "SKV"), model.Answer{On: on(id), Agency: "SKV", Reason: "a"}, model.Undo{}, model.Redo{},
			ask(id, "POL"), accept(id, "POL"), model.Release{On: on(id), Agency: "POL", Reason: "c"}}
		for _, c := range sure {
			if events, err := w.try(nuc, c); err == nil && len(events) > 0 {
				seen[events[0].Action]++
			}
		}
		for range rapid.IntRange(20, 60).Draw(t, "steps") {
			c := command(t, w)
			switch agency := rapid.SampledFrom([]model.AgencyCode{"SKV", "POL"}).Draw(t, "agency"); rapid.IntRange(0, 9).Draw(t, "often") {
			case 0, 1:
				c = ask(id, agency)
			case 2:
				c = accept(id, agency)
			case 3, 4:
				c = model.Answer{On: on(id), Agency: agency, Reason: rapid.SampledFrom([]string{"a", "A", "b"}).Draw(t, "reason")}
			case 5:
				c = model.Release{On: on(id), Agency: agency, Reason: "c"}
			case 6, 7:
				c = model.Undo{Rest: rapid.Bool().Draw(t, "rest")}
			case 8:
				c = model.Redo{Rest: rapid.Bool().Draw(t, "rest")}
			case 9:
				c = ask(id, "SKV", "POL")
			}
			actor := rapid.SampledFrom(often([]model.Actor{nuc}, actors...)).Draw(t, "actor")
			if events, err := w.try(actor, c); err == nil && len(events) > 0 {
				seen[events[0].Action]++
			}
		}
		words := partsAsWords(t, w)
		for _, got := range answersOf(w) {
			want := map[string]int{"requests": 0, "answered": 0, "declines": 0}
			for key, word := range words {
				if strings.HasSuffix(key, " "+string(got.Agency)) {
					// Withdrawn first; then each question is a request, and what follows it an answer.
					word = strings.ReplaceAll(word, "?w", "-")
					want["requests"] += strings.Count(word, "?")
					want["answered"] += strings.Count(word, "?y") + strings.Count(word, "?n")
					want["declines"] += strings.Count(word, "n")
				}
			}
			declines := 0
			for _, d := range got.Declines {
				declines += d.Count
			}
			if have := map[string]int{"requests": got.Requests, "answered": got.Answered, "declines": declines}; !cmp.Equal(want, have) {
				t.Fatalf("%s: %v, counted %v from %v", got.Agency, have, want, words)
			}
		}
	})
	for _, action := range []model.Action{model.ActAnswer, model.ActUndo, model.ActRedo, model.ActRelease} {
		if seen[action] == 0 {
			t.Errorf("no %s in any history", action)
		}
	}
}

// partsAsWords writes what became of every agency's part, by "effort agency": ? asked, y yes, n no, w withdrawn,
// r released. What an undo took back is left out, agency by agency.
func partsAsWords(t *rapid.T, w *twin) map[string]string {
	type deed struct {
		seq    uint64
		agency string
	}
	back := map[deed]bool{}
	for _, ev := range slices.Backward(w.journal) {
		for _, c := range ev.Changes {
			if group, agency, aspect := c.Field.Parts(); ev.Undoes != 0 && group == "agency" && aspect == "state" && !back[deed{ev.Seq, agency}] {
				back[deed{ev.Undoes, agency}] = true
			}
		}
	}
	words := map[string]string{}
	folded := map[model.EffortID]*model.Effort{}
	for _, ev := range w.journal {
		if ev.Effort == "" {
			continue
		}
		before := folded[ev.Effort]
		after, err := ev.On(before)
		if err != nil {
			t.Fatal(err)
		}
		folded[ev.Effort] = after
		if ev.Undoes != 0 || after == nil {
			continue
		}
		for _, a := range after.Assignments {
			if back[deed{ev.Seq, string(a.Agency)}] || before != nil && before.Assignment(a.Agency).State == a.State {
				continue
			}
			key := string(ev.Effort) + " " + string(a.Agency)
			sign := map[model.State]string{model.Asked: "?", model.Accepted: "y", model.Declined: "n", model.Released: "r"}[a.State]
			if asked := strings.HasSuffix(words[key], "?"); a.State == model.Released && asked {
				sign = "w"
				if ev.Agency == a.Agency {
					sign = "n"
				}
			}
			words[key] += sign
		}
	}
	return words
}
