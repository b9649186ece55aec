-- notify --------------------------------------------------------------------

-- How far the event log has been read. It begins where the log ends now: nobody is told of the past.
CREATE TABLE notify_cursor (
  name TEXT NOT NULL,
  tx BIGINT NOT NULL,
  id BIGINT NOT NULL,
  CONSTRAINT notify_cursor_pk PRIMARY KEY (name)
) /*clustered hot*/;
INSERT INTO notify_cursor (name, tx, id)
  SELECT 'message', tx, id FROM (SELECT tx, id FROM event UNION ALL SELECT 0, 0) e ORDER BY tx DESC, id DESC LIMIT 1;

-- What the shop says instead of the built-in text. A version is never changed; the highest one holds, and one without
-- a body brings the built-in text back.
CREATE TABLE notify_template (
  notice TEXT NOT NULL,
  channel TEXT NOT NULL,
  language TEXT NOT NULL,
  version BIGINT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  html TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  created_by TEXT NOT NULL,
  CONSTRAINT notify_template_pk PRIMARY KEY (notice, channel, language, version)
) /*clustered*/;

-- Who was told what. The recipient is a hash and a masked address; the address itself stays with the order.
CREATE TABLE notify_message (
  id BIGINT PRIMARY KEY,
  dedupe TEXT NOT NULL,
  notice TEXT NOT NULL,
  channel TEXT NOT NULL,
  language TEXT NOT NULL,
  order_id BIGINT NOT NULL,
  event_id BIGINT NOT NULL,
  template BIGINT NOT NULL,
  recipient TEXT NOT NULL,
  masked TEXT NOT NULL,
  params TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  detail TEXT NOT NULL,
  attempts BIGINT NOT NULL,
  round BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  sent_at BIGINT NOT NULL,
  reference TEXT NOT NULL,
  CONSTRAINT notify_message_once UNIQUE (dedupe),
  CONSTRAINT notify_message_state CHECK (state IN ('queued', 'sent', 'failed', 'suppressed'))
) /*hot*/;
CREATE INDEX notify_message_order ON notify_message (order_id, id);
CREATE INDEX notify_message_open ON notify_message (state, id) WHERE state IN ('queued', 'failed');

-- The key under which a recipient may end one kind of message; stopped_at 0 = they get it.
CREATE TABLE notify_subscription (
  recipient TEXT NOT NULL,
  notice TEXT NOT NULL,
  token TEXT NOT NULL,
  stopped_at BIGINT NOT NULL,
  CONSTRAINT notify_subscription_pk PRIMARY KEY (recipient, notice),
  CONSTRAINT notify_subscription_token UNIQUE (token)
) /*clustered*/;

CREATE TABLE notify_endpoint (
  id BIGINT PRIMARY KEY,
  url TEXT NOT NULL,
  note TEXT NOT NULL,
  kinds TEXT NOT NULL,
  secret TEXT NOT NULL,
  old_secret TEXT NOT NULL,
  old_until BIGINT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  failures BIGINT NOT NULL,
  retry_at BIGINT NOT NULL,
  cursor_tx BIGINT NOT NULL,
  cursor_id BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  CONSTRAINT notify_endpoint_state CHECK (state IN ('active', 'disabled'))
) /*hot*/;

-- One event on its way to one endpoint. The lane is the order, or the event itself where it belongs to none: in a lane
-- nothing overtakes.
CREATE TABLE notify_delivery (
  id BIGINT PRIMARY KEY,
  endpoint_id BIGINT NOT NULL,
  event_tx BIGINT NOT NULL,
  event_id BIGINT NOT NULL,
  lane BIGINT NOT NULL,
  order_id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  event_at BIGINT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  status BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  round BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  sent_at BIGINT NOT NULL,
  CONSTRAINT notify_delivery_once UNIQUE (endpoint_id, event_id),
  CONSTRAINT notify_delivery_state CHECK (state IN ('queued', 'sent', 'failed'))
) /*hot*/;
CREATE INDEX notify_delivery_lane ON notify_delivery (endpoint_id, lane, event_tx, event_id) WHERE state = 'queued';
CREATE INDEX notify_delivery_time ON notify_delivery (endpoint_id, event_at, id);
CREATE INDEX notify_delivery_old ON notify_delivery (sent_at) WHERE state = 'sent';
