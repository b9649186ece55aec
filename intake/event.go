package intake

import (
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/order"
)

// emitReceived says that an order exists. total is in minor units of currency.
func emitReceived(tx *db.Tx, a *arrival, o *order.Order) {
	tx.Emit(db.Event{Kind: "order.received.v1", Order: o.ID, Actor: a.actor, Params: struct {
		Channel    string `json:"channel"`
		Shop       string `json:"shop,omitempty"`
		ExternalNo string `json:"external_no"`
		Lines      int    `json:"lines"`
		Total      int64  `json:"total"`
		Currency   string `json:"currency"`
		Source     string `json:"source"`
	}{o.Channel, o.Shop, o.ExternalNo, len(o.Lines), o.Total, o.Currency, a.source}})
}

// emitAmended says which parts of an order changed, never what they hold: that may be personal.
func emitAmended(tx *db.Tx, a *arrival, orderID int64, changes []string, revision int64) {
	tx.Emit(db.Event{Kind: "order.amended.v1", Order: orderID, Actor: a.actor, Params: struct {
		Changes  []string `json:"changes"`
		Revision int64    `json:"revision"`
		Source   string   `json:"source"`
	}{changes, revision, a.source}})
}

// emitCancelled says that an order was called off. unheard: before we heard of it, so that its channel awaits no answer.
func emitCancelled(tx *db.Tx, a *arrival, orderID int64, unheard bool) {
	tx.Emit(db.Event{Kind: "order.cancelled.v1", Order: orderID, Actor: a.actor, Params: struct {
		Channel string `json:"channel"`
		Unheard bool   `json:"unheard,omitempty"`
	}{a.channel, unheard}})
}

func emitRefused(tx *db.Tx, a *arrival, orderID int64, code string, revision int64) {
	tx.Emit(db.Event{Kind: "order.amend_refused.v1", Order: orderID, Actor: a.actor, Params: struct {
		Code     string `json:"code"`
		Revision int64  `json:"revision"`
	}{code, revision}})
}
