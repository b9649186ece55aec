// Package sheet reads and writes the tables people send: CSV and XLSX.
//
// It owns what every import shares: finding out what a file really is (by its
// content, never by its name alone), its encoding and separator, the limits that keep
// a hostile file from filling memory or disk, header names, row numbers, typed cells
// with faults that name their field, and the answer of an import. It does not own
// what the columns mean: that belongs to the capability that reads them.
//
// Encodings. UTF-8 with or without a byte order mark, and GB18030 (with GBK and
// GB2312 inside it), which is what Excel writes on a Chinese Windows. A file is taken
// for GB18030 only when it is not valid UTF-8, decodes as GB18030 to its last byte, and
// holds more broken UTF-8 than well-formed UTF-8 characters: otherwise one broken byte would
// turn a whole UTF-8 file into nonsense that happens to decode. In a UTF-8 file
// with broken bytes only the rows that hold them are refused. UTF-16 is refused.
//
// Numbers in XLSX are read as they are stored, not as they are shown: a cell shown as
// 13 may hold 12.5, and money is never rounded by a cell format.
//
// Formulas. A cell that begins with = + - or @ is written to CSV as it is. A quote
// before it would protect a spreadsheet but change the data, and an export must read
// back unchanged. XLSX has no such doubt: every cell is written as text.
package sheet
