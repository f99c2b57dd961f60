package demo

import (
	"cmp"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"board.internal/samverkan/model"
)

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// empty is a board on which nothing has happened yet.
type empty struct{ cat *model.Catalogue }

func (l empty) Catalogue() *model.Catalogue                { return l.cat }
func (empty) Effort(model.EffortID) *model.Effort          { return nil }
func (empty) Named(string) model.EffortID                  { return "" }
func (empty) Numbered(model.RegionCode, int) int           { return 0 }
func (empty) Registered(model.EntryKey) string             { return "" }
func (empty) History(model.EffortID, uint32) []model.Event { return nil }
func (empty) Last(model.OfficerID) []model.Event           { return nil }
func (empty) Undone(model.OfficerID) []model.Event         { return nil }

func made(t *testing.T, n int, seed uint64, lang string) []*model.Effort {
	t.Helper()
	cat := Catalogue(model.DefaultCatalogue())
	var efforts []*model.Effort
	for im := range Imports(cat, n, seed, noon, lang) {
		events, err := model.Decide(empty{cat}, model.Actor{Officer: "duty", Role: model.NationalRole}, im, noon)
		if err != nil {
			t.Fatalf("the board refuses its own exercise: %v", err)
		}
		for _, ev := range events {
			if ev.Effort == "" {
				continue
			}
			e, err := ev.On(nil)
			if err != nil {
				t.Fatal(err)
			}
			efforts = append(efforts, e)
		}
	}
	if len(efforts) != n {
		t.Fatalf("%d efforts, want %d", len(efforts), n)
	}
	return efforts
}

func TestTheExerciseIsARealisticCountry(t *testing.T) {
	for _, lang := range []string{"sv", "en"} {
		found := map[string]int{}
		names := map[string]bool{}
		today := model.DayOf(noon)
		for _, e := range made(t, Efforts, 1, lang) {
			found["region "+string(e.Region)]++
			found["focus "+string(e.Focus)]++
			found["status "+e.Status.String()]++
			found["kind "+e.Kind.String()]++
			found["priority "+string('0'+rune(e.Priority))]++
			for _, a := range e.Assignments {
				found["state "+a.State.String()]++
				found["mode "+a.Mode.String()]++
				if a.State == model.Asked && int(today-a.Since.Day()) > 7 {
					found["asked for over a week"]++
				}
			}
			if e.Open() && e.Review != 0 && e.Review < today {
				found["overdue"]++
			}
			if e.Status == model.Active && (e.Lead() == "" || e.Count(model.Accepted) < 2) {
				t.Errorf("%s is active and not joint", e.Codename)
			}
			if age := int(today - e.Created.Day()); age > 426 || age < 0 {
				t.Errorf("%s is %d days old", e.Codename, age)
			}
			if e.Updated > model.StampOf(noon) || e.Updated < e.Created {
				t.Errorf("%s: created %v, changed %v", e.Codename, e.Created, e.Updated)
			}
			if n := e.Measured(); n[model.Fighting] > 0 && n[model.Safety] == 0 {
				found["no safety"]++
			}
			accounted(t, e, found)
			if names[model.Fold(e.Codename)] {
				t.Errorf("codename %s twice", e.Codename)
			}
			names[model.Fold(e.Codename)] = true
			if !strings.HasPrefix(e.Title, "Övning: ") && !strings.HasPrefix(e.Title, "Exercise: ") {
				t.Errorf("%q does not say that it is an exercise", e.Title)
			}
			found["notes"] += int(e.Notes)
		}
		var want []string
		for _, r := range append(slices.Clone(model.DefaultCatalogue().Regions), model.DefaultCatalogue().National) {
			want = append(want, "region "+string(r.Code))
		}
		for _, f := range model.DefaultCatalogue().Focuses {
			want = append(want, "focus "+string(f.Code))
		}
		for _, s := range model.Statuses() {
			want = append(want, "status "+s.String())
		}
		for _, s := range model.States() {
			want = append(want, "state "+s.String())
		}
		for _, m := range model.Modes() {
			want = append(want, "mode "+m.String())
		}
		want = append(want, "kind intelligence", "kind operative", "priority 1", "priority 2", "priority 3", "overdue",
			"asked for over a week", "no safety", "notes", "hours", "no hours", "outcomes", "closed without outcome")
		for _, w := range want {
			if found[w] == 0 {
				t.Errorf("%s: an exercise without %s", lang, w)
			}
		}
	}
}

