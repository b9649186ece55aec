-- Shops: the accounts behind connectors, what came from them, and what they are told.

-- One shop behind one connector. name is the channel of its documents.
CREATE TABLE intake_channel (
  id BIGINT PRIMARY KEY,
  name TEXT NOT NULL,
  shop TEXT NOT NULL,
  kind TEXT NOT NULL,
  settings TEXT NOT NULL, -- JSON, without the secret
  secret TEXT NOT NULL,
  lang TEXT NOT NULL,
  enabled BOOLEAN NOT NULL,
  report_at TEXT NOT NULL,
  stock_push BOOLEAN NOT NULL,
  begin_at BIGINT NOT NULL,
  every_s BIGINT NOT NULL,
  version BIGINT NOT NULL, -- raised by every edit: an open connector of an older one is thrown away
  place TEXT NOT NULL, -- the connector's cursor
  next_pull_at BIGINT NOT NULL,
  hint_at BIGINT NOT NULL, -- when hinted orders are to be fetched; 0 = none
  lease TEXT NOT NULL,
  lease_until BIGINT NOT NULL,
  failures BIGINT NOT NULL, -- in a row
  last_pull_at BIGINT NOT NULL,
  last_ok_at BIGINT NOT NULL,
  lag_us BIGINT NOT NULL,
  last_error TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  CONSTRAINT intake_channel_name UNIQUE (name),
  CONSTRAINT intake_channel_report_at CHECK (report_at IN ('print', 'weigh', 'handover'))
) /*hot*/;

-- Messages of shops that were taken, so that a repetition is known. Kept for a week.
CREATE TABLE intake_message (
  channel_id BIGINT NOT NULL,
  message TEXT NOT NULL,
  at BIGINT NOT NULL,
  CONSTRAINT intake_message_pk PRIMARY KEY (channel_id, message)
) /*clustered*/;

-- Orders that a shop told us to look at.
CREATE TABLE intake_hint (
  channel_id BIGINT NOT NULL,
  external_id TEXT NOT NULL,
  at BIGINT NOT NULL,
  CONSTRAINT intake_hint_pk PRIMARY KEY (channel_id, external_id)
) /*clustered*/;

-- When each order of a shop that can count was placed, as the shop says.
CREATE TABLE intake_seen (
  channel_id BIGINT NOT NULL,
  placed_at BIGINT NOT NULL,
  external_id TEXT NOT NULL,
  CONSTRAINT intake_seen_pk PRIMARY KEY (channel_id, placed_at, external_id)
) /*clustered*/;

-- The proof that no order is missing, by shop and hour in which orders were placed.
CREATE TABLE intake_completeness (
  channel_id BIGINT NOT NULL,
  hour BIGINT NOT NULL,
  shop_count BIGINT NOT NULL,
  held BIGINT NOT NULL,
  refused BIGINT NOT NULL,
  looks BIGINT NOT NULL,
  proved_at BIGINT NOT NULL,
  CONSTRAINT intake_completeness_pk PRIMARY KEY (channel_id, hour)
) /*clustered*/;

-- What a shop said that the connector could not read, word for word, once.
CREATE TABLE intake_unreadable (
  id BIGINT PRIMARY KEY,
  channel_id BIGINT NOT NULL,
  hash TEXT NOT NULL,
  at BIGINT NOT NULL,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  raw TEXT NOT NULL,
  CONSTRAINT intake_unreadable_once UNIQUE (channel_id, hash)
);

-- report --------------------------------------------------------------------

-- How far the event log was read. One row.
CREATE TABLE report_place (
  one BIGINT PRIMARY KEY,
  tx BIGINT NOT NULL,
  fact BIGINT NOT NULL
) /*hot*/;

-- What a shop is told: a parcel, an answer, its stock.
CREATE TABLE report_message (
  id BIGINT PRIMARY KEY,
  channel_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  order_id BIGINT NOT NULL,
  subject_id BIGINT NOT NULL, -- the parcel
  state TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  next_at BIGINT NOT NULL,
  code TEXT NOT NULL, -- why the last attempt failed
  message TEXT NOT NULL,
  reference TEXT NOT NULL, -- the shop's
  payload TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  sent_at BIGINT NOT NULL,
  watch_at BIGINT NOT NULL, -- when to look whether the parcel was collected; 0 = not, or no more
  uncollected_at BIGINT NOT NULL, -- since when it is reported and not collected; 0 = it is not
  CONSTRAINT report_message_once UNIQUE (channel_id, kind, key),
  CONSTRAINT report_message_kind CHECK (kind IN ('shipment', 'cancel_answer', 'stock')),
  CONSTRAINT report_message_state CHECK (state IN ('queued', 'sent', 'failed', 'uncertain'))
) /*hot*/;
CREATE INDEX report_message_watch ON report_message (watch_at, id) WHERE watch_at > 0;
CREATE INDEX report_message_uncollected ON report_message (id) WHERE uncollected_at > 0;
CREATE INDEX report_message_open ON report_message (channel_id, id) WHERE state IN ('queued', 'failed', 'uncertain');
CREATE INDEX report_message_channel ON report_message (channel_id, id);

-- What a shop was told it may sell of a SKU, and since when that may be wrong.
CREATE TABLE report_stock (
  channel_id BIGINT NOT NULL,
  sku_id BIGINT NOT NULL,
  dirty_at BIGINT NOT NULL, -- 0 = what it was told holds
  told BIGINT NOT NULL, -- -1 = nothing yet
  told_at BIGINT NOT NULL,
  code TEXT NOT NULL, -- why the shop did not take it
  CONSTRAINT report_stock_pk PRIMARY KEY (channel_id, sku_id)
) /*clustered hot*/;
CREATE INDEX report_stock_dirty ON report_stock (channel_id, sku_id) WHERE dirty_at > 0;

-- When a shop was last told of every SKU.
CREATE TABLE report_stock_full (
  channel_id BIGINT PRIMARY KEY,
  at BIGINT NOT NULL
);
