package exchange

import (
	"bytes"
	"encoding"
	"encoding/json"
	"errors"
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"

	"board.internal/samverkan/model"
)

// reader is a JSON file on its way in.
type reader struct {
	*List
	words
	dec *json.Decoder
	// row is the effort's number in the file, from 1.
	row int
}

// readJSON reads an export, or an array of efforts as list --json prints.
func (l *List) readJSON(data []byte, lex *model.Lexicon) error {
	r := &reader{List: l, words: newWords(lex), dec: json.NewDecoder(bytes.NewReader(data))}
	err := r.file()
	if err == nil && r.dec.More() {
		err = &Fault{Kind: NoList}
	}
	var f *Fault
	if err == nil || errors.As(err, &f) {
		return err
	}
	at := r.dec.InputOffset()
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		at = syntax.Offset
	}
	return &Fault{Kind: Syntax, Args: []string{"line", lineOf(data, at), "cause", err.Error()}}
}

func (r *reader) file() error {
	t, err := r.dec.Token()
	if err != nil {
		return err
	}
	if t == json.Delim('[') {
		return r.array(r.effort)
	}
	listed := false
	for r.dec.More() {
		key, err := r.dec.Token()
		if err != nil {
			return err
		}
		switch key {
		case "efforts":
			listed = true
			err = r.member(r.effort)
		case "partners":
			err = r.member(r.partner)
		default:
			name, _ := key.(string)
			r.unknownKey(0, "", name, []string{"efforts", "partners"})
			err = r.dec.Decode(new(json.RawMessage))
		}
		if err != nil {
			return err
		}
	}
	if !listed {
		return &Fault{Kind: NoList}
	}
	_, err = r.dec.Token()
	return err
}

// member reads an array that stands under a key.
func (r *reader) member(each func(json.RawMessage) error) error {
	t, err := r.dec.Token()
	if err == nil && t != json.Delim('[') {
		err = &Fault{Kind: NoList}
	}
	if err != nil {
		return err
	}
	return r.array(each)
}

// array reads the elements up to the end of an array that has begun.
func (r *reader) array(each func(json.RawMessage) error) error {
	for r.dec.More() {
		var raw json.RawMessage
		if err := r.dec.Decode(&raw); err != nil {
			return err
		}
		if err := each(raw); err != nil {
			return err
		}
	}
	_, err := r.dec.Token()
	return err
}

func (r *reader) unknownKey(row int, f model.Field, key string, known []string) {
	near := ""
	if len(key) <= model.MaxShort {
		near = model.Nearest(key, known)
	}
	r.add(row, f, key, &Fault{Kind: UnknownKey, Near: near})
}

func (r *reader) partner(raw json.RawMessage) error {
	var p partner
	row := r.row
	r.row = 0
	ok := r.decode(raw, &p)
	r.row = row
	name, err := model.CleanText(p.Name, model.MaxShort)
	switch {
	case !ok:
	case err != nil:
		r.add(0, model.FieldPartners, p.Name, err)
	case name == "":
		r.add(0, model.FieldPartners, "", missing(model.FieldPartners))
	case r.cat.Region(p.Region) == nil:
		r.add(0, model.FieldPartners, string(p.Region), unknown(model.FieldRegion, string(p.Region), ""))
	default:
		r.Import.Partners = append(r.Import.Partners, model.Partner{Region: p.Region, Name: name})
	}
	return nil
}

func (r *reader) effort(raw json.RawMessage) error {
	r.row++
	var j effort
	r.decode(raw, &j)
	if raw[0] != '{' {
		return nil // said by decode; what is no effort lacks nothing further
	}
	for _, l := range j.Links {
		if l.ID != "" && j.ID != "" && l.Kind != 0 {
			r.Import.Links = append(r.Import.Links, model.Link{Effort: j.ID, Other: l.ID, Kind: l.Kind})
		}
	}
	return r.append(model.Row{Number: r.row, Effort: r.model(&j), Notes: r.notes(&j)})
}

// decode reads a value at once when all is right with it, else part by part, so that everything wrong is
// said and the rest is kept. It reports whether all was right.
func (r *reader) decode(raw json.RawMessage, into any) bool {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if dec.Decode(into) == nil {
		return true
	}
	v := reflect.ValueOf(into).Elem()
	v.SetZero()
	return r.value("", raw, v)
}

// value reads one value; what is wrong inside a list takes its element out.
func (r *reader) value(f model.Field, raw json.RawMessage, v reflect.Value) bool {
	if string(raw) == "null" {
		return true
	}
	if v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		v = v.Elem()
	}
	_, text := v.Addr().Interface().(encoding.TextUnmarshaler)
	switch {
	case !text && v.Kind() == reflect.Slice:
		return r.elements(f, raw, v)
	case !text && v.Kind() == reflect.Struct:
		return r.keys(f, raw, v)
	}
	err := json.Unmarshal(raw, v.Addr().Interface())
	if err == nil {
		return true
	}
	v.SetZero()
	typed := unquoted(raw)
	var no *model.Error
	switch {
	case !errors.As(err, &no):
		err = &Fault{Kind: WrongType}
	case no.Why == model.UnknownValue:
		err = unknown(f, typed, r.nearest(v.Interface(), typed))
	}
	r.add(r.row, f, typed, err)
	return false
}

// unquoted is a value as a message quotes it.
func unquoted(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	return string(raw)
}

// nearest returns the stable name that comes nearest to a word, "" when v is not of a closed set.
func (r *reader) nearest(v any, typed string) string {
	var d model.Domain
	switch v.(type) {
	case model.Status:
		d = model.DomainStatus
	case model.Kind:
		d = model.DomainKind
	case model.Level:
		d = model.DomainLevel
	case model.State:
		d = model.DomainState
	case model.Mode:
		d = model.DomainMode
	case model.MeasureType:
		d = model.DomainMeasure
	}
	w := r.lookup(d, typed)
	if w.ok {
		return w.code
	}
	return w.near
}

