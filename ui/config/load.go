package config

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"board.internal/samverkan/model"
	"board.internal/samverkan/ui/text"
)

// system is where the configuration of a whole machine lies.
const system = "/etc/samverkan/config.toml"

// maxFile is far more than a configuration has; a device or a log given by mistake is more.
const maxFile = 1 << 20

// Options are what the command line and the environment say about the configuration; "" is nothing said.
// A flag wins over the environment, the environment over the configuration.
type Options struct {
	// File, Store, As, Agency and Lang are the flags of those names.
	File, Store, As, Agency, Lang string
	// Env returns an environment variable; nil has none.
	Env func(string) string
	// Home is the user's home folder, "" when there is none.
	Home string
}

func (o Options) env(name string) string {
	if o.Env == nil {
		return ""
	}
	return o.Env(name)
}

// first returns a flag, else the environment variable.
func (o Options) first(flag, env string) string {
	if flag != "" {
		return flag
	}
	return o.env(env)
}

// folder returns a folder of the user by the XDG rules, which ignore a relative one; "" when there is none.
func (o Options) folder(env, home string) string {
	if dir := o.env(env); filepath.IsAbs(dir) {
		return dir
	}
	if o.Home == "" {
		return ""
	}
	return filepath.Join(o.Home, home)
}

// Load finds, reads and checks the configuration. A file that was named must exist; of the usual places the
// first that has one counts; without any the defaults hold. What is wrong is *Problems, all of it.
func Load(o Options) (*Config, error) {
	if named := o.first(o.File, "SAMVERKAN_CONFIG"); named != "" {
		return read(named, true)
	}
	places := []string{system}
	if dir := o.folder("XDG_CONFIG_HOME", ".config"); dir != "" {
		places = []string{filepath.Join(dir, "samverkan", "config.toml"), system}
	}
	for _, file := range places {
		if c, err := read(file, false); c != nil || err != nil {
			return c, err
		}
	}
	return Default(), nil
}

// read returns nil when the file need not be there and is not.
func read(file string, named bool) (*Config, error) {
	info, err := os.Stat(file)
	switch {
	case err != nil && !named && (errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission)):
		// A folder that may not be entered is not this user's configuration.
		return nil, nil
	case err == nil && !info.Mode().IsRegular():
		err = fmt.Errorf("read %s: not a file", file)
	case err == nil && info.Size() > maxFile:
		err = fmt.Errorf("read %s: too large", file)
	}
	var data []byte
	if err == nil {
		data, err = os.ReadFile(file)
	}
	if err != nil {
		return nil, &Problems{File: file, List: []Problem{{Why: Unreadable, Err: err}}}
	}
	c, err := Parse(data)
	var p *Problems
	if errors.As(err, &p) {
		p.File = file
		return nil, p
	}
	c.File = file
	return c, nil
}

// Parse reads a configuration over the defaults. What is wrong is *Problems.
func Parse(data []byte) (*Config, error) {
	c := Default()
	var p Problems
	var file map[string]any
	if _, err := toml.Decode(string(data), &file); err != nil {
		var at toml.ParseError
		if errors.As(err, &at) {
			p.List = append(p.List, Problem{Line: at.Position.Line, Key: model.MaskPersonal(at.LastKey), Why: Syntax, Args: []string{"cause", model.MaskPersonal(at.Message)}})
		} else {
			p.List = append(p.List, Problem{Why: Syntax, Args: []string{"cause", model.MaskPersonal(err.Error())}})
		}
		return nil, &p
	}
	decode(file, c, &p)
	unread := Problems{List: slices.Clone(p.List)}
	c.check(&p)
	// What could not be read is not, as it then stands, wrong as well.
	p.List = append(unread.List, slices.DeleteFunc(p.List[len(unread.List):], func(q Problem) bool { return unread.has(q.Key) })...)
	if len(p.List) > 0 {
		return nil, &p
	}
	return c, nil
}

// Lang returns the language to speak: of the flag, the configuration, the locale.
func (c *Config) Lang(o Options) (string, error) {
	if o.Lang == "" {
		if c.Language != "" {
			return c.Language, nil
		}
		return text.Detect(o.env), nil
	}
	p := Problems{}
	p.oneOf("--lang", o.Lang, text.Languages())
	if len(p.List) > 0 {
		return "", &p
	}
	return o.Lang, nil
}

// StorePath returns the board's file: of the flag, the environment, the configuration, ~/ being the user's home
// folder; else the one under the user's data folder, "" when the user has none.
func (c *Config) StorePath(o Options) string {
	if path := cmp.Or(o.first(o.Store, "SAMVERKAN_STORE"), c.Store.Path); path != "" {
		if below, ok := strings.CutPrefix(path, "~/"); ok && o.Home != "" {
			return filepath.Join(o.Home, below)
		}
		return path
	}
	if dir := o.folder("XDG_DATA_HOME", filepath.Join(".local", "share")); dir != "" {
		return filepath.Join(dir, "samverkan", "board.db")
	}
	return ""
}

// Effective returns the configuration with what the flags and the environment make of it.
func (c *Config) Effective(o Options) (*Config, error) {
	lang, err := c.Lang(o)
	if err != nil {
		return nil, err
	}
	e := *c
	e.Language, e.Store.Path = lang, c.StorePath(o)
	return &e, nil
}
