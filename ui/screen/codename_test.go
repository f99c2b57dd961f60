package screen_test

import (
	"regexp"
	"strings"
	"testing"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store/storetest"
)

// TestCodenameIsProposed in the form, another with each press, and for an effort that has none.
func TestCodenameIsProposed(t *testing.T) {
	c := &clock{start}
	s := openStore(t, storetest.Memory(), c)
	do(t, s, national(), model.Propose{Fields: map[model.Field]string{model.FieldRegion: "SYD", model.FieldFocus: "individuals", model.FieldTitle: "namnlös"}})
	b := sit(t, s, c, officer{lang: "sv", actor: national()})
	row := regexp.MustCompile(`täcknamn +(\pL+) *│`)
	name := func() string {
		t.Helper()
		m := row.FindStringSubmatch(b.frame())
		if m == nil {
			t.Fatalf("no codename in the form:\n%s", b.frame())
		}
		return m[1]
	}
	b.press("6", "c", "down", "ctrl+g")
	first := name()
	b.press("ctrl+g")
	second := name()
	for range 2 * 20 { // more than are read at once
		b.press("ctrl+g")
	}
	if third := name(); first == second || second == third {
		t.Errorf("%s, %s, %s", first, second, third)
	}
	taken := name()
	b.press("enter")
	if b.store.Board().Find(taken) == nil {
		t.Errorf("%s was not proposed:\n%s", taken, b.frame())
	}
	if b.press("ctrl+g"); !strings.Contains(b.frame(), "insatsen har ett täcknamn") {
		t.Errorf("an effort with a codename:\n%s", b.frame())
	}
	b.press("up", "ctrl+g")
	given := name()
	b.press("enter")
	if e := b.store.Board().Find(given); e == nil || e.Title != "namnlös" {
		t.Errorf("%s: %+v\n%s", given, e, b.frame())
	}
}
