package label

import (
	"strings"
	"unicode"

	"github.com/packhorse/packhorse/internal/fault"
)

// Label is what is printed on one label. Texts may be in any script and of any length: they wrap, shrink, and are cut
// with an ellipsis when nothing else helps. Control characters are dropped.
type Label struct {
	Carrier string
	Service string
	Waybill string // the bar code: letters, digits and hyphens
	Sort    string // the carrier's sort code; may be empty
	No, Of  int64  // parcel No of Of
	Code    string // the square code: letters, digits, hyphens and underscores; empty = none

	Sender    Party
	Recipient Party

	Order string // number of the order, as the channel knows it
	Goods string
	Node  string // where it leaves
	Note  string // one more line: when it was printed, that it is a reprint

	Captions Captions
}

// Party is a sender or a recipient. The fields of a platform's recipient may be masked, and are printed as they are.
type Party struct {
	Name    string
	Phone   string
	Address string // everything, in the order of the country
}

// Captions are the few words that stand on every label, in the language of its readers.
type Captions struct {
	To, From, Order, Goods, Node string
}

// check finds what cannot be drawn. Faults: label.code when the bar code or the square code has other characters than
// it may, label.code_too_long when the bar code would not be readable at this width.
func (l Label) check() error {
	switch {
	case !coded(l.Waybill, "-"):
		return fault.Invalidf("waybill", "label.code", "%q cannot be a bar code: letters, digits and hyphens only, and at least one", l.Waybill).With("value", l.Waybill)
	case l.Code != "" && !coded(l.Code, "-_"):
		return fault.Invalidf("code", "label.code", "%q cannot be a square code: letters, digits, hyphens and underscores only", l.Code).With("value", l.Code)
	}
	_, err := bars(l.Waybill)
	return err
}

func coded(text, more string) bool {
	return text != "" && strings.IndexFunc(text, func(r rune) bool {
		return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(more, r)
	}) < 0
}

// clean makes one line of a text: controls and marks that change the direction of writing are dropped, white space is
// one space, and what no font can draw is a question mark.
func clean(text string) string {
	var b strings.Builder
	for _, r := range strings.ToValidUTF8(text, "?") {
		switch {
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Mn, r):
		case !drawable(r):
			b.WriteByte('?')
		default:
			b.WriteRune(r)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
