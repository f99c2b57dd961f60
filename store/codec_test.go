package store_test

import (
	"bytes"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/store/storetest"
)

var alike = cmp.Options{cmpopts.EquateEmpty(), cmp.AllowUnexported(model.Effort{})}

func enum[E ~uint8](r *rapid.T, name string, from, to E) E {
	return E(rapid.Uint8Range(uint8(from), uint8(to)).Draw(r, name))
}

func someEffort(r *rapid.T) *model.Effort {
	text := rapid.String()
	stamp := rapid.Map(rapid.Int64(), func(n int64) model.Stamp { return model.Stamp(n) })
	day := rapid.Map(rapid.Int32(), func(n int32) model.Day { return model.Day(n) })
	number := rapid.Uint32()
	e := &model.Effort{
		ID: model.EffortID(text.Draw(r, "id")), Codename: text.Draw(r, "codename"), Title: text.Draw(r, "title"),
		Region: model.RegionCode(text.Draw(r, "region")), Focus: model.FocusCode(text.Draw(r, "focus")),
		Area: text.Draw(r, "area"), Crime: text.Draw(r, "crime"), Reason: text.Draw(r, "reason"), Outcome: text.Draw(r, "outcome"),
		Created: stamp.Draw(r, "created"), Updated: stamp.Draw(r, "updated"), Ended: stamp.Draw(r, "ended"),
		UpdatedBy: model.OfficerID(text.Draw(r, "by")), Review: day.Draw(r, "review"), Version: number.Draw(r, "version"),
		Notes: number.Draw(r, "notes"), Serial: number.Draw(r, "serial"), Status: enum(r, "status", model.Proposed, model.Rejected),
		Kind: enum(r, "kind", 0, model.Operative), Level: enum(r, "level", 0, model.National), Priority: enum[uint8](r, "priority", 0, 3),
	}
	e.Partners = rapid.SliceOfN(text, 0, 3).Draw(r, "partners")
	for range rapid.IntRange(0, 3).Draw(r, "touches") {
		e.Touches = append(e.Touches, model.RegionCode(text.Draw(r, "touch")))
	}
	for range rapid.IntRange(0, 12).Draw(r, "assignments") {
		e.Assignments = append(e.Assignments, model.Assignment{Agency: model.AgencyCode(text.Draw(r, "agency")), State: enum(r, "state", 0, model.Released),
			Mode: enum(r, "mode", 0, model.Remote), Lead: rapid.Bool().Draw(r, "lead"), Since: stamp.Draw(r, "since"), Reason: text.Draw(r, "why")})
	}
	if rapid.Bool().Draw(r, "decided") {
		e.Decision = &model.Decision{Decider: text.Draw(r, "decider"), Date: day.Draw(r, "date"), Reference: text.Draw(r, "reference")}
	}
	if rapid.Bool().Draw(r, "followed") {
		by := model.OfficerID(text.Draw(r, "by"))
		e.Followup = &model.Followup{
			Measures: []model.Measure{{N: number.Draw(r, "n"), Type: enum(r, "type", 0, model.Administrative), Text: text.Draw(r, "text"), At: stamp.Draw(r, "at"), By: by}},
			Hours: []model.Hours{{N: number.Draw(r, "n"), Agency: "KFM", Centi: rapid.Int32().Draw(r, "centi"), Date: day.Draw(r, "day"), By: by},
				{N: 2, Agency: "POL", Centi: math.MinInt32}},
			Outcomes: []model.Outcome{{N: 7, Measure: "weapons_seized"}, {N: number.Draw(r, "n"), Agency: model.AgencyCode(rapid.SampledFrom([]string{"", "", "KFM"}).Draw(r, "of")), Measure: model.OutcomeCode(text.Draw(r, "measure")), Milli: rapid.Int64().Draw(r, "milli"), Date: day.Draw(r, "day"), By: by}},
		}
	}
	return e
}

// What is written reads back the same, and writes the same bytes again: verify compares bytes.
func TestEffortRoundTrip(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		want := someEffort(r)
		b := store.EncodeEffort(want)
		got, err := store.DecodeEffort(want.ID, b)
		if d := cmp.Diff(want, got, alike); err != nil || d != "" {
			r.Fatalf("%v (-want +got):\n%s", err, d)
		}
		if !bytes.Equal(store.EncodeEffort(got), b) {
			r.Fatal("written again it is not the same")
		}
	})
}

