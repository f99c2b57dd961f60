package model_test

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"board.internal/samverkan/model"
)

const boardDay = model.Day(20777) // 2026-11-20

func boardOf(cat *model.Catalogue, efforts ...*model.Effort) *model.Board {
	step := model.Step{Efforts: map[model.EffortID]*model.Effort{}}
	for _, e := range efforts {
		step.Efforts[e.ID] = e
	}
	return model.NewBoard(cat).With(step)
}

func made(n int, change func(*model.Effort)) *model.Effort {
	e := &model.Effort{ID: model.NewEffortID("SYD", 2026, n), Region: "SYD", Level: model.Regional, Focus: model.CrimeAreas,
		Kind: model.Operative, Status: model.Active, Priority: model.PriorityNormal, Created: model.Stamp(1_780_000_000 + n), Updated: 1_795_000_000}
	change(e)
	return e
}

func ids(efforts []*model.Effort) string {
	var s []string
	for _, e := range efforts {
		s = append(s, string(e.ID))
	}
	return strings.Join(s, " ")
}

func TestColumnsAreInTheOrderOfCards(t *testing.T) {
	b := boardOf(catalogue(),
		made(1, func(e *model.Effort) {}),
		made(2, func(e *model.Effort) {}), // newer
		made(3, func(e *model.Effort) { e.Priority = model.PriorityHigh }),
		made(4, func(e *model.Effort) { e.Created = 1_780_000_001 }), // as old as the first
		made(5, func(e *model.Effort) { e.Status = model.Closed }),
		made(6, func(e *model.Effort) { e.Focus = model.Individuals }),
		made(7, func(e *model.Effort) {
			e.Region, e.Level, e.Touches, e.Created = "NAT", model.National, []model.RegionCode{"SYD", "OST"}, 1_780_000_002
		}))
	if got := ids(b.Column("SYD", model.CrimeAreas)); got != "SYD-2026-003 SYD-2026-002 SYD-2026-007 SYD-2026-001 SYD-2026-004" {
		t.Errorf("SYD: %s", got)
	}
	for region, want := range map[model.RegionCode]string{"OST": "SYD-2026-007", "NAT": "SYD-2026-007", "NORD": ""} {
		if got := ids(b.Column(region, model.CrimeAreas)); got != want {
			t.Errorf("%s: %s, want %s", region, got, want)
		}
	}
	if b.Open() != 6 || b.Effort("SYD-2026-005") != nil {
		t.Errorf("%d open: a closed effort is not on the board", b.Open())
	}
}

func TestFind(t *testing.T) {
	b := boardOf(catalogue(),
		made(1, func(e *model.Effort) { e.Codename = "LÄRKA" }),
		made(2, func(e *model.Effort) { e.Title = "lärka" }))
	for ref, want := range map[string]model.EffortID{"LÄRKA": "SYD-2026-001", "larka": "SYD-2026-001", " Lärka ": "SYD-2026-001",
		"syd-2026-002": "SYD-2026-002", "SYD-2026-002": "SYD-2026-002", "larkan": "", "": "", "lark": "", "SYD-2026-2": ""} {
		got := model.EffortID("")
		if e := b.Find(ref); e != nil {
			got = e.ID
		}
		if got != want {
			t.Errorf("%q: %q, want %q", ref, got, want)
		}
	}
}

func TestTheRegisterOfPartners(t *testing.T) {
	kommun, hamn := model.Partner{Region: "SYD", Name: "Kommunen"}, model.Partner{Region: "SYD", Name: "Hamnen"}
	entry := func(p model.Partner, value string) model.Entry { return model.Entry{EntryKey: p.Key(), Value: value} }
	one := model.NewBoard(catalogue()).With(model.Step{Seq: 1, At: 7, Register: []model.Entry{entry(kommun, "Kommunen")}})
	two := one.With(model.Step{Seq: 2, Register: []model.Entry{entry(hamn, "Hamnen"), entry(kommun, "KOMMUNEN"), entry(kommun, "Kommunen")}})
	three := two.With(model.Step{Seq: 3, Register: []model.Entry{entry(kommun, "")}})
	for i, want := range []struct {
		board *model.Board
		n     int
	}{{one, 1}, {two, 2}, {three, 1}} {
		if len(want.board.Partners()) != want.n || want.board.Seq() != uint64(i+1) {
			t.Errorf("board %d: %v", i+1, want.board.Partners())
		}
	}
	if one.At() != 7 {
		t.Errorf("at %d", one.At())
	}
}

