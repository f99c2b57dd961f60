package model

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
)

// setLine replays a change of a numbered line: a measure, hours, an outcome, or a note (of which an
// effort only keeps the count).
func (e *Effort) setLine(group, key, aspect, v string) error {
	n64, err := strconv.ParseUint(key, 10, 32)
	if err != nil || n64 == 0 {
		return invalid(UnknownField, "field", group+"."+key)
	}
	n := uint32(n64)
	e.Serial = max(e.Serial, n)
	if group == "note" {
		if aspect != "" {
			return nil
		}
		switch {
		case v != "":
			e.Notes++
		case e.Notes > 0:
			e.Notes--
		}
		return nil
	}
	if e.Followup == nil {
		e.Followup = &Followup{}
	}
	switch group {
	case "measure":
		err = setIn(&e.Measures, n, aspect, v, func(m *Measure) *uint32 { return &m.N }, (*Measure).parse)
	case "hours":
		err = setIn(&e.Hours, n, aspect, v, func(h *Hours) *uint32 { return &h.N }, (*Hours).parse)
	case "outcome":
		err = setIn(&e.Outcomes, n, aspect, v, func(o *Outcome) *uint32 { return &o.N }, (*Outcome).parse)
	}
	if len(e.Measures)+len(e.Hours)+len(e.Outcomes) == 0 {
		e.Followup = nil
	}
	return err
}

// setIn sets one aspect of the line numbered n, adds the line when it is new, and removes it when its text becomes empty.
func setIn[T any](lines *[]T, n uint32, aspect, v string, number func(*T) *uint32, parse func(*T, string, string) error) error {
	i := slices.IndexFunc(*lines, func(l T) bool { return *number(&l) == n })
	switch {
	case aspect == "" && v == "":
		if i >= 0 {
			*lines = slices.Delete(*lines, i, i+1)
		}
		return nil
	case i < 0 && v == "":
		return nil
	case i < 0:
		var l T
		*number(&l) = n
		*lines = append(*lines, l)
		slices.SortFunc(*lines, func(a, b T) int { return cmp.Compare(*number(&a), *number(&b)) })
		i = slices.IndexFunc(*lines, func(l T) bool { return *number(&l) == n })
	}
	return parse(&(*lines)[i], aspect, v)
}

func (m *Measure) parse(aspect, v string) (err error) {
	switch aspect {
	case "":
		name, text, _ := strings.Cut(v, " ")
		m.Text = text
		err = m.Type.UnmarshalText([]byte(name))
	case "at":
		m.At, err = ParseStamp(v)
	case "by":
		m.By = OfficerID(v)
	}
	return err
}

func (h *Hours) parse(aspect, v string) (err error) {
	switch aspect {
	case "":
		p := strings.Fields(v)
		if len(p) != 3 {
			return invalid(BadNumber, "field", "hours", "value", v)
		}
		var n int64
		if n, err = parseDecimal(p[1], 2); err != nil {
			return err
		}
		if n < math.MinInt32 || n > math.MaxInt32 {
			return invalid(BadNumber, "field", "hours", "value", v)
		}
		h.Agency, h.Centi = AgencyCode(p[0]), int32(n)
		h.Date, err = ParseDay(p[2])
	case "by":
		h.By = OfficerID(v)
	}
	return err
}

func (o *Outcome) parse(aspect, v string) (err error) {
	switch aspect {
	case "":
		p := strings.Fields(v)
		if len(p) != 3 {
			return invalid(BadNumber, "field", "outcome", "value", v)
		}
		if o.Milli, err = parseDecimal(p[1], outcomePlaces); err != nil {
			return err
		}
		o.Measure = OutcomeCode(p[0])
		o.Date, err = ParseDay(p[2])
	case "agency":
		o.Agency = AgencyCode(v)
	case "by":
		o.By = OfficerID(v)
	}
	return err
}

// FormatDecimal writes a fixed-point number with at most places decimals and no trailing zeros.
func FormatDecimal(n int64, places int) string {
	sign := ""
	u := uint64(n)
	if n < 0 {
		sign, u = "-", -u
	}
	s := strconv.FormatUint(u, 10)
	for len(s) <= places {
		s = "0" + s
	}
	whole, part := s[:len(s)-places], strings.TrimRight(s[len(s)-places:], "0")
	if part != "" {
		whole += "." + part
	}
	return sign + whole
}

// parseDecimal reads what FormatDecimal writes; "" is 0.
func parseDecimal(s string, places int) (int64, error) {
	if s == "" {
		return 0, nil
	}
	whole, part, _ := strings.Cut(s, ".")
	if len(part) > places || !isDigits(part) || whole == "" || whole == "-" {
		return 0, invalid(BadNumber, "field", "number", "value", s)
	}
	n, err := strconv.ParseInt(whole+part+strings.Repeat("0", places-len(part)), 10, 64)
	if err != nil {
		return 0, invalid(BadNumber, "field", "number", "value", s)
	}
	return n, nil
}
