package text_test

import (
	"testing"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/text"
)

func stamp(s string) model.Stamp {
	at, err := model.ParseStamp(s)
	if err != nil {
		panic(err)
	}
	return at
}

// done is an event of KFM's officer on 20 November.
func done(effort model.EffortID, action model.Action, changes ...model.Change) model.Event {
	return model.Event{At: stamp("2026-11-20T14:03:00Z"), Agency: "KFM", Effort: effort, Action: action, Changes: changes}
}

// TestEventsRead: what came of a command, in one line a person reads.
func TestEventsRead(t *testing.T) {
	lark, ash := &model.Effort{ID: "SYD-2026-001", Codename: "LÄRKA"}, &model.Effort{ID: "SYD-2026-002", Codename: "ÅSKA"}
	asked := model.Change{Field: "agency.KFM.state", New: "asked"}
	aside := func(id, until string) model.Change {
		return model.Change{Field: model.Field("later." + id + ".request.KFM"), New: until + " 2026-11-01T00:00:00Z"}
	}
	reversed := func(c model.Change) model.Change { return model.Change{Field: c.Field, Old: c.New, New: c.Old} }
	partner := model.Change{Field: "partner.SYD.malmo kommun", New: "Malmö kommun"}
	hours := model.Change{Field: "hours.4", New: "POL 2.5 2026-11-20"}
	assets := model.Change{Field: "outcome.5", New: "assets_attached_sek 1200000 2026-11-01"}
	begun := model.Change{Field: model.FieldStatus, New: "proposed"}
	for _, c := range []struct {
		events []model.Event
		en, sv string
	}{
		{nil, "", ""},
		{[]model.Event{done(lark.ID, model.ActAssign, asked)}, "LÄRKA: KFM asked", "LÄRKA: KFM tillfrågad"},
		{[]model.Event{done(lark.ID, model.ActAssign, asked), done(ash.ID, model.ActAssign, asked)}, "2 efforts: KFM asked", "2 insatser: KFM tillfrågad"},
		{[]model.Event{done(lark.ID, model.ActAssign, asked), done(ash.ID, model.ActAssign, hours)}, "2 efforts changed", "2 insatser ändrade"},
		{[]model.Event{done(lark.ID, model.ActUndo, reversed(hours)), done(ash.ID, model.ActUndo, reversed(hours))},
			"undone · 2 efforts: POL 2.5 h, 20 Nov taken off", "ångrat · 2 insatser: POL 2,5 tim, 20 nov borttagna"},
		{[]model.Event{done(lark.ID, model.ActRedo, asked)}, "done again · LÄRKA: KFM asked", "gjort om · LÄRKA: KFM tillfrågad"},
		{[]model.Event{done(lark.ID, model.ActUndo, reversed(begun))}, "undone · removes the proposal LÄRKA", "ångrat · tar bort förslaget LÄRKA"},
		{[]model.Event{done(lark.ID, model.ActRedo, begun)}, "done again · proposes LÄRKA again", "gjort om · föreslår LÄRKA igen"},
		{[]model.Event{done(lark.ID, model.ActAssign, model.Change{Field: "agency.KFM.state", Old: "declined", New: "asked"})},
			"LÄRKA: KFM asked again", "LÄRKA: KFM tillfrågad igen"},
		{[]model.Event{done(lark.ID, model.ActAssign, model.Change{Field: "agency.KFM.state", Old: "released", New: "asked"})},
			"LÄRKA: KFM asked again", "LÄRKA: KFM tillfrågad igen"},
		{[]model.Event{done(lark.ID, model.ActAssign, model.Change{Field: model.FieldPartners, Old: "kommun, region", New: "region, bank"})},
			"LÄRKA: +bank, −kommun", "LÄRKA: +bank, −kommun"},
		{[]model.Event{done(lark.ID, model.ActHours, hours)}, "LÄRKA: POL 2.5 h, 20 Nov", "LÄRKA: POL 2,5 tim, 20 nov"},
		{[]model.Event{done(lark.ID, model.ActHours, model.Change{Field: "hours.4", New: "POL -4 2025-11-20"})},
			"LÄRKA: POL −4 h, 20 Nov 2025", "LÄRKA: POL −4 tim, 20 nov 2025"},
		{[]model.Event{done(lark.ID, model.ActOutcome, assets, model.Change{Field: "outcome.5.agency", New: "KFM"}, model.Change{Field: "outcome.5.by", New: "anna"})},
			"LÄRKA: Assets attached SEK\u00a01\u00a0200\u00a0000, KFM, 1 Nov", "LÄRKA: Utmätta tillgångar 1\u00a0200\u00a0000\u00a0kr, KFM, 1 nov"},
		{[]model.Event{done(lark.ID, model.ActUndo, reversed(model.Change{Field: "outcome.5", New: "narcotics_kg -12.255 2025-11-01"}))},
			"undone · LÄRKA: Narcotics seized −12.255\u00a0kg, 1 Nov 2025 taken off", "ångrat · LÄRKA: Beslagtagen narkotika −12,255\u00a0kg, 1 nov 2025 borttaget"},
		{[]model.Event{done(lark.ID, model.ActOutcome, model.Change{Field: "outcome.5", New: "gone_by 3 2026-11-01"})},
			"LÄRKA: gone_by 3, 1 Nov", "LÄRKA: gone_by 3, 1 nov"},
		{[]model.Event{done("", model.ActPartner, partner)}, "partner Malmö kommun added in Syd", "partnern Malmö kommun tillagd i Syd"},
		{[]model.Event{done("", model.ActPartner, partner), done(lark.ID, model.ActAssign, asked)}, "LÄRKA: KFM asked", "LÄRKA: KFM tillfrågad"},
		{[]model.Event{done("", model.ActUndo, reversed(partner))},
			"undone · partner Malmö kommun removed in Syd", "ångrat · partnern Malmö kommun borttagen i Syd"},
		{[]model.Event{done("", model.ActLater, aside("SYD-2026-001", "2026-11-27"))}, "LÄRKA put aside until 27 Nov", "LÄRKA undanlagd till 27 nov"},
		{[]model.Event{done("", model.ActLater, aside("SYD-2026-009", "2027-01-02"))},
			"SYD-2026-009 put aside until 2 Jan 2027", "SYD-2026-009 undanlagd till 2 jan 2027"},
		{[]model.Event{done("", model.ActLater, aside("SYD-2026-001", "2026-11-27"), aside("SYD-2026-002", "2026-11-27"))},
			"2 things put aside until 27 Nov", "2 saker undanlagda till 27 nov"},
		{[]model.Event{done("", model.ActUndo, reversed(aside("SYD-2026-001", "2026-11-27")), reversed(aside("SYD-2026-002", "2026-11-27")))},
			"undone · LÄRKA no longer put aside, ÅSKA no longer put aside", "ångrat · LÄRKA inte längre undanlagd, ÅSKA inte längre undanlagd"},
	} {
		for lang, want := range map[string]string{"en": c.en, "sv": c.sv} {
			if got := text.In(lang).Events(c.events, []*model.Effort{lark, ash}, model.DefaultCatalogue()); got != want {
				t.Errorf("%s: %v read %q, want %q", lang, c.events, got, want)
			}
		}
	}
}

