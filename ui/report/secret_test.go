package report

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/text"
)

// secrets are a country in which few efforts have figures that nobody else has: 7777.25 hours, 31 337 000 crowns, a partner's
// two. They were written down after the period.
func secrets() (efforts [][2]*model.Effort) {
	made := model.StampOf(time.Date(2025, 3, 1, 12, 0, 0, 0, time.UTC))
	for i := range 12 {
		region := model.RegionCode([]string{"SYD", "VAST"}[i%2])
		e := &model.Effort{ID: model.NewEffortID(region, 2025, i+1), Codename: "VANLIG" + string(rune('A'+i)), Title: "x", Region: region, Focus: model.LocalAreas,
			Kind: model.Operative, Level: model.Regional, Status: model.Active, Created: made,
			Assignments: []model.Assignment{{Agency: "POL", State: model.Accepted, Mode: model.OnSite, Since: made}}, Partners: []string{"kommunen"},
			Followup: &model.Followup{Hours: []model.Hours{{N: 1, Agency: "POL", Centi: 1000, Date: made.Day()}, {N: 2, Agency: "SKV", Centi: 2000, Date: made.Day()}}}}
		efforts = append(efforts, [2]*model.Effort{e, e})
	}
	then := &model.Effort{ID: "NORD-2025-099", Codename: "SKRYMSLE", Title: "hemlig rubrik", Region: "NORD", Focus: model.Individuals, Kind: model.Intelligence,
		Level: model.Regional, Status: model.Active, Created: made, Area: "hemlig plats"}
	now := then.Clone()
	now.Followup = &model.Followup{
		Hours:    []model.Hours{{N: 1, Agency: "KFM", Centi: 777725, Date: made.Day()}},
		Measures: []model.Measure{{N: 3, Type: model.Safety, Text: "hemlig åtgärd", At: made}},
		Outcomes: []model.Outcome{{N: 2, Measure: "tax_raised_sek", Milli: 31_337_000_000, Date: made.Day()}}}
	return append(efforts, [2]*model.Effort{then, now})
}

// A report for the public has no figure of few efforts, none that a sum gives away, and nothing that names an effort.
func TestAReportForThePublicLeaksNothing(t *testing.T) {
	period := model.YearPeriod(2025)
	forms := []string{"7777", "7 777", "7\u00a0777", "7,777", "31337", "31 337", "31\u00a0337", "31,337", "31,3", "31.3"}
	names := []string{"SKRYMSLE", "NORD-2025", "hemlig", "VANLIG"}
	for _, lang := range text.Languages() {
		for _, format := range Formats() {
			open := strings.ToLower(readable(t, of(lang, period, false, 3, secrets()...), format))
			public := strings.ToLower(readable(t, of(lang, period, true, 3, secrets()...), format))
			told := 0
			for _, secret := range append(forms, names...) {
				if strings.Contains(open, strings.ToLower(secret)) {
					told++
				}
				if strings.Contains(public, strings.ToLower(secret)) {
					t.Errorf("%s: %s for the public says %s", lang, format, secret)
				}
			}
			if told < 3 {
				t.Errorf("%s: %s tells only %d of the secrets to those who may know: the test would see nothing", lang, format, told)
			}
		}
	}
	d := of("en", period, true, 3, secrets()...)
	masked := 0
	for _, s := range d.Sections {
		for c := range s.Columns {
			hidden := 0
			for _, row := range s.Rows {
				if row.Cells[c].This.Masked {
					hidden++
				}
			}
			masked += hidden
			if s.Sum != nil && hidden == 1 && !s.Sum.Cells[c].This.Masked {
				t.Errorf("%s, %s: one figure is masked, and the sum less the others is it", s.Heading, s.Columns[c].Code)
			}
		}
	}
	if masked < 6 {
		t.Errorf("only %d figures are masked", masked)
	}
	whole := d.texts.Figure(model.Figure{Milli: 7_777_250, Known: true})
	if open := readable(t, of("en", period, true, 0, secrets()...), "text"); !strings.Contains(open, whole) || strings.Contains(open, "SKRYMSLE") {
		t.Error("with a floor of 0 figures are masked, or an effort is named")
	}
}