// drawn is an effort with what a board sorts and sums by.
func drawn(t *rapid.T, n int) *model.Effort {
	return made(n, func(e *model.Effort) {
		e.Region = rapid.SampledFrom([]model.RegionCode{"SYD", "NORD", "GONE"}).Draw(t, "region")
		e.Focus = rapid.SampledFrom([]model.FocusCode{model.CrimeAreas, model.Individuals, "gone"}).Draw(t, "focus")
		e.Status = rapid.SampledFrom(model.Statuses()).Draw(t, "status")
		e.Priority = uint8(rapid.IntRange(1, 3).Draw(t, "priority"))
		e.Created = model.Stamp(int64(boardDay)*86400 - int64(rapid.IntRange(0, 12).Draw(t, "age"))*86400)
		if rapid.IntRange(0, 2).Draw(t, "national") == 0 {
			e.Region, e.Level = "NAT", model.National
			e.Touches = rapid.SliceOfNDistinct(rapid.SampledFrom([]model.RegionCode{"SYD", "NORD", "GONE"}), 0, 3, rapid.ID).Draw(t, "touches")
		}
		for _, a := range []model.AgencyCode{"POL", "KFM"} {
			if s := model.State(rapid.IntRange(0, 4).Draw(t, "state")); s > 0 {
				e.Assignments = append(e.Assignments, model.Assignment{Agency: a, State: s})
			}
		}
		if rapid.Bool().Draw(t, "named") {
			e.Codename = fmt.Sprintf("NAMN%d", n)
		}
	})
}

// picture is all that a board shows, in words.
func picture(b *model.Board) string {
	var s strings.Builder
	fmt.Fprintln(&s, b.Open(), b.Seq())
	var all []string
	for e := range b.All() {
		all = append(all, fmt.Sprintf("%s %p %p", e.ID, e, b.Effort(e.ID)))
	}
	slices.Sort(all)
	fmt.Fprintln(&s, all)
	for _, r := range []model.RegionCode{"SYD", "NORD", "OST", "NAT", "GONE"} {
		for _, f := range []model.FocusCode{model.CrimeAreas, model.Individuals, "gone"} {
			fmt.Fprintln(&s, r, f, ids(b.Column(r, f)))
		}
		here, country := b.Tally("POL", r, boardDay)
		fmt.Fprintln(&s, here, country)
	}
	fmt.Fprintln(&s, ids(b.Unplaced(0)))
	o := b.Overview(boardDay)
	for _, r := range append(o.Rows, o.Total) {
		fmt.Fprintf(&s, "%s %+v", r.Region, *r.Sum)
		for _, c := range r.Cells {
			fmt.Fprintf(&s, " %+v", *c)
		}
		fmt.Fprintln(&s)
	}
	return s.String()
}

// TestABoardStepByStepIsTheBoardAtOnce, whatever comes, changes and goes in each step; and a board that
// somebody holds never changes.
func TestABoardStepByStepIsTheBoardAtOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cat := catalogue()
		now := map[model.EffortID]*model.Effort{}
		boards := []*model.Board{model.NewBoard(cat)}
		pictures := []string{picture(boards[0])}
		for seq := range rapid.IntRange(1, 6).Draw(t, "steps") {
			step := model.Step{Seq: uint64(seq + 1), Efforts: map[model.EffortID]*model.Effort{}}
			for _, n := range rapid.SliceOfNDistinct(rapid.IntRange(1, 25), 0, 25, rapid.ID).Draw(t, "changed") {
				e := drawn(t, n)
				if id := e.ID; rapid.IntRange(0, 3).Draw(t, "gone") == 0 {
					step.Efforts[id] = nil
					delete(now, id)
				} else {
					step.Efforts[id], now[id] = e, e
				}
			}
			next := boards[len(boards)-1].With(step)
			atOnce := picture(model.NewBoard(cat).With(model.Step{Seq: step.Seq, Efforts: now}))
			if got := picture(next); got != atOnce {
				t.Fatalf("step by step:\n%s\nat once:\n%s", got, atOnce)
			}
			boards, pictures = append(boards, next), append(pictures, atOnce)
		}
		for i, b := range boards {
			if got := picture(b); got != pictures[i] {
				t.Fatalf("board %d changed:\n%s\nwas:\n%s", i, got, pictures[i])
			}
		}
		last := boards[len(boards)-1]
		checkSums(t, last)
		checkNarrow(t, last, now)
	})
}

// checkSums: the rows add up to the total, the cells to their row but for what has no focus, and every open
// effort is counted.
func checkSums(t *rapid.T, b *model.Board) {
	o := b.Overview(boardDay)
	add := func(sum *model.Summary, s *model.Summary) {
		sum.Open, sum.Waiting, sum.New = sum.Open+s.Open, sum.Waiting+s.Waiting, sum.New+s.New
		for a, t := range s.Agencies {
			sum.Agencies[a] = sum.Agencies[a].Add(t)
		}
	}
	empty := func() *model.Summary { return &model.Summary{Agencies: map[model.AgencyCode]model.Tally{}} }
	same := func(a, b *model.Summary) bool {
		return a.Open == b.Open && a.Waiting == b.Waiting && a.New == b.New && maps.Equal(a.Agencies, b.Agencies)
	}
	total := empty()
	for i, r := range o.Rows {
		add(total, r.Sum)
		cells := empty()
		for _, c := range r.Cells {
			add(cells, c)
		}
		if i < len(o.Rows)-1 && !same(cells, r.Sum) {
			t.Fatalf("%s: cells %+v, row %+v", r.Region, cells, r.Sum)
		}
	}
	if !same(total, o.Total.Sum) || total.Open != b.Open() {
		t.Fatalf("rows %+v, total %+v, open %d", total, o.Total.Sum, b.Open())
	}
	unplaced := o.Rows[len(o.Rows)-1]
	if unplaced.Region != "" || unplaced.Sum.Open != len(b.Unplaced(0)) {
		t.Fatalf("unplaced %+v, %d", unplaced.Sum, len(b.Unplaced(0)))
	}
}

