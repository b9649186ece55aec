package shop

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
)

// message is what the shop is told.
type message struct {
	Type string `json:"type"`
	Data struct {
		OrderNo  string  `json:"order_no"`
		Parcel   string  `json:"parcel"`
		Carrier  string  `json:"carrier"`
		Waybill  string  `json:"waybill"`
		Was      string  `json:"was"`
		Lines    []line  `json:"lines"`
		Levels   []level `json:"levels"`
		Question string  `json:"question"`
		Done     bool    `json:"done"`
		Code     string  `json:"code"`
	} `json:"data"`
}

type line struct {
	SKU      string `json:"sku"`
	Quantity int64  `json:"quantity"`
}

type level struct {
	SKU      string `json:"sku"`
	Quantity int64  `json:"quantity"`
}

// once takes a message, or gives the answer that it gave before. Called with mu held.
func (s *Server) once(id string, body []byte) reply {
	if had, ok := s.seen[id]; ok {
		return had
	}
	var m message
	if err := json.Unmarshal(body, &m); err != nil {
		return refuse(http.StatusUnprocessableEntity, "unreadable", err.Error())
	}
	out := s.take(&m)
	if out.status == http.StatusOK {
		s.seen[id] = out
	}
	return out
}

func (s *Server) take(m *message) reply {
	if m.Type == "stock" {
		return s.setStock(m.Data.Levels)
	}
	o := s.orders[m.Data.OrderNo]
	if o == nil {
		return refuse(http.StatusUnprocessableEntity, "unknown_order", "no order "+m.Data.OrderNo+" was sold here")
	}
	known, reported := s.parcels[m.Data.Parcel]
	switch m.Type {
	case "shipment":
		if reported {
			return reply{http.StatusOK, map[string]string{"reference": known.reference}}
		}
		return s.shipped(o, m)
	case "shipment.find":
		return reply{http.StatusOK, map[string]any{"found": reported, "reference": known.reference}}
	case "shipment.change":
		return s.changed(o, known, m)
	case "cancel_answer":
		said := m.Data.Code
		if m.Data.Done {
			said = "done"
		}
		o.told.Answers = append(o.told.Answers, m.Data.Question+" "+said)
		return reply{http.StatusOK, struct{}{}}
	}
	return refuse(http.StatusUnprocessableEntity, "type", fmt.Sprintf("%q is no message that we take", m.Type))
}

// shipped takes a report of a parcel, if the order can contain it.
func (s *Server) shipped(o *order, m *message) reply {
	if m.Data.Parcel == "" || m.Data.Carrier == "" || m.Data.Waybill == "" || len(m.Data.Lines) == 0 {
		return refuse(http.StatusUnprocessableEntity, "incomplete", "a shipment has a parcel, a carrier, a waybill and lines")
	}
	inside := map[string]int64{}
	for _, l := range m.Data.Lines {
		inside[l.SKU] += l.Quantity
		if l.Quantity < 1 || o.sent[l.SKU]+inside[l.SKU] > o.lines[l.SKU] {
			return refuse(http.StatusUnprocessableEntity, "quantity", fmt.Sprintf("%s has %d × %s, of which %d are in parcels", o.number, o.lines[l.SKU], l.SKU, o.sent[l.SKU]))
		}
	}
	for sku, n := range inside {
		o.sent[sku] += n
	}
	p := parcel{reference: fmt.Sprintf("F-%d", len(s.parcels)+1), order: o.number, waybill: m.Data.Waybill}
	s.parcels[m.Data.Parcel] = p
	o.told.Parcels++
	o.told.Waybills = append(o.told.Waybills, p.waybill)
	return reply{http.StatusOK, map[string]string{"reference": p.reference}}
}

// changed gives a parcel another waybill, if it bears the one that is named.
func (s *Server) changed(o *order, p parcel, m *message) reply {
	switch {
	case p.order != o.number:
		return refuse(http.StatusUnprocessableEntity, "unknown_parcel", "no such parcel of "+o.number+" was reported")
	case p.waybill == m.Data.Waybill:
	case p.waybill != m.Data.Was || m.Data.Waybill == "":
		return refuse(http.StatusUnprocessableEntity, "waybill", "the parcel bears "+p.waybill)
	default:
		o.told.Waybills[slices.Index(o.told.Waybills, p.waybill)] = m.Data.Waybill
		p.waybill = m.Data.Waybill
		s.parcels[m.Data.Parcel] = p
	}
	return reply{http.StatusOK, map[string]string{"reference": p.reference}}
}

// setStock takes what may be sold, and says what is not sold here.
func (s *Server) setStock(levels []level) reply {
	unknown := []string{}
	for _, l := range levels {
		switch {
		case l.Quantity < 0:
			return refuse(http.StatusUnprocessableEntity, "quantity", "the stock of "+l.SKU+" is below 0")
		case !slices.Contains(s.cfg.SKUs, l.SKU):
			unknown = append(unknown, l.SKU)
		default:
			s.stock[l.SKU] = l.Quantity
		}
	}
	return reply{http.StatusOK, map[string]any{"unknown": unknown}}
}
