package screen_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/store/storetest"
	"board.internal/samverkan/ui/app"
	"board.internal/samverkan/ui/input"
	"board.internal/samverkan/ui/screen"
	"board.internal/samverkan/ui/terminal"
	"board.internal/samverkan/ui/text"
	"board.internal/samverkan/ui/theme"
)

// sealed is a store that nobody may write to.
type sealed struct {
	store.Engine
	t testing.TB
}

func (s sealed) Update(context.Context, func(store.Tx) error) error {
	s.t.Error("a read-only board wrote to the store")
	return errors.New("sealed")
}

// TestReadOnlyWritesNothing presses every key of the table, on every screen and whatever lies on it, as a national
// officer who may only read: the engine is never asked to write.
func TestReadOnlyWritesNothing(t *testing.T) {
	open := storetest.Shared()
	c := &clock{start}
	seed(t, openStore(t, open(), c))
	s := openStore(t, sealed{open(), t}, c)
	who := national()
	who.ReadOnly, who.Agency = true, "KFM"
	for _, way := range [][]string{{"0"}, {"6"}, {"6", "tab", "enter"}, {"i"}, {"A"}, {"A", "enter"}, {"P"}, {"6", "v", "j"}, {"6", "space", "space"}, {"?"}, {"/"}, {"@"}} {
		for _, key := range all() {
			b := sit(t, s, c, officer{actor: who, lang: "en"})
			b.press(way...)
			b.press(words(key)...)
			b.press("\"x\"", "enter", "y", "enter", "esc")
			check(t, b.app.View(), 80, 24)
		}
	}
	random := rand.New(rand.NewPCG(3, 3))
	b := sit(t, s, c, officer{actor: who, lang: "en", present: true})
	for keys := all(); random.IntN(3000) > 0; {
		b.press(words(keys[random.IntN(len(keys))])...)
	}
	if here, _ := b.desk.Here(); len(here) != 0 {
		t.Errorf("who only reads sits at the board: %v", here)
	}
}

// TestPublicRoomSaysNothing goes through every screen of a board under a veil, in every way a key leads: what efforts
// against individuals are called, and what was written on them, never shows.
func TestPublicRoomSaysNothing(t *testing.T) {
	engine := storetest.Memory()
	c := &clock{start}
	plain := openStore(t, engine, c)
	seed(t, plain)
	secret := propose(t, plain, "SYD", "individuals", "Kvicksilver", "title", "kvicksilver titel", "area", "kvicksilver ort", "crime", "kvicksilverbrott", "priority", "1")
	on := model.On{Effort: secret}
	for _, cmd := range []model.Command{
		model.AddNote{On: on, Text: "kvicksilver anteckning"},
		model.AddNote{On: on, Text: "kvicksilver viktigt", Important: true},
		model.HandOver{Region: "SYD", Note: "kvicksilver överlämnat"},
		model.HandOver{Region: "NAT", Note: "kvicksilver överlämnat"},
		model.AddMeasure{On: on, Type: model.Fighting, Text: "kvicksilver åtgärd"},
		model.Assign{On: on, Parts: []model.Part{{Agency: "POL"}, {Agency: "KFM"}}},
		model.Answer{On: on, Agency: "POL", Reason: "kvicksilver nej"},
		model.SetStatus{On: on, To: model.Preparing},
	} {
		do(t, plain, national(), cmd)
	}
	ended := propose(t, plain, "SYD", "individuals", "Kvicksilversulfid")
	do(t, plain, national(), model.SetStatus{On: model.On{Effort: ended}, To: model.Rejected, Reason: "kvicksilver avslag"})
	s := store.Open(engine, catalogue(), store.Options{Now: c.Now, Veil: model.Veil{Focus: model.Individuals}})
	t.Cleanup(func() { s.Close() })
	said := 0
	for _, actor := range []model.Actor{national(), {Officer: "kalle", Agency: "KFM", Role: model.Liaison, Regions: []model.RegionCode{"SYD"}}} {
		for _, ro := range []bool{false, true} { // also when the flag did not say so
			actor.ReadOnly = ro
			for _, size := range [][2]int{{40, 12}, {80, 24}, {200, 60}} {
				b := sit(t, s, c, officer{actor: actor, lang: "sv", width: size[0], height: size[1]})
				look := func(way ...string) {
					b.press(way...)
					f := b.frame()
					said += strings.Count(f, string(secret))
					if strings.Contains(strings.ToLower(f), "kvicksilver") {
						t.Fatalf("%v at %v:\n%s", way, size, f)
					}
				}
				look("0")
				look("6")
				for range 3 {
					look("tab")
					for _, key := range []string{"a", "s", "n", "t", "+", "e", "p", "y", "x", "space", "v", "enter", "u", "U", "J", "H", "@", "N", "w", "L", "?"} {
						look(key)
						look("esc")
						look("6")
					}
				}
				look("6", "enter", "G")
				look("i")
				look("enter")
				look("6", "A", "enter")
				look("0", "J", "*", "G")
				look("esc", "H", "tab", "G")
				look("esc")
				look("esc", "P", "6")
				for _, status := range []string{"status:any", "status:rejected"} {
					look("/", "\""+status+"\"", "enter", "6")
					look("enter", "G")
					look("6", "/", "backspace", "backspace", "enter")
				}
				look("6", "enter", ":", "\"then 0s\"", "enter")
				look("G")
				for _, key := range []string{"6", "tab", "i", "J", "*", "H", "0"} {
					look(key)
				}
				look("q")
			}
		}
	}
	if said == 0 {
		t.Error("the effort was never on the screen: this shows nothing")
	}
	b := sit(t, s, c, officer{actor: national(), lang: "sv"})
	for _, word := range []string{"kvick", "KVICKSILVER", "titel", "avslag"} {
		b.press("/", "\""+word+"\"")
		if f := b.frame(); !strings.Contains(f, "0 av") {
			t.Fatalf("a search for %s tells:\n%s", word, f)
		}
		b.press("esc")
	}
}