func (r *reader) elements(f model.Field, raw json.RawMessage, v reflect.Value) bool {
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		r.add(r.row, f, unquoted(raw), &Fault{Kind: WrongType})
		return false
	}
	all := true
	for _, element := range list {
		e := reflect.New(v.Type().Elem()).Elem()
		if r.value(f, element, e) {
			v.Set(reflect.Append(v, e))
		} else {
			all = false
		}
	}
	return all
}

func (r *reader) keys(f model.Field, raw json.RawMessage, v reflect.Value) bool {
	var table map[string]json.RawMessage
	if json.Unmarshal(raw, &table) != nil {
		r.add(r.row, f, unquoted(raw), &Fault{Kind: WrongType})
		return false
	}
	all := true
	var known []string
	for i := range v.NumField() {
		key, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		known = append(known, key)
		raw, given := table[key]
		delete(table, key)
		if given && !r.value(fieldOf(f, key), raw, v.Field(i)) {
			all = false
		}
	}
	for _, key := range slices.Sorted(maps.Keys(table)) {
		r.unknownKey(r.row, f, key, known)
		all = false
	}
	return all
}

// fieldOf is the model's name of a key: within a part of an effort, that of the part.
func fieldOf(part model.Field, key string) model.Field {
	switch {
	case part == "decision" && key == "date":
		return model.FieldDecided
	case part == "decision":
		return model.Field(key)
	case part != "":
		return part
	case key == "assignments":
		return model.FieldAgencies
	case key == "note_texts":
		return model.FieldNote
	}
	return model.Field(key)
}

// model returns the effort that JSON says, after looking at what the model takes on trust: how large the
// number in an id may be, and decimals.
func (r *reader) model(j *effort) *model.Effort {
	r.checkID(r.row, &j.ID)
	e := &model.Effort{ID: j.ID, Codename: j.Codename, Title: j.Title, Region: j.Region, Focus: j.Focus, Area: j.Area, Crime: j.Crime,
		Reason: j.Reason, Outcome: j.Outcome, Partners: j.Partners, Created: j.Created, Updated: j.Updated, Ended: j.Ended,
		Review: j.Review, Version: j.Version, Status: j.Status, Kind: j.Kind, Level: j.Level, Priority: j.Priority}
	if j.Priority > model.PriorityLow {
		value := string(decimal(int64(j.Priority), 0))
		r.add(r.row, model.FieldPriority, value, invalid(model.BadNumber, model.FieldPriority, value, ""))
		e.Priority = 0
	}
	if own := len(j.Regions) == 1 && j.Regions[0] == j.Region; j.Level == model.National || len(j.Regions) > 0 && !own {
		e.Touches = j.Regions
	}
	if j.Version > 0 && j.Updated == 0 {
		r.add(r.row, model.FieldUpdated, "", missing(model.FieldUpdated))
	}
	if d := j.Decision; d != nil {
		e.Decision = &model.Decision{Decider: d.Decider, Date: d.Date, Reference: d.Reference}
	}
	for _, a := range j.Assignments {
		e.Assignments = append(e.Assignments, model.Assignment{Agency: a.Agency, State: a.State, Mode: a.Mode, Lead: a.Lead, Since: a.Since, Reason: a.Reason})
	}
	r.followup(e, j)
	return e
}

func (r *reader) followup(e *model.Effort, j *effort) {
	var f model.Followup
	for _, m := range j.Measures {
		f.Measures = append(f.Measures, model.Measure{Type: m.Type, Text: m.Text, At: m.At, By: m.By})
	}
	for _, h := range j.Hours {
		n, ok := parseDecimal(h.Hours, hourPlaces)
		if !ok || n < math.MinInt32 || n > math.MaxInt32 {
			r.add(r.row, "hours", string(h.Hours), invalid(model.BadNumber, "hours", string(h.Hours), ""))
		}
		f.Hours = append(f.Hours, model.Hours{Agency: h.Agency, Centi: int32(n), Date: h.Date, By: h.By})
	}
	for _, o := range j.Outcomes {
		n, ok := parseDecimal(o.Value, outcomePlaces)
		if !ok {
			r.add(r.row, "outcomes", string(o.Value), invalid(model.BadNumber, "outcomes", string(o.Value), ""))
		}
		f.Outcomes = append(f.Outcomes, model.Outcome{Measure: o.Measure, Milli: n, Date: o.Date, By: o.By, Agency: o.Agency})
	}
	if len(f.Measures)+len(f.Hours)+len(f.Outcomes) > 0 {
		e.Followup = &f
	}
}

// notes returns the notes of an effort. A count without the texts is a list that was never whole.
func (r *reader) notes(j *effort) (notes []model.Note) {
	if int(j.Notes) != len(j.NoteTexts) && !r.faulty(model.FieldNote) {
		r.add(r.row, "notes", string(decimal(int64(j.Notes), 0)), &Fault{Kind: NoteTexts})
	}
	for _, n := range j.NoteTexts {
		notes = append(notes, model.Note{Text: n.Text, At: n.At, By: n.By, Important: n.Important})
	}
	return notes
}

// faulty reports whether the effort at hand already has a fault in the field.
func (r *reader) faulty(f model.Field) bool {
	for i := len(r.Problems) - 1; i >= 0 && r.Problems[i].Row == r.row; i-- {
		if r.Problems[i].Field == f {
			return true
		}
	}
	return false
}