// Whatever was typed, or put into a store past the program, is text in every form and nothing else.
func TestHostileTexts(t *testing.T) {
	nasty := []string{"<script>alert(1)</script>", `=HYPERLINK("http://evil")`, "+1+1", "-2", "@SUM(A1)", "a|b", "\x1b[2J\x1b]0;owned\x07red", "\u202eright to left",
		"one\r\ntwo;three", `"><img src=x onerror=alert(1)>`, "<!--", "{{.Title}}", "[link](http://evil)", "]]>", "\u009b5n"}
	made := model.StampOf(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))
	var efforts [][2]*model.Effort
	for i, s := range nasty {
		e := &model.Effort{ID: model.NewEffortID("SYD", 2026, i+1), Codename: s, Title: s, Area: s, Region: "SYD", Focus: model.FocusCode(s), Kind: model.Operative,
			Level: model.Regional, Status: model.Active, Created: made, Partners: []string{s},
			Assignments: []model.Assignment{{Agency: model.AgencyCode(s), State: model.Accepted, Mode: model.OnSite, Since: made}},
			Followup: &model.Followup{Hours: []model.Hours{{N: 1, Agency: model.AgencyCode(s), Centi: 400, Date: made.Day()}},
				Outcomes: []model.Outcome{{N: 2, Measure: model.OutcomeCode(s), Milli: 1000, Date: made.Day()}}}}
		was := e.Clone()
		was.Followup = nil
		efforts = append(efforts, [2]*model.Effort{was, e})
	}
	period := model.Period{From: model.YearPeriod(2026).From, To: made.Day() + 1}
	for _, format := range Formats() {
		d := of("en", period, false, 0, efforts...)
		said := readable(t, d, format)
		for _, r := range said {
			if r != '\n' && r != '\r' && r != '\uFEFF' && (unicode.IsControl(r) || r == '\u202e' && format != "json") { // what programs read is as it is stored
				t.Errorf("%s has %U", format, r)
				break
			}
		}
		switch format {
		case "html":
			if found := outside.FindAllString(strings.NewReplacer(`xmlns="http://www.w3.org/2000/svg"`, "", `xmlns:xlink="http://www.w3.org/1999/xlink"`, "",
				"http://evil", "", "onerror=alert", "", "src=x", "").Replace(said), -1); len(found) > 0 {
				t.Errorf("the page holds %q", found)
			}
			if strings.Contains(said, "<img") || strings.Contains(said, "<script") || !strings.Contains(said, "&lt;script&gt;") {
				t.Error("the page takes a text for its own")
			}
		case "csv":
			_, rows := table(t, []byte(said))
			for key, row := range rows {
				for i, cell := range row {
					if cell != "" && strings.ContainsRune("=+@", rune(cell[0])) || i < 7 && strings.HasPrefix(cell, "-") {
						t.Errorf("%s: a spreadsheet would compute %q", key, cell)
					}
				}
			}
		case "md":
			for _, s := range []string{"| <script", "[link](", "| <img", "|b"} {
				if strings.Contains(strings.ReplaceAll(said, `\|b`, ""), s) {
					t.Errorf("Markdown takes %q for its own", s)
				}
			}
			for line := range strings.SplitSeq(said, "\n") {
				if n := len(unescaped(line)); strings.HasPrefix(line, "| ") && n != 16 && n != 4 && n != 7 && n != len(d.Trend.Periods)+1 {
					t.Errorf("a row of %d cells: %s", n, line)
				}
			}
		}
	}
	// All of them at once, each in its place.
	d := of("en", period, false, 0, efforts...)
	for _, s := range d.Sections {
		if s.Table == model.TablePartners && len(s.Rows) != len(nasty) {
			t.Errorf("%d partners, want %d: %v", len(s.Rows), len(nasty), fmt.Sprint(s.Rows))
		}
	}
}
