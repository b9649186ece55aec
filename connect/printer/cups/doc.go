// Package cups prints by a queue of a CUPS print server, over IPP (RFC 8010, 8011). It fills printing.Printer.
//
// The server keeps what it was given and gives it a number, by which it is asked for. When the answer with the number is
// lost, the name of the print job finds it among those that wait; among those that are done a server may hide names, and then
// a person is asked. "Printed" is what the server says; what happens behind it, it does not see either.
//
// It knows the four operations that are needed and no more: Print-Job, Get-Jobs, Get-Job-Attributes, Get-Printer-Attributes.
package cups
