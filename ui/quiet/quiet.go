// Package quiet keeps the program from asking the terminal anything when it starts.
//
// Bubble Tea v1 asks for the terminal's background colour while it is being initialised, in every program that
// links it, and waits up to five seconds for an answer. An answer that is already known is not asked for. Go
// initialises packages that do not depend on each other in the order of their import paths, so this one comes
// first because its path sorts before Bubble Tea's, and because it imports nothing but lipgloss. A test in
// ui/terminal guards it: it fails when a program that imports this package writes a query.
package quiet

import "github.com/charmbracelet/lipgloss"

func init() { lipgloss.SetHasDarkBackground(true) }
