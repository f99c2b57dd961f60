package model_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"board.internal/samverkan/model"
)

var stockholm = time.FixedZone("CET", 3600)

// typed are all texts a person types into a command, with the most runes each may have (0: a codename).
var typed = map[string]struct {
	max     int
	command func(w *twin, t *testing.T, text string) model.Command
}{
	"codename": {0, proposal("codename")},
	"title":    {model.MaxTitle, proposal("title")},
	"area":     {model.MaxShort, proposal("area")},
	"crime":    {model.MaxShort, proposal("crime")},
	"edited title": {model.MaxTitle, func(w *twin, t *testing.T, s string) model.Command {
		return model.Edit{On: on(w.propose(t)), Fields: edit("title", s)}
	}},
	"edited decider":   {model.MaxShort, ofDecided("decider")},
	"edited reference": {model.MaxReference, ofDecided("reference")},
	"reason of hours": {model.MaxReason, func(w *twin, t *testing.T, s string) model.Command {
		return model.AddHours{On: on(w.propose(t)), Agency: "KFM", Centi: 1_00, Reason: s}
	}},
	"reason of an outcome": {model.MaxReason, func(w *twin, t *testing.T, s string) model.Command {
		return model.AddOutcome{On: on(w.propose(t)), Measure: "weapons_seized", Milli: 3_000, Reason: s}
	}},
	"registered partner": {model.MaxShort, func(_ *twin, _ *testing.T, s string) model.Command {
		return model.SetPartner{Partner: model.Partner{Region: "SYD", Name: s}}
	}},
	"partner put on": {model.MaxShort, func(w *twin, t *testing.T, s string) model.Command {
		return model.Assign{On: on(w.propose(t)), Partners: []model.PartnerPart{{Name: s, New: true}}}
	}},
	"name of a filter": {model.MaxFilterName, func(_ *twin, _ *testing.T, s string) model.Command {
		return model.SaveFilter{SavedFilter: model.SavedFilter{Name: s, Text: "mine"}}
	}},
	"filter": {model.MaxFilter, func(_ *twin, _ *testing.T, s string) model.Command {
		return model.SaveFilter{SavedFilter: model.SavedFilter{Name: "x", Text: s}}
	}},
	"note": {model.MaxNote, func(w *twin, t *testing.T, s string) model.Command {
		return model.AddNote{On: on(w.propose(t)), Text: s}
	}},
	"handover": {model.MaxNote, func(_ *twin, _ *testing.T, s string) model.Command {
		return model.HandOver{Region: "SYD", Note: s}
	}},
	"measure": {model.MaxTitle, func(w *twin, t *testing.T, s string) model.Command {
		return model.AddMeasure{On: on(w.propose(t)), Type: model.Safety, Text: s}
	}},
	"decline": {model.MaxReason, func(w *twin, t *testing.T, s string) model.Command {
		id := w.propose(t)
		w.do(t, nuc, ask(id, "KFM"))
		return model.Answer{On: on(id), Agency: "KFM", Reason: s}
	}},
	"acceptance": {model.MaxReason, func(w *twin, t *testing.T, s string) model.Command {
		id := w.propose(t)
		w.do(t, nuc, ask(id, "KFM"))
		return model.Answer{On: on(id), Agency: "KFM", Accept: true, Reason: s}
	}},
	"release": {model.MaxReason, func(w *twin, t *testing.T, s string) model.Command {
		id := w.propose(t)
		w.joint(t, id)
		return model.Release{On: on(id), Agency: "KFM", Reason: s}
	}},
	"withdrawal": {model.MaxReason, func(w *twin, t *testing.T, s string) model.Command {
		id := w.propose(t)
		w.do(t, nuc, ask(id, "KFM"))
		return model.Assign{On: on(id), Parts: []model.Part{{Agency: "KFM", Off: true, Reason: s}}}
	}},
	"decider":   {model.MaxShort, moving(model.Decided, func(c *model.SetStatus, s string) { c.Decider = s })},
	"reference": {model.MaxReference, moving(model.Decided, func(c *model.SetStatus, s string) { c.Reference = s })},
	"rejection": {model.MaxReason, moving(model.Rejected, func(c *model.SetStatus, s string) { c.Reason = s })},
	"dormancy":  {model.MaxReason, moving(model.Dormant, func(c *model.SetStatus, s string) { c.Reason = s })},
	"outcome":   {model.MaxReason, moving(model.Closed, func(c *model.SetStatus, s string) { c.Outcome = s })},
	"follow-up": {model.MaxReason, moving(model.FollowedUp, func(c *model.SetStatus, s string) { c.Outcome = s })},
	"partner": {model.MaxShort, func(_ *twin, _ *testing.T, s string) model.Command {
		return model.Import{Partners: []model.Partner{{Region: "SYD", Name: s}}}
	}},
}

func proposal(f string) func(*twin, *testing.T, string) model.Command {
	return func(_ *twin, _ *testing.T, s string) model.Command { return model.Propose{Fields: fields(f, s)} }
}

func ofDecided(f string) func(*twin, *testing.T, string) model.Command {
	return func(w *twin, t *testing.T, s string) model.Command {
		return model.Edit{On: on(w.at(t, model.Decided)), Fields: edit(f, s)}
	}
}

func moving(to model.Status, set func(*model.SetStatus, string)) func(*twin, *testing.T, string) model.Command {
	return func(w *twin, t *testing.T, s string) model.Command {
		from := map[model.Status]model.Status{model.Decided: model.Preparing, model.Rejected: model.Proposed, model.Dormant: model.Active,
			model.Closed: model.Active, model.FollowedUp: model.Closed}[to]
		c := moveTo(w.at(t, from), to)
		set(&c, s)
		return c
	}
}

func TestEveryTypedTextIsClean(t *testing.T) {
	pnr := number("900101", 17)
	for name, c := range typed {
		refused := map[string]model.TextKind{
			pnr:                            model.TextPersonal,
			"19" + pnr[:6] + "-" + pnr[6:]: model.TextPersonal,
			number("900161", 17):           model.TextPersonal, // a coordination number
			"a\x1b[2Jb":                    model.TextControl,
			"a\u202eb":                     model.TextBidi,
			"a\u200bb":                     model.TextInvisible,
			"a\xffb":                       model.TextInvalidUTF8,
		}
		if c.max > 0 {
			refused[strings.Repeat("å", c.max+1)] = model.TextTooLong
		}
		for text, kind := range refused {
			w := newTwin()
			command := c.command(w, t, text)
			before := len(w.journal)
			_, err := w.try(nuc, command)
			var te *model.TextError
			if !model.Is(err, model.BadText) || !errors.As(err, &te) || te.Kind != kind {
				t.Errorf("%s %.20q: error %v, want %s", name, text, err, kind)
			}
			if len(w.journal) != before {
				t.Errorf("%s %.20q: something was stored", name, text)
			}
		}
		if c.max > 0 {
			w := newTwin()
			if _, err := w.try(nuc, c.command(w, t, strings.Repeat("a\u030a", c.max))); err != nil {
				t.Errorf("%s: %d letters of two runes each become as many of one: %v", name, c.max, err)
			}
		}
	}
}
