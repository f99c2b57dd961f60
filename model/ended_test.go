package model

import "testing"

// TestIncludingShowsWhatHasEnded beside the open efforts, in the order of cards, and leaves the board as it was.
func TestIncludingShowsWhatHasEnded(t *testing.T) {
	effort := func(id EffortID, status Status, created Stamp) *Effort {
		e := &Effort{ID: id, Codename: string(id), Region: "SYD", Focus: Individuals, Level: Regional, Priority: 2, Status: status, Created: created}
		return e
	}
	open, closed := effort("SYD-2026-001", Active, 10), effort("SYD-2026-002", Closed, 20)
	b := NewBoard(DefaultCatalogue()).With(Step{Seq: 1, Efforts: map[EffortID]*Effort{open.ID: open}})
	all := b.Including([]*Effort{closed})
	if col := all.Column("SYD", Individuals); len(col) != 2 || col[0] != closed || col[1] != open || all.Open() != 2 {
		t.Fatalf("%v, %d", col, all.Open())
	}
	if col := b.Column("SYD", Individuals); len(col) != 1 || b.Open() != 1 {
		t.Fatalf("the board itself changed: %v", col)
	}
	f, err := ParseFilter("status:closed", b.Catalogue(), NewLexicon(b.Catalogue()))
	if err != nil {
		t.Fatal(err)
	}
	if col := all.Search(f, Asker{}).Column("SYD", Individuals); len(col) != 1 || col[0] != closed {
		t.Fatalf("%v", col)
	}
}

// TestWhatIsOverHasNoPlace: efforts of a region or a focus that is no longer in use stand among the unplaced,
// so that the sums still show everything.
func TestWhatIsOverHasNoPlace(t *testing.T) {
	cat := DefaultCatalogue()
	cat.Regions[5].To, cat.Focuses[0].To = 100, 200
	b := NewBoard(cat)
	for i, at := range []struct {
		region RegionCode
		focus  FocusCode
	}{{"SYD", LocalAreas}, {"NORD", Individuals}, {"NORD", LocalAreas}} {
		id := NewEffortID(at.region, 2026, i+1)
		b = b.With(Step{Seq: uint64(i + 1), Efforts: map[EffortID]*Effort{id: {ID: id, Region: at.region, Focus: at.focus, Level: Regional, Status: Active, Priority: 2}}})
	}
	for day, want := range map[Day]int{100: 0, 150: 1, 201: 2} {
		o := b.Overview(day)
		unplaced := o.Rows[len(o.Rows)-1].Sum.Open
		if unplaced != want || len(b.Unplaced(day)) != want || o.Total.Sum.Open != 3 {
			t.Errorf("day %d: %d unplaced, %d listed, %d in all, want %d", day, unplaced, len(b.Unplaced(day)), o.Total.Sum.Open, want)
		}
	}
	if o := b.Overview(201); len(o.Focuses) != 2 || len(o.Rows) != 8 {
		t.Errorf("%d focuses, %d rows are still drawn", len(o.Focuses), len(o.Rows))
	}
}
