package cli

import (
	"context"
	"strconv"
	"strings"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
	"board.internal/samverkan/ui/exchange"
)

// agencyAnswers is how an agency answers; MedianSeconds is null when no answer has a known time.
type agencyAnswers struct {
	Agency        model.AgencyCode   `json:"agency"`
	Requests      int                `json:"requests"`
	Answered      int                `json:"answered"`
	MedianSeconds *int64             `json:"median_seconds"`
	Declines      []declineReason    `json:"declines"`
	NeverAsked    []model.RegionCode `json:"never_asked"`
}

type declineReason struct {
	Reason string `json:"reason"`
	Count  int    `json:"count"`
}

// readAnswers reads the journal page by page, so that a long one is never in memory, and returns what it adds up to.
func (p *program) readAnswers(ctx context.Context) ([]model.AgencyAnswers, error) {
	sum := model.NewAnswers()
	for more := true; more; {
		entries, err := p.store.Journal(ctx, store.Query{After: sum.Seq(), Limit: journalPage})
		if err != nil {
			return nil, err
		}
		for i := range entries {
			sum.Take(&entries[i].Event)
		}
		more = len(entries) == journalPage
	}
	return sum.All(p.cat, p.today()), nil
}

// answers prints how the agencies answer.
func (p *program) answers(ctx context.Context) error {
	all, err := p.readAnswers(ctx)
	if err != nil {
		return err
	}
	if p.flags.json {
		return p.printAnswersJSON(all)
	}
	t := p.table(1, 2, 3)
	t.add(p.head("agency"), p.head("requests"), p.head("answered"), p.head("answer_time"), p.head("never_asked"), p.head("decline_reason"))
	for _, a := range all {
		time, reason, never := "", "", p.texts.Screen.Agencies.Everywhere
		if a.Timed > 0 {
			time = p.texts.Lasting(a.Median)
		}
		if len(a.Declines) > 0 {
			reason = strconv.Itoa(a.Declines[0].Count) + " " + p.declineReason(a.Declines[0].Reason)
		}
		if len(a.Never) > 0 {
			never = joined(a.Never)
		}
		t.add(string(a.Agency), strconv.Itoa(a.Requests), strconv.Itoa(a.Answered), p.known(time), never, p.known(reason))
	}
	p.printTable(t)
	return nil
}

func (p *program) declineReason(reason string) string {
	if reason == "" {
		return p.texts.Screen.Agencies.NoReason
	}
	return reason
}

func joined(regions []model.RegionCode) string {
	codes := make([]string, len(regions))
	for i, r := range regions {
		codes[i] = string(r)
	}
	return strings.Join(codes, " ")
}

func (p *program) printAnswersJSON(all []model.AgencyAnswers) error {
	array := exchange.NewArray(p.out)
	for _, a := range all {
		row := agencyAnswers{Agency: a.Agency, Requests: a.Requests, Answered: a.Answered, Declines: []declineReason{}, NeverAsked: []model.RegionCode{}}
		if a.Timed > 0 {
			row.MedianSeconds = &a.Median
		}
		for _, d := range a.Declines {
			row.Declines = append(row.Declines, declineReason(d))
		}
		row.NeverAsked = append(row.NeverAsked, a.Never...)
		if err := array.Add(row); err != nil {
			return err
		}
	}
	return array.Close()
}
