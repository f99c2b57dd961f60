package screen_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/store/storetest"
)

// TestReportReadsOneAtATime: the screen is there before its figures are, and says that it reads. What changes while it
// reads is read once after it, however much that was, and what others change waits until a pause is over.
func TestReportReadsOneAtATime(t *testing.T) {
	c := &clock{start}
	s := openStore(t, storetest.Memory(), c)
	seed(t, s)
	b := sit(t, s, c, officer{actor: national(), lang: "en"})
	pauses := 0
	b.desk.Timer = func(_ time.Duration, msg func(time.Time) tea.Msg) tea.Cmd {
		pauses++
		return func() tea.Msg { return msg(c.Now()) }
	}
	_, opening := b.app.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("R")})
	if f := b.frame(); !strings.Contains(f, "1 Jan – 23 Nov 2026") || !strings.Contains(f, "reading…") || strings.Contains(f, "Total") {
		t.Fatalf("the report is not there while it is read:\n%s", f)
	}
	for _, key := range "<<>" {
		if _, cmd := b.app.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{key}}); cmd != nil {
			t.Fatalf("%c begins to read beside what is read", key)
		}
	}
	read := 0
	for cmds := []tea.Cmd{opening}; len(cmds) > 0; cmds = cmds[1:] {
		switch msg := run(cmds[0]).(type) {
		case nil:
		case tea.BatchMsg:
			cmds = append(cmds, msg...)
		default:
			read++
			_, cmd := b.app.Update(msg)
			cmds = append(cmds, cmd)
		}
	}
	if f := b.frame(); read != 2 || !strings.Contains(f, "2025, compared with 2024") || strings.Contains(f, "reading…") {
		t.Fatalf("read %d times for four wishes, the last of which is 2025:\n%s", read, f)
	}
	b.press(">")
	var waiting []tea.Cmd
	for i := range 3 {
		propose(t, s, "NORD", "individuals", "NY-"+string(rune('A'+i)))
		waiting = append(waiting, b.app.Refresh())
	}
	if f := b.frame(); pauses != 1 || !strings.Contains(f, "Nord: new in 2026 to 23 Nov: 1 effort,") {
		t.Fatalf("%d pauses for three changes, before which nothing is read:\n%s", pauses, f)
	}
	for _, cmd := range waiting {
		b.settle(cmd)
	}
	if f := b.frame(); !strings.Contains(f, "Nord: new in 2026 to 23 Nov: 4 efforts,") {
		t.Fatalf("what was proposed is not in it:\n%s", f)
	}
}

func run(cmd tea.Cmd) tea.Msg {
	if cmd == nil {
		return nil
	}
	return cmd()
}

// sinceThen fills the store with the efforts of some years, each year's in that year: a few more from year to year, of which
// some are rejected, a third end in the year and the rest in the next. In 2021 nobody logged hours. What is dated in 2025
// and was written down this year, and what an old list gives no dates for, is there too.
func sinceThen(t *testing.T, s *store.Store, c *clock) {
	now, regions := c.now, []model.RegionCode{"SYD", "STHLM", "VAST", "NORD", "NAT"}
	const first, last = 2019, 2026
	var open []model.EffortID
	for year := first; year <= last; year++ {
		c.now = time.Date(year, 11, 20, 12, 0, 0, 0, time.UTC)
		for _, id := range open { // of the year before
			do(t, s, national(), model.SetStatus{On: model.On{Effort: id}, To: model.Closed, Outcome: "done"})
		}
		var im model.Import
		for i := range 6 + year - first {
			im.Rows = append(im.Rows, model.Row{Number: i + 1, Effort: of(year, i, regions[i%len(regions)])})
		}
		open = nil
		for _, e := range do(t, s, national(), im).Efforts {
			if e.Open() && year < last {
				open = append(open, e.ID)
			}
		}
	}
	c.now = now
	do(t, s, national(), model.Import{Rows: []model.Row{{Number: 1, Effort: &model.Effort{Codename: "URGAMMAL", Region: "SYD",
		Focus: model.LocalAreas, Status: model.Closed, Kind: model.Operative, Level: model.Regional, Outcome: "done", Created: model.StampOf(time.Date(2019, 3, 1, 0, 0, 0, 0, time.UTC))}}}})
	known, err := s.Effort(t.Context(), "snösten")
	if err != nil {
		t.Fatal(err)
	}
	do(t, s, national(), model.AddHours{On: model.On{Effort: known.ID}, Agency: "KFM", Centi: 1250, Date: day(2025, 12, 12)})
}

func day(year int, month time.Month, d int) model.Day {
	return model.DayOf(time.Date(year, month, d, 0, 0, 0, 0, time.UTC))
}

