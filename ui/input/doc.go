// Package input makes a terminal's bytes into keys one can trust.
//
// Bubble Tea v1 takes every read for a whole number of keys: an arrow or an å that arrives in two reads becomes other
// keys, and several letters in one read become one message. This package stands on both sides of it.
//
// Before it, a Reader (any stream, such as an SSH session) or a File (a terminal of this machine) is given to
// tea.WithInput and hands out whole runes and whole escape sequences only. A lone escape is told from the start of a
// sequence by waiting a moment. A paste is kept together and bounded. Where a terminal has no bracketed paste, a burst
// that nobody types is marked as a paste. The end of the input is ErrEnded, which ends the program.
//
// After it, the model that gets a tea.KeyMsg asks Split for the keys in it and handles each by itself:
//
//	case tea.KeyMsg:
//		for _, key := range input.Split(msg) {
//			if key.Paste {
//				// one paste: to the focused text field as it is, to nothing else
//			} else {
//				// one key
//			}
//		}
package input
