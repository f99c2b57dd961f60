package cli

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
	"weak"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/store/bolt"
	"board.internal/samverkan/ui/config"
)

// over is a desk whose caller has come in over SSH, as an officer of a server's configuration.
func over(t *testing.T, officer model.OfficerID) *desk {
	t.Helper()
	cfg, err := config.Parse([]byte(`[[officers]]
id = "kfm-syd"
agency = "KFM"
role = "liaison"
regions = ["SYD"]
[[officers]]
id = "nuc"
role = "national"
`))
	if err != nil {
		t.Fatal(err)
	}
	d := newDesk(t)
	cfg.Store.Path = filepath.Join(d.Home, "board.db")
	engine, err := bolt.Open(cfg.Store.Path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s := store.Open(engine, cfg.Catalogue(), store.Options{Now: d.Now})
	t.Cleanup(func() { s.Close() })
	d.User, d.Home = "", ""
	d.Environ = []string{"LANG=C.UTF-8"}
	d.Served = &Served{Config: cfg, Store: s, Officer: officer, From: "ssh 0badcafe"}
	return d
}

// TestServedIsWhoseKeyItWas: nothing that a caller could say changes who it is, and the journal says where from.
func TestServedIsWhoseKeyItWas(t *testing.T) {
	d := over(t, "kfm-syd")
	d.Environ = append(d.Environ, "SAMVERKAN_AS=nuc", "SAMVERKAN_AGENCY=POL", "SAMVERKAN_STORE=/tmp/other.db", "SAMVERKAN_CONFIG=/tmp/other.toml", "XDG_CONFIG_HOME=/tmp")
	d.must(t, "add", "--region", "syd", "--focus", "local", "--codename", "lärka")
	if code := d.run("add", "--region", "nord", "--focus", "local"); code != ExitForbidden {
		t.Errorf("a liaison of Syd proposes in Nord: exit code %d: %s", code, d.err.String())
	}
	for _, args := range [][]string{{"--as", "nuc", "undo"}, {"config"}, {"demo"}, {"serve"}, {"backup", "x"}, {"verify", "../../etc/passwd"}, {"import", "/etc/passwd"}} {
		if code := d.run(args...); code != ExitForbidden || !strings.Contains(d.err.String(), "over SSH") {
			t.Errorf("%v: exit code %d: %s", args, code, d.err.String())
		}
	}
	if out := d.must(t, "journal", "--json"); !strings.Contains(out, `"officer":"kfm-syd","agency":"KFM","terminal":"ssh 0badcafe"`) {
		t.Errorf("the journal has %s", out)
	}
	d.must(t, "verify")
	d.must(t, "config", "--roles")
	if code := d.run("--read-only", "note", "larka", "x"); code != ExitForbidden {
		t.Errorf("--read-only writes: exit code %d", code)
	}
	d.must(t, "list") // the server's store is still open
	for _, args := range [][]string{{"list"}, {"__complete", "--store", "/etc", "show", ""}, {"show", "larko"}} {
		d.run(args...)
		if said := d.out.String() + d.err.String(); strings.Contains(said, filepath.Dir(d.Served.Config.Store.Path)) {
			t.Errorf("%v says where the server's files are: %s", args, said)
		}
	}
}

// TestServedMayOnlyWhatIsListed: every command of the tree may be given over SSH or is one of these, and none of the
// ways to write a flag gives more.
func TestServedMayOnlyWhatIsListed(t *testing.T) {
	refused := []string{"demo", "backup", "serve", "completion"}
	d := over(t, "nuc")
	p := &program{Options: d.Options, out: &output{w: io.Discard}}
	p.prepare()
	p.tree()
	for _, c := range p.commands {
		if _, listed := remote[c.Name()]; listed == slices.Contains(refused, c.Name()) {
			t.Errorf("%s: may be given: %v", c.Name(), listed)
		}
	}
	for _, line := range []string{
		"demo", "backup x", "serve", "serve --check", "completion bash", "config", "config --json", "config --roles=false", "config --roles=f --json",
		"config --roles=0", "config --roles --roles=false --json", "--read-only config --roles=F", "verify x", "import list.csv", "report --out x",
	} {
		if code := d.run(strings.Fields(line)...); code != ExitForbidden || d.out.Len() > 0 || !strings.Contains(d.err.String(), "over SSH") {
			t.Errorf("%s: exit code %d: %s%s", line, code, d.out.String(), d.err.String())
		}
	}
	for _, line := range []string{"config --roles=true", "config --roles --json"} {
		if out := d.must(t, strings.Fields(line)...); strings.Contains(out, "kfm-syd") {
			t.Errorf("%s: %s", line, out)
		}
	}
}

// TestServedSaysNothingOnTheProcess: the process's standard error is the server's log, and its variables name files of
// the server's; what a caller types gets to neither.
func TestServedSaysNothingOnTheProcess(t *testing.T) {
	file := filepath.Join(t.TempDir(), "stderr")
	log, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	debug := filepath.Join(t.TempDir(), "debug")
	t.Setenv("BASH_COMP_DEBUG_FILE", debug)
	d := over(t, "kfm-syd")
	errs, outs := os.Stderr, os.Stdout
	os.Stderr, os.Stdout = log, log
	defer func() { os.Stderr, os.Stdout = errs, outs }()
	const forged = "\x1b[2Jlevel=INFO msg=forged"
	for _, args := range [][]string{
		{"__complete", "list", forged}, {"__completeNoDesc", "show", forged}, {"--read-only", "__complete", "list", forged},
		{"--lang", "sv", "__complete", forged, ""}, {"--out", "list", "__complete", "list", forged}, {"--x", "__complete", "list", forged},
		{"-x", "__complete", "list", forged}, {"__" + forged}, {"completion", forged}, {"completion", "bash"}, {"help", forged}, {"help", "__complete", forged},
		{forged}, {"list", "--" + forged}, {"--" + forged}, {"--", "__complete", "list", forged}, {"list", "--help", forged},
	} {
		if code := d.run(args...); strings.HasPrefix(args[0], "__") && code != ExitForbidden {
			t.Errorf("%q: exit code %d: %s%s", args, code, d.out.String(), d.err.String())
		}
	}
	if said, err := os.ReadFile(file); err != nil || len(said) > 0 {
		t.Errorf("the log has %q, %v", said, err)
	}
	if _, err := os.Stat(debug); err == nil {
		t.Error("a file of the server's has been written")
	}
}

// TestServedUnderAVeil: what --public-room hides is hidden on a store that others see whole.
func TestServedUnderAVeil(t *testing.T) {
	d := over(t, "nuc")
	d.must(t, "add", "--region", "syd", "--focus", "individuals", "--codename", "hemlig")
	if out := d.must(t, "--public-room", "list"); strings.Contains(out, "HEMLIG") || !strings.Contains(out, "SYD-2026-001") {
		t.Errorf("under the veil: %s", out)
	}
	if out := d.must(t, "list"); !strings.Contains(out, "HEMLIG") {
		t.Errorf("without it: %s", out)
	}
}

// TestServedOfficerHasLeft: an officer that the configuration does not have may not even read.
func TestServedOfficerHasLeft(t *testing.T) {
	d := over(t, "somebody")
	if code := d.run("list"); code != ExitForbidden || !strings.Contains(d.err.String(), "somebody is no officer") {
		t.Errorf("exit code %d: %s", code, d.err.String())
	}
}

// TestServedPanicIsTheServers: a panic is the server's to log, and the caller is told nothing of what it was about; what
// the command had taken is given back.
func TestServedPanicIsTheServers(t *testing.T) {
	d := over(t, "nuc")
	d.Served.Turns = NewTurns()
	d.Environ = append(d.Environ, "SAMVERKAN_DEBUG=1")
	d.Now = func() time.Time { panic("about the effort LÄRKA") }
	func() {
		defer func() {
			if v := recover(); v != "about the effort LÄRKA" {
				t.Errorf("panics with %v", v)
			}
		}()
		d.run("report")
	}()
	if said := d.out.String() + d.err.String(); said != "" || len(d.Served.Turns.all) > 0 || len(d.Served.Turns.own) > 0 {
		t.Errorf("it said %q, and has kept %d turns", said, len(d.Served.Turns.all))
	}
}

// TestServedWorkbookOnATerminal: what to do instead is something that may be done.
func TestServedWorkbookOnATerminal(t *testing.T) {
	d := over(t, "nuc")
	d.Width = 80
	if code := d.run("report", "--format", "xlsx"); code != ExitInvalid || strings.Contains(d.err.String(), "--out") || !strings.Contains(d.err.String(), "ssh -T") {
		t.Errorf("exit code %d: %s", code, d.err.String())
	}
}

// TestServedLeavesNothingBehind: a server carries out commands for months; what one of them made is let go. The library
// of the command tree keeps completions of flags for ever, with all that hangs on them.
func TestServedLeavesNothingBehind(t *testing.T) {
	d := over(t, "nuc")
	run := func(args ...string) weak.Pointer[strings.Reader] {
		in := strings.NewReader("")
		opts := d.Options
		opts.Args, opts.In, opts.Out, opts.Err = args, in, io.Discard, io.Discard
		Run(context.Background(), opts)
		return weak.Make(in)
	}
	for _, args := range [][]string{{"list"}, {"help"}, {"nonsense"}} {
		p := run(args...)
		for range 3 {
			runtime.GC()
		}
		if p.Value() != nil {
			t.Errorf("%v is still held when it is done", args)
		}
	}
}

// TestCommandOf: a log names a command that there is, and nothing that was typed.
func TestCommandOf(t *testing.T) {
	for line, want := range map[string]string{
		"list region:syd": "list", "--lang sv note x y": "note", "--as list": "", "bash -c id": "", "": "", "--help": "", "--store=/tmp/x backup y": "backup",
	} {
		if got := CommandOf(strings.Fields(line)); got != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
}

// TestListTakesASavedFilter by its name, of the officer who asks.
func TestListTakesASavedFilter(t *testing.T) {
	d := over(t, "kfm-syd")
	d.must(t, "add", "--region", "syd", "--focus", "local", "--codename", "lärka")
	d.must(t, "add", "--region", "syd", "--focus", "individuals", "--codename", "skata")
	cmd := model.SaveFilter{SavedFilter: model.SavedFilter{Name: "Torgen", Text: "focus:local"}}
	if _, err := d.Served.Store.Do(context.Background(), model.Actor{Officer: "kfm-syd", Role: model.Liaison}, cmd); err != nil {
		t.Fatal(err)
	}
	if out := d.must(t, "list", "@torgen"); !strings.Contains(out, "LÄRKA") || strings.Contains(out, "SKATA") {
		t.Error(out)
	}
	if out := d.must(t, "list", "@torgen", "!lärka"); strings.Contains(out, "LÄRKA") {
		t.Error(out)
	}
	if code := d.run("list", "@torget"); code != ExitNotFound || !strings.Contains(d.err.String(), "no saved filter called torget; the nearest is Torgen") {
		t.Errorf("exit code %d: %s", code, d.err.String())
	}
}
