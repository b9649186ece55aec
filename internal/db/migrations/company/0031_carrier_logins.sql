-- How carriers are called: log-ins that people keep, beside those the program is started with.

-- ship ----------------------------------------------------------------------

-- The secret is sealed.
CREATE TABLE ship_login (
  carrier TEXT NOT NULL,
  kind TEXT NOT NULL,
  address TEXT NOT NULL,
  app_key TEXT NOT NULL,
  secret TEXT NOT NULL,
  enabled BOOLEAN NOT NULL,
  version BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  updated_by TEXT NOT NULL,
  CONSTRAINT ship_login_pk PRIMARY KEY (carrier)
) /*clustered*/;
