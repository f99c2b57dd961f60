package screen

import (
	"context"
	"io"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/exchange"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/widget"
)

// signing asks for the note of a handover and signs it. What is typed is kept as a draft, whatever comes between.
type signing struct {
	overlay
	region model.RegionCode
	field  widget.Field
}

// draftKey is where an officer's note for a desk is kept while it is not signed.
func draftKey(d *app.Desk, region model.RegionCode) app.Draft {
	return app.Draft{Officer: d.Actor.Officer, Place: "handover " + string(region)}
}

func newSigning(d *app.Desk, region model.RegionCode) app.Screen {
	return &signing{overlay: overlay{desk: d}, region: region, field: widget.NewField(d.Theme, d.Drafts[draftKey(d, region)], model.MaxNote)}
}

// Place: at the foot, so that what has happened stays in sight while one writes of it.
func (s *signing) Place() app.Place { return app.Foot }

// Typing: there is nothing but the note.
func (s *signing) Typing() bool { return true }

func (s *signing) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case app.Done:
		if msg.Err == nil {
			delete(s.desk.Drafts, draftKey(s.desk, s.region))
		}
		return s.answered(s, msg)
	case tea.KeyMsg:
		switch key := msg.String(); {
		case !isText(msg) && key == "esc", msg.Alt && !msg.Paste: // an escape and a letter in one read; what is signed stays signed
			return s.desk.Pop(s)
		case !isText(msg) && key == "enter":
			return s.give(s, model.HandOver{Region: s.region, Note: s.field.Value()})
		}
		s.fault = ""
		s.field.Update(msg)
		s.keep()
	}
	return nil
}

// keep keeps what is typed.
func (s *signing) keep() {
	key := draftKey(s.desk, s.region)
	if s.desk.Drafts[key] = s.field.Value(); strings.TrimSpace(s.field.Value()) == "" {
		delete(s.desk.Drafts, key)
	}
	if at, ok := s.desk.Screen().(*handover); ok {
		at.draw()
	}
}

// View draws the question.
func (s *signing) View() string {
	t := s.desk.Texts.Screen.Handover
	width := s.inner(s.width - 4)
	l := s.begin(width)
	s.field.Draw(l, width, true, safe.Of(t.SignPlace))
	title := text.Fill(t.SignTitle, "region", s.desk.Texts.Value(model.FieldRegion, string(s.region), s.desk.Catalogue()))
	return s.box(title, []string{l.Done()}, text.Fill(t.SignHint, "officer", string(s.desk.Actor.Officer)), width)
}

// newTakeOver asks whether a handover is taken over.
func newTakeOver(d *app.Desk, h *model.Handover) app.Screen {
	t := d.Texts.Screen.Handover
	region := d.Texts.Value(model.FieldRegion, string(h.Region), d.Catalogue())
	title := text.Fill(t.TakeTitle, "region", region, "officer", string(h.Out.Officer), "n", strconv.Itoa(h.Number))
	return &choose{overlay: overlay{desk: d}, title: title, hint: t.TakeHint, options: []option{{key: "y",
		label: text.Fill(t.TakeYes, "officer", string(d.Actor.Officer)), command: model.TakeOver{Region: h.Region, Number: h.Number}}}}
}

// greet says in the message line what the officer left unsaved when a session was cut, or that a handover waits at one
// of the desks.
func greet(d *app.Desk) {
	if what := unfinished(d); what != "" {
		d.Say(text.Fill(d.Texts.Screen.Begun, "what", what))
		return
	}
	desks := d.Actor.Regions
	if len(desks) == 0 {
		desks = []model.RegionCode{d.Actor.Desk()}
	}
	for _, region := range desks {
		h := d.Whole.Handover(region)
		if !h.Open() || h.Out.Officer == d.Actor.Officer || d.Actor.May(model.RightSign, region, "") != nil {
			continue
		}
		d.Say(text.Fill(d.Texts.Screen.Handover.Waits, "officer", string(h.Out.Officer), "region", d.Texts.Value(model.FieldRegion, string(region), d.Catalogue()),
			"ago", d.Texts.Ago(h.Out.At, d.Now()), "key", d.Keys().Shown(action.Handover)))
		return
	}
}

// saving writes the shift as it is shown.
func (s *handover) saving() saving {
	d, cat, shift := s.desk, s.desk.Catalogue(), s.shift
	return saving{
		title:   d.Texts.Screen.Handover.ExportTitle,
		name:    "handover-" + string(shift.Region) + "-" + d.Today().String() + ".md",
		formats: exchange.ShiftFormats(),
		written: d.Texts.Screen.Save.Written,
		write: func(_ context.Context, w io.Writer, format string) (int, error) {
			return 0, exchange.WriteShift(w, format, &shift, d.Texts, cat)
		},
	}
}
