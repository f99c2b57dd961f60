package model_test

import (
	"errors"
	"testing"

	"board.internal/samverkan/model"
)

// refusals are the ways to a no: what is done, by whom, and what the answer is and names.
var refusals = []struct {
	name  string
	try   func(t *testing.T, w *twin) error
	fault model.Fault
	why   model.Why
	args  []string
}{
	{"a title with a control character", proposing("title", "a\x1b[2J"), model.Invalid, model.BadText, []string{"field", "title"}},
	{"a review date that is none", proposing("review", "2026-13-01"), model.Invalid, model.BadDate, []string{"field", "review", "value", "2026-13-01"}},
	{"a priority beyond the lowest", proposing("priority", "4"), model.Invalid, model.BadNumber, []string{"field", "priority", "value", "4"}},
	{"a priority of nothing", proposing("priority", "0"), model.Invalid, model.BadNumber, []string{"field", "priority", "value", "0"}},
	{"a priority in letters", proposing("priority", "hög"), model.Invalid, model.BadNumber, []string{"field", "priority"}},
	{"an unknown region", proposing("region", "SYDD"), model.Invalid, model.UnknownValue, []string{"field", "region", "value", "SYDD", "near", "SYD"}},
	{"an unknown focus", proposing("focus", "crime"), model.Invalid, model.UnknownValue, []string{"field", "focus", "value", "crime"}},
	{"an unknown kind", proposing("kind", "operativ"), model.Invalid, model.UnknownValue, []string{"field", "kind", "value", "operativ", "near", "operative"}},
	{"an unknown region touched", proposing("level", "national", "regions", "SYD, NROD"), model.Invalid, model.UnknownValue, []string{"field", "regions", "value", "NROD", "near", "NORD"}},
	{"a handover that is not there", doing(nuc, model.TakeOver{Region: "SYD", Number: 1}), model.NotFound, model.NoHandover, []string{"region", "SYD", "number", "1"}},
	{"a handover of one's own", func(t *testing.T, w *twin) error {
		w.do(t, nuc, model.HandOver{Region: "SYD"})
		_, err := w.try(nuc, model.TakeOver{Region: "SYD", Number: 1})
		return err
	}, model.Refused, model.HandoverOwn, []string{"region", "SYD", "number", "1"}},
	{"a handover that is taken over", func(t *testing.T, w *twin) error {
		w.do(t, nuc, model.HandOver{Region: "SYD"})
		w.do(t, rsrSyd, model.TakeOver{Region: "SYD", Number: 1})
		_, err := w.try(polSyd, model.TakeOver{Region: "SYD", Number: 1})
		return err
	}, model.Refused, model.HandoverTaken, []string{"region", "SYD", "number", "1", "officer", "rsr-syd"}},
	{"a field that is not edited", proposing("status", "active"), model.Invalid, model.UnknownField, []string{"field", "status"}},
	{"no region", proposing("region", ""), model.Invalid, model.Missing, []string{"field", "region"}},
	{"a national effort that touches nothing", proposing("region", "NAT"), model.Invalid, model.Missing, []string{"field", "regions"}},
	{"a note without text", about(nuc, func(id model.EffortID) model.Command { return model.AddNote{On: on(id), Text: " \n "} }),
		model.Invalid, model.Missing, []string{"field", "note"}},
	{"a measure without type", about(nuc, func(id model.EffortID) model.Command { return model.AddMeasure{On: on(id), Text: "x"} }),
		model.Invalid, model.Missing, []string{"field", "measure"}},
	{"an effort that is not there", doing(nuc, model.AddNote{On: on("SYD-2026-999"), Text: "x"}), model.NotFound, model.UnknownEffort, []string{"effort", "SYD-2026-999"}},
	{"an agency that is not there", about(nuc, func(id model.EffortID) model.Command { return ask(id, "KFN") }),
		model.NotFound, model.UnknownAgency, []string{"agency", "KFN", "near", "KFM"}},
	{"an agency that is no member any more", about(nuc, func(id model.EffortID) model.Command { return ask(id, "OLD") }),
		model.Refused, model.NotMember, []string{"agency", "OLD", "day", "2026-11-20"}},
	{"a region that is no more", func(t *testing.T, w *twin) error {
		w.cat.Region("SYD").To = day("2020-01-01")
		_, err := w.try(nuc, model.Propose{Fields: fields()})
		return err
	}, model.Refused, model.NotCurrent, []string{"field", "region", "value", "SYD", "day", "2026-11-20"}},
	{"an effort moved to a region that is not yet", func(t *testing.T, w *twin) error {
		w.cat.Region("NORD").From = day("2027-01-01")
		_, err := w.try(nuc, model.Edit{On: on(w.propose(t)), Fields: edit("region", "NORD")})
		return err
	}, model.Refused, model.NotCurrent, []string{"field", "region", "value", "NORD"}},
	{"a region touched that is no more", func(t *testing.T, w *twin) error {
		w.cat.Region("NORD").To = day("2020-01-01")
		_, err := w.try(nuc, model.Propose{Fields: fields("level", "national", "regions", "NORD")})
		return err
	}, model.Refused, model.NotCurrent, []string{"field", "regions", "value", "NORD"}},
	{"a focus that is no more", func(t *testing.T, w *twin) error {
		id := w.propose(t)
		w.cat.Focus("individuals").To = day("2020-01-01")
		_, err := w.try(nuc, model.Edit{On: on(id), Fields: edit("focus", "individuals")})
		return err
	}, model.Refused, model.NotCurrent, []string{"field", "focus", "value", "individuals"}},
	{"a new effort without anything", doing(nuc, model.Propose{}), model.Invalid, model.Missing, []string{"field", "region, focus"}},
	{"a national effort without anything", doing(nuc, model.Propose{Fields: edit("region", "NAT")}), model.Invalid, model.Missing, []string{"field", "focus, regions"}},
	{"a list with two leads", func(t *testing.T, w *twin) error {
		r := row(2)
		r.Effort.Assignments[1].State, r.Effort.Assignments[1].Lead = model.Accepted, true
		return problem(w, r)
	}, model.Refused, model.TwoLeads, []string{"agency", "KFM", "lead", "POL"}},
	{"a list with an effort that has ended and is active", func(t *testing.T, w *twin) error {
		r := row(2)
		r.Effort.Ended = r.Effort.Created
		return problem(w, r)
	}, model.Refused, model.EndedOpen, []string{"status", "active"}},
	{"a list with an effort that ended before it was created", func(t *testing.T, w *twin) error {
		r := row(2)
		r.Effort.Status, r.Effort.Outcome, r.Effort.Ended = model.Closed, "x", r.Effort.Created-86400
		return problem(w, r)
	}, model.Invalid, model.EndedEarly, []string{"created", "2026-11-20"}},
	{"a codename that another has", func(t *testing.T, w *twin) error {
		w.propose(t, "codename", "LÄRKA")
		_, err := w.try(nuc, model.Propose{Fields: fields("codename", "larka")})
		return err
	}, model.Refused, model.CodenameTaken, []string{"codename", "LARKA", "effort", "SYD-2026-001"}},
	{"an arrow that is not there", about(nuc, func(id model.EffortID) model.Command { return moveTo(id, model.Active) }),
		model.Refused, model.NoArrow, []string{"from", "proposed", "to", "active", "next", "preparing, rejected"}},
	{"a rejection without reason", about(nuc, func(id model.EffortID) model.Command { return model.SetStatus{On: on(id), To: model.Rejected} }),
		model.Refused, model.StatusNeeds, []string{"to", "rejected", "field", "reason"}},
	{"a decision ahead in time", func(t *testing.T, w *twin) error {
		c := moveTo(w.at(t, model.Preparing), model.Decided)
		c.Date = day("2026-11-21")
		_, err := w.try(nuc, c)
		return err
	}, model.Invalid, model.DateAhead, []string{"field", "decided", "value", "2026-11-21"}},
	{"an effort of nobody becomes active", func(t *testing.T, w *twin) error {
		id := w.propose(t)
		w.do(t, nuc, moveTo(id, model.Preparing))
		w.do(t, nuc, moveTo(id, model.Decided))
		_, err := w.try(nuc, moveTo(id, model.Active))
		return err
	}, model.Refused, model.NotJoint, []string{"lead", "", "accepted", "0"}},
	{"a lead that was only asked", func(t *testing.T, w *twin) error {
		id := w.propose(t)
		w.do(t, nuc, ask(id, "KFM"))
		_, err := w.try(nuc, model.Assign{On: on(id), Lead: "KFM"})
		return err
	}, model.Refused, model.LeadNotAccepted, []string{"agency", "KFM", "state", "asked"}},
	{"an answer that nobody asked for", about(kfmSyd, func(id model.EffortID) model.Command { return accept(id, "KFM") }),
		model.Refused, model.NotAsked, []string{"agency", "KFM", "state", ""}},
	{"the release of one that is not on it", about(kfmSyd, func(id model.EffortID) model.Command {
		return model.Release{On: on(id), Agency: "KFM", Reason: "x"}
	}), model.Refused, model.NotTaking, []string{"agency", "KFM", "state", ""}},
	{"a decline without reason", func(t *testing.T, w *twin) error {
		id := w.propose(t)
		w.do(t, nuc, ask(id, "KFM"))
		_, err := w.try(kfmSyd, model.Answer{On: on(id), Agency: "KFM"})
		return err
	}, model.Refused, model.DeclineReason, []string{"effort", "SYD-2026-001", "agency", "KFM"}},
	{"a release without reason", func(t *testing.T, w *twin) error {
		id := w.propose(t)
		w.joint(t, id)
		_, err := w.try(kfmSyd, model.Release{On: on(id), Agency: "KFM"})
		return err
	}, model.Refused, model.ReleaseReason, []string{"effort", "SYD-2026-001", "agency", "KFM"}},
	{"a decline dressed as a release", func(t *testing.T, w *twin) error {
		id := w.propose(t)
		w.do(t, nuc, ask(id, "KFM"))
		_, err := w.try(kfmSyd, model.Release{On: on(id), Agency: "KFM"})
		return err
	}, model.Refused, model.ReleaseReason, []string{"agency", "KFM"}},
	{"asking for a closed effort", func(t *testing.T, w *twin) error {
		_, err := w.try(nuc, ask(w.at(t, model.Closed), "SKV"))
		return err
	}, model.Refused, model.EffortClosed, []string{"status", "closed"}},
	{"releasing from a closed effort", func(t *testing.T, w *twin) error {
		_, err := w.try(nuc, model.Release{On: on(w.at(t, model.Closed)), Agency: "KFM", Reason: "x"})
		return err
	}, model.Refused, model.EffortClosed, []string{"status", "closed"}},
	{"a regional effort of the country", proposing("region", "NAT", "level", "regional"), model.Invalid, model.LevelRegion, []string{"level", "regional", "region", "NAT"}},
	{"a regional effort that touches regions", proposing("level", "regional", "regions", "SYD"), model.Invalid, model.RegionsNational, []string{"effort", ""}},
	{"a title somebody else changed", func(t *testing.T, w *twin) error {
		id := w.propose(t, "title", "a")
		w.do(t, polSyd, model.Edit{On: on(id), Fields: edit("title", "b")})
		_, err := w.try(kfmSyd, model.Edit{On: model.On{Effort: id, Seen: 1}, Fields: edit("title", "c")})
		return err
	}, model.Conflict, model.Changed, []string{"field", "title", "mine", "c", "theirs", "b", "officer", "pol-syd", "at", "2026-11-20T12:02:00Z"}},
	{"undo of nothing", doing(kfmSyd, model.Undo{}), model.Refused, model.NothingToUndo, []string{"officer", "kfm-syd"}},
	{"undo of an import", func(t *testing.T, w *twin) error {
		w.do(t, nuc, model.Import{Rows: []model.Row{row(2)}})
		_, err := w.try(nuc, model.Undo{})
		return err
	}, model.Refused, model.UndoImport, nil},
	{"undo of what was changed since", func(t *testing.T, w *twin) error {
		id := w.propose(t)
		w.do(t, polSyd, model.Edit{On: on(id), Fields: edit("title", "b")})
		w.do(t, kfmSyd, model.Edit{On: on(id), Fields: edit("title", "c")})
		_, err := w.try(polSyd, model.Undo{})
		return err
	}, model.Conflict, model.UndoChanged, []string{"field", "title", "mine", "b", "theirs", "c", "officer", "kfm-syd", "at", "2026-11-20T12:03:00Z"}},
	{"a write on a screen that only reads", func(t *testing.T, w *twin) error {
		actor := nuc
		actor.ReadOnly = true
		_, err := w.try(actor, model.Propose{Fields: fields()})
		return err
	}, model.Forbidden, model.ReadOnly, nil},
	{"a write in the past", func(t *testing.T, w *twin) error {
		actor := nuc
		actor.ReadOnly, actor.Then = true, day("2026-03-31") // which is why, whatever else
		_, err := w.try(actor, model.Propose{Fields: fields()})
		return err
	}, model.Forbidden, model.InThePast, []string{"day", "2026-03-31"}},
	{"a moment that has not come", func(t *testing.T, w *twin) error {
		return w.Catalogue().HasCome(model.StampOf(w.now)+1, model.StampOf(w.now))
	}, model.Invalid, model.MomentAhead, []string{"day", "2026-11-20"}},
	{"a write by nobody", doing(model.Actor{Role: model.NationalRole}, model.Propose{Fields: fields()}), model.Forbidden, model.NotRole, []string{"officer", ""}},
	{"a viewer proposing", doing(wall, model.Propose{Fields: fields()}), model.Forbidden, model.NotRole, []string{"right", "propose", "role", "viewer", "officer", "wall"}},
	{"a viewer undoing", doing(wall, model.Undo{}), model.Forbidden, model.NotRole, []string{"right", "undo", "role", "viewer"}},
	{"a liaison importing partners", doing(kfmSyd, model.Import{Partners: []model.Partner{{Region: "SYD", Name: "x"}}}),
		model.Forbidden, model.NotRole, []string{"right", "import", "role", "liaison"}},
	{"a coordinator importing another region's partners", doing(rsrSyd, model.Import{Partners: []model.Partner{{Region: "NORD", Name: "x"}}}),
		model.Forbidden, model.NotOwnRegion, []string{"right", "import", "region", "NORD"}},
	{"partners of no region", doing(nuc, model.Import{Partners: []model.Partner{{Region: "\x1b[2J", Name: "x"}}}),
		model.Invalid, model.UnknownValue, []string{"field", "region"}},
	{"another agency's answer", func(t *testing.T, w *twin) error {
		id := w.propose(t)
		w.do(t, nuc, ask(id, "KFM"))
		_, err := w.try(polSyd, accept(id, "KFM"))
		return err
	}, model.Forbidden, model.NotOwnAgency, []string{"right", "answer", "agency", "KFM", "own", "POL"}},
	{"another region's effort", about(skvNord, func(id model.EffortID) model.Command { return model.AddNote{On: on(id), Text: "x"} }),
		model.Forbidden, model.NotOwnRegion, []string{"right", "note", "region", "SYD"}},
	{"a filter word that is none", filtering("regoin:syd"), model.Invalid, model.BadFilter, []string{"word", "regoin", "near", "region"}},
	{"a journal's filter word twice", narrowing("since:7d since:8d"), model.Invalid, model.FilterTwice, []string{"word", "since", "value", "8d"}},
	{"a journal's filter word that is none", narrowing("ofcer:anna"), model.Invalid, model.BadFilter, []string{"word", "ofcer", "near", "officer"}},
	{"a filter value that is none", filtering("status:actve"), model.Invalid, model.BadFilterValue, []string{"word", "status", "value", "actve", "near", "active"}},
	{"a period that is none", reporting("2025-q5"), model.Invalid, model.BadPeriod, []string{"value", "2025-q5"}},
	{"a period that has not begun", reporting("2099"), model.Invalid, model.PeriodAhead, []string{"value", "2099-01-01"}},
	{"a codename that a row above has", func(t *testing.T, w *twin) error {
		first, second := row(2), row(3)
		first.Effort.Codename, second.Effort.Codename = "LÄRKA", "larka"
		return problem(w, first, second)
	}, model.Invalid, model.Twice, []string{"field", "codename", "value", "LARKA", "row", "2"}},
	{"an id that is taken", func(t *testing.T, w *twin) error {
		r := row(2)
		r.Effort.ID = w.propose(t)
		return problem(w, r)
	}, model.Refused, model.IDTaken, []string{"effort", "SYD-2026-001"}},
	{"an id that was taken back", func(t *testing.T, w *twin) error {
		r := row(2)
		r.Effort.ID = w.propose(t)
		w.do(t, nuc, model.Undo{})
		return problem(w, r)
	}, model.Refused, model.IDTaken, []string{"effort", "SYD-2026-001"}},
	{"taking a partner out that is not there", doing(rsrSyd, model.SetPartner{Partner: model.Partner{Region: "SYD", Name: "Komunen"}, Off: true}),
		model.NotFound, model.UnknownPartner, []string{"partner", "Komunen", "region", "SYD", "near", "Kommunen"}},
	{"a partner put on that nobody knows", about(polSyd, func(id model.EffortID) model.Command {
		return model.Assign{On: on(id), Partners: []model.PartnerPart{{Name: "komunen"}}}
	}), model.NotFound, model.UnknownPartner, []string{"partner", "komunen", "region", "SYD", "near", "Kommunen"}},
	{"taking a partner out that the configuration lists", doing(rsrSyd, model.SetPartner{Partner: model.Partner{Region: "SYD", Name: "KOMMUNEN"}, Off: true}),
		model.Refused, model.PartnerListed, []string{"partner", "KOMMUNEN", "region", "SYD"}},
	{"a link to itself", about(nuc, func(id model.EffortID) model.Command {
		return model.SetLink{On: on(id), Other: string(id), Kind: model.SameNetwork}
	}), model.Refused, model.LinkSelf, []string{"effort", "SYD-2026-001"}},
	{"a link to nothing", about(nuc, func(id model.EffortID) model.Command {
		return model.SetLink{On: on(id), Other: "skata", Kind: model.SameNetwork}
	}), model.NotFound, model.UnknownEffort, []string{"effort", "skata", "near", ""}},
	{"a link of no kind that there is", func(t *testing.T, w *twin) error {
		_, err := w.try(nuc, model.SetLink{On: on(w.propose(t)), Other: string(w.propose(t)), Kind: 9})
		return err
	}, model.Invalid, model.Missing, []string{"field", "link"}},
	{"taking a link out that is not there", func(t *testing.T, w *twin) error {
		_, err := w.try(nuc, model.SetLink{On: on(w.propose(t)), Other: string(w.propose(t))})
		return err
	}, model.NotFound, model.NoLink, []string{"effort", "SYD-2026-001", "other", "SYD-2026-002"}},
	{"a second meeting at once", func(t *testing.T, w *twin) error {
		w.do(t, nuc, model.BeginMeeting{Region: "SYD"})
		_, err := w.try(rsrSyd, model.BeginMeeting{Region: "SYD"})
		return err
	}, model.Refused, model.MeetingOpen, []string{"region", "SYD", "number", "1", "officer", "nuc", "at", "2026-11-20T12:01:00Z"}},
	{"the minutes of a meeting that nobody held", func(*testing.T, *twin) error {
		_, err := model.Held([]model.Meeting{{Region: "SYD", Number: 2}}, "SYD", 3)
		return err
	}, model.NotFound, model.NoMinutes, []string{"region", "SYD", "number", "3"}},
	{"closing a meeting that is not held", doing(nuc, model.EndMeeting{Region: "SYD"}), model.Refused, model.NoMeeting, []string{"region", "SYD"}},
	{"putting off without a meeting", about(nuc, func(id model.EffortID) model.Command { return model.Adjourn{Effort: id} }),
		model.Refused, model.NoMeeting, []string{"region", "SYD"}},
	{"a meeting of no council", doing(nuc, model.BeginMeeting{Region: "SYDD"}), model.Invalid, model.UnknownValue, []string{"field", "region", "value", "SYDD", "near", "SYD"}},
	{"an agenda with what is another council's", func(t *testing.T, w *twin) error {
		_, err := w.try(nuc, model.BeginMeeting{Region: "SYD", Agenda: []model.EffortID{w.propose(t, "region", "NORD")}})
		return err
	}, model.Refused, model.OtherCouncil, []string{"effort", "NORD-2026-001", "region", "SYD"}},
	{"an agenda with what nobody knows", doing(nuc, model.BeginMeeting{Region: "SYD", Agenda: []model.EffortID{"SYD-2026-777"}}),
		model.NotFound, model.UnknownEffort, []string{"effort", "SYD-2026-777"}},
	{"an agenda that nobody sits through", doing(nuc, model.BeginMeeting{Region: "SYD", Agenda: make([]model.EffortID, model.MaxAgenda+1)}),
		model.Invalid, model.AgendaLong, []string{"n", "201", "max", "200"}},
	{"taking a filter out that is not saved", doing(rsrSyd, model.SaveFilter{SavedFilter: model.SavedFilter{Name: "Hamnen"}, Off: true}),
		model.NotFound, model.UnknownFilter, []string{"name", "Hamnen", "near", ""}},
	{"a filter without a name", doing(rsrSyd, model.SaveFilter{SavedFilter: model.SavedFilter{Name: " ", Text: "mine"}}),
		model.Invalid, model.Missing, []string{"field", "filter"}},
	{"a filter that lets everything through", doing(rsrSyd, model.SaveFilter{SavedFilter: model.SavedFilter{Name: "x", Text: " "}}),
		model.Invalid, model.Missing, []string{"field", "filter"}},
	{"a filter on a key that is none", doing(rsrSyd, model.SaveFilter{SavedFilter: model.SavedFilter{Name: "x", Text: "mine", Key: 9}}),
		model.Invalid, model.BadNumber, []string{"field", "filter", "value", "9"}},
	{"a partner of no region", doing(nuc, model.SetPartner{Partner: model.Partner{Region: "SYDD", Name: "x"}}),
		model.Invalid, model.UnknownValue, []string{"field", "region", "value", "SYDD", "near", "SYD"}},
	{"a partner without a name", doing(nuc, model.SetPartner{Partner: model.Partner{Region: "SYD", Name: " "}}),
		model.Invalid, model.Missing, []string{"field", "partners"}},
	{"two partners in one name", about(nuc, func(id model.EffortID) model.Command {
		return model.Assign{On: on(id), Partners: []model.PartnerPart{{Name: "Hamnen, Kommunen", New: true}}}
	}), model.Invalid, model.PartnerName, []string{"partner", "Hamnen, Kommunen"}},
	{"an agency as a partner", doing(nuc, model.SetPartner{Partner: model.Partner{Region: "SYD", Name: "skatteverket"}}),
		model.Invalid, model.PartnerAgency, []string{"partner", "skatteverket", "agency", "SKV"}},
	{"an undo of what has been overtaken", about(nuc, func(model.EffortID) model.Command { return model.Undo{Of: 77} }),
		model.Refused, model.UndoOther, []string{"officer", "nuc"}},
	{"a partner of another region's effort", about(skvNord, func(id model.EffortID) model.Command {
		return model.Assign{On: on(id), Partners: []model.PartnerPart{{Name: "Kommunen"}}}
	}), model.Forbidden, model.NotOwnRegion, []string{"right", "ask", "region", "SYD"}},
	{"the decision of what is not decided", about(nuc, func(id model.EffortID) model.Command {
		return model.Edit{On: on(id), Fields: edit("reference", "A1")}
	}), model.Refused, model.NotDecided, []string{"effort", "SYD-2026-001", "status", "proposed"}},
	{"the decision of what was rejected", func(t *testing.T, w *twin) error {
		_, err := w.try(nuc, model.Edit{On: on(w.at(t, model.Rejected)), Fields: edit("decider", "RSR")})
		return err
	}, model.Refused, model.NotDecided, []string{"status", "rejected"}},
	{"a decision emptied", editing("reference", " "), model.Invalid, model.Missing, []string{"field", "reference"}},
	{"a decision moved ahead in time", editing("decided", "2026-11-21"), model.Invalid, model.DateAhead, []string{"field", "decided", "value", "2026-11-21"}},
	{"a decision moved ahead behind a blank", editing("decided", " 2026-11-21"), model.Invalid, model.DateAhead, []string{"field", "decided", "value", "2026-11-21"}},
	{"a decision on no day", editing("decided", "i går"), model.Invalid, model.BadDate, []string{"field", "decided", "value", "i går"}},
	{"a decision in a proposal", proposing("reference", "A1"), model.Invalid, model.UnknownField, []string{"field", "reference"}},
	{"no hours", logging(0, 0, ""), model.Invalid, model.BadNumber, []string{"field", "hours", "value", "0"}},
	{"more hours than anybody works", logging(2000_01, 0, ""), model.Invalid, model.BadNumber, []string{"field", "hours", "value", "2000.01"}},
	{"more hours taken back than anybody works", logging(-2000_01, 0, "x"), model.Invalid, model.BadNumber, []string{"field", "hours", "value", "-2000.01"}},
	{"hours of tomorrow", logging(1_50, day("2026-11-21"), ""), model.Invalid, model.DateAhead, []string{"field", "hours", "value", "2026-11-21"}},
	{"hours of the middle ages", logging(1_50, -200_000, ""), model.Invalid, model.BadDate, nil},
	{"hours taken back without reason", logging(-1_50, 0, " "), model.Refused, model.HoursReason, []string{"effort", "SYD-2026-001", "agency", "KFM"}},
	{"more hours taken back than there are", func(t *testing.T, w *twin) error {
		id := w.propose(t)
		w.do(t, kfmSyd, model.AddHours{On: on(id), Agency: "KFM", Centi: 4_00})
		w.do(t, polSyd, model.AddHours{On: on(id), Agency: "POL", Centi: 8_00})
		_, err := w.try(kfmSyd, model.AddHours{On: on(id), Agency: "KFM", Centi: -4_01, Reason: "x"})
		return err
	}, model.Refused, model.HoursLeft, []string{"effort", "SYD-2026-001", "agency", "KFM", "most", "4", "year", "2026"}},
	{"hours of another year taken back", func(t *testing.T, w *twin) error {
		id := w.propose(t)
		w.do(t, kfmSyd, model.AddHours{On: on(id), Agency: "KFM", Centi: 8_00, Date: day("2025-12-20")})
		w.do(t, kfmSyd, model.AddHours{On: on(id), Agency: "KFM", Centi: -1_00, Date: day("2025-12-30"), Reason: "x"})
		w.do(t, polSyd, model.AddHours{On: on(id), Agency: "POL", Centi: 8_00})
		_, err := w.try(kfmSyd, model.AddHours{On: on(id), Agency: "KFM", Centi: -1_00, Reason: "x"})
		return err
	}, model.Refused, model.HoursElsewhere, []string{"agency", "KFM", "most", "0", "year", "2026", "left", "7", "there", "2025", "day", "2025-12-20"}},
	{"hours taken back of one that has none", logging(-1, 0, "x"), model.Refused, model.HoursLeft, []string{"most", "0"}},
	{"another agency's hours", about(polSyd, func(id model.EffortID) model.Command {
		return model.AddHours{On: on(id), Agency: "KFM", Centi: 1_00}
	}), model.Forbidden, model.NotOwnAgency, []string{"right", "log", "agency", "KFM", "own", "POL"}},
	{"hours of nobody", about(nuc, func(id model.EffortID) model.Command { return model.AddHours{On: on(id), Centi: 1_00} }),
		model.Invalid, model.Missing, []string{"field", "agency"}},
	{"hours of no agency", about(nuc, func(id model.EffortID) model.Command {
		return model.AddHours{On: on(id), Agency: "KFN", Centi: 1_00}
	}), model.NotFound, model.UnknownAgency, []string{"agency", "KFN", "near", "KFM"}},
	{"an outcome of no measure", outcome(kfmSyd, model.AddOutcome{Measure: "asets_attached_sek", Milli: 1_000}),
		model.Invalid, model.UnknownValue, []string{"field", "outcome", "value", "asets_attached_sek", "near", "assets_attached_sek"}},
	{"an outcome of a measure that is a person", outcome(kfmSyd, model.AddOutcome{Measure: model.OutcomeCode(number("900101", 17)), Milli: 1_000}),
		model.Invalid, model.UnknownValue, []string{"field", "outcome", "value", "**********"}},
	{"no outcome", outcome(kfmSyd, model.AddOutcome{Measure: "narcotics_kg"}), model.Invalid, model.BadNumber, []string{"field", "outcome", "value", "0"}},
	{"more crowns than there are", outcome(kfmSyd, model.AddOutcome{Measure: "tax_raised_sek", Milli: 10_000_000_000_010}),
		model.Invalid, model.TooMuch, []string{"amount", "10000000000.01", "most", "10000000000", "unit", "sek"}},
	{"more weapons taken off than there are", outcome(kfmSyd, model.AddOutcome{Measure: "weapons_seized", Milli: -100_001_000, Reason: "x"}),
		model.Invalid, model.TooMuch, []string{"amount", "-100001", "most", "100000", "unit", "count"}},
	{"half a weapon", outcome(kfmSyd, model.AddOutcome{Measure: "weapons_seized", Milli: 2_500}),
		model.Invalid, model.TooFine, []string{"amount", "2.5", "decimals", "0", "unit", "count"}},
	{"less than an öre", outcome(kfmSyd, model.AddOutcome{Measure: "reclaimed_sek", Milli: 1_005}),
		model.Invalid, model.TooFine, []string{"amount", "1.005", "decimals", "2", "unit", "sek"}},
	{"an outcome of tomorrow", outcome(kfmSyd, model.AddOutcome{Measure: "weapons_seized", Milli: 1_000, Date: day("2026-11-21")}),
		model.Invalid, model.DateAhead, []string{"field", "outcome", "value", "2026-11-21"}},
	{"an outcome of the middle ages", outcome(kfmSyd, model.AddOutcome{Measure: "weapons_seized", Milli: 1_000, Date: -200_000}), model.Invalid, model.BadDate, nil},
	{"an outcome taken back without reason", outcome(kfmSyd, model.AddOutcome{Measure: "weapons_seized", Milli: -1_000, Reason: " "}),
		model.Refused, model.OutcomeReason, []string{"effort", "SYD-2026-001"}},
	{"more of an outcome taken back than there is", func(t *testing.T, w *twin) error {
		id := w.propose(t)
		w.do(t, kfmSyd, model.AddOutcome{On: on(id), Measure: "narcotics_kg", Milli: 2_500})
		w.do(t, kfmSyd, model.AddOutcome{On: on(id), Measure: "weapons_seized", Milli: 9_000})
		_, err := w.try(kfmSyd, model.AddOutcome{On: on(id), Measure: "narcotics_kg", Milli: -2_501, Reason: "x"})
		return err
	}, model.Refused, model.OutcomeLeft, []string{"effort", "SYD-2026-001", "most", "2.5", "unit", "kg"}},
	{"an outcome of another agency and year taken back", func(t *testing.T, w *twin) error {
		id := w.propose(t)
		w.do(t, kfmSyd, model.AddOutcome{On: on(id), Measure: "weapons_seized", Milli: 3_000, Date: day("2025-12-20")})
		w.do(t, polSyd, model.AddOutcome{On: on(id), Measure: "weapons_seized", Milli: 5_000, Date: day("2025-12-21")})
		_, err := w.try(kfmSyd, model.AddOutcome{On: on(id), Measure: "weapons_seized", Milli: -1_000, Reason: "x"})
		return err
	}, model.Refused, model.OutcomeElsewhere, []string{"agency", "KFM", "most", "0", "year", "2026", "left", "3", "there", "2025", "whose", "KFM", "day", "2025-12-20"}},
	{"an agency's outcome taken back for none", func(t *testing.T, w *twin) error {
		id := w.propose(t)
		w.do(t, kfmSyd, model.AddOutcome{On: on(id), Measure: "weapons_seized", Milli: 3_000})
		_, err := w.try(nuc, model.AddOutcome{On: on(id), Measure: "weapons_seized", Milli: -1_000, Reason: "x"})
		return err
	}, model.Refused, model.OutcomeElsewhere, []string{"agency", "", "whose", "KFM", "left", "3", "day", "2026-11-20"}},
	{"another agency's outcome that is not one's to take back", func(t *testing.T, w *twin) error {
		id := w.propose(t)
		w.do(t, kfmSyd, model.AddOutcome{On: on(id), Measure: "weapons_seized", Milli: 3_000})
		_, err := w.try(polSyd, model.AddOutcome{On: on(id), Measure: "weapons_seized", Milli: -1_000, Reason: "x"})
		return err
	}, model.Refused, model.OutcomeLeft, []string{"agency", "POL", "most", "0"}},
	{"an outcome taken back where there is none", outcome(kfmSyd, model.AddOutcome{Measure: "weapons_seized", Milli: -1_000, Reason: "x"}),
		model.Refused, model.OutcomeLeft, []string{"most", "0", "unit", "count"}},
	{"another agency's outcome", outcome(polSyd, model.AddOutcome{Measure: "weapons_seized", Milli: 1_000, Agency: "KFM"}),
		model.Forbidden, model.NotOwnAgency, []string{"right", "log", "agency", "KFM", "own", "POL"}},
	{"an outcome of no agency there is", outcome(nuc, model.AddOutcome{Measure: "weapons_seized", Milli: 1_000, Agency: "KFN"}),
		model.NotFound, model.UnknownAgency, []string{"agency", "KFN", "near", "KFM"}},
	{"putting aside until today", postponing(kfmSyd, "2026-11-20", model.WaitKey{Why: model.WaitRequest, Agency: "KFM"}),
		model.Invalid, model.DatePast, []string{"value", "2026-11-20"}},
	{"putting aside for ever", func(t *testing.T, w *twin) error {
		_, err := w.try(nuc, model.Postpone{Waits: []model.WaitKey{{Effort: w.propose(t), Why: model.WaitLead}}, Until: 100_000})
		return err
	}, model.Invalid, model.BadDate, nil},
	{"putting aside what waits for no reason", postponing(kfmSyd, "2026-11-27", model.WaitKey{Agency: "KFM"}), model.Invalid, model.Missing, []string{"field", "later"}},
	{"putting aside for no agency", postponing(kfmSyd, "2026-11-27", model.WaitKey{Why: model.WaitAlone, Agency: "KFN"}),
		model.NotFound, model.UnknownAgency, []string{"agency", "KFN"}},
	{"putting aside what is not there", doing(kfmSyd, model.Postpone{Waits: []model.WaitKey{{Effort: "SYD-2026-999", Why: model.WaitLead}}, Until: day("2026-11-27")}),
		model.NotFound, model.UnknownEffort, []string{"effort", "SYD-2026-999"}},
	{"a viewer putting aside", postponing(wall, "2026-11-27", model.WaitKey{Why: model.WaitLead}), model.Forbidden, model.NotRole, []string{"right", "later", "role", "viewer"}},
	{"redo of nothing", doing(kfmSyd, model.Redo{}), model.Refused, model.NothingToRedo, []string{"officer", "kfm-syd"}},
	{"a viewer redoing", doing(wall, model.Redo{}), model.Forbidden, model.NotRole, []string{"right", "undo", "role", "viewer"}},
	{"redo of what was changed since", func(t *testing.T, w *twin) error {
		id := w.propose(t, "title", "a")
		w.do(t, polSyd, model.Edit{On: on(id), Fields: edit("title", "b")})
		w.do(t, polSyd, model.Undo{})
		w.do(t, kfmSyd, model.Edit{On: on(id), Fields: edit("title", "c")})
		_, err := w.try(polSyd, model.Redo{})
		return err
	}, model.Conflict, model.UndoChanged, []string{"effort", "SYD-2026-001", "field", "title", "mine", "a", "theirs", "c", "officer", "kfm-syd", "at", "2026-11-20T12:04:00Z"}},
	{"a PIN of nobody", doing(nuc, model.SetPIN{Officer: "nobody", Hash: aHash}), model.NotFound, model.UnknownOfficer, []string{"officer", "nobody"}},
	{"a try at nobody's PIN", doing(nuc, model.TryPIN{Officer: "nobody"}), model.NotFound, model.UnknownOfficer, []string{"officer", "nobody"}},
	{"another's PIN", doing(nuc, model.SetPIN{Officer: "kfm-syd", Hash: aHash}), model.Forbidden, model.NotOwnPIN, []string{"officer", "kfm-syd"}},
	{"a PIN as it was typed", doing(kfmSyd, model.SetPIN{Officer: "kfm-syd", Hash: "1234"}), model.Invalid, model.Missing, []string{"field", "pin"}},
	{"no PIN to try", doing(nuc, model.TryPIN{Officer: "kfm-syd"}), model.Refused, model.NoPIN, []string{"officer", "kfm-syd"}},
	{"no PIN to take out", doing(nuc, model.SetPIN{Officer: "kfm-syd"}), model.Refused, model.NoPIN, []string{"officer", "kfm-syd"}},
	{"a PIN that was set meanwhile", func(t *testing.T, w *twin) error {
		w.do(t, kfmSyd, model.SetPIN{Officer: "kfm-syd", Hash: aHash})
		_, err := w.try(kfmSyd, model.SetPIN{Officer: "kfm-syd", Hash: aHash + "B"})
		return err
	}, model.Conflict, model.PINChanged, []string{"officer", "kfm-syd"}},
	{"a try beside another", func(t *testing.T, w *twin) error {
		w.do(t, kfmSyd, model.SetPIN{Officer: "kfm-syd", Hash: aHash})
		w.do(t, nuc, model.TryPIN{Officer: "kfm-syd", Hash: aHash})
		_, err := w.try(kfmSyd, model.TryPIN{Officer: "kfm-syd", Hash: aHash, Right: true})
		return err
	}, model.Conflict, model.PINChanged, []string{"officer", "kfm-syd"}},
	{"the sixth wrong PIN", func(t *testing.T, w *twin) error {
		w.do(t, kfmSyd, model.SetPIN{Officer: "kfm-syd", Hash: aHash})
		w.register[model.TriesKey("kfm-syd")] = "7 2026-11-20T12:01:00Z"
		_, err := w.try(nuc, model.TryPIN{Officer: "kfm-syd", Hash: aHash, Tries: "7 2026-11-20T12:01:00Z"})
		return err
	}, model.Refused, model.PINWait, []string{"officer", "kfm-syd", "at", "2026-11-20T12:03:00Z", "seconds", "60"}},
	{"a PIN of three digits", func(*testing.T, *twin) error { _, err := model.CleanPIN("123"); return err },
		model.Invalid, model.PINLength, []string{"least", "4", "most", "32"}},
	{"a PIN with an escape", func(*testing.T, *twin) error { _, err := model.CleanPIN("1234\x1b"); return err },
		model.Invalid, model.BadText, []string{"field", "pin"}},
}

