package model

// Assignment is one agency's part in an effort. Asking is a request between equals: the agency's own
// officer answers, with another mode if that is what it can give.
type Assignment struct {
	Agency AgencyCode
	State  State
	Mode   Mode
	// Lead: this agency leads. Only one that has accepted does.
	Lead bool
	// Since is when the agency came into its state.
	Since Stamp
	// Reason is why it declined or was released. While it is asked again it is why it declined the last time.
	Reason string
}

// late reports whether it has been asked for so many days without an answer.
func (a *Assignment) late(today Day, deadline int) bool {
	return a.State == Asked && deadline > 0 && a.Since != 0 && int(today-a.Since.Day()) >= deadline
}
