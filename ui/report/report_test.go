package report

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/thedatashed/xlsxreader"
	"golang.org/x/net/html"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/ui/demo"
	"board.internal/samverkan/ui/exchange"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/text"
)

var (
	noon  = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	today = model.DayOf(noon)
	end   = store.Head{Seq: 412, Hash: strings.Repeat("0f1e2d3c", 8)}
)

// of is the document of a report over some efforts, each as it was when the period ended and as it is now.
func of(lang string, period model.Period, public bool, floor int, efforts ...[2]*model.Effort) *Document {
	cat := model.DefaultCatalogue()
	r := model.NewReport(cat, model.ReportSpec{Period: period, Today: today})
	for _, e := range efforts {
		r.Take(model.Course{Then: []*model.Effort{e[0], e[0], e[0]}, Now: e[1]})
	}
	return New(Source{Report: r, Head: end, Drawn: today, Public: public, Floor: floor}, text.In(lang), cat)
}

// country are the efforts of an exercise, with what nobody would type into one beside them.
func country(lang string, n int) (efforts [][2]*model.Effort) {
	for im := range demo.Imports(model.DefaultCatalogue(), n, 1, noon, lang) {
		for i, row := range im.Rows {
			e := row.Effort
			e.ID = model.NewEffortID(e.Region, e.Created.Day().Year(), i+1)
			efforts = append(efforts, [2]*model.Effort{e, e})
		}
	}
	return efforts
}

func year(lang string) *Document {
	return of(lang, model.YearPeriod(2026), false, 0, country(lang, 240)...)
}

