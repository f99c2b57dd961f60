package model_test

import (
	"testing"

	"board.internal/samverkan/model"
)

// may is what contract.md says of roles, in one table: n nowhere, a for the own agency, r in the own regions,
// x either of these, e everywhere.
var may = map[model.Role]map[model.Right]byte{
	model.Viewer: {},
	model.Liaison: {
		model.RightPropose: 'r', model.RightEdit: 'r', model.RightAsk: 'r', model.RightNote: 'r',
		model.RightAnswer: 'a', model.RightRelease: 'a', model.RightLog: 'a',
	},
	model.Coordinator: {
		model.RightPropose: 'r', model.RightEdit: 'r', model.RightAsk: 'r', model.RightNote: 'r',
		model.RightAnswer: 'x', model.RightRelease: 'x', model.RightLog: 'x',
		model.RightStatus: 'r', model.RightImport: 'r',
	},
	model.NationalRole: {
		model.RightPropose: 'e', model.RightEdit: 'e', model.RightAsk: 'e', model.RightNote: 'e',
		model.RightAnswer: 'e', model.RightRelease: 'e', model.RightLog: 'e',
		model.RightStatus: 'e', model.RightImport: 'e',
	},
}

func TestWhatRolesMay(t *testing.T) {
	for _, role := range append(model.Roles(), 0) {
		for _, right := range model.Rights() {
			for _, region := range []model.RegionCode{"SYD", "NORD", "NAT"} {
				for _, agency := range []model.AgencyCode{"KFM", "POL", ""} {
					actor := officer("x", "KFM", role, "SYD")
					ownRegion, ownAgency := region == "SYD", agency == "KFM"
					want := false
					switch may[role][right] {
					case 'a':
						want = ownAgency
					case 'r':
						want = ownRegion
					case 'x':
						want = ownAgency || ownRegion
					case 'e':
						want = true
					}
					err := actor.May(right, region, agency)
					if (err == nil) != want {
						t.Errorf("%s %s in %s for %q: %v, want %v", role, right, region, agency, err, want)
					}
					if err != nil && model.FaultOf(err) != model.Forbidden {
						t.Errorf("%s %s: fault %d", role, right, model.FaultOf(err))
					}
					actor.ReadOnly = true
					if err := actor.May(right, region, agency); !model.Is(err, model.ReadOnly) {
						t.Errorf("read only %s %s: %v", role, right, err)
					}
				}
			}
		}
	}
}

