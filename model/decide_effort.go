package model

import (
	"slices"
	"strconv"
	"strings"
)

func (c Propose) decide(d *decision) error {
	e := &Effort{Status: Proposed, Kind: Operative, Priority: PriorityNormal}
	if err := d.fill(e, c.Fields, EditFields()); err != nil {
		return err
	}
	if lacking := e.lacking(); len(lacking) > 0 {
		return missing(lacking...)
	}
	if err := d.place(e); err != nil {
		return err
	}
	if err := d.current(e, &Effort{}); err != nil {
		return err
	}
	if e.Level == National && len(e.Touches) == 0 {
		return missing(FieldRegions)
	}
	if err := d.actor.May(RightPropose, e.Region, ""); err != nil {
		return err
	}
	e.ID = d.number(e.Region, d.today.Year())
	if err := d.claim(e.Codename, e.ID); err != nil {
		return err
	}
	e.Created = d.now
	return d.emit(ActCreate, nil, e)
}

// lacking are the fields that a new effort cannot do without and does not have.
func (e *Effort) lacking() (fields []Field) {
	if e.Region == "" {
		fields = append(fields, FieldRegion)
	}
	if e.Focus == "" {
		fields = append(fields, FieldFocus)
	}
	if e.Region == RegionNational && e.Level != Regional && len(e.Touches) == 0 {
		fields = append(fields, FieldRegions)
	}
	return fields
}

func (c Edit) decide(d *decision) error {
	e, err := d.effort(c.Effort)
	if err != nil {
		return err
	}
	if err := d.actor.MayOn(RightEdit, e, ""); err != nil {
		return err
	}
	n := e.Clone()
	takes, err := d.editable(e, c.Fields)
	if err != nil {
		return err
	}
	if err := d.fill(n, c.Fields, takes); err != nil {
		return err
	}
	if err := d.place(n); err != nil {
		return err
	}
	if err := d.current(n, e); err != nil {
		return err
	}
	if n.Level == National && len(n.Touches) == 0 && (len(e.Touches) > 0 || e.Level != National) {
		return missing(FieldRegions)
	}
	if n.Region != e.Region {
		if err := d.actor.May(RightEdit, n.Region, ""); err != nil {
			return err
		}
	}
	want := map[Field]string{}
	for _, f := range sortedKeys(c.Fields) {
		want[f] = n.Get(f)
	}
	for _, by := range diff(e, n) { // what a field brings along, as the level does the region
		want[by.Field] = by.New
	}
	if err := d.unchanged(e, c.Seen, want, sortedKeys(want)...); err != nil {
		return err
	}
	if err := d.claim(n.Codename, n.ID); err != nil {
		return err
	}
	return d.emit(ActEdit, e, n)
}

// editable are the fields that an Edit of these may set on e. Its decision belongs to whoever moves the status, and
// is complete once it is there; an imported one may lack what its list lacked.
func (d *decision) editable(e *Effort, fields map[Field]string) ([]Field, error) {
	takes := EditFields()
	for _, f := range DecisionFields() {
		v, given := fields[f]
		if !given {
			continue
		}
		if err := d.actor.MayOn(RightStatus, e, ""); err != nil {
			return nil, err
		}
		if e.Status < Decided || e.Status == Rejected {
			return nil, refused(NotDecided, "effort", string(e.ID), "status", e.Status.String())
		}
		if strings.TrimSpace(v) == "" {
			return nil, missing(f)
		}
		if day, err := ParseDay(strings.TrimSpace(v)); f == FieldDecided && err == nil {
			if err := NotAhead(f, day, d.today); err != nil {
				return nil, err
			}
		}
		takes = append(takes, f)
	}
	return takes, nil
}

// fill cleans typed values of the fields that it takes and sets them on e; the first fault is the answer.
func (d *decision) fill(e *Effort, fields map[Field]string, takes []Field) error {
	for _, f := range takes {
		v, ok := fields[f]
		if !ok {
			continue
		}
		v, err := d.clean(f, v)
		if err != nil {
			return err
		}
		if err := e.set(f, v); err != nil {
			return named(f, v, err)
		}
	}
	for _, f := range sortedKeys(fields) {
		if !slices.Contains(takes, f) {
			return invalid(UnknownField, "field", string(f))
		}
	}
	return nil
}

// named gives a value's fault the name of its field.
func named(f Field, v string, err error) error {
	if e, ok := err.(*Error); ok {
		e.Args["field"], e.Args["value"] = string(f), MaskPersonal(v)
	}
	return err
}

// clean returns a typed value as the journal writes it.
func (d *decision) clean(f Field, v string) (string, error) {
	limit := MaxShort
	switch f {
	case FieldCodename:
		if strings.TrimSpace(v) == "" {
			return "", nil
		}
		name, err := CleanCodename(v)
		if err != nil {
			return "", badText(f, err)
		}
		return name, nil
	case FieldTitle:
		limit = MaxTitle
	case FieldReference:
		limit = MaxReference
	}
	v, err := CleanText(v, limit)
	if err != nil {
		return "", badText(f, err)
	}
	switch f {
	case FieldRegion, FieldFocus, FieldKind, FieldLevel, FieldPriority:
		if v == "" {
			return "", missing(f)
		}
	}
	return v, nil
}

