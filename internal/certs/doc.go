// Package certs lets the program speak TLS without anybody's help: with certificates of its own authority, or with those in files.
//
// It owns the authority (a key and a certificate in a folder, made once), the certificate the server shows, its renewal, and the listener
// that tells TLS from plain HTTP on one port. It does not own the pages that bring the authority onto a device (api/install), nor
// what the server answers.
//
// Words. The authority signs; a device trusts it once it is installed there. The leaf is the certificate of the server: it bears every
// name and address the machine has, holds for ninety days, and a new one is signed when a month of them is left, or when the machine
// gets another address. The leaf's key is in memory only.
package certs
