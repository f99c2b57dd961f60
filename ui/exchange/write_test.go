package exchange

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/store/storetest"
	"board.internal/samverkan/ui/text"
)

func boss() model.Actor { return model.Actor{Officer: "nuc", Agency: "POL", Role: model.NationalRole} }

func clock() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) }

// open returns an empty store. It is in memory and watches nobody, so that nothing is left when it is dropped.
func open() *store.Store {
	return store.Open(storetest.Memory(), catalogue(), store.Options{Now: clock})
}

// decide asks the model what else is wrong with a list.
func decide(t testing.TB, l *List) model.Problems {
	t.Helper()
	_, err := open().Try(context.Background(), boss(), l.Import)
	var p model.Problems
	if err != nil && !errors.As(err, &p) {
		t.Fatalf("try: %v", err)
	}
	return p
}

// exported writes a whole store.
func exported(t rapid.TB, s *store.Store) string {
	ctx := context.Background()
	board, err := s.Load(ctx)
	if err != nil {
		t.Fatalf("load: %v", err)
	}
	var b bytes.Buffer
	w := NewWriter(&b)
	var all []*model.Effort
	if err := s.Efforts(ctx, func(e *model.Effort) bool { all = append(all, e); return true }); err != nil {
		t.Fatalf("efforts: %v", err)
	}
	for _, e := range all {
		notes, err := s.Notes(ctx, e.ID)
		if err != nil {
			t.Fatalf("notes: %v", err)
		}
		if err := w.Add(e, notes); err != nil {
			t.Fatalf("add: %v", err)
		}
	}
	if err := w.Close(board.Partners()); err != nil {
		t.Fatalf("close: %v", err)
	}
	return b.String()
}

// imported reads an export into a store of its own.
func imported(t rapid.TB, data string) *store.Store {
	cat := catalogue()
	l, err := Read([]byte(data), cat, text.Lexicon(cat))
	if err != nil {
		t.Fatalf("read: %v\n%s", err, data)
	}
	if len(l.Problems) > 0 {
		t.Fatalf("problems: %q\n%s", l.Lines(text.In("en"), l.Problems, 9), data)
	}
	s := store.Open(storetest.Memory(), cat, store.Options{Now: func() time.Time { return clock().Add(time.Hour) }})
	_, err = s.Do(context.Background(), boss(), l.Import)
	var p model.Problems
	if errors.As(err, &p) {
		t.Fatalf("import: %q\n%s", l.Lines(text.In("en"), p, 9), data)
	}
	if err != nil {
		t.Fatalf("import: %v", err)
	}
	return s
}

func word(label string) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		s := rapid.StringOfN(rapid.SampledFrom([]rune(`abcåäö="'<>;,-@+ é`)), 1, 12, -1).Draw(t, label)
		s, err := model.CleanText(s, model.MaxShort)
		if err != nil || s == "" {
			return "x"
		}
		return s
	})
}

func stamps() *rapid.Generator[model.Stamp] {
	return rapid.Custom(func(t *rapid.T) model.Stamp {
		return model.Stamp(rapid.Int64Range(1_500_000_000, 1_790_000_000).Draw(t, "stamp"))
	})
}

func days() *rapid.Generator[model.Day] {
	return rapid.Custom(func(t *rapid.T) model.Day { return stamps().Draw(t, "day").Day() })
}

