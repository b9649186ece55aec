-- After-sales: cases with the goods that come back, parcels that nobody announced, and money that goes back.

-- aftersales ----------------------------------------------------------------

-- What a customer wants put right about one order. deadline is until when goods are awaited; 0 = none are.
CREATE TABLE aftersales_case (
  id BIGINT PRIMARY KEY,
  order_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  status TEXT NOT NULL,
  reason TEXT NOT NULL,
  note TEXT NOT NULL,
  node_id BIGINT NOT NULL,
  label TEXT NOT NULL,
  label_no BIGINT NOT NULL,
  carrier TEXT NOT NULL,
  service TEXT NOT NULL,
  waybill TEXT NOT NULL,
  label_reason TEXT NOT NULL,
  replacement TEXT NOT NULL,
  replacement_id BIGINT NOT NULL,
  at_once BOOLEAN NOT NULL,
  deadline BIGINT NOT NULL,
  opened_by TEXT NOT NULL,
  opened_at BIGINT NOT NULL,
  decided_by TEXT NOT NULL,
  decided_at BIGINT NOT NULL,
  closed_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  CONSTRAINT aftersales_case_kind CHECK (kind IN ('return', 'exchange', 'reship', 'refund', 'refused')),
  CONSTRAINT aftersales_case_status CHECK (status IN ('requested', 'approved', 'received', 'inspected', 'closed', 'rejected', 'cancelled', 'expired')),
  CONSTRAINT aftersales_case_label CHECK (label IN ('none', 'requested', 'booked', 'failed')),
  CONSTRAINT aftersales_case_replacement CHECK (replacement IN ('none', 'due', 'made'))
) /*hot*/;
CREATE INDEX aftersales_case_order ON aftersales_case (order_id);
CREATE INDEX aftersales_case_queue ON aftersales_case (status, id);
CREATE INDEX aftersales_case_waybill ON aftersales_case (waybill) WHERE waybill <> '';
CREATE INDEX aftersales_case_made ON aftersales_case (replacement_id) WHERE replacement_id <> 0;
CREATE INDEX aftersales_case_due ON aftersales_case (deadline, id) WHERE deadline > 0 AND status IN ('approved', 'inspected');

-- Base units of a SKU of an order line. quantity 0: it came back although nobody asked.
CREATE TABLE aftersales_line (
  case_id BIGINT NOT NULL,
  no BIGINT NOT NULL,
  line_no BIGINT NOT NULL,
  sku_id BIGINT NOT NULL,
  quantity BIGINT NOT NULL,
  received BIGINT NOT NULL,
  swap TEXT NOT NULL,
  CONSTRAINT aftersales_line_pk PRIMARY KEY (case_id, no),
  CONSTRAINT aftersales_line_quantity CHECK (quantity >= 0 AND received >= 0)
) /*clustered*/;

-- Goods in hand: of a case, or of a parcel whose owner is not known yet. line_no 0 is what was never sold to him.
CREATE TABLE aftersales_unit (
  id BIGINT PRIMARY KEY,
  case_id BIGINT NOT NULL,
  parcel_id BIGINT NOT NULL,
  line_no BIGINT NOT NULL,
  sku_id BIGINT NOT NULL,
  lot TEXT NOT NULL,
  quantity BIGINT NOT NULL,
  shipment_id BIGINT NOT NULL,
  node_id BIGINT NOT NULL,
  location_id BIGINT NOT NULL,
  grade TEXT NOT NULL,
  fate TEXT NOT NULL,
  note TEXT NOT NULL,
  photos TEXT NOT NULL,
  received_at BIGINT NOT NULL,
  received_by TEXT NOT NULL,
  graded_at BIGINT NOT NULL,
  graded_by TEXT NOT NULL,
  CONSTRAINT aftersales_unit_quantity CHECK (quantity > 0),
  CONSTRAINT aftersales_unit_grade CHECK (grade IN ('', 'A', 'B', 'C', 'D')),
  CONSTRAINT aftersales_unit_fate CHECK (fate IN ('waiting', 'refurbish', 'restock', 'quarantine', 'scrap'))
);
CREATE INDEX aftersales_unit_case ON aftersales_unit (case_id) WHERE case_id <> 0;
CREATE INDEX aftersales_unit_parcel ON aftersales_unit (parcel_id) WHERE parcel_id <> 0;

CREATE TABLE aftersales_parcel (
  id BIGINT PRIMARY KEY,
  node_id BIGINT NOT NULL,
  status TEXT NOT NULL,
  waybill TEXT NOT NULL,
  phone_tail TEXT NOT NULL,
  note TEXT NOT NULL,
  photos TEXT NOT NULL,
  case_id BIGINT NOT NULL,
  found_by TEXT NOT NULL,
  found_at BIGINT NOT NULL,
  claimed_by TEXT NOT NULL,
  claimed_at BIGINT NOT NULL,
  CONSTRAINT aftersales_parcel_status CHECK (status IN ('open', 'claimed'))
);
CREATE INDEX aftersales_parcel_open ON aftersales_parcel (id) WHERE status = 'open';

CREATE TABLE aftersales_refund (
  id BIGINT PRIMARY KEY,
  order_id BIGINT NOT NULL,
  case_id BIGINT NOT NULL,
  status TEXT NOT NULL,
  way TEXT NOT NULL,
  amount BIGINT NOT NULL,
  currency TEXT NOT NULL,
  reason TEXT NOT NULL,
  reference TEXT NOT NULL,
  failure TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  asked_by TEXT NOT NULL,
  asked_at BIGINT NOT NULL,
  decided_by TEXT NOT NULL,
  decided_at BIGINT NOT NULL,
  done_at BIGINT NOT NULL,
  CONSTRAINT aftersales_refund_status CHECK (status IN ('requested', 'approved', 'sent', 'failed', 'done', 'rejected')),
  CONSTRAINT aftersales_refund_way CHECK (way IN ('', 'channel', 'manual')),
  CONSTRAINT aftersales_refund_amount CHECK (amount > 0)
);
CREATE INDEX aftersales_refund_order ON aftersales_refund (order_id);
CREATE INDEX aftersales_refund_queue ON aftersales_refund (status, id);

-- line_no 0 is what was paid for shipping.
CREATE TABLE aftersales_refund_line (
  refund_id BIGINT NOT NULL,
  line_no BIGINT NOT NULL,
  amount BIGINT NOT NULL,
  CONSTRAINT aftersales_refund_line_pk PRIMARY KEY (refund_id, line_no),
  CONSTRAINT aftersales_refund_line_amount CHECK (amount > 0)
) /*clustered*/;

-- inventory -----------------------------------------------------------------

-- The entry that put a returned unit back on a shelf, by the unit.
CREATE INDEX inventory_entry_restock ON inventory_entry (ref) WHERE cause = 'restock';
