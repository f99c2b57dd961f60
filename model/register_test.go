package model_test

import (
	"fmt"
	"slices"
	"testing"

	"board.internal/samverkan/model"
)

func partner(region model.RegionCode, name string) model.Partner {
	return model.Partner{Region: region, Name: name}
}

// with puts partners on an effort that are known already.
func with(id model.EffortID, names ...string) model.Assign {
	c := model.Assign{On: on(id)}
	for _, n := range names {
		c.Partners = append(c.Partners, model.PartnerPart{Name: n})
	}
	return c
}

// partners are the names in a region's register.
func (w *twin) partners(region model.RegionCode) (names []string) {
	for k, v := range w.register {
		if group, r, _ := k.Field.Parts(); group == "partner" && r == string(region) && v != "" {
			names = append(names, v)
		}
	}
	slices.Sort(names)
	return names
}

func TestAPartnerIsInTheRegisterOnce(t *testing.T) {
	w := newTwin()
	w.do(t, polSyd, model.SetPartner{Partner: partner("SYD", " Malmö  hamn ")})
	for _, again := range []string{"Malmö hamn", "MALMÖ HAMN", "malmo hamn", "kommunen"} { // Kommunen is in the configuration
		if events := w.do(t, rsrSyd, model.SetPartner{Partner: partner("SYD", again)}); events != nil {
			t.Errorf("%s: %+v", again, events)
		}
	}
	if got := w.partners("SYD"); !slices.Equal(got, []string{"Malmö hamn"}) {
		t.Errorf("register %q", got)
	}
	w.do(t, skvNord, model.SetPartner{Partner: partner("NORD", "malmö hamn")})
	if got := w.partners("NORD"); !slices.Equal(got, []string{"malmö hamn"}) {
		t.Errorf("each region has its own: %q", got)
	}
	w.do(t, kfmSyd, model.SetPartner{Partner: partner("SYD", "malmo HAMN"), Off: true})
	if got := w.partners("SYD"); len(got) > 0 {
		t.Errorf("register %q", got)
	}
	w.do(t, kfmSyd, model.Undo{})
	if got := w.partners("SYD"); !slices.Equal(got, []string{"Malmö hamn"}) {
		t.Errorf("after undo %q: as it was written", got)
	}
}

func TestPartnersAreFoundInAnyCase(t *testing.T) {
	w := newTwin()
	id := w.propose(t)
	w.do(t, rsrSyd, model.SetPartner{Partner: partner("SYD", "Malmö hamn")})
	w.do(t, polSyd, with(id, "MALMO HAMN", "kommunen", "Kommunen"))
	want := []string{"Malmö hamn", "Kommunen"}
	if got := w.efforts[id].Partners; !slices.Equal(got, want) {
		t.Errorf("partners %q, want %q", got, want)
	}
	if events := w.do(t, kfmSyd, with(id, "malmö HAMN")); events != nil {
		t.Errorf("it is on already, but %+v", events)
	}
	w.do(t, kfmSyd, model.Assign{On: on(id), Partners: []model.PartnerPart{{Name: "malmo hamn", Off: true}, {Name: "polishögskolan", Off: true}}})
	if got := w.efforts[id].Partners; !slices.Equal(got, want[1:]) {
		t.Errorf("partners %q", got)
	}
	w.do(t, rsrSyd, model.SetPartner{Partner: partner("SYD", "Malmö hamn"), Off: true})
	w.do(t, kfmSyd, model.Undo{})
	if got := w.efforts[id].Partners; !slices.Equal(got, want) {
		t.Errorf("an effort keeps the partners it has: %q", got)
	}
}

