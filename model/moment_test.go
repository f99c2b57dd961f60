package model_test

import (
	"testing"
	"time"

	"board.internal/samverkan/model"
)

// TestTheEndOfADay is its last second where the board is, also of a day that is an hour shorter or longer.
func TestTheEndOfADay(t *testing.T) {
	stockholmReal, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		t.Skip("no time zones here:", err)
	}
	for _, c := range []struct {
		zone      *time.Location
		day, want string
	}{
		{nil, "2026-03-31", "2026-03-31T23:59:59Z"},
		{stockholm, "2026-12-31", "2026-12-31T22:59:59Z"},
		{stockholmReal, "2026-03-29", "2026-03-29T21:59:59Z"}, // begun in winter time, ended in summer time
		{stockholmReal, "2026-10-25", "2026-10-25T22:59:59Z"},
		{stockholmReal, "1931-01-01", "1931-01-01T22:59:59Z"},
	} {
		cat := &model.Catalogue{Zone: c.zone}
		if got := cat.EndOf(day(c.day)); got.String() != c.want {
			t.Errorf("%s in %v ends at %s, want %s", c.day, c.zone, got, c.want)
		}
	}
	if got := (&model.Catalogue{}).EndOf(0); got != 0 {
		t.Errorf("a day nobody knows ends at %s", got)
	}
}