// accounted checks that what was logged lies within an effort's life and is by those who took part, and notes the gaps.
func accounted(t *testing.T, e *model.Effort, found map[string]int) {
	t.Helper()
	log := cmp.Or(e.Followup, &model.Followup{})
	ended := e.Status == model.Closed || e.Status == model.FollowedUp
	switch {
	case len(log.Hours) > 0:
		found["hours"]++
	case e.Status == model.Active:
		found["no hours"]++
	}
	switch {
	case len(log.Outcomes) > 0:
		found["outcomes"]++
	case ended:
		found["closed without outcome"]++
	}
	inside := func(what string, day model.Day) {
		if day < e.Created.Day() || day > e.Updated.Day() {
			t.Errorf("%s has %s of %s, created %s, changed %s", e.Codename, what, day, e.Created.Day(), e.Updated.Day())
		}
	}
	for _, h := range log.Hours {
		inside("hours", h.Date)
		if a := e.Assignment(h.Agency); a.State != model.Accepted || h.Centi <= 0 {
			t.Errorf("%s has %d hours of %s, which does not take part", e.Codename, h.Centi, h.Agency)
		}
	}
	for _, o := range log.Outcomes {
		inside("an outcome", o.Date)
		if o.Milli <= 0 {
			t.Errorf("%s has an outcome of %d", e.Codename, o.Milli)
		}
	}
}

func TestTheSameSeedIsTheSameExercise(t *testing.T) {
	ignore := gocmp.AllowUnexported(model.Effort{})
	if diff := gocmp.Diff(made(t, 60, 7, "sv"), made(t, 60, 7, "sv"), ignore); diff != "" {
		t.Error(diff)
	}
	if gocmp.Equal(made(t, 60, 7, "sv"), made(t, 60, 8, "sv"), ignore) {
		t.Error("another seed gave the same exercise")
	}
}

// Every codename must pass what a typed one passes, or a large exercise would be refused whole.
func TestThereAreCodenamesForTheLargestExercise(t *testing.T) {
	rng := generator{rng: newRand(3)}.rng
	names := codenames(rng, Max)
	if len(names) != Max {
		t.Fatalf("%d codenames, want %d", len(names), Max)
	}
	folded := make(map[string]bool, len(names))
	for _, n := range names {
		folded[model.Fold(n)] = true
	}
	if len(folded) != Max {
		t.Errorf("only %d of them differ when folded", len(folded))
	}
}

func TestCatalogueFillsOnlyWhatIsNotKnown(t *testing.T) {
	base := model.DefaultCatalogue()
	base.Agencies[1].Offices = []model.RegionCode{"SYD"}
	base.Agencies[1].Capacity = map[model.RegionCode]int{"SYD": 3}
	c := Catalogue(base)
	if a := c.Agencies[1]; !slices.Equal(a.Offices, []model.RegionCode{"SYD"}) || a.Capacity["SYD"] != 3 || len(a.Capacity) != 1 {
		t.Errorf("what the configuration says was changed: %v %v", a.Offices, a.Capacity)
	}
	if base.Agencies[0].Offices != nil || base.Agencies[0].Capacity != nil {
		t.Error("the given catalogue was changed")
	}
	for _, a := range c.Agencies {
		if len(a.Offices) == 0 || len(a.Capacity) == 0 {
			t.Errorf("%s has no office or no capacity", a.Code)
		}
	}
}

func BenchmarkImports(b *testing.B) {
	cat := Catalogue(model.DefaultCatalogue())
	for b.Loop() {
		for range Imports(cat, 100_000, 1, noon, "sv") {
		}
	}
}
