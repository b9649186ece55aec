package sheet

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	"github.com/packhorse/packhorse/internal/fault"
)

const (
	mostParts   = 4_096
	ratioBeyond = 8 << 20 // small files may be packed as tightly as they like
)

// inspect reads an XLSX once before the library sees it. It refuses bombs by the sizes the
// directory declares (archive/zip holds every part to its declared size), then unpacks every worksheet
// to its end, because the library takes a torn or malformed one for a short one and
// would import half a file in silence. It returns the number of the last row, for the progress bar.
func inspect(name string, r io.ReaderAt, size int64, limits Limits) (int, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return 0, damaged(name, err)
	}
	if err := declared(name, z, size, limits); err != nil {
		return 0, err
	}
	last := 0
	for _, part := range z.File {
		n, err := readPart(part)
		if err != nil {
			return 0, damaged(name, err)
		}
		last = max(last, n)
	}
	return last, nil
}

func declared(name string, z *zip.Reader, size int64, limits Limits) error {
	if len(z.File) > mostParts {
		return bomb(name)
	}
	var total uint64
	for _, part := range z.File {
		n := part.UncompressedSize64
		if n > uint64(limits.Unzipped) || !large(part.Name) && n > uint64(limits.Part) {
			return bomb(name)
		}
		if total += n; total > uint64(limits.Unzipped) {
			return bomb(name)
		}
	}
	if total > ratioBeyond && total > uint64(size)*uint64(limits.Ratio) {
		return bomb(name)
	}
	return nil
}

func bomb(name string) *fault.Fault {
	return fault.New(fault.TooLarge, "sheet.bomb", "%s unpacks to far more than its size; divide it, or send CSV", name).With("file", name)
}

// large tells the parts that honestly grow with the data.
func large(part string) bool {
	part = strings.ToLower(part)
	return worksheet(part) || strings.HasSuffix(part, "sharedstrings.xml") || strings.HasPrefix(part, "xl/media/")
}

func worksheet(part string) bool {
	part = strings.ToLower(strings.ReplaceAll(part, `\`, "/"))
	return path.Dir(part) == "xl/worksheets" && strings.HasSuffix(part, ".xml")
}

// readPart unpacks one part to its end, which proves its checksum; of a worksheet it proves the XML too.
func readPart(part *zip.File) (last int, err error) {
	in, err := part.Open()
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	if worksheet(part.Name) {
		if last, err = lastRow(in); err != nil {
			return 0, err
		}
	}
	_, err = io.Copy(io.Discard, in)
	return last, err
}

func lastRow(in io.Reader) (int, error) {
	d, last := xml.NewDecoder(in), 0
	for {
		token, err := d.Token() // not RawToken: only Token misses the end of an element that is open
		if errors.Is(err, io.EOF) {
			return last, nil
		}
		if err != nil {
			return 0, err
		}
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local != "row" {
			continue
		}
		last++
		for _, a := range start.Attr {
			if n, err := strconv.Atoi(a.Value); a.Name.Local == "r" && err == nil {
				last = max(last, n)
			}
		}
	}
}
