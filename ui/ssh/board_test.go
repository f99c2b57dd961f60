package ssh_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
	"go.uber.org/goleak"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/store/storetest"
	"board.internal/samverkan/ui/config"
	"board.internal/samverkan/ui/ssh"
	"board.internal/samverkan/ui/terminal"
	"board.internal/samverkan/ui/text"
)

// hung is how long a session may take to do what it will do; one that takes longer hangs.
const hung = 20 * time.Second

// house is a server's house with the officers of a configuration that can be changed, and a small country.
type house struct {
	*ssh.House
	t       testing.TB
	config  atomic.Pointer[config.Config]
	store   *store.Store
	explain atomic.Pointer[func(*text.Texts, error) string]
	// panics: the clock does so once.
	panics atomic.Bool
}

func newHouse(t testing.TB, engine store.Engine) *house {
	t.Helper()
	h := &house{t: t}
	cfg := config.Default()
	cfg.Timezone = "Europe/Stockholm"
	cfg.Officers = []config.Officer{
		{ID: "nuc", Initials: "NU", Role: model.NationalRole},
		{ID: "kfm-syd", Initials: "KA", Name: "Liaison", Agency: "KFM", Role: model.Liaison, Regions: []string{"SYD"}},
		{ID: "eye", Initials: "EY", Role: model.Viewer},
	}
	for i := range 200 {
		cfg.Officers = append(cfg.Officers, config.Officer{ID: fmt.Sprintf("pol-%d", i), Initials: fmt.Sprintf("P%d", i), Agency: "POL", Role: model.NationalRole})
	}
	h.config.Store(cfg)
	cat := cfg.Catalogue()
	h.store = store.Open(engine, cat, store.Options{})
	t.Cleanup(func() { h.store.Close() })
	h.House = ssh.NewHouse(ssh.HouseOptions{Store: h.store, Catalogue: cat, Lexicon: text.Lexicon(cat), Config: h.config.Load,
		Now: func() time.Time {
			if h.panics.CompareAndSwap(true, false) {
				panic("no clock")
			}
			return time.Now()
		},
		Explain: func(t *text.Texts, err error) string {
			if explain := h.explain.Load(); explain != nil {
				return (*explain)(t, err)
			}
			return t.Error(err)
		}})
	if _, err := h.store.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, f := range [][3]string{{"SYD", "individuals", "LÄRKA"}, {"SYD", "crime_areas", "SKIFFER"}, {"NORD", "local_areas", "DIMMA"}} {
		h.do(model.Propose{Fields: map[model.Field]string{model.FieldRegion: f[0], model.FieldFocus: f[1], model.FieldCodename: f[2]}})
	}
	return h
}

// do gives a command past the screens, as a program beside the server would.
func (h *house) do(cmd model.Command) {
	h.t.Helper()
	if _, err := h.store.Do(context.Background(), model.Actor{Officer: "job", Role: model.NationalRole, Terminal: "test"}, cmd); err != nil {
		h.t.Fatal(err)
	}
}

// leavesNothing checks, after everything else, that no goroutine is left of a test.
func leavesNothing(t testing.TB) {
	before := goleak.IgnoreCurrent()
	t.Cleanup(func() {
		if !t.Failed() {
			goleak.VerifyNone(t, before)
		}
	})
}

// note writes an important note on an effort, which every national picture shows.
func (h *house) note(codename, words string) {
	h.t.Helper()
	e := h.store.Board().Find(codename)
	h.do(model.AddNote{On: model.On{Effort: e.ID, Seen: e.Version}, Text: words, Important: true})
}

// client is a session, with the terminal at its other end.
type client struct {
	*glass
	t       testing.TB
	keys    *io.PipeWriter
	cancel  context.CancelCauseFunc
	resized chan struct{}
	sizeMu  sync.Mutex
	size    [2]int
	told    [3][2]int
	// panics: whoever asks for the size does so once.
	panics atomic.Bool
	ended  chan struct{}
	err    error
}

// visit describes a session; what is not said is an officer of the country's at an 80x24 xterm in English.
type visit struct {
	officer       model.OfficerID
	term          string
	environ       []string
	width, height int
}

