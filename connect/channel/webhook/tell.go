package webhook

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/packhorse/packhorse/intake"
)

// What a message to a shop is about.
const (
	typeShipment = "shipment"
	typeFind     = "shipment.find"
	typeChange   = "shipment.change"
	typeStock    = "stock"
	typeAnswer   = "cancel_answer"
)

// message is the body of what we send.
type message struct {
	Type string `json:"type"`
	Data any    `json:"data"`
}

type parcelData struct {
	OrderNo string     `json:"order_no"`
	Parcel  string     `json:"parcel"`
	Carrier string     `json:"carrier"`
	Service string     `json:"service,omitempty"`
	Waybill string     `json:"waybill"`
	At      string     `json:"at"`
	Lines   []lineData `json:"lines"`
}

type changeData struct {
	parcelData
	Was string `json:"was,omitempty"`
}

type lineData struct {
	LineNo   int64  `json:"line_no"`
	SKU      string `json:"sku"`
	Quantity int64  `json:"quantity"`
}

type levelData struct {
	SKU      string `json:"sku"`
	Quantity int64  `json:"quantity"`
}

type answerData struct {
	OrderNo  string `json:"order_no"`
	Question string `json:"question"`
	Done     bool   `json:"done"`
	Code     string `json:"code,omitempty"`
	Text     string `json:"text,omitempty"`
}

func parcelOf(p intake.ShippedParcel) parcelData {
	d := parcelData{OrderNo: p.OrderNo, Parcel: p.Parcel, Carrier: p.Carrier, Service: p.Service, Waybill: p.Waybill, At: p.At.UTC().Format(time.RFC3339), Lines: []lineData{}}
	for _, l := range p.Lines {
		d.Lines = append(d.Lines, lineData(l))
	}
	return d
}

// newID names a message that is not the repetition of another.
func newID(kind string) string {
	var b [12]byte
	_, _ = rand.Read(b[:]) // never fails
	return "msg_" + kind + "_" + hex.EncodeToString(b[:])
}

// tell sends a message and reads the answer into out, which may be nil.
func (s *Shop) tell(ctx context.Context, id string, m message, out any) error {
	body, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("webhook %s: %w", m.Type, err)
	}
	return s.call(ctx, http.MethodPost, s.url, id, body, out)
}

// TakeShipment reports a parcel. The id of the message is made of the parcel's: the shop knows a repetition by it.
func (s *Shop) TakeShipment(ctx context.Context, p intake.ShippedParcel) (string, error) {
	return s.report(ctx, "msg_"+p.Parcel, message{typeShipment, parcelOf(p)}, p)
}

// ChangeShipment tells another waybill of a parcel. The same change has the same id.
func (s *Shop) ChangeShipment(ctx context.Context, p intake.ShippedParcel, was string) (string, error) {
	return s.report(ctx, "msg_"+p.Parcel+"_"+p.Waybill, message{typeChange, changeData{parcelOf(p), was}}, p)
}

// report tells of a parcel, and gives the shop's name for it.
func (s *Shop) report(ctx context.Context, id string, m message, p intake.ShippedParcel) (string, error) {
	var said struct {
		Reference string `json:"reference"`
	}
	if err := s.tell(ctx, id, m, &said); err != nil {
		return "", err
	}
	if said.Reference == "" {
		return p.Parcel, nil // the shop has no name of its own for it
	}
	return said.Reference, nil
}

// FindShipment asks whether the shop knows a parcel: {"found":true,"reference":"…"}.
func (s *Shop) FindShipment(ctx context.Context, p intake.ShippedParcel) (string, bool, error) {
	var said struct {
		Found     bool   `json:"found"`
		Reference string `json:"reference"`
	}
	if err := s.tell(ctx, newID("find"), message{typeFind, parcelOf(p)}, &said); err != nil {
		return "", false, sure(err)
	}
	if said.Found && said.Reference == "" {
		said.Reference = p.Parcel
	}
	return said.Reference, said.Found, nil
}

// TakeStock sets what may be sold. The shop answers which SKUs it does not sell: {"unknown":["…"]}.
func (s *Shop) TakeStock(ctx context.Context, levels []intake.StockLevel) ([]error, error) {
	data := make([]levelData, len(levels))
	for i, l := range levels {
		data[i] = levelData(l)
	}
	var said struct {
		Unknown []string `json:"unknown"`
	}
	if err := s.tell(ctx, newID("stock"), message{typeStock, map[string]any{"levels": data}}, &said); err != nil {
		return nil, err
	}
	unknown := map[string]bool{}
	for _, sku := range said.Unknown {
		unknown[sku] = true
	}
	out := make([]error, len(levels))
	for i, l := range levels {
		if unknown[l.SKU] {
			out[i] = intake.ErrUnknownSKU
		}
	}
	return out, nil
}

// AnswerCancel answers what the shop asked with a document. The same answer has the same id.
func (s *Shop) AnswerCancel(ctx context.Context, a intake.CancelAnswer) error {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%s\n%v\n%s", a.OrderNo, a.Question, a.Done, a.Code))
	return s.tell(ctx, "msg_answer_"+hex.EncodeToString(sum[:12]), message{typeAnswer, answerData(a)}, nil)
}
