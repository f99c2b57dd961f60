package model_test

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"testing"

	"board.internal/samverkan/model"
)

// may is what roles may do, in one table: n nowhere, a for the own agency, r in the own regions,
// x either of these, e everywhere.
var may = map[model.Role]map[model.Right]byte{
	model.Viewer: {},
	model.Liaison: {
		model.RightPropose: 'r', model.RightEdit: 'r', model.RightAsk: 'r', model.RightNote: 'r', model.RightSign: 'r',
		model.RightAnswer: 'a', model.RightRelease: 'a', model.RightLog: 'a',
	},
	model.Coordinator: {
		model.RightPropose: 'r', model.RightEdit: 'r', model.RightAsk: 'r', model.RightNote: 'r', model.RightSign: 'r',
		model.RightAnswer: 'x', model.RightRelease: 'x', model.RightLog: 'x',
		model.RightStatus: 'r', model.RightImport: 'r',
	},
	model.NationalRole: {
		model.RightPropose: 'e', model.RightEdit: 'e', model.RightAsk: 'e', model.RightNote: 'e',
		model.RightAnswer: 'e', model.RightRelease: 'e', model.RightLog: 'e',
		model.RightStatus: 'e', model.RightImport: 'e', model.RightSign: 'e', model.RightPIN: 'e',
	},
}

func TestWhatRolesMay(t *testing.T) {
	for _, role := range append(model.Roles(), 0) {
		for _, right := range model.Rights() {
			for _, region := range []model.RegionCode{"SYD", "NORD", "NAT"} {
				for _, agency := range []model.AgencyCode{"KFM", "POL", ""} {
					actor := officer("x", "KFM", role, "SYD")
					ownRegion, ownAgency := region == "SYD", agency == "KFM"
					want := allowed(may[role][right], ownRegion, ownAgency)
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
					actor.Then = 1
					if err := actor.May(right, region, agency); !model.Is(err, model.InThePast) {
						t.Errorf("in the past %s %s: %v", role, right, err)
					}
				}
			}
		}
	}
}

