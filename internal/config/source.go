package config

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strings"
)

// File reads the settings of a file. Errors: it cannot be read, a line without "=", a setting said twice; all lines
// are looked at.
func File(path string) (Source, error) {
	f, err := os.Open(path)
	if err != nil {
		return Source{}, err
	}
	defer f.Close()
	values, lines := map[string]string{}, map[string]int{}
	var wrong []string
	scan := bufio.NewScanner(f)
	for n := 1; scan.Scan(); n++ {
		text := strings.TrimSpace(scan.Text())
		if text == "" || text[0] == '#' {
			continue
		}
		name, value, ok := strings.Cut(text, "=")
		name = strings.TrimSpace(name)
		switch {
		case !ok:
			wrong = append(wrong, fmt.Sprintf("%s line %d: want name = value", path, n))
		case lines[name] > 0:
			wrong = append(wrong, fmt.Sprintf("%s line %d: %s stands in line %d already", path, n, name, lines[name]))
		default:
			values[name], lines[name] = unquote(strings.TrimSpace(value)), n
		}
	}
	if err := scan.Err(); err != nil {
		return Source{}, fmt.Errorf("%s: %w", path, err)
	}
	if len(wrong) > 0 {
		return Source{}, errors.New(strings.Join(wrong, "\n"))
	}
	return Source{Values: values, Where: func(name string) string { return fmt.Sprintf("%s line %d", path, lines[name]) }}, nil
}

// unquote lets a value keep its outer spaces, and a file be read by shells too.
func unquote(v string) string {
	if len(v) >= 2 && (v[0] == '"' || v[0] == '\'') && v[len(v)-1] == v[0] {
		return v[1 : len(v)-1]
	}
	return v
}

const prefix = "PACKHORSE_"

// Environment takes the settings out of os.Environ's list. Variables that name no setting are left
// alone: tests and other programs of the house use the prefix too.
func Environment(environ []string) Source {
	known := map[string]bool{}
	for _, s := range settings {
		known[s.name] = true
	}
	values := map[string]string{}
	for _, e := range environ {
		variable, value, _ := strings.Cut(e, "=")
		rest, ours := strings.CutPrefix(variable, prefix)
		name := strings.ReplaceAll(strings.ToLower(rest), "_", "-")
		if ours && known[name] && value != "" {
			values[name] = value
		}
	}
	return Source{Values: values, Where: func(name string) string {
		return prefix + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
	}}
}

// Flags are settings of the command line; empty values were not given.
func Flags(given map[string]string) Source {
	values := map[string]string{}
	for name, v := range given {
		if v != "" {
			values[name] = v
		}
	}
	return Source{Values: values, Where: func(name string) string { return "--" + name }}
}