// of is the n-th effort of a year.
func of(year, n int, region model.RegionCode) *model.Effort {
	first := strings.Fields("VINTER VÅR SOMMAR HÖST REGN SOL SNÖ VIND")
	last := strings.Fields("STEN VIK BERG DAL ÅS MARK SUND UDDE NÄS HOLM FORS SKOG ÄNG")
	begun := model.StampOf(time.Date(year, 1, 10+20*n, 9, 0, 0, 0, time.UTC))
	e := &model.Effort{Codename: first[year-2019] + last[n], Region: region, Level: model.Regional,
		Kind: model.Operative, Focus: []model.FocusCode{model.Individuals, model.CrimeAreas, model.LocalAreas}[n%3], Priority: 2,
		Status: model.Active, Created: begun, Updated: begun, Followup: &model.Followup{}}
	if region == "NAT" {
		e.Level, e.Touches = model.National, []model.RegionCode{"SYD", "VAST"}
	}
	if n%4 == 1 {
		e.Kind = model.Intelligence
	}
	lead := model.Assignment{Agency: "POL", State: model.Accepted, Mode: model.OnSite, Lead: true, Since: begun}
	e.Assignments = []model.Assignment{lead, {Agency: "KFM", State: model.Accepted, Mode: model.Planning, Since: begun + 86400}}
	switch {
	case n%5 == 4:
		e.Assignments = append(e.Assignments, model.Assignment{Agency: "SKV", State: model.Declined, Reason: "no staff", Since: begun + 86400})
	case n%3 == 1:
		e.Assignments = append(e.Assignments, model.Assignment{Agency: "TUL", State: model.Accepted, Mode: model.Remote, Since: begun + 86400})
	}
	e.Decision = &model.Decision{Decider: "RSR", Date: begun.Day() + 7, Reference: "A1/2"}
	e.Measures = []model.Measure{{Type: model.MeasureTypes()[n%4], Text: "done together", At: begun + 10*86400, By: "rsr"}}
	if year != 2021 {
		e.Hours = []model.Hours{{Agency: "POL", Centi: int32(800 + 100*n), Date: begun.Day() + 20, By: "rsr"},
			{Agency: "KFM", Centi: 350, Date: begun.Day() + 21, By: "rsr"}}
	}
	switch {
	case n%7 == 5:
		e.Status, e.Reason, e.Ended, e.Decision, e.Followup = model.Rejected, "too small", begun+12*86400, nil, nil
	case n%3 == 0:
		e.Status, e.Outcome, e.Ended = model.Closed, "done", begun+60*86400
		e.Outcomes = []model.Outcome{{Measure: "assets_attached_sek", Milli: int64(n+1) * 120_000_000, Date: e.Ended.Day(), By: "rsr"}}
		if n == 0 {
			e.Outcomes = append(e.Outcomes, model.Outcome{Measure: "weapons_seized", Milli: int64(year-2017) * 1000, Date: e.Ended.Day(), By: "rsr"})
		}
	}
	if n == 2 {
		e.Partners = []string{"kommun"}
	}
	return e
}

// TestReportIsSaved: E writes the report that is shown, in the form that the name ends with; a name is proposed, and what
// is there already stays.
func TestReportIsSaved(t *testing.T) {
	c := &clock{start}
	s := openStore(t, storetest.Memory(), c)
	seed(t, s)
	dir := t.TempDir()
	t.Chdir(dir)
	b := sit(t, s, c, officer{actor: national(), lang: "en"})
	b.desk.Local = true
	b.press("6", "R", "E", "enter")
	page, err := os.ReadFile(filepath.Join(dir, "report-2026-01-01-2026-11-23-syd.html"))
	if err != nil || !strings.Contains(string(page), "<title>Report 1 Jan – 23 Nov 2026 – Syd") {
		t.Fatalf("%v\n%.300s\n%s", err, page, b.frame())
	}
	for _, end := range []string{"md", "csv", "json", "xlsx", "txt"} {
		b.press("E", "ctrl+u", `"a.`+end+`"`, "enter")
		if f, err := os.Stat("a." + end); err != nil || f.Size() < 500 {
			t.Errorf("%s: %v\n%s", end, err, b.frame())
		}
	}
	b.press("E", "ctrl+u", `"a.md"`, "enter")
	if !strings.Contains(b.frame(), "a.md is there already") {
		t.Errorf("over a file that is there:\n%s", b.frame())
	}
	b.press("esc")
	b.desk.Local = false
	b.press("E")
	if f := b.frame(); strings.Contains(f, "enter writes") {
		t.Errorf("a file of a machine one is not at:\n%s", f)
	}
}