// commands are all commands, each about an effort of a region and, where one is concerned, about KFM, with what the
// viewer, the liaison, the coordinator and the national centre may do of it, in the letters of may.
var commands = map[string]struct {
	command func(w *twin, t *testing.T, region model.RegionCode) model.Command
	may     string
}{
	"propose": {func(_ *twin, _ *testing.T, r model.RegionCode) model.Command {
		return model.Propose{Fields: fields("region", string(r))}
	}, "nrre"},
	"edit": {onJoint(func(id model.EffortID) model.Command { return model.Edit{On: on(id), Fields: edit("title", "x")} }), "nrre"},
	"ask":  {onJoint(func(id model.EffortID) model.Command { return ask(id, "SKV") }), "nrre"},
	"lead": {onJoint(func(id model.EffortID) model.Command { return model.Assign{On: on(id), Lead: "KFM"} }), "nrre"},
	"put in the agency": {func(w *twin, t *testing.T, r model.RegionCode) model.Command {
		return ask(w.propose(t, "region", string(r)), "KFM")
	}, "nxxe"},
	"answer":                       {onJoint(func(id model.EffortID) model.Command { return accept(id, "KFM") }, "KFM"), "naxe"},
	"decline":                      {onJoint(func(id model.EffortID) model.Command { return model.Answer{On: on(id), Agency: "KFM", Reason: "x"} }, "KFM"), "naxe"},
	"release":                      {onJoint(func(id model.EffortID) model.Command { return model.Release{On: on(id), Agency: "KFM", Reason: "x"} }), "naxe"},
	"withdraw from another agency": {onJoint(func(id model.EffortID) model.Command { return model.Release{On: on(id), Agency: "AF"} }, "AF"), "nrre"},
	"status":                       {onJoint(func(id model.EffortID) model.Command { return moveTo(id, model.Preparing) }), "nnre"},
	"note":                         {onJoint(func(id model.EffortID) model.Command { return model.AddNote{On: on(id), Text: "x"} }), "nrre"},
	"measure": {onJoint(func(id model.EffortID) model.Command {
		return model.AddMeasure{On: on(id), Type: model.Safety, Text: "x"}
	}), "nrre"},
	"move to the other region": {func(w *twin, t *testing.T, r model.RegionCode) model.Command {
		other := map[model.RegionCode]string{"SYD": "NORD", "NORD": "SYD"}[r]
		return model.Edit{On: on(w.propose(t, "region", string(r))), Fields: edit("region", other)}
	}, "nnne"},
	"hours": {onJoint(func(id model.EffortID) model.Command {
		return model.AddHours{On: on(id), Agency: "KFM", Centi: 1_00}
	}), "naxe"},
	"outcome": {onJoint(func(id model.EffortID) model.Command {
		return model.AddOutcome{On: on(id), Measure: "weapons_seized", Milli: 3_000, Agency: "KFM"}
	}), "naxe"},
	"outcome of one's own agency": {onJoint(func(id model.EffortID) model.Command {
		return model.AddOutcome{On: on(id), Measure: "weapons_seized", Milli: 3_000}
	}), "neee"},
	"decision": {func(w *twin, t *testing.T, r model.RegionCode) model.Command {
		id := w.propose(t, "region", string(r))
		w.do(t, nuc, moveTo(id, model.Preparing))
		w.do(t, nuc, moveTo(id, model.Decided))
		return model.Edit{On: on(id), Fields: edit("reference", "B2")}
	}, "nnre"},
	"put a partner on": {onJoint(func(id model.EffortID) model.Command {
		return model.Assign{On: on(id), Partners: []model.PartnerPart{{Name: "Hamnen", New: true}}}
	}), "nrre"},
	"register a partner": {func(_ *twin, _ *testing.T, r model.RegionCode) model.Command {
		return model.SetPartner{Partner: model.Partner{Region: r, Name: "Hamnen"}}
	}, "nrre"},
	"put aside": {onJoint(func(id model.EffortID) model.Command {
		return model.Postpone{Waits: []model.WaitKey{{Effort: id, Why: model.WaitLead}}, Until: day("2026-11-27")}
	}), "neee"},
	"link": {func(w *twin, t *testing.T, r model.RegionCode) model.Command {
		return model.SetLink{On: on(w.propose(t, "region", string(r))), Other: string(w.propose(t, "region", string(r))), Kind: model.Continues}
	}, "nrre"},
	"open a meeting": {func(w *twin, t *testing.T, r model.RegionCode) model.Command {
		return model.BeginMeeting{Region: r, Agenda: []model.EffortID{w.propose(t, "region", string(r))}}
	}, "nnre"},
	"close a meeting": {func(w *twin, t *testing.T, r model.RegionCode) model.Command {
		w.do(t, nuc, model.BeginMeeting{Region: r})
		return model.EndMeeting{Region: r}
	}, "nnre"},
	"put off to the next meeting": {func(w *twin, t *testing.T, r model.RegionCode) model.Command {
		w.do(t, nuc, model.BeginMeeting{Region: r})
		return model.Adjourn{Effort: w.propose(t, "region", string(r))}
	}, "nnre"},
	"save a filter": {func(*twin, *testing.T, model.RegionCode) model.Command {
		return model.SaveFilter{SavedFilter: model.SavedFilter{Name: "x", Text: "mine"}}
	}, "eeee"},
	"together": {onJoint(func(id model.EffortID) model.Command {
		return model.Together{Commands: []model.OnEffort{model.AddNote{On: on(id), Text: "x"}, model.AddNote{On: on(id), Text: "y"}}}
	}), "nrre"},
	"undo": {func(w *twin, t *testing.T, r model.RegionCode) model.Command {
		w.do(t, officer("x", "KFM", model.NationalRole), model.AddNote{On: on(w.propose(t, "region", string(r))), Text: "x"})
		return model.Undo{}
	}, "neee"},
	"redo": {func(w *twin, t *testing.T, r model.RegionCode) model.Command {
		who := officer("x", "KFM", model.NationalRole)
		w.do(t, who, model.AddNote{On: on(w.propose(t, "region", string(r))), Text: "x"})
		w.do(t, who, model.Undo{})
		return model.Redo{}
	}, "neee"},
	"import": {func(_ *twin, _ *testing.T, r model.RegionCode) model.Command {
		one := row(2)
		one.Effort.Region = r
		return model.Import{Rows: []model.Row{one}}
	}, "nnre"},
	"hand over": {func(_ *twin, _ *testing.T, r model.RegionCode) model.Command {
		return model.HandOver{Region: r, Note: "x"}
	}, "nrre"},
	"take over": {func(w *twin, t *testing.T, r model.RegionCode) model.Command {
		w.do(t, nuc, model.HandOver{Region: r, Note: "x"})
		return model.TakeOver{Region: r, Number: 1}
	}, "nrre"},
	"choose a PIN": {func(*twin, *testing.T, model.RegionCode) model.Command {
		return model.SetPIN{Officer: "x", Hash: aHash}
	}, "eeee"},
	"take the desk": {func(w *twin, t *testing.T, _ model.RegionCode) model.Command {
		w.do(t, officer("x", "KFM", model.Viewer), model.SetPIN{Officer: "x", Hash: aHash})
		return model.TryPIN{Officer: "x", Hash: aHash, Right: true}
	}, "eeee"},
	"try another's PIN": {func(w *twin, t *testing.T, _ model.RegionCode) model.Command {
		w.do(t, kfmSyd, model.SetPIN{Officer: "kfm-syd", Hash: aHash})
		return model.TryPIN{Officer: "kfm-syd", Hash: aHash}
	}, "eeee"},
	"take the desk as another": {func(w *twin, t *testing.T, _ model.RegionCode) model.Command {
		w.do(t, kfmSyd, model.SetPIN{Officer: "kfm-syd", Hash: aHash})
		return model.TryPIN{Officer: "kfm-syd", Hash: aHash, Right: true}
	}, "nnnn"},
	"choose another's PIN": {func(*twin, *testing.T, model.RegionCode) model.Command {
		return model.SetPIN{Officer: "kfm-syd", Hash: aHash}
	}, "nnnn"},
	"take another's PIN out": {func(w *twin, t *testing.T, _ model.RegionCode) model.Command {
		w.do(t, kfmSyd, model.SetPIN{Officer: "kfm-syd", Hash: aHash})
		return model.SetPIN{Officer: "kfm-syd"}
	}, "nnne"},
}