// aHash is the hash of some PIN.
const aHash = "$argon2id$v=19$m=32768,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

// editing edits an effort that is decided.
func editing(pairs ...string) func(*testing.T, *twin) error {
	return func(t *testing.T, w *twin) error {
		_, err := w.try(nuc, model.Edit{On: on(w.at(t, model.Decided)), Fields: edit(pairs...)})
		return err
	}
}

// logging logs hours of KFM.
func logging(centi int32, date model.Day, reason string) func(*testing.T, *twin) error {
	return about(kfmSyd, func(id model.EffortID) model.Command {
		return model.AddHours{On: on(id), Agency: "KFM", Centi: centi, Date: date, Reason: reason}
	})
}

// outcome logs an outcome on an effort of Syd.
func outcome(actor model.Actor, c model.AddOutcome) func(*testing.T, *twin) error {
	return about(actor, func(id model.EffortID) model.Command {
		c.On = on(id)
		return c
	})
}

func postponing(actor model.Actor, until string, k model.WaitKey) func(*testing.T, *twin) error {
	return about(actor, func(id model.EffortID) model.Command {
		k.Effort = id
		return model.Postpone{Waits: []model.WaitKey{k}, Until: day(until)}
	})
}

func proposing(pairs ...string) func(*testing.T, *twin) error {
	return doing(nuc, model.Propose{Fields: fields(pairs...)})
}

