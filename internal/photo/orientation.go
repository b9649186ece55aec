package photo

import (
	"bytes"
	"encoding/binary"
)

// orientation is how a JPEG says that its camera was held: the tag of that name in its Exif part; 1 where it says nothing that can be
// understood.
func orientation(raw []byte) int {
	rest := raw[min(2, len(raw)):]
	for len(rest) >= 4 && rest[0] == 0xff {
		kind, size := rest[1], int(binary.BigEndian.Uint16(rest[2:]))
		if kind == 0xda || size < 2 || size+2 > len(rest) {
			return 1
		}
		if body, ok := bytes.CutPrefix(rest[4:2+size], []byte("Exif\x00\x00")); ok && kind == 0xe1 {
			return tagged(body)
		}
		rest = rest[2+size:]
	}
	return 1
}

const orientationTag = 0x0112

// tagged reads the orientation from the first directory of a TIFF.
func tagged(tiff []byte) int {
	var order binary.ByteOrder = binary.BigEndian
	switch {
	case len(tiff) < 8:
		return 1
	case string(tiff[:4]) == "II*\x00":
		order = binary.LittleEndian
	case string(tiff[:4]) != "MM\x00*":
		return 1
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 1
	}
	entries := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(entries) < 12 {
			return 1
		}
		if order.Uint16(entries) == orientationTag {
			if turn := int(order.Uint16(entries[8:])); turn >= 1 && turn <= 8 {
				return turn
			}
			return 1
		}
		entries = entries[12:]
	}
	return 1
}
