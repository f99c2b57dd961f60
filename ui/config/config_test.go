package config

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/text"
)

const example = "../../config.example.toml"

func parse(t *testing.T, file string) *Config {
	t.Helper()
	c, err := Parse([]byte(file))
	if err != nil {
		t.Fatalf("parse: %v", err)
	}
	return c
}

// faults returns the sentences of a file that must be refused.
func faults(t *testing.T, file, lang string) []string {
	t.Helper()
	_, err := Parse([]byte(file))
	p, ok := err.(*Problems)
	if !ok {
		t.Fatalf("parse: got %v, want problems", err)
	}
	return p.Sentences(text.In(lang))
}

func TestExampleIsTheDefaults(t *testing.T) {
	data, err := os.ReadFile(example)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Default(), parse(t, string(data))); diff != "" {
		t.Errorf("the example is not the defaults (-default +example):\n%s", diff)
	}
}

func TestExampleShowsEveryKey(t *testing.T) {
	data, err := os.ReadFile(example)
	if err != nil {
		t.Fatal(err)
	}
	c := parse(t, regexp.MustCompile(`(?m)^#: `).ReplaceAllString(string(data), ""))
	if len(c.Officers) != 1 || c.Officers[0].Role != model.Liaison || len(c.Partners) != 1 {
		t.Errorf("officers %v, partners %v: the examples did not decode", c.Officers, c.Partners)
	}
	if a := c.Agencies[0]; a.Capacity["SYD"] != 12 || len(a.Offices) != 2 || a.From == 0 || a.To == 0 || len(a.Aliases) != 1 {
		t.Errorf("agency %+v: the examples did not decode", a)
	}
	full, err := c.TOML()
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(full)) {
		key, _, ok := strings.Cut(line, " = ")
		if ok && !regexp.MustCompile(`\b`+regexp.QuoteMeta(key)+` = `).Match(data) {
			t.Errorf("the example does not show the key %s", key)
		}
	}
}

func TestTOMLReadsBack(t *testing.T) {
	for name, file := range map[string]string{
		"defaults": "",
		"full": `language = "sv"
theme = "mono"
ascii = true
timezone = "Europe/Stockholm"
store = { path = "/var/lib/b  oard.db", wait_seconds = 5 }
deadlines.silent_days = 30
[[agencies]]
code = "kfm"
key = "z"
offices = []
capacity = { syd = 3, NAT = 1 }
[[agencies]]
code = "IVO"
sv = "Inspektionen för vård och omsorg"
from = 2024-01-01
to = "2027-12-31"
[[partners]]
region = "Väst"
name = "kommun"
[[officers]]
id = "kfm-syd"
agency = "kronofogden"
role = "liaison"
regions = ["syd"]`,
	} {
		t.Run(name, func(t *testing.T) {
			c := parse(t, file)
			data, err := c.TOML()
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c, parse(t, string(data))); diff != "" {
				t.Errorf("read back (-written +read):\n%s\n%s", diff, data)
			}
		})
	}
}

func TestOverridesMergeByCode(t *testing.T) {
	cat := parse(t, `timezone = "Europe/Stockholm"
[[agencies]]
code = "am"
key = "z"
[[agencies]]
code = "FK"
offices = []
capacity = { syd = 3 }
[[agencies]]
code = "IVO"
sv = "Inspektionen"
key = "i"
[[regions]]
code = "BERG"
to = "2030-01-01"
[[partners]]
region = "Väst"
name = "kommun"`).Catalogue()
	if a := cat.Agency("ÅM"); a.Key != 'z' || a.Name.SV != "Åklagarmyndigheten" {
		t.Errorf("ÅM is %+v: one key was to change", a)
	}
	if a := cat.Agency("FK"); a.Capacity["SYD"] != 3 || a.Suggest("SYD") != model.Planning {
		t.Errorf("FK is %+v: known to have no office and room for 3", a)
	}
	if a := cat.Agency("POL"); a.Offices != nil || a.Suggest("SYD") != model.OnSite {
		t.Errorf("POL is %+v: nothing is known of its offices", a)
	}
	if a := cat.Agency("IVO"); a == nil || a.Key != 'i' || len(cat.Agencies) != 13 {
		t.Errorf("IVO is %+v among %d", a, len(cat.Agencies))
	}
	if cat.Region("BERG").To.String() != "2030-01-01" || cat.Zone.String() != "Europe/Stockholm" {
		t.Errorf("BERG %+v, zone %v", cat.Region("BERG"), cat.Zone)
	}
	if len(cat.Partners) != 1 || cat.Partners[0].Region != "VAST" {
		t.Errorf("partners %v: the region's name was to become its code", cat.Partners)
	}
}

