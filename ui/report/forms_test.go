package report

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/thedatashed/xlsxreader"
	"golang.org/x/net/html"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/text"
)

// table reads a list back: every row by its key.
func table(t *testing.T, data []byte) (head []string, rows map[string][]string) {
	t.Helper()
	rest, bom := bytes.CutPrefix(data, []byte("\uFEFF"))
	if !bom || bytes.Count(rest, []byte("\n")) != bytes.Count(rest, []byte("\r\n")) {
		t.Fatal("Excel would not open it right: no byte order mark, or lines without CR")
	}
	r := csv.NewReader(bytes.NewReader(rest))
	r.Comma = ';'
	all, err := r.ReadAll() // it wants as many cells in every row as in the first
	if err != nil {
		t.Fatal(err)
	}
	rows = map[string][]string{}
	for _, row := range all[1:] {
		rows[row[0]] = row
	}
	return all[0], rows
}

// swedish is a number as Excel in Swedish takes it.
var swedish = regexp.MustCompile(`^(-?\d+(,\d+)?)?$`)

func TestTheListIsTheTables(t *testing.T) {
	for _, lang := range text.Languages() {
		d := year(lang)
		head, rows := table(t, written(t, d, "csv"))
		if want := d.texts.Report.List["key"]; head[0] != want {
			t.Errorf("%s: the first column is %q, want %q", lang, head[0], want)
		}
		n := 0
		for _, tab := range d.src.Report.Tables() {
			all := tab.Rows
			if tab.Sum != nil {
				all = append(all, *tab.Sum)
			}
			for _, row := range all {
				for i, c := range tab.Columns {
					n++
					key := model.ReportKey{Table: tab.Name, Row: row.Code, Column: c}
					got := rows[key.String()]
					if got == nil {
						t.Errorf("%s: %s is missing", lang, key)
						continue
					}
					if back, ok := model.ParseReportKey(got[0]); !ok || back != key || !d.src.Report.Has(back) {
						t.Errorf("%s: --behind does not take %s", lang, got[0])
					}
					diff, known := row.Cells[i].Difference()
					for at, want := range map[int]*int64{7: shown(row.Cells[i].This), 8: shown(row.Cells[i].Before), 9: given(diff, known)} {
						if !swedish.MatchString(got[at]) || milli(t, got[at]) != deref(want) || (got[at] == "") != (want == nil) {
							t.Errorf("%s: %s has %q in %s, want %d", lang, key, got[at], head[at], deref(want))
						}
					}
				}
			}
		}
		if n < 250 {
			t.Errorf("only %d figures", n)
		}
		for _, l := range d.trend.Lines {
			for i, f := range l.Figures {
				key := model.ReportKey{Table: model.TableTrend, Row: l.Code, Column: model.Column(d.trend.Periods[i].String())}
				if got := rows[key.String()]; got == nil || milli(t, got[7]) != deref(shown(f)) || !d.src.Report.Has(key) {
					t.Errorf("%s: %s is %v, want %+v", lang, key, got, f)
				}
			}
		}
	}
}

func shown(f model.Figure) *int64 { return given(f.Milli, f.Shown()) }

func given(n int64, known bool) *int64 {
	if !known {
		return nil
	}
	return &n
}

func deref(n *int64) int64 {
	if n == nil {
		return 0
	}
	return *n
}

// milli reads a number with a comma or a point as thousandths.
func milli(t *testing.T, s string) int64 {
	t.Helper()
	if s == "" {
		return 0
	}
	v, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
	if err != nil {
		t.Errorf("%q is no number", s)
	}
	return int64(v*1000 + map[bool]float64{true: -0.5, false: 0.5}[v < 0])
}

// TestTheWorkbookIsTheTables reads it with a library that has nothing to do with the one that wrote it.
func TestTheWorkbookIsTheTables(t *testing.T) {
	for _, lang := range text.Languages() {
		d := year(lang)
		book, err := xlsxreader.NewReader(written(t, d, "xlsx"))
		if err != nil {
			t.Fatal(err)
		}
		if want := len(d.Sections) + 3; len(book.Sheets) != want { // cover, trend, what it means
			t.Errorf("%s: %d sheets, want %d: %v", lang, len(book.Sheets), want, book.Sheets)
		}
		figures := func(sheet, name string, want []string) {
			t.Helper()
			for row := range book.ReadRows(sheet) {
				if len(row.Cells) == 0 || row.Cells[0].Value != name || row.Cells[0].Column != "A" {
					continue
				}
				for i, c := range row.Cells[1:] {
					number := c.Type == xlsxreader.TypeNumerical
					switch sign := want[i] == "–" || want[i] == ".."; {
					case sign && c.Value != want[i], !sign && (!number || milli(t, c.Value) != milli(t, want[i])):
						t.Errorf("%s: %s, %s, column %s is %q (%s), want %s", lang, sheet, name, c.Column, c.Value, c.Type, want[i])
					}
				}
				if len(row.Cells) != len(want)+1 {
					t.Errorf("%s: %s, %s has %d cells, want %d", lang, sheet, name, len(row.Cells), len(want)+1)
				}
				return
			}
			t.Errorf("%s: %s has no row %s", lang, sheet, name)
		}
		plain := func(f model.Figure) string {
			if !f.Shown() {
				return d.texts.Figure(f)
			}
			return commaOf(f.Milli)
		}
		for i, s := range d.Sections {
			rows := s.Rows
			if s.Sum != nil {
				rows = append(slices.Clone(rows), *s.Sum)
			}
			for _, row := range rows {
				var want []string
				for _, c := range row.Cells {
					diff := d.texts.Difference(c)
					if n, known := c.Difference(); known {
						diff = commaOf(n)
					}
					want = append(want, plain(c.This), plain(c.Before), diff)
				}
				figures(book.Sheets[i+1], row.Name, want)
			}
		}
		for _, l := range d.Trend.Lines {
			var want []string
			for _, f := range l.Figures {
				want = append(want, plain(f))
			}
			figures(book.Sheets[len(d.Sections)+1], l.Name, want)
		}
	}
}

