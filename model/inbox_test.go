package model_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"board.internal/samverkan/model"
)

// The officers of these stories. KFM has one in SYD and one in NORD, both in the catalogue; nobody of it sits in OST.
var (
	kfmNord = officer("kfm-nord", "KFM", model.Liaison, "NORD")
	kfmAway = officer("kfm-all", "KFM", model.Liaison)
	skvSyd  = officer("skv-syd", "SKV", model.Liaison, "SYD")
	rsrOst  = officer("rsr-ost", "", model.Coordinator, "OST")
	nucOst  = officer("nuc-ost", "", model.NationalRole, "OST")
	readers = []model.Actor{officer("kfm-wall", "KFM", model.Viewer, "SYD"), kfmSyd, kfmNord, kfmAway, polSyd, skvSyd, rsrSyd, rsrOst, nuc, nucOst}
)

func inboxCatalogue() *model.Catalogue {
	cat := catalogue()
	for _, a := range readers {
		if a.Officer != "kfm-all" {
			cat.Officers = append(cat.Officers, model.Officer{ID: a.Officer, Agency: a.Agency, Role: a.Role, Regions: a.Regions})
		}
	}
	cat.Officers = append(cat.Officers, model.Officer{ID: "kfm-ost", Agency: "KFM", Role: model.Viewer, Regions: []model.RegionCode{"OST"}})
	return cat
}

// ago is a moment some days before boardDay.
func ago(days int) model.Stamp { return model.Stamp(int64(boardDay)-int64(days))*86400 + 3600 }

// healthy is an active effort of SYD, led by POL with AF, on which nobody waits for anything.
func healthy(n int, change ...func(*model.Effort)) *model.Effort {
	return made(n, func(e *model.Effort) {
		e.Created, e.Updated = ago(60), ago(1)
		e.Decision = &model.Decision{Decider: "RSR Syd", Date: boardDay - 50, Reference: "A1"}
		e.Assignments = []model.Assignment{{Agency: "POL", State: model.Accepted, Lead: true, Since: ago(50)}, {Agency: "AF", State: model.Accepted, Since: ago(50)}}
		for _, c := range change {
			c(e)
		}
	})
}

// What may be amiss with an effort.

func in(region model.RegionCode) func(*model.Effort) {
	return func(e *model.Effort) { e.Region = region }
}

func touching(regions ...model.RegionCode) func(*model.Effort) {
	return func(e *model.Effort) { e.Region, e.Level, e.Touches = model.RegionNational, model.National, regions }
}

func asked(agency model.AgencyCode, days int) func(*model.Effort) {
	return func(e *model.Effort) {
		e.Assignments = append(e.Assignments, model.Assignment{Agency: agency, State: model.Asked, Since: ago(days)})
	}
}

func takes(agencies ...model.AgencyCode) func(*model.Effort) { // with nobody to lead
	return func(e *model.Effort) {
		e.Assignments = nil
		for _, a := range agencies {
			e.Assignments = append(e.Assignments, model.Assignment{Agency: a, State: model.Accepted, Since: ago(50)})
		}
	}
}

func led(by model.AgencyCode) func(*model.Effort) {
	return func(e *model.Effort) {
		takes(by)(e)
		e.Assignments[0].Lead = true
	}
}

func status(s model.Status) func(*model.Effort) { return func(e *model.Effort) { e.Status = s } }
func review(days int) func(*model.Effort) {
	return func(e *model.Effort) { e.Review = boardDay - model.Day(days) }
}
func updated(days int) func(*model.Effort) { return func(e *model.Effort) { e.Updated = ago(days) } }
func undecided(e *model.Effort)            { e.Decision = nil }
func unreferenced(e *model.Effort)         { e.Decision.Reference = "" }

