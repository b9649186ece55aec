package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/packhorse/packhorse/internal/fault"
)

// What can be wrong. Compare with errors.Is.
var (
	// ErrMissing: there is no key here.
	ErrMissing = fault.New(fault.Unavailable, "seal.missing", "the key of the secrets is missing: put secret.key back into the data folder, or set PACKHORSE_SECRET_KEY "+
		"(openssl rand -base64 32 makes a new one), and start again")
	// ErrWrong: the text was sealed with another key, or for another place, or was tampered with.
	ErrWrong = fault.New(fault.Unavailable, "seal.wrong", "this secret was sealed with another key: start with the key that the data were written with, or enter the secret again")
)

// form begins every sealed text; a later form has another number.
const form = "sealed:1:"

const (
	keyBytes  = 32
	markBytes = 4
)

// Key seals and opens. The zero Key is that of an installation without one: it opens only what was never sealed. It is safe for
// concurrent use.
type Key struct {
	aead    cipher.AEAD
	mark    string
	signing []byte // what texts are signed with; made of the key
}

// NewText makes a key as it is written down: 32 random bytes in base64.
func NewText() string {
	var raw [keyBytes]byte
	_, _ = rand.Read(raw[:]) // never fails: it ends the program rather
	return base64.StdEncoding.EncodeToString(raw[:])
}

// Parse reads a key as NewText writes it.
func Parse(text string) (*Key, error) {
	raw, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
	if err != nil || len(raw) != keyBytes {
		return nil, fmt.Errorf("a key of secrets is %d bytes in base64, as openssl rand -base64 %d makes them", keyBytes, keyBytes)
	}
	block, err := aes.NewCipher(raw)
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(append([]byte("packhorse mark of "), raw...))
	return &Key{aead: aead, mark: hex.EncodeToString(sum[:markBytes]), signing: signingKey(raw)}, nil
}

// Present reports whether there is a key.
func (k *Key) Present() bool { return k.aead != nil }

// Sealed reports whether a text was sealed, by whatever key.
func Sealed(text string) bool { return strings.HasPrefix(text, form) }

// Seal seals a secret for a place. An empty one stays empty. Fault: ErrMissing.
func (k *Key) Seal(place, secret string) (string, error) {
	switch {
	case secret == "":
		return "", nil
	case !k.Present():
		return "", ErrMissing
	}
	nonce := make([]byte, k.aead.NonceSize())
	_, _ = rand.Read(nonce) // never fails
	sealed := k.aead.Seal(nonce, nonce, []byte(secret), []byte(place))
	return form + k.mark + ":" + base64.RawStdEncoding.EncodeToString(sealed), nil
}

// Open gives the secret of a text that was sealed for a place. A text that was never sealed, as older versions wrote it, is the
// secret itself. Faults: ErrMissing, ErrWrong.
func (k *Key) Open(place, text string) (string, error) {
	if !Sealed(text) {
		return text, nil
	}
	if !k.Present() {
		return "", ErrMissing
	}
	mark, body, _ := strings.Cut(strings.TrimPrefix(text, form), ":")
	raw, err := base64.RawStdEncoding.DecodeString(body)
	if err != nil || mark != k.mark || len(raw) < k.aead.NonceSize() {
		return "", ErrWrong
	}
	secret, err := k.aead.Open(nil, raw[:k.aead.NonceSize()], raw[k.aead.NonceSize():], []byte(place))
	if err != nil {
		return "", ErrWrong
	}
	return string(secret), nil
}
