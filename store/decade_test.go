package store_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/store/storetest"
)

// decade is a store in which officers of twelve agencies and seven regions have worked for ten years, made with a seed:
// some 260 efforts, with answers, measures, hours and outcomes, some written down long after, some undone, and some out
// of an imported list.
type decade struct {
	t    *testing.T
	s    *store.Store
	cat  *model.Catalogue
	rng  *rand.Rand
	now  time.Time
	live []model.EffortID
	done []model.EffortID
	// given are the figures of each year's report as it was drawn up on the year's last evening.
	given map[int]map[string]figure
}

// figure is what a report says under a key: thousandths, of so many efforts.
type figure struct {
	Milli   int64
	Efforts int
}

const firstYear, lastYear = 2017, 2026

func newDecade(t *testing.T, seed uint64) *decade {
	zone, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		t.Fatal(err)
	}
	cat := model.DefaultCatalogue()
	cat.Zone = zone
	d := &decade{t: t, cat: cat, rng: rand.New(rand.NewPCG(seed, 2)), now: time.Date(firstYear, 1, 1, 0, 30, 0, 0, zone), given: map[int]map[string]figure{}}
	d.s = store.Open(storetest.Memory(), cat, store.Options{Now: func() time.Time { return d.now }})
	t.Cleanup(func() { d.s.Close() })
	for year := firstYear; year <= lastYear; year++ {
		d.importOld(year)
		for d.now.Year() == year {
			d.step()
			d.now = d.now.Add(time.Duration(1+d.rng.IntN(60*60)) * time.Minute)
		}
		if year < lastYear {
			now := d.now
			d.now = time.Date(year, 12, 31, 23, 59, 59, 0, zone)
			d.given[year] = d.figures(model.YearPeriod(year))
			d.now = now
		}
	}
	d.now = time.Date(lastYear, 12, 31, 23, 0, 0, 0, zone)
	return d
}

func pick[T any](d *decade, from []T) T { return from[d.rng.IntN(len(from))] }

// do gives a command; a no is as good as a yes here.
func (d *decade) do(officer model.OfficerID, cmd model.Command) []model.Event {
	res, err := d.s.Do(context.Background(), storetest.Officer(officer), cmd)
	if err != nil {
		if model.FaultOf(err) == 0 {
			d.t.Fatalf("%T: %v", cmd, err)
		}
		return nil
	}
	return res.Events
}

// step is one thing that somebody does on some day.
func (d *decade) step() {
	officer := model.OfficerID(fmt.Sprint("o", d.rng.IntN(5)))
	if d.rng.IntN(12) == 0 || len(d.live) == 0 {
		d.propose(officer)
		return
	}
	id := pick(d, d.live)
	if d.rng.IntN(6) == 0 && len(d.done) > 0 {
		id = pick(d, d.done)
	}
	on, agency := model.On{Effort: id}, pick(d, d.cat.Agencies).Code
	back := func(most int) model.Day { return d.cat.Today(model.StampOf(d.now)) - model.Day(d.rng.IntN(most)) }
	switch d.rng.IntN(17) {
	case 0, 1, 2:
		d.do(officer, model.Assign{On: on, Parts: []model.Part{{Agency: agency, Mode: pick(d, model.Modes())}}})
	case 3, 4, 5:
		for _, a := range d.effort(id).Assignments {
			if a.State == model.Asked {
				d.do(officer, model.Answer{On: on, Agency: a.Agency, Accept: d.rng.IntN(4) > 0, Reason: "nej"})
			}
		}
	case 6, 7:
		d.move(officer, id)
	case 8:
		d.do(officer, model.AddMeasure{On: on, Type: pick(d, model.MeasureTypes()), Text: "tillsyn"})
	case 9, 10:
		d.do(officer, model.AddHours{On: on, Agency: agency, Centi: int32(25 * (1 + d.rng.IntN(60))), Date: back(400)})
	case 11:
		for _, a := range d.effort(id).Assignments {
			if a.State != model.Declined && !a.Lead && d.rng.IntN(2) == 0 {
				d.do(officer, model.Release{On: on, Agency: a.Agency, Reason: "klart"})
			}
		}
	case 12:
		d.do(officer, model.Undo{})
	case 13:
		d.do(officer, model.Redo{})
	case 14, 15:
		d.do(officer, model.AddOutcome{On: on, Measure: pick(d, d.cat.Outcomes).Code, Milli: int64(1000 * (1 + d.rng.IntN(90))), Agency: agency, Date: back(500)})
		if d.rng.IntN(4) == 0 {
			d.do(officer, model.AddHours{On: on, Agency: agency, Centi: -25, Date: back(300), Reason: "fel"})
		}
	case 16:
		d.do(officer, model.Edit{On: on, Fields: map[model.Field]string{model.FieldFocus: string(pick(d, d.cat.Focuses).Code)}})
	}
}

