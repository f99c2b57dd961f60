package model

import "sync/atomic"

// Including returns the board with efforts that have ended too, so that a filter by status can show them. It
// is for looking at: Effort and Find know the open ones only.
func (b *Board) Including(ended []*Effort) *Board {
	n := *b
	n.overview = new(atomic.Pointer[dayOverview])
	d := draft{Board: &n, cells: map[cellKey]*edit{}}
	for _, e := range ended {
		d.open++
		d.each(e, func(x *exchange) { x.in = append(x.in, e) })
	}
	d.finish()
	return &n
}
