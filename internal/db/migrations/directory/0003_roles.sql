-- An account may hold several roles in a company, each with its own reach. Wrong passwords are counted where all processes see them.

CREATE TABLE access_role (
  account_id BIGINT NOT NULL,
  company_id BIGINT NOT NULL,
  no BIGINT NOT NULL,
  role TEXT NOT NULL,
  nodes TEXT NOT NULL,
  shops TEXT NOT NULL,
  owners TEXT NOT NULL,
  CONSTRAINT access_role_pk PRIMARY KEY (account_id, company_id, no),
  CONSTRAINT access_role_name CHECK (role IN ('admin', 'manager', 'reviewer', 'warehouse_manager', 'picker', 'packer', 'service', 'auditor', 'integration'))
) /*clustered*/;
INSERT INTO access_role (account_id, company_id, no, role, nodes, shops, owners)
SELECT account_id, company_id, 1, role, nodes, shops, owners FROM access_grant;
DROP TABLE access_grant;

-- name is the hash of what was tried: a password typed into the wrong field must not stand here.
CREATE TABLE access_guess (
  name TEXT NOT NULL,
  count BIGINT NOT NULL,
  last BIGINT NOT NULL,
  until BIGINT NOT NULL,
  CONSTRAINT access_guess_pk PRIMARY KEY (name)
) /*clustered*/;
CREATE INDEX access_guess_last ON access_guess (last);

-- Entries of audit logs that were written with their act here and are not in the log of their company yet.
CREATE TABLE access_noted (
  id BIGINT PRIMARY KEY,
  company TEXT NOT NULL,
  at BIGINT NOT NULL,
  entry TEXT NOT NULL
);
CREATE INDEX access_noted_company ON access_noted (company, id);
