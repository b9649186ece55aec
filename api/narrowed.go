package api

import "github.com/packhorse/packhorse/access"

// sides are the lists of a reach that an operation looks at.
type sides int

const (
	byNode sides = 1 << iota
	byShop
	byOwner
	everySide = byNode | byShop | byOwner
)

// narrowed lists, by operation, the sides on which it leaves out what a caller does not reach. A reach that is narrow on another side
// covers nothing of the operation: a wave mixes shops, so whoever reaches one shop sees no waves. What is neither here nor in
// wholeCompany is refused to whoever is narrowed, so an operation that nobody thought of shows nothing.
var narrowed = map[string]sides{
	"list-orders": everySide, "list-back-orders": everySide, "count-orders": everySide, "get-order": everySide, "lookup-order": everySide, "get-timeline": everySide, "reveal-order": everySide, "get-customer-links": everySide, "get-candidates": everySide, "allocate-order": everySide, "override-order": everySide, "redecide-order": everySide, "merge-fulfilments": everySide, "list-same-recipients": everySide, "set-orders-apart": everySide, "list-together": everySide, "put-together": everySide, "put-separate": everySide, "pack-without": everySide,
	"list-events": everySide, "stream-events": everySide, "search-orders": everySide, "create-order": byShop, "create-orders": byShop,
	"approve-order": everySide, "reject-order": everySide, "edit-order": everySide, "hold-order": everySide, "release-hold": everySide,
	"list-exceptions": everySide, "count-exceptions": everySide, "claim-order": everySide, "leave-order": everySide, "snooze-order": everySide, "force-order": everySide, "ask-order": everySide, "get-question": everySide, "list-strangers": everySide,
	"cancel-order": everySide, "cancel-line": everySide, "remind-order": everySide, "list-stops": everySide,

	"list-fulfilments": everySide, "get-fulfilment": everySide, "propose-parcels": everySide, "open-bench": everySide, "get-labels": everySide, "get-person": everySide, "list-shipments": everySide,
	"get-dock": byNode, "list-dock-parcels": byNode, "count-shipments": byNode, "release": everySide, "release-many": everySide,
	"pick": everySide, "pick-many": everySide, "pack": everySide, "pack-many": everySide, "check-scans": everySide, "label": everySide,
	"void": everySide, "ship": everySide, "ship-many": everySide, "reject-fulfilment": everySide, "split-fulfilment": everySide, "get-shipment": everySide,

	"list-tasks": byNode, "get-task": byNode, "start-task": byNode, "assign-task": byNode, "short-pick": byNode, "scan": byNode, "next-task": byNode, "open-item": byNode, "list-walks": byNode, "get-walk": byNode,
	"get-today": byNode, "list-leaving": byNode, "get-wave": byNode, "list-wave-orders": byNode, "get-wave-outlook": byNode, "list-wave-candidates": byNode,
	"list-waves": byNode, "release-wave": byNode, "list-wave-templates": byNode, "save-wave-template": byNode, "list-trolleys": byNode, "save-trolley": byNode, "list-walkings": byNode, "save-walking": byNode, "list-carton-rules": byNode, "save-carton-rule": byNode, "list-allocation-methods": byNode, "save-allocation-method": byNode, "get-savings": byNode,
	"hand-over":      everySide,
	"look-at-parcel": everySide, "receive-track": everySide, "list-manifests": byNode, "get-manifest": byNode, "get-manifest-file": byNode,
	"list-ladders": byNode, "save-ladder": byNode, "try-carriers": byNode,

	"list-printers": byNode, "save-printer": byNode, "test-printer": byNode, "list-print-jobs": everySide, "retry-print-job": everySide, "confirm-print-job": everySide,
	"cancel-print-job": everySide, "reprint": everySide, "print-label": everySide, "label-pdf": everySide, "label-zpl": everySide,

	"list-cases": everySide, "try-return-policy": everySide, "open-case": everySide, "get-case": everySide, "approve-case": everySide, "reject-case": everySide, "cancel-case": everySide,
	"close-case": everySide, "list-case-photos": everySide, "get-case-photo": everySide, "label-case": everySide, "mark-difference-paid": everySide, "receive-case": everySide, "grade-case": everySide, "get-evidence": everySide, "get-replaced": everySide,
	"scan-return": everySide, "grade-return": everySide, "list-unknown-parcels": byNode, "get-unknown-parcel": byNode, "pool-parcel": byNode, "claim-parcel": byNode,
	"list-refunds": everySide, "get-refundable": everySide, "ask-refund": everySide, "approve-refund": everySide, "reject-refund": everySide,
	"retry-refund": everySide, "mark-refund-paid": everySide,

	"list-mappings": byShop, "save-mapping": byShop, "remove-mapping": byShop, "list-buffers": byShop, "save-buffer": byShop, "remove-buffer": byShop,
	"list-channels": byShop, "get-channel": byShop, "add-channel": byShop, "edit-channel": byShop, "test-channel": byShop, "list-channel-messages": byShop, "retry-channel-message": byShop, "list-channel-hours": byShop,
	"list-channel-unreadable": byShop, "list-uncollected": everySide, "list-notifications": everySide, "resend-notification": everySide,

	"list-nodes": byNode, "save-node": byNode, "list-locations": byNode,

	"list-skus": byNode | byOwner, "save-sku": byOwner, "lookup": byNode | byOwner, "get-availability": byNode | byOwner, "list-stock": byNode | byOwner,
	"change-stock": byNode | byOwner, "list-counts": byNode | byOwner, "close-count": byNode | byOwner,
	"list-levels": byNode | byOwner, "list-shelves": byNode | byOwner, "list-ledger": byNode | byOwner, "get-standing": byNode | byOwner, "order-counts": byNode | byOwner,
	"cancel-count": byNode | byOwner, "list-counts-done": byNode | byOwner, "get-floor": byNode,

	"list-roles": everySide, "list-users": everySide, "create-user": everySide, "grant-user": everySide, "sign-out-user": everySide, "disable-user": everySide, "enable-user": everySide, "reset-password": everySide, "list-keys": everySide, "create-key": everySide,
	"revoke-key": everySide,

	// settings that name nothing of any part
	"get-allocation-policy": everySide, "get-queueing": everySide, "get-returned-goods": everySide, "get-return-policy": everySide, "get-notification-policy": everySide, "list-templates": everySide,
	"list-template-versions": everySide, "preview-template": everySide, "list-suspensions": everySide,

	// each looks at its list as that list does
	"export-list": everySide, "list-exports": everySide, "get-export": everySide, "get-export-file": everySide, "cancel-export": everySide,
	"get-figures": byNode, "list-figure": byNode,

	"who-am-i": everySide, "sign-out": everySide, "sign-out-everywhere": everySide, "change-password": everySide,
}

