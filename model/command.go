package model

// Command is what a person asks for. Decide answers it with events or a refusal; there is no other way
// to change anything.
type Command interface {
	decide(d *decision) error
}

// On names the effort a command is about and the version its writer saw. With Seen 0 the command states
// its intent whatever others did; otherwise it is a conflict when somebody has since changed one of the
// same things to something else.
type On struct {
	Effort EffortID
	Seen   uint32
}

// Propose makes a new effort. Fields are those of EditFields in the journal's writing; region and focus
// are needed, what is left out has its default: operative, regional, priority 2.
type Propose struct {
	Fields map[Field]string
}

// Edit changes fields of an effort, of those in EditFields.
type Edit struct {
	On
	Fields map[Field]string
}

// OnEffort is a command about one effort, of which several can be given together.
type OnEffort interface {
	Command
	about() EffortID
}

func (o On) about() EffortID { return o.Effort }

// Assign changes which agencies, and partners outside the initiative, take part: all of it, or nothing. Lead
// names the agency that is to lead, "" leaves the lead as it is.
type Assign struct {
	On
	Parts    []Part
	Lead     AgencyCode
	Partners []PartnerPart
}

// Part is what an Assign wants of one agency: ask it (put it in at once when it is the actor's own), or,
// with Off, withdraw the request or release it. Mode 0 leaves the mode, or proposes one by local presence.
type Part struct {
	Agency AgencyCode
	Mode   Mode
	Off    bool
	Reason string
}

// PartnerPart puts a partner on an effort, or with Off takes it off. It must be in the register of a region of
// the effort; New puts it there.
type PartnerPart struct {
	Name     string
	Off, New bool
}

// Answer is an agency's answer to a request: yes, possibly in another mode, or no with a reason.
type Answer struct {
	On
	Agency AgencyCode
	Accept bool
	Mode   Mode
	Reason string
}

// Release ends an agency's part, or withdraws a request.
type Release struct {
	On
	Agency AgencyCode
	Reason string
}

// SetStatus moves the status along an arrow, with what the new status needs.
type SetStatus struct {
	On
	To        Status
	Decider   string
	Date      Day
	Reference string
	Reason    string
	Outcome   string
}

// AddNote adds a note; an important one stands on the national picture for some days too.
type AddNote struct {
	On
	Text      string
	Important bool
}

// AddMeasure adds a measure.
type AddMeasure struct {
	On
	Type MeasureType
	Text string
}

// AddHours logs hours that an agency has put in, in hundredths; Date 0 is today. Negative hours correct what was
// logged before, and say why; they are no more than the agency has on the effort.
type AddHours struct {
	On
	Agency AgencyCode
	Centi  int32
	Date   Day
	Reason string
}

// AddOutcome logs what an effort has led to, in thousandths of the measure's unit; Date 0 is today, and Agency "" the
// actor's own, or none for who has none. A negative outcome corrects what was logged before, and says why; it is
// no more than the effort has of the measure.
type AddOutcome struct {
	On
	Measure OutcomeCode
	Milli   int64
	Agency  AgencyCode
	Date    Day
	Reason  string
}

// SetPartner puts a partner outside the initiative, a function and never a person, into a region's register, or
// with Off takes it out. Efforts keep the partners they have.
type SetPartner struct {
	Partner
	Off bool
}

// Postpone puts what waits for the actor aside until a day, on which it comes back by itself; Until 0 brings it back
// at once.
type Postpone struct {
	Waits []WaitKey
	Until Day
}

// SetLink ties the effort to another, which is named by its id or its codename and may have ended, in place of the link the
// two have. Kind 0 takes the link out.
type SetLink struct {
	On
	Other string
	Kind  LinkKind
}

// SaveFilter saves a filter for the actor under a name, in place of one that is called so in any case, and with a Key on
// it, which another filter then loses. With Off it takes the one of the name out.
type SaveFilter struct {
	SavedFilter
	Off bool
}

// TryPIN says that somebody has tried an officer's PIN, to take the desk or to unlock it, and whether it was right; the
// PIN itself never comes here. Hash and Tries are what stood in the register when it was compared. A right one is
// given by the officer, a wrong one by whoever was at the desk.
type TryPIN struct {
	Officer     OfficerID
	Hash, Tries string
	Right       bool
}

// SetPIN sets the actor's own PIN, given as its hash, or with no hash takes an officer's out. Seen is the hash that it
// replaces, "" for the first.
type SetPIN struct {
	Officer    OfficerID
	Seen, Hash string
}

// Together is several commands as one action: one group of entries, and one undo. When some are refused nothing
// is done and the answer is Refusals; with Rest those are left out.
type Together struct {
	Commands []OnEffort
	Rest     bool
}

// Refusals are the commands of a Together that were refused, in their order.
type Refusals []Refusal

// Refusal is the no that a command about one effort of several got.
type Refusal struct {
	Effort EffortID
	Err    error
}

func (r Refusals) Error() string {
	if len(r) == 0 {
		return "refused"
	}
	return "refused for " + string(r[0].Effort) + ": " + r[0].Err.Error()
}

// Unwrap returns the first no.
func (r Refusals) Unwrap() error {
	if len(r) == 0 {
		return nil
	}
	return r[0].Err
}

// Undo takes back the actor's own last action, whole; given again, the one before. What others have changed since
// is a conflict; with Rest only what still stands is taken back, agency by agency.
//
// Of names an entry of the action that is meant, 0 whichever was the last: who has been shown what will be undone is
// refused when it is another by now.
type Undo struct {
	Rest bool
	Of   uint64
}

// Redo does again what the actor's last Undo took back, if nothing was done in between. Rest and Of are as for Undo.
type Redo struct {
	Rest bool
	Of   uint64
}

// Import records history: efforts as they are in a list or in an export. All of it, or nothing; every
// fault of every row is answered at once as Problems.
type Import struct {
	Rows     []Row
	Partners []Partner
	// Links are those of the rows' efforts, with each other or with what is there; an effort without an id yet is named by
	// its codename.
	Links []Link
}

// Row is one effort to import. An effort without an id gets the next one of its region and the year of
// its creation; Number is the row's in the source, for messages.
type Row struct {
	Number int
	Effort *Effort
	Notes  []Note
}

// Problem is one fault of an import, where it stands and why.
type Problem struct {
	// Row counts as a spreadsheet shows it; the header is row 1.
	Row   int
	Field Field
	Value string
	Err   error
}

// Problems are all faults of an import, in the order of rows.
type Problems []Problem

func (p Problems) Error() string {
	if len(p) == 0 {
		return "import refused"
	}
	return "import refused: " + p[0].Err.Error()
}