func (h *house) enter(v visit) *client {
	if v.officer == "" {
		v.officer = "nuc"
	}
	if v.term == "" {
		v.term = "xterm-256color"
	}
	if v.environ == nil {
		v.environ = []string{"LANG=en_GB.UTF-8"}
	}
	if v.width == 0 && v.height == 0 {
		v.width, v.height = 80, 24
	}
	from, keys := io.Pipe()
	ctx, cancel := context.WithCancelCause(context.Background())
	c := &client{glass: newGlass(), t: h.t, keys: keys, cancel: cancel, resized: make(chan struct{}, 1), ended: make(chan struct{})}
	c.size = [2]int{v.width, v.height}
	c.fits(v.width, v.height) // what is drawn before the size is asked for
	caller := ssh.Caller{Officer: v.officer, Session: "5e55", From: "f40a", Environ: v.environ, Since: time.Now()}
	pty := ssh.Pty{Term: v.term, In: from, Out: c.glass, Size: c.newest, Resized: c.resized}
	h.t.Cleanup(func() { // of a test that has failed
		keys.Close()
		c.glass.close()
		<-c.ended
	})
	go func() {
		defer close(c.ended)
		c.err = h.Board(ctx, caller, pty)
		from.Close() // as the server closes the channel
	}()
	return c
}

// newest is asked for the size before it is told to the board. By then the board has drawn for the last but one, so what
// is still to come is drawn for one of three.
func (c *client) newest() (int, int) {
	if c.panics.CompareAndSwap(true, false) {
		panic("no size")
	}
	c.sizeMu.Lock()
	defer c.sizeMu.Unlock()
	c.told = [3][2]int{c.size, c.told[0], c.told[1]}
	c.fits(max(c.told[0][0], c.told[1][0], c.told[2][0]), max(c.told[0][1], c.told[1][1], c.told[2][1]))
	return c.size[0], c.size[1]
}

// resize is what a server does when the client's window has changed: it never waits.
func (c *client) resize(width, height int) {
	c.sizeMu.Lock()
	c.size = [2]int{width, height}
	c.sizeMu.Unlock()
	select {
	case c.resized <- struct{}{}:
	default:
	}
}

// press types, unless the session has ended.
func (c *client) press(keys string) { io.WriteString(c.keys, keys) }

// see waits until a text stands on the terminal.
func (c *client) see(words string) {
	c.t.Helper()
	c.await("see "+words, func(shown string) bool { return strings.Contains(shown, words) })
}

func (c *client) await(what string, ok func(shown string) bool) {
	c.t.Helper()
	deadline := time.After(hung)
	for {
		c.mu.Lock()
		shown, changed := c.locked(), c.changed
		c.mu.Unlock()
		if ok(shown) {
			return
		}
		select {
		case <-changed:
		case <-deadline:
			c.t.Fatalf("did not %s:\n%s", what, shown)
		}
	}
}

// leave waits for the session's end and checks the terminal.
func (c *client) leave() error {
	c.t.Helper()
	select {
	case <-c.ended:
	case <-time.After(hung):
		c.t.Fatalf("the session does not end:\n%s", c.text())
	}
	if left := c.restored(); left != "" {
		c.t.Errorf("what is left on the terminal is %s", left)
	}
	if len(c.faults) > 0 {
		c.t.Errorf("the terminal got %s", strings.Join(c.faults, "; "))
	}
	return c.err
}

// quit leaves as a person does.
func (c *client) quit() {
	c.t.Helper()
	c.press("q")
	if err := c.leave(); err != nil {
		c.t.Errorf("left with %v", err)
	}
}

func TestEverySessionIsItsOwn(t *testing.T) {
	leavesNothing(t)
	h := newHouse(t, storetest.Memory())
	nuc := h.enter(visit{})
	liaison := h.enter(visit{officer: "kfm-syd", environ: []string{"LANG=sv_SE.UTF-8"}, width: 120, height: 40})
	nuc.see("National picture")
	nuc.see("national NU")
	liaison.see("Region Syd")
	liaison.see("KFM sambandsperson KA")
	nuc.press("6")
	nuc.see("LÄRKA")
	nuc.press("njust mine")
	nuc.see("just mine")
	if strings.Contains(liaison.text(), "just mine") {
		t.Error("what one types stands on the other's terminal")
	}
	h.do(model.Propose{Fields: map[model.Field]string{model.FieldRegion: "SYD", model.FieldFocus: "individuals", model.FieldCodename: "TALLTITA"}})
	nuc.see("TALLTITA")
	liaison.see("TALLTITA")
	nuc.press("\r")
	nuc.see("note “just mine”")
	nuc.quit()
	liaison.quit()
	if at := h.store.Board().Find("larka"); at.UpdatedBy != "nuc" {
		t.Errorf("the note is signed %s", at.UpdatedBy)
	}
}

