package public

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"regexp"
	"strings"
)

//go:embed html
var files embed.FS

// look is how the pages look: the templates, and one style sheet inside every page, which its policy knows by what it says.
type look struct {
	pages  map[string]*template.Template
	css    template.CSS
	policy string
}

// names of the pages; each is html/<name>.html.
var names = []string{"failure", "find", "track", "return", "case", "confirm", "farewell"}

// newLook panics where a template is wrong: the templates are ours.
func newLook(tokens string) look {
	l := look{pages: map[string]*template.Template{}}
	l.css, l.policy = Style(tokens)
	layout := template.Must(template.New("layout").Parse(read("html/layout.html")))
	for _, name := range names {
		page := template.Must(layout.Clone())
		l.pages[name] = template.Must(page.Parse(read("html/" + name + ".html")))
	}
	return l
}

// Style is the style sheet of pages without scripts, in the colours of tokens, and the policy of a page that has it inside.
func Style(tokens string) (css template.CSS, policy string) {
	text := variables(tokens) + read("html/style.css")
	sum := sha256.Sum256([]byte(text))
	return template.CSS(text), "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
}

func read(name string) string {
	raw, err := files.ReadFile(name)
	if err != nil {
		panic(err)
	}
	return string(raw)
}

var (
	rootBlock = regexp.MustCompile(`(?s):root \{(.*?)\}`)
	blanks    = regexp.MustCompile(`\s+`)
)

// variables takes of the tokens what holds everywhere.
func variables(tokens string) string {
	m := rootBlock.FindStringSubmatch(tokens)
	if m == nil {
		return ""
	}
	return ":root{" + strings.TrimSpace(blanks.ReplaceAllString(m[1], " ")) + "}\n"
}
