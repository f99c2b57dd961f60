package screen

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/app"
)

// What is typed in a box outlives a session that is cut. It is kept under the action that opens the box and the efforts
// it is about, and stands in the box when the officer opens it again.

var _ = []app.Keeper{(*ask)(nil), (*form)(nil), (*status)(nil)}

// maxNamed bounds how many forms the greeting names.
const maxNamed = 3

// placeOf names a box: the action that opens it, the efforts it is about, and which of the action's boxes it is.
func placeOf(id action.ID, about []model.EffortID, which ...string) string {
	ids := make([]string, len(about))
	for i, e := range about {
		ids[i] = string(e)
	}
	slices.Sort(ids)
	return strings.TrimSpace(strings.Join(append([]string{string(id), strings.Join(ids, ",")}, which...), " "))
}

// unfinished says what the officer has begun in an earlier session and not saved, "" when there is nothing.
func unfinished(d *app.Desk) string {
	if d.Begun == nil {
		return ""
	}
	var names []string
	for draft := range d.Drafts {
		if draft.Officer != d.Actor.Officer {
			continue
		}
		words := append(strings.Fields(draft.Place), "", "")
		name := d.Texts.Screen.Action[words[0]].Label
		for about := range strings.SplitSeq(words[1], ",") {
			if e := d.Whole.Effort(model.EffortID(about)); e != nil {
				about = e.Name()
			} else if words[0] == string(action.Handover) {
				about = d.Texts.Value(model.FieldRegion, about, d.Catalogue())
			}
			name = strings.TrimSpace(name + " " + about)
		}
		if name != "" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	if n := len(names) - maxNamed; n > 0 {
		names = append(names[:maxNamed], "+"+strconv.Itoa(n))
	}
	return strings.Join(names, ", ")
}

// Keep gives what is typed.
func (a *ask) Keep() (place, typed string) { return a.place, a.field.Value() }

// Resume puts back what was typed.
func (a *ask) Resume(typed string) {
	a.field.Set(typed)
	if a.understood != nil {
		a.said, a.fault = a.understood(a.field.Value())
	}
}

// begunForm is a form that is kept: what was typed, by field, and which version of the effort it was typed for.
type begunForm struct {
	Seen   uint32
	Fields map[model.Field]string
}

// Keep gives what is changed.
func (f *form) Keep() (place, typed string) {
	id := action.Create
	if len(f.about) > 0 {
		id = action.Edit
	}
	kept := begunForm{Fields: f.changed()}
	if f.effort != nil {
		kept.Seen = f.effort.Version
	}
	if len(kept.Fields) == 0 {
		return placeOf(id, f.about), ""
	}
	b, _ := json.Marshal(kept) // texts and a number
	return placeOf(id, f.about), string(b)
}

// Resume puts back what was changed. Where others have changed the effort since, it is still an edit of what was seen
// then: what they have changed too is shown before it is saved over.
func (f *form) Resume(typed string) {
	var kept begunForm
	if json.Unmarshal([]byte(typed), &kept) != nil {
		return
	}
	for i := range f.rows {
		r := &f.rows[i]
		value, ok := kept.Fields[r.field]
		if !ok {
			continue
		}
		if r.choices == nil {
			r.input.Set(value)
		} else if at := slices.IndexFunc(r.choices, func(c choice) bool { return c.value == value }); at >= 0 {
			r.chosen = at
		}
	}
	if f.effort != nil && f.effort.Version != kept.Seen {
		seen := *f.effort
		seen.Version = kept.Seen
		f.effort = &seen
		f.changedBy(f.effort)
	}
}

// begunStatus is a move that is kept: where to, and what was typed for it.
type begunStatus struct {
	To     string
	Fields []string
}

// Keep gives what is typed for the status that has been chosen.
func (s *status) Keep() (place, typed string) {
	place = placeOf(action.Status, s.about)
	if s.to == 0 {
		return place, ""
	}
	kept := begunStatus{To: s.to.String()}
	for i := range s.fields {
		kept.Fields = append(kept.Fields, s.fields[i].Value())
	}
	b, _ := json.Marshal(kept) // texts
	return place, string(b)
}

// Resume chooses the status again, when it can still follow, and puts back what was typed for it.
func (s *status) Resume(typed string) {
	var kept begunStatus
	if json.Unmarshal([]byte(typed), &kept) != nil {
		return
	}
	at := slices.IndexFunc(s.next, func(to model.Status) bool { return to.String() == kept.To && len(to.Needs()) == len(kept.Fields) })
	if at < 0 || len(kept.Fields) == 0 {
		return
	}
	s.askFor(s.next[at])
	for i, text := range kept.Fields {
		s.fields[i].Set(text)
	}
}
