package batching

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/packhorse/packhorse/internal/fault"
	"github.com/packhorse/packhorse/pick/route"
)

// File is a problem as the benchmark files of the literature write it, with what is needed to speak of it in the
// file's own words.
type File struct {
	Name    string
	Problem Problem
	Unit    int               // lengths of the problem in one length of the file
	cells   map[[2]int][2]int // aisle and y of a stop → aisle and cell of the file
}

// Place is a stop as the file names it: its aisle and cell, both from 0.
func (f File) Place(s route.Stop) [2]int { return f.cells[[2]int{s.Aisle, s.Y}] }

// Length is a length of the problem as one of the file.
func (f File) Length(n int) float64 { return float64(n) / float64(f.Unit) }

// Read reads an order batching problem in the text format of the benchmark sets: KEY : value lines, then
// ARTICLE_SECTION, SKU_SECTION and ORDER_SECTION. One block; cell 0 is at the top of an aisle, whichever side the
// depot is on. An article that lies in several cells is picked from the one nearest to the depot. Faults:
// batching.file with what is wrong; the line is in the message.
func Read(r io.Reader) (File, error) {
	p := parser{head: map[string]string{}, weight: map[string]string{}, lies: map[string][][2]int{}}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		p.line++
		if err := p.take(strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff"))); err != nil {
			return File{}, err
		}
		if p.section == "EOF" {
			break
		}
	}
	if err := lines.Err(); err != nil {
		return File{}, p.wrong("", "%v", err)
	}
	return p.file()
}

type parser struct {
	line    int
	section string
	head    map[string]string
	weight  map[string]string   // by article
	lies    map[string][][2]int // aisle and cell, by article
	orders  [][]wanted
}

// wanted is a line of an order.
type wanted struct {
	article, quantity string
	line              int
}

func (p *parser) wrong(field, message string, args ...any) *fault.Fault {
	text := fmt.Sprintf(message, args...)
	return fault.Invalidf(field, "batching.file", "line %d: %s", p.line, text).With("line", p.line).With("wrong", text)
}

func (p *parser) take(line string) error {
	key, value, says := strings.Cut(line, ":")
	key = strings.ToUpper(strings.TrimSpace(key))
	switch {
	case line == "" || strings.HasPrefix(key, "COMMENT"):
		return nil
	case key == "EOF" || strings.HasSuffix(key, "_SECTION"):
		p.section = key
		return nil
	case p.section == "":
		p.head[key] = strings.TrimSpace(value)
		return nil
	case p.section == "ORDER_SECTION" && key == "NUM_ARTICLES_IN_ORDER":
		p.orders = append(p.orders, nil)
		if len(p.orders) > MaxOrders {
			return p.wrong(key, "more than %d orders", MaxOrders)
		}
		return nil
	case says && key != "ID" && !strings.Contains(key, " "): // NUM_SKUS : 18, in whatever section
		p.head[key] = strings.TrimSpace(value)
		return nil
	}
	return p.row(strings.Fields(strings.ReplaceAll(line, ":", " ")))
}

// row is a line of pairs, name and value: ID 3 WEIGHT 1.
func (p *parser) row(words []string) error {
	pairs := map[string]string{}
	for i := 0; i+1 < len(words); i += 2 {
		pairs[strings.ToUpper(words[i])] = words[i+1]
	}
	article, ok := pairs["ID"]
	if !ok {
		return p.wrong("ID", "%q has no ID", strings.Join(words, " "))
	}
	switch p.section {
	case "ARTICLE_SECTION":
		p.weight[article] = pairs["WEIGHT"]
	case "SKU_SECTION":
		return p.place(article, pairs)
	case "ORDER_SECTION":
		if len(p.orders) == 0 {
			return p.wrong("NUM_ARTICLES_IN_ORDER", "an article before the first NUM_ARTICLES_IN_ORDER")
		}
		last := len(p.orders) - 1
		p.orders[last] = append(p.orders[last], wanted{article, pairs["QUANTITY"], p.line})
	}
	return nil
}

func (p *parser) place(article string, pairs map[string]string) error {
	var at [2]int
	for i, key := range [...]string{"AISLE", "CELL"} {
		n, err := strconv.Atoi(pairs[key])
		if err != nil || n < 0 {
			return p.wrong(key, "%s is %q, not a number from 0", key, pairs[key])
		}
		at[i] = n
	}
	for i, key := range [...]string{"NUM_AISLES", "NUM_CELLS"} {
		if n, err := p.count(key); err != nil {
			return err
		} else if at[i] >= n {
			return p.wrong(key, "%d is outside: there are %d (%s), counted from 0", at[i], n, key)
		}
	}
	p.lies[article] = append(p.lies[article], at)
	return nil
}