func TestWhatWaitsForWhom(t *testing.T) {
	lines := func(actors ...model.Actor) []model.Actor { return actors }
	for _, c := range []struct {
		story string
		is    *model.Effort
		// Who is told of it, and what; nobody else is.
		told map[string][]model.Actor
	}{
		{"all is well", healthy(1), nil},
		{"all is well nationally", healthy(1, touching("SYD", "OST")), nil},

		{"KFM is asked in SYD, where kfm-syd sits", healthy(1, asked("KFM", 0)), map[string][]model.Actor{"request KFM": lines(kfmSyd, kfmAway)}},
		{"KFM is asked in NORD, where its colleague sits", healthy(1, in("NORD"), asked("KFM", 0)), map[string][]model.Actor{"request KFM": lines(kfmNord, kfmAway)}},
		{"KFM is asked in OST, where only its viewer sits", healthy(1, in("OST"), asked("KFM", 0)), map[string][]model.Actor{"request KFM": lines(kfmSyd, kfmNord, kfmAway)}},
		{"KFM is asked nationally, touching OST and NORD", healthy(1, touching("OST", "NORD"), asked("KFM", 0)), map[string][]model.Actor{"request KFM": lines(kfmNord, kfmAway)}},
		{"KFM is asked nationally, touching both its regions", healthy(1, touching("SYD", "NORD"), asked("KFM", 0)), map[string][]model.Actor{"request KFM": lines(kfmSyd, kfmNord, kfmAway)}},
		{"KFM is asked nationally, touching OST", healthy(1, touching("OST"), asked("KFM", 0)), map[string][]model.Actor{"request KFM": lines(kfmSyd, kfmNord, kfmAway)}},
		{"KFM was asked and has answered", healthy(1, func(e *model.Effort) {
			e.Assignments = append(e.Assignments, model.Assignment{Agency: "KFM", State: model.Declined, Since: ago(9), Reason: "x"})
		}), nil},

		{"KFM has not answered for six days", healthy(1, asked("KFM", 6)), map[string][]model.Actor{"request KFM": lines(kfmSyd, kfmAway)}},
		{"KFM has not answered for seven", healthy(1, asked("KFM", 7)), map[string][]model.Actor{"request KFM": lines(kfmSyd, kfmAway), "unanswered KFM": lines(polSyd, rsrSyd, nuc)}},
		{"it has not in OST", healthy(1, in("OST"), asked("KFM", 7)), map[string][]model.Actor{"request KFM": lines(kfmSyd, kfmNord, kfmAway), "unanswered KFM": lines(rsrOst, nuc, nucOst)}},
		{"it has not nationally", healthy(1, touching("SYD"), asked("KFM", 7)), map[string][]model.Actor{"request KFM": lines(kfmSyd, kfmAway), "unanswered KFM": lines(nuc)}},

		{"it is proposed", healthy(1, status(model.Proposed), undecided), map[string][]model.Actor{"proposal": lines(rsrSyd, nuc)}},
		{"it is prepared in OST", healthy(1, in("OST"), status(model.Preparing), undecided), map[string][]model.Actor{"proposal": lines(rsrOst, nuc, nucOst)}},
		{"it is proposed nationally", healthy(1, touching("SYD", "OST"), status(model.Proposed), undecided), map[string][]model.Actor{"proposal": lines(nuc)}},
		{"it is proposed, and nobody is on it", healthy(1, status(model.Proposed), undecided, takes()), map[string][]model.Actor{"proposal +no_lead": lines(rsrSyd, nuc)}},
		{"it is proposed, and SKV alone is on it", healthy(1, status(model.Proposed), undecided, takes("SKV")), map[string][]model.Actor{
			"proposal +no_lead +single_agency": lines(rsrSyd, nuc)}},
		{"it is proposed, and KFM alone is asked", healthy(1, status(model.Proposed), undecided, takes(), asked("KFM", 0)), map[string][]model.Actor{
			"request KFM": lines(kfmSyd, kfmAway), "proposal +no_lead +single_agency": lines(rsrSyd, nuc)}},
		{"it is proposed, and POL alone leads", healthy(1, status(model.Proposed), undecided, led("POL")), map[string][]model.Actor{
			"proposal +single_agency": lines(rsrSyd, nuc)}},

		{"nobody leads", healthy(1, takes("POL", "KFM")), map[string][]model.Actor{"no_lead": lines(kfmSyd, polSyd, rsrSyd, nuc)}},
		{"nobody leads in OST", healthy(1, in("OST"), takes("POL", "KFM")), map[string][]model.Actor{"no_lead": lines(rsrOst, nuc, nucOst)}},
		{"nobody leads nationally", healthy(1, touching("SYD"), takes("POL", "KFM")), map[string][]model.Actor{"no_lead": lines(nuc)}},
		{"SKV leads alone", healthy(1, led("SKV")), map[string][]model.Actor{"single_agency SKV": lines(skvSyd, rsrSyd, nuc)}},
		{"SKV leads, and AF is asked", healthy(1, led("SKV"), asked("AF", 0)), nil},

		{"its day of review is today", healthy(1, review(0)), nil},
		{"its day of review has passed", healthy(1, review(1)), map[string][]model.Actor{"review_overdue": lines(polSyd, rsrSyd, nuc)}},
		{"nothing has changed for 89 days", healthy(1, updated(89)), nil},
		{"nothing has for 90", healthy(1, updated(90)), map[string][]model.Actor{"silent": lines(polSyd, rsrSyd, nuc)}},
		{"it was decided without a reference", healthy(1, unreferenced), map[string][]model.Actor{"no_reference": lines(polSyd, rsrSyd, nuc)}},
		{"its list had no decision", healthy(1, undecided), map[string][]model.Actor{"no_reference": lines(polSyd, rsrSyd, nuc)}},

		{"all is amiss, but it is closed", healthy(1, takes("SKV"), asked("KFM", 99), review(1), updated(99), undecided, status(model.Closed)), nil},
	} {
		t.Run(c.story, func(t *testing.T) {
			b := boardOf(inboxCatalogue(), c.is)
			for _, who := range readers {
				var want []string
				for line, to := range c.told {
					if slices.ContainsFunc(to, func(a model.Actor) bool { return a.Officer == who.Officer }) {
						want = append(want, line)
					}
				}
				got := wordsOf(b, who, boardDay)
				slices.Sort(want)
				slices.Sort(got)
				if !slices.Equal(got, want) {
					t.Errorf("%s is told %q, want %q", who.Officer, got, want)
				}
			}
		})
	}
}