// checkNarrow: a narrowed board is the board of the efforts that are kept.
func checkNarrow(t *rapid.T, b *model.Board, now map[model.EffortID]*model.Effort) {
	keep := func(e *model.Effort) bool { return e.Priority > 1 }
	kept := map[model.EffortID]*model.Effort{}
	for id, e := range now {
		if keep(e) {
			kept[id] = e
		}
	}
	got, want := b.Narrow(keep), model.NewBoard(b.Catalogue()).With(model.Step{Seq: b.Seq(), Efforts: kept})
	if got, want := picture(got), picture(want); got != want {
		t.Fatalf("narrowed:\n%s\nwant:\n%s", got, want)
	}
}

func TestOverview(t *testing.T) {
	today := func(e *model.Effort) { e.Created = model.Stamp(int64(boardDay) * 86400) }
	b := boardOf(catalogue(),
		made(1, func(e *model.Effort) { e.Created = 1_700_000_000 }),
		made(2, func(e *model.Effort) { e.Status = model.Proposed; today(e) }),
		made(3, func(e *model.Effort) {
			e.Assignments = []model.Assignment{{Agency: "POL", State: model.Accepted}, {Agency: "KFM", State: model.Asked}}
		}),
		made(4, func(e *model.Effort) {
			e.Region, e.Level, e.Touches = "NAT", model.National, []model.RegionCode{"SYD", "OST"}
		}),
		made(5, func(e *model.Effort) { e.Region = "GONE" }),
		made(6, func(e *model.Effort) { e.Focus = "gone" }),
		made(7, func(e *model.Effort) { e.Status = model.Rejected }))
	o := b.Overview(boardDay)
	var rows []string
	for _, r := range o.Rows {
		rows = append(rows, fmt.Sprintf("%s %d", r.Region, r.Sum.Open))
	}
	if want := []string{"NORD 0", "MITT 0", "STHLM 0", "OST 0", "VAST 0", "SYD 3", "BERG 0", "NAT 1", " 2"}; !slices.Equal(rows, want) {
		t.Errorf("rows %q, want %q", rows, want)
	}
	syd := o.Rows[5].Cells[1]
	if syd.Open != 3 || syd.Waiting != 2 || syd.New != 1 || syd.Oldest != 1_700_000_000 || syd.Agencies["POL"].Accepted != 1 || syd.Agencies["KFM"].Asked != 1 {
		t.Errorf("SYD %+v", syd)
	}
	if o.Total.Sum.Open != 6 || ids(b.Unplaced(0)) != "SYD-2026-006 SYD-2026-005" {
		t.Errorf("total %+v, unplaced %s", o.Total.Sum, ids(b.Unplaced(0)))
	}
	if here, country := b.Tally("POL", "SYD", boardDay); here.Accepted != 1 || country.Accepted != 1 {
		t.Errorf("load %+v of %+v", here, country)
	}
	if next := b.Overview(boardDay + 7).Total.Sum.New; next != 0 {
		t.Errorf("%d new a week later: a kept sum is of its day", next)
	}
	if again := b.Overview(boardDay); !reflect.DeepEqual(again, o) {
		t.Error("asked again, another answer")
	}
}

func TestSessionsShareABoard(t *testing.T) {
	b := boardOf(catalogue(), made(1, func(*model.Effort) {}), made(2, func(e *model.Effort) {
		e.Region, e.Level, e.Touches = "NAT", model.National, []model.RegionCode{"SYD"}
	}))
	done := make(chan string)
	for i := range 8 {
		go func() {
			b.Overview(boardDay + model.Day(i%2))
			b.With(model.Step{Efforts: map[model.EffortID]*model.Effort{"SYD-2026-001": nil}})
			done <- ids(b.Narrow(func(*model.Effort) bool { return true }).Column("SYD", model.CrimeAreas)) + ids(b.Column("SYD", model.CrimeAreas))
		}()
	}
	for range 8 {
		if got := <-done; got != "SYD-2026-002 SYD-2026-001SYD-2026-002 SYD-2026-001" {
			t.Errorf("column %s", got)
		}
	}
}
