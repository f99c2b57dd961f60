package text

import (
	"strconv"
	"strings"

	"board.internal/samverkan/model"
)

// Screen are the texts of the board on the screen.
type Screen struct {
	// The frame.
	Live, Stale, Away, ReadOnly, Mine, Narrowed, PictureTab, Requests, Exercise, Loading, Saving, TooSmall string
	// The message line.
	NoChange, UndoHint, TooFast, PasteOnBoard, NoAction, Unsaved string
	Imported, Created, Undone, Leads, NoLead, Noted              string
	// Action are the label in hints and the sentence in the help, by action.
	Action map[string]ActionText

	Picture Picture
	Board   Board
	Effort  Effort
	Picker  Picker
	Form    Form
	Status  StatusTexts
	Prompt  Prompt
	Help    Help
	Welcome Welcome
	Narrow  NarrowTexts
}

// ActionText is what an action is called: in a word beside its key, and in a sentence.
type ActionText struct{ Label, Help string }

// Picture are the texts of the national picture.
type Picture struct {
	Title, Sum, Oldest, Trend, Unplaced, Waits, New, None string
}

// Board are the texts of a region's board.
type Board struct {
	Title, National, Unplaced, None, NoneHere, NoSafety, NoPrevention, Review, Overdue, Silent, NoLead, NoAgency, NothingSelected string
}

// Effort are the texts of the detail screen.
type Effort struct {
	Agencies, Measures, Hours, Outcomes, Decision, Partners, Notes, Journal, Loading, NoAgencies, NoNotes, Older string
	Lead, NoAnswer, NotAsked, ChooseAgency, DeclineTitle, ReleaseTitle, ReasonHint                               string
}

// Picker are the texts of the assign picker.
type Picker struct {
	Title, Hint, HintShort, Lead, Ask, Own, Withdraw, Release, NoOffice, Full, Reason, NotAccepted, Unknown string
}

// Form are the texts of the create and edit form.
type Form struct {
	Create, Edit, Hint, HintShort, Discard, Optional, Regions, Date, Changed string
}

// StatusTexts are the texts of the status change.
type StatusTexts struct{ Title, Hint, FieldsHint, None, Decider, NationalDecider string }

// Prompt are the texts of one-line questions.
type Prompt struct {
	Note, NoteHint, Priority, PriorityHint, High, Normal, Low, Undo, UndoHint, Import, ImportHint, Path, ProblemsHint, Empty string
}

// Help are the texts of the help.
type Help struct{ Title, Hint, Search, Nothing string }

// Welcome are the texts of the first run.
type Welcome struct {
	Title, Hint, Create, CreateHelp, Import, ImportHelp, Demo, DemoHelp string
	Lines                                                               []string
}

// NarrowTexts are the texts of the filter line.
type NarrowTexts struct{ Hint, HintShort, Count string }

// Events says in one line what came to be: the effort, and what changed on it.
func (t *Texts) Events(events []model.Event, efforts []*model.Effort, cat *model.Catalogue) string {
	var first *model.Event
	n := 0
	for i := range events {
		if events[i].Effort != "" {
			if first == nil {
				first = &events[i]
			}
			n++
		}
	}
	if first == nil {
		return ""
	}
	if first.Action == model.ActImport {
		return Fill(t.Screen.Imported, "n", strconv.Itoa(n))
	}
	name := string(first.Effort)
	for _, e := range efforts {
		if e != nil && e.ID == first.Effort {
			name = e.Name()
		}
	}
	line := name + ": " + t.Changes(*first, cat)
	switch first.Action {
	case model.ActCreate:
		return Fill(t.Screen.Created, "effort", name, "id", string(first.Effort))
	case model.ActUndo:
		return Fill(t.Screen.Undone, "what", line)
	}
	return line
}

// Changes says what an event changed, in words: KFM asked, status: proposed → preparing.
func (t *Texts) Changes(ev model.Event, cat *model.Catalogue) string {
	var parts []string
	for _, c := range ev.Changes {
		if c.Field.Quiet() {
			continue
		}
		group, key, aspect := c.Field.Parts()
		value := t.Value(c.Field, c.New, cat)
		switch {
		case group == "agency" && aspect == "state" && c.New != "":
			parts = append(parts, key+" "+value)
		case group == "agency" && aspect == "mode" && (c.New == "" || c.Old == "" && c.New == model.OnSite.String()):
			// That an agency takes part at all says this much.
		case group == "agency" && aspect == "mode" && c.Old == "":
			parts = append(parts, key+" "+value)
		case group == "agency" && aspect == "reason":
			if c.New != "" {
				parts = append(parts, "“"+c.New+"”")
			}
		case c.Field == model.FieldLead && c.New != "":
			parts = append(parts, Fill(t.Screen.Leads, "agency", c.New))
		case c.Field == model.FieldLead:
			parts = append(parts, Fill(t.Screen.NoLead, "agency", c.Old))
		case group == "measure":
			kind, what, _ := strings.Cut(c.New+c.Old, " ")
			parts = append(parts, t.Words.Measure[kind]+": "+what)
		case group == "note":
			parts = append(parts, Fill(t.Screen.Noted, "text", c.New+c.Old))
		case c.Old == "":
			parts = append(parts, t.Field(c.Field)+": "+value)
		default:
			parts = append(parts, t.Field(c.Field)+": "+t.Value(c.Field, c.Old, cat)+" → "+value)
		}
	}
	return strings.Join(parts, ", ")
}