func TestDefaultCatalogueIsTheModels(t *testing.T) {
	if diff := cmp.Diff(model.DefaultCatalogue(), Default().Catalogue(), cmp.Transformer("zone", zoneName)); diff != "" {
		t.Errorf("(-model +config):\n%s", diff)
	}
}

// TestKeysOfActions: one key as a text, several as a list, and what is wrong with both names.
func TestKeysOfActions(t *testing.T) {
	c, err := Parse([]byte("[keys]\nassign = \"d\"\nstatus = [\"s\", \"F9\"]\nwho = []\nlock = \"\""))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Keys{"assign": {"d"}, "status": {"s", "F9"}, "who": {}, "lock": {}}, c.Keys); diff != "" {
		t.Error(diff)
	}
	for file, want := range map[string]string{
		`assign = "s"`:          "keys.assign: s is the key of keys.status too; give one of them another key",
		`asign = "d"`:           "keys.asign: there is no such action; the README lists them; the nearest is assign",
		`note = ["enter"]`:      "keys.note: enter will not do as a key; give a sign",
		`note = 3`:              "keys.note: must be a list of texts",
		`region = "b"`:          "keys.region: its keys are the digits that stand on the board; leave it out",
		`help = []`:             "keys.help: needs a key",
		`"19811218-9876" = "b"`: "keys.********-****: there is no such action",
	} {
		if got := faults(t, "[keys]\n"+file, "en"); len(got) == 0 || !slices.ContainsFunc(got, func(g string) bool { return strings.HasPrefix(g, want) }) {
			t.Errorf("%s: %q, want %q", file, got, want)
		}
	}
}

