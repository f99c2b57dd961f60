package text_test

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/text"
)

// leaves returns every text of a language by its path.
func leaves(t *text.Texts) map[string]string {
	all := map[string]string{}
	var walk func(path string, v reflect.Value)
	walk = func(path string, v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			all[path] = v.String()
		case reflect.Struct:
			for i := range v.NumField() {
				walk(path+"."+v.Type().Field(i).Name, v.Field(i))
			}
		case reflect.Map:
			for _, k := range v.MapKeys() {
				walk(path+"."+k.String(), v.MapIndex(k))
			}
		case reflect.Slice:
			for i := range v.Len() {
				walk(path+"[]", v.Index(i))
			}
		}
	}
	walk("", reflect.ValueOf(*t))
	delete(all, ".Lang")
	for path := range all {
		if strings.HasPrefix(path, ".Words.Also.") {
			delete(all, path) // each language has further spellings of its own
		}
	}
	return all
}

var hole = regexp.MustCompile(`\{[a-z_]+\}`)

// TestEveryTextInEveryLanguage: what one language has, the other has, with the same holes to fill.
func TestEveryTextInEveryLanguage(t *testing.T) {
	sv, en := leaves(text.In("sv")), leaves(text.In("en"))
	for path, s := range sv {
		other, ok := en[path]
		switch {
		case !ok:
			t.Errorf("%s is there in Swedish only", path)
		case path == ".Words.Aspect.state":
		case strings.TrimSpace(s) == "" || strings.TrimSpace(other) == "":
			t.Errorf("%s is empty", path)
		}
		holes := func(s string) []string {
			h := hole.FindAllString(s, -1)
			slices.Sort(h)
			return slices.Compact(h)
		}
		if diff := cmp.Diff(holes(s), holes(other)); ok && diff != "" {
			t.Errorf("%s has other holes in English:\n%s", path, diff)
		}
	}
	for path := range en {
		if _, ok := sv[path]; !ok {
			t.Errorf("%s is there in English only", path)
		}
	}
}

// TestEveryWordOfTheModel has a name for each value of each closed set, each refusal and each action.
func TestEveryWordOfTheModel(t *testing.T) {
	for _, lang := range text.Languages() {
		x := text.In(lang)
		has := func(set map[string]string, name, word string) {
			if strings.TrimSpace(set[word]) == "" {
				t.Errorf("%s: no word for %s %s", lang, name, word)
			}
		}
		for _, v := range model.Kinds() {
			has(x.Words.Kind, "kind", v.String())
			has(x.Words.Short.Kind, "short kind", v.String())
		}
		for _, v := range model.Levels() {
			has(x.Words.Level, "level", v.String())
		}
		for _, v := range model.Statuses() {
			has(x.Words.Status, "status", v.String())
		}
		for _, v := range model.States() {
			has(x.Words.State, "state", v.String())
		}
		for _, v := range model.Modes() {
			has(x.Words.Mode, "mode", v.String())
		}
		for _, v := range model.MeasureTypes() {
			has(x.Words.Measure, "measure", v.String())
			has(x.Words.Short.Measure, "short measure", v.String())
		}
		for _, v := range model.Roles() {
			has(x.Words.Role, "role", v.String())
		}
		for _, v := range model.Rights() {
			has(x.Words.Right, "right", v.String())
		}
		for _, v := range model.Scopes() {
			has(x.Words.Scope, "scope", v.String())
		}
		for _, v := range model.Waits() {
			has(x.Words.Wait, "wait", v.String())
		}
		for _, v := range model.GapKinds() {
			has(x.Words.Gap, "gap", v.String())
			has(x.Screen.Gaps.Kind, "heading of gap", v.String())
		}
		for _, v := range model.Actions() {
			has(x.Words.Action, "action", string(v))
		}
		for _, f := range model.EditFields() {
			has(x.Words.Field, "field", string(f))
		}
		for _, w := range model.Whys() {
			if x.Why[w] == "" {
				t.Errorf("%s: no sentence for %s", lang, w)
			}
		}
		if len(x.Why) != len(model.Whys()) {
			t.Errorf("%s: %d sentences for %d refusals", lang, len(x.Why), len(model.Whys()))
		}
		for _, k := range model.TextKinds() {
			if s := x.Error(&model.TextError{Kind: k, Max: 7}); strings.TrimSpace(s) == "" || strings.Contains(s, "{") {
				t.Errorf("%s: %s says %q", lang, k, s)
			}
		}
		for _, a := range action.Table() {
			if w := x.Screen.Action[string(a.ID)]; w.Label == "" || w.Help == "" {
				t.Errorf("%s: no words for the action %s", lang, a.ID)
			}
		}
		if len(x.Screen.Action) != len(action.Table()) {
			t.Errorf("%s: words for %d actions, the table has %d", lang, len(x.Screen.Action), len(action.Table()))
		}
	}
}

