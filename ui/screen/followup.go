package screen

import (
	"cmp"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/action"
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
				}).on(action.Measure, m.String(), efforts...))
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
	read := func(typed string) (text.TypedHours, error) {
		h, err := d.Texts.ParseHours(typed, d.Today(), d.Lexicon)
		h.Agency, h.Date = cmp.Or(h.Agency, d.Actor.Agency), cmp.Or(h.Date, d.Today())
		return h, err
	}
	a := newAskParsed(d, title, t.Hint, model.MaxReason, func(typed string) (model.Command, error) {
		h, err := read(typed)
		if err != nil {
			return nil, err
		}
		return forAll(efforts, func(e *model.Effort) model.OnEffort {
			return model.AddHours{On: on(e), Agency: h.Agency, Centi: h.Centi, Date: h.Date, Reason: h.Reason}
		}), nil
	})
	a.guide = d.Texts.Screen.Outcome.Guide
	a.understood = func(typed string) (said, fault string) {
		h, err := read(typed)
		if err != nil {
			return "", noWay(d, err)
		}
		return logged(d, "hours", model.CheckHours(h.Centi), hoursOf(d, int64(h.Centi)), h.Date, h.Agency, h.Reason)
	}
	return a.on(action.Hours, "", efforts...)
}

// noWay is a fault that no more typing can mend: all others may only be half of what is meant.
func noWay(d *app.Desk, err error) string {
	if model.Is(err, model.BadText) {
		return d.Sentence(err)
	}
	return ""
}

// logged says what is about to be logged: SEK 1 200 000, 1 Nov, KFM; or why it will be refused: a figure that is none, a
// day that has yet to come, a text that is not let in.
func logged(d *app.Desk, f model.Field, none error, figure string, day model.Day, agency model.AgencyCode, reason string) (said, fault string) {
	_, bad := model.CleanText(reason, model.MaxReason)
	if err := cmp.Or(none, model.NotAhead(f, day, d.Today()), bad); err != nil {
		return "", d.Sentence(err)
	}
	parts := []string{figure, d.Texts.Day(day, d.Today())}
	if agency != "" {
		parts = append(parts, string(agency))
	}
	if reason != "" {
		parts = append(parts, text.Fill(d.Texts.Screen.Noted, "text", reason))
	}
	return strings.Join(parts, ", "), ""
}

// newOutcome asks which measure of the yearly report, and then for the figure.
func newOutcome(d *app.Desk, efforts []*model.Effort) app.Screen {
	return whichOutcome(d, efforts[0], 0)
}

// noOutcome says why no outcome can be logged on what an action is about, "" when one can. The same on several efforts
// would count several times.
func noOutcome(d *app.Desk, a aim, may func() string) string {
	if len(a.several()) > 1 {
		return d.Texts.Screen.Outcome.One
	}
	return may()
}

func whichOutcome(d *app.Desk, e *model.Effort, cursor int) app.Screen {
	c := &choose{overlay: overlay{desk: d, about: idsOf(e)}, title: text.Fill(d.Texts.Screen.Outcome.Which, "effort", e.Name()),
		hint: d.Texts.Screen.Prompt.PriorityHint, cursor: cursor, place: app.Foot}
	var names []string
	for _, m := range d.Catalogue().Outcomes {
		names = append(names, m.Name.In(d.Texts.Lang))
	}
	for i, key := range keysOf(names) {
		c.options = append(c.options, option{key: key, label: names[i], then: func() tea.Cmd { return d.Push(newFigure(d, e, i)) }})
	}
	return c
}

// keysOf gives each name a letter of its own: the first of its words' that no name above has, else any other of its
// letters, else one that is free. What is left when all letters are taken has none, and is chosen with the arrows.
func keysOf(names []string) (keys []string) {
	taken := map[rune]bool{}
	for _, name := range names {
		folded, first, key := model.Fold(name), "", ""
		for _, word := range strings.Fields(folded) {
			first += word[:1]
		}
		for _, r := range first + folded + "abcdefghijklmnopqrstuvwxyz0123456789" {
			if !taken[r] && ('a' <= r && r <= 'z' || '0' <= r && r <= '9') {
				taken[r], key = true, string(r)
				break
			}
		}
		keys = append(keys, key)
	}
	return keys
}

// newFigure asks for the figure of the i-th measure, and where they differ from today and the own agency, a day and an
// agency. It says what it has understood while one types; esc goes back to the measures.
func newFigure(d *app.Desk, e *model.Effort, i int) app.Screen {
	t, m := d.Texts.Screen.Outcome, &d.Catalogue().Outcomes[i]
	read := func(typed string) (text.TypedOutcome, error) {
		o, err := d.Texts.ParseOutcome(typed, m.Unit, d.Today(), d.Lexicon)
		o.Agency, o.Date = cmp.Or(o.Agency, d.Actor.Agency), cmp.Or(o.Date, d.Today())
		return o, err
	}
	title := text.Fill(t.Title, "measure", m.Name.In(d.Texts.Lang), "effort", e.Name())
	a := newAskParsed(d, title, "", model.MaxReason, func(typed string) (model.Command, error) {
		o, err := read(typed)
		return model.AddOutcome{On: on(e), Measure: m.Code, Milli: o.Milli, Agency: o.Agency, Date: o.Date, Reason: o.Reason}, err
	})
	a.guide, a.hint = t.Guide, text.Fill(t.Hint, "example", d.Texts.Words.Example[m.Unit.String()])
	a.understood = func(typed string) (said, fault string) {
		o, err := read(typed)
		if err != nil {
			return "", noWay(d, err)
		}
		return logged(d, model.FieldOutcome, m.Unit.Check(o.Milli), d.Texts.Amount(o.Milli, m.Unit), o.Date, o.Agency, o.Reason)
	}
	a.back = func() tea.Cmd { return d.Push(whichOutcome(d, e, i)) }
	return a.on(action.Outcome, string(m.Code), e)
}