func TestANewPartnerIsRegisteredByTheWay(t *testing.T) {
	w := newTwin()
	id := w.propose(t)
	events := w.do(t, polSyd, model.Assign{On: on(id), Parts: []model.Part{{Agency: "KFM"}},
		Partners: []model.PartnerPart{{Name: "Malmö hamn", New: true}, {Name: "malmo hamn", New: true}, {Name: "Kommunen", New: true}}})
	if len(events) != 2 || events[0].Action != model.ActAssign || events[1].Action != model.ActPartner {
		t.Fatalf("events %+v", events)
	}
	if got := w.partners("SYD"); !slices.Equal(got, []string{"Malmö hamn"}) {
		t.Errorf("register %q: what the configuration lists is not in it", got)
	}
	if got := w.efforts[id].Partners; !slices.Equal(got, []string{"Malmö hamn", "Kommunen"}) {
		t.Errorf("partners %q", got)
	}
	w.do(t, polSyd, model.Undo{})
	if e := w.efforts[id]; len(w.partners("SYD")) > 0 || e.Partners != nil || len(e.Assignments) > 0 {
		t.Errorf("undo takes back all of it: %q, %q, %+v", w.partners("SYD"), e.Partners, e.Assignments)
	}
	w.do(t, polSyd, model.Redo{})
	if e := w.efforts[id]; len(w.partners("SYD")) != 1 || len(e.Partners) != 2 || len(e.Assignments) != 1 {
		t.Errorf("redo does all of it again: %q, %q, %+v", w.partners("SYD"), e.Partners, e.Assignments)
	}
}

// TestAPartnerGivenTwiceCanBeTakenBack: the register takes the last of what one command says of it.
func TestAPartnerGivenTwiceCanBeTakenBack(t *testing.T) {
	w := newTwin()
	id := w.propose(t)
	w.do(t, polSyd, model.Assign{On: on(id), Partners: []model.PartnerPart{
		{Name: "Hamnen", New: true}, {Name: "hamnen", Off: true}, {Name: "HAMNEN", New: true}}})
	if got := w.partners("SYD"); !slices.Equal(got, []string{"HAMNEN"}) {
		t.Errorf("register %q", got)
	}
	w.do(t, polSyd, model.Undo{})
	if got := w.partners("SYD"); len(got) > 0 {
		t.Errorf("register %q", got)
	}
}

func TestANationalEffortKnowsThePartnersOfItsRegions(t *testing.T) {
	w := newTwin()
	id := w.propose(t, "level", "national", "regions", "SYD, OST")
	w.do(t, nuc, model.SetPartner{Partner: partner("OST", "Norrköpings hamn")})
	w.do(t, nuc, model.SetPartner{Partner: partner("NORD", "Luleå hamn")})
	w.do(t, kfmSyd, with(id, "norrköpings hamn", "kommunen"))
	_, err := w.try(kfmSyd, with(id, "Luleå hamn"))
	wantNo(t, err, model.NotFound, model.UnknownPartner, "region", "NAT")
	w.do(t, kfmSyd, model.Assign{On: on(id), Partners: []model.PartnerPart{{Name: "Europol", New: true}}})
	if got := w.partners("NAT"); !slices.Equal(got, []string{"Europol"}) {
		t.Errorf("what is new belongs where the effort does: %q", got)
	}
	if got := w.efforts[id].Partners; !slices.Equal(got, []string{"Norrköpings hamn", "Kommunen", "Europol"}) {
		t.Errorf("partners %q", got)
	}
}

func TestTwoPutPartnersOnAtOnce(t *testing.T) {
	w := newTwin()
	id := w.propose(t)
	seen := model.On{Effort: id, Seen: 1}
	w.do(t, polSyd, model.Assign{On: seen, Partners: []model.PartnerPart{{Name: "Hamnen", New: true}}})
	w.do(t, kfmSyd, model.Assign{On: seen, Partners: []model.PartnerPart{{Name: "Kommunen"}}})
	if got := w.efforts[id].Partners; !slices.Equal(got, []string{"Hamnen", "Kommunen"}) {
		t.Errorf("partners %q", got)
	}
	_, err := w.try(polSyd, model.Undo{})
	wantNo(t, err, model.Conflict, model.UndoChanged, "field", "partners", "theirs", "Hamnen, Kommunen", "officer", "kfm-syd")
}

