package screen_test

import (
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/store/storetest"
	"board.internal/samverkan/ui/demo"
)

var update = flag.Bool("update", false, "rewrite the frames in testdata; only commit what you understand")

// TestStories plays the scripts in testdata. A script is read from top to bottom:
//
//	as NAME ROLE AGENCY REGIONS   sits an officer down, or goes back to one; - for none; REGIONS with commas
//	lang sv|en                    the language of officers who sit down from here on
//	size 120x40                   the size of the screen from here on, of all who sit
//	agency KFM office=STHLM capacity=SYD:1,VAST:2   what is known of an agency; before the seed
//	colleague NAME ROLE AGENCY REGIONS "FULL NAME"   an officer that the configuration lists; before anybody sits down
//	guest NAME                    sits somebody down whom the configuration does not list
//	locks 10m                     after how long without a key the boards of who sits down from here on lock themselves
//	seed                          fills the store with the efforts of seed below
//	exercise                      instead of seed: 240 made-up efforts, with made-up offices and capacity
//	years                         instead of seed: the efforts of eight years, each put in in its year
//	wait 26h                      lets time pass
//	idle 11m                      lets time pass, and the board's clock tick after it
//	paste TEXT                    pastes
//	present                       officers who sit down from here on see each other
//	wall NAME                     puts up a wall, read-only, which goes on as time passes
//	veiled                        what is read from here on, by whoever sits down, is under the veil
//	ascii                         officers who sit down from here on have a terminal with ASCII only
//	keys a k s enter "text"       presses keys one after the other
//	see TEXT / not TEXT           what stands on the screen, and what does not
//	frame NAME                    the whole screen, as in the file of that name below
//
// The blanks inside a figure, at which no line breaks, are blanks like any other here.
func TestStories(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no stories", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			play(t, archive)
			if *update && !t.Failed() {
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

func play(t *testing.T, archive *txtar.Archive) {
	c := &clock{start}
	cat := catalogue()
	engine := storetest.Memory()
	s := store.Open(engine, cat, store.Options{Now: c.Now, Random: sameEachTime()})
	t.Cleanup(func() { s.Close() })
	seats, walls := map[string]*board{}, map[*board]*timers{}
	who := officer{lang: "en"}
	var at *board
	for n, line := range strings.Split(string(archive.Comment), "\n") {
		words := words(line)
		if len(words) == 0 || strings.HasPrefix(line, "#") {
			continue
		}
		fail := func(format string, args ...any) {
			t.Helper()
			t.Fatalf("line %d: %s: %s", n+1, line, fmt.Sprintf(format, args...))
		}
		switch words[0] {
		case "lang":
			who.lang = words[1]
		case "size":
			w, h, _ := strings.Cut(words[1], "x")
			who.width, _ = strconv.Atoi(w)
			who.height, _ = strconv.Atoi(h)
			for _, b := range seats {
				b.size(who.width, who.height)
			}
		case "agency":
			describe(cat.Agency(model.AgencyCode(words[1])), words[2:])
		case "colleague":
			a := actor(words[1:])
			o := model.Officer{ID: a.Officer, Initials: a.Initials, Agency: a.Agency, Role: a.Role, Regions: a.Regions}
			if len(words) > 5 {
				o.Name = strings.Trim(words[5], `"`)
			}
			cat.Officers = append(cat.Officers, o)
		case "seed":
			seed(t, s)
		case "years":
			sinceThen(t, s, c)
		case "exercise":
			s = exercise(t, engine, c, 240)
		case "locks":
			who.lockAfter, _ = time.ParseDuration(words[1])
		case "paste":
			at.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(strings.TrimPrefix(line, "paste ")), Paste: true})
		case "idle":
			d, _ := time.ParseDuration(words[1])
			c.now = c.now.Add(d)
			at.settle(at.app.Tick())
		case "guest":
			who.actor = model.Actor{Officer: model.OfficerID(words[1]), Role: model.Viewer, Terminal: "test", Guest: true}
			at = sit(t, s, c, who)
			seats[words[1]] = at
			at.look()
		case "wait":
			d, err := time.ParseDuration(words[1])
			if err != nil {
				fail("%v", err)
			}
			if at != nil && walls[at] != nil {
				at.pass(walls[at], d)
			} else {
				c.now = c.now.Add(d)
			}
		case "present":
			who.present = true
		case "key": // another key for an action
			if who.keys == nil {
				who.keys = map[string][]string{}
			}
			who.keys[words[1]] = words[2:]
		case "ascii":
			who.look.ASCII = true
		case "veiled":
			s = store.Open(engine, cat, store.Options{Now: c.Now, Veil: model.Veil{Focus: model.Individuals}})
			t.Cleanup(func() { s.Close() })
		case "wall":
			seat := who
			seat.wall = &timers{clock: c}
			seat.actor = actor([]string{words[1], "viewer", "-", "-"})
			seat.actor.ReadOnly = true
			at = sit(t, s, c, seat)
			walls[at], seats[words[1]] = seat.wall, at
		case "as":
			if at = seats[words[1]]; at == nil {
				who.actor = actor(words[1:])
				at = sit(t, s, c, who)
				seats[words[1]] = at
			}
			at.look()
		case "keys":
			at.press(words[1:]...)
		case "see", "not":
			text := strings.TrimSpace(line[3:])
			if shown := blanks(at.frame()); strings.Contains(shown, text) != (words[0] == "see") {
				fail("on this screen:\n%s", shown)
			}
		case "frame":
			frame(t, archive, words[1], blanks(at.frame()))
		default:
			fail("no such word")
		}
	}
}

