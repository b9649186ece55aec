-- order: parcels that must not go on ----------------------------------------

-- What the next pair of hands is told at its next scan, until somebody has scanned the parcel and put it aside.
CREATE TABLE order_stop (
  id BIGINT PRIMARY KEY,
  order_id BIGINT NOT NULL,
  fulfilment_id BIGINT NOT NULL,
  reason TEXT NOT NULL,
  params TEXT NOT NULL,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  seen_at BIGINT NOT NULL,
  seen_by TEXT NOT NULL
);
CREATE INDEX order_stop_fulfilment ON order_stop (fulfilment_id, id);
CREATE INDEX order_stop_order ON order_stop (order_id);
CREATE INDEX order_stop_open ON order_stop (id) WHERE seen_at = 0;

-- ship: ladders, accounts, manifests ----------------------------------------

-- Whom to ask, in which order. node_id 0 is every node; an outlet (网点) is an account with a code of its own.
CREATE TABLE ship_ladder (
  node_id BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  carrier TEXT NOT NULL,
  service TEXT NOT NULL,
  CONSTRAINT ship_ladder_pk PRIMARY KEY (node_id, seq)
) /*clustered*/;

-- What an account had left when it was looked at last. used is in thousandths of a waybill an hour.
CREATE TABLE ship_account (
  carrier TEXT NOT NULL,
  waybills_left BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  used_per_hour BIGINT NOT NULL,
  warned BOOLEAN NOT NULL,
  CONSTRAINT ship_account_pk PRIMARY KEY (carrier)
) /*clustered*/;

CREATE TABLE ship_balance (
  carrier TEXT NOT NULL,
  at BIGINT NOT NULL,
  waybills_left BIGINT NOT NULL,
  CONSTRAINT ship_balance_pk PRIMARY KEY (carrier, at)
) /*clustered*/;

-- Which suspensions a carrier has published itself, so that they end when it takes them back.
CREATE TABLE ship_published (
  carrier TEXT NOT NULL,
  region TEXT NOT NULL,
  from_at BIGINT NOT NULL,
  suspension_id BIGINT NOT NULL,
  CONSTRAINT ship_published_pk PRIMARY KEY (carrier, region, from_at)
) /*clustered*/;

-- The paper of a hand-over (交接单): one for each carrier.
CREATE TABLE ship_manifest (
  id BIGINT PRIMARY KEY,
  node_id BIGINT NOT NULL,
  carrier TEXT NOT NULL,
  parcels BIGINT NOT NULL,
  weight_g BIGINT NOT NULL,
  handed_at BIGINT NOT NULL,
  handed_by TEXT NOT NULL
);

CREATE TABLE ship_manifest_line (
  manifest_id BIGINT NOT NULL,
  shipment_id BIGINT NOT NULL,
  weight_g BIGINT NOT NULL,
  CONSTRAINT ship_manifest_line_pk PRIMARY KEY (manifest_id, shipment_id)
) /*clustered*/;
CREATE INDEX ship_manifest_line_shipment ON ship_manifest_line (shipment_id);
