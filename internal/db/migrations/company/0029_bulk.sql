-- Walks of totals: what is open at a packing table, and how walks really went.

-- pack ----------------------------------------------------------------------

-- The single item that a packing table has in hand, of a walk of totals. A table has one, and an item is at one table; the row is
-- taken over by the next item, so there are as many as tables.
CREATE TABLE pack_table (
  node_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  task_id BIGINT NOT NULL,
  fulfilment_id BIGINT NOT NULL,
  since BIGINT NOT NULL,
  CONSTRAINT pack_table_pk PRIMARY KEY (node_id, name)
) /*clustered*/;
CREATE UNIQUE INDEX pack_table_fulfilment ON pack_table (fulfilment_id);

-- pick ----------------------------------------------------------------------

-- When a walk was begun, how far its picker has walked by what was scanned, and where that was last. walked_mm = -1: something of it
-- was said without a scan, and nobody knows the way. location_id = 0: the stage.
ALTER TABLE pick_task ADD COLUMN started_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE pick_task ADD COLUMN walked_mm BIGINT NOT NULL DEFAULT 0;
ALTER TABLE pick_task ADD COLUMN location_id BIGINT NOT NULL DEFAULT 0;

-- wave ----------------------------------------------------------------------

-- A template may release by the shape of its orders: the constraint forbade it.
CREATE TABLE wave_template_before (
  id BIGINT PRIMARY KEY,
  node_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  method TEXT NOT NULL,
  carriers TEXT NOT NULL,
  zones TEXT NOT NULL,
  minutes_before_cutoff BIGINT NOT NULL,
  max_orders BIGINT NOT NULL,
  enabled BOOLEAN NOT NULL,
  label_at TEXT NOT NULL
);
INSERT INTO wave_template_before (id, node_id, name, method, carriers, zones, minutes_before_cutoff, max_orders, enabled, label_at)
  SELECT id, node_id, name, method, carriers, zones, minutes_before_cutoff, max_orders, enabled, label_at FROM wave_template;
DROP TABLE wave_template;
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
  label_at TEXT NOT NULL,
  CONSTRAINT wave_template_method CHECK (method IN ('discrete', 'batch', 'shape'))
);
INSERT INTO wave_template (id, node_id, name, method, carriers, zones, minutes_before_cutoff, max_orders, enabled, label_at)
  SELECT id, node_id, name, method, carriers, zones, minutes_before_cutoff, max_orders, enabled, label_at FROM wave_template_before;
DROP TABLE wave_template_before;