// wordsOf tells the lines without their efforts.
func wordsOf(b *model.Board, who model.Actor, today model.Day) (words []string) {
	lines, _ := model.NewInbox(who).Lines(b, today)
	for i := range lines {
		words = append(words, strings.Replace(told(&lines[i]), " "+string(lines[i].Effort.ID), "", 1))
	}
	return words
}

func TestAColleagueOfTheCountryAnswersForIt(t *testing.T) {
	cat := inboxCatalogue()
	national := officer("kfm-nat", "KFM", model.Liaison, model.RegionNational)
	cat.Officers = append(cat.Officers, model.Officer{ID: national.Officer, Agency: "KFM", Role: model.Liaison, Regions: national.Regions})
	b := boardOf(cat, healthy(1, touching("OST"), asked("KFM", 0)))
	for who, want := range map[*model.Actor]int{&national: 1, &kfmSyd: 0, &kfmNord: 0} {
		if n := model.NewInbox(*who).Count(b, boardDay); n.Requests != want {
			t.Errorf("%s: %+v", who.Officer, n)
		}
	}
}

func TestNoDeadlineIsNeverOver(t *testing.T) {
	cat := inboxCatalogue()
	cat.Unanswered, cat.Silent = 0, 0
	if got := wordsOf(boardOf(cat, healthy(1, asked("KFM", 999), updated(999))), nuc, boardDay); len(got) > 0 {
		t.Errorf("%q", got)
	}
}

// TestAnInboxGoesWithTheDay: nothing changes on the board but the date.
func TestAnInboxGoesWithTheDay(t *testing.T) {
	b, inbox := boardOf(inboxCatalogue(), healthy(1, review(0), asked("SKV", 5))), model.NewInbox(rsrSyd)
	for i, want := range []int{0, 1, 2, 2} { // the review is overdue tomorrow, the answer the day after
		if n := inbox.Count(b, boardDay+model.Day(i)); n.All != want {
			t.Errorf("in %d days: %+v, want %d", i, n, want)
		}
	}
	if n := inbox.Count(b, boardDay); n.All != 0 {
		t.Errorf("and back: %+v", n)
	}
}

