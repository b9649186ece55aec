package notify

import (
	"embed"
	"html/template"
	"regexp"
	"strings"

	"github.com/packhorse/packhorse/internal/link"
	"github.com/packhorse/packhorse/internal/words"
)

//go:embed templates/mail.html
var mailFiles embed.FS

// mail is how a mail looks where the shop has no HTML of its own: the words of the text part, in the colours of the pages its link
// leads to. Readers of mail know no variables, so the values stand where they are used.
type mail struct {
	Lang, Subject, Shop string
	Paragraphs          [][]string // of lines
	Link, Label         string
	Stop, StopLabel     string
}

var (
	rootTokens = regexp.MustCompile(`(?s):root \{(.*?)\}`)
	oneToken   = regexp.MustCompile(`(?s)--([\w-]+):\s*([^;]+);`)
)

// mailPage reads the template with the colours of tokens, which is CSS; it panics where our own template is wrong.
func mailPage(tokens string) *template.Template {
	values := map[string]template.CSS{}
	if root := rootTokens.FindStringSubmatch(tokens); root != nil {
		for _, m := range oneToken.FindAllStringSubmatch(root[1], -1) {
			values[m[1]] = template.CSS(strings.ReplaceAll(m[2], `"`, "'"))
		}
	}
	page := template.New("mail.html").Funcs(template.FuncMap{"css": func(name string) template.CSS { return values[name] }})
	return template.Must(page.ParseFS(mailFiles, "templates/mail.html"))
}

// linkOf is where a notice leads its reader, and what the button says.
func (s *Service) linkOf(m *Message) (address, label string) {
	sort := link.Track
	switch m.Notice {
	case NeedsAddress:
		sort = link.Confirm
	case ReturnApproved, ReturnReceived:
		sort = link.Return
	}
	links := link.Maker{Company: s.set.Company, Base: s.set.Public, Key: s.set.Key}
	return links.URL(sort, m.OrderID), words.Render(m.Language, "public.mail_"+string(sort), nil)
}

// dress makes a mail of what a template says: with its link, and the way to hear no more of it, each where there is one. A text that
// has the link in it already gets no second.
func (s *Service) dress(t Template, r Rendered, values map[string]string, label, stop string) (Rendered, error) {
	address := values["link"]
	page := mail{Lang: t.Language, Subject: r.Subject, Shop: values["shop"], Link: address, Label: label, Stop: stop, StopLabel: words.Render(t.Language, "notify.unsubscribe", nil)}
	if strings.Contains(t.Body, "{link}") {
		page.Link = ""
	}
	for _, p := range strings.Split(r.Text, "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			page.Paragraphs = append(page.Paragraphs, strings.Split(p, "\n"))
		}
	}
	if page.Link != "" {
		r.Text += "\n\n" + label + "\n" + page.Link
	}
	if t.HTML != "" {
		return r.end(t.Language, stop), nil
	}
	if stop != "" {
		r.Text += "\n\n" + page.StopLabel + " " + stop
	}
	var b strings.Builder
	err := s.page.Execute(&b, page)
	r.HTML = b.String()
	return r, err
}
