package config

import (
	"cmp"
	"crypto/rsa"
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/crypto/ssh"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/text"
)

// maxInitials is what fits beside a change on a card.
const maxInitials = 4

func (c *Config) checkOfficers(p *Problems, regions, agencies spellings) {
	ids, initials, keys := map[string]bool{}, map[string]bool{}, map[string]string{}
	for i := range c.Officers {
		o := &c.Officers[i]
		at := fmt.Sprintf("officers[%d]", i+1)
		if o.ID != "" {
			at = "officers[" + o.ID + "]"
		}
		once(p, at+".id", o.ID, ids)
		once(p, at+".initials", o.Initials, initials)
		switch {
		case o.ID == "":
			p.add(at+".id", Missing)
		case strings.Contains(o.ID, " "):
			p.add(at+".id", NotOneWord, "value", o.ID)
		}
		if len([]rune(o.Initials)) > maxInitials {
			p.add(at+".initials", BadCode, "value", o.Initials, "most", fmt.Sprint(maxInitials))
		}
		if o.Agency != "" {
			agencies.resolve(p, at+".agency", &o.Agency)
		}
		for j := range o.Regions {
			regions.resolve(p, fmt.Sprintf("%s.regions[%d]", at, j+1), &o.Regions[j])
		}
		switch {
		case o.Role == 0:
			if !p.has(at + ".role") {
				p.add(at+".role", Missing)
			}
		case o.Role == model.Liaison && o.Agency == "":
			p.add(at+".agency", NeedsAgency)
		case o.Role == model.Coordinator && len(o.Regions) == 0:
			p.add(at+".regions", NeedsRegions)
		}
		for j, line := range o.Keys {
			checkSSHKey(p, fmt.Sprintf("%s.keys[%d]", at, j+1), line, o.ID, keys)
		}
	}
}

// once reports a value that is there twice, whatever the case.
func once(p *Problems, key, value string, seen map[string]bool) {
	folded := model.Fold(value)
	if folded != "" && seen[folded] {
		p.add(key, Duplicate, "value", value)
	}
	seen[folded] = true
}

func (p *Problems) has(key string) bool {
	return slices.ContainsFunc(p.List, func(q Problem) bool { return q.Key == key })
}

// leastRSA is how many bits an RSA key must have.
const leastRSA = 2048

// checkSSHKey checks one line of an officer's keys; taken has the officers of those before it. A key says who somebody
// is, so nobody else may have it.
func checkSSHKey(p *Problems, at, line, officer string, taken map[string]string) {
	key, err := SSHKey(line)
	if err != nil {
		p.add(at, BadSSHKey)
		return
	}
	if held, ok := key.(ssh.CryptoPublicKey); ok {
		if r, ok := held.CryptoPublicKey().(*rsa.PublicKey); ok && r.N.BitLen() < leastRSA {
			p.add(at, WeakSSHKey, "least", fmt.Sprint(leastRSA))
		}
	}
	raw := string(key.Marshal())
	if other, ok := taken[raw]; ok {
		p.add(at, SameSSHKey, "other", other)
	}
	taken[raw] = officer
}

// SSHKey reads a line "type base64" with perhaps a comment: a public key that says its own type, without options
// before it, as nothing here would obey them, and no certificate.
func SSHKey(line string) (ssh.PublicKey, error) {
	kind, rest, _ := strings.Cut(line, " ")
	blob, comment, _ := strings.Cut(rest, " ")
	known := []string{ssh.KeyAlgoED25519, ssh.KeyAlgoRSA, ssh.KeyAlgoECDSA256, ssh.KeyAlgoECDSA384, ssh.KeyAlgoECDSA521,
		ssh.KeyAlgoSKED25519, ssh.KeyAlgoSKECDSA256}
	if !slices.Contains(known, kind) || strings.ContainsAny(blob, "\r\n") {
		return nil, errors.New("not a public key of a known type")
	}
	if _, err := model.CleanText(comment, model.MaxShort); err != nil {
		return nil, err
	}
	raw, err := base64.StdEncoding.DecodeString(blob)
	if err != nil {
		return nil, err
	}
	key, err := ssh.ParsePublicKey(raw)
	if err == nil && key.Type() != kind {
		err = errors.New("the key is of another type than it says")
	}
	return key, err
}

// Officer returns an officer at work, as the configuration lists her; ok is false for one it does not. from is where
// from, for the journal.
func (c *Config) Officer(id model.OfficerID, from string) (actor model.Actor, ok bool) {
	o := c.Catalogue().Officer(id)
	if o == nil {
		return model.Actor{}, false
	}
	return o.Actor(whereFrom("", from)), true
}

// Actor returns who is at work: the officer of --as or SAMVERKAN_AS, else the operating system's user. While
// no officers are listed, whoever may write the file may do everything, for the agency of --agency or
// SAMVERKAN_AGENCY or none; once they are, a name that is not among them may only read. terminal is where
// from, "" when that is not known. The agency's error is a *model.Error, others are *Problems.
func (c *Config) Actor(o Options, osUser, terminal string, readOnly bool) (model.Actor, error) {
	cat := c.Catalogue()
	name, err := model.CleanText(o.first(o.As, "SAMVERKAN_AS"), model.MaxShort)
	if err == nil && name == "" {
		name, err = model.CleanText(osUser, model.MaxShort)
	}
	if err != nil {
		return model.Actor{}, &Problems{List: []Problem{{Key: "--as", Why: BadText, Err: err}}}
	}
	if strings.Contains(name, " ") {
		p := &Problems{}
		p.add("--as", NotOneWord, "value", name)
		return model.Actor{}, p
	}
	agency, err := findAgency(cat, o.first(o.Agency, "SAMVERKAN_AGENCY"))
	if err != nil {
		return model.Actor{}, err
	}
	actor := model.Actor{Officer: model.OfficerID(name), Agency: agency, Role: model.NationalRole,
		Terminal: whereFrom(osUser, terminal), ReadOnly: readOnly}
	if len(c.Officers) == 0 {
		return actor, nil
	}
	for _, listed := range cat.Officers {
		if model.Fold(string(listed.ID)) != model.Fold(name) {
			continue
		}
		if agency != "" && agency != listed.Agency {
			p := &Problems{}
			p.add("--agency", AgencyDiffer, "officer", string(listed.ID), "own", cmp.Or(string(listed.Agency), "–"), "value", string(agency))
			return model.Actor{}, p
		}
		actor = listed.Actor(actor.Terminal)
		actor.ReadOnly = readOnly
		return actor, nil
	}
	actor.Role, actor.Guest = model.Viewer, true
	return actor, nil
}

// findAgency returns the agency of a code, alias or name as typed, "" for "".
func findAgency(cat *model.Catalogue, typed string) (model.AgencyCode, error) {
	if typed == "" {
		return "", nil
	}
	code, near, ok := text.Lexicon(cat).Lookup(model.DomainAgency, short(typed))
	if !ok {
		return "", &model.Error{Fault: model.Invalid, Why: model.UnknownAgency,
			Args: map[string]string{"agency": model.MaskPersonal(typed), "near": near}}
	}
	return model.AgencyCode(code), nil
}

// whereFrom is the journal's terminal. A name that may not be stored is left out: the journal is for ever.
func whereFrom(osUser, terminal string) string {
	var parts []string
	for _, s := range []string{osUser, terminal} {
		if s, err := model.CleanText(s, model.MaxShort); err == nil && s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " ")
}

func sortedKeys(m map[string]int) []string { return slices.Sorted(maps.Keys(m)) }

func sortedUnique(s []string) []string {
	slices.Sort(s)
	return slices.Compact(s)
}
