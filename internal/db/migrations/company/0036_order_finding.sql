-- States that few orders are in, and kinds that are not the usual one: a list of them reads them alone and not all of the past.
CREATE INDEX order_head_road ON order_head (delivery, id) WHERE delivery IN ('partial', 'failed', 'returned');
CREATE INDEX order_head_unsettled ON order_head (payment, id) WHERE payment IN ('unpaid', 'authorized', 'refunded');
CREATE INDEX order_head_turned_down ON order_head (review, id) WHERE review IN ('rejected', 'cancelled');
CREATE INDEX order_head_called_off ON order_head (id) WHERE fulfilment = 'cancelled';
CREATE INDEX order_head_unusual ON order_head (id) WHERE kind <> 'normal';
-- Orders that came in long after they were placed. All others came in at about that time, which their ids tell: a list of orders
-- placed before some day looks here, and then begins at the ids of that day.
CREATE INDEX order_head_late ON order_head (id) WHERE created_at - placed_at > 3000000000;
