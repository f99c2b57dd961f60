package text

import (
	"strconv"
	"strings"
	"time"

	"board.internal/samverkan/model"
)

// Screen are the texts of the board on the screen.
type Screen struct {
	// The frame.
	Live, Stale, Away, Reading, ReadOnly, Mine, Narrowed, PictureTab, Exercise, Loading, Saving, TooSmall string
	// Space is what the space bar is called.
	Space string
	// The message line.
	NoChange, UndoHint, RedoHint, TooFast, PasteOnBoard, NoAction, NoShell, Unsaved, UnsavedOf, Begun string
	Imported, ImportedEnded, Created, Undone, Unproposed, Withdrawn, Leads, NoLead, Noted             string
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
	Saved   SavedTexts
	Link    LinkTexts
	Command CommandTexts
	Gaps    GapsTexts
	Then    ThenTexts
	Inbox   InboxTexts
	Later   LaterTexts
	// Together are the texts of an action on several efforts.
	Together TogetherTexts
	Undo     UndoTexts
	Who      WhoTexts
	Lock     LockTexts
	Here     HereTexts
	Wall     WallTexts
	Measure  MeasureTexts
	Hours    HoursTexts
	Outcome  OutcomeTexts
	Event    EventTexts
	Journal  JournalTexts
	Report   ReportTexts
	Save     SaveTexts
	Ticker   TickerTexts
	Conflict ConflictTexts
	Handover HandoverTexts
	// Also are other words that an action is looked for by.
	Also    map[string]string
	Meeting MeetingTexts
	Equals
}

// ActionText is what an action is called: in a word beside its key, and in a sentence.
type ActionText struct{ Label, Help string }

// Picture are the texts of the national picture.
type Picture struct {
	Title, Sum, Oldest, Trend, Unplaced, Waits, New, None string
}

// Board are the texts of a region's board.
type Board struct {
	Title, National, Unplaced, None, NoneRead, NoneHere, NoSafety, NoPrevention, Review, Overdue, Silent, NoLead, NoAgency, NothingSelected string
}

// Effort are the texts of the detail screen.
type Effort struct {
	Agencies, Measures, Hours, Outcomes, Decision, Partners, Notes, Journal, Loading, NoAgencies, NoNotes, Older string
	InAll, Earlier                                                                                               string
	Lead, NoAnswer, NotAsked, AcceptFor, DeclineFor, LeaveLabel, DeclineTitle, ReleaseTitle, ReasonHint          string
}

// Picker are the texts of the assign picker.
type Picker struct {
	Title, TitleMany, Hint, HintShort, ReasonHint, Lead, Ask, AskAgain, Own, Withdraw, Release, NoOffice, Full, Over, Reason, NotAccepted, Unknown string
	// What there is to know of the agency under the cursor.
	About, HasOffice, LacksOffice, Said, Country, Missing, MissingShort, Like, LikeFocus string
	// Of several efforts.
	Some, ByRegion string
	// Partners outside the initiative.
	Partner, NewPartner, AboutPartner, Partners, PartnersHint, PartnerHint, NoPartners, Register string
}

// Form are the texts of the create and edit form.
type Form struct {
	Create, Edit, Hint, HintShort, Discard, Nameless, Optional, HasCodename, Regions, Date, Changed string
}

// StatusTexts are the texts of the status change.
type StatusTexts struct{ Title, Hint, FieldsHint, None, Decider, NationalDecider string }

