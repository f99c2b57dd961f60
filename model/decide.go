package model

import (
	"slices"
	"strings"
	"time"
)

// Ledger is what Decide asks of the board as it is stored at that moment.
type Ledger interface {
	Catalogue() *Catalogue
	// Effort returns the effort of an id, open or closed, nil when there is none.
	Effort(EffortID) *Effort
	// Named returns the effort that has or had a codename, given folded; "" when it was never used.
	Named(folded string) EffortID
	// Numbered returns the last number given in a region and year, 0 when none.
	Numbered(region RegionCode, year int) int
	// Registered returns the value of an entry of the register, "" when there is none.
	Registered(EntryKey) string
	// History returns the events of an effort after a version, oldest first.
	History(id EffortID, after uint32) []Event
	// Last returns the events of an officer's last action that has not been undone, nil when there is none; signatures
	// are not among them, see Event.Undoable. Undone returns those of the officer's last undo, when nothing but an undo or a redo has come after it. Of an import the first
	// event is enough.
	Last(OfficerID) []Event
	Undone(OfficerID) []Event
}

// Decide answers a command with the events that come of it, none when all is as wanted already, or with
// an *Error (Problems for an Import) that says why not. It asks nothing but its arguments.
func Decide(ledger Ledger, actor Actor, command Command, now time.Time) ([]Event, error) {
	d := &decision{
		Ledger: ledger, actor: actor, now: StampOf(now),
		efforts: map[EffortID]*Effort{}, names: map[string]EffortID{}, numbers: map[EffortID]int{}, rows: map[string]int{},
		entries: map[EntryKey]string{},
	}
	d.today = ledger.Catalogue().Today(d.now)
	if err := actor.Writes(); err != nil {
		return nil, err
	}
	if actor.Officer == "" {
		return nil, forbidden(NotRole, "right", "write", "role", actor.Role.String(), "officer", "")
	}
	if err := command.decide(d); err != nil {
		return nil, err
	}
	return d.events, nil
}

// decision is one command on its way: the state, and what the events so far have made of it.
type decision struct {
	Ledger
	actor   Actor
	now     Stamp
	today   Day
	events  []Event
	efforts map[EffortID]*Effort
	names   map[string]EffortID
	numbers map[EffortID]int
	rows    map[string]int // of an import, by folded codename
	// entries is what the events so far have made of entries.
	entries map[EntryKey]string
}

// effort returns the effort as the events so far have left it.
func (d *decision) effort(id EffortID) (*Effort, error) {
	e, ok := d.efforts[id]
	if !ok {
		e = d.Ledger.Effort(id)
	}
	if e != nil {
		return e, nil
	}
	return nil, notFound(UnknownEffort, "effort", string(id), "near", "")
}

// maxNotes is how many bytes of notes one event of an import takes, or else the one note that is longer. A store may
// refuse an entry of its journal that is larger than 64 KiB.
const maxNotes = 12 << 10

// emit records what changed from old to new; no change is no event.
func (d *decision) emit(action Action, old, new *Effort, notes ...Note) error {
	parts := [][]Change{diff(old, new)}
	size := 0
	for _, n := range notes {
		length := len(n.Text) + 5*strings.Count(n.Text, "\n") // which is six bytes in JSON
		if size += length; size > maxNotes && size > length {
			parts, size = append(parts, nil), length
		}
		last := &parts[len(parts)-1]
		*last = append(*last, d.noted(n)...)
	}
	if len(parts[0]) == 0 {
		return nil
	}
	version := uint32(1)
	switch {
	case action == ActImport && new.Version > 0: // which it had when it was exported, and has again after the last part
		version = max(new.Version, uint32(len(parts))) - uint32(len(parts)-1)
		if new.Updated != 0 {
			last := &parts[len(parts)-1]
			*last = append(*last, Change{FieldUpdated, "", new.Updated.String()})
		}
	case old != nil:
		version = old.Version + 1
	}
	for i, changes := range parts {
		if err := d.record(Event{Effort: new.ID, Action: action, Version: version + uint32(i), Changes: changes}, old); err != nil {
			return err
		}
		old = d.efforts[new.ID]
	}
	return nil
}

// yes is how the journal writes that something is so.
const yes = "yes"

// noted are the changes that a new note is.
func (d *decision) noted(n Note) []Change {
	line := numbered("note", n.N)
	changes := []Change{{line, "", n.Text}}
	if n.At != 0 && n.At != d.now {
		changes = append(changes, Change{line + ".at", "", n.At.String()})
	}
	if n.By != "" && n.By != d.actor.Officer {
		changes = append(changes, Change{line + ".by", "", string(n.By)})
	}
	if n.Important {
		changes = append(changes, Change{line + ".important", "", yes})
	}
	return changes
}

// record stamps the event, applies it, and remembers both.
func (d *decision) record(ev Event, old *Effort) error {
	ev.At, ev.Officer, ev.Agency, ev.Terminal = d.now, d.actor.Officer, d.actor.Agency, d.actor.Terminal
	if ev.Effort != "" {
		e, err := ev.On(old)
		if err != nil {
			return err
		}
		d.efforts[ev.Effort] = e
	}
	for _, entry := range ev.Entries() {
		d.entries[entry.EntryKey] = entry.Value
	}
	d.events = append(d.events, ev)
	return nil
}