// forged is a store where somebody has put up what should not be.
type forged struct {
	store.Engine
	what map[string][]byte
}

func (f forged) Announce(string, []byte)      {}
func (f forged) Withdraw(string)              {}
func (f forged) Announced() map[string][]byte { return f.what }

// TestForgedPresence: whatever others put up, a frame stays a frame.
func TestForgedPresence(t *testing.T) {
	entry := func(officer, initials string) []byte {
		b, _ := json.Marshal(map[string]any{"Officer": officer, "Initials": initials, "Agency": "POL", "Since": start, "Editing": []string{"SYD-2026-001"}})
		return b
	}
	c := &clock{start}
	engine := forged{storetest.Memory(), map[string][]byte{
		"a1": entry("ok", "OK"), "a2": entry("\x1b[2J", "XX"), "a3": entry("evil", "\u202eXY"), "a4": entry("cr\rlf\n", ""),
		"a5": []byte("garbage"), "a6": nil, "a7": []byte(`{"Officer":"x","Since":"2999-01-01T00:00:00Z"}`),
		"a8": entry(strings.Repeat("långt", 10), "界界界界界界"), "a9": []byte(strings.Repeat("[", 4000)),
		"aa": []byte(`{"Officer":"y","Since":"2026-11-23T14:00:00Z","Effort":"../../etc"}`), "ab": entry("", "NO"),
	}}
	s := openStore(t, engine, c)
	seed(t, s)
	for _, size := range [][2]int{{40, 12}, {80, 24}, {120, 40}} {
		b := sit(t, s, c, officer{actor: national(), lang: "en", present: true, width: size[0], height: size[1]})
		b.look()
		for _, way := range []string{"6", "tab", "e", "esc", "@"} {
			b.press(way)
			check(t, b.app.View(), size[0], size[1])
		}
		f := b.frame()
		if !strings.Contains(f, "OK ") || strings.Contains(f, "XX") || strings.Contains(f, "XY") || strings.Contains(f, "etc") {
			t.Error(f)
		}
		if size[0] > 40 && !strings.Contains(f, "2 in") {
			t.Error(f)
		}
	}
}

// TestManyUnseen: what is not seen is bounded, however much others change.
func TestManyUnseen(t *testing.T) {
	c := &clock{start}
	s := openStore(t, storetest.Memory(), c)
	b := sit(t, s, c, officer{actor: model.Actor{Officer: "anna", Role: model.NationalRole}, lang: "en"})
	var im model.Import
	for i := range 3000 {
		im.Rows = append(im.Rows, model.Row{Number: i + 2, Effort: &model.Effort{Codename: fmt.Sprint("INSATS-", i), Region: "SYD",
			Focus: model.Individuals, Level: model.Regional, Kind: model.Operative, Status: model.Proposed, Priority: 2, Created: model.StampOf(start)}})
	}
	do(t, s, national(), im)
	b.look()
	b.press("6")
	if f := b.frame(); !strings.Contains(f, "•2000") {
		t.Error(f)
	}
}