// efforts makes one as it may have been left by years of work.
func efforts(n int) *rapid.Generator[model.Row] {
	return rapid.Custom(func(t *rapid.T) model.Row {
		cat := catalogue()
		text := word("text")
		e := &model.Effort{Region: rapid.SampledFrom(cat.Regions).Draw(t, "region").Code, Level: model.Regional,
			Focus: rapid.SampledFrom(cat.Focuses).Draw(t, "focus").Code, Kind: rapid.SampledFrom(model.Kinds()).Draw(t, "kind"),
			Status: rapid.SampledFrom(model.Statuses()).Draw(t, "status"), Priority: uint8(rapid.IntRange(1, 3).Draw(t, "priority")),
			Title: text.Draw(t, "title"), Area: text.Draw(t, "area"), Crime: text.Draw(t, "crime"), Reason: text.Draw(t, "reason"),
			Outcome: text.Draw(t, "outcome"), Created: stamps().Draw(t, "created"), Review: days().Draw(t, "review"),
			Decision: &model.Decision{Decider: text.Draw(t, "decider"), Date: days().Draw(t, "decided"), Reference: "A1"}}
		if rapid.Bool().Draw(t, "named") {
			e.Codename = fmt.Sprintf("LÄRKA%d", n)
		}
		if rapid.Bool().Draw(t, "placed") {
			e.ID, e.Version, e.Updated = model.NewEffortID(e.Region, 2020, n+1), uint32(rapid.IntRange(1, 99).Draw(t, "version")), stamps().Draw(t, "updated")
		}
		if rapid.Bool().Draw(t, "national") {
			e.Level, e.Touches = model.National, []model.RegionCode{e.Region, "OST"}
			e.Region = model.RegionNational
		}
		if !e.Status.Open() && rapid.Bool().Draw(t, "when it ended is known") {
			e.Ended = e.Created + model.Stamp(rapid.IntRange(0, 1000*86400).Draw(t, "lasted"))
		}
		for _, a := range rapid.SliceOfNDistinct(rapid.SampledFrom(cat.Agencies), 0, 5, func(a model.Agency) string { return string(a.Code) }).Draw(t, "agencies") {
			e.Assignments = append(e.Assignments, model.Assignment{Agency: a.Code, State: rapid.SampledFrom(model.States()).Draw(t, "state"),
				Mode: rapid.SampledFrom(model.Modes()).Draw(t, "mode"), Since: stamps().Draw(t, "since"), Reason: text.Draw(t, "why")})
		}
		if i := slices.IndexFunc(e.Assignments, func(a model.Assignment) bool { return a.State == model.Accepted }); i >= 0 {
			e.Assignments[i].Lead = rapid.Bool().Draw(t, "lead")
		}
		for range rapid.IntRange(0, 2).Draw(t, "partners") {
			e.Partners = append(e.Partners, strings.ReplaceAll(text.Draw(t, "partner"), ",", "x"))
		}
		by := model.OfficerID(strings.ReplaceAll(text.Draw(t, "by"), " ", "."))
		row := model.Row{Number: n + 2, Effort: e}
		for range rapid.IntRange(0, 2).Draw(t, "lines") {
			if e.Followup == nil {
				e.Followup = &model.Followup{}
			}
			e.Measures = append(e.Measures, model.Measure{Type: rapid.SampledFrom(model.MeasureTypes()).Draw(t, "type"), Text: text.Draw(t, "measure"), At: stamps().Draw(t, "at"), By: by})
			e.Hours = append(e.Hours, model.Hours{Agency: "POL", Centi: int32(rapid.IntRange(-9999, 9999).Draw(t, "hours")), Date: days().Draw(t, "date"), By: by})
			e.Outcomes = append(e.Outcomes, model.Outcome{Measure: "narcotics_kg", Milli: rapid.Int64Range(-1e12, 1e12).Draw(t, "value"), Date: days().Draw(t, "date"), By: by,
				Agency: rapid.SampledFrom([]model.AgencyCode{"", "KFM"}).Draw(t, "of")})
			row.Notes = append(row.Notes, model.Note{Text: text.Draw(t, "note") + "\n" + text.Draw(t, "note"), At: stamps().Draw(t, "at"), By: by})
		}
		for range rapid.SampledFrom([]int{0, 0, 0, 0, 0, 0, 0, 0, 0, 20}).Draw(t, "long notes") { // together more than one entry of a journal takes
			long := []rune(strings.Repeat(text.Draw(t, "note")+"\n", model.MaxNote))
			row.Notes = append(row.Notes, model.Note{Text: string(long[:model.MaxNote-1]) + "x", At: stamps().Draw(t, "at"), By: by})
		}
		return row
	})
}

// board makes a store with a few efforts.
func board(t *rapid.T) *store.Store {
	var list model.Import
	for n := range rapid.IntRange(0, 4).Draw(t, "efforts") {
		list.Rows = append(list.Rows, efforts(n).Draw(t, "effort"))
	}
	for range rapid.IntRange(0, 2).Draw(t, "partners") {
		list.Partners = append(list.Partners, model.Partner{Region: "SYD", Name: word("partner").Draw(t, "partner")})
	}
	s := open()
	if _, err := s.Do(context.Background(), boss(), list); err != nil {
		t.Fatalf("make board: %v", err)
	}
	return s
}

func TestExportOfACopyIsTheSameBytes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first := exported(t, board(t))
		if !json.Valid([]byte(first)) {
			t.Fatalf("not JSON:\n%s", first)
		}
		if diff := cmp.Diff(first, exported(t, imported(t, first))); diff != "" {
			t.Fatalf("(-first +copy):\n%s", diff)
		}
	})
}

