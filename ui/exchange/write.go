package exchange

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"board.internal/samverkan/model"
)

// Effort returns an effort as the contract's JSON, for Print.
func Effort(e *model.Effort) any { return shape(e) }

// Linked returns an effort as Effort does, with its links.
func Linked(e *model.Effort, links []model.Link) any {
	j := shape(e)
	j.Links = linksOf(links)
	return j
}

func linksOf(links []model.Link) []link {
	out := []link{}
	for _, l := range links {
		out = append(out, link{l.Other, l.Kind})
	}
	return out
}

// Print writes a value as one line of JSON. Control characters that
// JSON would let through, and a terminal would obey, are escaped.
func Print(w io.Writer, v any) error {
	data, err := encode(v)
	if err == nil {
		_, err = w.Write(append(data, '\n'))
	}
	if err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	return nil
}

// encode returns a value as JSON without a line end, with U+007F to U+009F escaped.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	data := bytes.TrimSuffix(b.Bytes(), []byte("\n"))
	if bytes.IndexByte(data, 0x7F) < 0 && bytes.IndexByte(data, 0xC2) < 0 {
		return data, nil
	}
	// These stand in texts only, where an escape means the same.
	out := make([]byte, 0, len(data)+16)
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case c == 0x7F:
			out = append(out, `\u007f`...)
		case c == 0xC2 && i+1 < len(data) && data[i+1] >= 0x80 && data[i+1] <= 0x9F:
			i++
			out = append(append(out, `\u00`...), strconv.FormatUint(uint64(data[i]), 16)...)
		default:
			out = append(out, c)
		}
	}
	return out, nil
}

// change is one field of a journal entry as JSON.
type change struct {
	Field model.Field `json:"field"`
	Old   string      `json:"old"`
	New   string      `json:"new"`
}

// Entry returns a journal entry as the contract's JSON, for Print; hash is its own in the chain, in hexadecimal.
func Entry(ev *model.Event, hash string) any {
	changes := make([]change, len(ev.Changes))
	for i, c := range ev.Changes {
		changes[i] = change(c)
	}
	return struct {
		Seq      uint64           `json:"seq"`
		At       model.Stamp      `json:"at"`
		Officer  model.OfficerID  `json:"officer"`
		Agency   model.AgencyCode `json:"agency"`
		Terminal string           `json:"terminal"`
		Effort   model.EffortID   `json:"effort"`
		Action   model.Action     `json:"action"`
		Changes  []change         `json:"changes"`
		Hash     string           `json:"hash"`
		Op       string           `json:"op"`
	}{ev.Seq, ev.At, ev.Officer, ev.Agency, ev.Terminal, ev.Effort, ev.Action, changes, hash, ev.Op}
}

type sum struct {
	Open    int `json:"open"`
	Waiting int `json:"waiting"`
	New     int `json:"new"`
}

func sumOf(s *model.Summary) sum { return sum{s.Open, s.Waiting, s.New} }

type cell struct {
	Region model.RegionCode `json:"region"`
	Focus  model.FocusCode  `json:"focus"`
	sum
}

// Overview returns the national picture as the contract's JSON, for Print: the cells of every region and the
// country, what fits none of them, and the total of all.
func Overview(o model.Overview) any {
	out := struct {
		Cells    []cell `json:"cells"`
		Unplaced sum    `json:"unplaced"`
		Total    sum    `json:"total"`
	}{Cells: []cell{}, Total: sumOf(o.Total.Sum)}
	for _, row := range o.Rows {
		if row.Region == "" {
			out.Unplaced = sumOf(row.Sum)
			continue
		}
		for i, s := range row.Cells {
			out.Cells = append(out.Cells, cell{row.Region, o.Focuses[i].Code, sumOf(s)})
		}
	}
	return out
}

// Array writes a JSON array element by element, each on a line of its own; nothing but the one at hand is
// in memory.
type Array struct {
	w     *bufio.Writer
	begun bool
	err   error
}

// NewArray returns an array that is written to w. Close it.
func NewArray(w io.Writer) *Array { return &Array{w: bufio.NewWriterSize(w, 1<<16)} }

// Add writes an element.
func (a *Array) Add(v any) error {
	data, err := encode(v)
	if a.err = cmp.Or(a.err, err); a.err != nil {
		return fmt.Errorf("write JSON: %w", a.err)
	}
	before := ",\n"
	if !a.begun {
		before = "["
	}
	a.begun = true
	a.write(before)
	a.write(string(data))
	return a.err
}

