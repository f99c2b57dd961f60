package report

import (
	"fmt"
	"io"
	"strings"
)

// Write writes the report in one of Formats, the text in lines of the usual width.
func (d *Document) Write(w io.Writer, format string) error {
	switch format {
	case "md":
		return lines(w, d.Markdown())
	case "csv":
		return d.CSV(w)
	case "json":
		return d.JSON(w)
	case "html":
		return d.HTML(w)
	case "xlsx":
		return d.XLSX(w)
	}
	return lines(w, d.Lines(0, false))
}

func lines(w io.Writer, lines []string) error {
	if _, err := io.WriteString(w, strings.Join(lines, "\n")+"\n"); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}
