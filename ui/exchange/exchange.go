// Package exchange reads and writes lists: the CSV that people keep in Excel, and the JSON of exports and
// scripts. It knows the forms and no rules: what a list may say is for model.Decide.
package exchange

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/text"
)

// What is taken in at once. A list has some hundreds of rows; an export of a hundred thousand efforts is
// larger than a list of as many.
const (
	MaxList   = 64 << 20
	MaxExport = 512 << 20
	MaxRows   = 200_000
)

// List is what was read. It imports as it is when it has no Problems; when it has some, its rows hold what
// could be read of them, so that the model can be asked for further faults, and it must not be stored.
type List struct {
	Import   model.Import
	Problems model.Problems
	// Empty is how many rows were skipped because nothing stands in them.
	Empty int

	cat *model.Catalogue
	// columns is what the file calls the fields, order the place of their columns, and header the row of both.
	columns map[model.Field]string
	order   map[model.Field]int
	header  int
	json    bool
}

// Kind is what is wrong with a list beyond what model says of a value.
type Kind uint8

// The kinds; from Empty on, nothing could be read at all.
const (
	UnknownColumn Kind = iota + 1
	DoubleColumn
	NoColumns
	BeyondColumns
	OpenQuote
	Marks
	UnknownKey
	WrongType
	NoteTexts
	Empty
	TooLarge
	TooMany
	Syntax
	NoList
)

// Fault is one thing that is wrong. Its sentence is in ui/text, with Near or what stands in Args filled in.
type Fault struct {
	Kind Kind
	Near string
	Args []string
}

// Error is for a log.
func (f *Fault) Error() string { return "read list: " + f.sentence(text.In("en")) }

func (f *Fault) sentence(t *text.Texts) string {
	x := &t.Config.Exchange
	near := ""
	if f.Near != "" {
		near = text.Fill(t.Faults.Near, "near", f.Near)
	}
	return text.Fill(map[Kind]string{UnknownColumn: x.UnknownColumn, DoubleColumn: x.DoubleColumn, NoColumns: x.NoColumns,
		BeyondColumns: x.BeyondColumns, OpenQuote: x.OpenQuote, Marks: x.Marks, UnknownKey: x.UnknownKey, WrongType: x.WrongType,
		NoteTexts: x.NoteTexts, Empty: x.Empty, TooLarge: x.TooLarge, TooMany: x.TooMany, Syntax: x.Syntax, NoList: x.NoList,
	}[f.Kind], append(slices.Clone(f.Args), "near", near)...)
}

// Sentence says in a language what any error is, a *Fault included.
func Sentence(t *text.Texts, err error) string {
	var f *Fault
	if errors.As(err, &f) {
		return f.sentence(t)
	}
	return t.Error(err)
}

// Load reads a file of at most so many bytes, JSON or CSV as its content says. What is wrong with a value is among the list's
// Problems; an error means that nothing could be read, a *Fault when it is the content.
func Load(r io.Reader, most int, cat *model.Catalogue, lex *model.Lexicon) (*List, error) {
	data, err := io.ReadAll(io.LimitReader(r, int64(most)+1))
	if err != nil {
		return nil, fmt.Errorf("read list: %w", err)
	}
	if len(data) > most {
		return nil, tooLarge(most)
	}
	return Read(data, cat, lex)
}

// Read is Load of what is in memory. lex knows how people write the catalogue's words: text.Lexicon.
func Read(data []byte, cat *model.Catalogue, lex *model.Lexicon) (*List, error) {
	if len(data) > MaxExport {
		return nil, tooLarge(MaxExport)
	}
	s := decode(data)
	begin := strings.TrimLeft(s, " \t\r\n")
	l := &List{cat: cat, columns: map[model.Field]string{}, order: map[model.Field]int{}}
	switch {
	case begin == "":
		return nil, &Fault{Kind: Empty}
	case begin[0] == '{' || begin[0] == '[':
		l.json = true
		return l, l.readJSON([]byte(s), lex)
	case len(data) > MaxList:
		return nil, tooLarge(MaxList)
	}
	return l, l.readCSV(s, lex)
}

