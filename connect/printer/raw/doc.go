// Package raw prints by sending bytes to TCP port 9100, as nearly every label printer takes them. It fills
// printing.Printer.
//
// The port acknowledges nothing. A printer that understands ZPL says how it is when asked (~HS: paper, head, formats in
// its buffer), and newer ones how many labels they have printed in their life (the odometer). The count before and after
// tells for certain whether one label came out, also when the line broke in between.
//
// Built from the maker's programming guide and tested against a made-up printer only.
package raw
