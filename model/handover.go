package model

import (
	"maps"
	"strconv"
	"strings"
)

// Handover is the end of one shift and the beginning of the next at the desk of a region: who went out, with which
// note, and who came in. Both sign; what is signed is never changed and never taken back.
type Handover struct {
	Region RegionCode
	// Number counts a region's handovers from 1.
	Number int
	Note   string
	Out    Signature
	// In is zero while nobody has taken over.
	In Signature
}

// Signature is who signed, and when.
type Signature struct {
	Officer OfficerID
	At      Stamp
}

// String is as the journal writes it, "" for none: the moment stands first, as an officer may have any name.
func (s Signature) String() string {
	if s.At == 0 {
		return ""
	}
	return s.At.String() + " " + string(s.Officer)
}

// ParseSignature reads what String writes.
func ParseSignature(v string) (s Signature, err error) {
	at, officer, _ := strings.Cut(v, " ")
	s.At, err = ParseStamp(at)
	s.Officer = OfficerID(officer)
	return s, err
}

// Open reports whether nobody has taken over yet.
func (h *Handover) Open() bool { return h != nil && h.In.At == 0 }

// By reports whether an officer has signed, and when.
func (h *Handover) By(officer OfficerID) Stamp {
	at := Stamp(0)
	for _, s := range []Signature{h.Out, h.In} {
		if s.At != 0 && s.Officer == officer {
			at = max(at, s.At)
		}
	}
	return at
}

// The aspects of a handover in the register; the region's own entry (handover.SYD) has its last number.
const (
	handoverNote = "note"
	handoverOut  = "out"
	handoverIn   = "in"
)

// numberedField names an aspect of what a region counts, handover.SYD.12.note; with number 0 the region's own entry,
// which has the last number.
func numberedField(group string, region RegionCode, number int, aspect string) Field {
	f := Field(group + "." + string(region))
	if number > 0 {
		f += Field("." + strconv.Itoa(number) + "." + aspect)
	}
	return f
}

// numbered returns what numberedField named, with the last number for the region's own entry.
func (e Entry) numbered(group string) (region RegionCode, number int, aspect string, ok bool) {
	is, key, rest := e.Field.Parts()
	n, aspect, _ := strings.Cut(rest, ".")
	if aspect == "" {
		n = e.Value
	}
	number, _ = strconv.Atoi(n)
	return RegionCode(key), number, aspect, is == group && number > 0
}

func handoverField(region RegionCode, number int, aspect string) Field {
	return numberedField("handover", region, number, aspect)
}

// HandoverKeys are where the register has a handover; with number 0 where it has the region's last number.
func HandoverKeys(region RegionCode, number int) (keys []EntryKey) {
	if number == 0 {
		return []EntryKey{{Field: handoverField(region, 0, "")}}
	}
	for _, aspect := range []string{handoverOut, handoverNote, handoverIn} {
		keys = append(keys, EntryKey{Field: handoverField(region, number, aspect)})
	}
	return keys
}

// Handover returns what an entry says of a handover, without the rest of it; ok is false when it is about none. The
// region's own entry has nothing but the number.
func (e Entry) Handover() (h Handover, ok bool) {
	var aspect string
	h.Region, h.Number, aspect, ok = e.numbered("handover")
	switch aspect {
	case handoverNote:
		h.Note = e.Value
	case handoverOut:
		h.Out, _ = ParseSignature(e.Value)
	case handoverIn:
		h.In, _ = ParseSignature(e.Value)
	}
	return h, ok
}

// Take adds what an entry says of the same handover.
func (h *Handover) Take(e Entry) {
	if more, ok := e.Handover(); ok {
		if more.Note != "" {
			h.Note = more.Note
		}
		if more.Out.At != 0 {
			h.Out = more.Out
		}
		if more.In.At != 0 {
			h.In = more.In
		}
	}
}

// HandOver signs a shift out at the desk of a region. The note may be empty.
type HandOver struct {
	Region RegionCode
	Note   string
}

// TakeOver signs in what another officer has handed over, and with it what lies before it and nobody has taken over: who
// comes in answers for all of it, and no note is buried under a later one.
type TakeOver struct {
	Region RegionCode
	Number int
}

