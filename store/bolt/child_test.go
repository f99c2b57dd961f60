package bolt

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"

	"board.internal/samverkan/store"
)

// The tests that need another process start this test binary again with childEnv set to a role.
const childEnv = "BOLT_TEST_CHILD"

func TestMain(m *testing.M) {
	if role := os.Getenv(childEnv); role != "" {
		part := strings.Split(role, " ")
		if err := roles[part[0]](part[1:]); err != nil {
			fmt.Println("error:", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	goleak.VerifyTestMain(m)
}

var roles = map[string]func(arg []string) error{
	"write":   childWrite,
	"hold":    childHold,
	"read":    childRead,
	"limit":   childLimit,
	"poor":    childPoor,
	"sync":    childSync,
	"rate":    childRate,
	"sit":     childSit,
	"officer": childOfficer,
}

type child struct {
	*exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
}

func start(t testing.TB, role ...any) *child {
	t.Helper()
	return startVia(t, nil, role...)
}

// startVia starts the child below another program, as strace.
func startVia(t testing.TB, via []string, role ...any) *child {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	line := append(via, self)
	cmd := exec.Command(line[0], line[1:]...)
	cmd.Env = append(os.Environ(), childEnv+"="+strings.TrimSpace(fmt.Sprintln(role...)),
		"GORACE=atexit_sleep_ms=0 "+os.Getenv("GORACE")) // the race detector sleeps a second before it ends
	cmd.Stderr = os.Stderr
	in, err1 := cmd.StdinPipe()
	out, err2 := cmd.StdoutPipe()
	if err := errors.Join(err1, err2, cmd.Start()); err != nil {
		t.Fatal(err)
	}
	c := &child{cmd, in, bufio.NewReader(out)}
	t.Cleanup(func() {
		if cmd.ProcessState == nil {
			cmd.Process.Kill()
			cmd.Wait()
		}
	})
	return c
}

func (c *child) expect(t testing.TB, want string) {
	t.Helper()
	got, err := c.out.ReadString('\n')
	if err != nil || strings.TrimSpace(got) != want {
		t.Fatalf("child said %q, %v; want %q", got, err, want)
	}
}

// rest reads what the child still says until it ends, and returns its whole lines.
func (c *child) rest(t testing.TB) []string {
	t.Helper()
	all, err := io.ReadAll(c.out)
	if err != nil {
		t.Fatal(err)
	}
	c.Wait()
	lines := strings.Split(string(all), "\n")
	return lines[:len(lines)-1]
}

func engine(t testing.TB, path string, opts ...Options) *Engine {
	t.Helper()
	e, err := Open(path, append(opts, Options{})[0])
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

func childEngine(path string) *Engine {
	e, err := Open(path, Options{Wait: time.Minute, Command: "child"})
	if err != nil {
		fmt.Println("error:", err)
		os.Exit(1)
	}
	return e
}

func number(n int) []byte { return binary.BigEndian.AppendUint32(nil, uint32(n)) }

// childWrite PATH NAME GOROUTINES COUNT writes COUNT numbered keys (0: without end) and prints each
// number once its Update has been acknowledged.
func childWrite(arg []string) error {
	e := childEngine(arg[0])
	workers, _ := strconv.Atoi(arg[2])
	count, _ := strconv.Atoi(arg[3])
	var wg sync.WaitGroup
	var mu sync.Mutex
	var first error
	for w := range workers {
		wg.Go(func() {
			for n := w; count == 0 || n < count; n += workers {
				err := e.Update(context.Background(), func(tx store.Tx) error {
					tx.Put([]byte(arg[1]+strconv.Itoa(n)), []byte(strings.Repeat("x", n%300)))
					tx.Put([]byte("total"), number(toNumber(tx.Get([]byte("total")))+1))
					return nil
				})
				if err != nil {
					mu.Lock()
					first = err
					mu.Unlock()
					return
				}
				fmt.Fprintf(os.Stdout, "%s%d\n", arg[1], n)
			}
		})
	}
	wg.Wait()
	return errors.Join(first, e.Close())
}

func toNumber(b []byte) int {
	if b == nil {
		return 0
	}
	return int(binary.BigEndian.Uint32(b))
}

// childHold PATH write|read stays in a transaction until it is told to go on.
func childHold(arg []string) error {
	e := childEngine(arg[0])
	stay := func() error {
		fmt.Println("holding")
		bufio.NewReader(os.Stdin).ReadString('\n')
		return nil
	}
	var err error
	if arg[1] == "write" {
		err = e.Update(context.Background(), func(tx store.Tx) error { tx.Put([]byte("held"), nil); return stay() })
	} else {
		err = e.View(context.Background(), func(store.Reader) error { return stay() })
	}
	return errors.Join(err, e.Close())
}

// childRead PATH reads without pause until its input ends.
func childRead(arg []string) error {
	e := childEngine(arg[0])
	end := make(chan struct{})
	go func() { io.Copy(io.Discard, os.Stdin); close(end) }()
	fmt.Println("reading")
	for {
		select {
		case <-end:
			return e.Close()
		default:
		}
		if err := e.View(context.Background(), func(r store.Reader) error { r.Get([]byte("a")); return nil }); err != nil {
			return err
		}
	}
}

// childLimit PATH writes until a limit on the size of files stops it, as a full disk would.
func childLimit(arg []string) error {
	limit := syscall.Rlimit{Cur: 1 << 20, Max: 1 << 20}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	e := childEngine(arg[0])
	defer e.Close()
	fmt.Println(untilFull(e))
	return nil
}

// untilFull writes numbered keys until an error, checks that all before are there and that small
// writes go on once something has been deleted, and sums up in a line.
func untilFull(e *Engine) string {
	ctx := context.Background()
	n := 0
	var err error
	for ; err == nil && n < 1000; n++ {
		err = e.Update(ctx, func(tx store.Tx) error { tx.Put(number(n), make([]byte, 20_000)); return nil })
	}
	n--
	if !errors.Is(err, store.ErrUnknown) || !errors.Is(err, store.ErrAway) || !strings.Contains(err.Error(), "disk full") {
		return fmt.Sprint("wrong error: ", err)
	}
	if err := e.Check(ctx); err != nil {
		return fmt.Sprint("check: ", err)
	}
	err = e.View(ctx, func(r store.Reader) error {
		for i := range n {
			if r.Get(number(i)) == nil {
				return fmt.Errorf("lost %d of %d", i, n)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Sprint("view: ", err)
	}
	for i := range 2 { // pages freed by one transaction are used by the next
		err = e.Update(ctx, func(tx store.Tx) error {
			for j := i * n / 2; j < (i+1)*n/2; j++ {
				tx.Delete(number(j))
			}
			return nil
		})
		if err != nil {
			return fmt.Sprint("delete: ", err)
		}
	}
	if err := e.Update(ctx, func(tx store.Tx) error { tx.Put(number(0), make([]byte, 20_000)); return nil }); err != nil {
		return fmt.Sprint("write after delete: ", err)
	}
	if n < 5 {
		return fmt.Sprint("only ", n, " written")
	}
	return "full, readable, and writable again"
}

// childPoor PATH is a user who may read the file but write neither it nor its folder.
func childPoor(arg []string) error {
	if err := errors.Join(syscall.Setgroups(nil), syscall.Setgid(65534), syscall.Setuid(65534)); err != nil {
		return err
	}
	for _, path := range arg {
		e := childEngine(path)
		err := e.View(context.Background(), func(r store.Reader) error {
			fmt.Printf("read %q\n", r.Get([]byte("a")))
			return nil
		})
		if err != nil {
			fmt.Println(err)
		}
		err = e.Update(context.Background(), func(tx store.Tx) error { tx.Put([]byte("a"), nil); return nil })
		fmt.Println("away:", errors.Is(err, store.ErrAway), "permission:", errors.Is(err, fs.ErrPermission))
		e.Close()
	}
	return nil
}

// childSync PATH writes under strace, which makes a sync fail: it says whether the outcome was called
// unknown, and goes on to show that the store still works.
func childSync(arg []string) error {
	e := childEngine(arg[0])
	for n := range 30 {
		err := e.Update(context.Background(), func(tx store.Tx) error { tx.Put(number(n), []byte("v")); return nil })
		fmt.Println(n, err == nil, errors.Is(err, store.ErrUnknown), errors.Is(err, syscall.EIO))
	}
	return errors.Join(e.Check(context.Background()), e.Close())
}

// childRate PATH SECONDS writes one change after the other for a while and prints how many it made,
// and its 99th percentile and longest in microseconds.
func childRate(arg []string) error {
	e := childEngine(arg[0])
	seconds, _ := strconv.Atoi(arg[1])
	var took []time.Duration
	for end := time.Now().Add(time.Duration(seconds) * time.Second); time.Now().Before(end); {
		begun := time.Now()
		if err := writeOurs(e, os.Getpid()*1000+len(took)); err != nil {
			return err
		}
		took = append(took, time.Since(begun))
	}
	slices.Sort(took)
	fmt.Println(len(took), took[len(took)*99/100].Microseconds(), took[len(took)-1].Microseconds())
	return e.Close()
}
