package ssh

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// TestAnUploadThatIsCutIsNone: a list that was cut off reads like a shorter one; nothing of it is stored.
func TestAnUploadThatIsCutIsNone(t *testing.T) {
	read := make(chan error, 1)
	h := serve(t, "", func(h *host) {
		h.command = func(_ context.Context, _ Caller, l Line) int {
			_, err := io.ReadAll(l.In)
			read <- err
			return 0
		}
	})
	upload := func(end func(*gossh.Client, io.Closer)) error {
		c := h.dial("nuc")
		s := h.session(c)
		in, err := s.StdinPipe()
		if err == nil {
			err = s.Start("import -")
		}
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(in, "kodnamn;region;fokus;status\nLÄRKA;SYD;individer;förslag\n")
		end(c, in)
		return within(t, "the end of the upload", read)
	}
	if err := upload(func(_ *gossh.Client, in io.Closer) { in.Close() }); err != nil {
		t.Errorf("a whole upload: %v", err)
	}
	if err := upload(func(c *gossh.Client, _ io.Closer) { c.Close() }); !errors.Is(err, context.Canceled) {
		t.Errorf("a connection that is cut: %v", err)
	}
}

// TestImportAndExport through the program's own commands.
func TestImportAndExport(t *testing.T) {
	h := serve(t, "")
	list := "kodnamn;region;fokus;status\n" + "LÄRKA;SYD;individer;förslag\n"
	if out, errs, code := h.run("nuc", "import - --check", list); code != 0 || !strings.Contains(out, "1 effort in order") {
		t.Errorf("check: exit code %d: %q %q", code, out, errs)
	}
	if _, errs, code := h.run("eye", "import -", list); code != 5 {
		t.Errorf("a viewer imports: exit code %d: %q", code, errs)
	}
	if _, errs, code := h.run("nuc", "import -", list); code != 0 {
		t.Errorf("import: exit code %d: %q", code, errs)
	}
	out, _, code := h.run("eye", "export --format json", "")
	if code != 0 || !strings.Contains(out, `"codename":"LÄRKA"`) {
		t.Errorf("export: exit code %d: %q", code, out)
	}
}

// TestKeysOfACommand: a command on a terminal gets what is typed as lines; ctrl+d ends it, ctrl+c the command.
func TestKeysOfACommand(t *testing.T) {
	h := serve(t, "", func(h *host) {
		h.command = func(ctx context.Context, _ Caller, l Line) int {
			if l.Width != 132 {
				t.Errorf("the line has %d cells", l.Width)
			}
			b, err := io.ReadAll(l.In)
			io.WriteString(l.Out, string(b)+"|\n")
			if err != nil || ctx.Err() != nil {
				return 7
			}
			return 0
		}
	})
	for keys, want := range map[string]string{"one\rtwo\r\x04": "one\r\ntwo\r\n|\r\n", "one\x03": "|\r\n"} {
		s := h.session(h.dial("nuc"), 132, 50)
		in, err := s.StdinPipe()
		var o bytes.Buffer
		s.Stdout = &o
		if err == nil {
			err = s.Start("import -")
		}
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(in, keys)
		err = s.Wait()
		interrupted := strings.Contains(keys, "\x03")
		if (err != nil) != interrupted || !strings.HasSuffix(o.String(), want) {
			t.Errorf("%q: %v, %q", keys, err, o.String())
		}
	}
}

// TestInputHasARate: a flood of keys is read no faster than it may be, and the client waits with the rest.
func TestInputHasARate(t *testing.T) {
	read := make(chan int, 1)
	h := serve(t, "input_bytes_per_second = 100", func(h *host) {
		h.board = func(ctx context.Context, _ Caller, p Pty) error {
			n, b := 0, make([]byte, 1<<20)
			for {
				m, err := p.In.Read(b)
				if n += m; err != nil {
					read <- n
					return nil
				}
			}
		}
	})
	c := h.dial("nuc")
	s := h.session(c, 80, 24)
	in, err := s.StdinPipe()
	if err == nil {
		err = s.Shell()
	}
	if err != nil {
		t.Fatal(err)
	}
	sent := make(chan struct{})
	go func() {
		defer close(sent)
		for i := range 100_000 { // many small ones first, then large ones
			if _, err := in.Write(bytes.Repeat([]byte("j"), 1+i)); err != nil {
				return
			}
		}
	}()
	time.Sleep(100 * time.Millisecond)
	c.Close() // which ends what waits for the rate too
	within(t, "the sender", sent)
	if n := within(t, "the board", read); n > 4*chunk {
		t.Errorf("%d bytes were read at 100 a second", n)
	}
	eventually(t, "nobody left", func() bool { n, _ := h.live(); return n == 0 })
}

