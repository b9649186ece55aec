package review

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/packhorse/packhorse/internal/words"
	"pgregory.net/rapid"
)

func home() Recipient { return goodFacts().Recipient }

func TestChineseAddressesAreJudgedAsACourierWould(t *testing.T) {
	cases := []struct {
		name     string
		change   func(*Recipient)
		missing  []string
		problems []string
	}{
		{"a flat in Hangzhou", func(*Recipient) {}, nil, nil},
		{"the province without its suffix", func(r *Recipient) { r.Province = "浙江" }, nil, nil},
		{"the province in Latin letters", func(r *Recipient) { r.Province = "Zhejiang" }, nil, nil},
		{"the province by its code", func(r *Recipient) { r.Province = "CN-ZJ" }, nil, nil},
		{"an autonomous region in short", func(r *Recipient) { r.Province, r.City = "内蒙", "赤峰市" }, nil, nil},
		{"an autonomous region in full", func(r *Recipient) { r.Province, r.City = "新疆维吾尔自治区", "伊犁哈萨克自治州" }, nil, nil},
		{"no country but a Chinese province", func(r *Recipient) { r.Country = "" }, nil, nil},
		{"neither country nor province", func(r *Recipient) { r.Country, r.Province, r.City = "", "", "" }, []string{"country", "city"}, nil},
		{"no province", func(r *Recipient) { r.Province = " " }, []string{"province"}, nil},
		{"a province that is none", func(r *Recipient) { r.Province = "东京都" }, nil, []string{ProblemProvince}},
		{"no city in a province", func(r *Recipient) { r.City = "" }, []string{"city"}, nil},
		{"Beijing needs no city", func(r *Recipient) { r.Province, r.City = "北京市", "" }, nil, nil},
		{"Shanghai as city and no province", func(r *Recipient) { r.Province, r.City = "", "上海市" }, nil, nil},
		{"Shanghai in Beijing", func(r *Recipient) { r.Province, r.City = "北京", "上海市" }, nil, []string{ProblemCity}},
		{"the city of Jilin in Jilin", func(r *Recipient) { r.Province, r.City = "吉林省", "吉林" }, nil, nil},
		{"the prefecture Hainan in Qinghai", func(r *Recipient) { r.Province, r.City = "青海省", "海南藏族自治州" }, nil, nil},
		{"no street", func(r *Recipient) { r.Address = "　" }, []string{"address"}, nil},
		{"only the region again", func(r *Recipient) { r.Address = "浙江省杭州市西湖区" }, nil, []string{ProblemSymbols}},
		{"one word", func(r *Recipient) { r.Address = "我家" }, nil, []string{ProblemShort}},
		{"only punctuation", func(r *Recipient) { r.Address = "。。。。，，" }, nil, []string{ProblemSymbols}},
		{"only figures", func(r *Recipient) { r.Address = "11111111" }, nil, []string{ProblemSymbols}},
		{"a wish", func(r *Recipient) { r.Address = "请打电话给我" }, nil, []string{ProblemVague}},
		{"a village", func(r *Recipient) { r.Address = "龙井村茶叶合作社" }, nil, nil},
		{"a village of three signs", func(r *Recipient) { r.Address = "何方村" }, nil, nil},
		{"a road without a number", func(r *Recipient) { r.Address = "文化路" }, nil, []string{ProblemShort}},
		{"a street named after the city", func(r *Recipient) { r.Address = "杭州路5号" }, nil, nil},
		{"broken characters", func(r *Recipient) { r.Address = "\xe6\x96\x87三路478号" }, nil, nil},
		{"characters of another encoding", func(r *Recipient) { r.Address = "\xce\xc4\xc8\xfd\xc2\xb7478" }, nil, []string{ProblemUnreadable}},
		{"no phone", func(r *Recipient) { r.Phone = "" }, []string{"phone"}, nil},
		{"a phone too short", func(r *Recipient) { r.Phone = "1380013800" }, nil, []string{ProblemPhone}},
		{"a phone of zeros", func(r *Recipient) { r.Phone = "00000000000" }, nil, []string{ProblemPhone}},
		{"a phone with the country's code", func(r *Recipient) { r.Phone = "+86 138-0013-8000" }, nil, nil},
		{"a phone in full width", func(r *Recipient) { r.Phone = "１３８００１３８０００" }, nil, nil},
		{"a new mobile block", func(r *Recipient) { r.Phone = "19299991234" }, nil, nil},
		{"a landline", func(r *Recipient) { r.Phone = "0571-88158198" }, nil, nil},
		{"a landline with extension", func(r *Recipient) { r.Phone = "0571-88158198-801" }, nil, nil},
		{"a virtual number", func(r *Recipient) { r.Phone = "18877771111-123" }, nil, nil},
		{"a virtual number, spelt out", func(r *Recipient) { r.Phone = "18877771111转1234" }, nil, nil},
		{"a privacy line", func(r *Recipient) { r.Phone = "95013212345678" }, nil, nil},
		{"an extension on nothing", func(r *Recipient) { r.Phone = "12-345" }, nil, []string{ProblemPhone}},
		{"a postcode of five", func(r *Recipient) { r.Postcode = "31001" }, nil, []string{ProblemPostcode}},
		{"masked with a token", func(r *Recipient) {
			r.Masked, r.HasToken, r.Name, r.Phone, r.Address = true, true, "张*", "138****8000", "文三路***"
		}, nil, nil},
		{"stars nobody marked, with a token", func(r *Recipient) { r.HasToken, r.Phone = true, "138****8000" }, nil, nil},
		{"masked to nothing, with a token", func(r *Recipient) { r.Masked, r.HasToken, r.Phone, r.Address = true, true, "", "" }, nil, nil},
		{"masked without a token", func(r *Recipient) { r.Masked, r.Phone = true, "138****8000" }, []string{"token"}, nil},
		{"masked without a region", func(r *Recipient) { r.Masked, r.HasToken, r.Province, r.City = true, true, "", "" }, []string{"province"}, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := home()
			c.change(&r)
			a := CheckAddress(r)
			if !slices.Equal(a.Missing, c.missing) || !slices.Equal(a.Problems, c.problems) || a.Complete != (len(c.missing) == 0) {
				t.Fatalf("got %+v, want missing %v, problems %v", a, c.missing, c.problems)
			}
		})
	}
}

