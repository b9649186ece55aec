-- The ground. BIGINT, BOOLEAN and TEXT only; the migrator renders the rest for each engine.
-- Times are UTC microseconds, money is minor units, places on earth are micro-degrees.
-- A table belongs to the package its name begins with.

-- internal/db ---------------------------------------------------------------

CREATE TABLE event (
  tx BIGINT NOT NULL,
  id BIGINT NOT NULL,
  at BIGINT NOT NULL,
  kind TEXT NOT NULL,
  order_id BIGINT NOT NULL,
  subject_id BIGINT NOT NULL,
  actor TEXT NOT NULL,
  params TEXT NOT NULL,
  CONSTRAINT event_pk PRIMARY KEY (tx, id)
) /*clustered*/;
CREATE INDEX event_order ON event (order_id, id) WHERE order_id <> 0;

-- Raised by every transaction that changes what processes keep in memory. One row.
CREATE TABLE memory_version (
  one BIGINT PRIMARY KEY,
  version BIGINT NOT NULL
) /*hot*/;
INSERT INTO memory_version (one, version) VALUES (1, 1);

CREATE TABLE idempotency (
  key TEXT NOT NULL,
  hash TEXT NOT NULL,
  at BIGINT NOT NULL,
  answer TEXT NOT NULL,
  CONSTRAINT idempotency_pk PRIMARY KEY (key)
) /*clustered*/;

CREATE TABLE job (
  id BIGINT PRIMARY KEY,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  payload TEXT NOT NULL,
  run_at BIGINT NOT NULL,
  attempt BIGINT NOT NULL,
  lease TEXT NOT NULL,
  lease_until BIGINT NOT NULL,
  failure TEXT NOT NULL
);
CREATE INDEX job_due ON job (run_at, id);
CREATE UNIQUE INDEX job_key ON job (kind, key);

-- catalog -------------------------------------------------------------------

CREATE TABLE catalog_sku (
  id BIGINT PRIMARY KEY,
  owner TEXT NOT NULL,
  code TEXT NOT NULL,
  title TEXT NOT NULL,
  weight_g BIGINT NOT NULL,
  length_mm BIGINT NOT NULL,
  width_mm BIGINT NOT NULL,
  height_mm BIGINT NOT NULL,
  fragile BOOLEAN NOT NULL,
  this_side_up BOOLEAN NOT NULL,
  liquid BOOLEAN NOT NULL,
  battery BOOLEAN NOT NULL,
  cost BIGINT NOT NULL,
  price BIGINT NOT NULL,
  shelf_life_days BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  CONSTRAINT catalog_sku_code UNIQUE (code, owner)
);

CREATE TABLE catalog_barcode (
  code TEXT NOT NULL,
  sku_id BIGINT NOT NULL,
  factor BIGINT NOT NULL,
  CONSTRAINT catalog_barcode_pk PRIMARY KEY (code),
  CONSTRAINT catalog_barcode_factor CHECK (factor > 0)
) /*clustered*/;
CREATE INDEX catalog_barcode_sku ON catalog_barcode (sku_id);

-- A recipe holds from valid_from up to, not including, valid_to.
CREATE TABLE catalog_bundle (
  bundle_id BIGINT NOT NULL,
  component_id BIGINT NOT NULL,
  quantity BIGINT NOT NULL,
  valid_from BIGINT NOT NULL,
  valid_to BIGINT NOT NULL,
  CONSTRAINT catalog_bundle_pk PRIMARY KEY (bundle_id, component_id, valid_from),
  CONSTRAINT catalog_bundle_quantity CHECK (quantity > 0)
) /*clustered*/;

-- warehouse -----------------------------------------------------------------

CREATE TABLE warehouse_node (
  id BIGINT PRIMARY KEY,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  timezone TEXT NOT NULL,
  country TEXT NOT NULL,
  province TEXT NOT NULL,
  city TEXT NOT NULL,
  district TEXT NOT NULL,
  address TEXT NOT NULL,
  lat BIGINT NOT NULL,
  lng BIGINT NOT NULL,
  capacity_orders_day BIGINT NOT NULL,
  handling_cost BIGINT NOT NULL,
  priority BIGINT NOT NULL,
  open BOOLEAN NOT NULL,
  cutoffs TEXT NOT NULL,
  updated_at BIGINT NOT NULL,
  CONSTRAINT warehouse_node_code UNIQUE (code)
);