func TestTheOrderOfAnInbox(t *testing.T) {
	rsr := officer("rsr-kfm", "KFM", model.Coordinator, "SYD")
	b := boardOf(inboxCatalogue(),
		healthy(1, unreferenced, review(3)),
		healthy(2, asked("KFM", 2), review(9)),
		healthy(3, asked("KFM", 5), asked("TUL", 20), asked("FK", 20)),
		healthy(4, asked("KFM", 5), asked("SKV", 30), updated(100)),
		healthy(5, led("POL"), takes("POL")),
		healthy(6, status(model.Proposed), undecided))
	var got []string
	lines, _ := model.NewInbox(rsr).Lines(b, boardDay)
	for i := range lines {
		got = append(got, strings.Replace(told(&lines[i]), "SYD-2026-00", "", 1))
	}
	want := []string{"request 3 KFM", "request 4 KFM", "request 2 KFM", "proposal 6", "review_overdue 2", "review_overdue 1", "no_lead 5",
		"unanswered 4 SKV", "unanswered 3 FK", "unanswered 3 TUL", "silent 4", "single_agency 5 POL", "no_reference 1"}
	if !slices.Equal(got, want) {
		t.Errorf("%q\nwant %q", got, want)
	}
	if n := model.NewInbox(rsr).Count(b, boardDay); n != (model.InboxCount{All: len(want), Requests: 3}) {
		t.Errorf("count %+v", n)
	}
	for i, since := range []model.Stamp{ago(5), ago(5), ago(2), ago(60), ago(9) - 3600, ago(3) - 3600, ago(50), ago(30), ago(20), ago(20), ago(100), ago(50), ago(60)} {
		if lines[i].Since != since {
			t.Errorf("%s since %s, want %s", want[i], lines[i].Since, since)
		}
	}
}

// sits tells whether somebody with these regions has the effort on a board of the own.
func sits(regions []model.RegionCode, e *model.Effort) bool {
	for _, r := range regions {
		if r == e.Region || e.Level == model.National && slices.Contains(e.Touches, r) {
			return true
		}
	}
	return false
}

// mends tells who can mend an effort: whoever decides on it, its lead, or while it has none whoever takes part.
func mends(a model.Actor, e *model.Effort) bool {
	decided := slices.Contains(a.Regions, e.Region)
	if decides(a) {
		return decided || a.Role == model.NationalRole && a.Regions == nil
	}
	for _, part := range e.Assignments {
		if part.Agency == a.Agency && (part.Lead || part.State == model.Accepted && e.Lead() == "") {
			return decided
		}
	}
	return false
}

func decides(a model.Actor) bool {
	return a.Role == model.Coordinator || a.Role == model.NationalRole
}

func draft(e *model.Effort) bool {
	return e.Status == model.Proposed || e.Status == model.Preparing
}

// amiss tells whether a reason holds of an effort at all, whoever asks.
func amiss(cat *model.Catalogue, e *model.Effort, why model.Wait, agency model.AgencyCode, today model.Day) bool {
	days := func(s model.Stamp) int { return int(today - s.Day()) }
	part := e.Assignment(agency)
	active := e.Count(model.Asked) + e.Count(model.Accepted)
	switch why {
	case model.WaitRequest:
		return part.State == model.Asked
	case model.WaitUnanswered:
		return part.State == model.Asked && days(part.Since) >= cat.Unanswered
	case model.WaitAlone:
		return active == 1 && (part.State == model.Asked || part.State == model.Accepted)
	case model.WaitProposal:
		return agency == "" && draft(e)
	case model.WaitLead:
		return agency == "" && e.Lead() == ""
	case model.WaitReview:
		return agency == "" && e.Review != 0 && today > e.Review
	case model.WaitSilent:
		return agency == "" && days(e.Updated) >= cat.Silent
	case model.WaitReference:
		return agency == "" && !draft(e) && (e.Decision == nil || e.Decision.Reference == "")
	}
	return false
}

// waiting tells in plain words whether a line belongs in an inbox.
func waiting(cat *model.Catalogue, a model.Actor, e *model.Effort, why model.Wait, agency model.AgencyCode, today model.Day) bool {
	if a.Role == model.Viewer || !e.Open() || !amiss(cat, e, why, agency, today) {
		return false
	}
	colleague := slices.ContainsFunc(cat.Officers, func(o model.Officer) bool {
		return o.ID != a.Officer && o.Agency == a.Agency && o.Role != model.Viewer && sits(o.Regions, e)
	})
	own := agency == a.Agency && agency != "" && (a.Regions == nil || sits(a.Regions, e) || !colleague)
	switch why {
	case model.WaitRequest:
		return own
	case model.WaitUnanswered:
		return !own && mends(a, e)
	case model.WaitProposal:
		return mends(a, e) && decides(a)
	case model.WaitLead, model.WaitAlone: // of a draft whoever has it as a proposal is told in the same line
		return mends(a, e) && !draft(e)
	}
	return mends(a, e)
}

