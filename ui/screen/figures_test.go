package screen_test

import (
	"strings"
	"testing"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/store/storetest"
)

// TestEverySumShowsEverything: hours and outcomes that the configuration has no name for any longer are there too, what
// has come to nothing is 0, and of many hours the last are told one by one.
func TestEverySumShowsEverything(t *testing.T) {
	c := &clock{start}
	engine := storetest.Memory()
	s := openStore(t, engine, c)
	id := model.On{Effort: propose(t, s, "SYD", "crime_areas", "Lärka")}
	today := model.DayOf(start)
	for i := range 12 {
		do(t, s, national(), model.AddHours{On: id, Agency: "POL", Centi: 1_50, Date: today - model.Day(i)})
	}
	do(t, s, national(), model.AddHours{On: id, Agency: "TUL", Centi: 4_00})
	do(t, s, national(), model.AddHours{On: id, Agency: "TUL", Centi: -4_00, Reason: "x"})
	do(t, s, national(), model.AddHours{On: id, Agency: "FK", Centi: 2_00})
	do(t, s, national(), model.AddOutcome{On: id, Measure: "narcotics_kg", Milli: 1_250})
	do(t, s, national(), model.AddOutcome{On: id, Measure: "assets_attached_sek", Milli: 1_000_000})
	do(t, s, national(), model.AddOutcome{On: id, Measure: "assets_secured_sek", Milli: 2_000_000})
	cat := catalogue()
	cat.Agencies = cat.Agencies[:2] // POL and AF
	cat.Outcomes = cat.Outcomes[3:] // from assets secured on
	s = store.Open(engine, cat, store.Options{Now: c.Now})
	t.Cleanup(func() { s.Close() })
	b := sit(t, s, c, officer{actor: national(), lang: "en", width: 120, height: 60})
	b.press("6", "tab", "enter")
	shown := strings.Join(strings.Fields(b.frame()), " ")
	for _, want := range []string{"POL 18 h in all", "1.5 h 14 Nov nuc and 2 before", "TUL 0 h in all", "FK 2 h 23 Nov nuc",
		"Assets secured SEK 2 000 23 Nov – nuc", "Narcotics seized 1.25 kg", "assets_attached_sek 1 000"} {
		if !strings.Contains(shown, want) {
			t.Errorf("%q is not on the screen:\n%s", want, b.frame())
		}
	}
	if strings.Contains(shown, "3 000") || strings.Contains(shown, "13 Nov nuc") {
		t.Errorf("two measures are added up, or all hours told:\n%s", b.frame())
	}
}
