package model

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Meeting is one meeting of a region's council, or of the Operative Council for the country: the efforts on its agenda in
// the order they are taken up, who opened it and who closed it. Both are signatures, which stand.
type Meeting struct {
	Region RegionCode
	// Number counts a council's meetings from 1.
	Number int
	Agenda []EffortID
	Begun  Signature
	// Ended is zero while the council sits.
	Ended Signature
}

// Open reports whether the council sits.
func (m *Meeting) Open() bool { return m != nil && m.Begun.At != 0 && m.Ended.At == 0 }

// The aspects of a meeting in the register; the region's own entry (meeting.SYD) has its last number.
const (
	meetingBegun  = "begun"
	meetingAgenda = "agenda"
	meetingEnded  = "ended"
)

// MeetingKeys are where the register has a meeting; with number 0 where it has the region's last number.
func MeetingKeys(region RegionCode, number int) (keys []EntryKey) {
	if number == 0 {
		return []EntryKey{{Field: numberedField("meeting", region, 0, "")}}
	}
	for _, aspect := range []string{meetingBegun, meetingAgenda, meetingEnded} {
		keys = append(keys, EntryKey{Field: numberedField("meeting", region, number, aspect)})
	}
	return keys
}

// Meeting returns what an entry says of a meeting, without the rest of it; ok is false when it is about none. The
// region's own entry has nothing but the number.
func (e Entry) Meeting() (m Meeting, ok bool) {
	var aspect string
	m.Region, m.Number, aspect, ok = e.numbered("meeting")
	switch aspect {
	case meetingBegun:
		m.Begun, _ = ParseSignature(e.Value)
	case meetingAgenda:
		for _, id := range strings.Fields(e.Value) {
			m.Agenda = append(m.Agenda, EffortID(id))
		}
	case meetingEnded:
		m.Ended, _ = ParseSignature(e.Value)
	}
	return m, ok
}

// Take adds what an entry says of the same meeting.
func (m *Meeting) Take(e Entry) {
	if more, ok := e.Meeting(); ok {
		if more.Begun.At != 0 {
			m.Begun = more.Begun
		}
		if more.Agenda != nil {
			m.Agenda = more.Agenda
		}
		if more.Ended.At != 0 {
			m.Ended = more.Ended
		}
	}
}

// Adjourned is an effort that a council has put off to its next meeting, at which meeting and on which day it did so.
type Adjourned struct {
	Effort EffortID
	Number int
	Day    Day
}

// entry is where the register has it.
func (a Adjourned) entry() Entry {
	return Entry{EntryKey{Field: Field("adjourned." + string(a.Effort))}, strconv.Itoa(a.Number) + " " + a.Day.String()}
}

// Adjourned returns what an entry says is put off; Number is 0 when it no longer is.
func (e Entry) Adjourned() (a Adjourned, ok bool) {
	group, effort, _ := e.Field.Parts()
	number, day, _ := strings.Cut(e.Value, " ")
	a.Effort = EffortID(effort)
	a.Number, _ = strconv.Atoi(number)
	a.Day, _ = ParseDay(day)
	return a, group == "adjourned"
}

// BeginMeeting opens a meeting of a council with an agenda, at most MaxAgenda efforts.
type BeginMeeting struct {
	Region RegionCode
	Agenda []EffortID
}

// EndMeeting closes the meeting that a council holds.
type EndMeeting struct{ Region RegionCode }

// Adjourn puts an effort off to the next meeting of its council, which sits.
type Adjourn struct{ Effort EffortID }

// chair refuses a region that has no council, and who may not record what it decides.
func (d *decision) chair(region RegionCode) error {
	if d.Catalogue().Region(region) == nil {
		return unknown(FieldRegion, string(region), d.Catalogue().regionCodes())
	}
	return d.actor.May(RightStatus, region, "")
}

// sitting is the last meeting of a council, and whether it is still held.
func (d *decision) sitting(region RegionCode) (m Meeting, open bool) {
	m.Region = region
	last := MeetingKeys(region, 0)[0]
	m.Number, _ = strconv.Atoi(d.registered(last))
	if m.Number < 1 {
		return m, false
	}
	for _, key := range MeetingKeys(region, m.Number) {
		m.Take(Entry{key, d.registered(key)})
	}
	return m, m.Open()
}

func (c BeginMeeting) decide(d *decision) error {
	if err := d.chair(c.Region); err != nil {
		return err
	}
	if m, open := d.sitting(c.Region); open {
		return refused(MeetingOpen, "region", string(c.Region), "number", strconv.Itoa(m.Number), "officer", string(m.Begun.Officer), "at", m.Begun.At.String())
	}
	if len(c.Agenda) > MaxAgenda {
		return invalid(AgendaLong, "n", strconv.Itoa(len(c.Agenda)), "max", strconv.Itoa(MaxAgenda))
	}
	var ids []string
	for _, id := range c.Agenda {
		switch e, err := d.effort(id); {
		case err != nil:
			return err
		case e.Region != c.Region:
			return refused(OtherCouncil, "effort", string(id), "region", string(c.Region))
		}
		if !slices.Contains(ids, string(id)) {
			ids = append(ids, string(id))
		}
	}
	last := MeetingKeys(c.Region, 0)[0]
	number, err := d.count(last)
	if err != nil {
		return err
	}
	entry := func(aspect, value string) Entry {
		return Entry{EntryKey{Field: numberedField("meeting", c.Region, number, aspect)}, value}
	}
	entries := []Entry{{last, strconv.Itoa(number)}, entry(meetingBegun, Signature{d.actor.Officer, d.now}.String())}
	if len(ids) > 0 {
		entries = append(entries, entry(meetingAgenda, strings.Join(ids, " ")))
	}
	return d.enter(ActMeeting, entries...)
}

