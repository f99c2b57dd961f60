package exchange

import (
	"errors"
	"io"
	"os"
)

// WriteNew writes a file that is not there yet, whole or not at all, for nobody else to read.
func WriteNew(path string, write func(io.Writer) error) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if err = errors.Join(write(file), file.Sync(), file.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}
