package carrier

import (
	"net/http"
	"time"
)

type address struct {
	Name     string `json:"name"`
	Phone    string `json:"phone"`
	Country  string `json:"country"`
	Province string `json:"province"`
	City     string `json:"city"`
	District string `json:"district"`
	Address  string `json:"address"`
	Postcode string `json:"postcode"`
}

type shipment struct {
	Reference     string   `json:"reference"`
	Service       string   `json:"service"`
	Sender        address  `json:"sender"`
	Recipient     address  `json:"recipient"`
	Token         string   `json:"token"`
	TokenIssuer   string   `json:"token_issuer"`
	WeightG       int64    `json:"weight_g"`
	MM            [3]int64 `json:"mm"`
	Parcels       int64    `json:"parcels"`
	DeclaredMinor int64    `json:"declared_minor"`
	CODMinor      int64    `json:"cod_minor"`
	Currency      string   `json:"currency"`
	Goods         string   `json:"goods"`
}

type booking struct {
	Waybill    string `json:"waybill"`
	SortCode   string `json:"sort_code"`
	PriceMinor int64  `json:"price_minor"`
	Currency   string `json:"currency"`
}

type quote struct {
	PriceMinor int64  `json:"price_minor"`
	Currency   string `json:"currency"`
	DaysP50    int64  `json:"days_p50"`
	DaysP90    int64  `json:"days_p90"`
}

type scan struct {
	At    time.Time `json:"at"`
	Code  string    `json:"code"`
	Text  string    `json:"text"`
	Place string    `json:"place"`
}

type (
	referenceIn struct {
		Reference string `json:"reference"`
	}
	waybillIn struct {
		Waybill string `json:"waybill"`
	}
	waybillsIn struct {
		Waybills []string `json:"waybills"`
	}
	nothing struct{}
	found   struct {
		Found   bool    `json:"found"`
		Booking booking `json:"booking"`
	}
	collected struct {
		Collected int      `json:"collected"`
		Unknown   []string `json:"unknown"`
	}
	track struct {
		Scans []scan `json:"scans"`
	}
	areas struct {
		Areas []Area `json:"areas"`
	}
	balance struct {
		Limited bool `json:"limited"`
		Left    int  `json:"left"`
	}
)

// refusal is a bad answer. The codes are the vocabulary of this carrier, as every carrier has its own.
type refusal struct {
	status  int
	Code    string `json:"code"`
	Message string `json:"message"`
}

func refuse(status int, code, message string) *refusal {
	return &refusal{status: status, Code: code, Message: message}
}

var (
	errBusy      = refuse(http.StatusTooManyRequests, "busy", "too many calls")
	errBroken    = refuse(http.StatusInternalServerError, "internal", "internal error")
	errTooLarge  = refuse(http.StatusRequestEntityTooLarge, "too_large", "the body is larger than 1 MiB")
	errNoCall    = refuse(http.StatusNotFound, "no_such_call", "there is no such call")
	errMethod    = refuse(http.StatusMethodNotAllowed, "method", "every call is a POST")
	errBalance   = refuse(http.StatusConflict, "balance", "no waybill numbers left; buy more")
	errSpent     = refuse(http.StatusConflict, "reference_spent", "the booking of this reference was voided; book under a new reference")
	errMismatch  = refuse(http.StatusConflict, "reference_mismatch", "this reference was booked for another shipment")
	errCollected = refuse(http.StatusConflict, "collected", "the parcel has been picked up")
	errWaybill   = refuse(http.StatusNotFound, "unknown_waybill", "no such waybill")
)
