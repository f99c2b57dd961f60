package model

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// drawEffort draws an effort with anything that each can say and set can read.
func drawEffort(t *rapid.T) *Effort {
	text := rapid.SampledFrom([]string{"", "a", "två ord", "a, b", "x.y", "å–ö"})
	word := rapid.SampledFrom([]string{"", "pol-syd", "nuc"})
	stamp := rapid.Custom(func(t *rapid.T) Stamp { return Stamp(rapid.Int64Range(-2_000_000_000, 4_000_000_000).Draw(t, "stamp")) })
	day := rapid.Custom(func(t *rapid.T) Day { return Day(rapid.Int32Range(1, 80_000).Draw(t, "day")) })
	e := &Effort{
		Codename: text.Draw(t, "codename"), Title: text.Draw(t, "title"), Region: "SYD", Focus: CrimeAreas, Area: text.Draw(t, "area"),
		Crime: text.Draw(t, "crime"), Reason: text.Draw(t, "reason"), Outcome: text.Draw(t, "outcome"),
		Created: stamp.Draw(t, "created"), Ended: stamp.Draw(t, "ended"), Review: day.Draw(t, "review"),
		Status: rapid.SampledFrom(Statuses()).Draw(t, "status"), Kind: rapid.SampledFrom(Kinds()).Draw(t, "kind"),
		Level: rapid.SampledFrom(Levels()).Draw(t, "level"), Priority: uint8(rapid.IntRange(0, PriorityLow).Draw(t, "priority")),
		Touches:  rapid.SliceOfNDistinct(rapid.SampledFrom([]RegionCode{"SYD", "NORD", "OST"}), 0, 3, rapid.ID).Draw(t, "touches"),
		Partners: rapid.SliceOfN(rapid.SampledFrom([]string{"Kommunen", "St. Erik", "Hamnen AB"}), 0, 3).Draw(t, "partners"),
	}
	if rapid.Bool().Draw(t, "decided") {
		e.Decision = &Decision{Decider: text.Draw(t, "decider"), Date: day.Draw(t, "date"), Reference: text.Draw(t, "reference")}
	}
	lead := false
	for _, code := range rapid.SliceOfNDistinct(rapid.SampledFrom([]AgencyCode{"POL", "KFM", "SÄPO", "ÅM"}), 0, 4, rapid.ID).Draw(t, "agencies") {
		a := Assignment{Agency: code, State: rapid.SampledFrom(States()).Draw(t, "state"), Mode: rapid.SampledFrom(append(Modes(), 0)).Draw(t, "mode"),
			Since: stamp.Draw(t, "since"), Reason: text.Draw(t, "declined")}
		a.Lead = !lead && a.State == Accepted && rapid.Bool().Draw(t, "lead")
		lead = lead || a.Lead
		e.Assignments = append(e.Assignments, a)
	}
	n := uint32(0)
	next := func() uint32 { n += uint32(rapid.IntRange(1, 3).Draw(t, "step")); return n }
	f := &Followup{}
	for range rapid.IntRange(0, 3).Draw(t, "measures") {
		f.Measures = append(f.Measures, Measure{next(), rapid.SampledFrom(MeasureTypes()).Draw(t, "type"), "text " + text.Draw(t, "text"), stamp.Draw(t, "at"), OfficerID(word.Draw(t, "by"))})
	}
	for range rapid.IntRange(0, 3).Draw(t, "hours") {
		f.Hours = append(f.Hours, Hours{next(), "POL", rapid.Int32().Draw(t, "centi"), day.Draw(t, "date"), OfficerID(word.Draw(t, "by"))})
	}
	for range rapid.IntRange(0, 3).Draw(t, "outcomes") {
		f.Outcomes = append(f.Outcomes, Outcome{next(), rapid.SampledFrom([]AgencyCode{"", "KFM", "SÄPO"}).Draw(t, "of"), "narcotics_kg", rapid.Int64().Draw(t, "milli"), day.Draw(t, "date"), OfficerID(word.Draw(t, "by"))})
	}
	if n > 0 {
		e.Followup, e.Serial = f, n
	}
	return e
}

// TestSetReplaysEach: the journal's writing of an effort holds all of it.
func TestSetReplaysEach(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e, got := drawEffort(t), &Effort{}
		e.each(func(f Field, v string) {
			if err := got.set(f, v); err != nil {
				t.Fatalf("set %s %q: %v", f, v, err)
			}
			if e.Get(f) != v {
				t.Fatalf("%s is %q, not %q", f, e.Get(f), v)
			}
		})
		if d := cmp.Diff(e, got, cmpopts.EquateEmpty(), cmpopts.IgnoreUnexported(Effort{})); d != "" {
			t.Fatal(d)
		}
	})
}

// TestDiffReplayed: the changes from one effort to another make the other of the one, and back.
func TestDiffReplayed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old, new := drawEffort(t), drawEffort(t)
		if d := diff(old, old.Clone()); d != nil {
			t.Fatalf("a copy differs: %v", d)
		}
		n := old.Clone()
		for _, c := range diff(old, new) {
			if c.Old == c.New {
				t.Fatalf("%s did not change", c.Field)
			}
			if err := n.set(c.Field, c.New); err != nil {
				t.Fatal(err)
			}
		}
		if left := diff(n, new); left != nil {
			t.Fatalf("left over: %v", left)
		}
	})
}

func TestDecimals(t *testing.T) {
	for text, want := range map[string]int64{"": 0, "0": 0, "5": 500, "-0.5": -50, "0.05": 5, "12.5": 1250, "92233720368547758.07": math.MaxInt64} {
		if got, err := parseDecimal(text, 2); err != nil || got != want {
			t.Errorf("%q = %d, %v, want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"-", ".", ".5", "1.234", "x", "1e3", "--1", "1.-2", "1. 2", "92233720368547758.08"} {
		if got, err := parseDecimal(text, 2); err == nil {
			t.Errorf("%q = %d", text, got)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		n, places := rapid.Int64().Draw(t, "n"), rapid.IntRange(0, 3).Draw(t, "places")
		if got, err := parseDecimal(FormatDecimal(n, places), places); err != nil || got != n {
			t.Fatalf("%d = %q = %d, %v", n, FormatDecimal(n, places), got, err)
		}
	})
}