CREATE TABLE warehouse_location (
  id BIGINT PRIMARY KEY,
  node_id BIGINT NOT NULL,
  zone TEXT NOT NULL,
  code TEXT NOT NULL,
  kind TEXT NOT NULL,
  aisle BIGINT NOT NULL,
  bay BIGINT NOT NULL,
  level BIGINT NOT NULL,
  x_mm BIGINT NOT NULL,
  y_mm BIGINT NOT NULL,
  pick_seq BIGINT NOT NULL,
  CONSTRAINT warehouse_location_code UNIQUE (node_id, code),
  CONSTRAINT warehouse_location_kind CHECK (kind IN ('pick', 'reserve', 'stage', 'dock', 'quarantine'))
);

-- intake --------------------------------------------------------------------

CREATE TABLE intake_document (
  id BIGINT PRIMARY KEY,
  channel TEXT NOT NULL,
  shop TEXT NOT NULL,
  external_id TEXT NOT NULL,
  revision BIGINT NOT NULL,
  external_revision BIGINT NOT NULL, -- as the channel counts; 0 where it does not
  hash TEXT NOT NULL,
  source TEXT NOT NULL,
  received_at BIGINT NOT NULL,
  order_id BIGINT NOT NULL,
  outcome TEXT NOT NULL,
  body TEXT NOT NULL,
  CONSTRAINT intake_document_once UNIQUE (external_id, channel, shop, revision),
  CONSTRAINT intake_document_outcome CHECK (outcome IN ('created', 'amended', 'cancelled', 'refused'))
);

-- order ---------------------------------------------------------------------

CREATE TABLE order_head (
  id BIGINT PRIMARY KEY,
  channel TEXT NOT NULL,
  shop TEXT NOT NULL,
  external_no TEXT NOT NULL,
  kind TEXT NOT NULL,
  placed_at BIGINT NOT NULL,
  currency TEXT NOT NULL,
  total BIGINT NOT NULL,
  shipping_fee BIGINT NOT NULL,
  discount BIGINT NOT NULL,
  payment TEXT NOT NULL,
  paid_at BIGINT NOT NULL,
  paid_amount BIGINT NOT NULL,
  payment_method TEXT NOT NULL,
  buyer TEXT NOT NULL,
  recipient TEXT NOT NULL,
  country TEXT NOT NULL,
  province TEXT NOT NULL,
  city TEXT NOT NULL,
  ship_by BIGINT NOT NULL,
  collect_by BIGINT NOT NULL,
  promised_by BIGINT NOT NULL,
  may_split BOOLEAN NOT NULL,
  priority BIGINT NOT NULL,
  notes TEXT NOT NULL,
  review TEXT NOT NULL,
  fulfilment TEXT NOT NULL,
  delivery TEXT NOT NULL,
  aftersale TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  CONSTRAINT order_head_kind CHECK (kind IN ('normal', 'presale', 'cod', 'exchange', 'reship', 'gift', 'dropship')),
  CONSTRAINT order_head_payment CHECK (payment IN ('unpaid', 'authorized', 'paid', 'refunded')),
  CONSTRAINT order_head_review CHECK (review IN ('pending', 'held', 'passed', 'approved', 'rejected', 'cancelled')),
  CONSTRAINT order_head_fulfilment CHECK (fulfilment IN ('none', 'waiting', 'backordered', 'allocated', 'partial', 'shipped', 'cancelled')),
  CONSTRAINT order_head_delivery CHECK (delivery IN ('none', 'in_transit', 'partial', 'delivered', 'failed', 'returned')),
  CONSTRAINT order_head_aftersale CHECK (aftersale IN ('none', 'open', 'closed'))
) /*hot*/;
-- The queues. An order leaves the index when it leaves the queue.
CREATE INDEX order_head_review ON order_head (review, id) WHERE review IN ('pending', 'held');
CREATE INDEX order_head_work ON order_head (fulfilment, id) WHERE fulfilment IN ('waiting', 'backordered', 'allocated', 'partial');