func tooLarge(most int) error {
	return &Fault{Kind: TooLarge, Args: []string{"most", strconv.Itoa(most >> 20)}}
}

// add reports a fault; what is quoted of the file is short and without personal numbers.
func (l *List) add(row int, f model.Field, value string, err error) {
	value = strings.ToValidUTF8(value, "\uFFFD")
	value = model.MaskPersonal(value)
	if runes := []rune(value[:min(len(value), 400)]); len(runes) > 80 {
		value = string(runes[:80]) + "…"
	}
	l.Problems = append(l.Problems, model.Problem{Row: row, Field: f, Value: value, Err: err})
}

// append takes a row, and refuses one too many.
func (l *List) append(row model.Row) error {
	if len(l.Import.Rows) == MaxRows {
		return &Fault{Kind: TooMany, Args: []string{"most", strconv.Itoa(MaxRows)}}
	}
	l.Import.Rows = append(l.Import.Rows, row)
	return nil
}

// several are the fields with more than one value: that one could not be read says nothing of the others.
var several = []model.Field{model.FieldAgencies, model.FieldNote, "measures", "hours", "outcomes"}

// Merge returns the list's own problems and those that the model found in its rows, in the order of rows,
// each once: what could not be read and is therefore missing is not missing as well.
func (l *List) Merge(found model.Problems) model.Problems {
	type place struct {
		row   int
		field model.Field
	}
	read := map[place][]string{}
	for _, p := range l.Problems {
		at := place{p.Row, p.Field}
		read[at] = append(read[at], p.Value)
	}
	all := slices.Clone(l.Problems)
	for _, p := range found {
		values, known := read[place{p.Row, p.Field}]
		_, column := read[place{l.header, p.Field}]
		switch {
		case known && slices.Contains(values, p.Value) && p.Field != "":
		case known && p.Value == "" && p.Field != "" && !slices.Contains(several, p.Field):
		case p.Field != "" && column && !l.json && p.Value == "":
		default:
			all = append(all, p)
		}
	}
	slices.SortStableFunc(all, func(a, b model.Problem) int {
		return cmp.Or(cmp.Compare(a.Row, b.Row), cmp.Compare(l.at(a), l.at(b)))
	})
	return all
}

// at is the place in its row that a problem of a list speaks of: its column's, after them what is beyond all of them.
func (l *List) at(p model.Problem) int {
	f := p.Field
	if f == model.FieldRegions {
		f = model.FieldRegion
	}
	if n, ok := l.order[f]; ok {
		return n
	}
	return math.MaxInt
}

// Lines says what the problems are, one line each with row, column, value and reason, the first limit of
// them and then how many more.
func (l *List) Lines(t *text.Texts, p model.Problems, limit int) []string {
	more := len(p) - limit
	if more > 0 {
		p = p[:limit]
	}
	lines := make([]string, 0, len(p)+1)
	for _, q := range p {
		lines = append(lines, l.line(t, q))
	}
	if more > 0 {
		lines = append(lines, text.Fill(t.Config.Exchange.More, "n", strconv.Itoa(more)))
	}
	return lines
}

func (l *List) line(t *text.Texts, p model.Problem) string {
	var at, parts []string
	if p.Row > 0 {
		at = append(at, l.place(t, strconv.Itoa(p.Row)))
	}
	if p.Field != "" {
		at = append(at, l.column(t, p.Field))
	}
	if len(at) > 0 {
		parts = append(parts, strings.Join(at, ", "))
	}
	if p.Value != "" {
		parts = append(parts, strconv.Quote(p.Value))
	}
	named := strings.Join(parts, ": ")
	if said := l.said(t, p); said != "" && named != "" {
		return named + " " + said
	}
	return strings.Join(append(parts, l.reason(t, p.Err)), ": ")
}

