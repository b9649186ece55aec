-- Several orders of one recipient in one parcel.

-- order ---------------------------------------------------------------------

-- Which fulfilments go into one parcel: those with one bond_id. apart is what the parcel of this one alone would cost, together what
-- the one parcel of all of them does, freight and handling in minor units, as it was when a person put them together.
CREATE TABLE order_together (
  fulfilment_id BIGINT PRIMARY KEY,
  order_id BIGINT NOT NULL,
  bond_id BIGINT NOT NULL,
  apart BIGINT NOT NULL,
  together BIGINT NOT NULL,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL
);
CREATE INDEX order_together_bond ON order_together (bond_id);
CREATE INDEX order_together_order ON order_together (order_id);

-- pack ----------------------------------------------------------------------

-- The parcel of another order that this one lies in; 0 = it is a carton of its own. One that lies in another has no carton, no weight
-- and no label.
ALTER TABLE pack_parcel ADD COLUMN inside_id BIGINT NOT NULL DEFAULT 0;
CREATE INDEX pack_parcel_inside ON pack_parcel (inside_id) WHERE inside_id <> 0;

-- ship ----------------------------------------------------------------------

-- The shipment that this one travels in: its waybill, and the states and scans of its way, are those of that one. It costs nothing, and
-- no carrier is asked for it. 0 = it is a parcel of its own.
ALTER TABLE ship_shipment ADD COLUMN with_id BIGINT NOT NULL DEFAULT 0;
CREATE INDEX ship_shipment_with ON ship_shipment (with_id) WHERE with_id <> 0;
DROP INDEX ship_shipment_waybill;
CREATE UNIQUE INDEX ship_shipment_waybill ON ship_shipment (waybill, carrier) WHERE waybill <> '' AND with_id = 0;
