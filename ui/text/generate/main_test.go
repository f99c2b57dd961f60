package main

import (
	"bytes"
	"os"
	"testing"

	"board.internal/samverkan/ui/text"
)

// TestGeneratedTextsAreThose: what the program says is what stands in the TOML files.
func TestGeneratedTextsAreThose(t *testing.T) {
	for _, lang := range text.Languages() {
		want, err := generate("..", lang)
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile("../" + lang + "_gen.go")
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s_gen.go is not what its texts make; run go generate ./ui/text", lang)
		}
	}
}
