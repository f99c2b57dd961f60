package model

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// MaxFilter bounds a filter that is saved, and MaxFilterName what it is called, in runes; MaxFilterKey is the last of the
// keys, F1 and on, that one can be put on.
const (
	MaxFilter     = 200
	MaxFilterName = 30
	MaxFilterKey  = 8
)

// SavedFilter is a filter that an officer has saved under a name, and perhaps on a key; Key is 0 when on none. The text
// is as it was typed: whether it can still be read is for whoever applies it to see.
type SavedFilter struct {
	Name, Text string
	Key        int
}

// The officer's own entries of a saved filter: by its folded name what it is, and by a key which name it calls.
func filterEntry(officer OfficerID, folded string) EntryKey {
	return EntryKey{officer, Field("filter.name." + folded)}
}

func filterKeyEntry(officer OfficerID, key int) EntryKey {
	return EntryKey{officer, Field("filter.key." + strconv.Itoa(key))}
}

// ParseSaved reads the entry of a saved filter, all but its key; ok is false for any other entry.
func (c Change) ParseSaved() (was, is SavedFilter, ok bool) {
	group, kind, _ := c.Field.Parts()
	return parseSaved(c.Old), parseSaved(c.New), group == "filter" && kind == "name"
}

func parseSaved(value string) (f SavedFilter) {
	f.Name, f.Text, _ = strings.Cut(value, "\t")
	return f
}

// FilterKey returns on which key a change puts a filter or takes one off, and the folded name of the one that is there
// after it, "" for none; key is 0 for any other change.
func (c Change) FilterKey() (key int, folded string) {
	if group, kind, rest := c.Field.Parts(); group == "filter" && kind == "key" {
		key, _ = strconv.Atoi(rest)
	}
	return key, c.New
}

func (c SaveFilter) decide(d *decision) error {
	name, err := CleanText(c.Name, MaxFilterName)
	if err != nil {
		return badText(FieldFilter, err)
	}
	folded := Fold(name)
	was := d.registered(filterEntry(d.actor.Officer, folded))
	text, err := CleanText(c.Text, MaxFilter)
	switch {
	case err != nil:
		return badText(FieldFilter, err)
	case name == "" || text == "" && !c.Off:
		return missing(FieldFilter)
	case c.Off && was == "":
		return notFound(UnknownFilter, "name", name, "near", "")
	case c.Key < 0 || c.Key > MaxFilterKey:
		return invalid(BadNumber, "field", string(FieldFilter), "value", strconv.Itoa(c.Key))
	}
	value := name + "\t" + strings.Join(strings.Fields(text), " ")
	if c.Off {
		value = ""
	}
	entries := []Entry{{filterEntry(d.actor.Officer, folded), value}}
	for key := 1; key <= MaxFilterKey; key++ {
		e := Entry{EntryKey: filterKeyEntry(d.actor.Officer, key)}
		switch {
		case key == c.Key && !c.Off:
			e.Value = folded
		case d.registered(e.EntryKey) != folded:
			continue
		}
		entries = append(entries, e)
	}
	return d.enter(ActFilter, entries...)
}

// Filters are the officer's saved filters: those on a key in its order, then the others by name.
func (b *Board) Filters(officer OfficerID) (filters []SavedFilter) {
	entries := b.filters[officer]
	for field, value := range entries {
		if _, kind, folded := field.Parts(); kind == "name" {
			f := parseSaved(value)
			for key := 1; key <= MaxFilterKey && f.Key == 0; key++ {
				if entries[filterKeyEntry("", key).Field] == folded {
					f.Key = key
				}
			}
			filters = append(filters, f)
		}
	}
	slices.SortFunc(filters, func(x, y SavedFilter) int {
		last := func(key int) int { return cmp.Or(key, MaxFilterKey+1) }
		return cmp.Or(last(x.Key)-last(y.Key), strings.Compare(Fold(x.Name), Fold(y.Name)))
	})
	return filters
}

// Filter returns the officer's saved filter of a name, in any case; what is near is said by the error when there is none.
func (b *Board) Filter(officer OfficerID, name string) (SavedFilter, error) {
	var known []string
	for _, f := range b.Filters(officer) {
		if Fold(f.Name) == Fold(name) {
			return f, nil
		}
		known = append(known, f.Name)
	}
	return SavedFilter{}, notFound(UnknownFilter, "name", MaskPersonal(name), "near", Nearest(name, known))
}

// saved returns what officers have saved after some entries.
func saved(was map[OfficerID]map[Field]string, entries []Entry) map[OfficerID]map[Field]string {
	by, own := maps.Clone(was), map[OfficerID]bool{}
	if by == nil {
		by = map[OfficerID]map[Field]string{}
	}
	for _, e := range entries {
		if !own[e.Officer] {
			by[e.Officer], own[e.Officer] = maps.Clone(by[e.Officer]), true
			if by[e.Officer] == nil {
				by[e.Officer] = map[Field]string{}
			}
		}
		if by[e.Officer][e.Field] = e.Value; e.Value == "" {
			delete(by[e.Officer], e.Field)
		}
	}
	return by
}
