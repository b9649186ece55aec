-- Printers, what they have to print, and when a wave's labels are taken.

-- printing ------------------------------------------------------------------

CREATE TABLE printing_printer (
  id BIGINT PRIMARY KEY,
  node_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  station TEXT NOT NULL,
  kind TEXT NOT NULL,
  address TEXT NOT NULL,
  format TEXT NOT NULL,
  media TEXT NOT NULL,
  language TEXT NOT NULL,
  answers BOOLEAN NOT NULL,
  enabled BOOLEAN NOT NULL,
  condition TEXT NOT NULL,
  condition_at BIGINT NOT NULL,
  CONSTRAINT printing_printer_kind CHECK (kind IN ('raw', 'cups')),
  CONSTRAINT printing_printer_format CHECK (format IN ('zpl', 'pdf'))
);
CREATE UNIQUE INDEX printing_printer_name ON printing_printer (name);

-- The id is the place in the queue of its printer.
CREATE TABLE printing_job (
  id BIGINT PRIMARY KEY,
  printer_id BIGINT NOT NULL,
  document TEXT NOT NULL,
  format TEXT NOT NULL,
  order_id BIGINT NOT NULL,
  fulfilment_id BIGINT NOT NULL,
  shipment_id BIGINT NOT NULL,
  waybill TEXT NOT NULL,
  state TEXT NOT NULL,
  uncertain BOOLEAN NOT NULL,
  mark TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  reprint_of BIGINT NOT NULL,
  reason TEXT NOT NULL,
  failure TEXT NOT NULL,
  actor TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  sent_at BIGINT NOT NULL,
  printed_at BIGINT NOT NULL,
  CONSTRAINT printing_job_state CHECK (state IN ('queued', 'sent', 'printed', 'failed', 'cancelled'))
) /*hot*/;
CREATE INDEX printing_job_queue ON printing_job (printer_id, id) WHERE state = 'queued';
CREATE INDEX printing_job_sent ON printing_job (printer_id, id) WHERE state = 'sent';
CREATE INDEX printing_job_shipment ON printing_job (shipment_id, id);
CREATE UNIQUE INDEX printing_job_once ON printing_job (shipment_id) WHERE reprint_of = 0;

-- ship ----------------------------------------------------------------------

-- What a carrier says with a waybill, for the label only.
CREATE TABLE ship_label (
  shipment_id BIGINT PRIMARY KEY,
  sort_code TEXT NOT NULL
);

-- wave ----------------------------------------------------------------------

ALTER TABLE wave_template ADD COLUMN label_at TEXT NOT NULL DEFAULT 'check';
