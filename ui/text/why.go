package text

import (
	"cmp"
	"errors"
	"strconv"
	"strings"

	"board.internal/samverkan/model"
)

// Faults are the sentences for texts that are not let in.
type Faults struct {
	TooLong, Control, Bidi, Invisible, Private, Combining, UTF8, Personal, Codename string
	// Diff is what somebody has changed meanwhile on an effort, Entry in the register.
	Diff, Entry string
	// Unexpected stands before an error that nobody foresaw.
	Unexpected string
	// OfNone stands where an agency would, of an outcome of none.
	OfNone string
	// Count are the sentences of refusals about a figure that counts things or persons, where another says it better.
	Count map[string]string
	// Near is added where a nearest known word can be named: {near}.
	Near string
	// OnlyAfter lists the statuses that can follow; NoneAfter says that none can.
	NoneAfter string
}

// Error returns the sentence for a person about any error: what was wrong with what, and what to do.
func (t *Texts) Error(err error) string {
	var several model.Refusals
	var no *model.Error
	var bad *model.TextError
	switch {
	case errors.As(err, &several):
		return t.refusals(several)
	case errors.As(err, &no):
		return t.no(no)
	case errors.As(err, &bad):
		return t.badText(bad)
	}
	return err.Error()
}

// refusals say of each effort why it was refused; a reason that names it need not be told whose it is.
func (t *Texts) refusals(several model.Refusals) string {
	var parts []string
	for _, r := range several {
		said := t.Error(r.Err)
		if !strings.Contains(said, string(r.Effort)) {
			said = string(r.Effort) + ": " + said
		}
		parts = append(parts, said)
	}
	return strings.Join(parts, " · ")
}

// Against says what stands against a command, all that others have changed since.
func (t *Texts) Against(e *model.Error) string {
	var parts []string
	for _, d := range e.Diffs {
		if d.Effort == "" {
			parts = append(parts, Fill(t.Faults.Entry, "what", entryName(d)))
			continue
		}
		theirs := t.Value(d.Field, d.Theirs, model.DefaultCatalogue())
		parts = append(parts, Fill(t.Faults.Diff, "officer", string(d.Officer), "field", t.Field(d.Field), "effort", string(d.Effort),
			"theirs", theirs, "at", t.arg(e, "at", d.At.String())))
	}
	return strings.Join(parts, "; ")
}

// entryName is what an entry of the register is about: a partner, or the effort that something of was put aside.
func entryName(d model.Diff) string {
	group, key, folded := d.Field.Parts()
	switch {
	case group == "filter":
		return folded
	case group == "link":
		return key + ", " + folded
	case group != "partner":
		return key
	case d.Mine+d.Theirs == "":
		return folded
	case d.Mine == "":
		return d.Theirs
	}
	return d.Mine
}

// no fills the sentence of a refusal; codes become words.
func (t *Texts) no(e *model.Error) string {
	pairs := []string{"near", ""}
	for k, v := range e.Args {
		pairs = append(pairs, k, t.arg(e, k, v))
	}
	if e.Why == model.BadText && e.Err != nil {
		pairs = append(pairs, "cause", t.Error(e.Err))
	}
	if len(e.Diffs) > 0 {
		pairs = append(pairs, "against", t.Against(e))
	}
	if unit := e.Args["unit"]; unit != "" {
		pairs = append(pairs, "example", t.Words.Example[unit])
	}
	if near := e.Args["near"]; near != "" {
		pairs = append([]string{"near", Fill(t.Faults.Near, "near", near)}, pairs...)
	}
	whole := ""
	if e.Args["unit"] == model.UnitCount.String() {
		whole = t.Faults.Count[string(e.Why)]
	}
	return Fill(cmp.Or(whole, t.Why[e.Why]), pairs...)
}

// arg returns an argument of a refusal in words.
func (t *Texts) arg(e *model.Error, key, v string) string {
	var set map[string]string
	switch key {
	case "field":
		return t.fields(v)
	case "from", "to", "status":
		set = t.Words.Status
	case "state":
		set = t.Words.State
	case "right":
		set = t.Words.Right
	case "role":
		set = t.Words.Role
	case "level":
		set = t.Words.Level
	case "next":
		if v == "" {
			return t.Faults.NoneAfter
		}
		names := strings.Split(v, ", ")
		for i, n := range names {
			names[i] = t.Words.Status[n]
		}
		return strings.Join(names, ", ")
	case "mine", "theirs":
		return t.Value(model.Field(e.Args["field"]), v, model.DefaultCatalogue())
	case "amount", "most", "left", "low", "high":
		return t.amountOf(v, e.Args["unit"])
	case "unit":
		set = t.Words.Counted
	case "at":
		return strings.NewReplacer("T", " ", "Z", " UTC").Replace(v)
	}
	if name := set[v]; name != "" {
		return name
	}
	if v == "" && (e.Why == model.OutcomeLeft || e.Why == model.OutcomeElsewhere) {
		return t.Faults.OfNone
	}
	if v == "" {
		return t.Words.Unknown
	}
	return v
}

func (t *Texts) fields(v string) string {
	names := strings.Split(v, ", ")
	for i, n := range names {
		names[i] = t.Field(model.Field(n))
	}
	return strings.Join(names, ", ")
}

func (t *Texts) badText(e *model.TextError) string {
	sentence := map[model.TextKind]string{
		model.TextTooLong: t.Faults.TooLong, model.TextControl: t.Faults.Control, model.TextBidi: t.Faults.Bidi,
		model.TextInvisible: t.Faults.Invisible, model.TextPrivate: t.Faults.Private, model.TextCombining: t.Faults.Combining,
		model.TextInvalidUTF8: t.Faults.UTF8, model.TextPersonal: t.Faults.Personal, model.TextCodename: t.Faults.Codename,
	}[e.Kind]
	most := e.Max
	if e.Kind == model.TextCodename {
		most = model.MaxCodename
	}
	return Fill(sentence, "max", strconv.Itoa(most), "at", strconv.Itoa(e.At+1), "masked", e.Masked)
}