// TestExportOfAnEffortAtWork goes by commands instead of history.
func TestExportOfAnEffortAtWork(t *testing.T) {
	s := open()
	do := func(cmd model.Command) model.EffortID {
		t.Helper()
		res, err := s.Do(context.Background(), boss(), cmd)
		if err != nil {
			t.Fatal(err)
		}
		return res.Efforts[0].ID
	}
	id := do(model.Propose{Fields: map[model.Field]string{model.FieldRegion: "SYD", model.FieldFocus: "crime_areas", model.FieldCodename: "lärka"}})
	on := model.On{Effort: id}
	do(model.Assign{On: on, Parts: []model.Part{{Agency: "POL"}, {Agency: "KFM"}}, Lead: "POL"})
	do(model.Answer{On: on, Agency: "KFM", Reason: "no room"})
	do(model.AddNote{On: on, Text: "one\ntwo"})
	do(model.AddMeasure{On: on, Type: model.Safety, Text: "lights"})
	do(model.SetStatus{On: on, To: model.Rejected, Reason: "too late"})
	first := exported(t, s)
	if diff := cmp.Diff(first, exported(t, imported(t, first))); diff != "" {
		t.Errorf("(-first +copy):\n%s", diff)
	}
}

// TestCSVReadsBack compares what a list can carry.
func TestCSVReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		write := func(s *store.Store) string {
			var b bytes.Buffer
			w := NewCSV(&b)
			if err := s.Efforts(context.Background(), func(e *model.Effort) bool { return w.Add(e) == nil }); err != nil {
				t.Fatal(err)
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			return b.String()
		}
		first := write(board(t))
		if diff := cmp.Diff(first, write(imported(t, first))); diff != "" {
			t.Fatalf("(-first +copy):\n%s", diff)
		}
	})
}

