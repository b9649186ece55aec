package api

import (
	"github.com/packhorse/packhorse/aftersales"
	"github.com/packhorse/packhorse/allocation"
	"github.com/packhorse/packhorse/catalog"
	"github.com/packhorse/packhorse/flow"
	"github.com/packhorse/packhorse/insight"
	"github.com/packhorse/packhorse/intake"
	"github.com/packhorse/packhorse/internal/db"
	"github.com/packhorse/packhorse/internal/link"
	"github.com/packhorse/packhorse/inventory"
	"github.com/packhorse/packhorse/notify"
	"github.com/packhorse/packhorse/pack"
	"github.com/packhorse/packhorse/pick"
	"github.com/packhorse/packhorse/printing"
	"github.com/packhorse/packhorse/report"
	"github.com/packhorse/packhorse/review"
	"github.com/packhorse/packhorse/search"
	"github.com/packhorse/packhorse/ship"
	"github.com/packhorse/packhorse/track"
	"github.com/packhorse/packhorse/warehouse"
	"github.com/packhorse/packhorse/wave"
)

// Services are the use cases of one company.
type Services struct {
	DB         *db.DB
	Currency   string // of the company: costs and prices of the catalogue are in it
	Catalog    *catalog.Service
	Warehouse  *warehouse.Service
	Intake     *intake.Service
	Review     *review.Service
	Inventory  *inventory.Service
	Allocation *allocation.Service
	Wave       *wave.Service
	Pick       *pick.Service
	Pack       *pack.Service
	Ship       *ship.Service
	Logins     *ship.Logins // with carriers
	Track      *track.Service
	Flow       *flow.Service
	Printed    flow.Printed // which labels are on paper; nil = none is printed here
	AfterSales *aftersales.Service
	Channels   *intake.Channels
	Report     *report.Service
	Notify     *notify.Service
	Links      link.Maker // of customers
	Search     *search.Service
	Insight    *insight.Service
	Printing   *printing.Service
}
