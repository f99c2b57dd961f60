package text

import (
	"strconv"
	"strings"
	"time"

	"board.internal/samverkan/model"
)

// MeetingTexts are the texts of a council's meeting and its minutes, on the screen and on paper.
type MeetingTexts struct {
	Title, Council, NoCouncil                                                              string
	Proposal, Proposals, Review, Reviews, Empty, More, Last, Never                         string
	Sits, Opened, Of, PutOff, Waits, ReviewDue, Done                                       string
	OpenLabel, CloseLabel, NextLabel, BackLabel, DecideLabel, TakeUp                       string
	KeepLabel, RejectLabel, PutOffLabel, CouncilLabel                                      string
	NotOpen, NoMatter, NotBefore, NoReject                                                 string
	BeginTitle, BeginYes, EndTitle, EndYes, SignHint                                       string
	ReviewTitle, ReviewMonth, ReviewQuarter, ReviewHalf, ReviewDate                        string
	Key                                                                                    map[string]string
	Load, Lacks, NoLead, Alone, NoSafety, NoPrevention, Summary, SummaryHint, Looks, Notes string
	Minutes, Held, Sitting, By, Recorded, Beside, Nothing                                  string
	ExportTitle                                                                            string
	Result, Count                                                                          map[string]string
}

// Council is what a region's council is called; the country's is the Operative Council.
func (t *Texts) Council(region model.RegionCode, cat *model.Catalogue) string {
	if region == model.RegionNational {
		return t.Screen.Status.NationalDecider
	}
	return Fill(t.Screen.Status.Decider, "region", t.Value(model.FieldRegion, string(region), cat))
}

// Item says what is due before a council, since when, and whether it has been put off.
func (t *Texts) Item(i *model.Item, now time.Time, today model.Day) string {
	x := &t.Screen.Meeting
	said := Fill(x.Waits, "ago", t.Ago(i.Since, now))
	switch i.Why {
	case 0:
		return x.Done
	case model.WaitReview:
		said = Fill(x.ReviewDue, "date", t.Day(i.Effort.Review, today))
	}
	if i.Adjourned != 0 {
		said += ", " + Fill(x.PutOff, "date", t.Day(i.Adjourned, today))
	}
	return said
}

// Agenda says how many matters of which kind there are: 4 proposals, 3 reviews.
func (t *Texts) Agenda(items []model.Item) string {
	x := &t.Screen.Meeting
	reviews := 0
	for i := range items {
		if items[i].Why == model.WaitReview {
			reviews++
		}
	}
	var parts []string
	if n := len(items) - reviews; n > 0 {
		parts = append(parts, t.Count(x.Proposal, x.Proposals, n))
	}
	if reviews > 0 {
		parts = append(parts, t.Count(x.Review, x.Reviews, reviews))
	}
	return strings.Join(parts, ", ")
}

// Results says what a meeting came to, in numbers: 2 decided, 1 rejected, 3 not taken up.
func (t *Texts) Results(m *model.Minutes) string {
	counts := map[model.Result]int{}
	for i := range m.Matters {
		counts[m.Matters[i].Result()]++
	}
	var parts []string
	for _, r := range model.Results() {
		if n := counts[r]; n > 0 {
			parts = append(parts, Fill(t.Screen.Meeting.Count[string(r)], "n", strconv.Itoa(n)))
		}
	}
	return strings.Join(parts, ", ")
}

// Matter says what became of a matter of a meeting, a line for each thing.
func (t *Texts) Matter(x *model.Matter, cat *model.Catalogue) []string {
	if x.Effort != nil && x.Event.Begins() {
		return []string{t.Changing(&x.Changing, cat)}
	}
	return t.ChangeLines(&x.Event, true, func(id model.EffortID) string { return string(id) }, cat)
}

// meeting says that a council sits or no longer does.
func (t *Texts) meeting(c model.Change, region string, cat *model.Catalogue) string {
	_, _, rest := c.Field.Parts()
	number, aspect, _ := strings.Cut(rest, ".")
	form := map[string]string{"begun": t.Screen.Event.MeetingBegun, "ended": t.Screen.Event.MeetingEnded}[aspect]
	return Fill(form, "council", t.Council(model.RegionCode(region), cat), "n", number)
}
