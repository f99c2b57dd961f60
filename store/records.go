package store

import (
	"bytes"
	"encoding/binary"

	"board.internal/samverkan/model"
)

// records are keys (without their first byte) and values, copied so that they can be read in order when the
// transaction is over. They lie in blocks, each of which is let go when it has been read.
type records struct {
	blocks     [][]byte
	key, value []byte // of the record that next has come to
}

// recordBlock is the size of a block in bytes, unless one record needs more.
const recordBlock = 64 << 10

// copy adds all records of a kind.
func (s *records) copy(r Reader, prefix string) {
	r.Range([]byte(prefix), nil, func(key, value []byte) bool {
		s.add(key[1:], value)
		return true
	})
}

func (s *records) add(key, value []byte) {
	size := 2*binary.MaxVarintLen64 + len(key) + len(value)
	last := len(s.blocks) - 1
	if last < 0 || cap(s.blocks[last])-len(s.blocks[last]) < size {
		s.blocks = append(s.blocks, make([]byte, 0, max(size, recordBlock)))
		last++
	}
	b := s.blocks[last]
	b = append(binary.AppendUvarint(b, uint64(len(key))), key...)
	s.blocks[last] = append(binary.AppendUvarint(b, uint64(len(value))), value...)
}

// next goes to the first record, and then to the one after; it reports whether there is one.
func (s *records) next() bool {
	s.key, s.value = nil, nil
	if len(s.blocks) == 0 {
		return false
	}
	b := s.blocks[0]
	take := func() []byte {
		size, n := binary.Uvarint(b)
		v := b[n : n+int(size)]
		b = b[n+int(size):]
		return v
	}
	s.key, s.value = take(), take()
	if s.blocks[0] = b; len(b) == 0 {
		s.blocks[0] = nil
		s.blocks = s.blocks[1:]
	}
	return true
}

// merged calls fn with the records of two kinds in the order of their keys, until it says no.
func merged(a, b *records, fn func(key, value []byte) (bool, error)) error {
	moreA, moreB := a.next(), b.next()
	for moreA || moreB {
		from, more := a, &moreA
		if !moreA || moreB && bytes.Compare(b.key, a.key) < 0 {
			from, more = b, &moreB
		}
		if on, err := fn(from.key, from.value); err != nil || !on {
			return err
		}
		*more = from.next()
	}
	return nil
}

// notesOf returns an effort's notes and goes to the first record after them. It wants to be asked in order of id.
func (s *records) notesOf(d *decoder, id []byte) (notes []model.Note, err error) {
	for s.key != nil {
		of, number, _ := bytes.Cut(s.key, []byte{0})
		order := bytes.Compare(of, id)
		if order > 0 {
			break
		}
		if order == 0 {
			n, err := d.note(number, s.value)
			if err != nil {
				return nil, err
			}
			notes = append(notes, n)
		}
		s.next()
	}
	return notes, nil
}
