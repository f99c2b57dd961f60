package exchange_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/ui/exchange"
	"board.internal/samverkan/ui/text"
)

func shift(note string, changed int) *store.Shift {
	s := &store.Shift{At: 1_795_000_000, Signed: true, Handovers: []model.Handover{
		{Region: "SYD", Number: 2, Note: note, Out: model.Signature{Officer: "anna", At: 1_794_990_000}},
		{Region: "SYD", Number: 1, Out: model.Signature{Officer: "bo", At: 1_794_900_000}, In: model.Signature{Officer: "anna", At: 1_794_900_600}}}}
	s.Shift = model.Shift{Region: "SYD", Since: 1_794_900_600}
	for range changed {
		e := &model.Effort{ID: "SYD-2026-001", Codename: "LÄRKA", Title: note, Status: model.Proposed, Region: "SYD"}
		s.Changed = append(s.Changed, model.Changing{Effort: e, At: 1_794_999_000, By: "bo",
			Event: model.Event{Effort: e.ID, Changes: []model.Change{{Field: model.FieldTitle, Old: "a", New: note}}}})
		s.Waiting = append(s.Waiting, model.Waiting{Effort: e, Why: model.WaitProposal, Since: 1_794_000_000})
		s.Next = append(s.Next, model.Coming{Waiting: model.Waiting{Effort: e, Why: model.WaitReview}, Day: 20_780})
	}
	return s
}

func write(t *testing.T, format string, s *store.Shift, lang string) string {
	t.Helper()
	var b bytes.Buffer
	if err := exchange.WriteShift(&b, format, s, text.In(lang), model.DefaultCatalogue()); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestAShiftOnPaper: who signed and the note come first, and a list says what it leaves out.
func TestAShiftOnPaper(t *testing.T) {
	s := shift("Ring hamnen.\nSedan vila.", 30)
	for lang, want := range map[string][]string{
		"en": {"Handover Syd, 2026-", "since your last signature", "#2  out: anna, ", "not taken over", "      Ring hamnen.\n      Sedan vila.\n", "in: anna",
			"Changed by others (30)", "LÄRKA (SYD-2026-001)  title: a → Ring hamnen.", "5 more", "Overdue (0)\n  none", "review"},
		"sv": {"Överlämning Syd, 2026-", "sedan din senaste signatur", "inte övertagen", "Ändrat av andra (30)", "5 till", "uppföljning"},
	} {
		got := write(t, "text", s, lang)
		for _, w := range want {
			if !strings.Contains(got, w) {
				t.Errorf("%s: %q does not stand in\n%s", lang, w, got)
			}
		}
		if n := strings.Count(got, "(SYD-2026-001)"); n != 75 {
			t.Errorf("%s: %d lines in three lists of 25", lang, n)
		}
	}
}

// TestAShiftInMarkdownIsText: what somebody typed is neither heading, list, link, picture, code nor markup.
func TestAShiftInMarkdownIsText(t *testing.T) {
	s := shift("# big\n- item\n1. first\n[a](javascript:x) ![b](c) <script>alert(1)</script> `code` **b** _i_ | c | ~~d~~ &amp; \\", 1)
	got := write(t, "md", s, "en")
	for _, want := range []string{"# Handover Syd", "## Changed by others (1)", "  > \\# big\n", "  > \\- item\n", "  > 1\\. first\n", "\\<script\\>", "\\[a\\](javascript", "\\`code\\`", "\\*\\*b\\*\\*", "\\&amp;"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q does not stand in\n%s", want, got)
		}
	}
}

// TestAHostileShift: no line holds anything that moves a cursor, and none is broken in two by what was typed.
func TestAHostileShift(t *testing.T) {
	s := shift("A\x1b[2J\x1b]0;x\x07\u202eB\u009b31mC\rD\u2028E\x00\xff", 1)
	s.Handovers[0].Out.Officer = "evil\n# officer\x1b[2J"
	for _, format := range []string{"text", "md"} {
		got := write(t, format, s, "en")
		if i := strings.IndexFunc(got, func(r rune) bool { return r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 || r == 0x202e || r == 0x2028 }); i >= 0 {
			t.Errorf("%s: %q at %d", format, got[i:min(i+10, len(got))], i)
		}
		if strings.Contains(got, "\n# officer") {
			t.Errorf("%s: an officer's name makes a line of its own:\n%s", format, got)
		}
	}
}

// TestAShiftAsJSON has all of every list, and null for a signature that is not there.
func TestAShiftAsJSON(t *testing.T) {
	var got struct {
		Region, At, Since string
		Signed            bool
		Handovers         []struct {
			Number int
			Note   string
			Out    struct{ Officer, At string }
			In     *struct{ Officer, At string }
		}
		Changed                []struct{ Effort, Officer string }
		Waiting, Overdue, Next []map[string]any
	}
	if err := json.Unmarshal([]byte(write(t, "json", shift("a\x1bb", 30), "en")), &got); err != nil {
		t.Fatal(err)
	}
	if got.Region != "SYD" || len(got.Handovers) != 2 || got.Handovers[0].In != nil || got.Handovers[1].In.Officer != "anna" ||
		got.Handovers[0].Note != "a\x1bb" || len(got.Changed) != 30 || len(got.Waiting) != 30 || got.Overdue == nil || got.Next[0]["date"] != "2026-11-23" {
		t.Errorf("%+v", got)
	}
}
