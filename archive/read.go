package archive

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// ErrBroken says that a file is not a whole archive, or not of this company.
var ErrBroken = errors.New("this is not a whole archive of this company")

// Prove reads a file to its end and returns what is in it. company may be empty: any. Error: ErrBroken.
func Prove(from io.Reader, company string) (Counts, error) {
	var n Counts
	err := Read(from, company, func(l Line) error { n.add(l); return nil })
	return n, err
}

const longestLine = 32 << 20

// Read gives every line of a file in its order, the first and the last with them. What it gives is proven only when it has
// come to the end: prove the file before anything is done with it. company may be empty: any. Error: ErrBroken.
func Read(from io.Reader, company string, each func(Line) error) error {
	scan := bufio.NewScanner(from)
	scan.Buffer(make([]byte, 1<<16), longestLine)
	var n Counts
	sum := sha256.New()
	for at := 1; scan.Scan(); at++ {
		var l Line
		if err := json.Unmarshal(scan.Bytes(), &l); err != nil {
			return fmt.Errorf("%w: line %d: %w", ErrBroken, at, err)
		}
		head := l.Head != nil && l.Head.Form == Form && (company == "" || l.Head.Company == company)
		switch {
		case head != (at == 1), l == Line{}:
			return fmt.Errorf("%w: line %d", ErrBroken, at)
		case l.End != nil && (l.End.Counts != n || l.End.SHA256 != hex.EncodeToString(sum.Sum(nil))):
			return fmt.Errorf("%w: it has %+v, and the last line says %+v or another sum", ErrBroken, n, l.End.Counts)
		case l.End != nil && scan.Scan():
			return fmt.Errorf("%w: it goes on behind its end", ErrBroken)
		}
		n.add(l)
		_, _ = sum.Write(scan.Bytes()) // a hash takes everything
		_, _ = sum.Write([]byte{'\n'})
		if err := each(l); err != nil || l.End != nil {
			return err
		}
	}
	return fmt.Errorf("%w: it ends early (%v)", ErrBroken, scan.Err())
}
