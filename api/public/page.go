package public

import (
	"html/template"
	"net/http"
	"net/url"
	"time"

	"github.com/packhorse/packhorse/internal/words"
)

// page is what every page has.
type page struct {
	Lang    string
	lang    string // as the address asks for it; empty = the browser chose
	Title   string
	Shop    string
	Company string
	Here    *url.URL
	CSS     template.CSS
	Wide    bool
}

// languageOf is what the address asks for, or else the browser.
func languageOf(r *http.Request) string {
	if asked := r.URL.Query().Get("lang"); asked != "" {
		return words.Language(asked)
	}
	return words.Language(r.Header.Get("Accept-Language"))
}

// Say renders words; pairs are names and values.
func (p page) Say(code string, pairs ...any) string {
	params := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		params[pairs[i].(string)] = pairs[i+1]
	}
	return words.Render(p.Lang, code, params)
}

// Name is what people call a value: Name "track.status" "delivered".
func (p page) Name(area string, value any) string {
	return words.Render(p.Lang, area+"."+words.Plain(value), nil)
}

// Other is this page in the other language.
func (p page) Other() string {
	u := url.URL{Path: p.Here.Path}
	q := p.Here.Query()
	q.Set("lang", p.OtherLang())
	u.RawQuery = q.Encode()
	return u.String()
}

// OtherLang is the language that the page is not in.
func (p page) OtherLang() string {
	if p.Lang == "en" {
		return "zh-CN"
	}
	return "en"
}

// At is an address of ours with the language that was chosen.
func (p page) At(path string, pairs ...string) string {
	u, q := url.URL{Path: path}, url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Set(pairs[i], pairs[i+1])
	}
	if p.lang != "" {
		q.Set("lang", p.Lang)
	}
	u.RawQuery = q.Encode()
	return u.String()
}

// FindPath is where somebody without a link begins.
func (p page) FindPath() string { return p.At("/track/" + p.Company) }

var weekdays = [...]string{"周日", "周一", "周二", "周三", "周四", "周五", "周六"}

// day writes a date as people say it; the year only where it is another one than now's.
func (p page) day(t, now time.Time) string {
	year := t.Year() != now.In(t.Location()).Year()
	switch {
	case p.Lang == "zh-CN" && year:
		return t.Format("2006年1月2日")
	case p.Lang == "zh-CN":
		return t.Format("1月2日") + "（" + weekdays[t.Weekday()] + "）"
	case year:
		return t.Format("2 Jan 2006")
	}
	return t.Format("Mon 2 Jan")
}

// moment writes date and time of the day.
func (p page) moment(t time.Time) string {
	if p.Lang == "zh-CN" {
		return t.Format("1月2日 15:04")
	}
	return t.Format("2 Jan 15:04")
}
