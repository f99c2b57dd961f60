package exchange

import (
	"strings"
	"time"

	"board.internal/samverkan/model"
)

// sheet is a CSV on its way in.
type sheet struct {
	*List
	words
	// fields is the field of each column, "" for one that is not known.
	fields []model.Field
	// row is the record's number as a spreadsheet shows it.
	row int
}

func (l *List) readCSV(text string, lex *model.Lexicon) error {
	s := &sheet{List: l, words: newWords(lex), row: 1}
	r := records{rest: text}
	if comma, rest, said := separator(text); said {
		r.rest, r.comma, s.row = rest, comma, 2
	} else {
		r.comma = detect(text)
	}
	l.header = s.row
	header, _, err := r.next()
	if !s.header(header) || err != nil {
		return &Fault{Kind: NoColumns}
	}
	for {
		cells, ok, err := r.next()
		if !ok {
			return nil
		}
		s.row++
		if err != nil {
			l.add(s.row, s.field(len(cells)-1), cells[len(cells)-1], &Fault{Kind: OpenQuote})
			return nil
		}
		if blank(cells) {
			l.Empty++
			continue
		}
		if err := l.append(model.Row{Number: s.row, Effort: s.effort(cells)}); err != nil {
			return err
		}
	}
}

// separator reads the line with which Excel says what stands between the cells: sep=; before all others.
func separator(text string) (comma byte, rest string, said bool) {
	line, _, _ := strings.Cut(strings.ReplaceAll(text[:min(len(text), 8)], "\r", "\n"), "\n")
	if len(line) != len("sep=;") || !strings.EqualFold(line[:4], "sep=") || !strings.ContainsRune(";,\t|", rune(line[4])) {
		return 0, "", false
	}
	rest = strings.TrimPrefix(text[len(line):], "\r")
	return line[4], strings.TrimPrefix(rest, "\n"), true
}

