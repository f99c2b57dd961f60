package terminal

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"go.uber.org/goleak"

	"board.internal/samverkan/ui/input"
)

// What the test binary is when a test starts it again.
const (
	roleVariable = "TERMINAL_TEST_ROLE"
	roleProgram  = "program" // a program on its terminal
	roleShell    = "shell"   // a shell that runs the program and continues it when it stops
	roleBare     = "bare"    // the same model on Bubble Tea alone, to measure against
)

// The exit codes of roleProgram.
const (
	exitQuit = iota
	exitOther
	exitHangUp
	exitStopped
	exitPanic
)

func TestMain(m *testing.M) {
	switch os.Getenv(roleVariable) {
	case roleProgram:
		os.Exit(program())
	case roleShell:
		os.Exit(shell())
	case roleBare:
		if _, err := tea.NewProgram(echo{}, tea.WithAltScreen(), tea.WithFPS(120)).Run(); err != nil {
			os.Exit(exitOther)
		}
		os.Exit(exitQuit)
	}
	goleak.VerifyTestMain(m)
}

// echo is a model that shows the keys it got, and does what some of them ask.
type echo struct {
	keys []string
	view func() string
}

func (e echo) Init() tea.Cmd { return nil }

func (e echo) View() string {
	if e.view != nil {
		return e.view()
	}
	return "echo\nkeys: " + strings.Join(e.keys, " ") + ";"
}

func (e echo) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.ResumeMsg:
		e.keys = append(e.keys, "resumed")
	case tea.KeyMsg:
		for _, key := range input.Split(msg) {
			e.keys = append(e.keys, key.String())
			switch key.String() {
			case "q":
				return e, tea.Quit
			case "ctrl+z":
				return e, tea.Suspend
			case "U":
				panic("in update\x1b[2J")
			case "V":
				e.view = func() string { panic("in view") }
			case "C":
				return e, func() tea.Msg { panic("in command") }
			case "B":
				return e, tea.Batch(func() tea.Msg { return nil }, func() tea.Msg { panic("in batch") })
			case "S":
				return e, tea.Sequence(func() tea.Msg { return nil }, func() tea.Msg { panic("in sequence") })
			}
		}
	}
	return e, nil
}

func program() int {
	err := Run(context.Background(), echo{}, Options{})
	fmt.Println("ended:", err)
	var p *PanicError
	switch {
	case err == nil:
		return exitQuit
	case errors.Is(err, ErrHangUp):
		return exitHangUp
	case errors.Is(err, ErrStopped):
		return exitStopped
	case errors.As(err, &p):
		return exitPanic
	}
	return exitOther
}

// shell runs the program in the foreground, as a shell does with a job, and continues it whenever it stops.
func shell() int {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), roleVariable+"="+roleProgram)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Foreground: true, Ctty: 0}
	if err := cmd.Start(); err != nil {
		fmt.Println("shell:", err)
		return exitOther
	}
	for {
		var status syscall.WaitStatus
		if _, err := syscall.Wait4(cmd.Process.Pid, &status, syscall.WUNTRACED, nil); errors.Is(err, syscall.EINTR) {
			continue
		} else if err != nil {
			fmt.Println("shell:", err)
			return exitOther
		}
		if !status.Stopped() {
			return status.ExitStatus()
		}
		fmt.Println("shell: stopped")
		if err := syscall.Kill(-cmd.Process.Pid, syscall.SIGCONT); err != nil {
			fmt.Println("shell:", err)
			return exitOther
		}
	}
}