// someActor draws an officer of the catalogue or any other.
func someActor(t *rapid.T) model.Actor {
	regions := rapid.SampledFrom([][]model.RegionCode{nil, {"SYD"}, {"NORD", "SYD"}, {"OST"}, {"NAT"}}).Draw(t, "regions")
	other := officer("x", rapid.SampledFrom([]model.AgencyCode{"", "KFM", "POL"}).Draw(t, "agency"), rapid.SampledFrom(model.Roles()).Draw(t, "role"), regions...)
	return rapid.SampledFrom(append(slices.Clone(readers), other, other, other)).Draw(t, "actor")
}

// someWaiting draws an effort on which much may wait.
func someWaiting(t *rapid.T, n int) *model.Effort {
	e := drawn(t, n)
	e.Region = rapid.SampledFrom([]model.RegionCode{"SYD", "NORD", "OST"}).Draw(t, "in")
	if e.Level == model.National {
		e.Region = model.RegionNational
	}
	e.Updated = ago(rapid.SampledFrom([]int{0, 1, 89, 90, 91, 200}).Draw(t, "updated"))
	e.Review = boardDay + model.Day(rapid.IntRange(-2, 2).Draw(t, "review"))
	if rapid.Bool().Draw(t, "no review") {
		e.Review = 0
	}
	if rapid.Bool().Draw(t, "decided") {
		e.Decision = &model.Decision{Decider: "RSR", Reference: rapid.SampledFrom([]string{"", "A1"}).Draw(t, "reference")}
	}
	for i := range e.Assignments {
		a := &e.Assignments[i]
		a.Since = ago(rapid.IntRange(0, 9).Draw(t, "since"))
		a.Lead = a.State == model.Accepted && e.Lead() == "" && rapid.Bool().Draw(t, "lead")
	}
	return e
}

// TestEveryLineOfAnInboxIsTrue, and nothing that is true is missing.
func TestEveryLineOfAnInboxIsTrue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cat := inboxCatalogue()
		var all []*model.Effort
		for n := range rapid.IntRange(1, 12).Draw(t, "efforts") {
			all = append(all, someWaiting(t, n+1))
		}
		b, who := boardOf(cat, all...), someActor(t)
		want := map[string]bool{}
		for _, e := range all {
			for _, why := range model.Waits() {
				for _, agency := range []model.AgencyCode{"", "POL", "KFM"} {
					if waiting(cat, who, e, why, agency, boardDay) {
						want[fmt.Sprint(e.ID, why, agency)] = true
					}
				}
			}
		}
		lines, back := model.NewInbox(who).Lines(b, boardDay)
		for i, l := range lines {
			line := fmt.Sprint(l.Effort.ID, l.Why, l.Agency)
			if !want[line] {
				t.Fatalf("%+v is told of %s %s: %+v", who, line, l.Since, l.Effort)
			}
			delete(want, line)
			if l.Effort != b.Effort(l.Effort.ID) {
				t.Fatalf("%s is not as it is on the board", l.Effort.ID)
			}
			if i > 0 && (lines[i-1].Why > l.Why || lines[i-1].Why == l.Why && lines[i-1].Since > l.Since) {
				t.Fatalf("%s comes after %+v", line, lines[i-1])
			}
			also := map[model.Wait]bool{}
			for _, a := range l.Also {
				also[a] = true
			}
			for _, why := range []model.Wait{model.WaitLead, model.WaitAlone} {
				holds := l.Why == model.WaitProposal && (amiss(cat, l.Effort, why, "", boardDay) || amiss(cat, l.Effort, why, l.Effort.Alone(), boardDay))
				if also[why] != holds {
					t.Fatalf("%s also has %v", line, l.Also)
				}
			}
		}
		if len(want) > 0 || back != 0 {
			t.Fatalf("%+v is not told of %v; back %s", who, want, back)
		}
		if who.Role == model.Viewer && len(lines) > 0 {
			t.Fatal("a viewer has an inbox")
		}
	})
}

