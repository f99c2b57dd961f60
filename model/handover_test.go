package model_test

import (
	"testing"

	"pgregory.net/rapid"

	"board.internal/samverkan/model"
)

// handover is what the register has of a desk's handover.
func (w *twin) handover(region model.RegionCode, n int) model.Handover {
	return handoverIn(w.register, region, n)
}

func handoverIn(register map[model.EntryKey]string, region model.RegionCode, n int) model.Handover {
	h := model.Handover{Region: region, Number: n}
	for _, k := range model.HandoverKeys(region, n) {
		h.Take(model.Entry{EntryKey: k, Value: register[k]})
	}
	return h
}

func TestAHandoverIsSignedByBoth(t *testing.T) {
	w := newTwin()
	out := w.do(t, kfmSyd, model.HandOver{Region: "SYD", Note: " Lugnt.\nRing hamnen. "})
	if len(out) != 1 || out[0].Action != model.ActHandOver || out[0].Effort != "" {
		t.Fatalf("%+v", out)
	}
	in := w.do(t, rsrSyd, model.TakeOver{Region: "SYD", Number: 1})
	want := model.Handover{Region: "SYD", Number: 1, Note: "Lugnt.\nRing hamnen.",
		Out: model.Signature{Officer: kfmSyd.Officer, At: out[0].At}, In: model.Signature{Officer: rsrSyd.Officer, At: in[0].At}}
	if got := w.handover("SYD", 1); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if again := w.do(t, rsrSyd, model.TakeOver{Region: "SYD", Number: 1}); again != nil {
		t.Errorf("signed twice: %+v", again)
	}
	_, err := w.try(polSyd, model.TakeOver{Region: "SYD", Number: 1})
	wantNo(t, err, model.Refused, model.HandoverTaken, "officer", string(rsrSyd.Officer), "number", "1")
	// A desk counts for itself, and a note may be empty.
	w.do(t, rsrSyd, model.HandOver{Region: "SYD"})
	w.do(t, nuc, model.HandOver{Region: "NAT"})
	if h := w.handover("SYD", 2); h.Out.Officer != rsrSyd.Officer || h.Note != "" || !h.Open() {
		t.Errorf("%+v", h)
	}
	if h := w.handover("NAT", 1); h.Out.Officer != nuc.Officer {
		t.Errorf("%+v", h)
	}
}

func TestWhoCannotSign(t *testing.T) {
	for name, c := range map[string]struct {
		actor   model.Actor
		command model.Command
		fault   model.Fault
		why     model.Why
	}{
		"one's own":              {kfmSyd, model.TakeOver{Region: "SYD", Number: 1}, model.Refused, model.HandoverOwn},
		"one that is not":        {rsrSyd, model.TakeOver{Region: "SYD", Number: 2}, model.NotFound, model.NoHandover},
		"no number":              {rsrSyd, model.TakeOver{Region: "SYD"}, model.NotFound, model.NoHandover},
		"below zero":             {rsrSyd, model.TakeOver{Region: "SYD", Number: -1}, model.NotFound, model.NoHandover},
		"another desk's":         {skvNord, model.TakeOver{Region: "SYD", Number: 1}, model.Forbidden, model.NotOwnRegion},
		"out at another desk":    {skvNord, model.HandOver{Region: "SYD"}, model.Forbidden, model.NotOwnRegion},
		"a viewer":               {wall, model.TakeOver{Region: "SYD", Number: 1}, model.Forbidden, model.NotRole},
		"a viewer out":           {wall, model.HandOver{Region: "SYD"}, model.Forbidden, model.NotRole},
		"no desk":                {nuc, model.HandOver{Region: "X"}, model.Invalid, model.UnknownValue},
		"an identity number":     {kfmSyd, model.HandOver{Region: "SYD", Note: "ring " + number("900101", 17)}, model.Invalid, model.BadText},
		"control characters":     {kfmSyd, model.HandOver{Region: "SYD", Note: "a\x1b[2Jb"}, model.Invalid, model.BadText},
		"on a board for reading": {readOnly(nuc), model.HandOver{Region: "SYD"}, model.Forbidden, model.ReadOnly},
	} {
		t.Run(name, func(t *testing.T) {
			w := newTwin()
			w.do(t, kfmSyd, model.HandOver{Region: "SYD", Note: "lugnt"})
			_, err := w.try(c.actor, c.command)
			wantNo(t, err, c.fault, c.why)
		})
	}
}

func readOnly(a model.Actor) model.Actor {
	a.ReadOnly = true
	return a
}

