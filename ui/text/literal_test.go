package text_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// sentence is a literal that a person would read: two words beside each other.
var sentence = regexp.MustCompile(`[A-Za-zåäöÅÄÖ]{2,} [A-Za-zåäöÅÄÖ]{2,}`)

// TestNoTextElsewhere: what a person reads on the screen stands in this package, in every language.
func TestNoTextElsewhere(t *testing.T) {
	for _, dir := range []string{"../app", "../screen", "../widget", "../theme"} {
		files, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
				continue
			}
			set := token.NewFileSet()
			file, err := parser.ParseFile(set, filepath.Join(dir, f.Name()), nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				if _, ok := n.(*ast.ImportSpec); ok {
					return false
				}
				if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING && sentence.MatchString(lit.Value) {
					t.Errorf("%s: %s belongs in ui/text", set.Position(lit.Pos()), lit.Value)
				}
				return true
			})
		}
	}
}