// TestAnInboxCountsAsItGoes: one that is asked after every change of a long day says what a new one would.
func TestAnInboxCountsAsItGoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, who, today := model.NewBoard(inboxCatalogue()), someActor(t), boardDay
		held := model.NewInbox(who)
		for seq := range rapid.IntRange(1, 8).Draw(t, "steps") {
			step := model.Step{Seq: uint64(seq + 1), Efforts: map[model.EffortID]*model.Effort{}}
			switch rapid.IntRange(0, 4).Draw(t, "step") {
			case 0:
				today += model.Day(rapid.IntRange(-1, 5).Draw(t, "days"))
			case 1:
				if lines, _ := model.NewInbox(who).Lines(b, today); len(lines) > 0 {
					w := rapid.SampledFrom(lines).Draw(t, "aside")
					step.Register = putAside(t, b, who, w.Key(), today+model.Day(rapid.IntRange(1, 4).Draw(t, "until")))
				}
			default:
				for _, n := range rapid.SliceOfNDistinct(rapid.IntRange(1, 12), 0, 4, rapid.ID).Draw(t, "changed") {
					e := someWaiting(t, n)
					if step.Efforts[e.ID] = e; rapid.IntRange(0, 3).Draw(t, "gone") == 0 {
						step.Efforts[e.ID] = nil
					}
				}
			}
			b = b.With(step)
			fresh, back := model.NewInbox(who).Lines(b, today)
			want := model.InboxCount{All: len(fresh)}
			for _, l := range fresh {
				if l.Why == model.WaitRequest {
					want.Requests++
				}
			}
			look := func(b *model.Board, what string) {
				if got := held.Count(b, today); got != want {
					t.Fatalf("%s: counted %+v, there are %+v", what, got, want)
				}
				lines, again := held.Lines(b, today)
				if fmt.Sprint(tell(lines)) != fmt.Sprint(tell(fresh)) || again != back {
					t.Fatalf("%s: %v, %s; new %v, %s", what, tell(lines), again, tell(fresh), back)
				}
			}
			look(b, "as it goes")
			if rapid.Bool().Draw(t, "narrowed") {
				look(b.Narrow(func(*model.Effort) bool { return true }), "narrowed to everything")
				look(b, "and back")
			}
		}
	})
}

func tell(lines []model.Waiting) (words []string) {
	for i := range lines {
		words = append(words, told(&lines[i])+" "+lines[i].Since.String())
	}
	return words
}

// putAside is what Decide enters in the register.
func putAside(t *rapid.T, b *model.Board, who model.Actor, k model.WaitKey, until model.Day) (entries []model.Entry) {
	w := newTwin()
	w.cat = b.Catalogue()
	w.now = (until - 1).Time()
	w.efforts[k.Effort] = b.Effort(k.Effort)
	events, err := w.try(who, model.Postpone{Waits: []model.WaitKey{k}, Until: until})
	if err != nil {
		t.Fatal(err)
	}
	return events[0].Entries()
}

// TestWhatIsPutAsideCanBeSeenAndBroughtBack before its day.
func TestWhatIsPutAsideCanBeSeenAndBroughtBack(t *testing.T) {
	w := newTwin()
	id := w.propose(t)
	w.do(t, nuc, ask(id, "KFM"))
	board := func() *model.Board {
		var register []model.Entry
		for k, v := range w.register {
			register = append(register, model.Entry{EntryKey: k, Value: v})
		}
		return model.BoardOf(w.cat, 1, 1, []*model.Effort{w.efforts[id]}, register)
	}
	today, in := model.DayOf(w.now), model.NewInbox(kfmSyd)
	lines, _ := in.Lines(board(), today)
	key := lines[0].Key()
	w.do(t, kfmSyd, model.Postpone{Waits: []model.WaitKey{key}, Until: today + 5})
	aside := in.Aside(board(), today)
	if lines, back := in.Lines(board(), today); len(lines) != 0 || back != today+5 || len(aside) != 1 || aside[0].Until != today+5 {
		t.Fatalf("%v, back %s, aside %v", lines, back, aside)
	}
	w.do(t, kfmSyd, model.Postpone{Waits: []model.WaitKey{aside[0].Key()}})
	if lines, back := in.Lines(board(), today); len(lines) != 1 || back != 0 || len(in.Aside(board(), today)) != 0 {
		t.Errorf("%v, back %s", lines, back)
	}
}
