package model_test

import (
	"slices"
	"strings"
	"testing"

	"board.internal/samverkan/model"
)

func filterEfforts() []*model.Effort {
	return []*model.Effort{
		made(1, func(e *model.Effort) {
			e.Codename, e.Title, e.Area, e.Crime = "LÄRKA", "Bränslefusk, hamnen", "Västerort", "punktskatt"
			e.Assignments = []model.Assignment{{Agency: "POL", State: model.Accepted, Lead: true, Mode: model.OnSite}, {Agency: "KFM", State: model.Asked, Mode: model.Planning}}
			e.Followup = &model.Followup{Measures: []model.Measure{{N: 1, Type: model.Safety}}}
			e.Review, e.Partners = boardDay-1, []string{"Malmö kommun"}
		}),
		made(2, func(e *model.Effort) {
			e.Region, e.Focus, e.Kind, e.Status, e.Priority = "NORD", model.LocalAreas, model.Intelligence, model.Proposed, 1
			e.Updated = model.Stamp(int64(boardDay-90) * 86400)
			e.Assignments = []model.Assignment{{Agency: "KFM", State: model.Declined, Mode: model.Remote}, {Agency: "SKV", State: model.Asked, Mode: model.OnSite}}
			e.Review = boardDay
		}),
		made(3, func(e *model.Effort) {
			e.Region, e.Level, e.Touches = "NAT", model.National, []model.RegionCode{"SYD", "OST"}
			e.Assignments = []model.Assignment{{Agency: "ÅM", State: model.Accepted, Lead: true, Mode: model.Remote}}
			e.Updated = model.Stamp(int64(boardDay-30) * 86400)
		}),
		made(4, func(e *model.Effort) {
			e.Status, e.Review, e.Updated, e.Region = model.Closed, boardDay-9, 1, "GONE"
			e.Partners = []string{"Hamnbolaget"}
		}),
	}
}

func lexicon(cat *model.Catalogue) *model.Lexicon {
	lex := model.NewLexicon(cat)
	lex.Add(model.DomainStatus, "active", "pågående")
	lex.Add(model.DomainState, "asked", "tillfrågad")
	return lex
}

func matches(f model.Filter, efforts []*model.Effort) string {
	who := model.Asker{Agency: "KFM", Today: boardDay, Silent: 30}
	var s strings.Builder
	for i, e := range efforts {
		if f.Match(e, who) {
			s.WriteByte('1' + byte(i))
		}
	}
	return s.String()
}

// TestFilterWords has for each filter which of the four efforts above it lets through.
func TestFilterWords(t *testing.T) {
	cat := catalogue()
	for text, want := range map[string]string{
		"":                                  "1234",
		"region:syd":                        "13",
		"region:SYD,nord":                   "123",
		"region:öst":                        "3",
		"region:nat":                        "3",
		"!region:syd":                       "24",
		"focus:local":                       "2",
		"focus:lokala":                      "2",
		"kind:operative":                    "134",
		"level:national":                    "3",
		"status:active":                     "13",
		"status:pågående,proposed":          "123",
		"status:any":                        "1234",
		"!status:active":                    "24",
		"agency:kfm":                        "12",
		"agency:kfm state:asked":            "1",
		"state:asked agency:kfm":            "1",
		"agency:kfm state:tillfrågad":       "1",
		"agency:kfm mode:remote":            "2",
		"agency:kfm,skv state:asked":        "12",
		"agency:kfm state:asked mode:plan":  "1",
		"agency:kfm state:declined mode:on": "",
		"agency:kfm !agency:pol":            "2",
		"agency:kfm agency:pol":             "1",
		"!agency:kfm":                       "34",
		"state:asked":                       "12",
		"lead:pol":                          "1",
		"lead:am,pol":                       "13",
		"lead:none":                         "24",
		"lead:-,pol":                        "124",
		"!lead:none":                        "13",
		"gap:safety":                        "234",
		"gap:safety,fighting":               "1234",
		"!gap:safety":                       "1",
		"overdue":                           "1",
		"!overdue":                          "234",
		"silent:90d":                        "2",
		"silent:30":                         "23",
		"silent:91D":                        "",
		"silent":                            "23",
		"mine":                              "1",
		"waiting":                           "12",
		"unplaced":                          "4",
		"priority:1":                        "2",
		"priority:1,2":                      "1234",
		"priority:3":                        "",
		"partner:malmo":                     "1",
		"partner:hamn,kommun":               "14",
		"LÄRKA":                             "1",
		"larka":                             "1",
		"!larka":                            "234",
		"vasterort":                         "1",
		"punkt":                             "1",
		"branslefusk":                       "1",
		"2026-003":                          "3",
		"hamnen larka":                      "1",
		"lark,2026-002":                     "12",
		",":                                 "1",
		"nothing":                           "",
		"REGION:SYD  kind:op !mine":         "3",
	} {
		f, err := model.ParseFilter(text, cat, lexicon(cat))
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got := matches(f, filterEfforts()); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
		if f.Empty() != (text == "") || f.HasStatus() != strings.Contains(text, "status:") || f.String() != strings.Join(strings.Fields(text), " ") {
			t.Errorf("%s: empty %v, status %v, %q", text, f.Empty(), f.HasStatus(), f)
		}
	}
}