// allowed says what a letter of may lets be done.
func allowed(letter byte, ownRegion, ownAgency bool) bool {
	switch letter {
	case 'a':
		return ownAgency
	case 'r':
		return ownRegion
	case 'x':
		return ownAgency || ownRegion
	}
	return letter == 'e'
}

// TestWhatRolesMayCommand lets an officer of SYD, of KFM and of another agency, give each command in the own and in
// another region: who gets it done, and who is forbidden. A board that is open for reading only lets nobody.
func TestWhatRolesMayCommand(t *testing.T) {
	for name, c := range commands {
		for i, role := range model.Roles() {
			for _, region := range []model.RegionCode{"SYD", "NORD"} {
				for _, agency := range []model.AgencyCode{"KFM", "TUL"} {
					w, who := newTwin(), officer("x", agency, role, "SYD")
					cmd := c.command(w, t, region)
					reading := who
					reading.ReadOnly = true
					if _, err := w.try(reading, cmd); !model.Is(err, model.ReadOnly) {
						t.Errorf("%s, read only: %v", name, err)
					}
					_, err := w.try(who, cmd)
					if want := allowed(c.may[i], region == "SYD", agency == "KFM"); (err == nil) != want {
						t.Errorf("%s: %s of %s in %s: %v, want %v", name, role, agency, region, err, want)
					}
					if problems, ok := err.(model.Problems); ok {
						err = problems[0].Err
					}
					if refusals, ok := err.(model.Refusals); ok {
						err = refusals[0].Err
					}
					if err != nil && model.FaultOf(err) != model.Forbidden {
						t.Errorf("%s: %s of %s in %s: %v is not a matter of who", name, role, agency, region, err)
					}
				}
			}
		}
	}
}

// TestEveryCommandIsAskedAbout: a command that commands lacks is one that nobody has thought about who may give it.
func TestEveryCommandIsAskedAbout(t *testing.T) {
	asked := map[string]bool{}
	for _, c := range commands {
		asked[reflect.TypeOf(c.command(newTwin(), t, "SYD")).Name()] = true
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	method, found := regexp.MustCompile(`(?m)^func \(\w* ?(\w+)\) decide\(d \*decision\) error`), 0
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range method.FindAllSubmatch(source, -1) {
			if found++; !asked[string(m[1])] {
				t.Errorf("%s: nothing says who may give %s", file, m[1])
			}
		}
	}
	if found < 15 {
		t.Errorf("only %d commands found", found)
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