func (d *decade) effort(id model.EffortID) *model.Effort {
	e, err := d.s.Effort(context.Background(), string(id))
	if model.Is(err, model.UnknownEffort) { // undone
		return &model.Effort{}
	}
	if err != nil {
		d.t.Fatal(err)
	}
	return e
}

func (d *decade) propose(officer model.OfficerID) {
	fields := map[model.Field]string{model.FieldRegion: string(pick(d, d.cat.Regions).Code), model.FieldFocus: string(pick(d, d.cat.Focuses).Code),
		model.FieldKind: pick(d, model.Kinds()).String()}
	if d.rng.IntN(8) == 0 {
		fields[model.FieldRegion], fields[model.FieldLevel], fields[model.FieldRegions] = "NAT", "national", "SYD, OST"
	}
	if events := d.do(officer, model.Propose{Fields: fields}); len(events) > 0 {
		id := events[0].Effort
		d.live = append(d.live, id)
		d.do(officer, model.Assign{On: model.On{Effort: id}, Parts: []model.Part{{Agency: "POL"}, {Agency: pick(d, d.cat.Agencies[1:]).Code}},
			Partners: []model.PartnerPart{{Name: pick(d, []string{"kommun", "region"}), New: true}}})
	}
}

// move takes an effort on in its life.
func (d *decade) move(officer model.OfficerID, id model.EffortID) {
	e := d.effort(id)
	next := e.Status.Next()
	if len(next) == 0 {
		return
	}
	to := next[0]
	if d.rng.IntN(4) == 0 {
		to = next[len(next)-1]
	}
	on := model.On{Effort: id}
	if to == model.Active {
		d.do(officer, model.Answer{On: on, Agency: "POL", Accept: true})
		d.do(officer, model.Assign{On: on, Lead: "POL"})
	}
	d.do(officer, model.SetStatus{On: on, To: to, Decider: "RSR", Date: d.cat.Today(model.StampOf(d.now)), Reference: "A1", Reason: "vilar", Outcome: "klart"})
	if e := d.effort(id); e.Status != 0 && !e.Open() {
		d.live = slices.DeleteFunc(d.live, func(x model.EffortID) bool { return x == id })
		d.done = append(d.done, id)
	}
}

// importOld brings in efforts of earlier years, with follow-up, one without dates.
func (d *decade) importOld(year int) {
	if year%6 != 2 {
		return
	}
	var rows []model.Row
	for i := range 8 {
		created := model.StampOf(d.now.AddDate(-1, -i, -i))
		e := &model.Effort{Region: pick(d, d.cat.Regions).Code, Focus: pick(d, d.cat.Focuses).Code, Kind: model.Operative, Level: model.Regional,
			Priority: 2, Status: model.Closed, Outcome: "klart", Created: created, Ended: created + 80*86400,
			Assignments: []model.Assignment{{Agency: "SKV", State: model.Accepted, Mode: model.Remote, Since: created + 86400}},
			Followup: &model.Followup{
				Hours: []model.Hours{{Agency: "SKV", Centi: 350, Date: created.Day() + 9}},
				Outcomes: []model.Outcome{{Measure: "assets_attached_sek", Milli: 1_250_000_500, Date: created.Day() + 30},
					{Measure: "prison_years", Milli: 2500, Date: created.Day() + 31}, {Measure: "prison_years", Milli: 1000, Date: created.Day() + 32}},
			}}
		switch i {
		case 0: // nobody knows when
			e.Ended = 0
		case 1, 2: // still going on, with parts of later
			e.Status, e.Ended, e.Outcome = model.Active, 0, ""
			e.Assignments = append(e.Assignments, model.Assignment{Agency: "POL", State: model.Accepted, Mode: model.OnSite, Lead: true, Since: created + 500*86400},
				model.Assignment{Agency: "KFM", State: model.Asked, Mode: model.Planning, Since: created + 400*86400})
		}
		rows = append(rows, model.Row{Number: i + 2, Effort: e})
	}
	d.do("list", model.Import{Rows: rows})
}
