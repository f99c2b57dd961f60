package text

import (
	"strings"

	"board.internal/samverkan/model"
)

// Doing says what somebody at the board is at: what is being changed, else what is read, else where. place is the name
// of the action that leads there.
func (t *Texts) Doing(place, region, effort string, editing []string, cat *model.Catalogue) string {
	h := t.Screen.Here
	switch {
	case len(editing) > 0:
		return Fill(h.Changes, "effort", strings.Join(editing, ", "))
	case effort != "":
		return Fill(h.Reads, "effort", effort)
	case region != "":
		return t.Value(model.FieldRegion, region, cat)
	}
	if place == "lock" {
		return h.Locked
	}
	if a, ok := t.Screen.Action[place]; ok {
		return a.Label
	}
	return h.Watches
}
