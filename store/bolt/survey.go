package bolt

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"io"
	"math/bits"
	"os"
	"slices"

	"board.internal/samverkan/store"
)

// bbolt maps the file and believes what it reads there. On a damaged one it panics, which can be
// caught; but a tree that leads back into itself overflows the stack, a wild length in the free list
// eats the memory, as do wild sizes on a page that is written to; and a free list that names pages in
// use lets the next write destroy them. So the structure is read here first, without mapping: the heads
// and the free list's length before each open (three short reads); the free list and the branches once
// per file and engine, and with them all pages of a small file; and every page when the store is
// checked. The layout is bbolt's file format, version 2.
const (
	magic       = 0xED0CDAED
	version     = 2
	headerSize  = 16 // id uint64, flags uint16, count uint16, overflow uint32
	metaSize    = 64
	elementSize = 16
	flagBranch  = 0x01
	flagLeaf    = 0x02
	flagFree    = 0x10
	noFreelist  = ^uint64(0)
	smallFile   = 1024 // pages; reading so many costs about a millisecond
)

var native = binary.NativeEndian

// head is one of the two pages at the start of the file; a commit writes them in turn.
type head struct {
	page                        int64 // size of a page in bytes
	root, free, end, txid, code uint64
}

func parseHead(b []byte) (head, bool) {
	if b = b[headerSize:]; native.Uint32(b) != magic || native.Uint32(b[4:]) != version {
		return head{}, false
	}
	h := head{page: int64(native.Uint32(b[8:])), root: native.Uint64(b[16:]), free: native.Uint64(b[32:]),
		end: native.Uint64(b[40:]), txid: native.Uint64(b[48:]), code: native.Uint64(b[56:])}
	sum := fnv.New64a()
	sum.Write(b[:metaSize-8])
	return h, sum.Sum64() == h.code && h.page >= 1024 && bits.OnesCount64(uint64(h.page)) == 1
}

func headAt(f io.ReaderAt, at int64) (head, bool) {
	var b [headerSize + metaSize]byte
	if _, err := f.ReadAt(b[:], at); err != nil {
		return head{}, false
	}
	return parseHead(b[:])
}

// heads reads both heads. When the first is broken the size of a page is not known, and the second is
// looked for where it may be.
func heads(f io.ReaderAt) (both [2]head) {
	if h, ok := headAt(f, 0); ok {
		both[0] = h
		if h, ok := headAt(f, h.page); ok {
			both[1] = h
		}
		return both
	}
	for at := int64(1024); at <= 1<<24; at *= 2 {
		if h, ok := headAt(f, at); ok && h.page == at {
			both[1] = h
			break
		}
	}
	return both
}

// headOf returns the head bbolt will choose, if the file is as long as it says and the free list fits.
func headOf(f *os.File) (head, error) {
	info, err := f.Stat()
	if err != nil {
		return head{}, err
	}
	both := heads(f)
	h := both[0]
	if h.page == 0 || both[1].page != 0 && both[1].txid > h.txid {
		h = both[1]
	}
	switch {
	case info.Size() == 0:
		return h, damaged("the file is empty")
	case h.page == 0:
		return h, damaged("%w, or the start of it is broken", store.ErrForeign)
	case h.free == noFreelist:
		return h, errStranger
	case h.end < 4 || h.end > uint64(info.Size()/h.page) || h.root >= h.end || h.free >= h.end:
		return h, damaged("the file was cut short: %d bytes, want %d pages of %d", info.Size(), h.end, h.page)
	}
	var b [headerSize + 8]byte
	if _, err := f.ReadAt(b[:], int64(h.free)*h.page); err != nil {
		return h, damaged("free list: %v", err)
	}
	p := parsePage(b[:])
	if p.id != h.free || p.flags != flagFree || p.overflow >= h.end-h.free || freeCount(b[:]) > (p.overflow+1)*uint64(h.page)/8 {
		return h, damaged("page %d: no free list there", h.free)
	}
	return h, nil
}

func damaged(format string, args ...any) error {
	return fmt.Errorf("%w: %w", store.ErrDamaged, fmt.Errorf(format, args...))
}

// errStranger is a bbolt file of another program.
var errStranger = damaged("%w but a bbolt file of another program", store.ErrForeign)

// page is one page with those that overflow from it.
type page struct {
	id           uint64
	flags, count uint16
	overflow     uint64
	data         []byte // header included
}

func parsePage(b []byte) page {
	return page{id: native.Uint64(b), flags: native.Uint16(b[8:]), count: native.Uint16(b[10:]),
		overflow: uint64(native.Uint32(b[12:])), data: b}
}

// freeCount is the length of the free list; a long one has it in the place of the first id.
func freeCount(b []byte) uint64 {
	n := uint64(native.Uint16(b[10:]))
	if n == 0xFFFF {
		n = native.Uint64(b[headerSize:])
	}
	return n
}

type surveyor struct {
	head
	file *os.File
	full bool
	used []uint64 // one bit per page that has been claimed
	buf  []byte   // the page read last, unless it was a long one
}

// survey reads the structure: the free list and the branches, or every page if full is true.
func survey(f *os.File, full bool) error {
	h, err := headOf(f)
	if err != nil {
		return err
	}
	s := &surveyor{head: h, file: f, full: full, used: make([]uint64, h.end/64+1)}
	if err := s.freelist(); err != nil {
		return err
	}
	root, err := s.page(h.root)
	if err != nil {
		return err
	}
	return s.bucket(root)
}

// claim notes that pages [id, id+n) are taken, each by one owner.
func (s *surveyor) claim(id, n uint64) error {
	if id < 2 || id >= s.end || n > s.end-id {
		return damaged("page %d lies outside the file", id)
	}
	for p := id; p < id+n; p++ {
		if s.used[p/64]&(1<<(p%64)) != 0 {
			return damaged("page %d is used twice", p)
		}
		s.used[p/64] |= 1 << (p % 64)
	}
	return nil
}

