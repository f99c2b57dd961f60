package exchange

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/text"
)

var ignoreFold = cmpopts.IgnoreUnexported(model.Effort{})

func catalogue() *model.Catalogue {
	cat := model.DefaultCatalogue()
	cat.Zone = time.FixedZone("CET", 3600)
	return cat
}

func readList(t testing.TB, data []byte) *List {
	t.Helper()
	cat := catalogue()
	l, err := Read(data, cat, text.Lexicon(cat))
	if err != nil {
		t.Fatalf("read: %v", err)
	}
	return l
}

func sample(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/efforts-excel.csv")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// rewritten returns the sample with another comma and other words.
func rewritten(t *testing.T, comma rune, change func(row int, cells []string)) string {
	t.Helper()
	r := csv.NewReader(bytes.NewReader(sample(t)[3:]))
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	w := csv.NewWriter(&b)
	w.Comma = comma
	for i, cells := range rows {
		change(i, cells)
		if err := w.Write(cells); err != nil {
			t.Fatal(err)
		}
	}
	w.Flush()
	return b.String()
}

// english says a cell of the sample in English.
func english(row int, cells []string) {
	headers := []string{"Codename", "Title", "Region", "Focus", "Kind", "Level", "Status", "Area", "Crime", "Agencies", "Partners",
		"Priority", "Review", "Decider", "Decision date", "Reference", "Reason", "Outcome", "Created"}
	if row == 0 {
		copy(cells, headers)
		return
	}
	for i, words := range map[int]map[string]string{
		3: {"individer": "individuals", "särskilda brottsområden": "crime areas", "lokala geografiska områden": "Local Areas"},
		4: {"operativ": "operative", "underrättelse": "Intelligence"},
		6: {"förslag": "proposed", "beredning": "preparing", "beslutad": "decided", "pågående": "active", "vilande": "dormant", "avslutad": "closed"},
	} {
		cells[i] = words[cells[i]]
	}
	cells[9] = strings.NewReplacer("planering", "planning", "distans", "remote").Replace(cells[9])
}

func encoded(t *testing.T, s string, enc encoding.Encoding) []byte {
	t.Helper()
	out, err := enc.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return []byte(out)
}

func TestSampleInEveryForm(t *testing.T) {
	want := readList(t, sample(t))
	if len(want.Import.Rows) != 60 || len(want.Problems) != 0 {
		t.Fatalf("%d rows, problems: %v", len(want.Import.Rows), want.Lines(text.In("en"), want.Problems, 9))
	}
	if found := decide(t, want); len(found) > 0 {
		t.Fatalf("the model refuses: %q", want.Lines(text.In("en"), found, 9))
	}
	same := func(int, []string) {}
	semicolons := rewritten(t, ';', same)
	for name, data := range map[string][]byte{
		"Windows-1252":        encoded(t, strings.ReplaceAll(semicolons, "\n", "\r\n"), charmap.Windows1252),
		"UTF-16LE":            encoded(t, semicolons, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)),
		"UTF-16BE":            encoded(t, semicolons, unicode.UTF16(unicode.BigEndian, unicode.UseBOM)),
		"comma UTF-8 LF":      []byte(rewritten(t, ',', same)),
		"tab":                 []byte(rewritten(t, '\t', same)),
		"CR":                  []byte(strings.ReplaceAll(semicolons, "\n", "\r")),
		"English":             []byte(rewritten(t, ',', english)),
		"no line end at last": []byte(strings.TrimSpace(semicolons)),
		"columns reversed":    []byte(rewritten(t, ';', func(_ int, cells []string) { slices.Reverse(cells) })),
		"upper case":          []byte(rewritten(t, ';', func(i int, cells []string) { cells[9], cells[2] = strings.ToUpper(cells[9]), strings.ToUpper(cells[2]) })),
	} {
		t.Run(name, func(t *testing.T) {
			got := readList(t, data)
			if len(got.Problems) > 0 {
				t.Errorf("problems: %v", got.Lines(text.In("en"), got.Problems, 9))
			}
			if diff := cmp.Diff(want.Import, got.Import, ignoreFold); diff != "" {
				t.Errorf("(-sample +%s):\n%s", name, diff)
			}
		})
	}
}

