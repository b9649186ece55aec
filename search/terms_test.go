package search

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/packhorse/packhorse/internal/fault"
)

// fits tells whether a line of terms has what is asked for, by the meaning of terms and tails alone.
func fits(line string, parts []wanted) bool {
	terms := strings.Fields(line)
	return !slices.ContainsFunc(parts, func(p wanted) bool {
		return !slices.ContainsFunc(terms, func(t string) bool {
			return slices.Contains(p.terms, t) || slices.ContainsFunc(p.tails, func(tail string) bool { return strings.HasPrefix(t, tail) })
		})
	})
}

var one = Facts{Codes: []string{"SO-2026-000123", "SF1368003465719", "TEA-Earl-500g"}, Personal: []string{"欧阳小明", "José O'Neill"}, Phones: []string{"+86 138-1234-5678"}}

func TestAnOrderIsFoundByWhatPeopleHaveAtHand(t *testing.T) {
	line := Terms(one)
	for _, q := range []string{"SO-2026-000123", "so2026000123", "000123", "0123", "2026-000123", "sf1368003465719", "465719", "TEA-EARL", "tea earl", "500g",
		"欧阳小明", "小明", "阳小", "小明 5678", "jose", "JOSÉ", "neill", "13812345678", "138 1234 5678", "345678", "8613812345678", "ＳＦ１３６８００３４６５７１９"} {
		asked, err := ask(q, true)
		if err != nil || !fits(line, asked.parts) {
			t.Errorf("%q does not find it: %v %v in %s", q, asked, err, line)
		}
	}
	for _, q := range []string{"小红", "明小", "678", "1234", "SO-2026-000124", "tea oolong", "josef", "小明 9999"} {
		if asked, err := ask(q, true); err == nil && fits(line, asked.parts) {
			t.Errorf("%q finds it", q)
		}
	}
}

func TestANumberAsItStandsIsThatNumber(t *testing.T) {
	line := Terms(one)
	for _, q := range []string{"SO-2026-000123", "TEA-Earl-500g 小明"} {
		if asked, err := ask(q, true); err != nil || asked.whole == nil || !fits(line, asked.whole) {
			t.Errorf("%q: %v %v", q, asked, err)
		}
	}
	for _, q := range []string{"26-000123a", "tea-earl"} {
		if asked, err := ask(q, true); err != nil || asked.whole == nil || fits(line, asked.whole) {
			t.Errorf("%q is taken for the whole: %v %v", q, asked, err)
		}
	}
	if asked, err := ask("小明 000123", true); err != nil || asked.whole != nil {
		t.Errorf("%v %v", asked, err)
	}
}

func TestWhoMayNotSeePersonalDataDoesNotFindByThem(t *testing.T) {
	line := Terms(one)
	for _, q := range []string{"小明", "jose", "13812345678", "5678"} {
		if asked, err := ask(q, false); err != nil || fits(line, asked.parts) {
			t.Errorf("%q finds it (%v)", q, err)
		}
	}
	for _, q := range []string{"000123", "465719", "tea"} {
		if asked, err := ask(q, false); err != nil || !fits(line, asked.parts) {
			t.Errorf("%q does not find it (%v)", q, err)
		}
	}
}

func TestAQuestionOfOneCharacterIsRefused(t *testing.T) {
	for q, code := range map[string]string{"": "search.short", "明": "search.short", " - ": "search.short", "a": "search.short", "7": "search.short",
		strings.Repeat("a", 201): "search.long"} {
		if _, err := ask(q, true); fault.Code(err) != code {
			t.Errorf("%q: %v, want %s", q, err, code)
		}
	}
}

// Any two neighbouring characters of a Chinese name, and any tail of a number of at least four digits, find the order.
func TestEveryPartOfANameAndEveryTailOfANumberFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := []rune(rapid.StringOfN(rapid.RuneFrom([]rune("王李张刘陈杨赵黄周吴徐孙马朱胡郭何林高罗𠮷㐀")), 2, 8, -1).Draw(t, "name"))
		number := rapid.StringMatching(`[A-Z]{0,3}[0-9]{4,20}`).Draw(t, "number")
		line := Terms(Facts{Codes: []string{number}, Personal: []string{string(name)}})
		from := rapid.IntRange(0, len(name)-2).Draw(t, "from")
		digits := strings.TrimLeft(number, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
		tail := digits[rapid.IntRange(0, len(digits)-4).Draw(t, "tail"):]
		for _, q := range []string{string(name[from : from+2]), number, strings.ToLower(number), tail, string(name) + " " + tail} {
			if asked, err := ask(q, true); err != nil || !fits(line, asked.parts) {
				t.Fatalf("%q does not find %s %s: %v in %s", q, string(name), number, asked, line)
			}
		}
	})
}

func FuzzTermsAreLettersAndDigits(f *testing.F) {
	for _, s := range []string{"SO-1", "小明", `" OR *`, "é́", "𠮷野家", "\x00\xff", "12345'"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		line := Terms(Facts{Codes: []string{s}, Personal: []string{s}, Phones: []string{s}})
		for _, r := range line {
			if r >= utf8.RuneSelf || !(r == ' ' || r >= 'a' && r <= 'z' || r >= '0' && r <= '9') {
				t.Fatalf("%q makes %q", s, line)
			}
		}
		if strings.Contains(line, "  ") || strings.TrimSpace(line) != line {
			t.Fatalf("%q makes %q", s, line)
		}
		asked, err := ask(s, true)
		if _, ours := fault.As(err); err != nil && !ours {
			t.Fatal(err)
		}
		for _, p := range append(asked.parts, asked.whole...) {
			for _, term := range append(p.terms, p.tails...) {
				if strings.Trim(term, "abcdefghijklmnopqrstuvwxyz0123456789") != "" {
					t.Fatalf("%q asks for %q", s, term)
				}
			}
		}
	})
}