// A workbook tells nothing of who made it, on what machine or when, but for the day that it says itself; and has its charts.
func TestAWorkbookHasNoTraces(t *testing.T) {
	data := written(t, year("en"), "xlsx")
	files, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	charts := 0
	for _, f := range files.File {
		if !f.Modified.Equal(today.Time()) {
			t.Errorf("%s is of %v", f.Name, f.Modified)
		}
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		all, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(f.Name, "xl/charts/chart") {
			charts++
		}
		if traces := regexp.MustCompile(`(?i)xuri|excelize|/home/|/root|TargetMode="External"`).FindAll(all, -1); len(traces) > 0 {
			t.Errorf("%s says %q", f.Name, traces)
		}
		for _, when := range regexp.MustCompile(`\d{4}-\d\d-\d\dT[\d:]+Z`).FindAllString(string(all), -1) {
			if when != today.String()+"T00:00:00Z" {
				t.Errorf("%s is of %s", f.Name, when)
			}
		}
	}
	if charts != 2 {
		t.Errorf("%d charts", charts)
	}
}

// outside is anything a browser would go and fetch; the names of XML's spaces are no addresses.
var outside = regexp.MustCompile(`(?i)(https?:)?//[a-z]|\bsrc\s*=|@import|url\(|<script|<link|<iframe|<object|<embed|\bon[a-z]+\s*=|javascript:`)

func TestThePage(t *testing.T) {
	for _, lang := range text.Languages() {
		d := year(lang)
		page := string(written(t, d, "html"))
		bare := strings.NewReplacer(`xmlns="http://www.w3.org/2000/svg"`, "", `xmlns:xlink="http://www.w3.org/1999/xlink"`, "").Replace(page)
		if found := outside.FindAllString(bare, -1); len(found) > 0 {
			t.Errorf("%s: the page needs something from outside: %q", lang, found)
		}
		doc, err := html.Parse(strings.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		var tables []*html.Node
		ids, links, pictures := map[string]bool{}, []string{}, 0
		for n := range doc.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			attr := map[string]string{}
			for _, a := range n.Attr {
				attr[a.Key] = a.Val
			}
			if id := attr["id"]; id != "" {
				ids[id] = true
			}
			switch n.Data {
			case "html":
				if attr["lang"] != lang {
					t.Errorf("the page is in %q, want %q", attr["lang"], lang)
				}
			case "meta":
				if attr["http-equiv"] == "Content-Security-Policy" && !strings.HasPrefix(attr["content"], "default-src 'none'") {
					t.Errorf("%s: the page may load what it likes: %s", lang, attr["content"])
				}
			case "title":
				if s := textOf(n); s != d.Title+" – "+d.Area {
					t.Errorf("%s: the title is %q", lang, s)
				}
			case "a":
				links = append(links, strings.TrimPrefix(attr["href"], "#"))
			case "svg":
				if attr["aria-label"] == "" || attr["role"] != "img" {
					t.Errorf("%s: a picture has no name for who cannot see it", lang)
				}
				pictures++
			case "table":
				tables = append(tables, n)
			}
		}
		for _, l := range links {
			if !ids[l] {
				t.Errorf("%s: a link leads nowhere: %s", lang, l)
			}
		}
		if pictures < 5 || len(tables) != len(d.Sections)+1 {
			t.Errorf("%s: %d pictures, %d tables", lang, pictures, len(tables))
		}
		for i, s := range d.Sections {
			compare(t, d, s, cells(tables[i])[2:])
		}
	}
}

// compare holds the rows of a page's or a Markdown's table to the section: names, figures, and that the sum is one.
func compare(t *testing.T, d *Document, s Section, rows [][]string) {
	t.Helper()
	want := s.Rows
	if s.Sum != nil {
		want = append(slices.Clone(want), *s.Sum)
	}
	if len(rows) != len(want) {
		t.Errorf("%s: %d rows, want %d", s.Heading, len(rows), len(want))
		return
	}
	for i, row := range want {
		cells := []string{row.Name}
		for _, c := range row.Cells {
			cells = append(cells, d.texts.Figure(c.This), d.texts.Figure(c.Before), d.texts.Difference(c))
		}
		if !slices.Equal(rows[i], cells) {
			t.Errorf("%s has %q, want %q", s.Heading, rows[i], cells)
		}
	}
	if s.Sum == nil {
		return
	}
	for c := range s.Columns {
		sum := int64(0)
		for _, row := range s.Rows {
			sum += row.Cells[c].This.Milli
		}
		if sum != s.Sum.Cells[c].This.Milli {
			t.Errorf("%s: %s adds up to %d, the sum is %d", s.Heading, s.Columns[c].Code, sum, s.Sum.Cells[c].This.Milli)
		}
	}
}

