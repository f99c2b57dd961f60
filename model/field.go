package model

import (
	"slices"
	"strconv"
	"strings"
)

// Field names one thing of an effort that can change, in the journal and wherever a change is shown.
// Beside the constants there are one set for each agency (agency.KFM.state, .mode, .reason, .since) and one
// for each numbered line (note.3, note.3.important, measure.4, measure.4.at, measure.4.by, hours.5, outcome.6,
// outcome.6.agency).
type Field string

// The fields.
const (
	FieldStatus    Field = "status"
	FieldCodename  Field = "codename"
	FieldTitle     Field = "title"
	FieldRegion    Field = "region"
	FieldRegions   Field = "regions"
	FieldLevel     Field = "level"
	FieldKind      Field = "kind"
	FieldFocus     Field = "focus"
	FieldArea      Field = "area"
	FieldCrime     Field = "crime"
	FieldPriority  Field = "priority"
	FieldReview    Field = "review"
	FieldDecider   Field = "decider"
	FieldDecided   Field = "decided"
	FieldReference Field = "reference"
	FieldReason    Field = "reason"
	FieldOutcome   Field = "outcome"
	FieldPartners  Field = "partners"
	FieldCreated   Field = "created"
	FieldEnded     Field = "ended"
	FieldUpdated   Field = "updated"
	FieldLead      Field = "lead"
	FieldNote      Field = "note"
	FieldAgencies  Field = "agencies"
	FieldPIN       Field = "pin"
	FieldFilter    Field = "filter"
	FieldLink      Field = "link"
)

// EditFields are those that Propose and Edit take, in the order of the form.
func EditFields() []Field {
	return []Field{FieldCodename, FieldTitle, FieldRegion, FieldRegions, FieldFocus, FieldKind, FieldLevel,
		FieldArea, FieldCrime, FieldPriority, FieldReview}
}

// DecisionFields are those of a decision, which Edit takes too once there is one.
func DecisionFields() []Field { return []Field{FieldDecider, FieldDecided, FieldReference} }

// AgencyField names one aspect ("state", "mode", "reason", "since") of an agency's part.
func AgencyField(agency AgencyCode, aspect string) Field {
	return Field("agency." + string(agency) + "." + aspect)
}

// Parts splits a field of an agency or a numbered line: agency.KFM.state into "agency", "KFM", "state".
func (f Field) Parts() (group, key, aspect string) {
	group, key, _ = strings.Cut(string(f), ".")
	key, aspect, _ = strings.Cut(key, ".")
	return group, key, aspect
}

// note reports whether it is of a note.
func (f Field) note() bool { return strings.HasPrefix(string(f), "note.") }

// Subject is what two people must not change at once: all aspects of one agency are one subject.
func (f Field) Subject() Field {
	group, key, _ := f.Parts()
	if key == "" {
		return f
	}
	return Field(group + "." + key)
}

// Quiet reports whether a change of the field is bookkeeping that a reader of the journal need not see. That a note is
// important is said with the note, see Event.Important, and whose an outcome is with the outcome, see Event.AgencyOf.
func (f Field) Quiet() bool {
	group, _, aspect := f.Parts()
	switch group {
	case "handover":
		return aspect == "" // the region's last number
	case "meeting":
		return aspect == "" || strings.HasSuffix(aspect, "."+meetingAgenda)
	case "outcome":
		return aspect != ""
	}
	return aspect == "since" || aspect == "at" || aspect == "by" || aspect == "important" || f == FieldEnded || f == FieldUpdated || f == FieldCreated
}

// Get returns a field's value as the journal writes it, "" when it has none. Notes are not in an effort.
func (e *Effort) Get(f Field) (value string) {
	if value, simple := e.simple(f); simple {
		return value
	}
	e.each(func(g Field, v string) {
		if g == f {
			value = v
		}
	})
	return value
}

// simpleFields are those with a name of their own, which simple knows, in the order of each; FieldLead goes after
// the agencies.
var simpleFields = [...]Field{FieldCreated, FieldStatus, FieldCodename, FieldTitle, FieldRegion, FieldRegions, FieldLevel, FieldKind,
	FieldFocus, FieldArea, FieldCrime, FieldPriority, FieldReview, FieldDecider, FieldDecided, FieldReference, FieldReason,
	FieldOutcome, FieldPartners, FieldEnded}

// simple returns the value of a field that has a name of its own.
func (e *Effort) simple(f Field) (value string, ok bool) {
	d := e.Decision
	if d == nil {
		d = &Decision{}
	}
	switch f {
	case FieldCreated:
		return e.Created.String(), true
	case FieldStatus:
		return e.Status.String(), true
	case FieldCodename:
		return e.Codename, true
	case FieldTitle:
		return e.Title, true
	case FieldRegion:
		return string(e.Region), true
	case FieldRegions:
		return joinCodes(e.Touches), true
	case FieldLevel:
		return e.Level.String(), true
	case FieldKind:
		return e.Kind.String(), true
	case FieldFocus:
		return string(e.Focus), true
	case FieldArea:
		return e.Area, true
	case FieldCrime:
		return e.Crime, true
	case FieldPriority:
		return digits(int64(e.Priority)), true
	case FieldReview:
		return e.Review.String(), true
	case FieldDecider:
		return d.Decider, true
	case FieldDecided:
		return d.Date.String(), true
	case FieldReference:
		return d.Reference, true
	case FieldReason:
		return e.Reason, true
	case FieldOutcome:
		return e.Outcome, true
	case FieldPartners:
		return strings.Join(e.Partners, ", "), true
	case FieldEnded:
		return e.Ended.String(), true
	case FieldLead:
		return string(e.Lead()), true
	}
	return "", false
}

