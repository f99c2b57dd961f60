package store

import (
	"encoding/binary"

	"board.internal/samverkan/model"
)

// What tests of the outside see of the inside.

// Pretend makes the store take schema for the newest.
func (s *Store) Pretend(schema int) { s.schema = schema }

func EncodeEffort(e *model.Effort) []byte { return encodeEffort(e) }

func DecodeEffort(id model.EffortID, b []byte) (*model.Effort, error) {
	return newDecoder().effort([]byte(id), b)
}

func EncodeNote(n model.Note) []byte { return encodeNote(n) }

func DecodeNote(n uint32, b []byte) (model.Note, error) {
	return newDecoder().note(binary.BigEndian.AppendUint32(nil, n), b)
}

func EncodeEntry(ev *model.Event, prev uint64) []byte {
	b, _ := encodeEntry(hash{}, ev, prev)
	return b
}

func DecodeEntry(seq uint64, b []byte) (model.Event, uint64, error) {
	e, err := decodeEntry(seq, b)
	if err == nil {
		err = e.follows(hash{})
	}
	return e.Event, e.prev, err
}