// A record whose outcomes say nothing of agencies is what it was before they could; a record that claims agencies and has
// none is damaged.
func TestOutcomesWithoutAgencies(t *testing.T) {
	e := &model.Effort{Followup: &model.Followup{Outcomes: []model.Outcome{{N: 1, Measure: "kg", Milli: 1, Date: 2, By: "b"}}}}
	b := store.EncodeEffort(e)
	before := "\x01\x23\x02" + strings.Repeat("\x00", 25) + "\x01\x01\x02kg\x02\x04\x01b" // as the program of schema 3 wrote it
	if string(b) != before {
		t.Errorf("the record is %q, was %q", b, before)
	}
	e.Outcomes[0].Agency = "KFM"
	if of := store.EncodeEffort(e); len(of) != len(b)+4 || of[2] != 6 {
		t.Errorf("with an agency it is %q", of)
	}
	for _, flags := range []byte{4, 6, 8} {
		claims := bytes.Clone(b)
		if claims[2] = flags; flags == 6 {
			claims = append(claims, 0)
			claims[1]++
		}
		if _, err := store.DecodeEffort("x", claims); !errors.Is(err, store.ErrDamaged) {
			t.Errorf("flags %d: %v", flags, err)
		}
	}
}

func TestNoteRoundTrip(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		want := model.Note{N: 3, Text: rapid.String().Draw(r, "text"), At: model.Stamp(rapid.Int64().Draw(r, "at")), By: "åsa", Important: rapid.Bool().Draw(r, "important")}
		got, err := store.DecodeNote(3, store.EncodeNote(want))
		if err != nil || got != want {
			r.Fatalf("%+v, %v; want %+v", got, err, want)
		}
	})
}

func TestEntryRoundTrip(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		text := rapid.String()
		want := model.Event{Seq: rapid.Uint64Range(2, math.MaxInt64).Draw(r, "seq"), At: model.Stamp(rapid.Int64().Draw(r, "at")), Op: text.Draw(r, "op"),
			Officer: model.OfficerID(text.Draw(r, "officer")), Agency: "ÅM", Terminal: text.Draw(r, "terminal"), Effort: model.EffortID(text.Draw(r, "effort")),
			Action: model.ActEdit, Version: rapid.Uint32().Draw(r, "version"), Undoes: 1}
		for range rapid.IntRange(0, 4).Draw(r, "changes") {
			want.Changes = append(want.Changes, model.Change{Field: model.Field(text.Draw(r, "field")), Old: text.Draw(r, "old"), New: text.Draw(r, "new")})
		}
		got, prev, err := store.DecodeEntry(want.Seq, store.EncodeEntry(&want, 1))
		if d := cmp.Diff(want, got, alike); err != nil || d != "" || prev != 1 {
			r.Fatalf("%v, after %d (-want +got):\n%s", err, prev, d)
		}
	})
}

// Whatever the bytes, reading them answers an effort that writes as it was read, or that they are damaged.
func FuzzDecodeEffort(f *testing.F) {
	for _, row := range storetest.Efforts(1, 3, false) {
		row.Effort.Decision = &model.Decision{Decider: "RSR", Date: 1, Reference: "A"}
		row.Effort.Followup = &model.Followup{Hours: []model.Hours{{N: 1, Agency: "KFM"}}}
		f.Add(store.EncodeEffort(row.Effort))
		row.Effort.Outcomes = []model.Outcome{{N: 2, Measure: "narcotics_kg", Milli: 1}, {N: 3, Agency: "ÅM", Measure: "narcotics_kg", Milli: 1}}
		f.Add(store.EncodeEffort(row.Effort))
	}
	f.Add([]byte{1, 0xff, 0xff, 0xff, 0xff, 0x0f})
	f.Fuzz(func(t *testing.T, b []byte) {
		e, err := store.DecodeEffort("SYD-2026-001", b)
		switch {
		case err == nil && !bytes.Equal(store.EncodeEffort(e), b):
			t.Errorf("%x reads as %+v, which is %x", b, e, store.EncodeEffort(e))
		case err != nil && !errors.Is(err, store.ErrDamaged):
			t.Errorf("%x: %v", b, err)
		}
		if _, err := store.DecodeNote(1, b); err != nil && !errors.Is(err, store.ErrDamaged) {
			t.Errorf("%x: %v", b, err)
		}
		if _, _, err := store.DecodeEntry(1, b); err != nil && !errors.Is(err, store.ErrDamaged) {
			t.Errorf("%x: %v", b, err)
		}
	})
}
