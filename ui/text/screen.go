package text

import (
	"strconv"
	"strings"

	"board.internal/samverkan/model"
)

// Screen are the texts of the board on the screen.
type Screen struct {
	// The frame.
	Live, Stale, Away, Reading, ReadOnly, Mine, Narrowed, PictureTab, Request, Requests, Exercise, Loading, Saving, TooSmall string
	// The message line.
	NoChange, UndoHint, TooFast, PasteOnBoard, NoAction, Unsaved                          string
	Imported, ImportedEnded, Created, Undone, Unproposed, Withdrawn, Leads, NoLead, Noted string
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
	Lead, NoAnswer, NotAsked, AcceptFor, DeclineFor, LeaveLabel, DeclineTitle, ReleaseTitle, ReasonHint          string
}

// Picker are the texts of the assign picker.
type Picker struct {
	Title, Hint, HintShort, ReasonHint, Lead, Ask, Own, Withdraw, Release, NoOffice, Full, Reason, NotAccepted, Unknown string
}

// Form are the texts of the create and edit form.
type Form struct {
	Create, Edit, Hint, HintShort, Discard, Nameless, Optional, Regions, Date, Changed string
}

// StatusTexts are the texts of the status change.
type StatusTexts struct{ Title, Hint, FieldsHint, None, Decider, NationalDecider string }

// Prompt are the texts of one-line questions.
type Prompt struct {
	Note, NoteHint, Priority, PriorityHint, High, Normal, Low, Undo, UndoHint, CloseHint, NoFile, NoList, Import, ImportHint, Path, ProblemsHint, Empty string
}

// Help are the texts of the help.
type Help struct {
	Title, Hint, Search, Nothing, Signs string
	// Sign are the signs on the board, each with what it means after a blank.
	Sign []string
}

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
		return t.imported(events, n)
	}
	name := string(first.Effort)
	for _, e := range efforts {
		if e != nil && e.ID == first.Effort {
			name = e.Name()
		}
	}
	switch first.Action {
	case model.ActCreate:
		return Fill(t.Screen.Created, "effort", name, "id", string(first.Effort))
	case model.ActUndo:
		return Fill(t.Screen.Undone, "what", t.Undoing(*first, name, cat))
	}
	return name + ": " + t.Changes(*first, cat)
}

// imported says how many efforts came in, and how many of them are not on the board as they have ended.
func (t *Texts) imported(events []model.Event, n int) string {
	ended := 0
	for _, ev := range events {
		for _, c := range ev.Changes {
			var s model.Status
			if c.Field == model.FieldStatus && s.UnmarshalText([]byte(c.New)) == nil && !s.Open() {
				ended++
			}
		}
	}
	line := Fill(t.Screen.Imported, "n", strconv.Itoa(n))
	if ended > 0 {
		line += Fill(t.Screen.ImportedEnded, "n", strconv.Itoa(ended))
	}
	return line
}

// Undoing says what taking back an event does to the effort of a name.
func (t *Texts) Undoing(ev model.Event, name string, cat *model.Catalogue) string {
	for _, c := range ev.Changes {
		if c.Field == model.FieldStatus && c.New == "" {
			return Fill(t.Screen.Unproposed, "effort", name)
		}
	}
	return name + ": " + t.Changes(ev, cat)
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
		case group == "agency" && aspect == "state" && ev.Action == model.ActUndo:
			parts = append(parts, key+": "+t.Value(c.Field, c.Old, cat)+" → "+value)
		case group == "agency" && aspect == "state" && c.Old == model.Asked.String() && c.New == model.Released.String():
			parts = append(parts, Fill(t.Screen.Withdrawn, "agency", key))
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