// A signature is no action to be taken back: undo goes past it, and redo still knows what was undone before it.
func TestASignatureStaysSigned(t *testing.T) {
	w := newTwin()
	id := w.propose(t, "title", "a")
	w.do(t, kfmSyd, model.Edit{On: on(id), Fields: edit("title", "b")})
	w.do(t, kfmSyd, model.HandOver{Region: "SYD", Note: "lugnt"})
	w.do(t, kfmSyd, model.Undo{})
	if w.efforts[id].Title != "a" || w.handover("SYD", 1).Out.Officer != kfmSyd.Officer {
		t.Errorf("title %q, %+v", w.efforts[id].Title, w.handover("SYD", 1))
	}
	w.do(t, kfmSyd, model.HandOver{Region: "SYD", Note: "ännu lugnare"})
	w.do(t, kfmSyd, model.Redo{})
	if w.efforts[id].Title != "b" {
		t.Errorf("title %q", w.efforts[id].Title)
	}
	_, err := w.try(rsrSyd, model.Undo{})
	wantNo(t, err, model.Refused, model.NothingToUndo)
	w.do(t, rsrSyd, model.TakeOver{Region: "SYD", Number: 2})
	_, err = w.try(rsrSyd, model.Undo{})
	wantNo(t, err, model.Refused, model.NothingToUndo)
}

func TestTheBoardHasTheLastHandover(t *testing.T) {
	w := newTwin()
	b := model.NewBoard(w.cat)
	step := func(events []model.Event) {
		s := model.Step{}
		for i := range events {
			s.Register = append(s.Register, events[i].Entries()...)
		}
		b = b.With(s)
	}
	if b.Handover("SYD") != nil {
		t.Error("there was none")
	}
	was := b
	step(w.do(t, kfmSyd, model.HandOver{Region: "SYD", Note: "ett"}))
	step(w.do(t, rsrSyd, model.HandOver{Region: "SYD"}))
	step(w.do(t, polSyd, model.TakeOver{Region: "SYD", Number: 1}))
	if h := b.Handover("SYD"); h == nil || *h != w.handover("SYD", 2) || !h.Open() {
		t.Errorf("%+v, want %+v", h, w.handover("SYD", 2))
	}
	if was.Handover("SYD") != nil {
		t.Error("an older board has changed")
	}
}

func TestASignatureReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := model.Signature{Officer: model.OfficerID(rapid.String().Draw(t, "officer")), At: model.Stamp(rapid.Int64Range(1, 4_000_000_000).Draw(t, "at"))}
		if got, err := model.ParseSignature(s.String()); err != nil || got != s {
			t.Fatalf("%+v, %v; want %+v", got, err, s)
		}
	})
}

// checkHandovers checks that handovers are only ever added, that nobody signs both sides, and that signing is nothing
// to undo.
func checkHandovers(t *rapid.T, c model.Command, was, is map[model.EntryKey]string, stacked int) {
	for k, v := range was {
		if h, ok := (model.Entry{EntryKey: k, Value: v}).Handover(); ok && v != is[k] && (h.Note != "" || h.Out.At != 0 || h.In.At != 0) {
			t.Fatalf("%T changed what was signed: %v %q to %q", c, k, v, is[k])
		}
	}
	for k, v := range is {
		if h, ok := (model.Entry{EntryKey: k, Value: v}).Handover(); ok {
			if h = handoverIn(is, h.Region, h.Number); h.Out.At == 0 || h.In.At != 0 && h.Out.Officer == h.In.Officer {
				t.Fatalf("%T: %+v", c, h)
			}
		}
	}
	switch c.(type) {
	case model.HandOver, model.TakeOver:
		if stacked != 0 {
			t.Fatalf("%T is something to undo", c)
		}
	}
}

// TestHandoversThatNobodyTookOver: whoever comes in takes them over together, but for the own ones.
func TestHandoversThatNobodyTookOver(t *testing.T) {
	w := newTwin()
	w.do(t, polSyd, model.HandOver{Region: "SYD", Note: "taken"})
	w.do(t, rsrSyd, model.TakeOver{Region: "SYD", Number: 1})
	for _, who := range []model.Actor{kfmSyd, polSyd, kfmSyd} {
		w.do(t, who, model.HandOver{Region: "SYD", Note: string(who.Officer)})
	}
	var all []model.Handover
	for n := 4; n > 0; n-- {
		all = append(all, w.handover("SYD", n))
	}
	if h := model.ToTake(all, polSyd.Officer); h == nil || h.Number != 4 {
		t.Errorf("%+v", h)
	}
	if h := model.ToTake(all, kfmSyd.Officer); h == nil || h.Number != 3 {
		t.Errorf("%+v", h)
	}
	if h := model.ToTake(all[3:], nuc.Officer); h != nil {
		t.Errorf("%+v", h)
	}
	if in := w.do(t, polSyd, model.TakeOver{Region: "SYD", Number: 4}); len(in) != 1 || len(in[0].Changes) != 2 {
		t.Errorf("%+v", in)
	}
	for n, by := range map[int]model.OfficerID{1: rsrSyd.Officer, 2: polSyd.Officer, 3: "", 4: polSyd.Officer} {
		if h := w.handover("SYD", n); h.In.Officer != by {
			t.Errorf("%d: %+v", n, h)
		}
	}
}
