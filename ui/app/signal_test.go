package app

import (
	"testing"
	"testing/synctest"
	"time"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store/storetest"
)

// TestSignals: the title follows what waits, and the bell rings for what is asked of the own agency by others from now on,
// once for much at a time.
func TestSignals(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		rung := 0
		l := newLoop(t, storetest.Memory(), func(s *Session) {
			s.Title, s.Ring = true, func() { rung++ }
			s.Actor.Agency = "KFM"
		})
		other := model.Actor{Officer: "erik", Agency: "POL", Role: model.NationalRole}
		do := func(who model.Actor, c model.Command) model.EffortID {
			t.Helper()
			res, err := l.app.desk.Store.Do(t.Context(), who, c)
			if err != nil {
				t.Fatal(err)
			}
			l.pass(time.Second)
			return res.Events[0].Effort
		}
		see := func(title string, rings int) {
			t.Helper()
			if l.app.signals.title != title || rung != rings {
				t.Errorf("title %q, %d rings; want %q, %d", l.app.signals.title, rung, title, rings)
			}
		}
		ask := func(id model.EffortID, agencies ...model.AgencyCode) {
			t.Helper()
			c := model.Assign{On: model.On{Effort: id}}
			for _, a := range agencies {
				c.Parts = append(c.Parts, model.Part{Agency: a})
			}
			do(other, c)
		}
		see("samverkan", 0)
		id := do(other, model.Propose{Fields: map[model.Field]string{model.FieldRegion: "SYD", model.FieldFocus: "local_areas"}})
		see("samverkan · "+l.app.desk.Texts.Screen.Inbox.Title+" 1", 0) // a proposal
		ask(id, "SKV")
		see("samverkan · Inbox 1", 0)
		ask(id, "KFM")
		see("samverkan · Inbox 2", 1)
		two := do(other, model.Propose{Fields: map[model.Field]string{model.FieldRegion: "SYD", model.FieldFocus: "local_areas"}})
		ask(two, "KFM")
		see("samverkan · Inbox 4", 1) // too soon after the last
		l.pass(20 * time.Second)
		do(l.app.desk.Actor, model.Answer{On: model.On{Effort: two}, Agency: "KFM", Accept: true})
		do(l.app.desk.Actor, model.Undo{})
		see("samverkan · Inbox 4", 1) // one's own doing
		l.pass(20 * time.Second)
		l.run(l.app.desk.Cover(empty{}))
		l.pass(time.Second)
		see("samverkan", 1)
		ask(do(other, model.Propose{Fields: map[model.Field]string{model.FieldRegion: "SYD", model.FieldFocus: "local_areas"}}), "KFM")
		see("samverkan", 2)
		l.run(l.app.desk.Uncover())
		l.pass(time.Second)
		see("samverkan · Inbox 6", 2)

		// Who comes to the desk is not rung for what waits already.
		l.pass(20 * time.Second)
		ask(two, "TUL")
		l.run(l.app.desk.Sit(model.Actor{Officer: "tull", Agency: "TUL", Role: model.NationalRole}))
		l.pass(time.Second)
		if rung != 2 {
			t.Errorf("%d rings", rung)
		}
	})
}
