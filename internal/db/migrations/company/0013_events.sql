-- What the number of a transaction is counted from in the event log. One row. On the server that made the data it is 0; a restore
-- sets it so that the numbers of its new server come behind all that readers of the log may have seen.
CREATE TABLE event_base (
  one BIGINT PRIMARY KEY,
  base BIGINT NOT NULL
);
INSERT INTO event_base (one, base) VALUES (1, 0);
--postgres UPDATE event_base SET base = (SELECT max(tx) + 1099511627776 FROM event) - CAST(CAST(pg_current_xact_id() AS TEXT) AS BIGINT) WHERE EXISTS (SELECT 1 FROM event WHERE tx >= CAST(CAST(pg_current_xact_id() AS TEXT) AS BIGINT));
