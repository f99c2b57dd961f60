package storetest

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"board.internal/samverkan/model"
	"board.internal/samverkan/store"
)

// damage: one wrong byte anywhere in the file's keys and values is found, and verify says in which entry of the journal,
// or in which record that is not what the journal adds up to.
func damage(t *testing.T, open func() store.Engine) {
	engine := open()
	s := storeOn(t, engine)
	id := propose(t, s, "LÄRKA")
	do(t, s, "anna", model.AddNote{On: model.On{Effort: id}, Text: "en rad"})
	do(t, s, "bo", model.Assign{On: model.On{Effort: id}, Parts: []model.Part{{Agency: "KFM"}}})
	rows := Efforts(1, 1, false)
	rows[0].Effort.Partners = []string{"Kommunen"}
	do(t, s, "bo", model.Import{Rows: rows})
	do(t, s, "åsa", model.Postpone{Waits: []model.WaitKey{{Effort: id, Why: model.WaitProposal}}, Until: model.DayOf(time.Now()) + 30})
	do(t, s, "bo", model.AddNote{On: model.On{Effort: id}, Text: "viktigt", Important: true})
	do(t, s, "åsa", model.Edit{On: model.On{Effort: id}, Fields: map[model.Field]string{model.FieldTitle: "ett"}})
	police := Officer("polis")
	police.Agency = "POL"
	if _, err := s.Do(context.Background(), police, model.Edit{On: model.On{Effort: id}, Fields: map[model.Field]string{model.FieldTitle: "två"}}); err != nil {
		t.Fatal(err)
	}
	do(t, s, "åsa", model.AddHours{On: model.On{Effort: id}, Agency: "KFM", Centi: 1_50})
	do(t, s, "åsa", model.Undo{})
	do(t, s, "åsa", model.SetPIN{Officer: "åsa", Hash: aHash})
	do(t, s, "anna", model.HandOver{Region: "SYD", Note: "lugnt"})
	do(t, s, "bo", model.TakeOver{Region: "SYD", Number: 1})
	do(t, s, "bo", model.TryPIN{Officer: "åsa", Hash: aHash})
	other := propose(t, s, "SKATA")
	do(t, s, "anna", model.SetLink{On: model.On{Effort: id}, Other: string(other), Kind: model.Continues})
	do(t, s, "anna", model.SaveFilter{SavedFilter: model.SavedFilter{Name: "Hamnen", Text: "region:syd", Key: 2}})
	do(t, s, "anna", model.BeginMeeting{Region: "SYD", Agenda: []model.EffortID{other}})
	do(t, s, "anna", model.Adjourn{Effort: other})
	verify(t, s)
	type record struct{ key, value string }
	var all []record
	view(t, engine, func(r store.Reader) {
		r.Range(nil, nil, func(k, v []byte) bool { all = append(all, record{string(k), string(v)}); return true })
	})
	kinds, classes := map[byte]bool{}, map[string]bool{}
	for _, rec := range all {
		kinds[rec.key[0]] = true
		name := nameOf(rec.key)
		check := func(what string, f *faulty) {
			bad := store.Open(f, Catalogue(), store.Options{})
			if _, err := bad.Verify(context.Background()); !errors.Is(err, store.ErrDamaged) && !errors.Is(err, store.ErrNewer) {
				t.Errorf("%s of %q: %v", what, rec.key, err)
			} else if errors.Is(err, store.ErrDamaged) && !strings.Contains(err.Error(), name) {
				t.Errorf("%s of %q: it does not name %s: %v", what, rec.key, name, err)
			}
		}
		check("loss", &faulty{Engine: engine, key: rec.key, value: nil})
		for i := range len(rec.value) {
			b := []byte(rec.value)
			b[i] ^= 1 << (i % 8)
			class := ""
			if rec.key[0] == 'j' {
				class = classOf(t, rec.value, i)
				classes[class] = true
			}
			check(fmt.Sprintf("byte %d %s", i, class), &faulty{Engine: engine, key: rec.key, value: b})
		}
		check("one byte more", &faulty{Engine: engine, key: rec.key, value: []byte(rec.value + "\x00")})
	}
	if len(kinds) != 21 {
		t.Errorf("the store holds records of %d kinds: %q; this test is to see all", len(kinds), all)
	}
	for _, class := range []string{"version byte", "hash", "seq", "at", "op", "officer", "agency", "terminal", "effort", "action", "version",
		"undoes", "prev", "change's field", "change's old", "change's new", "between"} {
		if !classes[class] {
			t.Errorf("no byte of the class %s was turned", class)
		}
	}
	update(t, engine, func(tx store.Tx) { tx.Put([]byte("oSYD-2026-900"), []byte(all[len(all)-1].value)) })
	if _, err := s.Verify(context.Background()); !errors.Is(err, store.ErrDamaged) || !strings.Contains(err.Error(), "SYD-2026-900") {
		t.Errorf("a record too many: %v", err)
	}
}

// nameOf is what verify must name when the record of a key is wrong: the entry of the journal by its number, else what
// the key holds in letters.
func nameOf(key string) string {
	switch key[0] {
	case 'j':
		return fmt.Sprintf("journal entry %d:", binary.BigEndian.Uint64([]byte(key[1:])))
	case 'H':
		return "head of the journal"
	case 'e':
		return key[5:]
	case 'i':
		key = key[8:]
	}
	name, _, _ := strings.Cut(key[1:], "\x00")
	return name
}

// classOf tells what a byte of a stored entry belongs to: the version byte, the hash, a value of the event, or what
// stands between values.
func classOf(t fatal, value string, at int) string {
	const text = 1 + sha256.Size
	switch {
	case at == 0:
		return "version byte"
	case at < text:
		return "hash"
	}
	d := json.NewDecoder(strings.NewReader(value[text:]))
	key, depth, part := "", 0, 0
	for {
		from := d.InputOffset()
		token, err := d.Token()
		if err != nil {
			t.Fatalf("%q: %v", value[text:], err)
		}
		if _, bracket := token.(json.Delim); bracket {
			depth, part = depth+map[string]int{"{": 1, "[": 1, "]": -1, "}": -1}[fmt.Sprint(token)], 0
		}
		word := fmt.Sprint(token)
		inside := int64(at-text) >= from && int64(at-text) < d.InputOffset()
		switch {
		case depth == 3 && word != "[":
			if part++; inside {
				return "change's " + []string{"field", "old", "new"}[part-1]
			}
		case depth == 1 && key == "" && word != "{" && word != "]":
			key = word
		case depth == 1 && key != "" && inside:
			return key
		case depth == 1:
			key = ""
		}
		if inside {
			return "between"
		}
	}
}

// faulty is an engine that reads one key wrong.
type faulty struct {
	store.Engine
	key   string
	value []byte // nil: not there
}

func (f *faulty) View(ctx context.Context, fn func(store.Reader) error) error {
	return f.Engine.View(ctx, func(r store.Reader) error { return fn(faultyReader{r, f}) })
}

type faultyReader struct {
	store.Reader
	*faulty
}

func (f faultyReader) Get(key []byte) []byte {
	if string(key) == f.key {
		return f.value
	}
	return f.Reader.Get(key)
}

func (f faultyReader) Range(prefix, from []byte, fn func(key, value []byte) bool) {
	f.Reader.Range(prefix, from, func(key, value []byte) bool {
		switch {
		case string(key) != f.key:
			return fn(key, value)
		case f.value != nil:
			return fn(key, f.value)
		}
		return true
	})
}
