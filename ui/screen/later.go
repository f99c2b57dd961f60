package screen

import (
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/text"
)

// newLater asks until when things of the inbox are put aside; what is aside already can be brought back.
func newLater(d *app.Desk, things []model.WaitKey, aside bool) app.Screen {
	t := d.Texts.Screen.Later
	what := nameOf(d, things[0].Effort)
	if len(things) > 1 {
		what = text.Fill(t.Things, "n", strconv.Itoa(len(things)))
	}
	title := text.Fill(t.Title, "what", what)
	today := d.Today()
	// 1 January 1970 was a Thursday: days count from there.
	monday := today + 7 - model.Day((int(today)+3)%7)
	c := &choose{overlay: overlay{desk: d}, title: title, hint: d.Texts.Screen.Prompt.PriorityHint}
	until := func(key, label string, day model.Day) option {
		return option{key: key, label: text.Fill(label, "date", d.Texts.Day(day, today)), command: model.Postpone{Waits: things, Until: day}}
	}
	c.options = []option{until(t.TomorrowKey, t.Tomorrow, today+1), until(t.WeekKey, t.Week, monday), {key: t.DateKey, label: t.Date, then: func() tea.Cmd {
		return d.Push(newAskParsed(d, title, t.DateHint, model.MaxShort, func(typed string) (model.Command, error) {
			day, err := d.Texts.ParseDay(typed, today, true)
			return model.Postpone{Waits: things, Until: day}, err
		}))
	}}}
	if aside {
		c.options = append(c.options, option{key: t.BackKey, label: t.Back, command: model.Postpone{Waits: things}})
	}
	return c
}