// tty is the end of a pseudo-terminal that a person would look at.
type tty struct {
	mu   sync.Mutex
	said bytes.Buffer
	more chan struct{}
}

func (s *tty) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.said.Write(b)
	select {
	case s.more <- struct{}{}:
	default:
	}
	return len(b), nil
}

// until waits for words, and forgets what came before them.
func (s *tty) until(t *testing.T, words string) {
	t.Helper()
	for end := time.After(20 * time.Second); ; {
		s.mu.Lock()
		plain := ansi.Strip(s.said.String())
		found := strings.Contains(plain, words)
		if found {
			s.said.Reset()
		}
		s.mu.Unlock()
		if found {
			return
		}
		select {
		case <-s.more:
		case <-end:
			t.Fatalf("%s never came; there was %q", words, plain)
		}
	}
}

// closable is a file on a descriptor that a read in progress does not keep open.
func closable(t *testing.T, fd int, name string) *os.File {
	t.Helper()
	dup, err := syscall.Dup(fd)
	if err == nil {
		err = syscall.SetNonblock(dup, true)
	}
	if err != nil {
		t.Fatal(err)
	}
	return os.NewFile(uintptr(dup), name)
}

// TestWallOnATerminal runs a wall on a pseudo-terminal, by a clock that goes when it is told.
func TestWallOnATerminal(t *testing.T) {
	master, line, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	keyboard := closable(t, int(master.Fd()), master.Name())
	master.Close()
	own, err := syscall.Open(line.Name(), syscall.O_RDWR|syscall.O_NOCTTY|syscall.O_CLOEXEC, 0)
	if err != nil {
		t.Fatal(err)
	}
	typed := closable(t, own, line.Name())
	syscall.Close(own)
	if err := pty.Setsize(line, &pty.Winsize{Rows: 40, Cols: 120}); err != nil {
		t.Fatal(err)
	}
	if _, err := term.MakeRaw(line.Fd()); err != nil {
		t.Fatal(err)
	}
	seen := &tty{more: make(chan struct{}, 1)}
	var reading sync.WaitGroup
	reading.Go(func() {
		b := make([]byte, 4096)
		for {
			n, err := keyboard.Read(b)
			if seen.Write(b[:n]); err != nil {
				return
			}
		}
	})
	c := &clock{start}
	s := openStore(t, storetest.Memory(), c)
	seed(t, s)
	known, err := s.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	type set struct {
		wait time.Duration
		fire chan struct{}
	}
	timers := make(chan set, 100)
	who := national()
	who.ReadOnly = true
	a := app.New(ctx, &app.Session{
		Texts: text.In("en"), Theme: theme.New(theme.Options{UTF8: true}), Store: s, Actor: who, Lexicon: text.Lexicon(known.Catalogue()), Now: c.Now,
		Root: screen.Root, Welcome: screen.Welcome, Global: screen.Global, Wall: &app.Wall{Every: 20 * time.Second, Rest: time.Minute, Stop: screen.Tour},
		Timer: func(d time.Duration, msg func(time.Time) tea.Msg) tea.Cmd {
			x := set{d, make(chan struct{})}
			timers <- x
			return func() tea.Msg {
				select {
				case <-x.fire:
					return msg(start)
				case <-ctx.Done():
					return nil
				}
			}
		},
	}, known.Catalogue(), time.Minute)
	ended := make(chan error, 1)
	in := input.NewReader(typed)
	go func() { ended <- terminal.Run(ctx, a, terminal.Options{In: in, Out: line}) }()
	next := func(want time.Duration, words string) {
		t.Helper()
		x := <-timers
		if x.wait != want {
			t.Fatalf("it waits %v, want %v", x.wait, want)
		}
		close(x.fire)
		seen.until(t, words)
	}
	seen.until(t, "National picture")
	next(20*time.Second, "Region Nord")
	next(20*time.Second, "Region Mitt")
	overtaken := <-timers
	fmt.Fprint(keyboard, "6")
	seen.until(t, "paused")
	close(overtaken.fire) // which is too late
	next(time.Minute, "National picture")
	next(20*time.Second, "Region Nord")
	fmt.Fprint(keyboard, "q")
	if err := <-ended; err != nil {
		t.Error(err)
	}
	cancel()
	in.Close()
	typed.Close()
	<-in.Done()
	line.Close()
	keyboard.Close()
	reading.Wait()
}
