package exchange

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
)

// Rows writes a table of any columns as Excel opens it right: semicolons, UTF-8 with a byte order mark, CRLF.
type Rows struct{ csv CSV }

// NewRows returns a table that is written to w. Close it.
func NewRows(w io.Writer) *Rows {
	r := &Rows{CSV{bufio.NewWriterSize(w, 1<<16), false}}
	_, _ = r.csv.w.WriteString("\uFEFF") // a bufio.Writer keeps its error for the row after
	return r
}

// Add writes a row as it is. What somebody typed goes through Guard first; a number must not.
func (r *Rows) Add(cells ...string) error { return r.csv.row(cells) }

// Close writes what is still held back. It does not close the writer below.
func (r *Rows) Close() error {
	if err := r.csv.w.Flush(); err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	return nil
}

// Guard returns a text that a spreadsheet shows and does not compute.
func Guard(s string) string { return guarded(s) }

// Markdown returns a line that Markdown shows as it stands, in a cell of a table too.
func Markdown(s string) string { return escaped(oneLine(s)) }

// Decimal writes thousandths as a number, without zeros at its end.
func Decimal(milli int64) json.Number { return decimal(milli, 3) }
