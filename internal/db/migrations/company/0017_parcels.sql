-- What stands at the dock, and what goes wrong on the road, as lists.

-- ship ----------------------------------------------------------------------

CREATE INDEX ship_shipment_dock ON ship_shipment (node_id, carrier, id) WHERE status = 'labelled' AND parcel_id <> 0;
CREATE INDEX ship_shipment_trouble ON ship_shipment (status, id)
  WHERE status = 'handed_over' AND (late <> '' OR tracking IN ('delivery_failed', 'delivery_delayed', 'on_hold', 'return_to_sender'));
CREATE INDEX ship_shipment_refused ON ship_shipment (id) WHERE status = 'failed';
