package text

import (
	"testing"

	"board.internal/samverkan/model"
)

func TestFigures(t *testing.T) {
	figure := func(milli int64) model.Figure { return model.Figure{Milli: milli, Known: true, Efforts: 3} }
	masked := model.Figure{Known: true, Masked: true}
	for _, c := range []struct{ sv, en, wantSV, wantEN string }{
		{In("sv").Figure(figure(1_234_567_500)), In("en").Figure(figure(1_234_567_500)), "1\u00a0234\u00a0567,5", "1\u00a0234\u00a0567.5"},
		{In("sv").Figure(figure(-250)), In("en").Figure(figure(-250)), "−0,25", "−0.25"},
		{In("sv").Figure(model.Figure{}), In("en").Figure(masked), "–", ".."},
		{In("sv").Difference(model.Cell{This: figure(3000), Before: figure(1500)}), In("en").Difference(model.Cell{This: figure(1000), Before: figure(3500)}), "+1,5", "−2.5"},
		{In("sv").Difference(model.Cell{This: figure(3000), Before: figure(3000)}), In("en").Difference(model.Cell{This: figure(1000)}), "±0", "–"},
		{In("sv").Difference(model.Cell{This: masked}), In("en").Difference(model.Cell{Before: masked, This: figure(1)}), "..", ".."},
	} {
		if c.sv != c.wantSV || c.en != c.wantEN {
			t.Errorf("%q and %q, want %q and %q", c.sv, c.en, c.wantSV, c.wantEN)
		}
	}
}