// TestRecordedForOthers: what somebody else recorded for an agency says for whom: an answer, hours, an outcome.
func TestRecordedForOthers(t *testing.T) {
	for _, c := range []struct {
		action  model.Action
		changes []model.Change
		en, sv  string
	}{
		{model.ActAnswer, []model.Change{{Field: "agency.KFM.state", Old: "asked", New: "accepted"}}, "answered", "svarade"},
		{model.ActHours, []model.Change{{Field: "hours.4", New: "KFM 2.5 2026-11-20"}}, "logged hours", "loggade timmar"},
		{model.ActOutcome, []model.Change{{Field: "outcome.4", New: "weapons_seized 3 2026-11-20"}, {Field: "outcome.4.agency", New: "KFM"}}, "logged an outcome", "loggade utfall"},
	} {
		own, other, undone := done("SYD-2026-001", c.action, c.changes...), done("SYD-2026-001", c.action, c.changes...), done("SYD-2026-001", model.ActUndo, c.changes...)
		other.Agency, undone.Agency = "", "POL"
		for lang, want := range map[string][]string{"en": {c.en, c.en + " for KFM", "undid"}, "sv": {c.sv, c.sv + " för KFM", "ångrade"}} {
			for i, ev := range []model.Event{own, other, undone} {
				if got := text.In(lang).ActionOf(&ev); got != want[i] {
					t.Errorf("%s: %q, want %q", lang, got, want[i])
				}
			}
		}
	}
	nobody := done("SYD-2026-001", model.ActOutcome, model.Change{Field: "outcome.4", New: "weapons_seized 3 2026-11-20"})
	if got := text.In("en").ActionOf(&nobody); got != "logged an outcome" {
		t.Errorf("of nobody it is %q", got)
	}
}

// TestSeveralRefusals: each effort is named with its reason, once.
func TestSeveralRefusals(t *testing.T) {
	closed := &model.Error{Fault: model.Refused, Why: model.EffortClosed, Args: map[string]string{"effort": "SYD-2026-001", "status": "closed"}}
	role := &model.Error{Fault: model.Forbidden, Why: model.ReadOnly}
	err := model.Refusals{{Effort: "SYD-2026-001", Err: closed}, {Effort: "SYD-2026-002", Err: role}}
	want := "SYD-2026-001 is closed; agencies change only on open efforts · SYD-2026-002: the board is open for reading only; start without --read-only to change it"
	if got := text.In("en").Error(err); got != want {
		t.Errorf("it says %q, want %q", got, want)
	}
}

// TestAllThatStandsAgainst: of a conflict about several things every one is told, with its effort.
func TestAllThatStandsAgainst(t *testing.T) {
	at := stamp("2026-11-20T14:03:00Z")
	err := &model.Error{Fault: model.Conflict, Why: model.UndoChanged, Diffs: []model.Diff{
		{Field: "agency.KFM.state", Mine: "asked", Theirs: "accepted", Officer: "kfm-syd", At: at, Effort: "SYD-2026-001"},
		{Field: "later.SYD-2026-003.request.KFM", Mine: "2026-11-27 2026-11-01T00:00:00Z"},
		{Field: "partner.SYD.kommun", Mine: "", Theirs: "Kommun"}}}
	want := "cannot undo: kfm-syd has since changed KFM of SYD-2026-001 to accepted (2026-11-20 14:03:00 UTC); " +
		"what was noted about SYD-2026-003 has been changed since; what was noted about Kommun has been changed since"
	if got := text.In("en").Error(err); got != want {
		t.Errorf("it says %q, want %q", got, want)
	}
}
