package text

// CLI are the texts of the command line.
type CLI struct {
	// About says what the program is, in a line.
	About string
	// Help are the headings of a help page.
	Help CLIHelp
	// Commands are by name; Flags by name, or by command and name (assign.lead) where a command means
	// something of its own.
	Commands map[string]CLICommand
	Flags    map[string]string
	// Wrong are the sentences for wrong usage, Store for a store that cannot be used, both by key.
	Wrong, Store map[string]string
	// Say are the lines that commands print.
	Say map[string]string
	// Count are lines that say how many, {n}: the form for one, and that for any other number.
	Count map[string][]string
	// Unknown is what a word is called that is none of a closed set (unknown status), by set.
	Unknown map[string]string
	// Head are the headings of columns and lines.
	Head map[string]string
	// Accept and Decline are how people write an answer.
	Accept, Decline []string
}

// CLIHelp are the headings of a help page.
type CLIHelp struct {
	Usage, Commands, Flags, Global, Examples, More, Opens, Any string
}

// CLICommand describes one command: its line of usage, what it does in short and at length, and examples.
type CLICommand struct {
	Use, Short, Long, Example string
}