// TestSearchIsNarrowByMatch holds the short way against the long one.
func TestSearchIsNarrowByMatch(t *testing.T) {
	cat := catalogue()
	board := boardOf(cat, filterEfforts()...)
	who := model.Asker{Agency: "KFM", Today: boardDay, Silent: 30}
	for _, text := range []string{"", "larka", "!larka", "a", "a,e", "2026", "2026 mine", "mine 2026 !larka", "2026 larka", "region:syd 2026-003", "zz"} {
		f, err := model.ParseFilter(text, cat, lexicon(cat))
		if err != nil {
			t.Fatal(err)
		}
		got, want := board.Search(f, who), board.Narrow(func(e *model.Effort) bool { return f.Match(e, who) })
		if got, want := picture(got), picture(want); got != want {
			t.Errorf("%q:\n%s\nwant:\n%s", text, got, want)
		}
	}
}

func TestWrongFilterWordsNameTheNearest(t *testing.T) {
	cat := catalogue()
	for text, want := range map[string][3]string{ // word, value, near
		"regoin:syd":    {"regoin", "", "region"},
		"syd agncy:pol": {"agncy", "", "agency"},
		"mine:x":        {"mine", "", "mine"},
		"http://x":      {"http", "", ""},
		"region:sydd":   {"region", "sydd", "syd"},
		"!status:actve": {"status", "actve", "active"},
		"status:":       {"status", "", ""},
		"agency:kfn":    {"agency", "kfn", "kfm"},
		"lead:kfn":      {"lead", "kfn", "kfm"},
		"lead:":         {"lead", "", ""},
		"Myndighet:kfn": {"Myndighet", "kfn", "kfm"},
		"saknar:safty":  {"saknar", "safty", "safety"},
		"state:askd":    {"state", "askd", "asked"},
		"mode:remot3":   {"mode", "remot3", "remote"},
		"gap:safty":     {"gap", "safty", "safety"},
		"silent:soon":   {"silent", "soon", "90d"},
		"silent:-1":     {"silent", "-1", "90d"},
		"priority:4":    {"priority", "4", "1, 2, 3"},
		"priority:":     {"priority", "", "1, 2, 3"},
	} {
		_, err := model.ParseFilter(text, cat, lexicon(cat))
		why := model.BadFilterValue
		args := []string{"word", want[0], "near", want[2]}
		if strings.Contains("regoin agncy mine http", want[0]) {
			why = model.BadFilter
		} else {
			args = append(args, "value", want[1])
		}
		wantNo(t, err, model.Invalid, why, args...)
	}
}

func TestEveryFilterWordIsKnown(t *testing.T) {
	cat := catalogue()
	for _, lang := range []string{"en", "sv"} {
		words := model.FilterWords(lang)
		for _, w := range words {
			name, value := strings.CutSuffix(w, ":")
			if model.FilterWord(name, value) == "" || lang == "en" && model.FilterWord(name, value) != name {
				t.Errorf("%s is listed but not known", w)
			}
			if _, err := model.ParseFilter(name+":qqqq", cat, lexicon(cat)); value == model.Is(err, model.BadFilter) && name != "silent" && name != "tyst" {
				t.Errorf("%s: %v", w, err)
			}
		}
		if len(words) < 18 || slices.Contains(words, "nivå:") != (lang == "sv") {
			t.Errorf("%s: %v", lang, words)
		}
	}
	for text, mine := range map[string]bool{"mine": true, "egna syd": true, "!mine": true, "syd": false, "minerva": false} {
		if f, err := model.ParseFilter(text, cat, lexicon(cat)); err != nil || f.Mine() != mine {
			t.Errorf("%q asks for one's own: %v, %v", text, f.Mine(), err)
		}
	}
}

