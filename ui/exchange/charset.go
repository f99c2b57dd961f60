package exchange

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// decode returns a file as UTF-8 without a byte order mark. A mark says what it is; without one it is UTF-8
// when it can be, else Windows-1252, as Excel saves a CSV. What has no meaning becomes U+FFFD, which no text
// of the board may hold, so that it is reported where it stands.
func decode(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")):
		return string(bytes.ToValidUTF8(data[3:], []byte("\uFFFD")))
	case bytes.HasPrefix(data, []byte("\xFF\xFE")), bytes.HasPrefix(data, []byte("\xFE\xFF")):
		out, _ := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(data)
		return string(bytes.ToValidUTF8(out, []byte("\uFFFD")))
	case utf8.Valid(data):
		return string(data)
	case mostlyUTF8(data):
		return string(bytes.ToValidUTF8(data, []byte("\uFFFD")))
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(data)
	if err != nil {
		return string(bytes.ToValidUTF8(data, []byte("\uFFFD")))
	}
	return string(out)
}

// mostlyUTF8 reports whether the letters beyond ASCII are rather UTF-8 with a broken byte than Windows-1252:
// in Swedish of that code two such bytes hardly ever stand together.
func mostlyUTF8(data []byte) bool {
	good, bad := 0, 0
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		data = data[n:]
	}
	return good > bad
}
