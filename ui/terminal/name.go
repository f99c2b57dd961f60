package terminal

import (
	"os"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/term"
)

// Name is what the system calls the terminal behind a file, as pts/3; "" when it is none, or the system does not say.
func Name(f *os.File) string {
	if !term.IsTerminal(f.Fd()) {
		return ""
	}
	file, err := os.Readlink("/proc/self/fd/" + strconv.Itoa(int(f.Fd())))
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(file, "/dev/")
}