CREATE TABLE order_line (
  order_id BIGINT NOT NULL,
  no BIGINT NOT NULL,
  sku_id BIGINT NOT NULL,
  sku TEXT NOT NULL,
  title TEXT NOT NULL,
  quantity BIGINT NOT NULL,
  cancelled BIGINT NOT NULL,
  unit_price BIGINT NOT NULL,
  discount BIGINT NOT NULL,
  CONSTRAINT order_line_pk PRIMARY KEY (order_id, no),
  CONSTRAINT order_line_quantity CHECK (quantity > 0 AND cancelled >= 0 AND cancelled <= quantity)
) /*clustered*/;

CREATE TABLE order_hold (
  id BIGINT PRIMARY KEY,
  order_id BIGINT NOT NULL,
  reason TEXT NOT NULL,
  params TEXT NOT NULL,
  owner TEXT NOT NULL,
  placed_by TEXT NOT NULL,
  placed_at BIGINT NOT NULL,
  until BIGINT NOT NULL,
  released_at BIGINT NOT NULL,
  released_by TEXT NOT NULL,
  note TEXT NOT NULL
);
CREATE INDEX order_hold_order ON order_hold (order_id);
CREATE INDEX order_hold_live ON order_hold (until, id) WHERE released_at = 0;

-- The part of an order that one node ships.
CREATE TABLE order_fulfilment (
  id BIGINT PRIMARY KEY,
  order_id BIGINT NOT NULL,
  node_id BIGINT NOT NULL,
  status TEXT NOT NULL,
  wave_id BIGINT NOT NULL,
  ship_by BIGINT NOT NULL,
  cost BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  CONSTRAINT order_fulfilment_status CHECK (status IN ('allocated', 'released', 'picked', 'packed', 'shipped', 'rejected', 'cancelled'))
) /*hot*/;
CREATE INDEX order_fulfilment_order ON order_fulfilment (order_id);
CREATE INDEX order_fulfilment_work ON order_fulfilment (node_id, status, id) WHERE status IN ('allocated', 'released', 'picked', 'packed');

CREATE TABLE order_fulfilment_line (
  fulfilment_id BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  line_no BIGINT NOT NULL,
  sku_id BIGINT NOT NULL,
  quantity BIGINT NOT NULL,
  CONSTRAINT order_fulfilment_line_pk PRIMARY KEY (fulfilment_id, seq),
  CONSTRAINT order_fulfilment_line_quantity CHECK (quantity >= 0)
) /*clustered*/;

-- What no node can serve now: a debt to the customer, with its reason.
CREATE TABLE order_backorder (
  order_id BIGINT NOT NULL,
  line_no BIGINT NOT NULL,
  sku_id BIGINT NOT NULL,
  quantity BIGINT NOT NULL,
  reason TEXT NOT NULL,
  since BIGINT NOT NULL,
  CONSTRAINT order_backorder_pk PRIMARY KEY (order_id, line_no, sku_id),
  CONSTRAINT order_backorder_quantity CHECK (quantity > 0)
) /*clustered*/;
CREATE INDEX order_backorder_sku ON order_backorder (sku_id, order_id);

-- inventory -----------------------------------------------------------------

-- One move of goods: taken from one side, given to the other. A side is location, container and
-- quality; locations below zero are the world outside (inventory.Supplier, Customer, …).
CREATE TABLE inventory_entry (
  id BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  sku_id BIGINT NOT NULL,
  lot TEXT NOT NULL,
  quantity BIGINT NOT NULL,
  from_location BIGINT NOT NULL,
  from_container BIGINT NOT NULL,
  from_quality TEXT NOT NULL,
  to_location BIGINT NOT NULL,
  to_container BIGINT NOT NULL,
  to_quality TEXT NOT NULL,
  cause TEXT NOT NULL,
  ref BIGINT NOT NULL,
  CONSTRAINT inventory_entry_quantity CHECK (quantity > 0)
);
CREATE INDEX inventory_entry_return ON inventory_entry (ref) WHERE cause = 'return';

