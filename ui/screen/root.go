// Package screen holds the screens, one file each. Screens read the desk's board and give commands; they
// know no rules and never write to the terminal.
package screen

import (
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/app"
)

// Root is the first screen: the officer's region, or the national picture for who has none or several.
func Root(d *app.Desk) app.Screen {
	greet(d)
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
			d.Idle(strconv.Itoa(i + 1)) // the digit of no region
			return nil
		}},
		{ID: action.Create, Do: func(int) tea.Cmd { return create(d) }, Off: may(d, model.RightPropose)},
		{ID: action.Narrow, Do: func(int) tea.Cmd { return d.Push(newNarrow(d)) }},
		{ID: action.Mine, Hidden: true, Do: func(int) tea.Cmd { return d.SetFilter(d.Filter, !d.Mine) }, Off: func() string {
			if d.Actor.Agency == "" {
				return d.Texts.Screen.Board.NoAgency
			}
			return ""
		}},
		{ID: action.Saved, Hidden: true, Do: func(i int) tea.Cmd { return recall(d, i+1) }},
		{ID: action.Inbox, Hidden: true, Do: func(int) tea.Cmd { return show[*inbox](d, newInbox) }},
		{ID: action.Agencies, Hidden: true, Do: func(int) tea.Cmd { return show[*agencyBoard](d, newAgencyBoard) }},
		{ID: action.Partners, Hidden: true, Do: func(int) tea.Cmd { return show[*partners](d, newPartners) }},
		{ID: action.Journal, Hidden: true, Do: func(int) tea.Cmd { return showJournal(d) }},
		{ID: action.Handover, Hidden: true, Do: func(int) tea.Cmd { return show[*handover](d, newHandover) }},
		{ID: action.Meeting, Hidden: true, Do: func(int) tea.Cmd { return show[*meeting](d, newMeeting) }},
		{ID: action.Report, Hidden: true, Do: func(int) tea.Cmd { return show[*report](d, newReport) }},
		{ID: action.Here, Hidden: true, Do: func(int) tea.Cmd { return d.Push(newHere(d)) }},
		{ID: action.Undo, Do: func(int) tea.Cmd { return d.Push(newUndo(d)) }, Off: may(d, model.RightAnswer)},
		{ID: action.Redo, Hidden: true, Do: func(int) tea.Cmd { return d.Push(newRedo(d)) }, Off: may(d, model.RightAnswer)},
		{ID: action.Who, Hide: func() bool { return !d.Actor.Guest }, Do: func(int) tea.Cmd { return d.Push(newWho(d)) }, Off: mayTake(d)},
		{ID: action.Lock, Hidden: true, Do: func(int) tea.Cmd { return d.LockUp() }, Off: reads(d)},
		{ID: action.Command, Hidden: true, Do: func(int) tea.Cmd { return d.Push(newCommand(d)) }},
		{ID: action.Help, Hidden: true, Do: func(int) tea.Cmd { return d.Push(newHelp(d)) }},
		{ID: action.Suspend, Hidden: true, Do: func(int) tea.Cmd { return d.Suspend() }, Off: func() string {
			if !d.Local {
				return d.Texts.Screen.NoShell
			}
			return ""
		}},
		{ID: action.Quit, Hidden: true, Do: func(int) tea.Cmd { return d.Quit() }},
	}
}

// mayWrite says why nobody takes the desk here.
func mayWrite(d *app.Desk) func() string {
	return func() string {
		if err := d.Actor.Writes(); err != nil {
			return d.Sentence(err)
		}
		return ""
	}
}

// reads says why the board cannot be locked, nor a file be written: one that is for reading only is to be seen, and
// cannot count tries. One of the past can.
func reads(d *app.Desk) func() string {
	return func() string {
		if d.Actor.ReadOnly {
			return d.Sentence(&model.Error{Fault: model.Forbidden, Why: model.ReadOnly})
		}
		return ""
	}
}

// mayTake says why nobody takes the desk, or changes the PIN: whoever has been let in alone is who she is.
func mayTake(d *app.Desk) func() string {
	write := mayWrite(d)
	return func() string {
		if d.Own && d.Catalogue().Officer(d.Actor.Officer) == nil {
			return d.Texts.Screen.Who.OwnNew
		}
		return write()
	}
}

