package main

import (
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/packhorse/packhorse/api/install"
	"github.com/packhorse/packhorse/internal/certs"
	"github.com/packhorse/packhorse/internal/config"
	"github.com/packhorse/packhorse/web"
)

// front is what a server speaks at its port: plain HTTP, or TLS with a page for those who come without.
type front struct {
	certificate func(*tls.ClientHelloInfo) (*tls.Certificate, error) // nil: plain HTTP
	authority   *certs.Authority                                     // nil: somebody else's
}

// tlsFolder is where the authority is kept in a data folder.
const tlsFolder = "tls"

// openFront reads or makes what the settings want.
func openFront(cfg config.Config) (front, error) {
	switch cfg.TLS {
	case "files":
		files, err := certs.NewFiles(cfg.TLSCert, cfg.TLSKey, time.Now)
		if err != nil {
			return front{}, fmt.Errorf("the certificate of the server: %w", err)
		}
		return front{certificate: files.Certificate}, nil
	case "own":
		dir := cfg.TLSDir
		if dir == "" {
			dir = filepath.Join(cfg.Data, tlsFolder)
		}
		a, err := certs.Open(dir, time.Now())
		if err != nil {
			return front{}, err
		}
		names := cfg.TLSNames
		if public, err := url.Parse(cfg.PublicURL); err == nil && public.Hostname() != "" {
			names = append(names, public.Hostname())
		}
		return front{certificate: a.NewLeaf(names, time.Now).Certificate, authority: a}, nil
	}
	return front{}, nil
}

// serve answers at a listener until the server is shut down.
func (f front) serve(server *http.Server, l net.Listener) error {
	if f.certificate == nil {
		return server.Serve(l)
	}
	page := install.New(f.authority, certs.Addresses(), web.Tokens())
	secure, plain := certs.Split(l, time.Now)
	server.Handler = page.Beside(server.Handler)
	server.TLSConfig = &tls.Config{GetCertificate: f.certificate, MinVersion: tls.VersionTLS12}
	way := &http.Server{Handler: page.Plain(), ReadHeaderTimeout: server.ReadHeaderTimeout, ReadTimeout: server.ReadHeaderTimeout, WriteTimeout: time.Minute, IdleTimeout: server.ReadHeaderTimeout}
	server.RegisterOnShutdown(func() { _ = way.Close() })
	go func() { _ = way.Serve(plain) }() // it ends with the listener
	return server.ServeTLS(secure, "", "")
}

func (f front) scheme() string {
	if f.certificate == nil {
		return "http"
	}
	return "https"
}

// say tells how devices come to trust the server.
func (f front) say(address string) {
	host, port, err := net.SplitHostPort(address)
	if f.authority == nil || err != nil {
		return
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		for _, near := range certs.Addresses() {
			host = near.String()
			break
		}
	}
	fmt.Fprintf(os.Stderr, "  devices install its certificate once from http://%s/install\n  SHA-256 %s\n", net.JoinHostPort(host, port), f.authority.Fingerprint())
}
