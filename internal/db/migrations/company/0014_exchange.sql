-- What an exchange costs beside the goods that come back, and returned goods that are for sale again.

-- aftersales ----------------------------------------------------------------

-- Above zero the customer owes it for the order that goes out, below zero it goes back; minor units of the order.
ALTER TABLE aftersales_case ADD COLUMN difference BIGINT NOT NULL DEFAULT 0;

-- inventory -----------------------------------------------------------------

-- Where returned goods were put on a shelf, and when.
CREATE INDEX inventory_entry_back ON inventory_entry (sku_id, to_location, lot, at) WHERE cause = 'restock';
