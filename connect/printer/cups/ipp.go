package cups

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
)

// Operations and tags of IPP that are used here (RFC 8011 §5.4.15, RFC 8010 §3.5).
const (
	printJob             = 0x0002
	getJobAttributes     = 0x0009
	getJobs              = 0x000A
	getPrinterAttributes = 0x000B

	operationGroup = 0x01
	jobGroup       = 0x02
	endOfGroups    = 0x03
	lastDelimiter  = 0x0F

	tagInteger  = 0x21
	tagBoolean  = 0x22
	tagEnum     = 0x23
	tagName     = 0x42
	tagKeyword  = 0x44
	tagURI      = 0x45
	tagCharset  = 0x47
	tagLanguage = 0x48
	tagMIME     = 0x49
)

// maxAnswer bounds what is read of an answer.
const maxAnswer = 4 << 20

// request begins a message of an operation on a queue.
func request(operation uint16, queue string) *bytes.Buffer {
	b := &bytes.Buffer{}
	b.Write([]byte{2, 0, byte(operation >> 8), byte(operation), 0, 0, 0, 1, operationGroup})
	attribute(b, tagCharset, "attributes-charset", "utf-8")
	attribute(b, tagLanguage, "attributes-natural-language", "en")
	attribute(b, tagURI, "printer-uri", queue)
	attribute(b, tagName, "requesting-user-name", "packhorse")
	return b
}

// attribute writes one value; an empty name adds a value to the attribute before.
func attribute(b *bytes.Buffer, tag byte, name, value string) {
	b.WriteByte(tag)
	text(b, name)
	text(b, value)
}

func integer(b *bytes.Buffer, name string, n int) {
	attribute(b, tagInteger, name, string(binary.BigEndian.AppendUint32(nil, uint32(n))))
}

func text(b *bytes.Buffer, s string) {
	_ = binary.Write(b, binary.BigEndian, uint16(len(s))) // a buffer takes everything
	b.WriteString(s)
}

// answer is what came back: a status, and the attributes of each group behind the operation's own.
type answer struct {
	status uint16
	groups []group
}

type group struct {
	tag    byte
	values map[string][]value
}

type value struct {
	tag byte
	raw []byte
}

// number of an integer, an enum or a boolean; 0 for anything else.
func (v value) number() int {
	switch {
	case (v.tag == tagInteger || v.tag == tagEnum) && len(v.raw) == 4:
		return int(int32(binary.BigEndian.Uint32(v.raw)))
	case v.tag == tagBoolean && len(v.raw) == 1:
		return int(v.raw[0])
	}
	return 0
}

func (g group) number(name string) int {
	if list := g.values[name]; len(list) > 0 {
		return list[0].number()
	}
	return 0
}

func (g group) texts(name string) (out []string) {
	for _, v := range g.values[name] {
		out = append(out, string(v.raw))
	}
	return out
}

var errShort = errors.New("ipp: the answer ends in the middle")

// read takes an answer apart.
func read(raw []byte) (a answer, err error) {
	if len(raw) < 8 {
		return a, errShort
	}
	a.status = binary.BigEndian.Uint16(raw[2:])
	raw = raw[8:]
	last := ""
	for {
		if len(raw) == 0 {
			return a, errShort
		}
		tag := raw[0]
		raw = raw[1:]
		switch {
		case tag == endOfGroups:
			return a, nil
		case tag <= lastDelimiter:
			a.groups = append(a.groups, group{tag, map[string][]value{}})
			last = ""
			continue
		case len(a.groups) == 0:
			return a, errors.New("ipp: a value outside of a group")
		}
		var name, content []byte
		if name, raw, err = chunk(raw); err != nil {
			return a, err
		}
		if content, raw, err = chunk(raw); err != nil {
			return a, err
		}
		if len(name) > 0 {
			last = string(name)
		}
		values := a.groups[len(a.groups)-1].values
		values[last] = append(values[last], value{tag, content})
	}
}

func chunk(raw []byte) (part, rest []byte, err error) {
	if len(raw) < 2 {
		return nil, nil, errShort
	}
	n := int(binary.BigEndian.Uint16(raw))
	if raw = raw[2:]; len(raw) < n {
		return nil, nil, errShort
	}
	return raw[:n], raw[n:], nil
}

// refusal is why an operation was not carried out; nil when it was.
func (a answer) refusal() error {
	if a.status < 0x0100 {
		return nil
	}
	said := ""
	for _, g := range a.groups {
		for _, t := range g.texts("status-message") {
			said = ": " + t
		}
	}
	return fmt.Errorf("ipp status 0x%04x%s", a.status, said)
}
