-- What a reviewer decides by hand.

-- allocation ----------------------------------------------------------------

-- Orders of one recipient that a person has said go apart: they are not offered again until another order joins them.
CREATE TABLE allocation_apart (
  order_id BIGINT PRIMARY KEY,
  at BIGINT NOT NULL,
  actor TEXT NOT NULL
);
CREATE INDEX allocation_apart_at ON allocation_apart (at);