func TestForeignAddressesNeedWhatTheirMailNeeds(t *testing.T) {
	us := Recipient{Name: "J. Doe", Country: "US", Province: "NY", City: "New York", Address: "350 Fifth Avenue", Postcode: "10118"}
	cases := []struct {
		name     string
		r        Recipient
		missing  []string
		problems []string
	}{
		{"New York", us, nil, nil},
		{"nine digits", with(us, func(r *Recipient) { r.Postcode = "10118-0110" }), nil, nil},
		{"small letters for the country", with(us, func(r *Recipient) { r.Country = "us" }), nil, nil},
		{"no postcode", with(us, func(r *Recipient) { r.Postcode = "" }), []string{"postcode"}, nil},
		{"four digits", with(us, func(r *Recipient) { r.Postcode = "1011" }), nil, []string{ProblemPostcode}},
		{"no city and no street", with(us, func(r *Recipient) { r.City, r.Address = "", "" }), []string{"address", "city"}, nil},
		{"a street of dots", with(us, func(r *Recipient) { r.Address = "..." }), nil, []string{ProblemSymbols}},
		{"a phone that is none", with(us, func(r *Recipient) { r.Phone = "555" }), nil, []string{ProblemPhone}},
		{"a good phone", with(us, func(r *Recipient) { r.Phone = "+1 212-736-3100" }), nil, nil},
		{"London", Recipient{Country: "GB", City: "London", Address: "10 Downing Street", Postcode: "SW1A 2AA"}, nil, nil},
		{"Ottawa", Recipient{Country: "CA", City: "Ottawa", Address: "80 Wellington St", Postcode: "K1A0A2"}, nil, nil},
		{"Berlin with the old letter", Recipient{Country: "DE", City: "Berlin", Address: "Platz der Republik 1", Postcode: "D-11011"}, nil, nil},
		{"São Paulo", Recipient{Country: "BR", Province: "SP", City: "sao paulo", Address: "Rua 261, 1038", Postcode: "69309-000"}, nil, nil},
		{"Singapore is its own city", Recipient{Country: "SG", Address: "1 Raffles Place", Postcode: "048616"}, nil, nil},
		{"Hong Kong has no postcodes", Recipient{Country: "HK", Address: "皇后大道中99號"}, nil, nil},
		{"Ireland may leave it out", Recipient{Country: "IE", City: "Dublin", Address: "1 O'Connell St"}, nil, nil},
		{"a country nobody knows", Recipient{Country: "ZZ", City: "X", Address: "Y 1", Phone: "12345678", Postcode: "?"}, nil, nil},
		{"masked abroad, with a token", Recipient{Country: "US", City: "Austin", Masked: true, HasToken: true}, nil, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			a := CheckAddress(c.r)
			if !slices.Equal(a.Missing, c.missing) || !slices.Equal(a.Problems, c.problems) {
				t.Fatalf("got %+v, want missing %v, problems %v", a, c.missing, c.problems)
			}
		})
	}
}

