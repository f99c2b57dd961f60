package exchange

import (
	"strings"

	"board.internal/samverkan/model"
)

// The marks of an agency in a list; without one it has accepted.
const (
	markLead     = '*'
	markAsked    = '?'
	markDeclined = '-'
)

// noReason stands for the reason that a list has no room for.
const noReason = "–"

// assignments reads agencies as lists write them: POL*, SKV, KFM?, KBV:planering, FK-. A mark stands after the
// agency or after the mode.
func (s *sheet) assignments(cell string) (list []model.Assignment) {
	for _, part := range split(cell) {
		if a, ok := s.assignment(part); ok {
			list = append(list, a)
		}
	}
	return list
}

func (s *sheet) assignment(part string) (a model.Assignment, ok bool) {
	const marks = string(markLead) + string(markAsked) + string(markDeclined)
	name, mode, hasMode := strings.Cut(part, ":")
	bare := strings.TrimRight(strings.TrimSpace(name), marks+" ")
	bareMode := strings.TrimRight(strings.TrimSpace(mode), marks+" ")
	mark := strings.TrimPrefix(strings.TrimSpace(name), bare) + strings.TrimPrefix(strings.TrimSpace(mode), bareMode)
	mark = strings.ReplaceAll(mark, " ", "")

	w := s.lookup(model.DomainAgency, bare)
	if !w.ok {
		s.add(s.row, model.FieldAgencies, part, unknown(model.FieldAgencies, bare, w.near))
		return a, false
	}
	a.Agency, a.State, a.Mode = model.AgencyCode(w.code), model.Accepted, model.OnSite
	if hasMode {
		m := s.lookup(model.DomainMode, bareMode)
		if !m.ok {
			s.add(s.row, model.FieldAgencies, part, unknown(model.AgencyField(a.Agency, "mode"), bareMode, m.near))
			return a, false
		}
		if err := a.Mode.UnmarshalText([]byte(m.code)); err != nil {
			s.add(s.row, model.FieldAgencies, part, err)
			return a, false
		}
	}
	switch mark {
	case "":
	case string(markLead):
		a.Lead = true
	case string(markAsked):
		a.State = model.Asked
	case string(markDeclined):
		a.State, a.Reason = model.Declined, noReason
	default:
		s.add(s.row, model.FieldAgencies, part, &Fault{Kind: Marks})
		return a, false
	}
	return a, true
}

// Agencies writes who takes part as people do: POL* leads, KFM? is asked, FK- has declined.
func Agencies(e *model.Effort) string {
	var parts []string
	for _, a := range e.Assignments {
		sign := map[model.State]string{model.Asked: "?", model.Declined: "-"}[a.State]
		switch {
		case a.State == model.Released:
			continue
		case a.Lead:
			sign = "*"
		}
		parts = append(parts, string(a.Agency)+sign)
	}
	return strings.Join(parts, " ")
}

// formatAssignments writes what assignments reads. An agency whose part has ended is left out: a list has no
// mark for it, and without one it would have accepted.
func formatAssignments(list []model.Assignment) string {
	var b strings.Builder
	for _, a := range list {
		if a.State == model.Released {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(", ")
		}
		b.WriteString(string(a.Agency))
		switch {
		case a.Lead:
			b.WriteRune(markLead)
		case a.State == model.Asked:
			b.WriteRune(markAsked)
		case a.State == model.Declined:
			b.WriteRune(markDeclined)
		}
		if a.Mode != model.OnSite && a.Mode != 0 {
			b.WriteString(":" + a.Mode.String())
		}
	}
	return b.String()
}

// formulas are what a spreadsheet takes for the beginning of a formula.
const formulas = "=+-@"

// guarded returns a value that a spreadsheet shows and does not compute: an apostrophe stands before what
// would begin a formula, and before apostrophes that stand there already, so that plain gives the value back.
func guarded(value string) string {
	if isFormula(value) {
		return "'" + value
	}
	return value
}

// plain is a value as it was before guarded.
func plain(cell string) string {
	if rest, ok := strings.CutPrefix(cell, "'"); ok && isFormula(rest) {
		return rest
	}
	return cell
}

func isFormula(s string) bool {
	s = strings.TrimLeft(s, "'")
	return s != "" && strings.ContainsRune(formulas, rune(s[0]))
}
