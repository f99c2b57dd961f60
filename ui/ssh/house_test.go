package ssh

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/app"
)

// TestDraftsAreBounded: what is kept of officers' texts is bounded in every direction, and is nobody else's.
func TestDraftsAreBounded(t *testing.T) {
	now := time.Date(2026, 11, 23, 14, 3, 0, 0, time.UTC)
	d := &NewHouse(HouseOptions{}).drafts
	at := func(officer model.OfficerID, place string) app.Draft {
		return app.Draft{Officer: officer, Place: place}
	}
	for i := range 3 * maxDrafts {
		d.keep("anna", nil, map[app.Draft]string{at("anna", fmt.Sprintf("note %d", i)): "x"}, now.Add(time.Duration(i)*time.Second))
	}
	kept := d.begin("anna", now)
	if _, newest := kept[at("anna", fmt.Sprintf("note %d", 3*maxDrafts-1))]; len(kept) != maxDrafts || !newest {
		t.Errorf("kept are %d, the newest among them: %v", len(kept), newest)
	}
	d.keep("anna", nil, map[app.Draft]string{at("anna", "long"): strings.Repeat("x", maxDraft+1), at("bo", "note 1"): "his"}, now.Add(time.Hour))
	if got := d.begin("anna", now); len(got) != maxDrafts || got[at("anna", "long")] != "" || got[at("bo", "note 1")] != "" || len(d.begin("bo", now)) > 0 {
		t.Errorf("kept are %v", got)
	}
	if old := d.begin("anna", now.Add(draftAge+time.Hour)); len(old) > 0 {
		t.Errorf("after so long there is still %v", old)
	}
	for i := range maxDrafters + 5 {
		officer := model.OfficerID(fmt.Sprint(i))
		d.keep(officer, nil, map[app.Draft]string{at(officer, "note 1"): "x"}, now.Add(time.Hour+time.Duration(i)*time.Second))
		if len(d.begin(officer, now)) != 1 {
			t.Fatalf("nothing is kept of number %d, who came last", i)
		}
	}
	if len(d.of) != maxDrafters || len(d.begin("anna", now)) > 0 || len(d.begin("0", now)) > 0 {
		t.Errorf("something is kept of %d officers, of the first: %v", len(d.of), d.begin("anna", now))
	}
}

// TestAllDraftsTogetherAreBounded: in bytes too, by those of who has typed nothing for longest; and what is too old goes,
// whoever left it.
func TestAllDraftsTogetherAreBounded(t *testing.T) {
	now := time.Date(2026, 11, 23, 14, 3, 0, 0, time.UTC)
	d := &NewHouse(HouseOptions{}).drafts
	all := func(officer model.OfficerID) map[app.Draft]string {
		left := map[app.Draft]string{}
		for i := range maxDrafts {
			left[app.Draft{Officer: officer, Place: fmt.Sprint(i)}] = strings.Repeat("x", maxDraft)
		}
		return left
	}
	const fit = maxDrafted / (maxDrafts * maxDraft)
	for i := range fit + 3 {
		officer := model.OfficerID(fmt.Sprint(i))
		d.keep(officer, nil, all(officer), now.Add(time.Duration(i)*time.Minute))
	}
	if first, newest := d.begin("2", now), d.begin(model.OfficerID(fmt.Sprint(fit+2)), now); len(d.of) != fit || len(first) > 0 || len(newest) != maxDrafts {
		t.Errorf("kept are those of %d officers, %d of an early one, %d of the newest", len(d.of), len(first), len(newest))
	}
	d.keep("anna", nil, all("anna"), now.Add(draftAge+time.Hour+fit*time.Minute))
	if len(d.of) != 1 {
		t.Errorf("what is too old is kept of %d officers", len(d.of)-1)
	}
}

// TestDraftsOfTwoSessions: each has a copy; what one has used up the other may still have written on, and what was typed
// last is kept.
func TestDraftsOfTwoSessions(t *testing.T) {
	now := time.Date(2026, 11, 23, 14, 3, 0, 0, time.UTC)
	note, edit := app.Draft{Officer: "anna", Place: "note 1"}, app.Draft{Officer: "anna", Place: "edit 1"}
	tests := []struct {
		name                string
		first, second, want map[app.Draft]string
	}{
		{"nothing touched", map[app.Draft]string{note: "a", edit: "b"}, map[app.Draft]string{note: "a", edit: "b"}, map[app.Draft]string{note: "a", edit: "b"}},
		{"one used up", map[app.Draft]string{edit: "b"}, map[app.Draft]string{note: "a", edit: "b"}, map[app.Draft]string{edit: "b"}},
		{"each its own", map[app.Draft]string{note: "a1", edit: "b"}, map[app.Draft]string{note: "a", edit: "b2"}, map[app.Draft]string{note: "a1", edit: "b2"}},
		{"both the same", map[app.Draft]string{note: "a1", edit: "b"}, map[app.Draft]string{note: "a2", edit: "b"}, map[app.Draft]string{note: "a2", edit: "b"}},
		{"written on, then used up as it was", map[app.Draft]string{note: "a1", edit: "b"}, map[app.Draft]string{edit: "b"}, map[app.Draft]string{note: "a1", edit: "b"}},
	}
	for _, tt := range tests {
		d := &NewHouse(HouseOptions{}).drafts
		d.keep("anna", nil, map[app.Draft]string{note: "a", edit: "b"}, now)
		given := d.begin("anna", now)
		d.keep("anna", given, tt.first, now.Add(time.Minute))
		d.keep("anna", given, tt.second, now.Add(2*time.Minute))
		if got := d.begin("anna", now.Add(time.Hour)); fmt.Sprint(got) != fmt.Sprint(tt.want) {
			t.Errorf("%s: kept are %v, want %v", tt.name, got, tt.want)
		}
	}
}
