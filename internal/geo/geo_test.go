package geo

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestPlaceReadsNamesAsTheyStandInOrders(t *testing.T) {
	tests := []struct {
		country, province, city string
		lat, lng                int64
	}{
		{"CN", "浙江省", "嘉兴市", 30_750_000, 120_760_000},
		{"cn", "浙江", "嘉兴", 30_750_000, 120_760_000},
		{"CN", "北京", "北京市", 39_900_000, 116_410_000},
		{"CN", "云南", "大理州", 25_610_000, 100_270_000},
		{"CN", "广东省", "广州", 23_130_000, 113_260_000},
		{"HK", "", "", 22_300_000, 114_170_000},
		{"BR", "SP", "sao paulo", -23_550_000, -46_630_000},
		{"BR", "são paulo", "Campinas", -23_550_000, -46_630_000},
		{"BR", "RR", "boa vista", 2_820_000, -60_670_000},
		{"GB", "Kent", "Dover", 51_510_000, -130_000},
	}
	for _, tt := range tests {
		lat, lng, ok := Place(tt.country, tt.province, tt.city)
		if !ok || Metres(lat, lng, tt.lat, tt.lng) > 3_000 {
			t.Errorf("Place(%q, %q, %q) = %d, %d, %v; want about %d, %d", tt.country, tt.province, tt.city, lat, lng, ok, tt.lat, tt.lng)
		}
	}
}

func TestUnknownCityFallsBackToItsProvince(t *testing.T) {
	lat, lng, ok := Place("CN", "四川省", "不存在的城市")
	if !ok || Metres(lat, lng, 30_570_000, 104_060_000) > 200_000 {
		t.Errorf("Sichuan is at %d, %d, %v; want within 200 km of Chengdu", lat, lng, ok)
	}
}

func TestUnreadableProvinceIsNotGuessed(t *testing.T) {
	for _, country := range []string{"CN", "BR", "XX", ""} {
		if _, _, ok := Place(country, "Atlantis", "嘉兴市"); ok {
			t.Errorf("Place(%q, Atlantis) was found", country)
		}
	}
}

func TestEveryCityIsFoundInItsOwnProvinceAndInsideChina(t *testing.T) {
	cities := Cities()
	provinces := map[string]bool{}
	for _, c := range cities {
		provinces[c.Province] = true
		lat, lng, ok := Place("CN", c.Province, c.Name)
		if !ok || lat != c.Lat || lng != c.Lng {
			t.Errorf("%s %s is found at %d, %d, %v; its table says %d, %d", c.Province, c.Name, lat, lng, ok, c.Lat, c.Lng)
		}
		if c.Lat < 16e6 || c.Lat > 54e6 || c.Lng < 73e6 || c.Lng > 136e6 || c.Weight <= 0 {
			t.Errorf("%s %s lies at %d, %d with weight %d", c.Province, c.Name, c.Lat, c.Lng, c.Weight)
		}
	}
	if len(cities) < 300 || len(provinces) != 34 {
		t.Errorf("%d cities in %d provinces; want at least 300 in 34", len(cities), len(provinces))
	}
}

func TestEveryCountryHasATimeZoneThatLoads(t *testing.T) {
	for code, c := range load().countries {
		if _, err := time.LoadLocation(c.TimeZone); err != nil {
			t.Errorf("%s: %v", code, err)
		}
	}
	if c, ok := CountryOf("br"); !ok || c.TimeZone != "America/Sao_Paulo" {
		t.Errorf("Brazil is %+v, %v", c, ok)
	}
}

func TestBrazilHasTwentySevenStatesByCodeAndName(t *testing.T) {
	for _, r := range records(brazilFile) {
		a, b, ok1 := Place("BR", r[0], "")
		c, d, ok2 := Place("BR", r[1], "")
		if !ok1 || !ok2 || a != c || b != d {
			t.Errorf("%s and %s are not the same place", r[0], r[1])
		}
	}
	if n := len(records(brazilFile)); n != 27 {
		t.Errorf("%d states, want 27", n)
	}
}

func TestDistanceIsAMetric(t *testing.T) {
	if d := Metres(39_900_000, 116_410_000, 31_230_000, 121_470_000); d < 1_060_000 || d > 1_080_000 {
		t.Errorf("Beijing to Shanghai is %d m, want about 1,068 km", d)
	}
	rapid.Check(t, func(t *rapid.T) {
		lat, lng := rapid.Int64Range(-90e6, 90e6), rapid.Int64Range(-180e6, 180e6)
		a, b := lat.Draw(t, "lat1"), lng.Draw(t, "lng1")
		c, d := lat.Draw(t, "lat2"), lng.Draw(t, "lng2")
		there, back := Metres(a, b, c, d), Metres(c, d, a, b)
		if there != back || there < 0 || there > 20_015_200 || Metres(a, b, a, b) != 0 {
			t.Fatalf("there %d m, back %d m", there, back)
		}
	})
}

func FuzzPlace(f *testing.F) {
	f.Add("CN", "浙江省", "嘉兴市")
	f.Add("br", "são paulo", "")
	f.Add("HK", "\xff", "州")
	f.Fuzz(func(t *testing.T, country, province, city string) {
		lat, lng, ok := Place(country, province, city)
		if !ok && (lat != 0 || lng != 0) {
			t.Fatalf("not found, yet at %d, %d", lat, lng)
		}
		if lat < -90e6 || lat > 90e6 || lng < -180e6 || lng > 180e6 {
			t.Fatalf("%d, %d is not on the earth", lat, lng)
		}
	})
}
