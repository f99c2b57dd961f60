// Package config reads the configuration: one TOML file over built-in defaults, checked whole, so that
// everything wrong with it is said at once.
//
// A key that the file gives replaces the default. The lists of things with a code (regions, focuses,
// agencies, outcomes) are merged by it: an entry with the code of a built-in one changes the keys it gives
// and leaves the others, one with a new code is added. Nothing is taken out, since efforts may still speak
// of it: membership ends with a date in "to". Partners and officers are the file's alone.
package config

import (
	"bytes"
	"fmt"
	"slices"
	"time"
	_ "time/tzdata" // one binary: the time zone must not depend on what the machine has installed

	"github.com/BurntSushi/toml"

	"board.internal/samverkan/model"
)

// Config is the configuration as the file and the defaults give it. Its tags are the keys of the file.
type Config struct {
	// File is where it was read, "" when only the defaults hold.
	File string `toml:"-"`
	// Language is sv or en, "" that of the locale.
	Language string `toml:"language"`
	// Theme is one of Themes.
	Theme string `toml:"theme"`
	// ASCII draws without lines and signs beyond ASCII.
	ASCII bool `toml:"ascii"`
	// SuggestAgencies has the assign picker say which agencies were in on earlier efforts like one.
	SuggestAgencies bool `toml:"suggest_agencies"`
	// Timezone names the zone of dates and of the clock, as Europe/Stockholm; Local is the machine's.
	Timezone  string    `toml:"timezone"`
	Store     Store     `toml:"store"`
	Desk      Desk      `toml:"desk"`
	Deadlines Deadlines `toml:"deadlines"`
	Wall      Wall      `toml:"wall"`
	// Keys are other keys for actions, by the name of the action.
	Keys     Keys      `toml:"keys"`
	Report   Report    `toml:"report"`
	Server   Server    `toml:"server"`
	National Country   `toml:"national"`
	Regions  []Region  `toml:"regions"`
	Focuses  []Focus   `toml:"focuses"`
	Agencies []Agency  `toml:"agencies"`
	Outcomes []Outcome `toml:"outcomes"`
	Partners []Partner `toml:"partners"`
	Officers []Officer `toml:"officers"`
}

// Store is where the board lies.
type Store struct {
	// Path is the file, "" the one under the user's data folder.
	Path string `toml:"path" text:"raw"`
	// WaitSeconds is how long to wait for others who hold the file.
	WaitSeconds int `toml:"wait_seconds"`
}

// Desk is what holds for a terminal that several share.
type Desk struct {
	// LockMinutes is after how many minutes without a key the board locks itself, 0 never.
	LockMinutes int `toml:"lock_minutes"`
	// Title: the terminal's title says how much waits. Bell: it rings when the officer's agency is asked.
	Title bool `toml:"title"`
	Bell  bool `toml:"bell"`
}

// Keys are the keys of actions, by the action's name in ui/action.
type Keys map[string][]string

// Deadlines are after how many days something is late.
type Deadlines struct {
	UnansweredDays int `toml:"unanswered_days"`
	SilentDays     int `toml:"silent_days"`
	ImportantDays  int `toml:"important_days"`
	OutcomeDays    int `toml:"outcome_days"`
}

// Wall is a board that nobody sits at, and that goes from screen to screen by itself.
type Wall struct {
	// Seconds is how long a screen stands, RestSeconds how long after a key it goes on.
	Seconds     int `toml:"seconds"`
	RestSeconds int `toml:"rest_seconds"`
}

// Report is what reports are given out with.
type Report struct {
	// PublicFloor is the fewest efforts that a figure for the public may be of, 0 for any.
	PublicFloor int `toml:"public_floor"`
}