-- What stands where: the sum of the entries of a side. Rows that reach zero go away.
CREATE TABLE inventory_stock (
  location_id BIGINT NOT NULL,
  container BIGINT NOT NULL,
  sku_id BIGINT NOT NULL,
  lot TEXT NOT NULL,
  quality TEXT NOT NULL,
  node_id BIGINT NOT NULL,
  on_hand BIGINT NOT NULL,
  reserved BIGINT NOT NULL,
  CONSTRAINT inventory_stock_pk PRIMARY KEY (location_id, container, sku_id, lot, quality),
  CONSTRAINT inventory_stock_never_negative CHECK (on_hand >= 0 AND reserved >= 0 AND reserved <= on_hand)
) /*clustered hot*/;
CREATE INDEX inventory_stock_sku ON inventory_stock (sku_id, node_id) WHERE container = 0;

CREATE TABLE inventory_lot (
  sku_id BIGINT NOT NULL,
  lot TEXT NOT NULL,
  expires_on TEXT NOT NULL,
  CONSTRAINT inventory_lot_pk PRIMARY KEY (sku_id, lot)
) /*clustered*/;

-- What can be promised: the guard of every promise stands in this row.
CREATE TABLE inventory_balance (
  sku_id BIGINT NOT NULL,
  node_id BIGINT NOT NULL,
  on_hand BIGINT NOT NULL,
  reserved BIGINT NOT NULL,
  blocked BIGINT NOT NULL,
  CONSTRAINT inventory_balance_pk PRIMARY KEY (sku_id, node_id),
  CONSTRAINT inventory_balance_never_negative CHECK (on_hand >= 0 AND reserved >= 0 AND blocked >= 0)
) /*clustered hot*/;

-- A promise (soft: of the node) or a reservation (hard: of a location and lot; picked: of a container).
CREATE TABLE inventory_reservation (
  fulfilment_id BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  part BIGINT NOT NULL,
  order_id BIGINT NOT NULL,
  sku_id BIGINT NOT NULL,
  node_id BIGINT NOT NULL,
  quantity BIGINT NOT NULL,
  kind TEXT NOT NULL,
  location_id BIGINT NOT NULL,
  container BIGINT NOT NULL,
  lot TEXT NOT NULL,
  since BIGINT NOT NULL,
  CONSTRAINT inventory_reservation_pk PRIMARY KEY (fulfilment_id, seq, part),
  CONSTRAINT inventory_reservation_kind CHECK (kind IN ('soft', 'hard', 'picked')),
  CONSTRAINT inventory_reservation_quantity CHECK (quantity > 0)
) /*clustered hot*/;

-- What a channel may not see of the stock. sku_id 0 is every SKU.
CREATE TABLE inventory_buffer (
  channel TEXT NOT NULL,
  sku_id BIGINT NOT NULL,
  quantity BIGINT NOT NULL,
  percent BIGINT NOT NULL,
  CONSTRAINT inventory_buffer_pk PRIMARY KEY (channel, sku_id),
  CONSTRAINT inventory_buffer_range CHECK (quantity >= 0 AND percent >= 0 AND percent <= 100)
) /*clustered*/;

-- A place to be counted, and what was found.
CREATE TABLE inventory_count (
  id BIGINT PRIMARY KEY,
  node_id BIGINT NOT NULL,
  location_id BIGINT NOT NULL,
  sku_id BIGINT NOT NULL,
  lot TEXT NOT NULL,
  reason TEXT NOT NULL,
  status TEXT NOT NULL,
  expected BIGINT NOT NULL,
  counted BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  closed_at BIGINT NOT NULL,
  closed_by TEXT NOT NULL,
  CONSTRAINT inventory_count_status CHECK (status IN ('open', 'counted', 'cancelled'))
);
CREATE INDEX inventory_count_open ON inventory_count (node_id, id) WHERE status = 'open';

-- review, settings ----------------------------------------------------------

