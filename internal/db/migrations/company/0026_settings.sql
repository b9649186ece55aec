-- Test labels, what shops call our goods, and what customers are asked.

-- printing ------------------------------------------------------------------

-- A test label is of no shipment: there may be many.
DROP INDEX printing_job_once;
CREATE UNIQUE INDEX printing_job_once ON printing_job (shipment_id) WHERE reprint_of = 0 AND shipment_id > 0;

-- intake --------------------------------------------------------------------

-- What a channel calls one of our SKUs. The catalogue's own codes need no row.
CREATE TABLE intake_mapping (
  channel TEXT NOT NULL,
  code TEXT NOT NULL,
  sku_id BIGINT NOT NULL,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL,
  CONSTRAINT intake_mapping_pk PRIMARY KEY (channel, code)
) /*clustered*/;
