package screen

import (
	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/text"
)

// answer accepts or declines for an agency. For the own one it does so at once; for another, whose answer the
// officer records, it names the agency and asks first. Of several efforts it answers the own agency's requests.
func answer(d *app.Desk, a aim, accept bool) tea.Cmd {
	if efforts := a.all(); len(efforts) > 1 {
		return answerAll(d, a, requested(d, efforts), accept)
	}
	e := a.all()[0]
	parts := answerable(d, e, a.under(), accept)
	if len(parts) == 1 && parts[0].Agency == d.Actor.Agency {
		return answerFor(d, a, e, parts[0], accept)
	}
	t := d.Texts.Screen.Effort
	title := t.AcceptFor
	if !accept {
		title = t.DeclineFor
	}
	c := &choose{overlay: overlay{desk: d, about: idsOf(e)}, title: text.Fill(title, "effort", e.Name()), hint: d.Texts.Screen.Prompt.PriorityHint}
	for _, part := range parts {
		o := option{label: string(part.Agency), then: func() tea.Cmd { return answerFor(d, a, e, part, accept) }}
		if agency := d.Catalogue().Agency(part.Agency); agency != nil {
			o.key, o.label = letter(agency), string(part.Agency)+"  "+agency.Name.In(d.Texts.Lang)
		}
		c.options = append(c.options, o)
	}
	return d.Push(c)
}

// requested are the efforts that ask the own agency.
func requested(d *app.Desk, efforts []*model.Effort) (asked []*model.Effort) {
	for _, e := range efforts {
		if e.Assignment(d.Actor.Agency).State == model.Asked {
			asked = append(asked, e)
		}
	}
	return asked
}

// answerAll gives the own agency's answer to several requests as one action.
func answerAll(d *app.Desk, a aim, efforts []*model.Effort, accept bool) tea.Cmd {
	give := func(reason string) model.Command {
		return forAll(efforts, func(e *model.Effort) model.OnEffort {
			return model.Answer{On: on(e), Agency: d.Actor.Agency, Accept: accept, Mode: a.modeOf(e, accept), Reason: reason}
		})
	}
	if accept {
		if all, many := give("").(model.Together); many {
			return d.Push(newPreview(d, nil, all.Commands))
		}
		return d.Do(d.Screen(), give(""))
	}
	t := d.Texts.Screen.Effort
	return d.Push(newAsk(d, text.Fill(t.DeclineTitle, "agency", string(d.Actor.Agency), "effort", named(d, efforts)), t.ReasonHint, model.MaxReason, give).on(action.Decline, string(d.Actor.Agency), efforts...))
}

// answerable are the parts that the officer could answer or, when not accepting, end: that of the agency under
// the cursor, else that of the own agency, else (for who acts for none) all requests that stand.
func answerable(d *app.Desk, e *model.Effort, under model.AgencyCode, accept bool) (parts []model.Assignment) {
	if e == nil {
		return nil
	}
	meant := under
	if meant == "" {
		meant = d.Actor.Agency
	}
	for _, a := range e.Assignments {
		fits := a.State == model.Asked && d.Actor.MayOn(model.RightAnswer, e, a.Agency) == nil ||
			!accept && a.State == model.Accepted && meant != "" && d.Actor.MayOn(model.RightRelease, e, a.Agency) == nil
		if fits && (meant == "" || a.Agency == meant) {
			parts = append(parts, a)
		}
	}
	return parts
}

// ofOther reports whether declining would end the part of another agency than the own one, which is not what
// the footer proposes.
func ofOther(d *app.Desk, e *model.Effort, under model.AgencyCode) bool {
	for _, a := range answerable(d, e, under, false) {
		if a.Agency == d.Actor.Agency || a.State == model.Asked {
			return false
		}
	}
	return true
}

// declineLabel is what declining comes to here: a no, or leaving.
func declineLabel(d *app.Desk, e *model.Effort, under model.AgencyCode) string {
	t := d.Texts.Screen
	if parts := answerable(d, e, under, false); len(parts) == 1 && parts[0].State == model.Accepted {
		return t.Effort.LeaveLabel
	}
	return t.Action["decline"].Label
}

// noAnswer says why there is nothing to accept or decline here, "" when there is.
func noAnswer(d *app.Desk, a aim, accept bool) string {
	efforts, e, under := a.several(), a.effort(), a.under()
	if len(efforts) > 0 {
		e = efforts[0]
	}
	if e == nil {
		return d.Texts.Screen.Board.NothingSelected
	}
	if d.Actor.Writes() != nil || d.Actor.Role.Scope(model.RightAnswer) == model.Nowhere {
		return d.Sentence(d.Actor.MayOn(model.RightAnswer, e, ""))
	}
	if len(efforts) > 1 {
		if d.Actor.Agency == "" || len(requested(d, efforts)) == 0 {
			return d.Texts.Screen.Together.NoRequests
		}
		return ""
	}
	if len(answerable(d, e, under, accept)) > 0 {
		return ""
	}
	if under != "" {
		if err := d.Actor.MayOn(model.RightAnswer, e, under); err != nil {
			return d.Sentence(err)
		}
		return text.Fill(d.Texts.Screen.Effort.NotAsked, "agency", string(under),
			"state", d.Texts.Words.State[e.Assignment(under).State.String()])
	}
	return text.Fill(d.Texts.Screen.Effort.NoAnswer, "effort", e.Name())
}

func answerFor(d *app.Desk, a aim, e *model.Effort, part model.Assignment, accept bool) tea.Cmd {
	t := d.Texts.Screen.Effort
	pairs := []string{"agency", string(part.Agency), "effort", e.Name()}
	switch {
	case accept:
		return d.Do(d.Screen(), model.Answer{On: on(e), Agency: part.Agency, Accept: true, Mode: a.modeOf(e, true)})
	case part.State == model.Asked:
		return d.Push(newAsk(d, text.Fill(t.DeclineTitle, pairs...), t.ReasonHint, model.MaxReason, func(typed string) model.Command {
			return model.Answer{On: on(e), Agency: part.Agency, Reason: typed}
		}).on(action.Decline, string(part.Agency), e))
	}
	return d.Push(newAsk(d, text.Fill(t.ReleaseTitle, pairs...), t.ReasonHint, model.MaxReason, func(typed string) model.Command {
		return model.Release{On: on(e), Agency: part.Agency, Reason: typed}
	}).on(action.Decline, string(part.Agency), e))
}
