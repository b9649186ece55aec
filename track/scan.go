package track

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/ship"
)

var (
	insScan  = db.Insert("track_scan", "shipment_id bigint, at bigint, hash text, status text, reason text, code text, text text, place text, received_at bigint")
	selScans = db.NewSQL(`SELECT shipment_id, at, hash, status, reason, code, text, place, received_at FROM track_scan
	  WHERE shipment_id = ANY($1) ORDER BY shipment_id, at, received_at, hash`)
	selUnknown = db.NewSQL(`SELECT shipment_id, at, code, text FROM track_scan WHERE shipment_id >= $1 AND status = 'unknown' ORDER BY shipment_id, at LIMIT $2`)
)

// mark tells scans of one parcel apart: the moment and what was said. The same told twice is one scan.
type mark struct {
	at   int64
	hash string
}

func markOf(sc ship.Scan) mark {
	sum := sha256.Sum256([]byte(sc.Code + "\x00" + sc.Text + "\x00" + sc.Place))
	return mark{sc.At.UnixMicro(), hex.EncodeToString(sum[:8])}
}

// history is what is stored of a parcel's way.
type history struct {
	events []Event
	marks  map[mark]bool
}

// histories reads the scans of parcels. A code that had no meaning when it came has one as soon as the tables know it.
func (s *Service) histories(tx *db.Tx, shipments map[int64]*ship.Shipment, ids []int64) (map[int64]*history, error) {
	out := make(map[int64]*history, len(ids))
	for _, id := range ids {
		out[id] = &history{marks: map[mark]bool{}}
	}
	rows := tx.Query(selScans, ids)
	for rows.Next() {
		var id, at, received int64
		var hash, status, reason string
		var e Event
		rows.Scan(&id, &at, &hash, &status, &reason, &e.Code, &e.Text, &e.Place, &received)
		e.At, e.Ingested, e.Status, e.Reason = time.UnixMicro(at).UTC(), received, Status(status), Reason(reason)
		if sh := shipments[id]; e.Status == StatusUnknown && sh != nil {
			e.Status, e.Reason, _ = Map(s.family(sh.Carrier), e.Code)
		}
		h := out[id]
		h.events = append(h.events, e)
		h.marks[mark{at, hash}] = true
	}
	return out, rows.Close()
}

// Events reads the scans of parcels with their meaning, by shipment, in the order in which they happened. What travels in another
// parcel has those of that one.
func (s *Service) Events(tx *db.Tx, shipments map[int64]*ship.Shipment) (map[int64][]Event, error) {
	seen := make(map[int64]*ship.Shipment, len(shipments))
	ids := make([]int64, 0, len(shipments))
	for id, sh := range shipments {
		key := cmp.Or(sh.With, id)
		if seen[key] == nil {
			ids = append(ids, key)
		}
		seen[key] = sh
	}
	found, err := s.histories(tx, seen, ids)
	out := make(map[int64][]Event, len(shipments))
	for id, sh := range shipments {
		if h := found[cmp.Or(sh.With, id)]; h != nil {
			out[id] = h.events
		}
	}
	return out, err
}

const longestText = 500

// add takes a scan into the history and stores it; false when it is known already. Scans heard of together keep the
// order in which they were told.
func (s *Service) add(tx *db.Tx, sh *ship.Shipment, h *history, sc ship.Scan, place int) bool {
	sc.Code, sc.Text, sc.Place = tidy(sc.Code), tidy(sc.Text), tidy(sc.Place)
	sc.At = sc.At.UTC().Truncate(time.Microsecond)
	m := markOf(sc)
	if h.marks[m] {
		return false
	}
	e := Event{At: sc.At, Ingested: tx.Micros() + int64(place), Code: sc.Code, Text: sc.Text, Place: sc.Place}
	e.Status, e.Reason, _ = Map(s.family(sh.Carrier), sc.Code)
	h.marks[m] = true
	h.events = append(h.events, e)
	tx.Put(insScan, sh.ID, m.at, m.hash, string(e.Status), string(e.Reason), e.Code, e.Text, e.Place, e.Ingested)
	return true
}

// tidy keeps a carrier's words storable.
func tidy(text string) string {
	text = strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", ""), "")
	if runes := []rune(text); len(runes) > longestText {
		return string(runes[:longestText])
	}
	return text
}
