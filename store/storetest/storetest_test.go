package storetest_test

import (
	"path/filepath"
	"testing"

	"board.internal/samverkan/store"
	"board.internal/samverkan/store/bolt"
	"board.internal/samverkan/store/storetest"
)

func TestMemory(t *testing.T) {
	storetest.Run(t, func(*testing.T) func() store.Engine { return storetest.Shared() })
}

func TestBolt(t *testing.T) {
	storetest.Run(t, func(t *testing.T) func() store.Engine {
		path := filepath.Join(t.TempDir(), "board.db")
		return func() store.Engine {
			e, err := bolt.Open(path, bolt.Options{})
			if err != nil {
				t.Fatal(err)
			}
			return e
		}
	})
}
