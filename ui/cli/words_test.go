package cli

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/text"
)

// TestFilterWordsOfTheHelp: what the help of list says can be asked for, can be; in Swedish in both languages.
func TestFilterWordsOfTheHelp(t *testing.T) {
	values := regexp.MustCompile(`[\pL]+:( |$)`)
	for lang, some := range map[string][]string{"en": {"focus:", "gap:", "overdue"}, "sv": {"fokus:", "focus:", "saknar:", "gap:", "försenad", "overdue"}} {
		d := newDesk(t)
		for _, w := range some {
			if !strings.Contains(text.In(lang).CLI.Commands["list"].Long, w) {
				t.Errorf("%s: the help of list does not name %s", lang, w)
			}
		}
		d.must(t, "add", "--region", "syd", "--focus", "local", "--codename", "lärka")
		cat := model.DefaultCatalogue()
		n := 0
		for line := range strings.SplitSeq(text.In(lang).CLI.Commands["list"].Long, "\n") {
			if !strings.HasPrefix(line, "  ") {
				continue
			}
			for _, w := range strings.Fields(line) {
				n++
				if !values.MatchString(w) { // it is looked for as a text when it is not known
					d.must(t, "edit", "larka", "--title", w)
					with := d.must(t, "list", "--json", w) == "[]\n"
					d.must(t, "edit", "larka", "--title", "else")
					if without := d.must(t, "list", "--json", w) == "[]\n"; with != without {
						t.Errorf("%s: the filter does not know %s", lang, w)
					}
					continue
				}
				if _, err := model.ParseFilter(w+"nonsense", cat, text.Lexicon(cat)); model.Is(err, model.BadFilter) {
					t.Errorf("%s: the filter does not know %s", lang, w)
				}
			}
		}
		if n < 18 {
			t.Errorf("%s: only %d filter words", lang, n)
		}
	}
}

// TestSwedishWords: the file is the board's and whoever works with it a user; a register is of persons.
func TestSwedishWords(t *testing.T) {
	avoid := regexp.MustCompile(`(?i)\bregist(er|ret)\b|handlägg|ej placerad`)
	for _, file := range []string{"cli", "config"} {
		source, err := os.ReadFile("../text/sv/" + file + ".toml")
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(source)) {
			if w := avoid.FindString(line); w != "" {
				t.Errorf("%s.toml: %s in %s", file, w, line)
			}
		}
	}
}