func TestAllProblemsAtOnce(t *testing.T) {
	const file = `langauge = "sv"
theme = "drak"
ascii = "yes"
timezone = "Europe/Stokholm"
[store]
path = "board\u001b.db"
wait_seconds = 0
[deadlines]
silent_days = "90"
[[agencies]]
code = "POL"
key = "k"
colour = "blue"
[[agencies]]
code = "POLIS"
sv = "Polismyndigheten"
[[agencies]]
code = "IVO"
sv = "19811218-9876"
key = "å"
from = 2025-01-02
to = 2025-01-01
offices = ["SID", 3]
capacity = { SYD = -1 }
[[agencies]]
code = "IVO"
[[agencies]]
sv = "Namnlös"
[[outcomes]]
code = "Fine"
en = "Fines"
unit = "dollars"
[[partners]]
region = "SYD"
name = ""
[[officers]]
id = "a"
initials = "KA"
role = "liason"
[[officers]]
id = "A"
initials = "ka"
role = "liaison"
keys = ["ssh-ed25519 AAAA", 'command="sh" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGP8AMZMRWyBWSEDQcJ0pLGSOSQmiA0OHZ5fNRj33B9G']
[[officers]]
id = "b"
agency = "XFM"
role = "coordinator"
[[officers]]
role = "viewer"`
	want := []string{
		"agencies[POL].colour: the key is unknown; remove or correct it",
		"agencies[IVO].offices[2]: must be a text in quotes",
		"agencies[IVO].sv: the text has what looks like a personal identity number (********-****)",
		"agencies[IVO]: IVO is there twice; remove one",
		"agencies[5].code: is missing; give it",
		"ascii: must be true or false",
		"deadlines.silent_days: must be a whole number",
		"langauge: the key is unknown; remove or correct it; the nearest is language",
		`officers[a].role: liason is unknown; choose one of viewer, liaison, coordinator, national; the nearest is liaison`,
		"theme: drak is unknown; choose one of auto, dark, light, mono; the nearest is dark",
		"timezone: there is no time zone Europe/Stokholm",
		"store.path: the text has a control character",
		"store.wait_seconds: 0 will not do; give a number from 1 to 60",
		"agencies[KFM].key: k already means POL",
		"agencies[POLIS].code: POLIS will not do as a code; at most 4 characters",
		"agencies[IVO].to: ends before it begins",
		"agencies[IVO].key: å will not do as a key",
		"agencies[IVO].offices[1]: there is no SID; the nearest is SYD",
		"agencies[IVO].capacity.SYD: -1 will not do; give a number from 0 to 10000",
		"outcomes[Fine].code: Fine will not do as a code",
		"outcomes[Fine].unit: dollars is unknown; choose one of sek, years, kg, count",
		"partners[1].name: is missing",
		"officers[A].id: A is there twice",
		"officers[A].initials: ka is there twice",
		"officers[A].agency: is missing; a liaison answers for an agency",
		"officers[A].keys[1]: is no SSH public key",
		"officers[A].keys[2]: is no SSH public key",
		"officers[b].agency: there is no XFM; the nearest is KFM",
		"officers[b].regions: is missing; a coordinator works in given regions",
		"officers[4].id: is missing",
	}
	got := faults(t, file, "en")
	for _, w := range want {
		n := 0
		for _, g := range got {
			if strings.HasPrefix(g, w) {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%d times: %s", n, w)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d problems, want %d:\n%s", len(got), len(want), strings.Join(got, "\n"))
	}
	for _, g := range append(got, faults(t, file, "sv")...) {
		if strings.ContainsAny(g, "{}\x1b") || strings.Contains(g, "1981") {
			t.Errorf("unfilled or unmasked: %q", g)
		}
	}
}

func TestSyntaxNamesTheLine(t *testing.T) {
	got := faults(t, "ascii = true\ntheme = \"dark\nascii = false\n", "sv")
	if len(got) != 1 || !strings.HasPrefix(got[0], "rad 2: ") || !strings.Contains(got[0], "är inte TOML") {
		t.Errorf("got %q", got)
	}
	got = faults(t, "ascii = true\nascii = false\n", "en")
	if len(got) != 1 || !strings.HasPrefix(got[0], "line 2: ") {
		t.Errorf("a key given twice: got %q", got)
	}
}

func TestRegionsOnOneDay(t *testing.T) {
	var more strings.Builder
	for _, code := range []string{"AA", "BB", "CC"} {
		more.WriteString("[[regions]]\ncode = \"" + code + "\"\nsv = \"" + code + "\"\nfrom = 2031-01-01\n")
	}
	if got := faults(t, more.String(), "en"); len(got) != 1 || !strings.Contains(got[0], "more than 9") {
		t.Errorf("ten regions: got %q", got)
	}
	parse(t, more.String()+"[[regions]]\ncode = \"BERG\"\nto = 2030-12-31\n")
	if got := faults(t, "[[regions]]\ncode = \"NAT\"\nsv = \"Riket\"", "en"); len(got) != 1 || !strings.HasPrefix(got[0], "regions[NAT].code: NAT already means") {
		t.Errorf("NAT as a region: got %q", got)
	}
}

func TestLoadFindsTheFile(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string) string {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	flag := write("flag.toml", `theme = "light"`)
	env := write("env.toml", `theme = "mono"`)
	write("xdg/samverkan/config.toml", `theme = "dark"`)
	write("home/.config/samverkan/config.toml", `ascii = true`)
	get := func(vars map[string]string) func(string) string { return func(k string) string { return vars[k] } }
	for name, test := range map[string]struct {
		o     Options
		theme string
		ascii bool
	}{
		"flag":        {Options{File: flag, Env: get(map[string]string{"SAMVERKAN_CONFIG": env})}, "light", false},
		"environment": {Options{Env: get(map[string]string{"SAMVERKAN_CONFIG": env, "XDG_CONFIG_HOME": dir + "/xdg"})}, "mono", false},
		"xdg":         {Options{Env: get(map[string]string{"XDG_CONFIG_HOME": dir + "/xdg"}), Home: dir + "/home"}, "dark", false},
		"home":        {Options{Env: get(map[string]string{"XDG_CONFIG_HOME": "relative"}), Home: dir + "/home"}, "auto", true},
	} {
		c, err := Load(test.o)
		if err != nil || c.Theme != test.theme || c.ASCII != test.ascii || c.File == "" {
			t.Errorf("%s: %+v, %v", name, c, err)
		}
	}
	for _, file := range []string{dir + "/none.toml", dir} {
		if _, err := Load(Options{File: file}); err == nil || !strings.HasPrefix(err.Error(), file+": cannot be read") {
			t.Errorf("%s: %v", file, err)
		}
	}
	bad := write("bad.toml", `theme = "x"`)
	if _, err := Load(Options{File: bad}); err == nil || !strings.HasPrefix(err.Error(), bad+": theme: ") {
		t.Errorf("%v", err)
	}
}

// TestFolderIsNoPerson: what looks like a personal number in a path is a folder's name.
func TestFolderIsNoPerson(t *testing.T) {
	if c := parse(t, `store.path = "/tmp/run19850612-1238/board.db"`); c.Store.Path != "/tmp/run19850612-1238/board.db" {
		t.Errorf("%q", c.Store.Path)
	}
}

func TestPrecedence(t *testing.T) {
	env := func(k string) string {
		return map[string]string{"SAMVERKAN_STORE": "/env.db", "LANG": "sv_SE.UTF-8", "XDG_DATA_HOME": "/data"}[k]
	}
	none := func(string) string { return "" }
	configured := parse(t, "language = \"en\"\nstore.path = \"/conf.db\"")
	for name, test := range map[string]struct {
		c           *Config
		o           Options
		store, lang string
	}{
		"flag":        {configured, Options{Store: "/flag.db", Lang: "sv", Env: env}, "/flag.db", "sv"},
		"environment": {configured, Options{Env: env}, "/env.db", "en"},
		"home":        {parse(t, `store.path = "~/conf.db"`), Options{Env: none, Home: "/home/x"}, "/home/x/conf.db", "en"},
		"home flag":   {configured, Options{Store: "~/flag.db", Env: env, Home: "/home/x"}, "/home/x/flag.db", "en"},
		"no home":     {configured, Options{Store: "~/flag.db", Env: env}, "~/flag.db", "en"},
		"other home":  {configured, Options{Store: "~anna/flag.db", Env: env, Home: "/home/x"}, "~anna/flag.db", "en"},
		"config":      {configured, Options{Env: none, Home: "/home/x"}, "/conf.db", "en"},
		"default":     {Default(), Options{Env: none, Home: "/home/x"}, "/home/x/.local/share/samverkan/board.db", "en"},
		"locale":      {Default(), Options{Env: env}, "/env.db", "sv"},
		"homeless":    {Default(), Options{}, "", "en"},
	} {
		e, err := test.c.Effective(test.o)
		if err != nil || e.Store.Path != test.store || e.Language != test.lang {
			t.Errorf("%s: %+v, %v", name, e, err)
		}
	}
	if _, err := Default().Lang(Options{Lang: "no"}); err == nil || !strings.Contains(err.Error(), "choose one of sv, en") {
		t.Errorf("--lang no: %v", err)
	}
}
