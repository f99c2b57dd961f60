package text

import (
	"time"
)

// Equals are the texts about those who work together as equals: the agencies, and the partners outside.
type Equals struct {
	Agencies AgenciesTexts
	Partners PartnersTexts
	List     ListTexts
}

// AgenciesTexts are the texts of the agencies by regions, and of how they answer.
type AgenciesTexts struct {
	// Title is with the page in {page}; Load, Asked, Share and Answers are the pages.
	Title, Load, Asked, Share, Answers string
	// Country and Total are a column and a row; Whole is what the column is about.
	Country, Whole, Total string
	// What a page's figures mean: Heat says how much of {heat} a sign is.
	Heat, LoadSigns, Unknown, UnknownOnly, AskedSigns, ShareSigns, AnswersSigns string
	// The words of the selected cell.
	Cell, LoadOf, LoadOnly, AskedNone, AskedSome, Late, Yes, NoAnswer, Office, NoOffice, OfficeUnknown string
	Elsewhere, ElsewhereAll, CellTitle                                                                 string
	SortLoad, SortConfigured                                                                           string
	// The answers.
	Reading, Requests, Answered, Noes, Median, Reason, Never, Everywhere, NoReason string
	Reasons, NoDeclines, NeverAsked, Hint                                          string
}

// PartnersTexts are the texts of the register of partners.
type PartnersTexts struct {
	Title, None, NoneYet, One, Many, Idle, IdleHere, Configured, Unlisted, Hint string
	Add, AddLabel, AddHint, Remove, RemoveKeeps, RemoveYes                      string
	RemoveLabel, RemoveHint, NoPartner                                          string
}

// ListTexts are the texts of a list of efforts.
type ListTexts struct{ One, Many, MarkedOne, Marked, None, NoneHere string }

// Lasting returns a time of so many seconds in the shortest unit that says it.
func (t *Texts) Lasting(seconds int64) string {
	return t.Ago(1, time.Unix(1+seconds, 0))
}