// TestWhatRolesMayCommand lets an officer of KFM in SYD give each command to an effort of the own and of
// another region: who gets it done, and who is forbidden.
func TestWhatRolesMayCommand(t *testing.T) {
	const none, own, all = "", "SYD", "SYD NORD"
	commands := map[string]struct {
		command                                func(w *twin, t *testing.T, region model.RegionCode) model.Command
		viewer, liaison, coordinator, national string
	}{
		"propose": {func(_ *twin, _ *testing.T, r model.RegionCode) model.Command {
			return model.Propose{Fields: fields("region", string(r))}
		}, none, own, own, all},
		"edit": {onJoint(func(id model.EffortID) model.Command { return model.Edit{On: on(id), Fields: edit("title", "x")} }), none, own, own, all},
		"ask":  {onJoint(func(id model.EffortID) model.Command { return ask(id, "SKV") }), none, own, own, all},
		"lead": {onJoint(func(id model.EffortID) model.Command { return model.Assign{On: on(id), Lead: "KFM"} }), none, own, own, all},
		"put in the own agency": {func(w *twin, t *testing.T, r model.RegionCode) model.Command {
			return ask(w.propose(t, "region", string(r)), "KFM")
		}, none, all, all, all},
		"answer for the own agency":    {onJoint(func(id model.EffortID) model.Command { return accept(id, "KFM") }, "KFM"), none, all, all, all},
		"answer for another agency":    {onJoint(func(id model.EffortID) model.Command { return accept(id, "AF") }, "AF"), none, none, own, all},
		"release the own agency":       {onJoint(func(id model.EffortID) model.Command { return model.Release{On: on(id), Agency: "KFM", Reason: "x"} }), none, all, all, all},
		"release another agency":       {onJoint(func(id model.EffortID) model.Command { return model.Release{On: on(id), Agency: "POL", Reason: "x"} }), none, none, own, all},
		"withdraw from another agency": {onJoint(func(id model.EffortID) model.Command { return model.Release{On: on(id), Agency: "AF"} }, "AF"), none, own, own, all},
		"status":                       {onJoint(func(id model.EffortID) model.Command { return moveTo(id, model.Preparing) }), none, none, own, all},
		"note":                         {onJoint(func(id model.EffortID) model.Command { return model.AddNote{On: on(id), Text: "x"} }), none, own, own, all},
		"measure": {onJoint(func(id model.EffortID) model.Command {
			return model.AddMeasure{On: on(id), Type: model.Safety, Text: "x"}
		}), none, own, own, all},
		"move to the other region": {func(w *twin, t *testing.T, r model.RegionCode) model.Command {
			other := map[model.RegionCode]string{"SYD": "NORD", "NORD": "SYD"}[r]
			return model.Edit{On: on(w.propose(t, "region", string(r))), Fields: edit("region", other)}
		}, none, none, none, all},
		"hours of the own agency": {onJoint(func(id model.EffortID) model.Command {
			return model.AddHours{On: on(id), Agency: "KFM", Centi: 1_00}
		}), none, all, all, all},
		"hours of another agency": {onJoint(func(id model.EffortID) model.Command {
			return model.AddHours{On: on(id), Agency: "POL", Centi: 1_00}
		}), none, none, own, all},
		"decision": {func(w *twin, t *testing.T, r model.RegionCode) model.Command {
			id := w.propose(t, "region", string(r))
			w.do(t, nuc, moveTo(id, model.Preparing))
			w.do(t, nuc, moveTo(id, model.Decided))
			return model.Edit{On: on(id), Fields: edit("reference", "B2")}
		}, none, none, own, all},
		"put a partner on": {onJoint(func(id model.EffortID) model.Command {
			return model.Assign{On: on(id), Partners: []model.PartnerPart{{Name: "Hamnen", New: true}}}
		}), none, own, own, all},
		"register a partner": {func(_ *twin, _ *testing.T, r model.RegionCode) model.Command {
			return model.SetPartner{Partner: model.Partner{Region: r, Name: "Hamnen"}}
		}, none, own, own, all},
		"put aside": {onJoint(func(id model.EffortID) model.Command {
			return model.Postpone{Waits: []model.WaitKey{{Effort: id, Why: model.WaitLead}}, Until: day("2026-11-27")}
		}), none, all, all, all},
		"together": {onJoint(func(id model.EffortID) model.Command {
			return model.Together{Commands: []model.OnEffort{model.AddNote{On: on(id), Text: "x"}, model.AddNote{On: on(id), Text: "y"}}}
		}), none, own, own, all},
		"undo": {func(w *twin, t *testing.T, r model.RegionCode) model.Command {
			w.do(t, officer("x", "KFM", model.NationalRole), model.AddNote{On: on(w.propose(t, "region", string(r))), Text: "x"})
			return model.Undo{}
		}, none, all, all, all},
		"redo": {func(w *twin, t *testing.T, r model.RegionCode) model.Command {
			who := officer("x", "KFM", model.NationalRole)
			w.do(t, who, model.AddNote{On: on(w.propose(t, "region", string(r))), Text: "x"})
			w.do(t, who, model.Undo{})
			return model.Redo{}
		}, none, all, all, all},
		"import": {func(_ *twin, _ *testing.T, r model.RegionCode) model.Command {
			one := row(2)
			one.Effort.Region = r
			return model.Import{Rows: []model.Row{one}}
		}, none, none, own, all},
	}
	for name, c := range commands {
		for role, where := range map[model.Role]string{model.Viewer: c.viewer, model.Liaison: c.liaison,
			model.Coordinator: c.coordinator, model.NationalRole: c.national} {
			for _, region := range []model.RegionCode{"SYD", "NORD"} {
				w := newTwin()
				_, err := w.try(officer("x", "KFM", role, "SYD"), c.command(w, t, region))
				want := where == all || where == own && region == "SYD"
				if (err == nil) != want {
					t.Errorf("%s: %s in %s: %v, want %v", name, role, region, err, want)
				}
				if problems, ok := err.(model.Problems); ok {
					err = problems[0].Err
				}
				if refusals, ok := err.(model.Refusals); ok {
					err = refusals[0].Err
				}
				if err != nil && model.FaultOf(err) != model.Forbidden {
					t.Errorf("%s: %s in %s: %v is not a matter of who", name, role, region, err)
				}
			}
		}
	}
}