// TestNobodyWaitsForAStalledClient: one whose terminal takes nothing in delays neither who writes nor who watches, and
// is gone when its connection is.
func TestNobodyWaitsForAStalledClient(t *testing.T) {
	leavesNothing(t)
	h := newHouse(t, storetest.Memory())
	var clients []*client
	for range 20 {
		clients = append(clients, h.enter(visit{}))
	}
	for _, c := range clients {
		c.see("National picture")
	}
	stuck := clients[0]
	stuck.stall()
	stuck.press("6") // a frame that it does not take
	for i := range 50 {
		stuck.resize(80+i, 24)
		h.note("larka", fmt.Sprintf("change %d.", i))
	}
	for _, c := range clients[1:] {
		c.see("change 49.")
	}
	select {
	case <-stuck.ended:
		t.Fatal("the session ended by itself")
	default:
	}
	stuck.cancel(ssh.ErrIdle)
	stuck.close()
	select {
	case <-stuck.ended:
	case <-time.After(hung):
		t.Fatal("a session is stuck whose connection is closed")
	}
	for _, c := range clients[1:] {
		c.quit()
	}
}

// TestAClientThatVanishes ends a session by each end of it that can vanish.
func TestAClientThatVanishes(t *testing.T) {
	leavesNothing(t)
	h := newHouse(t, storetest.Memory())
	for name, vanish := range map[string]func(*client){
		"the keyboard":  func(c *client) { c.keys.Close() },
		"with an error": func(c *client) { c.keys.CloseWithError(errors.New("connection reset")) },
		"the terminal":  func(c *client) { c.glass.close(); c.keys.Close() },
		"the sizes": func(c *client) {
			close(c.resized)
			c.press("6")
			c.see("LÄRKA")
			c.keys.Close()
		},
	} {
		c := h.enter(visit{})
		c.see("National picture")
		vanish(c)
		select {
		case <-c.ended:
		case <-time.After(hung):
			t.Fatalf("%s: the session does not end", name)
		}
		if !errors.Is(c.err, terminal.ErrHangUp) {
			t.Errorf("%s: ended with %v", name, c.err)
		}
		if here := h.store.Here(); slices.ContainsFunc(here, func(p store.Present) bool { return p.Officer == "nuc" }) {
			// giving the seat up is under way; Here shows it within a second
			awaitHere(t, h.store, func(here []store.Present) bool { return len(here) == 0 })
		}
	}
}

// awaitHere waits until those at the board are as they are to be.
func awaitHere(t *testing.T, s *store.Store, ok func([]store.Present) bool) {
	t.Helper()
	changed, stop := s.Watch()
	defer stop()
	for deadline := time.After(hung); !ok(s.Here()); {
		select {
		case <-changed:
		case <-deadline:
			t.Fatalf("at the board are %+v", s.Here())
		}
	}
}

// TestAPanicIsItsSessionsAlone: a panic is its session's alone; its officer is told, and the error has the stack.
func TestAPanicIsItsSessionsAlone(t *testing.T) {
	leavesNothing(t)
	h := newHouse(t, storetest.Memory())
	other := h.enter(visit{})
	other.see("National picture")
	explain := func(*text.Texts, error) string { panic("no words for LÄRKA") }
	tests := []struct {
		name, keys, value string
		arm               func()
	}{
		{"in Update", "c", "no words for LÄRKA", func() { h.explain.Store(&explain) }},
		{"before the first frame", "", "no clock", func() { h.panics.Store(true) }},
	}
	for _, tt := range tests {
		if tt.keys == "" {
			tt.arm()
		}
		c := h.enter(visit{officer: "eye", environ: []string{"LANG=sv_SE.UTF-8"}})
		if tt.keys != "" {
			c.see("Nationell lägesbild")
			tt.arm()
			c.press(tt.keys)
		}
		err := c.leave()
		var failed *terminal.PanicError
		if !errors.As(err, &failed) || failed.Value != tt.value || len(failed.Stack) == 0 {
			t.Errorf("%s: ended with %v", tt.name, err)
		}
		if told := c.after.String(); !strings.Contains(told, "något i programmet har gått fel") || strings.Contains(told, tt.value) {
			t.Errorf("%s: the officer is told %q", tt.name, told)
		}
		h.explain.Store(nil)
	}
	h.note("larka", "life goes on")
	other.see("life goes on")
	other.quit()
}