// unchanged refuses when somebody changed one of the subjects since the version the writer saw, to
// something else than is wanted now (by subject; a missing wish always differs). What was changed and
// changed back since is as the writer saw it.
func (d *decision) unchanged(e *Effort, seen uint32, want map[Field]string, subjects ...Field) error {
	if seen == 0 || seen >= e.Version {
		return nil
	}
	var diffs []Diff
	saw := map[Field]string{}
	stored := d.Ledger.Effort(e.ID).Version // which the events so far, of a command before this one, do not count in
	for _, ev := range d.History(e.ID, seen) {
		for _, c := range ev.Changes {
			if c.Field.Quiet() || !slices.Contains(subjects, c.Field.Subject()) {
				continue
			}
			if _, again := saw[c.Field]; again {
				diffs = slices.DeleteFunc(diffs, func(x Diff) bool { return x.Field == c.Field })
			} else {
				saw[c.Field] = c.Old
			}
			diffs = append(diffs, Diff{Field: c.Field, Mine: want[c.Field], Theirs: e.Get(c.Field), Officer: ev.Officer, At: ev.At,
				Effort: e.ID, Base: saw[c.Field], Version: stored})
		}
	}
	diffs = slices.DeleteFunc(diffs, func(x Diff) bool {
		mine, wanted := want[x.Field]
		return x.Theirs == saw[x.Field] || wanted && mine == x.Theirs
	})
	if len(diffs) == 0 {
		return nil
	}
	return changed(Changed, diffs)
}

func changed(why Why, diffs []Diff) error {
	last := diffs[len(diffs)-1]
	err := fault(Conflict, why, []string{"effort", string(last.Effort), "field", string(last.Field), "mine", last.Mine,
		"theirs", last.Theirs, "officer", string(last.Officer), "at", last.At.String()})
	err.Diffs = diffs
	return err
}

// ofOpen refuses on an effort that is no longer open.
func ofOpen(e *Effort) error {
	if !e.Open() {
		return refused(EffortClosed, "effort", string(e.ID), "status", e.Status.String())
	}
	return nil
}

// number returns the id of the next effort of a region and year.
func (d *decision) number(region RegionCode, year int) EffortID {
	key := NewEffortID(region, year, 0)
	n, ok := d.numbers[key]
	if !ok {
		n = d.Numbered(region, year)
	}
	d.numbers[key] = n + 1
	return NewEffortID(region, year, n+1)
}

// claim keeps a codename for an effort; one that another effort has or ever had is taken.
func (d *decision) claim(codename string, id EffortID) error {
	if codename == "" {
		return nil
	}
	folded := Fold(codename)
	owner := d.names[folded]
	if owner == "" {
		owner = d.Named(folded)
	}
	if owner != "" && owner != id {
		return refused(CodenameTaken, "codename", codename, "effort", string(owner))
	}
	d.names[folded] = id
	return nil
}

func (c AddNote) decide(d *decision) error {
	e, err := d.effort(c.Effort)
	if err != nil {
		return err
	}
	if err := d.actor.MayOn(RightNote, e, ""); err != nil {
		return err
	}
	text, err := CleanNote(c.Text, MaxNote)
	if err != nil {
		return badText(FieldNote, err)
	}
	if text == "" {
		return invalid(Missing, "field", string(FieldNote))
	}
	return d.emit(ActNote, e, e, Note{N: e.Serial + 1, Text: text, Important: c.Important})
}

func (c AddMeasure) decide(d *decision) error {
	e, err := d.effort(c.Effort)
	if err != nil {
		return err
	}
	if err := d.actor.MayOn(RightNote, e, ""); err != nil {
		return err
	}
	text, err := CleanText(c.Text, MaxTitle)
	if err != nil {
		return badText("measure", err)
	}
	if c.Type == 0 || text == "" {
		return invalid(Missing, "field", "measure")
	}
	n := e.Clone()
	if n.Followup == nil {
		n.Followup = &Followup{}
	}
	n.Measures = append(n.Measures, Measure{N: e.Serial + 1, Type: c.Type, Text: text, At: d.now, By: d.actor.Officer})
	return d.emit(ActMeasure, e, n)
}

// MayOn is May for an effort: a national effort touches several regions, and an officer of each works on it.
func (a Actor) MayOn(right Right, e *Effort, agency AgencyCode) error {
	err := a.May(right, e.Region, agency)
	if err != nil && e.Level == National && right != RightStatus && right != RightEdit {
		for _, r := range e.Touches {
			if a.May(right, r, agency) == nil {
				return nil
			}
		}
	}
	return err
}

func badText(f Field, err error) error {
	e := invalid(BadText, "field", string(f))
	e.Err = err
	return e
}

func missing(fields ...Field) error {
	s := make([]string, len(fields))
	for i, f := range fields {
		s[i] = string(f)
	}
	return invalid(Missing, "field", strings.Join(s, ", "))
}
