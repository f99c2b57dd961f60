package bolt

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"board.internal/samverkan/store"
)

// Backup implements store.Engine. The error wraps fs.ErrExist when file is there already, and nothing
// is left behind by a copy that failed. Writers wait while the pages are read, about as long as copying the file takes.
func (e *Engine) Backup(ctx context.Context, file string) error {
	if _, err := os.Lstat(file); err == nil {
		return notCopied(file, fs.ErrExist)
	}
	temp, err := os.CreateTemp(filepath.Dir(file), "."+filepath.Base(file)+".*")
	if err != nil {
		return notCopied(file, err)
	}
	defer os.Remove(temp.Name())
	defer temp.Close()
	to := patient{ctx: ctx, to: temp}
	err = e.read(ctx, "copy", false, func(h *handle) error {
		_, err := h.tx.WriteTo(&to)
		if ctx.Err() != nil { // bbolt makes text of it
			return ctx.Err()
		}
		return err
	})
	if to.err != nil {
		return notCopied(file, to.err)
	}
	if err != nil {
		return fmt.Errorf("back up to %s: %w", file, err)
	}
	if err = temp.Sync(); err == nil {
		err = temp.Close()
	}
	if err == nil {
		err = checkFile(temp.Name())
	}
	if err == nil {
		err = place(temp.Name(), file)
	}
	if errors.Is(err, store.ErrDamaged) {
		return fmt.Errorf("back up to %s: %w", file, err)
	}
	if err != nil {
		return notCopied(file, err)
	}
	return nil
}

func notCopied(file string, err error) error {
	return fmt.Errorf("back up to %s: %w: %w", file, store.ErrCopy, kind(err))
}

// patient writes until its context ends, and keeps the error of writing.
type patient struct {
	ctx context.Context
	to  io.Writer
	err error
}

func (p *patient) Write(b []byte) (n int, err error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	n, p.err = p.to.Write(b)
	return n, p.err
}

func checkFile(path string) error {
	h, err := begin(path, access{freelist: true, wait: time.Second})
	if err != nil {
		return err
	}
	defer h.end()
	return h.check()
}

// Check implements store.Engine. A store that does not exist yet is in order.
func (e *Engine) Check(ctx context.Context) error {
	err := e.read(ctx, "check", true, (*handle).check)
	if errors.Is(err, errMissing) {
		return nil
	}
	return err
}

// check reads every page, and then lets bbolt check what is left: the order of the keys, and pages
// that belong to nobody.
func (h *handle) check() error {
	if both := heads(h.file); both[0].page == 0 || both[1].page == 0 {
		return damaged("one of the two heads is broken: the newest change may be missing")
	}
	if err := survey(h.file, true); err != nil {
		return err
	}
	const most = 5
	var found []string
	n := 0
	for err := range h.tx.Check() {
		if n++; n <= most {
			found = append(found, err.Error())
		}
	}
	if n > most {
		found = append(found, fmt.Sprintf("and %d more", n-most))
	}
	if n > 0 {
		return damaged("%s", strings.Join(found, "; "))
	}
	return nil
}
