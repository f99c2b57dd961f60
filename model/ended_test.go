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
