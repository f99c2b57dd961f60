package text

// Exchange are the texts about lists that are read: where a fault stands, and what it is.
type Exchange struct {
	// Row and Effort say where: the row of a sheet, or the effort of a JSON file, counted from 1: {n}.
	Row, Effort string
	// More stands after the first faults: {n}.
	More string
	// Unknown, Number, Date and Missing are the faults of a cell whose column is named already.
	Unknown, Number, Date, Missing string

	UnknownColumn, DoubleColumn, NoColumns, BeyondColumns, OpenQuote, Marks, UnknownKey, WrongType, NoteTexts string

	Empty, TooLarge, TooMany, Syntax, NoList string
}
