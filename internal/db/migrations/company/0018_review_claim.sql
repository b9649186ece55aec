-- Who looks at which exception, and the queues of the people who decide.

-- review --------------------------------------------------------------------

-- The case somebody has open, or had. until is when others may open it; a case that is put off is nobody's until then.
-- ended_at is when a decision closed it; 0 = none did.
CREATE TABLE review_claim (
  order_id BIGINT PRIMARY KEY,
  who TEXT NOT NULL,
  begun_at BIGINT NOT NULL,
  until BIGINT NOT NULL,
  ended_at BIGINT NOT NULL,
  snoozed BOOLEAN NOT NULL
);
CREATE INDEX review_claim_until ON review_claim (until, order_id);

-- order ---------------------------------------------------------------------

-- What stops orders, by cause.
CREATE INDEX order_hold_reason ON order_hold (reason, order_id) WHERE released_at = 0;

-- pick ----------------------------------------------------------------------

-- The walks of a wave.
CREATE INDEX pick_task_wave ON pick_task (wave_id, id) WHERE wave_id > 0;