func doing(actor model.Actor, c model.Command) func(*testing.T, *twin) error {
	return func(_ *testing.T, w *twin) error {
		_, err := w.try(actor, c)
		return err
	}
}

func about(actor model.Actor, c func(model.EffortID) model.Command) func(*testing.T, *twin) error {
	return func(t *testing.T, w *twin) error {
		_, err := w.try(actor, c(w.propose(t)))
		return err
	}
}

func filtering(text string) func(*testing.T, *twin) error {
	return func(_ *testing.T, w *twin) error {
		_, err := model.ParseFilter(text, w.cat, model.NewLexicon(w.cat))
		return err
	}
}

func narrowing(text string) func(*testing.T, *twin) error {
	return func(_ *testing.T, w *twin) error {
		_, err := model.ParseJournal(text, model.NewLexicon(w.cat), w.now, w.cat.Zone)
		return err
	}
}

func reporting(text string) func(*testing.T, *twin) error {
	return func(_ *testing.T, w *twin) error {
		_, err := model.ParsePeriod(text, w.cat.Today(model.StampOf(w.now)))
		return err
	}
}

// problem imports rows and returns their one fault.
func problem(w *twin, rows ...model.Row) error {
	_, err := w.try(nuc, model.Import{Rows: rows})
	var all model.Problems
	if errors.As(err, &all) && len(all) == 1 {
		return all[0].Err
	}
	return err
}

