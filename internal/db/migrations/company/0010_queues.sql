-- Queues in the order in which they are worked off: by deadline, or by the fine that can still be saved.

-- order ---------------------------------------------------------------------

-- Both ranks hold the priority in their high bits; the smaller goes first. What is not weighed yet has no deadline, no
-- fine and no priority. weigh_at is when the next deadline passes that costs something; 0 = none does.
ALTER TABLE order_head ADD COLUMN due_rank BIGINT NOT NULL DEFAULT 2305843009213693951;
ALTER TABLE order_head ADD COLUMN fine_rank BIGINT NOT NULL DEFAULT 2305843009213693951;
ALTER TABLE order_head ADD COLUMN weigh_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX order_head_review_due ON order_head (review, due_rank, id) WHERE review IN ('pending', 'held');
CREATE INDEX order_head_review_fine ON order_head (review, fine_rank, due_rank, id) WHERE review IN ('pending', 'held');
CREATE INDEX order_head_work_due ON order_head (fulfilment, due_rank, id) WHERE fulfilment IN ('waiting', 'backordered', 'allocated', 'partial');
CREATE INDEX order_head_work_fine ON order_head (fulfilment, fine_rank, due_rank, id) WHERE fulfilment IN ('waiting', 'backordered', 'allocated', 'partial');
CREATE INDEX order_head_weigh ON order_head (weigh_at, id)
  WHERE weigh_at > 0 AND (review IN ('pending', 'held') OR fulfilment IN ('waiting', 'backordered', 'allocated', 'partial'));

-- The ranks of its order, as long as it is in work.
ALTER TABLE order_fulfilment ADD COLUMN due_rank BIGINT NOT NULL DEFAULT 2305843009213693951;
ALTER TABLE order_fulfilment ADD COLUMN fine_rank BIGINT NOT NULL DEFAULT 2305843009213693951;
CREATE INDEX order_fulfilment_due ON order_fulfilment (node_id, status, due_rank, id) WHERE status IN ('allocated', 'released', 'picked', 'packed');
CREATE INDEX order_fulfilment_fine ON order_fulfilment (node_id, status, fine_rank, due_rank, id) WHERE status IN ('allocated', 'released', 'picked', 'packed');
DROP INDEX order_fulfilment_work;

-- Whatever waits already is weighed from the first on.
INSERT INTO setting (name, value, updated_at, updated_by)
  SELECT 'order.weighing', '0', 0, 'system' WHERE EXISTS (SELECT 1 FROM order_head);
