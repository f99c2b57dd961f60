package text

import (
	"strings"

	"board.internal/samverkan/model"
)

// ConflictTexts are the texts of mine against theirs.
type ConflictTexts struct {
	Title, Mine, Theirs, Before, By, Hint, HintShort, Choose, Again, Gone, TheirsStand, BulkHint string
	// Meanwhile ends the message line after a change that merged with {changes}; Changed is one officer's.
	Meanwhile, Changed, ChangedOn string
}

// HandoverTexts are the texts of the shift and its handovers, on the screen and in a file.
type HandoverTexts struct {
	Title, SinceSigned, SinceDay, SignedOut, Note, Draft, NoDraft, Take, Given, Taken, Untaken, First, MoreLines string
	Important, Changed, Waiting, Overdue, Next, None, More, MoreAt, Cut, Others, Review, Back, New               string
	SignLabel, TakeLabel, DeskLabel, SignTitle, SignHint, SignPlace, TakeTitle, TakeHint                         string
	TakeYes, Waits, ExportTitle                                                                                  string
	Handovers, Out, In, NoIn                                                                                     string
}

// Meanwhile says what others have changed beside a change that was saved, officer by officer; "" when nothing. Of
// several efforts each is named.
func (t *Texts) Meanwhile(diffs []model.Diff, efforts []*model.Effort) string {
	name := nameIn(efforts)
	type by struct {
		officer model.OfficerID
		effort  model.EffortID
	}
	var order []by
	fields := map[by][]string{}
	several := false
	for _, same := range model.Subjects(diffs) {
		x := same[0]
		k := by{x.Officer, x.Effort}
		if fields[k] == nil {
			order = append(order, k)
		}
		several = several || x.Effort != diffs[0].Effort
		fields[k] = append(fields[k], t.Subject(x.Field))
	}
	var parts []string
	for _, k := range order {
		form := t.Screen.Conflict.Changed
		if several {
			form = t.Screen.Conflict.ChangedOn
		}
		parts = append(parts, Fill(form, "officer", string(k.officer), "fields", strings.Join(fields[k], ", "), "effort", name(k.effort)))
	}
	if len(parts) == 0 {
		return ""
	}
	return Fill(t.Screen.Conflict.Meanwhile, "changes", strings.Join(parts, "; "))
}

// Subject returns the name of what a field is about: an agency for all aspects of its part.
func (t *Texts) Subject(f model.Field) string {
	if group, key, _ := f.Parts(); group == "agency" {
		return key
	}
	return t.Field(f)
}

// Side returns what one side wants of a thing, from the diffs about it: declined, “no staff”.
func (t *Texts) Side(same []model.Diff, value func(model.Diff) string, cat *model.Catalogue) string {
	var parts []string
	for _, x := range same {
		v := t.Value(x.Field, value(x), cat)
		if _, _, aspect := x.Field.Parts(); aspect == "reason" && value(x) != "" {
			v = "“" + v + "”"
		}
		if value(x) != "" || len(same) == 1 {
			parts = append(parts, v)
		}
	}
	if len(parts) == 0 {
		return t.Words.Unknown
	}
	return strings.Join(parts, ", ")
}