// page claims and reads a page whole. It is valid until the next one is read.
func (s *surveyor) page(id uint64) (page, error) {
	if err := s.claim(id, 1); err != nil {
		return page{}, err
	}
	return s.claimed(id)
}

func (s *surveyor) claimed(id uint64) (page, error) {
	if s.buf == nil {
		s.buf = make([]byte, s.head.page)
	}
	if _, err := s.file.ReadAt(s.buf, int64(id)*s.head.page); err != nil {
		return page{}, damaged("page %d: %v", id, err)
	}
	p := parsePage(s.buf)
	if p.id != id {
		return p, damaged("page %d calls itself %d", id, p.id)
	}
	if p.overflow == 0 {
		return p, nil
	}
	if err := s.claim(id+1, p.overflow); err != nil {
		return p, err
	}
	p.data = make([]byte, (int64(p.overflow)+1)*s.head.page)
	if _, err := s.file.ReadAt(p.data, int64(id)*s.head.page); err != nil {
		return p, damaged("page %d: %v", id, err)
	}
	return p, nil
}

func (s *surveyor) freelist() error {
	p, err := s.page(s.free)
	if err != nil {
		return err
	}
	ids := p.data[headerSize:]
	n := freeCount(p.data)
	if p.count == 0xFFFF {
		ids = ids[8:]
	}
	if p.flags != flagFree || n > uint64(len(ids)/8) {
		return damaged("page %d: no free list there", p.id)
	}
	for i := range n {
		if err := s.claim(native.Uint64(ids[8*i:]), 1); err != nil {
			return fmt.Errorf("free list: %w", err)
		}
	}
	return nil
}

// bucket finds our bucket in the root page, where it stands alone, and walks its tree.
func (s *surveyor) bucket(root page) error {
	if root.flags != flagLeaf || root.count != 1 {
		return errStranger
	}
	key, value, ok := element(root, 0)
	switch {
	case !ok || native.Uint32(root.data[headerSize:]) != 1 || len(value) < 16:
		return damaged("page %d: entry 0 is broken", root.id)
	case string(key) != bucketName:
		return errStranger
	}
	if top := native.Uint64(value); top != 0 {
		return s.tree(top)
	}
	if value = value[16:]; len(value) < headerSize { // a small bucket lies in its entry
		return damaged("page %d: entry 0 is broken", root.id)
	}
	return leaf(parsePage(value))
}

// tree walks level by level. bbolt's trees are of even depth, so unless all pages are asked for, the
// first page of a level tells whether the others need to be read; each is claimed all the same.
func (s *surveyor) tree(top uint64) error {
	for level := []uint64{top}; len(level) > 0; {
		var next []uint64
		leaves := false
		for _, id := range level {
			if id < 2 || id >= s.end || s.used[id/64]&(1<<(id%64)) != 0 {
				return s.claim(id, 1) // which says what is wrong
			}
			s.used[id/64] |= 1 << (id % 64)
			if leaves && !s.full {
				continue
			}
			p, err := s.claimed(id)
			if err != nil {
				return err
			}
			switch p.flags {
			case flagLeaf:
				leaves = true
				err = leaf(p)
			case flagBranch:
				next, err = branch(p, next)
			default:
				err = damaged("page %d: unknown kind %#x", id, p.flags)
			}
			if err != nil {
				return err
			}
		}
		level = next
	}
	return nil
}

func branch(p page, next []uint64) ([]uint64, error) {
	if p.count == 0 {
		return nil, damaged("page %d: a branch without twigs", p.id)
	}
	if cap(next)-len(next) < int(p.count) {
		next = slices.Grow(next, max(int(p.count), len(next)))
	}
	for i := range int(p.count) { // element takes twice the time, and a long history has many twigs
		at := headerSize + i*elementSize
		if at+elementSize > len(p.data) {
			return nil, damaged("page %d: entry %d is broken", p.id, i)
		}
		e := p.data[at : at+elementSize]
		if pos, ksize := uint64(native.Uint32(e)), uint64(native.Uint32(e[4:])); uint64(at)+pos+ksize > uint64(len(p.data)) {
			return nil, damaged("page %d: entry %d is broken", p.id, i)
		}
		next = append(next, native.Uint64(e[8:]))
	}
	return next, nil
}

func leaf(p page) error {
	if p.flags != flagLeaf {
		return damaged("page %d: no entries there", p.id)
	}
	for i := range int(p.count) {
		if _, _, ok := element(p, i); !ok || native.Uint32(p.data[headerSize+i*elementSize:]) != 0 {
			return damaged("page %d: entry %d is broken", p.id, i)
		}
	}
	return nil
}

// element returns entry i of a leaf (flags, position, key size, value size) or a branch (position, key
// size, page); ok is false when it does not lie within the page.
func element(p page, i int) (key, value []byte, ok bool) {
	at := headerSize + i*elementSize
	if at+elementSize > len(p.data) {
		return nil, nil, false
	}
	e := p.data[at:]
	var pos, ksize, vsize uint64
	if p.flags == flagLeaf {
		pos, ksize, vsize = uint64(native.Uint32(e[4:])), uint64(native.Uint32(e[8:])), uint64(native.Uint32(e[12:]))
	} else {
		pos, ksize = uint64(native.Uint32(e)), uint64(native.Uint32(e[4:]))
	}
	if pos+ksize+vsize > uint64(len(e)) {
		return nil, nil, false
	}
	return e[pos : pos+ksize], e[pos+ksize : pos+ksize+vsize], true
}
