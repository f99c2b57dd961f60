package storetest

import (
	"strings"

	"pgregory.net/rapid"

	"board.internal/samverkan/model"
)

// someCommand draws a command, mostly about what is there.
func someCommand(r *rapid.T, w *twin) model.Command {
	text := rapid.SampledFrom([]string{"", "hamnen", "Östra torget", "line\nline", "ab\x1b", "19811228-9874"})
	switch rapid.IntRange(0, 23).Draw(r, "command") {
	case 0, 1:
		f := someFields(r)
		f[model.FieldRegion], f[model.FieldFocus] = "SYD", "local_areas"
		delete(f, model.FieldLevel)
		return model.Propose{Fields: f}
	case 2:
		rows := Efforts(rapid.Uint64Range(1, 9).Draw(r, "list"), rapid.IntRange(1, 3).Draw(r, "rows"), rapid.Bool().Draw(r, "open"))
		rows[0].Effort.Partners = []string{"Kommunen"}
		rows[0].Effort.Version, rows[0].Effort.Updated = 4, 1_600_000_000
		rows[0].Notes = []model.Note{{Text: "gammal", At: 1_500_000_000, By: "någon", Important: rapid.Bool().Draw(r, "important")}}
		for range rapid.SampledFrom([]int{0, 0, 9}).Draw(r, "long notes") {
			rows[0].Notes = append(rows[0].Notes, model.Note{Text: strings.Repeat("lång\n", 800) + "slut"})
		}
		return model.Import{Rows: rows}
	case 3, 4:
		return model.Undo{Rest: rapid.Bool().Draw(r, "rest")}
	case 5, 6:
		return model.Redo{Rest: rapid.Bool().Draw(r, "rest")}
	case 7:
		c := model.Together{Rest: rapid.Bool().Draw(r, "rest")}
		for range rapid.IntRange(0, 4).Draw(r, "together") {
			c.Commands = append(c.Commands, onEffort(r, w, text))
		}
		return c
	case 8:
		return model.SetPartner{Partner: model.Partner{Region: "SYD", Name: partnerName.Draw(r, "partner")}, Off: rapid.Bool().Draw(r, "off")}
	case 9:
		c := model.Postpone{Until: rapid.SampledFrom([]model.Day{20_000, 30_000, 40_000, 40_000}).Draw(r, "until")}
		if lines, _ := model.NewInbox(Officer("x")).Lines(w.board(), 21_000); len(lines) > 0 {
			for _, l := range rapid.SliceOfN(rapid.SampledFrom(lines), 0, 3).Draw(r, "lines") {
				c.Waits = append(c.Waits, l.Key())
			}
		}
		return c
	case 10, 11:
		return somePIN(r, w)
	case 14, 15:
		return someMeeting(r, w)
	case 12, 13:
		region := rapid.SampledFrom([]model.RegionCode{"SYD", "SYD", "NAT", "X"}).Draw(r, "desk")
		if rapid.Bool().Draw(r, "out") {
			return model.HandOver{Region: region, Note: text.Draw(r, "note")}
		}
		return model.TakeOver{Region: region, Number: rapid.IntRange(0, 3).Draw(r, "number")}
	}
	return onEffort(r, w, text)
}

// someMeeting draws what a council does: it begins, puts something off, and ends.
func someMeeting(r *rapid.T, w *twin) model.Command {
	region := rapid.SampledFrom([]model.RegionCode{"SYD", "SYD", "NAT", "X"}).Draw(r, "council")
	effort := rapid.SampledFrom(append([]model.EffortID{"SYD-2026-777"}, w.ids()...))
	switch rapid.IntRange(0, 3).Draw(r, "meeting") {
	case 0:
		return model.BeginMeeting{Region: region, Agenda: rapid.SliceOfN(effort, 0, 3).Draw(r, "agenda")}
	case 1:
		return model.EndMeeting{Region: region}
	}
	return model.Adjourn{Effort: effort.Draw(r, "put off")}
}

// aHash is the hash of some PIN.
const aHash = "$argon2id$v=19$m=32768,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

// somePIN draws a PIN that is set, forgotten or tried, mostly on what is in the register.
func somePIN(r *rapid.T, w *twin) model.Command {
	who := rapid.SampledFrom(append([]model.OfficerID{"nobody"}, walkers...)).Draw(r, "whose PIN")
	has, tries := w.register[model.PINKey(who)], w.register[model.TriesKey(who)]
	if rapid.IntRange(0, 9).Draw(r, "stale") == 0 {
		tries = "1 2025-01-01T00:00:00Z"
	}
	if rapid.IntRange(0, 2).Draw(r, "try") > 0 {
		return model.TryPIN{Officer: who, Hash: has, Tries: tries, Right: rapid.IntRange(0, 4).Draw(r, "right") == 0}
	}
	hash := rapid.SampledFrom([]string{aHash, aHash + "B", aHash, "1234", ""})
	return model.SetPIN{Officer: who, Seen: has, Hash: hash.Draw(r, "hash")}
}

var partnerName = rapid.SampledFrom([]string{"Kommunen", "KOMMUNEN", "Malmö hamn", "a, b"})