// onJoint makes a command about an effort with POL and KFM, after some agencies were asked (again).
func onJoint(c func(model.EffortID) model.Command, asked ...model.AgencyCode) func(*twin, *testing.T, model.RegionCode) model.Command {
	return func(w *twin, t *testing.T, region model.RegionCode) model.Command {
		id := w.propose(t, "region", string(region))
		w.joint(t, id)
		for _, a := range asked {
			if w.efforts[id].Assignment(a).State == model.Accepted {
				w.do(t, nuc, model.Release{On: on(id), Agency: a, Reason: "x"})
			}
			w.do(t, nuc, ask(id, a))
		}
		return c(id)
	}
}

func TestANationalEffortIsWorkedOnFromEachRegionItTouches(t *testing.T) {
	touching := func(t *testing.T) (*twin, model.EffortID) {
		w := newTwin()
		return w, w.propose(t, "level", "national", "regions", "SYD, OST")
	}
	for name, c := range map[string]struct {
		actor   model.Actor
		command func(model.EffortID) model.Command
		ok      bool
	}{
		"a liaison notes":                {kfmSyd, func(id model.EffortID) model.Command { return model.AddNote{On: on(id), Text: "x"} }, true},
		"a liaison asks":                 {kfmSyd, func(id model.EffortID) model.Command { return ask(id, "POL") }, true},
		"a liaison of elsewhere notes":   {skvNord, func(id model.EffortID) model.Command { return model.AddNote{On: on(id), Text: "x"} }, false},
		"a liaison edits":                {kfmSyd, func(id model.EffortID) model.Command { return model.Edit{On: on(id), Fields: edit("title", "x")} }, false},
		"a coordinator edits":            {rsrSyd, func(id model.EffortID) model.Command { return model.Edit{On: on(id), Fields: edit("title", "x")} }, false},
		"a coordinator moves its status": {rsrSyd, func(id model.EffortID) model.Command { return moveTo(id, model.Preparing) }, false},
		"the national centre edits":      {nuc, func(id model.EffortID) model.Command { return model.Edit{On: on(id), Fields: edit("title", "x")} }, true},
	} {
		w, id := touching(t)
		_, err := w.try(c.actor, c.command(id))
		if (err == nil) != c.ok || err != nil && model.FaultOf(err) != model.Forbidden {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTheJournalNamesWhoRecordedAnAnswer(t *testing.T) {
	w := newTwin()
	id := w.propose(t)
	w.do(t, nuc, ask(id, "KFM"))
	ev := w.do(t, rsrSyd, accept(id, "KFM"))[0]
	if ev.Officer != "rsr-syd" || ev.Agency != "" || ev.Terminal != "test" || ev.At != model.StampOf(w.now) || ev.Action != model.ActAnswer {
		t.Errorf("event %+v", ev)
	}
}
