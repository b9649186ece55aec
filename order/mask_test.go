package order

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestAMaskShowsEnoughToAgreeAndNotMore(t *testing.T) {
	for _, c := range []struct{ is, want Recipient }{
		{Recipient{Name: "王芳", Phone: "13812345678", Email: "fang@mail.cn", Country: "CN", Province: "浙江省", City: "杭州市", District: "西湖区", Address: "文三路 100 号", Postcode: "310000", Token: "t", Issuer: "taobao"},
			Recipient{Name: "王*", Phone: "138****5678", Email: "f***@mail.cn", Country: "CN", Province: "浙江省", City: "杭州市", District: "西湖区", Address: "***", Postcode: "310***", Issuer: "taobao"}},
		{Recipient{Name: "O", Phone: "+49 (170) 123-4567", Address: "1 Road"}, Recipient{Name: "O*", Phone: "491****4567", Address: "***"}},
		{Recipient{Name: "李**", Phone: "1381234567*", Address: "**路1号"}, Recipient{Name: "李**", Phone: "1381234567*", Address: "**路1号"}},
		{Recipient{Phone: "110", Email: "nobody"}, Recipient{Phone: "***", Email: "***"}},
		{Recipient{Phone: "8812345"}, Recipient{Phone: "****45"}},
		{Recipient{}, Recipient{}},
	} {
		if got := c.is.Masked(); got != c.want {
			t.Errorf("%+v: %+v, want %+v", c.is, got, c.want)
		}
	}
}

func TestAMaskedRecipientSentBackIsThePlainOne(t *testing.T) {
	text := rapid.StringMatching(`[a-zA-Z0-9王芳路@ .+-]{0,12}`)
	rapid.Check(t, func(t *rapid.T) {
		plain := Recipient{Name: text.Draw(t, "name"), Phone: text.Draw(t, "phone"), Email: text.Draw(t, "email"), Address: text.Draw(t, "address"),
			Postcode: text.Draw(t, "postcode"), Token: "tok", Issuer: "taobao"}
		mask := plain.Masked()
		if mask.Masked() != mask {
			t.Errorf("masked twice: %+v", mask)
		}
		if got := mask.Unmasked(plain); got != plain {
			t.Errorf("%+v came back as %+v", plain, got)
		}
		mask.City, mask.Address = "Berlin", "2 Street"
		if got := mask.Unmasked(plain); got.Address != "2 Street" || got.City != "Berlin" || got.Name != plain.Name {
			t.Errorf("the correction is lost: %+v", got)
		}
		if len(plain.Address) > 0 && strings.Contains(plain.Masked().Address, plain.Address) {
			t.Errorf("%q shows", plain.Address)
		}
	})
}