func (a *Array) write(s string) {
	if a.err == nil {
		_, a.err = a.w.WriteString(s)
	}
}

// end closes the array and leaves the line open.
func (a *Array) end() {
	if !a.begun {
		a.write("[")
	}
	a.write("]")
	a.begun = false
}

// Close ends the array and writes what is still held back. It does not close w.
func (a *Array) Close() error {
	a.end()
	a.write("\n")
	return a.flush()
}

func (a *Array) flush() error {
	if err := cmp.Or(a.err, a.w.Flush()); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	return nil
}

// Writer writes an export, effort by effort.
type Writer struct {
	a *Array
	// Links are those of the efforts that have some.
	Links map[model.EffortID][]model.Link
}

// NewWriter returns an export that is written to w. The same efforts in the same order give the same bytes;
// the contract's order is that of their ids. Close it.
func NewWriter(w io.Writer) *Writer {
	x := &Writer{a: NewArray(w)}
	x.a.write(`{"efforts":`)
	return x
}

// Add writes an effort with its notes in full.
func (x *Writer) Add(e *model.Effort, notes []model.Note) error {
	j := shape(e)
	if links := x.Links[e.ID]; len(links) > 0 {
		j.Links = linksOf(links)
	}
	j.NoteTexts, j.Notes = make([]note, len(notes)), uint32(len(notes))
	for i, n := range notes {
		j.NoteTexts[i] = note{n.Text, n.At, n.By, n.Important}
	}
	return x.a.Add(j)
}

// Close writes the register of partners, sorted, and ends the export. It does not close the writer below.
func (x *Writer) Close(partners []model.Partner) error {
	x.a.end()
	x.a.write(",\n\"partners\":")
	partners = slices.SortedFunc(slices.Values(partners), func(a, b model.Partner) int {
		return cmp.Or(cmp.Compare(a.Region, b.Region), cmp.Compare(a.Name, b.Name))
	})
	for _, p := range partners {
		if err := x.a.Add(partner(p)); err != nil {
			return err
		}
	}
	x.a.end()
	x.a.write("}\n")
	return x.a.flush()
}

// CSV writes a list for a spreadsheet: the contract's English columns after the id, semicolons, UTF-8 with a
// byte order mark and CRLF, as Excel opens it right. It carries no follow-up, notes or reasons of agencies,
// and no agency whose part has ended; import reads the rest back.
type CSV struct {
	w     *bufio.Writer
	first bool
}

// NewCSV returns a list that is written to w. Close it.
func NewCSV(w io.Writer) *CSV { return &CSV{bufio.NewWriterSize(w, 1<<16), true} }

// Add writes an effort as a row.
func (c *CSV) Add(e *model.Effort) error {
	c.header()
	cells := make([]string, 0, 21)
	for _, col := range columns() {
		cells = append(cells, guarded(cellOf(e, col.field)))
	}
	return c.row(cells)
}

func (c *CSV) header() {
	if !c.first {
		return
	}
	c.first = false
	var names []string
	for _, col := range columns() {
		names = append(names, col.names[0])
	}
	_, _ = c.w.WriteString("\uFEFF") // a bufio.Writer keeps its error for the row after
	_ = c.row(names)
}

func (c *CSV) row(cells []string) error {
	for i, s := range cells {
		if strings.ContainsAny(s, ";\"\r\n\t") || s != strings.TrimSpace(s) {
			cells[i] = `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
		}
	}
	if _, err := c.w.WriteString(strings.Join(cells, ";") + "\r\n"); err != nil {
		return fmt.Errorf("write list: %w", err)
	}
	return nil
}

// Close writes what is still held back, and the headers when there was no effort. It does not close w.
func (c *CSV) Close() error {
	c.header()
	if err := c.w.Flush(); err != nil {
		return fmt.Errorf("write list: %w", err)
	}
	return nil
}

// cellOf returns a column's value as a list has it.
func cellOf(e *model.Effort, f model.Field) string {
	switch f {
	case "id":
		return string(e.ID)
	case model.FieldRegion:
		if e.Level == model.National && len(e.Touches) > 0 {
			return e.Get(model.FieldRegions)
		}
	case model.FieldAgencies:
		return formatAssignments(e.Assignments)
	}
	return e.Get(f)
}
