-- What one walk for several fulfilments takes at a warehouse, and the rule that fills it. A warehouse that is not here has
-- the usual trolley.
CREATE TABLE wave_trolley (
  node_id BIGINT PRIMARY KEY,
  rule TEXT NOT NULL,
  places BIGINT NOT NULL,
  weight_g BIGINT NOT NULL,
  volume_ml BIGINT NOT NULL,
  CONSTRAINT wave_trolley_rule CHECK (rule IN ('shortest', 'first_come'))
);

-- What dividing a wave between such walks came to, beside the plain rule for the same fulfilments.
CREATE TABLE wave_division (
  wave_id BIGINT PRIMARY KEY,
  rule TEXT NOT NULL,
  fulfilments BIGINT NOT NULL,
  walks BIGINT NOT NULL,
  mm BIGINT NOT NULL,
  first_come_mm BIGINT NOT NULL,
  at_least_mm BIGINT NOT NULL
);
