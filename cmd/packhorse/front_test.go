package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/packhorse/packhorse/internal/config"
)

func TestAServerWithItsOwnAuthorityIsTrustedByWhoeverInstalledItAndNobodyElse(t *testing.T) {
	cfg := config.Default()
	cfg.Data, cfg.Listen, cfg.TLS, cfg.LogLevel = t.TempDir(), "127.0.0.1:0", "own", "error"
	fingerprint := ""
	for range 2 { // the second time it is the same authority
		func() {
			s, err := openServer(t.Context(), cfg, nil)
			if err != nil {
				t.Fatal(err)
			}
			ctx, stop := context.WithCancel(t.Context())
			done := make(chan error, 1)
			go func() { done <- s.Run(ctx) }()
			defer func() {
				stop()
				if err := <-done; err != nil {
					t.Error(err)
				}
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			}()
			pem := fetched(t, http.DefaultClient, "http://"+s.Address()+"/install/packhorse-ca.pem", 200)
			pool := x509.NewCertPool()
			if !pool.AppendCertsFromPEM(pem) {
				t.Fatalf("no certificate: %s", pem)
			}
			device := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}, ForceAttemptHTTP2: true}}
			defer device.CloseIdleConnections()
			fetched(t, device, "https://"+s.Address()+"/healthz", 200)
			fetched(t, device, "https://"+s.Address()+"/install", 200)
			fetched(t, http.DefaultClient, "http://"+s.Address()+"/v1/orders", http.StatusUpgradeRequired)
			if r, err := http.Get("https://" + s.Address() + "/healthz"); err == nil {
				_ = r.Body.Close()
				t.Error("a device that never heard of it trusts it")
			}
			if fingerprint != "" && fingerprint != s.front.authority.Fingerprint() {
				t.Error("another authority after a restart")
			}
			fingerprint = s.front.authority.Fingerprint()
		}()
	}
	if info, err := os.Stat(filepath.Join(cfg.Data, tlsFolder, "ca.key")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
}

func fetched(t *testing.T, c *http.Client, url string, status int) []byte {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); ; {
		req, err := http.NewRequestWithContext(t.Context(), "GET", url, nil)
		if err != nil {
			t.Fatal(err)
		}
		r, err := c.Do(req)
		if err != nil && time.Now().Before(end) {
			time.Sleep(20 * time.Millisecond) // it has not begun to answer
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r.Body)
		_ = r.Body.Close()
		if err != nil || r.StatusCode != status {
			t.Fatalf("%s: %d %s %v", url, r.StatusCode, body, err)
		}
		return body
	}
}

func TestACertificateThatCannotBeReadIsToldBeforeTheServerBegins(t *testing.T) {
	cfg := config.Default()
	cfg.Data, cfg.Listen, cfg.TLS, cfg.TLSCert, cfg.TLSKey, cfg.LogLevel = t.TempDir(), "127.0.0.1:0", "files", "/nowhere/c.pem", "/nowhere/k.pem", "error"
	if s, err := openServer(t.Context(), cfg, nil); err == nil {
		_ = s.Close()
		t.Error("it began without its certificate")
	}
}