// TestAnOlderRegisterComesInAgain: earlier programs took names with commas, and wrote them into their exports.
func TestAnOlderRegisterComesInAgain(t *testing.T) {
	w := newTwin()
	w.do(t, nuc, model.Import{Partners: []model.Partner{partner("SYD", "Malmö stad, socialtjänsten")}})
	if got := w.partners("SYD"); !slices.Equal(got, []string{"Malmö stad, socialtjänsten"}) {
		t.Errorf("register %q", got)
	}
	_, err := w.try(rsrSyd, model.SetPartner{Partner: partner("SYD", "Lunds kommun, socialtjänsten")})
	wantNo(t, err, model.Invalid, model.PartnerName, "partner", "Lunds kommun, socialtjänsten")
	w.do(t, rsrSyd, model.SetPartner{Partner: partner("SYD", "malmö stad, socialtjänsten"), Off: true})
	if got := w.partners("SYD"); len(got) > 0 {
		t.Errorf("register %q", got)
	}
}

func TestAnAssignThatIsRefusedRegistersNobody(t *testing.T) {
	w := newTwin()
	id := w.propose(t)
	_, err := w.try(polSyd, model.Assign{On: on(id), Partners: []model.PartnerPart{{Name: "Hamnen", New: true}, {Name: "Okända verket"}}})
	wantNo(t, err, model.NotFound, model.UnknownPartner, "partner", "Okända verket")
	if got := w.partners("SYD"); len(got) > 0 {
		t.Errorf("register %q", got)
	}
}

// board is what a store would show of the twin.
func (w *twin) board() *model.Board {
	var open []*model.Effort
	for _, e := range w.efforts {
		if e.Open() {
			open = append(open, e)
		}
	}
	var register []model.Entry
	for k, v := range w.register {
		if v != "" {
			register = append(register, model.Entry{EntryKey: k, Value: v})
		}
	}
	return model.BoardOf(w.cat, uint64(len(w.journal)), model.StampOf(w.now), open, register)
}

// waits tells what waits for an officer on a day, as why and effort, and for whom of the agencies.
func (w *twin) waits(actor model.Actor, on string) (lines []string, keys []model.WaitKey, back model.Day) {
	all, back := model.NewInbox(actor).Lines(w.board(), day(on))
	for i := range all {
		lines = append(lines, told(&all[i]))
		keys = append(keys, all[i].Key())
	}
	return lines, keys, back
}

func told(w *model.Waiting) string {
	s := fmt.Sprintf("%s %s", w.Why, w.Effort.ID)
	if w.Agency != "" {
		s += " " + string(w.Agency)
	}
	for _, also := range w.Also {
		s += " +" + also.String()
	}
	return s
}

func TestWhatIsPutAsideComesBackOnItsDay(t *testing.T) {
	w := newTwin()
	first, second := w.propose(t), w.propose(t)
	w.do(t, polSyd, ask(first, "KFM"))
	w.do(t, polSyd, ask(second, "KFM"))
	requests := []string{"request " + string(first) + " KFM", "request " + string(second) + " KFM"}
	lines, keys, back := w.waits(kfmSyd, "2026-11-20")
	if !slices.Equal(lines, requests) || back != 0 {
		t.Fatalf("%q, back %s", lines, back)
	}
	w.do(t, kfmSyd, model.Postpone{Waits: keys[:1], Until: day("2026-11-27")})
	for on, want := range map[string]struct {
		lines []string
		back  model.Day
	}{
		"2026-11-20": {requests[1:], day("2026-11-27")},
		"2026-11-26": {requests[1:], day("2026-11-27")},
		"2026-11-27": {requests, 0},
		"2026-12-24": {requests, 0},
	} {
		if lines, _, back := w.waits(kfmSyd, on); !slices.Equal(lines, want.lines) || back != want.back {
			t.Errorf("%s: %q, back %s", on, lines, back)
		}
	}
	colleague := officer("kfm-2", "KFM", model.Liaison, "SYD")
	if lines, _, _ := w.waits(colleague, "2026-11-21"); !slices.Equal(lines, requests) {
		t.Errorf("a colleague sees %q: it is one's own to put aside", lines)
	}
	w.do(t, kfmSyd, model.Postpone{Waits: keys[:1], Until: day("2026-11-30")})
	if _, _, back := w.waits(kfmSyd, "2026-11-27"); back != day("2026-11-30") {
		t.Errorf("put aside for longer it comes back %s", back)
	}
	w.do(t, kfmSyd, model.Undo{})
	if _, _, back := w.waits(kfmSyd, "2026-11-21"); back != day("2026-11-27") {
		t.Errorf("after undo it comes back %s", back)
	}
	w.do(t, kfmSyd, model.Undo{})
	if lines, _, _ := w.waits(kfmSyd, "2026-11-21"); !slices.Equal(lines, requests) {
		t.Errorf("after undo %q", lines)
	}
	w.do(t, kfmSyd, model.Redo{})
	if lines, _, _ := w.waits(kfmSyd, "2026-11-21"); !slices.Equal(lines, requests[1:]) {
		t.Errorf("after redo %q", lines)
	}
}

