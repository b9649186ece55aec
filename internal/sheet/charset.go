package sheet

import (
	"bytes"
	"errors"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/transform"

	"github.com/packhorse/packhorse/internal/fault"
)

var utf8Mark = []byte("\xef\xbb\xbf")

// decoded returns the text of the file as UTF-8 without its byte order mark. Broken
// UTF-8 comes through as it is: the row that holds it is refused, not the file.
func decoded(name string, r io.ReaderAt, size int64) (io.Reader, error) {
	head := make([]byte, 4)
	n, err := r.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	head = head[:n]
	switch {
	case bytes.HasPrefix(head, utf8Mark):
		return io.NewSectionReader(r, int64(len(utf8Mark)), size-int64(len(utf8Mark))), nil
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")), n > 1 && (head[0] == 0) != (head[1] == 0):
		return nil, fault.New(fault.Invalid, "sheet.utf16", "%s is UTF-16 (\"Unicode text\"); save it as CSV UTF-8", name).With("file", name)
	case bytes.HasPrefix(head, []byte("\x84\x31\x95\x33")): // the byte order mark in GB18030
		return chinese(io.NewSectionReader(r, 4, size-4)), nil
	}
	good, bad, err := countUTF8(io.NewSectionReader(r, 0, size))
	if err != nil {
		return nil, err
	}
	if bad > good {
		ok, err := validChinese(io.NewSectionReader(r, 0, size))
		if err != nil {
			return nil, err
		}
		if ok {
			return chinese(io.NewSectionReader(r, 0, size)), nil
		}
	}
	return io.NewSectionReader(r, 0, size), nil
}

func chinese(r io.Reader) io.Reader {
	return transform.NewReader(r, simplifiedchinese.GB18030.NewDecoder())
}

// countUTF8 counts well-formed characters beyond ASCII and broken bytes.
func countUTF8(r io.Reader) (good, bad int, err error) {
	err = chunks(r, func(b []byte, last bool) int {
		i := 0
		for i < len(b) {
			if b[i] < utf8.RuneSelf {
				i++
				continue
			}
			if !last && !utf8.FullRune(b[i:]) {
				break
			}
			c, width := utf8.DecodeRune(b[i:])
			if c == utf8.RuneError && width == 1 {
				bad++
			} else {
				good++
			}
			i += width
		}
		return i
	})
	return good, bad, err
}

// validChinese reports whether the whole text is GB18030: the decoder writes U+FFFD for what is not.
func validChinese(r io.Reader) (bool, error) {
	ok := true
	replacement := []byte("\uFFFD")
	err := chunks(chinese(r), func(b []byte, last bool) int {
		if bytes.Contains(b, replacement) {
			ok = false
		}
		if last {
			return len(b)
		}
		return max(0, len(b)-len(replacement)+1)
	})
	return ok, err
}

// chunks hands the text over in pieces; use returns how much it took, the rest comes again.
func chunks(r io.Reader, use func(b []byte, last bool) int) error {
	buffer, kept := make([]byte, 64<<10), 0
	for {
		n, err := r.Read(buffer[kept:])
		last := errors.Is(err, io.EOF)
		if err != nil && !last {
			return err
		}
		taken := use(buffer[:kept+n], last)
		kept = copy(buffer, buffer[taken:kept+n])
		if last {
			return nil
		}
	}
}