-- A rule is never changed: a new version is added, and the highest one holds. params names the expressions that the
-- sentence of the reason is made of.
CREATE TABLE review_rule (
  code TEXT NOT NULL,
  version BIGINT NOT NULL,
  name TEXT NOT NULL,
  priority BIGINT NOT NULL,
  expression TEXT NOT NULL,
  action TEXT NOT NULL,
  reason TEXT NOT NULL,
  params TEXT NOT NULL,
  enabled BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  CONSTRAINT review_rule_pk PRIMARY KEY (code, version)
) /*clustered*/;

CREATE TABLE setting (
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  updated_at BIGINT NOT NULL,
  updated_by TEXT NOT NULL,
  CONSTRAINT setting_pk PRIMARY KEY (name)
) /*clustered*/;

-- wave, pick ----------------------------------------------------------------

CREATE TABLE wave_template (
  id BIGINT PRIMARY KEY,
  node_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  method TEXT NOT NULL,
  carriers TEXT NOT NULL,
  zones TEXT NOT NULL,
  minutes_before_cutoff BIGINT NOT NULL,
  max_orders BIGINT NOT NULL,
  enabled BOOLEAN NOT NULL,
  CONSTRAINT wave_template_method CHECK (method IN ('discrete', 'batch'))
);

CREATE TABLE wave_wave (
  id BIGINT PRIMARY KEY,
  node_id BIGINT NOT NULL,
  template_id BIGINT NOT NULL,
  method TEXT NOT NULL,
  orders BIGINT NOT NULL,
  lines BIGINT NOT NULL,
  cutoff_at BIGINT NOT NULL,
  released_at BIGINT NOT NULL,
  released_by TEXT NOT NULL
);

CREATE TABLE pick_task (
  id BIGINT PRIMARY KEY,
  wave_id BIGINT NOT NULL,
  node_id BIGINT NOT NULL,
  method TEXT NOT NULL,
  zone TEXT NOT NULL,
  status TEXT NOT NULL,
  picker TEXT NOT NULL,
  metres BIGINT NOT NULL,
  plain_metres BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  CONSTRAINT pick_task_status CHECK (status IN ('ready', 'assigned', 'started', 'done', 'cancelled'))
) /*hot*/;
CREATE INDEX pick_task_open ON pick_task (node_id, id) WHERE status IN ('ready', 'assigned', 'started');

-- seq is the place in the walk.
CREATE TABLE pick_line (
  task_id BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  fulfilment_id BIGINT NOT NULL,
  fulfilment_seq BIGINT NOT NULL,
  part BIGINT NOT NULL,
  sku_id BIGINT NOT NULL,
  lot TEXT NOT NULL,
  location_id BIGINT NOT NULL,
  quantity BIGINT NOT NULL,
  picked BIGINT NOT NULL,
  status TEXT NOT NULL,
  CONSTRAINT pick_line_pk PRIMARY KEY (task_id, seq),
  CONSTRAINT pick_line_status CHECK (status IN ('open', 'picked', 'short', 'cancelled')),
  CONSTRAINT pick_line_quantity CHECK (quantity > 0 AND picked >= 0 AND picked <= quantity)
) /*clustered hot*/;
CREATE INDEX pick_line_fulfilment ON pick_line (fulfilment_id);

-- pack ----------------------------------------------------------------------

CREATE TABLE pack_carton (
  code TEXT NOT NULL,
  kind TEXT NOT NULL,
  length_mm BIGINT NOT NULL,
  width_mm BIGINT NOT NULL,
  height_mm BIGINT NOT NULL,
  max_g BIGINT NOT NULL,
  tare_g BIGINT NOT NULL,
  cost BIGINT NOT NULL,
  enabled BOOLEAN NOT NULL,
  CONSTRAINT pack_carton_pk PRIMARY KEY (code),
  CONSTRAINT pack_carton_kind CHECK (kind IN ('box', 'mailer'))
) /*clustered*/;

CREATE TABLE pack_parcel (
  id BIGINT PRIMARY KEY,
  order_id BIGINT NOT NULL,
  fulfilment_id BIGINT NOT NULL,
  node_id BIGINT NOT NULL,
  no BIGINT NOT NULL,
  status TEXT NOT NULL,
  carton TEXT NOT NULL,
  expected_g BIGINT NOT NULL,
  weight_g BIGINT NOT NULL,
  length_mm BIGINT NOT NULL,
  width_mm BIGINT NOT NULL,
  height_mm BIGINT NOT NULL,
  packer TEXT NOT NULL,
  packed_at BIGINT NOT NULL,
  CONSTRAINT pack_parcel_status CHECK (status IN ('open', 'packed', 'unpacked'))
);
CREATE INDEX pack_parcel_fulfilment ON pack_parcel (fulfilment_id);