// desk refuses a region that has no desk, and who may not write there.
func (d *decision) desk(region RegionCode) error {
	if d.Catalogue().Region(region) == nil {
		return unknown(FieldRegion, string(region), d.Catalogue().regionCodes())
	}
	return d.actor.May(RightSign, region, "")
}

func (c HandOver) decide(d *decision) error {
	if err := d.desk(c.Region); err != nil {
		return err
	}
	note, err := CleanNote(c.Note, MaxNote)
	if err != nil {
		return badText(FieldNote, err)
	}
	last := EntryKey{Field: handoverField(c.Region, 0, "")}
	number, err := d.count(last)
	if err != nil {
		return err
	}
	entry := func(aspect, value string) Entry {
		return Entry{EntryKey{Field: handoverField(c.Region, number, aspect)}, value}
	}
	entries := []Entry{{last, strconv.Itoa(number)}, entry(handoverOut, Signature{d.actor.Officer, d.now}.String())}
	if note != "" {
		entries = append(entries, entry(handoverNote, note))
	}
	return d.enter(ActHandOver, entries...)
}

// count is the next number of what a region counts, by its own entry.
func (d *decision) count(last EntryKey) (number int, err error) {
	was, err := parseDecimal(d.registered(last), 0)
	return int(was) + 1, err
}

func (c TakeOver) decide(d *decision) error {
	if err := d.desk(c.Region); err != nil {
		return err
	}
	h := d.handover(c.Region, c.Number)
	number := strconv.Itoa(c.Number)
	switch me := d.actor.Officer; {
	case h.Out.At == 0:
		return notFound(NoHandover, "region", string(c.Region), "number", number)
	case h.Out.Officer == me:
		return refused(HandoverOwn, "region", string(c.Region), "number", number)
	case !h.Open() && h.In.Officer == me:
		return nil // it is as wanted
	case !h.Open():
		return refused(HandoverTaken, "region", string(c.Region), "number", number, "officer", string(h.In.Officer), "at", h.In.At.String())
	}
	var in []Entry
	for n := c.Number; n > 0; n-- {
		if h = d.handover(c.Region, n); !h.Open() {
			break
		}
		if h.Out.Officer != d.actor.Officer {
			in = append(in, Entry{EntryKey{Field: handoverField(c.Region, n, handoverIn)}, Signature{d.actor.Officer, d.now}.String()})
		}
	}
	return d.enter(ActTakeOver, in...)
}

// ToTake returns which of a desk's handovers, the newest first, waits for an officer to take it over, nil when none does.
// Those before it that nobody took over are taken over with it.
func ToTake(handovers []Handover, officer OfficerID) *Handover {
	for i := range handovers {
		switch h := &handovers[i]; {
		case !h.Open():
			return nil
		case h.Out.Officer != officer:
			return h
		}
	}
	return nil
}

// handover reads one from the register.
func (d *decision) handover(region RegionCode, number int) Handover {
	h := Handover{Region: region, Number: number}
	if number < 1 {
		return h
	}
	for _, key := range HandoverKeys(region, number) {
		h.Take(Entry{key, d.registered(key)})
	}
	return h
}

// latest are the last handovers of regions after some entries, in whichever order these come.
func latest(was map[RegionCode]Handover, entries []Entry) map[RegionCode]Handover {
	now := maps.Clone(was)
	if now == nil {
		now = map[RegionCode]Handover{}
	}
	for _, e := range entries {
		more, ok := e.Handover()
		if !ok {
			continue
		}
		h := now[more.Region]
		if more.Number > h.Number {
			h = Handover{Region: more.Region, Number: more.Number}
		}
		if more.Number == h.Number {
			h.Take(e)
		}
		now[more.Region] = h
	}
	return now
}

// Handover returns the last handover at the desk of a region, nil when there was none.
func (b *Board) Handover(region RegionCode) *Handover {
	if h, ok := b.handovers[region]; ok {
		return &h
	}
	return nil
}

// Desk is the region at whose desk an officer sits: the first of the own regions, else the country.
func (a Actor) Desk() RegionCode {
	if len(a.Regions) > 0 {
		return a.Regions[0]
	}
	return RegionNational
}
