package config

import (
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/crypto/ssh"

	"board.internal/samverkan/model"
)

func zoneName(l *time.Location) string { return l.String() }

const officers = `[[officers]]
id = "kfm-syd"
initials = "KA"
agency = "KFM"
role = "liaison"
regions = ["SYD"]
[[officers]]
id = "rsr-syd"
role = "coordinator"
regions = ["SYD", "NAT"]
`

func TestActor(t *testing.T) {
	open, listed := Default(), parse(t, officers)
	env := func(k string) string {
		return map[string]string{"SAMVERKAN_AS": "rsr-syd", "SAMVERKAN_AGENCY": "skatteverket"}[k]
	}
	for name, test := range map[string]struct {
		c    *Config
		o    Options
		read bool
		want model.Actor
	}{
		"nobody listed":     {open, Options{}, false, model.Actor{Officer: "anna", Role: model.NationalRole, Terminal: "anna pts/3"}},
		"with an agency":    {open, Options{As: "kfm", Agency: "sapo"}, true, model.Actor{Officer: "kfm", Agency: "SÄPO", Role: model.NationalRole, Terminal: "anna pts/3", ReadOnly: true}},
		"from environment":  {open, Options{Env: env}, false, model.Actor{Officer: "rsr-syd", Agency: "SKV", Role: model.NationalRole, Terminal: "anna pts/3"}},
		"listed":            {listed, Options{As: "KFM-Syd", Agency: "kfm"}, false, model.Actor{Officer: "kfm-syd", Initials: "KA", Agency: "KFM", Role: model.Liaison, Regions: []model.RegionCode{"SYD"}, Terminal: "anna pts/3"}},
		"without an agency": {listed, Options{As: "rsr-syd"}, false, model.Actor{Officer: "rsr-syd", Role: model.Coordinator, Regions: []model.RegionCode{"SYD", "NAT"}, Terminal: "anna pts/3"}},
		"not listed":        {listed, Options{}, false, model.Actor{Officer: "anna", Role: model.Viewer, Terminal: "anna pts/3", Guest: true}},
	} {
		got, err := test.c.Actor(test.o, "anna", "pts/3", test.read)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestActorRefused(t *testing.T) {
	listed := parse(t, officers)
	if _, err := listed.Actor(Options{As: "kfm-syd", Agency: "POL"}, "anna", "", false); err == nil || !strings.Contains(err.Error(), "kfm-syd belongs to KFM, not to POL") {
		t.Errorf("another agency: %v", err)
	}
	_, err := listed.Actor(Options{Agency: "KFN"}, "anna", "", false)
	if !model.Is(err, model.UnknownAgency) || !strings.Contains(err.Error(), "near=kfm") {
		t.Errorf("no such agency: %v", err)
	}
	if _, err := listed.Actor(Options{As: "811218-9876"}, "anna", "", false); err == nil || strings.Contains(err.Error(), "9876") {
		t.Errorf("a personal number as officer: %v", err)
	}
	if _, err := listed.Actor(Options{As: "anna k"}, "anna", "", false); err == nil || !strings.Contains(err.Error(), "--as: anna k is several words") {
		t.Errorf("two words as officer: %v", err)
	}
	got, err := listed.Actor(Options{As: "rsr-syd"}, "811218-9876", "\x1b[2J", false)
	if err != nil || got.Terminal != "" {
		t.Errorf("a terminal that may not be stored: %+v, %v", got, err)
	}
}

func TestSSHKey(t *testing.T) {
	const blob = "AAAAC3NzaC1lZDI1NTE5AAAAIGP8AMZMRWyBWSEDQcJ0pLGSOSQmiA0OHZ5fNRj33B9G"
	for line, want := range map[string]bool{
		"ssh-ed25519 " + blob:                         true,
		"ssh-ed25519 " + blob + " anna@desk":          true,
		"ssh-rsa " + blob:                             false,
		"ssh-ed25519 " + blob[:16]:                    false,
		"no-pty ssh-ed25519 " + blob:                  false,
		blob:                                          false,
		"ssh-ed25519 " + blob + " \x1b[2J":            false,
		"ssh-ed25519  " + blob:                        false,
		"ssh-ed25519 " + blob[:20] + "\n" + blob[20:]: false,
		"": false,
	} {
		if _, err := SSHKey(line); (err == nil) != want {
			t.Errorf("%q: %v", line, err)
		}
	}
}

// publicKey is a line as in a file that ends in .pub.
func publicKey(t *testing.T, key crypto.Signer) string {
	t.Helper()
	pub, err := ssh.NewPublicKey(key.Public())
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(ssh.MarshalAuthorizedKey(pub)))
}

// TestOfficersKeys: a key says who somebody is, so it is one officer's alone; what is wrong with a key is said with the
// officer and its place.
func TestOfficersKeys(t *testing.T) {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	weak, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	good := publicKey(t, private)
	both := func(first, second string) string {
		return fmt.Sprintf("[[officers]]\nid = \"one\"\nrole = \"viewer\"\nkeys = [%s]\n[[officers]]\nid = \"two\"\nrole = \"viewer\"\nkeys = [%s]\n", first, second)
	}
	parse(t, both(strconv.Quote(good+" anna@desk"), ""))
	for name, test := range map[string]struct{ file, want string }{
		"of another":    {both(strconv.Quote(good), strconv.Quote(good+" the same")), "officers[two].keys[1]: is a key of one already"},
		"twice":         {both(strconv.Quote(good)+","+strconv.Quote(good), ""), "officers[one].keys[2]: is a key of one already"},
		"with options":  {both("", strconv.Quote(`from="10.0.0.0/8",restrict `+good)), "officers[two].keys[1]: is no SSH public key; give type and key without options"},
		"cut":           {both(strconv.Quote(good[:40]), ""), "officers[one].keys[1]: is no SSH public key"},
		"certificate":   {both(strconv.Quote("ssh-ed25519-cert-v01@openssh.com "+good[12:]), ""), "officers[one].keys[1]: is no SSH public key"},
		"short RSA key": {both(strconv.Quote(publicKey(t, weak)), ""), "officers[one].keys[1]: is an RSA key of fewer than 2048 bits"},
	} {
		if said := faults(t, test.file, "en"); len(said) != 1 || !strings.HasPrefix(said[0], test.want) {
			t.Errorf("%s: %q, want %q", name, said, test.want)
		}
	}
}

// TestServerBounds: every number of [server] has a bound below and above, and all that is wrong is said.
func TestServerBounds(t *testing.T) {
	server := reflect.TypeFor[Server]()
	for _, extreme := range []string{"-1", "0", "99999999999"} {
		file, keys := "[server]\n", []string{}
		for i := range server.NumField() {
			if f := server.Field(i); f.Type.Kind() == reflect.Int {
				keys = append(keys, "server."+f.Tag.Get("toml"))
				file += f.Tag.Get("toml") + " = " + extreme + "\n"
			}
		}
		said := strings.Join(faults(t, file, "en"), "\n")
		for _, key := range keys {
			if !strings.Contains(said, key+": ") {
				t.Errorf("%s = %s is taken", key, extreme)
			}
		}
	}
	for _, listen := range []string{"", "2222", "localhost", "localhost:ssh", "host:65536", "a:b:1", "::1:22"} {
		if said := faults(t, fmt.Sprintf("[server]\nlisten = %q", listen), "en"); !strings.Contains(said[0], "server.listen: ") {
			t.Errorf("%q: %q", listen, said)
		}
	}
	for _, listen := range []string{":22", "[::1]:2222", "127.0.0.1:0", "board.example:2222"} {
		parse(t, fmt.Sprintf("[server]\nlisten = %q", listen))
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(officers))
	f.Add([]byte("agencies = [{code = \"POL\"}, 3]\ncapacity.x = 1"))
	f.Add([]byte("[[agencies]]\ncode = \"A\"\ncapacity = { SYD = 1 }\noffices = [[]]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := Parse(data)
		if err != nil {
			_ = err.Error()
			return
		}
		again, err := c.TOML()
		if err != nil {
			t.Fatal(err)
		}
		back, err := Parse(again)
		if err != nil {
			t.Fatalf("its own TOML is refused: %v\n%s", err, again)
		}
		if diff := cmp.Diff(c, back); diff != "" {
			t.Errorf("read back (-written +read):\n%s", diff)
		}
	})
}