func TestCSVComputesNothing(t *testing.T) {
	var b bytes.Buffer
	w := NewCSV(&b)
	titles := []string{"=1+1", "+46", "-x", "@SUM(A1)", "'=1", "''@", "'quoted'", `say "hi"; now`, "plain"}
	for i, title := range titles {
		if err := w.Add(&model.Effort{ID: model.NewEffortID("SYD", 2026, i+1), Region: "SYD", Focus: model.Individuals, Status: model.Proposed, Title: title}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(b.String(), "\r\n") {
		for _, cell := range strings.Split(line, ";") {
			if cell = strings.Trim(cell, `"`); cell != "" && strings.ContainsRune("=+-@", rune(cell[0])) {
				t.Errorf("a spreadsheet computes %q", cell)
			}
		}
	}
	for i, row := range readList(t, b.Bytes()).Import.Rows {
		if row.Effort.Title != titles[i] {
			t.Errorf("%q came back as %q", titles[i], row.Effort.Title)
		}
	}
}

func TestEffortAsJSON(t *testing.T) {
	at := func(s string) model.Stamp { v, _ := model.ParseStamp(s); return v }
	day := func(s string) model.Day { v, _ := model.ParseDay(s); return v }
	e := &model.Effort{ID: "SYD-2026-014", Codename: "LÄRKA", Title: "a\u0085<b>\u007f", Region: "SYD", Level: model.Regional, Kind: model.Operative,
		Focus: model.CrimeAreas, Status: model.Active, Priority: 2, Crime: "punktskatt",
		Assignments: []model.Assignment{{Agency: "POL", State: model.Accepted, Mode: model.OnSite, Lead: true, Since: at("2026-03-02T09:00:00Z")}},
		Followup: &model.Followup{
			Measures: []model.Measure{{N: 1, Type: model.Fighting, Text: "x", At: at("2026-03-02T09:00:00Z"), By: "a"}},
			Hours:    []model.Hours{{N: 2, Agency: "POL", Centi: 450, Date: day("2026-11-20"), By: "a"}, {N: 3, Agency: "POL", Centi: -5, Date: day("2026-11-20"), By: "a"}},
			Outcomes: []model.Outcome{{N: 4, Measure: "assets_attached_sek", Milli: 120_000_000, Date: day("2026-11-01"), By: "b"},
				{N: 5, Agency: "TUL", Measure: "weapons_seized", Milli: 3_000, Date: day("2026-11-02"), By: "b"}},
		},
		Decision: &model.Decision{Decider: "RSR Syd", Date: day("2026-02-20"), Reference: "A123.456/2026"}, Partners: []string{"kommun"}, Notes: 3,
		Review: day("2026-12-12"), Version: 7, Created: at("2026-01-10T08:00:00Z"), Updated: at("2026-11-20T14:03:00Z")}
	var b bytes.Buffer
	if err := Print(&b, Effort(e)); err != nil {
		t.Fatal(err)
	}
	want := `{"id":"SYD-2026-014","codename":"LÄRKA","title":"a\u0085<b>\u007f","region":"SYD","regions":["SYD"],"level":"regional",` +
		`"kind":"operative","focus":"crime_areas","status":"active","priority":2,"area":"","crime":"punktskatt",` +
		`"assignments":[{"agency":"POL","state":"accepted","mode":"on_site","lead":true,"since":"2026-03-02T09:00:00Z"}],` +
		`"measures":[{"type":"fighting","text":"x","at":"2026-03-02T09:00:00Z","by":"a"}],` +
		`"hours":[{"agency":"POL","hours":4.5,"date":"2026-11-20","by":"a"},{"agency":"POL","hours":-0.05,"date":"2026-11-20","by":"a"}],` +
		`"outcomes":[{"measure":"assets_attached_sek","value":120000,"date":"2026-11-01","by":"b"},` +
		`{"measure":"weapons_seized","value":3,"date":"2026-11-02","by":"b","agency":"TUL"}],` +
		`"decision":{"decider":"RSR Syd","date":"2026-02-20","reference":"A123.456/2026"},"partners":["kommun"],"notes":3,` +
		`"review":"2026-12-12","version":7,"created":"2026-01-10T08:00:00Z","updated":"2026-11-20T14:03:00Z"}` + "\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	b.Reset()
	if err := Print(&b, Effort(&model.Effort{ID: "NAT-2026-001", Region: "NAT", Level: model.National})); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`"regions":[]`, `"assignments":[]`, `"measures":[]`, `"hours":[]`, `"outcomes":[]`, `"decision":null`, `"partners":[]`, `"review":""`} {
		if !strings.Contains(b.String(), part) {
			t.Errorf("no %s in %s", part, b.String())
		}
	}
}

func TestArray(t *testing.T) {
	for want, elements := range map[string][]any{"[]\n": nil, "[1]\n": {1}, "[1,\n\"a\"]\n": {1, "a"}} {
		var b bytes.Buffer
		a := NewArray(&b)
		for _, e := range elements {
			if err := a.Add(e); err != nil {
				t.Fatal(err)
			}
		}
		if err := a.Close(); err != nil || b.String() != want {
			t.Errorf("%q, %v; want %q", b.String(), err, want)
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestWritersSayThatTheDiskIsFull(t *testing.T) {
	e := &model.Effort{ID: "SYD-2026-001", Title: strings.Repeat("x", 1000)}
	export, list := NewWriter(full{}), NewCSV(full{})
	for range 100 {
		_, _ = export.Add(e, nil), list.Add(e) // the error may come late, but Close must say it
	}
	for name, err := range map[string]error{"export": export.Close(nil), "list": list.Close(), "print": Print(full{}, 1)} {
		if err == nil || !strings.Contains(err.Error(), "disk full") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestEntryAndOverviewAsJSON(t *testing.T) {
	var b bytes.Buffer
	ev := &model.Event{Seq: 3, At: 1, Officer: "a", Effort: "SYD-2026-001", Action: model.ActEdit, Op: "7", Changes: []model.Change{{Field: "area", Old: "x", New: ""}}}
	if err := Print(&b, Entry(ev, "0f")); err != nil {
		t.Fatal(err)
	}
	want := `{"seq":3,"at":"1970-01-01T00:00:01Z","officer":"a","agency":"","terminal":"","effort":"SYD-2026-001","action":"edit","changes":[{"field":"area","old":"x","new":""}],"hash":"0f","op":"7"}` + "\n"
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	b.Reset()
	s := imported(t, `[{"region":"SYD","focus":"individuals","status":"proposed"},{"region":"SYD","focus":"individuals","status":"closed","outcome":"x"}]`)
	loaded, err := s.Load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if err := Print(&b, Overview(loaded.Overview(catalogue().Today(model.StampOf(clock()))))); err != nil {
		t.Fatal(err)
	}
	got := b.String()
	if n := strings.Count(got, `"region"`); n != 24 {
		t.Errorf("%d cells, want 8 rows of 3", n)
	}
	for _, part := range []string{`{"region":"SYD","focus":"individuals","open":1,"waiting":1,"new":1}`, `"unplaced":{"open":0,"waiting":0,"new":0},"total":{"open":1,"waiting":1,"new":1}}`} {
		if !strings.Contains(got, part) {
			t.Errorf("no %s in %s", part, got)
		}
	}
}
