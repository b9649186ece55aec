-- Who may come in, and to which company. Every company's own data is a database of its own.

CREATE TABLE company (
  id BIGINT PRIMARY KEY,
  name TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  CONSTRAINT company_name UNIQUE (name)
);

CREATE TABLE account (
  id BIGINT PRIMARY KEY,
  login TEXT NOT NULL,
  password TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  CONSTRAINT account_login UNIQUE (login)
);

CREATE TABLE membership (
  account_id BIGINT NOT NULL,
  company_id BIGINT NOT NULL,
  role TEXT NOT NULL,
  CONSTRAINT membership_pk PRIMARY KEY (account_id, company_id),
  CONSTRAINT membership_role CHECK (role IN ('administrator', 'reviewer', 'manager', 'picker', 'service', 'reader'))
) /*clustered*/;

CREATE TABLE idempotency (
  key TEXT NOT NULL,
  hash TEXT NOT NULL,
  at BIGINT NOT NULL,
  answer TEXT NOT NULL,
  CONSTRAINT idempotency_pk PRIMARY KEY (key)
) /*clustered*/;

CREATE TABLE api_key (
  hash TEXT NOT NULL,
  company_id BIGINT NOT NULL,
  name TEXT NOT NULL,
  scopes TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  revoked_at BIGINT NOT NULL,
  CONSTRAINT api_key_pk PRIMARY KEY (hash)
) /*clustered*/;