func blanks(shown string) string { return strings.ReplaceAll(shown, "\u00a0", " ") }

// sameEachTime is where a story's operation ids come from, so that a frame with a hash can be compared.
func sameEachTime() io.Reader { return rand.NewChaCha8([32]byte{4}) }

// words splits a line at blanks; what stands between quotes stays together, with its quotes.
func words(line string) (all []string) {
	word, quoted := "", false
	for _, r := range line + " " {
		switch {
		case r == '"':
			quoted = !quoted
			word += string(r)
		case r == ' ' && !quoted:
			if word != "" {
				all = append(all, word)
			}
			word = ""
		default:
			word += string(r)
		}
	}
	return all
}

// describe sets an agency's offices and capacity.
func describe(a *model.Agency, words []string) {
	for _, w := range words {
		what, values, _ := strings.Cut(w, "=")
		for v := range strings.SplitSeq(values, ",") {
			region, n, _ := strings.Cut(v, ":")
			if what == "office" {
				a.Offices = append(a.Offices, model.RegionCode(region))
				continue
			}
			if a.Capacity == nil {
				a.Capacity = map[model.RegionCode]int{}
			}
			a.Capacity[model.RegionCode(region)], _ = strconv.Atoi(n)
		}
	}
}

func actor(words []string) model.Actor {
	words = append(words, "national", "-", "-")
	a := model.Actor{Officer: model.OfficerID(words[0]), Initials: strings.ToUpper(words[0][:2]), Terminal: "test"}
	for _, r := range model.Roles() {
		if r.String() == words[1] {
			a.Role = r
		}
	}
	if words[2] != "-" {
		a.Agency = model.AgencyCode(words[2])
	}
	for r := range strings.SplitSeq(words[3], ",") {
		if r != "-" {
			a.Regions = append(a.Regions, model.RegionCode(r))
		}
	}
	return a
}

// frame compares the screen with the one in the archive, or puts it there.
func frame(t *testing.T, archive *txtar.Archive, name, got string) {
	t.Helper()
	for i := range archive.Files {
		if f := &archive.Files[i]; f.Name == name {
			if *update {
				f.Data = []byte(got)
			} else if diff := cmp.Diff(strings.Split(string(f.Data), "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("frame %s (-want +got):\n%s", name, diff)
			}
			return
		}
	}
	if !*update {
		t.Errorf("there is no frame %s; -update makes it", name)
	}
	archive.Files = append(archive.Files, txtar.File{Name: name, Data: []byte(got)})
}

// exercise opens the store anew, with the offices and capacity of an exercise, and fills it with n efforts.
func exercise(t testing.TB, engine store.Engine, c *clock, n int) *store.Store {
	cat := demo.Catalogue(catalogue())
	s := store.Open(engine, cat, store.Options{Now: c.Now, Random: sameEachTime()})
	t.Cleanup(func() { s.Close() })
	for im := range demo.Imports(cat, n, 1, c.Now(), "sv") {
		do(t, s, national(), im)
	}
	return s
}

// seed is a small country: enough for each column, each state and each hint to stand somewhere.
func seed(t *testing.T, s *store.Store) {
	lark := propose(t, s, "SYD", "crime_areas", "Lärka", "title", "Fuel fraud in the port", "priority", "1", "review", "2026-12-12", "crime", "punktskatt")
	propose(t, s, "SYD", "crime_areas", "Skiffer", "title", "Welfare fraud by companies", "kind", "intelligence")
	mist := propose(t, s, "SYD", "local_areas", "Dimma", "title", "Safety around the square", "area", "torget")
	propose(t, s, "SYD", "individuals", "Granit", "title", "A network and its money")
	propose(t, s, "NAT", "individuals", "Norrsken", "title", "Across the country", "regions", "SYD, VAST")
	propose(t, s, "STHLM", "local_areas", "Sandlo", "title", "Market stalls")
	propose(t, s, "NORD", "crime_areas", "Fjällräv", "title", "Waste crime")
	police := national()
	police.Agency, police.Officer = "POL", "pol"
	do(t, s, police, model.Assign{On: model.On{Effort: lark}, Parts: []model.Part{{Agency: "POL"}, {Agency: "SKV"}, {Agency: "FK"}}, Lead: "POL"})
	do(t, s, national(), model.Answer{On: model.On{Effort: lark}, Agency: "SKV", Accept: true, Mode: model.Planning})
	do(t, s, national(), model.Answer{On: model.On{Effort: lark}, Agency: "FK", Reason: "no staff before summer"})
	for _, to := range []model.SetStatus{{To: model.Preparing}, {To: model.Decided, Decider: "RSR Syd", Date: model.DayOf(start), Reference: "A123.456/2026"}, {To: model.Active}} {
		to.Effort = lark
		do(t, s, national(), to)
	}
	do(t, s, national(), model.AddMeasure{On: model.On{Effort: lark}, Type: model.Fighting, Text: "joint inspection"})
	do(t, s, national(), model.AddMeasure{On: model.On{Effort: lark}, Type: model.Fighting, Text: "second inspection"})
	do(t, s, national(), model.AddMeasure{On: model.On{Effort: lark}, Type: model.Prevention, Text: "talks with the port"})
	do(t, s, police, model.Assign{On: model.On{Effort: mist}, Parts: []model.Part{{Agency: "KFM"}}})
}
