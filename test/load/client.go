package load

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http/httputil"
	"net/url"
	"strconv"
)

// client is one kept-alive connection to the API. It writes requests by hand: a load generator that
// shares two cores with the server must cost little itself.
type client struct {
	conn net.Conn
	in   *bufio.Reader
	out  bytes.Buffer
	raw  []byte
	host string
	key  string
}

func dial(base, key string) (*client, error) {
	u, err := url.Parse(base)
	if err != nil {
		return nil, err
	}
	conn, err := net.Dial("tcp", u.Host)
	if err != nil {
		return nil, err
	}
	return &client{conn: conn, in: bufio.NewReaderSize(conn, 1<<16), host: u.Host, key: key}, nil
}

func (c *client) close() { c.conn.Close() }

// call sends one request and decodes a good answer into out. Any status above 299 is an error with the
// body as its text.
func (c *client) call(method, path string, body []byte, out any) error {
	b := &c.out
	b.Reset()
	b.WriteString(method + " " + path + " HTTP/1.1\r\nHost: " + c.host + "\r\nAuthorization: Bearer " + c.key + "\r\n")
	if body != nil {
		b.WriteString("Content-Type: application/json\r\nContent-Length: " + strconv.Itoa(len(body)) + "\r\n")
	}
	b.WriteString("\r\n")
	b.Write(body)
	if _, err := c.conn.Write(b.Bytes()); err != nil {
		return err
	}
	status, raw, err := c.answer()
	if err != nil {
		return err
	}
	if status > 299 {
		return fmt.Errorf("%s %s: %d %s", method, path, status, raw)
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(raw, out)
}

// answer reads one response: its status and its body, which is good until the next call.
func (c *client) answer() (status int, body []byte, err error) {
	line, err := c.in.ReadSlice('\n')
	if err != nil {
		return 0, nil, err
	}
	if len(line) < 12 {
		return 0, nil, fmt.Errorf("no answer of HTTP: %q", line)
	}
	if status, err = strconv.Atoi(string(line[9:12])); err != nil {
		return 0, nil, err
	}
	length := 0
	for {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return 0, nil, err
		}
		name, value, named := bytes.Cut(bytes.TrimRight(line, "\r\n"), []byte(":"))
		switch {
		case !named:
			body, err := c.body(length)
			return status, body, err
		case bytes.EqualFold(name, []byte("Content-Length")):
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return 0, nil, err
			}
		case bytes.EqualFold(name, []byte("Transfer-Encoding")):
			length = chunked
		}
	}
}

// chunked is a length that is told piece by piece.
const chunked = -1

func (c *client) body(length int) ([]byte, error) {
	if length == chunked {
		body, err := io.ReadAll(httputil.NewChunkedReader(c.in))
		if err == nil {
			_, err = c.in.ReadSlice('\n') // the empty line after the last piece
		}
		return body, err
	}
	if cap(c.raw) < length {
		c.raw = make([]byte, length)
	}
	_, err := io.ReadFull(c.in, c.raw[:length])
	return c.raw[:length], err
}
