package ssh

import (
	"fmt"
	"slices"

	gossh "golang.org/x/crypto/ssh"

	"board.internal/samverkan/ui/config"
	"board.internal/samverkan/ui/text"
)

// keys are the officers by their public keys, as they are marshalled: compared whole, not by a fingerprint.
type keys map[string]*config.Officer

// keysOf reads the officers' keys. A configuration from config.Load has passed its checks; what has not is refused here
// too, and so is one in which nobody has a key: a server that knows nobody must not start, as its libraries take that
// for a server that lets everybody in.
func keysOf(cfg *config.Config) (keys, error) {
	k := keys{}
	for i := range cfg.Officers {
		o := &cfg.Officers[i]
		for n, line := range o.Keys {
			key, err := config.SSHKey(line)
			if err != nil {
				return nil, fmt.Errorf("key %d of %s: %w", n+1, o.ID, err)
			}
			raw := string(key.Marshal())
			if other := k[raw]; other != nil {
				return nil, fmt.Errorf("key %d of %s is one of %s", n+1, o.ID, other.ID)
			}
			k[raw] = o
		}
	}
	if len(k) == 0 {
		return k, fault("no_keys", exitInvalid, nil, func(t *text.SSH) string { return t.NoKeys })
	}
	return k, nil
}

// of is the officer of a key, nil for nobody. A certificate is not a key of anybody, whoever signed it.
func (k keys) of(key gossh.PublicKey) *config.Officer {
	if key == nil {
		return nil
	}
	return k[string(key.Marshal())]
}

// sameRights reports whether two entries of the configuration may do the same: then nobody need notice a change.
func sameRights(a, b *config.Officer) bool {
	return a.ID == b.ID && a.Agency == b.Agency && a.Role == b.Role && slices.Equal(a.Regions, b.Regions)
}
