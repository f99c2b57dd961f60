package cli_test

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/creack/pty"

	"board.internal/samverkan/ui/text"
)

// seed is a list with LÄRKA as the fourteenth effort of Syd, in a status.
func seed(status string) string {
	list := "codename;region;focus;status;agencies;decider;decision date;reference;created\n"
	for i := range 13 {
		list += fmt.Sprintf("VIT%c;SYD;individuals;proposed;;;;;2026-01-%02d\n", 'A'+i, i+1)
	}
	if status == "" {
		return list
	}
	return list + "LÄRKA;SYD;local_areas;" + status + ";POL*, TUL, KFM?, FK?;RSR Syd;2026-06-01;A1/2026;2026-02-01\n"
}

// TestHelpExamples: every example of every help page does what it says when it is typed into a shell.
func TestHelpExamples(t *testing.T) {
	if testing.Short() {
		t.Skip("a hundred starts of the program")
	}
	shell, err := exec.LookPath("bash") // one example is of bash alone
	if err != nil {
		t.Skip("no bash")
	}
	root := t.TempDir()
	for _, status := range []string{"", "preparing", "active"} {
		list := filepath.Join(root, status+".csv")
		if err := os.WriteFile(list, []byte(seed(status)), 0o600); err != nil {
			t.Fatal(err)
		}
		must(t, filepath.Join(root, status+".db"), "--as", "me", "import", list)
		if status != "" { // and something to take off
			must(t, filepath.Join(root, status+".db"), "--as", "me", "hours", "larka", "pol", "4")
			must(t, filepath.Join(root, status+".db"), "--as", "me", "outcome", "larka", "narcotics_kg", "12.25")
			for _, name := range []string{"skiffer", "dimma"} {
				must(t, filepath.Join(root, status+".db"), "--as", "me", "add", "--region", "syd", "--focus", "local", "--codename", name)
			}
			must(t, filepath.Join(root, status+".db"), "--as", "me", "link", "larka", "skiffer", "--kind", "continues")
			must(t, filepath.Join(root, status+".db"), "--as", "me", "meeting", "syd", "--open")
			must(t, filepath.Join(root, status+".db"), "--as", "me", "note", "larka", "something to undo")
		}
	}
	for _, lang := range text.Languages() {
		for name, command := range text.In(lang).CLI.Commands {
			for i, line := range strings.Split(strings.TrimSpace(command.Example), "\n") {
				t.Run(fmt.Sprintf("%s/%s/%d", lang, name, i), func(t *testing.T) {
					t.Parallel()
					example(t, shell, root, lang, name, line)
				})
			}
		}
	}
}

// example types a line into a shell, in a folder with a board and with every file that an example reads.
func example(t *testing.T, shell, root, lang, name, line string) {
	status := "preparing"
	switch {
	case name == "add":
		status = ""
	case strings.Contains(line, "--outcome"), name == "edit" && strings.Contains(line, "--ref"):
		status = "active"
	}
	dir := t.TempDir()
	board, err := os.ReadFile(filepath.Join(root, status+".db"))
	if err != nil {
		t.Fatal(err)
	}
	list := strings.Replace("kodnamn;region;fokus;status\nSILVERGRÅ;Syd;individer;förslag\n", "\n", "\r\n", -1)
	files := map[string][]byte{"board.db": board, "efforts.csv": []byte(list), "insatser.csv": []byte(list)}
	if name == "verify" {
		files["backup.db"], files["tavla-2026-11-20.db"] = board, board
	}
	if name == "pin" {
		files[".config/samverkan/config.toml"] = []byte("[[officers]]\nid = \"kfm-syd\"\ninitials = \"KA\"\nagency = \"KFM\"\nrole = \"liaison\"\n")
		if err := os.MkdirAll(filepath.Join(dir, ".config", "samverkan"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for file, data := range files {
		if err := os.WriteFile(filepath.Join(dir, file), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.MkdirAll(filepath.Join(dir, ".config", "fish", "completions"), 0o700); err != nil {
		t.Fatal(err)
	}
	c := exec.Command(shell, "-euo", "pipefail", "-c", line)
	c.Dir = dir
	c.Env = append(os.Environ(), "HOME="+dir, "LC_ALL=", "LANG="+lang, "XDG_CONFIG_HOME=", "SAMVERKAN_CONFIG=", "SAMVERKAN_AS=me",
		"PATH="+filepath.Dir(binary(t))+":"+os.Getenv("PATH"), "SAMVERKAN_AGENCY=", "SAMVERKAN_STORE="+filepath.Join(dir, "board.db"))
	var said strings.Builder
	c.Stderr = &said
	err = c.Run()
	if line == "samverkan demo" { // that it opens is for those who test it on a terminal
		if !strings.Contains(said.String(), "terminal") {
			t.Errorf("%s: %v: %s", line, err, said.String())
		}
		return
	}
	if strings.HasPrefix(line, "samverkan serve") { // nobody is listed here, so it says what it lacks; the rest has stories of its own
		if !strings.Contains(said.String(), "[[officers]]") {
			t.Errorf("%s: %v: %s", line, err, said.String())
		}
		return
	}
	if err != nil || strings.Contains(said.String(), "samverkan: ") {
		t.Errorf("%s: %v: %s", line, err, said.String())
	}
	if _, output, ok := strings.Cut(line, "> "); ok {
		output = strings.Replace(strings.Fields(output)[0], "~", dir, 1)
		if info, err := os.Stat(resolve(dir, output)); err != nil || info.Size() == 0 {
			t.Errorf("%s: wrote nothing: %v", line, err)
		}
	}
}

func resolve(dir, file string) string {
	if filepath.IsAbs(file) {
		return file
	}
	return filepath.Join(dir, file)
}

// TestOutputFitsTheTerminal: on a terminal of 80 cells a list keeps to its lines.
func TestOutputFitsTheTerminal(t *testing.T) {
	file := filepath.Join(t.TempDir(), "board.db")
	must(t, file, "add", "--region", "nat", "--regions", "syd,vast", "--focus", "crime", "--codename", "lärka", "--title", strings.Repeat("goods traffic ", 8))
	if piped := must(t, file, "list"); !strings.Contains(piped, "KIND") || !strings.Contains(piped, "NAT(VAST,SYD)") {
		t.Errorf("in a pipe something is missing:\n%s", piped)
	}
	terminal, err := pty.StartWithSize(program(t, file, "list"), &pty.Winsize{Rows: 24, Cols: 80})
	if err != nil {
		t.Fatal(err)
	}
	defer terminal.Close()
	out, _ := io.ReadAll(terminal) // ends with an error when the program has closed its side
	for line := range strings.Lines(string(out)) {
		if n := len([]rune(strings.TrimRight(line, "\r\n"))); n > 80 {
			t.Errorf("%d cells: %q", n, line)
		}
	}
	if !strings.Contains(string(out), "LÄRKA") || strings.Contains(string(out), "REVIEW") {
		t.Errorf("on a terminal:\n%s", out)
	}
}
