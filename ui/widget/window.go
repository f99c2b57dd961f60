package widget

// Window keeps a cursor in sight in a list that is longer than the screen.
type Window struct {
	// Top is the first row shown, Cursor the selected one.
	Top, Cursor int
}

// Move sets the cursor, inside a list of n rows.
func (w *Window) Move(to, n int) { w.Cursor = max(min(to, n-1), 0) }

// Show scrolls as little as it takes to have the cursor among size rows of n, and never past the end.
func (w *Window) Show(n, size int) {
	w.Cursor = max(min(w.Cursor, n-1), 0)
	if w.Cursor < w.Top {
		w.Top = w.Cursor
	}
	if size > 0 && w.Cursor >= w.Top+size {
		w.Top = w.Cursor - size + 1
	}
	w.Top = max(min(w.Top, n-size), 0)
}
