package link

import (
	"strings"

	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/id"
	"github.com/packhorse/packhorse/internal/seal"
)

// Sort is what a link leads to, and the first part of its path.
type Sort string

// What there is to be reached. Each takes the number of an order.
const (
	Track   Sort = "track"   // where the parcels are
	Return  Sort = "return"  // send goods back, and what became of that
	Confirm Sort = "confirm" // say where an order that waits shall go
)

// ErrUnknown is the answer to a token that is not ours, whatever is wrong with it.
var ErrUnknown = fault.New(fault.NotFound, "link.unknown", "this link is not known here; use the one in the newest message")

// Maker makes and reads the links of one company. Its fields do not change; it is safe for concurrent use.
type Maker struct {
	Company string
	Base    string    // where customers reach this server, "https://shop.example"; empty = there are paths only
	Key     *seal.Key // of the installation
}

// Path is the path of a link: /track/default/0h2k…. Fault: seal.missing.
func (m Maker) Path(s Sort, key int64) (string, error) {
	token, err := m.token(s, key)
	if err != nil {
		return "", err
	}
	return "/" + string(s) + "/" + m.Company + "/" + token, nil
}

// URL is the whole address, for messages; empty where customers reach no server, or links cannot be signed.
func (m Maker) URL(s Sort, key int64) string {
	path, err := m.Path(s, key)
	if m.Base == "" || err != nil {
		return ""
	}
	return strings.TrimRight(m.Base, "/") + path
}

// Read gives the number in a token. Faults: ErrUnknown, seal.missing.
func (m Maker) Read(s Sort, token string) (int64, error) {
	if len(token) < keyChars {
		return 0, ErrUnknown
	}
	key, err := id.Parse(prefix, prefix+"_"+token[:keyChars])
	if err != nil {
		return 0, ErrUnknown
	}
	want, err := m.token(s, key)
	if err != nil {
		return 0, err
	}
	if err := m.Key.Signed(m.place(s), token[:keyChars], token[keyChars:]); err != nil || token != want {
		return 0, ErrUnknown
	}
	return key, nil
}

const (
	prefix   = "lnk"
	keyChars = 13 // of an id as people see it, without its prefix
)

func (m Maker) token(s Sort, key int64) (string, error) {
	if m.Key == nil {
		return "", seal.ErrMissing
	}
	text := strings.TrimPrefix(id.Show(prefix, key), prefix+"_")
	mark, err := m.Key.Sign(m.place(s), text)
	return text + mark, err
}

func (m Maker) place(s Sort) string { return "link " + m.Company + " " + string(s) }
