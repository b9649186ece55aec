package notify

import (
	"embed"
	"fmt"
	"html"
	"html/template"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/internal/words"
)

// Template is the text of a notice in a language. {name} and its like stand for what is known of the order.
type Template struct {
	Notice   Notice `json:"notice"`
	Channel  string `json:"channel"`
	Language string `json:"language"`
	Version  int64  `json:"version"` // 0 = built in
	Subject  string `json:"subject"` // of a mail; an SMS is the subject alone
	Body     string `json:"body"`    // plain text
	HTML     string `json:"html"`    // of a mail; empty = made from the body
}

// Fields are what may stand in braces. What is not known of an order is left empty. {link} is the page the notice leads to.
var Fields = []string{"name", "order_no", "shop", "goods", "carrier", "waybill", "date", "amount", "link"}

//go:embed templates/*/*.txt
var builtIn embed.FS

// builtin is the text that holds where the shop has none: a subject, an empty line, the body.
func builtin(n Notice, channel, language string) (Template, error) {
	raw, err := builtIn.ReadFile("templates/" + language + "/" + string(n) + ".txt")
	if err != nil {
		return Template{}, fmt.Errorf("notify: built-in text of %s: %w", n, err)
	}
	subject, body, _ := strings.Cut(string(raw), "\n\n")
	t := Template{Notice: n, Channel: channel, Language: language, Subject: subject}
	if channel == Email {
		t.Body = strings.TrimSpace(body)
	}
	return t, nil
}

const (
	mostSubject = 200
	mostBody    = 20_000
)

var braces = regexp.MustCompile(`\{(\w+)\}`)

// check refuses what could not be rendered. Faults: notify.template_for, notify.template_size, notify.template_field,
// notify.template_subject, notify.template_html.
func (t Template) check() error {
	if !slices.Contains(Notices, t.Notice) || !slices.Contains(Channels, t.Channel) || !slices.Contains(words.Languages, t.Language) {
		return fault.New(fault.NotFound, "notify.template_for", "there is no message %s by %s in %s", t.Notice, t.Channel, t.Language).
			With("notice", string(t.Notice)).With("channel", t.Channel).With("language", t.Language)
	}
	var found []*fault.Fault
	for _, f := range []struct {
		name, text string
		most       int
	}{{"subject", t.Subject, mostSubject}, {"body", t.Body, mostBody}, {"html", t.HTML, mostBody}} {
		if len(f.text) > f.most {
			found = append(found, fault.Invalidf(f.name, "notify.template_size", "%s has more than %d bytes", f.name, f.most).With("field", f.name).With("max", f.most))
		}
		for _, m := range braces.FindAllStringSubmatch(f.text, -1) {
			if !slices.Contains(Fields, m[1]) {
				found = append(found, fault.Invalidf(f.name, "notify.template_field", "{%s} is not known; there are %s", m[1], strings.Join(Fields, ", ")).
					With("name", m[1]).With("known", Fields))
			}
		}
	}
	if !oneLine(t.Subject) || strings.TrimSpace(t.Subject) == "" {
		found = append(found, fault.Invalidf("subject", "notify.template_subject", "a subject is one line that says something"))
	}
	if _, err := compiled(t.HTML); err != nil {
		found = append(found, badHTML(err))
	} else if _, err := t.Render(map[string]string{}); err != nil {
		found = append(found, badHTML(err))
	}
	if f := fault.Join(found...); f != nil {
		return f
	}
	return nil
}

func badHTML(cause error) *fault.Fault {
	return fault.Invalidf("html", "notify.template_html", "this HTML cannot be used: %v", cause).With("cause", cause.Error())
}

// compiled reads a shop's HTML. Values are escaped for the place they stand in, be it text, an attribute or an address.
// Scripts are refused: no mail reader runs them, and a preview must not.
func compiled(text string) (*template.Template, error) {
	if strings.Contains(text, "{{") || strings.Contains(text, "}}") {
		return nil, fmt.Errorf("double braces have no meaning here; write {name}")
	}
	if strings.Contains(strings.ToLower(text), "<script") {
		return nil, fmt.Errorf("no scripts in mails")
	}
	return template.New("mail").Parse(braces.ReplaceAllString(text, `{{index . "$1"}}`))
}

// Rendered is a template with an order's values in it.
type Rendered struct {
	Subject string `json:"subject"`
	Text    string `json:"text"`
	HTML    string `json:"html"`
}

// Render fills in values. The subject stays one line, and in HTML every value is text, whatever it holds. A text without HTML of its own
// is dressed as a mail later.
func (t Template) Render(values map[string]string) (Rendered, error) {
	out := Rendered{Subject: line(fill(t.Subject, values)), Text: fill(t.Body, values)}
	if t.HTML == "" {
		return out, nil
	}
	page, err := compiled(t.HTML)
	if err != nil {
		return out, err
	}
	var b strings.Builder
	err = page.Execute(&b, values)
	out.HTML = b.String()
	return out, err
}

func fill(text string, values map[string]string) string {
	return braces.ReplaceAllStringFunc(text, func(m string) string { return values[m[1:len(m)-1]] })
}

// line makes one line of a text: what breaks lines or steers terminals becomes a space.
func line(text string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if breaks(r) {
			return ' '
		}
		return r
	}, text))
}

func oneLine(text string) bool { return !strings.ContainsFunc(text, breaks) }

func breaks(r rune) bool { return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' }

// end adds how to hear no more of this, where there is a way.
func (r Rendered) end(language, address string) Rendered {
	if address == "" {
		return r
	}
	say := words.Render(language, "notify.unsubscribe", nil)
	r.Text += "\n\n" + say + " " + address
	footer := `<p style="font-size:small"><a href="` + html.EscapeString(address) + `">` + html.EscapeString(say) + "</a></p>\n"
	if i := strings.LastIndex(strings.ToLower(r.HTML), "</body>"); i >= 0 {
		r.HTML = r.HTML[:i] + footer + r.HTML[i:]
	} else {
		r.HTML += footer
	}
	return r
}
