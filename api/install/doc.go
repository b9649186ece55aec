// Package install brings the certificate of our own authority onto devices, and whoever came without TLS to where it is spoken.
//
// It owns the page at /install with its download and its QR code, and what is answered over plain HTTP where TLS is on. It does not own
// the authority (internal/certs) nor anything that is answered over TLS besides.
package install
