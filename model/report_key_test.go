package model_test

import (
	"testing"

	"board.internal/samverkan/model"
)

// A figure is opened by its key, as it is written; what names no figure of the report is told from one of nothing.
func TestReportKeys(t *testing.T) {
	for _, c := range []struct {
		key     string
		is, has bool
	}{
		{"regions.SYD.begun", true, true}, {"regions.total.begun", true, true}, {"regions.MARS.begun", true, false}, {"regions.SYD.planning", false, false},
		{"agencies.KFM.hours", true, true}, {"outcomes.tax_raised_sek.value", true, true}, {"outcomes.total.value", true, false},
		{"outcomes.joy.value", true, false}, {"measures.safety.efforts", true, true}, {"undated.total.efforts", true, true}, {"undated.SYD.efforts", false, false},
		{"trend.begun.2026-01-01..2026-11-20", true, true}, {"trend.tax_raised_sek.2025-01-01..2025-11-20", true, true}, {"trend.begun.2026", true, false},
		{"trend.joy.2026-01-01..2026-11-20", true, false}, {"", false, false}, {"regions", false, false}, {"..", false, false},
	} {
		key, ok := model.ParseReportKey(c.key)
		if ok != c.is || ok && key.String() != c.key {
			t.Errorf("%s is read as %+v, %v", c.key, key, ok)
		}
		today, _ := model.ParseDay("2026-11-20")
		period, err := model.ParsePeriod("2026-01-01..", today)
		if err != nil {
			t.Fatal(err)
		}
		r := model.NewReport(model.DefaultCatalogue(), model.ReportSpec{Period: period, Today: today})
		if has := ok && r.Has(key); has != c.has {
			t.Errorf("the report has %s: %v", c.key, has)
		}
	}
}