func TestEveryRefusalSaysWhy(t *testing.T) {
	reached := map[model.Why]bool{
		model.TooLarge:     true, // only a store knows how much it can hold
		model.NobodyCalled: true, // and who has ever written
		// Only who reads what is typed knows how it was written.
		model.BadAmount: true, model.TwoWays: true, model.Ungrouped: true, model.WrongUnit: true, model.LooseWords: true,
		model.FigureOrDay: true, model.GivenTwice: true,
		model.BadMoment: true, // and only a language which words are a day
	}
	for _, r := range refusals {
		t.Run(r.name, func(t *testing.T) {
			w := newTwin()
			err := r.try(t, w)
			wantNo(t, err, r.fault, r.why, r.args...)
			reached[r.why] = true
		})
	}
	for _, why := range model.Whys() {
		if !reached[why] {
			t.Errorf("no case is refused with %s", why)
		}
	}
}

func TestARefusalQuotesNoPersonalNumber(t *testing.T) {
	pnr := number("900101", 17)
	for _, f := range model.EditFields() {
		_, err := newTwin().try(nuc, model.Propose{Fields: fields(string(f), pnr)})
		var no *model.Error
		if !errors.As(err, &no) {
			t.Fatalf("%s: error %v", f, err)
		}
		for k, v := range no.Args {
			if _, _, found := model.FindPersonal(v); found {
				t.Errorf("%s: %s = %s", f, k, v)
			}
		}
	}
}