CREATE TABLE pack_parcel_line (
  parcel_id BIGINT NOT NULL,
  fulfilment_seq BIGINT NOT NULL,
  sku_id BIGINT NOT NULL,
  lot TEXT NOT NULL,
  quantity BIGINT NOT NULL,
  CONSTRAINT pack_parcel_line_pk PRIMARY KEY (parcel_id, fulfilment_seq, lot),
  CONSTRAINT pack_parcel_line_quantity CHECK (quantity > 0)
) /*clustered*/;

-- ship, track ---------------------------------------------------------------

CREATE TABLE ship_rate (
  carrier TEXT NOT NULL,
  service TEXT NOT NULL,
  from_region TEXT NOT NULL,
  to_region TEXT NOT NULL,
  first_g BIGINT NOT NULL,
  first_price BIGINT NOT NULL,
  step_g BIGINT NOT NULL,
  step_price BIGINT NOT NULL,
  volumetric_divisor BIGINT NOT NULL,
  days_p50 BIGINT NOT NULL,
  days_p90 BIGINT NOT NULL,
  currency TEXT NOT NULL,
  CONSTRAINT ship_rate_pk PRIMARY KEY (carrier, service, from_region, to_region)
) /*clustered*/;

-- Where a carrier does not go for a time.
CREATE TABLE ship_suspension (
  id BIGINT PRIMARY KEY,
  carrier TEXT NOT NULL,
  service TEXT NOT NULL,
  region TEXT NOT NULL,
  from_at BIGINT NOT NULL,
  to_at BIGINT NOT NULL,
  note TEXT NOT NULL
);

CREATE TABLE ship_shipment (
  id BIGINT PRIMARY KEY,
  order_id BIGINT NOT NULL,
  fulfilment_id BIGINT NOT NULL,
  parcel_id BIGINT NOT NULL,
  node_id BIGINT NOT NULL,
  carrier TEXT NOT NULL,
  service TEXT NOT NULL,
  waybill TEXT NOT NULL,
  status TEXT NOT NULL,
  cost BIGINT NOT NULL,
  currency TEXT NOT NULL,
  tracking TEXT NOT NULL,
  reason TEXT NOT NULL,
  late TEXT NOT NULL,
  last_scan_at BIGINT NOT NULL,
  next_poll_at BIGINT NOT NULL,
  promised_by BIGINT NOT NULL,
  handed_over_at BIGINT NOT NULL,
  delivered_at BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  CONSTRAINT ship_shipment_status CHECK (status IN ('requested', 'labelled', 'failed', 'voided', 'handed_over', 'closed')),
  CONSTRAINT ship_shipment_tracking CHECK (tracking IN ('pending', 'picked_up', 'in_transit', 'out_for_delivery',
    'ready_for_pickup', 'delivered', 'delivery_failed', 'delivery_delayed', 'on_hold', 'return_to_sender', 'cancelled', 'unknown'))
) /*hot*/;
CREATE INDEX ship_shipment_order ON ship_shipment (order_id);
CREATE INDEX ship_shipment_poll ON ship_shipment (next_poll_at, id) WHERE status = 'handed_over';
CREATE UNIQUE INDEX ship_shipment_waybill ON ship_shipment (waybill, carrier) WHERE waybill <> '';

CREATE TABLE track_scan (
  shipment_id BIGINT NOT NULL,
  at BIGINT NOT NULL,
  hash TEXT NOT NULL,
  status TEXT NOT NULL,
  reason TEXT NOT NULL,
  code TEXT NOT NULL,
  text TEXT NOT NULL,
  place TEXT NOT NULL,
  received_at BIGINT NOT NULL,
  CONSTRAINT track_scan_pk PRIMARY KEY (shipment_id, at, hash)
) /*clustered*/;
