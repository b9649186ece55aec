package check

// Class is one thing that must hold.
type Class struct{ Name, Says string }

// The classes of findings. The names are stable.
const (
	ledgerBalance       = "ledger_balance"
	stockWithoutLedger  = "stock_without_ledger"
	entrySides          = "entry_sides"
	balanceOnHand       = "balance_on_hand"
	balanceBlocked      = "balance_blocked"
	balanceReserved     = "balance_reserved"
	stockReserved       = "stock_reserved"
	negative            = "negative"
	oversold            = "oversold"
	reservationOrphan   = "reservation_orphan"
	reservationQuantity = "reservation_quantity"
	reservationKind     = "reservation_kind"
	orderAxis           = "order_axis"
	orderLines          = "order_lines"
	orderTotal          = "order_total"
	backorderOrphan     = "backorder_orphan"
	holdState           = "hold_state"
	fulfilmentState     = "fulfilment_state"
	taskOrphan          = "task_orphan"
	taskLines           = "task_lines"
	parcelContent       = "parcel_content"
	shipmentState       = "shipment_state"
	stopState           = "stop_state"
	eventOrder          = "event_order"
	documentOrphan      = "document_orphan"
	documentOnce        = "document_once"
	unknownState        = "unknown_state"
	unparsable          = "unparsable"
	reference           = "reference"
	refundPaid          = "refund_paid"
	returnedShipped     = "returned_shipped"
	restockLedger       = "restock_ledger"
	queueRank           = "queue_rank"
	exchangeMoney       = "exchange_money"
	together            = "together"
)

// Classes lists what is proven, in the order in which findings are reported.
func Classes() []Class {
	return []Class{
		{ledgerBalance, "What stands at a side is what the ledger moved to it, less what it moved away."},
		{stockWithoutLedger, "Nothing stands anywhere that no entry of the ledger brought there."},
		{entrySides, "An entry has two different sides, and one of them at least is ours."},
		{balanceOnHand, "What a node has of a SKU is what stands at its locations."},
		{balanceBlocked, "What is blocked of a SKU at a node is what stands there in any quality but good."},
		{balanceReserved, "What is reserved of a SKU at a node is the sum of its reservations."},
		{stockReserved, "What is reserved at a side is the sum of the hard and picked reservations of it."},
		{negative, "No quantity is below zero, and nothing reserves more of a side than stands there."},
		{oversold, "No node has promised more of a SKU than it has in good quality."},
		{reservationOrphan, "A reservation belongs to a line of a live fulfilment, of the same order, SKU and node."},
		{reservationQuantity, "The reservations of a fulfilment line, and what of it has left, are its quantity."},
		{reservationKind, "The kind of a reservation fits how far its fulfilment is, and names a place when it must."},
		{orderAxis, "The stored states of an order are those that follow from its facts."},
		{orderLines, "Every unit wanted of a passed order is in a fulfilment or owed, once."},
		{orderTotal, "The total of an order is its lines less discounts plus shipping."},
		{backorderOrphan, "A debt belongs to a line of an order that may be worked on."},
		{holdState, "An order held in review has a live hold, and one that is over has none."},
		{fulfilmentState, "A fulfilment has lines of its order, something to ship, and parcels exactly when it is packed."},
		{taskOrphan, "A pick line belongs to a task and a fulfilment that exist."},
		{taskLines, "Open pick lines are the hard reservations of released fulfilments; a task is open as long as one of its lines is."},
		{parcelContent, "In the parcels of a fulfilment is what its lines say, and while packed what was picked."},
		{shipmentState, "What is on its way has a waybill, a parcel and a shipped fulfilment; a parcel travels once."},
		{together, "What lies in a parcel of another order goes to the same recipient from the same node, under its waybill; a bond is of several fulfilments in work at one node."},
		{stopState, "A stop belongs to a fulfilment of its order, and no waybill from before it lives or has left."},
		{eventOrder, "Events are readable in their order, belong to an order that exists, and come after it."},
		{documentOrphan, "A document that was taken in belongs to an order that exists, under the channel's number of it."},
		{documentOnce, "One order of a channel is one order here."},
		{unknownState, "Every state is one of its table."},
		{unparsable, "Stored JSON can be read."},
		{refundPaid, "No more money goes back for an order, and for a line of it, than was paid."},
		{returnedShipped, "No more of a parcel comes back than left in it, and what a case has in hand is in the ledger."},
		{restockLedger, "A returned unit that is for sale again was put on its shelf by an entry of the ledger, once."},
		{exchangeMoney, "The order that goes out for an exchange costs what the customer owes for it."},
		{queueRank, "What waits stands in its queues where its priority, its deadlines and the fines put it."},
		{reference, "SKUs, nodes and locations that rows speak of exist, and locations belong to the node."},
	}
}
