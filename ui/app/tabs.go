package app

import (
	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/action"
	"board.internal/samverkan/ui/safe"
	"board.internal/samverkan/ui/theme"
)

// Here is a screen that stands under one of the tabs: "" for the picture, else a region.
type Here interface {
	Here() (region model.RegionCode, picture bool)
}

// counterInTabs reports whether the second line has room for what waits; else it stands in the first.
func (a *App) counterInTabs() bool { return a.width >= 100 }

// tabs is the second line: the picture and the regions by their keys, and what waits for the officer.
func (a *App) tabs() string {
	d := a.desk
	cat := d.Catalogue()
	region, picture := model.RegionCode("-"), false
	if h, ok := a.base().(Here); ok {
		region, picture = h.Here()
	}
	tabs := []tab{{"0", d.Texts.Screen.PictureTab, d.Texts.Screen.PictureTab, picture}}
	regions := cat.CurrentRegions(d.Today())
	for i, r := range regions {
		tabs = append(tabs, tab{a.keys.Key(action.Region, i), r.Name.In(d.Texts.Lang), string(r.Code), !picture && region == r.Code})
	}
	tabs = append(tabs, tab{a.keys.Key(action.Region, len(regions)), cat.National.Name.In(d.Texts.Lang), string(cat.National.Code), !picture && region == cat.National.Code})
	width := a.width
	var key, count, asked safe.Text
	if a.counterInTabs() {
		key, count, asked = a.counter(false)
		width -= key.Width() + count.Width() + asked.Width() + 2
	}
	label := labels(tabs, width)
	var who safe.Text
	if a.width < wideFrame { // where the first line has no room for it
		who = safe.Of(a.whoShort())
	}
	l := a.frame.line.Begin(d.Theme, a.width).Skip(1)
	for i, t := range tabs {
		if i > 0 {
			l.Skip(1)
		}
		name := safe.Of(label(t))
		if t.active {
			key := "[" + t.key + "]"
			if t.key == "" {
				key, name = "", safe.Of("["+name.String()+"]")
			}
			l.Put(theme.TabActive, safe.Join(safe.Of(key), name))
			continue
		}
		l.Say(theme.Key, t.key)
		if name.Width() > 0 {
			if t.key != "" {
				l.Skip(1)
			}
			l.Put(theme.Tab, name)
		}
	}
	if room := l.Left() - 2; who.Width() > 0 && room > 3 {
		l.Right(theme.Accent, who.Cut(room))
	}
	if key.Width() > 0 {
		l.Skip(a.width-1-l.Used()-key.Width()-count.Width()-asked.Width()).Put(theme.Key, key).Put(theme.Text, count).Put(theme.Alarm, asked)
	}
	return l.Done()
}

// tab is the picture or a region, by its key; there are only nine digits for regions and the country.
type tab struct {
	key, name, code string
	active          bool
}

// labels says how tabs are called in a width: by name, else by code, else only the one that is active.
func labels(tabs []tab, width int) func(tab) string {
	names, codes := 1, 1
	for _, t := range tabs {
		names += safe.Of(t.name).Width() + 3
		codes += safe.Of(t.code).Width() + 3
	}
	switch {
	case names <= width:
		return func(t tab) string { return t.name }
	case codes+8 <= width:
		return func(t tab) string {
			if t.active {
				return t.name
			}
			return t.code
		}
	}
	return func(t tab) string {
		if t.active {
			return t.name
		}
		return ""
	}
}
