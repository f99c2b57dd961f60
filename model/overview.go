package model

import "slices"

// Summary is what a cell of the national picture shows, and what it adds up to.
type Summary struct {
	// Open counts the open efforts, Waiting those of them that wait for somebody, New those proposed in
	// the last seven days.
	Open, Waiting, New int
	// Oldest is the creation of the oldest, 0 when there is none.
	Oldest Stamp
	// Agencies counts each agency's parts.
	Agencies map[AgencyCode]Tally
	day      Day
}

// Tally counts an agency's parts in open efforts, each effort once, where it was decided.
type Tally struct {
	// Asked are those it has not answered, Unanswered those of them that are older than the deadline.
	Asked, Unanswered int
	// Accepted are those it takes part in: its load. Declined are those it has declined.
	Accepted, Declined int
}

// Add adds another tally.
func (t Tally) Add(o Tally) Tally {
	return Tally{t.Asked + o.Asked, t.Unanswered + o.Unanswered, t.Accepted + o.Accepted, t.Declined + o.Declined}
}

// Share is how many of its answers were yes, in hundredths; known is false while it has not answered.
func (t Tally) Share() (percent int, known bool) {
	answered := t.Accepted + t.Declined
	if answered == 0 {
		return 0, false
	}
	return (100*t.Accepted + answered/2) / answered, true
}

func (t *Tally) count(a *Assignment, today Day, deadline int) {
	switch a.State {
	case Asked:
		t.Asked++
		if a.late(today, deadline) {
			t.Unanswered++
		}
	case Accepted:
		t.Accepted++
	case Declined:
		t.Declined++
	}
}

func (s *Summary) add(o *Summary) {
	s.Open += o.Open
	s.Waiting += o.Waiting
	s.New += o.New
	if o.Oldest != 0 && (s.Oldest == 0 || o.Oldest < s.Oldest) {
		s.Oldest = o.Oldest
	}
	for a, t := range o.Agencies {
		s.Agencies[a] = s.Agencies[a].Add(t)
	}
}

func newSummary() *Summary { return &Summary{Agencies: map[AgencyCode]Tally{}} }

// summarize returns a cell's summary on a day; a cell keeps its last one, as it only changes with the day.
func (c *cell) summarize(today Day, deadline int) *Summary {
	if s := c.summary.Load(); s != nil && s.day == today {
		return s
	}
	s := newSummary()
	s.day = today
	week := (today - 7 + 1).Stamp()
	for _, e := range c.efforts {
		s.Open++
		if e.Waiting() {
			s.Waiting++
		}
		if e.Created >= week {
			s.New++
		}
		if e.Created != 0 && (s.Oldest == 0 || e.Created < s.Oldest) {
			s.Oldest = e.Created
		}
		for i := range e.Assignments {
			a := &e.Assignments[i]
			t := s.Agencies[a.Agency]
			t.count(a, today, deadline)
			s.Agencies[a.Agency] = t
		}
	}
	c.summary.Store(s)
	return s
}

// Overview is the national picture: regions by focuses, the country, and what fits no row. Every effort
// counts once, where it was decided, so the rows add up to the total.
type Overview struct {
	// Focuses are those in use on the day, one for each cell of a row.
	Focuses []Focus
	// Rows are the regions of the day in order, then the country, then what is unplaced (with Region "").
	Rows  []OverviewRow
	Total OverviewRow
}

// OverviewRow is one row: a summary for each focus, and their sum. What has a focus that is not in use
// (any longer) counts in the sum of Unplaced alone.
type OverviewRow struct {
	Region RegionCode
	Cells  []*Summary
	Sum    *Summary
}

type dayOverview struct {
	Overview
	day Day
}

// Overview adds up the board on a day. The answer is kept for whoever asks next: it must not be changed.
func (b *Board) Overview(today Day) Overview {
	o := b.overview.Load()
	if o == nil || o.day != today {
		o = &dayOverview{b.addUp(today), today}
		b.overview.Store(o)
	}
	return o.Overview
}

func (b *Board) addUp(today Day) Overview {
	o := Overview{Focuses: b.cat.CurrentFocuses(today)}
	row := func(region RegionCode) OverviewRow {
		r := OverviewRow{Region: region, Sum: newSummary()}
		for range o.Focuses {
			r.Cells = append(r.Cells, newSummary())
		}
		return r
	}
	at := map[RegionCode]int{}
	for _, r := range b.cat.CurrentRegions(today) {
		at[r.Code] = len(o.Rows)
		o.Rows = append(o.Rows, row(r.Code))
	}
	at[b.cat.National.Code] = len(o.Rows)
	o.Rows = append(o.Rows, row(b.cat.National.Code), row(""))
	o.Total = row("")
	unplaced := len(o.Rows) - 1
	for key, c := range b.cells {
		if len(c.efforts) == 0 {
			continue
		}
		s := c.summarize(today, b.cat.Unanswered)
		i, known := at[key.region]
		focus := -1
		for j, f := range o.Focuses {
			if f.Code == key.focus {
				focus = j
			}
		}
		if !known || focus < 0 {
			i = unplaced
		}
		o.Rows[i].Sum.add(s)
		o.Total.Sum.add(s)
		if focus >= 0 {
			o.Rows[i].Cells[focus].add(s)
			o.Total.Cells[focus].add(s)
		}
	}
	return o
}

// Tally counts an agency's parts, in a region and in the country.
func (b *Board) Tally(agency AgencyCode, region RegionCode, today Day) (here, country Tally) {
	for key, c := range b.cells {
		t := c.summarize(today, b.cat.Unanswered).Agencies[agency]
		country = country.Add(t)
		if key.region == region {
			here = here.Add(t)
		}
	}
	return here, country
}

// Unplaced returns the open efforts whose region or focus the catalogue does not have on a day, in the order of cards.
func (b *Board) Unplaced(today Day) (efforts []*Effort) {
	for key, c := range b.cells {
		if !b.cat.Places(key.region, key.focus, today) {
			efforts = append(efforts, c.efforts...)
		}
	}
	slices.SortFunc(efforts, (*Effort).Before)
	return efforts
}