// Server is how the board is served over SSH. Counts that are limits are at least 1.
type Server struct {
	// Listen is the address, as host:port; without a host it is all of the machine's.
	Listen string `toml:"listen" text:"raw"`
	// HostKey is the file of the server's own key, "" the one beside the store.
	HostKey string `toml:"host_key" text:"raw"`
	// Log is one of LogFormats; LogAddresses has it say clients' addresses as they are, else as hashes.
	Log          string `toml:"log"`
	LogAddresses bool   `toml:"log_addresses"`
	// Sessions, SessionsPerOfficer and Unauthenticated are how many at once; the last are connections that have not
	// said yet who they are.
	Sessions           int `toml:"sessions"`
	SessionsPerOfficer int `toml:"sessions_per_officer"`
	Unauthenticated    int `toml:"unauthenticated"`
	// Tries are how many keys a connection may offer, ConnectionsPerMinute how often an address may connect.
	Tries                int `toml:"tries"`
	ConnectionsPerMinute int `toml:"connections_per_minute"`
	HandshakeSeconds     int `toml:"handshake_seconds"`
	// IdleMinutes count from the last input; SessionHours from the beginning.
	IdleMinutes  int `toml:"idle_minutes"`
	SessionHours int `toml:"session_hours"`
	// MaxColumns and MaxRows are the largest terminal that is drawn for.
	MaxColumns int `toml:"max_columns"`
	MaxRows    int `toml:"max_rows"`
	// InputBytes is how many bytes a second are taken from a terminal.
	InputBytes int `toml:"input_bytes_per_second"`
	// UploadMBytes is how many MiB an imported list may have.
	UploadMBytes int `toml:"upload_mbytes"`
	// StallSeconds is how long a write may wait for the client to take anything.
	StallSeconds int `toml:"write_stall_seconds"`
}

// Country is what national efforts belong to; its code is always NAT.
type Country struct {
	SV      string   `toml:"sv"`
	EN      string   `toml:"en"`
	Aliases []string `toml:"aliases"`
}

// Region is one council's region.
type Region struct {
	Code    string    `toml:"code"`
	SV      string    `toml:"sv"`
	EN      string    `toml:"en"`
	Aliases []string  `toml:"aliases"`
	From    model.Day `toml:"from,omitzero"`
	To      model.Day `toml:"to,omitzero"`
}

// Focus is what an effort can be aimed at. It has the keys of a region.
type Focus Region

// Agency is an authority that takes part.
type Agency struct {
	Code    string    `toml:"code"`
	SV      string    `toml:"sv"`
	EN      string    `toml:"en"`
	Aliases []string  `toml:"aliases"`
	Key     string    `toml:"key"`
	From    model.Day `toml:"from,omitzero"`
	To      model.Day `toml:"to,omitzero"`
	// Offices are the regions with a local office; nil is not known, empty is none.
	Offices []string `toml:"offices"`
	// Capacity is how many efforts at once, by region; absent is not known.
	Capacity map[string]int `toml:"capacity,omitempty"`
}

// Outcome is a measure of the yearly report.
type Outcome struct {
	Code string `toml:"code"`
	SV   string `toml:"sv"`
	EN   string `toml:"en"`
	// Unit is one of Units.
	Unit string `toml:"unit"`
}

// Partner is somebody outside the initiative, by function, never a person.
type Partner struct {
	Region string `toml:"region"`
	Name   string `toml:"name"`
}

// Officer is somebody who may use the board.
type Officer struct {
	ID       string     `toml:"id"`
	Initials string     `toml:"initials"`
	Name     string     `toml:"name"`
	Agency   string     `toml:"agency"`
	Role     model.Role `toml:"role"`
	Regions  []string   `toml:"regions"`
	Keys     []string   `toml:"keys" text:"raw"`
}

// Themes are the values of the key theme, the default first.
func Themes() []string { return []string{"auto", "dark", "light", "mono"} }

// LogFormats are the values of the key server.log, the default first.
func LogFormats() []string { return []string{"text", "json"} }

// Units are what outcomes are counted in.
func Units() (names []string) {
	for _, u := range model.Units() {
		names = append(names, u.String())
	}
	return names
}

// Default returns the built-in configuration.
func Default() *Config {
	cat := model.DefaultCatalogue()
	c := &Config{
		Theme: Themes()[0], Timezone: "Local", SuggestAgencies: true,
		Store:     Store{WaitSeconds: 2},
		Desk:      Desk{LockMinutes: 10},
		Deadlines: Deadlines{UnansweredDays: cat.Unanswered, SilentDays: cat.Silent, ImportantDays: cat.Important, OutcomeDays: cat.NoOutcome},
		Wall:      Wall{Seconds: 20, RestSeconds: 60},
		Report:    Report{PublicFloor: model.DefaultFloor},
		Server: Server{Listen: "127.0.0.1:2222", Log: LogFormats()[0], Sessions: 200, SessionsPerOfficer: 8, Unauthenticated: 40, Tries: 6,
			ConnectionsPerMinute: 60, HandshakeSeconds: 10, IdleMinutes: 30, SessionHours: 12, MaxColumns: 400, MaxRows: 150,
			InputBytes: 20_000, UploadMBytes: 32, StallSeconds: 30},
		Keys:     Keys{},
		National: Country{cat.National.Name.SV, cat.National.Name.EN, cat.National.Aliases},
		Partners: []Partner{}, Officers: []Officer{},
	}
	for _, o := range cat.Outcomes {
		c.Outcomes = append(c.Outcomes, Outcome{Code: string(o.Code), SV: o.Name.SV, EN: o.Name.EN, Unit: o.Unit.String()})
	}
	for _, r := range cat.Regions {
		c.Regions = append(c.Regions, Region{Code: string(r.Code), SV: r.Name.SV, EN: r.Name.EN, Aliases: r.Aliases})
	}
	for _, f := range cat.Focuses {
		c.Focuses = append(c.Focuses, Focus{Code: string(f.Code), SV: f.Name.SV, EN: f.Name.EN, Aliases: f.Aliases})
	}
	for _, a := range cat.Agencies {
		c.Agencies = append(c.Agencies, Agency{Code: string(a.Code), SV: a.Name.SV, EN: a.Name.EN, Aliases: a.Aliases, Key: string(a.Key)})
	}
	return c
}