// written is a document in a format.
func written(t *testing.T, d *Document, format string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := d.Write(&b, format); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// readable is all that a reader of a format reads: the texts of a workbook are taken out of its archive.
func readable(t *testing.T, d *Document, format string) string {
	t.Helper()
	data := written(t, d, format)
	if format != "xlsx" {
		return string(data)
	}
	var b strings.Builder
	book, err := xlsxreader.NewReader(data)
	if err != nil {
		t.Fatal(err)
	}
	for _, sheet := range book.Sheets {
		for row := range book.ReadRows(sheet) {
			if row.Error != nil {
				t.Fatal(row.Error)
			}
			for _, c := range row.Cells {
				b.WriteString(c.Value + "\n")
			}
		}
	}
	return b.String()
}

// Every table of every language has its words, and every format ends where the journal ended.
func TestEveryFormIsWhole(t *testing.T) {
	for _, lang := range text.Languages() {
		d := year(lang)
		for _, s := range d.Sections {
			if s.Heading == "" || s.First == "" {
				t.Errorf("%s: %s has no heading", lang, s.Table)
			}
			for _, c := range s.Columns {
				if c.Name == "" || c.Name == string(c.Code) || c.Short == string(c.Code) {
					t.Errorf("%s: %s.%s has no name", lang, s.Table, c.Code)
				}
				if n := safe.Of(c.Short).Width(); n > 10 {
					t.Errorf("%s: %s is short for %s in %d cells", lang, c.Short, c.Code, n)
				}
			}
		}
		for _, term := range d.Legend {
			if term.Name == "" || term.Meaning == "" {
				t.Errorf("%s: a figure is not explained: %+v", lang, term)
			}
		}
		for _, format := range Formats() {
			said := readable(t, d, format)
			tail := said[max(0, len(said)-600):]
			if !strings.Contains(tail, end.Hash) || !strings.Contains(tail, "412") {
				t.Errorf("%s: %s does not end where the journal ended: %s", lang, format, tail)
			}
			if drawn := d.Drawn; format != "json" && !strings.Contains(said, exchange.Markdown(drawn)) && !strings.Contains(said, drawn) {
				t.Errorf("%s: %s does not say when it was drawn up", lang, format)
			}
			if format != "json" && strings.Contains(said, "{") && format != "html" {
				t.Errorf("%s: %s has a hole that nobody filled", lang, format)
			}
		}
	}
}

// The same report is the same bytes, so that two of them can be compared, and says nothing of who made it or where.
func TestTheSameReportIsTheSameBytes(t *testing.T) {
	for _, format := range Formats() {
		first := written(t, year("sv"), format)
		for range 4 {
			if !bytes.Equal(first, written(t, year("sv"), format)) {
				t.Fatalf("%s differs from one time to the next", format)
			}
		}
	}
}

// An empty board has a report too, in which nothing is known and nothing is nought.
func TestAReportOfNothing(t *testing.T) {
	for _, format := range Formats() {
		d := of("en", model.YearPeriod(2026), false, 0)
		d.src.Head, d.Head, d.Hash = store.Head{}, d.texts.Report.Empty, ""
		said := readable(t, d, format)
		if format != "json" && !strings.Contains(said, "The journal is empty") {
			t.Errorf("%s says %.200s", format, said)
		}
		tables, _, _ := strings.Cut(said, d.texts.Report.Legend)
		if format == "text" && (strings.Contains(tables, " 0") || !strings.Contains(said, "–")) {
			t.Errorf("text has a nought where nothing is known:\n%s", said)
		}
	}
}

// Text keeps to its width, whatever it is, and without anything but ASCII when it is asked to.
func TestTextKeepsToItsWidth(t *testing.T) {
	for _, lang := range text.Languages() {
		d := year(lang)
		for _, width := range []int{40, 80, 120, 200} {
			lines := d.Lines(width, false)
			for _, line := range lines {
				if n := safe.Of(line).Width(); n > width && line != end.Hash {
					t.Errorf("%s: %d cells of %d: %s", lang, n, width, line)
				}
			}
			heads := lines[slices.Index(lines, d.Sections[0].Heading)+1]
			if wide := strings.Contains(heads, " 2025 +/−"); wide != (width > 80) {
				t.Errorf("%s: at %d cells the year before has a column of its own: %v", lang, width, wide)
			}
		}
		if all := strings.Join(d.Lines(80, true), "\n"); strings.ContainsAny(all, "▁▂▃▄▅▆▇█") || !strings.Contains(all, "###") {
			t.Errorf("%s: bars are not drawn with ASCII", lang)
		}
	}
}

// late makes an effort that got n lines of hours, and m whole efforts, after the period.
func late(n, m int) (efforts [][2]*model.Effort) {
	made := model.StampOf(time.Date(2025, 2, 1, 12, 0, 0, 0, time.UTC))
	then := &model.Effort{ID: "SYD-2025-001", Codename: "LÄRKA", Region: "SYD", Focus: model.LocalAreas, Kind: model.Operative, Level: model.Regional,
		Status: model.Active, Created: made}
	now := then.Clone()
	now.Followup = &model.Followup{}
	for i := range n {
		now.Hours = append(now.Hours, model.Hours{N: uint32(i + 1), Agency: "KFM", Centi: 450, Date: made.Day() + model.Day(i)})
	}
	efforts = append(efforts, [2]*model.Effort{then, now})
	for i := range m {
		e := then.Clone()
		e.ID, e.Codename = model.NewEffortID("SYD", 2025, i+2), ""
		efforts = append(efforts, [2]*model.Effort{nil, e})
	}
	return efforts
}

// What was added after the period is named: the first of it where people read, all of it for programs.
func TestWhatWasAddedLater(t *testing.T) {
	d := of("en", model.YearPeriod(2025), false, 0, late(25, 3)...)
	for _, format := range Formats() {
		said := readable(t, d, format)
		short := slices.Contains([]string{"text", "md", "html"}, format)
		first, last := "KFM 4.5 hours on 1 Feb 2025", "KFM 4.5 hours on 25 Feb 2025"
		if format == "json" {
			first, last = `"agency":"KFM","hours":4.5,"type":null,"measure":null,"value":null,"date":"2025-02-01"`, `"date":"2025-02-25"`
		}
		for what, want := range map[string]bool{first: true, last: !short, "and 5 more": short, "3 whole efforts came with imported lists": short,
			"SYD-2025-003": !short} {
			if strings.Contains(said, what) != want {
				t.Errorf("%s: %q is there: %v, want %v", format, what, !want, want)
			}
		}
	}
	if d := of("en", model.YearPeriod(2026), false, 0, late(25, 3)...); len(d.Late) > 0 {
		t.Errorf("of a period that is not over something was added later: %v", d.Late)
	}
}

// cells are the texts of a table's rows in a page.
func cells(table *html.Node) (rows [][]string) {
	for n := range table.Descendants() {
		if n.Type != html.ElementNode || n.Data != "tr" {
			continue
		}
		var row []string
		for c := range n.ChildNodes() {
			if c.Type == html.ElementNode {
				row = append(row, textOf(c))
			}
		}
		rows = append(rows, row)
	}
	return rows
}

func textOf(n *html.Node) (s string) {
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			s += c.Data
		}
	}
	return s
}
