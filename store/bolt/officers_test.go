package bolt

import (
	"encoding/json"
	goflag "flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/store/storetest"
)

var together = goflag.Duration("together", 2*time.Second, "how long officers in several processes work together; 1m for a thorough run")

// monotonic is the machine's clock, the same for all its processes.
func monotonic() int64 {
	var ts unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_MONOTONIC, &ts); err != nil {
		panic(err)
	}
	return ts.Nano()
}

// childOfficer PATH CLIENT DURATION EFFORT... is an officer at a board of its own: it sits, follows, reads and changes,
// waits for nobody longer than anybody does, and prints each step.
func childOfficer(arg []string) error {
	client, _ := strconv.Atoi(arg[1])
	length, err := time.ParseDuration(arg[2])
	if err != nil {
		return err
	}
	var efforts []model.EffortID
	for _, id := range arg[3:] {
		efforts = append(efforts, model.EffortID(id))
	}
	e, err := Open(arg[0], Options{Command: "officer"})
	if err != nil {
		return err
	}
	s := store.Open(e, model.DefaultCatalogue(), store.Options{})
	defer s.Close()
	if _, err := s.Load(bg); err != nil {
		return err
	}
	_, stop := s.Watch()
	defer stop()
	seat := s.Sit(store.Present{Officer: model.OfficerID("o" + arg[1])})
	defer seat.Leave()
	out := json.NewEncoder(os.Stdout)
	end := time.Now().Add(length)
	return storetest.Work(s, client, efforts, monotonic, func() bool { return time.Now().Before(end) }, func(st storetest.Step) {
		seat.Is(store.Present{Officer: model.OfficerID("o" + arg[1]), Doing: store.Doing{Editing: []model.EffortID{st.Effort}}})
		out.Encode(st)
	})
}

// TestOfficersTogether: officers in processes of their own change the same efforts for a while. Their history could
// have happened one by one, nothing that was acknowledged is lost, nobody is told that the store is busy, all of them
// are seen at the board, and it verifies.
func TestOfficersTogether(t *testing.T) {
	for _, n := range []int{2, 8} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "board.db")
			s := store.Open(engine(t, path), model.DefaultCatalogue(), store.Options{})
			t.Cleanup(func() { s.Close() })
			var ids []any
			for i := range 5 {
				res, err := s.Do(bg, storetest.Officer("anna"), model.Propose{Fields: map[model.Field]string{
					model.FieldRegion: "SYD", model.FieldFocus: string(model.LocalAreas), model.FieldCodename: fmt.Sprint("INSATS-", i)}})
				if err != nil {
					t.Fatal(err)
				}
				ids = append(ids, res.Efforts[0].ID)
			}
			var children []*child
			for i := range n {
				children = append(children, start(t, append([]any{"officer", path, i, *together}, ids...)...))
			}
			said := make([]chan []string, n) // all are listened to at once: a full pipe would stop one
			for i, c := range children {
				said[i] = make(chan []string, 1)
				go func() { said[i] <- c.rest(t) }()
			}
			most := 0
			for end := time.Now().Add(*together); time.Now().Before(end) && most < n; time.Sleep(50 * time.Millisecond) {
				most = max(most, len(s.Here()))
			}
			var steps []storetest.Step
			for i, c := range children {
				for _, line := range <-said[i] {
					var st storetest.Step
					if err := json.Unmarshal([]byte(line), &st); err != nil {
						t.Fatalf("officer %d: %s", i, line)
					}
					steps = append(steps, st)
				}
				if c.ProcessState.ExitCode() != 0 {
					t.Errorf("officer %d ended with %d", i, c.ProcessState.ExitCode())
				}
			}
			longest := storetest.CheckSteps(t, s, steps)
			kinds := map[string]int{}
			for _, st := range steps {
				kinds[st.What]++
				if !st.Done {
					kinds["conflict"]++
				}
			}
			t.Logf("%d steps in %v: %v; the longest took %v; %d were seen at the board at once", len(steps), *together, kinds, longest, most)
			if most != n || len(s.Here()) != 0 {
				t.Errorf("%d of %d were seen at the board, and %d are still", most, n, len(s.Here()))
			}
			if kinds["conflict"] == 0 && n > 2 {
				t.Error("nobody ever met another's change: this tests nothing")
			}
			if left, _ := filepath.Glob(path + ".*"); strings.Join(left, " ") != path+".lock" {
				t.Errorf("left beside the store: %q", left)
			}
		})
	}
}