// each calls fn for every field that has a value, in a fixed order that set can replay.
func (e *Effort) each(fn func(Field, string)) {
	say := func(f Field, v string) {
		if v != "" {
			fn(f, v)
		}
	}
	for _, f := range simpleFields {
		v, _ := e.simple(f)
		say(f, v)
	}
	for _, a := range e.Assignments {
		aspect := func(name, v string) {
			if v != "" {
				fn(AgencyField(a.Agency, name), v)
			}
		}
		aspect("state", a.State.String())
		aspect("mode", a.Mode.String())
		aspect("reason", a.Reason)
		aspect("since", a.Since.String())
	}
	say(FieldLead, string(e.Lead()))
	if e.Followup == nil {
		return
	}
	for _, m := range e.Measures {
		line := numbered("measure", m.N)
		say(line, m.Type.String()+" "+m.Text)
		say(line+".at", m.At.String())
		say(line+".by", string(m.By))
	}
	for _, h := range e.Hours {
		line := numbered("hours", h.N)
		say(line, string(h.Agency)+" "+FormatDecimal(int64(h.Centi), 2)+" "+h.Date.String())
		say(line+".by", string(h.By))
	}
	for _, o := range e.Outcomes {
		line := numbered("outcome", o.N)
		say(line, string(o.Measure)+" "+FormatDecimal(o.Milli, outcomePlaces)+" "+o.Date.String())
		say(line+".agency", string(o.Agency))
		say(line+".by", string(o.By))
	}
}

// set replays one change. It is the counterpart of each; it knows no rules, and an error means that the
// change was never written by Decide.
func (e *Effort) set(f Field, v string) (err error) {
	group, key, aspect := f.Parts()
	switch group {
	case "agency":
		return e.setAgency(AgencyCode(key), aspect, v)
	case "measure", "hours", "outcome", "note":
		if key != "" {
			return e.setLine(group, key, aspect, v)
		}
	}
	switch f {
	case FieldCreated:
		e.Created, err = ParseStamp(v)
	case FieldEnded:
		e.Ended, err = ParseStamp(v)
	case FieldUpdated:
		e.Updated, err = ParseStamp(v)
	case FieldStatus:
		err = e.Status.UnmarshalText([]byte(v))
	case FieldCodename:
		e.Codename = v
	case FieldTitle:
		e.Title = v
	case FieldRegion:
		e.Region = RegionCode(v)
	case FieldRegions:
		e.Touches = splitCodes[RegionCode](v)
	case FieldLevel:
		err = e.Level.UnmarshalText([]byte(v))
	case FieldKind:
		err = e.Kind.UnmarshalText([]byte(v))
	case FieldFocus:
		e.Focus = FocusCode(v)
	case FieldArea:
		e.Area = v
	case FieldCrime:
		e.Crime = v
	case FieldPriority:
		var n int64
		n, err = parseDecimal(v, 0)
		if err != nil || v != "" && n < PriorityHigh || n > PriorityLow {
			return invalid(BadNumber, "field", "priority", "value", v)
		}
		e.Priority = uint8(n)
	case FieldReview:
		e.Review, err = ParseDay(v)
	case FieldDecider, FieldDecided, FieldReference:
		err = e.setDecision(f, v)
	case FieldReason:
		e.Reason = v
	case FieldOutcome:
		e.Outcome = v
	case FieldPartners:
		e.Partners = splitCodes[string](v)
	case FieldLead:
		for i := range e.Assignments {
			e.Assignments[i].Lead = v != "" && e.Assignments[i].Agency == AgencyCode(v)
		}
	default:
		err = invalid(UnknownField, "field", string(f))
	}
	return err
}

func (e *Effort) setDecision(f Field, v string) (err error) {
	d := Decision{}
	if e.Decision != nil {
		d = *e.Decision
	}
	switch f {
	case FieldDecider:
		d.Decider = v
	case FieldDecided:
		d.Date, err = ParseDay(v)
	case FieldReference:
		d.Reference = v
	}
	e.Decision = &d
	if d == (Decision{}) {
		e.Decision = nil
	}
	return err
}

func (e *Effort) setAgency(code AgencyCode, aspect, v string) (err error) {
	i := slices.IndexFunc(e.Assignments, func(a Assignment) bool { return a.Agency == code })
	if aspect == "state" && v == "" {
		if i >= 0 {
			e.Assignments = slices.Delete(e.Assignments, i, i+1)
		}
		return nil
	}
	if i < 0 {
		if v == "" {
			return nil
		}
		i = len(e.Assignments)
		e.Assignments = append(e.Assignments, Assignment{Agency: code})
	}
	a := &e.Assignments[i]
	switch aspect {
	case "state":
		err = a.State.UnmarshalText([]byte(v))
	case "mode":
		err = a.Mode.UnmarshalText([]byte(v))
	case "reason":
		a.Reason = v
	case "since":
		a.Since, err = ParseStamp(v)
	default:
		err = invalid(UnknownField, "field", string(AgencyField(code, aspect)))
	}
	return err
}

func numbered(group string, n uint32) Field { return Field(group + "." + digits(int64(n))) }

func digits(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

func joinCodes[C ~string](codes []C) string {
	s := make([]string, len(codes))
	for i, c := range codes {
		s[i] = string(c)
	}
	return strings.Join(s, ", ")
}

func splitCodes[C ~string](v string) (codes []C) {
	for part := range strings.SplitSeq(v, ",") {
		if part = strings.TrimSpace(part); part != "" {
			codes = append(codes, C(part))
		}
	}
	return codes
}
