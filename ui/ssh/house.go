package ssh

import (
	"cmp"
	"maps"
	"slices"
	"sync"
	"time"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/config"
	"board.internal/samverkan/ui/text"
)

// HouseOptions are what all sessions of a server share.
type HouseOptions struct {
	// Store is open, and is closed after the last session. Catalogue is what it was opened with, Lexicon has its words.
	Store     *store.Store
	Catalogue *model.Catalogue
	Lexicon   *model.Lexicon
	// Config returns the configuration as it was last read. Who an officer is, and how the board looks, is what it says
	// when a session begins.
	Config func() *config.Config
	// Now is the clock, time.Now when nil.
	Now func() time.Time
	// Explain is the sentence for any error in a language; nil leaves it to the texts.
	Explain func(t *text.Texts, err error) string
}

// House is where the sessions of one server meet: one board in memory, and what each officer has left unsaved. Sessions
// share nothing else, and none waits for another.
type House struct {
	HouseOptions
	drafts drafts
}

// NewHouse returns a house; its Board is run for each session.
func NewHouse(o HouseOptions) *House {
	if o.Now == nil {
		o.Now = time.Now
	}
	return &House{HouseOptions: o, drafts: drafts{of: map[model.OfficerID]map[app.Draft]draft{}}}
}

// What is kept of what officers have left unsaved: so many texts of each, so long, each of so many bytes. It is in
// memory only, and goes with the server.
const (
	maxDrafts = 32
	maxDraft  = 16 << 10
	draftAge  = 7 * 24 * time.Hour
	// maxDrafters bounds of how many officers something is kept, maxDrafted how many bytes there are of all.
	maxDrafters = 1000
	maxDrafted  = 16 << 20
)

// drafts are what officers have left unsaved. Sessions get copies and give them back, so that two of one officer do not
// write in each other's: what was typed last is kept.
type drafts struct {
	mu sync.Mutex
	of map[model.OfficerID]map[app.Draft]draft
}

type draft struct {
	typed string
	at    time.Time
}

// begin returns a copy of what an officer has left.
func (d *drafts) begin(officer model.OfficerID, now time.Time) map[app.Draft]string {
	d.mu.Lock()
	defer d.mu.Unlock()
	begun := map[app.Draft]string{}
	for place, kept := range d.of[officer] {
		if now.Sub(kept.at) < draftAge {
			begun[place] = kept.typed
		}
	}
	return begun
}

// keep takes what a session leaves, of what it was given. What it has not touched stays as others have left it.
func (d *drafts) keep(officer model.OfficerID, given, left map[app.Draft]string, now time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	kept := maps.Clone(d.of[officer])
	if kept == nil {
		kept = map[app.Draft]draft{}
	}
	maps.DeleteFunc(kept, func(place app.Draft, k draft) bool {
		was, had := given[place]
		_, has := left[place]
		return now.Sub(k.at) >= draftAge || had && !has && k.typed == was
	})
	for place, typed := range left {
		if was, had := given[place]; place.Officer == officer && len(typed) <= maxDraft && (!had || was != typed) {
			kept[place] = draft{typed, now}
		}
	}
	oldest := slices.SortedFunc(maps.Keys(kept), func(a, b app.Draft) int {
		return cmp.Or(kept[a].at.Compare(kept[b].at), cmp.Compare(a.Place, b.Place))
	})
	for _, place := range oldest[:max(len(oldest)-maxDrafts, 0)] {
		delete(kept, place)
	}
	d.of[officer] = kept
	d.trim(officer, now)
}

// trim drops what is too old, and while there is too much, all of the officer who has typed nothing for longest; last of
// all what has just been left.
func (d *drafts) trim(newest model.OfficerID, now time.Time) {
	bytes, last := 0, map[model.OfficerID]time.Time{}
	for officer, kept := range d.of {
		maps.DeleteFunc(kept, func(_ app.Draft, k draft) bool { return now.Sub(k.at) >= draftAge })
		for _, k := range kept {
			bytes += len(k.typed)
			if k.at.After(last[officer]) {
				last[officer] = k.at
			}
		}
		if len(kept) == 0 {
			delete(d.of, officer)
		}
	}
	delete(last, newest)
	for _, officer := range slices.SortedFunc(maps.Keys(last), func(a, b model.OfficerID) int {
		return cmp.Or(last[a].Compare(last[b]), cmp.Compare(a, b))
	}) {
		if len(d.of) <= maxDrafters && bytes <= maxDrafted {
			return
		}
		for _, k := range d.of[officer] {
			bytes -= len(k.typed)
		}
		delete(d.of, officer)
	}
}