// TestAPanicOverASize: what follows the sizes of a terminal runs beside the board, and its panic is the session's alone too.
func TestAPanicOverASize(t *testing.T) {
	leavesNothing(t)
	h := newHouse(t, storetest.Memory())
	other, c := h.enter(visit{}), h.enter(visit{officer: "eye"})
	other.see("National picture")
	c.see("National picture")
	c.panics.Store(true)
	c.resize(100, 30)
	err := c.leave()
	var failed *terminal.PanicError
	if !errors.As(err, &failed) || failed.Value != "no size" || !strings.Contains(c.after.String(), "something in this program has gone wrong") {
		t.Errorf("ended with %v, told %q", err, c.after.String())
	}
	h.note("larka", "life goes on")
	other.see("life goes on")
	other.quit()
}

// TestTheEndIsTold: whoever is put out learns why, in one line below the board, in letters of the own terminal.
func TestTheEndIsTold(t *testing.T) {
	leavesNothing(t)
	h := newHouse(t, storetest.Memory())
	for _, tt := range []struct {
		cause error
		lang  string
		told  string
	}{
		{ssh.ErrRemoved, "en_GB.UTF-8", "taken out of the configuration"},
		{ssh.ErrChanged, "en_GB.UTF-8", "log in again"},
		{ssh.ErrClosing, "sv_SE.UTF-8", "servern stängs av"},
		{ssh.ErrClosing, "C", "the server is being stopped"},
		{ssh.ErrIdle, "sv_SE.UTF-8", "minuter utan en tangent, så"},
		{ssh.ErrIdle, "sv_SE.ISO-8859-1", "minuter utan en tangent, s"},
		{fmt.Errorf("wrapped: %w", ssh.ErrTooLong), "en_GB.UTF-8", "hours have passed"},
		{errors.New("no such cause\x1b[2J"), "en_GB.UTF-8", "no such cause"},
		{context.Canceled, "en_GB.UTF-8", ""},
	} {
		c := h.enter(visit{environ: []string{"LANG=" + tt.lang}})
		c.see("SAMVERKAN")
		c.cancel(tt.cause)
		if err := c.leave(); !errors.Is(err, tt.cause) {
			t.Errorf("%v: ended with %v", tt.cause, err)
		}
		told := c.after.String()
		if !strings.Contains(told, tt.told) || strings.Count(strings.TrimSpace(told), "\n") > 0 || tt.told == "" && strings.TrimSpace(told) != "" {
			t.Errorf("%v: told %q", tt.cause, told)
		}
		if i := strings.IndexFunc(told, func(r rune) bool { return r > 0x7e }); i >= 0 && !strings.HasSuffix(tt.lang, "UTF-8") {
			t.Errorf("%v: in %s it is told %q", tt.cause, tt.lang, told)
		}
	}
	for cause, told := range map[error]string{ssh.ErrIdle: "what you were typing is there", ssh.ErrClosing: "what you were typing is lost"} {
		c := h.enter(visit{})
		c.see("SAMVERKAN")
		c.press("6")
		c.see("LÄRKA")
		c.press("nunder way")
		c.see("under way")
		c.cancel(cause)
		if c.leave(); !strings.Contains(c.after.String(), told) {
			t.Errorf("%v: told %q", cause, c.after.String())
		}
	}
	removed := config.Default()
	h.config.Store(removed)
	c := h.enter(visit{})
	if err := c.leave(); !errors.Is(err, ssh.ErrRemoved) || !strings.Contains(c.after.String(), "taken out of the configuration") {
		t.Errorf("ended with %v, told %q", err, c.after.String())
	}
}