func blank(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// header reads the first record; false when it knows no column.
func (s *sheet) header(cells []string) bool {
	fields, names := known()
	for _, cell := range cells {
		cell = strings.TrimSpace(cell)
		f := fields[foldHeader(cell)]
		_, twice := s.columns[f]
		switch {
		case cell == "":
		case f == "":
			near := ""
			if len(cell) <= model.MaxShort {
				near = model.Nearest(cell, names)
			}
			s.add(s.row, "", cell, &Fault{Kind: UnknownColumn, Near: near})
		case twice:
			s.add(s.row, "", cell, &Fault{Kind: DoubleColumn})
			f = ""
		default:
			s.columns[f] = cell
			s.order[f] = len(s.fields)
		}
		if cell != "" && f == "" {
			f = ignored
		}
		s.fields = append(s.fields, f)
	}
	for _, f := range required {
		if _, ok := s.columns[f]; !ok && len(s.columns) > 0 {
			s.add(s.row, f, "", missing(f))
		}
	}
	return len(s.columns) > 0
}

// ignored is the field of a column that has been reported already.
const ignored model.Field = "ignored"

// required are what no row can do without.
var required = [...]model.Field{model.FieldRegion, model.FieldFocus, model.FieldStatus}

func (s *sheet) field(i int) model.Field {
	if i < len(s.fields) && s.fields[i] != ignored {
		return s.fields[i]
	}
	return ""
}

// effort reads one record. What cannot be read is reported and left out.
func (s *sheet) effort(cells []string) *model.Effort {
	e := &model.Effort{}
	given := map[model.Field]string{}
	for i, cell := range cells {
		cell = strings.TrimSpace(plain(cell))
		switch {
		case cell == "" || i < len(s.fields) && s.fields[i] == ignored:
		case s.field(i) == "":
			s.add(s.row, "", cell, &Fault{Kind: BeyondColumns})
		default:
			given[s.field(i)] = cell
		}
	}
	for _, f := range required {
		if _, column := s.columns[f]; column && given[f] == "" {
			s.add(s.row, f, "", missing(f))
		}
	}
	e.ID = model.EffortID(strings.ToUpper(given["id"]))
	s.checkID(s.row, &e.ID)
	e.Codename, e.Title, e.Area, e.Crime = given[model.FieldCodename], given[model.FieldTitle], given[model.FieldArea], given[model.FieldCrime]
	e.Reason, e.Outcome = given[model.FieldReason], given[model.FieldOutcome]
	e.Focus = model.FocusCode(s.code(model.DomainFocus, model.FieldFocus, given[model.FieldFocus]))
	s.enum(model.DomainKind, model.FieldKind, given, &e.Kind)
	s.enum(model.DomainLevel, model.FieldLevel, given, &e.Level)
	s.enum(model.DomainStatus, model.FieldStatus, given, &e.Status)
	s.regions(e, given[model.FieldRegion])
	e.Assignments = s.assignments(given[model.FieldAgencies])
	e.Partners = split(given[model.FieldPartners])
	e.Review = s.day(model.FieldReview, given[model.FieldReview])
	e.Created = s.stamp(model.FieldCreated, given[model.FieldCreated])
	e.Ended = s.stamp(model.FieldEnded, given[model.FieldEnded])
	if d := (model.Decision{Decider: given[model.FieldDecider], Date: s.day(model.FieldDecided, given[model.FieldDecided]),
		Reference: given[model.FieldReference]}); d != (model.Decision{}) {
		e.Decision = &d
	}
	switch p := given[model.FieldPriority]; p {
	case "":
	case "1", "2", "3":
		e.Priority = p[0] - '0'
	default:
		s.add(s.row, model.FieldPriority, p, invalid(model.BadNumber, model.FieldPriority, p, ""))
	}
	return e
}

// split cuts a cell at its commas and leaves empty parts out.
func split(cell string) (parts []string) {
	for part := range strings.SplitSeq(cell, ",") {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

// code returns the code of a word, "" after reporting one that is not known.
func (s *sheet) code(d model.Domain, f model.Field, typed string) string {
	if typed == "" {
		return ""
	}
	w := s.lookup(d, typed)
	if !w.ok {
		s.add(s.row, f, typed, unknown(f, typed, w.near))
	}
	return w.code
}

func (s *sheet) enum(d model.Domain, f model.Field, given map[model.Field]string, into interface{ UnmarshalText([]byte) error }) {
	if err := into.UnmarshalText([]byte(s.code(d, f, given[f]))); err != nil {
		s.add(s.row, f, given[f], err)
	}
}

// regions reads where an effort is: one region, or those that a national one touches.
func (s *sheet) regions(e *model.Effort, cell string) {
	var codes []model.RegionCode
	for _, word := range split(cell) {
		switch code := model.RegionCode(s.code(model.DomainRegion, model.FieldRegion, word)); code {
		case "":
		case model.RegionNational:
			e.Region = code
		default:
			codes = append(codes, code)
		}
	}
	if e.Region == "" && len(codes) > 1 && e.Level == 0 {
		e.Region = model.RegionNational
	}
	if e.Region == "" && len(codes) > 0 {
		e.Region, codes = codes[0], codes[1:]
	}
	if len(codes) > 0 {
		e.Touches = codes
	}
}

// layouts are how a spreadsheet writes a date, with the time it may add to one. Others, as 24/10/2026, could
// mean two days and are refused.
var layouts = [...]string{time.DateOnly, "2006-01-02 15:04", time.DateTime, "2006-01-02T15:04", "2006-01-02T15:04:05", time.RFC3339}

// day reads a date as it is written, whatever its time.
func (s *sheet) day(f model.Field, cell string) model.Day {
	if s.stamp(f, cell) == 0 {
		return 0
	}
	day, _ := model.ParseDay(cell[:len(time.DateOnly)])
	return day
}

// stamp reads a moment; a date is its midnight in the board's zone.
func (s *sheet) stamp(f model.Field, cell string) model.Stamp {
	if cell == "" {
		return 0
	}
	zone := s.cat.Zone
	if zone == nil {
		zone = time.UTC
	}
	for _, layout := range layouts {
		if t, err := time.ParseInLocation(layout, cell, zone); err == nil && t.Year() >= 1900 && t.Year() <= 2200 {
			return model.StampOf(t)
		}
	}
	s.add(s.row, f, cell, invalid(model.BadDate, f, cell, ""))
	return 0
}