// wholeCompany lists the operations that have no parts: what they say or set holds for every warehouse, shop and owner.
var wholeCompany = map[string]bool{
	"add-node": true, "list-jobs": true, "count-jobs": true, "retry-job": true, "list-audit": true, "erase-person": true, "import": true, "rebuild-search": true,
	"list-rules": true, "save-rule": true, "list-rule-versions": true, "try-rule": true, "list-rule-inputs": true, "save-queueing": true, "save-returned-goods": true, "save-return-policy": true, "save-notification-policy": true, "save-template": true, "test-template": true,
	"list-allocation-batches": true, "get-allocation-savings": true, "run-allocation": true, "save-allocation-policy": true,
	"list-rates": true, "count-cases": true, "list-carrier-accounts": true, "list-carrier-logins": true, "save-carrier-login": true, "test-carrier-login": true, "list-unmapped": true, "suspend": true, "resume": true, "detour": true,
	"list-webhooks": true, "add-webhook": true, "change-webhook": true, "enable-webhook": true, "disable-webhook": true, "rotate-webhook": true,
	"list-webhook-deliveries": true, "replay-webhook": true,
}

// sidesOf are the sides on which a reach is narrow. Goods are not of a shop: where owners are named too, they decide. Places and
// what is done at them are of a warehouse alone.
func sidesOf(r access.Reach, honoured sides) (narrow sides) {
	if len(r.Nodes) > 0 {
		narrow |= byNode
	}
	if len(r.Owners) > 0 {
		narrow |= byOwner
	}
	if len(r.Shops) > 0 && (honoured&byShop != 0 || len(r.Owners) == 0 || honoured&byOwner == 0) {
		narrow |= byShop
	}
	return narrow
}