func with(r Recipient, change func(*Recipient)) Recipient {
	change(&r)
	return r
}

func TestThirtyFourProvincesUnderAllTheirNames(t *testing.T) {
	if len(provinces) != 34 {
		t.Fatalf("%d provinces", len(provinces))
	}
	for _, p := range provinces {
		for _, name := range []string{p.short, p.short + p.suffix, " " + p.short, strings.ToUpper(p.latin), "CN-" + strings.ToUpper(p.code)} {
			if got, ok := provinceOf(name); !ok || got.short != p.short {
				t.Errorf("%q is %q", name, got.short)
			}
		}
	}
	for _, name := range []string{"Guangdong Province", "Inner Mongolia", "Hong Kong", "臺灣", "广西壮族自治区"} {
		if _, ok := provinceOf(name); !ok {
			t.Errorf("%q is unknown", name)
		}
	}
	for short := range otherNames {
		if provinceNames[short].short == "" {
			t.Errorf("%q leads nowhere", short)
		}
	}
}

func TestOneAddressHasOneKey(t *testing.T) {
	base := AddressKey(home())
	same := map[string]func(*Recipient){
		"without suffixes":    func(r *Recipient) { r.Province, r.City = "浙江", "杭州" },
		"no country":          func(r *Recipient) { r.Country = "" },
		"no spaces":           func(r *Recipient) { r.Address = "文三路478号3幢502室" },
		"full width":          func(r *Recipient) { r.Address = "文三路４７８号，３幢（５０２室）" },
		"region repeated":     func(r *Recipient) { r.Address = "浙江省杭州市西湖区文三路478号3幢502室" },
		"region in short":     func(r *Recipient) { r.Address = "浙江杭州西湖区文三路478号3幢502室" },
		"district in address": func(r *Recipient) { r.District, r.Address = "", "西湖区文三路478号3幢502室" },
		"another name":        func(r *Recipient) { r.Name, r.Phone = "李四", "" },
	}
	for name, change := range same {
		if got := AddressKey(with(home(), change)); got != base {
			t.Errorf("%s: %q, want %q", name, got, base)
		}
	}
	different := map[string]func(*Recipient){
		"another flat":     func(r *Recipient) { r.Address = "文三路478号3幢503室" },
		"another city":     func(r *Recipient) { r.City = "宁波市" },
		"another numeral":  func(r *Recipient) { r.Address = "文四路478号3幢502室" },
		"another province": func(r *Recipient) { r.Province = "江苏省" },
	}
	for name, change := range different {
		if got := AddressKey(with(home(), change)); got == base || got == "" {
			t.Errorf("%s: %q", name, got)
		}
	}
	nothing := map[string]func(*Recipient){
		"masked":         func(r *Recipient) { r.Masked = true },
		"stars":          func(r *Recipient) { r.Address = "文三路***" },
		"no address":     func(r *Recipient) { r.Address = "" },
		"only the city":  func(r *Recipient) { r.Address = "杭州市" },
		"only a comma":   func(r *Recipient) { r.Address = "，" },
		"stars for name": func(r *Recipient) { r.Name = "张*" },
	}
	for name, change := range nothing {
		if got := AddressKey(with(home(), change)); got != "" {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestOnePhoneHasOneKey(t *testing.T) {
	for spelling, want := range map[string]string{
		"13800138000": "13800138000", "+86 138 0013 8000": "13800138000", "0086-138-0013-8000": "13800138000",
		"１３８００１３８０００": "13800138000", "18877771111-123": "18877771111123", "+8618877771111转123": "18877771111123",
		"0571-88158198": "057188158198", "138****8000": "", "": "", "00000000000": "", "110": "", "nobody": "",
	} {
		if got := PhoneKey(spelling); got != want {
			t.Errorf("%q: %q, want %q", spelling, got, want)
		}
	}
}

func TestFeaturesLeaveOutWhatNamesNobody(t *testing.T) {
	f := goodFacts()
	got := FeaturesOf(f)
	want := Features{Order: 7, IP: "203.0.113.9", Phone: "13800138000", Address: "cn:浙江杭州西湖区文三路478号3幢502室", Token: "oaid-1", Buyer: "taobao:b-1"}
	if got != want {
		t.Fatalf("got %+v", got)
	}
	for in, want := range map[string]string{"": "", "unknown": "", "127.0.0.1": "", "::1": "", "0.0.0.0": "", "fe80::1%eth0": "", "203.0.*.*": "",
		"::ffff:203.0.113.9": "203.0.113.9", "2001:db8:1:2:aaaa::1": "2001:db8:1:2::/64", "2001:db8:1:2:bbbb::2": "2001:db8:1:2::/64", "10.1.2.3": "10.1.2.3"} {
		if got := ipKey(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	f.Recipient.Masked, f.Buyer.ID, f.Buyer.Token = true, "t***1", "***"
	if got := FeaturesOf(f); got != (Features{Order: 7, IP: "203.0.113.9"}) {
		t.Fatalf("got %+v", got)
	}
}

func TestAKeyDoesNotChangeWhenItIsFoldedAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		if once := fold(s); fold(once) != once {
			t.Fatalf("%q, then %q", once, fold(once))
		}
	})
}

func TestEveryFindingHasWordsInBothLanguages(t *testing.T) {
	for _, name := range termNames {
		for _, lang := range words.Languages {
			if !words.Has(lang, "review.term."+name) {
				t.Errorf("%s has no word for %s", lang, name)
			}
		}
	}
}

func FuzzAddress(f *testing.F) {
	f.Add("CN", "浙江省", "杭州市", "西湖区", "文三路 478 号", "13800138000", "310012")
	f.Add("", "北京", "", "", "***", "188****1111-12", "")
	f.Add("US", "", "", "", "\xff\xfe", "ext. 5", "D-")
	f.Add("GB", "广东", "上海", "浦东", "上海市浦东上海路", "-", "é-1")
	f.Fuzz(func(t *testing.T, country, province, city, district, address, phone, postcode string) {
		r := Recipient{Country: country, Province: province, City: city, District: district, Address: address, Phone: phone, Postcode: postcode}
		a := CheckAddress(r)
		if a.Complete != (len(a.Missing) == 0) {
			t.Fatalf("%+v", a)
		}
		for _, name := range slices.Concat(a.Missing, a.Problems) {
			if !slices.Contains(termNames, name) {
				t.Fatalf("%q has no name", name)
			}
		}
		key := AddressKey(r)
		if key != "" && (r.masked() || !utf8.ValidString(key) || strings.TrimSpace(address) == "") {
			t.Fatalf("key %q of %+v", key, r)
		}
		r.Masked = true
		if AddressKey(r) != "" {
			t.Fatal("a masked address has a key")
		}
		PhoneKey(phone)
	})
}

var termNames = []string{MissingCountry, MissingProvince, MissingCity, MissingAddress, MissingPhone, MissingPostcode, MissingToken,
	ProblemProvince, ProblemCity, ProblemShort, ProblemSymbols, ProblemVague, ProblemPhone, ProblemPostcode, ProblemUnreadable}

func BenchmarkCheckAddress(b *testing.B) {
	r := home()
	b.ReportAllocs()
	for b.Loop() {
		CheckAddress(r)
	}
}

func BenchmarkFeatures(b *testing.B) {
	f := goodFacts()
	b.ReportAllocs()
	for b.Loop() {
		FeaturesOf(f)
	}
}
