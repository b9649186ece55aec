package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/packhorse/packhorse/access"
	"github.com/packhorse/packhorse/internal/config"
	"github.com/packhorse/packhorse/internal/db"
)

// place are the flags of every command that touches data.
type place struct {
	Data    string `help:"Folder of the data (SQLite)." placeholder:"DIR" type:"path"`
	DB      string `name:"db" help:"PostgreSQL instead of a folder." placeholder:"postgres://…"`
	Company string `help:"Which company; may be left out while there is one." placeholder:"NAME"`
	Config  string `help:"File of settings." placeholder:"FILE" type:"existingfile"`
	JSON    bool   `name:"json" help:"Machine-readable: the last line of the output is one JSON object."`
}

// load reads the settings of a command: flags over environment over file over defaults. The place must be said.
func (p place) load(more map[string]string) (config.Config, error) {
	given := map[string]string{"data": p.Data, "db": p.DB, "company": p.Company}
	for name, v := range more {
		given[name] = v
	}
	var sources []config.Source
	if p.Config != "" {
		file, err := config.File(p.Config)
		if err != nil {
			return config.Config{}, err
		}
		sources = append(sources, file)
	}
	environment := config.Environment(os.Environ())
	if p.Data != "" || p.DB != "" { // a flag for one place overrides whatever is said elsewhere about the other
		for _, s := range append(sources, environment) {
			delete(s.Values, "data")
			delete(s.Values, "db")
		}
	}
	cfg, err := config.Load(append(sources, environment, config.Flags(given))...)
	if err != nil {
		return config.Config{}, err
	}
	if cfg.Data == "" && cfg.DB == "" {
		return config.Config{}, errors.New("say where the data are: --data DIR or --db postgres://…")
	}
	return cfg, nil
}

// missing makes the sentence for a place without data.
func missing(cfg config.Config, err error) error {
	if !errors.Is(err, db.ErrMissing) {
		return err
	}
	where := cfg.Data
	if where == "" {
		where = "this database"
	}
	return fmt.Errorf("there is no data at %s yet; packhorse serve or packhorse import makes it", where)
}

// sayFirst shows what a new company begins with, once.
func sayFirst(f *access.First) {
	if f == nil {
		return
	}
	fmt.Fprintf(os.Stderr, "A new company: %s. What follows is shown once and stored nowhere.\n", f.Company)
	if f.Login != "" {
		fmt.Fprintf(os.Stderr, "  log-in   %s\n  password %s\n", f.Login, f.Password)
	}
	fmt.Fprintf(os.Stderr, "  API key  %s\n", f.Key)
}

// printJSON writes one value as one line on standard output.
func printJSON(v any) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return err
	}
	_, err = fmt.Println(string(raw))
	return err
}