// Catalogue returns what the board is drawn up in. The configuration has passed its checks: it is from
// Load or Default.
func (c *Config) Catalogue() *model.Catalogue {
	cat := &model.Catalogue{
		National:   model.Region{Code: model.RegionNational, Name: model.Names{SV: c.National.SV, EN: c.National.EN}, Aliases: c.National.Aliases},
		Unanswered: c.Deadlines.UnansweredDays,
		Silent:     c.Deadlines.SilentDays,
		Important:  c.Deadlines.ImportantDays,
		NoOutcome:  c.Deadlines.OutcomeDays,
		Zone:       time.Local,
	}
	if zone, err := time.LoadLocation(c.Timezone); err == nil && c.Timezone != "Local" {
		cat.Zone = zone
	}
	for _, r := range c.Regions {
		cat.Regions = append(cat.Regions, model.Region{Code: model.RegionCode(r.Code), Aliases: r.Aliases,
			Name: model.Names{SV: r.SV, EN: r.EN}, From: r.From, To: r.To})
	}
	for _, f := range c.Focuses {
		cat.Focuses = append(cat.Focuses, model.Focus{Code: model.FocusCode(f.Code), Aliases: f.Aliases,
			Name: model.Names{SV: f.SV, EN: f.EN}, From: f.From, To: f.To})
	}
	for _, a := range c.Agencies {
		cat.Agencies = append(cat.Agencies, a.model())
	}
	for _, o := range c.Outcomes {
		m := model.OutcomeMeasure{Code: model.OutcomeCode(o.Code), Name: model.Names{SV: o.SV, EN: o.EN}}
		m.Unit.UnmarshalText([]byte(o.Unit)) // it has passed its check
		cat.Outcomes = append(cat.Outcomes, m)
	}
	for _, p := range c.Partners {
		cat.Partners = append(cat.Partners, model.Partner{Region: model.RegionCode(p.Region), Name: p.Name})
	}
	for _, o := range c.Officers {
		cat.Officers = append(cat.Officers, model.Officer{ID: model.OfficerID(o.ID), Initials: o.Initials, Name: o.Name,
			Agency: model.AgencyCode(o.Agency), Role: o.Role, Regions: regions(o.Regions), Keys: slices.Clone(o.Keys)})
	}
	return cat
}

func (a Agency) model() model.Agency {
	m := model.Agency{Code: model.AgencyCode(a.Code), Aliases: a.Aliases, Name: model.Names{SV: a.SV, EN: a.EN}, From: a.From, To: a.To}
	for _, r := range a.Key {
		m.Key = r
	}
	if a.Offices != nil {
		m.Offices = append([]model.RegionCode{}, regions(a.Offices)...)
	}
	for r, n := range a.Capacity {
		if m.Capacity == nil {
			m.Capacity = map[model.RegionCode]int{}
		}
		m.Capacity[model.RegionCode(r)] = n
	}
	return m
}

func regions(codes []string) (r []model.RegionCode) {
	for _, c := range codes {
		r = append(r, model.RegionCode(c))
	}
	return r
}

// TOML returns the configuration as a file that Load reads back as the same.
func (c *Config) TOML() ([]byte, error) {
	var b bytes.Buffer
	enc := toml.NewEncoder(&b)
	enc.Indent = ""
	if err := enc.Encode(c); err != nil {
		return nil, fmt.Errorf("write configuration: %w", err)
	}
	return b.Bytes(), nil
}

// Table returns what TOML writes as tables and lists, for other forms.
func (c *Config) Table() (table map[string]any, err error) {
	file, err := c.TOML()
	if err == nil {
		err = toml.Unmarshal(file, &table)
	}
	return table, err
}
