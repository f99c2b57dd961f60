// Package text holds every text a person reads, in Swedish and English, as typed values: a text that is
// missing in one language fails a test, and one that nobody uses fails another. Each part of the program
// has its own section, with a Go struct and one TOML file per language; names in braces are filled in.
// After a change in a TOML file, go generate ./ui/text makes the Go of it that the program is built from.
package text

import (
	"strconv"
	"strings"
	"sync"

	"board.internal/samverkan/model"
)

//go:generate go run -tags generate ./generate

// Languages are those the program speaks, the default first.
func Languages() []string { return []string{"sv", "en"} }

// Texts are all texts of one language.
type Texts struct {
	Lang  string
	Words Words
	// Why is the sentence for each reason of a refusal: what is wrong and what would make it possible.
	Why    map[model.Why]string
	Faults Faults
	CLI    CLI
	Screen Screen
	Report Report
	Config Config
	SSH    SSH
}

// Made once: what is typed is read in both languages, with every letter.
var swedish, english = sync.OnceValue(sv), sync.OnceValue(en)

// In returns the texts of a language; one that is not known gets English. Nobody changes them.
func In(lang string) *Texts {
	if lang == "sv" {
		return swedish()
	}
	return english()
}

// Fill replaces {name} in a text by the value that follows the name in pairs. What is filled in is not looked at again.
func Fill(text string, pairs ...string) string {
	var b strings.Builder
	for {
		open := strings.IndexByte(text, '{')
		end := -1
		if open >= 0 {
			end = strings.IndexByte(text[open:], '}')
		}
		if end < 0 {
			break
		}
		name := text[open+1 : open+end]
		b.WriteString(text[:open])
		b.WriteString(valueOf(name, pairs, text[open:open+end+1]))
		text = text[open+end+1:]
	}
	if b.Len() == 0 {
		return text
	}
	b.WriteString(text)
	return b.String()
}

func valueOf(name string, pairs []string, unknown string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i] == name {
			return pairs[i+1]
		}
	}
	return unknown
}

// Count is a text for one or for n, with the number in {n}.
func (t *Texts) Count(one, many string, n int) string {
	if n == 1 {
		many = one
	}
	return Fill(many, "n", strconv.Itoa(n))
}

// Detect returns the language of the environment's locale: Swedish for sv, else English. get is os.Getenv
// or what a client sent.
func Detect(get func(string) string) string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := get(name); v != "" {
			if strings.HasPrefix(strings.ToLower(v), "sv") {
				return "sv"
			}
			return "en"
		}
	}
	return "en"
}
