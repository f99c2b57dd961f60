package storetest

import (
	"fmt"
	"math/rand/v2"

	"board.internal/samverkan/model"
)

// Officer is one who may do everything.
func Officer(id model.OfficerID) model.Actor {
	return model.Actor{Officer: id, Role: model.NationalRole, Terminal: "test@terminal"}
}

// Catalogue is the default one, with the officers that the tests speak of.
func Catalogue() *model.Catalogue {
	cat := model.DefaultCatalogue()
	for _, id := range walkers {
		cat.Officers = append(cat.Officers, model.Officer{ID: id, Role: model.NationalRole})
	}
	return cat
}

// Efforts returns n made-up efforts of the usual size, as rows of an import, the same for the same seed. The share
// of the agencies, texts and statuses is that of a real list; when open is false all of them have ended.
func Efforts(seed uint64, n int, open bool) []model.Row {
	r := rand.New(rand.NewPCG(seed, 1))
	cat := model.DefaultCatalogue()
	title := []string{"bedrägerier mot e-handel", "oseriösa åkerier i hamnen", "punktskattebrott", "svartarbete i bygg", "penningtvätt genom växling"}
	crime := []string{"punktskatt", "bidragsbrott", "penningtvätt", "arbetslivskriminalitet", ""}
	area := []string{"", "", "Norra hamnen", "Centrum", "Östra industriområdet"}
	const start = 1_700_000_000
	rows := make([]model.Row, n)
	for i := range rows {
		created := model.Stamp(start + r.IntN(60_000_000))
		e := &model.Effort{
			Codename: fmt.Sprintf("SKATA-%d-%d", seed, i),
			Title:    fmt.Sprintf("%s %d", title[r.IntN(len(title))], i),
			Region:   cat.Regions[r.IntN(len(cat.Regions))].Code,
			Focus:    cat.Focuses[r.IntN(len(cat.Focuses))].Code,
			Crime:    crime[r.IntN(len(crime))],
			Area:     area[r.IntN(len(area))],
			Priority: uint8(1 + r.IntN(3)),
			Created:  created,
			Review:   created.Day() + 90,
			Kind:     model.Operative,
			Status:   []model.Status{model.Proposed, model.Preparing, model.Active}[r.IntN(3)],
		}
		if !open {
			e.Status, e.Outcome, e.Ended = model.Closed, "klar", created+5_000_000
		}
		for k, j := range r.Perm(len(cat.Agencies))[:1+r.IntN(4)] {
			e.Assignments = append(e.Assignments, model.Assignment{Agency: cat.Agencies[j].Code, Mode: model.OnSite,
				State: []model.State{model.Accepted, model.Accepted, model.Asked}[min(k, r.IntN(3))], Lead: k == 0, Since: created})
		}
		rows[i] = model.Row{Number: i + 2, Effort: e}
	}
	return rows
}
