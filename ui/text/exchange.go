package text

// Exchange are the texts about lists that are read: where a fault stands, and what it is.
type Exchange struct {
	// Row and Effort say where: the row of a sheet, or the effort of a JSON file, counted from 1: {n}.
	Row, Effort string
	// More stands after the first faults: {n}.
	More string
	// Unknown, Twice, TwiceRow (in which {row} too), Number, Date, Missing and Incomplete are what is said of a column
	// or value that is named just before; all others are sentences of their own.
	Unknown, Twice, TwiceRow, Number, Date, Missing, Incomplete string

	UnknownColumn, DoubleColumn, NoColumns, BeyondColumns, OpenQuote, Marks, UnknownKey, WrongType, NoteTexts string

	Empty, TooLarge, TooMany, Syntax, NoList string
}
