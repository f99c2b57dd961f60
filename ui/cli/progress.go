package cli

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// progress is one line on standard error that says how far a long command has come, when that is a terminal; it is
// gone when the command is done. Nothing is drawn in the first moments: most commands are over by then.
type progress struct {
	p       *program
	share   atomic.Int64 // of a hundred; -1 when it is not known
	what    atomic.Pointer[string]
	stop    chan struct{}
	once    sync.Once
	drawing sync.WaitGroup
	began   time.Time
}

const (
	barWidth = 30
	barFirst = 300 * time.Millisecond
	barEvery = 100 * time.Millisecond
)

// progress begins; the caller ends it with done, which may be called again.
func (p *program) progress() *progress {
	b := &progress{p: p, stop: make(chan struct{}), began: p.Now()}
	b.step("")
	if p.ErrScreen {
		b.drawing.Go(b.draw)
	}
	return b
}

// step says what is done now; how far it is is not known.
func (b *progress) step(what string) {
	b.what.Store(&what)
	b.share.Store(-1)
}

// watch returns a reader that tells how much of size has been read, while doing what.
func (b *progress) watch(r io.Reader, size int64, what string) io.Reader {
	b.step(what)
	return &watched{r: r, size: size, bar: b}
}

type watched struct {
	r          io.Reader
	read, size int64
	bar        *progress
}

func (w *watched) Read(b []byte) (int, error) {
	n, err := w.r.Read(b)
	w.read += int64(n)
	if w.size > 0 {
		w.bar.share.Store(min(100, w.read*100/w.size))
	}
	return n, err
}

func (b *progress) draw() {
	drawn := false
	for wait := time.After(barFirst); ; wait = time.After(barEvery) {
		select {
		case <-b.stop:
			if drawn {
				fmt.Fprint(b.p.Err, "\r\x1b[K")
			}
			return
		case <-wait:
		}
		drawn = true
		fmt.Fprint(b.p.Err, "\r"+b.line()+"\x1b[K")
	}
}

// line is the bar: filled as far as is known, else with a mark that moves with time.
func (b *progress) line() string {
	seconds := int(b.p.Now().Sub(b.began).Seconds())
	share := b.share.Load()
	bar := strings.Repeat(".", barWidth)
	if share >= 0 {
		full := int(share) * barWidth / 100
		bar = strings.Repeat("#", full) + bar[full:]
	} else {
		at := int(b.p.Now().Sub(b.began)/barEvery) % barWidth
		bar = bar[:at] + "#" + bar[at+1:]
	}
	return fmt.Sprintf("[%s] %s  %d s", bar, b.p.plain(*b.what.Load()), seconds)
}

// done ends the drawing and takes the line away.
func (b *progress) done() {
	b.once.Do(func() { close(b.stop) })
	b.drawing.Wait()
}
