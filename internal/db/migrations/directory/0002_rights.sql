-- What a person may do and where, who is signed in, and where a key reaches. Lists are JSON; an empty one is everything.

CREATE TABLE access_grant (
  account_id BIGINT NOT NULL,
  company_id BIGINT NOT NULL,
  role TEXT NOT NULL,
  nodes TEXT NOT NULL,
  shops TEXT NOT NULL,
  owners TEXT NOT NULL,
  CONSTRAINT access_grant_pk PRIMARY KEY (account_id, company_id),
  CONSTRAINT access_grant_role CHECK (role IN ('admin', 'manager', 'reviewer', 'warehouse_manager', 'picker', 'packer', 'service', 'auditor', 'integration'))
) /*clustered*/;
-- Whoever was a picker could pack and ship too: that is a packer now.
INSERT INTO access_grant (account_id, company_id, role, nodes, shops, owners)
SELECT account_id, company_id, CASE role WHEN 'administrator' THEN 'admin' WHEN 'reader' THEN 'auditor' WHEN 'picker' THEN 'packer' ELSE role END, '[]', '[]', '[]'
FROM membership;
DROP TABLE membership;

-- Only keys that do not reach everything have a row.
CREATE TABLE access_key_reach (
  hash TEXT NOT NULL,
  nodes TEXT NOT NULL,
  shops TEXT NOT NULL,
  owners TEXT NOT NULL,
  CONSTRAINT access_key_reach_pk PRIMARY KEY (hash)
) /*clustered*/;

CREATE TABLE access_session (
  hash TEXT NOT NULL,
  account_id BIGINT NOT NULL,
  company_id BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  seen_at BIGINT NOT NULL,
  CONSTRAINT access_session_pk PRIMARY KEY (hash)
) /*clustered*/;
CREATE INDEX access_session_account ON access_session (account_id);
