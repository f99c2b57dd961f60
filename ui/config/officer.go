package config

import (
	"cmp"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strings"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/text"
)

// maxInitials is what fits beside a change on a card.
const maxInitials = 4

func (c *Config) checkOfficers(p *Problems, regions, agencies spellings) {
	ids, initials := map[string]bool{}, map[string]bool{}
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
		for j, key := range o.Keys {
			if !isSSHKey(key) {
				p.add(fmt.Sprintf("%s.keys[%d]", at, j+1), BadSSHKey)
			}
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

// isSSHKey reports whether a line is "type base64" with perhaps a comment: a public key that says its own
// type, without options before it. Whether the numbers in it are a key, the server finds out.
func isSSHKey(line string) bool {
	kind, rest, _ := strings.Cut(line, " ")
	blob, comment, _ := strings.Cut(rest, " ")
	raw, err := base64.StdEncoding.DecodeString(blob)
	if err != nil || len(raw) < 4 || strings.ContainsAny(blob, "\r\n") {
		return false
	}
	if _, err := model.CleanText(comment, model.MaxShort); err != nil {
		return false
	}
	known := []string{"ssh-ed25519", "ssh-rsa", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521",
		"sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com"}
	n := int(binary.BigEndian.Uint32(raw))
	return slices.Contains(known, kind) && n == len(kind) && len(raw) > 4+n && string(raw[4:4+n]) == kind
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
