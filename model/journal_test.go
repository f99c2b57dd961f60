package model_test

import (
	"slices"
	"testing"
	"time"

	"board.internal/samverkan/model"
)

func TestTheJournalIsNarrowedByWords(t *testing.T) {
	w := newTwin()
	now := time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)
	parse := func(text string) (model.JournalFilter, error) {
		return model.ParseJournal(text, model.NewLexicon(w.cat), now, time.UTC)
	}
	for _, text := range []string{"effort:larka officer:kfm-syd agency:kfm since:7d", " Insats:larka  ANVÄNDARE:kfm-syd myndighet:Kronofogden sedan:168h ",
		"since:2026-11-13T14:00 anvandare:kfm-syd insats:larka agency:kronof"} {
		f, err := parse(text)
		if err != nil || f.Effort != "larka" || f.Officer != "kfm-syd" || f.Agency != "KFM" || f.Since != model.StampOf(now.AddDate(0, 0, -7)) {
			t.Errorf("%q: %+v, %v", text, f, err)
		}
	}
	if f, err := parse("lärka  kfm-syd"); err != nil || !slices.Equal(f.Bare, []string{"lärka", "kfm-syd"}) || f.String() != "lärka kfm-syd" {
		t.Errorf("%+v, %v", f, err)
	}
	for text, near := range map[string]string{"agncy:kfm": "agency", "agency:kmf": "kfm", "since:soon": "7d, 12h, 2026-11-20", "effort:": "", "status:active": ""} {
		_, err := parse(text)
		no, _ := err.(*model.Error)
		if no == nil || no.Fault != model.Invalid || no.Args["near"] != near {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestAnOfficerIsFoundByIdOrInitials(t *testing.T) {
	cat := model.DefaultCatalogue()
	cat.Officers = []model.Officer{{ID: "kfm-syd", Initials: "KA"}}
	for typed, want := range map[string]model.OfficerID{"KFM-syd": "kfm-syd", "ka": "kfm-syd", "Åsa": "åsa"} {
		if id, _, ok := cat.FindOfficer(typed, []model.OfficerID{"åsa"}); !ok || id != want {
			t.Errorf("%s is %q", typed, id)
		}
	}
	if _, near, ok := cat.FindOfficer("kfm-sud", nil); ok || near != "kfm-syd" {
		t.Errorf("near %q", near)
	}
}

// An important note stands on the board while it stands at all, the newest first, and never more than there is room for.
func TestImportantNotes(t *testing.T) {
	w := newTwin()
	id := w.propose(t)
	b := model.NewBoard(w.cat)
	step := func(events []model.Event) {
		s := model.Step{Seq: events[len(events)-1].Seq}
		for i := range events {
			s.Notes = append(s.Notes, events[i].ImportantNotes()...)
		}
		b = b.With(s)
	}
	note := model.AddNote{On: on(id), Text: "mötet är flyttat", Important: true}
	step(w.do(t, polSyd, note))
	last := w.journal[len(w.journal)-1]
	if got := b.Important(0); len(got) != 1 || got[0].Text != note.Text || got[0].Effort != id || !last.Important(last.Changes[0].Field) {
		t.Fatalf("%+v of %+v", got, last)
	}
	if got := b.Important(last.At); len(got) != 0 {
		t.Errorf("written since then: %+v", got)
	}
	step(w.do(t, polSyd, model.Undo{}))
	if got := b.Important(0); len(got) != 0 {
		t.Errorf("taken back: %+v", got)
	}
	undo := w.journal[len(w.journal)-1]
	if !undo.Important(undo.Changes[0].Field) {
		t.Error("what was taken back was important")
	}
	step(w.do(t, polSyd, model.Redo{}))
	step(w.do(t, polSyd, model.AddNote{On: on(id), Text: "vanlig"}))
	for range 30 {
		w.now = w.now.Add(time.Minute)
		step(w.do(t, kfmSyd, note))
	}
	got := b.Important(0)
	if len(got) != model.MaxImportant || got[0].At != model.StampOf(w.now) || got[0].By != "kfm-syd" {
		t.Errorf("%d, the first %+v", len(got), got[0])
	}
	// What is older than what had no room is not put in the place of one that is taken back.
	step(w.do(t, kfmSyd, model.Undo{}))
	b = b.With(model.Step{Notes: []model.EffortNote{{Effort: id, Note: model.Note{N: 900, Text: "gammal", At: 5, Important: true}}}})
	if got := b.Important(0); len(got) != model.MaxImportant-1 || got[len(got)-1].Text != note.Text {
		t.Errorf("%d, the last %+v", len(got), got[len(got)-1])
	}
}