// may says why the officer's role does not allow something anywhere.
func may(d *app.Desk, right model.Right) func() string {
	return func() string {
		region := model.RegionCode("")
		if len(d.Actor.Regions) > 0 {
			region = d.Actor.Regions[0]
		}
		if err := d.Actor.May(right, region, d.Actor.Agency); err != nil {
			return d.Sentence(err)
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

// aim is what an action is about: the effort under the cursor, or instead of it all that are marked.
type aim struct {
	effort func() *model.Effort
	// agency is the one under the cursor, "" where agencies are not selected; nil where they never are.
	agency func() model.AgencyCode
	// marked are the efforts that are marked; nil where nothing can be.
	marked func() []*model.Effort
	// mode is how the own agency is to take part when it accepts, 0 as it was asked; nil is 0.
	mode func(*model.Effort) model.Mode
}

func (a aim) under() model.AgencyCode {
	if a.agency == nil {
		return ""
	}
	return a.agency()
}

// modeOf is how the own agency is to take part in an effort when it accepts, 0 as it was asked.
func (a aim) modeOf(e *model.Effort, accept bool) model.Mode {
	if a.mode == nil || !accept {
		return 0
	}
	return a.mode(e)
}

// several are the marked efforts, none where nothing is marked.
func (a aim) several() []*model.Effort {
	if a.marked == nil {
		return nil
	}
	return a.marked()
}

// all are the efforts that an action is about, none when nothing is selected.
func (a aim) all() []*model.Effort {
	if marked := a.several(); len(marked) > 0 {
		return marked
	}
	if e := a.effort(); e != nil {
		return []*model.Effort{e}
	}
	return nil
}

// effortActions are what can be done with the selected effort, wherever it is selected.
func effortActions(d *app.Desk, a aim) []app.Bound {
	selected, agency := a.effort, a.under
	push := func(open func(*app.Desk, []*model.Effort) app.Screen) func(int) tea.Cmd {
		return func(int) tea.Cmd { return d.Push(open(d, a.all())) }
	}
	off := func(right model.Right) func() string { return mayAll(d, right, a) }
	return []app.Bound{
		// An answer that is waited for comes first.
		{ID: action.Accept, Do: func(int) tea.Cmd { return answer(d, a, true) }, Off: func() string { return noAnswer(d, a, true) }},
		{ID: action.Decline, Do: func(int) tea.Cmd { return answer(d, a, false) }, Off: func() string { return noAnswer(d, a, false) },
			Label: func() string { return declineLabel(d, selected(), agency()) },
			Hide:  func() bool { return ofOther(d, selected(), agency()) }},
		{ID: action.Assign, Do: push(newPicker), Off: func() string {
			// Who may not ask others may still put in the own agency.
			if why := off(model.RightAsk)(); why == "" || off(model.RightAnswer)() != "" {
				return why
			}
			return ""
		}},
		{ID: action.Status, Do: push(newStatus), Off: off(model.RightStatus)},
		{ID: action.Note, Do: push(newNote), Off: off(model.RightNote)},
		{ID: action.Hours, Do: push(newHours), Off: off(model.RightLog)},
		{ID: action.Outcome, Do: push(newOutcome), Off: func() string { return noOutcome(d, a, off(model.RightLog)) }},
		{ID: action.Edit, Do: push(newEdit), Off: off(model.RightEdit)},
		{ID: action.Priority, Do: push(newPriority), Off: off(model.RightEdit)},
		{ID: action.Measure, Do: push(newMeasure), Off: off(model.RightNote)},
		{ID: action.Codename, Hidden: true, Do: func(int) tea.Cmd { return newCodename(d, selected()) }, Off: noCodename(d, a)},
		{ID: action.Link, Hidden: true, Do: func(int) tea.Cmd { return d.Push(newLink(d, selected())) }, Off: linkOff(d, a)},
		{ID: action.Important, Hidden: true, Do: push(newImportant), Off: off(model.RightNote)},
	}
}

// mayAll says why the officer's role does not allow something on any of what an action is about. What it allows on
// some, the action is looked at for before it is done.
func mayAll(d *app.Desk, right model.Right, a aim) func() string {
	return func() string {
		marked, e := a.several(), a.effort()
		if len(marked) == 0 && e == nil {
			return d.Texts.Screen.Board.NothingSelected
		}
		var why error
		if len(marked) == 0 {
			why = d.Actor.MayOn(right, e, d.Actor.Agency)
		}
		for _, e := range marked {
			if why = d.Actor.MayOn(right, e, d.Actor.Agency); why == nil {
				break
			}
		}
		if why != nil {
			return d.Sentence(why)
		}
		return ""
	}
}

// sayMarked says how many are marked, and what for.
func sayMarked(d *app.Desk, n int) {
	if n > 0 {
		d.Say(d.Keyed(d.Texts.Count(d.Texts.Screen.Together.MarkedOne, d.Texts.Screen.Together.Marked, n)))
	}
}

// on names an effort as it is seen now.
func on(e *model.Effort) model.On { return model.On{Effort: e.ID, Seen: e.Version} }
