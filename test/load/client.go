package load

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
)

// client is one kept-alive connection to the API. It writes requests by hand: a load generator that
// shares two cores with the server must cost little itself.
type client struct {
	conn net.Conn
	in   *bufio.Reader
	out  bytes.Buffer
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
	res, err := http.ReadResponse(c.in, nil)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	if res.StatusCode > 299 {
		return fmt.Errorf("%s %s: %s %s", method, path, res.Status, raw)
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(raw, out)
}
