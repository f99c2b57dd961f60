package screen

import (
	"board.internal/samverkan/ui/app"
)

// Tour are the screens that a wall stops at: the national picture, each region, and the country.
func Tour(d *app.Desk, n int) app.Screen {
	regions := d.Catalogue().CurrentRegions(d.Today())
	switch {
	case n == 0:
		return newPicture(d)
	case n <= len(regions):
		return newRegion(d, regions[n-1].Code, "")
	case n == len(regions)+1:
		return newRegion(d, d.Catalogue().National.Code, "")
	}
	return nil
}

// Turn shows the next rows, where not all fit.
func (p *picture) Turn() bool {
	if p.size == 0 || p.win.Top+p.size >= len(p.overview.Rows) {
		return false
	}
	p.row = min(p.win.Top+2*p.size-1, len(p.overview.Rows)-1)
	return true
}

// Turn shows the next cards of the columns, and where only one column fits, after its last cards the next one.
func (r *region) Turn() bool {
	rows, first, last := r.rows(), 0, len(r.columns)
	one := r.width < sideBySide
	if one {
		first, last = r.at, min(r.at+1, last)
	}
	turned := false
	for i := first; i < last; i++ {
		if c := &r.columns[i]; c.Top+rows < len(c.efforts) {
			c.Move(c.Top+2*rows-1, len(c.efforts))
			c.keep()
			turned = true
		}
	}
	if !turned && one && r.at+1 < len(r.columns) {
		r.at++
		turned = true
	}
	r.follow()
	return turned
}
