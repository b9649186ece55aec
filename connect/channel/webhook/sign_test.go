package webhook

import (
	"encoding/base64"
	"errors"
	"strconv"
	"testing"
	"time"

	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/fault"
)

// The vector of the standard's own documentation.
const (
	vectorSecret    = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
	vectorID        = "msg_p5jXN8AQM9LWM0D4loKWxJek"
	vectorTime      = 1614265330
	vectorBody      = `{"test": 2432232314}`
	vectorSignature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
)

func keysOf(t testing.TB, text string) [][]byte {
	t.Helper()
	keys, err := secrets(text)
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

func vector(signature string) intake.Message {
	headers := map[string]string{headerID: vectorID, headerTime: strconv.Itoa(vectorTime), headerSignature: signature}
	return intake.Message{Header: func(n string) string { return headers[n] }, Body: []byte(vectorBody)}
}

func TestTheSignatureIsTheOneOfTheStandard(t *testing.T) {
	if got := signature(keysOf(t, vectorSecret)[0], vectorID, strconv.Itoa(vectorTime), []byte(vectorBody)); got != vectorSignature {
		t.Errorf("signed %s, want %s", got, vectorSignature)
	}
	id, err := verify(keysOf(t, vectorSecret), vector(vectorSignature), time.Unix(vectorTime, 0))
	if err != nil || id != vectorID {
		t.Errorf("%q %v", id, err)
	}
}

func TestWhileSecretsAreChangedBothAreGood(t *testing.T) {
	other := secretPrefix + base64.StdEncoding.EncodeToString([]byte("another secret of 24 byte"))
	both := keysOf(t, vectorSecret+" "+other)
	now := time.Unix(vectorTime, 0)
	ours := signatures(both, vectorID, strconv.Itoa(vectorTime), []byte(vectorBody))
	for _, keys := range [][][]byte{both, keysOf(t, vectorSecret), keysOf(t, other)} {
		if _, err := verify(keys, vector(ours), now); err != nil {
			t.Errorf("a receiver that has one of the two secrets refuses: %v", err)
		}
	}
	for signature, want := range map[string]error{
		"v1a,xyz " + vectorSignature:    nil, // of another version, passed over
		vectorSignature + " v1,AAAA":    nil,
		"":                              intake.ErrSignature,
		"v1,AAAA":                       intake.ErrSignature,
		vectorSignature[len(version):]:  intake.ErrSignature, // without its version
		"v2," + vectorSignature[3:]:     intake.ErrSignature,
		vectorSignature + vectorSecret:  intake.ErrSignature,
		vectorSignature + "," + "v1,AA": intake.ErrSignature,
	} {
		if _, err := verify(keysOf(t, vectorSecret), vector(signature), now); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", signature, err, want)
		}
	}
}

func TestAMessageIsGoodForFiveMinutesEitherWay(t *testing.T) {
	for age, want := range map[time.Duration]error{0: nil, 5 * time.Minute: nil, -5 * time.Minute: nil, 5*time.Minute + time.Second: intake.ErrStale,
		-5*time.Minute - time.Second: intake.ErrStale} {
		if _, err := verify(keysOf(t, vectorSecret), vector(vectorSignature), time.Unix(vectorTime, 0).Add(age)); !errors.Is(err, want) {
			t.Errorf("%s old: %v, want %v", age, err, want)
		}
	}
}

func TestASecretThatIsNoneIsRefused(t *testing.T) {
	for _, text := range []string{"", "  ", "secret", "whsec_", "whsec_!!!", "whsec_c2hvcnQ=", vectorSecret + " no"} {
		if _, err := secrets(text); fault.Code(err) != "webhook.secret" {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func FuzzHint(f *testing.F) {
	c, err := New(intake.Settings{Secret: vectorSecret})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(vectorID, strconv.Itoa(vectorTime), vectorSignature, vectorBody)
	f.Add("", "", "v1,", `{"order_no":"1","lines":[{}]}`)
	f.Fuzz(func(t *testing.T, id, stamp, given, body string) {
		m := intake.Message{Body: []byte(body), Header: func(n string) string {
			return map[string]string{headerID: id, headerTime: stamp, headerSignature: given}[n]
		}}
		now := time.Unix(vectorTime, 0)
		if _, err := c.(intake.Hinter).Hint(t.Context(), m, now); err == nil && body != vectorBody {
			t.Errorf("%q passed with a signature of another body", body)
		}
		m.Header = func(n string) string {
			return map[string]string{headerID: "x", headerTime: strconv.Itoa(vectorTime), headerSignature: signature(c.(*Listener).keys[0], "x", strconv.Itoa(vectorTime), m.Body)}[n]
		}
		hint, err := c.(intake.Hinter).Hint(t.Context(), m, now)
		if err != nil && !errors.Is(err, intake.ErrUnreadable) || err == nil && (len(hint.Documents) != 1 || hint.Documents[0].Raw != body) {
			t.Errorf("a signed body %q: %+v %v", body, hint, err)
		}
	})
}
