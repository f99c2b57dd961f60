package ssh

import "errors"

// errQuotes says that a quotation mark is never closed, or that a backslash stands last.
var errQuotes = errors.New("a quotation mark or a backslash without its end")

// split splits a command line into words as a shell would: blanks between words, quotation marks and backslashes.
// Nothing is expanded and no sign has a meaning of its own, so that ; $ > and * are just letters of a word.
func split(line string) (words []string, err error) {
	var word []byte
	open, quote := false, byte(0) // a word is begun; inside which quotation marks
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case quote == '\'' && c != '\'':
			word = append(word, c)
		case quote != 0 && c == quote:
			quote = 0
		case c == '\\':
			if i++; i == len(line) {
				return nil, errQuotes
			}
			if quote == '"' && line[i] != '"' && line[i] != '\\' && line[i] != '$' && line[i] != '`' {
				word = append(word, '\\')
			}
			word, open = append(word, line[i]), true
		case quote == '"':
			word = append(word, c)
		case c == '"' || c == '\'':
			quote, open = c, true
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			if open {
				words, word, open = append(words, string(word)), nil, false
			}
		default:
			word, open = append(word, c), true
		}
	}
	if quote != 0 {
		return nil, errQuotes
	}
	if open {
		words = append(words, string(word))
	}
	return words, nil
}
