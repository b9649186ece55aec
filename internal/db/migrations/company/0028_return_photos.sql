-- What customers show of goods they want put right.

-- aftersales ----------------------------------------------------------------

-- small and body are JPEG in base64. case_id is 0 until the return is asked for; sum tells whether the same picture was sent before.
CREATE TABLE aftersales_photo (
  id BIGINT PRIMARY KEY,
  order_id BIGINT NOT NULL,
  case_id BIGINT NOT NULL,
  width BIGINT NOT NULL,
  height BIGINT NOT NULL,
  bytes BIGINT NOT NULL,
  sum TEXT NOT NULL,
  small TEXT NOT NULL,
  body TEXT NOT NULL,
  added_at BIGINT NOT NULL,
  CONSTRAINT aftersales_photo_size CHECK (width > 0 AND height > 0 AND bytes > 0)
);
CREATE INDEX aftersales_photo_order ON aftersales_photo (order_id);
CREATE INDEX aftersales_photo_case ON aftersales_photo (case_id) WHERE case_id <> 0;
CREATE INDEX aftersales_photo_draft ON aftersales_photo (added_at) WHERE case_id = 0;