func TestWhatWaitsAnewIsNotPutAside(t *testing.T) {
	w := newTwin()
	id := w.propose(t)
	w.do(t, polSyd, ask(id, "KFM"))
	_, keys, _ := w.waits(kfmSyd, "2026-11-20")
	w.do(t, kfmSyd, model.Postpone{Waits: keys, Until: day("2026-12-20")})
	w.do(t, polSyd, model.Release{On: on(id), Agency: "KFM"})
	w.do(t, polSyd, ask(id, "KFM"))
	if lines, _, back := w.waits(kfmSyd, "2026-11-21"); len(lines) != 1 || back != 0 {
		t.Errorf("%q, back %s: it is asked once more", lines, back)
	}
	w.do(t, polSyd, model.Undo{})
	w.do(t, polSyd, model.Undo{})
	if lines, _, back := w.waits(kfmSyd, "2026-11-21"); len(lines) != 0 || back != day("2026-12-20") {
		t.Errorf("%q, back %s: it is the old request again", lines, back)
	}
}

// TestPuttingAsideCanBeTakenBack: one thing given twice, and more things than one entry of the journal holds.
func TestPuttingAsideCanBeTakenBack(t *testing.T) {
	w := newTwin()
	id := w.propose(t)
	k := model.WaitKey{Effort: id, Why: model.WaitLead, Since: 7}
	later := k
	later.Since = 8
	if events := w.do(t, rsrSyd, model.Postpone{Waits: []model.WaitKey{k, later}, Until: day("2026-11-27")}); len(events) != 1 || len(events[0].Changes) != 1 {
		t.Errorf("%+v: one thing is one change", events)
	}
	w.do(t, rsrSyd, model.Undo{})
	var many []model.WaitKey
	for range 250 {
		many = append(many, model.WaitKey{Effort: w.propose(t), Why: model.WaitLead})
	}
	if events := w.do(t, rsrSyd, model.Postpone{Waits: many, Until: day("2026-11-27")}); len(events) != 3 {
		t.Errorf("%d entries", len(events))
	}
	w.do(t, rsrSyd, model.Undo{})
	for key, value := range w.register {
		if value != "" {
			t.Errorf("%v is still put aside", key)
		}
	}
}

// TestAnAgencyThatIsNoLongerListedIsPutAside: its effort still waits because of it.
func TestAnAgencyThatIsNoLongerListedIsPutAside(t *testing.T) {
	w := newTwin()
	id := w.propose(t)
	w.do(t, nuc, ask(id, "AF"))
	w.cat.Agencies = slices.DeleteFunc(w.cat.Agencies, func(a model.Agency) bool { return a.Code == "AF" })
	_, keys, _ := w.waits(rsrSyd, "2026-12-20")
	if len(keys) == 0 || keys[1].Agency != "AF" {
		t.Fatalf("keys %+v", keys)
	}
	w.do(t, rsrSyd, model.Postpone{Waits: keys, Until: day("2026-12-27")})
	if lines, _, _ := w.waits(rsrSyd, "2026-12-20"); len(lines) > 0 {
		t.Errorf("%q", lines)
	}
}

func TestAsideReadsAsItIsWritten(t *testing.T) {
	for _, a := range []model.Aside{{}, {Until: day("2026-11-27")}, {Until: day("2026-11-27"), Since: 1_795_000_000}, {Since: -1}} {
		if got, err := model.ParseAside(a.String()); err != nil || got != a {
			t.Errorf("%q reads as %+v, %v", a.String(), got, err)
		}
	}
	for _, s := range []string{"x", "2026-11-27 x", "2026-13-01 ", "2026-11-27  2026-11-27"} {
		if a, err := model.ParseAside(s); err == nil {
			t.Errorf("%q reads as %+v", s, a)
		}
	}
}
