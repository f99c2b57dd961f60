package config

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"board.internal/samverkan/model"
)

// decode sets what the file gives on c. It goes through the whole file, where the library's own decoder
// stops at the first value of a wrong type, so that everything wrong is said at once.
func decode(file map[string]any, c *Config, p *Problems) {
	decoder{p}.table("", file, reflect.ValueOf(c).Elem())
}

type decoder struct{ *Problems }

// table sets the fields of a struct from a table's keys.
func (d decoder) table(path string, in map[string]any, into reflect.Value) {
	fields := map[string]int{}
	var known []string
	for i := range into.NumField() {
		if name, _, _ := strings.Cut(into.Type().Field(i).Tag.Get("toml"), ","); name != "-" {
			fields[name] = i
			known = append(known, name)
		}
	}
	for _, key := range sorted(in) {
		i, ok := fields[key]
		if !ok {
			d.add(join(path, model.MaskPersonal(key)), UnknownKey, "near", model.Nearest(short(key), known))
			continue
		}
		d.value(join(path, key), in[key], into.Field(i), into.Type().Field(i).Tag.Get("text") == "raw")
	}
}

// value sets one field. raw text is checked by whoever knows what it is, not cleaned.
func (d decoder) value(key string, in any, into reflect.Value, raw bool) {
	switch at := into.Addr().Interface().(type) {
	case *model.Day:
		d.day(key, in, at)
		return
	case *Keys:
		d.keys(key, in, at)
		return
	case *model.Role:
		if s, ok := in.(string); !ok {
			d.wrong(key, "text")
		} else if err := at.UnmarshalText([]byte(s)); err != nil || s == "" {
			var known []string
			for _, r := range model.Roles() {
				known = append(known, r.String())
			}
			d.oneOf(key, model.MaskPersonal(s), known)
		}
		return
	}
	switch into.Kind() {
	case reflect.String:
		s, ok := in.(string)
		if !ok {
			d.wrong(key, "text")
			return
		}
		into.SetString(d.clean(key, s, raw))
	case reflect.Bool:
		b, ok := in.(bool)
		if !ok {
			d.wrong(key, "bool")
			return
		}
		into.SetBool(b)
	case reflect.Int:
		n, ok := in.(int64)
		if !ok {
			d.wrong(key, "number")
			return
		}
		into.SetInt(n)
	case reflect.Struct:
		if t, ok := in.(map[string]any); ok {
			d.table(key, t, into)
		} else {
			d.wrong(key, "table")
		}
	case reflect.Map:
		d.numbers(key, in, into)
	case reflect.Slice:
		if into.Type().Elem().Kind() == reflect.Struct {
			d.tables(key, in, into)
		} else {
			d.strings(key, in, into, raw)
		}
	}
}

func (d decoder) wrong(key, want string) { d.add(key, WrongType, "want", want) }

func (d decoder) clean(key, s string, raw bool) string {
	limit := model.MaxShort
	if raw {
		limit = model.MaxNote
	}
	clean, err := model.CleanText(s, limit)
	switch {
	case raw:
		return s
	case err != nil:
		d.List = append(d.List, Problem{Key: key, Why: BadText, Err: err})
	}
	return clean
}

func (d decoder) day(key string, in any, into *model.Day) {
	switch v := in.(type) {
	case string:
		if into.UnmarshalText([]byte(v)) != nil {
			d.add(key, BadDate, "value", model.MaskPersonal(v))
		}
	case time.Time:
		if into.UnmarshalText([]byte(v.Format(time.DateOnly))) != nil {
			d.add(key, BadDate, "value", v.Format(time.DateOnly))
		}
	default:
		d.wrong(key, "date")
	}
}

// strings replaces a list of texts; an empty list is one that is known to be empty.
func (d decoder) strings(key string, in any, into reflect.Value, raw bool) {
	list, ok := in.([]any)
	if !ok {
		d.wrong(key, "texts")
		return
	}
	out := []string{}
	for i, item := range list {
		at := fmt.Sprintf("%s[%d]", key, i+1)
		if s, ok := item.(string); ok {
			out = append(out, d.clean(at, s, raw))
		} else {
			d.wrong(at, "text")
		}
	}
	into.Set(reflect.ValueOf(out))
}

// keys sets a table of keys: one as a text, several as a list.
func (d decoder) keys(key string, in any, into *Keys) {
	table, ok := in.(map[string]any)
	if !ok {
		d.wrong(key, "table")
		return
	}
	for _, action := range sorted(table) {
		var keys []string
		if one, ok := table[action].(string); ok {
			keys = []string{d.clean(join(key, model.MaskPersonal(action)), one, false)}
		} else {
			d.strings(join(key, model.MaskPersonal(action)), table[action], reflect.ValueOf(&keys).Elem(), false)
		}
		(*into)[action] = slices.DeleteFunc(keys, func(k string) bool { return k == "" })
	}
}

// numbers replaces a table of whole numbers.
func (d decoder) numbers(key string, in any, into reflect.Value) {
	table, ok := in.(map[string]any)
	if !ok {
		d.wrong(key, "table")
		return
	}
	out := map[string]int{}
	for _, k := range sorted(table) {
		at := join(key, model.MaskPersonal(k))
		if n, ok := table[k].(int64); ok {
			out[d.clean(at, k, false)] = int(n)
		} else {
			d.wrong(at, "number")
		}
	}
	into.Set(reflect.ValueOf(out))
}

// tables merges a list by code, or replaces it when its things have none.
func (d decoder) tables(key string, in any, into reflect.Value) {
	var list []map[string]any
	switch v := in.(type) {
	case []map[string]any:
		list = v
	case []any:
		for i, item := range v {
			t, ok := item.(map[string]any)
			if !ok {
				d.wrong(fmt.Sprintf("%s[%d]", key, i+1), "table")
				continue
			}
			list = append(list, t)
		}
	default:
		d.wrong(key, "tables")
		return
	}
	seen := map[string]bool{}
	_, coded := into.Type().Elem().FieldByName("Code")
	for i, item := range list {
		at, code := key+"["+label(item, i)+"]", ""
		if coded {
			code, _ = item["code"].(string)
			code = model.Fold(code)
			if code == "" {
				d.add(at+".code", Missing)
				continue
			}
			if seen[code] {
				d.add(at, Duplicate, "value", label(item, i))
				continue
			}
			seen[code] = true
		}
		d.table(at, item, d.entry(into, code, item))
	}
}

// entry returns the list's entry of a code, a new one at its end when there is none.
func (d decoder) entry(into reflect.Value, code string, item map[string]any) reflect.Value {
	if code != "" {
		for i := range into.Len() {
			if known := into.Index(i).FieldByName("Code").String(); model.Fold(known) == code {
				item["code"] = known
				return into.Index(i)
			}
		}
	}
	into.Set(reflect.Append(into, reflect.Zero(into.Type().Elem())))
	return into.Index(into.Len() - 1)
}

// label names an entry of a list: by its code or id, else by its place from 1.
func label(item map[string]any, i int) string {
	for _, k := range []string{"code", "id"} {
		s, _ := item[k].(string)
		if s, err := model.CleanText(s, model.MaxCodename); err == nil && s != "" {
			return s
		}
	}
	return strconv.Itoa(i + 1)
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// short bounds what is compared letter by letter.
func short(s string) string { return s[:min(len(s), model.MaxShort)] }

func sorted(m map[string]any) (keys []string) {
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
