package cli

import (
	"strings"
	"testing"
	"time"
)

// TestTheBoardAsItWas lives through some days and looks back at each: efforts, states, notes, ages and what was late are
// those of then.
func TestTheBoardAsItWas(t *testing.T) {
	d := newDesk(t)
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	d.Now = func() time.Time { return now }
	d.Environ = append(d.Environ, "TZ=UTC")
	day := func() { now = now.AddDate(0, 0, 1) }
	d.must(t, "add", "--region", "syd", "--focus", "local", "--codename", "lärka", "--review", "2026-03-04")
	day() // 3 March
	d.must(t, "assign", "larka", "kfm")
	d.must(t, "note", "larka", "the first note")
	day() // 4 March
	d.must(t, "answer", "larka", "kfm", "decline", "--reason", "no staff")
	d.must(t, "edit", "larka", "--codename", "skata", "--priority", "1")
	day() // 5 March
	d.must(t, "add", "--region", "nord", "--focus", "crime", "--codename", "dimma")
	day() // 6 March
	d.must(t, "status", "skata", "rejected", "--reason", "no need")
	now = now.AddDate(1, 0, 0)
	d.must(t, "hours", "skata", "pol", "7,25", "--date", "2026-03-05")
	for _, c := range []struct {
		args     string
		has, not string // words, divided by |
	}{
		{"list", "DIMMA", "SKATA|LÄRKA"},
		{"list --at 2026-03-06", "DIMMA", "SKATA|LÄRKA"},
		{"list --at 2026-03-05", "DIMMA|SKATA|proposed", "LÄRKA"},
		{"list --at 2026-03-03", "LÄRKA|KFM?", "SKATA|DIMMA"},
		{"list overdue --at 2026-03-04", "", "SKATA"},
		{"list overdue --at 2026-03-05", "SKATA", "DIMMA"},
		{"list status:any --at 2026-03-06", "SKATA|rejected", "LÄRKA"},
		{"show larka --at 2026-03-02", "LÄRKA", "note|KFM|declined"},
		{"show larka --at 2026-03-03", "LÄRKA|the first note|asked", "declined|SKATA"},
		{"show larka --at 2026-03-04", "SKATA|declined|no staff", "rejected"},
		{"journal --at 2026-03-04", "#5", "#6"},
		{"journal since:1d --at 2026-03-04", "#4", "#3|#6"},
		{"inbox --at 2026-03-02", "LÄRKA", "DIMMA"},
		{"load --figure asked --at 2026-03-03", "KFM", ""},
		{"overview --at 2026-03-05", "2", "mo"},
		{"overview", "12 mo", ""},
		{"report --period 2026-03", "7.25|Added after the period|SKATA|Drawn up", "as it was"},
		{"report --period 2026-03 --at 2026-03-31", "The board as it was on 31 Mar 2026", "7.25|Added after|Drawn up"},
		{"gaps syd --at 2026-03-05", "Individuals", ""},
	} {
		out := d.must(t, strings.Fields(c.args)...)
		for _, word := range strings.Split(c.has, "|") {
			if !strings.Contains(out, word) {
				t.Errorf("%s lacks %q:\n%s", c.args, word, out)
			}
		}
		for _, word := range strings.Split(c.not, "|") {
			if word != "" && strings.Contains(out, word) {
				t.Errorf("%s has %q:\n%s", c.args, word, out)
			}
		}
	}
	if code := d.run("show", "skata", "--at", "2026-03-03"); code != ExitNotFound {
		t.Errorf("a codename that it had not yet: exit code %d", code)
	}
	if code := d.run("list", "--at", "2027-04-01"); code != ExitInvalid {
		t.Errorf("a day that has not come: exit code %d", code)
	}
}
