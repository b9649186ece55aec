package seal

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"strings"
)

// signBytes of a signature are written: 128 bits, which nobody guesses over a network.
const signBytes = 16

var signAlphabet = base32.StdEncoding.WithPadding(base32.NoPadding)

// Sign gives the mark by which a text is known again as ours, at a place. It hides nothing. The mark has 26 small letters and
// digits, and is the same each time. Fault: ErrMissing.
func (k *Key) Sign(place, text string) (string, error) {
	if !k.Present() {
		return "", ErrMissing
	}
	m := hmac.New(sha256.New, k.signing)
	m.Write([]byte(place + "\x00" + text))
	return strings.ToLower(signAlphabet.EncodeToString(m.Sum(nil)[:signBytes])), nil
}

// Signed checks a mark that came with a text. Faults: ErrMissing, ErrWrong.
func (k *Key) Signed(place, text, mark string) error {
	want, err := k.Sign(place, text)
	if err != nil {
		return err
	}
	if subtle.ConstantTimeCompare([]byte(want), []byte(mark)) != 1 {
		return ErrWrong
	}
	return nil
}

// signingKey is made of the key and is not it: whoever learned the one would not know the other.
func signingKey(raw []byte) []byte {
	m := hmac.New(sha256.New, raw)
	m.Write([]byte("packhorse signs"))
	return m.Sum(nil)
}
