package model_test

import (
	"testing"

	"board.internal/samverkan/model"
)

func TestPrecedentsAreCounted(t *testing.T) {
	like := func(n int, change func(*model.Effort)) *model.Effort {
		return made(n, func(e *model.Effort) {
			e.Focus, e.Crime, e.Created = model.CrimeAreas, "Punktskattebrott", model.Stamp(100*n)
			e.Assignments = []model.Assignment{{Agency: "POL", State: model.Accepted}, {Agency: "KFM", State: model.Declined}}
			change(e)
		})
	}
	as := func(e *model.Effort) {}
	kfm := func(e *model.Effort) { e.Assignments[1].State = model.Accepted }
	p := model.PrecedentsOf(like(10, as))
	for _, e := range []*model.Effort{
		like(1, as), like(2, kfm), like(3, func(e *model.Effort) { kfm(e); e.Crime = "PUNKTSKATTEBROTT"; e.Status = model.Closed }),
		like(10, as), // itself
		like(4, func(e *model.Effort) { e.Focus = model.Individuals }),
		like(5, func(e *model.Effort) { e.Crime = "bidragsbrott" }),
		like(11, as), // later
		like(6, func(e *model.Effort) { e.Assignments = e.Assignments[1:] }), // nobody took part
	} {
		p.Take(e)
	}
	for agency, want := range map[model.AgencyCode]struct {
		in      int
		missing bool
	}{"POL": {3, true}, "KFM": {2, true}, "SKV": {0, false}} {
		if in, like := p.Of(agency); in != want.in || like != 3 || p.Missing(agency) != want.missing {
			t.Errorf("%s: %d of %d, missing %v", agency, in, like, p.Missing(agency))
		}
	}
	few := model.PrecedentsOf(like(10, as))
	few.Take(like(1, as))
	few.Take(like(2, as))
	if few.Missing("POL") {
		t.Error("two earlier efforts say nothing")
	}
	p.Take(like(7, as))
	p.Take(like(8, as))
	if p.Missing("KFM") {
		t.Error("two of five is less than half")
	}
}
