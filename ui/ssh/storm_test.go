package ssh_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store/storetest"
	"board.internal/samverkan/ui/ssh"
	"board.internal/samverkan/ui/terminal"
)

// keyboard is what may be typed: the actions' keys, letters of more bytes than one, keys of whole sequences, a paste, and
// bytes that are none of these; not q and ctrl+c, with which few sessions would live long.
var keyboard = []string{"0", "1", "6", "7", "8", "9", "a", "b", "c", "e", "g", "G", "h", "i", "j", "k", "l", "n", "N", "o", "p", "s", "t", "u", "U", "v", "x",
	"y", "A", "H", "J", "P", "E", "S", "w", ".", "+", "*", "/", ":", "?", "@", " ", "\t", "\r", "\x1b", "\x7f", "å", "Ö", "漢", "é", "e\u0301", "\x1b[A", "\x1b[B",
	"\x1b[C", "\x1b[D", "\x1b[Z", "\x1b[5~", "\x1b[6~", "\x1bOP", "\x1b[1;5C", "\x1b[200~pasted\ntext\x1b[201~", "\x1b]11;rgb:0000/0000/0000\x1b\\", "\x1b[24;80R",
	"\x1a", "\x00", "\xff", "\xc3", "\x9b31m", "\x1b[999999;1m", "L"}

// TestStorms types at random, in pieces of any length, at terminals of all kinds and sizes that change all the time,
// and ends each session in one of the ways there are: nothing panics, every line fits, no sequence is sent that such a
// board has no use for, and the terminal has its state back.
func TestStorms(t *testing.T) {
	leavesNothing(t)
	h := newHouse(t, storetest.Memory())
	terms, langs := []string{"xterm-256color", "linux", "screen", "vt100", "dumb"}, []string{"C", "sv_SE.UTF-8"}
	officers := []model.OfficerID{"nuc", "kfm-syd", "eye"}
	ends := []func(*client) error{
		func(c *client) error { c.keys.Close(); return terminal.ErrHangUp },
		func(c *client) error { c.cancel(ssh.ErrIdle); return ssh.ErrIdle },
		func(c *client) error { c.press("\x03"); c.press("\x03"); c.keys.Close(); return terminal.ErrHangUp },
	}
	rounds := 3
	if testing.Short() {
		rounds = 1
	}
	var all sync.WaitGroup
	for n := range rounds * len(terms) * len(langs) {
		all.Go(func() {
			rng := rand.New(rand.NewPCG(uint64(n), 11))
			size := func() (int, int) { return rng.IntN(251), rng.IntN(81) }
			width, height := size()
			c := h.enter(visit{officer: officers[n%3], term: terms[n%5], environ: []string{"LANG=" + langs[n%2]}, width: width, height: height})
			c.see("\n")
			name := fmt.Sprintf("session %d (%s, %s)", n, terms[n%5], langs[n%2])
			for range 40 {
				typed := ""
				for range 1 + rng.IntN(6) {
					typed += keyboard[rng.IntN(len(keyboard))]
				}
				for len(typed) > 0 {
					part := 1 + rng.IntN(len(typed))
					c.press(typed[:part])
					typed = typed[part:]
				}
				switch rng.IntN(4) {
				case 0:
					for range 30 { // faster than anybody can draw
						c.resize(size())
					}
				case 1:
					c.resize(rng.IntN(3), rng.IntN(3))
				case 2:
					time.Sleep(time.Duration(rng.IntN(40)) * time.Millisecond)
				}
			}
			c.resize(80, 24)
			want := ends[n%len(ends)](c)
			select {
			case <-c.ended:
			case <-time.After(hung):
				t.Errorf("%s does not end:\n%s", name, c.text())
				return
			}
			if left := c.restored(); left != "" {
				t.Errorf("%s leaves %s", name, left)
			}
			if len(c.faults) > 0 {
				t.Errorf("%s: the terminal got %q", name, c.faults)
			}
			if c.err != nil && !errors.Is(c.err, want) { // nil: what was typed has led out
				t.Errorf("%s ended with %v", name, c.err)
			}
		})
	}
	all.Wait()
}
