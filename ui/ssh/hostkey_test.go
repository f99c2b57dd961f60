package ssh

import (
	"os"
	"path/filepath"
	"testing"
)

// TestHostKeyLinkThatLeadsNowhere: no start makes a key there, and none says that the next one will.
func TestHostKeyLinkThatLeadsNowhere(t *testing.T) {
	file := filepath.Join(t.TempDir(), "host_key")
	if err := os.Symlink(file+".gone", file); err != nil {
		t.Fatal(err)
	}
	for _, make := range []bool{true, false} {
		if _, err := hostKey(file, make); !says(err, exitInvalid, "is a link to a file that is not there") {
			t.Errorf("made: %v: %v", make, err)
		}
	}
}
