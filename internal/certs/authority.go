package certs

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Files of an authority in its folder.
const (
	certFile = "ca.crt"
	keyFile  = "ca.key"
)

const (
	authorityYears = 10
	// backdated is how far behind a device's clock may be.
	backdated = 24 * time.Hour
)

// Authority signs the certificates of one installation.
type Authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

// Open reads the authority in a folder, or makes it where there is none: the folder for its owner only, and the key too. Half an
// authority is an error: a new one would be a stranger to every device that trusts the old one.
func Open(dir string, now time.Time) (*Authority, error) {
	rawCert, errCert := os.ReadFile(filepath.Join(dir, certFile))
	rawKey, errKey := os.ReadFile(filepath.Join(dir, keyFile))
	if errors.Is(errCert, fs.ErrNotExist) && errors.Is(errKey, fs.ErrNotExist) {
		return create(dir, now)
	}
	if err := errors.Join(errCert, errKey); err != nil {
		return nil, fmt.Errorf("the authority in %s is not whole, put the missing file back or remove both: %w", dir, err)
	}
	a, err := parse(rawCert, rawKey)
	if err != nil {
		return nil, fmt.Errorf("the authority in %s cannot be used: %w", dir, err)
	}
	return a, nil
}

func create(dir string, now time.Time) (*Authority, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	host, _ := os.Hostname() // only to tell several authorities apart
	// It may sign certificates of servers and nothing else, and no further authorities.
	template := &x509.Certificate{SerialNumber: serial(), Subject: pkix.Name{CommonName: strings.TrimSpace("Packhorse " + host), Organization: []string{"Packhorse"}},
		NotBefore: now.Add(-backdated), NotAfter: now.AddDate(authorityYears, 0, 0), IsCA: true, BasicConstraintsValid: true, MaxPathLenZero: true,
		KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return nil, err
	}
	rawKey, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, err
	}
	private := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: rawKey})
	public := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	// The certificate comes last: where it is, the key is too.
	if err := write(filepath.Join(dir, keyFile), private, 0o600); err != nil {
		return nil, err
	}
	if err := write(filepath.Join(dir, certFile), public, 0o644); err != nil {
		return nil, errors.Join(err, os.Remove(filepath.Join(dir, keyFile)))
	}
	return parse(public, private)
}

// write makes a file that is not there yet, and sees that it is on the disk.
func write(path string, body []byte, mode fs.FileMode) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(body)
	return errors.Join(err, f.Sync(), f.Close())
}

func parse(rawCert, rawKey []byte) (*Authority, error) {
	c, _ := pem.Decode(rawCert)
	k, _ := pem.Decode(rawKey)
	if c == nil || k == nil {
		return nil, errors.New("ca.crt and ca.key must be in PEM")
	}
	cert, err := x509.ParseCertificate(c.Bytes)
	if err != nil {
		return nil, err
	}
	any, err := x509.ParsePKCS8PrivateKey(k.Bytes)
	if err != nil {
		return nil, err
	}
	key, ok := any.(*ecdsa.PrivateKey)
	if !ok || !key.PublicKey.Equal(cert.PublicKey) || !cert.IsCA {
		return nil, errors.New("the key is not that of the certificate, or that is none of an authority")
	}
	return &Authority{cert, key}, nil
}

func serial() *big.Int {
	n, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		panic(err) // never: it ends the program rather
	}
	return n
}

// PEM is the certificate that devices install.
func (a *Authority) PEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.cert.Raw})
}

// DER is the same as some devices want it.
func (a *Authority) DER() []byte { return a.cert.Raw }

// Name is what devices call it.
func (a *Authority) Name() string { return a.cert.Subject.CommonName }

// Until is when it ends.
func (a *Authority) Until() time.Time { return a.cert.NotAfter }

// Fingerprint is its SHA-256 as people compare it: pairs of digits, separated by colons.
func (a *Authority) Fingerprint() string {
	sum := sha256.Sum256(a.cert.Raw)
	text := strings.ToUpper(hex.EncodeToString(sum[:]))
	var parts []string
	for i := 0; i < len(text); i += 2 {
		parts = append(parts, text[i:i+2])
	}
	return strings.Join(parts, ":")
}
