package model_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"board.internal/samverkan/model"
)

// agenda is what is due before the council of Syd, a word for each matter.
func (w *twin) agenda() (said []string) {
	b := w.boardOf()
	items, _ := b.Agenda("SYD", model.DayOf(w.now))
	for _, i := range items {
		word := i.Effort.Codename + " " + i.Why.String()
		if i.Adjourned != 0 {
			word += " " + i.Adjourned.String()
		}
		said = append(said, word)
	}
	return said
}

// minutes are those of the last meeting of Syd, from the journal since it began.
func (w *twin) minutes() (said []string) {
	m := w.boardOf().Meeting("SYD")
	begun := slices.IndexFunc(w.journal, func(ev model.Event) bool {
		return ev.Action == model.ActMeeting && slices.ContainsFunc(ev.Entries(), func(e model.Entry) bool {
			of, _ := e.Meeting()
			return of.Number == m.Number && of.Begun.At != 0
		})
	})
	for _, x := range model.MinutesOf(*m, w.journal[begun+1:], func(id model.EffortID) *model.Effort { return w.efforts[id] }).Matters {
		word := x.Effort.Codename + " " + string(x.Result())
		if x.Beside {
			word += " beside"
		}
		said = append(said, word)
	}
	return said
}

// TestAMeeting walks through two meetings of a council: what comes onto the agenda in which order, what can be done, what
// the minutes say of each, and what is put off comes first the next time.
func TestAMeeting(t *testing.T) {
	w := newTwin()
	name := func(codename string, pairs ...string) model.EffortID {
		return w.propose(t, append([]string{"codename", codename}, pairs...)...)
	}
	lark, pie := name("LÄRKA"), name("SKATA")
	w.now = w.now.Add(time.Hour)
	crane, elsewhere := name("TRANA"), name("DROMEDAR", "region", "NORD")
	w.do(t, nuc, moveTo(crane, model.Preparing))
	running := name("KAJA", "review", "2026-11-27")
	for _, to := range []model.Status{model.Preparing, model.Decided} {
		w.do(t, nuc, moveTo(running, to))
	}
	late := name("UGGLA", "review", "2026-11-28") // a day too far ahead, were it decided
	w.do(t, nuc, moveTo(late, model.Preparing))
	w.do(t, nuc, moveTo(late, model.Decided))
	want(t, w.agenda(), "LÄRKA proposal", "SKATA proposal", "TRANA proposal", "KAJA review_overdue")

	items, _ := w.boardOf().Agenda("SYD", model.DayOf(w.now))
	begin := model.BeginMeeting{Region: "SYD"}
	for _, i := range items {
		begin.Agenda = append(begin.Agenda, i.Effort.ID)
	}
	if ev := w.do(t, rsrSyd, begin); len(ev) != 1 || ev[0].Effort != "" {
		t.Fatalf("%+v", ev)
	}
	if m := w.boardOf().Meeting("SYD"); !m.Open() || m.Number != 1 || !slices.Equal(m.Agenda, begin.Agenda) || m.Begun.Officer != rsrSyd.Officer {
		t.Fatalf("%+v", m)
	}
	want(t, w.minutes(), "LÄRKA untouched", "SKATA untouched", "TRANA untouched", "KAJA untouched")

	w.do(t, rsrSyd, moveTo(lark, model.Preparing))
	w.do(t, rsrSyd, moveTo(lark, model.Decided))
	w.do(t, kfmSyd, model.AddNote{On: on(crane), Text: "KFM är med"}) // on the agenda, whoever it is by
	w.do(t, rsrSyd, model.Adjourn{Effort: pie})
	w.do(t, rsrSyd, model.Edit{On: on(running), Fields: edit("review", "2027-03-01")})
	w.do(t, kfmSyd, model.AddNote{On: on(late), Text: "inget för rådet"}) // beside it, and not by who holds the meeting
	beside := w.do(t, rsrSyd, model.Propose{Fields: fields("codename", "STARE")})[0].Effort
	w.do(t, nuc, model.AddNote{On: on(elsewhere), Text: "Nord"})
	want(t, w.minutes(), "LÄRKA decided", "SKATA adjourned", "TRANA discussed", "KAJA reviewed", "STARE proposed beside")

	// What is taken back has not been.
	w.do(t, rsrSyd, moveTo(beside, model.Preparing))
	w.do(t, rsrSyd, model.Undo{})
	w.do(t, rsrSyd, model.Adjourn{Effort: crane})
	want(t, w.minutes(), "LÄRKA decided", "SKATA adjourned", "TRANA adjourned", "KAJA reviewed", "STARE proposed beside")
	w.do(t, rsrSyd, model.Undo{})
	want(t, w.minutes(), "LÄRKA decided", "SKATA adjourned", "TRANA discussed", "KAJA reviewed", "STARE proposed beside")

	w.do(t, rsrSyd, model.EndMeeting{Region: "SYD"})
	if _, err := w.try(rsrSyd, model.Undo{Of: uint64(len(w.journal))}); err == nil {
		t.Error("a signature was taken back")
	}
	if m := w.boardOf().Meeting("SYD"); m.Open() || m.Ended.Officer != rsrSyd.Officer {
		t.Errorf("%+v", m)
	}
	w.now = w.now.AddDate(0, 0, 14)
	want(t, w.agenda(), "SKATA proposal 2026-11-20", "TRANA proposal", "STARE proposal", "UGGLA review_overdue")
	w.do(t, rsrSyd, model.BeginMeeting{Region: "SYD", Agenda: []model.EffortID{pie, late}})
	w.do(t, rsrSyd, model.SetStatus{On: on(pie), To: model.Rejected, Reason: "för litet"})
	w.do(t, rsrSyd, model.Adjourn{Effort: late})
	want(t, w.minutes(), "SKATA rejected", "UGGLA adjourned")
	w.do(t, rsrSyd, model.EndMeeting{Region: "SYD"})
	if m := w.boardOf().Meeting("SYD"); m.Number != 2 {
		t.Errorf("%+v", m)
	}
	// A review that was put off and then held is another matter when it comes up again.
	want(t, w.agenda(), "UGGLA review_overdue 2026-12-04", "TRANA proposal", "STARE proposal")
	w.do(t, rsrSyd, model.Edit{On: on(late), Fields: edit("review", "2027-06-01")})
	w.now = w.now.AddDate(0, 6, 0)
	want(t, w.agenda()[2:], "KAJA review_overdue", "UGGLA review_overdue")
}

func want(t *testing.T, got []string, want ...string) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got  %s\nwant %s", strings.Join(got, ", "), strings.Join(want, ", "))
	}
}

func TestALongAgendaIsCut(t *testing.T) {
	w := newTwin()
	for range model.MaxAgenda + 3 {
		w.propose(t)
	}
	if items, more := w.boardOf().Agenda("SYD", model.DayOf(w.now)); len(items) != model.MaxAgenda || more != 3 {
		t.Errorf("%d, and %d more", len(items), more)
	}
	if items, more := w.boardOf().Agenda("NORD", model.DayOf(w.now)); len(items) != 0 || more != 0 {
		t.Errorf("%d, and %d more", len(items), more)
	}
}

// TestEveryResultIsKnown: whatever a status is called, the summary of a meeting has a place for it.
func TestEveryResultIsKnown(t *testing.T) {
	all := model.Results()
	for _, s := range model.Statuses() {
		x := model.Matter{Changing: model.Changing{Event: model.Event{Changes: []model.Change{{Field: model.FieldStatus, New: s.String()}}}}}
		if !slices.Contains(all, x.Result()) {
			t.Errorf("%s is no result", s)
		}
	}
}
