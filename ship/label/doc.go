// Package label draws the label that is stuck on a parcel: as PDF for office printers and as ZPL for thermal ones.
//
// It owns what stands where on 100 × 150 mm and how long texts are made to fit. It does not own waybills (ship), whose
// printer a label goes to and whether it came out (printing), or the labels that a carrier draws itself.
//
// Words. The sort code (大头笔, 三段码) is what the carrier's sorters read from two metres away. The bar code is the
// waybill, the square code is the id of the parcel in this house.
//
// It is pure: values in, bytes out. Both formats are drawn from one layout, and in ZPL every text is a picture, so that a
// printer's own fonts decide nothing and no text can be read as a command.
package label
