package model_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"board.internal/samverkan/model"
)

func TestAConflictTellsAllAgenciesAtOnce(t *testing.T) {
	w := newTwin()
	id := w.propose(t)
	w.do(t, nuc, ask(id, "POL", "KFM"))
	seen := model.On{Effort: id, Seen: 2}
	w.do(t, nuc, model.Answer{On: on(id), Agency: "POL", Accept: true})
	w.do(t, nuc, model.Answer{On: on(id), Agency: "KFM", Reason: "inga resurser"})
	mine := model.Assign{On: seen, Parts: []model.Part{{Agency: "POL", Off: true}, {Agency: "KFM", Mode: model.Remote}, {Agency: "SKV"}}}
	_, err := w.try(rsrSyd, mine)
	no := wantNo(t, err, model.Conflict, model.Changed)
	if got := no.Subjects(); len(got) != 2 || got[0][0].Field.Subject() != "agency.POL" || got[1][0].Field.Subject() != "agency.KFM" {
		t.Fatalf("%+v", got)
	}
	if !slices.ContainsFunc(no.Diffs, func(x model.Diff) bool { return x.Base == "asked" && x.Theirs == "declined" && x.Mine == "asked" }) {
		t.Errorf("%+v", no.Diffs)
	}
	settled, ok := model.Settle(mine, no.Diffs, func(x model.Diff) bool { return x.Field.Subject() == "agency.KFM" })
	if !ok {
		t.Fatal("nothing left")
	}
	w.do(t, rsrSyd, settled)
	e := w.efforts[id]
	if e.Assignment("POL").State != model.Accepted || e.Assignment("KFM").State != model.Asked || e.Assignment("SKV").State != model.Asked {
		t.Errorf("%+v", e.Assignments)
	}
}

func TestWhoeverLeadsByNowIsNotReleasedByTheWay(t *testing.T) {
	w := newTwin()
	id := w.propose(t)
	w.do(t, kfmSyd, ask(id, "KFM"))
	w.do(t, polSyd, model.Assign{On: on(id), Lead: "KFM"})
	mine := model.Assign{On: model.On{Effort: id, Seen: 2}, Parts: []model.Part{{Agency: "KFM", Off: true, Reason: "x"}}}
	_, err := w.try(rsrSyd, mine)
	no := wantNo(t, err, model.Conflict, model.Changed)
	if _, ok := model.Settle(mine, no.Diffs, func(model.Diff) bool { return false }); ok {
		t.Error("theirs leads, and is released all the same")
	}
}

// What a field brings along counts as changed with it: the level takes the region to the country.
func TestAFieldThatBringsAnotherAlong(t *testing.T) {
	w := newTwin()
	id := w.propose(t)
	w.do(t, nuc, model.Edit{On: on(id), Fields: edit("region", "VAST")})
	mine := model.Edit{On: model.On{Effort: id, Seen: 1}, Fields: edit("level", "national", "title", "b")}
	_, err := w.try(nuc, mine)
	no := wantNo(t, err, model.Conflict, model.Changed, "field", "region", "mine", "NAT", "theirs", "VAST")
	left, ok := model.Settle(mine, no.Diffs, func(model.Diff) bool { return false })
	if !ok {
		t.Fatal("nothing left")
	}
	w.do(t, nuc, left)
	if e := w.efforts[id]; e.Region != "VAST" || e.Level != model.Regional || e.Title != "b" {
		t.Errorf("%+v", e)
	}
}

func TestBulkConflictsAreSettledOneByOne(t *testing.T) {
	w := newTwin()
	one, two := w.propose(t, "title", "a"), w.propose(t, "title", "b", "codename", "ÖRN")
	w.do(t, rsrSyd, model.Edit{On: on(one), Fields: edit("crime", "x")})
	all := model.Together{Commands: []model.OnEffort{
		model.Edit{On: model.On{Effort: one, Seen: 1}, Fields: edit("crime", "y")},
		model.Edit{On: model.On{Effort: two, Seen: 1}, Fields: edit("crime", "y")}}}
	_, err := w.try(nuc, all)
	against := model.Against(err)
	if len(against) != 1 || against[0].Effort != one || against[0].Theirs != "x" {
		t.Fatalf("%v: %+v", err, against)
	}
	theirs, ok := model.Settle(all, against, func(model.Diff) bool { return false })
	if c := theirs.(model.Together).Commands; !ok || len(c) != 1 || model.About(c[0]) != two {
		t.Errorf("%+v", theirs)
	}
	mine, _ := model.Settle(all, against, func(model.Diff) bool { return true })
	w.do(t, nuc, mine)
	if w.efforts[one].Crime != "y" || w.efforts[two].Crime != "y" {
		t.Error("mine was not done")
	}
}

// TestSettlingLosesNothing: two officers change the same effort at once; whatever the second then chooses, each thing
// is mine where I chose so or nobody else changed it, and theirs where I chose that.
func TestSettlingLosesNothing(t *testing.T) {
	fields := []model.Field{model.FieldTitle, model.FieldArea, model.FieldCrime, model.FieldReview}
	some := func(t *rapid.T, who string) map[model.Field]string {
		m := map[model.Field]string{}
		for _, f := range fields {
			if rapid.Bool().Draw(t, who+" "+string(f)) {
				m[f] = rapid.SampledFrom([]string{"", "2026-12-01", "2026-12-02"}).Draw(t, who+"'s value")
			}
		}
		return m
	}
	rapid.Check(t, func(t *rapid.T) {
		w := newTwin()
		events, err := w.try(nuc, model.Propose{Fields: map[model.Field]string{"region": "SYD", "focus": "local_areas", "title": "a", "area": "b"}})
		if err != nil {
			t.Fatal(err)
		}
		id := events[0].Effort
		base := w.efforts[id]
		if _, err := w.try(rsrSyd, model.Edit{On: on(id), Fields: some(t, "theirs")}); err != nil {
			t.Fatal(err)
		}
		theirs := w.efforts[id]
		wish := some(t, "mine")
		mine := model.Edit{On: model.On{Effort: id, Seen: base.Version}, Fields: wish}
		meanwhile := model.Meanwhile(w, mine)
		for _, f := range fields {
			told := slices.ContainsFunc(meanwhile, func(x model.Diff) bool { return x.Field == f })
			if told != (base.Get(f) != theirs.Get(f)) {
				t.Fatalf("%s was %q, is %q; told of meanwhile: %+v", f, base.Get(f), theirs.Get(f), meanwhile)
			}
		}
		var command model.Command = mine
		chosen := map[model.Field]bool{}
		_, err = w.try(nuc, command)
		against, left := model.Against(err), true
		for _, x := range against {
			chosen[x.Field] = rapid.Bool().Draw(t, "mine for "+string(x.Field))
			if x.Base != base.Get(x.Field) || x.Theirs != theirs.Get(x.Field) || x.Mine != wish[x.Field] {
				t.Fatalf("%+v", x)
			}
		}
		if err != nil {
			if command, left = model.Settle(command, against, func(x model.Diff) bool { return chosen[x.Field] }); left {
				if _, err := w.try(nuc, command); err != nil {
					t.Fatalf("settled: %v", err)
				}
			}
		}
		for _, f := range fields {
			want, wished := wish[f]
			if own, conflict := chosen[f]; !wished || conflict && !own {
				want = theirs.Get(f)
			}
			if got := w.efforts[id].Get(f); got != want {
				t.Fatalf("%s is %q, want %q", f, got, want)
			}
		}
	})
}