func (c EndMeeting) decide(d *decision) error {
	if err := d.chair(c.Region); err != nil {
		return err
	}
	m, open := d.sitting(c.Region)
	if !open {
		return refused(NoMeeting, "region", string(c.Region))
	}
	return d.enter(ActMeeting, Entry{EntryKey{Field: numberedField("meeting", c.Region, m.Number, meetingEnded)}, Signature{d.actor.Officer, d.now}.String()})
}

func (c Adjourn) decide(d *decision) error {
	e, err := d.effort(c.Effort)
	if err != nil {
		return err
	}
	if err := d.chair(e.Region); err != nil {
		return err
	}
	m, open := d.sitting(e.Region)
	if !open {
		return refused(NoMeeting, "region", string(e.Region))
	}
	return d.enter(ActAdjourn, Adjourned{e.ID, m.Number, d.today}.entry())
}

// Item is one matter that is due before a council.
type Item struct {
	Effort *Effort
	// Why is WaitProposal or WaitReview, and Since when it waits for that.
	Why   Wait
	Since Stamp
	// Adjourned is the day on which the council last put it off, 0 when it has not.
	Adjourned Day
}

// MaxAgenda is how many matters a meeting takes up: more than anybody sits through.
const MaxAgenda = 200

// Agenda is what is due before a council: what it has put off, proposals, and efforts whose day of review comes within
// ShiftAhead days; of each kind what has waited longest first. More is how many there are beyond MaxAgenda.
func (b *Board) Agenda(region RegionCode, today Day) (items []Item, more int) {
	for key, c := range b.cells {
		if key.region != region {
			continue
		}
		for _, e := range c.efforts {
			if i := b.Due(e, today); i.Why != 0 {
				items = append(items, i)
			}
		}
	}
	slices.SortFunc(items, func(x, y Item) int {
		first := func(i Item) int { return map[bool]int{true: 0, false: int(i.Why)}[i.Adjourned != 0] }
		return cmp.Or(first(x)-first(y), cmp.Compare(x.Since, y.Since), strings.Compare(string(x.Effort.ID), string(y.Effort.ID)))
	})
	if len(items) > MaxAgenda {
		items, more = items[:MaxAgenda], len(items)-MaxAgenda
	}
	return items, more
}

// Due is what a council is to decide of an effort; Why is 0 when there is nothing.
func (b *Board) Due(e *Effort, today Day) Item {
	i := Item{Effort: e}
	switch {
	case !e.Open(): // a filter by status shows what has ended too
		return i
	case e.Status <= Preparing:
		i.Why, i.Since = WaitProposal, e.Created
	case e.Review != 0 && e.Review <= today+ShiftAhead:
		i.Why, i.Since = WaitReview, e.Review.Stamp()
	default:
		return i
	}
	// What was put off before it came up again is another matter.
	if a := b.adjourned[e.ID]; a.Number > 0 && (i.Why == WaitProposal || a.Day >= e.Review-ShiftAhead) {
		i.Adjourned = a.Day
	}
	return i
}

// Meeting returns the last meeting of a council, nil when it has held none.
func (b *Board) Meeting(region RegionCode) *Meeting {
	if m, ok := b.meetings[region]; ok {
		return &m
	}
	return nil
}

// met returns the last meetings of regions after some entries, in whichever order these come.
func met(was map[RegionCode]Meeting, entries []Entry) map[RegionCode]Meeting {
	now := maps.Clone(was)
	if now == nil {
		now = map[RegionCode]Meeting{}
	}
	for _, e := range entries {
		more, ok := e.Meeting()
		if !ok {
			continue
		}
		m := now[more.Region]
		if more.Number > m.Number {
			m = Meeting{Region: more.Region, Number: more.Number}
		}
		if more.Number == m.Number {
			m.Take(e)
		}
		now[more.Region] = m
	}
	return now
}

// putOff returns what is put off after some entries.
func putOff(was map[EffortID]Adjourned, entries []Entry) map[EffortID]Adjourned {
	now := maps.Clone(was)
	if now == nil {
		now = map[EffortID]Adjourned{}
	}
	for _, e := range entries {
		if a, ok := e.Adjourned(); ok && a.Number > 0 {
			now[a.Effort] = a
		} else if ok {
			delete(now, a.Effort)
		}
	}
	return now
}