// TestSplit: words as a shell makes them, and nothing else that a shell does.
func TestSplit(t *testing.T) {
	for line, want := range map[string][]string{
		"":                     nil,
		" \t\n ":               nil,
		"list region:syd":      {"list", "region:syd"},
		"note x 'a  b'":        {"note", "x", "a  b"},
		`note x "a \"b\" \n"`:  {"note", "x", `a "b" \n`},
		`note x a\ b\\`:        {"note", "x", `a b\`},
		`note x ''`:            {"note", "x", ""},
		`note x "" y`:          {"note", "x", "", "y"},
		`a'b'"c"d`:             {"abcd"},
		"; ls":                 {";", "ls"},
		"$(id) `id` ${HOME} ~": {"$(id)", "`id`", "${HOME}", "~"},
		"list > /tmp/x && ls":  {"list", ">", "/tmp/x", "&&", "ls"},
		"* ? [a] # x":          {"*", "?", "[a]", "#", "x"},
		`'a\'`:                 {`a\`},
		`"\$HOME \a"`:          {`$HOME \a`},
		"åäö 'Ö'":              {"åäö", "Ö"},
	} {
		got, err := split(line)
		if err != nil || strings.Join(got, "\x00") != strings.Join(want, "\x00") || len(got) != len(want) {
			t.Errorf("%q: %q, %v, want %q", line, got, err, want)
		}
	}
	for _, line := range []string{"'", `"`, `\`, `a "b`, `a 'b "`, `"\"`} {
		if got, err := split(line); !errors.Is(err, errQuotes) {
			t.Errorf("%q: %q, %v", line, got, err)
		}
	}
}

// FuzzRequests: whatever bytes a request is made of, there is a size within the limits, a name and variables without
// anything but letters, and no panic.
func FuzzRequests(f *testing.F) {
	f.Add("pty-req", []byte("\x00\x00\x00\x05xterm\x00\x00\x00\x50\x00\x00\x00\x18\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"))
	f.Add("window-change", bytes.Repeat([]byte{0xff}, 16))
	f.Add("env", []byte("\x00\x00\x00\x04LANG\x00\x00\x00\x02sv"))
	f.Add("signal", []byte("\x00\x00\x00\x03INT"))
	f.Add("subsystem", []byte("\xff\xff\xff\xffsftp"))
	s := &Server{log: NewLog(io.Discard, "text")}
	f.Fuzz(func(t *testing.T, kind string, payload []byte) {
		x := &session{server: s, guardian: &guardian{server: s}, screen: screen{columns: 400, rows: 150}, patience: time.NewTimer(time.Hour)}
		x.ctx, x.cancel = context.WithCancelCause(context.Background())
		for _, k := range []string{kind, "pty-req", "window-change", "env", kind} {
			x.lets(&gossh.Request{Type: k, Payload: payload})
		}
		if w, h := x.screen.size(); x.screen.there && (w < 1 || h < 1 || w > 400 || h > 150) {
			t.Errorf("a size of %dx%d", w, h)
		}
		for _, v := range append(x.environ, x.screen.term) {
			if strings.ContainsFunc(v, func(r rune) bool { return r < 0x21 || r > 0x7e }) || len(v) > 2*maxPlain+1 {
				t.Errorf("taken: %q", v)
			}
		}
	})
}

// FuzzSplit: words that are quoted are the words again, whatever is in them.
func FuzzSplit(f *testing.F) {
	f.Add("list", "a 'b'")
	f.Add("", `\"`)
	f.Fuzz(func(t *testing.T, a, b string) {
		split(a) // must not panic
		line := ""
		for _, w := range []string{a, b} {
			line += " '" + strings.ReplaceAll(w, "'", `'\''`) + "'"
		}
		got, err := split(line)
		if err != nil || len(got) != 2 || got[0] != a || got[1] != b {
			t.Errorf("%q: %q, %v", line, got, err)
		}
	})
}
