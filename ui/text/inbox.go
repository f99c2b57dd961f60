package text

import (
	"strconv"
	"strings"

	"board.internal/samverkan/model"
)

// Waiting says why something waits for an officer: KFM is asked: on site.
func (t *Texts) Waiting(w *model.Waiting, today model.Day) string {
	parts := []string{t.wait(w, w.Why, today)}
	if a := w.Effort.Assignment(w.Agency); w.Why == model.WaitRequest && a.Reason != "" {
		parts = append(parts, Fill(t.Words.Wait["again"], "reason", a.Reason))
	}
	for _, why := range w.Also {
		parts = append(parts, t.wait(w, why, today))
	}
	return strings.Join(parts, "; ")
}

func (t *Texts) wait(w *model.Waiting, why model.Wait, today model.Day) string {
	e, agency := w.Effort, w.Agency
	if agency == "" {
		agency = e.Alone()
	}
	days := int(today - w.Since.Day())
	return Fill(t.Words.Wait[why.String()], "agency", string(agency), "mode", t.Words.Mode[e.Assignment(agency).Mode.String()],
		"date", t.Day(e.Review, today), "n", strconv.Itoa(days))
}

// Changing says in short what has become of an effort: what changed, or that it is new.
func (t *Texts) Changing(c *model.Changing, cat *model.Catalogue) string {
	if c.Event.Begins() {
		return Fill(t.Screen.Handover.New, "status", t.Words.Status[c.Effort.Status.String()], "title", c.Effort.Title)
	}
	return t.Changes(c.Event, cat)
}

// Coming says what comes: a review, or what was put aside and comes back.
func (t *Texts) Coming(n *model.Coming, today model.Day) string {
	if n.Why == model.WaitReview && n.Effort.Review == n.Day {
		return t.Screen.Handover.Review
	}
	return Fill(t.Screen.Handover.Back, "why", t.Waiting(&n.Waiting, today))
}
