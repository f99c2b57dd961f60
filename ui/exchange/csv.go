package exchange

import (
	"errors"
	"strings"

	"board.internal/samverkan/model"
)

// errOpenQuote: the text ends inside a quoted cell.
var errOpenQuote = errors.New("quote never closed")

// records splits CSV into its records one by one. It is not encoding/csv because that one passes over empty
// lines, so that rows no longer count as a spreadsheet shows them, and knows no line that ends in CR alone.
type records struct {
	rest  string
	comma byte
	cells []string
}

// next returns the next record, whose cells are good until the call after; ok is false at the end.
func (r *records) next() (cells []string, ok bool, err error) {
	if r.rest == "" {
		return nil, false, nil
	}
	r.cells = r.cells[:0]
	for {
		cell, end, err := r.cell()
		r.cells = append(r.cells, cell)
		if end || err != nil {
			return r.cells, true, err
		}
	}
}

// cell cuts one cell off; end says that the record ends with it.
func (r *records) cell() (cell string, end bool, err error) {
	if strings.HasPrefix(r.rest, `"`) {
		if cell, err = r.quoted(); err != nil {
			return cell, true, err
		}
	}
	i := strings.IndexAny(r.rest, string(r.comma)+"\r\n")
	if i < 0 {
		cell, r.rest = cell+r.rest, ""
		return cell, true, nil
	}
	cell += r.rest[:i]
	stop := r.rest[i]
	r.rest = r.rest[i+1:]
	if stop == '\r' {
		r.rest = strings.TrimPrefix(r.rest, "\n")
	}
	if stop != r.comma {
		return cell, true, nil
	}
	// A comma at the very end of the text is followed by one more, empty cell.
	if r.rest == "" {
		r.cells, cell = append(r.cells, cell), ""
		return cell, true, nil
	}
	return cell, false, nil
}

// quoted cuts off what stands in quotes; a doubled quote inside is one.
func (r *records) quoted() (string, error) {
	var b strings.Builder
	rest := r.rest[1:]
	for {
		i := strings.IndexByte(rest, '"')
		if i < 0 {
			r.rest = ""
			return b.String() + rest, errOpenQuote
		}
		b.WriteString(rest[:i])
		rest = rest[i+1:]
		if !strings.HasPrefix(rest, `"`) {
			r.rest = rest
			return strings.ReplaceAll(b.String(), "\r\n", "\n"), nil
		}
		b.WriteByte('"')
		rest = rest[1:]
	}
}

// column is a column of the contract: its field and what lists call it, the name in an export first.
type column struct {
	field model.Field
	names []string
}

// columns are all columns, in the order of an export.
func columns() []column {
	return []column{
		{"id", []string{"id"}},
		{model.FieldCodename, []string{"codename", "kodnamn", "täcknamn"}},
		{model.FieldRegion, []string{"region"}},
		{model.FieldFocus, []string{"focus", "fokus"}},
		{model.FieldKind, []string{"kind", "typ"}},
		{model.FieldLevel, []string{"level", "nivå"}},
		{model.FieldStatus, []string{"status"}},
		{model.FieldArea, []string{"area", "område"}},
		{model.FieldCrime, []string{"crime", "brottstyp"}},
		{model.FieldTitle, []string{"title", "rubrik"}},
		{model.FieldAgencies, []string{"agencies", "myndigheter"}},
		{model.FieldPartners, []string{"partners", "partner"}},
		{model.FieldPriority, []string{"priority", "prioritet"}},
		{model.FieldReview, []string{"review", "uppföljning"}},
		{model.FieldDecider, []string{"decider", "beslutsfattare"}},
		{model.FieldDecided, []string{"decision date", "beslutsdatum"}},
		{model.FieldReference, []string{"reference", "dnr"}},
		{model.FieldReason, []string{"reason", "orsak"}},
		{model.FieldOutcome, []string{"outcome", "utfall"}},
		{model.FieldCreated, []string{"created", "skapad"}},
		{model.FieldEnded, []string{"ended", "avslutad", "slutdatum", "avslutsdatum"}},
	}
}

// known returns the field of each header, folded, and all headers.
func known() (fields map[string]model.Field, names []string) {
	fields = map[string]model.Field{}
	for _, c := range columns() {
		for _, n := range c.names {
			fields[model.Fold(n)] = c.field
			names = append(names, n)
		}
	}
	return fields, names
}

func foldHeader(cell string) string {
	if len(cell) > model.MaxTitle {
		return cell
	}
	return model.Fold(strings.ReplaceAll(cell, "_", " "))
}

// detect returns the comma under which the first record has the most known headers, and of equals the most cells.
func detect(s string) byte {
	fields, _ := known()
	best, bestKnown, bestCells := byte(';'), -1, 0
	for _, comma := range []byte{';', ',', '\t'} {
		r := records{rest: s, comma: comma}
		cells, _, _ := r.next()
		n := 0
		for _, c := range cells {
			if fields[foldHeader(c)] != "" {
				n++
			}
		}
		if n > bestKnown || n == bestKnown && len(cells) > bestCells {
			best, bestKnown, bestCells = comma, n, len(cells)
		}
	}
	return best
}
