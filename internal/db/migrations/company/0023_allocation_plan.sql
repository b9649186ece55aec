-- What deciding over orders together came to, beside the plain rule for the same orders on the same stock. Costs are minor
-- units of the company's currency. chosen_cost and plain_cost are of the goods that the plain rule would ship; what ships
-- besides is in more_. at_least 0 = not worked out.
CREATE TABLE allocation_saving (
  id BIGINT PRIMARY KEY,
  decided_at BIGINT NOT NULL,
  method TEXT NOT NULL,
  orders BIGINT NOT NULL,
  plain_cost BIGINT NOT NULL,
  chosen_cost BIGINT NOT NULL,
  more_orders BIGINT NOT NULL,
  more_units BIGINT NOT NULL,
  more_cost BIGINT NOT NULL,
  at_least BIGINT NOT NULL,
  ms BIGINT NOT NULL,
  CONSTRAINT allocation_saving_method CHECK (method IN ('optimised', 'plain'))
);
CREATE INDEX allocation_saving_time ON allocation_saving (decided_at);