// place is where in the file a row stands.
func (l *List) place(t *text.Texts, n string) string {
	if l.json {
		return text.Fill(t.Config.Exchange.Effort, "n", n)
	}
	return text.Fill(t.Config.Exchange.Row, "n", n)
}

// column is what the file calls a field.
func (l *List) column(t *text.Texts, f model.Field) string {
	if l.json {
		return cmp.Or(jsonNames[f], string(f))
	}
	if f == model.FieldRegions {
		f = model.FieldRegion
	}
	return cmp.Or(l.columns[f], t.Field(f))
}

// said is what is to be said of a value, or else a column, that has just been named; "" when the reason is a
// sentence of its own.
func (l *List) said(t *text.Texts, p model.Problem) string {
	var no *model.Error
	if !errors.As(p.Err, &no) {
		return ""
	}
	x := &t.Config.Exchange
	switch no.Why {
	case model.Missing:
		if p.Value != "" { // it is there, but not all of it
			return x.Incomplete
		}
		return x.Missing
	case model.BadNumber:
		return x.Number
	case model.BadDate:
		return x.Date
	case model.Twice:
		if row := no.Args["row"]; row != "" {
			return text.Fill(x.TwiceRow, "row", l.place(t, row))
		}
		return x.Twice
	case model.UnknownValue:
		near := no.Args["near"]
		if near != "" && !l.json {
			near = t.Value(model.Field(no.Args["field"]), near, l.cat)
		}
		if near != "" {
			near = text.Fill(t.Faults.Near, "near", near)
		}
		return text.Fill(x.Unknown, "near", near)
	}
	return ""
}

// reason says what is wrong with a value in a sentence of its own.
func (l *List) reason(t *text.Texts, err error) string {
	var no *model.Error
	if errors.As(err, &no) && no.Why == model.BadText && no.Err != nil {
		return t.Error(no.Err)
	}
	return Sentence(t, err)
}

// words looks words up once: a list says the same few again and again, and the nearest of an unknown one is dear.
type words struct {
	lex  *model.Lexicon
	seen map[wordKey]found
}

type wordKey struct {
	domain model.Domain
	typed  string
}

type found struct {
	code, near string
	ok         bool
}

// lookup returns the code of a word; near is the code of the nearest known one when there is none.
func (w *words) lookup(d model.Domain, typed string) found {
	// What is this long is no word, and the distance to it would take its square.
	if len(typed) > 2*model.MaxShort {
		return found{}
	}
	key := wordKey{d, typed}
	f, known := w.seen[key]
	if !known {
		f.code, f.near, f.ok = w.lex.Lookup(d, typed)
		if f.near != "" {
			f.near, _, _ = w.lex.Lookup(d, f.near)
		}
		w.seen[key] = f
	}
	return f
}

func newWords(lex *model.Lexicon) words { return words{lex, map[wordKey]found{}} }

func invalid(why model.Why, f model.Field, value, near string) error {
	return &model.Error{Fault: model.Invalid, Why: why,
		Args: map[string]string{"field": string(f), "value": model.MaskPersonal(value), "near": near}}
}

func unknown(f model.Field, value, near string) error {
	return invalid(model.UnknownValue, f, value, near)
}

func missing(f model.Field) error { return invalid(model.Missing, f, "", "") }

// checkID wants an id that the board could have given: a known region's, or the country's, and no number so
// large that those after it would be unreadable. "" is none yet.
func (l *List) checkID(row int, id *model.EffortID) {
	if *id == "" {
		return
	}
	region, _, n, ok := id.Parts()
	if _, err := model.CleanText(string(*id), model.MaxShort); err != nil || !ok || n > 999_999 || l.cat.Region(region) == nil {
		l.add(row, "id", string(*id), unknown("id", string(*id), ""))
		*id = ""
	}
}

// lineOf returns the line from 1 on which an offset stands.
func lineOf(data []byte, offset int64) string {
	return strconv.Itoa(1 + bytes.Count(data[:min(max(offset, 0), int64(len(data)))], []byte("\n")))
}
