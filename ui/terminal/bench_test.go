package terminal

import (
	"math/rand/v2"
	"testing"
	"time"
)

// frameEnd is the last that Bubble Tea writes of a frame of two lines.
const frameEnd = "\x1b[2;H"

// BenchmarkStart takes the time until the first frame is painted, against a bare program in the same run.
// Budget: 1.5 times the bare program. Last measured: 13.8 ms against 14.4.
func BenchmarkStart(b *testing.B) {
	for _, role := range []string{roleBare, roleProgram} {
		b.Run(role, func(b *testing.B) {
			for b.Loop() {
				d := start(b, role)
				d.see(frameEnd)
				b.StopTimer()
				d.press("q")
				d.wait(exitQuit)
				b.StartTimer()
			}
		})
	}
}

// BenchmarkKey takes the time from a key, after a wait of any length, to the last byte of its frame, against a bare
// program in the same run. Budget: 1.5 times the bare program. Last measured: 5.7 ms against 5.2.
func BenchmarkKey(b *testing.B) {
	for _, role := range []string{roleBare, roleProgram} {
		b.Run(role, func(b *testing.B) {
			d := start(b, role)
			d.see(frameEnd)
			keys := []string{"j", "k"}
			for i := 0; b.Loop(); i++ {
				b.StopTimer()
				time.Sleep(time.Duration(rand.IntN(int(20 * time.Millisecond))))
				d.mu.Lock()
				d.screen.Reset()
				d.mu.Unlock()
				b.StartTimer()
				d.press(keys[i%2])
				d.see(frameEnd)
			}
			b.StopTimer()
			d.press("q")
			d.wait(exitQuit)
		})
	}
}
