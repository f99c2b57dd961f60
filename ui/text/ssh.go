package text

// SSH are the texts for whoever comes in over SSH, and about what keeps a server from working.
type SSH struct {
	// NoKeys to OtherKey are why a server does not start, or does not work.
	NoKeys, HostKeyOpen, HostKeyOwner, HostKeyKind, HostKeyDenied, HostKeyMissing, HostKeyLink, HostKeySecret, HostKeyBad, Listen, NoAnswer, OtherKey string
	// NoTerminal and Quotes are about how a command is asked for.
	NoTerminal, Quotes string
	// Full to NotListed are why no session begins.
	Full, FullOfficer, NotListed string
	// Removed to Broken are why a session has ended.
	Removed, Changed, Idle, Hours, Stopping, Broken string
	// Kept and Lost are what becomes of what was being typed then.
	Kept, Lost string
}