func FuzzParseFilter(f *testing.F) {
	for _, seed := range []string{"", "region:syd focus:local !mine", "agency:kfm state:asked", "silent:90d", "!!,x :y status:any lead:-,pol", "!", "\xff:\x00"} {
		f.Add(seed)
	}
	cat := catalogue()
	lex, efforts := lexicon(cat), filterEfforts()
	f.Fuzz(func(t *testing.T, text string) {
		first, err := model.ParseFilter(text, cat, lex)
		if err != nil {
			if model.FaultOf(err) != model.Invalid {
				t.Fatalf("%q: %v", text, err)
			}
			return
		}
		again, err := model.ParseFilter(first.String(), cat, lex)
		if err != nil || again.String() != first.String() || matches(again, efforts) != matches(first, efforts) {
			t.Fatalf("%q became %q: %v", text, first, err)
		}
	})
}

// called names some words as a language would.
func called(d model.Domain) []model.Called {
	return map[model.Domain][]model.Called{
		model.DomainRegion: {{Code: "SYD", Name: "Syd"}, {Code: "STHLM", Name: "Stockholm"}, {Code: "NAT", Name: "Nationellt"}},
		model.DomainFocus:  {{Code: "individuals", Name: "Individer"}, {Code: "local_areas", Name: "Lokala områden"}},
		model.DomainStatus: {{Code: "active", Name: "Pågående"}, {Code: "proposed", Name: "Föreslagen"}},
		model.DomainAgency: {{Code: "KFM", Name: "Kronofogden"}, {Code: "POL", Name: "Polisen"}},
	}[d]
}

func TestFilterOffers(t *testing.T) {
	lex := lexicon(catalogue())
	for typed, want := range map[string]string{
		"re":             "region:",
		"pri":            "prioritet: priority:", // the own language first
		"!för":           "!försenad",
		"!KF":            "",
		"ov":             "overdue",
		"region:":        "region:syd region:sthlm region:nat",
		"region:st":      "region:sthlm",
		"region:syd,n":   "region:syd,nat",
		"!myndighet:kro": "!myndighet:kfm",
		"status:p":       "status:pågående status:proposed",
		"status:a":       "status:pågående status:any",
		"fokus:l":        "fokus:lokala",
		"priority:":      "priority:1 priority:2 priority:3",
		"lead:":          "lead:kfm lead:pol lead:none",
		"partner:x":      "",
		"nosuch:":        "",
		"lärka":          "",
		"silent:9":       "silent:90d",
	} {
		var got []string
		for _, o := range lex.FilterOffers(typed, "sv", called) {
			got = append(got, o.Word)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
	if all := lex.FilterOffers("", "sv", called); len(all) != len(model.FilterWords("sv")) {
		t.Errorf("%d words for nothing typed", len(all))
	}
}

// FuzzFilterOffers: whatever is typed, each offer that is whole can be read, and goes on from what is typed before the
// value.
func FuzzFilterOffers(f *testing.F) {
	for _, seed := range []string{"", "re", "!region:s", "status:active,p", "lead:", "\xff:", "!!x", ":", "silent:9", "priority:1,"} {
		f.Add(seed)
	}
	cat := catalogue()
	lex := lexicon(cat)
	f.Fuzz(func(t *testing.T, typed string) {
		word, _, colon := strings.Cut(typed, ":")
		for _, o := range lex.FilterOffers(typed, "sv", called) {
			if colon && !strings.HasPrefix(o.Word, word+":") {
				t.Fatalf("%q: %q does not go on from it", typed, o.Word)
			}
			if colon && strings.Contains(typed, ",") || strings.ContainsAny(o.Word, " \t\n") || strings.HasSuffix(o.Word, ":") {
				continue // what stands before the comma is the person's own
			}
			if _, err := model.ParseFilter(o.Word, cat, lex); err != nil {
				t.Fatalf("%q: %q cannot be read: %v", typed, o.Word, err)
			}
		}
	})
}
