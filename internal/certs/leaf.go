package certs

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"net"
	"os"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	leafDays  = 90
	renewDays = 30
)

// Leaf is the certificate of a server, signed by an authority and renewed by itself. It is safe for concurrent use.
type Leaf struct {
	authority *Authority
	names     []string // beside those the machine has
	now       func() time.Time
	addresses func() []net.IP

	mu   sync.Mutex
	cert *tls.Certificate
}

// NewLeaf makes a leaf for this machine, and for further names or addresses it is reached under. now is the time on the wall, that the
// certificate holds by.
func (a *Authority) NewLeaf(names []string, now func() time.Time) *Leaf {
	return &Leaf{authority: a, names: names, now: now, addresses: machine}
}

// Certificate is what a server shows: the leaf at hand, or a new one where that ends soon, or does not bear the address at which the
// machine was reached.
func (l *Leaf) Certificate(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.cert != nil && l.cert.Leaf.NotAfter.After(l.now().AddDate(0, 0, renewDays)) && l.bears(hello) {
		return l.cert, nil
	}
	cert, err := l.sign(hello)
	if err != nil && l.cert != nil {
		return l.cert, nil // one that ends soon is better than none
	}
	if err == nil {
		l.cert = cert
	}
	return cert, err
}

// bears reports whether the leaf has the address a connection came in at.
func (l *Leaf) bears(hello *tls.ClientHelloInfo) bool {
	at := localOf(hello)
	return at == nil || slices.ContainsFunc(l.cert.Leaf.IPAddresses, at.Equal)
}

// localOf is the address a connection came in at; nil where that is not known.
func localOf(hello *tls.ClientHelloInfo) net.IP {
	if hello == nil || hello.Conn == nil {
		return nil
	}
	host, _, err := net.SplitHostPort(hello.Conn.LocalAddr().String())
	if err != nil {
		return nil
	}
	host, _, _ = strings.Cut(host, "%") // the zone of a link-local address
	return net.ParseIP(host)
}

func (l *Leaf) sign(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	now := l.now()
	until := now.AddDate(0, 0, leafDays)
	if until.After(l.authority.cert.NotAfter) {
		until = l.authority.cert.NotAfter
	}
	template := &x509.Certificate{SerialNumber: serial(), Subject: pkix.Name{CommonName: l.authority.Name()}, NotBefore: now.Add(-backdated), NotAfter: until,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}, BasicConstraintsValid: true,
		IPAddresses: l.addresses(), DNSNames: hostNames()}
	if at := localOf(hello); at != nil && !slices.ContainsFunc(template.IPAddresses, at.Equal) {
		template.IPAddresses = append(template.IPAddresses, at)
	}
	for _, name := range l.names {
		if ip := net.ParseIP(name); ip != nil {
			template.IPAddresses = append(template.IPAddresses, ip)
		} else if !slices.Contains(template.DNSNames, name) {
			template.DNSNames = append(template.DNSNames, name)
		}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, l.authority.cert, &key.PublicKey, l.authority.key)
	if err != nil {
		return nil, err
	}
	leaf, err := x509.ParseCertificate(der)
	return &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}, err
}

// hostNames are those the machine calls itself, and the one by which a network without a name server finds it.
func hostNames() []string {
	out := []string{"localhost"}
	host, err := os.Hostname()
	if err != nil || host == "" || strings.ContainsAny(host, " _") {
		return out
	}
	out = append(out, strings.ToLower(host))
	if !strings.Contains(host, ".") {
		out = append(out, strings.ToLower(host)+".local")
	}
	return out
}

// machine lists the addresses of this machine.
func machine() (out []net.IP) {
	list, err := net.InterfaceAddrs()
	if err != nil {
		return []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback}
	}
	for _, a := range list {
		if n, ok := a.(*net.IPNet); ok {
			out = append(out, n.IP)
		}
	}
	return out
}

// Addresses are those under which other machines of the network reach this one, IPv4 first.
func Addresses() (out []net.IP) {
	for _, ip := range machine() {
		if ip.IsGlobalUnicast() {
			out = append(out, ip)
		}
	}
	slices.SortStableFunc(out, func(a, b net.IP) int { return rank(a) - rank(b) })
	return out
}

func rank(ip net.IP) int {
	if ip.To4() != nil {
		return 0
	}
	return 1
}
