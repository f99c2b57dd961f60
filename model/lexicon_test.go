package model_test

import (
	"slices"
	"testing"

	"board.internal/samverkan/model"
)

func TestLookup(t *testing.T) {
	lex := model.NewLexicon(catalogue())
	lex.Add(model.DomainStatus, "active", "pågående")
	for _, c := range []struct {
		domain      model.Domain
		typed, code string
	}{
		{model.DomainRegion, "SYD", "SYD"}, {model.DomainRegion, "syd", "SYD"}, {model.DomainRegion, "Öst", "OST"}, {model.DomainRegion, "ost", "OST"},
		{model.DomainRegion, "o\u0308st", "OST"}, {model.DomainRegion, "Stockholm", "STHLM"}, {model.DomainRegion, "stock", "STHLM"},
		{model.DomainRegion, "nationellt", "NAT"}, {model.DomainRegion, "national", "NAT"}, {model.DomainRegion, "Bergslagen", "BERG"},
		{model.DomainFocus, "local_areas", "local_areas"}, {model.DomainFocus, "local", "local_areas"}, {model.DomainFocus, "lokala", "local_areas"},
		{model.DomainFocus, "särskilda brottsområden", "crime_areas"}, {model.DomainFocus, "  Lokala   Geografiska områden ", "local_areas"},
		{model.DomainAgency, "säpo", "SÄPO"}, {model.DomainAgency, "SAPO", "SÄPO"}, {model.DomainAgency, "am", "ÅM"}, {model.DomainAgency, "tull", "TUL"},
		{model.DomainAgency, "KV", "KV"}, {model.DomainAgency, "polisen", "POL"}, {model.DomainAgency, "Tax Agency", "SKV"},
		{model.DomainStatus, "followed_up", "followed_up"}, {model.DomainStatus, "followed up", "followed_up"}, {model.DomainStatus, "followed-up", "followed_up"},
		{model.DomainStatus, "PÅGÅENDE", "active"}, {model.DomainStatus, "dor", "dormant"},
		{model.DomainMode, "on site", "on_site"}, {model.DomainMode, "rem", "remote"}, {model.DomainMeasure, "safety", "safety"},
		{model.DomainOutcome, "narcotics_kg", "narcotics_kg"}, {model.DomainOutcome, "Assets attached SEK", "assets_attached_sek"},
		{model.DomainOutcome, "assets-secured-sek", "assets_secured_sek"}, {model.DomainOutcome, "utmätta", "assets_attached_sek"},
		{model.DomainOutcome, "Weapons seized", "weapons_seized"}, {model.DomainOutcome, "fang", "prison_years"},
		{model.DomainState, "acc", "accepted"}, {model.DomainKind, "op", "operative"}, {model.DomainLevel, "reg", "regional"},
	} {
		if code, near, ok := lex.Lookup(c.domain, c.typed); !ok || code != c.code {
			t.Errorf("%q: %q (near %q), want %q", c.typed, code, near, c.code)
		}
	}
	for _, c := range []struct {
		domain      model.Domain
		typed, near string
	}{
		{model.DomainRegion, "sydd", "syd"}, {model.DomainRegion, "n", ""}, {model.DomainRegion, "nord2", "nord"}, {model.DomainRegion, "", ""},
		{model.DomainRegion, "qqqqqq", ""}, {model.DomainStatus, "actvie", "active"}, {model.DomainAgency, "k", ""}, {model.DomainStatus, "p", ""}, // proposed, preparing, pågående
		{99, "x", ""},
	} {
		if code, near, ok := lex.Lookup(c.domain, c.typed); ok || near != c.near {
			t.Errorf("%q: %q, near %q, want none and near %q", c.typed, code, near, c.near)
		}
	}
}

// TestBegun: what a beginning may mean is all that begins so, each once.
func TestBegun(t *testing.T) {
	lex := model.NewLexicon(catalogue())
	for typed, want := range map[string][]string{
		"assets": {"assets_attached_sek", "assets_secured_sek"}, "Återk": {"reclaimed_sek", "permits_revoked"}, "återkr": {"reclaimed_sek"}, "x": nil,
	} {
		if got := lex.Begun(model.DomainOutcome, typed); !slices.Equal(got, want) {
			t.Errorf("%q may mean %q, want %q", typed, got, want)
		}
	}
	if _, _, ok := lex.Lookup(model.DomainOutcome, "assets"); ok {
		t.Error("one of two was chosen")
	}
	if all := lex.Begun(model.DomainOutcome, ""); len(all) != len(catalogue().Outcomes) {
		t.Errorf("there are %q", all)
	}
}

func TestNearest(t *testing.T) {
	words := []string{"region", "status", "state", "mode"}
	for typed, want := range map[string]string{"regoin": "region", "REGION": "region", "stat": "state", "statsu": "status", "xyz": "", "": "", "mdoe": "mode"} {
		if got := model.Nearest(typed, words); got != want {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
}

// TestEveryWordIsItsOwn: no stable name, code or alias of a closed set means two things.
func TestEveryWordIsItsOwn(t *testing.T) {
	cat := model.DefaultCatalogue()
	lex := model.NewLexicon(cat)
	for _, a := range cat.Agencies {
		for _, s := range append([]string{string(a.Code), a.Name.SV, a.Name.EN}, a.Aliases...) {
			if code, _, _ := lex.Lookup(model.DomainAgency, s); code != string(a.Code) {
				t.Errorf("%s: %s", s, code)
			}
		}
	}
	keys := map[rune]model.AgencyCode{}
	for _, a := range cat.Agencies {
		if other := keys[a.Key]; other != "" {
			t.Errorf("key %c: %s and %s", a.Key, other, a.Code)
		}
		keys[a.Key] = a.Code
	}
}
