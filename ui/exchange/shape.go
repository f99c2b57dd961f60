package exchange

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"board.internal/samverkan/model"
)

// effort is an effort as JSON, its keys in the contract's order; what came later stands at the end.
type effort struct {
	ID          model.EffortID     `json:"id"`
	Codename    string             `json:"codename"`
	Title       string             `json:"title"`
	Region      model.RegionCode   `json:"region"`
	Regions     []model.RegionCode `json:"regions"`
	Level       model.Level        `json:"level"`
	Kind        model.Kind         `json:"kind"`
	Focus       model.FocusCode    `json:"focus"`
	Status      model.Status       `json:"status"`
	Priority    uint8              `json:"priority"`
	Area        string             `json:"area"`
	Crime       string             `json:"crime"`
	Assignments []assignment       `json:"assignments"`
	Measures    []measure          `json:"measures"`
	Hours       []hours            `json:"hours"`
	Outcomes    []outcome          `json:"outcomes"`
	Decision    *decision          `json:"decision"`
	Partners    []string           `json:"partners"`
	Notes       uint32             `json:"notes"`
	Review      model.Day          `json:"review"`
	Version     uint32             `json:"version"`
	Created     model.Stamp        `json:"created"`
	Updated     model.Stamp        `json:"updated"`
	Ended       model.Stamp        `json:"ended,omitzero"`
	Reason      string             `json:"reason,omitempty"`
	Outcome     string             `json:"outcome,omitempty"`
	// Links are nil but where one effort is shown whole, and in an export.
	Links []link `json:"links,omitzero"`
	// NoteTexts are nil but in an export.
	NoteTexts []note `json:"note_texts,omitzero"`
}

type assignment struct {
	Agency model.AgencyCode `json:"agency"`
	State  model.State      `json:"state"`
	Mode   model.Mode       `json:"mode"`
	Lead   bool             `json:"lead"`
	Since  model.Stamp      `json:"since"`
	Reason string           `json:"reason,omitempty"`
}

type measure struct {
	Type model.MeasureType `json:"type"`
	Text string            `json:"text"`
	At   model.Stamp       `json:"at"`
	By   model.OfficerID   `json:"by"`
}

type hours struct {
	Agency model.AgencyCode `json:"agency"`
	Hours  json.Number      `json:"hours"`
	Date   model.Day        `json:"date"`
	By     model.OfficerID  `json:"by"`
}

type outcome struct {
	Measure model.OutcomeCode `json:"measure"`
	Value   json.Number       `json:"value"`
	Date    model.Day         `json:"date"`
	By      model.OfficerID   `json:"by"`
	Agency  model.AgencyCode  `json:"agency,omitempty"`
}

type decision struct {
	Decider   string    `json:"decider"`
	Date      model.Day `json:"date"`
	Reference string    `json:"reference"`
}

type note struct {
	Text      string          `json:"text"`
	At        model.Stamp     `json:"at"`
	By        model.OfficerID `json:"by"`
	Important bool            `json:"important,omitempty"`
}

type link struct {
	ID   model.EffortID `json:"id"`
	Kind model.LinkKind `json:"kind"`
}

type partner struct {
	Region model.RegionCode `json:"region"`
	Name   string           `json:"name"`
}

// jsonNames are the keys of an effort that are not called as the field is.
var jsonNames = map[model.Field]string{model.FieldAgencies: "assignments", model.FieldDecided: "decision.date",
	model.FieldDecider: "decision.decider", model.FieldReference: "decision.reference", model.FieldNote: "note_texts"}

// The decimals of hours and of an outcome's value.
const (
	hourPlaces    = 2
	outcomePlaces = 3
)

// shape returns an effort as JSON has it, but for its notes.
func shape(e *model.Effort) *effort {
	j := &effort{ID: e.ID, Codename: e.Codename, Title: e.Title, Region: e.Region, Regions: list(e.Regions()), Level: e.Level, Kind: e.Kind,
		Focus: e.Focus, Status: e.Status, Priority: e.Priority, Area: e.Area, Crime: e.Crime, Assignments: []assignment{}, Measures: []measure{},
		Hours: []hours{}, Outcomes: []outcome{}, Partners: list(e.Partners), Notes: e.Notes, Review: e.Review, Version: e.Version,
		Created: e.Created, Updated: e.Updated, Ended: e.Ended, Reason: e.Reason, Outcome: e.Outcome}
	for _, a := range e.Assignments {
		j.Assignments = append(j.Assignments, assignment{a.Agency, a.State, a.Mode, a.Lead, a.Since, a.Reason})
	}
	if d := e.Decision; d != nil {
		j.Decision = &decision{d.Decider, d.Date, d.Reference}
	}
	if e.Followup == nil {
		return j
	}
	for _, m := range e.Measures {
		j.Measures = append(j.Measures, measure{m.Type, m.Text, m.At, m.By})
	}
	for _, h := range e.Hours {
		j.Hours = append(j.Hours, hours{h.Agency, decimal(int64(h.Centi), hourPlaces), h.Date, h.By})
	}
	for _, o := range e.Outcomes {
		j.Outcomes = append(j.Outcomes, outcome{o.Measure, decimal(o.Milli, outcomePlaces), o.Date, o.By, o.Agency})
	}
	return j
}

// list returns s, and [] instead of null.
func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// decimal writes a fixed-point number without zeros at its end.
func decimal(n int64, places int) json.Number { return json.Number(model.FormatDecimal(n, places)) }

// parseDecimal reads a number of at most so many decimals as a whole number of its smallest ones. It takes
// plain digits, no exponent; 15 before the point are more than there is money.
func parseDecimal(n json.Number, places int) (int64, bool) {
	whole, part, _ := strings.Cut(string(n), ".")
	part = strings.TrimRight(part, "0")
	if len(part) > places || len(whole) > 16 || whole == "" {
		return 0, false
	}
	v, err := strconv.ParseInt(whole+part+strings.Repeat("0", places-len(part)), 10, 64)
	return v, err == nil && v >= -math.MaxInt64
}