// place settles region, level and focus against each other and the catalogue: what is national belongs
// to the country and names the regions it touches.
func (d *decision) place(e *Effort) error {
	cat := d.Catalogue()
	switch {
	case e.Region == "":
		return missing(FieldRegion)
	case e.Focus == "":
		return missing(FieldFocus)
	}
	if e.Level == 0 {
		e.Level = Regional
		if e.Region == RegionNational {
			e.Level = National
		}
	}
	if e.Level == National && e.Region != RegionNational {
		e.Touches = append(e.Touches, e.Region)
		e.Region = RegionNational
	}
	switch {
	case e.Level == Regional && e.Region == RegionNational:
		return invalid(LevelRegion, "level", e.Level.String(), "region", string(e.Region))
	case e.Level == Regional && len(e.Touches) > 0:
		return invalid(RegionsNational, "effort", string(e.ID))
	case cat.Region(e.Region) == nil:
		return unknown(FieldRegion, string(e.Region), cat.regionCodes())
	case cat.Focus(e.Focus) == nil:
		var known []string
		for i := range cat.Focuses {
			known = append(known, string(cat.Focuses[i].Code))
		}
		return unknown(FieldFocus, string(e.Focus), known)
	}
	if e.Priority == 0 {
		e.Priority = PriorityNormal
	}
	var touches []RegionCode
	for _, r := range e.Touches {
		if r == RegionNational || cat.Region(r) == nil {
			return unknown(FieldRegions, string(r), cat.regionCodes())
		}
	}
	for _, r := range cat.Regions {
		if slices.Contains(e.Touches, r.Code) {
			touches = append(touches, r.Code)
		}
	}
	e.Touches = touches
	return nil
}

// current refuses a region or focus that e has, and was did not have, when it is not in use today. Only an import may
// name one: it is history.
func (d *decision) current(e, was *Effort) error {
	cat := d.Catalogue()
	no := func(f Field, value string) error {
		return refused(NotCurrent, "field", string(f), "value", value, "day", d.today.String())
	}
	if e.Region != was.Region && !cat.Region(e.Region).Current(d.today) {
		return no(FieldRegion, string(e.Region))
	}
	for _, r := range e.Touches {
		if r != was.Region && !slices.Contains(was.Touches, r) && !cat.Region(r).Current(d.today) {
			return no(FieldRegions, string(r))
		}
	}
	if e.Focus != was.Focus && !cat.Focus(e.Focus).Current(d.today) {
		return no(FieldFocus, string(e.Focus))
	}
	return nil
}

// unknown refuses a value of a closed set, with the nearest one that is known.
func unknown(f Field, value string, known []string) *Error {
	return invalid(UnknownValue, "field", string(f), "value", value, "near", Nearest(value, known))
}

func (c SetStatus) decide(d *decision) error {
	e, err := d.effort(c.Effort)
	if err != nil {
		return err
	}
	if err := d.actor.MayOn(RightStatus, e, ""); err != nil {
		return err
	}
	want := map[Field]string{FieldStatus: c.To.String()}
	if err := d.unchanged(e, c.Seen, want, FieldStatus); err != nil {
		return err
	}
	if !e.Status.Leads(c.To) {
		var next []string
		for _, s := range e.Status.Next() {
			next = append(next, s.String())
		}
		return refused(NoArrow, "effort", string(e.ID), "from", e.Status.String(), "to", c.To.String(), "next", strings.Join(next, ", "))
	}
	n := e.Clone()
	n.Status = c.To
	if err := c.fill(d, n); err != nil {
		return err
	}
	if c.To == Active {
		n.Reason = ""
		if lead, accepted := e.Lead(), e.Count(Accepted); lead == "" || accepted < 2 {
			return refused(NotJoint, "effort", string(e.ID), "lead", string(lead), "accepted", strconv.Itoa(accepted))
		}
	}
	if e.Open() && !n.Open() {
		n.Ended = d.now
	}
	return d.emit(ActStatus, e, n)
}

// fill sets what the new status needs, cleaned; every missing field is named at once.
func (c SetStatus) fill(d *decision, n *Effort) error {
	given := map[Field]string{FieldDecider: c.Decider, FieldDecided: c.Date.String(), FieldReference: c.Reference,
		FieldReason: c.Reason, FieldOutcome: c.Outcome}
	limits := map[Field]int{FieldDecider: MaxShort, FieldDecided: MaxShort, FieldReference: MaxReference,
		FieldReason: MaxReason, FieldOutcome: MaxReason}
	if err := NotAhead(FieldDecided, c.Date, d.today); err != nil {
		return err
	}
	var lacking []string
	for _, f := range c.To.Needs() {
		v, err := CleanText(given[f], limits[f])
		if err != nil {
			return badText(f, err)
		}
		if v == "" && (f == FieldReason || n.Get(f) == "") {
			lacking = append(lacking, string(f))
			continue
		}
		if v == "" {
			continue
		}
		if err := n.set(f, v); err != nil {
			return err
		}
	}
	if len(lacking) > 0 {
		return refused(StatusNeeds, "effort", string(n.ID), "to", c.To.String(), "field", strings.Join(lacking, ", "))
	}
	return nil
}