func TestSampleRow(t *testing.T) {
	got := readList(t, sample(t)).Import.Rows[0]
	cet := func(day string) model.Stamp {
		s, err := model.ParseStamp(day + "T00:00:00+01:00")
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	day := func(s string) model.Day {
		d, err := model.ParseDay(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	want := model.Row{Number: 2, Effort: &model.Effort{
		Codename: "RÖNNSILVER", Title: "Insats mot hamnmiljöer", Region: "VAST", Focus: model.CrimeAreas, Kind: model.Operative,
		Level: model.Regional, Status: model.Active, Crime: "skattebrott", Partners: []string{"bostadsbolaget"}, Priority: 3,
		Review: day("2026-10-24"), Created: cet("2026-07-25"),
		Decision: &model.Decision{Decider: "RSR Väst", Date: day("2026-08-01"), Reference: "A784.179/2026"},
		Assignments: []model.Assignment{
			{Agency: "SÄPO", State: model.Accepted, Mode: model.OnSite, Lead: true},
			{Agency: "KFM", State: model.Accepted, Mode: model.Remote},
			{Agency: "SKV", State: model.Declined, Mode: model.OnSite, Reason: "–"},
			{Agency: "POL", State: model.Asked, Mode: model.OnSite},
			{Agency: "MIV", State: model.Accepted, Mode: model.Planning},
			{Agency: "EBM", State: model.Accepted, Mode: model.OnSite},
		},
	}}
	if diff := cmp.Diff(want, got, ignoreFold); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAgencies(t *testing.T) {
	const head = "region;fokus;status;myndigheter\nSYD;individer;förslag;"
	for cell, want := range map[string]string{
		"POL*, SKV, KFM?, KBV:planering, FK-":  "POL*, SKV, KFM?, KBV:planning, FK-",
		"KFM:planering?,POL*:distans":          "KFM?:planning, POL*:remote",
		"kfm?:planering, pol:DISTANS*, am":     "KFM?:planning, POL*:remote, ÅM",
		"Polisen *, sapo , Försäkringskassan-": "POL*, SÄPO, FK-",
		"POL:på plats":                         "POL",
		" , ,":                                 "",
	} {
		l := readList(t, []byte(head+`"`+cell+`"`))
		if got := formatAssignments(l.Import.Rows[0].Effort.Assignments); got != want || len(l.Problems) > 0 {
			t.Errorf("%s: %s, want %s; %v", cell, got, want, l.Problems)
		}
	}
}

func TestRegions(t *testing.T) {
	const head = "fokus;status;nivå;region\nindivider;förslag;"
	for row, want := range map[string]string{
		";Syd":               "SYD []",
		";SYD, Väst":         "NAT [SYD VAST]",
		"nationell;SYD,VAST": "SYD [VAST]", // the model makes it NAT [SYD VAST]
		"nationell;NAT, SYD": "NAT [SYD]",
		"regional;SYD,VAST":  "SYD [VAST]", // the model refuses it
		";hela landet":       "NAT []",
	} {
		e := readList(t, []byte(head+row)).Import.Rows[0].Effort
		if got := fmt.Sprintf("%s %v", e.Region, e.Touches); got != want {
			t.Errorf("%s: %s, want %s", row, got, want)
		}
	}
}

func TestDates(t *testing.T) {
	const head = "region;fokus;status;uppföljning;skapad\nSYD;individer;förslag;"
	for cell, want := range map[string]string{
		"2026-10-24":                "2026-10-24 2026-10-23T23:00:00Z",
		"2026-10-24 00:00":          "2026-10-24 2026-10-23T23:00:00Z",
		"2026-10-24 08:30:15":       "2026-10-24 2026-10-24T07:30:15Z",
		"2026-10-24T08:30":          "2026-10-24 2026-10-24T07:30:00Z",
		"2026-10-24T23:30:00-05:00": "2026-10-24 2026-10-25T04:30:00Z",
		"24/10/2026":                "",
		"2026-02-30":                "",
		"46319":                     "",
		"1026-10-24":                "",
	} {
		l := readList(t, []byte(head+cell+";"+cell))
		e := l.Import.Rows[0].Effort
		switch got := e.Review.String() + " " + e.Created.String(); {
		case want == "" && len(l.Problems) != 2:
			t.Errorf("%s: %d problems, want one for each column", cell, len(l.Problems))
		case want != "" && (got != want || len(l.Problems) > 0):
			t.Errorf("%s: %s, want %s; %v", cell, got, want, l.Problems)
		}
	}
}

// TestTheHelpNamesEveryColumn in the words of its language.
func TestTheHelpNamesEveryColumn(t *testing.T) {
	for i, lang := range []string{"en", "sv"} {
		help := strings.Join(strings.Fields(text.In(lang).CLI.Commands["import"].Long), " ")
		for _, c := range columns() {
			if name := c.names[min(i, len(c.names)-1)]; !strings.Contains(help, " "+name+",") && !strings.Contains(help, " "+name+".") {
				t.Errorf("%s: the help of import does not name %s", lang, name)
			}
		}
	}
}

// TestWhenEffortsEnded reads the column under each of its names; a list without it says nothing.
func TestWhenEffortsEnded(t *testing.T) {
	for _, header := range []string{"ended", "Avslutad", "slutdatum", "AVSLUTSDATUM"} {
		l := readList(t, []byte("region;fokus;status;utfall;skapad;"+header+"\n"+
			"SYD;individer;avslutad;klar;2024-01-02;2025-03-04\nSYD;individer;avslutad;klar;;2025-03-04 15:30\n"+
			"SYD;individer;avslutad;klar;2024-01-02;\nSYD;individer;pågående;;2024-01-02;\n"))
		if found := decide(t, l); len(l.Problems)+len(found) > 0 {
			t.Fatalf("%s: %q", header, l.Lines(text.In("en"), l.Merge(found), 9))
		}
		for i, want := range []string{"2025-03-03T23:00:00Z", "2025-03-04T14:30:00Z", "", ""} { // in the board's zone
			if got := l.Import.Rows[i].Effort.Ended.String(); got != want {
				t.Errorf("%s: row %d ended %s, want %s", header, i, got, want)
			}
		}
	}
	l := readList(t, []byte("region;fokus;status;utfall;skapad;avslutad\n"+
		"SYD;individer;pågående;;2024-01-02;2025-03-04\nSYD;individer;avslutad;klar;2024-01-02;2023-12-31\nSYD;individer;avslutad;klar;;i våras\n"))
	want := []string{
		`row 2, avslutad: "2025-03-04": an effort that is active has not ended; leave that empty, or give a status that has ended`,
		`row 3, avslutad: "2023-12-31": that is before it was created (2024-01-02); look at both dates`,
		`row 4, avslutad: "i våras" is not a date in the calendar; write YYYY-MM-DD`,
	}
	if diff := cmp.Diff(want, l.Lines(text.In("en"), l.Merge(decide(t, l)), 9)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestEveryFaultOfAList(t *testing.T) {
	const file = `kodnamn;region;fokus;typ;nivå;Status;myndigheter;prioritet;uppföljning;kodnamn;färg;uppfoljnign;;rubrik;partner
LÄRKA;Sid;individer;operativ;regional;pågånde;POL*, SKX, KFM:planering?;2;2026-10-24;x;röd;;;=1+1;
;SYD;;operativ;regional;;KFM?-, POL:fjärran;9;24/10/2026;;;;;@SUM(A1);
;SYD;individer;;;förslag;FK??, SKV**, AF*:planering*, KBV ? ?, KFM:;;;;;;;;
;;;;;;;;;;;;;;
"TALL";SYD;"individer";underrättelser;regionel;förslag;;;;;;;utanför;"två
rader";
GRAN;Syd;individer;;;förslag;;;;;;;;19811218-9876 okänd;kommun
ASP;Syd;individer;;;förslag;;;;;;;;;;bortom
BJÖRK;"Syd;individer`
	want := []string{
		`row 1: "kodnamn": the column is there twice; remove one`,
		`row 1: "färg": the column is unknown; remove or rename it`,
		`row 1: "uppfoljnign": the column is unknown; remove or rename it; the nearest is uppföljning`,
		`row 2, region: "Sid" is not known; the nearest is Syd`,
		`row 2, Status: "pågånde" is not known; the nearest is active`,
		`row 2, myndigheter: "SKX" is not known; the nearest is SKV`,
		`row 3, fokus is missing; give it`,
		`row 3, Status is missing; give it`,
		`row 3, myndigheter: "KFM?-": there is more than one mark; use one of * (leads), ? (asked) and - (declined)`,
		`row 3, myndigheter: "POL:fjärran" is not known`,
		`row 3, prioritet: "9" cannot be used as a number here`,
		`row 3, uppföljning: "24/10/2026" is not a date in the calendar; write YYYY-MM-DD`,
		`row 4, myndigheter: "FK??": there is more than one mark; use one of * (leads), ? (asked) and - (declined)`,
		`row 4, myndigheter: "SKV**": there is more than one mark; use one of * (leads), ? (asked) and - (declined)`,
		`row 4, myndigheter: "AF*:planering*": there is more than one mark; use one of * (leads), ? (asked) and - (declined)`,
		`row 4, myndigheter: "KBV ? ?": there is more than one mark; use one of * (leads), ? (asked) and - (declined)`,
		`row 4, myndigheter: "KFM:" is not known`,
		`row 6, typ: "underrättelser" is not known; the nearest is intelligence`,
		`row 6, nivå: "regionel" is not known; the nearest is regional`,
		`row 6: "utanför": the cell stands outside the headers; give the column a header or empty it`,
		`row 8: "bortom": the cell stands outside the headers; give the column a header or empty it`,
		`row 9, region: "Syd;individer": a quotation mark opens and never closes; correct the cell`,
	}
	l := readList(t, []byte(file))
	got := l.Lines(text.In("en"), l.Merge(nil), 100)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if l.Empty != 1 || l.Import.Rows[0].Effort.Title != "=1+1" || l.Import.Rows[1].Effort.Title != "@SUM(A1)" {
		t.Errorf("%d empty rows, titles %q, %q", l.Empty, l.Import.Rows[0].Effort.Title, l.Import.Rows[1].Effort.Title)
	}
	for _, line := range append(got, l.Lines(text.In("sv"), l.Merge(nil), 100)...) {
		if strings.ContainsAny(line, "{}") {
			t.Errorf("not filled in: %s", line)
		}
	}
}

// TestFaultsOfTheModelComeOnce decides what could be read: each fault is there once, whoever found it.
func TestFaultsOfTheModelComeOnce(t *testing.T) {
	const file = `kodnamn;region;fokus;status;myndigheter;rubrik;orsak
LÄRKA;SYD;individer;pågånde;POL*, XYZ, SKV, SKV;19811218-9876 okänd;
;Sid;;;KFM*, POL*;;
lärka;SYD;individer;vilande;;a` + "\tb" + `;
TALL;SYD;individer;förslag;FK-;;
tall;SYD;individer;förslag;POL?;;`
	want := []string{
		`rad 2, status: "pågånde" är okänt; närmast är pågående`,
		`rad 2, myndigheter: "XYZ" är okänt`,
		`rad 2, myndigheter: "SKV" finns två gånger; ta bort den ena`,
		`rad 2, rubrik: "********-**** okänd": texten innehåller något som ser ut som ett personnummer (********-****); personer ska inte stå på tavlan, skriv om utan det`,
		`rad 3, region: "Sid" är okänt; närmast är Syd`,
		`rad 3, fokus saknas; ange det`,
		`rad 3, status saknas; ange det`,
		`rad 3, myndigheter: "POL": POL kan inte också leda, KFM leder redan; låt en enda myndighet leda`,
		`rad 4, kodnamn: "LÄRKA" finns redan på rad 2; välj ett annat`,
		`rad 4, rubrik: "a\tb": texten har ett styrtecken vid tecken 2; skriv om den utan`,
		`rad 4, orsak: LÄRKA kan inte bli vilande utan orsak; ange det`,
		`rad 6, kodnamn: "TALL" finns redan på rad 5; välj ett annat`,
	}
	l := readList(t, []byte(file))
	found := decide(t, l)
	got := l.Lines(text.In("sv"), l.Merge(found), 100)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := l.Lines(text.In("en"), l.Merge(found), 3); len(got) != 4 || got[3] != fmt.Sprintf("… and %d more faults", len(want)-3) {
		t.Errorf("cut after 3: %q", got)
	}
}

func TestMissingColumnIsSaidOnce(t *testing.T) {
	const file = "region,status\nSYD,förslag\nSYD,förslag\n"
	l := readList(t, []byte(file))
	want := []string{"row 1, focus is missing; give it"}
	if diff := cmp.Diff(want, l.Lines(text.In("en"), l.Merge(decide(t, l)), 100)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestSeparatorLine: Excel says with a line of its own, before the headers, what stands between the cells. Rows count as
// it shows them, and what stands there is not guessed.
func TestSeparatorLine(t *testing.T) {
	for _, first := range []string{"sep=;\r\n", "SEP=;\n", "\ufeffsep=;\r"} {
		l := readList(t, []byte(first+"region;fokus;status;färg\nSYD;individer;förslag;\nSid;individer;förslag;\n"))
		want := []string{`row 2: "färg": the column is unknown; remove or rename it`, `row 4, region: "Sid" is not known; the nearest is Syd`}
		if diff := cmp.Diff(want, l.Lines(text.In("en"), l.Merge(decide(t, l)), 100)); diff != "" || len(l.Import.Rows) != 2 {
			t.Errorf("%q: %d rows (-want +got):\n%s", first, len(l.Import.Rows), diff)
		}
	}
	l := readList(t, []byte("sep=|\nregion|fokus|status|rubrik\nSYD|individer|förslag|a; b, c\n"))
	if len(l.Problems) > 0 || len(l.Import.Rows) != 1 || l.Import.Rows[0].Effort.Title != "a; b, c" {
		t.Errorf("%+v, %v", l.Import.Rows, l.Problems)
	}
	cat := catalogue()
	for _, file := range []string{"sep=;", "sep=;\n", "sep=a\nregion;fokus\n", "sep=;;\n"} {
		if _, err := Read([]byte(file), cat, text.Lexicon(cat)); err == nil {
			t.Errorf("%q was taken for a list", file)
		}
	}
}

func TestWhatIsNoList(t *testing.T) {
	cat := catalogue()
	for content, want := range map[string]Kind{
		"":                  Empty,
		"\xEF\xBB\xBF \r\n": Empty,
		"hello\nworld":      NoColumns,
		"\x00\x01\x02":      NoColumns,
		`{"efforts":[{]}`:   Syntax,
		`{"rows":[]}`:       NoList,
		`{"efforts":{}}`:    NoList,
		`[] []`:             NoList,
		`{"efforts":[]`:     Syntax,
		`"kodnamn;region`:   NoColumns,
	} {
		_, err := Read([]byte(content), cat, text.Lexicon(cat))
		f, ok := err.(*Fault)
		if !ok || f.Kind != want {
			t.Errorf("%q: %v, want kind %d", content, err, want)
		}
		if err != nil && strings.ContainsAny(Sentence(text.In("sv"), err), "{}") && want != Syntax {
			t.Errorf("%q: not filled in: %s", content, Sentence(text.In("sv"), err))
		}
	}
}

func TestTooManyRows(t *testing.T) {
	cat := catalogue()
	_, err := Read([]byte("region\n"+strings.Repeat("SYD\n", MaxRows+1)), cat, text.Lexicon(cat))
	if f, ok := err.(*Fault); !ok || f.Kind != TooMany {
		t.Errorf("%v", err)
	}
	if _, err = Read(bytes.Repeat([]byte("region\n"), MaxList/7+1), cat, text.Lexicon(cat)); err == nil || !strings.Contains(err.Error(), "64 MiB") {
		t.Errorf("%v", err)
	}
}

// TestBrokenUTF8 is not taken for Windows-1252, which would let nonsense in.
func TestBrokenUTF8(t *testing.T) {
	got := readList(t, []byte("region;fokus;status;rubrik\nsyd;individer;förslag;Räv och b\xE5t vid sjön\n"))
	if title := got.Import.Rows[0].Effort.Title; title != "Räv och b\uFFFDt vid sjön" {
		t.Errorf("%q", title)
	}
}

func TestRowsCountAsASpreadsheetShows(t *testing.T) {
	got := readList(t, []byte("region;rubrik\r\nSYD;\"a\r\nb\"\r\n\r\n;\r\nVAST;\"sa \"\"hej\"\"\"\r\nBERG;b\"c"))
	var rows []string
	for _, r := range got.Import.Rows {
		rows = append(rows, fmt.Sprintf("%d %s %q", r.Number, r.Effort.Region, r.Effort.Title))
	}
	want := []string{`2 SYD "a\nb"`, `5 VAST "sa \"hej\""`, `6 BERG "b\"c"`}
	if diff := cmp.Diff(want, rows); diff != "" || got.Empty != 2 {
		t.Errorf("%d empty (-want +got):\n%s", got.Empty, diff)
	}
}
