-- How the plain rules compare, and one setting away from them.

-- pack ----------------------------------------------------------------------

-- The rule by which cartons are proposed at a warehouse. One that is not here chooses the cheapest.
CREATE TABLE pack_rule (
  node_id BIGINT PRIMARY KEY,
  cartons TEXT NOT NULL,
  CONSTRAINT pack_rule_cartons CHECK (cartons IN ('cheapest', 'smallest'))
);

-- What a fulfilment was packed into, beside the plain rule for the same goods, in minor units. parcel_id is its first parcel; it
-- counts as long as that one is not opened again.
CREATE TABLE pack_saving (
  parcel_id BIGINT PRIMARY KEY,
  node_id BIGINT NOT NULL,
  parcels BIGINT NOT NULL,
  packaging BIGINT NOT NULL,
  freight BIGINT NOT NULL,
  plain_parcels BIGINT NOT NULL,
  plain_packaging BIGINT NOT NULL,
  plain_freight BIGINT NOT NULL
);

-- wave ----------------------------------------------------------------------

-- How walks go at a warehouse: which way, how fast, and by how many. One that is not here has the usual.
CREATE TABLE wave_walking (
  node_id BIGINT PRIMARY KEY,
  tours TEXT NOT NULL,
  pickers BIGINT NOT NULL,
  mm_per_second BIGINT NOT NULL,
  set_up_seconds BIGINT NOT NULL,
  find_seconds BIGINT NOT NULL,
  take_seconds BIGINT NOT NULL,
  box_seconds BIGINT NOT NULL,
  ahead_minutes BIGINT NOT NULL,
  CONSTRAINT wave_walking_tours CHECK (tours IN ('shortest', 'shelf_order'))
);