// TestACutSessionLosesNothing: what was typed when a connection is cut stands in the same form at the next login.
func TestACutSessionLosesNothing(t *testing.T) {
	leavesNothing(t)
	h := newHouse(t, storetest.Memory())
	typing := func(officer model.OfficerID, words string) *client {
		c := h.enter(visit{officer: officer})
		c.see("SAMVERKAN")
		c.press("6")
		c.see("LÄRKA")
		c.press("n" + words)
		c.see("Note on LÄRKA")
		if words != "" {
			c.see(words)
		}
		return c
	}
	cut := func(c *client) {
		c.keys.Close()
		c.leave()
	}
	cut(typing("nuc", "two cars at the quay"))
	other := h.enter(visit{officer: "pol-1"})
	other.see("National picture")
	if strings.Contains(other.text(), "not saved last time") {
		t.Error("another officer is told of it")
	}
	other.quit()
	c := h.enter(visit{})
	c.see("not saved last time: note LÄRKA")
	c.quit() // without having looked at it
	// Two sessions at once have a copy each; what was typed last is kept.
	first, second := typing("nuc", ""), typing("nuc", "")
	first.see("two cars at the quay")
	second.see("two cars at the quay")
	first.press(" at noon")
	first.see("quay at noon")
	second.press(" at night")
	second.see("quay at night")
	cut(first)
	cut(second)
	c = typing("nuc", "")
	c.see("quay at night")
	c.press("\r")
	c.see("note “two cars at the quay at night”")
	c.quit()
	c = h.enter(visit{})
	c.see("National picture")
	if strings.Contains(c.text(), "not saved last time") {
		t.Error("what is saved is still told as not saved")
	}
	c.quit()
}

// slow is a store that takes its time over the next write.
type slow struct {
	store.Engine
	armed            atomic.Bool
	entered, release chan struct{}
}

func (s *slow) Update(ctx context.Context, fn func(store.Tx) error) error {
	if s.armed.CompareAndSwap(true, false) {
		close(s.entered)
		<-s.release
	}
	return s.Engine.Update(ctx, fn)
}

// TestACutSessionSavesWhatIsUnderWay: whoever has pressed enter has saved, although the connection is cut before the
// answer, and is not told of it as not saved.
func TestACutSessionSavesWhatIsUnderWay(t *testing.T) {
	leavesNothing(t)
	engine := &slow{Engine: storetest.Memory(), entered: make(chan struct{}), release: make(chan struct{})}
	h := newHouse(t, engine)
	c := h.enter(visit{})
	c.see("National picture")
	c.press("6")
	c.see("LÄRKA")
	c.press("nat the last moment")
	c.see("at the last moment")
	engine.armed.Store(true)
	c.press("\r")
	<-engine.entered
	c.keys.Close()
	c.await("leave the board", func(string) bool { return c.restored() == "" })
	close(engine.release)
	if err := c.leave(); !errors.Is(err, terminal.ErrHangUp) {
		t.Errorf("ended with %v", err)
	}
	if n := h.store.Board().Find("larka").Notes; n != 1 {
		t.Errorf("%d notes are stored", n)
	}
	c = h.enter(visit{})
	c.see("National picture")
	if strings.Contains(c.text(), "not saved last time") {
		t.Errorf("what is saved is told as not saved:\n%s", c.text())
	}
	c.quit()
}

// TestPresence: those on the server and those at a terminal of the machine see each other.
func TestPresence(t *testing.T) {
	leavesNothing(t)
	open := storetest.Shared()
	h := newHouse(t, open())
	beside := store.Open(open(), h.store.Board().Catalogue(), store.Options{})
	defer beside.Close()
	seat := beside.Sit(store.Present{Officer: "duty", Initials: "DU"})
	nuc, liaison := h.enter(visit{}), h.enter(visit{officer: "kfm-syd"})
	nuc.see("3 in")
	liaison.see("3 in")
	nuc.press("@")
	for _, words := range []string{"NU (you)", "KA", "DU"} {
		nuc.see(words)
	}
	awaitHere(t, beside, func(here []store.Present) bool {
		return len(here) == 3 && !slices.ContainsFunc(here, func(p store.Present) bool { return p.Officer != "duty" && p.Place == "" })
	})
	for _, p := range beside.Here() {
		if p.Officer == "kfm-syd" && (p.Terminal == "" || strings.Contains(p.Terminal, "f40a") || p.Place != "region" || p.Region != "SYD" || p.Since.IsZero()) {
			t.Errorf("beside the server she is seen as %+v", p)
		}
	}
	seat.Leave()
	liaison.quit()
	awaitHere(t, beside, func(here []store.Present) bool { return len(here) == 1 })
	nuc.press("\x1b")
	nuc.await("close the box", func(shown string) bool { return !strings.Contains(shown, "DU ") })
	nuc.quit()
}

