// Package screen holds the screens, one file each. Screens read the desk's board and give commands; they
// know no rules and never write to the terminal.
package screen

import (
	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/app"
)

// Root is the first screen: the officer's region, or the national picture for who has none or several.
func Root(d *app.Desk) app.Screen {
	if a := d.Actor; a.Role != model.NationalRole && len(a.Regions) == 1 {
		return newRegion(d, a.Regions[0], "")
	}
	return newPicture(d)
}

// Global are the actions that work on every screen.
func Global(d *app.Desk) []app.Bound {
	return []app.Bound{
		{ID: action.Picture, Hidden: true, Do: func(int) tea.Cmd { return d.GoRoot(newPicture(d)) }},
		{ID: action.Region, Hidden: true, Do: func(i int) tea.Cmd {
			// The country has the digit after the last region.
			switch regions := d.Catalogue().CurrentRegions(d.Today()); {
			case i < len(regions):
				return d.GoRoot(newRegion(d, regions[i].Code, ""))
			case i == len(regions):
				return d.GoRoot(newRegion(d, d.Catalogue().National.Code, ""))
			}
			return nil
		}},
		{ID: action.Create, Do: func(int) tea.Cmd { return create(d) }, Off: may(d, model.RightPropose, nil)},
		{ID: action.Narrow, Do: func(int) tea.Cmd { return d.Push(newNarrow(d)) }},
		{ID: action.Mine, Hidden: true, Do: func(int) tea.Cmd { return d.SetFilter(d.Filter, !d.Mine) }, Off: func() string {
			if d.Actor.Agency == "" {
				return d.Texts.Screen.Board.NoAgency
			}
			return ""
		}},
		{ID: action.Undo, Do: func(int) tea.Cmd { return d.Push(newUndo(d)) }, Off: may(d, model.RightAnswer, nil)},
		{ID: action.Help, Hidden: true, Do: func(int) tea.Cmd { return d.Push(newHelp(d)) }},
		{ID: action.Quit, Hidden: true, Do: func(int) tea.Cmd { return tea.Quit }},
	}
}

// may says why the officer's role does not allow something anywhere, or on the selected effort.
func may(d *app.Desk, right model.Right, selected func() *model.Effort) func() string {
	return func() string {
		var err error
		if selected == nil {
			region := model.RegionCode("")
			if len(d.Actor.Regions) > 0 {
				region = d.Actor.Regions[0]
			}
			err = d.Actor.May(right, region, d.Actor.Agency)
		} else {
			e := selected()
			if e == nil {
				return d.Texts.Screen.Board.NothingSelected
			}
			err = d.Actor.MayOn(right, e, d.Actor.Agency)
		}
		if err != nil {
			return d.Texts.Error(err)
		}
		return ""
	}
}

// create opens the form for a new effort where one is.
func create(d *app.Desk) tea.Cmd {
	var region model.RegionCode
	var focus model.FocusCode
	if at, ok := d.Screen().(interface {
		Spot() (model.RegionCode, model.FocusCode)
	}); ok {
		region, focus = at.Spot()
	}
	return d.Push(newCreate(d, region, focus))
}

// effortActions are what can be done with the selected effort, wherever it is selected. agency is the one
// under the cursor, "" where agencies are not selected.
func effortActions(d *app.Desk, selected func() *model.Effort, agency func() model.AgencyCode) []app.Bound {
	with := func(open func(*model.Effort) tea.Cmd) func(int) tea.Cmd {
		return func(int) tea.Cmd { return open(selected()) }
	}
	push := func(open func(*app.Desk, *model.Effort) app.Screen) func(int) tea.Cmd {
		return with(func(e *model.Effort) tea.Cmd { return d.Push(open(d, e)) })
	}
	return []app.Bound{
		// An answer that is waited for comes first.
		{ID: action.Accept, Do: with(func(e *model.Effort) tea.Cmd { return answer(d, e, agency(), true) }),
			Off: func() string { return noAnswer(d, selected(), agency(), true) }},
		{ID: action.Decline, Do: with(func(e *model.Effort) tea.Cmd { return answer(d, e, agency(), false) }),
			Off:   func() string { return noAnswer(d, selected(), agency(), false) },
			Label: func() string { return declineLabel(d, selected(), agency()) },
			Hide:  func() bool { return ofOther(d, selected(), agency()) }},
		{ID: action.Assign, Do: push(newPicker), Off: func() string {
			// Who may not ask others may still put in the own agency.
			if why := may(d, model.RightAsk, selected)(); why == "" || may(d, model.RightAnswer, selected)() != "" {
				return why
			}
			return ""
		}},
		{ID: action.Status, Do: push(newStatus), Off: may(d, model.RightStatus, selected)},
		{ID: action.Note, Do: push(newNote), Off: may(d, model.RightNote, selected)},
		{ID: action.Edit, Do: push(newEdit), Off: may(d, model.RightEdit, selected)},
		{ID: action.Priority, Do: push(newPriority), Off: may(d, model.RightEdit, selected)},
	}
}

// on names an effort as it is seen now.
func on(e *model.Effort) model.On { return model.On{Effort: e.ID, Seen: e.Version} }
