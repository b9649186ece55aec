-- ship: a ladder for each warehouse and service level, a paper for each day ------

-- Whom to ask, in which order. node_id 0 is every node, level '' is every order.
CREATE TABLE ship_rung (
  node_id BIGINT NOT NULL,
  level TEXT NOT NULL,
  seq BIGINT NOT NULL,
  carrier TEXT NOT NULL,
  service TEXT NOT NULL,
  CONSTRAINT ship_rung_pk PRIMARY KEY (node_id, level, seq)
) /*clustered*/;
INSERT INTO ship_rung (node_id, level, seq, carrier, service) SELECT node_id, '', seq, carrier, service FROM ship_ladder;
DROP TABLE ship_ladder;

-- The day, in the node's time zone, of a paper that gathers what left without a scan at the dock; '' is the paper of one hand-over,
-- which says itself how much it lists.
ALTER TABLE ship_manifest ADD COLUMN day TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX ship_manifest_day ON ship_manifest (day, node_id, carrier) WHERE day <> '';