// Prompt are the texts of one-line questions.
type Prompt struct {
	Note, ImportantNote, NoteHint, Priority, PriorityHint, High, Normal, Low, CloseHint, NoFile, NoList, Import, ImportHint, Path, ProblemsHint, Empty string
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

// NarrowTexts are the texts of the filter line. Word is what the words of a filter let through, by their English without the
// colon; Words and Understood stand above them in the help.
type NarrowTexts struct {
	Hint, HintShort, Count string
	Words, Understood      string
	Word                   map[string]string
}

// LinkTexts are the texts of links between efforts. Key and Add are by kind, and for "remove".
type LinkTexts struct {
	Heading, Title, To, Guide, Remove, Across, NoneAcross string
	Key, Add                                              map[string]string
}

// SavedTexts are the texts of saved filters.
type SavedTexts struct {
	Title, Guide, OnKey, Instead, NoneOn, NoneHere, Nothing string
	List, Hint, None                                        string
}

// CommandTexts are the texts of the command line. Word is how each order is written, Argument what may stand behind it, and
// Help what it does, where that is not what its action says of itself.
type CommandTexts struct {
	Title, Hint, Unknown, Alone, Elsewhere, More string
	Region, Saved, Agency                        string
	Word, Argument, Help                         map[string]string
}

// GapsTexts are the texts of what is missing.
type GapsTexts struct {
	Title, TitleIn, One, Many, Order, OrderShort, Reading, Undated, UndatedOne, Empty, Filtered, Before, Next, Ask, NoneToAsk string
	// Kind is the heading of each kind.
	Kind map[string]string
}

// ThenTexts are the texts of the board as it was. Banner is the line that says so, Before the one of a moment that the
// journal knows nothing of: each in several lengths, the longest first.
type ThenTexts struct {
	Sign, Nothing, Now, Already, Title, Hint, HintShort, Reading, ReadingHint string
	Banner, Before                                                            []string
}

// InboxTexts are the texts of the inbox.
type InboxTexts struct {
	Title, Empty, Filtered, Viewer, Aside, Until, ShowAside, HideAside, NoRequest, ModeLabel string
	// Kind is what things of a kind are called after their number.
	Kind map[string]string
}

// LaterTexts are the texts of putting aside.
type LaterTexts struct{ Title, Things, BackKey, Back, TomorrowKey, Tomorrow, WeekKey, Week, DateKey, Date, DateHint string }

// TogetherTexts are the texts of an action on several efforts.
type TogetherTexts struct {
	Title, Efforts, Does, DoesOne, Had, Already, Refused, Hint, RestHint, NoneHint, Various, Unchanged, Marked, MarkedOne, Hidden, NoRequests string
}

// UndoTexts are the texts of undo and redo.
type UndoTexts struct{ Title, Hint, RedoTitle, RedoHint, Against, Stands, RestKey, RestHint, Change, Gone string }

// WhoTexts are the texts of taking the desk.
type WhoTexts struct {
	Title, Type, Hint, None, NoOne                     string
	NoOfficers, NoOfficersHow                          string
	PIN, PINHint, OwnPIN, New, NewHint, Again, NotSame string
	First, Wrong, Paste, Checking, Changed, Sat        string
	OwnTitle, OwnHint, OwnNew                          string
}

// LockTexts are the texts of the locked board.
type LockTexts struct{ By, Idle, Guest, PIN, Hint, OwnHint, Others, Open, OpenHint, AloneHint, NoneYet, Unsaved string }

// HereTexts are the texts about who is at the board.
type HereTexts struct {
	In, Title, Hint, Alone, You, Editing, EditingToo, Changes, Reads, Watches, Locked string
}

// WallTexts are the texts of a board that nobody sits at.
type WallTexts struct{ Paused string }

// MeasureTexts are the texts of adding a measure.
type MeasureTexts struct{ Title, What, None string }

// HoursTexts are the texts of logging hours.
type HoursTexts struct{ Title, TitleAny, Hint string }

// OutcomeTexts are the texts of logging an outcome.
type OutcomeTexts struct{ Which, Title, Guide, Hint, One string }

// Events says in one line what came to be: the effort, and what changed on it. Several efforts are counted.
func (t *Texts) Events(events []model.Event, efforts []*model.Effort, cat *model.Catalogue) string {
	var on, register []model.Event
	seen := map[model.EffortID]bool{}
	for _, ev := range events {
		if ev.Effort == "" {
			register = append(register, ev)
			continue
		}
		on, seen[ev.Effort] = append(on, ev), true
	}
	name, what := nameIn(efforts), ""
	switch {
	case len(events) == 0:
		return ""
	case len(seen) == 0:
		what = t.register(register, name, cat)
	case on[0].Action == model.ActImport:
		return t.imported(events, len(on))
	case len(seen) > 1:
		what = t.several(on, len(seen), cat)
	case on[0].Action == model.ActCreate:
		return Fill(t.Screen.Created, "effort", name(on[0].Effort), "id", string(on[0].Effort))
	default:
		what = t.Undoing(on[0], name(on[0].Effort), cat)
		for _, ev := range on[1:] {
			what += ", " + t.Changes(ev, cat)
		}
	}
	switch events[0].Action {
	case model.ActUndo:
		return Fill(t.Screen.Undone, "what", what)
	case model.ActRedo:
		return Fill(t.Screen.Event.Redone, "what", what)
	}
	return what
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

// ChangedSince says what stands against an undo, of one thing of an effort: what it is by now, by whom, and since when.
func (t *Texts) ChangedSince(same []model.Diff, name string, cat *model.Catalogue, now time.Time) string {
	x, form := same[0], t.Screen.Undo.Change
	if x.Officer == "" {
		form = t.Screen.Undo.Gone
	}
	var values []string
	for _, x := range same {
		values = append(values, t.Value(x.Field, x.Theirs, cat))
	}
	what := strings.Join(values, ", ")
	if group, key, _ := x.Field.Parts(); group == "agency" {
		what = key + " " + what
	} else {
		what = t.Field(x.Field) + ": " + what
	}
	return Fill(form, "effort", name, "officer", string(x.Officer), "what", what, "ago", t.Ago(x.At, now))
}

// Undoing says what an event that takes something back, or does it again, does to the effort of a name.
func (t *Texts) Undoing(ev model.Event, name string, cat *model.Catalogue) string {
	switch {
	case ev.Effort == "":
		return t.Changes(ev, cat)
	case ev.Removes():
		return Fill(t.Screen.Unproposed, "effort", name)
	case ev.Begins():
		return Fill(t.Screen.Event.Reproposed, "effort", name)
	}
	return name + ": " + t.Changes(ev, cat)
}

// modeChange is the mode in which an agency has accepted, when that is another than it was asked for; "" otherwise.
func modeChange(ev model.Event, agency string) (mode string) {
	accepted := false
	for _, c := range ev.Changes {
		switch c.Field {
		case model.AgencyField(model.AgencyCode(agency), "state"):
			accepted = c.New == model.Accepted.String() && c.Old == model.Asked.String()
		case model.AgencyField(model.AgencyCode(agency), "mode"):
			if c.Old != "" {
				mode = c.New
			}
		}
	}
	if !accepted {
		return ""
	}
	return mode
}

// Changes says what an event changed, in words: KFM asked, status: proposed → preparing.
func (t *Texts) Changes(ev model.Event, cat *model.Catalogue) string {
	var parts []string
	day := ev.At.Day()
	for _, c := range ev.Changes {
		if c.Field.Quiet() {
			continue
		}
		if entry := t.Entry(c, day, nameIn(nil), cat); entry != "" {
			parts = append(parts, entry)
			continue
		}
		group, key, aspect := c.Field.Parts()
		value := t.Value(c.Field, c.New, cat)
		switch {
		case group == "agency" && aspect == "state" && c.New == "":
			parts = append(parts, Fill(t.Screen.Event.NoLonger, "agency", key, "state", t.Value(c.Field, c.Old, cat)))
		case group == "agency" && aspect == "state" && ev.Action == model.ActUndo:
			parts = append(parts, key+": "+t.Value(c.Field, c.Old, cat)+" → "+value)
		case group == "agency" && aspect == "state" && c.Old == model.Asked.String() && c.New == model.Released.String():
			parts = append(parts, Fill(t.Screen.Withdrawn, "agency", key))
		case group == "agency" && aspect == "state" && c.New == model.Asked.String() && c.Old != "":
			parts = append(parts, Fill(t.Screen.Event.AskedAgain, "agency", key))
		case group == "agency" && aspect == "state" && c.New != "":
			if mode := modeChange(ev, key); mode != "" { // accepted: planning
				value += " (" + t.Words.Mode[mode] + ")"
			}
			parts = append(parts, key+" "+value)
		case group == "agency" && aspect == "mode" && c.Old != "" && modeChange(ev, key) != "":
			// It stands beside the state.
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
		case group == "hours" && c.New == "":
			parts = append(parts, Fill(t.Screen.Event.HoursOff, "hours", t.Hours(c.Old, day)))
		case group == "hours":
			parts = append(parts, t.Hours(c.New, day))
		case group == "outcome" && key != "" && c.New == "":
			parts = append(parts, Fill(t.Screen.Event.OutcomeOff, "outcome", t.Outcome(c.Old, ev.AgencyOf(c.Field), day, cat)))
		case group == "outcome" && key != "":
			parts = append(parts, t.Outcome(c.New, ev.AgencyOf(c.Field), day, cat))
		case c.Field == model.FieldPartners:
			parts = append(parts, t.partners(c)...)
		case group == "note" && ev.Important(c.Field):
			parts = append(parts, Fill(t.Screen.Event.Important, "text", c.New+c.Old))
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
