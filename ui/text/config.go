package text

// Config are the texts about the configuration: what is wrong with a key, and what to do.
type Config struct {
	// Line stands between the file and the key: {line}.
	Line string
	// Type names what a value should be: text, number, bool, date, table, texts, tables.
	Type map[string]string

	Unreadable, Syntax, UnknownKey, WrongType, BadDate, OutOfRange, NotOneOf, Unknown, Missing, Duplicate, BadCode,
	BadKey, BadSSHKey, WeakSSHKey, SameSSHKey, BadAddress, BadZone, PeriodEnds, Clash, TooMany, NeedsAgency, NeedsRegions, AgencyDiffer, NotOneWord,
	UnknownAction, BadActionKey, KeyTaken, KeysFixed, KeyNeeded string

	Exchange Exchange
}
