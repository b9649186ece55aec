-- What orders are found by: one line of terms for each, made by the package search and derived from other tables.
-- Each engine has its own index of words. SQLite keeps the index only; the terms themselves are not stored again.
--sqlite CREATE VIRTUAL TABLE search_document USING fts5(terms, content='', contentless_delete=1, detail=none, tokenize='unicode61 remove_diacritics 0');
--postgres CREATE TABLE search_document (order_id BIGINT PRIMARY KEY, terms TEXT NOT NULL);
--postgres CREATE INDEX search_document_terms ON search_document USING gin (array_to_tsvector(string_to_array(terms, ' '))) WITH (gin_pending_list_limit = 256);

-- How far the index has come. One row. walked is the last order of a walk over all orders, -1 when the walk is done;
-- after it the index follows the event log from (tx, id) on.
CREATE TABLE search_cursor (
  one BIGINT PRIMARY KEY,
  tx BIGINT NOT NULL,
  id BIGINT NOT NULL,
  walked BIGINT NOT NULL
);
INSERT INTO search_cursor (one, tx, id, walked) VALUES (1, 0, 0, 0);
