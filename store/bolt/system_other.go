//go:build !linux

package bolt

import "os"

// networkOf knows no network file systems here: the table is Linux's.
func networkOf(folder string) (string, error) {
	_, err := os.Stat(folder)
	return "", err
}

// renameNew renames a file to a name that nothing has.
func renameNew(from, to string) error { return linkNew(from, to) }

// locksOn: only Linux shows who holds a lock.
func locksOn(*os.File) []int { return nil }

// flag needs locks of open files, which only Linux has.
func flag(*os.File)         {}
func unflag(*os.File)       {}
func flagged(*os.File) bool { return false }
