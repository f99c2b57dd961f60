package screen

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/text"
)

// newMeasure asks which type of measure, and then what was done. The cursor is on the first type that lacks: fighting,
// prevention and safety are to be balanced.
func newMeasure(d *app.Desk, efforts []*model.Effort) app.Screen {
	t := d.Texts.Screen.Measure
	title := text.Fill(t.Title, "effort", named(d, efforts))
	c := &choose{overlay: overlay{desk: d, about: idsOf(efforts...)}, title: title, hint: d.Texts.Screen.Prompt.PriorityHint}
	measured := efforts[0].Measured()
	lacking := -1
	for i, m := range model.MeasureTypes() {
		o := option{key: strings.ToLower(d.Texts.Words.Short.Measure[m.String()]), label: d.Texts.Words.Measure[m.String()]}
		if len(efforts) == 1 && measured[m] == 0 && m != model.Administrative {
			o.label += "  " + t.None
			if lacking < 0 {
				lacking = i
			}
		}
		o.then = func() tea.Cmd {
			return d.Push(newAsk(d, text.Fill(t.What, "type", d.Texts.Words.Measure[m.String()], "effort", named(d, efforts)), d.Texts.Screen.Prompt.NoteHint,
				model.MaxTitle, func(typed string) model.Command {
					return forAll(efforts, func(e *model.Effort) model.OnEffort { return model.AddMeasure{On: on(e), Type: m, Text: typed} })
				}).on(efforts...))
		}
		c.options = append(c.options, o)
	}
	c.cursor = max(lacking, 0)
	return c
}

// newHours asks for hours: a number, and where they differ from today and the own agency, a day and an agency.
func newHours(d *app.Desk, efforts []*model.Effort) app.Screen {
	t := d.Texts.Screen.Hours
	title := text.Fill(t.TitleAny, "effort", named(d, efforts))
	if d.Actor.Agency != "" {
		title = text.Fill(t.Title, "effort", named(d, efforts), "agency", string(d.Actor.Agency))
	}
	return newAskParsed(d, title, t.Hint, model.MaxReason, func(typed string) (model.Command, error) {
		h, err := d.Texts.ParseHours(typed, d.Today(), d.Lexicon)
		if err != nil {
			return nil, err
		}
		if h.Agency == "" {
			h.Agency = d.Actor.Agency
		}
		return forAll(efforts, func(e *model.Effort) model.OnEffort {
			return model.AddHours{On: on(e), Agency: h.Agency, Centi: h.Centi, Date: h.Date, Reason: h.Reason}
		}), nil
	}).on(efforts...)
}