// TestStatusLetters: the letters that choose a status differ among those that can follow one.
func TestStatusLetters(t *testing.T) {
	for _, lang := range text.Languages() {
		names := text.In(lang).Words.Status
		for _, s := range model.Statuses() {
			seen := map[string]bool{}
			for _, to := range s.Next() {
				first := string([]rune(model.Fold(names[to.String()]))[:1])
				if seen[first] {
					t.Errorf("%s: two statuses after %s begin with %s", lang, s, first)
				}
				seen[first] = true
			}
		}
	}
}

// TestWordsAreUnderstood: how a person of either language writes a word is known.
func TestWordsAreUnderstood(t *testing.T) {
	lex := text.Lexicon(model.DefaultCatalogue())
	for _, c := range []struct {
		domain      model.Domain
		typed, code string
	}{
		{model.DomainStatus, "pågående", "active"}, {model.DomainStatus, "PAGAENDE", "active"}, {model.DomainStatus, "followed up", "followed_up"},
		{model.DomainFocus, "lokala geografiska områden", "local_areas"}, {model.DomainFocus, "local", "local_areas"},
		{model.DomainFocus, "särskilda brottsområden", "crime_areas"}, {model.DomainRegion, "öst", "OST"}, {model.DomainRegion, "ost", "OST"},
		{model.DomainRegion, "Stockholm", "STHLM"}, {model.DomainAgency, "sapo", "SÄPO"}, {model.DomainAgency, "am", "ÅM"},
		{model.DomainMode, "distans", "remote"}, {model.DomainMode, "planering", "planning"}, {model.DomainMeasure, "trygg", "safety"},
		{model.DomainState, "tillfrågad", "asked"}, {model.DomainKind, "operativ", "operative"}, {model.DomainLevel, "nationell", "national"},
	} {
		if code, near, ok := lex.Lookup(c.domain, c.typed); !ok || code != c.code {
			t.Errorf("%q is %q (near %q), want %q", c.typed, code, near, c.code)
		}
	}
	if _, near, ok := lex.Lookup(model.DomainStatus, "pågånde"); ok || near != "pagaende" {
		t.Errorf("the nearest to pågånde is %q", near)
	}
}

func TestFill(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"{a} and {b}", "1 and {a}"}, {"nothing", "nothing"}, {"{c} stays", "{c} stays"}, {"open { end", "open { end"}, {"{a}{a}", "11"}, {"", ""},
	} {
		if got := text.Fill(c.text, "a", "1", "b", "{a}"); got != c.want {
			t.Errorf("Fill(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}

func TestAgo(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	x := text.In("en")
	for _, c := range []struct {
		ago  time.Duration
		want string
	}{
		{0, "0 min"}, {59 * time.Minute, "59 min"}, {time.Hour, "1 h"}, {24 * time.Hour, "1 d"}, {13 * 24 * time.Hour, "13 d"},
		{21 * 24 * time.Hour, "3 wk"}, {244 * 24 * time.Hour, "8 mo"}, {800 * 24 * time.Hour, "2 yr"}, {-time.Hour, "0 min"},
	} {
		if got := x.Ago(model.StampOf(now.Add(-c.ago)), now); got != c.want {
			t.Errorf("%v ago is %q, want %q", c.ago, got, c.want)
		}
	}
	if got := x.Ago(0, now); got != "–" {
		t.Errorf("an unknown time is %q", got)
	}
}

func TestDetect(t *testing.T) {
	for _, c := range []struct {
		env  map[string]string
		want string
	}{
		{map[string]string{"LANG": "sv_SE.UTF-8"}, "sv"}, {map[string]string{"LANG": "C.UTF-8"}, "en"}, {nil, "en"},
		{map[string]string{"LANG": "sv_SE", "LC_ALL": "en_GB"}, "en"}, {map[string]string{"LC_MESSAGES": "sv", "LANG": "en"}, "sv"},
	} {
		if got := text.Detect(func(k string) string { return c.env[k] }); got != c.want {
			t.Errorf("%v is %s, want %s", c.env, got, c.want)
		}
	}
}