// unescaped splits a row of Markdown at the bars that are none of a text.
func unescaped(line string) (cells []string) {
	line = strings.TrimSuffix(strings.TrimPrefix(line, "| "), " |")
	cell := ""
	for i := 0; i < len(line); i++ {
		switch {
		case line[i] == '\\' && i+1 < len(line):
			i++
			cell += line[i : i+1]
		case line[i] == '|':
			cells, cell = append(cells, strings.TrimSpace(cell)), ""
		default:
			cell += line[i : i+1]
		}
	}
	return append(cells, strings.TrimSpace(cell))
}

func TestMarkdownTables(t *testing.T) {
	for _, lang := range text.Languages() {
		d := year(lang)
		var tables [][][]string
		for line := range strings.SplitSeq(string(written(t, d, "md")), "\n") {
			switch {
			case strings.HasPrefix(line, "|:---|"):
				rows := &tables[len(tables)-1]
				if n := strings.Count(line, "---:|"); n != len((*rows)[0])-1 {
					t.Errorf("%s: %d of %d columns stand to the right: %s", lang, n, len((*rows)[0]), line)
				}
			case strings.HasPrefix(line, "| "):
				rows := &tables[len(tables)-1]
				*rows = append(*rows, unescaped(line))
				if a, b := len((*rows)[0]), len((*rows)[len(*rows)-1]); a != b {
					t.Errorf("%s: %d cells under %d headings: %s", lang, b, a, line)
				}
			case strings.HasPrefix(line, "## "):
				tables = append(tables, nil)
			}
		}
		for i, s := range d.Sections {
			compare(t, d, s, tables[i][1:])
		}
	}
}

// JSON mirrors the tables; what is unknown is null, never 0.
func TestJSONIsTheTables(t *testing.T) {
	d := year("sv")
	var got struct {
		Period, Before, Region, Filter string
		Public                         bool
		Floor                          *int
		Tables                         []struct {
			Table   model.Table
			Columns []model.Column
			Rows    []jsonRow
			Sum     *jsonRow
		}
		Trend struct {
			Periods []string
			Lines   []struct {
				Line    string
				Unit    string
				Figures []struct{ Value *json.Number }
			}
		}
		Late    []any
		Undated *int
		Journal struct {
			Seq  uint64
			Hash string
		}
	}
	if err := json.Unmarshal(written(t, d, "json"), &got); err != nil {
		t.Fatal(err)
	}
	if got.Period != "2026" || got.Before != "2025" || got.Floor != nil || got.Late == nil || got.Undated == nil || got.Journal.Seq != end.Seq || got.Journal.Hash != end.Hash {
		t.Errorf("the report is %+v", got)
	}
	null := 0
	for i, tab := range d.src.Report.Tables() {
		j := got.Tables[i]
		rows := tab.Rows
		if (j.Sum == nil) != (tab.Sum == nil) || len(j.Rows) != len(rows) || j.Table != tab.Name || !slices.Equal(j.Columns, tab.Columns) {
			t.Fatalf("%s is %+v", tab.Name, j)
		}
		if tab.Sum != nil {
			rows, j.Rows = append(slices.Clone(rows), *tab.Sum), append(j.Rows, *j.Sum)
		}
		for k, row := range rows {
			for c, code := range tab.Columns {
				cell := j.Rows[k].Cells[code]
				diff, known := row.Cells[c].Difference()
				for what, pair := range map[string][2]*int64{"value": {of64(t, cell.Value), shown(row.Cells[c].This)}, "before": {of64(t, cell.Before), shown(row.Cells[c].Before)},
					"difference": {of64(t, cell.Difference), given(diff, known)}} {
					if (pair[0] == nil) != (pair[1] == nil) || deref(pair[0]) != deref(pair[1]) {
						t.Errorf("%s of %s.%s.%s is %d, want %d", what, tab.Name, row.Code, code, deref(pair[0]), deref(pair[1]))
					}
					if pair[0] == nil {
						null++
					}
				}
			}
		}
	}
	if null == 0 {
		t.Error("nothing is unknown")
	}
	if len(got.Trend.Lines) != len(d.trend.Lines) || len(got.Trend.Periods) != len(d.trend.Periods) {
		t.Errorf("the trend is %+v", got.Trend)
	}
}

type jsonRow struct {
	Row   string
	Cells map[model.Column]struct{ Value, Before, Difference *json.Number }
}

func of64(t *testing.T, n *json.Number) *int64 {
	if n == nil {
		return nil
	}
	v := milli(t, n.String())
	return &v
}
