package screen_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store/storetest"
	"board.internal/samverkan/ui/theme"
)

// where finds the numbers of entries on a screen.
var where = regexp.MustCompile(`(?m)  #(\d+)$`)

// TestPagingShowsEveryEntry: page by page down a journal of five thousand, every entry is shown.
func TestPagingShowsEveryEntry(t *testing.T) {
	c := &clock{start}
	s := openStore(t, storetest.Memory(), c)
	do(t, s, national(), model.Import{Rows: storetest.Efforts(1, 5000, true)})
	b := sit(t, s, c, officer{actor: national(), lang: "en", width: 100, height: 40})
	b.press("J")
	last := int(s.Board().Seq())
	seen := map[int]bool{}
	for n := 0; ; n++ {
		frame := b.frame()
		var shown []int
		for _, m := range where.FindAllStringSubmatch(frame, -1) {
			seq, _ := strconv.Atoi(m[1])
			shown = append(shown, seq)
			seen[seq] = true
		}
		if !slices.IsSortedFunc(shown, func(a, b int) int { return b - a }) || len(shown) == 0 {
			t.Fatalf("shown %v:\n%s", shown, frame)
		}
		if strings.Contains(frame, fmt.Sprintf("#1 of %d", last)) {
			break
		}
		if n > last {
			t.Fatalf("never at the end:\n%s", frame)
		}
		b.press("pgdown")
	}
	if len(seen) != last {
		t.Errorf("%d of %d entries were shown", len(seen), last)
	}
	b.press("g")
	if want := fmt.Sprintf("#%d of %d", last, last); !strings.Contains(b.frame(), want) {
		t.Errorf("not at the top again:\n%s", b.frame())
	}
}

// TestExportFromTheBoard writes what is shown to a new file, never over another, and only where the person's files are.
func TestExportFromTheBoard(t *testing.T) {
	c := &clock{start}
	s := openStore(t, storetest.Memory(), c)
	seed(t, s)
	b := sit(t, s, c, officer{actor: national(), lang: "en"})
	dir := t.TempDir()
	path := filepath.Join(dir, "journal.csv")
	b.press("J", "/", `"larka"`, "enter", "E", `"`+path+`"`, "enter")
	if !strings.Contains(b.frame(), "entries written to") {
		t.Fatal(b.frame())
	}
	data, err := os.ReadFile(path)
	info, err2 := os.Stat(path)
	if err != nil || err2 != nil || info.Mode() != 0o600 {
		t.Fatal(err, err2, info)
	}
	if text := string(data); !strings.HasPrefix(text, "\uFEFFseq;at;") || !strings.Contains(text, ";status;decided;active;") || strings.Contains(text, "DIMMA") {
		t.Errorf("%s", text)
	}
	b.press("E", `"`+path+`"`, "enter")
	if again, _ := os.ReadFile(path); !strings.Contains(b.frame(), "is there already") || string(again) != string(data) {
		t.Errorf("overwritten:\n%s", b.frame())
	}
	b.press("backspace", "enter")
	if !strings.Contains(b.frame(), "end the name in .txt, .json, .md, .csv") {
		t.Error(b.frame())
	}
	b.press("esc", "E", `"`+filepath.Join(dir, "no", "folder.md")+`"`, "enter")
	if !strings.Contains(b.frame(), "cannot be written") {
		t.Error(b.frame())
	}
	b.press("esc")
	b.desk.Local = false
	b.press("E")
	if !strings.Contains(b.frame(), "only where the board runs on your own machine") {
		t.Error(b.frame())
	}
	if left, _ := os.ReadDir(dir); len(left) != 1 {
		t.Errorf("left %v", left)
	}
}

// TestHostileJournal: what another program has stored moves no cursor, neither in the journal nor on the ticker.
func TestHostileJournal(t *testing.T) {
	c := &clock{start}
	s := openStore(t, storetest.Memory(), c)
	hostile := national()
	hostile.Officer, hostile.Terminal = "\x1b[2J\u202eeve", "\u009b5n"
	hostile.Agency = "\x1b[31mX"
	id := do(t, s, hostile, model.Propose{Fields: map[model.Field]string{model.FieldRegion: "SYD", model.FieldFocus: "individuals", model.FieldCodename: "OGRÄS"}}).Events[0].Effort
	do(t, s, hostile, model.AddNote{On: model.On{Effort: id}, Text: "en rad\nen till " + strings.Repeat("lång ", 500), Important: true})
	for _, look := range []theme.Options{{}, {ASCII: true}} {
		for _, size := range [][2]int{{80, 24}, {120, 40}, {40, 12}, {41, 13}} {
			b := sit(t, s, c, officer{actor: national(), lang: "sv", width: size[0], height: size[1], look: look})
			check(t, b.app.View(), size[0], size[1])
			if !strings.Contains(b.frame(), "!! OGR") {
				t.Errorf("no ticker on %v:\n%s", size, b.frame())
			}
			for _, keys := range [][]string{{"J"}, {"down"}, {"/", `"\x1b[2J"`}, {"enter"}, {"esc", "E"}, {"esc", "enter"}} {
				b.press(keys...)
				check(t, b.app.View(), size[0], size[1])
			}
		}
	}
	if _, err := s.Verify(context.Background()); err != nil {
		t.Error(err)
	}
}
