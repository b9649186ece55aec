package config

import (
	"errors"
	"fmt"
	"net"
	"regexp"
)

// tlsMistakes are settings of TLS that do not go together.
func (c Config) tlsMistakes() (wrong []error) {
	if c.TLS == "files" && (c.TLSCert == "" || c.TLSKey == "") {
		wrong = append(wrong, errors.New("tls = files needs tls-cert and tls-key: the files of a certificate and its key"))
	}
	if c.TLS == "own" && c.DB != "" && c.TLSDir == "" {
		wrong = append(wrong, errors.New("tls = own with db needs tls-dir: the folder where the authority is kept"))
	}
	if c.TLS != "files" && (c.TLSCert != "" || c.TLSKey != "") {
		wrong = append(wrong, errors.New("tls-cert and tls-key say nothing without tls = files"))
	}
	return wrong
}

var hostName = regexp.MustCompile(`^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?(\.[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?)*$`)

func hostNames(list []string) error {
	for _, name := range list {
		if net.ParseIP(name) == nil && !hostName.MatchString(name) {
			return fmt.Errorf("%q must be a name like wms.example or an address", name)
		}
	}
	return nil
}