// TestNoLookIsTheOthers: two terminals of different looks are drawn in turn, and neither gets the other's colours,
// letters or language, whatever the server's own terminal is taken for.
func TestNoLookIsTheOthers(t *testing.T) {
	leavesNothing(t)
	before := lipgloss.ColorProfile()
	lipgloss.SetColorProfile(termenv.TrueColor)
	defer lipgloss.SetColorProfile(before)
	h := newHouse(t, storetest.Memory())
	full := h.enter(visit{environ: []string{"LANG=sv_SE.UTF-8"}})
	plain := h.enter(visit{term: "dumb", environ: []string{"LANG=C"}})
	mono := h.enter(visit{environ: []string{"LANG=sv_SE.UTF-8", "NO_COLOR=1"}})
	for i, key := range strings.Split("6 a \x1b n \x1b e \x1b \x1b 0 ? \x1b i 0", " ") {
		for _, c := range []*client{full, plain, mono} {
			c.press(key)
		}
		h.note("dimma", fmt.Sprintf("tur %d.", i))
	}
	for _, c := range []*client{full, plain, mono} {
		c.press("\x1b") // the help hides the newest note
		c.see("tur 12.")
	}
	full.see("Nationell lägesbild")
	plain.see("National picture")
	full.see("Öst")
	for _, c := range []*client{full, plain, mono} {
		c.quit()
	}
	if !strings.Contains(full.all.String(), "\x1b[38;5;") && !strings.Contains(full.all.String(), ";38;5;") {
		t.Error("a terminal of 256 colours gets none")
	}
	if i := strings.IndexFunc(plain.all.String(), func(r rune) bool { return r > 0x7e }); i >= 0 {
		t.Errorf("a terminal that knows ASCII gets %q", plain.all.String()[i:i+8])
	}
	for name, c := range map[string]*client{"dumb": plain, "without colours": mono} {
		for _, colour := range []string{"[3", "[4", "[9", ";3", ";4"} {
			if i := strings.Index(c.all.String(), "\x1b"+colour); i >= 0 && !strings.HasPrefix(c.all.String()[i:], "\x1b[4m") {
				t.Errorf("a terminal that is %s gets %q", name, c.all.String()[i:i+8])
			}
		}
	}
}

// TestNothingOfTheServers: no file is named from another machine, nothing stops the server, nobody takes another's
// desk.
func TestNothingOfTheServers(t *testing.T) {
	leavesNothing(t)
	h := newHouse(t, storetest.Memory())
	c := h.enter(visit{})
	c.see("National picture")
	c.press("JE")
	c.await("refuse a file", func(shown string) bool { return strings.Contains(shown, "Journal") && !strings.Contains(shown, "Save") })
	c.press("\x1a0w")
	c.see("Your PIN")
	c.press("\x1b")
	c.await("close the box", func(shown string) bool { return !strings.Contains(shown, "Your PIN") })
	c.quit()
}

// TestOtherKeysForNewSessions: who comes after the configuration has other keys has them, and who is in keeps those she began with.
func TestOtherKeysForNewSessions(t *testing.T) {
	h := newHouse(t, storetest.Memory())
	first := h.enter(visit{})
	first.see("National picture")
	cfg := *h.config.Load()
	cfg.Keys = config.Keys{"help": {"f9"}, "inbox": {"b"}}
	h.config.Store(&cfg)
	second := h.enter(visit{officer: "eye"})
	second.see("F9 help")
	second.press("b")
	second.see("Inbox  ")
	second.press("i")
	second.see("i does nothing here · F9 shows")
	first.see("? help")
	first.press("i")
	first.see(" Inbox  ")
	first.quit()
	second.quit()
}
