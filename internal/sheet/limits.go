package sheet

// Limits bound what one file may cost. They are chosen so that honest files pass
// (a year of a busy shop) and a hostile one ends in a fault, not in swap.
type Limits struct {
	Bytes    int64 // of the file as it was sent
	Unzipped int64 // bytes of an XLSX with all its parts unpacked
	Part     int64 // bytes unpacked of any XLSX part that is not a worksheet, a string table or a picture
	Ratio    int64 // unpacked : packed of an XLSX beyond its first megabytes
	Rows     int   // data rows with content
	Columns  int   // header cells
	Cell     int   // characters in one cell; Excel itself ends at 32,767
	RowBytes int64 // bytes of one CSV row: a quotation mark that is never closed ends here
}

// DefaultLimits are the limits of every import that states no others.
func DefaultLimits() Limits {
	return Limits{
		Bytes:    1 << 30,
		Unzipped: 1 << 29,
		Part:     16 << 20,
		Ratio:    200,
		Rows:     2_000_000,
		Columns:  512,
		Cell:     maxCell,
		RowBytes: 4 << 20,
	}
}

const maxCell = 32_767
