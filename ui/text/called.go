package text

import "board.internal/samverkan/model"

// Called are the words of a closed set as they are on a day, with what each is called; none for no domain.
func (t *Texts) Called(d model.Domain, cat *model.Catalogue, today model.Day) (words []model.Called) {
	enum := func(names []string, name map[string]string) {
		for _, n := range names {
			words = append(words, model.Called{Code: n, Name: name[n]})
		}
	}
	w := &t.Words
	switch d {
	case model.DomainAgency:
		for _, a := range cat.Agencies {
			words = append(words, model.Called{Code: string(a.Code), Name: a.Name.In(t.Lang)})
		}
	case model.DomainRegion:
		for _, r := range append(cat.CurrentRegions(today), cat.National) {
			words = append(words, model.Called{Code: string(r.Code), Name: r.Name.In(t.Lang)})
		}
	case model.DomainFocus:
		for _, f := range cat.CurrentFocuses(today) {
			words = append(words, model.Called{Code: string(f.Code), Name: f.Name.In(t.Lang)})
		}
	case model.DomainStatus:
		enum(stable(model.Statuses()), w.Status)
	case model.DomainMode:
		enum(stable(model.Modes()), w.Mode)
	case model.DomainMeasure:
		enum(stable(model.MeasureTypes()), w.Measure)
	case model.DomainOutcome:
		for _, o := range cat.Outcomes {
			words = append(words, model.Called{Code: string(o.Code), Name: o.Name.In(t.Lang)})
		}
	case model.DomainKind:
		enum(stable(model.Kinds()), w.Kind)
	case model.DomainLevel:
		enum(stable(model.Levels()), w.Level)
	case model.DomainLink:
		enum(stable(model.LinkKinds()), w.Link)
	case model.DomainState:
		enum(stable(model.States()), w.State)
	}
	return words
}

func stable[T interface{ String() string }](all []T) (names []string) {
	for _, v := range all {
		names = append(names, v.String())
	}
	return names
}
