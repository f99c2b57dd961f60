package exchange

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/text"
)

func TestEveryFaultOfAnExport(t *testing.T) {
	const file = `{"efforts":[
{"id":"SYD-2026-001","region":"SYD","focus":"individuals","status":"pågånde","level":"regional","colour":"red","codname":"X",
 "assignments":[{"agency":"POL","state":"accpeted"},{"agency":"KFM","state":"asked","extra":1}],"decision":{"decider":"RSR","date":"yesterday"}},
{"id":"\u001b[2J-2026-001","region":"SYD","focus":"individuals","status":"proposed","priority":7,"created":12,"version":3},
{"region":"SYD","focus":"individuals","status":"proposed","notes":2},
{"region":"SYD","focus":"individuals","status":"proposed","hours":[{"agency":"POL","hours":1e3,"date":"2026-01-01","by":"a"},{"agency":"XYZ","hours":1.25,"by":"a\u0007"}],
 "outcomes":[{"measure":"Fines; x","value":1.23456,"date":"2026-01-01","agency":"XYZ"}],"measures":[{"text":"x"}]},
"nonsense"],
"partners":[{"region":"XXX","name":"kommun"},{"region":"SYD","name":""},{"region":"SYD","name":"19811218-9876"},3],
"effort":[]}`
	want := []string{
		`effort 1 in the file, status: "pågånde" is not known; the nearest is active`,
		`effort 1 in the file, assignments: "accpeted" is not known; the nearest is accepted`,
		`effort 1 in the file, assignments: "extra": the key is unknown; remove or correct it`,
		`effort 1 in the file, decision.date: "yesterday" is not a date in the calendar; write YYYY-MM-DD`,
		`effort 1 in the file: "colour": the key is unknown; remove or correct it`,
		`effort 1 in the file: "codname": the key is unknown; remove or correct it; the nearest is codename`,
		`effort 2 in the file, id: "\x1b[2J-2026-001" is not known`,
		`effort 2 in the file, priority: "7" cannot be used as a number here`,
		`effort 2 in the file, created: "12": the value is of the wrong sort; see the format of export`,
		`effort 2 in the file, updated is missing; give it`,
		`effort 3 in the file, notes: "2": the notes' texts are missing; import a whole export (export --format json)`,
		`effort 4 in the file, hours: "1e3" cannot be used as a number here`,
		`effort 4 in the file, hours: "XYZ": there is no agency XYZ`,
		`effort 4 in the file, hours is missing; give it`,
		`effort 4 in the file, hours: "a\a": the text has a control character at position 2; write it without`,
		`effort 4 in the file, outcomes: "XYZ": there is no agency XYZ`,
		`effort 4 in the file, outcomes: "Fines; x" is not known`,
		`effort 4 in the file, outcomes: "1.23456" cannot be used as a number here`,
		`effort 4 in the file, measures: "x" is incomplete; give what is missing`,
		`effort 5 in the file: "nonsense": the value is of the wrong sort; see the format of export`,
		`partners: "XXX" is not known`,
		`partners is missing; give it`,
		`partners: "********-****": the text has what looks like a personal identity number (********-****); no persons stand on the board, write it without`,
		`"3": the value is of the wrong sort; see the format of export`,
		`"effort": the key is unknown; remove or correct it; the nearest is efforts`,
	}
	l := readList(t, []byte(file))
	got := l.Lines(text.In("en"), l.Merge(decide(t, l)), 100)
	if diff := cmp.Diff(want, got, cmpopts.SortSlices(func(a, b string) bool { return a < b })); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestFaultyExportIsFaultyOnce: what the model misses because it could not be read is not missing as well.
func TestFaultyExportIsFaultyOnce(t *testing.T) {
	const file = `[{"region":"SYD","focus":"individuals","status":"decided","decision":{"decider":"RSR","date":"x","reference":"A"}},
{"region":"SID","focus":"individuals","status":"nope"}]`
	l := readList(t, []byte(file))
	want := []string{
		`effort 1 in the file, decision.date: "x" is not a date in the calendar; write YYYY-MM-DD`,
		`effort 2 in the file, status: "nope" is not known`,
		`effort 2 in the file, region: "SID" is not known; the nearest is SYD`,
	}
	if diff := cmp.Diff(want, l.Lines(text.In("en"), l.Merge(decide(t, l)), 100)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestJSONInUTF16(t *testing.T) {
	l := readList(t, append([]byte("\xEF\xBB\xBF\n"), `[{"region":"SYD","focus":"individuals","status":"proposed"}]`...))
	if len(l.Import.Rows) != 1 || len(l.Problems) > 0 {
		t.Errorf("with a byte order mark: %v", l.Problems)
	}
}

func TestDecimals(t *testing.T) {
	for _, n := range []int64{0, 1, -1, 10, 99, 100, -100, 1234567, -5} {
		s := decimal(n, hourPlaces)
		if got, ok := parseDecimal(s, hourPlaces); !ok || got != n {
			t.Errorf("%d is written %s and read %d", n, s, got)
		}
	}
	for _, s := range []string{"", "1e3", "1.234", ".5", "12345678901234567", "--1", "1.-2", "0x1"} {
		if n, ok := parseDecimal(json.Number(s), hourPlaces); ok {
			t.Errorf("%q is read as %d", s, n)
		}
	}
}

func FuzzRead(f *testing.F) {
	cat := catalogue()
	lex := text.Lexicon(cat)
	f.Add(sample(f)[:600])
	f.Add([]byte("region,focus,status,agencies\n\"SYD, \"\"VAST\",x,?,POL*?:-,\"'=1\n"))
	f.Add([]byte("\xFF\xFEr\x00e\x00g\x00i\x00o\x00n\x00;\x00"))
	f.Add([]byte(`{"efforts":[{"id":"SYD-2026-001","assignments":[null,{"state":3}],"decision":[],"hours":[{"hours":"1"}]}],"partners":[null]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := Read(data, cat, lex)
		if err != nil {
			_ = Sentence(text.In("sv"), err)
			return
		}
		for _, line := range l.Lines(text.In("en"), l.Merge(nil), 100) {
			if _, _, ok := model.FindPersonal(line); ok {
				t.Errorf("a personal number is quoted: %q", line)
			}
		}
		for _, row := range l.Import.Rows {
			if row.Effort == nil {
				t.Error("a row without an effort")
			}
		}
	})
}

// rows is the sample over and over, with codenames of their own.
func rows(b *testing.B, n int) []byte {
	head, body, _ := strings.Cut(string(sample(b)), "\r\n")
	lines := strings.Split(strings.TrimSpace(body), "\r\n")
	var out bytes.Buffer
	out.WriteString(head + "\r\n")
	for i := range n {
		fmt.Fprintf(&out, "N%d%s\r\n", i, lines[i%len(lines)])
	}
	return out.Bytes()
}

func BenchmarkReadCSV10000(b *testing.B) {
	cat := catalogue()
	lex, data := text.Lexicon(cat), rows(b, 10_000)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if l, err := Read(data, cat, lex); err != nil || len(l.Problems) > 0 || len(l.Import.Rows) != 10_000 {
			b.Fatal(err)
		}
	}
}

// BenchmarkReadCSVAllWrong is the worst list: a word in every row that is nobody's, and no two alike.
func BenchmarkReadCSVAllWrong10000(b *testing.B) {
	cat := catalogue()
	lex := text.Lexicon(cat)
	var data bytes.Buffer
	data.WriteString("region;focus;status\n")
	for i := range 10_000 {
		fmt.Fprintf(&data, "region%d;focus%d;status%d\n", i, i, i)
	}
	for b.Loop() {
		if l, err := Read(data.Bytes(), cat, lex); err != nil || len(l.Problems) != 30_000 {
			b.Fatal(err, len(l.Problems))
		}
	}
}

func export(b *testing.B, n int) []byte {
	cat := catalogue()
	l, err := Read(rows(b, n), cat, text.Lexicon(cat))
	if err != nil {
		b.Fatal(err)
	}
	var out bytes.Buffer
	w := NewWriter(&out)
	for _, row := range l.Import.Rows {
		if err := w.Add(row.Effort, nil); err != nil {
			b.Fatal(err)
		}
	}
	if err := w.Close(nil); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

func BenchmarkWriteExport10000(b *testing.B) {
	for b.Loop() {
		b.SetBytes(int64(len(export(b, 10_000))))
	}
}

func BenchmarkReadExport10000(b *testing.B) {
	cat := catalogue()
	lex, data := text.Lexicon(cat), export(b, 10_000)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if l, err := Read(data, cat, lex); err != nil || len(l.Import.Rows) != 10_000 || len(l.Problems) > 0 {
			b.Fatal(err, l.Problems[0])
		}
	}
}
