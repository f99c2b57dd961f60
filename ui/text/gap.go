package text

import (
	"cmp"
	"strings"

	"board.internal/samverkan/model"
)

// Gap says what is missing and since when: no hours since 12 Oct: POL, SKV.
func (t *Texts) Gap(g *model.Gap, today model.Day, cat *model.Catalogue) string {
	w, kind, since := t.Words.Gap, g.Kind.String(), t.Words.Gap["decided"]
	var agencies []string
	for _, a := range g.Agencies {
		agencies = append(agencies, string(a))
	}
	if e := g.Effort; e != nil && (e.Decision == nil || e.Decision.Date == 0) {
		since = w["proposed"]
	}
	switch {
	case g.Kind == model.GapHours && !g.Before:
		kind += "_yet"
	case g.Kind == model.GapAgency && g.Region == model.RegionNational:
		kind += "_national"
	}
	date := t.Day(g.Since, today)
	return Fill(w[kind], "date", date, "since", Fill(since, "date", date), "agencies", cmp.Or(strings.Join(agencies, ", "), t.Words.Unknown),
		"agency", string(g.Agency), "region", t.Value(model.FieldRegion, string(g.Region), cat), "focus", t.Value(model.FieldFocus, string(g.Focus), cat))
}
