package model

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// LinkKind is how one effort has to do with another, seen from it.
type LinkKind uint8

// The kinds of links: efforts against the same network, one that goes on from another, and one that another goes on from.
const (
	SameNetwork LinkKind = iota + 1
	Continues
	ContinuedBy
)

var linkNames = []string{"", "network", "continues", "continued_by"}

// LinkKinds are all kinds.
func LinkKinds() []LinkKind { return []LinkKind{SameNetwork, Continues, ContinuedBy} }

func (k LinkKind) String() string { return linkNames[min(int(k), len(linkNames)-1)] }

// MarshalText writes the stable name.
func (k LinkKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads a stable name.
func (k *LinkKind) UnmarshalText(b []byte) (err error) {
	*k, err = unmarshalEnum[LinkKind](b, linkNames, "link")
	return err
}

// Link ties two efforts; Kind is seen from Effort. Two efforts have at most one.
type Link struct {
	Effort, Other EffortID
	Kind          LinkKind
}

// Back is the link seen from the other effort.
func (l Link) Back() Link {
	kind := map[LinkKind]LinkKind{SameNetwork: SameNetwork, Continues: ContinuedBy, ContinuedBy: Continues}[l.Kind]
	return Link{l.Other, l.Effort, kind}
}

// entry is where the register has the link, seen from the effort whose id comes first.
func (l Link) entry() Entry {
	if l.Effort > l.Other {
		l = l.Back()
	}
	return Entry{EntryKey{Field: Field("link." + string(l.Effort) + "." + string(l.Other))}, l.Kind.String()}
}

// Link returns the link that an entry is about, with Kind 0 for one that is taken out.
func (e Entry) Link() (l Link, ok bool) {
	group, effort, other := e.Field.Parts()
	if group != "link" || l.Kind.UnmarshalText([]byte(e.Value)) != nil {
		return l, false
	}
	l.Effort, l.Other = EffortID(effort), EffortID(other)
	return l, true
}

func (c SetLink) decide(d *decision) error {
	e, err := d.effort(c.Effort)
	if err != nil {
		return err
	}
	other, err := d.called(c.Other)
	if err != nil {
		return err
	}
	// Whoever may edit either of the two may say that they belong together.
	if err := d.actor.MayOn(RightEdit, e, ""); err != nil && d.actor.MayOn(RightEdit, other, "") != nil {
		return err
	}
	entry := Link{e.ID, other.ID, c.Kind}.entry()
	switch {
	case other.ID == e.ID:
		return refused(LinkSelf, "effort", string(e.ID))
	case c.Kind == 0 && d.registered(entry.EntryKey) == "":
		return notFound(NoLink, "effort", string(e.ID), "other", string(other.ID))
	case int(c.Kind) >= len(linkNames):
		return missing(FieldLink)
	}
	return d.enter(ActLink, entry)
}

// called returns the effort that a person named by its id or by a codename that it has or had.
func (d *decision) called(ref string) (*Effort, error) {
	folded := Fold(strings.TrimSpace(ref))
	if e, err := d.effort(EffortID(strings.ToUpper(folded))); err == nil {
		return e, nil
	}
	if folded != "" {
		if id := cmp.Or(d.names[folded], d.Named(folded)); id != "" {
			return d.effort(id)
		}
	}
	return nil, notFound(UnknownEffort, "effort", MaskPersonal(ref), "near", "")
}

// link enters links of imported efforts. What an export says of both of two efforts is one link.
func (d *decision) link(links []Link) error {
	var entries []Entry
	for _, l := range links {
		for _, id := range []*EffortID{&l.Effort, &l.Other} {
			e, err := d.called(string(*id))
			if err != nil {
				return err
			}
			*id = e.ID
		}
		if l.Effort == l.Other {
			return refused(LinkSelf, "effort", string(l.Effort))
		}
		entries = append(entries, l.entry())
	}
	return d.enter(ActLink, entries...)
}

// Links are those of an effort, open or ended, in the order of the others' ids.
func (b *Board) Links(id EffortID) []Link { return b.links[id] }

// RegionPair is two regions with how many links there are between open efforts of one and of the other.
type RegionPair struct {
	A, B  RegionCode
	Count int
}

// LinkedRegions are the pairs of regions with links between them, in the order of the catalogue, and the efforts that have
// such links, in the order of cards.
func (b *Board) LinkedRegions() (pairs []RegionPair, efforts []*Effort) {
	place := map[RegionCode]int{}
	for i, r := range append(slices.Clone(b.cat.Regions), b.cat.National) {
		place[r.Code] = i + 1
	}
	counts := map[[2]RegionCode]int{}
	for id, links := range b.links {
		e, across := b.Effort(id), false
		if e == nil {
			continue
		}
		for _, l := range links {
			other := b.Effort(l.Other)
			if other == nil || other.Region == e.Region {
				continue
			}
			across = true
			if place[e.Region] < place[other.Region] {
				counts[[2]RegionCode{e.Region, other.Region}]++
			}
		}
		if across {
			efforts = append(efforts, e)
		}
	}
	for pair, n := range counts {
		pairs = append(pairs, RegionPair{pair[0], pair[1], n})
	}
	slices.SortFunc(pairs, func(x, y RegionPair) int {
		return cmp.Or(y.Count-x.Count, place[x.A]-place[y.A], place[x.B]-place[y.B])
	})
	slices.SortFunc(efforts, (*Effort).Before)
	return pairs, efforts
}

// LinksOf are the links that entries of the register hold, by effort.
func LinksOf(entries []Entry) map[EffortID][]Link { return linked(nil, entries) }

// linked returns the links by effort after some entries.
func linked(was map[EffortID][]Link, entries []Entry) map[EffortID][]Link {
	by := maps.Clone(was)
	if by == nil {
		by = map[EffortID][]Link{}
	}
	for _, e := range entries {
		l, ok := e.Link()
		if !ok {
			continue
		}
		for _, l := range []Link{l, l.Back()} {
			rest := slices.DeleteFunc(slices.Clone(by[l.Effort]), func(x Link) bool { return x.Other == l.Other })
			if l.Kind != 0 {
				rest = append(rest, l)
			}
			slices.SortFunc(rest, func(x, y Link) int { return strings.Compare(string(x.Other), string(y.Other)) })
			if by[l.Effort] = rest; len(rest) == 0 {
				delete(by, l.Effort)
			}
		}
	}
	return by
}