func someFields(r *rapid.T) map[model.Field]string {
	text := rapid.SampledFrom([]string{"", "hamnen", "Östra torget", "line\nline", "ab\x1b", "19811228-9874"})
	codename := rapid.SampledFrom([]string{"", "LÄRKA", "larka", "SKATA", "ÖRN-2", "två ord"})
	region := rapid.SampledFrom([]string{"SYD", "NORD", "NAT", "MARS"})
	f := map[model.Field]string{}
	for _, name := range model.EditFields() {
		if rapid.Bool().Draw(r, "has "+string(name)) {
			continue
		}
		f[name] = map[model.Field]string{
			model.FieldCodename: codename.Draw(r, "codename"), model.FieldTitle: text.Draw(r, "title"),
			model.FieldArea: text.Draw(r, "area"), model.FieldRegion: region.Draw(r, "region"), model.FieldFocus: "local_areas",
			model.FieldKind: "operative", model.FieldPriority: "1", model.FieldReview: "2026-01-02", model.FieldCrime: "punktskatt",
			model.FieldLevel: rapid.SampledFrom([]string{"regional", "national"}).Draw(r, "level"), model.FieldRegions: "",
		}[name]
	}
	return f
}

// onEffort draws a command about one effort.
func onEffort(r *rapid.T, w *twin, text *rapid.Generator[string]) model.OnEffort {
	agency := rapid.SampledFrom([]model.AgencyCode{"POL", "KFM", "SKV", "XXX"})
	on := model.On{Effort: "SYD-2025-999"}
	if ids := w.ids(); len(ids) > 0 && rapid.IntRange(0, 20).Draw(r, "known") > 0 {
		on.Effort = rapid.SampledFrom(ids).Draw(r, "effort")
		if rapid.Bool().Draw(r, "saw") {
			on.Seen = rapid.Uint32Range(0, w.efforts[on.Effort].Version).Draw(r, "seen")
		}
	}
	switch rapid.IntRange(0, 9).Draw(r, "on effort") {
	case 0, 1:
		f := someFields(r)
		if e := w.efforts[on.Effort]; e != nil && e.Status >= model.Decided {
			f[model.FieldReference] = text.Draw(r, "reference")
		}
		return model.Edit{On: on, Fields: f}
	case 2, 3:
		parts := rapid.SliceOfNDistinct(agency, 0, 3, rapid.ID[model.AgencyCode]).Draw(r, "agencies")
		c := model.Assign{On: on, Lead: rapid.SampledFrom([]model.AgencyCode{"", "", "POL", "KFM"}).Draw(r, "lead")}
		for _, a := range parts {
			c.Parts = append(c.Parts, model.Part{Agency: a, Off: rapid.IntRange(0, 3).Draw(r, "off") == 0, Reason: text.Draw(r, "reason")})
		}
		if rapid.Bool().Draw(r, "partner") {
			c.Partners = []model.PartnerPart{{Name: partnerName.Draw(r, "partner"), Off: rapid.Bool().Draw(r, "off"), New: rapid.Bool().Draw(r, "new")}}
		}
		return c
	case 4:
		return model.Answer{On: on, Agency: agency.Draw(r, "agency"), Accept: rapid.IntRange(0, 3).Draw(r, "yes") > 0, Reason: text.Draw(r, "reason")}
	case 5:
		return model.Release{On: on, Agency: agency.Draw(r, "agency"), Reason: text.Draw(r, "reason")}
	case 6, 7:
		to := rapid.SampledFrom(model.Statuses()).Draw(r, "to")
		if e := w.efforts[on.Effort]; e != nil && len(e.Status.Next()) > 0 {
			to = rapid.SampledFrom(e.Status.Next()).Draw(r, "next")
		}
		return model.SetStatus{On: on, To: to, Decider: "RSR Syd", Date: 20_000, Reference: "A1", Reason: "därför", Outcome: "klar"}
	case 8:
		return model.AddNote{On: on, Text: text.Draw(r, "note"), Important: rapid.Bool().Draw(r, "important")}
	}
	if rapid.Bool().Draw(r, "measure") {
		return model.AddMeasure{On: on, Type: model.Safety, Text: text.Draw(r, "measure")}
	}
	if rapid.Bool().Draw(r, "outcome") {
		return model.AddOutcome{On: on, Measure: rapid.SampledFrom([]model.OutcomeCode{"weapons_seized", "tax_raised_sek", "x"}).Draw(r, "of measure"),
			Milli: rapid.SampledFrom([]int64{3_000, 1_200_000_000, -2_000, 0}).Draw(r, "milli"), Agency: rapid.SampledFrom([]model.AgencyCode{"", "KFM", "XXX"}).Draw(r, "of"),
			Date: rapid.SampledFrom([]model.Day{0, 20_000, 40_000}).Draw(r, "date"), Reason: text.Draw(r, "reason")}
	}
	return model.AddHours{On: on, Agency: agency.Draw(r, "agency"), Centi: rapid.SampledFrom([]int32{0, 1_50, -50}).Draw(r, "hours"),
		Date: rapid.SampledFrom([]model.Day{0, 20_000, 40_000}).Draw(r, "date"), Reason: text.Draw(r, "reason")}
}
