-- The ledger of a SKU, and what stood where at a moment, are read by SKU; counts that are done, by the node.
CREATE INDEX inventory_entry_sku ON inventory_entry (sku_id, id);
CREATE INDEX inventory_count_done ON inventory_count (node_id, closed_at, id) WHERE status <> 'open';
